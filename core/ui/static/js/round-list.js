// The stops of the round as a list, with the state of each; a search narrows it.
import { made, part, picture, say, stateOf } from "./round-texts.js";

const MOST_SHOWN = 300;

function words(stop) {
  return [stop.title, stop.number, ...stop.lines.map(([, value]) => value)].join(" ").toLowerCase();
}

function mark(visit) {
  const { word, tone, icon } = stateOf(visit);
  const shown = made("span", `mark-z mark-z-${tone} round-mark`);
  shown.append(picture(icon), made("span", "", word));
  return shown;
}

function line(stop, visit, isHere) {
  const item = made("li");
  const button = made("button", "round-go");
  button.type = "button";
  button.dataset.stop = stop.id;
  if (isHere) button.setAttribute("aria-current", "true");
  const about = made("span", "round-go-about");
  about.append(made("bdi", "round-go-title", stop.title), made("bdi", "round-go-number", stop.number));
  button.append(about, mark(visit));
  item.append(button);
  if (visit?.message && visit.state !== "accepted") item.append(made("p", "round-go-says", visit.message));
  return item;
}

// A visit whose stop is on no list any more: somebody else was there, or it is of another part or branch.
function stray(visit) {
  const item = made("li", "round-stray");
  const about = made("div", "round-go-about");
  about.append(made("bdi", "round-go-title", visit.title), made("bdi", "round-go-number", visit.stopNumber));
  item.append(about, mark(visit));
  if (visit.message) item.append(made("p", "round-go-says", visit.message));
  if (visit.state === "refused" || visit.state === "confirm") {
    const drop = made("button", "btn btn-sm btn-danger", say("throwAway"));
    drop.type = "button";
    drop.dataset.drop = visit.key;
    item.append(drop);
  }
  return item;
}

export function showList(stops, visits, strays, here) {
  const wanted = part("seek").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = stops.filter((stop) => wanted.every((each) => words(stop).includes(each)));
  const shown = found.slice(0, MOST_SHOWN).map((stop) => line(stop, visits.get(stop.id), stop.id === here));
  part("stops").replaceChildren(...(wanted.length ? [] : strays.map(stray)), ...shown);
  part("no-stop").hidden = found.length > 0 || !wanted.length;
}

export function showBooks(books, begun) {
  part("books").replaceChildren(...books.map((book) => {
    const item = made("li");
    const button = made("button", "round-go");
    button.type = "button";
    button.dataset.book = book.id;
    button.append(made("bdi", "round-go-title", book.label));
    if (begun.has(book.id)) button.append(made("span", "mark-z mark-z-info", say("begun")));
    if (book.own) button.append(made("span", "mark-z mark-z-success", say("ownPart")));
    item.append(button);
    return item;
  }));
}
