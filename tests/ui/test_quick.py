"""No source is read at an import once Qt for Python knows which modules use it."""

import importlib
import inspect
import sys

import pytest
from PySide6 import QtCore

from tracker.ui.quick import spare_the_sources


@pytest.fixture
def feature():
    assert QtCore
    found = sys.modules["shibokensupport.feature"]
    before = found._mod_uses_pyside
    yield found
    found._mod_uses_pyside = before


def test_an_import_reads_no_source(feature, tmp_path, monkeypatch):
    (tmp_path / "quick_probe.py").write_text("NAME = 'PySide6'\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    read = []
    monkeypatch.setattr(inspect, "getsource", lambda module: read.append(module) or "")
    spare_the_sources()
    assert importlib.import_module("quick_probe").NAME == "PySide6"
    assert read == []
    sys.modules.pop("quick_probe")


def test_another_version_of_qt_for_python_is_left_alone(monkeypatch):
    monkeypatch.setitem(sys.modules, "shibokensupport.feature", None)
    spare_the_sources()
