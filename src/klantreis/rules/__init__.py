"""One file for each rule that reads results and gives findings."""
