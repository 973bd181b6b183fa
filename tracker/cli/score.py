"""``score``: answers as JSON lines in, scores out; a line that cannot be scored says why, and the rest go on."""

import argparse
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from tracker.cli.main import DONE, FOUND_A_PROBLEM
from tracker.cli.own_files import use_own_scales
from tracker.core.messages import Message, msg, say, tr
from tracker.scales.errors import InvalidResponseError
from tracker.scales.model import Score
from tracker.scales.scoring import Scorer

HELP = tr("read answers as JSON lines from standard input, write their scores as JSON lines")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("scale", metavar="SCALE", help=tr("id of the scale; the command “scales” lists them"))
    parser.add_argument("--policy", metavar="NAME", help=tr("how missing items are treated (default: the first)"))


def run(arguments: argparse.Namespace) -> int:
    """Score standard input; 1 if a line could not be scored, 2 (raised) for an unknown scale or policy."""
    lines = _line_scorer(arguments.scale, arguments.policy)
    for text in lines.score(sys.stdin.buffer):
        sys.stdout.write(text)
    return FOUND_A_PROBLEM if lines.failed else DONE


def _line_scorer(scale_id: str, policy: str | None) -> "LineScorer":
    if scale_id == "isncsci":
        from tracker.cli.exam_lines import exam_scorer

        return exam_scorer(policy)
    from tracker.scales.catalogue import scale
    from tracker.scales.scoring import scorer

    use_own_scales()
    return ItemScorer(scorer(scale(scale_id), policy))


class Repeated:
    """A JSON object in which a key stands twice; kept, so that the line can still be named by its id."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        names = [name for name, _ in pairs]
        self.repeated = {name for name in names if names.count(name) > 1}
        self.first = next(name for name in names if name in self.repeated)
        self.table = dict(pairs)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Repeated:
    table = dict(pairs)
    return table if len(table) == len(pairs) else Repeated(pairs)


_read_plain = json.JSONDecoder(object_pairs_hook=_object).decode
_read_long = json.JSONDecoder(object_pairs_hook=_object, parse_int=float).decode


def _read(text: str) -> Any:
    try:
        return _read_plain(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # whole numbers of thousands of digits are JSON, but Python does not read them as such
        return _read_long(text)


_encode = json.JSONEncoder(ensure_ascii=False).encode


def write(line: dict[str, Any]) -> str:
    """Return *line* as a line of JSON."""
    text = _encode(line)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # half of a surrogate pair cannot be written as UTF-8, only as an escape
            text = json.dumps(line)
    return text + "\n"


class LineScorer(ABC):
    """Scores lines of text and remembers whether one failed."""

    def __init__(self) -> None:
        self.failed = 0

    def score(self, lines: Iterable[bytes]) -> Iterator[str]:
        """Yield an output line for each input line that is not blank."""
        for number, raw in enumerate(lines, start=1):
            if raw.isspace():
                continue
            try:
                line = _read(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError):
                yield self._unreadable(number, msg("the line is not JSON"))
            else:
                yield self.score_line(line, number)

    def score_line(self, line: object, number: int) -> str:
        """Return the output for one line as read from JSON."""
        repeated = line.repeated if isinstance(line, Repeated) else frozenset[str]()
        table = line.table if isinstance(line, Repeated) else line
        if not isinstance(table, dict):
            return self._unreadable(number, msg("the line is not a JSON object"))
        name = table.get("id")
        if "id" in repeated or isinstance(name, bool) or not isinstance(name, str | int):
            return self._unreadable(number, msg("the line needs one “{key}”: a text or a whole number", key="id"))
        return self.scored(name, table, repeated)

    @abstractmethod
    def scored(self, name: str | int, table: dict[str, Any], repeated: Collection[str]) -> str:
        """Return the output for a line with an id; *repeated* are the keys it holds twice."""

    def refused(self, name: str | int, item: str | None, why: Message) -> str:
        """Return the output for a line that cannot be scored."""
        self.failed += 1
        return write({"id": name, "error": {"item": item, "message": say(why)}})

    def _unreadable(self, number: int, why: Message) -> str:
        self.failed += 1
        return write({"id": None, "line": number, "error": {"item": None, "message": say(why)}})


class ItemScorer(LineScorer):
    """Scores the items of one scale under one prepared scorer."""

    def __init__(self, prepared: Scorer) -> None:
        super().__init__()
        self._prepared = prepared

    def scored(self, name: str | int, table: dict[str, Any], repeated: Collection[str]) -> str:
        """Return the scores of the line's ``responses``, or why there are none."""
        responses = table.get("responses")
        if isinstance(responses, Repeated):
            return self.refused(name, responses.first, msg("item {item} is there more than once", item=responses.first))
        if repeated or not isinstance(responses, dict):
            return self.refused(name, None, msg("the line needs one “{key}”: a JSON object", key="responses"))
        try:
            outcomes = self._prepared.outcomes(self._prepared.answers(responses))
        except InvalidResponseError as error:
            return self.refused(name, error.item, error.message)
        scores: dict[str, Any] = {}
        reasons: dict[str, str] = {}
        imputed: dict[str, int] = {}
        for code, outcome in outcomes.items():
            if isinstance(outcome, Score):
                scores[code] = outcome.value
                if outcome.imputed_items:
                    imputed[code] = outcome.imputed_items
            else:
                scores[code] = None
                reasons[code] = say(outcome.reason)
        return write({"id": name, "scores": scores, "not_scored": reasons, "imputed_items": imputed})
