"""people, their linking codes, places, and the hours of caseworkers.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "location",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("directions", sa.Text(), nullable=True),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *_of_municipality("location"),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_location_municipality_id_name")),
    )
    op.create_index(op.f("ix_location_municipality_id"), "location", ["municipality_id"])
    op.create_table(
        "room",
        sa.Column("location_id", ROW_ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *_of_municipality("room"),
        _refers("room", "location_id", "location", "CASCADE"),
        sa.UniqueConstraint("location_id", "name", name=op.f("uq_room_location_id_name")),
    )
    op.create_index(op.f("ix_room_municipality_id"), "room", ["municipality_id"])
    op.create_table(
        "person",
        sa.Column("client_number", sa.String(length=40), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("perspective", sa.String(length=20), nullable=True),
        sa.Column("benefit", sa.String(length=20), nullable=False),
        sa.Column("caseworker_id", ROW_ID, nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("interpreter", sa.String(length=40), nullable=True),
        sa.Column("access_needs", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        *_of_municipality("person"),
        _refers("person", "caseworker_id", "account", "SET NULL"),
        sa.UniqueConstraint("municipality_id", "client_number", name=op.f("uq_person_municipality_id_client_number")),
    )
    op.create_index(op.f("ix_person_caseworker_id"), "person", ["caseworker_id"])
    op.create_table(
        "calendar_feed",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("fetched_at", MOMENT, nullable=True),
        *_of_municipality("calendar_feed"),
        _refers("calendar_feed", "account_id", "account", "CASCADE"),
        sa.UniqueConstraint("lookup", name=op.f("uq_calendar_feed_lookup")),
    )
    op.create_index(op.f("ix_calendar_feed_account_id"), "calendar_feed", ["account_id"])
    op.create_index(op.f("ix_calendar_feed_municipality_id"), "calendar_feed", ["municipality_id"])
    op.create_table(
        "time_off",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("location_id", ROW_ID, nullable=True),
        *_of_municipality("time_off"),
        _refers("time_off", "account_id", "account", "CASCADE"),
        _refers("time_off", "location_id", "location", "SET NULL"),
    )
    op.create_index(op.f("ix_time_off_account_id_begins_at"), "time_off", ["account_id", "begins_at"])
    op.create_index(op.f("ix_time_off_municipality_id"), "time_off", ["municipality_id"])
    op.create_table(
        "working_hours",
        sa.Column("account_id", ROW_ID, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("location_id", ROW_ID, nullable=True),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        *_of_municipality("working_hours"),
        _refers("working_hours", "account_id", "account", "CASCADE"),
        _refers("working_hours", "location_id", "location", "SET NULL"),
    )
    op.create_index(op.f("ix_working_hours_account_id_weekday"), "working_hours", ["account_id", "weekday"])
    op.create_index(op.f("ix_working_hours_municipality_id"), "working_hours", ["municipality_id"])
    op.create_table(
        "search_period",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("made_by", ROW_ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        *_of_municipality("search_period"),
        _refers("search_period", "person_id", "person", "CASCADE"),
        _refers("search_period", "made_by", "account", "SET NULL"),
    )
    op.create_index(op.f("ix_search_period_person_id"), "search_period", ["person_id"])
    op.create_table(
        "consent",
        sa.Column("contact_point_id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        *_of_municipality("consent"),
        _refers("consent", "contact_point_id", "contact_point", "CASCADE"),
        sa.UniqueConstraint("contact_point_id", "kind", name=op.f("uq_consent_contact_point_id_kind")),
    )
    op.create_table(
        "link_code",
        sa.Column("person_id", ROW_ID, nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("made_by", ROW_ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("contact_point_id", ROW_ID, nullable=True),
        *_of_municipality("link_code"),
        _refers("link_code", "person_id", "person", "CASCADE"),
        _refers("link_code", "made_by", "account", "SET NULL"),
        _refers("link_code", "contact_point_id", "contact_point", "SET NULL"),
        sa.UniqueConstraint("municipality_id", "lookup", name=op.f("uq_link_code_municipality_id_lookup")),
    )
    op.create_index(op.f("ix_link_code_contact_point_id"), "link_code", ["contact_point_id"])
    op.create_index(op.f("ix_link_code_municipality_id"), "link_code", ["municipality_id"])
    op.create_index(op.f("ix_link_code_person_id"), "link_code", ["person_id"])
    with op.batch_alter_table("contact_point") as table:
        table.add_column(sa.Column("person_id", ROW_ID, nullable=True))
        table.add_column(sa.Column("linked_at", MOMENT, nullable=True))
        table.create_index(table.f("ix_contact_point_person_id"), ["person_id"])
        name = table.f("fk_contact_point_person_id_person")
        table.create_foreign_key(name, "person", ["person_id"], ["id"], ondelete="SET NULL")


def downgrade() -> None:
    with op.batch_alter_table("contact_point") as table:
        table.drop_constraint(table.f("fk_contact_point_person_id_person"), type_="foreignkey")
        table.drop_index(table.f("ix_contact_point_person_id"))
        table.drop_column("linked_at")
        table.drop_column("person_id")
    op.drop_table("link_code")
    op.drop_table("consent")
    op.drop_table("search_period")
    op.drop_table("working_hours")
    op.drop_table("time_off")
    op.drop_table("calendar_feed")
    op.drop_table("person")
    op.drop_table("room")
    op.drop_table("location")


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
