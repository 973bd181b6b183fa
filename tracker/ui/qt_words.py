"""Qt's own words (buttons of file dialogs and menus of fields) in the language in use."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from tracker.core.messages import Language, current_language


class _InUse:
    """The translator installed, for the whole process."""

    translator: QTranslator | None = None


def translate_qt() -> None:
    """Let Qt speak the language in use; its own words are English to begin with."""
    if _InUse.translator is not None:
        QCoreApplication.removeTranslator(_InUse.translator)
        _InUse.translator = None
    if current_language() is Language.EN:
        return
    translator = QTranslator(QCoreApplication.instance())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{current_language().value}", folder):
        QCoreApplication.installTranslator(translator)
        _InUse.translator = translator
