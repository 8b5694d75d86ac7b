// A browser for the tests: Debian's Chromium, driven by Playwright. Whatever a page logs as an error or asks of the
// network is a failure.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";
import { page as code } from "./model.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MODULES = path.resolve(process.env.MODULES ?? path.join(ROOT, "target/page"));
const modules = createRequire(path.join(MODULES, "node_modules", "x"));
const { chromium } = modules("playwright-core");
const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");

const ARGUMENTS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

// Opens a page, does something with it, and checks that it did nothing it must not do.
export async function visit(browser, file, options, act) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", ...options });
  const tab = await context.newPage();
  const address = pathToFileURL(file).href;
  const wrong = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  tab.on("pageerror", (error) => wrong.push(`error: ${error.stack}`));
  tab.on("request", (request) => {
    const asked = request.url().split("#")[0];
    if (asked !== address && !asked.startsWith("blob:")) wrong.push(`request: ${asked}`);
  });
  try {
    if (options.before) await tab.addInitScript(options.before);
    await tab.goto(address + (options.hash ?? ""));
    await act(tab);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, [], file);
}

// Fails where axe finds a violation of level A or AA.
export async function accessible(tab, name) {
  if (!(await tab.evaluate(() => "axe" in globalThis))) await tab.evaluate(axe);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
  const { violations } = await tab.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }), tags);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
  assert.deepEqual(found, [], name);
}

// What stands in the rows, those that are not seen drawn as if for print.
export function drawnRows(tab) {
  return tab.evaluate(() => dispatchEvent(new Event("beforeprint")) && [...document.querySelectorAll("#rows tr.row")].map((line) => ({
    id: line.id,
    number: line.cells[0].textContent.trim(),
    classes: [...line.classList].sort().join(" "),
    cells: [...line.cells].slice(1, -1).map((cell) =>
      [...cell.querySelectorAll(".segment")].map((segment) => segment.id).join(" ") || cell.textContent.trim()),
    score: line.cells[line.cells.length - 1].textContent.replace(/\s+/g, " ").trim(),
  })));
}

// All of the table, a line for each element, but the order of attributes and classes, white space around texts, and what
// only says where the person is.
export function markup(tab) {
  return tab.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    const lines = [];
    const write = (node, indent) => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.data.trim()) lines.push(indent + node.data.trim());
        return;
      }
      const classes = [...node.classList].filter((name) => !["current", "later"].includes(name)).sort().join(" ");
      const attributes = [...node.attributes].filter(({ name }) => !["class", "aria-current", "tabindex"].includes(name));
      lines.push([indent + node.localName, classes, ...attributes.map(({ name, value }) => `${name}=${value}`).sort()].join(" "));
      for (const child of node.childNodes) write(child, `${indent} `);
    };
    write(document.getElementById("rows"), "");
    return lines.join("\n");
  });
}

const known = new WeakMap();

// The data of a page, which never change.
export function dataOf(tab) {
  if (!known.has(tab)) known.set(tab, tab.evaluate(() => JSON.parse(document.getElementById("data").textContent)));
  return known.get(tab);
}

// The operations that the page keeps in the browser.
export function keptOperations(tab) {
  return tab.evaluate(() => {
    const key = Object.keys(localStorage).find((each) => each.startsWith("triglyph/"));
    return key ? JSON.parse(localStorage.getItem(key)).operations : [];
  });
}

// A model of the page in the state that it keeps, made by the same code outside of the browser.
export async function modelOf(tab) {
  const data = await dataOf(tab);
  const table = new code.Table(data.versions.map((version) => version.segments.length), data.beads);
  for (const operation of await keptOperations(tab)) assert.ok(table.apply(operation), JSON.stringify(operation));
  return { data, table };
}

// The cells that the model says must be drawn.
export function cellsOf({ data, table }) {
  return table.rows.map((row) => row.segments.map((cell, v) =>
    cell.map((segment) => `${data.versions[v].label}-${segment + 1}`).join(" ") || `not in ${data.versions[v].label}`));
}

export async function currentRow(tab) {
  return Number(await tab.evaluate(() => document.querySelector("tr[aria-current] > th").textContent));
}

// Clicks on a cell, rows and versions counted from 0.
export async function choose(tab, row, version) {
  await tab.locator(`#row-${row + 1} > td`).nth(version).click({ position: { x: 3, y: 3 } });
}

// Saves a file from the dialog; its name and content.
export async function saved(tab, title) {
  const dialog = tab.locator("dialog[open]");
  if ((await dialog.count()) === 0) await tab.locator("button[data-key=s]").click();
  const [download] = await Promise.all([tab.waitForEvent("download"), dialog.getByRole("button", { name: title, exact: true }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  return { name: download.suggestedFilename(), text };
}
