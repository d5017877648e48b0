"""how often whether an answer was right was told in one go.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feedback", sa.Column("presses", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("feedback", "presses")
