"""The invented people of the demo file and what is recorded of them; knows no database.

Everything is drawn from ``random.Random`` by seed, keys are derived: the same arguments give the same records.
"""
