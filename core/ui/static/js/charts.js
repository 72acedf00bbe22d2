// Charts of the tables that stand below them: the library is fetched only where there is one.
export async function startCharts() {
  const figures = document.querySelectorAll("[data-chart]:has([data-chart-place])");
  if (!figures.length) return;
  const [{ draw }, library] = await Promise.all([import("./chart.js"), import(figures[0].dataset.chartLibrary)]);
  for (const figure of figures) draw(library, figure);
}
