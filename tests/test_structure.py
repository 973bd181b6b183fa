"""The house's own rules: ceilings for modules and functions, one door for data paths, docstrings of rooms."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for path in (ROOT / "tracker").rglob("*.py") if "versions" not in path.parts)
MODULE_LINES, FUNCTION_LINES = 300, 50


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_and_its_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < FUNCTION_LINES, f"{name(path)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=name)
def test_a_room_says_what_it_is_for_and_imports_no_library(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


def test_only_data_py_builds_a_path_to_the_data_folders():
    users = [name(path) for path in SOURCES if path.name != "data.py" and '"_data"' in path.read_text(encoding="utf-8")]
    assert users == []


def test_the_top_level_holds_what_it_should():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {"seeds", "tracker", "resources", "tests"} <= folders
