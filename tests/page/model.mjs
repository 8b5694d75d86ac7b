// Loads the page's code without a browser, and makes random cases for it.

import { readFileSync } from "node:fs";

const FOLDER = new URL("../../src/report/page/", import.meta.url);
const NAMES = [
  "Table", "fnv1a", "applyPatch", "beadsOf", "folded", "inOrder", "jsonlOf", "oneLine", "openRows", "outOfOrder", "patchOf", "readPatch",
  "tmxOf", "tsvOf",
];

export const page = load();

function load() {
  const text = ["table.js", "files.js"].map((name) => readFileSync(new URL(name, FOLDER), "utf8")).join("\n");
  return new Function(`"use strict";\n${text}\nreturn { ${NAMES.join(", ")} };`)();
}

// A state in one text: rows joined by line ends.
export function stateOf(table) {
  return table.rows.map((row) => `${JSON.stringify(row.segments)}|${row.confirmed ? 1 : 0}|${row.comment}`).join("\n");
}

// What breaks the law that every segment stands in exactly one row, rising in its cell; nothing where it holds.
export function broken(table) {
  const counts = table.sizes.map((size) => new Array(size).fill(0));
  for (const { segments } of table.rows) {
    for (const [v, cell] of segments.entries()) {
      for (const [k, s] of cell.entries()) {
        if (k > 0 && cell[k - 1] >= s) return `cell ${cell} does not rise`;
        counts[v][s] += 1;
      }
    }
  }
  const v = counts.findIndex((list, each) => list.length !== table.sizes[each] || list.some((count) => count !== 1));
  return v < 0 ? null : `segments of version ${v} stand in ${counts[v]} rows`;
}

// Random numbers that are the same for the same seed (mulberry32).
export function randomly(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return { below, chance: (share) => next() < share, one: (list) => list[below(list.length)] };
}

// A case: sizes, beads, and operations that fit the table as it is when they are done, but for some that do not.
export function randomCase(seed, length) {
  const random = randomly(seed);
  const sizes = Array.from({ length: 2 + random.below(3) }, () => random.below(13));
  sizes[random.below(sizes.length)] += 1;
  const beads = randomBeads(random, sizes);
  const table = new page.Table(sizes, beads.map((segments) => ({ segments })));
  const operations = [];
  while (operations.length < length) {
    const operation = randomOperation(random, table);
    table.apply(operation);
    operations.push(operation);
    // What grows without end would test less and less.
    if (table.rows.length > 40) while (table.rows.length > 20 && operations.length < length) operations.push(merged(table, random));
  }
  return { sizes, beads, operations };
}

function merged(table, random) {
  const operation = { op: "merge", row: random.below(table.rows.length - 1) };
  table.apply(operation);
  return operation;
}

// Each segment in a random bead near its place, so that some moved and some stand alone.
function randomBeads(random, sizes) {
  if (random.chance(0.1)) return [];
  const count = 1 + random.below(Math.max(...sizes) + 3);
  const beads = Array.from({ length: count }, () => sizes.map(() => []));
  sizes.forEach((size, v) => {
    for (let s = 0; s < size; s += 1) {
      const near = Math.floor((s * count) / size) + random.below(3) - 1;
      beads[Math.min(count - 1, Math.max(0, near))][v].push(s);
    }
  });
  return beads.filter((segments) => segments.some((cell) => cell.length > 0));
}

function randomOperation(random, table) {
  const version = random.below(table.sizes.length + (random.chance(0.03) ? 1 : 0));
  const row = random.below(table.rows.length + (random.chance(0.05) ? 2 : 0));
  const segment = random.below((table.sizes[version] ?? 1) + (random.chance(0.05) ? 1 : 0));
  const end = random.one(["first", "last"]);
  const to = random.one(["up", "down"]);
  return random.one([
    () => ({ op: "move", version, row, end, to }),
    () => ({ op: "move", version, row, end, to }),
    () => ({ op: "shift", version, row, to }),
    () => ({ op: "merge", row }),
    () => ({ op: "insert", row: row + random.below(2) }),
    () => ({ op: "send", version, segment, row }),
    () => ({ op: "alone", version, segment }),
    () => ({ op: "confirm", row, confirmed: random.chance(0.7) }),
    () => ({ op: "confirm_above", row }),
    () => ({ op: "comment", row, text: random.one(["", "unsure", "ü \"2\"\n|", "𝄞 <b>"]) }),
    () => randomDecision(random, table),
  ])();
}

// A row with some more segments or some less, some versions left open.
function randomDecision(random, table) {
  const row = random.one(table.rows);
  const segments = row.segments.map((cell, v) => {
    if (random.chance(0.2)) return null;
    const list = cell.filter(() => random.chance(0.8));
    while (table.sizes[v] > 0 && random.chance(0.3)) {
      const more = random.below(table.sizes[v] + (random.chance(0.02) ? 1 : 0));
      if (!list.includes(more)) list.push(more);
    }
    return list.sort((a, b) => a - b);
  });
  return { op: "decide", segments, ...(random.chance(0.3) && { comment: random.one(["", "so", "é"]) }) };
}
