"""Fields of the clinic's records in a form, and the records read back from them.

Reading gives None when a field cannot be read; its complaint then stands beside it.
"""

from collections.abc import Sequence
from dataclasses import replace

from tracker.clinic.codes import Relatedness, Sex, Side, VisitTiming
from tracker.clinic.conditions import Attribute, Condition, conditions
from tracker.clinic.records import AdverseEvent, Episode, Patient, Treatment, Visit
from tracker.core.dates import PartialDate, parse_date
from tracker.core.keys import new_key
from tracker.core.messages import tr
from tracker.ui import words
from tracker.ui.form import Choices, Form, chosen, optional, or_none, required
from tracker.ui.widgets import today

_ATTRIBUTE = "attribute_"


def products() -> Sequence[str]:
    """Return products offered while the field is typed into."""
    return (
        tr("PRP, leukocyte-poor"),
        tr("PRP, leukocyte-rich"),
        tr("bone marrow MSC"),
        tr("adipose MSC"),
        tr("umbilical cord MSC"),
        tr("bone marrow aspirate concentrate"),
        tr("stromal vascular fraction"),
        tr("hyaluronic acid"),
    )


def person_fields(form: Form, patient: Patient | None, number: str) -> None:
    """Add the fields of a patient; *number* is suggested for a new one."""
    form.section(tr("Patient"))
    form.text("patient_number", tr("Number"), patient.patient_number if patient else number)
    form.text("name", tr("Name"), patient.name if patient else "", tr("as written, any script"))
    form.text("latin_name", tr("Latin name"), (patient.latin_name or "") if patient else "", tr("optional"))
    sexes: Choices = [(code, words.label(code)) for code in (Sex.UNKNOWN, Sex.FEMALE, Sex.MALE, Sex.OTHER)]
    form.choice("sex", tr("Sex"), sexes, patient.sex if patient else Sex.UNKNOWN)
    born = str(patient.birth_date) if patient and patient.birth_date else ""
    form.text("birth_date", tr("Birth date"), born, tr("1980, 1980-04 or 1980-04-17"))


def read_person(form: Form, base: Patient | None) -> Patient | None:
    """Return *base* (None: a new patient) with what the form holds."""
    number = form.read("patient_number", required)
    name = form.read("name", required)
    birth = form.read("birth_date", _birth_date)
    if number is None or name is None or form.complaints():
        return None
    return replace(
        base or Patient(id=new_key(), patient_number=number, name=name),
        patient_number=number,
        name=name,
        latin_name=optional(form.raw("latin_name")),
        sex=Sex(form.raw("sex")),
        birth_date=birth,
    )


def _birth_date(text: str) -> PartialDate | None:
    return or_none(PartialDate.parse)(text)


def episode_fields(form: Form, episode: Episode | None) -> None:
    """Add the fields of an episode; site, side and attributes follow the condition chosen."""
    form.section(tr("Episode of care"))
    offered: Choices = [(one.id, str(one.label)) for one in conditions().values()]
    box = form.choice("condition", tr("Condition"), offered, episode.condition if episode else "")
    form.choice("body_site", tr("Site"), (), "")
    form.choice("side", tr("Side"), (), "")
    onset = str(episode.onset_date) if episode and episode.onset_date else ""
    form.text("onset_date", tr("Onset"), onset, tr("year, year-month or date"))
    for place in range(max(len(one.attributes) for one in conditions().values())):
        form.choice(f"{_ATTRIBUTE}{place}", "", (), "")
    _follow_condition(form, episode)
    box.currentIndexChanged.connect(lambda _row: _follow_condition(form, None))


def _condition(form: Form) -> Condition:
    return conditions()[form.raw("condition")]


def _follow_condition(form: Form, episode: Episode | None) -> None:
    condition = _condition(form)
    form.offer(
        "body_site", [(site.code, str(site.label)) for site in condition.sites], (episode and episode.body_site) or ""
    )
    form.show_field("body_site", shown=len(condition.sites) > 1)
    sides = (Side.LEFT, Side.RIGHT, Side.BILATERAL) if condition.sided else (Side.NONE,)
    offered = [(str(side), words.label(side)) for side in sides]
    if episode is None and condition.sided:  # a wrong side is worse than one more key
        offered.insert(0, ("", tr("choose")))
    form.offer("side", offered, episode.side if episode else "")
    form.show_field("side", shown=condition.sided)
    for place, attribute in _attribute_places(form, condition):
        name = f"{_ATTRIBUTE}{place}"
        if attribute is None:
            form.offer(name, ())
            form.show_field(name, shown=False)
            continue
        choices: Choices = [("", tr("not recorded")), *((one.code, str(one.label)) for one in attribute.choices)]
        form.offer(name, choices, episode.attributes.get(attribute.code, "") if episode else "")
        form.show_field(name, shown=True, title=str(attribute.label))


def _attribute_places(form: Form, condition: Condition) -> list[tuple[int, Attribute | None]]:
    places: list[tuple[int, Attribute | None]] = []
    while form.has(f"{_ATTRIBUTE}{len(places)}"):
        place = len(places)
        places.append((place, condition.attributes[place] if place < len(condition.attributes) else None))
    return places


