"""The reference service: the library, one cohort by name, and what may be drawn of it on a patient's panel."""

from dataclasses import dataclass

import pytest

from tracker.clinic.codes import Context
from tracker.core.messages import Text
from tracker.reference.bands import BandKind
from tracker.reference.library import UnknownCohortError
from tracker.scales.model import Direction, ScoreDefinition
from tracker.services import references


@dataclass(frozen=True)
class Course:
    series: str
    score: ScoreDefinition
    context: Context = Context.UNSPECIFIED


def course(series, maximum, direction, context=Context.UNSPECIFIED):
    score = ScoreDefinition(
        code=series.split(".")[1],
        label=Text("x", "x"),
        rule="sum",
        items=(),
        options={},
        minimum=0,
        maximum=maximum,
        direction=direction,
        unit=None,
        low_anchor=Text("a", "a"),
        high_anchor=Text("b", "b"),
        decimals=0,
        series=series,
        percent_change=False,
        charted=True,
    )
    return Course(series, score, context)


SCIM = course("scim-iii.total", 100, Direction.HIGHER_BETTER)
VAS = course("vas-pain.pain", 100, Direction.LOWER_BETTER, Context.WORST)


def test_the_library_has_fifteen_studies():
    assert len(references.studies()) == 15


def test_a_cohort_is_found_by_its_name():
    study, cohort = references.find_cohort("akhlaghpasand-2025/chronic")
    assert (study.id, cohort.n_printed) == ("akhlaghpasand-2025", 77)
    with pytest.raises(UnknownCohortError):
        references.find_cohort("akhlaghpasand-2025/nobody")


def test_a_cohort_is_drawn_on_the_panel_of_a_course():
    found = references.overlay(SCIM, "akhlaghpasand-2025/all", BandKind.SD)
    assert [(one.months, one.value, one.n, one.band.kind) for one in found.points] == [
        (0, 40.3, 106, BandKind.SD),
        (12, 47.2, 106, BandKind.SD),
    ]


def test_the_context_of_the_panel_counts():
    assert "context" not in {warning.code for warning in references.overlay(VAS, "khoury-2021/all").warnings}
    rest = course("vas-pain.pain", 100, Direction.LOWER_BETTER, Context.REST)
    assert "context" in {warning.code for warning in references.overlay(rest, "khoury-2021/all").warnings}


def test_as_printed_marks_come_on_request_only():
    womac = course("womac-lk31.total", 96, Direction.LOWER_BETTER)
    assert not references.overlay(womac, "migliorini-2019/pooled").drawable
    assert references.overlay(womac, "migliorini-2019/pooled", as_printed=True).drawable


def test_a_patient_who_started_outside_is_told():
    assert references.started_outside(SCIM, "akhlaghpasand-2025/all", 90) is True
    assert references.started_outside(SCIM, "akhlaghpasand-2025/all", 50) is False
    assert references.started_outside(SCIM, "akhlaghpasand-2025/all", None) is None
