// Random sequences of operations, for the page's model and the program's: both must do the same at every step.
//
//   node sequences.mjs write CASES [COUNT]     writes cases, one a line
//   node sequences.mjs check CASES RESULTS     compares what another program made of them, one line a case:
//       {"steps":[[applied, FNV-1a of the state], …],"rows":[{"segments":…,"confirmed":…,"comment":…}, …]}

import { readFileSync, writeFileSync } from "node:fs";
import { broken, page, randomCase, stateOf } from "./model.mjs";

const LENGTH = 1000;

function write(file, count) {
  const cases = Array.from({ length: count }, (_, seed) => JSON.stringify(randomCase(seed + 1, LENGTH)));
  writeFileSync(file, `${cases.join("\n")}\n`);
  console.log(`${count} cases of ${LENGTH} operations`);
}

function check(file, results) {
  const [cases, found] = [file, results].map((name) => readFileSync(name, "utf8").trimEnd().split("\n").map(JSON.parse));
  if (cases.length !== found.length) throw new Error(`${found.length} results of ${cases.length} cases`);
  cases.forEach((each, k) => {
    const difference = differs(each, found[k]);
    if (difference) throw new Error(`case ${k}: ${difference}`);
  });
  console.log(`${cases.length} cases: the same at every step`);
}

// Where a result is not what the page's model makes of a case; nothing where it is.
function differs({ sizes, beads, operations }, { steps, rows }) {
  const table = new page.Table(sizes, beads.map((segments) => ({ segments })));
  for (const [k, operation] of operations.entries()) {
    const expected = JSON.stringify([table.apply(operation), page.fnv1a(stateOf(table))]);
    const law = broken(table);
    if (law) return `step ${k}: ${law}`;
    if (JSON.stringify(steps[k]) !== expected) {
      return `step ${k}, ${JSON.stringify(operation)}: ${JSON.stringify(steps[k])}, expected ${expected} of\n${stateOf(table)}`;
    }
  }
  if (steps.length !== operations.length) return `${steps.length} steps of ${operations.length} operations`;
  const same = stateOf({ rows }) === stateOf(table);
  return same ? null : `rows in the end ${JSON.stringify(rows)}, expected\n${stateOf(table)}`;
}

const [command, first, second] = process.argv.slice(2);
if (command === "write" && first) write(first, Number(second ?? 20));
else if (command === "check" && second) check(first, second);
else throw new Error("usage: sequences.mjs write CASES [COUNT] | check CASES RESULTS");
