"""What is judged, and filled in, before a record is saved, beside the rule book: a module for each area."""
