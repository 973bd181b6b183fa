"""The folded text a patient is found by: name, Latin name, number, and the conditions of the episodes."""

from collections.abc import Iterable
from functools import cache

from tracker.clinic.conditions import conditions
from tracker.clinic.records import Patient
from tracker.core.folding import search_key


def search_text(patient: Patient, condition_ids: Iterable[str]) -> str:
    """Return what the ``search`` column of *patient* holds."""
    own = search_key(patient.name, patient.latin_name or "", patient.patient_number)
    return " ".join([own, *(_condition_text(condition_id) for condition_id in sorted(set(condition_ids)))])


@cache
def _condition_text(condition_id: str) -> str:
    condition = conditions().get(condition_id)
    if condition is None:  # a condition of the clinic's own that is no longer there
        return search_key(condition_id)
    return search_key(condition_id, condition.label.en, condition.label.zh_CN)
