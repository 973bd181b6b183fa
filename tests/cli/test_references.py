"""``references`` lists the studies for people, and with ``--json`` for scripts."""

import argparse
import json

import pytest

from tracker.cli import references
from tracker.core import messages
from tracker.core.messages import Language


@pytest.fixture
def written(capsys):
    def _written(*arguments):
        parser = argparse.ArgumentParser()
        references.add_arguments(parser)
        assert references.run(parser.parse_args(arguments)) == 0
        return capsys.readouterr().out

    return _written


def test_json_holds_the_whole_library(written):
    studies = json.loads(written("--json"))
    assert len(studies) == 15
    first = studies[0]
    assert first["id"] == "akhlaghpasand-2025"
    assert [cohort["id"] for cohort in first["cohorts"]] == ["all", "cervical", "thoracolumbar", "subacute", "chronic"]
    total = {
        cohort["id"]: [
            (p["months"], p["value"], p["spread"], p["n"]) for p in cohort["points"] if p["score"] == "total"
        ]
        for cohort in first["cohorts"]
    }
    assert total["all"] == [(0, 40.3, 16.3, 106), (12, 47.2, 17.1, 106)]
    assert total["cervical"] == [(0, 25.1, 16.2, 28), (12, 29.1, 15.1, 28)]
    assert total["thoracolumbar"] == [(0, 45.8, 12.5, 74), (12, 53.8, 12.4, 74)]
    assert total["subacute"] == [(0, 37.2, 15.4, 29), (12, 48.1, 17.2, 29)]
    assert total["chronic"] == [(0, 41.6, 16.6, 77), (12, 46.8, 17.1, 77)]


def test_the_listing_shows_design_people_cohorts_points_and_doubts(written):
    text = written()
    assert "Akhlaghpasand 2025 [akhlaghpasand-2025]" in text
    assert "Uncontrolled case series" in text
    assert "SCIM-III total · month 12 · 47.2 ± 17.1 (SD) · n 106 · p <0.001 · [band;" in text
    assert "headache: 34 (denominator unclear: 48 or 106)" in text
    assert "doubt N-MISMATCH: Subgroup size unclear" in text
    assert "against it: RESTORE (n = 288)" in text


@pytest.mark.parametrize(
    "line",
    [
        "SCIM-III self-care · month 12 · change +2.5 · n 106",
        "Change of EDSS · month 3 · change −0.29 ± 0.3 (UNCLEAR)",
        "WOMAC overall · month 0 · median 37 (IQR 32-42)",
        "Modified SANE, patient-rated improvement · month 36 · 60 % · n not seen at 36 mo",
        "over follow-up · study month 10 (about 9 months after the first dose) · 9 of 10 · n 10",
        "VAS pain · month 0 · 18.37 · n not given per outcome",
        "n not applicable",
        "n not seen",
        "any adverse event: not seen",
        "headache, transient low fever, back pain: not reported",
    ],
)
def test_each_kind_of_value_is_written_as_what_it_is(written, line):
    assert line in written()


@pytest.fixture
def chinese(monkeypatch):
    """Speak Chinese as far as the studies' own texts go; the catalogue of words plays no part here."""
    monkeypatch.setattr(messages._speaking, "language", Language.ZH_CN)


def test_the_texts_of_the_studies_follow_the_language_in_use(written, chinese):
    text = written()
    assert "无对照病例系列" in text
    assert "Uncontrolled case series" not in text


def test_the_data_do_not_depend_on_the_language(written, chinese, monkeypatch):
    spoken = written("--json")
    monkeypatch.setattr(messages._speaking, "language", Language.EN)
    assert written("--json") == spoken
