//! Which cells of a lattice are looked at: those near a chain of anchors.
//!
//! Anchors are pairs of a row and a column that are likely to be linked. The heaviest chain of
//! anchors that rise in both is found in O(k log m) for k anchors and m columns (a longest
//! increasing subsequence with weights, over a Fenwick tree of maxima); between two anchors of
//! the chain, the band holds the whole rectangle, and around it a margin. A small lattice is
//! looked at as a whole.

use std::ops::Range;

/// Lattices of so many cells are looked at as a whole: all articles of usual length.
const SMALL: usize = 1 << 18;

/// Columns of a row at the most, on average, where not all cells are looked at.
const MAX_WIDTH: usize = 256;

/// A row and a column that are likely to be linked, and how likely: higher is better.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Anchor {
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) log_odds: f32,
}

/// For each row of cells `0..=n` a range of columns out of `0..=m`. It holds the cells (0, 0) and
/// (n, m), bounds do not fall, and neighbouring rows overlap, so that a path leads through whatever is
/// left alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Band {
    width: usize,
    columns: Vec<Range<usize>>,
    /// Cells in the rows before each, and at the end all.
    starts: Vec<usize>,
    /// Per row, whether there is more of it that nothing speaks against: what would be too much to look
    /// at is cut off. Nothing where no row is.
    cut: Vec<bool>,
}

impl Band {
    /// All cells.
    #[cfg(test)]
    pub(crate) fn full(rows: usize, columns: usize) -> Self {
        Self::of(columns, vec![0..columns + 1; rows + 1])
    }

    /// The cells at most `reach` columns away from the rectangles between the anchors of a chain. Where the
    /// rectangles hold too many cells, those near their diagonals.
    pub(crate) fn along(chain: &[Anchor], rows: usize, columns: usize, reach: usize) -> Self {
        let max_cells = SMALL.max((rows + 1).saturating_mul(MAX_WIDTH));
        Self::within(max_cells, chain, rows, columns, |_| reach)
    }

    /// The cells near the rectangles between the anchors of a chain, so many at the most, about; `reach` is
    /// how many columns away from them those of a row may be.
    pub(crate) fn near(
        chain: &[Anchor],
        rows: usize,
        columns: usize,
        reach: impl Fn(usize) -> usize,
        max_cells: usize,
    ) -> Self {
        Self::within(max_cells, chain, rows, columns, reach)
    }

    /// The cells that links stand in, given the first and the last column that each row is linked to, and
    /// those that a path needs to lead from one to the next.
    pub(crate) fn around(
        links: impl DoubleEndedIterator<Item = Option<(usize, usize)>> + Clone,
        columns: usize,
    ) -> Self {
        // A row of links leads from the cells of its number to those of the next.
        let mut ends = vec![0];
        for link in links.clone() {
            let above = ends[ends.len() - 1];
            ends.push(above.max(link.map_or(0, |(_, last)| last + 1)));
        }
        let rows = ends.len() - 1;
        let mut starts = vec![columns];
        for link in links.rev() {
            let below = starts[starts.len() - 1];
            starts.push(below.min(link.map_or(columns, |(first, _)| first)));
        }
        starts.reverse();
        let ranges = (0..=rows).map(|i| {
            // What the rows above are linked to is passed before, what those below are linked to after.
            let (start, end) = match i {
                0 => (0, ends[1.min(rows)]),
                _ => (starts[i - 1], ends[(i + 1).min(rows)]),
            };
            let end = if i == rows { columns } else { end };
            start.min(ends[i])..end + 1
        });
        Self::of(columns, ranges.collect())
    }

    /// All cells where they are few; else those near the diagonals between the anchors of a chain, so many
    /// a row.
    pub(crate) fn narrow(chain: &[Anchor], rows: usize, columns: usize, width: usize) -> Self {
        match is_small(rows, columns) {
            true => Self::within(SMALL, chain, rows, columns, |_| columns),
            false => Self::within((rows + 1) * width, chain, rows, columns, |_| width / 2),
        }
    }

