// The page's model and its files, without a browser: node --test tests/page/model.test.mjs

import assert from "node:assert/strict";
import { test } from "node:test";
import { broken, page, randomCase, stateOf } from "./model.mjs";

const { Table } = page;

// Rows as in "0,1|-|2 ✓ comment": segments per version, whether confirmed, comment.
function rowsOf(text) {
  return text.map((line) => {
    const [cells, ...rest] = line.split(" ");
    const confirmed = rest[0] === "✓";
    const segments = cells.split("|").map((cell) => (cell === "-" ? [] : cell.split(",").map(Number)));
    return { segments, confirmed, comment: rest.slice(confirmed ? 1 : 0).join(" ") };
  });
}

function tableOf(lines) {
  const rows = rowsOf(lines);
  const sizes = rows[0].segments.map((_, v) => rows.flatMap((row) => row.segments[v]).length);
  const table = new Table(sizes, rows);
  rows.forEach(({ comment }, row) => comment && table.apply({ op: "comment", row, text: comment }));
  return table;
}

const THREE = ["0|0|0", "1,2|1|-", "3|2,3|1", "-|-|2"];

const CASES = [
  ["move first up", THREE, { op: "move", version: 0, row: 1, end: "first", to: "up" },
    ["0,1|0|0", "2|1|-", "3|2,3|1", "-|-|2"]],
  ["move last down", THREE, { op: "move", version: 0, row: 1, end: "last", to: "down" },
    ["0|0|0", "1|1|-", "2,3|2,3|1", "-|-|2"]],
  ["move first down", THREE, { op: "move", version: 1, row: 2, end: "first", to: "down" },
    ["0|0|0", "1,2|1|-", "3|3|1", "-|2|2"]],
  ["move takes away what was confirmed", ["0|0 ✓", "1|1 ✓", "2|2 ✓"], { op: "move", version: 0, row: 1, end: "last", to: "up" },
    ["0,1|0", "-|1", "2|2 ✓"]],
  ["move leaves an empty row", THREE, { op: "move", version: 2, row: 3, end: "last", to: "up" },
    ["0|0|0", "1,2|1|-", "3|2,3|1,2", "-|-|-"]],
  ["move from an empty cell", THREE, { op: "move", version: 2, row: 1, end: "last", to: "up" }, null],
  ["move above the first row", THREE, { op: "move", version: 0, row: 0, end: "first", to: "up" }, null],
  ["move below the last row", THREE, { op: "move", version: 2, row: 3, end: "last", to: "down" }, null],
  ["move nowhere", THREE, { op: "move", version: 0, row: 1, end: "last", to: "left" }, null],
  ["shift down", ["0|0 ✓", "1|1 ✓", "2|2"], { op: "shift", version: 1, row: 1, to: "down" },
    ["0|0 ✓", "1|-", "2|1", "-|2"]],
  ["shift down into a last row that has room", THREE, { op: "shift", version: 0, row: 1, to: "down" },
    ["0|0|0", "-|1|-", "1,2|2,3|1", "3|-|2"]],
  ["shift keeps what is confirmed and the same", ["0|0", "-|1 ✓", "-|2 ✓", "1|3"], { op: "shift", version: 0, row: 1, to: "down" },
    ["0|0", "-|1 ✓", "-|2 ✓", "-|3", "1|-"]],
  ["shift up joins", THREE, { op: "shift", version: 1, row: 1, to: "up" },
    ["0|0,1|0", "1,2|2,3|-", "3|-|1", "-|-|2"]],
  ["shift up leaves an empty row", ["0|0", "-|1"], { op: "shift", version: 1, row: 1, to: "up" }, ["0|0,1", "-|-"]],
  ["shift up above the first row", THREE, { op: "shift", version: 1, row: 0, to: "up" }, null],
  ["shift of nothing", THREE, { op: "shift", version: 0, row: 3, to: "up" }, null],
  ["shift of no version", THREE, { op: "shift", version: 3, row: 1, to: "up" }, null],
  ["merge", ["0|0 ✓ a", "1|- ✓ b", "-|1"], { op: "merge", row: 0 }, ["0,1|0 a\nb", "-|1"]],
  ["merge keeps the one comment", ["0|0", "1|- ✓ b"], { op: "merge", row: 0 }, ["0,1|0 b"]],
  ["merge of an empty row", ["0|0 ✓", "-|-", "1|1"], { op: "merge", row: 0 }, ["0|0 ✓", "1|1"]],
  ["merge into an empty row", ["-|-", "0|0 ✓"], { op: "merge", row: 0 }, ["0|0"]],
  ["merge of the last row", THREE, { op: "merge", row: 3 }, null],
  ["insert", ["0|0", "1|1"], { op: "insert", row: 1 }, ["0|0", "-|-", "1|1"]],
  ["insert at the end", ["0|0", "1|1"], { op: "insert", row: 2 }, ["0|0", "1|1", "-|-"]],
  ["insert beyond the end", ["0|0", "1|1"], { op: "insert", row: 3 }, null],
  ["send", ["0|0", "1|1 ✓", "2|2", "3|3 ✓"], { op: "send", version: 1, segment: 0, row: 3 },
    ["0|-", "1|1 ✓", "2|2", "3|0,3"]],
  ["send up", ["0|0", "1|1", "2|2"], { op: "send", version: 0, segment: 2, row: 0 }, ["0,2|0", "1|1", "-|2"]],
  ["send to its own row", THREE, { op: "send", version: 0, segment: 2, row: 1 }, null],
  ["send to no row", THREE, { op: "send", version: 0, segment: 2, row: 4 }, null],
  ["send no segment", THREE, { op: "send", version: 0, segment: 4, row: 1 }, null],
  ["alone", ["0,1|0 ✓", "2|1"], { op: "alone", version: 0, segment: 0 }, ["1|0", "0|- ✓", "2|1"]],
  ["alone already", ["0|0", "-|1"], { op: "alone", version: 1, segment: 1 }, ["0|0", "-|1 ✓"]],
  ["alone and confirmed already", ["0|0", "-|1 ✓"], { op: "alone", version: 1, segment: 1 }, null],
  ["confirm", ["0|0", "1|1"], { op: "confirm", row: 1, confirmed: true }, ["0|0", "1|1 ✓"]],
  ["confirm no more", ["0|0", "1|1 ✓"], { op: "confirm", row: 1, confirmed: false }, ["0|0", "1|1"]],
  ["confirm again", ["0|0", "1|1 ✓"], { op: "confirm", row: 1, confirmed: true }, null],
  ["confirm an empty row", ["-|-", "0|0"], { op: "confirm", row: 0, confirmed: true }, null],
  ["confirm above", ["0|0", "-|-", "1|1", "2|2"], { op: "confirm_above", row: 2 }, ["0|0 ✓", "-|-", "1|1 ✓", "2|2"]],
  ["confirm above again", ["0|0 ✓", "-|-"], { op: "confirm_above", row: 1 }, null],
  ["comment", ["0|0 ✓"], { op: "comment", row: 0, text: "unsure" }, ["0|0 ✓ unsure"]],
  ["comment again", ["0|0 unsure"], { op: "comment", row: 0, text: "unsure" }, null],
  ["decide what is so", ["0|0", "1|1"], { op: "decide", segments: [[1], [1]] }, ["0|0", "1|1 ✓"]],
  ["decide again", ["0|0", "1|1 ✓"], { op: "decide", segments: [[1], [1]] }, null],
  ["decide with a comment", ["0|0 old", "1|1"], { op: "decide", segments: [[0], [0]], comment: "new" }, ["0|0 ✓ new", "1|1"]],
  ["decide splits", ["0,1|0,1 ✓", "2|2"], { op: "decide", segments: [[0], [0]] }, ["0|0 ✓", "1|1", "2|2"]],
  ["decide gathers", ["0|0 ✓", "1|1", "2|2 ✓", "3|3 ✓"], { op: "decide", segments: [[0, 1, 2], [1]] },
    ["-|0", "0,1,2|1 ✓", "-|2", "3|3 ✓"]],
  ["decide leaves a version open", ["0|0,1", "1|2"], { op: "decide", segments: [[0, 1], null] }, ["0,1|0,1 ✓", "-|2"]],
  ["decide that there is none", ["0|0,1", "1|2"], { op: "decide", segments: [[0], []] }, ["0|- ✓", "-|0,1", "1|2"]],
  ["decide nothing", THREE, { op: "decide", segments: [[], null, []] }, null],
  ["decide on no segment", THREE, { op: "decide", segments: [[0, 4], null, []] }, null],
  ["decide on other versions", THREE, { op: "decide", segments: [[0], [0]] }, null],
  ["no operation", THREE, { op: "constructor" }, null],
];

