from dataclasses import replace

import pytest

from tests.ui.office import on
from tracker.clinic.codes import Side
from tracker.clinic.records import Treatment
from tracker.core.messages import Language, use_language
from tracker.ui.history.sentences import details, lines
from tracker.ui.history.wording import heading, who_when


def newest(office, patient="wang"):
    return office.histories.of_patient(patient)[0]


def test_an_amended_form_is_told_item_by_item_with_its_scores(office):
    (view,) = [one for one in office.assessments.of_visit("before") if one.assessment.scale == "womac-lk31"]
    office.assessments.complete(view.assessment.id, {**view.assessment.responses, "P1": 4}, {})
    told = newest(office)
    assert heading(told) == "WOMAC LK3.1 of 2026-01-05 changed"
    shown = lines(told)
    assert shown[0] == "P1 Pain: walking on the flat: 2 → 4"
    assert "score Pain: 10 → 12" in shown
    assert lines(told, scores_first=True)[0].startswith("score ")


def test_codes_and_sites_are_told_in_words_and_in_the_language_in_use(office):
    office.episodes.change(replace(office.episodes.get("right"), side=Side.BILATERAL))
    told = newest(office)
    assert heading(told) == "episode Knee osteoarthritis (knee, both sides) changed"
    assert lines(told) == ["Side: right → both sides"]
    use_language(Language.ZH_CN)
    assert heading(told).startswith("已修改 病程")
    assert "→" in lines(told)[0]


def test_what_is_new_is_told_without_what_nobody_said(office):
    office.treatments.add(Treatment(id="second", episode_id="right", date=on(9), product="PRP"))
    told = newest(office)
    assert heading(told) == "treatment PRP of 2026-01-19 added"
    assert lines(told) == ["Date: 2026-01-19", "Product: PRP"]


def test_a_removed_form_is_told_with_what_it_held(office):
    (view,) = [one for one in office.assessments.of_visit("month1") if one.assessment.scale == "vas-pain"]
    office.assessments.remove(view.assessment.id)
    told = newest(office)
    assert heading(told) == "VAS pain of 2026-02-10 removed"
    assert "score Pain (VAS): 0 → –" in lines(told)


def test_an_act_is_told_with_its_details(office):
    with office.store.acting("export", {"what": "records", "deidentified": True, "rows": {"patients.csv": 3}}, "wang"):
        pass
    told = newest(office)
    assert heading(told) == "export"
    assert list(details(told)) == ["De-identified: yes", "Rows: patients.csv 3", "What: records"]
    assert who_when(told).endswith(told.actor)


def test_an_unknown_act_is_told_by_its_own_name(office):
    with office.store.acting("new act", {"odd_name": 1}):
        pass
    told = office.histories.of_file(limit=1)[0]
    assert (heading(told), list(details(told))) == ("new act", ["odd name: 1"])


@pytest.mark.parametrize("language", list(Language))
def test_every_entry_of_a_whole_clinic_has_words(office, language):
    use_language(language)
    for told in (*office.histories.of_file(), *office.histories.of_patient("wang")):
        assert heading(told)
        assert all(lines(told) if told.entity == "patient" else [True])
