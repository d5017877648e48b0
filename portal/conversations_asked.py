"""What part of the list somebody asks for, in the words of the address; and the addresses that lead on from there."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from db.models import Channel
from services.conversation_list.order import Filters, Place, View
from services.tidy import tidy

LIST = "/portal/gesprekken"
VIEWS = {
    View.ALL: "",
    View.FOR_YOU: "wacht-op-u",
    View.WAITING: "wacht",
    View.YOURS: "van-mij",
    View.BOT: "chatbot",
    View.CLOSED: "gesloten",
}
BY_WORD = {word: view for view, word in VIEWS.items()}
CHANNELS = {channel.value: channel for channel in Channel}
TOPIC = re.compile(r"[a-z0-9_]{1,80}")
PLACE = re.compile(r"([wn])\.([0-9]{1,17})\.([0-9]{1,18})")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 200
"""Characters of a search."""


@dataclass(frozen=True)
class Asked:
    filters: Filters
    after: Place | None = None
    before: Place | None = None

    @property
    def first_page(self) -> bool:
        return self.after is None and self.before is None

    @property
    def narrowed(self) -> bool:
        """Whether there is more than the view that decides what is shown."""
        return self.filters != Filters(self.filters.view)

    @property
    def view_word(self) -> str:
        return VIEWS[self.filters.view]

    def words(self) -> dict[str, str]:
        """The filters as they stand in an address; what is not asked for is left out."""
        filters = self.filters
        told = {
            "toon": self.view_word,
            "kanaal": filters.channel.value if filters.channel else "",
            "onderwerp": filters.topic or "",
            "ongelezen": "1" if filters.unread else "",
            "zoek": filters.words,
        }
        return {name: value for name, value in told.items() if value}

    def address(self, path: str = "", **changes: str) -> str:
        """Of this part of the list, or of a page under it from which one comes back to this part."""
        told = {name: value for name, value in (self.words() | changes).items() if value}
        return f"{LIST}{path}?{urlencode(told)}" if told else f"{LIST}{path}"

    def without_filters(self) -> str:
        return Asked(Filters(self.filters.view)).address()

    def of_view(self, view: View) -> str:
        return self.address(toon=VIEWS[view])


def asked_for(params: QueryParams) -> Asked:
    """What cannot be understood is not asked for."""
    filters = Filters(
        view=BY_WORD.get(params.get("toon", ""), View.ALL),
        channel=CHANNELS.get(params.get("kanaal", "")),
        topic=topic if TOPIC.fullmatch(topic := params.get("onderwerp", "")) else None,
        unread=params.get("ongelezen") == "1",
        words=tidy(params.get("zoek", "").replace("\n", " "))[:LONGEST].strip(),
    )
    after = read_place(params.get("na", ""))
    return Asked(filters, after, None if after else read_place(params.get("voor", "")))


def written(place: Place) -> str:
    """A place in the order, exact to the microsecond."""
    moment = (place.at - BEGINNING) // timedelta(microseconds=1)
    return f"{'w' if place.waiting else 'n'}.{moment}.{place.id}"


def read_place(given: str) -> Place | None:
    found = PLACE.fullmatch(given)
    if found is None:
        return None
    at = BEGINNING + timedelta(microseconds=int(found[2]))
    return Place(found[1] == "w", at, int(found[3]))
