"""The journey map as a picture, one file a thought."""

from klantreis.scenes.journey.page import journey_scene

__all__ = ["journey_scene"]
