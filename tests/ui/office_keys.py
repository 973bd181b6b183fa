"""What a user does in the window about keys, for the tests."""

from tracker.ui.keys.locks import SET_UP

PASSPHRASE = "blue tulip river sunday"


def set_up(window, passphrase=PASSPHRASE, now=""):
    """Go through the set-up that is shown; return the recovery key."""
    page = window.middle._pages[SET_UP]
    if now:
        page.passphrase.now.line.setText(now)
    else:
        page.passphrase.new.line.setText(passphrase)
        page.passphrase.again.line.setText(passphrase)
    page.next.click()
    return page


def finish(page, qtbot, typed=None):
    """Keep the recovery key that is shown and type it back; return it."""
    qtbot.waitUntil(lambda: page.step == 1)
    key = "-".join(page.show_key.shown.text().split())
    page.next.click()
    page.prove.line.setText(key if typed is None else typed)
    page.next.click()
    return key


def unlock(window, qtbot, secret=PASSPHRASE):
    """Type a passphrase on the page that covers the window, and wait until the file is open."""
    with qtbot.waitSignal(window.ready, timeout=20000):
        window.locks.page.secret.line.setText(secret)
        window.locks.page.press.click()
