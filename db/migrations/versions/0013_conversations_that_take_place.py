"""appointments, invitations, agreements, efforts, tasks, and what is known of every reminder.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ABOUT = sa.text("about IS NOT NULL")


NOT_BOTH = """
ALTER TABLE appointment ADD CONSTRAINT ex_appointment_{who} EXCLUDE USING gist (
    int8range({who}_id, {who}_id, '[]') WITH &&, tstzrange(blocked_from, blocked_until) WITH &&
) WHERE (state IN ('held', 'booked') AND {who}_id IS NOT NULL)
"""
"""Of one caseworker, or in one room, never two at a time. A range of one number stands in for the number itself: so no
extension (btree_gist) is needed."""


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("conversation_id", ROW_ID, nullable=True),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("location_id", ROW_ID, nullable=True),
        sa.Column("room_id", ROW_ID, nullable=True),
        sa.Column("session_id", ROW_ID, nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("blocked_from", MOMENT, nullable=False),
        sa.Column("blocked_until", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("held_until", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_from", ROW_ID, nullable=True),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("cancelled_by", sa.String(length=20), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("outcome_at", MOMENT, nullable=True),
        sa.Column("outcome_by", ROW_ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        *_of_municipality("appointment"),
        _refers("appointment", "person_id", "person", "CASCADE"),
        _refers("appointment", "conversation_id", "conversation", "SET NULL"),
        _refers("appointment", "account_id", "account", "SET NULL"),
        _refers("appointment", "location_id", "location", "SET NULL"),
        _refers("appointment", "room_id", "room", "SET NULL"),
        _refers("appointment", "session_id", "appointment", "CASCADE"),
        _refers("appointment", "moved_from", "appointment", "SET NULL"),
        _refers("appointment", "outcome_by", "account", "SET NULL"),
        sa.UniqueConstraint("public_id", name=op.f("uq_appointment_public_id")),
    )
    op.create_index(op.f("ix_appointment_account_id_begins_at"), "appointment", ["account_id", "begins_at"])
    op.create_index(op.f("ix_appointment_conversation_id"), "appointment", ["conversation_id"])
    op.create_index(op.f("ix_appointment_municipality_id_begins_at"), "appointment", ["municipality_id", "begins_at"])
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"])
    op.create_index(op.f("ix_appointment_session_id"), "appointment", ["session_id"])
    op.create_table(
        "search_effort",
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("conversation_id", ROW_ID, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        *_of_municipality("search_effort"),
        _refers("search_effort", "person_id", "person", "CASCADE"),
        _refers("search_effort", "conversation_id", "conversation", "SET NULL"),
    )
    op.create_index(op.f("ix_search_effort_conversation_id"), "search_effort", ["conversation_id"])
    op.create_index(op.f("ix_search_effort_person_id"), "search_effort", ["person_id"])
    op.create_table(
        "agreement",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("appointment_id", ROW_ID, nullable=True),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("noted_by", ROW_ID, nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
        *_of_municipality("agreement"),
        _refers("agreement", "person_id", "person", "CASCADE"),
        _refers("agreement", "appointment_id", "appointment", "SET NULL"),
        _refers("agreement", "noted_by", "account", "SET NULL"),
    )
    op.create_index(op.f("ix_agreement_appointment_id"), "agreement", ["appointment_id"])
    op.create_index(op.f("ix_agreement_person_id"), "agreement", ["person_id"])
    op.create_table(
        "booking_talk",
        sa.Column("conversation_id", ROW_ID, nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=True),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("offered", sa.JSON(), nullable=False),
        sa.Column("moving_id", ROW_ID, nullable=True),
        sa.Column("hold_id", ROW_ID, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        *_of_municipality("booking_talk"),
        _refers("booking_talk", "conversation_id", "conversation", "CASCADE"),
        _refers("booking_talk", "moving_id", "appointment", "CASCADE"),
        _refers("booking_talk", "hold_id", "appointment", "SET NULL"),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_booking_talk_conversation_id")),
    )
    op.create_index(op.f("ix_booking_talk_hold_id"), "booking_talk", ["hold_id"])
    op.create_index(op.f("ix_booking_talk_moving_id"), "booking_talk", ["moving_id"])
    op.create_table(
        "delivery_attempt",
        sa.Column("message_id", ROW_ID, nullable=True),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        *_of_municipality("delivery_attempt"),
        _refers("delivery_attempt", "message_id", "message", "SET NULL"),
    )
    op.create_index(op.f("ix_delivery_attempt_about"), "delivery_attempt", ["about"])
    op.create_index(op.f("ix_delivery_attempt_message_id"), "delivery_attempt", ["message_id"])
    op.create_table(
        "invitation",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("programme", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("invited_at", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("handed_at", MOMENT, nullable=True),
        sa.Column("appointment_id", ROW_ID, nullable=True),
        *_of_municipality("invitation"),
        _refers("invitation", "person_id", "person", "CASCADE"),
        _refers("invitation", "appointment_id", "appointment", "SET NULL"),
        sa.UniqueConstraint("person_id", "programme", "due_on", name=op.f("uq_invitation_person_id_programme_due_on")),
    )
    op.create_index(op.f("ix_invitation_appointment_id"), "invitation", ["appointment_id"])
    op.create_index("ix_invitation_municipality_id_state", "invitation", ["municipality_id", "state", "due_on"])
    op.create_table(
        "staff_task",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("dedupe", sa.String(length=120), nullable=False),
        sa.Column("account_id", ROW_ID, nullable=True),
        sa.Column("person_id", ROW_ID, nullable=True),
        sa.Column("conversation_id", ROW_ID, nullable=True),
        sa.Column("appointment_id", ROW_ID, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by", ROW_ID, nullable=True),
        *_of_municipality("staff_task"),
        _refers("staff_task", "account_id", "account", "SET NULL"),
        _refers("staff_task", "person_id", "person", "CASCADE"),
        _refers("staff_task", "conversation_id", "conversation", "CASCADE"),
        _refers("staff_task", "appointment_id", "appointment", "CASCADE"),
        _refers("staff_task", "done_by", "account", "SET NULL"),
        sa.UniqueConstraint("municipality_id", "dedupe", name=op.f("uq_staff_task_municipality_id_dedupe")),
    )
    op.create_index(op.f("ix_staff_task_account_id"), "staff_task", ["account_id"])
    op.create_index(op.f("ix_staff_task_appointment_id"), "staff_task", ["appointment_id"])
    op.create_index(op.f("ix_staff_task_conversation_id"), "staff_task", ["conversation_id"])
    op.create_index("ix_staff_task_municipality_id_done_at", "staff_task", ["municipality_id", "done_at", "made_at"])
    op.create_index(op.f("ix_staff_task_person_id"), "staff_task", ["person_id"])
    if op.get_bind().dialect.name == "postgresql":
        for who in ("account", "room"):
            op.execute(NOT_BOTH.format(who=who))
    op.add_column("message", sa.Column("about", sa.String(length=60), nullable=True))
    op.add_column("message", sa.Column("about_version", sa.Integer(), nullable=True))
    op.add_column("message", sa.Column("reminder", sa.String(length=20), nullable=True))
    op.add_column("message", sa.Column("useful_until", MOMENT, nullable=True))
    op.create_index("ix_message_about", "message", ["about"], sqlite_where=ABOUT, postgresql_where=ABOUT)


def downgrade() -> None:
    op.drop_index("ix_message_about", "message")
    for column in ("useful_until", "reminder", "about_version", "about"):
        op.drop_column("message", column)
    op.drop_table("staff_task")
    op.drop_table("invitation")
    op.drop_table("delivery_attempt")
    op.drop_table("booking_talk")
    op.drop_table("agreement")
    op.drop_table("search_effort")
    op.drop_table("appointment")


def _of_municipality(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", ROW_ID, autoincrement=True, nullable=False),
        sa.Column("municipality_id", ROW_ID, nullable=False),
        _refers(table, "municipality_id", "municipality", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _refers(table: str, column: str, to: str, on_delete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=on_delete)
