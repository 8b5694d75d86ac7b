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
  const link = element("a", { href: URL.createObjectURL(new Blob([make()])), download: `${fileName(data.id)}.${extension}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
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
  const nameOfStale = (operation) => {
    const numbers = [operation?.segments ?? []].flat(2).map((named) => named?.segment + 1);
    return element("li", {}, `${operation?.op}: ${numbers.join(", ")}`);
  };
  return element("div", {}, `${stale.length} decisions are stale: their text is no longer in this article.`,
    element("ul", {}, ...stale.slice(0, 20).map(nameOfStale)));
}

// Progress is kept in the browser under the name of the article and of what was aligned.
const PREFIX = `triglyph/${data.id}/`;
const KEY = PREFIX + fnv1a(JSON.stringify([
  versions.map((version) => version.segments.map((segment) => segment.hash)), data.beads.map((bead) => bead.segments),
])).toString(16);
let isStorageTold = false;

function keep() {
  try {
    const { operations } = table;
    if (operations.length === 0 && !nameInput.value) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ operations, by: nameInput.value, patch: patchOf(data, table) }));
    isStorageTold = false;
  } catch {
    if (!isStorageTold) note("This browser keeps nothing of your work: save the patch before you close the page.");
    isStorageTold = true;
  }
}

function restore() {
  let kept;
  let others;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
    others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== KEY);
  } catch {
    return note("This browser keeps nothing of your work: save the patch before you close the page.");
  }
  if (kept) {
    nameInput.value = kept.by ?? "";
    for (const operation of kept.operations ?? []) table.apply(operation);
    if (table.canUndo) note(`${table.done.length} repairs of an earlier visit are back.`, ["Start over", startOver]);
  }
  for (const key of others) {
    note("Repairs of another alignment of this article are kept in this browser.", ["Take them over", () => takeOver(key)]);
  }
  return undefined;
}

function takeOver(key) {
  openPatch(new Blob([JSON.parse(localStorage.getItem(key)).patch]));
}

function startOver() {
  while (table.undo());
  changed();
  say("All repairs are undone; redo brings them back");
}

// All that can be done, by group: key, text of the button, what it is for, what it does, more keys.
const COMMANDS = [
  ["Go", [
    ["p", "‹ Doubtful", "Previous doubtful row", () => goDoubtful(-1)],
    ["n", "Doubtful ›", "Next doubtful row", () => goDoubtful(1)],
    ["o", "Evidence", "Open or close the evidence of the row", toggleEvidence, "Enter"],
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
    ["u", "Undo", "Undo", undo, "Ctrl+z"],
    ["U", "Redo", "Redo", redo, "Ctrl+Z", "Ctrl+y"],
  ]],
  ["File", [
    ["s", "Save…", "Save the patch or the corrected article", () => saveDialog.showModal()],
    ["", "Open patch…", "Go on with a saved patch", () => fileInput.click()],
    ["?", "Keys", "All keys", () => helpDialog.showModal()],
  ]],
].map(([group, commands]) => [group, commands.filter(([key]) => !data.gold || key !== "o").map(named)]);

// Gold mode knows no doubt.
function named([key, text, title, ...rest]) {
  return data.gold && /doubtful/.test(title)
    ? [key, text.replace("Doubtful", "To do"), title.replace("doubtful row", "row that is not confirmed"), ...rest]
    : [key, text, title, ...rest];
}

const MOVES = [
  ["j", "Next row", () => goRow(1), "ArrowDown"],
  ["k", "Previous row", () => goRow(-1), "ArrowUp"],
  ["h", "Version to the left", () => goVersion(-1), "ArrowLeft"],
  ["l", "Version to the right", () => goVersion(1), "ArrowRight"],
  ["J", "Next segment of the version", () => goSegment(1), "Shift+ArrowDown"],
  ["K", "Previous segment of the version", () => goSegment(-1), "Shift+ArrowUp"],
  ["v", "Choose which rows are shown", () => filterSelect.focus()],
  ["Escape", "Leave a question", closeForm],
];

const keys = new Map();
for (const [key, , run, ...more] of MOVES) for (const each of [key, ...more]) keys.set(each, run);
for (const [key, , , run, ...more] of COMMANDS.flatMap(([, commands]) => commands)) for (const each of [key, ...more]) keys.set(each, run);
keys.delete("");

const filterSelect = element("select", { id: "filter", onchange: () => setFilter(filterSelect.value) });
const status = element("p", { class: "status", role: "status" });
const notes = element("div", { class: "notes" });
const form = element("form", { class: "ask", hidden: "" });
const fileInput = element("input", { type: "file", accept: ".json", hidden: "", "aria-label": "Patch" });
const pager = element("div", { class: "pager", hidden: "" },
  button("‹ Page", "Previous page", () => turnPage(-1)), element("span"), button("Page ›", "Next page", () => turnPage(1)));
const saveDialog = makeSaveDialog();
const helpDialog = makeHelpDialog();

function button(text, title, run) {
  return element("button", { type: "button", title, onclick: run }, text);
}

function commandButton([key, text, title, run, ...more]) {
  const all = [key, ...more].filter(Boolean).map(keyName);
  const made = button(text, all.length > 0 ? `${title} (${all.join(", ")})` : title, run);
  if (key) made.dataset.key = key;
  return made;
}

// A key as it is written on keyboards and in help.
function keyName(key) {
  return key.replace("Arrow", "").replace("Ctrl+Z", "Ctrl+Shift+Z").replace("Ctrl+z", "Ctrl+Z").replace("Ctrl+y", "Ctrl+Y");
}

function makeDialog(title, ...content) {
  const id = `dialog-${title.toLowerCase()}`;
  const close = button("Close", "Close", () => dialog.close());
  const dialog = element("dialog", { "aria-labelledby": id }, element("h2", { id }, title), ...content, close);
  return dialog;
}

function makeSaveDialog() {
  const files = data.gold ? FILES.slice(0, 1) : FILES;
  const choices = files.map((file) => element("li", {}, button(file[0], `Save as ${file[0]}`, () => save(file)), ` ${file[2]}`));
  const label = element("label", { for: "name" }, data.gold ? "Your name" : "Your name, to stand in the patch");
  return makeDialog("Save", element("p", {}, label, " ", nameInput), element("ul", {}, ...choices));
}

function makeHelpDialog() {
  const lineOf = (all, title) => element("tr", {},
    element("th", { scope: "row" }, ...all.map((key) => element("kbd", {}, keyName(key)))), element("td", {}, title));
  const moves = MOVES.map(([key, title, , ...more]) => lineOf([key, ...more], title));
  const commands = COMMANDS.flatMap(([, list]) => list).filter(([key]) => key)
    .map(([key, , title, , ...more]) => lineOf([key, ...more], title));
  return makeDialog("Keys", element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "List of keys" },
    element("table", {}, element("tbody", {}, ...moves, ...commands))));
}

function say(text) {
  status.textContent = text;
}

// A message that stays until it is closed, with things to do about it.
function note(content, ...actions) {
  const buttons = actions.map(([text, run]) => button(text, text, () => { made.remove(); run(); }));
  const made = element("div", { class: "note", role: "note" }, content, " ", ...buttons, button("Close", "Close this note", () => made.remove()));
  notes.append(made);
}

// A question in the toolbar; the keyboard goes back to the table afterwards.
function ask(text, input, done) {
  input.id = "answer";
  form.replaceChildren(element("label", { for: "answer" }, text), input, element("button", {}, "OK"), button("Cancel", "Cancel", closeForm));
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
  const groups = COMMANDS.map(([name, commands]) =>
    element("span", { class: "group", role: "group", "aria-label": name }, ...commands.map(commandButton)));
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
  const name = [event.ctrlKey && "Ctrl", event.shiftKey && event.key.length > 1 && "Shift", event.key].filter(Boolean).join("+");
  const run = keys.get(name);
  if (!run) return undefined;
  event.preventDefault();
  return run();
}

function onClick(event) {
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
  const line = document.getElementById(decodeURIComponent(hash.slice(1)))?.closest("tr.row");
  const row = number ? number - 1 : lines.indexOf(line);
  if (row < 0 || row >= rows.length) return;
  if (FILTERS[filter][1](rows[row]) === false) filterSelect.value = filter = "all";
  jump(row);
}

function onStripClick(event) {
  const box = strip.getBoundingClientRect();
  const row = Math.floor(((event.clientY - box.top) / box.height) * bars.length) * rowsInBar();
  jump(Math.min(rows.length - 1, Math.max(0, row)));
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
  addEventListener("storage", (event) => event.key === KEY && note("This article was repaired in another tab too: load the page again."));
  addEventListener("beforeunload", (event) => isStorageTold && table.canUndo && event.preventDefault());
  new ResizeObserver(drawSoon).observe(main);
  new ResizeObserver(() => document.documentElement.style.setProperty("--tools", `${tools.offsetHeight}px`)).observe(tools);
  if (location.hash) goTo(location.hash);
  performance.mark("ready");
}

start();
