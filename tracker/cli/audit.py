"""``audit``: every entry of the audit, oldest first, as text or as a JSON array with an entry a line."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tracker.cli.main import DONE
from tracker.core.messages import tr
from tracker.core.places import read_place

if TYPE_CHECKING:
    from tracker.services.audit_document import LoggedEntry

HELP = tr("list the audit: who did what and when, with the values before and after")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--db", metavar="FILE", required=True, help=tr("the file to read"))
    parser.add_argument("--patient", metavar="P", help=tr("only the patient with this number or id"))
    parser.add_argument("--json", action="store_true", help=tr("write JSON: an array, an entry a line"))


def run(arguments: argparse.Namespace) -> int:
    """Write the entries to stdout as they are read."""
    from tracker.services.audit_document import document, open_entries

    with open_entries(read_place(arguments.db), arguments.patient) as found:
        if not arguments.json:
            sys.stdout.writelines(f"{line_of(entry)}\n" for entry in found)
            return DONE
        between = "[\n"
        for entry in found:
            sys.stdout.write(between + json.dumps(document(entry), ensure_ascii=False))
            between = ",\n"
        sys.stdout.write("[]\n" if between == "[\n" else "\n]\n")
    return DONE


def line_of(entry: "LoggedEntry") -> str:
    """Return an entry as one line of text."""
    from tracker.services.audit_document import changed

    about = " ".join(str(part) for part in (entry.entity, entry.entity_id) if part)
    head = "  ".join(str(part) for part in (entry.sequence, entry.at, entry.actor, entry.action, about) if part)
    values = (f"{name}: {_value(was)} -> {_value(now)}" for name, was, now in changed(entry))
    return "  ".join((head, "; ".join(values))).rstrip()


def _value(value: object) -> str:
    return "-" if value is None else json.dumps(value, ensure_ascii=False)
