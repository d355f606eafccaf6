"""A workspace: a folder with settings, maps and a store. The one place that wires the parts together."""

from klantreis.workspace.begin import begin
from klantreis.workspace.folder import Workspace, Written, checked_files, drawn_file, open_workspace
from klantreis.workspace.load import Loaded

__all__ = ["Loaded", "Workspace", "Written", "begin", "checked_files", "drawn_file", "open_workspace"]
