"""Chat lines as people type them, made with a fixed seed: some hold personal data, the others only look as if."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import iban
from stdnum.nl import bsn

BEFORE = (
    "",
    "hoi, ",
    "Goedemorgen, ",
    "mijn ",
    "dit is het: ",
    "ja hier komt ie ",
    "u kunt mij bereiken op ",
    "(",
    "via ",
)
AFTER = ("", ".", " graag", ", dank u", "!", " klopt dat?", ")", " en ik woon alleen", " sinds 2019", "\nGroet", " ok?")
FOREIGN: tuple[str, ...] = (
    "BE68539007547034",
    "DE89370400440532013000",
    "PL61109010140000071219812874",
    "TR330006100519786457841326",
)
FOREIGN += (
    "FR1420041010050500013M02606",
    "ES9121000418450200051332",
    "RO49AAAA1B31007593840000",
    "LT121000011101001000",
)
BANKS = ("ABNA", "RABO", "INGB", "TRIO", "BUNQ", "SNSB")
AREAS = ("010", "020", "030", "050", "070", "0513", "0592", "0118", "015", "088", "085")


@dataclass(frozen=True)
class Written:
    """`secret` is what must not be left in the line; `kind` what it is replaced by."""

    line: str
    secret: str
    kind: str


def lines_with_personal_data(number: int, seed: int = 20261122) -> list[Written]:
    dice = random.Random(seed)
    makers: tuple[tuple[str, Callable[[random.Random], str]], ...] = (
        ("bsn", _bsn), ("bsn", _called_bsn), ("rekeningnummer", _dutch_iban), ("rekeningnummer", _foreign_iban),
        ("telefoonnummer", _mobile), ("telefoonnummer", _landline), ("e-mailadres", _email),
    )  # fmt: skip
    made = []
    for place in range(number):
        kind, maker = makers[place % len(makers)]
        secret = maker(dice)
        made.append(Written(dice.choice(BEFORE) + secret + dice.choice(AFTER), secret, kind))
    return made


def harmless_lines(number: int, seed: int = 20261122) -> list[str]:
    dice = random.Random(seed)
    return [dice.choice(("", "hoi, ", "vraag: ")) + HARMLESS[n % len(HARMLESS)](dice) for n in range(number)]


def digits(dice: random.Random, number: int) -> str:
    return "".join(str(dice.randrange(10)) for _ in range(number))


def valid_bsn(dice: random.Random) -> str:
    while not bsn.is_valid(found := str(dice.randrange(1, 10)) + digits(dice, 8)):
        pass
    return found


def _grouped(number: str, sizes: tuple[int, ...], separator: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return separator.join(parts)


def _bsn(dice: random.Random) -> str:
    number = valid_bsn(dice)
    sizes = dice.choice(((9,), (9,), (9,), (3, 3, 3), (4, 2, 3), (4, 5), (2, 2, 2, 3), (1,) * 9))
    return _grouped(number, sizes, dice.choice((" ", ".", "-", " ")))


def _called_bsn(dice: random.Random) -> str:
    """Eight digits, or nine with a typing error: only the word before it tells."""
    called = dice.choice(("bsn ", "BSN: ", "bsn is ", "BSN-nummer: ", "burgerservicenummer ", "sofinummer is ", "bsn="))
    number = digits(dice, dice.choice((8, 8, 9)))
    return called + (number if dice.random() < 0.7 else _grouped(number, (4, 2, 3), dice.choice(" .")))


def _dutch_iban(dice: random.Random) -> str:
    account = dice.choice(BANKS) + digits(dice, 10)
    return _as_typed(dice, "NL" + iban.calc_check_digits("NL00" + account) + account)


def _foreign_iban(dice: random.Random) -> str:
    return _as_typed(dice, dice.choice(FOREIGN))


def _as_typed(dice: random.Random, number: str) -> str:
    shown = _grouped(number, (4,) * (len(number) // 4 + 1), " ").strip() if dice.random() < 0.5 else number
    return shown.lower() if dice.random() < 0.4 else shown


def _mobile(dice: random.Random) -> str:
    begin = dice.choice(
        ("06", "06-", "06 ", "06 - ", "+316", "+31 6 ", "+31(0)6-", "+31 (0)6 ", "00316", "0031 6 ", "(06) ")
    )
    sizes = dice.choice(((8,), (8,), (2, 2, 2, 2), (4, 4), (3, 3, 2)))
    return begin + _grouped(digits(dice, 8), sizes, dice.choice(" -."))


def _landline(dice: random.Random) -> str:
    area = dice.choice(AREAS)
    rest = str(dice.randrange(1, 10)) + digits(dice, 9 - len(area))
    begin = dice.choice(
        (area, f"{area}-", f"{area} ", f"({area}) ", f"{area} - ", f"+31{area[1:]}", f"+31 {area[1:]} ")
    )
    return begin + _grouped(rest, (3, 2, 2) if len(rest) == 7 and dice.random() < 0.5 else (len(rest),), " ")


def _email(dice: random.Random) -> str:
    name = dice.choice(
        ("jan.jansen", "fatima_88", "m-de-vries", "a.b.c", "kees+werk", "Ewa.Nowak", "x", "mohammed1990")
    )
    at = dice.choice(("@", "@", "@", " @ ", "(at)", "@ "))
    return (
        name + at + dice.choice(("gmail.com", "hotmail.nl", "live.nl", "ziggo.nl", "mail.uva.nl", "post.example.org"))
    )


def _day(dice: random.Random) -> tuple[int, int, int]:
    return dice.randrange(1, 29), dice.randrange(1, 13), dice.randrange(1950, 2030)


def _clock(dice: random.Random, sign: str) -> str:
    return f"{dice.randrange(7, 22):02}{sign}{dice.choice((0, 15, 30, 45)):02}"


def _dutch_date(dice: random.Random) -> str:
    day, month, year = _day(dice)
    sign = dice.choice("-/. ")
    return f"{day:02}{sign}{month:02}{sign}{year}"


def _iso_date(dice: random.Random) -> str:
    day, month, year = _day(dice)
    return f"{year}-{month:02}-{day:02}"


def _amount(dice: random.Random) -> str:
    whole = f"{dice.randrange(1, 90_000):,}".replace(",", dice.choice((".", "", ".")))
    return dice.choice(("€ ", "", "€")) + whole + dice.choice(("", f",{dice.randrange(100):02}", ",-", " euro"))


HARMLESS: tuple[Callable[[random.Random], str], ...] = (
    lambda d: f"ik werk {d.randrange(2, 40)} uur per week van {_clock(d, '.')}-{_clock(d, '.')}",
    lambda d: f"open {_clock(d, '.')}-{_clock(d, '.')} {_clock(d, '.')}-{_clock(d, '.')}",
    lambda d: f"van {_clock(d, ':')} tot {_clock(d, ':')} en {_clock(d, ':')}-{_clock(d, ':')}",
    lambda d: f"ik kreeg {_amount(d)} en daarna {_amount(d)}",
    lambda d: f"tussen {d.randrange(1, 9)}.{digits(d, 3)}-{d.randrange(1, 9)}.{digits(d, 3)} euro",
    lambda d: f"mijn loon is € {d.randrange(1, 9)}.{digits(d, 3)},{digits(d, 2)} en € {digits(d, 3)},{digits(d, 2)}",
    lambda d: f"op {_dutch_date(d)}",
    lambda d: f"op {_dutch_date(d)} {_clock(d, ':')}",
    lambda d: f"op {_dutch_date(d)} {d.randrange(8, 18)} uur",
    lambda d: f"van {_dutch_date(d)} tot {_dutch_date(d)}",
    lambda d: f"tot {_iso_date(d)} of {_iso_date(d)} {_clock(d, ':')}",
    lambda d: f"in {d.randrange(1990, 2027)} en {d.randrange(1990, 2027)}-{d.randrange(1990, 2027)}",
    lambda d: f"{d.randrange(1, 100)}% of {d.randrange(1, 100)},{d.randrange(10)} procent",
    lambda d: f"Kerkstraat {d.randrange(1, 900)}-{d.randrange(9)}, {d.randrange(1000, 9999)} AB",
    lambda d: f"zaak {d.choice('ZWDB')}{digits(d, d.choice((7, 8, 9)))}",
    lambda d: f"kenmerk {d.choice('ZWDB')}-{d.randrange(2015, 2027)}-{digits(d, d.choice((4, 5, 6)))}",
    lambda d: "bel 0800-0113, 0900 8844, 14 050 of 112",
    lambda d: f"ik bel 14 0{d.randrange(10, 60)} om {_clock(d, '.')} of 113",
    lambda d: f"{d.randrange(1, 5)} kinderen van {d.randrange(1, 18)} en {d.randrange(1, 18)} jaar",
    lambda d: f"huur {digits(d, 3)},{digits(d, 2)} zorg {digits(d, 3)} gas {digits(d, 2)},{digits(d, 2)}",
    lambda d: f"geboren {_dutch_date(d).replace(' ', '-')}, getrouwd {d.randrange(1970, 2026)}",
    lambda d: f"ik heb mijn bsn kwijt sinds {_dutch_date(d)}",
)  # fmt: skip
