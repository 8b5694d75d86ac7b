// The page in a browser: node --test tests/page/browser.test.mjs, with
//
//   PAGES     a folder made by pages.mjs: index.html, articles/NAME.html and NAME.jsonl, gold.html, p300.html, p10000.html,
//             hostile.html
//   MODULES   the folder whose node_modules hold playwright-core and axe-core; target/page unless told
//   SHOTS     where screenshots go; PAGES/shots unless told
//   TRIGLYPH  the program, which applies, converts and reports what the page saved; MOCK=1 leaves those tests out,
//             for pages that the program did not make

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import {
  accessible, cellsOf, choose, currentRow, dataOf, drawnRows, keptOperations, launch, markup, modelOf, saved, visit,
} from "./browser.mjs";
import { broken, page as code, randomly } from "./model.mjs";

const PAGES = process.env.PAGES;
if (!PAGES) throw new Error("PAGES is not set: the folder of pages to be tested");
const SHOTS = process.env.SHOTS ?? path.join(PAGES, "shots");
const pageAt = (name) => path.join(PAGES, `${name}.html`);
const ARTICLES = readdirSync(path.join(PAGES, "articles")).filter((name) => name.endsWith(".html"))
  .map((name) => `articles/${name.slice(0, -5)}`).sort();
const FIRST = ARTICLES[0];

let browser;
before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launch();
});
after(() => browser.close());

const open = (name, options, act) => visit(browser, pageAt(name), options, act);

test("three articles or more", () => assert.ok(ARTICLES.length >= 3, ARTICLES.join(" ")));

test("articles open, and look as they should", async () => {
  for (const name of ARTICLES) {
    await open(name, {}, async (tab) => {
      const model = await modelOf(tab);
      assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(model), name);
      await tab.screenshot({ path: path.join(SHOTS, `${path.basename(name)}.png`), fullPage: true });
      await tab.keyboard.press("n");
      await tab.keyboard.press("o");
      await tab.screenshot({ path: path.join(SHOTS, `${path.basename(name)}-evidence.png`) });
    });
  }
  await open(FIRST, { colorScheme: "dark" }, async (tab) => {
    await tab.keyboard.press("n");
    await tab.keyboard.press("o");
    await tab.screenshot({ path: path.join(SHOTS, "dark.png") });
  });
  await open(FIRST, { viewport: { width: 360, height: 740 } }, async (tab) => {
    await tab.screenshot({ path: path.join(SHOTS, "narrow.png") });
  });
  // The picture in the README, tests/page/news.png.
  if (ARTICLES.includes("articles/news")) {
    await open("articles/news", { viewport: { width: 1200, height: 1000 } }, async (tab) => {
      await tab.locator("#row-11 td").first().click();
      await tab.keyboard.press("o");
      await tab.evaluate(() => document.getElementById("row-9").scrollIntoView());
      await tab.screenshot({ path: path.join(SHOTS, "readme.png") });
    });
  }
});

test("what the script draws is what stood there", async () => {
  for (const name of ARTICLES) {
    let still;
    await open(name, { javaScriptEnabled: false }, async (tab) => { still = await drawnRows(tab); });
    await open(name, {}, async (tab) => {
      // Every row is drawn again by a confirmation and its undoing.
      await tab.locator("#rows > tbody > tr.row").last().locator("td").first().click();
      await tab.keyboard.press("C");
      await tab.keyboard.press("u");
      const flags = (row) => ({ ...row, score: row.score.split(" ").sort().join(" ") });
      assert.deepEqual((await drawnRows(tab)).map(flags), still.map(flags), name);
      const counts = await tab.locator("[data-count=confirmed]").textContent();
      assert.equal(counts, String(still.filter((row) => /confirmed/.test(row.classes)).length));
    });
  }
});

test("accessible", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      await open(FIRST, { colorScheme, viewport: { width, height: 800 } }, async (tab) => {
        const name = `${colorScheme}, ${width} px`;
        await accessible(tab, name);
        await tab.keyboard.press("n");
        await tab.keyboard.press("o");
        await accessible(tab, `${name}, evidence`);
        await tab.locator(".plots > summary").click();
        await choose(tab, 1, 1);
        for (const key of ["c", "j", "m", "i", "g"]) await tab.keyboard.press(key);
        await accessible(tab, `${name}, repairs and a question`);
        await tab.keyboard.press("Escape");
        for (const key of ["s", "?"]) {
          await tab.keyboard.press(key);
          await accessible(tab, `${name}, dialog`);
          await tab.keyboard.press("Escape");
        }
        await tab.reload();
        await accessible(tab, `${name}, a note`);
      });
    }
  }
  await open("gold", {}, (tab) => accessible(tab, "gold"));
});

