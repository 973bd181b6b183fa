"""The demo file: repeatable, honest about being synthetic, and its complete injuries hold their statistics."""

import csv
import itertools
import random
import statistics
from collections import Counter, defaultdict
from contextlib import closing
from datetime import date

import pytest

from tests.store.protecting import protected_copy
from tracker.clinic.codes import AssessmentStatus, MissingReason, VisitTiming
from tracker.clinic.conditions import conditions
from tracker.core.errors import TrackerError
from tracker.scales.catalogue import scale
from tracker.scales.isncsci.classify import classify
from tracker.scales.isncsci.record import exam_from_responses
from tracker.scales.scoring import check_responses
from tracker.services.demo import ENOUGH_FOR_TARGETS, TODAY, DemoRefusedError, invent, write_demo
from tracker.services.demo_records.answers import scim_items
from tracker.services.demo_records.draws import Moments, maximum_entropy, sample
from tracker.services.demo_records.exams import totals_of
from tracker.services.demo_records.record import stored_scores
from tracker.services.demo_records.spinal import complete_cases
from tracker.services.demo_records.spinal_patients import invent_complete
from tracker.services.export import export_csv
from tracker.services.workspace import Workspace
from tracker.store.checking.chain import verify_chain
from tracker.store.streams import open_streams

# Akhlaghpasand et al. 2025: (mean, SD) at months 0 and 12.
TARGETS = {
    "motor": ((40.7, 17.0), (43.3, 15.9)),
    "light_touch": ((57.6, 22.8), (62.0, 24.7)),
    "pin_prick": ((61.0, 23.3), (66.0, 23.4)),
    "scim": ((40.3, 16.3), (47.2, 17.1)),
    "scim subacute": ((37.2, 15.4), (48.1, 17.2)),
    "scim chronic": ((41.6, 16.6), (46.8, 17.1)),
}
SERIES = {
    "asia.motor": "motor",
    "asia.light_touch": "light_touch",
    "asia.pin_prick": "pin_prick",
    "scim-iii.total": "scim",
}
SEEDS = range(20)


@pytest.fixture(scope="module")
def people():
    return list(invent(ENOUGH_FOR_TARGETS, 3, TODAY))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    write_demo(path, patients=60, seed=5)
    return path


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def totals(record, month):
    """The totals a reader of the file finds at month 0 or 12: nearest before the treatment, or within 45 days."""
    treated = next(treatment.date for treatment in record.treatments if treatment.is_index)
    found = {}
    for assessment, scores in record.assessments.values():
        visit = next(visit for visit in record.visits.values() if visit.id == assessment.visit_id)
        days = (visit.date - treated).days
        wanted = -30 <= days <= 0 if month == 0 else abs(days - 365) <= 45
        if wanted and assessment.scale in ("isncsci", "asia-totals", "scim-iii"):
            assert assessment.status is AssessmentStatus.COMPLETE
            assert days < 0 or month == 12 or visit.timing is VisitTiming.BEFORE
            for score in scores:
                key = SERIES.get(score.series, score.series)
                assert key not in found
                found[key] = score.value
    return found


