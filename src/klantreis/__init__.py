"""Klantreis measures a customer journey: the map you wrote, met by the events that happened."""

__version__ = "0.1.0"
