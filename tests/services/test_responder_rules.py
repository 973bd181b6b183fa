from dataclasses import replace

import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, visit
from tracker.scales.responders import OMERACT_OARSI, VARIANT_A, VARIANT_B, Confirmation
from tracker.services.comparison_document import document
from tracker.services.responder_rules import InvalidRuleError

STRICTER = replace(OMERACT_OARSI, high_percent=80, high_points=80)


def met(workspace):
    return next(one.met for one in workspace.comparisons.of("e").responses if one.code == "omeract_oarsi")


@pytest.fixture
def clinic(workspace):
    one_patient(workspace)
    for key, days, pain in (("v", -3, 4), ("w", 91, 1)):
        visit(workspace, key, days)
        form = answers("womac-lk31", 2) | {f"P{number}": pain for number in range(1, 6)}
        complete(workspace, key, "womac-lk31", form)
    return workspace


def test_the_figures_are_those_of_the_program_until_the_clinic_gives_its_own(clinic):
    assert clinic.responder_rules.omeract_oarsi() == OMERACT_OARSI
    assert met(clinic) is True
    clinic.responder_rules.change_omeract_oarsi(STRICTER)
    assert clinic.responder_rules.omeract_oarsi() == STRICTER
    assert met(clinic) is None
    assert clinic.responder_rules.omeract_oarsi().verified is False
    assert chain_holds(clinic)


def test_a_change_of_figures_can_be_undone(clinic):
    clinic.responder_rules.change_omeract_oarsi(STRICTER)
    clinic.undo.undo()
    assert clinic.responder_rules.omeract_oarsi() == OMERACT_OARSI
    assert met(clinic) is True


def test_the_program_s_figures_can_be_taken_again(clinic):
    clinic.responder_rules.change_omeract_oarsi(STRICTER)
    clinic.responder_rules.change_omeract_oarsi(OMERACT_OARSI)
    assert clinic.responder_rules.omeract_oarsi() == OMERACT_OARSI


@pytest.fixture
def ms(workspace):
    one_patient(workspace, condition="ms")
    for key, days, step in (("v", -3, 5.5), ("w", 91, 6), ("x", 200, 6)):
        visit(workspace, key, days)
        complete(workspace, key, "edss", {"edss": step})
    return workspace


def worsening(workspace):
    (panel,) = [panel for panel in workspace.comparisons.of("e").panels if panel.series == "edss.edss"]
    return panel


def test_edss_is_read_by_variant_a_until_the_clinic_chooses_another(ms):
    panel = worsening(ms)
    assert (panel.worsening.limit.value, panel.worsening.found) == (1, None)
    assert [(one.kind, one.met) for one in panel.points[-1].verdicts] == [("worsening", False)]
    ms.responder_rules.change_edss_worsening(VARIANT_B)
    panel = worsening(ms)
    assert panel.worsening.limit.value == 0.5
    assert "pymsprog" in panel.worsening.limit.citation
    assert panel.worsening.found.confirmation is Confirmation.CONFIRMED
    assert [(one.kind, one.met) for one in panel.points[-1].verdicts] == [("worsening", True)]
    assert [line.value for line in panel.lines] == [6]
    assert panel.held == ()
    assert chain_holds(ms)


def test_the_clinic_s_own_figures_for_edss_are_marked_and_can_be_undone(ms):
    ms.responder_rules.change_edss_worsening(replace(VARIANT_A, days=100, step=0.5))
    panel = worsening(ms)
    assert panel.worsening.limit.verified is False
    assert document(ms.comparisons.of("e"))["series"][0]["worsening"] == {
        "rule": {
            "variant": None, "from_zero": 1.5, "up_to": 5.5, "step": 0.5, "above": 0.5, "days": 100,
            "verified": False, "citation": "–",
        },
        "needed": 0.5, "onset": "2026-05-31", "confirmation": "confirmed", "confirmed_on": "2026-09-17",
    }  # fmt: skip
    ms.undo.undo()
    assert ms.responder_rules.edss_worsening() == VARIANT_A


def test_without_a_baseline_there_is_no_rule_to_go_by(workspace):
    one_patient(workspace, condition="ms")
    visit(workspace, "w", 91)
    complete(workspace, "w", "edss", {"edss": 6})
    panel = worsening(workspace)
    assert (panel.worsening, panel.thresholds, panel.points[0].verdicts) == (None, (), ())


@pytest.mark.parametrize("change", [{"step": 0.3}, {"days": 0}, {"days": 84.5}, {"above": 0}, {"up_to": 11}])
def test_a_figure_the_rule_for_edss_cannot_work_with_is_refused(ms, change):
    with pytest.raises(InvalidRuleError):
        ms.responder_rules.change_edss_worsening(replace(VARIANT_A, **change))
    assert ms.responder_rules.edss_worsening() == VARIANT_A


@pytest.mark.parametrize("value", [0, -5, 101, float("nan")])
def test_a_figure_that_cannot_be_is_refused(clinic, value):
    with pytest.raises(InvalidRuleError):
        clinic.responder_rules.change_omeract_oarsi(replace(OMERACT_OARSI, low_points=value))
    assert clinic.responder_rules.omeract_oarsi() == OMERACT_OARSI
