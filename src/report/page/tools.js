// What a person does: repairs, saving, progress kept in the browser, the toolbar and its keys. Starts the page.

function repair(operation, message) {
  if (!table.apply(operation)) return say("Nothing to do here");
  changed();
  return say(message);
}

// Draws and keeps what the model now is; the keyboard stays in the table where it was there.
function changed() {
  const active = document.activeElement;
  const wasInTable = sheet.contains(active) || active === document.body;
  const first = refresh();
  keep();
  if (wasInTable) jump(current.row, current.version, current.segment);
  return first;
}

function travel(isPossible, go, message) {
  if (!isPossible) return say(`Nothing to ${message.toLowerCase()}`);
  go();
  const first = changed();
  select(first, current.version, current.segment);
  if (sheet.contains(document.activeElement)) jump(current.row);
  else scrollToCurrent();
  return say(`${message}: row ${current.row + 1}`);
}

function undo() {
  return travel(table.canUndo, () => table.undo(), "Undo");
}

function redo() {
  return travel(table.canRedo, () => table.redo(), "Redo");
}

function moveSegment(end, to) {
  const { version, row } = current;
  const segment = table.cell(version, row).at(end === "first" ? 0 : -1);
  repair({ op: "move", version, row, end, to }, segment !== undefined && `${nameOf(version, segment)} moved ${to}`);
}

function shift(to) {
  const { version, row } = current;
  repair({ op: "shift", version, row, to }, `${versions[version].label} shifted ${to} from row ${row + 1}`);
}

function toggleConfirmed() {
  const { row } = current;
  const confirmed = !rows[row].confirmed;
  repair({ op: "confirm", row, confirmed }, `Row ${row + 1} ${confirmed ? "confirmed" : "not confirmed"}`);
}

function makeAlone() {
  const { version, segment } = current;
  if (segment === null) return say("No segment in this cell");
  return repair({ op: "alone", version, segment }, `${nameOf(version, segment)} has no counterpart`);
}

function askRow() {
  const { version, segment } = current;
  if (segment === null) return say("No segment in this cell");
  const input = element("input", { type: "number", min: 1, max: rows.length, required: "" });
  return ask(`Send ${nameOf(version, segment)} to row`, input, () => {
    const row = Number(input.value) - 1;
    repair({ op: "send", version, segment, row }, `${nameOf(version, segment)} sent to row ${row + 1}`);
  });
}

function askComment() {
  const { row } = current;
  const input = element("textarea", { rows: 2 });
  input.value = rows[row].comment;
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) input.form.requestSubmit();
  });
  ask(`Comment on row ${row + 1}`, input, () => repair({ op: "comment", row, text: input.value.trim() }, "Comment kept"));
}

const FILES = [
  ["Patch", "patch.json", "what you decided, for the program", () => patchOf(data, table, nameInput.value.trim())],
  ["JSONL", "jsonl", "the corrected article", () => jsonlOf(data, textOf, orderedBeads())],
  ["TMX", "tmx", "as a translation memory", () => tmxOf(data, textOf, orderedBeads(), new Date())],
  ["TSV", "tsv", "as a table", () => tsvOf(data, textOf, orderedBeads())],
];
// Gold is signed.
const nameInput = element("input", {
  type: "text", id: "name", autocomplete: "name", pattern: ".*\\S.*", required: data.gold ? "" : undefined, onchange: keep,
});

function orderedBeads() {
  return inOrder(table.sizes, beadsOf(table));
}

