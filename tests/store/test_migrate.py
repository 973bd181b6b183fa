import shutil
import textwrap
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlcipher3 import dbapi2

import tracker.store.migrate
from tests.store.keys import PASSPHRASE, make_encrypted
from tests.store.making import fill_one_patient
from tests.store.protecting import protected_copy
from tracker.clinic.codes import Role
from tracker.clinic.records import Assessment
from tracker.store.backup import check_copy, copy_file
from tracker.store.checking.chain import verify_chain
from tracker.store.connect import connect
from tracker.store.engine import open_engine
from tracker.store.errors import (
    CannotOpenError,
    ConflictError,
    MigrationError,
    NewerSchemaError,
    NotADatabaseError,
    OldReadOnlyError,
    StoreFullError,
)
from tracker.store.file_state import FileState, key_file_of, state_of
from tracker.store.first_look import first_look
from tracker.store.migrate import HEAD, KNOWN, SCRIPTS, create, needs_migration, upgrade
from tracker.store.store import Store
from tracker.store.unlocked import forget
from tracker.store.unlocking import unlock

FILLED = Path(__file__).parent.parent / "data" / "schema"
NEXT = KNOWN[-1], "9001"


def execute(path, sql):
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def next_version(tmp_path):
    """Migrations with one more revision than the program has; its body is given by the test."""

    def make(body):
        folder = tmp_path / "next"
        shutil.copytree(Path(tracker.store.migrate.__file__).parent / "migrations", folder)
        lines = textwrap.indent(textwrap.dedent(body), "    ")
        (folder / "versions" / "9001_test.py").write_text(
            f"from alembic import op\nimport sqlalchemy as sa\nrevision = '9001'\ndown_revision = '{HEAD}'\n"
            f"branch_labels = depends_on = None\n\n\ndef upgrade():\n{lines}\n",
            encoding="utf-8",
        )
        return str(folder)

    return make


def config(connection):
    settings = Config()
    settings.set_main_option("script_location", SCRIPTS)
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def test_models_and_migrations_agree(clinic_file):
    engine = open_engine(clinic_file, for_migration=True)
    with engine.begin() as connection, warnings.catch_warnings():
        # Alembic cannot read back the one index over an expression; the next test does.
        warnings.filterwarnings("ignore", message=".*expression-based index.*uq_assessment_live.*")
        command.check(config(connection))
    engine.dispose()


def test_the_index_over_an_expression_is_there(clinic_file):
    ((sql,),) = execute(clinic_file, "SELECT sql FROM sqlite_master WHERE name = 'uq_assessment_live'")
    assert "UNIQUE" in sql
    assert "(visit_id, scale, context, coalesce(episode_id, '')) WHERE deleted_at IS NULL" in sql


def test_the_program_knows_the_revisions_there_are():
    revisions = [revision.revision for revision in ScriptDirectory.from_config(config(None)).walk_revisions()]
    assert tuple(reversed(revisions)) == KNOWN


def test_a_new_file_is_up_to_date_and_says_what_it_is(tmp_path):
    path = tmp_path / "new.sqlite"
    create(path, {"kind": "demo"})
    assert needs_migration(path) is None
    assert upgrade(path) is None
    assert execute(path, "SELECT value FROM fact WHERE name = 'kind'") == [("demo",)]
    assert execute(path, "PRAGMA journal_mode") == [("wal",)]


def test_an_empty_file_needs_everything(tmp_path):
    path = tmp_path / "empty.sqlite"
    path.touch()
    assert needs_migration(path) == ""
    create(path, {})
    assert needs_migration(path) is None


def test_an_empty_file_is_not_opened_as_if_it_were_a_new_clinic(tmp_path):
    path = tmp_path / "emptied.sqlite"
    path.touch()
    with pytest.raises(NotADatabaseError, match="a backup"):
        Store(path)
    assert path.read_bytes() == b""


def test_no_file_is_made_where_there_is_no_folder(tmp_path):
    with pytest.raises(CannotOpenError, match="no file can be made"):
        create(tmp_path / "nowhere" / "new.sqlite", {})


def test_a_file_that_could_not_be_made_leaves_nothing(tmp_path, next_version):
    path = tmp_path / "new.sqlite"
    with pytest.raises(ZeroDivisionError):
        create(path, {}, scripts=next_version("1 / 0"))
    assert list(tmp_path.glob("new.sqlite*")) == []