    fn within(
        max_cells: usize,
        chain: &[Anchor],
        rows: usize,
        columns: usize,
        reach: impl Fn(usize) -> usize,
    ) -> Self {
        let widest = (max_cells / (rows + 1)).max(16);
        let corners = chain.iter().map(|a| (a.row, a.column));
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(rows + 1);
        let mut cut = Vec::new();
        let (mut top, mut left) = (0usize, 0usize);
        for (bottom, right) in corners.chain([(rows, columns)]) {
            for row in ranges.len()..=bottom {
                let reach = reach(row);
                let mut range = left.saturating_sub(reach)..(right + reach).min(columns) + 1;
                if range.len() > widest {
                    cut.resize(rows + 1, false);
                    cut[row] = true;
                    let middle = left + (right - left) * (row - top) / (bottom - top).max(1);
                    range.start = range.start.max(middle.saturating_sub(widest / 2));
                    range.end = range.end.min(middle + widest / 2 + 1);
                }
                // Whatever the anchors say, a row left alone leads down from the one above.
                let above = ranges.last().cloned().unwrap_or(0..1);
                range.start = range.start.clamp(above.start, above.end - 1);
                range.end = range.end.max(above.end);
                ranges.push(range);
            }
            (top, left) = (bottom, right);
        }
        if let Some(last) = ranges.last_mut() {
            last.end = columns + 1;
        }
        Self::of(columns, ranges).with_cut(cut)
    }

    /// The rows of another band where `is_wider` says so, and else those of this one.
    pub(crate) fn widened(&self, other: &Self, is_wider: impl Fn(usize) -> bool) -> Self {
        let mut above = 0..1;
        let ranges = (0..=self.rows()).map(|i| {
            let wider = if is_wider(i) { other } else { self };
            let range = wider.columns(i);
            above = range.start.clamp(above.start, above.end - 1)..range.end.max(above.end);
            above.clone()
        });
        let band = Self::of(self.width, ranges.collect());
        let cut = match self.cut.is_empty() && other.cut.is_empty() {
            true => Vec::new(),
            false => (0..=self.rows())
                .map(|i| self.is_cut(i) || other.is_cut(i))
                .collect(),
        };
        band.with_cut(cut)
    }

    /// Some columns of each row.
    pub(crate) fn of(width: usize, columns: Vec<Range<usize>>) -> Self {
        let mut starts = Vec::with_capacity(columns.len() + 1);
        starts.push(0);
        let mut cells = 0;
        for range in &columns {
            cells += range.len();
            starts.push(cells);
        }
        Self {
            width,
            columns,
            starts,
            cut: Vec::new(),
        }
    }

    /// The same with these rows [cut](Self::is_cut).
    pub(crate) fn with_cut(self, cut: Vec<bool>) -> Self {
        Self { cut, ..self }
    }

    /// Which rows are [cut](Self::is_cut); none where no row is.
    pub(crate) fn cut(&self) -> &[bool] {
        &self.cut
    }

    /// Whether there is more of row `i` that nothing speaks against, and that is cut off for it is too much.
    pub(crate) fn is_cut(&self, i: usize) -> bool {
        self.cut.get(i).copied().unwrap_or(false)
    }

    /// n: rows that a path covers.
    pub(crate) fn rows(&self) -> usize {
        self.columns.len() - 1
    }

    /// m: columns that a path covers.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many cells the band has.
    pub(crate) fn cells(&self) -> usize {
        self.starts[self.columns.len()]
    }

    /// How many rows and columns meet in the band.
    pub(crate) fn meetings(&self) -> usize {
        (0..self.rows()).map(|i| self.met(i).len()).sum()
    }

