//! [`Table`]: an alignment as rows that a person repairs, and the [`Operation`]s to do so.
//!
//! The page of `report` does the same in its own code (`report/page/table.js`); both are run on the same
//! random operations and compared after each (`tests/page/sequences.mjs`).

use std::fmt;
use std::mem;

/// A row: segments of several versions that are taken to translate one another.
///
/// Other than a [`Bead`](crate::Bead), a row may be empty, to make room.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Row {
    /// Indices of the segments, one rising list per version.
    pub segments: Vec<Vec<usize>>,
    /// Whether a person says that it is right.
    pub confirmed: bool,
    /// What a person says of it.
    pub comment: String,
}

impl Row {
    fn of(segments: Vec<Vec<usize>>) -> Self {
        Self {
            segments,
            ..Self::default()
        }
    }

    fn empty(versions: usize) -> Self {
        Self::of(vec![Vec::new(); versions])
    }

    /// Whether no version has a segment in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.segments.iter().all(Vec::is_empty)
    }

    /// How many segments it has, of all versions.
    fn len(&self) -> usize {
        self.segments.iter().map(Vec::len).sum()
    }

    fn put(&mut self, version: usize, segment: usize) {
        let list = &mut self.segments[version];
        list.insert(list.partition_point(|&own| own < segment), segment);
    }

    fn take(&mut self, version: usize, segment: usize) {
        self.segments[version].retain(|&own| own != segment);
    }

    /// Takes all segments of another row.
    fn join(&mut self, other: Self) {
        for (list, segments) in self.segments.iter_mut().zip(other.segments) {
            list.extend(segments);
            list.sort_unstable();
        }
    }
}

/// The first or the last segment of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum End {
    /// The first one.
    First,
    /// The last one.
    Last,
}

/// Where something is moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Direction {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
}

/// What a person does to a [`Table`]. Rows, versions and segments are counted from 0.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "op", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Operation {
    /// The first or last segment of a cell goes to the row above or below.
    Move {
        /// The version of the cell.
        version: usize,
        /// The row of the cell.
        row: usize,
        /// Which segment of the cell.
        end: End,
        /// Which row it goes to.
        to: Direction,
    },
    /// All segments of a version in this row and those below go one row down, the last ones to a new row
    /// if need be; or one row up, so that those of this row join those of the row above.
    Shift {
        /// The version.
        version: usize,
        /// The first row that is shifted.
        row: usize,
        /// Where to.
        to: Direction,
    },
    /// A row and the one below it become one.
    Merge {
        /// The upper one.
        row: usize,
    },
    /// An empty row comes before this one.
    Insert {
        /// The row, or the number of rows for one at the end.
        row: usize,
    },
    /// A segment goes to another row.
    Send {
        /// The version of the segment.
        version: usize,
        /// The segment.
        segment: usize,
        /// The row it goes to.
        row: usize,
    },
    /// A segment has no counterpart: it goes to a row of its own behind its row, which is confirmed.
    Alone {
        /// The version of the segment.
        version: usize,
        /// The segment.
        segment: usize,
    },
    /// A row is confirmed, or no longer.
    Confirm {
        /// The row.
        row: usize,
        /// Whether it is.
        confirmed: bool,
    },
    /// A row and all above it are confirmed, those left aside that are empty.
    ConfirmAbove {
        /// The last one.
        row: usize,
    },
    /// A row gets another comment.
    Comment {
        /// The row.
        row: usize,
        /// The comment; none if it is empty.
        text: String,
    },
    /// Segments stand in one row, which is confirmed: that which has the most of them. What else it has of
    /// the versions that are not left open goes to a row behind it.
    Decide {
        /// For each version its segments, rising, or nothing if it is left open.
        segments: Vec<Option<Vec<usize>>>,
        /// A comment that replaces that of the row, unless it is empty.
        #[cfg_attr(feature = "serde", serde(default))]
        comment: String,
    },
}

/// Rows that a person repairs. Every segment of every version stands in exactly one row, whatever is done.
///
/// # Examples
///
/// ```
/// use triglyph::repair::{Direction, End, Operation, Table};
///
/// let mut table = Table::new(&[2, 2], [vec![vec![0], vec![0, 1]], vec![vec![1], vec![]]]);
/// let move_down = Operation::Move { version: 1, row: 0, end: End::Last, to: Direction::Down };
/// assert!(table.apply(&move_down));
/// assert_eq!(table.rows()[1].segments, [[1], [1]]);
/// assert!(table.undo());
/// assert_eq!(table.rows()[0].segments, [vec![0], vec![0, 1]]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    sizes: Vec<usize>,
    rows: Vec<Row>,
    done: Vec<Splice>,
    undone: Vec<Splice>,
}

/// Rows that take the place of others: what an operation did, or what undoes it.
#[derive(Clone, PartialEq, Eq)]
struct Splice {
    /// Where they begin.
    at: usize,
    /// How many others there are.
    count: usize,
    rows: Vec<Row>,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.rows).finish()
    }
}

