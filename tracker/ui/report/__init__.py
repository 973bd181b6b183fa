"""The one-page report: a patient's course on paper, to hand to a colleague or to read with the patient.

What is printed is data first (``model``, made by ``content`` from the comparison that the chart and ``compare`` use);
``layout`` puts it on pages and ``document`` paints them, for the preview, a PDF and a printer alike. Knows no
database but through the services, and computes no score. Does not import pyqtgraph.
"""
