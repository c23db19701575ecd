"""``python -m scrutiny`` is the command ``scrutiny``."""

from scrutiny.cli import main

main()