test("tables stay tables where they are narrow", async () => {
  await open(FIRST, { viewport: { width: 360, height: 740 } }, async (tab) => {
    const session = await tab.context().newCDPSession(tab);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const roles = nodes.map((node) => node.role?.value);
    const rows = (await drawnRows(tab)).length;
    for (const [role, least] of [["table", 1], ["row", rows], ["rowheader", rows], ["cell", 3 * rows]]) {
      const found = roles.filter((each) => each === role || (role === "cell" && each === "gridcell")).length;
      assert.ok(found >= least, `${found} of role ${role}, expected ${least}`);
    }
  });
});

test("nothing is wider than the window", async () => {
  for (const name of [...ARTICLES, "gold", "hostile", "p300"]) {
    for (const width of name === FIRST ? [360, 700, 701, 1280] : [360]) {
      await open(name, { viewport: { width, height: 740 } }, async (tab) => {
        await tab.keyboard.press("n");
        await tab.keyboard.press("o");
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name}: ${wide} of ${width} px`);
      });
    }
  }
});

test("keys", async () => {
  await open(FIRST, {}, async (tab) => {
    const at = () => tab.evaluate(() => {
      const place = document.querySelector("td[tabindex]");
      return [Number(place.parentElement.cells[0].textContent), place.cellIndex, place === document.activeElement];
    });
    const rows = (await drawnRows(tab)).length;
    const doubtful = await tab.evaluate(() => [...document.querySelectorAll("tr.doubtful > th")].map((place) => Number(place.textContent)));
    for (const [key, expected] of [
      ["j", [2, 1, true]], ["ArrowDown", [3, 1, true]], ["k", [2, 1, true]], ["ArrowUp", [1, 1, true]], ["k", [1, 1, true]],
      ["l", [1, 2, true]], ["ArrowRight", [1, 3, true]], ["l", [1, 3, true]], ["h", [1, 2, true]], ["ArrowLeft", [1, 1, true]],
      ["n", [doubtful[0], 1, true]], ["p", [doubtful[0], 1, true]],
    ]) {
      await tab.keyboard.press(key);
      assert.deepEqual(await at(), expected, key);
    }
    for (const key of ["Alt+j", "Meta+j", "Alt+m", "Control+j"]) {
      await tab.keyboard.press(key);
      assert.deepEqual(await at(), [doubtful[0], 1, true], key);
    }
    await tab.keyboard.press("Enter");
    assert.equal(await tab.locator("tr.evidence").count(), 1);
    await tab.keyboard.press("Enter");
    assert.equal(await tab.locator("tr.evidence").count(), 0);
    // Keys that are typed into a field are text.
    await tab.keyboard.press(";");
    await tab.keyboard.type("jmu; c");
    assert.equal((await drawnRows(tab)).length, rows);
    await tab.getByRole("button", { name: "OK" }).click();
    assert.deepEqual(await keptOperations(tab), [{ op: "comment", row: doubtful[0] - 1, text: "jmu; c" }]);
    assert.deepEqual(await at(), [doubtful[0], 1, true]);
    await tab.keyboard.press("?");
    await tab.keyboard.press("m");
    assert.equal((await drawnRows(tab)).length, rows);
    assert.ok(await tab.locator("dialog[open] kbd").count() > 20);
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator("dialog[open]").count(), 0);
    // All segments of a version, one after another.
    await tab.locator("#row-1 > th").click({ position: { x: 30, y: 5 } });
    const [data, seen] = [await dataOf(tab), []];
    for (let k = 0; k <= data.versions[0].segments.length; k += 1) {
      const id = await tab.evaluate(() => document.querySelector(".segment.current")?.id);
      if (id && seen.at(-1) !== id) seen.push(id);
      await tab.keyboard.press("J");
    }
    assert.equal(new Set(seen).size, data.versions[0].segments.length);
  });
});

// Each operation by its key: the cell where it is done, what follows the key, and the operation.
const REPAIRS = [
  ["f", [8, 0], null, (v, row) => ({ op: "move", version: v, row, end: "first", to: "up" })],
  ["e", [8, 1], null, (v, row) => ({ op: "move", version: v, row, end: "last", to: "down" })],
  ["F", [8, 2], null, (v, row) => ({ op: "move", version: v, row, end: "first", to: "down" })],
  ["E", [8, 0], null, (v, row) => ({ op: "move", version: v, row, end: "last", to: "up" })],
  ["d", [8, 1], null, (v, row) => ({ op: "shift", version: v, row, to: "down" })],
  ["D", [8, 2], null, (v, row) => ({ op: "shift", version: v, row, to: "up" })],
  ["m", [8, 0], null, (v, row) => ({ op: "merge", row })],
  ["i", [8, 0], null, (v, row) => ({ op: "insert", row })],
  ["g", [8, 1], "12", (v, row, segment) => ({ op: "send", version: v, segment, row: 11 })],
  ["x", [8, 2], null, (v, row, segment) => ({ op: "alone", version: v, segment })],
  ["c", [8, 0], null, (v, row) => ({ op: "confirm", row, confirmed: true })],
  ["C", [8, 0], null, (v, row) => ({ op: "confirm_above", row })],
  [";", [8, 0], "is <b>it</b>?", (v, row) => ({ op: "comment", row, text: "is <b>it</b>?" })],
];

test("repairs, by key and by button", async () => {
  // Of rows that hold all versions, where every operation does something.
  await open("p300", {}, async (tab) => {
    const [start, html, { data }] = [await drawnRows(tab), await markup(tab), await modelOf(tab)];
    for (const [key, [row, version], answer, expected] of REPAIRS) {
      for (const way of ["key", "button"]) {
        await choose(tab, row, version);
        if (way === "key") await tab.keyboard.press(key);
        else await tab.locator(`button[data-key="${key}"]`).click();
        if (answer) {
          await tab.locator("#answer").fill(answer);
          await tab.getByRole("button", { name: "OK" }).click();
        }
        const segment = data.beads[row].segments[version][0];
        assert.deepEqual(await keptOperations(tab), [expected(version, row, segment)], `${key} by ${way}`);
        assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(await modelOf(tab)), `${key} by ${way}`);
        await (way === "key" ? tab.keyboard.press("u") : tab.locator("button[data-key=u]").click());
        assert.deepEqual(await drawnRows(tab), start, `${key} by ${way}, undone`);
        assert.equal(await markup(tab), html, `${key} by ${way}, undone`);
        await tab.keyboard.press(way === "key" ? "U" : "Control+Shift+Z");
        assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(await modelOf(tab)), `${key} by ${way}, done again`);
        await tab.keyboard.press("Control+z");
        assert.deepEqual(await drawnRows(tab), start, `${key} by ${way}, undone again`);
      }
    }
    assert.deepEqual(await keptOperations(tab), []);
  });
});

test("many repairs, undone to the start, kept over a reload", async () => {
  for (const name of ARTICLES.slice(0, 3)) {
    await open(name, {}, async (tab) => {
      const random = randomly(7);
      const [start, html] = [await drawnRows(tab), await markup(tab)];
      const keys = [..."fFeEdDmixcCjkhljkjk"];
      for (let k = 0; k < 150; k += 1) await tab.keyboard.press(random.one(keys));
      const model = await modelOf(tab);
      assert.ok(model.table.done.length > 40, `${model.table.done.length} repairs`);
      assert.equal(broken(model.table), null);
      const repaired = await drawnRows(tab);
      assert.deepEqual(repaired.map((row) => row.cells), cellsOf(model), name);
      assert.deepEqual(repaired.map((row) => row.id), repaired.map((_, k) => `row-${k + 1}`));
      await tab.reload();
      assert.deepEqual(await drawnRows(tab), repaired, `${name}, loaded again`);
      assert.match(await tab.locator(".notes").textContent(), /repairs of an earlier visit are back/);
      for (let k = model.table.done.length; k > 0; k -= 1) await tab.keyboard.press("u");
      assert.deepEqual(await drawnRows(tab), start, `${name}, undone`);
      assert.equal(await markup(tab), html, `${name}, undone`);
      await tab.keyboard.press("u");
      assert.match(await tab.locator(".status").textContent(), /Nothing to undo/);
      while (!/Nothing to redo/.test(await tab.locator(".status").textContent())) await tab.keyboard.press("U");
      assert.deepEqual(await drawnRows(tab), repaired, `${name}, done again`);
      await tab.reload();
      await tab.getByRole("button", { name: "Start over" }).click();
      assert.deepEqual(await drawnRows(tab), start, `${name}, started over`);
      assert.deepEqual(await keptOperations(tab), []);
    });
  }
});

// What of the article is not to be seen in just one of the rows that are shown.
function lostOf(tab) {
  return tab.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const shown = [...document.querySelectorAll("#rows tr.row:not([hidden]) .segment")].map((each) => each.id);
    const { versions } = JSON.parse(document.getElementById("data").textContent);
    const all = versions.flatMap(({ label, segments }) => segments.map((_, s) => `${label}-${s + 1}`));
    return all.filter((id) => shown.indexOf(id) < 0 || shown.indexOf(id) !== shown.lastIndexOf(id));
  });
}

test("what an undo gives back to rows that were not seen is drawn there", async () => {
  await open("p300", {}, async (tab) => {
    for (const key of ["D", "d"]) {
      const start = await markup(tab);
      await choose(tab, 150, 1);
      await tab.keyboard.press(key);
      await tab.keyboard.press("u");
      await tab.getByRole("button", { name: "Page ›" }).click();
      const texts = await tab.locator("#row-201 .segment").evaluateAll((list) => list.map((each) => each.id));
      assert.deepEqual(texts, ["en-201", "fr-201", "de-201"], key);
      assert.deepEqual(await lostOf(tab), [], key);
      assert.equal(await markup(tab), start, key);
      await tab.getByRole("button", { name: "‹ Page" }).click();
    }
  });
  await open(FIRST, {}, async (tab) => {
    for (const name of ["doubtful", "partial", "unconfirmed"]) {
      await tab.locator("#filter").selectOption(name);
      await tab.evaluate(() => document.activeElement.blur());
      for (const key of "dDuuDdjfeuuFuDu") await tab.keyboard.press(key);
      await tab.locator("#filter").selectOption("all");
      assert.deepEqual(await lostOf(tab), [], name);
      assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(await modelOf(tab)), name);
    }
  });
});

test("no storage, and storage of another alignment", async () => {
  const block = () => Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("blocked"); } });
  await open(FIRST, { before: block }, async (tab) => {
    assert.match(await tab.locator(".notes").textContent(), /keeps nothing/);
    const count = (await drawnRows(tab)).length;
    await tab.keyboard.press("m");
    assert.equal((await drawnRows(tab)).length, count - 1);
  });
  const fill = () => { Storage.prototype.setItem = () => { throw new Error("full"); }; };
  await open(FIRST, { before: fill }, async (tab) => {
    await tab.keyboard.press("m");
    assert.match(await tab.locator(".notes").textContent(), /keeps nothing/);
  });
  await open(FIRST, {}, async (tab) => {
    await tab.keyboard.press("m");
    await tab.evaluate(() => {
      const [key] = Object.keys(localStorage);
      localStorage.setItem(`${key.slice(0, -1)}?`, localStorage.getItem(key));
      localStorage.removeItem(key);
    });
    await tab.reload();
    const count = (await drawnRows(tab)).length;
    await tab.getByRole("button", { name: "Take them over" }).click();
    await tab.waitForFunction((rows) => document.querySelectorAll("tr.row").length === rows, count - 1);
  });
  // Neither an article whose name begins like this one's, nor what cannot be read, is taken for it or for a failure.
  await open(FIRST, {}, async (tab) => {
    await tab.keyboard.press("m");
    await tab.evaluate(() => {
      const [key] = Object.keys(localStorage);
      const { id } = JSON.parse(document.getElementById("data").textContent);
      const other = key.replace(JSON.stringify(id), JSON.stringify(`${id}/1`));
      if (other === key) throw new Error(`${key} does not have the name in quotes`);
      localStorage.setItem(other, localStorage.getItem(key));
      localStorage.setItem(`${key.slice(0, -1)}?`, "{}");
      localStorage.removeItem(key);
    });
    await tab.reload();
    await tab.locator("#tools button").first().waitFor();
    assert.equal(await tab.locator(".notes").textContent(), "");
  });
});

test("files, and a patch that is opened again", async () => {
  await open(FIRST, {}, async (tab) => {
    await repairSome(tab);
    const [model, texts, repaired] = [await modelOf(tab), await textsOf(tab), await drawnRows(tab)];
    const beads = code.inOrder(model.table.sizes, code.beadsOf(model.table));
    const textOf = (v, s) => texts[v][s];
    const id = model.data.id.replace(/[\\/:*?"<>|]/g, "_");
    const patch = await saved(tab, "Patch");
    assert.deepEqual(patch, { name: `${id}.patch.json`, text: code.patchOf(model.data, model.table) });
    assert.deepEqual(await saved(tab, "JSONL"), { name: `${id}.jsonl`, text: code.jsonlOf(model.data, textOf, beads) });
    assert.deepEqual(await saved(tab, "TSV"), { name: `${id}.tsv`, text: code.tsvOf(model.data, textOf, beads) });
    const tmx = await saved(tab, "TMX");
    assert.equal(tmx.name, `${id}.tmx`);
    const undated = (text) => text.replace(/ creationdate="\d{8}T\d{6}Z"/, "");
    assert.equal(undated(tmx.text), undated(code.tmxOf(model.data, textOf, beads, new Date())));
    await tab.locator("#name").fill("Ada");
    assert.equal(JSON.parse((await saved(tab, "Patch")).text).by, "Ada");
    await tab.keyboard.press("Escape");
    while (!/Nothing to undo/.test(await tab.locator(".status").textContent())) await tab.keyboard.press("u");
    const stale = JSON.parse(patch.text);
    stale.operations.push({ op: "bead", segments: [[{ segment: 0, hash: "gone" }], [], []] });
    await openPatch(tab, JSON.stringify(stale));
    await tab.locator(".notes .note").filter({ hasText: "1 decisions are stale" }).waitFor();
    const cells = (rows) => rows.map((row) => row.cells.join("|")).filter((each) => /\d/.test(each)).sort();
    assert.deepEqual(cells(await drawnRows(tab)), cells(repaired));
    assert.equal((await saved(tab, "Patch")).text, code.patchOf(model.data, (await modelOf(tab)).table, "Ada"));
    await tab.keyboard.press("Escape");
    await openPatch(tab, "{}");
    await tab.locator(".notes .note").filter({ hasText: "no patch" }).waitFor();
  });
});

async function openPatch(tab, text) {
  await tab.locator("input[type=file]").setInputFiles({ name: "a.patch.json", mimeType: "application/json", buffer: Buffer.from(text) });
}

// Some of all that can be done to an article.
async function repairSome(tab) {
  for (const [key, row, version] of [["m", 3, 0], ["f", 6, 1], ["x", 9, 2], ["c", 12, 0], ["d", 15, 1], ["i", 18, 0], ["C", 2, 0]]) {
    await choose(tab, row, version);
    await tab.keyboard.press(key);
  }
  await choose(tab, 20, 0);
  await tab.keyboard.press(";");
  await tab.locator("#answer").fill("look again");
  await tab.getByRole("button", { name: "OK" }).click();
  assert.ok((await keptOperations(tab)).length >= 6);
}

function textsOf(tab) {
  return tab.evaluate(() => {
    const { versions } = JSON.parse(document.getElementById("data").textContent);
    return versions.map(({ label, segments }) => segments.map(({ text }, s) =>
      text ?? document.getElementById(`${label}-${s + 1}`).querySelector(".text").textContent));
  });
}

test("evidence", async () => {
  let found = 0;
  for (const name of ARTICLES) {
    await open(name, {}, async (tab) => {
      const [texts, html] = [await textsOf(tab), await markup(tab)];
      const rows = (await drawnRows(tab)).length;
      for (let k = 0; k < rows; k += 3) {
        await choose(tab, k, 0);
        await tab.keyboard.press("o");
        const button = tab.locator(".matches button").first();
        if (await button.count() > 0) {
          found += 1;
          await button.focus();
          const lit = await tab.locator("mark.lit").allTextContents();
          assert.ok(lit.length > 1, `row ${k + 1}: ${lit}`);
          const label = await button.textContent();
          for (const word of lit) assert.ok(label.includes(word), `${word} in ${label}`);
          await tab.locator(".ladder path").first().waitFor({ state: "attached", timeout: 5000 });
          assert.deepEqual(await textsOf(tab), texts);
        }
        if (k % 2 > 0) continue;
        await choose(tab, k, 0);
        await tab.keyboard.press("o");
        assert.equal(await tab.locator("mark, tr.evidence").count(), 0);
      }
      if (await tab.locator("tr.evidence").count() > 0) await tab.locator("button[data-key=o]").click();
      assert.equal(await markup(tab), html);
    });
  }
  assert.ok(found > 10, `${found} rows with matches`);
});

test("the runner-up is a link to its row", async () => {
  let found = 0;
  for (const name of ARTICLES) {
    await open(name, {}, async (tab) => {
      const rows = (await drawnRows(tab)).length;
      for (let k = 0; k < rows && found < 3; k += 1) {
        await choose(tab, k, 0);
        await tab.keyboard.press("o");
        const link = tab.locator("li", { hasText: "Runner-up" }).locator("a");
        if (await link.count() === 0) continue;
        found += 1;
        const target = Number((await link.textContent()).replace("row ", ""));
        await link.click();
        assert.equal(await currentRow(tab), target);
      }
    });
  }
  assert.ok(found > 0);
});

// Where each thread begins and ends, and where the rows are.
function geometry(tab) {
  return tab.evaluate(() => [...document.querySelectorAll(".threads path[data-from]")].map((line) => {
    const at = (length) => line.getPointAtLength(length).matrixTransform(line.getScreenCTM());
    const box = (number) => document.getElementById(`row-${number}`).getBoundingClientRect();
    const { from, to } = line.dataset;
    const [start, end] = [at(0), at(line.getTotalLength())];
    return {
      from: Number(from),
      to: Number(to),
      start: start.y - (box(from).top + box(from).bottom) / 2,
      end: end.y - (to === "0" ? box(1).top : box(to).bottom),
      outside: Math.max(start.x, end.x) - document.getElementById("rows").getBoundingClientRect().left,
    };
  }));
}

async function threadsFit(tab) {
  await tab.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  const threads = await geometry(tab);
  for (const each of threads) {
    assert.ok(Math.abs(each.start) < 2 && Math.abs(each.end) < 2 && each.outside <= 0, JSON.stringify(each));
    assert.ok(each.to !== each.from && each.to !== each.from - 1, JSON.stringify(each));
  }
  return threads;
}

test("threads", async () => {
  let machine = 0;
  for (const name of ARTICLES) {
    await open(name, {}, async (tab) => {
      const moved = (await drawnRows(tab)).filter((row) => /\bmoved\b/.test(row.classes));
      const threads = await threadsFit(tab);
      assert.deepEqual([...new Set(threads.map((each) => `row-${each.from}`))], moved.map((row) => row.id), name);
      machine += threads.length;
      await tab.setViewportSize({ width: 800, height: 600 });
      await threadsFit(tab);
      await tab.setViewportSize({ width: 360, height: 600 });
      await threadsFit(tab);
    });
  }
  assert.ok(machine > 0, "no article has a moved bead");
  // Two segments of a version that change places are moved, and their threads lead to each other.
  await open("p300", {}, async (tab) => {
    for (const [row, target] of [[4, "10"], [9, "5"]]) {
      await choose(tab, row, 1);
      // The last segment of the cell, of which there are two in the second row.
      if (row === 9) await tab.keyboard.press("J");
      await tab.keyboard.press("g");
      await tab.locator("#answer").fill(target);
      await tab.keyboard.press("Enter");
    }
    const model = await modelOf(tab);
    const moved = code.outOfOrder(model.table.rows).flatMap((is, k) => (is ? [k + 1] : []));
    const threads = await threadsFit(tab);
    assert.ok(moved.length > 0);
    assert.deepEqual(threads.map(({ from }) => from), moved);
    await choose(tab, 6, 0);
    await tab.keyboard.press("o");
    await threadsFit(tab);
    await tab.screenshot({ path: path.join(SHOTS, "threads.png") });
    await tab.keyboard.press("u");
    await tab.keyboard.press("u");
    assert.deepEqual(await threadsFit(tab), []);
  });
});

test("strip", async () => {
  await open("p300", {}, async (tab) => {
    const box = await tab.locator(".strip svg").boundingBox();
    for (const share of [0.75, 0.1, 0.999]) {
      await tab.mouse.click(box.x + box.width / 2, box.y + box.height * share);
      assert.equal(await currentRow(tab), Math.floor(300 * share) + 1);
      assert.ok(await tab.locator("tr[aria-current]").isVisible());
    }
    const table = await tab.locator("#rows").boundingBox();
    assert.ok(table.x + table.width <= box.x);
    await choose(tab, 203, 0);
    await tab.keyboard.press("i");
    assert.equal(await tab.locator(".strip rect:not(.here)").count(), 301);
    await tab.keyboard.press("u");
    assert.equal(await tab.locator(".strip rect:not(.here)").count(), 300);
  });
});

test("filters", async () => {
  await open(FIRST, {}, async (tab) => {
    await choose(tab, 0, 0);
    await tab.keyboard.press("c");
    const classes = (await drawnRows(tab)).map((row) => row.classes);
    const visible = () => tab.evaluate(() => [...document.querySelectorAll("tr.row")].map((row) => row.checkVisibility()));
    for (const [name, holds] of [
      ["doubtful", (each) => /doubtful/.test(each)], ["partial", (each) => /partial/.test(each)], ["moved", (each) => /\bmoved/.test(each)],
      ["unconfirmed", (each) => !/confirmed/.test(each)], ["all", () => true],
    ]) {
      await tab.locator("#filter").selectOption(name);
      const current = (await currentRow(tab)) - 1;
      assert.deepEqual(await visible(), classes.map((each, k) => holds(each) || k === current), name);
    }
    await tab.keyboard.press("v");
    assert.equal(await tab.evaluate(() => document.activeElement.id), "filter");
    await tab.locator("#filter").selectOption("partial");
    const partial = classes.flatMap((each, k) => (/partial/.test(each) ? [k + 1] : []));
    await tab.locator(`#row-${partial[0]} > td`).first().click();
    for (const row of partial.slice(1)) {
      await tab.keyboard.press("j");
      assert.equal(await currentRow(tab), row);
    }
    // A row that is confirmed stays as long as it is the current one.
    await tab.locator("#filter").selectOption("unconfirmed");
    const row = await currentRow(tab);
    await choose(tab, row - 1, 0);
    await tab.keyboard.press("c");
    assert.ok(await tab.locator(`#row-${row}`).isVisible());
    await tab.keyboard.press("k");
    assert.ok(!(await tab.locator(`#row-${row}`).isVisible()));
  });
});

test("10,000 paragraphs", async () => {
  await open("p10000", { hash: "#row-5000" }, async (tab) => {
    const shown = () => tab.evaluate(() => [...document.querySelectorAll("#rows > tbody")].filter((body) => body.checkVisibility()).length);
    assert.equal(await currentRow(tab), 5000);
    assert.equal(await shown(), 1);
    await tab.getByRole("button", { name: "Page ›" }).click();
    assert.equal(await currentRow(tab), 5001);
    await tab.getByRole("button", { name: "‹ Page" }).click();
    assert.equal(await currentRow(tab), 4801);
    await tab.keyboard.press("k");
    assert.equal(await currentRow(tab), 4800);
    assert.equal(await shown(), 1);
    const start = (await drawnRows(tab)).map((row) => row.cells);
    for (const key of ["i", "D", "d", "m", "x", "f", "e"]) {
      const begun = Date.now();
      await tab.keyboard.press(key);
      await tab.evaluate(() => new Promise((done) => { requestAnimationFrame(done); }));
      assert.ok(Date.now() - begun < 2000, `${key} took ${Date.now() - begun} ms`);
      const numbers = await tab.locator("#rows > tbody:not(.later) > tr > th").allTextContents();
      assert.deepEqual(numbers.map(Number), numbers.map((_, k) => Number(numbers[0]) + k), key);
    }
    const model = await modelOf(tab);
    assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(model));
    while (!/Nothing to undo/.test(await tab.locator(".status").textContent())) await tab.keyboard.press("u");
    const undone = await drawnRows(tab);
    assert.deepEqual(undone.map((row) => row.cells), start);
    assert.deepEqual(undone.map((row) => row.id), undone.map((_, k) => `row-${k + 1}`));
    await tab.locator("#filter").selectOption("doubtful");
    assert.ok(await currentRow(tab) > 0);
  });
});

