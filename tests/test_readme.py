"""README names every command and every column of the export, as they are."""

import re
from pathlib import Path

import pytest

from tracker.cli.main import COMMANDS
from tracker.exchange.columns import layout

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_named(command):
    assert f"`outcome-tracker {command} " in README


@pytest.mark.parametrize("table", layout().tables.values(), ids=lambda table: table.name)
def test_every_column_of_the_export_is_named_in_order(table):
    row = re.search(rf"^\| `{table.name}\.csv` \| (.*) \|$", README, flags=re.MULTILINE)
    assert row is not None
    assert tuple(row.group(1).split()) == table.names
