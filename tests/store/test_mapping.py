import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.making import NOW
from tracker.clinic.codes import (
    AssessmentStatus,
    Context,
    EntryMode,
    MissingReason,
    Relatedness,
    Role,
    Sex,
    Side,
    VisitTiming,
)
from tracker.clinic.records import AdverseEvent, Assessment, Episode, Patient, StoredScore, Treatment, User, Visit
from tracker.core.dates import PartialDate
from tracker.core.messages import Language, Text, msg, say, use_language
from tracker.store.columns import UtcStamp, canonical_json
from tracker.store.mapping import (
    KINDS,
    from_snapshot,
    message_from_json,
    message_to_json,
    score_of,
    score_values,
    snapshot,
    to_record,
    to_values,
)

words = st.text(st.characters(exclude_categories=("Cs", "Zs", "Cc", "Zl", "Zp")), min_size=1, max_size=20)
notes = st.none() | words
dates = st.dates(datetime.date(1900, 1, 1))
keys = st.uuids().map(str)
partial_dates = st.none() | st.builds(PartialDate, st.integers(1900, 2026), st.integers(1, 12), st.integers(1, 28))
numbers = st.integers(0, 112) | st.floats(0, 100)
RECORDS = {
    Patient: st.builds(
        Patient,
        id=keys,
        patient_number=words,
        name=words,
        latin_name=notes,
        sex=st.sampled_from(Sex),
        birth_date=partial_dates,
        note=notes,
    ),
    Episode: st.builds(
        Episode,
        id=keys,
        patient_id=keys,
        condition=words,
        body_site=notes,
        side=st.sampled_from(Side),
        onset_date=partial_dates,
        attributes=st.dictionaries(words, words),
        read_against=st.lists(words).map(tuple),
    ),
    Treatment: st.builds(
        Treatment,
        id=keys,
        episode_id=keys,
        date=dates,
        product=words,
        cell_source=notes,
        dose=notes,
        route=notes,
        lot=notes,
        is_index=st.booleans(),
        note=notes,
    ),
    Visit: st.builds(Visit, id=keys, patient_id=keys, date=dates, timing=st.sampled_from(VisitTiming), note=notes),
    Assessment: st.builds(
        Assessment,
        id=keys,
        visit_id=keys,
        scale=words,
        scale_version=words,
        policy=words,
        episode_id=st.none() | keys,
        context=st.sampled_from(Context),
        status=st.sampled_from(AssessmentStatus),
        responses=st.dictionaries(words, numbers),
        missing=st.dictionaries(words, st.sampled_from(MissingReason)),
        mode=st.sampled_from(EntryMode),
        assessor=notes,
        completed_at=st.none() | st.just(NOW),
        note=notes,
    ),
    AdverseEvent: st.builds(
        AdverseEvent,
        id=keys,
        patient_id=keys,
        date=dates,
        term=words,
        grade=st.integers(1, 5),
        relatedness=st.sampled_from(Relatedness),
        episode_id=st.none() | keys,
        treatment_id=st.none() | keys,
        note=notes,
    ),
    User: st.builds(User, id=keys, name=words, role=st.sampled_from(Role), disabled=st.booleans()),
}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_survives_its_row_and_its_audit_snapshot(record):
    @given(RECORDS[record])
    def check(one):
        row = to_values(one) | {"version": 0, "deleted_at": None}
        assert to_record(record, row) == one
        kept = json.loads(canonical_json(snapshot(row)))
        assert to_record(record, from_snapshot(KINDS[record], kept) | {"id": one.id, "version": 0}) == one

    check()


def test_blank_text_is_stored_as_nothing():
    values = to_values(Patient(id="p", patient_number=" 7 ", name="Ann", note="  ", latin_name=""))
    assert (values["patient_number"], values["note"], values["latin_name"]) == ("7", None, None)


def _stored(score):
    values = score_values("a", score)
    reason = None if values["reason"] is None else canonical_json(values["reason"])
    return score_of(values["code"], values["series"], values["value"], reason, values["imputed_items"])


def test_a_score_of_zero_is_a_score():
    score = StoredScore(code="pain", series="vas-pain.pain", value=0, reason=None)
    assert _stored(score) == score


def test_a_score_keeps_its_full_precision():
    score = StoredScore(code="pain", series="s", value=100 / 3, reason=None, imputed_items=2)
    assert _stored(score) == score


def test_a_reason_is_said_in_the_language_of_the_reader():
    inner = msg("item {item} is blank", item=Text("pain", "疼痛"))
    message = msg("no score: {why} ({count})", why=inner, count=2, path=None)
    kept = json.loads(canonical_json(message_to_json(message)))
    assert say(message_from_json(kept)) == "no score: item pain is blank (2)"
    use_language(Language.EN)
    assert message_from_json(kept).values["why"].values["item"] == Text("pain", "疼痛")


def test_a_secret_is_kept_in_the_audit_as_a_digest_only():
    row = to_values(User(id="u", name="Ann", role=Role.VIEWER)) | {"password_hash": "$argon2id$secret"}
    kept = snapshot(row | {"failed_attempts": 3, "locked_until": NOW})
    assert "secret" not in canonical_json(kept)
    assert set(kept) == {"id", "name", "role", "disabled", "password_digest"}
    assert kept != snapshot(row | {"password_hash": "$argon2id$other"})


def test_a_stamp_needs_its_zone():
    with pytest.raises(ValueError, match="zone"):
        UtcStamp().process_bind_param(datetime.datetime(2026, 1, 1), None)  # noqa: DTZ001
