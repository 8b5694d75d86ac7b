// The page itself: keeps the rows that stand in it in step with the model, and lets a person look at them, repair them
// and save what was repaired. Nothing of an article is ever read as HTML: texts stay in the elements they came in.

const PAGE = 200;
const BARS = 1000;
const DOUBTFUL = 0.8;
const MARGIN = 44;

const data = JSON.parse(document.getElementById("data").textContent);
const { versions } = data;
const sign = data.unit === "sentence" ? "§" : "¶";
const table = new Table(versions.map((version) => version.segments.length), data.beads);
const sheet = document.getElementById("rows");
const main = sheet.parentElement;
const tools = document.getElementById("tools");

// What is drawn: rows of the model, their elements, and what each row stands for in the result.
let rows = table.rows;
let lines = [...sheet.querySelectorAll("tr.row")];
let results = resultsOf();
const segments = segmentElements();
// The row that each element was last drawn as, and whether as moved: rows that are not seen are only drawn when they are.
const drawn = new WeakMap(lines.map((line, k) => [line, { row: rows[k], isMoved: isMoved(rows[k]) }]));

// Where the person is: a row, a version and one of the segments in that cell, or none where it is empty.
const current = { row: 0, version: 0, segment: null };
const marked = { line: null, place: null, segment: null };
let filter = "all";
let isFiltered = false;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function drawing(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The elements of all segments, as they stand in the rows at the start.
function segmentElements() {
  const found = versions.map(() => []);
  rows.forEach((row, k) => row.segments.forEach((cell, v) => {
    const held = lines[k].cells[v + 1].querySelectorAll(".segment");
    cell.forEach((segment, n) => { found[v][segment] = held[n]; });
  }));
  return found;
}

function textElement(version, segment) {
  return segments[version][segment].querySelector(".text");
}

function textOf(version, segment) {
  return versions[version].segments[segment].text ?? textElement(version, segment).textContent;
}

function nameOf(version, segment) {
  return `${versions[version].label} ${sign}${segment + 1}`;
}

// What is known of a row, kept as long as the row is the same.
const known = new WeakMap();

function factsOf(row) {
  if (!known.has(row)) known.set(row, makeFacts(row));
  return known.get(row);
}

function makeFacts(row) {
  const bead = table.beads[table.origin(row)];
  const filled = row.segments.filter((cell) => cell.length > 0).length;
  const isChanged = !bead && filled > 0 && !data.gold;
  const isDone = row.confirmed || isChanged;
  return {
    bead,
    isEmpty: filled === 0,
    isComplete: filled === versions.length,
    isNull: filled === 1,
    isChanged,
    isDone,
    isDoubtful: !isDone && bead !== undefined && bead.score < DOUBTFUL,
    hasBoilerplate: row.segments.some((cell, v) => cell.some((s) => versions[v].segments[s].boilerplate)),
  };
}

function resultsOf() {
  const beads = beadsOf(table);
  return new Map(table.rows.filter((row) => !isEmptyRow(row)).map((row, k) => [row, beads[k]]));
}

function isMoved(row) {
  return results.get(row)?.moved === true;
}

function shadeOf(row) {
  const { bead, isDone } = factsOf(row);
  if (data.gold) return "";
  if (isDone || !bead) return "s4";
  return `s${[0.5, DOUBTFUL, 0.95, 0.99].filter((least) => bead.score >= least).length}`;
}

// What is said of a row in words.
function flagsOf(row) {
  const { isChanged, isEmpty: empty } = factsOf(row);
  const { moved, conflict } = results.get(row) ?? {};
  const flags = { moved, conflict, confirmed: row.confirmed, changed: isChanged, empty };
  return Object.keys(flags).filter((flag) => flags[flag]);
}

function classesOf(row) {
  const { isComplete, isNull, isDoubtful } = factsOf(row);
  const shape = [isComplete ? "complete" : "partial", isNull && "null"];
  return ["row", ...shape, ...flagsOf(row), isDoubtful && "doubtful", shadeOf(row)].filter(Boolean).join(" ");
}

// Brings an element up to its row, where it is not.
function showRow(k) {
  const [line, row] = [lines[k], rows[k]];
  const old = drawn.get(line);
  if (old?.row !== row || old.isMoved !== isMoved(row) || !holdsAll(line, row)) drawRow(line, row);
}

// Whether the segments still stand where the row was drawn: while it was not seen, another row may have taken some that
// an undo gave back to it.
function holdsAll(line, row) {
  return row.segments.every((cell, v) => cell.every((s) => segments[v][s].parentElement === line.cells[v + 1]));
}

function drawRow(line, row) {
  drawn.set(line, { row, isMoved: isMoved(row) });
  line.className = classesOf(row);
  row.segments.forEach((cell, v) => drawCell(line.cells[v + 1], v, cell));
  drawScore(line.cells[versions.length + 1], row);
}

function drawCell(place, version, cell) {
  const held = [...place.querySelectorAll(".segment")];
  const wanted = cell.map((segment) => segments[version][segment]);
  if (same(held, wanted) && place.childElementCount > 0) return;
  place.classList.toggle("none", cell.length === 0);
  place.replaceChildren(...(cell.length > 0 ? wanted : [emptyMark(version)]));
}

function emptyMark(version) {
  return element("span", { class: "empty", lang: "en" }, `not in ${versions[version].label}`);
}

function drawScore(place, row) {
  const { bead } = factsOf(row);
  const shown = flagsOf(row).map((flag) => element("span", { class: "flag" }, flag));
  if (bead) shown.unshift(element("span", { class: "value" }, bead.score.toFixed(2)));
  if (row.comment) shown.push(element("bdi", { class: "comment" }, row.comment));
  place.replaceChildren(...shown.flatMap((each) => [each, " "]));
}

function newLine() {
  const cells = versions.map(({ label }, v) => {
    const { lang, dir } = lines[0].cells[v + 1];
    return element("td", { "data-version": label, class: "none", lang, dir }, emptyMark(v));
  });
  return element("tr", {}, element("th", { scope: "row" }, element("a")), ...cells, element("td", { class: "score" }));
}

// For each row now, which row before it is drawn over: itself where it is the same, else the next one that nobody takes
// before the following row that stays; -1 where it needs a new element.
function pairs(before, after) {
  const places = new Map(before.map((row, k) => [row, k]));
  const taken = after.map((row) => places.get(row) ?? -1);
  const limits = [];
  taken.reduceRight((limit, place, k) => { limits[k] = limit; return place < 0 ? limit : place; }, before.length);
  let free = 0;
  return taken.map((place, k) => {
    if (place >= 0) free = place;
    return place >= 0 || free < limits[k] ? free++ : -1;
  });
}

// Draws again what differs from the model; tells the first row that does.
function refresh() {
  const [before, old] = [rows, lines];
  const opened = closeEvidence();
  rows = table.rows;
  results = resultsOf();
  placeLines(old, pairs(before, rows));
  fillPages();
  drawCounts();
  drawStrip();
  select(Math.min(current.row, rows.length - 1), current.version, current.segment);
  if (lines.includes(opened)) openEvidence(lines.indexOf(opened));
  const first = rows.findIndex((row, k) => row !== before[k]);
  return first < 0 ? current.row : first;
}

// Puts new elements where rows came in, and takes those away that have no row any more.
function placeLines(old, taken) {
  lines = taken.map((place) => old[place] ?? newLine());
  const kept = new Set(lines);
  old.forEach((line) => kept.has(line) || line.remove());
  for (let k = lines.length - 1; k >= 0; k -= 1) {
    if (taken[k] >= 0) continue;
    if (lines[k + 1]) lines[k + 1].before(lines[k]);
    else sheet.tBodies[sheet.tBodies.length - 1].append(lines[k]);
  }
}

// Keeps 200 rows in each tbody: a page, of which one is shown.
function fillPages() {
  const bodies = sheet.tBodies;
  for (let p = 0; p * PAGE < Math.max(1, lines.length); p += 1) {
    const body = bodies[p] ?? sheet.appendChild(element("tbody", { class: "later" }));
    if (body.rows.length > PAGE && !bodies[p + 1]) sheet.append(element("tbody", { class: "later" }));
    while (body.rows.length > PAGE) bodies[p + 1].prepend(body.lastElementChild);
    while (body.rows.length < PAGE) {
      const next = [...bodies].slice(p + 1).find((later) => later.rows.length > 0);
      if (!next) break;
      body.append(next.rows[0]);
    }
  }
  while (bodies.length > 1 && bodies[bodies.length - 1].rows.length === 0) bodies[bodies.length - 1].remove();
}

// Shows the page of the current row; all pages where the filter leaves few rows.
function showPages() {
  const isShort = filter !== "all" && lines.filter((line) => !line.hidden).length <= PAGE;
  const page = Math.floor(current.row / PAGE);
  [...sheet.tBodies].forEach((body, p) => body.classList.toggle("later", !isShort && p !== page));
  const [first, last] = isShort ? [0, rows.length] : [page * PAGE, Math.min(rows.length, (page + 1) * PAGE)];
  showRows(first, last);
  pager.hidden = rows.length <= PAGE || isShort;
  pager.querySelector("span").textContent = `Rows ${first + 1}–${last} of ${rows.length}`;
}

// Only rows that are seen are drawn and have their true number.
function showRows(first, last) {
  for (let k = first; k < last; k += 1) {
    if (lines[k].hidden) continue;
    showRow(k);
    numberRow(lines[k], k + 1);
  }
}

function numberRow(line, number) {
  const link = line.cells[0].querySelector("a");
  if (line.id === `row-${number}` && link.textContent === String(number)) return;
  line.id = `row-${number}`;
  link.href = `#row-${number}`;
  link.textContent = number;
}

function turnPage(step) {
  const start = Math.floor(current.row / PAGE) * PAGE;
  const row = nextRow(step > 0 ? start + PAGE - 1 : start, step);
  if (row >= 0) jump(nextRow(Math.floor(row / PAGE) * PAGE - 1, 1));
}

const FILTERS = {
  all: ["All rows", () => true],
  doubtful: ["Doubtful", (row) => factsOf(row).isDoubtful],
  partial: ["Partial", (row) => !factsOf(row).isComplete],
  moved: ["Moved", isMoved],
  boilerplate: ["Boilerplate", (row) => factsOf(row).hasBoilerplate],
  changed: ["Changed", (row) => factsOf(row).isChanged],
  unconfirmed: ["Not confirmed", (row) => !factsOf(row).isDone && !factsOf(row).isEmpty],
};

// The current row stays, so that a row does not go away under the hands that repair it.
function hideRows() {
  const [, matches] = FILTERS[filter];
  if (filter === "all" && !isFiltered) return;
  isFiltered = filter !== "all";
  lines.forEach((line, k) => {
    const hides = k !== current.row && !matches(rows[k]);
    if (line.hidden !== hides) line.hidden = hides;
  });
}

function setFilter(name) {
  filter = name;
  const [text, matches] = FILTERS[name];
  const first = matches(rows[current.row]) ? current.row : rows.findIndex(matches);
  select(first < 0 ? current.row : first, current.version);
  say(first < 0 ? `${text}: no rows` : `${text}: ${rows.filter(matches).length} rows`);
  scrollToCurrent();
}

function drawCounts() {
  const counts = { rows: rows.length, complete: 0, partial: 0, moved: 0, doubtful: 0, confirmed: 0 };
  counts.score = scoreOf([...results.values()]).toFixed(2);
  for (const row of rows) {
    const { isComplete, isDoubtful, isDone } = factsOf(row);
    counts[isComplete ? "complete" : "partial"] += 1;
    counts.moved += isMoved(row);
    counts.doubtful += isDoubtful;
    counts.confirmed += isDone;
  }
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count];
}

