"""Backups in the window: the page, what a restore would change, the words on the status bar, the backup on closing.

Knows no file format and no retention rule: those are the services'.
"""
