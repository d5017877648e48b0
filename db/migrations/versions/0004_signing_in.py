"""one-time passwords, and a brake on trying to sign in.

Runs before the code is replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_brake",
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("municipality_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_sign_in_brake_municipality_id_municipality"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_brake")),
        sa.UniqueConstraint("municipality_id", "lookup", name=op.f("uq_sign_in_brake_municipality_id_lookup")),
    )
    with op.batch_alter_table("sign_in_brake", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_brake_last_at"), ["last_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_brake_municipality_id"), ["municipality_id"], unique=False)
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("one_time_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column("locked_until")
        batch_op.drop_column("failures")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_municipality_id_account_id", ["municipality_id", "account_id", "at"])
        batch_op.create_index("ix_audit_entry_municipality_id_deed", ["municipality_id", "deed", "at"])


def downgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_municipality_id_deed")
        batch_op.drop_index("ix_audit_entry_municipality_id_account_id")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column("one_time_until")
    with op.batch_alter_table("sign_in_brake", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_brake_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_sign_in_brake_last_at"))
    op.drop_table("sign_in_brake")
