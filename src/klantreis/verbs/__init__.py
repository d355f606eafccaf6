"""What an analyst asks of a file of events, a data frame or journeys: one file a question."""
