// What a row rests on: opened below it as a table and lists, highlighted in its texts, and drawn as lines between its
// sentences; and the threads of moved rows in the margin.

const evidence = { line: null, panel: null, texts: [] };

function toggleEvidence() {
  const isOpen = evidence.line === lines[current.row];
  const hadFocus = evidence.panel?.contains(document.activeElement);
  closeEvidence();
  if (!isOpen) openEvidence(current.row);
  if (hadFocus) jump(current.row);
}

// Tells the row whose evidence was open.
function closeEvidence() {
  const { line } = evidence;
  evidence.panel?.remove();
  for (const text of evidence.texts) text.replaceChildren(text.textContent);
  Object.assign(evidence, { line: null, panel: null, texts: [] });
  drawSoon();
  return line;
}

function openEvidence(k) {
  if (data.gold) return;
  const row = rows[k];
  const { pairs } = table.beads[table.origin(row)]?.evidence ?? data.evidence?.[table.origin(row)] ?? { pairs: [] };
  const parts = [
    ...(pairs.length > 0 ? pairsTable(pairs) : [element("p", {}, noEvidence(row))]),
    element("ul", { class: "links" }, ...linkNotes(k), ...threadNotes(k)),
    element("dl", { class: "matches" }, ...matchLists(row)),
  ];
  const region = element("section", { "aria-label": `Evidence of row ${k + 1}` }, ...parts);
  const columns = lines[k].cells.length;
  evidence.panel = element("tr", { class: "evidence" }, element("td", { colspan: columns }, region));
  evidence.line = lines[k];
  lines[k].after(evidence.panel);
  evidence.panel.scrollIntoView({ block: "nearest" });
}

function noEvidence(row) {
  const { isEmpty, isChanged, isNull } = factsOf(row);
  if (isEmpty) return "An empty row.";
  if (isChanged) return "Changed by a person: the aligner did not weigh these segments together.";
  return isNull ? "Nothing in the other versions goes with it." : "The aligner kept no evidence.";
}

const PARTS = ["length", "words", "numbers", "layout", "vectors", "posterior", "agreed"];

function pairsTable(pairs) {
  const parts = PARTS.filter((part) => pairs.some((pair) => pair[part] !== undefined));
  const names = pairs.map((pair) => pair.versions.map((v) => versions[v].label).join(" – "));
  const head = element("tr", {}, ...["versions", ...names].map((name) => element("th", { scope: "col" }, name)));
  const lineOf = (part) => element("tr", {}, element("th", { scope: "row" }, part),
    ...pairs.map((pair) => element("td", {}, pair[part]?.toFixed(2).replace("-", "−") ?? "")));
  return [
    element("p", {}, "Log-odds by what they come from; the probability of the surest link by the two versions, and by all"),
    element("table", { class: "pairs" }, element("thead", {}, head), element("tbody", {}, ...parts.map(lineOf))),
  ];
}

// The links between sentences that touch the row, each with its two ends and whether both are in the row.
function linksOf(row) {
  const found = [];
  for (const { versions: [a, b], links } of data.links ?? []) {
    for (const [i, j, posterior] of links) {
      const ends = [[a, i], [b, j]].map(([version, sentence]) => {
        const [segment, start, end] = versions[version].sentences[sentence];
        return { version, sentence, segment, start, end, isInside: row.segments[version].includes(segment) };
      });
      const inside = ends.filter((end) => end.isInside).length;
      if (inside > 0) found.push({ ends, posterior, isInside: inside === 2 });
    }
  }
  return found.sort((x, y) => y.posterior - x.posterior);
}

function linkNotes(k) {
  const links = linksOf(rows[k]);
  const surest = links.find((link) => link.isInside);
  const other = links.find((link) => !link.isInside);
  const notes = [];
  if (surest) notes.push(element("li", {}, `Surest link: ${linkName(surest)}`));
  if (other) {
    const { version, segment } = other.ends.find((end) => !end.isInside);
    const row = table.rowOf(version, segment) + 1;
    notes.push(element("li", {}, `Runner-up: ${linkName(other)}, in `, element("a", { href: `#row-${row}` }, `row ${row}`)));
  }
  return notes;
}

function linkName({ ends, posterior }) {
  return `${ends.map(sentenceName).join(" – ")} (${posterior.toFixed(2)})`;
}

function sentenceName({ version, segment, sentence }) {
  const own = versions[version].sentences;
  const isAlone = [sentence - 1, sentence + 1].every((other) => own[other]?.[0] !== segment);
  if (isAlone) return nameOf(version, segment);
  let number = 1;
  while (own[sentence - number]?.[0] === segment) number += 1;
  return `${nameOf(version, segment)}, sentence ${number}`;
}

// What two versions of the row have in common, highlighted in the texts, and a list of it by kind.
function matchLists(row) {
  const groups = markMatches(row);
  return ["Numbers", "Names", "Words"].flatMap((title, kind) => {
    const buttons = groups.filter((group) => group.kind === kind).map(matchButton);
    return buttons.length > 0 ? [element("dt", {}, title), element("dd", {}, ...buttons)] : [];
  });
}