const strip = document.querySelector(".strip svg");
const here = drawing("rect", { class: "here", x: 0, width: 10, height: 1 });
const bars = [];

function rowsInBar() {
  return Math.ceil(rows.length / BARS);
}

// A bar for each row, or for some where there are many: as the least certain of them.
function drawStrip() {
  const [each, count] = [rowsInBar(), Math.ceil(rows.length / rowsInBar())];
  while (bars.length > count) bars.pop().remove();
  for (let k = 0; k < count; k += 1) {
    bars[k] ??= strip.appendChild(drawing("rect", { x: 0, y: k, width: 10, height: 1 }));
    const own = rows.slice(k * each, (k + 1) * each);
    const [shade] = own.map(shadeOf).sort();
    bars[k].setAttribute("class", own.every((row) => factsOf(row).isNull) ? `${shade} null` : shade);
  }
  strip.setAttribute("viewBox", `0 0 10 ${count}`);
  strip.append(here);
}

function select(row, version, segment) {
  const cell = table.cell(version, row);
  Object.assign(current, { row, version, segment: cell.includes(segment) ? segment : cell[0] ?? null });
  hideRows();
  showPages();
  mark(lines[row], cellElement(), cell.length > 0 ? segments[version][current.segment] : null);
  here.setAttribute("y", Math.floor(row / rowsInBar()));
  drawSoon();
}

