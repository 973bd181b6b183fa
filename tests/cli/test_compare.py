"""``compare``: the promised keys for every patient of a demo, and the same content as the charts."""

import json
import math

import pytest

from tests.services.making import complete, day, one_patient, visit
from tracker.cli.compare import place_words
from tracker.cli.main import parse, run_command
from tracker.clinic.codes import MissingReason
from tracker.clinic.records import Treatment
from tracker.core.messages import say, use_language
from tracker.reference.place import Place, Statement
from tracker.services.demo import write_demo
from tracker.services.workspace import Workspace

NUMBER = (int, float)
MAYBE_NUMBER = (int, float, type(None))
MAYBE_TEXT = (str, type(None))
MAYBE_TABLE = (dict, type(None))
SHAPES = {
    "patient": {"patient": str, "episodes": list},
    "episode": {"episode": str, "condition": str, "index_treatment": MAYBE_TABLE, "series": list},
    "series": {
        "series": str, "unit": MAYBE_TEXT, "direction": str, "baseline": MAYBE_TABLE, "no_baseline_reason": MAYBE_TEXT,
        "points": list, "cohorts": list, "sentences": dict,
    },
    "baseline": {"date": str, "value": NUMBER},
    "point": {
        "date": str, "months": NUMBER, "value": MAYBE_NUMBER, "reason": MAYBE_TEXT,
        "change_from_baseline": MAYBE_NUMBER, "percent_change": MAYBE_NUMBER, "verdicts": list,
    },
    "verdict": {"kind": str, "value": NUMBER, "citation": str, "population": str, "met": (bool, type(None))},
    "cohort": {"study": str, "cohort": str, "usable": bool, "why": str, "points": list},
    "cohort_point": {
        "months": NUMBER, "n": (int, type(None)), "n_text": str, "centre": MAYBE_TEXT, "value": NUMBER,
        "band": MAYBE_TABLE, "place": MAYBE_TABLE, "refused_reason": MAYBE_TEXT,
    },
    "band": {"kind": str, "lower": NUMBER, "upper": NUMBER},
    "place": {
        "date": str, "days_off": int, "percentile": NUMBER, "lower": NUMBER, "upper": NUMBER, "better_than": NUMBER,
        "better_than_lower": NUMBER, "better_than_upper": NUMBER, "flags": list,
    },
    "sentences": {"clinician": str, "patient": str},
}  # fmt: skip


def check(table, shape):
    for key, kinds in SHAPES[shape].items():
        assert key in table, f"{shape} lacks {key}"
        assert isinstance(table[key], kinds), f"{shape}.{key} is {table[key]!r}"
        if isinstance(table[key], float):
            assert math.isfinite(table[key])


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    write_demo(path, patients=40)
    return path


@pytest.fixture
def run(demo, capsys):
    def run(*words, language=None):
        top = ["--language", language] if language else []
        status = run_command(parse([*top, "compare", "--db", str(demo), *words]))
        return status, capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def workspace(demo):
    opened = Workspace.open(demo)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def numbers(workspace):
    return [line.patient_number for line in workspace.patients.search(limit=1000).lines]


def read(run, number, **more):
    status, streams = run("--patient", number, "--json", **more)
    assert status == 0
    return json.loads(streams.out)


def check_series(series):
    check(series, "series")
    check(series["sentences"], "sentences")
    assert (series["baseline"] is None) is (series["no_baseline_reason"] is not None)
    if series["baseline"] is not None:
        check(series["baseline"], "baseline")
    for point in series["points"]:
        check(point, "point")
        assert (point["value"] is None) is (point["reason"] is not None)
        for verdict in point["verdicts"]:
            check(verdict, "verdict")
    for cohort in series["cohorts"]:
        check(cohort, "cohort")
        for point in cohort["points"]:
            check_cohort_point(point)


def check_cohort_point(point):
    check(point, "cohort_point")
    assert (point["place"] is None) is (point["refused_reason"] is not None)
    if point["band"] is not None:
        check(point["band"], "band")
    if point["place"] is not None:
        check(point["place"], "place")
        assert point["place"]["better_than_lower"] < point["place"]["better_than_upper"]


def test_every_patient_of_a_demo_has_the_promised_keys(run, numbers):
    places = 0
    for number in numbers:
        patient = read(run, number)
        check(patient, "patient")
        assert patient["patient"] == number
        for episode in patient["episodes"]:
            check(episode, "episode")
            for series in episode["series"]:
                check_series(series)
                places += sum(point["place"] is not None for one in series["cohorts"] for point in one["points"])
    assert places > 0


def test_it_says_what_the_course_says_for_every_patient_of_a_demo(run, workspace, numbers):
    for number in numbers:
        for episode in read(run, number)["episodes"]:
            course = workspace.courses.of(episode["episode"])
            assert [one["series"] for one in episode["series"]] == [panel.series for panel in course.panels]
            for series, panel in zip(episode["series"], course.panels, strict=True):
                assert [(one["date"], one["months"], one["value"]) for one in series["points"]] == [
                    (point.date.isoformat(), point.months, point.value if point.complete else None)
                    for point in panel.points
                ]
                start = getattr(panel.baseline, "value", None)
                assert (series["baseline"] or {"value": None})["value"] == start
                for point in series["points"]:
                    if point["change_from_baseline"] is not None:
                        assert point["change_from_baseline"] == pytest.approx(point["value"] - start)


