"""Who is signed in, as far as pages have to know."""

from dataclasses import dataclass, field
from datetime import datetime

from db.models import Role
from db.models.municipality import LIBRARY
from services.staff_marks import Marks
from services.staff_sessions import SignedIn


@dataclass(frozen=True)
class Staff:
    account_id: int
    session_id: int
    municipality_id: int
    """Every query names it."""
    municipality: str
    """Its slug."""
    municipality_name: str
    name: str
    shown_as: str
    """What a resident reads above a reply."""
    roles: frozenset[Role]
    csrf: str
    """For the hidden field `csrf` of every form."""
    ends_at: datetime
    """When the session ends if nothing is done until then."""
    ends_at_last: datetime
    """When it ends however much is done."""
    example: bool = False
    """Whether the municipality is one of the example, not a real one."""
    marks: Marks = field(default_factory=Marks)
    """What stands on every page."""

    @property
    def is_library(self) -> bool:
        """Works for the national library: texts that hold everywhere, examples, training."""
        return self.municipality == LIBRARY

    def may(self, *roles: Role) -> bool:
        return bool(self.roles.intersection(roles))


def staff_of(found: SignedIn, csrf: str, marks: Marks | None = None) -> Staff:
    return Staff(
        account_id=found.account.id,
        session_id=found.session.id,
        municipality_id=found.municipality.id,
        municipality=found.municipality.slug,
        municipality_name=found.municipality.name,
        name=found.account.name,
        shown_as=found.account.shown_as,
        roles=frozenset(Role(role) for role in found.account.roles),
        csrf=csrf,
        ends_at=found.ends_at,
        ends_at_last=found.session.ends_at,
        example=found.municipality.example,
        marks=marks or Marks(),
    )
