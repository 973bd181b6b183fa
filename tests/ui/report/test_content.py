"""What a report says: exactly what the comparison says, nothing left out in silence."""

import datetime
from dataclasses import replace

import pytest

from tests.ui.chart.clinic import TREATED, middle_answers
from tests.ui.report.conftest import PRINTED
from tracker.clinic.codes import Relatedness
from tracker.clinic.records import AdverseEvent
from tracker.core.dates import PartialDate
from tracker.core.keys import new_key
from tracker.core.messages import Language, say, speaking
from tracker.ui.chart import arrangement
from tracker.ui.chart.arrangement import Arrangement
from tracker.ui.chart.chart_choices import Voice
from tracker.ui.chart.composed import panel_name
from tracker.ui.chart.legend import RECOVERY
from tracker.ui.report.content import episode_report, material

DAY = datetime.timedelta(days=1)
ALL = "akhlaghpasand-2025/all"


def everyone(workspace):
    for line in workspace.patients.search("", 500).lines:
        yield from workspace.episodes.of(line.id)


def folded(text):
    return text.replace(" ", "").casefold()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("voice", list(Voice))
def test_every_sentence_under_a_chart_is_the_comparisons_own(demo, voice, language):
    with speaking(language):
        for episode in everyone(demo):
            comparison = demo.comparisons.of(episode.id)
            report = episode_report(material(comparison, voice, PRINTED), 6)
            panels = {panel_name(panel): panel for panel in comparison.panels}
            letters = dict(entry[1:].split(") ", 1) for entry in report.shared)
            for figure in report.figures:
                panel = panels.get(figure.shown.name)
                if panel is None:
                    continue
                said = panel.sentences.clinician if voice is Voice.CLINICIAN else panel.sentences.patient
                text = folded(figure.said)
                for sentence in said:
                    if sentence == panel.natural_recovery:
                        assert say(RECOVERY) in figure.notes
                        continue
                    own = folded(say(sentence))
                    by_letter = [letter for letter, shared in letters.items() if folded(shared) == own]
                    assert own in text or by_letter, say(sentence)
                    assert all(letter in figure.said.rpartition("(")[2] for letter in by_letter)


def test_every_recorded_score_is_in_the_table_and_those_without_a_chart_are_named(demo):
    for episode in everyone(demo):
        comparison = demo.comparisons.of(episode.id)
        report = episode_report(material(comparison, Voice.CLINICIAN, PRINTED), 2)
        recorded = {panel_name(panel) for panel in comparison.panels if panel.points}
        recorded |= {steps.series for steps in comparison.course.steps}
        assert {row.name for row in report.rows} - {""} == recorded
        assert len(report.figures) == min(2, len(recorded))
        drawn = {figure.shown.name for figure in report.figures}
        for panel in comparison.panels:
            if panel.points and panel_name(panel) not in drawn:
                assert str(panel.scale.short_title) in report.not_drawn


def test_a_row_gives_baseline_last_value_with_its_month_and_change(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED - DAY, 6)
    clinic.pain(TREATED + 61 * DAY, 3)
    report = report_of(clinic).episodes[0]
    (row,) = [row for row in report.rows if row.name]
    assert row.cells[:4] == ("NRS pain", "6", "3 (2)", "−3 (−50 %) better")
    assert row.cells[4].startswith("? · ")


def test_the_users_own_order_comes_first_and_what_was_taken_away_is_named(clinic, report_of):
    clinic.treat()
    for days in (-1, 40):
        visit = clinic.visit(TREATED + days * DAY)
        clinic.fill(visit, "nrs-pain", {"pain": 5})
        clinic.fill(visit, "scim-iii", middle_answers("scim-iii", 1))
    total, pain = "scim-iii.total|unspecified", "nrs-pain.pain|unspecified"
    others = (f"scim-iii.{part}|unspecified" for part in ("self_care", "respiration_sphincter", "mobility"))
    arrangement.save("sci", Arrangement(order=(pain, *others, total), hidden=frozenset({total})))
    report = report_of(clinic).episodes[0]
    assert report.figures[0].shown.name == pain
    assert total not in {figure.shown.name for figure in report.figures}
    assert "Total" in report.not_drawn
    assert total in {row.name for row in report.rows}


def test_a_study_drawn_is_printed_with_its_cautions_and_its_citation(clinic, report_of):
    clinic.treat()
    clinic.motor(TREATED - 2 * DAY, 40)
    clinic.motor(TREATED + 365 * DAY, 50)
    clinic.workspace.episodes.choose_cohorts(clinic.episode.id, (ALL,))
    clinic.episode = clinic.workspace.episodes.of(clinic.patient.id)[0]
    report = report_of(clinic).episodes[0]
    cautions, sources = " ".join(report.cautions), " ".join(report.sources)
    assert "uncontrolled study" in cautions
    assert "n is the number enrolled" in cautions
    assert "Others found:" in cautions
    assert "Stem Cell Res Ther 2025;16:226" in sources
    assert "asia-totals 1 (complete)" in sources
    assert "Range that would hold 95 of 100 people" in report.key
    assert report.figures[0].studies