test("hostile texts", async () => {
  for (const options of [{}, { viewport: { width: 360, height: 740 } }]) {
    await open("hostile", options, async (tab) => {
      assert.equal(await tab.evaluate(() => globalThis.hacked), undefined);
      assert.equal(await tab.evaluate(() => document.querySelectorAll("#rows script, #rows img, h1 script").length), 0);
      const rows = (await drawnRows(tab)).length;
      for (let k = 0; k < rows; k += 1) {
        await tab.keyboard.press("o");
        await tab.keyboard.press("j");
      }
      await choose(tab, 0, 0);
      for (const key of ["m", "x", "u", "u", "c"]) await tab.keyboard.press(key);
      await tab.keyboard.press(";");
      await tab.locator("#answer").fill("</script><img src=x onerror=hacked=1>");
      await tab.getByRole("button", { name: "OK" }).click();
      await tab.reload();
      assert.equal(await tab.evaluate(() => globalThis.hacked), undefined);
      assert.equal(await tab.locator("#rows img").count(), 0);
      const [record, texts] = [JSON.parse((await saved(tab, "JSONL")).text), await textsOf(tab)];
      assert.deepEqual(record.versions.map((version) => version.segments.map((segment) => segment.text)), texts);
      assert.ok(texts.flat().some((text) => text.includes("</script>")) && texts.flat().some((text) => text.includes("\0")));
      assert.ok(texts.flat().some((text) => text.length >= 1 << 20));
    });
  }
});

