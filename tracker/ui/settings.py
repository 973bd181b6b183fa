"""What the program remembers between starts on this computer; the only module that uses QSettings.

Nothing of a patient is kept here.
"""

from dataclasses import dataclass, fields, replace
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QStandardPaths

from tracker import APPLICATION
from tracker.core.messages import Language


def _folder(place: QStandardPaths.StandardLocation) -> Path:
    # Qt is there at the start and says it at once; platformdirs, which the command line asks, takes 5 ms to load.
    return Path(QStandardPaths.writableLocation(place)) / APPLICATION


def data_folder() -> Path:
    """Return the folder of the clinic's files; it may not exist yet."""
    return _folder(QStandardPaths.StandardLocation.GenericDataLocation)


def default_file() -> Path:
    """Return the clinic file that opens when none is named."""
    return data_folder() / "clinic.db"


def demo_file() -> Path:
    """Return the demo file."""
    return data_folder() / "demo.db"


def log_folder() -> Path:
    """Return the folder of the log."""
    from platformdirs import user_log_path

    return user_log_path(APPLICATION, appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The remembered choices; every field is a text, the empty one means not chosen."""

    language: str = ""
    theme: str = "system"
    actor: str = ""
    """Who enters, written into the audit."""
    last_file: str = ""
    geometry: str = ""
    """Window's place as hexadecimal."""
    export_folder: str = ""
    lock_after: str = "10"
    """Minutes without a sign of life after which an encrypted file is locked; 0: never."""

    def spoken(self) -> Language:
        """Return the language to speak: the one chosen, else the system's if the program has it, else English."""
        if self.language in [language.value for language in Language]:
            return Language(self.language)
        return Language.ZH_CN if QLocale.system().language() == QLocale.Language.Chinese else Language.EN


def _file() -> QSettings:
    return QSettings(
        str(_folder(QStandardPaths.StandardLocation.GenericConfigLocation) / "settings.ini"), QSettings.Format.IniFormat
    )


def load() -> Settings:
    """Return what is remembered."""
    kept = _file()
    return Settings(**{field.name: str(kept.value(field.name, field.default)) for field in fields(Settings)})


def save(settings: Settings, **changes: str) -> Settings:
    """Remember *settings* with *changes*; returns them."""
    changed = replace(settings, **changes)
    kept = _file()
    for field in fields(Settings):
        kept.setValue(field.name, getattr(changed, field.name))
    kept.sync()
    return changed


def remembered(group: str, name: str) -> str:
    """Return what is remembered under *name* in a group of its own; empty if nothing is."""
    return str(_file().value(f"{group}/{name}", ""))


def remember(group: str, name: str, value: str) -> None:
    """Remember *value* under *name* in a group of its own; the empty text forgets it."""
    kept = _file()
    if value:
        kept.setValue(f"{group}/{name}", value)
    else:
        kept.remove(f"{group}/{name}")
    kept.sync()


def opened(settings: Settings, place: str, *, again: bool) -> Settings:
    """Remember which file was opened; *again*: the next start opens it."""
    return save(settings, last_file=place) if again else settings
