"""What a line says in this talk besides a time: which of several, by phone or at the desk, an interpreter, a reason."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from db.models import MeetingChannel
from services.agenda.slot import Slot
from services.calendar import AMSTERDAM
from services.income_talk.numbers import plain
from services.masking import mask
from services.said_clock import Hours
from services.said_time import Wish
from services.tidy import tidy

ORDINALS = (
    r"\b(?:de |the )?(?:eerste|1e|1ste|bovenste|first|1st)\b(?! (?:mogelijke|beschikbare|plek))"
    r"|^(?:nummer "
    r"|optie |number )?(?:1|een)$",
    r"\b(?:de |the )?(?:tweede|2e|2de|middelste|second|2nd|middle)\b|^(?:nummer |optie |number )?(?:2|twee)$",
    r"\b(?:de |the )?(?:derde|3e|3de|third|3rd)\b|^(?:nummer |optie |number )?(?:3|drie)$",
)
LAST = r"\b(?:de |the )?(?:laatste|onderste|last)\b"
MORE = re.compile(
    r"^(?:(?:heeft|heb|hebt|zijn|is) (?:u|je|er) )?(?:nog )?(?:meer|andere|anders|more|other)\b"
    r"(?: (?:tijd|dag|moment|optie|mogelijk|time|day)\w*)?(?: graag| aub| alstublieft| please)?\??$"
    r"|\b(?:geen van|none of)\b|\bdeze (?:kunnen|passen|komen) .*niet\b"
)
CHANNELS = {
    MeetingChannel.PHONE: r"\b(?:bel\w*|telefo\w*|phone|call)\b",
    MeetingChannel.VIDEO: r"\b(?:video\w*|beeldbel\w*|teams|online|zoom)\b",
    MeetingChannel.HOME: r"\b(?:bij mij thuis|thuis|huisbezoek|at home|my place)\b",
    MeetingChannel.WALK: r"\b(?:wandel\w*|lopend\w*|walk\w*)\b",
    MeetingChannel.OFFICE: r"\b(?:kantoor|gemeentehuis|stadhuis|stadskantoor|balie|langskom\w*|langs (?:te )?komen"
    r"|office|town hall|in person)\b",
}
INTERPRETER = re.compile(r"\b(?:tolk|vertaler|interpreter|translator)\b")
TONGUE = re.compile(
    r"\b(arabisch|tigrinya|turks|pools|oekraïens|oekraiens|farsi|perzisch|dari|pashto|somalisch|engels|frans"
    r"|spaans|portugees"
    r"|berbers|tamazight|amhaars|koerdisch|russisch|roemeens|bulgaars|chinees|gebarentaal|papiamento|papiaments"
    r"|arabic|turkish|polish|ukrainian|persian|somali|english|french|spanish|kurdish|russian|sign language)\b"
)
ACCESS = re.compile(
    r"\b(?:rolstoel\w*|wheelchair|scootmobiel|rollator|krukken|trap(?:pen)? lopen|lift|slecht ter been|moeilijk lop\w+"
    r"|slechthorend|doof|deaf|blind|slechtziend|hulphond|geleidehond|ringleiding)\b"
)
WITH = re.compile(r"\b(?:neem|neemt|breng|komt|bring)\b.{0,40}\b(?:mee|with me|along)\b|\b(?:iemand|someone) mee\b")
NEEDS_SOMETHING = re.compile(r"\b(?:nodig|need|hulp|help)\b")
CANNOT = re.compile(
    r"\b(?:kan|lukt|red|haal)(?: \w+){0,3} (?:niet|nie)\b|\bben (?:dan )?verhinderd\b|\bik ben (?:er )?(?:dan )?ziek\b"
    r"|\b(?:can'?t|cannot|can not) (?:come|make)\b|\bi can'?t\b"
)
CANNOT_COME = re.compile(
    r"^(?:(?:sorry|helaas|nee|no|hoi|hallo|en|maar|ja),? )*"
    r"(?:(?:(?:dan|die dag|dat) )?(?:kan|lukt|red|haal)|(?:ik|dat|het) (?:kan|lukt|red|haal))"
    r"(?: (?:ik|het|er|me|mij|dan|toch|die dag|morgen|overmorgen|vandaag|echt|helaas|zelf)){0,3} (?:niet|nie)"
    r"(?: (?:komen|bij zijn|halen|redden))?(?=$|[,.]| (?:ik|want|omdat|door|vanwege|wegens|mijn)\b)"
    r"|\bben (?:dan )?verhinderd\b|\bik ben (?:er )?(?:dan )?ziek(?=$|,| dus\b)"
    r"|\bi (?:can'?t|cannot|can not) (?:come\b|make (?:it|that)\b)|^(?:sorry,? )?i can'?t$"
)
"""The same in a line that cannot be about anything but coming: "ik kan dan niet, ik heb geen oppas"."""
WHERE = re.compile(
    r"\b(?:waar|locatie|adres|welk gebouw|where|location|address|hoe laat|wanneer|when|what time|meenemen|bring)\b"
)
OF_ANOTHER_THING = re.compile(
    r"\b(?:mijn|m'n|my|nieuwe?|new)\b(?! (?:afspra|gesprek|appointment|talk))"
    r"|\b(?:krijg|get|geld|money|paid|open|dicht|sluit\w*|clos\w+"
    r"|iemand|tolk|someone|somebody|interpreter)\b"
)
"""Who asks when his money comes or whether he may bring somebody does not ask where the appointment is."""
TALK = r"(?:(?:het|de|mijn) (?:gesprek|afspraak))"
PLACE = re.compile(
    r"(?:(?:en|ok|oke|ja|and|so),? )*(?:"
    rf"(?:(?:op |in )?welke?|(?:wat|waar) is (?:de|het)) (?:locatie|adres|gebouw)(?: (?:is|was) (?:het|dat)| van {TALK}"
    r"| moet ik (?:zijn|heen))?|(?:het )?adres|(?:de )?locatie"
    rf"|waar(?: (?:is|was) (?:het|dat|{TALK})| moet ik (?:dan )?(?:precies )?(?:zijn|heen|naartoe|naar toe))?"
    rf"|hoe laat(?: (?:is|was|begint) (?:het|dat|{TALK})| moet ik (?:er )?(?:zijn|komen))?"
    r"|wanneer (?:is|was) (?:het|dat)"
    r"|(?:wat|welke papieren) (?:moet|neem) ik (?:allemaal )?(?:mee|meenemen|mee nemen|meebrengen)"
    r"|moet ik (?:nog )?(?:iets|papieren|mijn [a-z]+) (?:meenemen|mee nemen|meebrengen)"
    r"|where(?: (?:is|was) (?:it|that|the appointment)| do i (?:go|(?:have|need) to (?:be|go)))?"
    r"|what time(?: (?:is|was) (?:it|that|the appointment)| do i (?:have|need) to (?:be there|come))?"
    r"|when (?:is|was) it"
    r"|(?:which|what|what is the|what's the) (?:location|address|building)|(?:the )?(?:address|location)"
    r"|(?:what|which papers) (?:do|should|must) i (?:have to |need to )?bring"
    r"|(?:do|should|must) i (?:have to |need to )?bring (?:something|anything|papers|my [a-z]+)"
    r")(?: (?:precies|ook alweer|ook al weer|eigenlijk|again|exactly))?"
)
"""The whole line asks on about an appointment that was told of just before."""
LATER = re.compile(
    r"\b(?:later|eerder|vroeger|verzetten|verplaatsen|verschuiven|andere? (?:dag|tijd|moment|keer)|earlier"
    r"|reschedule|move it"
    r"|another (?:day|time))\b"
)
STEPS = {"een": 1, "1": 1, "a": 1, "one": 1, "the": 1, "de": 1, "twee": 2, "2": 2, "two": 2}
BESIDE = re.compile(
    r"\b(?P<count>een|1|a|one|the|de|twee|2|two) (?P<unit>dag(?:en|je)?|days?|week|weken|weeks?) "
    r"(?P<way>later|erna|daarna|erop|after|eerder|ervoor|daarvoor|earlier|before)\b"
)
TOO_EARLY = re.compile(r"\b(?:te|zo) vroeg\b|\b(?:too|so) early\b")
TOO_LATE = re.compile(r"\b(?:te|zo) laat\b|\b(?:too|so) late\b")
CALLS_OFF = re.compile(r"\b(?:afzeg\w*|zeg .*\baf|annuleer\w*|annuleren|cancel\w*|afmelden|call off)\b")


def ordinal_in(text: str, count: int) -> int | None:
    """ "De tweede", "3", "de laatste": from 0."""
    line = plain(text).strip(" .!")
    for number, pattern in enumerate(ORDINALS[:count]):
        if re.search(pattern, line):
            return number
    return count - 1 if count and re.search(LAST, line) else None


def picked(text: str, wish: Wish, shown: Sequence[Slot]) -> Slot | None:
    """Which of the times on the screen is meant: by its place, or because only this one fits what was said."""
    place = ordinal_in(text, len(shown))
    if place is not None:
        return shown[place]
    if not (wish.days or wish.weekdays or wish.hours.at):
        return None
    fitting = [slot for slot in shown if is_meant(slot.begins_at, wish)]
    return fitting[0] if len(fitting) == 1 else None


def is_meant(begins_at: datetime, wish: Wish) -> bool:
    here = begins_at.astimezone(AMSTERDAM)
    if not wish.fits(here):
        return False
    return wish.hours.at is None or here.time() == wish.hours.at


def wish_beside(text: str, said: Wish, moments: Sequence[datetime]) -> Wish:
    """ "Een dag later" than these, with the hours that were `said` too; or "te vroeg"."""
    here = [moment.astimezone(AMSTERDAM) for moment in moments]
    clocks = [moment.time() for moment in here]
    if clocks and TOO_EARLY.search(plain(text)):
        return Wish(hours=Hours(earliest=_after(max(clocks))))
    if clocks and TOO_LATE.search(plain(text)):
        return Wish(hours=Hours(latest=min(clocks)))
    found = BESIDE.search(plain(text))
    if found is None or not here:
        return Wish()
    days = timedelta(days=STEPS[found["count"]] * (7 if found["unit"].startswith("we") else 1))
    told = [moment.date() for moment in here]
    if found["way"] in ("later", "erna", "daarna", "erop", "after"):
        return Wish(since=max(told) + days, hours=said.hours)
    return Wish(since=min(told) - days, until=min(told) - timedelta(days=1), hours=said.hours)


def _after(clock: time) -> time:
    return clock.replace(minute=clock.minute + 1) if clock.minute < 59 else clock


def wants_more(text: str) -> bool:
    return MORE.search(plain(text).strip(" .!")) is not None


def channel_in(text: str, among: Sequence[MeetingChannel]) -> MeetingChannel | None:
    line = plain(text)
    return next((one for one in among if re.search(CHANNELS[one], line)), None)


def needs_in(text: str) -> dict[str, str]:
    """What somebody needs to be able to come and to talk, in his own words; masked."""
    line, words = plain(text), mask(tidy(text)).text[:200]
    needs: dict[str, str] = {}
    tongue = TONGUE.search(line)
    if INTERPRETER.search(line):
        needs["interpreter"] = tongue[1] if tongue else "?"
    if ACCESS.search(line):
        needs["access"] = words
    if WITH.search(line):
        needs["with"] = words
    return needs


def told_needs(text: str) -> dict[str, str]:
    """The answer to what somebody needs: whatever it is, it is written down."""
    tongue = TONGUE.search(plain(text))
    found = needs_in(text)
    if found or tongue is None:
        return found or {"access": mask(tidy(text)).text[:200]}
    return {"interpreter": tongue[1]}
