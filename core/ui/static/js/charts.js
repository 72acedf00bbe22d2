// Charts of the tables that stand below them: the library is fetched only where there is one.
export function startCharts() {
  const figures = document.querySelectorAll("[data-chart]");
  if (figures.length) import("./chart.js").then(({ draw }) => figures.forEach(draw));
}
