//! The best monotone path through the lattice of two sequences: a dynamic programme over index
//! ranges and a score function, without any notion of text.
//!
//! A path covers rows `0..n` and columns `0..m` with beads of the [`SHAPES`], each a run of rows
//! and a run of columns. With `w(I, J)` the score of a bead, `B[i][j]` is the score of the best
//! path over rows `i..n` and columns `j..m` (Gale and Church 1993, section 3.3):
//!
//! ```text
//! B[n][m] = 0    B[i][j] = max over (r, c) in SHAPES of w(i..i+r, j..j+c) + B[i+r][j+c]
//! ```
//!
//! Of a cell it is remembered which shape is the best, so space is a byte for each; B itself is kept of a
//! few rows only. Time is that of the cells of the band times the shapes. Ties go to the shape that stands
//! first in [`SHAPES`].

use std::ops::Range;

use super::band::Band;

/// Numbers of rows and columns that a bead may join, preferred first.
pub(crate) const SHAPES: [(usize, usize); 12] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (2, 3),
    (3, 2),
    (1, 4),
    (4, 1),
    (1, 0),
    (0, 1),
];

/// The shapes of beads that join nothing beyond one row and one column, preferred first.
const SINGLE: [(usize, usize); 3] = [(1, 1), (1, 0), (0, 1)];

/// The shapes of beads that link something.
pub(crate) const LINKING: [(usize, usize); 10] = *SHAPES.first_chunk().unwrap();

/// Rows that a bead may join at the most.
pub(crate) const MAX_ROWS: usize = 4;

/// Less than the score of any path: that of a bead that must not be.
pub(crate) const NEVER: f32 = -1e6;

/// The score of no path at all.
const NOTHING: f32 = f32::NEG_INFINITY;

/// A bead of the best path.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Step {
    /// Rows of the bead; empty where a column stands alone.
    pub(crate) rows: Range<usize>,
    /// Columns of the bead; empty where a row stands alone.
    pub(crate) columns: Range<usize>,
}

impl Step {
    /// Whether it links anything.
    pub(crate) fn links(&self) -> bool {
        !self.rows.is_empty() && !self.columns.is_empty()
    }
}

/// The best path over all rows and columns of the band in beads of some shapes, both single ones among
/// them; `score` gives the score of a bead. It is asked row by row, from the last to the first.
pub(crate) fn best_path<S>(band: &Band, shapes: &[(usize, usize)], score: S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    // Shapes by cell.
    let mut choices = vec![0u8; band.cells()];
    backward(band, shapes, score, |cell, shape| {
        choices[cell] = shape as u8
    });
    steps(band, shapes, &choices)
}

/// The same in single beads: `links` writes the scores of a row and the columns from the first of its cells on,
/// if linked; `alone` is that of each row and column left alone.
pub(crate) fn best_single_path(
    band: &Band,
    links: impl FnMut(usize, &mut Vec<f32>),
    alone: [&[f32]; 2],
) -> Vec<Step> {
    let mut choices = vec![0u8; band.cells()];
    backward_single(band, links, alone, |cell, shape, _| choices[cell] = shape);
    steps(band, &SINGLE, &choices)
}

/// The path by the shape of the best bead that begins in each cell.
fn steps(band: &Band, shapes: &[(usize, usize)], choices: &[u8]) -> Vec<Step> {
    let mut path = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let Some(cell) = band.cell(i, j).filter(|_| !band.is_end(i, j)) {
        let (r, c) = shapes[usize::from(choices[cell])];
        let (rows, columns) = (i..i + r, j..j + c);
        (i, j) = (rows.end, columns.end);
        path.push(Step { rows, columns });
    }
    path
}

/// Finds B row by row, from the last to the first, and calls `found` with each cell but the end and the shape
/// of the best bead that begins there.
fn backward<S>(
    band: &Band,
    shapes: &[(usize, usize)],
    mut score: S,
    mut found: impl FnMut(usize, usize),
) where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    // Of the row and those below it, the first column and B by place.
    let mut rows: [(usize, Vec<f32>); MAX_ROWS + 1] = Default::default();
    for i in (0..=band.rows()).rev() {
        rows.rotate_right(1);
        let [(start, own), below @ ..] = &mut rows;
        let columns = band.columns(i);
        *start = columns.start;
        own.clear();
        own.resize(columns.len(), NOTHING);
        let origin = band.origin(i);
        for (at, j) in columns.enumerate().rev() {
            if band.is_end(i, j) {
                own[at] = 0.0;
                continue;
            }
            let mut most = (NOTHING, 0);
            for (shape, &(r, c)) in shapes.iter().enumerate() {
                let behind = match r {
                    0 => own.get(at + c),
                    _ => {
                        let (start, row) = &below[r - 1];
                        row.get((j + c).wrapping_sub(*start))
                    }
                };
                if let Some(&behind) = behind.filter(|behind| **behind > NOTHING) {
                    let total = score(i..i + r, j..j + c) + behind;
                    if total > most.0 {
                        most = (total, shape);
                    }
                }
            }
            own[at] = most.0;
            found(origin.wrapping_add(j), most.1);
        }
    }
}

