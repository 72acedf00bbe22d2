"""What axe-core finds on a page: rules of WCAG 2.2 AA and good practice, asked in the browser itself."""

from __future__ import annotations

import functools
from pathlib import Path

from browsers import Chromium

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
IS_THERE = "return Boolean(window.axe)"
ASK = """
const [only, done] = [arguments[0], arguments[arguments.length - 1]];
const rules = only ? { runOnly: { type: "rule", values: only } } : {};
// Colours on their way from one theme to the other are nobody's to judge.
const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
const rest = Promise.allSettled(moving.map((each) => each.finished));
rest.then(() => axe.run(document, { ...rules, resultTypes: ["violations"] })).then(
  (found) => done(found.violations.flatMap((each) => each.nodes.map((node) =>
    `${each.id}: ${node.target.join(" ")} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? each.help}`))),
  (error) => done([String(error)]),
);
"""
IN_ANOTHER_THEME = ["color-contrast", "link-in-text-block"]
"""What a theme can change: the rest of a page is the same in both. Named one by one, as their common tag would bring
the contrast of level AAA too."""


def faults(browser: Chromium, only: list[str] | None = None) -> list[str]:
    """Every element of the present page that breaks a rule, with the rule. `only`: these rules, else all of AA."""
    if not browser.driver.execute_script(IS_THERE):
        browser.driver.execute_script(_source())
    found: list[str] = browser.driver.execute_async_script(ASK, only)
    return found


@functools.cache
def _source() -> str:
    return SOURCE.read_text()
