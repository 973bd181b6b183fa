"""What happened: a patient's changes in sentences, the patient as they were, the audit of the whole file, its check.

Reads by services only and changes nothing; asks for nothing but what is to be shown.
"""