// The current cell is the one of the table that the tabulator key comes to.
function mark(line, place, segment) {
  marked.line?.removeAttribute("aria-current");
  marked.place?.removeAttribute("tabindex");
  marked.segment?.classList.remove("current");
  Object.assign(marked, { line, place, segment });
  line.setAttribute("aria-current", "true");
  place.tabIndex = 0;
  segment?.classList.add("current");
}

function cellElement() {
  return lines[current.row].cells[current.version + 1];
}

function jump(row, version = current.version, segment) {
  select(row, version, segment);
  cellElement().focus({ preventScroll: true });
  scrollToCurrent();
}

function scrollToCurrent() {
  lines[current.row].scrollIntoView({ block: "nearest" });
}

// The next row in a direction that is not hidden and that the test takes, or -1.
function nextRow(from, step, takes = () => true) {
  for (let k = from + step; k >= 0 && k < rows.length; k += step) if (!lines[k].hidden && takes(rows[k])) return k;
  return -1;
}

function goRow(step) {
  const row = nextRow(current.row, step);
  if (row >= 0) jump(row);
}

function goVersion(step) {
  const version = current.version + step;
  if (version >= 0 && version < versions.length) jump(current.row, version);
}

// To the next segment of the version, in this row or another.
function goSegment(step) {
  const cell = table.cell(current.version, current.row);
  const next = cell[cell.indexOf(current.segment) + step];
  if (next !== undefined) return jump(current.row, current.version, next);
  const row = nextRow(current.row, step, (each) => each.segments[current.version].length > 0);
  if (row >= 0) jump(row, current.version, table.cell(current.version, row).at(step > 0 ? 0 : -1));
}

// In gold mode nothing is doubtful: there, a person goes on to the next row that is not confirmed.
const GOAL = data.gold
  ? { filter: "unconfirmed", text: "To do", title: "row that is not confirmed" }
  : { filter: "doubtful", text: "Doubtful", title: "doubtful row" };

function goOn(step) {
  const row = nextRow(current.row, step, FILTERS[GOAL.filter][1]);
  if (row >= 0) jump(row);
  say(row >= 0 ? `Row ${row + 1}` : `No ${GOAL.title} ${step > 0 ? "below" : "above"}`);
}
