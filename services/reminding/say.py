"""How a reminder of each kind is said: by the word before the colon in what it is about.

What is said is looked up then: whoever says it compares the version with the one it was planned for, and answers None
when it is no longer wanted. Everything goes in the words; over a channel that others can read along, only that there
is a message goes out, and a page shows the rest (services/reminding/letter.py).
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation, Message
from services.agenda.remind import say_appointment
from services.agreements_told import AGREEMENT, say_agreement
from services.effort.answer import say_search_period
from services.effort.period import ABOUT as SEARCH_PERIOD
from services.inviting.remind import say_invitation, say_missed
from services.phrases import Phrases
from services.reminding.kinds import DOCUMENTS, INCOME, REVIEW, say_documents, say_income_form, say_review
from services.words import Words

type Saying = Callable[[Session, Phrases, Message, Conversation, datetime], Words | None]

SAY: dict[str, Saying] = {
    AGREEMENT: say_agreement,
    "appointment": say_appointment,
    DOCUMENTS: say_documents,
    INCOME: say_income_form,
    "invitation": say_invitation,
    "missed": say_missed,
    REVIEW: say_review,
    SEARCH_PERIOD: say_search_period,
}
