"""Runs the terminal's door: `python -m klantreis`."""

try:
    from klantreis.cli import main
except KeyboardInterrupt:
    raise SystemExit(130) from None

raise SystemExit(main())
