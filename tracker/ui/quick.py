"""A start without detours: what Qt for Python does at every import, and need not do for this program."""

import sys
from types import ModuleType

QT_USERS = ("tracker.ui", "pyqtgraph")


def spare_the_sources() -> None:
    """Let Qt for Python know which modules use it, instead of reading the source of each one that is imported.

    It reads them for the sake of its optional features (snake_case, true_property), which nothing here asks for;
    before the first paint that takes 8 ms of 200. Where a version of it works otherwise, nothing is changed.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _uses_qt  # type: ignore[union-attr]  # noqa: SLF001 - there is no public way


def _uses_qt(module: ModuleType) -> bool:
    return module.__name__.startswith(QT_USERS)
