"""What is drawn equals what the comparison says, for every patient of the demo."""

from dataclasses import replace

import pytest

from tracker.core.numbers import show_number
from tracker.reference.place import Statement
from tracker.services.comparison_document import document
from tracker.services.comparisons import compare
from tracker.services.demo import write_demo
from tracker.services.workspace import Workspace
from tracker.ui import theme
from tracker.ui.chart.arrangement import Arrangement
from tracker.ui.chart.chart_choices import MOST, ChartChoices, LineChoice, Voice
from tracker.ui.chart.composed import compose, course_name
from tracker.ui.chart.drawing import PanelDrawing
from tracker.ui.chart.hover import mark_words
from tracker.ui.chart.offered import choosable, offered_cohorts


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(path, patients=120)
    opened = Workspace.open(path)
    yield opened
    opened.close()


def episodes(demo):
    for line in demo.patients.search(limit=500).lines:
        yield from demo.episodes.of(line.id)


def with_two_cohorts(course):
    """The course as if the clinician had chosen the first two cohorts that may be chosen."""
    chosen = tuple(one.key for one in choosable(offered_cohorts(course)))[:MOST]
    return replace(course, episode=replace(course.episode, read_against=chosen))


def drawn_panels(comparison, choices):
    offered = offered_cohorts(comparison.course)
    composed = compose(comparison, offered, Arrangement(), choices)
    named = {one.name: one.drawing for one in composed.panels}
    return {panel.series + panel.course.context: named[course_name(panel.course)] for panel in comparison.panels}


def check_points(drawing, told):
    shown = {(mark.point.date.isoformat(), mark.months, mark.value, mark.is_baseline) for mark in drawing.marks}
    said = {(p["date"], p["months"], p["value"], p["is_baseline"]) for p in told["points"] if p["value"] is not None}
    assert shown == said
    assert len(drawing.marks) + len(drawing.gaps) == len(told["points"])
    assert {gap.months for gap in drawing.gaps} == {p["months"] for p in told["points"] if p["value"] is None}


def check_cohorts(drawing, told, chosen, *, treated):
    said = {f"{one['study']}/{one['cohort']}": one for one in told["cohorts"]}
    drawable = [key for key in chosen if treated and said[key]["points"]] if drawing.marks or drawing.gaps else []
    assert [study.cohort for study in drawing.studies] == drawable
    for study in drawing.studies:
        points = said[study.cohort]["points"]
        assert [(c.months, c.value) for c in study.centres] == [(p["months"], p["value"]) for p in points]
        bands = [(b.months, b.lower, b.upper) for b in study.bands]
        outside = said[study.cohort]["started_outside"] is True
        told_bands = [(p["months"], p["band"]["lower"], p["band"]["upper"]) for p in points if p["band"]]
        assert bands == ([] if outside else told_bands)
        assert study.started_outside is outside


def check_places(drawing, told):
    """Every place is told at its visit with its figures, and no other figure is told of a place."""
    by_visit = {mark.point.date.isoformat(): mark_words(mark, drawing) for mark in drawing.marks}
    drawn = {study.cohort for study in drawing.studies}
    for cohort in told["cohorts"]:
        for point in cohort["points"]:
            place = point["place"]
            if f"{cohort['study']}/{cohort['cohort']}" not in drawn or place is None:
                continue
            words = by_visit[place["date"]]
            assert show_number(place["better_than_lower"]) in words
            assert show_number(place["better_than_upper"]) in words
            if place["statement"] == Statement.NUMBER:
                assert f"better than about {show_number(place['better_than'])} of 100" in words


def check_lines(drawing, told, *, percent):
    shown = [(line.code, line.value) for line in drawing.lines]
    lines = [line for line in told["lines"] if line["code"].startswith("percent_") is percent] if drawing.marks else []
    assert shown == [(line["code"], line["value"]) for line in lines]


def test_every_demo_patient_is_drawn_as_compared(demo):
    panels = 0
    for episode in episodes(demo):
        course = with_two_cohorts(demo.courses.of(episode.id))
        comparison = compare(course)
        told = {one["series"] + one["context"]: one for one in document(comparison)["series"]}
        for key, drawing in drawn_panels(comparison, ChartChoices()).items():
            assert (drawing.low, drawing.high) == drawing.shown
            check_points(drawing, told[key])
            check_cohorts(drawing, told[key], course.episode.read_against, treated=course.origin_is_treatment)
            check_places(drawing, told[key])
            check_lines(drawing, told[key], percent=False)
            panels += bool(drawing.marks)
    assert panels > 1000


def test_percent_lines_voices_and_zoom_of_every_demo_patient(demo):
    choices = ChartChoices(lines=LineChoice.PERCENT, voice=Voice.PATIENT, zoomed=True)
    for episode in episodes(demo):
        comparison = compare(with_two_cohorts(demo.courses.of(episode.id)))
        told = {one["series"] + one["context"]: one for one in document(comparison)["series"]}
        own = {panel.series + panel.course.context: panel for panel in comparison.panels}
        for key, drawing in drawn_panels(comparison, choices).items():
            check_lines(drawing, told[key], percent=True)
            assert drawing.said == own[key].sentences.patient
            low, high = drawing.shown
            assert drawing.low <= low < high <= drawing.high
            assert all(low <= mark.value <= high for mark in drawing.marks)
            assert all(low <= line.value <= high for line in drawing.lines)


def test_the_page_shows_the_whole_comparison_however_much_was_painted_first(demo, qtbot):
    from tracker.ui.chart.course_page import CoursePage

    page = CoursePage(demo, theme.load(theme.LIGHT))
    qtbot.addWidget(page)
    page.resize(1114, 620)
    page.show()
    for number, episode in enumerate(episodes(demo)):
        if number % 12:
            continue
        page.show_episode(episode.id)
        composed = page.composed
        assert document(composed.comparison) == document(demo.comparisons.of(episode.id))
        drawn = [panel.drawn() for panel in page.panels]
        assert drawn == [one.drawing for one in composed.panels if not is_empty(one.drawing)]
        for panel, one in zip(page.panels, drawn, strict=True):
            assert panel.legend.words.text.replace(" ", "") == "".join(said(one)).replace(" ", "")


def is_empty(drawing):
    return isinstance(drawing, PanelDrawing) and not drawing.marks and not drawing.gaps


def said(drawing):
    texts = [str(sentence) for sentence in drawing.said]
    return [text[:1].upper() + text[1:] for text in texts]