impl Table {
    /// The table of versions of so many segments, whose rows are given by their segments per version.
    /// What stands in none of them, gets a row of its own at the end; what stands twice, or does not
    /// exist, is left out the second time.
    #[must_use]
    pub fn new(sizes: &[usize], rows: impl IntoIterator<Item = Vec<Vec<usize>>>) -> Self {
        let mut is_left: Vec<Vec<bool>> = sizes.iter().map(|&size| vec![true; size]).collect();
        let mut table: Vec<Row> = Vec::new();
        for mut segments in rows {
            segments.resize(sizes.len(), Vec::new());
            for (list, is_left) in segments.iter_mut().zip(&mut is_left) {
                list.sort_unstable();
                list.retain(|&s| is_left.get_mut(s).is_some_and(mem::take));
            }
            table.push(Row::of(segments));
        }
        for (version, is_left) in is_left.iter().enumerate() {
            for segment in (0..is_left.len()).filter(|&s| is_left[s]) {
                let mut row = Row::empty(sizes.len());
                row.put(version, segment);
                table.push(row);
            }
        }
        Self {
            sizes: sizes.to_vec(),
            rows: table,
            done: Vec::new(),
            undone: Vec::new(),
        }
    }

    /// The rows, in order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Does an operation. One that changes nothing, or that names what does not exist, is not done: false.
    pub fn apply(&mut self, operation: &Operation) -> bool {
        let Some(splice) = self.splice(operation) else {
            return false;
        };
        let range = splice.at..splice.at + splice.count;
        if self.rows.get(range).is_none_or(|rows| rows == splice.rows) {
            return false;
        }
        let back = self.put(splice);
        self.done.push(back);
        self.undone.clear();
        true
    }

