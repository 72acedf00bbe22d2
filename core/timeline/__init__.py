"""What happened to a record, in one line of time: its history, the messages of those who work on it, its files."""
