// Days as people type them, the same as core/data/days.py; and days by the calendar. A day is "2026-11-22" everywhere.
const SEPARATOR = "[-/.\\u5e74\\u6708\\s]+"; // the signs for year and month, and the one for day below
const yearFirst = new RegExp(`^(\\d{4})${SEPARATOR}(\\d{1,2})${SEPARATOR}(\\d{1,2})\\u65e5?$`);
const noYear = new RegExp(`^(\\d{1,2})${SEPARATOR}(\\d{1,2})\\u65e5?$`);
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
const step = /^([+-])\s?(\d{1,4})$/;
const words = { t: 0, today: 0, 今天: 0, 今日: 0, tomorrow: 1, 明天: 1, yesterday: -1, 昨天: -1 }; // zh-ok: as typed

const two = (number) => String(number).padStart(2, "0");

function made(year, month, day) {
  if (year < 1) return null;
  const found = new Date(Date.UTC(2000, 0, 1));
  found.setUTCFullYear(year, month - 1, day);
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day ? iso(found) : null;
}

function iso(moment) {
  const year = moment.getUTCFullYear();
  return year < 1 || year > 9999 ? null : `${String(year).padStart(4, "0")}-${two(moment.getUTCMonth() + 1)}-${two(moment.getUTCDate())}`;
}

export function moment(day) {
  const [year, month, number] = day.split("-").map(Number);
  const found = new Date(Date.UTC(2000, 0, 1));
  found.setUTCFullYear(year, month - 1, number);
  return found;
}

export function plusDays(day, by) {
  const found = moment(day);
  found.setUTCDate(found.getUTCDate() + by);
  return iso(found) ?? day;
}

// The same day of another month; its last day where it is shorter.
export function plusMonths(day, by) {
  const found = moment(day);
  const wanted = found.getUTCDate();
  found.setUTCDate(1);
  found.setUTCMonth(found.getUTCMonth() + by);
  const last = new Date(found);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  found.setUTCDate(Math.min(wanted, last.getUTCDate()));
  return iso(found) ?? day;
}

// 0 is Monday.
export function weekday(day) {
  return (moment(day).getUTCDay() + 6) % 7;
}

// What a text names, or null: nothing that can be read as one day only.
export function readDay(text, today) {
  const plain = text.normalize("NFKC").trim().toLowerCase().replace("\u2212", "-");
  if (Object.hasOwn(words, plain)) return plusDays(today, words[plain]);
  const steps = step.exec(plain);
  if (steps) return plusDays(today, Number(steps[1] + steps[2]));
  const first = yearFirst.exec(plain) ?? compact.exec(plain);
  if (first) return made(...first.slice(1).map(Number));
  const last = yearLast.exec(plain);
  if (last) {
    const [one, other, year] = last.slice(1).map(Number);
    const found = new Set([made(year, other, one), made(year, one, other)].filter(Boolean));
    return found.size === 1 ? [...found][0] : null;
  }
  const short = noYear.exec(plain);
  return short ? made(Number(today.slice(0, 4)), Number(short[1]), Number(short[2])) : null;
}
