"""create the tables of verification, reset and outgoing mail"""

import sqlalchemy as sa
from alembic import op

revision = "20260101_0010"
down_revision = "20260101_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_verified_emails()
    create_email_tokens()
    create_outgoing_mails()


def create_verified_emails() -> None:
    op.create_table(
        "verified_emails",
        *record_columns(),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        owner_of("verified_emails"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verified_emails")),
        sa.UniqueConstraint("owner_id", name=op.f("uq_verified_emails_owner_id")),
    )


def create_email_tokens() -> None:
    op.create_table(
        "email_tokens",
        *record_columns(),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password_digest", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        owner_of("email_tokens"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_tokens")),
        sa.UniqueConstraint("owner_id", "purpose", name=op.f("uq_email_tokens_owner_id_purpose")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_email_tokens_token_hash")),
    )
    op.create_index(op.f("ix_email_tokens_expires_at"), "email_tokens", ["expires_at"])


def create_outgoing_mails() -> None:
    op.create_table(
        "outgoing_mails",
        *record_columns(),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("password_digest", sa.String(64), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        # v1.<key id>.<base64url>, see app/core/encryption.py.
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        owner_of("outgoing_mails"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mails")),
    )
    op.create_index(op.f("ix_outgoing_mails_owner_id"), "outgoing_mails", ["owner_id"])
    op.create_index(op.f("ix_outgoing_mails_due_at"), "outgoing_mails", ["due_at"])


def record_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def owner_of(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_owner_id_users")
    return sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("outgoing_mails")
    op.drop_table("email_tokens")
    op.drop_table("verified_emails")