    /// Takes the last operation back that is not yet; false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(splice) = self.done.pop() else {
            return false;
        };
        let back = self.put(splice);
        self.undone.push(back);
        true
    }

    /// Does the last operation again that was taken back; false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(splice) = self.undone.pop() else {
            return false;
        };
        let back = self.put(splice);
        self.done.push(back);
        true
    }

    /// Puts rows in the place of others, and gives what undoes it.
    fn put(&mut self, splice: Splice) -> Splice {
        let Splice { at, count, rows } = splice;
        let new = rows.len();
        Splice {
            at,
            count: new,
            rows: self.rows.splice(at..at + count, rows).collect(),
        }
    }

    /// The row that a segment stands in.
    #[must_use]
    pub fn row_of(&self, version: usize, segment: usize) -> Option<usize> {
        let holds = |row: &Row| {
            let list = row.segments.get(version);
            list.is_some_and(|list| list.binary_search(&segment).is_ok())
        };
        self.rows.iter().position(holds)
    }

    fn is_version(&self, version: usize) -> bool {
        version < self.sizes.len()
    }

    /// The rows that an operation would put in the place of others; none for an operation that cannot be
    /// done.
    fn splice(&self, operation: &Operation) -> Option<Splice> {
        match *operation {
            Operation::Move {
                version,
                row,
                end,
                to,
            } => {
                let list = self.rows.get(row)?.segments.get(version)?;
                let segment = match end {
                    End::First => *list.first()?,
                    End::Last => *list.last()?,
                };
                let other = match to {
                    Direction::Up => row.checked_sub(1)?,
                    Direction::Down => row + 1,
                };
                self.sent(version, segment, row, other)
            }
            Operation::Shift { version, row, to } => self.shifted(version, row, to),
            Operation::Merge { row } => {
                let (mut upper, lower) = (self.rows.get(row)?.clone(), self.rows.get(row + 1)?);
                if !lower.is_empty() {
                    upper.confirmed = false;
                }
                if !upper.comment.is_empty() && !lower.comment.is_empty() {
                    upper.comment.push('\n');
                }
                upper.comment += &lower.comment;
                upper.join(lower.clone());
                Some(Splice {
                    at: row,
                    count: 2,
                    rows: vec![upper],
                })
            }
            Operation::Insert { row } => (row <= self.rows.len()).then(|| Splice {
                at: row,
                count: 0,
                rows: vec![Row::empty(self.sizes.len())],
            }),
            Operation::Send {
                version,
                segment,
                row,
            } => self.sent(version, segment, self.row_of(version, segment)?, row),
            Operation::Alone { version, segment } => {
                let at = self.row_of(version, segment)?;
                let mut own = self.rows[at].clone();
                if own.len() == 1 {
                    return self.changed(at, |row| row.confirmed = true);
                }
                own.take(version, segment);
                own.confirmed = false;
                let mut alone = Row::empty(self.sizes.len());
                alone.put(version, segment);
                alone.confirmed = true;
                Some(Splice {
                    at,
                    count: 1,
                    rows: vec![own, alone],
                })
            }
            Operation::Confirm { row, confirmed } => {
                self.rows.get(row).filter(|row| !row.is_empty())?;
                self.changed(row, |row| row.confirmed = confirmed)
            }
            Operation::ConfirmAbove { row } => {
                let mut rows = self.rows.get(..=row)?.to_vec();
                for row in rows.iter_mut().filter(|row| !row.is_empty()) {
                    row.confirmed = true;
                }
                Some(Splice {
                    at: 0,
                    count: rows.len(),
                    rows,
                })
            }
            Operation::Comment { row, ref text } => {
                self.changed(row, |row| row.comment.clone_from(text))
            }
            Operation::Decide {
                ref segments,
                ref comment,
            } => self.decided(segments, comment),
        }
    }

    /// A row changed by `change`.
    fn changed(&self, at: usize, change: impl FnOnce(&mut Row)) -> Option<Splice> {
        let mut row = self.rows.get(at)?.clone();
        change(&mut row);
        Some(Splice {
            at,
            count: 1,
            rows: vec![row],
        })
    }

    /// A segment sent from one row to another.
    fn sent(&self, version: usize, segment: usize, from: usize, to: usize) -> Option<Splice> {
        if from == to || to >= self.rows.len() {
            return None;
        }
        let at = from.min(to);
        let mut rows = self.rows[at..=from.max(to)].to_vec();
        rows[from - at].take(version, segment);
        rows[to - at].put(version, segment);
        (rows[from - at].confirmed, rows[to - at].confirmed) = (false, false);
        Some(Splice {
            at,
            count: rows.len(),
            rows,
        })
    }

    fn shifted(&self, version: usize, row: usize, to: Direction) -> Option<Splice> {
        let below = self.rows.get(row..).filter(|_| self.is_version(version))?;
        if below.iter().all(|row| row.segments[version].is_empty()) {
            return None;
        }
        let at = match to {
            Direction::Up => row.checked_sub(1)?,
            Direction::Down => row,
        };
        let count = self.rows.len() - at;
        let mut rows = self.rows[at..].to_vec();
        let mut cells: Vec<Vec<usize>> = (rows.iter_mut())
            .map(|row| mem::take(&mut row.segments[version]))
            .collect();
        match to {
            Direction::Up => {
                let joined = cells.remove(1);
                cells[0].extend(joined);
                cells[0].sort_unstable();
                cells.push(Vec::new());
            }
            Direction::Down => {
                cells.insert(0, Vec::new());
                match cells.last().is_some_and(Vec::is_empty) {
                    true => drop(cells.pop()),
                    false => rows.push(Row::empty(self.sizes.len())),
                }
            }
        }
        let before = self.rows[at..].iter().map(|row| &row.segments[version]);
        let before = before.chain(std::iter::once(const { &Vec::new() }));
        for ((row, cell), before) in rows.iter_mut().zip(cells).zip(before) {
            row.confirmed &= cell == *before;
            row.segments[version] = cell;
        }
        Some(Splice { at, count, rows })
    }

    fn decided(&self, segments: &[Option<Vec<usize>>], comment: &str) -> Option<Splice> {
        if segments.len() != self.sizes.len() {
            return None;
        }
        let mut wanted: Vec<Vec<usize>> = Vec::new();
        for (list, &size) in segments.iter().zip(&self.sizes) {
            let mut list = list.clone().unwrap_or_default();
            list.sort_unstable();
            list.dedup();
            if list.last().is_some_and(|&last| last >= size) {
                return None;
            }
            wanted.push(list);
        }
        let is_wanted = |version: usize, s: &usize| wanted[version].binary_search(s).is_ok();
        let count_of = |row: &Row| -> usize {
            let lists = row.segments.iter().enumerate();
            lists
                .map(|(v, list)| list.iter().filter(|s| is_wanted(v, s)).count())
                .sum()
        };
        let counts: Vec<usize> = self.rows.iter().map(count_of).collect();
        let most = *counts.iter().max().filter(|&&most| most > 0)?;
        let target = counts.iter().position(|&count| count == most)?;
        let first = counts.iter().position(|&count| count > 0)?;
        let last = counts.iter().rposition(|&count| count > 0)?;
        let mut rows = self.rows[first..=last].to_vec();
        let count = rows.len();
        for (row, _) in rows
            .iter_mut()
            .zip(&counts[first..])
            .filter(|(_, c)| **c > 0)
        {
            for (v, list) in row.segments.iter_mut().enumerate() {
                list.retain(|s| !is_wanted(v, s));
            }
            row.confirmed = false;
        }
        let row = &mut rows[target - first];
        let mut rest = Row::empty(self.sizes.len());
        for (v, list) in row.segments.iter_mut().enumerate() {
            if segments[v].is_some() {
                rest.segments[v] = mem::take(list);
            }
        }
        row.join(Row::of(wanted));
        row.confirmed = true;
        if !comment.is_empty() {
            comment.clone_into(&mut row.comment);
        }
        if !rest.is_empty() {
            rows.insert(target - first + 1, rest);
        }
        Some(Splice {
            at: first,
            count,
            rows,
        })
    }
}
