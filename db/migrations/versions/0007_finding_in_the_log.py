"""find entries of the audit log by person, deed and day, however many there are.

Runs before the code is replaced.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BY_PERSON, BY_DEED = "ix_audit_entry_municipality_id_account_id", "ix_audit_entry_municipality_id_deed"


def upgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(BY_PERSON)
        batch_op.drop_index(BY_DEED)
        batch_op.create_index(BY_PERSON, ["municipality_id", "account_id", "number"])
        batch_op.create_index(BY_DEED, ["municipality_id", "deed", "number"])
        batch_op.create_index("ix_audit_entry_municipality_id_at", ["municipality_id", "at"])


def downgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_municipality_id_at")
        batch_op.drop_index(BY_DEED)
        batch_op.drop_index(BY_PERSON)
        batch_op.create_index(BY_DEED, ["municipality_id", "deed", "at"])
        batch_op.create_index(BY_PERSON, ["municipality_id", "account_id", "at"])
