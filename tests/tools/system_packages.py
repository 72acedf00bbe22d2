"""Makes sure of what the tests need from the system: a Chromium with its driver, and a font with Chinese.

As root on Debian what is missing is installed. Elsewhere it is named in one line, and the exit status is 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    missing = missing_packages()
    if missing and may_install():
        install(missing)
        missing = missing_packages()
    if missing:
        names = " ".join(missing)
        print(
            f"The tests need these system packages (Debian's names): install {names} and try again",
            file=sys.stderr,
        )
        return 1
    return 0


def missing_packages() -> list[str]:
    """Debian's names of the packages that are not there yet."""
    return [package for package, is_there in NEEDED.items() if not is_there()]


def has_chromium() -> bool:
    return any(shutil.which(name) for name in CHROMIUM_NAMES)


def has_driver() -> bool:
    return shutil.which("chromedriver") is not None


def has_chinese_font() -> bool:
    """True when the system's fonts cover Chinese; screenshots show boxes otherwise."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    found = subprocess.run([lister, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


def may_install() -> bool:
    return os.geteuid() == 0 and is_debian() and shutil.which("apt-get") is not None


def is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.is_file() and "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def install(packages: list[str]) -> None:
    print(f"Installing system packages for the tests: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
        )


NEEDED: dict[str, Callable[[], bool]] = {
    "chromium": has_chromium,
    "chromium-driver": has_driver,
    "fonts-noto-cjk": has_chinese_font,
}

if __name__ == "__main__":
    sys.exit(main())
