// What a person's repairs are saved as: the patch, and the corrected article as JSONL, TMX and TSV, byte for byte what
// the program writes. No DOM. `data` is the data of the page, `textOf(version, segment)` the text of a segment.

const PATCH = "triglyph/patch/1";

// What the person decided about a row: "bead" where it is none of the beads at the start, "confirm" where it is one
// and was confirmed, or nothing.
function decision(table, row) {
  const bead = table.beads[table.origin(row)];
  if (!bead) return "bead";
  return row.confirmed && !bead.confirmed ? "confirm" : null;
}

// The patch: all decisions and comments, segments named by number and hash. In gold mode, where no row was proposed, only
// what is confirmed is decided.
function patchOf(data, table, by) {
  const named = (cell, v) => cell.map((segment) => ({ segment, hash: data.versions[v].segments[segment].hash }));
  const operations = [];
  for (const row of table.rows.filter((each) => !isEmptyRow(each))) {
    const isOpen = data.gold && !row.confirmed;
    const op = (isOpen ? null : decision(table, row)) ?? (row.comment ? "comment" : null);
    if (!op) continue;
    operations.push({ op, segments: row.segments.map(named), ...(row.comment && { comment: row.comment }) });
  }
  const versions = data.versions.map(({ label, record }) => ({ label, name: record.name, lang: record.lang }));
  return oneLine({ schema: PATCH, id: data.id, unit: data.unit, ...(by && { by }), versions, operations });
}

// How many rows are not confirmed, without those that are empty.
function openRows(table) {
  return table.rows.filter((row) => !row.confirmed && !isEmptyRow(row)).length;
}

// Reads a patch: the operations that fit the article, with plain numbers of segments, and those that do not, each with
// the reason. A segment fits where its hash stands under its number, or else once in the version. Throws an Error where
// it is no patch of this article.
function readPatch(data, text) {
  const patch = parsed(text);
  if (!isPatch(patch)) throw new Error("This file is no patch of triglyph.");
  if (patch.id !== data.id) throw new Error(`This patch is of another article: ${patch.id}`);
  if (patch.unit !== data.unit) throw new Error(`This patch is of another unit: ${patch.unit}`);
  const hashes = data.versions.map(({ segments }) => segments.map((segment) => segment.hash));
  const sources = data.versions.map(({ label }) => patch.versions.findIndex((version) => version.label === label));
  const operations = [];
  const stale = [];
  for (const operation of patch.operations) {
    const segments = sources.map((source, v) => located(operation.segments?.[source], hashes[v]));
    const reason = misfit(operation, sources, segments);
    if (reason) stale.push({ operation, reason });
    else operations.push({ ...operation, segments });
  }
  return { operations, stale, by: typeof patch.by === "string" ? patch.by : "" };
}

function isPatch(patch) {
  const isOperation = (each) => typeof each === "object" && each !== null && typeof (each.comment ?? "") === "string";
  return patch?.schema === PATCH
    && Array.isArray(patch.versions) && patch.versions.every((version) => typeof version?.label === "string")
    && Array.isArray(patch.operations) && patch.operations.every(isOperation);
}

