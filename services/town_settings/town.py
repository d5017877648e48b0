"""The settings are one row: who changes them holds it, so that nobody writes over what a colleague just changed."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Municipality
from db.models.municipality import LIBRARY
from services.town_settings.errors import OfTownsOnly


def lock_town(session: Session, municipality_id: int) -> Municipality:
    """Until the end of the transaction. Others may go on to write rows of this municipality. Raises OfTownsOnly."""
    query = select(Municipality).where(Municipality.id == municipality_id)
    held = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    town = session.scalars(held).one()
    if town.slug == LIBRARY:
        raise OfTownsOnly
    return town


def mark_of(told: Any) -> str:
    """Equal for equal settings: what a form says that it has seen, or that it means."""
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