def test_the_bands_are_those_that_are_drawn(run, workspace, numbers):
    from tracker.services import references

    drawn = 0
    for number in numbers:
        for episode in read(run, number)["episodes"]:
            course = workspace.courses.of(episode["episode"])
            for series, panel in zip(episode["series"], course.panels, strict=True):
                for cohort in series["cohorts"]:
                    overlay = references.overlay(panel, f"{cohort['study']}/{cohort['cohort']}")
                    assert [(one["months"], one["value"], one["n"]) for one in cohort["points"]] == [
                        (point.months, point.value, point.n) for point in overlay.points
                    ]
                    bands = [one["band"] and (one["band"]["lower"], one["band"]["upper"]) for one in cohort["points"]]
                    assert bands == [point.band and (point.band.lower, point.band.upper) for point in overlay.points]
                    drawn += sum(band is not None for band in bands)
    assert drawn > 0


def test_the_text_names_patient_treatment_and_baseline(run, numbers):
    for number in numbers:
        status, streams = run("--patient", number)
        assert status == 0
        assert streams.out.startswith(f"{number} (synthetic)\n")
        assert "{" not in streams.out
    _, streams = run("--patient", "DEMO-SCI-0001")
    assert "index treatment: " in streams.out
    assert " · baseline" in streams.out
    assert " since baseline" in streams.out


def test_it_speaks_the_language_asked_for(run):
    english, chinese = (read(run, "DEMO-KOA-0001", language=language) for language in ("en", "zh_CN"))
    populations = [
        verdict["population"]
        for patient in (english, chinese)
        for point in patient["episodes"][0]["series"][0]["points"][-1:]
        for verdict in point["verdicts"][:1]
    ]
    assert populations[0] != populations[1]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in populations[1])
    status, streams = run("--patient", "DEMO-KOA-0001", "--language", "zh_CN")
    assert status == 0
    assert "膝骨关节炎" in streams.out


def test_the_sentences_are_those_of_the_comparison(run, workspace, numbers):
    for number in numbers[:8]:
        for episode in read(run, number)["episodes"]:
            use_language("en")
            comparison = workspace.comparisons.of(episode["episode"])
            for series, panel in zip(episode["series"], comparison.panels, strict=True):
                assert series["sentences"]["clinician"] == " ".join(say(one) for one in panel.sentences.clinician)
                assert series["sentences"]["patient"] == " ".join(say(one) for one in panel.sentences.patient)


def test_what_a_clinic_records_is_said(clinic_file, capsys):
    workspace = Workspace.open(clinic_file)
    one_patient(workspace, read_against=("gone-1999/all",))
    for key, days in (("v0", -7), ("v1", 91), ("v2", 183)):
        visit(workspace, key, days)
    complete(workspace, "v0", responses={"pain": 70})
    complete(workspace, "v1", responses={}, missing={"pain": MissingReason.DECLINED})
    complete(workspace, "v2", responses={"pain": 49})
    workspace.treatments.add(Treatment(id="t2", episode_id="e", date=day(120), product="steroid injection"))
    workspace.close()
    assert run_command(parse(["compare", "--db", str(clinic_file), "--patient", "A-1"])) == 0
    said = capsys.readouterr().out
    assert said.startswith("A-1\nKnee osteoarthritis\n  index treatment: 2026-03-01, PRP\n")
    assert "  further treatment: 2026-06-29, steroid injection\n" in said
    assert "no score: missing: pain" in said
    assert "49 · −21 since baseline · −30 % · −21 since the last visit · after further treatment on 2026-06-29" in said
    assert "      MCID [19.9]: reached · knee osteoarthritis" in said
    assert "      MCID [40.8 %]: not reached · knee osteoarthritis" in said
    assert "      30 % better [30 %]: reached (unverified) · chronic pain trials" in said
    assert "the library has no cohort “gone-1999/all” any more" in said


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (Statement.NUMBER, "better than about 90 of 100 people like those studied (76 to 98, from 18 people)"),
        (Statement.INTERVAL_ONLY, "better than 76 to 98 of 100 people like those studied (from 18 people)"),
        (Statement.LOWEST_TENTH, "a value among the lowest tenth of people like those studied (from 18 people)"),
        (Statement.HIGHEST_TENTH, "a value among the highest tenth of people like those studied (from 18 people)"),
    ],
)
def test_a_place_is_told_only_as_far_as_the_study_bears(statement, said):
    place = Place(
        n=18,
        percentile=10,
        lower=2,
        upper=24,
        better_than=90,
        better_than_lower=76,
        better_than_upper=98,
        tie_lower=9,
        tie_upper=11,
        statement=statement,
        flags=(),
    )
    assert place_words(place) == said


def test_an_unknown_patient_is_one_line_and_status_2(run):
    status, streams = run("--patient", "nobody")
    assert status == 2
    assert streams.out == ""
    assert "nobody" in streams.err
    assert streams.err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_line_and_status_2(tmp_path, capsys):
    assert run_command(parse(["compare", "--db", str(tmp_path / "none.sqlite"), "--patient", "x"])) == 2
    assert capsys.readouterr().err.count("\n") == 1
