"""A folder is there whole or not at all; only our own folder is replaced."""

import hashlib
import json

import pytest

from tests.store.protecting import protected_copy
from tracker.exchange.columns import layout
from tracker.exchange.folder import (
    BYTE_ORDER_MARK,
    FORMAT,
    MANIFEST,
    ExportFailedError,
    ExportFolder,
    ExportRefusedError,
    refuse_target,
)

TABLE = layout().tables["patients"]


def fill(folder, line="a,b,c,d,e,f,g\n"):
    file = folder.table(TABLE)
    file.write(line)
    folder.finish(TABLE)
    folder.publish({"format": FORMAT, "files": {TABLE.file_name: {}}})


def test_what_was_written_is_what_the_facts_say(tmp_path):
    target = tmp_path / "deep" / "out"
    with ExportFolder(target, replace=False, excel=True) as folder:
        fill(folder)
    data = (target / "patients.csv").read_bytes()
    assert data.startswith(BYTE_ORDER_MARK + b"patient_id,")
    assert folder.facts["patients.csv"].rows == 1
    assert folder.facts["patients.csv"].sha256 == hashlib.sha256(data).hexdigest()
    assert [path.name for path in target.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("replace", [False, True])
def test_a_place_one_may_not_enter_is_said(tmp_path, replace):
    (tmp_path / "out").touch()
    with (
        protected_copy(tmp_path / "out", mode=0o000) as target,
        pytest.raises(ExportFailedError, match=r"the export to .*out was not written"),
    ):
        refuse_target(target, replace=replace)


class InterruptionError(Exception):
    """Something goes wrong in the middle."""


def interrupted(target, *, published, replace=False):
    with ExportFolder(target, replace=replace, excel=False) as folder:
        if published:
            fill(folder, "second\n")
        else:
            folder.table(TABLE).write("half")
        raise InterruptionError


@pytest.mark.parametrize("published", [False, True])
def test_an_error_leaves_nothing_behind(tmp_path, published):
    with pytest.raises(InterruptionError):
        interrupted(tmp_path / "out", published=published)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("published", [False, True])
def test_an_error_while_replacing_puts_the_former_folder_back(tmp_path, published):
    target = tmp_path / "out"
    with ExportFolder(target, replace=False, excel=False) as folder:
        fill(folder, "first\n")
    before = (target / "patients.csv").read_bytes()
    with pytest.raises(InterruptionError):
        interrupted(target, published=published, replace=True)
    assert (target / "patients.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_replacing_keeps_files_that_are_not_ours(tmp_path):
    target = tmp_path / "out"
    with ExportFolder(target, replace=False, excel=False) as folder:
        fill(folder, "first\n")
    (target / "analysis.R").write_text("mine")
    with ExportFolder(target, replace=True, excel=False) as folder:
        fill(folder, "second\n")
    assert (target / "analysis.R").read_text() == "mine"
    assert (target / "patients.csv").read_text().endswith("second\n")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("manifest", [None, "no json", json.dumps({"format": "other", "files": {}}), "[]"])
def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path, manifest):
    target = tmp_path / "out"
    target.mkdir()
    if manifest is not None:
        (target / MANIFEST).write_text(manifest)
    for replace in (False, True):
        with pytest.raises(ExportRefusedError):
            refuse_target(target, replace=replace)


def test_a_link_is_never_replaced(tmp_path):
    real = tmp_path / "real"
    with ExportFolder(real, replace=False, excel=False) as folder:
        fill(folder)
    (tmp_path / "link").symlink_to(real)
    with pytest.raises(ExportRefusedError):
        refuse_target(tmp_path / "link", replace=True)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportFailedError, match="was not written"):
        ExportFolder(tmp_path / "file" / "out", replace=False, excel=False).__enter__()
