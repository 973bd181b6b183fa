"""What the studies reported, and where a cohort stood at its reported months.

Pure Python over ``core`` and ``scales`` (scipy.special only inside functions): knows no patient, no database, no Qt.

How to add a study: write one TOML after the pattern of ``seeds/*.toml``; the loader refuses a number without its
source, its month, its spread kind and its plot policy, and says where.
"""
