"""no index of conversations or messages by municipality alone.

SQLite keeps no figures about its tables, and took that index for the one of the conversation: with a million messages
of one municipality, every line that came in read all of them. Every other index begins with the municipality, or with
something that belongs to one.

Runs before the code is replaced.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_conversation_municipality_id", "conversation")
    op.drop_index("ix_message_municipality_id", "message")


def downgrade() -> None:
    op.create_index("ix_message_municipality_id", "message", ["municipality_id"])
    op.create_index("ix_conversation_municipality_id", "conversation", ["municipality_id"])
