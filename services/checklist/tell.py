"""A list in words: all of it in three messages at most, or one thing with everything about it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from services.answer_topic import human_button, topic_buttons
from services.calendar import day_and_time, in_words
from services.checklist.entries import Entry, next_open, start_among
from services.checklist.things import Term
from services.phrases import Phrases
from services.words import Button, ShownFigure, Way, Words

TOPIC = "work_checklist"
PAGE = "/checklist"


def tell_list(
    phrases: Phrases, entries: Sequence[Entry], term: ShownFigure | None, today: date, last: Words
) -> list[Words]:
    """What comes before the first working day, what comes after it, and what can be done with the list."""
    numbered = list(enumerate(entries, 1))
    parts = [[(n, entry) for n, entry in numbered if entry.before_start is before] for before in (True, False)]
    heads = _head_before(phrases, entries, today), phrases.say("checklist_after")
    return [*(_part(phrases, head, part, term, today) for head, part in zip(heads, parts, strict=True) if part), last]


def ask_day(phrases: Phrases, key: str = "checklist_ask") -> Words:
    """The one question: everything else of the list is known without it."""
    unknown = Button(phrases.say("button_day_unknown"), f'/{TOPIC}{{"date": "unknown"}}')
    return Words(phrases.say(key), topic=TOPIC, buttons=(unknown, human_button(phrases)))


def ready(phrases: Phrases, entries: Sequence[Entry]) -> Words:
    """What can be done with the list now."""
    first = next_open(entries)
    if first is None:
        return Words(phrases.say("checklist_all_done"), topic=TOPIC, buttons=(human_button(phrases),), way=way(phrases))
    key = "checklist_ready" if start_among(entries) else "checklist_ready_no_day"
    steps = Button(phrases.say("button_step_by_step"), payload(first.key, "show"))
    return Words(phrases.say(key), topic=TOPIC, buttons=(steps, human_button(phrases)), way=way(phrases))


def tell_thing(
    session: Session,
    phrases: Phrases,
    entries: Sequence[Entry],
    entry: Entry,
    term: ShownFigure | None,
    today: date,
    before: str = "",
) -> Words:
    """Everything about one thing, and what can be done with it. `before` is said first."""
    key = entry.key
    lines = [
        f"**{phrases.say(f'checklist.{key}.short')}**",
        phrases.say(f"checklist.{key}.text"),
        phrases.say("checklist_who", wat=phrases.say(f"checklist.{key}.who")),
        phrases.say("checklist_when", wat=when(phrases, entry, term, today)),
    ]
    if entry.remind_at is not None and not entry.done:
        lines.append(phrases.say("checklist_planned", tijd=day_and_time(entry.remind_at, phrases.language)))
    return Words(
        text="\n".join([*([before, ""] if before else []), *lines]),
        topic=TOPIC,
        buttons=(*_deeds(phrases, entries, entry), *_explained(session, phrases, entry)),
        figures=(term,) if term is not None and says_weeks(entry) else (),
    )


def when(phrases: Phrases, entry: Entry, term: ShownFigure | None, today: date) -> str:
    """`vóór 1 december 2026`; without a day in words; what is over: as soon as possible."""
    if entry.due_on is not None:
        if entry.due_on <= today:
            return phrases.say("checklist_term.now")
        return phrases.say("checklist_term.day", datum=in_words(entry.due_on, phrases.language))
    if entry.thing.term is Term.WEEKS:
        if term is None:
            return phrases.say("checklist_term.now")
        return phrases.say("checklist_term.weeks", wat=term.shown)
    return phrases.say(f"checklist_term.{entry.thing.term.value}")


def says_weeks(entry: Entry) -> bool:
    """Whether the term stands in the words, or is counted in the day."""
    return entry.thing.term is Term.WEEKS


def payload(key: str, deed: str) -> str:
    """What a button does with one thing."""
    return f'/checklist_item{{"topic": "{key}", "kind": "{deed}"}}'


def way(phrases: Phrases) -> Way:
    return Way(phrases.say("button_my_list"), PAGE)


def _head_before(phrases: Phrases, entries: Sequence[Entry], today: date) -> str:
    start = start_among(entries)
    if start is None or start <= today:
        return phrases.say("checklist_before")
    return phrases.say("checklist_before_day", datum=in_words(start, phrases.language))


def _part(
    phrases: Phrases, head: str, part: Sequence[tuple[int, Entry]], term: ShownFigure | None, today: date
) -> Words:
    lines = [f"**{head}**", *(_line(phrases, number, entry, term, today) for number, entry in part)]
    weeks = any(says_weeks(entry) for _, entry in part)
    return Words("\n".join(lines), topic=TOPIC, figures=(term,) if term is not None and weeks else ())


def _line(phrases: Phrases, number: int, entry: Entry, term: ShownFigure | None, today: date) -> str:
    """`6. Geef uw loon door aan Dienst Toeslagen: vóór 29 december 2026`"""
    short = phrases.say(f"checklist.{entry.key}.short")
    if entry.done:
        return f"{number}. {short}: {phrases.say('checklist_done_mark')}"
    if entry.before_start and (entry.due_on is None or entry.due_on > today):
        return f"{number}. {short}"  # the head of this part says when
    if entry.thing.term is Term.NEVER:
        return f"{number}. {short}"
    return f"{number}. {short}: {when(phrases, entry, term, today)}"


def _deeds(phrases: Phrases, entries: Sequence[Entry], entry: Entry) -> list[Button]:
    def button(label: str, deed: str, key: str = entry.key) -> Button:
        return Button(phrases.say(label), payload(key, deed))

    if entry.done:
        deeds = [button("button_item_open", "open")]
    elif entry.remind_at is not None:
        deeds = [button("button_item_done", "done"), button("button_no_reminder", "forget")]
    else:
        deeds = [button("button_item_done", "done"), button("button_remind_me", "remind")]
    following = next_open(entries, entry.key)
    return [*deeds, button("button_next_item", "show", following.key)] if following else deeds


def _explained(session: Session, phrases: Phrases, entry: Entry) -> list[Button]:
    return topic_buttons(session, phrases, entry.thing.topics)[:1]
