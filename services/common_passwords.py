"""Passwords that others try first. Ours have at least twelve characters, so only what is long and common counts."""

from string import digits, punctuation

WORDS = frozenset(
    """
    admin administrator ajax amsterdam appel april augustus baby baseball beheer beheerder bijstand chatbot computer
    december dragon dinsdag donderdag feyenoord football februari gebruiker geheim geheimwachtwoord gemeente
    geenwachtwoord hallo hallohallo heerenveen herfst hetwachtwoord iloveyou inloggen ikhouvanjou januari juli juni
    klantmanager komtdatzien letmein letmeinplease lente login maandag maart mama manchester master medewerker mei
    mijnwachtwoord monkey mypassword nederland november oktober papa participatiewet passw passwd passwoord password
    passwordpassword portal princess psv qwerty qwertyqwerty redacteur rotterdam secret september socialedienst sunshine
    superman test testtest trede vakantie vrijdag voetbal wachtwoord wachtwoordwachtwoord welcome welkom welkomwelkom
    werkeninkomen winter woensdag zaterdag zomer zondag zomervakantie
    """.split()  # noqa: SIM905  a list of words is read more easily without ninety pairs of quotes
)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "1234567890")
LOOKS_LIKE = str.maketrans("@40315$7!|", "aaoeissill")
FEWEST_CHARACTERS = 5


def is_common(password: str, *own: str) -> bool:
    """A word of the list or one of somebody's `own` with signs around it, keys in a row, or the same few signs."""
    low = password.casefold()
    return _few_different(low) or _in_a_row(low) or _is_word(low, own)


def _few_different(low: str) -> bool:
    return len(set(low)) < FEWEST_CHARACTERS


def _in_a_row(low: str) -> bool:
    return any(low in one for row in ROWS for one in (row * 4, row[::-1] * 4))


def _is_word(low: str, own: tuple[str, ...]) -> bool:
    known = WORDS | {_letters(word) for word in own} - {""}
    # Read as written, and with signs that stand for letters: of the whole, and without what was stuck to its ends.
    read = (low, low.translate(LOOKS_LIKE), low.strip(digits + punctuation).translate(LOOKS_LIKE))
    return any(_letters(text) in known for text in read)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())
