"""What pages of records show beside the fields: a module for each area."""