/// The same in single beads, a good deal faster; gives B, too. What lies outside of the band counts as
/// [`NOTHING`], so that a row is gone through without a look at where it ends.
fn backward_single(
    band: &Band,
    mut links: impl FnMut(usize, &mut Vec<f32>),
    alone: [&[f32]; 2],
    mut found: impl FnMut(usize, u8, f32),
) {
    // B of a row, of the one below it from the same column on, and what its links are worth.
    let [mut own, mut below, mut scores] = [const { Vec::new() }; 3];
    for i in (0..=band.rows()).rev() {
        let columns = band.columns(i);
        let apart = band.columns(i + 1).start.saturating_sub(columns.start);
        below.clear();
        below.resize(apart, NOTHING);
        below.append(&mut own);
        below.resize(columns.len() + 1, NOTHING);
        scores.clear();
        let row_alone = alone[0].get(i).copied().unwrap_or(NOTHING);
        if row_alone > NOTHING {
            links(i, &mut scores);
        }
        scores.resize(columns.len(), NOTHING);
        let mut column_alone = alone[1][columns.start..columns.end.min(band.width())]
            .iter()
            .rev();
        own.resize(columns.len(), NOTHING);
        let (mut right, mut cell) = (NOTHING, band.place(i).end);
        let cells = own.iter_mut().zip(&scores).zip(below.windows(2));
        for (at, ((own, link), behind)) in cells.enumerate().rev() {
            cell -= 1;
            if columns.start + at == band.width() {
                // At the right edge, rows are left alone; at the end, nothing is left.
                *own = if i == band.rows() {
                    0.0
                } else {
                    row_alone + behind[0]
                };
                right = *own;
                if i < band.rows() {
                    found(cell, 1, right);
                }
                continue;
            }
            let totals = [
                link + behind[1],
                row_alone + behind[0],
                column_alone.next().copied().unwrap_or(NOTHING) + right,
            ];
            let mut best = (NOTHING, 0);
            for (shape, total) in (0..).zip(totals) {
                if total > best.0 {
                    best = (total, shape);
                }
            }
            (*own, right) = (best.0, best.0);
            found(cell, best.1, best.0);
        }
    }
}

