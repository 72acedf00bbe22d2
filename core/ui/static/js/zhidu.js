// Entry: every behaviour of the shell, each in a module of its own. Pages carry data attributes and no script.
import { startAlerts } from "./alerts.js";
import { startBoards, startLanding } from "./boards.js";
import { startCalendar } from "./calendar.js";
import { startCells } from "./cells.js";
import { startCharts } from "./charts.js";
import { startColumns } from "./columns.js";
import { startConfirm } from "./confirm.js";
import { startDrafts } from "./drafts.js";
import { startForms } from "./forms.js";
import { startHotkeys } from "./hotkeys.js";
import { startInspection } from "./inspection.js";
import { startJobs } from "./jobs.js";
import { startKeys } from "./keys.js";
import { startLists } from "./lists.js";
import { startMore } from "./more.js";
import { startNotices } from "./notices.js";
import { startPickers } from "./picker.js";
import { startPicks } from "./picks.js";
import { startHolder } from "./round-holder.js";
import { startSearch } from "./search.js";
import { startSide } from "./side.js";
import { startTheme } from "./theme.js";
import { startUploads } from "./upload.js";

// Confirm comes before forms: a post that was not confirmed must not be marked as sent.
for (const start of [
  startCells, startBoards,
  startTheme, startSide, startConfirm, startForms, startCalendar, startPickers, startDrafts, startAlerts, startLanding, startUploads, startHotkeys, startSearch, startLists, startColumns,
  startPicks, startKeys, startJobs, startMore, startNotices, startCharts, startHolder, startInspection,
]) {
  start();
}
document.documentElement.dataset.ready = "true";