test("operations", async (t) => {
  for (const [name, before, operation, after] of CASES) {
    await t.test(name, () => {
      const table = tableOf(before);
      const rows = structuredClone(table.rows);
      const count = table.done.length;
      assert.equal(table.apply(operation), after !== null);
      assert.deepEqual(table.rows, after ? tableOf(after).rows : rows);
      assert.equal(broken(table), null);
      if (!after) return assert.equal(table.done.length, count);
      assert.equal(table.undo(), true);
      assert.deepEqual(table.rows, rows);
      assert.equal(table.redo(), true);
      return assert.deepEqual(table.rows, tableOf(after).rows);
    });
  }
});

test("rows in step where there are no beads", () => {
  const table = new Table([3, 1], []);
  assert.deepEqual(table.rows, rowsOf(["0|0", "1|-", "2|-"]));
  assert.equal(table.origin(table.rows[0]), -1);
});

test("rows that stay are the same objects", () => {
  const table = tableOf(["0|0", "1|1", "2|2", "3|3"]);
  const before = table.rows;
  table.apply({ op: "send", version: 0, segment: 0, row: 2 });
  const stayed = table.rows.map((row, k) => row === before[k]);
  assert.deepEqual(stayed, [false, true, false, true]);
});

test("random sequences", () => {
  for (let seed = 1; seed <= 30; seed += 1) {
    const { sizes, beads, operations } = randomCase(seed, 1000);
    const table = new Table(sizes, beads.map((segments) => ({ segments })));
    const start = structuredClone(table.rows);
    const states = [];
    for (const operation of operations) {
      const before = stateOf(table);
      const applied = table.apply(operation);
      assert.equal(broken(table), null, `seed ${seed}, ${JSON.stringify(operation)}`);
      if (applied) states.push(before);
      else assert.equal(stateOf(table), before);
    }
    assert.ok(states.length > 300, `${states.length} operations did something`);
    const end = structuredClone(table.rows);
    while (table.canUndo) {
      table.undo();
      assert.equal(stateOf(table), states[table.done.length]);
    }
    assert.deepEqual(table.rows, start);
    while (table.canRedo) table.redo();
    assert.deepEqual(table.rows, end);
  }
});

