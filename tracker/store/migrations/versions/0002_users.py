"""users.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
LIVE = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "app_user",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Integer(), nullable=False),
        sa.Column("failed_attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "role IN ('administrator', 'clinician', 'data_entry', 'viewer')", name=op.f("ck_app_user_role")
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_app_user_name_given")),
        sa.CheckConstraint("disabled IN (0, 1)", name=op.f("ck_app_user_disabled")),
        sa.CheckConstraint("failed_attempts >= 0", name=op.f("ck_app_user_failed_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )
    op.create_index(
        "uq_app_user_name_live", "app_user", ["name"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
