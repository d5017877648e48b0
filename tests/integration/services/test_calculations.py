"""A calculation is kept as it was shown, found by its owner only, and by a link for a day."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest

from benefits.errors import ScenarioWrong
from db.models import Calculation, Channel, Municipality
from db.models.calculation import CalculationState
from db.session import Database
from services.calculations import find_by_link, find_own, list_saved, make_link, of_conversation, save, unsave
from services.conversations import Address, open_conversation
from services.errors import LinkOver, UnknownCalculation
from tests.builders import NOW, build_keys, build_municipality, build_phrases
from tests.calculations import LAW, a_situation, build_calculation

KEYS = build_keys()


@dataclass(frozen=True)
class Kept:
    database: Database
    town: Municipality
    id: int
    public_id: str

    def address(self, browser: str = "fatima", channel: Channel = Channel.WEB) -> Address:
        return Address(self.town, channel, browser)

    def link_key(self) -> str:
        with self.database.writing() as session:
            link = make_link(session.get_one(Calculation, self.id), self.town.slug, NOW)
        path, _, key = link.partition("?sleutel=")
        assert path == f"/voorbeeldstad/berekening/{self.public_id}"
        return key


@pytest.fixture
def kept(database: Database) -> Kept:
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session)
        conversation = open_conversation(session, KEYS, Address(town, Channel.WEB, "fatima"), NOW)
        made = build_calculation(session, conversation)
        return Kept(database, town, made.id, made.public_id)


def test_all_that_a_page_shows_is_kept_with_the_version_of_the_rules(kept: Kept) -> None:
    with kept.database.reading() as session:
        found = session.get_one(Calculation, kept.id)
    assert found.outcome is not None
    assert found.scenario is not None
    assert (found.state, found.rules_version) == (CalculationState.SHOWN, LAW.version)
    assert (found.scenario["on"], found.outcome["language"]) == ("2026-11-23", "nl")
    assert found.outcome["difference"] == "272.19"
    table = [point["hours"] for point in found.outcome["by_hours"] if point["in_table"]]
    assert table == ["0", "8", "12", "16", "20", "24", "28", "32", "36"]


def test_a_range_is_kept_with_both_ends(kept: Kept) -> None:
    with kept.database.writing() as session:
        conversation = open_conversation(session, KEYS, kept.address(), NOW)
        outcome = build_calculation(session, conversation, a_situation(16), until=Decimal("22.5")).outcome
    assert outcome is not None
    assert outcome["asked"] == ["16", "22.5"]
    assert "22.5" in [point["hours"] for point in outcome["by_hours"] if point["in_table"]]


def test_what_cannot_be_calculated_is_refused_and_not_kept(kept: Kept) -> None:
    def calculate(wage: str) -> None:
        with kept.database.writing() as session:
            conversation = open_conversation(session, KEYS, kept.address(), NOW)
            build_calculation(session, conversation, a_situation(wage=wage))

    with pytest.raises(ScenarioWrong):
        calculate("-1")
    with kept.database.reading() as session:
        assert session.query(Calculation).count() == 1


def test_its_owner_finds_it_also_after_a_new_conversation_has_begun(kept: Kept) -> None:
    with kept.database.writing() as session:
        later = open_conversation(session, KEYS, kept.address(), NOW + timedelta(days=2))
        assert not of_conversation(session, later)
        assert find_own(session, KEYS, kept.address(), kept.public_id).id == kept.id


def test_another_browser_channel_or_municipality_finds_nothing(kept: Kept) -> None:
    with kept.database.writing() as session:
        stranger = build_municipality(session, "buurstad", "Buurstad")
        open_conversation(session, KEYS, kept.address("karel"), NOW)
        for address in (
            kept.address("karel"),
            kept.address("nobody"),
            kept.address(channel=Channel.TELEGRAM),
            Address(stranger, Channel.WEB, "fatima"),
        ):
            with pytest.raises(UnknownCalculation):
                find_own(session, KEYS, address, kept.public_id)


def test_a_link_holds_for_a_day(kept: Kept) -> None:
    key = kept.link_key()
    with kept.database.reading() as session:
        just_before = NOW + timedelta(hours=24) - timedelta(seconds=1)
        assert find_by_link(session, kept.town.id, kept.public_id, key, just_before).id == kept.id
        with pytest.raises(LinkOver):
            find_by_link(session, kept.town.id, kept.public_id, key, NOW + timedelta(hours=24))


def test_a_wrong_key_and_an_unknown_calculation_are_refused_alike(kept: Kept) -> None:
    key = kept.link_key()
    with kept.database.reading() as session:
        for town, public_id, tried in (
            (kept.town.id, kept.public_id, key[:-1] + ("A" if key[-1] != "A" else "B")),
            (kept.town.id, kept.public_id, ""),
            (kept.town.id, kept.public_id, "é"),
            (kept.town.id, "0" * 32, key),
            (kept.town.id + 1, kept.public_id, key),
        ):
            with pytest.raises(LinkOver):
                find_by_link(session, town, public_id, tried, NOW)


def test_a_new_link_takes_the_place_of_the_one_before(kept: Kept) -> None:
    old, new = kept.link_key(), kept.link_key()
    with kept.database.reading() as session:
        assert find_by_link(session, kept.town.id, kept.public_id, new, NOW).id == kept.id
        with pytest.raises(LinkOver):
            find_by_link(session, kept.town.id, kept.public_id, old, NOW)


def test_the_key_itself_is_not_in_the_database(kept: Kept) -> None:
    key = kept.link_key()
    with kept.database.reading() as session:
        found = session.get_one(Calculation, kept.id)
        assert found.link_hash is not None
        assert len(found.link_hash) == 64
        assert key not in {str(value) for value in vars(found).values()}


def test_what_is_saved_stands_in_the_list_of_its_owner_until_it_is_taken_off(kept: Kept) -> None:
    with kept.database.writing() as session:
        save(session.get_one(Calculation, kept.id), NOW)
        assert [one.id for one in list_saved(session, KEYS, kept.address())] == [kept.id]
        assert not list_saved(session, KEYS, kept.address("karel"))
        unsave(session.get_one(Calculation, kept.id), NOW)
        assert not list_saved(session, KEYS, kept.address())
