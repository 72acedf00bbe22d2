"""What is in the way of people who read and work in another way than most: what axe-core finds on a page (rules of
WCAG 2.2 AA and good practice), and what does not show that it has the focus; asked in the browser itself."""

from __future__ import annotations

import functools
from pathlib import Path

from browsers import Chromium
from run_folder import IS_FULL

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
IS_THERE = "return Boolean(window.axe)"
ASK = """
const [only, without, within, done] = arguments;
// The size of targets is a rule of WCAG 2.2 AA that axe-core leaves out unless it is named.
const rules = only ? { runOnly: { type: "rule", values: only } } : { rules: { "target-size": { enabled: true } } };
// What happens to lie under a bar that stays in its place can be scrolled from there.
const scroll = [scrollX, scrollY];
scrollTo({ left: 0, top: 0, behavior: "instant" });
const back = (told) => {
  scrollTo({ left: scroll[0], top: scroll[1], behavior: "instant" });
  done(told);
};
// Colours on their way from one theme to the other are nobody's to read. What is paused never ends.
const ends = (each) => each.playState === "running" && each.effect.getComputedTiming().endTime !== Infinity;
const ending = document.getAnimations().filter(ends);
Promise.allSettled(ending.map((each) => each.finished)).then(() =>
  axe.run({ include: [[within]], exclude: without }, { ...rules, resultTypes: ["violations"] })).then(
  (found) => back(found.violations.flatMap((each) => each.nodes.map((node) =>
    `${each.id}: ${node.target.join(" ")} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? each.help}`))),
  (error) => back([String(error)]),
);
"""
FOCUS = """
const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
const look = (one) => {
  const seen = [];
  for (let each = one; each && seen.length < 4; each = each.parentElement) {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(each);
    seen.push([outlineStyle === "none" ? "" : outlineWidth + outlineColor, boxShadow].join());
  }
  return seen.join("|");
};
const before = document.activeElement, scroll = [scrollX, scrollY], wrong = [], kinds = new Set();
for (const each of document.querySelectorAll(wanted)) {
  const kind = [each.tagName, each.className, each.parentElement.className, each.type].join();
  if (each.matches(":disabled, [tabindex='-1']") || !each.checkVisibility({ visibilityProperty: true })) continue;
  if (kinds.has(kind)) continue;
  kinds.add(kind);
  document.activeElement?.blur();
  const plain = look(each);
  each.focus({ preventScroll: true, focusVisible: true });
  if (document.activeElement !== each) wrong.push(`cannot have the focus: ${kind}`);
  else if (look(each) === plain) wrong.push(`does not show that it has the focus: ${kind}`);
  each.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const { top, bottom, left, right } = each.getBoundingClientRect();
  if (top >= innerHeight || bottom <= 0 || left >= innerWidth || right <= 0)
    wrong.push(`has the focus where nobody sees it: ${kind}`);
}
document.activeElement?.blur();
before?.focus({ preventScroll: true });
scrollTo(...scroll);
return wrong;
"""
ALIKE = ["main tbody tr:nth-child(n+7)", ".board-cards > :nth-child(n+4)"]
"""Rows of a table and cards of a board that are as those before them: the full suite looks at each of them too."""
AROUND = ["#side", ".top"]
"""What stands around every page. Once it was looked at, the short suite looks at what is in it only where it is opened
(`faults` asked with `around`); the full suite looks at it on every page."""
IN_ANOTHER_THEME = ["color-contrast", "link-in-text-block"]
"""What a theme can change: the rest of a page is the same in both."""


def faults(
    browser: Chromium, only: list[str] | None = None, around: bool = True, within: str = "html"
) -> list[str]:
    """Every element of the present page that breaks a rule, with the rule. `only`: of these rules, else of all;
    without `around`, what stands around every page is passed over; `within`: of what is opened over the page."""
    if not browser.driver.execute_script(IS_THERE):
        browser.bring(_source())
    without = [] if IS_FULL else [[each] for each in (*ALIKE, *(() if around else AROUND))]
    found: list[str] = browser.driver.execute_async_script(ASK, only, without, within)
    return found


def unfocused(browser: Chromium) -> list[str]:
    """What of the present page can be pressed or typed into, and does not show when it has the focus: one of a kind."""
    found: list[str] = browser.driver.execute_script(FOCUS)
    return found


@functools.cache
def _source() -> str:
    return SOURCE.read_text()
