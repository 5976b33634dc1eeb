"""add the encrypted phone number to users"""

import sqlalchemy as sa
from alembic import op

revision = "20260101_0002"
down_revision = "20260101_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # v1.<key id>.<base64url>: longer than the number in it, and how much depends on the key's id.
    op.add_column("users", sa.Column("phone", sa.Text(), nullable=True))


def downgrade() -> None:
    # Not in a batch, which copies the table: on SQLite, dropping the old one would cascade.
    op.drop_column("users", "phone")