// Data as in a page: texts "en0", "en1" …; beads as rows, scored 0.5.
function dataOf(lines, langs = ["en", "fr", "de"]) {
  const rows = rowsOf(lines);
  const versions = rows[0].segments.map((_, v) => {
    const count = rows.flatMap((row) => row.segments[v]).length;
    const segments = Array.from({ length: count }, (_, s) => ({ hash: `${langs[v]}${s}`.padStart(16, "0"), kind: "body" }));
    const record = { name: `${langs[v]}.txt`, lang: langs[v], lang_score: 1, layout: "lines" };
    return { label: langs[v], record, segments };
  });
  const beads = rows.map(({ segments, confirmed }) => ({ segments, score: 0.5, ...(confirmed && { confirmed }) }));
  return { id: "it", unit: "paragraph", tool: "0.1.0", versions, beads };
}

function opened(data) {
  return new Table(data.versions.map((version) => version.segments.length), data.beads);
}

test("patch", () => {
  const data = dataOf(["0|0|0", "1|1|1", "2|2|-", "3|3|2 ✓", "4|4|3"]);
  const table = opened(data);
  table.apply({ op: "send", version: 2, segment: 1, row: 2 });
  table.apply({ op: "confirm", row: 0, confirmed: true });
  table.apply({ op: "comment", row: 0, text: "sure" });
  table.apply({ op: "insert", row: 0 });
  table.apply({ op: "comment", row: 5, text: "is it?" });
  const patch = page.patchOf(data, table, "Ada");
  const named = (v, ...list) => list.map((segment) => ({ segment, hash: data.versions[v].segments[segment].hash }));
  assert.deepEqual(JSON.parse(patch), {
    schema: "triglyph/patch/1",
    id: "it",
    unit: "paragraph",
    by: "Ada",
    versions: [{ label: "en", name: "en.txt", lang: "en" }, { label: "fr", name: "fr.txt", lang: "fr" },
      { label: "de", name: "de.txt", lang: "de" }],
    operations: [
      { op: "confirm", segments: [named(0, 0), named(1, 0), named(2, 0)], comment: "sure" },
      { op: "bead", segments: [named(0, 1), named(1, 1), []] },
      { op: "bead", segments: [named(0, 2), named(1, 2), named(2, 1)] },
      { op: "comment", segments: [named(0, 4), named(1, 4), named(2, 3)], comment: "is it?" },
    ],
  });
  assert.ok(patch.endsWith("}\n") && patch.indexOf("\n") === patch.length - 1);

  const again = opened(data);
  const { operations, stale, by } = page.readPatch(data, patch);
  assert.deepEqual([operations.length, stale, by], [4, [], "Ada"]);
  assert.equal(page.applyPatch(again, operations), 4);
  assert.equal(page.patchOf(data, again, "Ada"), patch);
  assert.deepEqual(page.beadsOf(again), page.beadsOf(table));
});

