"""The help: one page of keys and how things work, in the language in use; and the page about the program."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from tracker import __version__
from tracker.core.messages import current_language, tr
from tracker.data import resource
from tracker.ui import theme
from tracker.ui.widgets import button, column, row


def help_text() -> str:
    """Return the help in the language in use, as Markdown."""
    return resource("help", f"{current_language().value}.md").read_text(encoding="utf-8")


def about_text() -> str:
    """Return what the program is and on what it stands, as Markdown."""
    import platform

    import PySide6

    return tr(
        "# Outcome tracker {version}\n\nOutcome scores of regenerative medicine over visits, read against what the "
        "published studies reported. It draws no forecast, gives no advice and no dose.\n\nMIT licence. Python "
        "{python}, Qt for Python {qt} (LGPL), pyqtgraph, SQLAlchemy, SQLCipher. The font of reports is cut down from "
        "Noto Sans CJK SC (SIL Open Font License 1.1).",
        version=__version__,
        python=platform.python_version(),
        qt=PySide6.__version__,
    )


def hazards_text() -> str:
    """Return the hazard log in the language in use, as Markdown: each hazard, its rule and the tests that hold it."""
    import tomllib

    language = current_language().value
    found = tomllib.loads(resource("hazards.toml").read_text(encoding="utf-8"))["hazards"]
    parts = [
        tr(
            "# What could go wrong, and what stands against it\n\nEach hazard with the rule that stands against it and "
            "the tests of the program that hold the rule."
        )
    ]
    for hazard in found:
        tests = "  \n".join(f"`{name}`" for name in hazard["tests"])
        parts.append(f"## {hazard['hazard'][language]}\n\n{hazard['rule'][language]}\n\n{tests}")
    return "\n\n".join(parts)


def _air(document: QTextDocument) -> None:
    """Put room above headings; Markdown has no style of its own."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1:
            form = block.blockFormat()
            form.setTopMargin(20)
            QTextCursor(block).setBlockFormat(form)
        block = block.next()


class HelpPage(QWidget):
    """Shows Markdown; ``closed`` when it is left."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        self.browser.setAccessibleName(tr("Help"))
        self.browser.document().setDocumentMargin(22)
        self.browser.document().setDefaultFont(theme.scaled(self.font(), 1.04))
        layout = column(spacing=8, margins=(24, 14, 24, 14))
        layout.addLayout(row(button(tr("Back"), self.closed.emit, hint="Esc")))
        self.browser.setMaximumWidth(980)
        layout.addWidget(self.browser, 1)
        self.setLayout(layout)

    def show_text(self, markdown: str) -> None:
        """Show *markdown* from its top."""
        self.browser.setMarkdown(markdown)
        _air(self.browser.document())
        self.browser.setFocus()

    def _follow(self, address: QUrl) -> None:
        if address.isRelative():
            self.browser.scrollToAnchor(address.fragment())
        else:
            QDesktopServices.openUrl(address)
