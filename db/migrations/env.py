"""Alembic's entrance: it always gets a connection from `db.migrate` or from the tests."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from db.base import Base
from db.models import Municipality

assert Municipality.metadata is Base.metadata  # noqa: S101  the import is what fills the metadata


def as_the_database_sees_it(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration names plain column types: it must still run when our own types have changed."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=as_the_database_sees_it,
)
with context.begin_transaction():
    context.run_migrations()
