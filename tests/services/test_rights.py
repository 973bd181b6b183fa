import importlib
import inspect
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.services.making_users import ROLES, key_of, sign_in, with_users
from tracker.clinic.codes import Role
from tracker.clinic.records import User
from tracker.core.places import Place
from tracker.services.patients import Patients
from tracker.services.rights import (
    FUNCTIONS,
    RIGHTS,
    ROLE_NAMES,
    VERBS,
    NotAllowedError,
    NotSignedInError,
    Right,
    guard,
    rules,
)
from tracker.services.workspace import Workspace

MAY = {
    "Patients.search": "administrator clinician data_entry viewer",
    "Courses.of": "administrator clinician data_entry viewer",
    "Assessments.get": "administrator clinician data_entry viewer",
    "Patients.add": "administrator clinician data_entry",
    "Visits.add": "administrator clinician data_entry",
    "Visits.forget_empty": "administrator clinician data_entry",
    "Assessments.complete": "administrator clinician data_entry",
    "Assessments.discard_draft": "administrator clinician data_entry",
    "UndoHistory.undo": "administrator clinician data_entry",
    "Patients.remove": "administrator clinician",
    "Visits.remove": "administrator clinician",
    "Assessments.remove": "administrator clinician",
    "Policies.choose": "administrator clinician",
    "Episodes.choose_cohorts": "administrator clinician",
    "export.export_csv": "administrator clinician",
    "People.add": "administrator",
    "People.disable": "administrator",
    "backups.restore": "administrator",
}
"""What people were promised, spelled out."""


def services_of(workspace):
    return {
        type(service).__name__: service
        for service in vars(workspace).values()
        if type(service).__module__.startswith("tracker.services.") and service is not workspace.session
    }


def call(function, arguments):
    opened = function(*arguments)
    if hasattr(opened, "__enter__"):  # what is opened for a while asks when it is opened
        opened.__enter__()


def test_every_service_of_a_workspace_has_rules(workspace):
    assert set(services_of(workspace)) == set(VERBS)


def test_a_verb_without_a_rule_is_an_administrators(workspace, monkeypatch):
    monkeypatch.setattr(Patients, "invent", lambda _self: "invented", raising=False)
    guard(workspace.patients, workspace.session.check)
    with_users(workspace)
    assert workspace.patients.invent() == "invented"
    sign_in(workspace, "Wu")
    with pytest.raises(NotAllowedError):
        workspace.patients.invent()


def test_no_verb_has_two_rules():
    listed = [(service, verb) for service, verb, _ in rules(VERBS)]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("name", ROLES)
def test_each_role_may_call_the_functions_its_rights_say_and_no_others(workspace, name):
    with_users(workspace)
    sign_in(workspace, name)
    for module, verb, right in rules(FUNCTIONS):
        if right in RIGHTS[ROLES[name]]:
            continue
        function = getattr(importlib.import_module(f"tracker.services.{module}"), verb)
        needed = [one.annotation for one in inspect.signature(function).parameters.values() if one.default is one.empty]
        places = {Path: workspace.path, Place: workspace.path, "Workspace": workspace}
        arguments = [places.get(kind, "") for kind in needed if "Options" not in str(kind)]
        with pytest.raises(NotAllowedError):
            call(function, arguments)


@pytest.mark.parametrize("name", ROLES)
def test_each_role_may_do_what_its_rights_say_and_nothing_else(workspace, name):
    with_users(workspace)
    sign_in(workspace, name)
    services = services_of(workspace)
    for service, verb, right in rules(VERBS):
        refused = False
        try:
            getattr(services[service], verb)()
        except NotAllowedError:
            refused = True
        except Exception:  # noqa: BLE001 - allowed, and then it misses its arguments
            pass
        assert refused == (right not in RIGHTS[ROLES[name]]), (name, service, verb)


def test_nobody_may_do_anything_before_signing_in(workspace):
    with_users(workspace)
    workspace.session.sign_out()
    services = services_of(workspace)
    for service, verb, right in rules(VERBS):
        if right is not Right.ANYBODY:
            with pytest.raises(NotSignedInError, match="sign in"):
                getattr(services[service], verb)()


@pytest.mark.parametrize("verb", MAY)
def test_the_table_says_what_people_were_promised(verb):
    by_verb = {f"{owner}.{name}": right for owner, name, right in (*rules(VERBS), *rules(FUNCTIONS))}
    assert {role.value for role in Role if by_verb[verb] in RIGHTS[role]} == set(MAY[verb].split())


def test_a_clinic_of_one_may_do_everything_without_signing_in(workspace):
    assert all(workspace.session.may(right) for right in Right)
    assert workspace.patients.search().total == 0
    assert workspace.people.all() == ()
    assert workspace.session.why_not(Right.ADMINISTER) is None


def test_each_right_of_a_role_holds_those_of_the_roles_below():
    ladder = [RIGHTS[role] for role in (Role.VIEWER, Role.DATA_ENTRY, Role.CLINICIAN, Role.ADMINISTRATOR)]
    assert all(lower < higher for lower, higher in pairwise(ladder))
    assert set(ROLE_NAMES) == set(Role) == set(RIGHTS)


def test_a_refusal_says_the_role_what_was_asked_and_who_can_help(workspace):
    with_users(workspace)
    sign_in(workspace, "Eva")
    with pytest.raises(NotAllowedError, match=r"\(viewer\).*enter or change records.*ask an administrator"):
        workspace.patients.add(None)
    assert "viewer" in str(workspace.session.why_not(Right.RECORD))


def test_a_second_opening_in_this_program_works_under_the_same_rights(workspace):
    with_users(workspace)
    sign_in(workspace, "Ann")
    again = Workspace.open(workspace.path)
    assert again.actor == "Ann"
    with pytest.raises(NotAllowedError):
        again.policies.choose("womac-lk31", "strict")
    again.close()


def test_a_role_taken_away_elsewhere_holds_from_the_next_change_on(workspace, other_window):
    with_users(workspace)
    sign_in(workspace, "Wu")
    with other_window.store.work() as work:
        work.change(replace(work.get(User, key_of(workspace, "Wu")), role=Role.VIEWER))
        work.commit()
    with pytest.raises(NotAllowedError):
        workspace.patients.remove("p")
    assert not workspace.session.may(Right.REMOVE)
