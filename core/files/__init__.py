"""Attachments and photos on any record, served only through the row gate."""