def test_an_empty_file_that_could_not_be_filled_stays(tmp_path, next_version):
    path = tmp_path / "new.sqlite"
    path.touch()
    with pytest.raises(ZeroDivisionError):
        create(path, {}, scripts=next_version("1 / 0"))
    assert path.exists()


def test_a_newer_file_is_refused_and_not_changed(clinic_file):
    execute(clinic_file, "UPDATE alembic_version SET version_num = '7777'")
    before = clinic_file.read_bytes()
    with pytest.raises(NewerSchemaError, match=r"7777.*install that version"):
        Store(clinic_file)
    assert clinic_file.read_bytes() == before


@pytest.fixture
def old_file(tmp_path):
    """Copies the filled file of an earlier schema, unlocked where it is encrypted."""
    copies = []

    def copied(schema, kind):
        filled = FILLED / (f"{schema}.sqlite" if kind == "plain" else f"{schema}.encrypted.sqlite")
        path = Path(shutil.copy(filled, tmp_path / "old.sqlite"))
        copies.append(path)
        if kind == "encrypted":
            shutil.copy(key_file_of(filled), key_file_of(path))
            unlock(path, PASSPHRASE)
        return path

    yield copied
    for path in copies:
        forget(path)


def counted(path):
    tables = ("patient", "episode", "treatment", "visit", "assessment", "score", "adverse_event", "audit")
    with closing(connect(path)) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


@pytest.mark.parametrize("schema", KNOWN)
def test_every_schema_has_its_filled_files_plain_and_encrypted(schema):
    plain, encrypted = FILLED / f"{schema}.sqlite", FILLED / f"{schema}.encrypted.sqlite"
    assert state_of(plain) is FileState.PLAIN
    assert state_of(encrypted) is FileState.ENCRYPTED
    assert key_file_of(encrypted).exists()
    assert execute(plain, "SELECT version_num FROM alembic_version") == [(schema,)]


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize("schema", KNOWN)
def test_a_filled_file_of_every_earlier_schema_opens_with_all_it_holds(old_file, schema, kind):
    path = old_file(schema, kind)
    counts = counted(path)
    store = Store(path)
    assert needs_migration(path) is None
    assert counted(path)["audit"] >= counts.pop("audit") > 0
    assert all(counts.values())
    assert {name: counted(path)[name] for name in counts} == counts
    with store.read() as reader:
        (key,) = reader.patients_numbered("S-0001")
        views = reader.views_of_patient(key)
    assert any(view.scores for view in views)
    assert verify_chain(path).broken is None
    store.close()
    assert state_of(path) is FileState(kind)


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize("schema", KNOWN[:-1])
def test_the_backup_before_an_upgrade_is_whole_of_the_old_schema_and_of_the_same_kind(old_file, schema, kind):
    path = old_file(schema, kind)
    counts = counted(path)
    backup = upgrade(path)
    assert state_of(backup) is FileState(kind)
    if kind == "encrypted":
        forget(path)
        unlock(backup, PASSPHRASE)
    assert counted(backup) == counts
    check_copy(backup)
    with pytest.raises(OldReadOnlyError, match="open the copy"):  # a backup stays as it is
        needs_migration(backup)
    copy = copy_file(backup, path.with_name("copy.sqlite")).path
    if kind == "encrypted":
        unlock(copy, PASSPHRASE)
    assert needs_migration(copy) == schema
    forget(copy)
    forget(backup)


def test_a_file_from_before_there_were_users_has_none_and_the_next_one_keeps_them(tmp_path):
    old = Path(shutil.copy(FILLED / "0001.sqlite", tmp_path / "old.sqlite"))
    with_users = Path(shutil.copy(FILLED / "0002.sqlite", tmp_path / "users.sqlite"))
    upgrade(old)
    assert execute(old, "SELECT count(*) FROM app_user") == [(0,)]
    store = Store(with_users)
    with store.read() as reader:
        found = [(user.name, user.role, user.disabled) for user in reader.users()]
    store.close()
    assert found == [("Synthetic Administrator", Role.ADMINISTRATOR, False), ("合成录入", Role.DATA_ENTRY, True)]


