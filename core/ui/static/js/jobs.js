// Progress of long work: asks the server, moves the bar, and shows the finished page in place.
import { figure, fill, text } from "./text.js";
import { toast } from "./toasts.js";

const STEP = 1000;
const LONGEST = 8000;
// Whoever just pressed "Stop" is on the way to what that came to: the finished page would take its place.
let leftAt = -LONGEST;
addEventListener("beforeunload", () => { leftAt = performance.now(); });

function show(panel, job) {
  const find = (name) => panel.querySelector(`[data-job-${name}]`);
  find("bar").value = job.percent;
  find("percent").textContent = `${job.percent}%`;
  find("label").firstElementChild.textContent = job.label;
  find("amount").textContent = fill(panel.dataset.textAmount, { done: figure(job.done), total: figure(job.total) });
  find("speed").textContent = job.speed;
  find("left").textContent = job.left;
  const tenth = Math.floor(job.percent / 10) * 10;
  const said = fill(panel.dataset.textSaid, { percent: `${tenth}%` });
  if (find("said").textContent !== said) find("said").textContent = said;
}

async function part(address, id) {
  const page = await fetch(address);
  return page.ok ? new DOMParser().parseFromString(await page.text(), "text/html").getElementById(id) : null;
}

// A panel that names a part stands in a page that was posted: what comes in its place is fetched from where it is kept.
async function finish(panel, job) {
  const named = panel.dataset.jobPart;
  const kept = job.result_url || panel.dataset.jobUrl.replace(/\/progress$/, "");
  const fresh = named ? await part(kept, job.result_url ? named : "job") : await part(location.href, "job");
  const old = document.getElementById("job");
  if (fresh && old) old.replaceWith(fresh);
  else if (named) location.assign(kept);
  else location.reload();
}

async function ask(panel) {
  const answer = await fetch(panel.dataset.jobUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function follow(panel) {
  const final = panel.dataset.jobFinal.split(" ");
  let wait = STEP;
  while (panel.isConnected) {
    try {
      const job = await ask(panel);
      show(panel, job);
      const isLeaving = performance.now() - leftAt < LONGEST;
      if (final.includes(job.state) && !isLeaving) return await finish(panel, job);
      wait = STEP;
    } catch {
      wait = Math.min(wait * 2, LONGEST);
      if (wait === LONGEST) toast(text("noAnswer"));
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

export function startJobs() {
  for (const panel of document.querySelectorAll("[data-job-url]")) follow(panel);
}
