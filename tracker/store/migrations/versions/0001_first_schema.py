"""first schema.

Revision ID: 0001
Revises: none
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
LIVE = sa.text("deleted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("transaction_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("entity", sa.String(length=20), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("patient_id", sa.String(length=36), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    op.create_index("ix_audit_entity_id", "audit", ["entity_id"])
    op.create_index("ix_audit_patient_id", "audit", ["patient_id"])
    op.create_index("ix_audit_transaction_id", "audit", ["transaction_id"])

    op.create_table(
        "fact",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
    )
    op.create_table(
        "patient",
        sa.Column("patient_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latin_name", sa.Text(), nullable=True),
        sa.Column("sex", sa.String(length=10), nullable=False),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint("sex IN ('female', 'male', 'other', 'unknown')", name=op.f("ck_patient_sex")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_patient_name_given")),
        sa.CheckConstraint("length(trim(patient_number)) > 0", name=op.f("ck_patient_number_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
    )
    op.create_index(
        "ix_patient_search_live",
        "patient",
        ["patient_number", "search", "id"],
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index(
        "uq_patient_number_live", "patient", ["patient_number"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )

    op.create_table(
        "episode",
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("condition", sa.String(length=40), nullable=False),
        sa.Column("body_site", sa.String(length=40), nullable=True),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("onset_date", sa.String(length=10), nullable=True),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.Column("read_against", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right', 'bilateral', 'none')", name=op.f("ck_episode_side")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_episode_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    op.create_index("ix_episode_patient_id", "episode", ["patient_id"])

    op.create_table(
        "visit",
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("timing", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint("timing IN ('unstated', 'before', 'after')", name=op.f("ck_visit_timing")),
        sa.CheckConstraint("length(date) = 10", name=op.f("ck_visit_date_iso")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_visit_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_patient_live", "visit", ["patient_id", "date"], sqlite_where=LIVE, postgresql_where=LIVE)

    op.create_table(
        "assessment",
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=True),
        sa.Column("scale", sa.String(length=40), nullable=False),
        sa.Column("scale_version", sa.String(length=20), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("context", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("responses", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("amendment", sa.Text(), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("assessor", sa.Text(), nullable=True),
        sa.Column("completed_at", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "context IN ('unspecified', 'rest', 'movement', 'night', 'mean', 'worst')",
            name=op.f("ck_assessment_context"),
        ),
        sa.CheckConstraint(
            "mode IN ('unknown', 'interview', 'observed', 'paper', 'self')", name=op.f("ck_assessment_mode")
        ),
        sa.CheckConstraint("status <> 'complete' OR completed_at IS NOT NULL", name=op.f("ck_assessment_completed_at")),
        sa.CheckConstraint("status IN ('draft', 'complete')", name=op.f("ck_assessment_status")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_assessment_episode_id_episode")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_assessment_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index("ix_assessment_episode_id", "assessment", ["episode_id"])
    op.create_index(
        "ix_assessment_unfinished",
        "assessment",
        ["visit_id"],
        sqlite_where=sa.text("deleted_at IS NULL AND (status = 'draft' OR amendment IS NOT NULL)"),
        postgresql_where=sa.text("deleted_at IS NULL AND (status = 'draft' OR amendment IS NOT NULL)"),
    )
    op.create_index(
        "uq_assessment_live",
        "assessment",
        ["visit_id", "scale", "context", sa.text("coalesce(episode_id, '')")],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_index("ix_assessment_visit_id", "assessment", ["visit_id"])

    op.create_table(
        "treatment",
        sa.Column("episode_id", sa.String(length=36), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("cell_source", sa.Text(), nullable=True),
        sa.Column("dose", sa.Text(), nullable=True),
        sa.Column("route", sa.Text(), nullable=True),
        sa.Column("lot", sa.Text(), nullable=True),
        sa.Column("is_index", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint("is_index IN (0, 1)", name=op.f("ck_treatment_is_index")),
        sa.CheckConstraint("length(date) = 10", name=op.f("ck_treatment_date_iso")),
        sa.CheckConstraint("length(trim(product)) > 0", name=op.f("ck_treatment_product_given")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_treatment_episode_id_episode")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_treatment")),
    )
    op.create_index("ix_treatment_episode_id", "treatment", ["episode_id"])
    op.create_index(
        "uq_treatment_index_live",
        "treatment",
        ["episode_id"],
        unique=True,
        sqlite_where=sa.text("is_index = 1 AND deleted_at IS NULL"),
        postgresql_where=sa.text("is_index = 1 AND deleted_at IS NULL"),
    )

    op.create_table(
        "adverse_event",
        sa.Column("patient_id", sa.String(length=36), nullable=False),
        sa.Column("episode_id", sa.String(length=36), nullable=True),
        sa.Column("treatment_id", sa.String(length=36), nullable=True),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("end_date", sa.Text(), nullable=True),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("relatedness", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "relatedness IN ('not_related', 'unlikely', 'possible', 'probable', 'definite', 'unknown')",
            name=op.f("ck_adverse_event_relatedness"),
        ),
        sa.CheckConstraint("end_date IS NULL OR end_date >= date", name=op.f("ck_adverse_event_ends_after_start")),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_adverse_event_grade")),
        sa.CheckConstraint("length(date) = 10", name=op.f("ck_adverse_event_date_iso")),
        sa.CheckConstraint("length(trim(term)) > 0", name=op.f("ck_adverse_event_term_given")),
        sa.ForeignKeyConstraint(["episode_id"], ["episode.id"], name=op.f("fk_adverse_event_episode_id_episode")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_adverse_event_patient_id_patient")),
        sa.ForeignKeyConstraint(
            ["treatment_id"], ["treatment.id"], name=op.f("fk_adverse_event_treatment_id_treatment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adverse_event")),
    )
    op.create_index("ix_adverse_event_episode_id", "adverse_event", ["episode_id"])
    op.create_index("ix_adverse_event_patient_id", "adverse_event", ["patient_id"])
    op.create_index("ix_adverse_event_treatment_id", "adverse_event", ["treatment_id"])

    op.create_table(
        "score",
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("imputed_items", sa.Integer(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (reason IS NULL)", name=op.f("ck_score_value_or_reason")),
        sa.CheckConstraint("imputed_items >= 0", name=op.f("ck_score_imputed_items")),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_score_assessment_id_assessment")),
        sa.PrimaryKeyConstraint("assessment_id", "code", name=op.f("pk_score")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_score_series", "score", ["series"])
