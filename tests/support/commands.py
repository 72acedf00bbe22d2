"""The `zhidu` command as an operator runs it: a process of its own, with its own home and settings."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import postgres_server
import servers
import warm_program

TEST_PLUGINS = servers.ROOT / "tests" / "plugins_for_tests"


@dataclass
class Office:
    """One installation on SQLite (or at `url`); `environment` adds to its settings."""

    home: Path
    url: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.url = self.url or f"sqlite:///{self.home / 'zhidu.sqlite'}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        settings = {
            "ZHIDU_HOME": str(self.home),
            "ZHIDU_DATABASE_URL": self.url,
            "ZHIDU_DATABASE_OWNER_URL": postgres_server.owner_url(self.url),
            **self.environment,
        }
        env = {**os.environ, **settings}
        warm = warm_program.run(arguments, cwd=self.home, env=env)
        if warm is not None:
            return warm
        return subprocess.run(
            [str(servers.PROGRAM), *arguments],
            cwd=self.home,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    def done(self, *arguments: str) -> str:
        """What the command says; it has to end well and say nothing on stderr."""
        ended = self.run(*arguments)
        assert (ended.returncode, ended.stderr) == (0, ""), f"{ended.stdout}\n{ended.stderr}"
        return ended.stdout

    def refused(self, *arguments: str) -> str:
        """The one line that the command complains in, with exit status 1."""
        ended = self.run(*arguments)
        assert ended.returncode == 1, ended.stdout
        assert ended.stderr.count("\n") == 1, ended.stderr
        return ended.stderr

    def plugins(self) -> dict[str, dict[str, Any]]:
        """`plugin list --format json` by id."""
        return {each["id"]: each for each in json.loads(self.done("plugin", "list", "--format", "json"))}

    def statuses(self) -> dict[str, dict[str, Any]]:
        """`migrate --status --format json` by owner."""
        found = json.loads(self.done("migrate", "--status", "--format", "json"))
        return {each["owner"]: each for each in found}
