"""The manifest of an export: what it holds, how it was made, what was left out or lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker import __version__
from tracker.core.dates import now_utc
from tracker.exchange.cells import OLDEST_AGE
from tracker.exchange.columns import Deidentified, layout
from tracker.exchange.folder import FORMAT, FORMAT_VERSION, FileFacts
from tracker.exchange.writing import Used
from tracker.scales.isncsci.findings import ALGORITHM

DEMO_FACTS = ("about", "seed", "patients", "today")
"""What a synthetic registry says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the manifest says beside the files themselves."""

    schema: str
    facts: Mapping[str, str]
    left_out: Mapping[str, int]
    deidentified: bool
    excel: bool
    one_patient: bool
    audited: bool


def manifest(files: Mapping[str, FileFacts], used: Used, about: Circumstances) -> dict[str, Any]:
    """Return the manifest."""
    synthetic = about.facts.get("kind") == "demo"
    made: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "created": now_utc().isoformat(timespec="seconds"),
        "software": {"name": "outcome-tracker", "version": __version__},
        "schema": about.schema,
        "scales": [{"id": scale, "version": version} for scale, version in sorted(used.scales)],
        "scoring": {
            "version": __version__,
            "classification": ALGORITHM,
            "policies": [{"scale": scale, "policy": policy} for scale, policy in sorted(used.policies)],
        },
        "synthetic": synthetic,
        "deidentified": about.deidentified,
        "byte_order_mark": about.excel,
        "patients": "one" if about.one_patient else "all",
        "audited": about.audited,
        "files": {
            table.file_name: {"rows": files[table.file_name].rows, "sha256": files[table.file_name].sha256}
            for table in layout().tables.values()
        },
        "left_out": left_out(about.left_out),
        "lost": lost() if about.deidentified else [],
    }
    if synthetic:
        made["demo"] = {name: about.facts[name] for name in DEMO_FACTS if name in about.facts}
    return made


def left_out(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return what an export never holds, with how much of it there is."""
    return [
        {"what": "removed records", "count": counts["removed"]},
        {"what": "unfinished changes of complete assessments", "count": counts["amendments"]},
        {"what": "audit entries", "count": counts["audit"]},
        {"what": "scores of drafts: only complete assessments are scored", "count": counts["drafts"]},
    ]


def lost() -> list[dict[str, Any]]:
    """Return what de-identifying took away or changed."""
    columns = [
        (f"{table.name}.{column.name}", column.deidentified)
        for table in layout().tables.values()
        for column in table.columns
    ]
    return [
        {
            "what": "emptied: names, free text and dates",
            "columns": [name for name, fate in columns if fate is Deidentified.LOSE],
        },
        {
            "what": "replaced by new random keys, the same in every file, in a new order",
            "columns": [name for name, fate in columns if fate is Deidentified.REPLACE],
        },
        {
            "what": f"ages of {OLDEST_AGE} and more are one group, written {OLDEST_AGE}",
            "columns": ["visits.age_years", "visits.age_years_oldest"],
        },
        {
            "what": "answers in words that are not a code of the item: emptied",
            "columns": ["responses.value"],
        },
        {
            "what": "emptied where it is not a code of a condition file",
            "columns": [
                "episodes.body_site",
                *(f"episodes.{code}" for code in ("ais", "level", "phase", "grade", "course")),
            ],
        },
    ]
