"""Checks of a paper's filled text: one module per theme; `scrutiny.paper.lint.registry` lists them."""