// Why an operation does not fit the article; nothing where it does. `sources` are the places of the article's versions in
// the patch, `found` what was located of the segments.
function misfit({ op, segments }, sources, found) {
  if (!["bead", "confirm", "comment"].includes(op) || !Array.isArray(segments)) return "it is no decision";
  if (segments.some((list, source) => list?.length > 0 && !sources.includes(source))) {
    return "this article does not have all its versions";
  }
  if (found.every((list) => !list?.length)) return "it names no segment";
  return found.flat().find((place) => typeof place === "string");
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// The numbers that the segments of a patch have here, or in place of a number why there is none; null for a version that
// the patch leaves open.
function located(list, hashes) {
  if (!Array.isArray(list)) return null;
  return list.map((named) => {
    const { segment, hash } = named ?? {};
    if (Number.isInteger(segment) && hash && hashes[segment] === hash) return segment;
    const first = hashes.indexOf(hash);
    if (first < 0) return "its text is no longer in this article";
    return first === hashes.lastIndexOf(hash) ? first : "its text stands here several times";
  });
}

// Does what a patch says, and takes away the rows that this leaves empty; tells how many of its operations changed
// something.
function applyPatch(table, operations) {
  let count = 0;
  for (const { op, segments, comment } of operations) {
    const version = segments.findIndex((list) => list?.length > 0);
    const step = op === "comment"
      ? { op, row: table.rowOf(version, segments[version][0]), text: comment ?? "" }
      : { op: "decide", segments, ...(comment && { comment }) };
    if (table.apply(step)) count += 1;
  }
  for (let row = table.rows.length - 1; row > 0; row -= 1) {
    if (isEmptyRow(table.rows[row]) && !table.rows[row].comment) table.apply({ op: "merge", row: row - 1 });
  }
  return count;
}

// The beads that the rows stand for, in the order of the rows.
function beadsOf(table) {
  const rows = table.rows.filter((row) => !isEmptyRow(row));
  const decisions = rows.map((row) => decision(table, row));
  const moved = decisions.includes("bead") ? outOfOrder(rows) : [];
  return rows.map((row, k) => {
    const bead = table.beads[table.origin(row)];
    if (!decisions[k]) return bead;
    const isMoved = decisions[k] === "bead" ? moved[k] : bead.moved;
    return { segments: row.segments, score: 1, ...(isMoved && { moved: true }), confirmed: true };
  });
}

// The beads in the order of files: that of the first version; a bead without it stands after the bead of its
// predecessor in its own first version, or before all others where it has none.
function inOrder(sizes, beads) {
  const owners = places(sizes, beads);
  const heads = beads.map(({ segments }) => {
    const version = segments.findIndex((cell) => cell.length > 0);
    return [version, segments[version][0]];
  });
  const ranks = [...beads.keys()].sort((a, b) => heads[a][0] - heads[b][0] || heads[a][1] - heads[b][1]);
  const below = beads.map(() => []);
  const front = [];
  const tops = [];
  for (const bead of ranks) {
    const [version, segment] = heads[bead];
    if (version === 0) tops.push(bead);
    else if (segment === 0) front.push(bead);
    else below[owners[version][segment - 1]].push(bead);
  }
  const stack = [...front, ...tops].reverse();
  const order = [];
  while (stack.length > 0) {
    const bead = stack.pop();
    order.push(beads[bead]);
    stack.push(...below[bead].reverse());
  }
  return order;
}

// Which rows stand outside the longest chain that rises in both versions of a pair, for any pair: chains counted in
// segments, of several that are longest the one that ends first.
function outOfOrder(rows) {
  const found = rows.map(() => false);
  const versions = rows[0]?.segments.length ?? 0;
  for (let a = 0; a < versions; a += 1) {
    for (let b = a + 1; b < versions; b += 1) {
      const links = [];
      rows.forEach(({ segments: { [a]: one, [b]: other } }, row) => {
        if (one.length && other.length) links.push({ at: one[0], to: other[0], size: one.length + other.length, row });
      });
      links.sort((x, y) => x.at - y.at);
      const kept = longestChain(links);
      for (const link of links) if (!kept.has(link)) found[link.row] = true;
    }
  }
  return found;
}

function longestChain(links) {
  // The longest of the chains that end at or before a place of the second version, as a Fenwick tree.
  const none = { length: 0, link: null, before: null };
  const best = new Array(links.reduce((last, link) => Math.max(last, link.to), 0) + 2).fill(none);
  let longest = none;
  for (const link of links) {
    let before = none;
    for (let at = link.to; at > 0; at &= at - 1) if (best[at].length > before.length) before = best[at];
    const chain = { length: before.length + link.size, link, before };
    if (chain.length > longest.length) longest = chain;
    for (let at = link.to + 1; at < best.length; at += at & -at) if (chain.length > best[at].length) best[at] = chain;
  }
  const kept = new Set();
  for (let chain = longest; chain.link; chain = chain.before) kept.add(chain.link);
  return kept;
}

// The mean over all segments of the score of the bead that each stands in, 0 for those that stand alone.
function scoreOf(beads) {
  let sum = 0;
  let count = 0;
  for (const { segments, score } of beads) {
    const size = segments.reduce((total, cell) => total + cell.length, 0);
    if (segments.filter((cell) => cell.length > 0).length > 1) sum += score * size;
    count += size;
  }
  return count > 0 ? sum / count : 0;
}

function jsonlOf(data, textOf, beads) {
  const { id, unit, simplified } = data;
  const segment = (v) => ({ start, end, kind, lang, boilerplate, paragraph }, s) =>
    ({ text: textOf(v, s), start, end, kind, lang, boilerplate, paragraph });
  const versions = data.versions.map(({ record, segments }, v) => ({ ...record, segments: segments.map(segment(v)) }));
  const record = { schema: "triglyph/1", id, unit, score: rounded(scoreOf(beads)), simplified, versions };
  const fields = ({ segments, score, moved, conflict, confirmed, evidence }) =>
    ({ segments, score, moved, conflict, confirmed, evidence });
  return oneLine({ ...record, beads: beads.map(fields) });
}

function rounded(score) {
  return Math.round(score * 1e4) / 1e4;
}

// The fields of the schema that are no whole numbers, which always have a decimal point.
const DECIMALS = new Set(["score", "lang_score", "length", "words", "numbers", "layout", "vectors", "posterior", "agreed"]);

// JSON on one line, as the program writes it: no character stands in it that any reader takes for the end of a line.
function oneLine(value) {
  return `${json(value)}\n`.replace(/[\u0085\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function json(value, key) {
  if (typeof value === "number" && DECIMALS.has(key) && Number.isInteger(value)) return value.toFixed(1);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => json(each)).join(",")}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${json(field, name)}`).join(",")}}`;
}

function shapeOf({ segments }) {
  return segments.map((cell) => cell.length).join(":");
}

function tsvOf(data, textOf, beads) {
  const header = ["score", "shape", "flags", ...data.versions.map((version) => version.label), "article"];
  const lines = beads.map((bead) => {
    const flags = ["moved", "conflict", "confirmed"].filter((flag) => bead[flag]);
    const texts = bead.segments.map((cell, v) => cell.map((s) => folded(textOf(v, s))).join(" "));
    return [bead.score.toFixed(4), shapeOf(bead), flags.join(","), ...texts, folded(data.id)];
  });
  return [header, ...lines].map((fields) => `${fields.join("\t")}\n`).join("");
}

// Every run of white space, by Unicode, as one space.
function folded(text) {
  const words = text.split(/[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/);
  return words.filter(Boolean).join(" ");
}

// `date` is when the file is made, a Date.
function tmxOf(data, textOf, beads, date) {
  const units = beads.map((bead, k) => [
    "<tu>",
    prop("x-document", data.id),
    ...(k === 0 ? headProps(data, beads) : []),
    prop("x-score", bead.score.toFixed(4)),
    prop("x-shape", shapeOf(bead)),
    ...["moved", "conflict", "confirmed"].filter((flag) => bead[flag]).map((flag) => prop(`x-${flag}`, true)),
    ...data.versions.map((_, v) => variant(data, textOf, bead, v)).filter(Boolean),
    "</tu>",
  ]);
  const created = date.toISOString().replace(/[-:]|\.\d+/g, "");
  const header = `<header creationtool="triglyph" creationtoolversion="${data.tool}" segtype="${data.unit}"`
    + ` o-tmf="triglyph/1" adminlang="en" srclang="*all*" datatype="plaintext" creationdate="${created}"/>`;
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE tmx SYSTEM "tmx14.dtd">', '<tmx version="1.4">'];
  return [...lines, header, "<body>", ...units.flat(), "</body>", "</tmx>", ""].join("\n");
}

function headProps(data, beads) {
  const props = [];
  data.versions.forEach(({ record }, v) => {
    props.push(prop(`x-version-${v + 1}`, record.name));
    for (const field of ["lang", "lang_score", "layout", "url", "licence", "encoding"]) {
      const value = field === "lang_score" ? record[field].toFixed(4) : record[field];
      if (value !== undefined) props.push(prop(`x-version-${v + 1}-${field.replace("_", "-")}`, value));
    }
  });
  props.push(prop("x-document-score", rounded(scoreOf(beads)).toFixed(4)));
  for (const { limit, versions, found, most, fallback } of data.simplified ?? []) {
    props.push(prop("x-simplified", `${limit} ${versions.join(",")} ${found} ${most} ${fallback}`));
  }
  return props;
}

// What a version has in a bead; nothing where that is nothing.
function variant(data, textOf, bead, v) {
  const cell = bead.segments[v];
  if (cell.length === 0) return "";
  const { record, segments } = data.versions[v];
  const texts = cell.map((s) => allowed(textOf(v, s)));
  const words = (name, word) => prop(name, cell.map((s, k) => word(segments[s], k) ?? "-").join(" "));
  const some = (field) => cell.some((s) => segments[s][field] !== undefined);
  const place = ({ start, end }) => (start === undefined ? undefined : `${start}-${end}`);
  const props = [
    data.versions.filter((version) => version.record.lang === record.lang).length > 1 && prop("x-version", v + 1),
    prop("x-segments", cell.join(" ")),
    cell.length > 1 && words("x-lengths", (_, k) => [...texts[k]].length),
    cell.some((s) => segments[s].kind !== "body") && words("x-kind", (segment) => segment.kind),
    some("boilerplate") && words("x-boilerplate", (segment) => segment.boilerplate),
    some("lang") && words("x-lang", (segment) => segment.lang),
    data.unit === "sentence" && words("x-paragraph", (segment) => segment.paragraph),
    some("start") && words("x-place", place),
  ];
  const text = texts.map(escaped).join(" ");
  return `<tuv xml:lang="${escaped(record.lang)}">${props.filter(Boolean).join("")}<seg>${text}</seg></tuv>`;
}

function prop(type, value) {
  return `<prop type="${type}">${escaped(allowed(String(value)))}</prop>`;
}

// The text without the characters that XML does not have.
function allowed(text) {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");
}

function escaped(text) {
  return text.replace(/[&<>\r]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" })[c]);
}
