"""What the menu, the keys and the top bar do: one method a deed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from tracker.core.messages import Language, current_language, tr, use_language
from tracker.core.places import ServerAddress
from tracker.ui import navigation, settings, theme
from tracker.ui.deeds import CHART_DEEDS
from tracker.ui.history_commands import HistoryCommands
from tracker.ui.record_commands import RecordCommands

if TYPE_CHECKING:
    from tracker.ui.export_page import ExportPage
    from tracker.ui.keys.conversions import Conversions
    from tracker.ui.window import MainWindow

FILES = "Outcome tracker (*.db)"


def ask_file_to_open(parent: QWidget, folder: str) -> str:
    """Ask for a file; empty if none was chosen. Tests replace this."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getOpenFileName(parent, tr("Open a file"), folder, FILES)[0]


def ask_file_to_make(parent: QWidget, folder: str) -> str:
    """Ask for the name of a new file; empty if none was given. Tests replace this."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getSaveFileName(parent, tr("New clinic file"), folder, FILES)[0]


class Commands:
    """The window's verbs."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.records = RecordCommands(window)
        self.looking_back = HistoryCommands(window)
        self._export: ExportPage | None = None
        self._conversions: Conversions | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each deed does, by its name."""
        window = self._window
        own = (
            "open_demo new_file open_file open_server export report lock switch_user settings library language theme "
            "help hazards about"
        )
        return {
            **self.records.handlers(),
            **self.looking_back.handlers(),
            **{name: getattr(self, name) for name in own.split()},
            **{deed.name: partial(self._on_chart, deed.name) for deed in CHART_DEEDS},
            "quit": window.close,
            "backups": window.safekeeping.show_page,
        }

    def open_demo(self) -> None:
        """Open the demo file, made if it is not there."""
        path = settings.demo_file()
        if path.exists():
            self._window.open_file(path)
        else:
            self._window.close_file()
            self._window.middle.welcome.set_busy(tr("Making the demo: 120 synthetic patients..."))
            self._window.opener.make_demo(path, self._window.kept.actor)

    def start_clinic_file(self) -> None:
        """Set up the clinic's own file in the data folder (or open it, where it is there)."""
        path = settings.default_file()
        if path.exists():
            self._window.open_file(path)
        else:
            self.conversions.new_file(path)

    @property
    def conversions(self) -> "Conversions":
        """What sets up the keys of a file, made when it is first wanted."""
        from tracker.ui.keys.conversions import Conversions

        if self._conversions is None:
            self._conversions = Conversions(self._window)
        return self._conversions

    def switch_user(self) -> None:
        """Cover the window and ask who works here next."""
        self._window.locks.lock()

    def lock(self) -> None:
        """Lock the file now."""
        self._window.locks.lock()

    def new_file(self) -> None:
        """Ask for a name and make a clinic file."""
        folder = settings.data_folder()
        folder.mkdir(parents=True, exist_ok=True)
        chosen = ask_file_to_make(self._window, str(folder / "clinic.db"))
        if not chosen:
            return
        path = Path(chosen)
        if path.exists():
            self._window.notice.warn(tr("{path} is there already: give another name, or open it", path=chosen))
        else:
            self.conversions.new_file(path)

    def open_file(self) -> None:
        """Ask for a file and open it."""
        chosen = ask_file_to_open(self._window, str(settings.data_folder()))
        if chosen:
            self._window.open_file(Path(chosen))

    def open_server(self, address: str = "", trouble: str = "") -> None:
        """Ask for a server, with what stood in the way of the last one."""
        from tracker.ui.server_page import ServerPage

        page = ServerPage(address, trouble)
        page.connect_wanted.connect(self._reach)
        page.closed.connect(self._window.middle.back)
        self._window.middle.show_page(navigation.SERVER, page)
        page.start()

    def reach_soon(self, address: ServerAddress) -> None:
        """Say which server is being reached; the connection is made beside the window."""
        self._window.close_file()
        self._window.opener.path = address
        self._window.middle.welcome.set_busy(tr("Connecting to {address}...", address=address.name))

    def _reach(self, address: ServerAddress) -> None:
        if self._window.middle.put_away():
            self.reach_soon(address)
            self._window.opener.open(address, actor=self._window.kept.actor)

    def export(self) -> None:
        """Show the export page."""
        from tracker.ui.export_page import ExportPage

        window = self._window
        if window.workspace is None:
            return
        shown = window.middle.patient.patient if window.middle.patient else None
        patient = (shown.id, shown.name) if shown else None
        page = ExportPage(window.workspace.place, window.jobs, window.kept.export_folder, patient)
        page.closed.connect(window.middle.back)
        page.folder_chosen.connect(lambda folder: self._remember(export_folder=folder))
        self._export = page
        window.middle.show_page(navigation.EXPORT, page)
        page.start()

    def report(self) -> None:
        """Show the report of the patient as it would be printed; where it is shown already, print it."""
        from tracker.ui.report.preview_page import ReportPreview

        window, shown = self._window, self._window.middle.patient
        page = window.middle.currentWidget()
        if isinstance(page, ReportPreview):
            page.print()
            return
        if window.workspace is None or shown is None or shown.patient is None or shown.episode is None:
            return
        if not window.middle.put_away():
            return
        episodes = window.workspace.episodes.of(shown.patient.id)
        page = ReportPreview(window.workspace, shown.patient, episodes, shown.episode.id)
        page.closed.connect(window.middle.back)
        window.middle.show_page(navigation.PRINTED, page)
        page.start()

    def _on_chart(self, name: str) -> None:
        """Do something with the chart of the episode shown."""
        from tracker.ui.chart_commands import do

        do(self._window, name)

    def stop_export(self) -> None:
        """Stop an export or a check that is running."""
        from shiboken6 import isValid

        self.looking_back.stop()
        if self._export is not None and isValid(self._export):
            self._export.cancel()

    def settings(self) -> None:
        """Show the settings."""
        from tracker.ui.people.people_panel import add_people
        from tracker.ui.settings_page import SettingsPage

        window = self._window
        page = SettingsPage(window.workspace, window.kept.actor, window.kept.theme)
        page.add_security(self.conversions.panel())
        add_people(page, window)
        page.closed.connect(window.middle.back)
        page.actor_changed.connect(self._set_actor)
        page.language_chosen.connect(self.speak)
        page.theme_chosen.connect(self.put_on)
        page.rescored.connect(self._rescored)
        window.middle.show_page(navigation.SETTINGS, page)
        page.form.start()

    def library(self) -> None:
        """Show the studies."""
        self._window.middle.open_library()

    def language(self) -> None:
        """Speak the other language."""
        self.speak(Language.EN if current_language() is Language.ZH_CN else Language.ZH_CN)

    def speak(self, language: str) -> None:
        """Speak *language* from now on, in every page at once."""
        from tracker.ui.qt_words import translate_qt

        use_language(language)
        translate_qt()
        self._remember(language=str(Language(language)))
        self._rebuild()

    def theme(self) -> None:
        """Put on the other theme."""
        self.put_on(theme.LIGHT if theme.current().dark else theme.DARK)

    def put_on(self, choice: str) -> None:
        """Put on a theme (or follow the system)."""
        self._remember(theme=choice)
        self.follow_system()

    def follow_system(self) -> None:
        """Put on the theme that the choice and the system ask for, if it is another one."""
        before = theme.current().name
        application = QApplication.instance()
        if isinstance(application, QApplication) and theme.apply(application, self._window.kept.theme).name != before:
            self._rebuild()

    def help(self) -> None:
        """Show the help."""
        from tracker.ui.help_page import help_text

        self._show_text(help_text())

    def hazards(self) -> None:
        """Show what could go wrong and what stands against it."""
        from tracker.ui.help_page import hazards_text

        self._show_text(hazards_text())

    def about(self) -> None:
        """Show what the program is."""
        from tracker.ui.help_page import about_text

        self._show_text(about_text())

    def show_report(self, report: str) -> None:
        """Show the report of a bug."""
        from tracker.ui.report_page import ReportPage

        page = ReportPage()
        page.show_report(report)
        page.closed.connect(self._window.middle.back)
        self._window.middle.show_page(navigation.REPORT, page)

    def _show_text(self, markdown: str) -> None:
        from tracker.ui.help_page import HelpPage

        page = HelpPage()
        page.closed.connect(self._window.middle.back)
        self._window.middle.show_page(navigation.HELP, page)
        page.show_text(markdown)

    def _rebuild(self) -> None:
        in_settings = self._window.middle.page == navigation.SETTINGS
        self._window.rebuild()
        if in_settings:
            self.settings()

    def _set_actor(self, name: str) -> None:
        self._remember(actor=name)
        if self._window.workspace is not None and name:
            self._window.workspace.sign_as(name)

    def _rescored(self) -> None:
        self._window.middle.reload()

    def _remember(self, **changes: str) -> None:
        self._window.kept = settings.save(self._window.kept, **changes)
