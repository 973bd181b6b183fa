from dataclasses import replace

import pytest

from tests.services.making import answers, chain_holds, complete, one_patient, visit
from tracker.scales.responders import OMERACT_OARSI
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


@pytest.mark.parametrize("value", [0, -5, 101, float("nan")])
def test_a_figure_that_cannot_be_is_refused(clinic, value):
    with pytest.raises(InvalidRuleError):
        clinic.responder_rules.change_omeract_oarsi(replace(OMERACT_OARSI, low_points=value))
    assert clinic.responder_rules.omeract_oarsi() == OMERACT_OARSI
