"""How a finding is written."""

import pytest

from tracker.scales.isncsci.findings import Finding, listed


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding(("C5",)), "C5"),
        (Finding(("C5",), star=True), "C5*"),
        (Finding(("C5", "C6")), "ND: C5-C6"),
        (Finding(("C4", "C5", "C6", "T1", "S3", "INT")), "ND: C4-C6, T1, S3, INT"),
        (Finding(("NA", "C4", "C5")), "ND: NA, C4-C5"),
        (Finding(("B", "C", "D"), star=True), "ND*: B, C, D"),
        (Finding(("C", "I")), "ND: C, I"),
    ],
)
def test_a_finding_is_written_as_on_the_form(finding, text):
    assert str(finding) == text
    assert finding.determined is (len(finding.possible) == 1)


def test_nothing_and_a_single_result_are_listed_too():
    assert listed(()) == ""
    assert listed(("INT",)) == "INT"
    assert listed(("NA",)) == "NA"