function matchButton({ marks }) {
  const words = [...new Set(marks.map((mark) => mark.textContent))];
  const light = (isLit) => () => marks.forEach((mark) => mark.classList.toggle("lit", isLit));
  for (const mark of marks) {
    mark.addEventListener("mouseenter", light(true));
    mark.addEventListener("mouseleave", light(false));
  }
  const on = { onmouseenter: light(true), onfocus: light(true), onmouseleave: light(false), onblur: light(false) };
  return element("button", { type: "button", ...on }, element("bdi", {}, words.join(" – ")));
}

const KINDS = ["number", "name", "word"];

// Puts marks around all words that match in the row; words that match one another are a group.
function markMatches(row) {
  const ranges = matchesOf(row);
  const marks = new Map();
  row.segments.forEach((cell, version) => cell.forEach((segment) => {
    const own = [...ranges.values()].filter((range) => range.version === version && range.segment === segment);
    if (own.length > 0) highlight(textElement(version, segment), own, marks);
  }));
  const groups = [];
  const seen = new Set();
  const sorted = [...ranges.values()].sort((a, b) => a.version - b.version || a.segment - b.segment || a.start - b.start);
  for (const range of sorted) {
    const group = [];
    const queue = [range];
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (marks.has(next)) group.push(next);
      queue.push(...next.partners);
    }
    if (group.length > 1) groups.push({ kind: range.kind, marks: group.map((each) => marks.get(each)) });
  }
  return groups;
}

// The ranges of text that match another in the row, each once, with the ranges that they match.
function matchesOf(row) {
  const ranges = new Map();
  const rangeOf = (version, segment, start, end, kind) => {
    const key = [version, segment, start, end].join();
    if (!ranges.has(key)) ranges.set(key, { version, segment, start, end, kind, partners: [] });
    return ranges.get(key);
  };
  for (const { versions: [a, b], matches } of data.matches ?? []) {
    for (const [i, j, flat] of matches) {
      const [one, other] = [versions[a].sentences[i][0], versions[b].sentences[j][0]];
      if (!row.segments[a].includes(one) || !row.segments[b].includes(other)) continue;
      for (let n = 0; n < flat.length; n += 5) {
        const [start, end, otherStart, otherEnd, kind] = flat.slice(n, n + 5);
        const ends = [rangeOf(a, one, start, end, kind), rangeOf(b, other, otherStart, otherEnd, kind)];
        ends[0].partners.push(ends[1]);
        ends[1].partners.push(ends[0]);
      }
    }
  }
  return ranges;
}

// Wraps ranges of a text in marks; one that overlaps the range before it is left out.
function highlight(place, ranges, marks) {
  evidence.texts.push(place);
  const text = place.textContent;
  const pieces = [];
  let at = 0;
  for (const range of ranges.sort((x, y) => x.start - y.start)) {
    if (range.start < at) continue;
    const mark = element("mark", { class: KINDS[range.kind] }, text.slice(range.start, range.end));
    marks.set(range, mark);
    pieces.push(text.slice(at, range.start), mark);
    at = range.end;
  }
  place.replaceChildren(...pieces, text.slice(at));
}

// Lines drawn over the table: threads of moved rows, and links between sentences of the open row.
const threads = main.appendChild(drawing("svg", { class: "threads", "aria-hidden": "true" }));
const ladder = main.appendChild(drawing("svg", { class: "ladder", "aria-hidden": "true" }));
let isDrawingDue = false;

function drawSoon() {
  if (isDrawingDue) return;
  isDrawingDue = true;
  requestAnimationFrame(() => {
    isDrawingDue = false;
    drawThreads();
    drawLadder();
  });
}

// Below which row each version would have a moved row, where that is elsewhere: behind the segment before it, or
// before the one behind it, not counting rows that moved too or stand alone. Where these leave it in its place, what
// it moved past is among the others: then the nearest row that it is out of order with.
function homesOf(k) {
  const takes = (row) => row !== k && isFixed(row);
  const homes = homesBy(k, takes, takes);
  return homes.length > 0 ? homes : homesBy(k, (row) => row > k, (row) => row < k);
}

// Rows that neither moved nor stand alone. Found once for all, since where much moved the nearest is far away.
const fixed = { rows: null, flags: [] };

function isFixed(k) {
  if (fixed.rows !== rows) Object.assign(fixed, { rows, flags: rows.map((row) => !isMoved(row) && !factsOf(row).isNull) });
  return fixed.flags[k];
}

