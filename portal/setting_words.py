"""What does not fit about a setting, in the words of who fills it in."""

from services.town_settings.errors import Misfit

WRONG = {
    "missing": "Vul dit in.",
    "string_too_short": "Vul dit in.",
    "string_too_long": "Dit is te lang: hoogstens {limit} tekens.",
    "int_type": "Vul een getal in.",
    "int_parsing": "Vul een heel getal in.",
    "decimal_parsing": "Vul een bedrag in, bijvoorbeeld 450,00.",
    "decimal_max_places": "Een bedrag heeft hoogstens twee cijfers achter de komma.",
    "date_from_datetime_parsing": "Vul een dag in als 2027-12-31.",
    "date_type": "Vul een dag in als 2027-12-31.",
    "greater_than": "Dit moet meer zijn dan {limit}.",
    "greater_than_equal": "Dit is ten minste {limit}.",
    "less_than": "Dit moet minder zijn dan {limit}.",
    "less_than_equal": "Dit is hoogstens {limit}.",
    "too_short": "Kies er ten minste een.",
    "too_long": "Dit zijn er te veel: hoogstens {limit}.",
    "string_pattern_mismatch": "Schrijf het adres zonder https en zonder spaties, zoals stad.nl/regeling.",
    "enum": "Kies een van de mogelijkheden.",
    "literal_error": "Kies een van de mogelijkheden.",
    "bool_parsing": "Kies een van de mogelijkheden.",
    "stray_brace": "Haal de accolade weg: hier wordt niets ingevuld.",
    "lines_differ": "Schrijf elke regel in beide talen: het Nederlands heeft er evenveel als het Engels.",
    "ages_turned_round": "Deze leeftijd ligt onder de leeftijd waarmee het begint.",
    "task_before_reminder": "Dit moet later zijn dan de herinnering om te kiezen.",
    "first_not_with_team": "Het eerste gesprek is met het team: een eigen klantmanager is er dan nog niet.",
    "first_comes_again": "Het eerste gesprek komt niet terug. Laat dit leeg.",
    "first_talk_twice": "Er is al een ander eerste gesprek. Zet dat eerst uit.",
    "name_twice": "Er is al een soort gesprek met deze naam.",
    "key_twice": "Er is al een soort gesprek met deze naam.",
}
OTHERWISE = "Dit past hier niet."


def told_misfit(misfit: Misfit) -> str:
    return WRONG.get(misfit.kind, OTHERWISE).format(limit=misfit.limit)