    /// The columns that row `i` meets in the band: a cell behind the last one is a place, and no column.
    pub(crate) fn met(&self, i: usize) -> Range<usize> {
        let columns = self.columns(i);
        let end = columns.end.min(self.width);
        columns.start.min(end)..end
    }

    /// Columns of the cells of row `i`; none below the last row.
    pub(crate) fn columns(&self, i: usize) -> Range<usize> {
        self.columns.get(i).cloned().unwrap_or_default()
    }

    /// Which number among all cells (i, 0) would have, wrapped around: with j more, it is that of (i, j).
    pub(crate) fn origin(&self, i: usize) -> usize {
        let start = self.starts.get(i).copied().unwrap_or_default();
        start.wrapping_sub(self.columns(i).start)
    }

    /// Columns that beads over row `i` can cover, with at most `run` rows each.
    pub(crate) fn reachable(&self, i: usize, run: usize) -> Range<usize> {
        let first = &self.columns[(i + 1).saturating_sub(run)];
        let last = &self.columns[(i + run).min(self.rows())];
        first.start..last.end.min(self.width)
    }

    /// Where the cells of row `i` are among all.
    pub(crate) fn place(&self, i: usize) -> Range<usize> {
        self.starts[i]..self.starts[i + 1]
    }

    /// Columns that beads over row `i` can cover, of at most `most` rows and columns together.
    pub(crate) fn covered(&self, i: usize, most: usize) -> Range<usize> {
        let row = |i: usize| &self.columns[i.min(self.rows())];
        let starts = (0..most - 1).filter_map(|above| {
            let start = self.columns.get(i.checked_sub(above)?)?.start;
            Some(start.max((row(i + 1).start + above).saturating_sub(most - 1)))
        });
        let ends =
            (1..most).map(|below| (row(i + below).end - 1).min(row(i).end - 1 + most - below));
        let start = starts.min().unwrap_or(0);
        start..ends.max().unwrap_or(0).min(self.width).max(start)
    }

    /// Number of the cell (i, j) among all, if it lies in the band; that of (0, 0) is 0.
    pub(crate) fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let columns = self.columns.get(i)?;
        columns
            .contains(&j)
            .then(|| self.starts[i] + j - columns.start)
    }

    /// Whether (i, j) is the cell behind the last row and column.
    pub(crate) fn is_end(&self, i: usize, j: usize) -> bool {
        (i, j) == (self.rows(), self.width)
    }

    /// Whether (i, j) lies at the edge of the band and not of the lattice: a path through it
    /// might be better outside.
    pub(crate) fn is_edge(&self, i: usize, j: usize) -> bool {
        let columns = &self.columns[i];
        j == columns.start && j > 0 || j + 1 == columns.end && j < self.width
    }
}

/// Whether a lattice is looked at as a whole.
pub(crate) const fn is_small(rows: usize, columns: usize) -> bool {
    (rows + 1).saturating_mul(columns + 1) <= SMALL
}