def test_an_upgrade_keeps_a_copy_of_the_file_as_it_was(clinic_file, store, next_version):
    fill_one_patient(store)
    store.close()
    backup = upgrade(
        clinic_file, scripts=next_version("op.add_column('patient', sa.Column('extra', sa.Text()))"), known=NEXT
    )
    assert backup.parent == clinic_file.parent / "backups"
    assert backup.name.endswith(f"-before-{HEAD}.sqlite")
    assert execute(clinic_file, "SELECT extra FROM patient") == [(None,)]
    assert execute(backup, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert execute(backup, "SELECT count(*) FROM patient") == [(1,)]


def test_rebuilding_a_table_keeps_what_hangs_on_it(clinic_file, store, next_version):
    fill_one_patient(store)
    store.close()
    body = """
    with op.batch_alter_table('patient', recreate='always') as patient:
        patient.add_column(sa.Column('extra', sa.Text()))
    """
    upgrade(clinic_file, scripts=next_version(body), known=NEXT)
    assert execute(clinic_file, "SELECT count(*) FROM episode") == [(1,)]
    assert execute(clinic_file, "SELECT count(*) FROM assessment") == [(1,)]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("op.add_column('patient', sa.Column('extra', sa.Text())); 1 / 0", ZeroDivisionError),
        ("op.execute('CREATE TABLE half (a)'); op.execute('SELECT * FROM nowhere')", MigrationError),
        ("op.execute('CREATE TABLE half (a)'); op.execute('DELETE FROM visit')", MigrationError),
        ("op.execute(\"INSERT INTO fact VALUES ('kind', 'x')\")", ConflictError),
    ],
    ids=["a bug", "a wrong statement", "rows that lose what they belong to", "a broken constraint"],
)
def test_a_failed_upgrade_leaves_the_file_as_it_was(clinic_file, store, next_version, body, error):
    fill_one_patient(store)
    store.close()
    tables = execute(clinic_file, "SELECT sql FROM sqlite_master ORDER BY name")
    before = clinic_file.read_bytes()
    with pytest.raises(error):
        upgrade(clinic_file, scripts=next_version(body), known=NEXT)
    assert clinic_file.read_bytes() == before
    assert execute(clinic_file, "SELECT sql FROM sqlite_master ORDER BY name") == tables
    assert execute(clinic_file, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    reopened = Store(clinic_file)
    with reopened.read() as reader:
        assert reader.get(Assessment, "a").visit_id == "v"
    reopened.close()


def test_a_full_disk_during_an_upgrade_is_said(clinic_file, next_version):
    body = "op.execute('PRAGMA max_page_count=1'); op.execute('CREATE TABLE big AS SELECT randomblob(9000000) AS a')"
    with pytest.raises(StoreFullError):
        upgrade(clinic_file, scripts=next_version(body), known=NEXT)


def test_an_old_file_that_cannot_be_written_is_not_upgraded(clinic_file):
    with protected_copy(clinic_file) as path, pytest.raises(OldReadOnlyError, match="open the copy"):
        upgrade(path, known=NEXT)


def test_no_file_is_made_in_a_protected_folder(clinic_file):
    with protected_copy(clinic_file) as path, pytest.raises(CannotOpenError, match="no file can be made"):
        create(path.with_name("new.sqlite"), {})


def test_an_encrypted_file_is_upgraded_and_its_backup_is_encrypted_and_opens_by_its_own_key_file(
    tmp_path, next_version
):
    path = make_encrypted(tmp_path / "clinic.sqlite")
    unlock(path, PASSPHRASE)
    scripts = next_version("op.add_column('patient', sa.Column('nickname', sa.Text()))")
    backup = upgrade(path, scripts=scripts, known=NEXT)
    forget(path)
    assert b"Ann Lee" not in path.read_bytes() + backup.read_bytes()
    assert not list(tmp_path.glob("*.part*"))
    unlock(backup, PASSPHRASE)
    assert first_look(backup).lines[0].name == "Ann Lee"
    forget(backup)


def test_a_failed_upgrade_of_an_encrypted_file_leaves_it_as_it_was(tmp_path, next_version):
    path = make_encrypted(tmp_path / "clinic.sqlite")
    unlock(path, PASSPHRASE)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        upgrade(path, scripts=next_version("op.drop_table('patient')\n1 / 0"), known=NEXT)
    assert path.read_bytes() == before
    assert first_look(path).lines[0].name == "Ann Lee"
    forget(path)
