"""Find a municipality, and the rows that hold for it: its own and those of the national library."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Municipality
from db.models.municipality import LIBRARY
from services.errors import UnknownMunicipality

_BY_SLUG = select(Municipality).where(Municipality.slug == bindparam("slug"), Municipality.slug != LIBRARY)
_LIBRARY = select(Municipality.id).where(Municipality.slug == LIBRARY)
OWNERS = select(Municipality.id).where((Municipality.id == bindparam("town")) | (Municipality.slug == LIBRARY))
"""`scope` as part of a larger statement, which then has to be told the `town`."""


def find_municipality(session: Session, slug: str) -> Municipality:
    found = session.scalar(_BY_SLUG, {"slug": slug})
    if found is None:
        raise UnknownMunicipality(f"There is no municipality '{slug}'.")
    return found


def get_municipality(session: Session, municipality_id: int) -> Municipality:
    return session.get_one(Municipality, municipality_id)


def list_municipalities(session: Session) -> Sequence[Municipality]:
    query = select(Municipality).where(Municipality.slug != LIBRARY).order_by(Municipality.id)
    return session.scalars(query).all()


def library(session: Session) -> Municipality:
    """The municipality under which everything stands that holds everywhere; made at the first import."""
    found = session.scalar(select(Municipality).where(Municipality.slug == LIBRARY))
    if found is None:
        found = Municipality(slug=LIBRARY, name="Landelijk", settings={})
        session.add(found)
        session.flush()
    return found


def scope(session: Session, municipality_id: int) -> tuple[int, ...]:
    """Whose content a municipality uses. Own rows win from those of the library, which is looked up once a session."""
    found = session.info.get(LIBRARY) or session.scalar(_LIBRARY)
    session.info[LIBRARY] = found
    return (municipality_id,) if found is None else (municipality_id, found)
