"""The verbs, in the order a person meets them: name -> (panel, one line of help)."""

START, WORK, FILES, CARE = "Start", "Work with a workspace", "Ask a file, or a map of the workspace", "Look after it"

VERBS: dict[str, tuple[str, str]] = {
    "demo": (START, "Make a demo shop, measure it, and write its report."),
    "init": (START, "Make a workspace here: klantreis.yaml and a first map."),
    "guide": (START, "Tell which of the nine steps of a map are done, and do the next one."),
    "check": (WORK, "Read the maps and say every mistake at once."),
    "load": (WORK, "Read the sources into the store; repeat it as often as you like."),
    "measure": (WORK, "Compute every measure of a map."),
    "find": (WORK, "List what stands out, most important first."),
    "draw": (WORK, "Draw a map (SVG), measured where there is data."),
    "diff": (WORK, "Tell what differs between two versions of a map."),
    "merge": (WORK, "Put two edits of one map together; conflicts are named by id."),
    "report": (WORK, "Write the report: one HTML file that opens anywhere."),
    "export": (WORK, "Write a map as pdf, slides, workbook, story and more."),
    "import": (WORK, "Make a map from a file of another tool."),
    "emotion": (WORK, "How customers say they feel at each touchpoint."),
    "kpis": (WORK, "How each KPI of a map stands against its target."),
    "coverage": (WORK, "What people do that the map does not know."),
    "funnel": (FILES, "How many get from step to step."),
    "paths": (FILES, "What follows what, and whole routes."),
    "fit": (FILES, "How well journeys follow a path."),
    "times": (FILES, "How long journeys and the ways between events take."),
    "doctor": (CARE, "Check environment, store and counts."),
    "test": (CARE, "Run the product's own tests."),
}
