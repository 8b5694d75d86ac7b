//! [`Table`]: an alignment as rows that a person repairs.
//!
//! The page of `report` does the same in its own code (`report/page/table.js`); both are run on the same
//! random operations and compared after each (`tests/page/sequences.mjs`).

use std::fmt;
use std::mem;

use super::operation::{Direction, End, Operation};

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

    /// The table of versions of so many segments that nobody has aligned: row k has the segment k of each.
    #[must_use]
    pub fn in_step(sizes: &[usize]) -> Self {
        let rows = 0..sizes.iter().copied().max().unwrap_or(0);
        let segment = |row: usize, size: usize| (row < size).then_some(row).into_iter().collect();
        let rows = rows.map(|row| sizes.iter().map(|&size| segment(row, size)).collect());
        Self::new(sizes, rows)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The rows as `0,1|0`, `!` behind those that are confirmed and a comment in brackets.
    fn shown(table: &Table) -> String {
        let list = |list: &Vec<usize>| {
            let list: Vec<String> = list.iter().map(usize::to_string).collect();
            list.join(",")
        };
        let row = |row: &Row| {
            let cells: Vec<String> = row.segments.iter().map(list).collect();
            let confirmed = if row.confirmed { "!" } else { "" };
            let comment = match &*row.comment {
                "" => String::new(),
                comment => format!("({comment})"),
            };
            format!("{}{confirmed}{comment}", cells.join("|"))
        };
        let rows: Vec<String> = table.rows().iter().map(row).collect();
        rows.join(" ")
    }

    fn table() -> Table {
        let rows = [[vec![0], vec![0, 1]], [vec![1], vec![]], [vec![2], vec![2]]];
        Table::new(&[3, 3], rows.map(Vec::from))
    }

    #[test]
    fn operations() {
        use Direction::{Down, Up};
        use End::{First, Last};
        let shift = |version, row, to| Operation::Shift { version, row, to };
        let go = |version, row, end, to| Operation::Move {
            version,
            row,
            end,
            to,
        };
        let send = |version, segment, row| Operation::Send {
            version,
            segment,
            row,
        };
        let decide = |segments: [Option<&[usize]>; 2]| Operation::Decide {
            segments: segments.map(|list| list.map(<[usize]>::to_vec)).to_vec(),
            comment: String::new(),
        };
        for (name, operation, expected) in [
            ("last down", go(1, 0, Last, Down), "0|0 1|1 2|2"),
            ("first down", go(1, 0, First, Down), "0|1 1|0 2|2"),
            ("up", go(0, 2, First, Up), "0|0,1 1,2| |2"),
            ("above the first row", go(0, 0, First, Up), ""),
            ("below the last row", go(0, 2, First, Down), ""),
            ("an empty cell", go(1, 1, First, Up), ""),
            ("shift down", shift(0, 1, Down), "0|0,1 | 1|2 2|"),
            ("shift down, a new row", shift(1, 0, Down), "0| 1|0,1 2| |2"),
            ("shift up", shift(0, 1, Up), "0,1|0,1 2| |2"),
            ("shift up from the first row", shift(0, 0, Up), ""),
            ("shift no version", shift(2, 0, Down), ""),
            ("merge", Operation::Merge { row: 1 }, "0|0,1 1,2|2"),
            ("merge the last", Operation::Merge { row: 2 }, ""),
            ("insert", Operation::Insert { row: 0 }, "| 0|0,1 1| 2|2"),
            (
                "insert at the end",
                Operation::Insert { row: 3 },
                "0|0,1 1| 2|2 |",
            ),
            ("insert behind", Operation::Insert { row: 4 }, ""),
            ("send", send(1, 1, 2), "0|0 1| 2|1,2"),
            ("send where it is", send(1, 1, 0), ""),
            ("send what is not", send(1, 3, 0), ""),
            (
                "alone",
                Operation::Alone {
                    version: 1,
                    segment: 0,
                },
                "0|1 |0! 1| 2|2",
            ),
            (
                "alone already",
                Operation::Alone {
                    version: 0,
                    segment: 1,
                },
                "0|0,1 1|! 2|2",
            ),
            (
                "confirm",
                Operation::Confirm {
                    row: 0,
                    confirmed: true,
                },
                "0|0,1! 1| 2|2",
            ),
            (
                "confirm no more",
                Operation::Confirm {
                    row: 0,
                    confirmed: false,
                },
                "",
            ),
            (
                "confirm above",
                Operation::ConfirmAbove { row: 1 },
                "0|0,1! 1|! 2|2",
            ),
            (
                "comment",
                Operation::Comment {
                    row: 1,
                    text: "left out".into(),
                },
                "0|0,1 1|(left out) 2|2",
            ),
            ("decide", decide([Some(&[1]), Some(&[1])]), "1|1! 0|0 | 2|2"),
            (
                "decide what is there",
                decide([Some(&[2]), Some(&[2])]),
                "0|0,1 1| 2|2!",
            ),
            (
                "decide less",
                decide([Some(&[0]), Some(&[1])]),
                "0|1! |0 1| 2|2",
            ),
            (
                "decide of one",
                decide([None, Some(&[1, 2])]),
                "0|1,2! |0 1| 2|",
            ),
            ("decide nothing", decide([Some(&[]), None]), ""),
            ("decide what is not", decide([Some(&[3]), None]), ""),
        ] {
            let mut table = table();
            let start = table.clone();
            let is_done = table.apply(&operation);
            let expected = match expected {
                "" => shown(&start),
                expected => expected.to_owned(),
            };
            assert_eq!(shown(&table), expected, "{name}");
            assert_eq!(is_done, shown(&start) != expected, "{name}");
            assert_eq!(table.undo(), is_done, "{name}");
            assert_eq!(table.rows(), start.rows(), "{name}");
        }
    }

    #[test]
    fn what_is_missing_gets_rows() {
        let table = Table::new(&[2, 1], [vec![vec![1, 1, 5]], vec![vec![1], vec![0]]]);
        assert_eq!(shown(&table), "1| |0 0|");
        assert_eq!(shown(&Table::in_step(&[2, 0, 1])), "0||0 1||");
    }

    fn operation() -> impl Strategy<Value = Operation> {
        let (version, row, segment) = (0..4_usize, 0..12_usize, 0..9_usize);
        let to = prop_oneof![Just(Direction::Up), Just(Direction::Down)];
        let end = prop_oneof![Just(End::First), Just(End::Last)];
        let list = proptest::collection::vec(0..9_usize, 0..3);
        let lists = proptest::collection::vec(proptest::option::of(list), 3);
        prop_oneof![
            (version.clone(), row.clone(), end, to.clone()).prop_map(|(version, row, end, to)| {
                Operation::Move {
                    version,
                    row,
                    end,
                    to,
                }
            }),
            (version.clone(), row.clone(), to).prop_map(|(version, row, to)| Operation::Shift {
                version,
                row,
                to
            }),
            row.clone().prop_map(|row| Operation::Merge { row }),
            row.clone().prop_map(|row| Operation::Insert { row }),
            (version.clone(), segment.clone(), row.clone()).prop_map(|(version, segment, row)| {
                Operation::Send {
                    version,
                    segment,
                    row,
                }
            }),
            (version, segment).prop_map(|(version, segment)| Operation::Alone { version, segment }),
            (row.clone(), any::<bool>())
                .prop_map(|(row, confirmed)| Operation::Confirm { row, confirmed }),
            row.clone().prop_map(|row| Operation::ConfirmAbove { row }),
            (row, "[a-c]{0,2}").prop_map(|(row, text)| Operation::Comment { row, text }),
            (lists, "[a-c]{0,2}")
                .prop_map(|(segments, comment)| Operation::Decide { segments, comment }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]

        #[test]
        fn every_segment_stands_in_one_row(
            sizes in proptest::collection::vec(0..9_usize, 3),
            operations in proptest::collection::vec(operation(), 1000),
        ) {
            let mut table = Table::in_step(&sizes);
            let start = table.rows().to_vec();
            for operation in &operations {
                let before = table.rows().to_vec();
                let is_done = table.apply(operation);
                prop_assert_eq!(is_done, table.rows() != before, "{:?}", operation);
                for (version, &size) in sizes.iter().enumerate() {
                    let rows = table.rows().iter();
                    let mut found: Vec<usize> =
                        rows.flat_map(|row| row.segments[version].clone()).collect();
                    let rising = table.rows().iter().all(|row| row.segments[version].is_sorted());
                    found.sort_unstable();
                    prop_assert!(rising && found.into_iter().eq(0..size), "{:?}", operation);
                }
            }
            let end = table.rows().to_vec();
            while table.undo() {}
            prop_assert_eq!(table.rows(), &start[..]);
            while table.redo() {}
            prop_assert_eq!(table.rows(), &end[..]);
        }
    }
}
