"""Checks on source files: texts that cannot be translated, and Chinese that stands outside the catalogues.

A line is let through by a comment with a reason: `zh-ok: REASON` on the line (or on the first line of its
statement), `zh-ok-file: REASON` anywhere in the file, such as one of demonstration data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, nodes

from core.languages.extract import KEYWORDS, TEMPLATE_EXTENSIONS, Place, may_call, source_files

CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ALLOWED_LINE = re.compile(r"zh-ok:\s*\w")
_ALLOWED_FILE = re.compile(r"zh-ok-file:\s*\w")
_COMMENTS = {
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".typ": re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL),
}
_JINJA_EXTENSIONS = ["jinja2.ext.i18n", *TEMPLATE_EXTENSIONS]
Finding = tuple[Place, str]
_Argument = TypeVar("_Argument")


def built_texts(folder: Path) -> Iterator[Finding]:
    """Translation calls whose text is put together (f-string, %, +, .format): no catalogue can hold it."""
    for file in source_files(folder, ".py", ".html"):
        find = _built_in_python if file.suffix == ".py" else _built_in_template
        source = file.read_bytes()
        for line, text in find(source.decode(), str(file)) if may_call(source) else ():
            yield _place(folder, file, line), text


def stray_chinese(folder: Path) -> Iterator[Finding]:
    """Chinese in string literals, templates, print forms and scripts, which an English reader would see."""
    for file in source_files(folder, ".py", *_COMMENTS):
        source = file.read_text(encoding="utf-8")
        if not CHINESE.search(source) or _ALLOWED_FILE.search(source):
            continue
        lines = source.splitlines()
        found = _chinese_literals(source) if file.suffix == ".py" else _chinese_lines(source, file.suffix)
        for text, line_numbers in sorted(found, key=lambda each: each[1]):
            if not any(_ALLOWED_LINE.search(lines[number - 1]) for number in line_numbers):
                yield _place(folder, file, line_numbers[0]), text


def _place(folder: Path, file: Path, line: int) -> Place:
    return Place(file.relative_to(folder).as_posix(), line)


def _built_in_python(source: str, name: str) -> Iterator[tuple[int, str]]:
    for call in ast.walk(ast.parse(source, filename=name)):
        if isinstance(call, ast.Call):
            for text in filter(_is_built, _texts(_called(call.func), call.args)):
                yield text.lineno, ast.unparse(text)


def _texts(called: str | None, arguments: list[_Argument]) -> list[_Argument]:
    """Those arguments of a call that are texts to translate: not a count, which may well be a sum."""
    if called not in KEYWORDS:
        return []
    places = [place[0] if isinstance(place, tuple) else place for place in KEYWORDS[called] or (1,)]
    return [arguments[place - 1] for place in places if place <= len(arguments)]


def _called(function: ast.expr) -> str | None:
    return getattr(function, "id", None) or getattr(function, "attr", None)


def _built_in_template(source: str, name: str) -> Iterator[tuple[int, str]]:
    environment = Environment(extensions=_JINJA_EXTENSIONS, autoescape=True)
    lines = source.splitlines()
    for call in environment.parse(source, filename=name).find_all(nodes.Call):
        called = call.node.name if isinstance(call.node, nodes.Name) else None
        if any(map(_is_put_together, _texts(called, call.args))):
            yield call.lineno, lines[call.lineno - 1].strip()


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod) and any(map(_is_text, (node.left, node.right)))
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
        and _is_text(node.func.value)
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_put_together(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Getattr) and node.node.attr == "format"
    return isinstance(node, nodes.Concat | nodes.Add | nodes.Mod)


def _chinese_literals(source: str) -> Iterator[tuple[str, list[int]]]:
    """Each Chinese literal with its own lines and its statement's first; docstrings are no screen text."""
    for statement in _statements(ast.parse(source)):
        for node in _own_expressions(statement):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value):
                own = range(node.lineno, (node.end_lineno or node.lineno) + 1)
                yield node.value, [*own, statement.lineno]


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    for node in ast.walk(tree):
        is_docstring = (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        )
        if isinstance(node, ast.stmt) and not is_docstring:
            yield node


def _own_expressions(statement: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, without those of the statements inside it."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt))


def _chinese_lines(source: str, suffix: str) -> Iterator[tuple[str, list[int]]]:
    visible = _COMMENTS[suffix].sub(lambda comment: re.sub(r"[^\n]", " ", comment.group()), source)
    for number, line in enumerate(visible.splitlines(), start=1):
        if found := CHINESE.findall(line):
            yield "".join(found), [number]
