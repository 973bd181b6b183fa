"""Each hazard of the log names tests that are there, and is told in both languages."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tracker.core.messages import Language, use_language
from tracker.data import resource
from tracker.ui.help_page import hazards_text

TESTS = Path(__file__).parent
HAZARDS = tomllib.loads(resource("hazards.toml").read_text(encoding="utf-8"))["hazards"]


def functions(path):
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_the_tests_of_a_hazard_are_there(hazard):
    assert hazard["tests"]
    for name in hazard["tests"]:
        file, _, function = name.partition("::")
        assert function in functions(TESTS / file), name


def test_a_hazard_is_named_once():
    names = [hazard["id"] for hazard in HAZARDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", Language)
def test_every_hazard_is_told(language):
    use_language(language)
    told = hazards_text()
    for hazard in HAZARDS:
        assert hazard["hazard"][language.value] in told
        assert hazard["rule"][language.value] in told
        assert hazard["tests"][0] in told


def test_every_test_that_the_architecture_names_is_there():
    text = (TESTS.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(?:[\w/]*/)?(test_\w+\.py)`", text))
    assert len(named) > 10
    assert named <= {path.name for path in TESTS.rglob("test_*.py")}
