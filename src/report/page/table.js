// The model of the page: rows of segments, what a person may do with them, and the history of it. No DOM.
//
// A row is {segments: a rising list of numbers per version, confirmed, comment}. Rows are never changed but replaced,
// so that whoever draws them sees by identity which are new. Every segment stands in exactly one row.

class Table {
  // `sizes` is the number of segments of each version; `beads` are the rows at the start. Without any, row k holds
  // segment k of every version.
  constructor(sizes, beads) {
    this.sizes = sizes;
    this.beads = beads;
    const start = beads.length > 0 ? beads : inStep(sizes);
    this.rows = start.map(({ segments, confirmed = false }) => ({ segments, confirmed, comment: "" }));
    this.done = [];
    this.undone = [];
    this.places = null;
    this.owners = places(sizes, beads);
  }

  // Does an operation; false where it can do nothing, and then nothing is changed.
  apply(operation) {
    const known = OPERATIONS.get(operation.op);
    const change = known ? known(this, operation) : null;
    if (!change) return false;
    const { start, end, rows } = change;
    this.done.push({ operation, start, before: this.rows.slice(start, end), after: rows });
    this.undone = [];
    this.replace(start, end, rows);
    return true;
  }

  undo() {
    const step = this.done.pop();
    if (!step) return false;
    this.undone.push(step);
    this.replace(step.start, step.start + step.after.length, step.before);
    return true;
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return false;
    this.done.push(step);
    this.replace(step.start, step.start + step.before.length, step.after);
    return true;
  }

