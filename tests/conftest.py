"""What every test shares: the same examples on every run, and what is left out of one."""

import pytest
from hypothesis import settings

from tests import sample

# The same inputs give the same bytes, and the same examples: a failure on one machine is a
# failure on all. `--hypothesis-profile=default` looks further afield.
settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")

# Notebooks among the tests are material (some are faulty on purpose); only those in
# notebooks/examples are compared with what they once showed.
collect_ignore_glob = ["*.ipynb"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end of a run which papers were not taken one by one."""
    terminalreporter.write_line(sample.said())
