"""What the clinic records: patient, episode, treatment, visit, assessment, adverse event; months and baseline.

Frozen dataclasses and closed codes over ``core`` and ``scales``; knows no study, no database and no Qt.
"""