  get canUndo() {
    return this.done.length > 0;
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  // What was done and not undone, to be done again elsewhere.
  get operations() {
    return this.done.map((step) => step.operation);
  }

  replace(start, end, rows) {
    this.rows = [...this.rows.slice(0, start), ...rows, ...this.rows.slice(end)];
    this.places = null;
  }

  // The row that a segment stands in; undefined where there is no such segment.
  rowOf(version, segment) {
    this.places ??= places(this.sizes, this.rows);
    return this.places[version]?.[segment];
  }

  // The segments of a version in a row; none where there is no such row or version.
  cell(version, row) {
    return this.rows[row]?.segments[version] ?? [];
  }

  // The number of the bead at the start that held exactly the segments of this row, or -1.
  origin(row) {
    const version = row.segments.findIndex((cell) => cell.length > 0);
    const bead = version < 0 ? undefined : this.owners[version][row.segments[version][0]];
    return bead !== undefined && sameRow(this.beads[bead].segments, row.segments) ? bead : -1;
  }
}

// Each operation by its name: takes the table and the operation, and tells which rows, from `start` to before `end`,
// others take the place of; nothing where it can do nothing.
const OPERATIONS = new Map(Object.entries({
  move(table, { version, row, end, to }) {
    const cell = table.cell(version, row);
    const step = to === "up" ? -1 : to === "down" ? 1 : NaN;
    const segment = end === "first" ? cell[0] : end === "last" ? cell.at(-1) : undefined;
    return segment !== undefined && table.rows[row + step] && carried(table, version, segment, row, row + step);
  },

  send(table, { version, segment, row }) {
    const from = table.rowOf(version, segment);
    return from !== undefined && table.rows[row] && from !== row && carried(table, version, segment, from, row);
  },

  shift(table, { version, row, to }) {
    const start = to === "up" ? row - 1 : row;
    const rows = table.rows.slice(start);
    if (!table.rows[row] || !table.rows[start] || !(version in table.sizes)) return null;
    const cells = rows.map((each) => each.segments[version]);
    if (cells.slice(row - start).every(isEmpty)) return null;
    if (to === "up") {
      cells.splice(0, 2, union(cells[0], cells[1]));
      cells.push([]);
    } else if (to === "down") {
      cells.unshift([]);
      if (isEmpty(cells.at(-1))) cells.pop();
      else rows.push(emptyRow(table));
    } else {
      return null;
    }
    return { start, end: table.rows.length, rows: rows.map((each, k) => withCell(each, version, cells[k])) };
  },

  merge(table, { row }) {
    const [upper, lower] = [table.rows[row], table.rows[row + 1]];
    if (!upper || !lower) return null;
    const segments = upper.segments.map((cell, v) => union(cell, lower.segments[v]));
    const comment = [upper.comment, lower.comment].filter(Boolean).join("\n");
    const confirmed = upper.confirmed && isEmptyRow(lower);
    return { start: row, end: row + 2, rows: [{ segments, confirmed, comment }] };
  },

  insert(table, { row }) {
    const fits = table.rows[row] || row === table.rows.length;
    return fits && { start: row, end: row, rows: [emptyRow(table)] };
  },

  alone(table, { version, segment }) {
    const row = table.rowOf(version, segment);
    if (row === undefined) return null;
    const own = table.rows[row];
    const rest = without(own, version, [segment]);
    if (isEmptyRow(rest)) return confirmed(table, row, true);
    const split = { ...withCell(emptyRow(table), version, [segment]), confirmed: true };
    return { start: row, end: row + 1, rows: [rest, split] };
  },

  confirm(table, { row, confirmed: flag }) {
    return typeof flag === "boolean" && confirmed(table, row, flag);
  },

  confirm_above(table, { row }) {
    if (!table.rows[row]) return null;
    const above = table.rows.slice(0, row + 1);
    const rows = above.map((each) => (each.confirmed || isEmptyRow(each) ? each : { ...each, confirmed: true }));
    return rows.some((each, k) => each !== above[k]) && { start: 0, end: row + 1, rows };
  },

  comment(table, { row, text }) {
    const own = table.rows[row];
    return own && typeof text === "string" && own.comment !== text
      && { start: row, end: row + 1, rows: [{ ...own, comment: text }] };
  },

  decide(table, { segments, comment }) {
    const lists = listed(table, segments);
    const target = lists && fullest(table, lists);
    if (!lists || target === undefined) return null;
    const all = lists.map((list) => list ?? []);
    const [start, end] = span(table, all);
    const rows = table.rows.slice(start, end).map((row) => all.reduce((rest, list, v) => without(rest, v, list), row));
    const own = table.rows[target];
    const left = rows[target - start].segments;
    rows[target - start] = {
      segments: own.segments.map((cell, v) => lists[v] ?? cell),
      confirmed: true,
      comment: comment || own.comment,
    };
    const split = { ...emptyRow(table), segments: left.map((cell, v) => (lists[v] ? cell : [])) };
    const isSame = sameRow(rows[target - start].segments, own.segments);
    if (isSame && own.confirmed && own.comment === rows[target - start].comment) return null;
    if (!isEmptyRow(split)) rows.splice(target - start + 1, 0, split);
    return { start, end, rows };
  },
}));

// A segment goes from one row to another.
function carried(table, version, segment, from, to) {
  const [start, end] = [Math.min(from, to), Math.max(from, to) + 1];
  const rows = table.rows.slice(start, end);
  rows[from - start] = without(rows[from - start], version, [segment]);
  rows[to - start] = withCell(rows[to - start], version, union(rows[to - start].segments[version], [segment]));
  return { start, end, rows };
}

function confirmed(table, row, flag) {
  const own = table.rows[row];
  return own && !isEmptyRow(own) && own.confirmed !== flag
    && { start: row, end: row + 1, rows: [{ ...own, confirmed: flag }] };
}

// The lists of a decision, sorted; nothing where one does not fit the table.
function listed(table, segments) {
  const fits = (list, v) => list === null || (Array.isArray(list) && list.every((s) => table.rowOf(v, s) !== undefined));
  if (!Array.isArray(segments) || segments.length !== table.sizes.length || !segments.every(fits)) return null;
  return segments.map((list) => list && union(list, []));
}

// The row with the most of the listed segments, the first of equals; undefined where none is listed.
function fullest(table, lists) {
  const counts = new Map();
  lists.forEach((list, v) => list?.forEach((s) => {
    const row = table.rowOf(v, s);
    counts.set(row, (counts.get(row) ?? 0) + 1);
  }));
  const most = Math.max(...counts.values());
  return [...counts.keys()].sort((a, b) => a - b).find((row) => counts.get(row) === most);
}

// The range of the rows that these segments stand in.
function span(table, lists) {
  const rows = lists.flatMap((list, v) => list.map((s) => table.rowOf(v, s)));
  const ends = rows.reduce(([low, high], row) => [Math.min(low, row), Math.max(high, row)], [rows[0], rows[0]]);
  return [ends[0], ends[1] + 1];
}

// The row of every segment, a list per version.
function places(sizes, rows) {
  const found = sizes.map((size) => new Array(size));
  rows.forEach(({ segments }, row) => segments.forEach((cell, v) => cell.forEach((s) => { found[v][s] = row; })));
  return found;
}

// Row k holds segment k of every version.
function inStep(sizes) {
  return Array.from({ length: Math.max(0, ...sizes) }, (_, k) => ({ segments: sizes.map((size) => (k < size ? [k] : [])) }));
}

function emptyRow(table) {
  return { segments: table.sizes.map(() => []), confirmed: false, comment: "" };
}

// The row with another cell, no longer confirmed; the row itself where the cell is the same.
function withCell(row, version, cell) {
  if (same(row.segments[version], cell)) return row;
  const segments = row.segments.map((own, v) => (v === version ? cell : own));
  return { ...row, segments, confirmed: false };
}

function without(row, version, list) {
  return withCell(row, version, row.segments[version].filter((s) => !list.includes(s)));
}

function union(a, b) {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function same(a, b) {
  return a.length === b.length && a.every((s, k) => s === b[k]);
}

function sameRow(a, b) {
  return a.every((cell, v) => same(cell, b[v]));
}

function isEmpty(cell) {
  return cell.length === 0;
}

function isEmptyRow(row) {
  return row.segments.every(isEmpty);
}

// A number of 32 bits that tells texts apart (FNV-1a over UTF-8).
function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
