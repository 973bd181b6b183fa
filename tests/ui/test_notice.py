from PySide6.QtCore import Qt

from tracker.ui.notice import NoticeBar


def test_a_notice_is_shown_until_it_is_closed(qtbot, themed):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    assert bar.text == ""
    bar.warn("no room on the disk")
    assert bar.text == "no room on the disk"
    assert bar.property("kind") == "warn"
    assert not bar._timer.isActive()


def test_an_offer_is_taken_once(qtbot, themed):
    bar, done = NoticeBar(), []
    qtbot.addWidget(bar)
    bar.tell("removed", "Undo", lambda: done.append("undone"))
    assert bar._timer.isActive()
    qtbot.mouseClick(bar.offer_button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert bar.text == ""


def test_news_without_an_offer_has_no_button(qtbot, themed):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.tell("done")
    assert bar.offer_button.isHidden()


def test_a_click_on_a_notice_leaves_the_focus_and_a_left_page_takes_its_warning_away(qtbot, themed):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.warn("no visit there")
    assert bar.offer_button.focusPolicy() == Qt.FocusPolicy.TabFocus
    bar.settle()
    assert bar.text == ""
    bar.tell("removed", "Undo", lambda: None)
    bar.settle()
    assert bar.text == "removed"
