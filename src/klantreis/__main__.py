"""Runs the terminal's door: `python -m klantreis`."""

from klantreis.cli import main

raise SystemExit(main())
