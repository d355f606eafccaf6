"""What happened: events, their sources, and the demo shop."""
