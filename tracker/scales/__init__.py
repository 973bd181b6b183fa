"""What a score is: definitions (one TOML a scale), responses to scores, thresholds.

Pure Python over ``core``: knows no patient, no study, no database and no Qt.

How to add a scale: write ``<id>@<version>.toml`` after the pattern of the files in ``resources/scales``, with two
to four worked examples; the loader refuses a file that contradicts itself or fails its own examples. Nothing else
is needed: form, checks, scoring, codebook and demo data come from the file; a condition file names it under ``scales``
(asked for) or ``further`` (offered). Only an exam, whose answers belong together in ways no rule can say, is a package
of its own that the file names (``exams``).
"""
