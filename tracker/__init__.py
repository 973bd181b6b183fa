"""Outcome tracker for regenerative medicine: scores over visits, read against what the studies reported."""

__version__ = "0.1.0"
