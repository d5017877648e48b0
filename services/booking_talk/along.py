"""Times that go along with a message of ours, as buttons: pressed whenever, also when nobody talks of planning."""

from db.models import ConversationState
from services.agenda.programmes import Programme
from services.booking_talk.offer import choose
from services.booking_talk.office import Office
from services.booking_talk.state import Deed, Talk
from services.booking_talk.ways import begin_with_button, time_button
from services.calendar import day_and_time, short_day_and_time
from services.said_time import Wish
from services.words import Button


def times_along(office: Office, programme: Programme) -> tuple[list[str], tuple[Button, ...]]:
    """Three times that are free now, to be read and to be pressed; none where nothing can be pressed any more."""
    conversation, language = office.conversation, office.phrases.language
    if conversation is None or conversation.state is ConversationState.CLOSED or programme.key not in office.programmes:
        return [], ()
    free = choose(office.free(Talk(Deed.BOOK, programme=programme.key), programme), Wish())
    if not free:
        return [], ()
    lines = [f"{n}. {day_and_time(slot.begins_at, language)}" for n, slot in enumerate(free, 1)]
    buttons = [time_button(short_day_and_time(slot.begins_at, language), programme.key, slot) for slot in free]
    others = begin_with_button(office.phrases.say("button_other_time"), programme.key)
    return [office.phrases.say("booking_times_along"), *lines], (*buttons, others)