/// The cells of a band that lead on paths in single beads that are at most `slack` worse than the best,
/// and those next to the best path; `links` is the score of each cell's row and column if linked, `alone`
/// that of each row and column left alone.
pub(crate) fn near_best(band: &Band, links: &[f32], alone: [&[f32]; 2], slack: f32) -> Band {
    let last = band.rows();
    // The best of what follows each cell.
    let mut after = vec![NOTHING; band.cells()];
    if let Some(end) = after.last_mut() {
        *end = 0.0;
    }
    let row = |i: usize, scores: &mut Vec<f32>| scores.extend_from_slice(&links[band.place(i)]);
    backward_single(band, row, alone, |cell, _, best| after[cell] = best);
    let least = after[0] - slack;
    // The best of what is before each cell of a row, and of the row below.
    let (mut before, mut next) = (vec![NOTHING; band.columns(0).len()], Vec::new());
    before[0] = 0.0;
    let ranges = (0..=last).map(|i| {
        let (columns, below) = (band.columns(i), band.columns(i + 1));
        let origin = band.origin(i);
        next.clear();
        next.resize(below.len(), NOTHING);
        let (mut near, mut best) = (columns.end..columns.start, NOTHING);
        let mut at_best = near.clone();
        for (at, j) in columns.clone().enumerate() {
            let here = before[at];
            let cell = origin.wrapping_add(j);
            let all = here + after[cell];
            if all >= least {
                near = near.start.min(j)..j + 1;
            }
            if all > best {
                (best, at_best) = (all, j..j);
            }
            if all == best {
                at_best.end = j + 1;
            }
            if let Some(right) = before.get_mut(at + 1) {
                *right = right.max(here + alone[1][j]);
            }
            let mut lead = |column: usize, score: f32| {
                if let Some(there) = next.get_mut(column.wrapping_sub(below.start)) {
                    *there = there.max(here + score);
                }
            };
            if i < last {
                lead(j, alone[0][i]);
                lead(j + 1, links[cell]);
            }
        }
        std::mem::swap(&mut before, &mut next);
        let start = near
            .start
            .min(at_best.start.saturating_sub(1))
            .max(columns.start);
        start..near.end.max(at_best.end + 1).min(columns.end)
    });
    let ranges = ranges.collect();
    Band::of(band.width(), ranges).with_cut(band.cut().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All paths over `n` rows and `m` columns from cell (i, j), each as beads.
    fn all_paths(i: usize, j: usize, n: usize, m: usize) -> Vec<Vec<(Range<usize>, Range<usize>)>> {
        if (i, j) == (n, m) {
            return vec![Vec::new()];
        }
        let mut paths = Vec::new();
        for (r, c) in SHAPES {
            if i + r <= n && j + c <= m {
                for mut path in all_paths(i + r, j + c, n, m) {
                    path.insert(0, (i..i + r, j..j + c));
                    paths.push(path);
                }
            }
        }
        paths
    }

    /// A score that has no ties to speak of: a hash of the bead, about -4..4.
    fn hashed(seed: u64) -> impl Fn(Range<usize>, Range<usize>) -> f32 + Copy {
        move |rows, columns| {
            if rows.is_empty() || columns.is_empty() {
                return -0.5;
            }
            let mut h = seed;
            for x in [rows.start, rows.end, columns.start, columns.end] {
                h = (h ^ x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                h ^= h >> 29;
            }
            (h % 8192) as f32 / 1024.0 - 4.0
        }
    }

    #[test]
    fn agrees_with_enumeration_on_all_tiny_inputs() {
        for (n, m) in (0..=4).flat_map(|n| (0..=4).map(move |m| (n, m))) {
            let paths = all_paths(0, 0, n, m);
            for seed in 0..40 {
                let score = hashed(seed);
                let total = |path: &[(Range<usize>, Range<usize>)]| -> f32 {
                    path.iter().map(|(r, c)| score(r.clone(), c.clone())).sum()
                };
                let best = paths
                    .iter()
                    .map(|p| total(p))
                    .fold(f32::NEG_INFINITY, f32::max);
                let found = best_path(&Band::full(n, m), &SHAPES, score);
                let beads: Vec<_> = (found.iter())
                    .map(|s| (s.rows.clone(), s.columns.clone()))
                    .collect();
                let case = format!("{n} rows, {m} columns, seed {seed}");
                assert!((total(&beads) - best).abs() < 1e-4, "{case}: {beads:?}");
            }
        }
    }

    #[test]
    fn ties_go_to_the_first_shape() {
        let path = best_path(&Band::full(2, 2), &SHAPES, |_, _| 0.0);
        let beads: Vec<_> = path.into_iter().map(|s| (s.rows, s.columns)).collect();
        assert_eq!(beads, [(0..1, 0..1), (1..2, 1..2)]);
    }

    #[test]
    fn near_the_best_paths_of_single_sentences() {
        for (n, m) in (0..=4).flat_map(|n| (0..=4).map(move |m| (n, m))) {
            let is_single = |(r, c): &(Range<usize>, Range<usize>)| r.len().max(c.len()) == 1;
            let mut paths = all_paths(0, 0, n, m);
            paths.retain(|path| path.iter().all(is_single));
            for (seed, slack) in (0..20).flat_map(|seed| [0.0, 2.0, 100.0].map(|s| (seed, s))) {
                let band = Band::full(n, m);
                let score = hashed(seed);
                let link = |i: usize, j: usize| match i < n && j < m {
                    true => score(i..i + 1, j..j + 1),
                    false => f32::NAN,
                };
                let links: Vec<f32> = (0..=n)
                    .flat_map(|i| (0..=m).map(move |j| link(i, j)))
                    .collect();
                let alone = [vec![-0.5; n], vec![-0.5; m]];
                let alone = [&alone[0][..], &alone[1]];
                let near = near_best(&band, &links, alone, slack);
                let row = |i: usize, scores: &mut Vec<f32>| {
                    scores.extend_from_slice(&links[i * (m + 1)..][..m]);
                };
                let path = best_single_path(&band, row, alone);
                assert_eq!(
                    path,
                    best_path(&band, &SINGLE, score),
                    "{n} rows, {m} columns"
                );

                let total = |path: &[(Range<usize>, Range<usize>)]| -> f32 {
                    path.iter().map(|(r, c)| score(r.clone(), c.clone())).sum()
                };
                let totals: Vec<f32> = paths.iter().map(|path| total(path)).collect();
                let best = totals.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                for i in 0..=n {
                    let led = |least: f32| -> Vec<usize> {
                        let paths = paths.iter().zip(&totals).filter(|(_, t)| **t >= least);
                        let cells = paths.flat_map(|(path, _)| {
                            let starts = path.iter().map(|(r, c)| (r.start, c.start));
                            starts.chain([(n, m)])
                        });
                        let columns = cells.filter(|cell| cell.0 == i).map(|cell| cell.1);
                        columns.collect()
                    };
                    let ends = |columns: &[usize]| {
                        (
                            *columns.iter().min().unwrap(),
                            *columns.iter().max().unwrap(),
                        )
                    };
                    // Rounding decides what is exactly as good.
                    let (within, at_best) =
                        (ends(&led(best - slack - 1e-3)), ends(&led(best - 1e-3)));
                    let start = within.0.min(at_best.0.saturating_sub(1));
                    let end = within.1.max((at_best.1 + 1).min(m));
                    let case =
                        format!("{n} rows, {m} columns, seed {seed}, slack {slack}, row {i}");
                    assert_eq!(near.columns(i), start..end + 1, "{case}");
                }
            }
        }
    }
}
