"""The chapters of the report, one file each; every one answers one question."""
