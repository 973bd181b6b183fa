"""The study library: each study's passport, its numbers as printed and every doubt about them.

Reads the reference data through the services; opens a network address only when the user clicks a link.
"""
