"""indexes of the staff's list, and full text of what people said.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What residents and colleagues wrote; what the assistant answered is found by its topic.
SAID = "kind IN ('line', 'staff')"
# No stems and no stop words, so that both databases find the same; letters without their marks, signs as spaces.
SIGNS = r""".,;:!?()[]{}<>/\|-_@#&+=*"`~^%$…‘’“”'"""
MARKED = "àáâãäåèéêëìíîïòóôõöùúûüýÿñçÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÝÑÇ"
PLAIN = "aaaaaaeeeeiiiiooooouuuuyyncaaaaaaeeeeiiiiooooouuuuync"


def upgrade() -> None:
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index("ix_conversation_municipality_id_last_line_at")
        batch_op.drop_index("ix_conversation_municipality_id_state")
        # A filter is looked up in the index itself, so that a rare topic is found without reading every row.
        batch_op.create_index(
            "ix_conversation_municipality_id_last_line_at",
            ["municipality_id", "last_line_at", "id", "state", "channel", "topic"],
        )
        batch_op.create_index(
            "ix_conversation_municipality_id_state",
            ["municipality_id", "state", "last_line_at", "id", "channel", "topic"],
        )
    op.create_index(
        "ix_conversation_unread",
        "conversation",
        ["municipality_id", "last_line_at", "id", "state", "channel", "topic"],
        sqlite_where=sa.text("line_seq > staff_seen_seq"),
        postgresql_where=sa.text("line_seq > staff_seen_seq"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _search_of_sqlite()
    else:
        _search_of_postgresql()


def _search_of_postgresql() -> None:
    """A column that PostgreSQL fills by itself; to look into every text again would take seconds for a common word."""
    signs = SIGNS.replace("'", "''").replace(":", r"\:")
    plain = f"translate(text, '{MARKED}{signs}', '{PLAIN}{' ' * len(SIGNS)}')"
    words = f"to_tsvector('simple', 'gemeente' || CAST(municipality_id AS text) || ' ' || {plain})"
    made = f"GENERATED ALWAYS AS (CASE WHEN {SAID} THEN {words} END) STORED"
    op.execute(f"ALTER TABLE message ADD COLUMN said_words tsvector {made}")
    op.execute("CREATE INDEX ix_message_said_words ON message USING gin (said_words) WHERE said_words IS NOT NULL")


def _search_of_sqlite() -> None:
    """An index beside the table, kept in step by triggers: whatever deletes a message, deletes its words."""
    op.execute(
        "CREATE VIRTUAL TABLE message_search USING fts5(town, text, content='', columnsize=0,"
        " tokenize='unicode61 remove_diacritics 2')"
    )
    new, old = (f"{row}.id, 'gemeente' || {row}.municipality_id, {row}.text" for row in ("new", "old"))
    # Only our own words are put together here.
    add = f"INSERT INTO message_search(rowid, town, text) VALUES ({new});"  # noqa: S608
    take = f"INSERT INTO message_search(message_search, rowid, town, text) VALUES ('delete', {old});"  # noqa: S608
    op.execute(f"CREATE TRIGGER message_search_added AFTER INSERT ON message WHEN new.{SAID} BEGIN {add} END")
    op.execute(f"CREATE TRIGGER message_search_deleted AFTER DELETE ON message WHEN old.{SAID} BEGIN {take} END")
    op.execute(
        f"CREATE TRIGGER message_search_changed AFTER UPDATE OF text ON message WHEN old.{SAID} BEGIN {take} {add} END"
    )
    there = f"SELECT id, 'gemeente' || municipality_id, text FROM message WHERE {SAID}"  # noqa: S608
    op.execute(f"INSERT INTO message_search(rowid, town, text) {there}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("added", "deleted", "changed"):
            op.execute(f"DROP TRIGGER message_search_{trigger}")
        op.execute("DROP TABLE message_search")
    else:
        op.drop_column("message", "said_words")
    op.drop_index("ix_conversation_unread", "conversation")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index("ix_conversation_municipality_id_last_line_at")
        batch_op.drop_index("ix_conversation_municipality_id_state")
        batch_op.create_index("ix_conversation_municipality_id_last_line_at", ["municipality_id", "last_line_at", "id"])
        batch_op.create_index(
            "ix_conversation_municipality_id_state", ["municipality_id", "state", "last_line_at", "id"]
        )
