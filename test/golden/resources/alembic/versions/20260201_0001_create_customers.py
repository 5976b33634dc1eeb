"""create customers"""

import sqlalchemy as sa
from alembic import op

revision = "20260201_0001"
down_revision = "20260101_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_customers_owner_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("owner_id", "email", name=op.f("uq_customers_owner_id_email")),
    )
    op.create_index(
        op.f("ix_customers_owner_id_created_at"), "customers", ["owner_id", "created_at"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_customers_owner_id_created_at"), table_name="customers")
    op.drop_table("customers")
