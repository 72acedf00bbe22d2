"""Sheets in and out: a dry run with a row-by-row report, then accepted once; export."""
