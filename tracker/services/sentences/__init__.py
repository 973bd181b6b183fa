"""What is said under a panel and to a patient, from the same comparison that the picture is drawn from.

Two voices: the clinician's (``clinician``) and the patient's (``patient``, and ``paragraph`` for a whole episode).
Every sentence is a message with named fields, said only where its condition holds. It states what was measured and
what cannot be said; it never advises, and claims nothing the data lack. It must not know Qt, rows or files.
"""