test("patch of an article that changed", () => {
  const data = dataOf(["0|0", "1|1", "2|2"]);
  const table = opened(data);
  for (const row of [0, 1, 2]) table.apply({ op: "confirm", row, confirmed: true });
  const patch = page.patchOf(data, table);
  const changed = structuredClone(data);
  changed.versions.reverse();
  changed.versions[0].segments[0].hash = "another";
  changed.versions[1].segments.unshift({ hash: "new", kind: "body" });
  const { operations, stale } = page.readPatch(changed, patch);
  assert.deepEqual(operations.map((operation) => operation.segments), [[[1], [2]], [[2], [3]]]);
  assert.equal(stale.length, 1);
  for (const [text, expected] of [
    ["{}", /no patch/],
    ["no JSON", /no patch/],
    [patch.replace('"id":"it"', '"id":"other"'), /another article: other/],
    [patch.replace('"unit":"paragraph"', '"unit":"sentence"'), /another unit: sentence/],
  ]) assert.throws(() => page.readPatch(data, text), expected);
});

test("hostile patch", () => {
  const data = dataOf(["0|0", "1|1"]);
  const patch = (operations) =>
    JSON.stringify({ schema: "triglyph/patch/1", id: "it", unit: "paragraph", versions: [{ label: "en" }, { label: "fr" }], operations });
  for (const operation of [
    { op: "bead", segments: "length" },
    { op: "bead", segments: [[{ segment: "length", hash: "none" }], []] },
    { op: "bead", segments: [[{ segment: -1 }], null] },
    { op: "bead" },
    { op: "run", segments: [[{ segment: 0, hash: data.versions[0].segments[0].hash }], []] },
    { op: "bead", segments: [[null]] },
  ]) {
    const { operations, stale } = page.readPatch(data, patch([operation]));
    assert.deepEqual([operations.length, stale.length], [0, 1], JSON.stringify(operation));
  }
  const one = { op: "bead", segments: [[{ segment: 0, hash: data.versions[0].segments[0].hash }], []] };
  assert.equal(page.readPatch(data, patch([one])).operations.length, 1);
  for (const text of [patch([one, null]), patch([one, 5]), patch([{ ...one, comment: {} }]),
    patch([one]).replace('{"label":"fr"}', "null"), patch([one]).replace('"versions"', '"version"')]) {
    assert.throws(() => page.readPatch(data, text), /no patch/, text);
  }
});

test("why a decision is stale", () => {
  const data = dataOf(["0|0", "1|1", "2|2"]);
  for (const k of [1, 2]) data.versions[0].segments[k].hash = "twice";
  const versions = ["en", "fr", "de"].map((label) => ({ label }));
  const own = (v) => [{ segment: 0, hash: data.versions[v].segments[0].hash }];
  for (const [segments, expected] of [
    [[own(0), own(1), []], undefined],
    [[own(0), own(1), null], undefined],
    [[[{ segment: 2, hash: "twice" }], null, []], undefined],
    [[[{ segment: 0, hash: "twice" }], own(1), []], "its text stands here several times"],
    [[[{ segment: 0, hash: "gone" }], own(1), []], "its text is no longer in this article"],
    [[own(0), own(1), own(1)], "this article does not have all its versions"],
    [[[], [], []], "it names no segment"],
    ["length", "it is no decision"],
  ]) {
    const patch = { schema: "triglyph/patch/1", id: "it", unit: "paragraph", versions, operations: [{ op: "bead", segments }] };
    assert.equal(page.readPatch(data, JSON.stringify(patch)).stale[0]?.reason, expected, JSON.stringify(segments));
  }
});

test("gold: only what is confirmed is decided", () => {
  const data = { ...dataOf(["0|0", "1|1", "2|2"]), beads: [], gold: true };
  const table = opened(data);
  const opsOf = (text) => JSON.parse(text).operations.map((each) => each.op);
  assert.deepEqual([opsOf(page.patchOf(data, table)), page.openRows(table)], [[], 3]);
  table.apply({ op: "send", version: 1, segment: 1, row: 2 });
  table.apply({ op: "comment", row: 0, text: "is it?" });
  table.apply({ op: "confirm", row: 2, confirmed: true });
  const patch = page.patchOf(data, table);
  assert.deepEqual([opsOf(patch), page.openRows(table)], [["comment", "bead"], 2]);
  const again = opened(data);
  page.applyPatch(again, page.readPatch(data, patch).operations);
  assert.deepEqual(again.rows, table.rows);
});

