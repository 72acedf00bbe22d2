"""What a committed file must be like: each check tells what is wrong, or nothing."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
MOST_BYTES = 300_000
PYTHON_LOCKS = ("requirements/runtime.txt", "requirements/dev.txt", "requirements/peers.txt")
NPM_LOCK = "package-lock.json"

# Written in pieces, so that this file does not hold what it forbids.
REGISTRIES = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|npmmirror|yarnpkg|debian|ubuntu)\.(?:org|com|net|io)\b"
)
MACHINE_PATHS = re.compile(
    r"(?<![\w./}>~-])/(?:(?:root|tmp|opt|mnt)/|(?:home|Users)/\w+/|work/(?:main|shared|\.library)\b)"
)
OUTSIDE = re.compile(r"\.\./shared\b")
KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
SILENT_IGNORE = re.compile(r"#\s*(?:noqa\b(?!:)|type:\s*ignore(?!\[))")

MADE_BY_PROGRAMS = re.compile(
    r"(?:^|/)(?:node_modules|\.venv|var|build|dist|__pycache__|[^/]+\.egg-info)/"
    r"|\.(?:py[cod]|mo|sqlite3?|db|log|egg|whl|so|swp|orig|rej|bak|tmp)$"
)
CARRIED_BY_PACKAGES = re.compile(r"\.(?:min\.(?:js|css|mjs)|js\.map|css\.map|woff2?|ttf|otf|eot)$")


def committed() -> list[str]:
    """Every path that git tracks and that is there."""
    told = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [path for path in told.split("\0") if path and (ROOT / path).is_file()]


def text_of(path: str) -> str:
    """The file's text; empty for a picture and the like."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def wrong_path(path: str) -> Iterator[str]:
    if MADE_BY_PROGRAMS.search(path):
        yield "a program makes this file; keep it out of git"
    if CARRIED_BY_PACKAGES.search(path):
        yield "a package carries this file; take it from there"


def wrong_text(text: str) -> Iterator[str]:
    forbidden = (
        (REGISTRIES, "names a package registry"),
        (MACHINE_PATHS, "names a path of one machine"),
        (OUTSIDE, "reads outside the repository"),
        (KEYS, "holds a private key"),
    )
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, complaint in forbidden:
            if pattern.search(line):
                yield f"line {number} {complaint}: {line.strip()[:100]}"


def wrong_size(path: str, size: int) -> Iterator[str]:
    if path not in (*PYTHON_LOCKS, NPM_LOCK) and size > MOST_BYTES:
        yield f"{size} bytes; at most {MOST_BYTES}"


def wrong_python(path: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    # A migration is one step, however many tables it makes.
    if path.startswith(("core/", "plugins/")) and "/migrations/" not in path and len(lines) > MOST_LINES:
        yield f"{len(lines)} lines; at most {MOST_LINES}, so give each purpose a file of its own"
    for number, line in enumerate(lines, start=1):
        if SILENT_IGNORE.search(line):
            yield f"line {number} ignores without naming the rule: {line.strip()[:100]}"
    if path.startswith("tests/"):
        yield from skips(text)


def skips(text: str) -> Iterator[str]:
    """Uses of pytest's skip, skipif and importorskip."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "skipif", "importorskip"}:
            yield f"line {node.lineno} skips a test; a skipped test proves nothing"


def wrong_python_lock(text: str) -> Iterator[str]:
    """Names, exact versions and hashes, and nothing that says where to download from."""
    if "://" in text or re.search(r"^\s*-", re.sub(r"^    --hash=.*$", "", text, flags=re.M), flags=re.M):
        yield "says where packages come from, or another option"
    for entry in re.split(r"\n(?=\S)", text.strip()):
        name = entry.split(" ", 1)[0]
        if not re.match(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+$", name):
            yield f"{name} has no exact version"
        if "--hash=sha256:" not in entry:
            yield f"{name} has no hash"


def locked(text: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file; more than one when they depend on the Python."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text, flags=re.M):
        versions.setdefault(name, set()).add(version)
    return versions


def wanted(text: str) -> dict[str, Requirement]:
    """The ranges of a `.in` file."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    requirements = (Requirement(line) for line in lines if line and not line.startswith("-"))
    return {canonicalize_name(each.name): each for each in requirements}


def declared() -> dict[str, Requirement]:
    """The ranges of pyproject.toml."""
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    return {canonicalize_name(each.name): each for each in map(Requirement, project["dependencies"])}


def wrong_npm_lock(lock: dict[str, Any]) -> Iterator[str]:
    """As for Python: versions and hashes, no addresses."""
    if "://" in json.dumps(lock):
        yield "holds an address"
    for path, package in lock["packages"].items():
        if path and not (package.get("version") and package.get("integrity")):
            yield f"{path} has no version or no hash"