def test_a_limit_that_is_drawn_is_cited_and_one_that_says_nothing_is_not(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED - DAY, 7)
    report = report_of(clinic).episodes[0]
    assert report.figures[0].shown.drawing.lines
    assert "Farrar et al. 2001" in " ".join(report.sources)


def test_without_a_baseline_no_limit_is_cited(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED + 30 * DAY, 7)
    assert "Farrar" not in " ".join(report_of(clinic).episodes[0].sources)


def test_without_a_study_the_report_says_so_and_names_no_band(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED, 5)
    report = report_of(clinic).episodes[0]
    assert report.cautions[0] == "No study is drawn: the course stands for itself."
    assert "95 of 100" not in report.key


def test_the_paragraph_is_for_the_patient_only(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED - DAY, 6)
    clinic.pain(TREATED + 60 * DAY, 3)
    assert report_of(clinic).episodes[0].paragraph == ""
    told = report_of(clinic, Voice.PATIENT).episodes[0].paragraph
    assert told.startswith("Treatment was on 2025-03-01 (MSC)")
    assert report_of(clinic, Voice.PATIENT, Language.ZH_CN).episodes[0].paragraph.startswith("治疗日期")


def test_the_patients_table_has_no_column_of_measurement_error(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED - DAY, 6)
    clinic.pain(TREATED + 60 * DAY, 3)
    told = report_of(clinic, Voice.PATIENT).episodes[0]
    assert told.headings == ("Score", "Baseline", "Last (month)", "Change")
    assert [len(row.cells) for row in told.rows] == [4]
    assert told.legend == ""
    assert report_of(clinic).episodes[0].headings[-1] == "Error · MCID"


def test_the_head_says_who_it_is_and_the_episode_what_was_given(clinic, report_of):
    clinic.treat(cell_source="bone marrow", route="intrathecal")
    kept = clinic.workspace.patients.get(clinic.patient.id)
    clinic.patient = clinic.workspace.patients.change(replace(kept, birth_date=PartialDate(1980, 4)))
    clinic.pain(TREATED, 6)
    layout = report_of(clinic)
    assert layout.head.name == "王磊  Wang Lei"
    assert layout.head.person == "No. P-1 · born 1980-04 (46 years) · sex not recorded"
    assert not layout.head.synthetic
    assert "schema" in layout.head.made_with
    assert layout.head.made_with.endswith("A4")
    (line,) = layout.episodes[0].treatments
    assert line == "◆ MSC 50 million cells · bone marrow · intrathecal · 2025-03-01 · 16 months ago"
    assert "1 visit: 2025-03-01" in layout.episodes[0].facts


def test_events_stand_with_grade_and_relation_the_gravest_first_and_the_rest_is_counted(clinic, report_of):
    clinic.treat()
    for place in range(10):
        clinic.workspace.events.add(
            AdverseEvent(
                id=new_key(),
                patient_id=clinic.patient.id,
                date=TREATED + place * DAY,
                term=f"event {place}",
                grade=3 if place == 9 else 1,
                relatedness=Relatedness.POSSIBLE,
            )
        )
    report = report_of(clinic).episodes[0]
    assert report.events[0] == "2025-03-10 · event 9 · grade 3 severe · possibly related"
    assert len(report.events) == 9
    assert report.events[-1] == "2 further events, of grade 1 or less, are in the file."


def test_that_no_event_is_recorded_is_said_and_is_no_proof(clinic, report_of):
    clinic.treat()
    assert report_of(clinic).episodes[0].events == (
        "No adverse event is recorded. This is no proof that there was none.",
    )


@pytest.mark.parametrize("language", list(Language))
def test_a_file_with_nothing_in_it_is_told_in_words(clinic, report_of, language):
    report = report_of(clinic, language=language).episodes[0]
    assert report.rows == ()
    assert report.figures == ()
    with speaking(language):
        assert (
            report.treatments[0]
            == {
                Language.EN: "No treatment is recorded.",
                Language.ZH_CN: "无治疗记录。",
            }[language]
        )
    assert report.facts


def test_no_baseline_and_a_score_that_could_not_be_computed_are_said(clinic, report_of):
    clinic.treat()
    clinic.pain(TREATED + 30 * DAY, 5)
    clinic.fill(clinic.visit(TREATED + 60 * DAY), "vas-pain", {}, missing=["pain"])
    report = report_of(clinic).episodes[0]
    cells = {row.name: row.cells for row in report.rows}
    assert cells["nrs-pain.pain|unspecified"][1:4] == ("–", "5 (1)", "no baseline")
    assert cells["vas-pain.pain|unspecified"][2] == "no score"
    assert report.figures[-1].shown.name == "vas-pain.pain|unspecified"
