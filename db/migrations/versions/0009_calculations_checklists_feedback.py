"""calculations, what to arrange, and whether an answer was right.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calculation",
        sa.Column("conversation_id", ROW_ID, nullable=False),
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asking", sa.String(length=40), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("scenario", sa.JSON(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("rules_version", sa.String(length=120), nullable=True),
        sa.Column("based_on", ROW_ID, nullable=True),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.Column("saved_at", MOMENT, nullable=True),
        sa.Column("shared_at", MOMENT, nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("link_until", MOMENT, nullable=True),
        *_of_conversation("calculation"),
        _refers("calculation", "based_on", "calculation", "SET NULL"),
        sa.UniqueConstraint("public_id", name=op.f("uq_calculation_public_id")),
    )
    op.create_index("ix_calculation_conversation_id_state", "calculation", ["conversation_id", "state", "id"])
    op.create_table(
        "checklist_item",
        sa.Column("conversation_id", ROW_ID, nullable=False),
        sa.Column("calculation_id", ROW_ID, nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("reminder_id", ROW_ID, nullable=True),
        *_of_conversation("checklist_item"),
        _refers("checklist_item", "calculation_id", "calculation", "SET NULL"),
        _refers("checklist_item", "reminder_id", "message", "SET NULL"),
        sa.UniqueConstraint("conversation_id", "key", name=op.f("uq_checklist_item_conversation_id_key")),
    )
    for column in ("calculation_id", "reminder_id"):
        op.create_index(op.f(f"ix_checklist_item_{column}"), "checklist_item", [column])
    op.create_table(
        "feedback",
        sa.Column("message_id", ROW_ID, nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        *_of_municipality("feedback"),
        _refers("feedback", "message_id", "message", "CASCADE"),
        sa.UniqueConstraint("message_id", name=op.f("uq_feedback_message_id")),
    )
    op.create_index("ix_feedback_municipality_id_topic", "feedback", ["municipality_id", "topic", "given_at"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_table("checklist_item")
    op.drop_table("calculation")


def _of_municipality(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("municipality_id", ROW_ID, nullable=False),
        _refers(table, "municipality_id", "municipality", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_conversation(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (*_of_municipality(table), _refers(table, "conversation_id", "conversation", "CASCADE"))


def _refers(table: str, column: str, to: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on_delete)
