"""An answer is changed by writing another one: live at the next question, and nothing that was said is lost."""

from datetime import date

import pytest

from db.models import AnswerRevision
from services.content.faults import FaultKind
from services.editing.draft import Draft
from services.editing.errors import BegunAlready, ChangedMeanwhile, DraftRefused, NeedsConfirmation, UnknownRevision
from services.editing.revise import call_off
from services.errors import UnknownTopic
from tests.integration.editing.conftest import NEW_YEAR, Desk
from tests.integration.services.conftest import at_once

AMOUNT = "U mag {pw_vermogensgrens.alleenstaande} hebben."


def test_the_next_question_gets_the_new_text_with_its_amount(desk: Desk) -> None:
    saved = desk.save(desk.editor, desk.draft(AMOUNT))

    assert "U mag **€\u00a08.000** hebben." in desk.reads()
    assert (saved.written_by, saved.written_at, saved.checked_on) == (desk.editor.id, desk.clock(), desk.today)
    assert saved.checked_by == "redactie Landelijk"


def test_the_old_text_stays_and_was_read_before(desk: Desk) -> None:
    old = desk.reads()
    desk.save(desk.editor)

    assert desk.reads(on=date(2026, 11, 22)) == old
    assert desk.reads() != old
    assert desk.reads(on=date(2020, 1, 1)) == old


def test_a_change_of_law_is_read_from_its_first_day(desk: Desk) -> None:
    old = desk.reads()
    desk.save(desk.editor, desk.draft("Vanaf januari mag het.", valid_from=NEW_YEAR))

    assert desk.reads(on=date(2026, 12, 31)) == old
    assert desk.reads(on=NEW_YEAR).startswith("Vanaf januari mag het.")


def test_a_correction_of_today_does_not_undo_what_is_planned(desk: Desk) -> None:
    desk.save(desk.editor, desk.draft("Vanaf januari mag het.", valid_from=NEW_YEAR))
    desk.save(desk.editor, desk.draft("Nu mag het nog niet."))

    assert desk.reads().startswith("Nu mag het nog niet.")
    assert desk.reads(on=NEW_YEAR).startswith("Vanaf januari mag het.")


def test_a_second_text_for_the_same_day_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.save(desk.editor, desk.draft("Eerste."))
    desk.save(desk.editor, desk.draft("Tweede."))

    assert desk.reads().startswith("Tweede.")


def test_a_planned_text_can_be_called_off(desk: Desk) -> None:
    old = desk.reads(on=NEW_YEAR)
    planned = desk.save(desk.editor, desk.draft("Vanaf januari mag het.", valid_from=NEW_YEAR))
    for _ in range(2):
        with desk.database.writing() as session:
            call_off(session, desk.editor, "wealth_limit", planned.id, desk.clock())

    assert desk.reads(on=NEW_YEAR) == old


def test_what_is_read_already_cannot_be_called_off(desk: Desk) -> None:
    saved = desk.save(desk.editor)

    with pytest.raises(BegunAlready), desk.database.writing() as session:
        call_off(session, desk.editor, "wealth_limit", saved.id, desk.clock())


def test_a_text_of_another_municipality_cannot_be_called_off(desk: Desk) -> None:
    planned = desk.save(desk.editor, desk.draft(valid_from=NEW_YEAR))
    own = desk.save(desk.anna, desk.draft(valid_from=NEW_YEAR))

    for account, revision in ((desk.bob, planned), (desk.bob, own), (desk.editor, own), (desk.anna, planned)):
        with pytest.raises(UnknownRevision), desk.database.writing() as session:
            call_off(session, account, "wealth_limit", revision.id, desk.clock())


def refused(desk: Desk, draft: Draft) -> list[tuple[str, FaultKind]]:
    with pytest.raises(DraftRefused) as error:
        desk.save(desk.editor, draft)
    assert desk.reads().startswith("U mag spaargeld hebben.")
    return [(fault.where, fault.kind) for fault in error.value.faults if fault.misleads]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("Het is {pw_niets}.", FaultKind.UNKNOWN_FIGURE),
        ("Het is {pw_vermogensgrens.alleenstaande@1990-01-01}.", FaultKind.FIGURE_NOT_KNOWN),
        ("Het is {Pw_vermogensgrens}.", FaultKind.STRAY_BRACE),
        ("U mag € 8.000 hebben.", FaultKind.HAS_A_NAME),
        ("", FaultKind.EMPTY),
        ("Woord. " * 150, FaultKind.TOO_LONG),
    ],
)
def test_what_would_mislead_is_refused_and_not_saved(desk: Desk, answer: str, kind: FaultKind) -> None:
    assert ("nl.answer", kind) in refused(desk, desk.draft(answer))


