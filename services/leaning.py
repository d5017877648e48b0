"""Lines that make sense only beside what was said just before them, whatever they were understood as."""

from datetime import date

from sqlalchemy.orm import Session

from benefits.income.law import IncomeLaw
from services.income_talk.hear import Heard, Line, Verdict, hear
from services.income_talk.lines import leans
from services.income_talk.talk import has_begun, known_of
from services.income_talk.telling import Before, changes_in


def lean(
    session: Session, municipality_id: int, conversation: str, line: Line, law: IncomeLaw, today: date
) -> Heard | None:
    """A change to the calculation that was just told ("en als ik 32 uur werk?"), or an answer to a question of it that
    is still open although its form is not. None for a line that stands on its own, mostly without a look at the record.
    """
    if not (leans(line.text) or changes_in(line.text, Before({}, None, today))):
        return None
    if not has_begun(session, municipality_id, conversation):
        return None
    heard = hear(line, known_of(session, municipality_id, conversation, law, today))
    return None if heard is None or heard.again or heard.verdict is Verdict.STOP else heard