/// The heaviest chain of anchors that rise in rows and columns; anchors in any order.
pub(crate) fn chain(mut anchors: Vec<Anchor>, columns: usize) -> Vec<Anchor> {
    anchors.sort_unstable_by_key(|a| (a.row, std::cmp::Reverse(a.column)));
    // Per anchor: weight of the heaviest chain that ends with it, and the anchor before it.
    let mut ends: Vec<(f32, Option<usize>)> = Vec::with_capacity(anchors.len());
    // Fenwick tree over columns: the anchor that ends the heaviest chain up to each.
    let mut tree: Vec<Option<usize>> = vec![None; columns + 1];
    for (index, anchor) in anchors.iter().enumerate() {
        let mut before: Option<usize> = None;
        let mut at = anchor.column;
        while at > 0 {
            before = heavier(&ends, before, tree[at]);
            at &= at - 1;
        }
        let weight = before.map_or(0.0, |b| ends[b].0) + anchor.log_odds;
        ends.push((weight, before));
        let mut at = anchor.column + 1;
        while at <= columns {
            tree[at] = heavier(&ends, tree[at], Some(index));
            at += at & at.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut next = (0..ends.len()).fold(None, |best, index| heavier(&ends, best, Some(index)));
    while let Some(index) = next {
        chain.push(anchors[index]);
        next = ends[index].1;
    }
    chain.reverse();
    chain
}

/// The one of two chains that weighs more, the first among equals.
fn heavier(ends: &[(f32, Option<usize>)], x: Option<usize>, y: Option<usize>) -> Option<usize> {
    match (x, y) {
        (Some(a), Some(b)) if ends[b].0 > ends[a].0 => y,
        (Some(_), _) => x,
        (None, _) => y,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(row: usize, column: usize, log_odds: f32) -> Anchor {
        Anchor {
            row,
            column,
            log_odds,
        }
    }

    #[test]
    fn heaviest_chain() {
        for (name, anchors, expected) in [
            ("none", vec![], vec![]),
            (
                "rising",
                vec![(0, 0, 1.0), (2, 1, 1.0)],
                vec![(0, 0), (2, 1)],
            ),
            (
                "crossing",
                vec![(0, 3, 1.0), (1, 1, 1.5), (2, 2, 1.0)],
                vec![(1, 1), (2, 2)],
            ),
            ("one row", vec![(0, 0, 1.0), (0, 1, 2.0)], vec![(0, 1)]),
            ("one column", vec![(0, 2, 1.0), (1, 2, 2.0)], vec![(1, 2)]),
            (
                "heavy",
                vec![(0, 3, 9.0), (1, 1, 1.5), (2, 2, 1.0)],
                vec![(0, 3)],
            ),
        ] {
            let anchors = anchors
                .into_iter()
                .map(|(r, c, w)| anchor(r, c, w))
                .collect();
            let found: Vec<_> = (chain(anchors, 4).iter())
                .map(|a| (a.row, a.column))
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    /// Whether what is left alone leads from the first cell to the last.
    fn leads_through(band: &Band) -> bool {
        let mut reached = vec![false; band.cells()];
        for i in 0..=band.rows() {
            for j in band.columns(i) {
                let Some(cell) = band.cell(i, j) else {
                    return false;
                };
                let from = |di: usize, dj: usize| {
                    let (i, j) = (i.checked_sub(di)?, j.checked_sub(dj)?);
                    Some(reached[band.cell(i, j)?])
                };
                reached[cell] = (i, j) == (0, 0)
                    || [(1, 0), (0, 1)]
                        .into_iter()
                        .any(|(di, dj)| from(di, dj) == Some(true));
            }
        }
        reached.last() == Some(&true) && band.cell(band.rows(), band.width()).is_some()
    }

    #[test]
    fn a_path_leads_through_every_band() {
        for (rows, columns) in [
            (0, 0),
            (0, 5),
            (5, 0),
            (3, 9000),
            (9000, 3),
            (90, 120),
            (600, 600),
        ] {
            for corners in [
                vec![],
                vec![(rows / 2, columns / 3)],
                vec![(0, columns / 2), (rows / 3, columns * 2 / 3)],
            ] {
                let chain: Vec<_> = (corners.into_iter())
                    .filter(|&(r, c)| r < rows && c < columns)
                    .map(|(r, c)| anchor(r, c, 1.0))
                    .collect();
                for max_cells in [1, 10_000, usize::MAX] {
                    let band = Band::within(max_cells, &chain, rows, columns, |_| 20);
                    let case =
                        format!("{rows} rows, {columns} columns, {max_cells} cells, {chain:?}");
                    assert!(leads_through(&band), "{case}");
                    let wider = Band::within(max_cells, &chain, rows, columns, |_| 200);
                    let band = band.widened(&wider, |row| row % 32 < 5);
                    assert!(leads_through(&band), "{case}, widened");
                }
            }
        }
    }
}
