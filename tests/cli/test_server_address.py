"""Every command takes a server's address, or says in words why it does not; none repeats the password in it."""

import pytest

from tracker.__main__ import main
from tracker.cli.main import COMMANDS, WITHOUT_RECORDS

ADDRESS = "postgresql+psycopg://anna:s3cret@127.0.0.1:1/clinic"
MORE = {
    "compare": ["--patient", "A-1"],
    "export": ["--out", "{out}"],
    "import": ["{out}"],
    "report": ["--patient", "A-1", "--out", "{out}.pdf"],
    "backup": ["--out", "{out}.db"],
    "restore": ["--from", "{out}.db"],
    "encrypt": ["--recovery-file", "{out}.txt"],
    "rekey": ["--recovery-file", "{out}.txt"],
}
FOR_FILES = {"backup", "restore", "encrypt", "decrypt", "passphrase", "rekey"}


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name not in WITHOUT_RECORDS), "demo"])
def test_a_command_on_a_server_says_what_is_wrong_without_the_password(command, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("OUTCOME_TRACKER_PASSPHRASE", "a passphrase of length")
    more = [word.replace("{out}", str(tmp_path / "out")) for word in MORE.get(command, [])]
    try:
        status = main([command, "--db", ADDRESS, *more])
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    assert status == 2, said
    assert "s3cret" not in said.out + said.err
    assert ("on a server" if command in FOR_FILES else "does not answer") in said.err, said.err


def test_an_address_that_cannot_be_read_is_one_line_without_it(capsys):
    assert main(["--db", "postgresql+psycopg://anna:s3cret@/clinic"]) == 2
    said = capsys.readouterr()
    assert "the host is missing" in said.err
    assert "s3cret" not in said.err
