"""The entry page: one form for every scale, generated from its definition.

``grammar`` (what a typed text means for an item), ``sheet`` (the answers of an open form, with undo) and ``reading``
(what the score cards say) know no Qt; ``keys`` turns key events into the grammar's keys; the rest draws and joins.
"""
