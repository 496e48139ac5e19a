"""What happened: records of crises, read from files and checked, each entry with the window its time is known to."""
