from dataclasses import replace

import pytest

from tracker.services.comparisons import compare
from tracker.services.demo import write_demo
from tracker.services.workspace import Workspace


@pytest.fixture(scope="session")
def demo_comparisons(tmp_path_factory):
    """Every episode of a demo, as kept and once more read against the first two cohorts that fit."""
    path = tmp_path_factory.mktemp("demo") / "demo.tracker"
    write_demo(path, patients=120)
    workspace = Workspace.open(path, actor="dr-lin")
    try:
        kept = [
            workspace.comparisons.of(episode.id)
            for line in workspace.patients.search(limit=1000).lines
            for episode in workspace.episodes.of(line.id)
        ]
    finally:
        workspace.close()
    return [*kept, *(_read_against(comparison) for comparison in kept)]


def _read_against(comparison):
    fitting = dict.fromkeys(cohort.key for panel in comparison.panels for cohort in panel.cohorts if cohort.usable)
    episode = replace(comparison.course.episode, read_against=tuple(fitting)[:2])
    return compare(replace(comparison.course, episode=episode))
