"""What every room may use: messages, errors, numbers and rounding, dates and months, keys, search folding.

Knows no scale, no study, no patient, no database and no Qt. Imports no library at module level.
"""