def check_targets(values):
    assert set(values) == {(name, month) for name in TARGETS for month in (0, 12)}
    for (name, month), found in values.items():
        mean, sd = TARGETS[name][month // 12]
        assert len(found) == {"scim subacute": 29, "scim chronic": 77}.get(name, 106)
        assert abs(statistics.mean(found) - mean) <= 0.3, (name, month)
        assert abs(statistics.stdev(found) - sd) <= 0.6, (name, month)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_complete_injuries_hold_the_printed_means_and_spreads(seed):
    values = defaultdict(list)
    for number, case in enumerate(complete_cases(seed), start=1):
        record = invent_complete(seed, TODAY, number, case)
        for month in (0, 12):
            found = totals(record, month)
            for name in ("motor", "light_touch", "pin_prick", "scim"):
                values[name, month].append(found[name])
            values[f"scim {record.episodes[0].attributes['phase']}", month].append(found["scim"])
    check_targets(values)


def test_a_whole_demo_of_600_holds_them_in_its_export(tmp_path):
    write_demo(tmp_path / "d.sqlite", patients=600, seed=11)
    export_csv(tmp_path / "d.sqlite", tmp_path / "out")
    read = {name: rows_of(tmp_path / "out" / f"{name}.csv") for name in ("episodes", "scores")}
    complete = {row["patient_id"]: row["phase"] for row in read["episodes"] if row["ais"] == "A"}
    assert len(complete) == 106
    values = defaultdict(list)
    for row in read["scores"]:
        name = SERIES.get(row["series"])
        if name is None or row["patient_id"] not in complete:
            continue
        days = float(row["months_since_treatment"]) * 30.4375
        month = 0 if -30 <= days <= 0 else 12 if abs(days - 365) <= 45 else None
        if month is not None:
            values[name, month].append(float(row["value"]))
            if name == "scim":
                values[f"scim {complete[row['patient_id']]}", month].append(float(row["value"]))
    check_targets(values)


def test_every_complete_injury_has_an_exam_of_grade_a_with_just_its_totals_at_months_0_and_12():
    for seed in (1, 2):
        for number, case in enumerate(complete_cases(seed), start=1):
            record = invent_complete(seed, TODAY, number, case)
            (treated,) = [treatment.date for treatment in record.treatments if treatment.is_index]
            days = {visit.id: (visit.date - treated).days for visit in record.visits.values()}
            seen = {0: [], 12: []}
            for assessment, _ in record.assessments.values():
                since = days[assessment.visit_id]
                month = 0 if -30 <= since <= 0 else 12 if abs(since - 365) <= 45 else None
                if month is not None and assessment.scale == "isncsci":
                    seen[month].append(exam_from_responses(assessment.responses))
            for month, wanted in ((0, case.start), (12, case.year)):
                (exam,) = seen[month]
                assert classify(exam).findings["ais"].possible == ("A",)
                found = totals_of(exam)
                assert (found["uems"], found["lems"]) == (wanted.upper, wanted.lower)
                assert (found["light_touch"], found["pin_prick"]) == (wanted.light_touch, wanted.pin_prick)


def test_the_level_and_grade_of_an_injury_are_those_of_its_first_exam(people):
    checked = Counter()
    for person in people:
        exams = sorted(
            (next(v.date for v in person.visits.values() if v.id == a.visit_id), a.responses)
            for a, _ in person.assessments.values()
            if a.scale == "isncsci"
            and a.status is AssessmentStatus.COMPLETE
            and "NT" not in a.responses.values()
            and not any(item.endswith(".assume") for item in a.responses)
        )
        attributes = person.episodes[0].attributes
        for place, (_, responses) in enumerate(exams):
            findings = classify(exam_from_responses(responses)).findings
            if attributes["ais"] == "A":
                assert findings["ais"].possible == ("A",)
                assert findings["nli"].possible == (attributes["level"],) or place
            else:
                assert findings["nli"].possible == (attributes["level"],)
                assert findings["ais"].possible[0] in "BCD"
            checked[attributes["ais"]] += 1
    assert checked["A"] > 200
    assert min(checked[grade] for grade in "BCD") > 3


def test_exams_of_practice_have_cells_not_testable_and_stars_and_some_are_drafts_or_totals_only(people):
    exams = [a for person in people for a, _ in person.assessments.values() if a.scale == "isncsci"]
    assert any("NT" in a.responses.values() for a in exams)
    assert {value for a in exams for item, value in a.responses.items() if item.endswith(".assume")} == {
        "normal",
        "not_normal",
    }
    assert any(a.status is AssessmentStatus.DRAFT for a in exams)
    spinal = [person for person in people if person.episodes[0].condition == "sci"]
    totals_only = [p for p in spinal if any(a.scale == "asia-totals" for a, _ in p.assessments.values())]
    assert 0.4 < len(totals_only) / len(spinal) < 1


def test_no_visit_has_the_same_totals_twice(people):
    for person in people:
        visits = [a.visit_id for a, _ in person.assessments.values() if a.scale in ("isncsci", "asia-totals")]
        assert len(visits) == len(set(visits))


def test_no_level_contradicts_its_motor_points():
    for case in complete_cases(1):
        for found in (case.start, case.year):
            assert found.upper == 50 or (case.site == "cervical" and found.lower == 0)


@pytest.mark.parametrize("total", range(101))
def test_every_scim_total_has_valid_items(total):
    for draw in range(3):
        items = scim_items(total, random.Random(draw))
        check_responses(scale("scim-iii"), items)
        assert sum(items.values()) == total


def test_maximum_entropy_has_the_moments_asked_for():
    target = Moments(23.0, 9.0, 0, 60)
    weights = maximum_entropy(target)
    assert sum(weights) == pytest.approx(1)
    assert sum(k * weight for k, weight in enumerate(weights)) == pytest.approx(23)
    assert sum((k - 23) ** 2 * weight for k, weight in enumerate(weights)) == pytest.approx(81)
    drawn = sample(target, 40, random.Random(1))
    assert abs(statistics.mean(drawn) - 23) <= 0.05
    assert abs(statistics.stdev(drawn) - 9) <= 0.1


def test_every_condition_kind_of_trouble_and_script_is_there(people):
    seen = Counter(episode.condition for person in people for episode in person.episodes)
    assert set(seen) == set(conditions())
    assert seen.most_common(1)[0][0] == "knee-oa"
    sites = {
        episode.body_site for person in people for episode in person.episodes if episode.condition == "tendinopathy"
    }
    assert len(sites) > 2
    knees = [{e.side for e in person.episodes} for person in people if len(person.episodes) == 2]
    assert all(len(sides) == 2 for sides in knees)
    assert len(knees) > 20
    assessments = [found for person in people for found in person.assessments.values()]
    assert {reason for a, _ in assessments for reason in a.missing.values()} == set(MissingReason)
    assert any(a.status is AssessmentStatus.DRAFT for a, _ in assessments)
    assert any(score.value is None for _, scores in assessments for score in scores)
    assert any(score.imputed_items for _, scores in assessments for score in scores)
    assert any(a.scale == "vas-pain" and a.responses.get("pain") == 0 for a, _ in assessments)
    assert {visit.timing for person in people for visit in person.visits.values()} == set(VisitTiming)
    assert {event.grade for person in people for event in person.events} >= {1, 2, 3}
    assert any(len([t for t in p.treatments if t.episode_id == p.episodes[0].id]) == 2 for p in people)
    assert {len(str(person.patient.birth_date)) for person in people} == {4, 7, 10}
    assert any("一" <= person.patient.name[0] <= "鿿" for person in people)
    assert any("synthetic" in person.patient.name for person in people)


def test_everybody_says_to_be_synthetic_and_nothing_lies_after_today(people):
    for person in people:
        assert "synthetic" in person.patient.latin_name
        assert "ynthetic" in person.patient.note
        assert person.patient.patient_number.startswith("DEMO-")
        days = [r.date for r in (*person.visits.values(), *person.treatments, *person.events)]
        days += [event.end_date for event in person.events if event.end_date]
        assert all(day <= TODAY for day in days)


def test_every_assessment_is_whole_valid_and_scored_by_its_definition(people):
    for person in people[::7]:
        for assessment, scores in person.assessments.values():
            definition = scale(assessment.scale, assessment.scale_version)
            check_responses(definition, assessment.responses)
            assert not assessment.responses.keys() & assessment.missing.keys()
            if assessment.status is AssessmentStatus.COMPLETE:
                items = {item.code for item in definition.items if not item.optional}
                assert items <= assessment.responses.keys() | assessment.missing.keys()
                assert scores == stored_scores(assessment)
            else:
                assert scores == ()


def test_it_does_not_advertise_the_therapy(people):
    changes = []
    for person in people:
        if person.episodes[0].condition == "knee-oa":
            values = [
                s.value for a, scores in person.assessments.values() for s in scores if s.series == "womac-lk31.total"
            ]
            values = [value for value in values if value is not None]
            if len(values) > 2:
                changes.append(values[-1] - values[0])
    worse = sum(change > 0 for change in changes) / len(changes)
    little = sum(abs(change) < 5 for change in changes) / len(changes)
    assert worse > 0.15
    assert little > 0.15


def test_the_same_arguments_give_the_same_file(small, tmp_path):
    again = tmp_path / "again.sqlite"
    report = write_demo(again, patients=60, seed=5)
    assert report.patients == 60
    with open_streams(small) as first, open_streams(again) as second:
        for stream in ("patient", "episode", "treatment", "visit", "assessment", "score", "adverse_event"):
            assert list(first.rows(stream)) == list(second.rows(stream))
    assert verify_chain(again).broken is None


def test_another_seed_gives_other_people():
    first, second = (next(iter(invent(20, seed, TODAY))).patient for seed in (1, 2))
    assert first.id != second.id
    assert first.patient_number == second.patient_number


def test_a_small_demo_starts_with_the_conditions_in_turn():
    for count in (1, 3, 7, 20):
        found = list(invent(count, 1, TODAY))
        assert len(found) == count
        assert len({person.episodes[0].condition for person in found}) == min(count, 7)


def test_the_file_opens_as_a_demo_and_is_searched(small):
    with closing(Workspace.open(small)) as workspace:
        assert workspace.kind == "demo"
        assert workspace.patients.search("demo-sci").found > 5
        assert workspace.patients.search("synthetic").found == 60


def test_an_existing_file_is_refused_and_only_a_demo_replaced(small, tmp_path, clinic_file):
    before = small.read_bytes()
    with pytest.raises(DemoRefusedError, match="exists already"):
        write_demo(small)
    assert small.read_bytes() == before
    (tmp_path / "text").write_text("mine")
    for other in (clinic_file, tmp_path / "text"):
        with pytest.raises(DemoRefusedError, match="not a demo"):
            write_demo(other, replace=True)
    assert (tmp_path / "text").read_text() == "mine"
    target = tmp_path / "demo.sqlite"
    write_demo(target, patients=3)
    write_demo(target, patients=4, replace=True)
    with closing(Workspace.open(target)) as workspace:
        assert workspace.patients.search("").total == 4
    assert {path.name for path in tmp_path.iterdir()} == {"text", "demo.sqlite", "clinic.sqlite"}


@pytest.mark.parametrize("unusable", [{"patients": 0}, {"patients": 100_001}, {"today": date(1999, 12, 31)}])
def test_unusable_arguments_are_refused(tmp_path, unusable):
    with pytest.raises(DemoRefusedError):
        write_demo(tmp_path / "d.sqlite", **unusable)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_one_may_not_enter_is_said(clinic_file):
    with (
        protected_copy(clinic_file, mode=0o000) as path,
        pytest.raises(DemoRefusedError, match="cannot be written"),
    ):
        write_demo(path, patients=1, replace=True)


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(tmp_path):
    with pytest.raises(TrackerError):
        write_demo(tmp_path / "none" / "d.sqlite", patients=1)
    assert list(tmp_path.iterdir()) == []


def test_the_neighbour_scales_are_filled_where_their_conditions_offer_them(people):
    used = defaultdict(set)
    for record in people:
        for assessment, _ in record.assessments.values():
            used[record.episodes[0].condition].add(assessment.scale)
    for name, condition in conditions().items():
        if name != "sci":
            offered = {further.scale for further in condition.further}
            assert used[name] & offered, name
            assert used[name] <= offered | set(condition.scales)
    assert {"koos", "lysholm", "odi", "quickdash", "prtee", "edss", "sane", "walk-distance"} <= set().union(
        *used.values()
    )
    assert used["sci"].isdisjoint({further.scale for one in conditions().values() for further in one.further})


def test_edss_moves_slowly_and_nobody_is_dead(people):
    for record in people:
        visits = {visit.id: visit.date for visit in record.visits.values()}
        steps = [
            assessment.responses["edss"]
            for assessment, _ in sorted(record.assessments.values(), key=lambda one: visits[one[0].visit_id])
            if assessment.scale == "edss" and "edss" in assessment.responses
        ]
        assert 10 not in steps
        assert all(abs(later - before) <= 1.5 for before, later in itertools.pairwise(steps)), steps
