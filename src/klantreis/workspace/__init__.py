"""A workspace: a folder with settings, maps and a store. The one place that wires the parts together."""

from klantreis.workspace.begin import add_map, begin
from klantreis.workspace.checking import checked_files, checked_paths
from klantreis.workspace.drawing import drawn_alone
from klantreis.workspace.folder import Workspace, open_workspace
from klantreis.workspace.load import Loaded
from klantreis.workspace.paper import Written

__all__ = [
    "Loaded", "Workspace", "Written", "add_map", "begin", "checked_files", "checked_paths", "drawn_alone",
    "open_workspace",
]  # fmt: skip
