"""Children at home and how old they are: "mijn 2 kinderen van 5 en 8", "een dochter van 12", "geen kinderen"."""

import re
from typing import NotRequired, TypedDict

from services.income_talk.numbers import without


class Children(TypedDict):
    """`count`: how many there are, when not every age is known yet."""

    ages: list[int]
    count: NotRequired[int]


OLDEST, MOST = 45, 15
CHILD = (
    r"(?:(?:jonge |kleine |minderjarige |school)?kind(?:eren|je|jes)?|kids?|child(?:ren)?|zoon(?:tje)?s?|zonen"
    r"|dochter(?:tje)?s?"
    r"|jongens?|meisjes?|sons?|daughters?|tieners?|boys?|girls?)"
)
AGES_LIST = (
    r"\d{1,2}(?!\d)(?:\s*(?:,|en|and|&|\+|/|-| )\s*(?:(?:een|1) (?=van|of))?(?:(?:van|of|is|die)\s*)*\d{1,2}(?!\d)"
    rf"(?!\s*(?:uur|u\b|hours?|euro|€|{CHILD})))*"
)
YEARS = r"(?:\s*(?:jaar|jaren|jr|years?|yrs?)(?:\s*(?:oud|old))?)?"
WITH_AGES = re.compile(
    rf"(?<![\d.,])(?:(?P<count>\d{{1,2}})\s*)?{CHILD}\s*(?:[:(]|,|(?:een|1)(?= van| of)|van|of|aged?|zijn|is|are"
    rf"|die|\s)*\s*"
    rf"(?P<ages>{AGES_LIST}){YEARS}(?!\s*(?:uur|u\b|hours?|euro|€|%|[.,]\d))\)?"
)
MONTHS_OLD = re.compile(
    r"(?:baby|kind(?:je)?|zoon(?:tje)?|dochter(?:tje)?|child|son|daughter) (?:van |of |is )*\d{1,2} (?:maand(?:en)?"
    r"|weken|months?|weeks?)"
)
COUNTED = re.compile(rf"(?<![\d.,])(\d{{1,2}})\s*(?:kleine |jonge )?{CHILD}\b")
ONE = re.compile(
    r"\b(?:een|mijn|m'n|me|a|my|1|het) (?:enige |kleine |jonge |eigen )?(?:kind(?:je)?|zoon(?:tje)?|dochter(?:tje)?"
    r"|child|kid|son|daughter)\b"
)
SMALL = {"baby": 0, "newborn": 0, "dreumes": 1, "peuter": 2, "toddler": 2, "kleuter": 4}
SMALL_ONE = re.compile(r"\b(baby|newborn|dreumes|peuter|toddler|kleuter)(?:tje|s)?\b")
NONE = re.compile(
    r"\b(?:geen|zonder|no|niet) (?:thuiswonende |minderjarige )?(?:kind|kids|child)\w*|\bkind(?:eren)? (?:zijn "
    r"|is )?(?:het huis uit|uit huis)"
    r"|\bkinderloos|\b0 kinderen"
)
EXTRA = re.compile(
    r"\b(?:nog (?:een|1) (?:kind(?:je)?|baby)|(?:een |1 )?(?:kind(?:je)?|baby) (?:erbij|er bij|extra|meer)|extra kind"
    r"|(?:krijg(?:en)?|verwacht(?:en)?) (?:een|1|nog een) (?:kind(?:je)?|baby)|(?:een|1) (?:kind(?:je)?|baby) krijg\w*"
    r"|zwanger|another child|1 more child|extra child|new baby|pregnant)\b"
)
NO = re.compile(r"^(?:nee|neen|no|nope|geen|none|niet|niemand|nobody)\b(?! zeg)|^0$")
BARE = re.compile(rf"(?<![\d.,])({AGES_LIST}){YEARS}(?!\s*(?:uur|u\b|hours?|euro|€|%|kind|child|[.,]\d))")


def take_children(text: str) -> tuple[Children | None, str]:
    if found := NONE.search(text):
        return {"ages": []}, without(text, found)
    if found := MONTHS_OLD.search(text):
        return {"ages": [0]}, without(text, found)
    found = WITH_AGES.search(text)
    if found and (children := _children(found["ages"], found["count"])) is not None:
        more, rest = take_children(without(text, found))
        return _together(children, more), rest
    for pattern in (SMALL_ONE, COUNTED, ONE):
        if found := pattern.search(text):
            one = _counted(found[1] if pattern.groups else "1")
            more, rest = take_children(without(text, found))
            return _together(one, more), rest
    return None, text


def take_extra_child(text: str) -> tuple[bool, str]:
    """`en met een kind erbij?`: one more than there is now."""
    found = EXTRA.search(text)
    return (True, without(text, found)) if found else (False, text)


def children_alone(text: str) -> Children | None:
    """When children were asked for, numbers alone are their ages."""
    if NO.search(text):
        return {"ages": []}
    found = BARE.search(text)
    return _children(found[1], None) if found else None


def all_ages_known(children: Children) -> bool:
    return children.get("count", 0) <= len(children["ages"])


def _counted(shown: str) -> Children:
    if shown in SMALL:
        return {"ages": [SMALL[shown]]}
    return {"ages": [], "count": min(int(shown), MOST)}


def _children(shown: str, count: str | None) -> Children | None:
    ages = [int(age) for age in re.findall(r"\d{1,2}", shown)]
    if not ages or len(ages) > MOST or max(ages) > OLDEST:
        return None
    known: Children = {"ages": ages}
    return {**known, "count": int(count)} if count and len(ages) < int(count) <= MOST else known


def _together(one: Children, other: Children | None) -> Children:
    """`een zoon van 7 en een dochter van 12`"""
    if other is None:
        return one
    ages = [*one["ages"], *other["ages"]]
    count = max(one.get("count", 0), other.get("count", 0), 0)
    return {"ages": ages, "count": count} if count > len(ages) else {"ages": ages}
