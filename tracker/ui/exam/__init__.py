"""The page of the neurological exam of spinal cord injury: entry grid, live classification, comparison.

``places`` (where the cells stand), ``sheet`` (what each key does, with undo), ``looks`` (what a cell shows),
``reading`` and ``compared`` (what the panels say) know no Qt widgets; the rest draws and joins. What the standard
leaves open is decided in ``tracker.scales.isncsci`` and said to the user by ``help_panel``.
"""
