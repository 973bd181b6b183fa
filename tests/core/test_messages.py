import gettext
import threading

import pytest

from tracker.core import messages
from tracker.core.errors import TrackerError
from tracker.core.messages import Language, Text, current_language, msg, ntr, say, tr, use_language


class Reversing(gettext.NullTranslations):
    """Stands for a catalogue: what passes through it can be seen."""

    def gettext(self, message):
        return f"<{message}>"

    def ngettext(self, msgid1, msgid2, n):
        return f"<{msgid1 if n == 1 else msgid2}>"


@pytest.fixture
def reversing(monkeypatch):
    monkeypatch.setattr(messages._speaking, "catalogue", Reversing())


def test_a_message_is_said_in_the_language_of_the_moment(reversing):
    message = msg("item {item} is blank", item="P1")
    assert say(message) == str(message) == "<item P1 is blank>"


def test_values_that_are_messages_and_texts_are_rendered_too(reversing):
    inner = msg("item {item}", item=Text("pain", "疼痛"))
    assert say(msg("no score: {why}", why=inner)) == "<no score: <item pain>>"


def test_a_text_is_given_in_the_language_in_use(monkeypatch):
    text = Text("pain", "疼痛")
    assert str(text) == "pain"
    monkeypatch.setattr(messages._speaking, "language", Language.ZH_CN)
    assert current_language() is Language.ZH_CN
    assert str(text) == "疼痛"


def test_braces_in_a_text_without_values_stay():
    assert tr("set {a, b}") == "set {a, b}"


def test_counted_texts_fill_their_count(reversing):
    assert ntr("{count} visit of {name}", "{count} visits of {name}", 1, name="Ann") == "<1 visit of Ann>"
    assert ntr("{count} visit of {name}", "{count} visits of {name}", 0, name="Ann") == "<0 visits of Ann>"


def test_a_language_the_program_does_not_have_is_a_bug():
    with pytest.raises(ValueError, match="fr"):
        use_language("fr")


def test_an_error_says_its_message():
    error = TrackerError(msg("{file} is gone", file="a.sqlite"))
    assert str(error) == "a.sqlite is gone"
    assert error.message.values == {"file": "a.sqlite"}


def test_another_language_can_be_spoken_for_a_while_and_in_one_thread_only():
    heard = []
    with messages.speaking(Language.ZH_CN):
        assert messages.current_language() is Language.ZH_CN
        assert messages.tr("baseline") == "基线"
        other = threading.Thread(target=lambda: heard.append(messages.tr("baseline")))
        other.start()
        other.join()
        with messages.speaking(Language.EN):
            assert messages.tr("baseline") == "baseline"
        assert messages.tr("baseline") == "基线"
    assert heard == ["baseline"]
    assert messages.tr("baseline") == "baseline"
