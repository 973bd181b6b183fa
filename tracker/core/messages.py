"""One catalogue of words for window, command line and sentences (gettext).

Layers below ui and cli return a :class:`Message` (an English source text with named fields, plus values);
ui and cli render it with :func:`say`. Text that belongs to the program is written ``tr("...")`` or
``msg("...")`` so that Babel finds it; text of scales, studies and conditions is a :class:`Text` from their files.
"""

import gettext
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.data import resource


class Language(StrEnum):
    """The languages the program speaks."""

    EN = "en"
    ZH_CN = "zh_CN"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a data file gives in both languages; ``str()`` gives the one in use."""

    en: str
    zh_CN: str  # noqa: N815 - the language's own code, as in the files

    def __str__(self) -> str:
        return self.zh_CN if current_language() is Language.ZH_CN else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said later: English source text (the catalogue's key) and the values of its fields."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self)


class _Speaking:
    """A language in use and its catalogue."""

    def __init__(self, language: Language = Language.EN) -> None:
        self.language = language
        self.catalogue: gettext.NullTranslations = _catalogue(language)


class _Apart(threading.local):
    """What a thread speaks for a while, apart from the process."""

    speaking: _Speaking | None = None


def _catalogue(language: Language) -> gettext.NullTranslations:
    if language is Language.EN:
        return gettext.NullTranslations()
    return gettext.translation("tracker", resource("locale"), [language.value])


_speaking = _Speaking()
_apart = _Apart()


def use_language(language: Language | str) -> None:
    """Speak *language* from now on; raises ValueError for one the program does not have."""
    chosen = Language(language)
    _speaking.catalogue = _catalogue(chosen)
    _speaking.language = chosen


@contextmanager
def speaking(language: Language | str) -> Iterator[None]:
    """Speak *language* inside the block and in this thread only: a report may be in another one than the window."""
    before = _apart.speaking
    _apart.speaking = _Speaking(Language(language))
    try:
        yield
    finally:
        _apart.speaking = before


def current_language() -> Language:
    """Return the language in use."""
    return (_apart.speaking or _speaking).language


def msg(text: str, /, **values: object) -> Message:
    """Return a message to be rendered by the ui or the command line."""
    return Message(text, values)


def tr(text: str, /, **values: object) -> str:
    """Translate *text* now and fill its ``{fields}``."""
    translated = (_apart.speaking or _speaking).catalogue.gettext(text)
    return translated.format(**values) if values else translated


def ntr(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Translate a counted text now; ``{count}`` is filled too."""
    return (_apart.speaking or _speaking).catalogue.ngettext(singular, plural, count).format(count=count, **values)


def say(message: Message) -> str:
    """Render *message* in the language in use; values that are messages or texts are rendered too."""
    return tr(message.text, **message.values)
