"""Reading a file back against itself: its pages, its audit chain, its rows against a replay of the audit.

Plain SQL on one connection, row by row: constant memory, no SQLAlchemy session. Knows no scale: scores are computed
again in the services. Nothing here changes the file.
"""
