"""`zhidu plugin new`: a small, complete plugin with one example entity, to be changed into one's own."""

from __future__ import annotations

from pathlib import Path
from string import Template

from core.data.errors import SetupError
from core.host import Host
from core.host.discovery import TREE, package_folder
from core.host.manifest import problem_with_id
from core.settings import Settings

TEMPLATES = Path(__file__).parent / "templates"
SUFFIX = ".tmpl"


def write_plugin(name: str, into: Path | None, settings: Settings) -> Path:
    """Write the plugin `name` into the folder `into` (by default the tree's own) and answer where it is.

    Raises SetupError for a name that cannot be used or is taken, and for a folder that cannot be written.
    """
    tree = package_folder(TREE)
    parent = into or tree
    if parent is None:
        raise SetupError("the package plugins is not there; say with --into where to put the plugin")
    _check_name(name, parent, settings)
    in_tree = tree is not None and parent.resolve() == tree.resolve()
    values = _values(name, f"{TREE}.{name}" if in_tree else name)
    folder = parent.resolve() / name
    try:
        for template in sorted(TEMPLATES.rglob(f"*{SUFFIX}")):
            _write(template, folder, values)
    except OSError as error:
        raise SetupError(f"{error.filename or folder} cannot be written ({error.strerror})") from None
    return folder


def _check_name(name: str, parent: Path, settings: Settings) -> None:
    problem = problem_with_id(name)
    if problem:
        raise SetupError(f"a plugin cannot be called {name!r}: {problem}")
    if (parent / name).exists():
        raise SetupError(f"{parent / name} is there already; choose another name")
    taken = {each.id: each.manifest.folder for each in Host([], settings).installed}
    if name in taken:
        raise SetupError(f"the plugin {name} is there already, in {taken[name]}; choose another name")
    beside_the_tree = package_folder(name)
    if beside_the_tree is not None:
        raise SetupError(f"Python has a package {name} in {beside_the_tree}; choose another name")


def _values(name: str, package: str) -> dict[str, str]:
    words = name.split("_")
    return {
        "name": name,
        "package": package,
        "camel": "".join(word.capitalize() for word in words),
        "title": " ".join(words).capitalize(),
        "upper": "-".join(words).upper(),
    }


def _write(template: Path, folder: Path, values: dict[str, str]) -> None:
    inside = str(template.relative_to(TEMPLATES)).removesuffix(SUFFIX)
    file = folder / Template(inside).substitute(values)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(Template(template.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
