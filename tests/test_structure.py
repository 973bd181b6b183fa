"""The house's own rules: ceilings for modules and functions, one door for data paths, docstrings of rooms."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import tracker.services
from tracker.services.rights import FUNCTIONS, VERBS, rules, verbs_of

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


def modules_of_services():
    for found in pkgutil.iter_modules(tracker.services.__path__):
        yield found.name, importlib.import_module(f"tracker.services.{found.name}")


def functions_on_files():
    """The public functions of the services that are given a file, by its path or opened."""
    for name, module in modules_of_services():
        for verb, function in inspect.getmembers(module, inspect.isfunction):
            kinds = [str(one.annotation) for one in inspect.signature(function).parameters.values()]
            on_a_file = any(word in kind for kind in kinds for word in ("Path", "Place", "Store", "Workspace"))
            if function.__module__ == module.__name__ and not verb.startswith("_") and on_a_file:
                yield name, verb


def verbs_of_services():
    """The public methods of the classes that a workspace serves."""
    for _, module in modules_of_services():
        for name, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == module.__name__ and name in VERBS:
                yield from ((name, verb) for verb in verbs_of(found))


@pytest.mark.parametrize(("table", "there"), [(VERBS, verbs_of_services), (FUNCTIONS, functions_on_files)])
def test_every_verb_of_the_services_says_in_rights_py_which_right_it_asks_for(table, there):
    ruled = [(owner, verb) for owner, verb, _ in rules(table)]
    assert set(ruled) == set(there())
    assert len(set(ruled)) == len(ruled)


def test_the_top_level_holds_what_it_should():
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {"seeds", "tracker", "resources", "tests"} <= folders
