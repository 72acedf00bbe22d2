"""Tools for those who write plugins and keep an installation: commands, checks, the scaffold."""
