"""A record that another desk changed meanwhile: what was typed is kept, theirs is named, nothing is overwritten."""

from dataclasses import replace

import pytest

from tracker.clinic.codes import Sex
from tracker.services.workspace import Workspace
from tracker.ui.record_pages import RecordPage
from tracker.ui.visits_page import VisitsPage


@pytest.fixture
def there(office):
    opened = Workspace.open(office.place, actor="dr-wu")
    yield opened
    opened.close()


@pytest.fixture
def page(office, qtbot):
    shown = RecordPage(office)
    qtbot.addWidget(shown)
    shown.show()
    shown.edit_patient(office.patients.get("wang"))
    return shown


def test_a_field_that_both_desks_changed_names_theirs_and_keeps_mine(page, office, there):
    there.patients.change(replace(there.patients.get("wang"), name="Wang Li", sex=Sex.OTHER))
    page.panel.form.line("name").setText("Wang Lei 2")
    page.panel.save()
    form = page.panel.form
    assert "dr-wu changed this on 20" in page.panel.trouble.text()
    assert form.raw("name") == "Wang Lei 2"
    assert form.complaints() == {"name": "at the other desk: Wang Li"}
    assert form.raw("sex") == "other"  # what only they changed is theirs
    assert office.patients.get("wang").name == "Wang Li"
    page.panel.save()
    kept = office.patients.get("wang")
    assert (kept.name, kept.sex, kept.version) == ("Wang Lei 2", Sex.OTHER, 3)


def test_a_record_removed_at_another_desk_is_said_and_the_form_stays(page, there):
    there.patients.change(replace(there.patients.get("wang"), note="moved"))
    there.patients.remove("wang")
    page.panel.form.line("name").setText("Wang Lei 2")
    page.panel.save()
    assert "no longer there" in page.panel.trouble.text()
    assert page.panel.form.raw("name") == "Wang Lei 2"


def test_a_visit_keeps_what_was_typed_too(office, there, qtbot):
    page = VisitsPage(office)
    qtbot.addWidget(page)
    episode = office.episodes.of("wang")[0]
    import datetime

    page.show_sheet(office.flowsheets.of(episode.id, today=datetime.date(2026, 6, 30)))
    visit = office.visits.of("wang")[0]
    page._show_visit(visit)
    page.side.panel.form.line("note").setText("by phone")
    there.visits.change(replace(visit, date=visit.date + datetime.timedelta(days=1)))
    page.side.panel.save()
    form = page.side.panel.form
    assert (form.raw("note"), form.raw("date")) == ("by phone", str(visit.date + datetime.timedelta(days=1)))
    page.side.panel.save()
    kept = office.visits.get(visit.id)
    assert (kept.note, kept.version) == ("by phone", 3)