test("files", () => {
  const data = dataOf(["0|0", "1|1,2", "2|-"], ["en", "fr"]);
  data.beads[0].evidence = { pairs: [{ versions: [0, 1], length: 1, posterior: 0.25, agreed: 1 }] };
  data.beads[0].conflict = true;
  Object.assign(data.versions[0].segments[0], { start: 0, end: 3, kind: "heading" });
  data.versions[1].segments[2].boilerplate = "share";
  const texts = [["A & <B>\u2028", "b\u0085c", "\ufffe\r"], ["", "x\u00a0 y", "\"z\"\u0001"]];
  const table = opened(data);
  table.apply({ op: "move", version: 1, row: 1, end: "last", to: "down" });
  const beads = page.inOrder(table.sizes, page.beadsOf(table));
  const textOf = (v, s) => texts[v][s];
  assert.equal(page.jsonlOf(data, textOf, beads), [
    '{"schema":"triglyph/1","id":"it","unit":"paragraph","score":0.8333,"versions":[',
    '{"name":"en.txt","lang":"en","lang_score":1.0,"layout":"lines","segments":[',
    '{"text":"A & <B>\\u2028","start":0,"end":3,"kind":"heading"},{"text":"b\\u0085c","kind":"body"},{"text":"\ufffe\\r","kind":"body"}]},',
    '{"name":"fr.txt","lang":"fr","lang_score":1.0,"layout":"lines","segments":[',
    '{"text":"","kind":"body"},{"text":"x\u00a0 y","kind":"body"},{"text":"\\"z\\"\\u0001","kind":"body","boilerplate":"share"}]}],',
    '"beads":[{"segments":[[0],[0]],"score":0.5,"conflict":true,',
    '"evidence":{"pairs":[{"versions":[0,1],"length":1.0,"posterior":0.25,"agreed":1.0}]}},',
    '{"segments":[[1],[1]],"score":1.0,"confirmed":true},{"segments":[[2],[2]],"score":1.0,"confirmed":true}]}\n',
  ].join(""));
  assert.equal(page.tsvOf(data, textOf, beads), [
    "score\tshape\tflags\ten\tfr\tarticle",
    "0.5000\t1:1\tconflict\tA & <B>\t\tit",
    "1.0000\t1:1\tconfirmed\tb c\tx y\tit",
    '1.0000\t1:1\tconfirmed\t\ufffe\t"z"\u0001\tit',
    "",
  ].join("\n"));
  const tmx = page.tmxOf(data, textOf, beads, new Date(0)).split("\n");
  assert.equal(tmx[3], '<header creationtool="triglyph" creationtoolversion="0.1.0" segtype="paragraph" o-tmf="triglyph/1" adminlang="en"'
    + ' srclang="*all*" datatype="plaintext" creationdate="19700101T000000Z"/>');
  assert.deepEqual(tmx.slice(-11, -2), [
    "<tu>",
    '<prop type="x-document">it</prop>',
    '<prop type="x-score">1.0000</prop>',
    '<prop type="x-shape">1:1</prop>',
    '<prop type="x-confirmed">true</prop>',
    '<tuv xml:lang="en"><prop type="x-segments">2</prop><seg>&#13;</seg></tuv>',
    '<tuv xml:lang="fr"><prop type="x-segments">2</prop><prop type="x-boilerplate">share</prop><seg>"z"</seg></tuv>',
    "</tu>",
    "</body>",
  ]);
});

test("order of beads", () => {
  const sorted = ["-|0|-", "-|1|0", "0|2|-", "-|3|-", "-|4|2", "1,2|-|3", "-|-|4", "3|5|1"];
  const rows = rowsOf(sorted);
  const given = [...rows].reverse();
  [given[1], given[5]] = [given[5], given[1]];
  assert.deepEqual(page.inOrder([4, 6, 5], given), rows);
});

test("moved beads", () => {
  for (const [lines, expected] of [
    [["0|0", "1|1"], [false, false]],
    [["0|0", "1|2", "2|1", "3|3"], [false, false, true, false]],
    [["0|3", "1|0", "2|1", "3|2"], [true, false, false, false]],
    [["0|1,2", "1|0"], [false, true]],
    [["0|1", "-|2", "1|0"], [false, false, true]],
    [["0|0|2", "1|1|0", "2|2|1"], [true, false, false]],
  ]) assert.deepEqual(page.outOfOrder(rowsOf(lines)), expected, lines.join(" "));
});
