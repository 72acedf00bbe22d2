// Runs before the page is painted, so that nothing jumps: the theme and the width of the side bar.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off: the defaults hold
    }
  };
  const own = root.dataset.person ? `.${root.dataset.person}` : ""; // as in store.js
  const wanted = read(`zhidu.theme${own}`) ?? read("zhidu.theme"); // else what was chosen before the log-in
  const dark = wanted === "dark" || (wanted !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.bsTheme = dark ? "dark" : "light";
  if (read(`zhidu.side${own}`) === "narrow") root.dataset.side = "narrow";
})();
