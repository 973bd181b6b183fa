from platformdirs import user_data_path

from tracker import APPLICATION
from tracker.core.messages import Language
from tracker.ui import settings
from tracker.ui.settings import Settings


def test_what_is_saved_is_loaded_again():
    saved = settings.save(Settings(), language="zh_CN", actor="李医生", theme="dark")
    assert settings.load() == saved
    assert saved.spoken() is Language.ZH_CN


def test_nothing_saved_is_the_default():
    assert settings.load() == Settings()


def test_a_language_the_program_has_not_falls_back():
    assert Settings(language="fr").spoken() in Language


def test_the_files_stand_in_the_users_own_folders(tmp_path_factory):
    home = settings.data_folder()
    assert settings.default_file().parent == home
    assert settings.demo_file().parent == home
    assert settings.demo_file() != settings.default_file()
    assert tmp_path_factory.getbasetemp() in settings.data_folder().parents
    assert tmp_path_factory.getbasetemp() in settings.log_folder().parents


def test_the_window_and_the_command_line_look_in_the_same_folder():
    assert settings.data_folder() == user_data_path(APPLICATION, appauthor=False)
