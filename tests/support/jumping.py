"""What jumped while a page came: everything that moved before anybody touched it (the browser's layout shifts)."""

from __future__ import annotations

from browsers import Chromium

MOST, MOST_WHILE_READ = 0.01, 0.1
"""The share of the window that may move, times how far, added up: once the page is there, and while the browser reads
it, which on a busy machine shows the first rows of a table before it knows how wide the last ones are."""
ASK = """
const done = arguments[arguments.length - 1], found = [], touched = [];
const into = (list) => (entries) => list.push(...entries.getEntries());
new PerformanceObserver(into(found)).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver(into(touched)).observe({ type: "first-input", buffered: true });
const name = ({ node }) => node?.nodeType === 1 ? [node.localName, ...node.classList].join(".") : node?.nodeName;
const tell = () => {
  const first = Math.min(...touched.map((each) => each.startTime));
  const moved = found.filter((each) => !each.hadRecentInput && each.startTime < first);
  const { domContentLoadedEventStart: read, loadEventEnd: loaded } = performance.getEntriesByType("navigation")[0];
  // The last rows of a table are read before the frame in which its columns take their widths: on a busy machine that
  // is the first after the page was loaded.
  const drawn = performance.getEntriesByName("first-frame")[0]?.startTime ?? loaded;
  const isOfTable = ({ node }) => Boolean((node?.closest ? node : node?.parentElement)?.closest("table"));
  const isEarly = (each) => each.startTime < read || (each.startTime < drawn && each.sources.every(isOfTable));
  const told = (some) => [some.reduce((sum, each) => sum + each.value, 0),
    [...new Set(some.flatMap((each) => each.sources.map(name)).filter(Boolean))].join(", ")];
  done([told(moved.filter((each) => !isEarly(each))), told(moved.filter(isEarly))]);
};
// What has just been drawn is told of after the next two frames.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(tell)));
"""


def jumps(browser: Chromium) -> list[str]:
    """What moved on the present page by itself, where that is more than anybody would overlook."""
    after, before = browser.driver.execute_async_script(ASK)
    found = [
        (share, what) for (share, what), most in ((after, MOST), (before, MOST_WHILE_READ)) if share > most
    ]
    return [f"jumps ({share:.3f}): {what}" for share, what in found]
