"""A workspace: a folder with settings, maps and a store. The one place that wires the parts together."""

from klantreis.workspace.begin import begin
from klantreis.workspace.drawing import drawn_file
from klantreis.workspace.folder import Workspace, checked_files, open_workspace
from klantreis.workspace.load import Loaded
from klantreis.workspace.paper import Written

__all__ = ["Loaded", "Workspace", "Written", "begin", "checked_files", "drawn_file", "open_workspace"]
