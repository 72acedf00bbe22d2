// One chart, drawn from the cells of its figure's table, in the colours of the theme; light on paper.
const PAPER = 620; // pixels that fit on a page beside its margins
const still = matchMedia("(prefers-reduced-motion: reduce)");
const root = document.documentElement;

// The colours of a theme, whatever theme the page has: its tokens hold on any element that names it.
function colours(theme) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.dataset.bsTheme = theme;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const [ink, quiet, line, surface, first, second] = ["ink", "ink-2", "line", "surface", "chart", "chart-2"].map(
    (name) => style.getPropertyValue(`--z-${name}`).trim(),
  );
  probe.remove();
  return { ink, quiet, line, surface, first, second };
}

function read(figure) {
  const rows = [...figure.querySelectorAll("tbody tr")];
  const values = (name) => rows.map((row) => row.querySelector(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "");
  const shown = (name) => rows.map((row) => row.querySelector(`[data-${name}]`)?.textContent.trim() ?? "");
  return {
    months: rows.map((row) => row.dataset.month),
    titles: rows.map((row) => row.querySelector("th").textContent.trim()),
    values: values("value").map((each) => (each === "" ? null : Number(each))),
    targets: values("target").map((each) => (each === "" ? null : Number(each))),
    shownValues: shown("value"),
    shownTargets: shown("target"),
  };
}

function options(figure, data, tones) {
  const { chart: kind, chartTitle, chartTarget, chartMost } = figure.dataset;
  const compact = new Intl.NumberFormat(root.lang, { notation: "compact", maximumFractionDigits: 1 });
  const font = getComputedStyle(document.body).fontFamily;
  const text = { color: tones.quiet, fontFamily: font, fontSize: 12 };
  const series = [{ name: chartTitle, type: kind, data: data.values, color: tones.first, barMaxWidth: 36, symbolSize: 7 }];
  const hasTargets = data.targets.some((each) => each !== null);
  if (hasTargets) {
    series.push({
      name: chartTarget, type: "line", step: "middle", data: data.targets, color: tones.second, symbol: "diamond",
      symbolSize: 7, lineStyle: { type: "dashed", width: 2 },
    });
  }
  return {
    animation: !still.matches, animationDuration: 250, textStyle: text,
    grid: { left: 4, right: 12, top: hasTargets ? 36 : 16, bottom: 4, containLabel: true },
    legend: hasTargets ? { top: 0, left: 0, itemWidth: 22, textStyle: { ...text, color: tones.ink } } : undefined,
    xAxis: {
      type: "category", data: data.months, axisLine: { lineStyle: { color: tones.quiet } }, axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      // A line may begin above nought, as its marks say; a bar may not.
      type: "value", min: kind === "line" ? ({ min }) => Math.max(0, Math.floor((min - 1) / 10) * 10) : undefined,
      max: chartMost ? Number(chartMost) : undefined, splitLine: { lineStyle: { color: tones.line } },
      axisLabel: { ...text, formatter: (value) => compact.format(value) },
    },
    // As text in the picture: the page's policy lets no script write styles into elements.
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, backgroundColor: tones.surface, borderColor: tones.quiet,
      textStyle: { ...text, color: tones.ink },
      formatter: ([{ dataIndex: at }]) => [
        data.titles[at], `${chartTitle}: ${data.shownValues[at]}`,
        ...(data.targets[at] === null ? [] : [`${chartTarget}: ${data.shownTargets[at]}`]),
      ].join("\n"),
    },
    series,
  };
}

export function draw(echarts, figure) {
  const place = figure.querySelector("[data-chart-place]");
  const data = read(figure);
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const show = (theme = root.dataset.bsTheme) => chart.setOption(options(figure, data, colours(theme)), true);
  show();
  new ResizeObserver(() => chart.resize()).observe(place);
  new MutationObserver(() => show()).observe(root, { attributeFilter: ["data-bs-theme"] });
  still.addEventListener("change", () => show());
  addEventListener("beforeprint", () => {
    chart.resize({ width: PAPER, height: place.clientHeight });
    show("light");
  });
  addEventListener("afterprint", () => {
    chart.resize({ width: "auto", height: "auto" });
    show();
  });
}
