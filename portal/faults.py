"""What went wrong, in the words of the staff's pages. A page adds the errors of its own verbs here."""

from services.accounts import LoginTaken, LoginWrong, NameMissing, NotYourself, RolesWrong, UnknownAccount
from services.errors import ServiceError, UnknownMunicipality, UnknownTopic
from services.sign_in import NotPutOff

NOT_HERE: tuple[type[ServiceError], ...] = (UnknownMunicipality, UnknownTopic, UnknownAccount)
"""There is no such thing, or it is of another municipality: both look alike (404)."""
SENTENCES: dict[type[ServiceError], str] = {
    LoginTaken: "Deze gebruikersnaam bestaat al.",
    LoginWrong: "Vul een e-mailadres in, of één woord van kleine letters en cijfers.",
    NameMissing: "Vul een naam in, en de naam die inwoners zien.",
    NotPutOff: "Alleen bij een voorbeeld-account mag dit later.",
    NotYourself: "Uw eigen account kan alleen een andere beheerder veranderen.",
    RolesWrong: "Kies ten minste één rol. Een beheerder heeft geen andere rol: wie sleutels uitdeelt, leest niet mee.",
}
"""By error; the nearest ancestor counts."""
OTHERWISE = "Dit is niet gelukt. Er is niets veranderd."


def sentence(error: ServiceError) -> str:
    return next((SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES), OTHERWISE)