def read_episode(form: Form, base: Episode) -> Episode | None:
    """Return *base* with what the form holds."""
    side = form.read("side", chosen)
    onset = form.read("onset_date", _birth_date)
    if side is None or form.complaints():
        return None
    condition = _condition(form)
    recorded = {
        attribute.code: form.raw(f"{_ATTRIBUTE}{place}")
        for place, attribute in _attribute_places(form, condition)
        if attribute is not None
    }
    return replace(
        base,
        condition=condition.id,
        body_site=form.raw("body_site") or None,
        side=Side(side),
        onset_date=onset,
        attributes={code: value for code, value in recorded.items() if value},
    )


def treatment_fields(form: Form, treatment: Treatment | None, *, first: bool = False) -> None:
    """Add the fields of a treatment; as the *first* one of a new patient it may be left empty."""
    form.section(tr("First treatment (may be added later)") if first else tr("Treatment"))
    day = treatment.date.isoformat() if treatment else "" if first else today().isoformat()
    form.text("treatment_date", tr("Date"), day, tr("year-month-day"))
    form.text("product", tr("Product"), treatment.product if treatment else "", tr("what was given"))
    form.suggest("product", products())
    form.text("cell_source", tr("Cell source"), (treatment.cell_source or "") if treatment else "", tr("optional"))
    form.text("dose", tr("Dose"), (treatment.dose or "") if treatment else "", tr("with its unit: 5 mL"))
    form.text("route", tr("Route"), (treatment.route or "") if treatment else "", tr("optional"))
    form.text("lot", tr("Lot"), (treatment.lot or "") if treatment else "", tr("optional"))


def read_treatment(form: Form, base: Treatment | None, episode_id: str) -> Treatment | None:
    """Return *base* (None: a new treatment of the episode) with what the form holds."""
    day = form.read("treatment_date", parse_date)
    product = form.read("product", required)
    if day is None or product is None or form.complaints():
        return None
    return replace(
        base or Treatment(id=new_key(), episode_id=episode_id, date=day, product=product),
        date=day,
        product=product,
        cell_source=optional(form.raw("cell_source")),
        dose=optional(form.raw("dose")),
        route=optional(form.raw("route")),
        lot=optional(form.raw("lot")),
    )


def treatment_is_empty(form: Form) -> bool:
    """Return whether no field of the treatment was filled."""
    return not any(
        form.raw(name).strip() for name in ("treatment_date", "product", "cell_source", "dose", "route", "lot")
    )


def event_fields(form: Form, event: AdverseEvent | None, treatments: Sequence[Treatment]) -> None:
    """Add the fields of an adverse event; it may name one of *treatments*."""
    form.text("term", tr("What happened"), event.term if event else "", tr("such as: knee swelling"))
    form.text("date", tr("Start"), (event.date if event else today()).isoformat(), tr("year-month-day"))
    ended = event.end_date.isoformat() if event and event.end_date else ""
    form.text("end_date", tr("End"), ended, tr("empty while it lasts"))
    grades = [(str(number), words.grade(number)) for number in range(1, 6)]
    if event is None:  # a grade nobody chose would read like one somebody did
        grades.insert(0, ("", tr("choose")))
    form.choice("grade", tr("Grade"), grades, str(event.grade) if event else "")
    relations: Choices = [(code, words.label(code)) for code in Relatedness]
    form.choice("relatedness", tr("Relation"), relations, event.relatedness if event else Relatedness.UNKNOWN)
    given: Choices = [("", tr("no treatment named")), *((one.id, f"{one.date}  {one.product}") for one in treatments)]
    form.choice("treatment_id", tr("Treatment"), given, (event.treatment_id or "") if event else "")


def read_event(form: Form, base: AdverseEvent | None, patient_id: str, episode_id: str) -> AdverseEvent | None:
    """Return *base* (None: a new event of the patient, noted in the episode) with what the form holds."""
    term = form.read("term", required)
    day = form.read("date", parse_date)
    end = form.read("end_date", or_none(parse_date))
    graded = form.read("grade", chosen)
    if term is None or day is None or graded is None or form.complaints():
        return None
    grade = int(graded)
    fresh = AdverseEvent(id=new_key(), patient_id=patient_id, episode_id=episode_id, date=day, term=term, grade=grade)
    return replace(
        base or fresh,
        term=term,
        date=day,
        end_date=end,
        grade=grade,
        relatedness=Relatedness(form.raw("relatedness")),
        treatment_id=form.raw("treatment_id") or None,
    )


def visit_fields(form: Form, visit: Visit | None) -> None:
    """Add the fields of a visit."""
    form.text("date", tr("Date"), (visit.date if visit else today()).isoformat(), tr("year-month-day"))
    timings: Choices = [(code, words.label(code)) for code in VisitTiming]
    form.choice("timing", tr("On a treatment day"), timings, visit.timing if visit else VisitTiming.UNSTATED)
    form.text("note", tr("Note"), (visit.note or "") if visit else "", tr("optional"))


def read_visit(form: Form, base: Visit | None, patient_id: str) -> Visit | None:
    """Return *base* (None: a new visit of the patient) with what the form holds."""
    day = form.read("date", parse_date)
    if day is None:
        return None
    fresh = Visit(id=new_key(), patient_id=patient_id, date=day)
    return replace(base or fresh, date=day, timing=VisitTiming(form.raw("timing")), note=optional(form.raw("note")))
