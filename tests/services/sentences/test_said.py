"""Every sentence, whole, in both languages: ``said.toml`` was read by a person and holds all that each course says."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.services.sentences.cases import CASES, every_score
from tests.services.sentences.making import texts
from tracker.core.messages import Language, Message, say, use_language
from tracker.services import sentences
from tracker.services.sentences.clinician import clinician
from tracker.services.sentences.paragraph import paragraph
from tracker.services.sentences.patient import patient
from tracker.services.sentences.quantities import quantity_of

EXPECTED = tomllib.loads(Path(__file__).with_name("said.toml").read_text(encoding="utf-8"))
VOICES = {
    "clinician": lambda comparison: clinician(comparison.panels[0], comparison),
    "patient": lambda comparison: patient(comparison.panels[0], comparison),
    "paragraph": paragraph,
}


def templates():
    """The source texts written out in the package."""
    folder = Path(sentences.__file__).parent
    return {
        call.args[0].value
        for module in folder.glob("*.py")
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "msg"
    }


def test_every_course_has_its_sentences_written_down():
    assert set(EXPECTED) == set(CASES)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("case", CASES)
def test_a_course_is_told_in_these_sentences_and_no_others(case, voice, language):
    comparison = CASES[case]()
    use_language(language)
    assert [say(message) for message in VOICES[voice](comparison)] == EXPECTED[case][voice][language]


def test_every_template_is_said_in_some_course():
    said = {
        text
        for comparison in (*(make() for make in CASES.values()), *every_score())
        for panel in comparison.panels
        for message in (*clinician(panel, comparison), *patient(panel, comparison), *paragraph(comparison))
        for text in texts(message)
    }
    assert templates() - said == set(), "a text that no course says is a text that no test reads"


def test_every_score_with_a_chart_has_words_of_its_own():
    for comparison in every_score():
        (panel,) = comparison.panels
        words = quantity_of(panel)
        assert isinstance(words.noun, Message), panel.series
        assert words.better.text not in {words.worse.text, "Better"}, panel.series
