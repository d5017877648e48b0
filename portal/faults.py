"""What went wrong, in the words of the staff's pages. A page adds the errors of its own verbs here."""

from services.errors import ServiceError, UnknownMunicipality, UnknownTopic

NOT_HERE: tuple[type[ServiceError], ...] = (UnknownMunicipality, UnknownTopic)
"""There is no such thing, or it is of another municipality: both look alike (404)."""
SENTENCES: dict[type[ServiceError], str] = {}
"""By error; the nearest ancestor counts."""
OTHERWISE = "Dit is niet gelukt. Er is niets veranderd."


def sentence(error: ServiceError) -> str:
    return next((SENTENCES[kind] for kind in type(error).__mro__ if kind in SENTENCES), OTHERWISE)