test("without script", async () => {
  await open(FIRST, { javaScriptEnabled: false }, async (tab) => {
    assert.ok(await tab.locator("#row-1").isVisible());
    assert.ok(await tab.locator("noscript p").isVisible());
    assert.ok(!(await tab.locator("#tools").isVisible()));
    await tab.screenshot({ path: path.join(SHOTS, "without-script.png") });
  });
  await open("p300", { javaScriptEnabled: false }, async (tab) => {
    assert.ok(await tab.locator("#row-300").isVisible());
  });
});

test("print", async () => {
  await open("p300", {}, async (tab) => {
    await tab.emulateMedia({ media: "print" });
    for (const hidden of ["#tools", ".strip"]) assert.ok(!(await tab.locator(hidden).isVisible()), hidden);
    assert.ok(await tab.locator("#row-300").isVisible());
    const pdf = await tab.pdf({ format: "A4" });
    assert.ok(pdf.length > 10_000);
  });
});

test("gold", async () => {
  await open("gold", {}, async (tab) => {
    const data = await dataOf(tab);
    assert.deepEqual([data.gold, data.beads], [true, []]);
    assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(await modelOf(tab)));
    assert.equal(await tab.locator(".score .value, .plots, [data-count=score], option[value=doubtful], button[data-key=o]").count(), 0);
    await tab.keyboard.press("m");
    await tab.keyboard.press("j");
    await tab.keyboard.press("c");
    await tab.keyboard.press("s");
    assert.deepEqual(await tab.locator("dialog[open] li button").allTextContents(), ["Patch"]);
    const rows = await tab.locator("tr.row").count();
    await tab.getByText(`${rows - 1} rows are not confirmed yet; triglyph gold needs all`).waitFor();
    await tab.locator("dialog[open] li button").click();
    assert.equal(await tab.locator("#name:invalid:focus").count(), 1);
    await tab.locator("#name").fill("Ada");
    const patch = JSON.parse((await saved(tab, "Patch")).text);
    const { table } = await modelOf(tab);
    assert.equal(patch.by, "Ada");
    assert.deepEqual(patch.operations.map((each) => each.segments.map((cell) => cell.map(({ segment }) => segment))),
      table.rows.filter((row) => row.confirmed).map((row) => row.segments));
    await tab.screenshot({ path: path.join(SHOTS, "gold.png") });
  });
});