function save([title, extension, , make]) {
  if (!nameInput.reportValidity()) return undefined;
  const href = URL.createObjectURL(new Blob([make()]));
  const link = element("a", { href, download: `${fileName(data.id)}.${extension}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return say(`${title} saved`);
}

function fileName(id) {
  return id.replace(/[\\/:*?"<>|\0-\x1f]/g, "_") || "article";
}

async function openPatch(file) {
  try {
    const { operations, stale, by } = readPatch(data, await file.text());
    const count = applyPatch(table, operations);
    if (by && !nameInput.value) nameInput.value = by;
    changed();
    say(`${count} of ${operations.length + stale.length} decisions of the patch changed something`);
    if (stale.length > 0) note(staleNote(stale));
  } catch (error) {
    note(error.message);
  }
}

function staleNote(stale) {
  const lineOf = ({ operation: { op, segments }, reason }) => {
    const numbers = [segments ?? []].flat(2).map((named) => named?.segment + 1);
    return element("li", {}, `${op} ${numbers.join(", ")}: ${reason}`);
  };
  return element("div", {}, `${stale.length} decisions are stale, and were not made:`,
    element("ul", {}, ...stale.slice(0, 20).map(lineOf)));
}

// Progress is kept in the browser, under the name of the article and of what was aligned. In quotes, no name is the
// beginning of another.
const PREFIX = `triglyph/${data.gold ? "gold" : "page"}/${data.unit}/${JSON.stringify(data.id)}/`;
const KEY = PREFIX + fnv1a(JSON.stringify([
  versions.map((version) => version.segments.map((segment) => segment.hash)), data.beads.map((bead) => bead.segments),
])).toString(16);
const IN_OTHER_TAB = "This article was repaired in another tab too: load the page again.";
let isKept = true;

function keep() {
  try {
    const { operations } = table;
    const by = nameInput.value;
    if (operations.length === 0 && !by) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ operations, by, patch: patchOf(data, table, by) }));
    isKept = true;
  } catch {
    tellUnkept();
  }
}

function tellUnkept() {
  if (isKept) note("This browser keeps nothing of your work: save the patch before you close the page.");
  isKept = false;
}

function restore() {
  try {
    const { operations = [], by = "" } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    nameInput.value = by;
    for (const operation of operations) table.apply(operation);
    if (table.canUndo) note(`${table.done.length} repairs of an earlier visit are back.`, ["Start over", startOver]);
    const others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== KEY);
    for (const key of others) offer(localStorage.getItem(key));
  } catch {
    tellUnkept();
  }
}

// Offers what was repaired of another alignment of the article, where that would change something.
function offer(kept) {
  const trial = new Table(table.sizes, data.beads);
  let patch;
  try {
    ({ patch } = JSON.parse(kept));
    if (applyPatch(trial, readPatch(data, patch).operations) === 0) return;
  } catch {
    return; // What cannot be read is not worth an offer, and says nothing of what the browser keeps from now on.
  }
  const takeOver = () => openPatch(new Blob([patch]));
  note("Repairs of another alignment of this article are kept in this browser.", ["Take them over", takeOver]);
}

function startOver() {
  while (table.undo());
  changed();
  say("All repairs are undone; redo brings them back");
}

// All that can be done, by group: keys, text of the button, what it is for, and what it does.
const COMMANDS = [
  ["Go", [
    ["p", `‹ ${GOAL.text}`, `Previous ${GOAL.title}`, () => goOn(-1)],
    ["n", `${GOAL.text} ›`, `Next ${GOAL.title}`, () => goOn(1)],
    ...(data.gold ? [] : [["o Enter", "Evidence", "Open or close the evidence of the row", toggleEvidence]]),
    ["j ArrowDown", "", "Next row", () => goRow(1)],
    ["k ArrowUp", "", "Previous row", () => goRow(-1)],
    ["h ArrowLeft", "", "Version to the left", () => goVersion(-1)],
    ["l ArrowRight", "", "Version to the right", () => goVersion(1)],
    ["J Shift+ArrowDown", "", "Next segment of the version", () => goSegment(1)],
    ["K Shift+ArrowUp", "", "Previous segment of the version", () => goSegment(-1)],
    ["v", "", "Choose which rows are shown", () => filterSelect.focus()],
  ]],
  ["Decide", [
    ["c", "Confirm", "Confirm the row, or no longer", toggleConfirmed],
    ["C", "All above", "Confirm this row and all above",
      () => repair({ op: "confirm_above", row: current.row }, `Rows 1–${current.row + 1} confirmed`)],
    ["x", "No counterpart", "Give the segment a row of its own: nothing goes with it", makeAlone],
    [";", "Comment…", "Comment on the row", askComment],
  ]],
  ["Move", [
    ["f", "First ↑", "Move the first segment of the cell a row up", () => moveSegment("first", "up")],
    ["e", "Last ↓", "Move the last segment of the cell a row down", () => moveSegment("last", "down")],
    ["F", "First ↓", "Move the first segment of the cell a row down", () => moveSegment("first", "down")],
    ["E", "Last ↑", "Move the last segment of the cell a row up", () => moveSegment("last", "up")],
    ["d", "Shift ↓", "Shift this version a row down from here on", () => shift("down")],
    ["D", "Shift ↑", "Shift this version a row up from here on", () => shift("up")],
    ["g", "Send…", "Send the segment to a row", askRow],
  ]],
  ["Rows", [
    ["m", "Merge", "Merge the row with the one below", () => repair({ op: "merge", row: current.row }, "Rows merged")],
    ["i", "Insert", "Insert an empty row above", () => repair({ op: "insert", row: current.row }, "Row inserted")],
  ]],
  ["History", [
    ["u Ctrl+Z", "Undo", "Undo", undo],
    ["U Ctrl+Shift+Z Ctrl+Y", "Redo", "Redo", redo],
  ]],
  ["File", [
    ["s", "Save…", "Save the patch or the corrected article", openSaveDialog],
    ["", "Open patch…", "Go on with a saved patch", () => fileInput.click()],
    ["?", "Keys", "All keys", () => helpDialog.showModal()],
  ]],
];
const KEYED = COMMANDS.flatMap(([, commands]) => commands)
  .map(([names, , title, run]) => [names.split(" ").filter(Boolean), title, run]);
const ACTIONS = new Map(KEYED.flatMap(([names, , run]) => names.map((name) => [name, run])));

const filterSelect = element("select", { id: "filter", onchange: () => setFilter(filterSelect.value) });
const status = element("p", { class: "status", role: "status" });
const notes = element("div", { class: "notes" });
const form = element("form", { class: "ask", hidden: "" });
const fileInput = element("input", { type: "file", accept: ".json", hidden: "", "aria-label": "Patch" });
const pager = element("div", { class: "pager", hidden: "" },
  button("‹ Page", "Previous page", () => turnPage(-1)), element("span"), button("Page ›", "Next page", () => turnPage(1)));
const openNote = element("p", {});
const saveDialog = makeSaveDialog();
const helpDialog = makeHelpDialog();

function button(text, title, run) {
  return element("button", { type: "button", title, onclick: run }, text);
}

function commandButton([names, text, title, run]) {
  const made = button(text, names ? `${title} (${names.replaceAll(" ", ", ").replaceAll("Arrow", "")})` : title, run);
  made.dataset.key = names.split(" ")[0];
  return made;
}

function makeDialog(title, ...content) {
  const id = `dialog-${title.toLowerCase()}`;
  const close = button("Close", "Close", () => dialog.close());
  const dialog = element("dialog", { "aria-labelledby": id }, element("h2", { id }, title), ...content, close);
  return dialog;
}

function makeSaveDialog() {
  const files = data.gold ? FILES.slice(0, 1) : FILES;
  const choiceOf = (file) => element("li", {}, button(file[0], `Save as ${file[0]}`, () => save(file)), ` ${file[2]}`);
  const label = element("label", { for: "name" }, data.gold ? "Your name" : "Your name, to stand in the patch");
  return makeDialog("Save", openNote, element("p", {}, label, " ", nameInput), element("ul", {}, ...files.map(choiceOf)));
}

// Gold is complete when all of it is confirmed.
function openSaveDialog() {
  const count = data.gold ? openRows(table) : 0;
  const open = count === 1 ? "1 row is not confirmed yet; " : `${count} rows are not confirmed yet; `;
  openNote.hidden = count === 0;
  openNote.replaceChildren(open, element("code", {}, "triglyph gold"), " needs all");
  saveDialog.showModal();
}

function makeHelpDialog() {
  const keyMark = (name) => element("kbd", {}, name.replace("Arrow", ""));
  const lineOf = ([names, title]) => element("tr", {},
    element("th", { scope: "row" }, ...names.map(keyMark)), element("td", {}, title));
  const list = element("tbody", {}, ...KEYED.filter(([names]) => names.length > 0).map(lineOf));
  const region = { class: "scroll", tabindex: 0, role: "region", "aria-label": "List of keys" };
  return makeDialog("Keys", element("div", region, element("table", {}, list)));
}

function say(text) {
  status.textContent = text;
}

// A message that stays until it is closed, with things to do about it.
function note(content, ...actions) {
  const close = button("Close", "Close this note", () => made.remove());
  const buttons = actions.map(([text, run]) => button(text, text, () => { made.remove(); run(); }));
  const made = element("div", { class: "note", role: "note" }, content, " ", ...buttons, close);
  notes.append(made);
}

// A question in the toolbar; the keyboard goes back to the table afterwards.
function ask(text, input, done) {
  input.id = "answer";
  const buttons = [element("button", {}, "OK"), button("Cancel", "Cancel", closeForm)];
  form.replaceChildren(element("label", { for: "answer" }, text), input, ...buttons);
  form.hidden = false;
  form.onsubmit = (event) => {
    event.preventDefault();
    closeForm();
    done();
  };
  input.focus();
}

function closeForm() {
  if (form.hidden) return;
  form.hidden = true;
  jump(current.row, current.version, current.segment);
}

function buildTools() {
  const choices = data.gold ? ["all", "partial", "boilerplate", "unconfirmed"] : Object.keys(FILTERS);
  filterSelect.append(...choices.map((name) => element("option", { value: name }, FILTERS[name][0])));
  const show = element("span", { class: "group" }, element("label", { for: "filter" }, "Show"), filterSelect);
  const groups = COMMANDS.map(([name, commands]) => {
    const buttons = commands.filter(([, text]) => text).map(commandButton);
    return element("span", { class: "group", role: "group", "aria-label": name }, ...buttons);
  });
  const bar = element("div", { class: "bar", role: "toolbar", "aria-label": "Tools" }, show, ...groups, fileInput);
  tools.append(bar, form, pager, status);
  tools.before(notes);
  document.body.append(saveDialog, helpDialog);
}

function onKey(event) {
  if (event.key === "Escape" && form.contains(event.target)) return closeForm();
  if (event.defaultPrevented || event.altKey || event.metaKey || event.isComposing) return undefined;
  if (event.target.closest("input, textarea, select, dialog, .plots")) return undefined;
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return undefined;
  const run = ACTIONS.get(keyOf(event));
  if (!run) return undefined;
  event.preventDefault();
  return run();
}

// The name of a key: a letter is small or capital, but beside Ctrl; other keys say Shift.
function keyOf({ key, ctrlKey, shiftKey }) {
  const isNamed = ctrlKey || key.length > 1;
  return [ctrlKey && "Ctrl", shiftKey && isNamed && "Shift", ctrlKey ? key.toUpperCase() : key].filter(Boolean).join("+");
}

function onClick(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const link = event.target.closest("a[href^='#row-']");
  if (link) {
    event.preventDefault();
    return goTo(link.hash);
  }
  const line = event.target.closest("tr.row");
  const place = event.target.closest("td, th");
  if (!line || !getSelection().isCollapsed || event.target.closest("summary")) return undefined;
  const version = place.cellIndex >= 1 && place.cellIndex <= versions.length ? place.cellIndex - 1 : current.version;
  const segment = segments[version].indexOf(event.target.closest(".segment"));
  const k = lines.indexOf(line);
  jump(k, version, segment);
  if (place.classList.contains("score")) toggleEvidence();
  return undefined;
}

// Goes to the row or the segment that a fragment of an address names.
function goTo(hash) {
  const number = Number(/^#row-(\d+)$/.exec(hash)?.[1]);
  const row = number ? number - 1 : rowOfName(hash.slice(1));
  if (row < 0 || row >= rows.length) return;
  if (FILTERS[filter][1](rows[row]) === false) filterSelect.value = filter = "all";
  jump(row);
}

// The row of a segment by its name in the page, or -1. It is asked of the model: rows that are not seen may not be drawn.
function rowOfName(name) {
  const version = segments.findIndex((own) => own.some((each) => each.id === name));
  return version < 0 ? -1 : table.rowOf(version, segments[version].findIndex((each) => each.id === name));
}

function onStripClick(event) {
  const box = strip.getBoundingClientRect();
  const row = Math.floor(((event.clientY - box.top) / box.height) * bars.length) * rowsInBar();
  jump(Math.min(rows.length - 1, Math.max(0, row)));
}

// What is scrolled to, and the head of the table, stand below the tools.
function measureTools() {
  document.documentElement.style.setProperty("--tools", `${tools.offsetHeight}px`);
}

function start() {
  buildTools();
  restore();
  strip.replaceChildren();
  strip.setAttribute("role", "img");
  strip.setAttribute("aria-label", "The rows from top to bottom; a click goes there");
  refresh();
  fileInput.addEventListener("change", () => {
    if (fileInput.files.length > 0) openPatch(fileInput.files[0]);
    fileInput.value = "";
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  strip.addEventListener("click", onStripClick);
  addEventListener("hashchange", () => goTo(location.hash));
  addEventListener("beforeprint", () => showRows(0, rows.length));
  addEventListener("storage", (event) => event.key === KEY && note(IN_OTHER_TAB));
  addEventListener("beforeunload", (event) => !isKept && table.canUndo && event.preventDefault());
  new ResizeObserver(drawSoon).observe(main);
  new ResizeObserver(measureTools).observe(tools);
  if (location.hash) goTo(location.hash);
  performance.mark("ready");
}

start();
