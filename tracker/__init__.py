"""Outcome tracker for regenerative medicine: scores over visits, read against what the studies reported."""

__version__ = "0.1.0"

APPLICATION = "outcome-tracker"
"""Names the folders of the user in which files, settings and log are kept."""
