"""Checks on source files: texts that cannot be translated, and Chinese that stands outside the catalogues.

A line is let through by a comment with a reason: `zh-ok: REASON` on the line (or on the first line of its
statement), `zh-ok-file: REASON` anywhere in the file, such as one of demonstration data.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from core.languages.extract import KEYWORDS, Place, source_files

CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ALLOWED_LINE = re.compile(r"zh-ok:\s*\S")
_ALLOWED_FILE = re.compile(r"zh-ok-file:\s*\S")
_COMMENTS = {
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".typ": re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL),
}
Finding = tuple[Place, str]


def built_texts(folder: Path) -> Iterator[Finding]:
    """Translation calls whose text is put together (f-string, %, +, .format): no catalogue can hold it."""
    for file in source_files(folder, ".py"):
        for call in _python_calls(_parse(file)):
            for text in call.args:
                if _is_built(text):
                    yield _place(folder, file, text.lineno), ast.unparse(text)
    environment = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], autoescape=True
    )
    for file in source_files(folder, ".html"):
        tree = environment.parse(file.read_text(encoding="utf-8"), filename=str(file))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS:
                for argument in filter(_is_built_in_template, call.args):
                    yield _place(folder, file, argument.lineno), type(argument).__name__.lower()


def stray_chinese(folder: Path) -> Iterator[Finding]:
    """Chinese in string literals, templates, print forms and scripts, which an English reader would see."""
    for file in source_files(folder, ".py", *_COMMENTS):
        source = file.read_text(encoding="utf-8")
        if not CHINESE.search(source) or _ALLOWED_FILE.search(source):
            continue
        lines = source.splitlines()
        found = _chinese_literals(source) if file.suffix == ".py" else _chinese_lines(source, file.suffix)
        for text, line_numbers in found:
            if not any(_ALLOWED_LINE.search(lines[number - 1]) for number in line_numbers):
                yield _place(folder, file, line_numbers[0]), text


def _place(folder: Path, file: Path, line: int) -> Place:
    return Place(file.relative_to(folder).as_posix(), line)


def _parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def _python_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name in KEYWORDS:
                yield node


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


def _is_built_in_template(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Getattr) and node.node.attr == "format"
    return isinstance(node, nodes.Concat | nodes.Add | nodes.Mod)


def _chinese_literals(source: str) -> Iterator[tuple[str, list[int]]]:
    """Each Chinese literal with its own lines and the first line of its statement; docstrings are no screen text."""
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
        if CHINESE.search(line):
            yield line.strip(), [number]


def in_chinese(texts: Iterable[str]) -> list[str]:
    """Those of the texts that hold Chinese characters."""
    return [text for text in texts if CHINESE.search(text)]