test("the index", async () => {
  for (const options of [{}, { colorScheme: "dark" }, { viewport: { width: 360, height: 740 } }]) {
    await open("index", options, async (tab) => {
      await accessible(tab, JSON.stringify(options));
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      const links = await tab.locator("a[href$='.html']").evaluateAll((list) => list.map((link) => link.getAttribute("href")));
      assert.deepEqual(links.sort(), ARTICLES.map((name) => `${name}.html`).sort());
    });
  }
});

test("300 paragraphs can be worked on within a second", async () => {
  const times = [];
  for (let k = 0; k < 3; k += 1) {
    await open("p300", {}, async (tab) => {
      times.push(await tab.evaluate(() => performance.getEntriesByName("ready")[0].startTime));
    });
  }
  assert.ok(Math.min(...times) < 1000, `${times.map(Math.round)} ms`);
});

test("what is saved is what the program makes of the patch", { skip: process.env.MOCK === "1" && "MOCK=1" }, async () => {
  const program = process.env.TRIGLYPH;
  assert.ok(program, "TRIGLYPH is not set: the program that applies, converts and reports");
  const folder = mkdtempSync(path.join(os.tmpdir(), "triglyph-page-"));
  const file = (name) => path.join(folder, name);
  const run = (list, env = {}) => execFileSync(program, list, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
  for (const name of ARTICLES) {
    const base = path.basename(name);
    let repaired;
    await open(name, {}, async (tab) => {
      await repairSome(tab);
      repaired = await modelOf(tab);
      const [patch, jsonl, tmx, tsv] = [await saved(tab, "Patch"), await saved(tab, "JSONL"), await saved(tab, "TMX"), await saved(tab, "TSV")];
      writeFileSync(file(`${base}.patch.json`), patch.text);
      run(["apply", file(`${base}.patch.json`), `${pageAt(name).slice(0, -5)}.jsonl`, "-o", file(`${base}.jsonl`)]);
      assert.equal(jsonl.text, readFileSync(file(`${base}.jsonl`), "utf8"), `${name}: JSONL`);
      const [, ...date] = /creationdate="(....)(..)(..)T(..)(..)(..)Z"/.exec(tmx.text).map(Number);
      const epoch = Date.UTC(date[0], date[1] - 1, ...date.slice(2)) / 1000;
      for (const [extension, text] of [["tmx", tmx.text], ["tsv", tsv.text]]) {
        run(["convert", file(`${base}.jsonl`), "-o", file(`${base}.${extension}`)], { SOURCE_DATE_EPOCH: String(epoch) });
        assert.equal(text, readFileSync(file(`${base}.${extension}`), "utf8"), `${name}: ${extension}`);
      }
    });
    run(["report", file(`${base}.jsonl`), "-o", file(`${base}.html`)]);
    await visit(browser, file(`${base}.html`), {}, async (tab) => {
      const beads = code.inOrder(repaired.table.sizes, code.beadsOf(repaired.table));
      const data = await dataOf(tab);
      const plain = (list) => list.map(({ segments, score, confirmed = false, moved = false }) => ({ segments, score, confirmed, moved }));
      assert.deepEqual(plain(data.beads), plain(beads), `${name}, reported again`);
      assert.deepEqual((await drawnRows(tab)).map((row) => row.cells), cellsOf(await modelOf(tab)));
    });
  }
});
