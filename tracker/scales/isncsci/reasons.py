"""Why each field is what it is: the steps that led to it, as sentences; made on demand, apart from classifying.

The steps follow the assumed grades, as the first pass does; a last step says what the examined grades alone give
where that differs (the star), and which cells that could not be tested leave the field open.
"""

from collections.abc import Mapping

from tracker.core.messages import Message, msg
from tracker.scales.isncsci.classify import Findings, assumed_findings, examined_findings, is_starred
from tracker.scales.isncsci.compare import single_cell_effects
from tracker.scales.isncsci.exam import Exam, cells_of
from tracker.scales.isncsci.findings import FIELDS, listed
from tracker.scales.isncsci.grades import NOT_TESTABLE
from tracker.scales.isncsci.why_injury import completeness_steps, grade_steps, motor_zone_steps, sensory_zone_steps
from tracker.scales.isncsci.why_levels import motor_steps, neurological_steps, sensory_steps
from tracker.scales.isncsci.words import cell_name

MOST_CELLS_TRIED = 12
"""With more cells not testable than this they are counted, not tried one by one."""

Steps = tuple[Message, ...]


def reasons(exam: Exam, *, documented_injury: bool = True) -> Mapping[str, Steps]:
    """Return the steps of every field, keyed as in FIELDS."""
    findings = assumed_findings(exam, documented_injury=documented_injury)
    examined = examined_findings(exam, documented_injury=documented_injury) if is_starred(exam) else findings
    open_cells = _open_cells(exam, findings, documented_injury=documented_injury)
    return {
        field: (
            *_steps(exam, field, findings),
            *_result(possible, examined[field]),
            *open_cells.get(field, ()),
        )
        for field, possible in findings.items()
    }


_WHOLE_STEPS = {"nli": neurological_steps, "complete": completeness_steps, "ais": grade_steps}


def _steps(exam: Exam, field: str, findings: Findings) -> list[Message]:
    if field in _WHOLE_STEPS:
        return _WHOLE_STEPS[field](exam, findings)
    name = "right" if field.startswith("right") else "left"
    side = exam.right if name == "right" else exam.left
    if field.endswith("SensoryZpp"):
        return sensory_zone_steps(exam, side, findings[field])
    if field.endswith("MotorZpp"):
        return motor_zone_steps(exam, name, findings)
    if field.endswith("Sensory"):
        return sensory_steps(side)
    return motor_steps(exam, side, findings[f"{name}Sensory"])


def _result(possible: tuple[str, ...], examined: tuple[str, ...]) -> list[Message]:
    steps = []
    if len(possible) > 1:
        steps.append(msg("not determinable; possible: {results}", results=listed(possible)))
    if possible != examined:
        steps.append(msg("starred: the examined grades alone give {results}", results=listed(examined)))
    return steps


def _open_cells(exam: Exam, findings: Findings, *, documented_injury: bool) -> Mapping[str, list[Message]]:
    """For each undetermined field the cells without a tested grade that, once known, could settle more of it."""
    undetermined = [field for field in FIELDS if len(findings[field]) > 1]
    cells = [cell for cell, code in cells_of(exam).items() if str(code).startswith(NOT_TESTABLE)]
    if not undetermined or not cells:
        return {}
    if len(cells) > MOST_CELLS_TRIED:
        step = msg("{count} cells are not testable", count=len(cells))
        return {field: [step] for field in undetermined}
    matters: dict[str, set[str]] = {cell: set() for cell in cells}
    for effect in single_cell_effects(exam, cells, documented_injury=documented_injury):
        matters[effect.cell].update(effect.fields)
    return {
        field: [
            msg("it depends on {cell}, which is not testable", cell=cell_name(cell))
            for cell in cells
            if field in matters[cell]
        ]
        for field in undetermined
    }
