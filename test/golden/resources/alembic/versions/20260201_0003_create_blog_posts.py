"""create blog posts"""

import sqlalchemy as sa
from alembic import op

revision = "20260201_0003"
down_revision = "20260201_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blog_posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["users.id"],
            name=op.f("fk_blog_posts_owner_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_posts")),
    )
    op.create_index(
        op.f("ix_blog_posts_owner_id_created_at"), "blog_posts", ["owner_id", "created_at"]
    )
    op.create_index(op.f("ix_blog_posts_created_at"), "blog_posts", ["created_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_blog_posts_created_at"), table_name="blog_posts")
    op.drop_index(op.f("ix_blog_posts_owner_id_created_at"), table_name="blog_posts")
    op.drop_table("blog_posts")
