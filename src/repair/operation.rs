//! [`Operation`]: what a person does to an alignment as rows.

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

/// What a person does to a [`Table`](super::Table). Rows, versions and segments are counted from 0.
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
