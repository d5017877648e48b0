"""What the home costs: "640 huur", "ik huur een kamer", "eigen huis"."""

import re
from decimal import Decimal
from typing import NotRequired, TypedDict

from services.income_talk.numbers import AMOUNT, number, without


class Rent(TypedDict):
    """Without an amount no rent is paid. `room`: no home of one's own."""

    amount: NotRequired[str]
    room: NotRequired[bool]


LEAST, MOST = Decimal(50), Decimal(3000)
RENT = r"(?:kale huur|huurprijs|huur|basishuur|rent)"
NAMED = re.compile(rf"\b{RENT}\b(?!toeslag)\W+(?:[a-z']+\W+){{0,4}}?{AMOUNT}(?!\s*(?:uur|u\b|hours?|jaar|kind))")
BEHIND = re.compile(rf"{AMOUNT}\s*(?:per maand |in de maand |a month )?(?:aan |for |van )?(?:kale |my |de )?{RENT}\b")
PAYS = re.compile(rf"\b(?:ik betaal|i pay)\s+(?:\w+\s+)?{AMOUNT}\s*(?:per|in de|a)\s*(?:maand|mnd|month)\b")
NONE = re.compile(
    r"\bgeen (?:kale )?huur\b|\bkoop(?:woning|huis)|\beigen (?:huis|woning)|\bhypotheek|\bgratis\b|\bno rent\b"
    r"|\bmortgage|\bdakloos|\bhomeless|\bhuur niet\b|\bbetaal niets\b"
)
ROOM = re.compile(r"\bkamer(?:tje)?\b|\bstudentenhuis|\ba room\b|\bonzelfstandig")
OTHER_MONEY = re.compile(r"spaar|sparen|\bschuld|erfenis|toeslag|uitkering|\bgift|\bauto\b|boete|lening|savings|debt")
NO = re.compile(r"^(?:nee|no|niets|niks|nothing|0|geen|none)\b")


def take_rent(text: str) -> tuple[Rent | None, str]:
    if found := NAMED.search(text) or BEHIND.search(text) or PAYS.search(text):
        rent = _rent(found[1], text)
        if rent is not None:
            return rent, without(text, found)
    if found := NONE.search(text):
        return {}, without(text, found)
    return None, text


def rent_alone(text: str) -> Rent | None:
    """When the rent was asked for."""
    if NO.search(text):
        return {}
    if OTHER_MONEY.search(text):
        return None
    found = re.search(AMOUNT + r"(?!\s*(?:uur|u\b|hours?|jaar|kind|%))", text)
    return _rent(found[1], text) if found else None


def _rent(shown: str, text: str) -> Rent | None:
    amount = number(shown)
    if not LEAST <= amount <= MOST:
        return None
    rent: Rent = {"amount": f"{amount:.2f}"}
    return {**rent, "room": True} if ROOM.search(text) else rent
