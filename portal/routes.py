"""All routes of the staff's pages. A module of pages has a tuple `PAGES`; it is added to the list here.

Besides: its deeds get their names in portal/deeds.py, its errors their sentences in portal/faults.py, and the objects
it is about are made in tests/integration/portal/samples.py, from where every route is tried by everybody.
"""

from starlette.routing import BaseRoute, Route

from portal import (
    administration,
    administration_log,
    agenda,
    answers,
    appointment,
    appointment_time,
    calculations,
    callbacks,
    conversations,
    conversations_deeds,
    conversations_stream,
    examples,
    feed,
    followed,
    group_members,
    group_session,
    home,
    hours,
    invitations,
    invitations_deeds,
    own,
    people,
    people_deeds,
    places,
    programmes,
    remarks,
    reminding,
    sign_in,
    sign_in_set_up,
    tasks,
    topics,
    understanding,
)
from portal.render import ASSETS

PAGES = (
    *sign_in.PAGES,
    *sign_in_set_up.PAGES,
    *home.PAGES,
    *own.PAGES,
    *conversations_stream.PAGES,
    *conversations.PAGES,
    *conversations_deeds.PAGES,
    *calculations.PAGES,
    *callbacks.PAGES,
    *tasks.PAGES,
    *agenda.PAGES,
    *group_session.PAGES,
    *group_members.PAGES,
    *appointment.PAGES,
    *appointment_time.PAGES,
    *people.PAGES,
    *people_deeds.PAGES,
    *followed.PAGES,
    *invitations.PAGES,
    *invitations_deeds.PAGES,
    *reminding.PAGES,
    *hours.PAGES,
    *feed.PAGES,
    *places.PAGES,
    *programmes.PAGES,
    *topics.PAGES,
    *remarks.PAGES,
    *answers.PAGES,
    *examples.PAGES,
    *understanding.PAGES,
    *administration.PAGES,
    *administration_log.PAGES,
)
ROUTES: tuple[BaseRoute, ...] = (Route("/static/{digest}/{path:path}", ASSETS.serve), feed.FEED, *PAGES)
