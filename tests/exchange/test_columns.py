"""The column lists are a promise: this test is where they are pinned."""

from tracker.clinic import codes
from tracker.exchange.columns import CellType, Deidentified, layout
from tracker.exchange.tables import ATTRIBUTES

PINNED = {
    "patients": "patient_id patient_number name latin_name sex birth_date note",
    "episodes": "episode_id patient_id condition body_site side onset_date onset_to_treatment_months "
    "index_treatment_date ais level phase grade course other_attributes read_against",
    "treatments": "treatment_id episode_id patient_id date months_since_treatment product cell_source dose route lot "
    "is_index note",
    "visits": "visit_id patient_id date months_since_treatment months_since_first_visit age_years age_years_oldest "
    "timing note",
    "assessments": "assessment_id visit_id patient_id episode_id scale scale_version policy context status mode "
    "assessor completed_at note",
    "responses": "assessment_id visit_id patient_id scale status item value missing_reason",
    "scores": "patient_id episode_id visit_id assessment_id scale scale_version policy context score series value "
    "not_scored_reason imputed_items date months_since_treatment status",
    "exam_classifications": "assessment_id visit_id patient_id field possible star examined algorithm",
    "adverse_events": "adverse_event_id patient_id episode_id treatment_id date end_date months_since_treatment "
    "end_months_since_treatment term grade relatedness note",
    "scores_wide": "patient_id patient_number episode_id condition side visit_id date months_since_treatment",
    "codebook": "table column code kind type meaning meaning_zh_CN unit minimum maximum direction allowed_values "
    "missing_reasons scale scale_version licence",
}


def test_the_columns_are_the_promised_ones():
    assert {name: " ".join(table.names) for name, table in layout().tables.items()} == PINNED
    assert set(ATTRIBUTES) <= set(layout().tables["episodes"].names)


def test_every_closed_code_of_the_clinic_has_a_meaning():
    lists = {
        "sex": codes.Sex,
        "side": codes.Side,
        "missing_reason": codes.MissingReason,
        "context": codes.Context,
        "status": codes.AssessmentStatus,
        "mode": codes.EntryMode,
        "timing": codes.VisitTiming,
        "relatedness": codes.Relatedness,
    }
    for name, code in lists.items():
        assert list(layout().codes[name]) == [member.value for member in code]


def test_de_identifying_leaves_no_date_stamp_or_key_as_it_was():
    for table in layout().tables.values():
        for column in table.columns:
            if column.type in (CellType.DATE, CellType.STAMP):
                assert column.deidentified is Deidentified.LOSE, column.name
            if column.type is CellType.ID or column.name == "patient_number":
                assert column.deidentified is Deidentified.REPLACE, column.name


def test_the_only_texts_a_de_identified_export_keeps_are_the_programs_own():
    kept = {
        f"{table.name}.{column.name}"
        for table in layout().tables.values()
        for column in table.columns
        if column.type is CellType.TEXT and column.deidentified is Deidentified.KEEP and table.name != "codebook"
    }
    assert kept == {
        "episodes.read_against",
        "assessments.scale_version",
        "scores.scale_version",
        "scores.not_scored_reason",
    }
