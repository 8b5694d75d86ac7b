// Makes the pages that browser.test.mjs looks at: TRIGLYPH=… node pages.mjs OUT [FOLDER…]
//
// Each FOLDER is an article: en.txt, fr.txt, de.txt; without any, those of tests/data. OUT must not exist.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DATA = fileURLToPath(new URL("../data/", import.meta.url));
const SENTENCES = [
  "The harbour was quiet before dawn.", "Two boats left at 5 o'clock with 12 men aboard.",
  "Nobody in Sainte-Marie spoke of the storm of 1987 any more.", "The nets were mended and the bread was warm.",
];
const HOSTILE = [
  "</script><script>globalThis.hacked = 1</script>", "<img src=x onerror='globalThis.hacked = 2'>&amp;&lt;", "\u202eabc\u2066def\u202c 12",
  "nul\0 here \r and\r\nmore", "W".repeat(1 << 20), "<!--<script>", "]]> \u2028 \u{1f600} plain 42",
];

const [out, ...folders] = process.argv.slice(2);
const program = process.env.TRIGLYPH;
if (!out || !program) throw new Error("usage: TRIGLYPH=<program> node pages.mjs OUT [FOLDER…]");
const scratch = mkdtempSync(path.join(os.tmpdir(), "triglyph-pages-"));
const file = (name) => path.join(scratch, name);
const run = (...list) => execFileSync(program, list, { stdio: ["ignore", "ignore", "inherit"] });

function versionsOf(folder) {
  return ["en", "fr", "de"].map((lang) => path.join(folder, `${lang}.txt`));
}

function aligned(folder, unit, id) {
  run("align", ...versionsOf(folder), "--unit", unit, "--evidence", "-o", file(`${id}.jsonl`));
  const record = readFileSync(file(`${id}.jsonl`), "utf8").replace(/"id":"[^"]*"/, `"id":${JSON.stringify(id)}`);
  writeFileSync(file(`${id}.jsonl`), record);
  return id;
}

// An article with the same texts in every version.
function record(id, texts, scoreOf) {
  const segments = texts.map((text, k) => ({ text, kind: k % 20 === 0 ? "heading" : "body" }));
  const versions = ["en", "fr", "de"].map((lang) =>
    ({ name: `<b>${lang}.txt`, lang, lang_score: 0.99, layout: "blank_lines", segments }));
  const beads = texts.map((_, k) => ({ segments: [[k], [k], [k]], score: scoreOf(k) }));
  return JSON.stringify({ schema: "triglyph/1", id, unit: "paragraph", score: 0.9, versions, beads });
}

function paragraphs(count) {
  return Array.from({ length: count }, (_, k) => `${k + 1}: ${SENTENCES[k % 4]} ${SENTENCES[(k + 1) % 4]}`);
}

function single(name, line, ...options) {
  writeFileSync(file(`${name}.jsonl`), `${line}\n`);
  run("report", file(`${name}.jsonl`), ...options, "-o", path.join(out, `${name}.html`));
}

const articles = folders.length > 0 ? folders : readdirSync(DATA).filter((name) => !name.includes(".")).map((name) => path.join(DATA, name));
const ids = articles.map((folder) => aligned(folder, "paragraph", path.basename(folder)));
ids.push(aligned(articles[0], "sentence", `${path.basename(articles[0])}-sentences`));
run("report", ...ids.map((id) => file(`${id}.jsonl`)), "-o", out);
// From the texts, the pages know the sentences of the paragraphs too.
for (const folder of articles) run("report", ...versionsOf(folder), "-o", path.join(out, "articles", `${path.basename(folder)}.html`));
for (const id of ids) writeFileSync(path.join(out, "articles", `${id}.jsonl`), readFileSync(file(`${id}.jsonl`)));
single("gold", readFileSync(file(`${ids[0]}.jsonl`), "utf8").trimEnd(), "--gold");
const scoreOf = (k) => (k % 17 === 3 ? 0.62 : k % 5 > 0 ? 0.9912 : 0.9333);
single("p300", record("p300", paragraphs(300), scoreOf));
single("p10000", record("p10000", paragraphs(10_000), scoreOf));
single("hostile", record("</title><script>globalThis.hacked = 3</script>", HOSTILE, () => 0.5));
