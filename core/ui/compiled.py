"""Templates as they were compiled last, kept in files: compiling them anew takes each process most of a second."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache


def keep_compiled(app: Flask, folder: Path) -> None:
    """Keep compiled templates in `folder`, which is made when it is missing.

    What lies there is run. So a folder that belongs to somebody else, or that others may write into, is not used;
    nor is one that cannot be made. Each process then compiles for itself.
    """
    if _is_ours_alone(folder):
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder), "%s.cache")


def _is_ours_alone(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
