import os
import zipfile

import pytest

from tests.store.keys import make_encrypted
from tracker.store.file_state import FileState, key_file_of, state_of


def test_a_file_is_told_by_its_first_bytes(tmp_path, clinic_file):
    encrypted = make_encrypted(tmp_path / "secret.sqlite")
    empty = tmp_path / "empty"
    empty.touch()
    found = {path: state_of(path) for path in (clinic_file, encrypted, empty, tmp_path / "no", tmp_path)}
    assert list(found.values()) == [
        FileState.PLAIN,
        FileState.ENCRYPTED,
        FileState.EMPTY,
        FileState.MISSING,
        FileState.FOREIGN,
    ]


def test_an_encrypted_file_is_known_without_its_key_file(tmp_path):
    path = make_encrypted(tmp_path / "secret.sqlite")
    key_file_of(path).unlink()
    assert state_of(path) is FileState.ENCRYPTED


def test_an_encrypted_file_cut_short_is_known_by_its_key_file(tmp_path):
    path = make_encrypted(tmp_path / "secret.sqlite")
    path.write_bytes(path.read_bytes()[:5000])
    assert state_of(path) is FileState.ENCRYPTED


def test_a_plain_file_beside_a_key_file_left_behind_is_plain(tmp_path, clinic_file):
    key_file_of(clinic_file).write_text("{}", encoding="utf-8")
    assert state_of(clinic_file) is FileState.PLAIN


@pytest.mark.parametrize(
    "content", [b"hello", b"x" * 8192, os.urandom(5000), bytes(4096)], ids=["short", "text", "noise", "zeros"]
)
def test_other_files_are_not_taken_for_encrypted_ones(tmp_path, content):
    path = tmp_path / "letter"
    path.write_bytes(content)
    assert state_of(path) is FileState.FOREIGN


def test_an_archive_is_not_taken_for_an_encrypted_file(tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letter.txt", "dear colleague " * 500)
    assert state_of(path) is FileState.FOREIGN
