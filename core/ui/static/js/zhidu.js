// Entry: every behaviour of the shell, each in a module of its own. Pages carry data attributes and no script.
import { startAlerts } from "./alerts.js";
import { startConfirm } from "./confirm.js";
import { startForms } from "./forms.js";
import { startHotkeys } from "./hotkeys.js";
import { startJobs } from "./jobs.js";
import { startLists } from "./lists.js";
import { startPickers } from "./picker.js";
import { startSide } from "./side.js";
import { startTheme } from "./theme.js";
import { startUploads } from "./upload.js";

// Confirm comes before forms: a post that was not confirmed must not be marked as sent.
for (const start of [
  startTheme, startSide, startAlerts, startConfirm, startForms, startPickers, startUploads, startHotkeys, startLists, startJobs,
]) {
  start();
}
document.documentElement.dataset.ready = "true";
