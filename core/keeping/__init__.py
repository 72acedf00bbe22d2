"""Keeping an installation: backup, restore, and the doctor that says how it is."""
