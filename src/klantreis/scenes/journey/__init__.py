"""The journey map as a picture, one file a thought."""

from klantreis.scenes.journey.blueprint import blueprint_scene
from klantreis.scenes.journey.page import journey_scene

__all__ = ["blueprint_scene", "journey_scene"]
