"""The stored scores against the answers scored again: the same version, the same policy, every column."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tracker.clinic.codes import AssessmentStatus
from tracker.clinic.records import Assessment
from tracker.core.errors import TrackerError
from tracker.core.messages import Message, msg
from tracker.scales.errors import UnknownScaleError
from tracker.services.scored import scores_of
from tracker.store.canonical import canonical_json
from tracker.store.checking.finding import Finding, Tick, no_tick
from tracker.store.connect import Connection, stream
from tracker.store.mapping import score_values

COLUMNS = ("series", "value", "reason", "imputed_items")
_ASSESSMENTS = """SELECT id, scale, scale_version, policy, status, responses,
 (SELECT max(sequence) FROM audit WHERE entity_id = assessment.id AND entity = 'assessment')
 FROM assessment ORDER BY id"""
_SCORES = "SELECT code, series, value, reason, imputed_items FROM score WHERE assessment_id = ? ORDER BY code"
_OWNERLESS = """SELECT assessment_id, code FROM score s
 WHERE NOT EXISTS (SELECT 1 FROM assessment a WHERE a.id = s.assessment_id) ORDER BY assessment_id, code"""
_AUDITED = """SELECT "after" FROM audit WHERE entity_id = ? AND entity = 'assessment' ORDER BY sequence DESC"""
UNSCORABLE = (TrackerError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What scoring answers that no form could have given may raise."""
Scores = dict[str, dict[str, Any]]


class ScoreCheck:
    """One comparison of all stored scores."""

    def __init__(self, connection: Connection, tick: Tick = no_tick) -> None:
        self._connection = connection
        self._tick = tick
        self.assessments = 0
        """How many complete assessments were scored again."""
        self.unknown: set[str] = set()
        """Scales (id and version) that are not known here: their scores were compared with the audit only."""

    def findings(self) -> Iterator[Finding]:
        """Yield each stored score that differs from a new one."""
        for key, scale, version, policy, status, responses, sequence in stream(self._connection, _ASSESSMENTS):
            self._tick(1)
            expected: Scores = {}
            if status == AssessmentStatus.COMPLETE.value:
                self.assessments += 1
                try:
                    expected = self._expected(_about(key, scale, version, policy, responses))
                except UNSCORABLE:
                    yield _cannot(key, sequence)
                    continue
            yield from _differences(key, sequence, self._stored(key), expected)
        for key, code in self._connection.execute(_OWNERLESS):
            message = msg("score {code} of assessment {key} is there, but its assessment is not", code=code, key=key)
            yield Finding(table="score", key=f"{key} {code}", message=message)

    def _stored(self, key: str) -> Scores:
        return {
            code: dict(zip(COLUMNS, values, strict=True))
            for code, *values in self._connection.execute(_SCORES, (key,)).fetchall()
        }

    def _expected(self, assessment: Assessment) -> Scores:
        try:
            scores = scores_of(assessment)
        except UnknownScaleError:
            self.unknown.add(f"{assessment.scale} {assessment.scale_version}")
            return self._audited(assessment.id)
        return {score.code: _columns(score_values(assessment.id, score)) for score in scores}

    def _audited(self, key: str) -> Scores:
        for (after,) in self._connection.execute(_AUDITED, (key,)):
            scores = json.loads(after or "{}").get("scores")
            if scores is not None:
                return {code: {"value": value} for code, value in scores.items()}
        return {}


def _about(key: str, scale: str, version: str, policy: str, responses: str) -> Assessment:
    answers = json.loads(responses)
    return Assessment(id=key, visit_id="", scale=scale, scale_version=version, policy=policy, responses=dict(answers))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    reason = values["reason"]
    return {name: values[name] for name in COLUMNS} | {"reason": None if reason is None else canonical_json(reason)}


def _differences(key: str, sequence: int | None, stored: Scores, expected: Scores) -> Iterator[Finding]:
    for code in sorted(stored.keys() | expected.keys()):
        if code not in stored:
            yield _finding(key, code, sequence, msg("is missing"))
        elif code not in expected:
            yield _finding(key, code, sequence, msg("is stored, but the answers give none"))
        else:
            for column, value in expected[code].items():
                if stored[code][column] != value:
                    yield _differs(key, code, column, sequence, (stored[code][column], value))


def _finding(key: str, code: str, sequence: int | None, what: Message) -> Finding:
    message = msg(
        "score {code} of assessment {key} {what}; the last audit entry of the assessment is {sequence}",
        code=code,
        key=key,
        what=what,
        sequence=sequence,
    )
    return Finding(table="score", key=f"{key} {code}", sequence=sequence, message=message)


def _differs(key: str, code: str, column: str, sequence: int | None, values: tuple[object, object]) -> Finding:
    stored, scored = values
    message = msg(
        "score {code} of assessment {key}: column “{column}” holds {stored}, scoring the answers again gives {scored}; "
        "the last audit entry of the assessment is {sequence}",
        code=code,
        key=key,
        column=column,
        stored="-" if stored is None else stored,
        scored="-" if scored is None else scored,
        sequence=sequence,
    )
    return Finding(table="score", key=f"{key} {code}", column=column, sequence=sequence, message=message)


def _cannot(key: str, sequence: int | None) -> Finding:
    message = msg(
        "assessment {key}: its answers cannot be scored again, no form could have stored them so; its last audit entry "
        "is {sequence}",
        key=key,
        sequence=sequence,
    )
    return Finding(table="assessment", key=key, column="responses", sequence=sequence, message=message)
