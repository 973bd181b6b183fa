"""Bytes out and in: CSV with codebook and manifest. Knows no study, no database and no Qt; gets plain rows."""
