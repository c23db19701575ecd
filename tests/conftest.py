"""What every test shares: the same examples on every run."""

from hypothesis import settings

# The same inputs give the same bytes, and the same examples: a failure on one machine is a
# failure on all. `--hypothesis-profile=default` looks further afield.
settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")

# Notebooks among the tests are material (some are faulty on purpose); only those in
# notebooks/examples are compared with what they once showed.
collect_ignore_glob = ["*.ipynb"]
