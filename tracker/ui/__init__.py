"""Windows, forms and charts: the only room that knows Qt and pyqtgraph. Talks to services only."""
