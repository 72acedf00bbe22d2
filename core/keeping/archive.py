"""The archive of a backup: a ZIP file whose members' checksums stand in its manifest."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from core.data.errors import SetupError
from core.keeping.manifest import Manifest, ManifestError, read_manifest

MANIFEST, FILES, SETTINGS, SECRETS = "manifest.json", "files.jsonl", "settings.json", "secrets.json"
BLOCK = 1024 * 1024
LONGEST_LINE = 256 * 1024 * 1024
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the moment of the backup stands in the manifest
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class KeptFile:
    """A file of a record: where it lies below the folder of files, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str

    @property
    def member(self) -> str:
        return f"files/{self.path}"


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """Give a place beside `target`; it takes the name of `target` when the block ends well, and else vanishes.

    Only its owner may read it. Raises SetupError when `target` is there already, or the folder cannot be written.
    """
    if target.exists() or target.is_symlink():
        raise SetupError(f"{target} is there already; name a new file, nothing is written over")
    part = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise SetupError(
            f"{target} cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None
    try:
        yield part
        _settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def _settle(part: Path, target: Path) -> None:
    with part.open("rb") as done:
        os.fsync(done.fileno())
    try:
        os.link(part, target)  # fails where a rename would write over what came meanwhile
    except FileExistsError:
        raise SetupError(f"{target} came into being meanwhile; nothing was written over") from None
    except OSError:  # a file system without links
        part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    with contextlib.suppress(OSError):
        os.fsync(folder)
    os.close(folder)


def write_member(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes], packed: bool = True) -> str:
    """Write one member; answers the SHA-256 of what it holds."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(name, _DAY_ONE)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as out:
        for block in blocks:
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def blocks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """A file, piece by piece."""
    while block := stream.read(BLOCK):
        yield block


class Backup:
    """A backup that is read. Raises SetupError in one line for whatever is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with contextlib.ExitStack() as opened:
            self._zip, self.manifest = self._open(opened)
            self._opened = opened.pop_all()

    def _open(self, opened: contextlib.ExitStack) -> tuple[zipfile.ZipFile, Manifest]:
        try:
            packed = opened.enter_context(zipfile.ZipFile(self.file))
            return packed, read_manifest(packed.read(MANIFEST))
        except FileNotFoundError:
            raise SetupError(f"there is no file {self.file}") from None
        except KeyError:
            raise self._refusal("it has no manifest, so it is no backup of Zhidu") from None
        except ManifestError as error:
            raise self._refusal(str(error)) from None
        except _BROKEN as error:
            raise self._refusal(
                f"it cannot be read, perhaps it was cut short: {_first_line(error)}"
            ) from None

    def close(self) -> None:
        self._opened.close()

    def check(self) -> None:
        """Read everything once and compare it with the manifest."""
        wanted = {MANIFEST, FILES, SETTINGS}
        wanted |= {SECRETS} if self.manifest.settings.get("secrets") else set()
        wanted |= {each.member for each in self.manifest.tables}
        files = list(self.files())
        wanted |= {each.member for each in files}
        names = self._zip.namelist()
        strange = sorted(wanted ^ set(names)) or sorted(each for each in set(names) if names.count(each) > 1)
        if strange:
            raise self._refusal(f"its members are not those of its manifest ({strange[0]})")
        for table in self.manifest.tables:
            rows = sum(1 for _line in self.lines(table.member, table.sha256))
            if rows != table.rows:
                raise self._refusal(f"{table.name} has {rows} rows and should have {table.rows}")
        for each in files:
            for _block in self.blocks(each):
                pass
        self.settings()
        self.secrets()

    def lines(self, member: str, sha256: str) -> Iterator[bytes]:
        """The lines of a member; a checksum that differs is told after the last one."""
        digest = hashlib.sha256()
        with self._reading(member) as stream:
            while line := stream.readline(LONGEST_LINE):
                digest.update(line)
                yield line
        if digest.hexdigest() != sha256:
            raise self._refusal(f"{member} is not what was written")

    def files(self) -> Iterator[KeptFile]:
        """The files of records, in the order of the archive."""
        sha256 = self.manifest.files.get("sha256", "")
        for line in self.lines(FILES, sha256):
            try:
                kept = KeptFile(**json.loads(line))
            except (ValueError, TypeError):
                raise self._refusal(f"{FILES} cannot be read") from None
            if not is_inside(kept.path):
                raise self._refusal(f"{FILES} names a place outside the folder of files")
            yield kept

    def blocks(self, kept: KeptFile) -> Iterator[bytes]:
        """What a file holds, piece by piece; a checksum that differs is told after the last one."""
        digest, size = hashlib.sha256(), 0
        with self._reading(kept.member) as stream:
            for block in blocks_of(stream):
                digest.update(block)
                size += len(block)
                yield block
        if (size, digest.hexdigest()) != (kept.size, kept.sha256):
            raise self._refusal(f"{kept.member} is not what was written")

    def settings(self) -> dict[str, Any]:
        """The settings that the installation ran with."""
        return self._object(SETTINGS, self.manifest.settings.get("sha256", ""))

    def secrets(self) -> dict[str, Any]:
        """What only `--with-secrets` puts in; empty without."""
        if not self.manifest.settings.get("secrets"):
            return {}
        return self._object(SECRETS, self.manifest.settings.get("secrets_sha256", ""))

    def _object(self, member: str, sha256: str) -> dict[str, Any]:
        try:
            return dict(json.loads(b"".join(self.lines(member, sha256))))
        except (ValueError, TypeError):
            raise self._refusal(f"{member} cannot be read") from None

    @contextlib.contextmanager
    def _reading(self, member: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(member) as stream:
                yield stream
        except SetupError:
            raise
        except KeyError:
            raise self._refusal(f"{member} is missing in it") from None
        except _BROKEN as error:
            raise self._refusal(f"{member} cannot be read: {_first_line(error)}") from None

    def _refusal(self, reason: str) -> SetupError:
        return SetupError(
            f"{self.file} is not used: {reason}; nothing was changed, take another copy of the backup"
        )


def is_inside(path: str) -> bool:
    """Whether a path leads to a place below the folder that it is taken from."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/") and "\\" not in path


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
