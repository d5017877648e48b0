"""Which words somebody searches for, out of what was typed."""

import unicodedata

MOST_WORDS = 8
# They are in every second line and say nothing: to look for them takes long and finds everything.
FILLERS = frozenset(
    """
    aan al als bij da dan dat de den der deze die dit doe door dus een en er geen had heb hebben heeft het hij hoe hun
    ik in is je jij kan kun kunnen maar me meer mee met mij mijn moet na naar niet nog nu of om ons ook op over te toe
    tot u uit uw van veel voor wat we wel wie wij wil word worden zal ze zich zij zijn zo
    a an and are at be but can do for have how i if it me my not of on or so the to was what when with you your
    """.split()  # noqa: SIM905  words are read more easily than a list of them
)


def words_of(typed: str) -> list[str]:
    """Letters and digits, small, without marks and fillers. Signs mean nothing, so they can do nothing."""
    unmarked = "".join(c for c in unicodedata.normalize("NFD", typed.lower()) if not "\u0300" <= c <= "\u036f")
    plain = unicodedata.normalize("NFC", unmarked)
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain).split()
    return [word for word in words if word not in FILLERS][:MOST_WORDS]