// By the nearest segment before and the nearest behind whose rows the tests take.
function homesBy(k, takesBefore, takesBehind) {
  const anchor = (version, segment, step, takes) => {
    for (let s = segment + step; s >= 0 && s < table.sizes[version]; s += step) {
      const row = table.rowOf(version, s);
      if (takes(row)) return row;
    }
    return step < 0 ? -1 : Infinity;
  };
  return rows[k].segments.flatMap((cell, version) => {
    if (cell.length === 0) return [];
    const [above, below] = [anchor(version, cell[0], -1, takesBefore), anchor(version, cell.at(-1), 1, takesBehind)];
    if (above <= k && below >= k) return [];
    return [{ version, below: above >= 0 ? above + 1 : below }];
  });
}

function threadNotes(k) {
  if (!isMoved(rows[k])) return [];
  return homesOf(k).map(({ version, below }) => {
    const place = below === 0 ? ["above ", rowLink(1)] : ["below ", rowLink(below)];
    return element("li", {}, `In ${versions[version].label} it stands `, ...place);
  });
}

function rowLink(number) {
  return element("a", { href: `#row-${number}` }, `row ${number}`);
}

function drawThreads() {
  const origin = main.getBoundingClientRect();
  const pieces = [];
  const isShown = (k) => !lines[k].hidden && !lines[k].parentElement.classList.contains("later");
  rows.forEach((row, k) => {
    if (!isMoved(row) || !isShown(k)) return;
    const homes = new Map(homesOf(k).map((home) => [home.below, home]));
    for (const { below, version } of homes.values()) {
      const box = lines[k].getBoundingClientRect();
      const from = (box.top + box.bottom) / 2 - origin.top;
      const to = edgeBelow(below, k, isShown) - origin.top;
      const names = { "data-from": k + 1, "data-to": below, "data-version": versions[version].label };
      pieces.push(...thread(from, to, names, pieces.length / 2));
    }
  });
  threads.replaceChildren(...pieces);
}

// Where the row of a number ends on the screen; the edge of what is shown where it is not shown.
function edgeBelow(number, from, isShown) {
  let k = number - 1;
  const step = k < from ? 1 : -1;
  while (k >= 0 && k !== from && !isShown(k)) k += step;
  if (k < 0 || (k === from && step > 0)) {
    const first = lines.findIndex((_, each) => isShown(each));
    return lines[k < 0 ? first : k].getBoundingClientRect().top;
  }
  return lines[k].getBoundingClientRect().bottom;
}

function thread(from, to, attributes, number) {
  const room = main.getBoundingClientRect().left + sheet.offsetLeft < MARGIN ? sheet.offsetLeft : MARGIN;
  const right = sheet.offsetLeft - 2;
  const bend = Math.max(4, room - 6 - (number % 4) * (room / 8));
  const curve = `M${right} ${from}C${right - bend} ${from} ${right - bend} ${to} ${right - 5} ${to}`;
  const head = `M${right} ${to}l-6 -4v8z`;
  return [drawing("path", { class: "thread", d: curve, ...attributes }), drawing("path", { class: "head", d: head })];
}

// Lines between the sentences of the open row, from column to column; two columns with one between them are joined
// only where that one is empty.
function drawLadder() {
  const pieces = [];
  if (evidence.line) {
    const row = rows[lines.indexOf(evidence.line)];
    const isNext = (a, b) => row.segments.slice(a + 1, b).every(isEmpty);
    for (const { ends, posterior, isInside } of linksOf(row)) {
      if (!isInside || !isNext(ends[0].version, ends[1].version)) continue;
      const [one, other] = ends.map(sentenceBox);
      if (one && other) pieces.push(rung(one, other, posterior));
    }
  }
  ladder.replaceChildren(...pieces);
}

// From column to column, or along the edge where the cells stand below one another.
function rung(one, other, posterior) {
  const [start, first, second, end] = other.left >= one.right
    ? [one.right, one.right + 16, other.left - 16, other.left]
    : [one.left, one.left - 14, one.left - 14, other.left];
  const d = `M${start} ${one.middle}C${first} ${one.middle} ${second} ${other.middle} ${end} ${other.middle}`;
  return drawing("path", { class: posterior < 0.5 ? "rung weak" : "rung", d });
}

// Where a sentence stands: the edges of its segment, and its middle; nothing where it is not to be seen.
function sentenceBox({ version, segment, start, end }) {
  const place = textElement(version, segment);
  const range = document.createRange();
  range.setStart(...pointIn(place, start));
  range.setEnd(...pointIn(place, end));
  const box = range.getBoundingClientRect();
  if (box.height === 0) return null;
  const [origin, whole] = [main.getBoundingClientRect(), place.closest(".segment").getBoundingClientRect()];
  const middle = (box.top + box.bottom) / 2 - origin.top;
  return { left: whole.left - 3 - origin.left, right: whole.right + 3 - origin.left, middle };
}

// The text node and the place in it at an offset of a text.
function pointIn(place, offset) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  let rest = offset;
  let node = walker.nextNode();
  while (node && rest > node.length) {
    rest -= node.length;
    node = walker.nextNode();
  }
  return node ? [node, rest] : [place, 0];
}
