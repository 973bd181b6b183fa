"""One catalogue of words for window, command line and sentences (gettext).

Layers below ui and cli return a :class:`Message` (an English source text with named fields, plus values);
ui and cli render it with :func:`say`. Text that belongs to the program is written ``tr("...")`` or
``msg("...")`` so that Babel finds it; text of scales, studies and conditions is a :class:`Text` from their files.
"""

import gettext
from collections.abc import Mapping
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
        return self.zh_CN if _speaking.language is Language.ZH_CN else self.en


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be said later: English source text (the catalogue's key) and the values of its fields."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self)


class _Speaking:
    """The language in use, for the whole process."""

    def __init__(self) -> None:
        self.language = Language.EN
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_speaking = _Speaking()


def use_language(language: Language | str) -> None:
    """Speak *language* from now on; raises ValueError for one the program does not have."""
    chosen = Language(language)
    if chosen is Language.EN:
        _speaking.catalogue = gettext.NullTranslations()
    else:
        _speaking.catalogue = gettext.translation("tracker", resource("locale"), [chosen.value])
    _speaking.language = chosen


def current_language() -> Language:
    """Return the language in use."""
    return _speaking.language


def msg(text: str, /, **values: object) -> Message:
    """Return a message to be rendered by the ui or the command line."""
    return Message(text, values)


def tr(text: str, /, **values: object) -> str:
    """Translate *text* now and fill its ``{fields}``."""
    translated = _speaking.catalogue.gettext(text)
    return translated.format(**values) if values else translated


def ntr(singular: str, plural: str, count: int, /, **values: object) -> str:
    """Translate a counted text now; ``{count}`` is filled too."""
    return _speaking.catalogue.ngettext(singular, plural, count).format(count=count, **values)


def say(message: Message) -> str:
    """Render *message* in the language in use; values that are messages or texts are rendered too."""
    return tr(message.text, **message.values)