def test_an_answer_needs_a_source_that_leads_somewhere_and_days_in_order(desk: Desk) -> None:
    assert refused(desk, desk.draft(sources=())) == [("sources", FaultKind.NO_SOURCE)]
    assert refused(desk, desk.draft(sources=({"text": "de wet", "url": "wet"},))) == [
        ("sources.0", FaultKind.BAD_SOURCE)
    ]
    assert refused(desk, desk.draft(valid_to=date(2026, 11, 1))) == [("valid_to", FaultKind.TURNED_ROUND)]


def test_a_figure_must_be_known_on_the_first_day_of_the_text(desk: Desk) -> None:
    old = desk.draft(AMOUNT, valid_from=date(2000, 1, 1))

    # On days that are over nobody asks: what counts is what is known from today on.
    assert FaultKind.FIGURE_NOT_KNOWN not in [fault.kind for fault in warned(desk, old).warnings]


def warned(desk: Desk, draft: Draft) -> NeedsConfirmation:
    with pytest.raises(NeedsConfirmation) as error:
        desk.save(desk.editor, draft)
    return error.value


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (" ".join(["woord"] * 21) + ".", FaultKind.LONG_SENTENCE),
        ("Dit is een zin. " * 15 + "Klaar.", FaultKind.LONG_MESSAGE),
        ("Indien u werkt, mag het.", FaultKind.HARD_WORD),
        ("U krijgt € 41 van ons.", FaultKind.FIGURE_IN_PROSE),
        ("Bel 050 123 45 67.", FaultKind.LOOKS_PERSONAL),
    ],
)
def test_what_may_be_meant_so_is_saved_when_it_is_confirmed(desk: Desk, answer: str, kind: FaultKind) -> None:
    asked = warned(desk, desk.draft(answer))

    assert kind in [fault.kind for fault in asked.warnings]
    desk.save(desk.editor, desk.draft(answer), confirmed=asked.mark)
    assert desk.reads().startswith(answer[:20])


def test_a_confirmation_is_of_what_was_seen(desk: Desk) -> None:
    asked = warned(desk, desk.draft("Indien u werkt, mag het."))

    with pytest.raises(NeedsConfirmation):
        desk.save(desk.editor, desk.draft("Indien u werkt, mag het tevens."), confirmed=asked.mark)


def test_without_english_a_last_day_and_a_day_in_the_past_are_asked_about(desk: Desk) -> None:
    told = warned(desk, desk.draft(texts={"nl": {"answer": "Dat mag."}})).warnings
    assert [(fault.where, fault.kind) for fault in told] == [("en.answer", FaultKind.NO_ENGLISH)]

    told = warned(desk, desk.draft(valid_from=date(2026, 11, 1))).warnings
    assert [fault.kind for fault in told] == [FaultKind.IN_THE_PAST]


def test_a_time_without_any_answer_is_asked_about(desk: Desk) -> None:
    holidays = desk.draft("Met de feestdagen anders.", valid_to=date(2027, 1, 3))
    desk.save(desk.editor, holidays)  # after it the text of before returns
    with desk.database.writing() as session:
        for one in session.merge(desk.topics()[0]).revisions:
            one.valid_to = date(2027, 1, 3)

    told = warned(desk, desk.draft(valid_to=date(2027, 2, 1))).warnings
    assert [(fault.kind, fault.said) for fault in told] == [(FaultKind.NO_ANSWER_AFTER, ("2027-02-02",))]


def test_who_saves_over_a_colleague_is_told_and_sees_the_other_text(desk: Desk) -> None:
    seen = desk.newest(desk.editor).id
    theirs = desk.save(desk.editor, desk.draft("Van een collega."))

    with pytest.raises(ChangedMeanwhile) as error:
        desk.save(desk.editor, desk.draft("Van mij."), based_on=seen)
    assert error.value.newest == theirs.id
    assert desk.reads().startswith("Van een collega.")
    desk.save(desk.editor, desk.draft("Van mij."), based_on=theirs.id)
    assert desk.reads().startswith("Van mij.")


@pytest.mark.parametrize("own", [True, False])
def test_of_five_who_save_at_once_one_is_saved_and_the_others_are_told(desk: Desk, own: bool) -> None:
    account = desk.anna if own else desk.editor
    seen = desk.newest(account).id

    def save(number: int) -> bool:
        try:
            desk.save(account, desk.draft(f"Tekst {number}."), based_on=seen)
        except ChangedMeanwhile:
            return False
        return True

    assert sum(at_once(5, save)) == 1
    assert len(desk.topics()) == (2 if own else 1)


def test_the_same_form_sent_twice_is_saved_once(desk: Desk) -> None:
    seen = desk.newest(desk.editor).id
    saved: list[AnswerRevision] = [desk.save(desk.editor, based_on=seen) for _ in range(2)]

    assert saved[0].id == saved[1].id


def test_a_topic_that_does_not_exist_is_told(desk: Desk) -> None:
    with pytest.raises(UnknownTopic):
        desk.save(desk.editor, name="parking", based_on=1)
