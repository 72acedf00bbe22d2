// Runs right after the side bar: folds the groups that this person keeps folded.
(() => {
  let folded = [];
  try {
    folded = JSON.parse(localStorage.getItem(`zhidu.folded.${document.documentElement.dataset.person}`) || "[]");
  } catch {
    return; // storage is switched off or holds something else: every group is open
  }
  for (const group of document.querySelectorAll("[data-nav-group]")) {
    const here = group.querySelector("[aria-current]");
    const head = group.querySelector("[data-nav-fold]");
    if (head && !here && folded.includes(group.dataset.navGroup)) head.setAttribute("aria-expanded", "false");
  }
})();
