"""What went wrong, in the words of the staff's pages. A page adds the errors of its own verbs here."""

from portal.typed import DayMissing, OnlyDayMissing
from services.accounts import LoginTaken, LoginWrong, NameMissing, NotYourself, RolesWrong, UnknownAccount
from services.clients import BornWrong, NumberMissing
from services.editing.errors import (
    BegunAlready,
    LibraryOnly,
    NoTextOfItsOwn,
    OwnResidentsOnly,
    UnknownRevision,
    UnknownRun,
)
from services.errors import (
    AlreadyTraining,
    ChangedMeanwhile,
    ConversationGone,
    CountedAnew,
    EmptyLine,
    GroupStays,
    InAgenda,
    NewerBegun,
    NotBegun,
    NotInThePast,
    NotNow,
    NotYourAppointment,
    NotYours,
    NoWayBack,
    NowhereToSay,
    PersonExists,
    ServiceError,
    SlotTaken,
    StillToCome,
    TakenByColleague,
    TooFar,
    TooFarAway,
    TooLong,
    TooSoon,
    UnknownAgreement,
    UnknownCalculation,
    UnknownCallback,
    UnknownCode,
    UnknownInvitation,
    UnknownMunicipality,
    UnknownPeriod,
    UnknownPerson,
    UnknownProgramme,
    UnknownTask,
    UnknownTopic,
)
from services.places import PlaceNamedAlready, PlaceUnnamed, UnknownLocation, UnknownRoom
from services.sign_in import NotPutOff
from services.town_settings.errors import NoSuchProgramme, NoSuchSetting, OfTownsOnly
from services.working_week import EndsTooSoon, StretchTaken, UnknownStretch

NOT_HERE: tuple[type[ServiceError], ...] = (
    UnknownMunicipality, UnknownTopic, UnknownAccount, UnknownRevision, UnknownRun, NoWayBack, ConversationGone,
    UnknownCallback, UnknownCalculation, UnknownStretch, UnknownLocation, UnknownRoom,
    UnknownPerson, UnknownCode, UnknownTask, UnknownInvitation,
    NotYourAppointment, UnknownAgreement, UnknownPeriod, NoSuchProgramme, NoSuchSetting,
)  # fmt: skip
"""There is no such thing, or it is of another municipality: both look alike (404)."""
SENTENCES: dict[type[ServiceError], str] = {
    AlreadyTraining: "Er loopt al een training. Wacht tot die klaar is.",
    BegunAlready: "Inwoners lezen deze tekst al. Schrijf een nieuwe tekst in plaats van hem in te trekken.",
    BornWrong: "Deze geboortedag kan niet kloppen.",
    ChangedMeanwhile: "Dit gesprek is intussen veranderd. Zo staat het nu.",
    CountedAnew: "Het volgende gesprek van deze soort is op een andere dag. De uitnodiging daarvoor komt vanzelf.",
    DayMissing: "Kies een dag en een tijd.",
    OnlyDayMissing: "Kies een dag.",
    EmptyLine: "Typ eerst uw antwoord.",
    EndsTooSoon: "Het einde ligt niet na het begin.",
    GroupStays: "Een groep kan niet worden verzet. Zeg hem af en plan een nieuwe.",
    InAgenda: "Op die dag staat dit gesprek al in de agenda. Vertel daar hoe het ging.",
    LibraryOnly: "Voorbeelden en trainingen zijn voor alle gemeenten. Alleen de landelijke redactie verandert ze.",
    OfTownsOnly: "Dit stelt elke gemeente zelf in. Landelijk heeft het niet.",
    NoTextOfItsOwn: "Uw gemeente heeft hier geen eigen tekst: inwoners lezen de landelijke al.",
    LoginTaken: "Deze gebruikersnaam bestaat al.",
    LoginWrong: "Vul een e-mailadres in, of één woord van kleine letters en cijfers.",
    NameMissing: "Vul een naam in, en de naam die inwoners zien.",
    NumberMissing: "Vul het cliëntnummer in: hoogstens 40 tekens.",
    NewerBegun: "De inwoner is intussen een nieuw gesprek begonnen. Neem dat gesprek over.",
    NotBegun: "Dit gesprek is nog niet begonnen.",
    NotInThePast: "Dit moment is al voorbij. Kies een later moment.",
    NotNow: "Dit kan nu niet meer: het gesprek is intussen veranderd. Zo staat het nu.",
    NotPutOff: "Alleen bij een voorbeeld-account mag dit later.",
    NowhereToSay: "Er is geen chat waarin de inwoner dit kan lezen. Geef eerst een koppelcode.",
    NotYours: "U heeft dit gesprek niet. Neem het over als u iets wilt doen.",
    NotYourself: "Uw eigen account kan alleen een andere beheerder veranderen.",
    OwnResidentsOnly: "Wat inwoners schreven, leest alleen hun eigen gemeente.",
    PersonExists: "Er staat al een inwoner met dit nummer.",
    PlaceNamedAlready: "Deze naam bestaat hier al.",
    PlaceUnnamed: "Vul een naam in, en bij een plek ook het adres.",
    RolesWrong: "Kies ten minste één rol. Een beheerder heeft geen andere rol: wie sleutels uitdeelt, leest niet mee.",
    SlotTaken: "Deze tijd is niet meer vrij. Kies een andere.",
    StillToCome: "Deze dag moet nog komen. Noteer het als het gesprek geweest is.",
    StretchTaken: "Op deze tijd van de dag staan al werktijden.",
    TakenByColleague: "Een collega heeft dit gesprek nu.",
    TooFarAway: "Deze dag ligt te ver weg.",
    TooFar: "Deze tijd ligt te ver weg.",
    TooSoon: "Deze tijd is te dichtbij.",
    UnknownProgramme: "Dit soort gesprek voert de gemeente niet meer.",
    TooLong: "Uw antwoord is te lang. Maak er twee berichten van.",
}
"""By error; the nearest ancestor counts."""
OTHERWISE = "Dit is niet gelukt. Er is niets veranderd."


def sentence(error: ServiceError) -> str:
    return next((SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES), OTHERWISE)
