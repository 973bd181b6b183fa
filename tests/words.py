"""The catalogue's tool: ``python tests/words.py update`` extracts and compiles, ``check`` fails on any gap."""

import ast
import gettext
import io
import re
import string
import sys
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources/locale/zh_CN/LC_MESSAGES/tracker.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"tr": None, "msg": None, "ntr": (1, 2)}
SAYS_LATER = "core/messages.py"
"""Renders the messages that others wrote; the only module that may translate what is not written out."""
ACCESS_KEY = re.compile(r"&(\w)")


def extracted() -> Catalog:
    """Return a template of every text in the program."""
    template = Catalog(charset="utf-8")
    found = extract_from_dir(ROOT / "tracker", [("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in found:
        template.add(message)
    return template


def kept() -> Catalog:
    """Return the catalogue as committed."""
    if not PO.is_file():
        return Catalog(locale="zh_CN", charset="utf-8")
    with PO.open("rb") as source:
        return read_po(source, locale="zh_CN")


def compiled(catalogue: Catalog) -> bytes:
    """Return the bytes of the compiled catalogue."""
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def said(content: bytes) -> dict[Any, str]:
    """Return every translation of a compiled catalogue; its header names the version of Babel that wrote it."""
    found = dict(gettext.GNUTranslations(io.BytesIO(content))._catalog)
    found.pop("", None)
    return found


def fields(text: str) -> set[str]:
    """Return the names of the ``{fields}`` of a text."""
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def unreadable(source: str) -> list[int]:
    """Return the lines of a module on which a text is not written out, so that no catalogue can hold it."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        for argument in call.args[: 2 if call.func.id == "ntr" else 1]
        if not isinstance(argument, ast.Constant)
    ]


def access_keys(text: str) -> int:
    """Return how many access keys (``&File``) a text marks."""
    return len(ACCESS_KEY.findall(text.replace("&&", "")))


def problems() -> list[str]:
    """Return what is wrong with the catalogue, a line each."""
    catalogue, template = kept(), extracted()
    lines = [
        f"{module.relative_to(ROOT)}:{line}: this text is not written out and cannot be translated"
        for module in sorted((ROOT / "tracker").rglob("*.py"))
        if not module.as_posix().endswith(SAYS_LATER)
        for line in unreadable(module.read_text(encoding="utf-8"))
    ]
    for message in template:
        if not message.id:
            continue
        own = catalogue.get(message.id)
        source = message.id if isinstance(message.id, str) else message.id[1]
        if own is None or own.fuzzy or not own.string or not all(own.string if isinstance(own.string, tuple) else [1]):
            lines.append(f"not translated: {source!r}")
            continue
        target = own.string if isinstance(own.string, str) else own.string[0]
        if fields(source) != fields(target):
            lines.append(f"fields differ: {source!r} -> {target!r}")
        if access_keys(source) != access_keys(target):
            lines.append(f"access keys differ: {source!r} -> {target!r}")
    lines += [
        f"no longer in the program: {message.id!r}"
        for message in catalogue
        if message.id and template.get(message.id) is None
    ]
    if not MO.is_file() or said(MO.read_bytes()) != said(compiled(catalogue)):
        lines.append("tracker.mo is not what tracker.po compiles to: run `python tests/words.py update`")
    return lines


def update() -> None:
    """Bring the catalogue in step with the program, keep the translations there are, and compile."""
    catalogue, fresh = kept(), Catalog(locale="zh_CN", project="outcome-tracker", charset="utf-8")
    fresh.header_comment = "# Simplified Chinese words of the outcome tracker."
    fresh.fuzzy, fresh.version = False, "1"
    fresh.msgid_bugs_address = fresh.last_translator = fresh.language_team = ""
    fresh.creation_date = fresh.revision_date = catalogue.creation_date if PO.is_file() else fresh.creation_date
    for message in sorted(extracted(), key=lambda entry: str(entry.id)):
        if message.id:
            own = catalogue.get(message.id)
            fresh.add(message.id, own.string if own is not None else "")
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as target:
        write_po(target, fresh, width=100, omit_header=False)
    MO.write_bytes(compiled(kept()))


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    found = problems()
    sys.stdout.write("".join(f"{line}\n" for line in found) or "the catalogue is complete\n")
    sys.exit(1 if found and sys.argv[1:] == ["check"] else 0)
