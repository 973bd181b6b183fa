"""The course of one patient as small multiples, and what it is read against.

What a panel draws is data first (``drawing``, made by ``compose``); ``paint`` turns that data, and nothing else, into
a picture. Knows no database and computes no score. Imports pyqtgraph: import this room after the first paint.
"""
