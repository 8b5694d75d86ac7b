//! The best monotone path through the lattice of two sequences: a dynamic programme over index
//! ranges and a score function, without any notion of text.
//!
//! A path covers rows `0..n` and columns `0..m` with beads of the [`SHAPES`], each a run of rows
//! and a run of columns. With `w(I, J)` the score of a bead, `B[i][j]` is the score of the best
//! path over rows `i..n` and columns `j..m`, and `F[i][j]` that over rows `0..i` and columns
//! `0..j` (Gale and Church 1993, section 3.3):
//!
//! ```text
//! B[n][m] = 0    B[i][j] = max over (r, c) in SHAPES of w(i..i+r, j..j+c) + B[i+r][j+c]
//! F[0][0] = 0    F[i][j] = max over (r, c) in SHAPES of F[i-r][j-c] + w(i-r..i, j-c..j)
//! ```
//!
//! The margin of a bead on the best path is how much worse the best path without it is. Every
//! path covers a row by exactly one bead, so that path is the best of `F + w + B` over all other
//! beads that cover the same row. Only cells with `F + B` less than [`MAX_MARGIN`] below the
//! best path can matter to it.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells. Ties go to
//! the shape that stands first in [`SHAPES`].

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

/// Rows that a bead may join at the most.
const MAX_ROWS: usize = 4;

/// Margins are not told apart above this, in nats: odds of one to a hundred million.
pub(crate) const MAX_MARGIN: f32 = 18.0;

/// Less than the score of any path: that of a bead that must not be.
pub(crate) const NEVER: f32 = -1e6;

/// A bead of the best path.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Step {
    /// Rows of the bead; empty where a column stands alone.
    pub(crate) rows: Range<usize>,
    /// Columns of the bead; empty where a row stands alone.
    pub(crate) columns: Range<usize>,
    /// How much worse the best path without this bead is, 0 to [`MAX_MARGIN`].
    pub(crate) margin: f32,
}

impl Step {
    fn covers(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        // A row left alone is the same bead at whatever column it is left out.
        self.rows == *rows
            && (self.columns == *columns || self.columns.is_empty() && columns.is_empty())
            || self.rows.is_empty() && rows.is_empty() && self.columns == *columns
    }
}

/// The best path over all rows and columns of the band; `score` gives the score of a bead.
pub(crate) fn best_path<S>(band: &Band, mut score: S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let backward = backward(band, &mut score);
    let mut path = walk(band, &backward, &mut score);
    margins(band, &backward, &mut path, &mut score);
    path
}

/// The beads that may begin at a cell: rows, columns and the cell behind them.
fn beads_from(
    band: &Band,
    i: usize,
    j: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>, usize)> {
    SHAPES.into_iter().filter_map(move |(rows, columns)| {
        let end = band.cell(i + rows, j + columns)?;
        Some((i..i + rows, j..j + columns, end))
    })
}

/// B for every cell of the band.
fn backward<S>(band: &Band, score: &mut S) -> Vec<f32>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let mut best = vec![f32::NEG_INFINITY; band.cells()];
    for i in (0..=band.rows()).rev() {
        for j in band.columns(i).rev() {
            let Some(cell) = band.cell(i, j) else {
                continue;
            };
            best[cell] = beads_from(band, i, j)
                .map(|(rows, columns, end)| score(rows, columns) + best[end])
                .fold(f32::NEG_INFINITY, f32::max);
            if band.is_end(i, j) {
                best[cell] = 0.0;
            }
        }
    }
    best
}

/// The beads of the best path, margins still open.
fn walk<S>(band: &Band, backward: &[f32], score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let mut path = Vec::new();
    let (mut i, mut j) = (0, 0);
    while !band.is_end(i, j) {
        let mut best: Option<(f32, Step)> = None;
        for (rows, columns, end) in beads_from(band, i, j) {
            let total = score(rows.clone(), columns.clone()) + backward[end];
            if best.as_ref().is_none_or(|(most, _)| total > *most) {
                let margin = MAX_MARGIN;
                best = Some((
                    total,
                    Step {
                        rows,
                        columns,
                        margin,
                    },
                ));
            }
        }
        let Some((_, step)) = best else { break };
        (i, j) = (step.rows.end.max(i), step.columns.end.max(j));
        path.push(step);
    }
    path
}

/// Fills in the margins of the best path.
fn margins<S>(band: &Band, backward: &[f32], path: &mut [Step], score: &mut S)
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let (Some(best), false) = (backward.first(), path.is_empty()) else {
        return;
    };
    let least = best - MAX_MARGIN;
    let mut step_of_row = vec![0; band.rows()];
    let mut step_of_column = vec![0; band.width()];
    for (s, step) in path.iter().enumerate() {
        step.rows.clone().for_each(|row| step_of_row[row] = s);
        step.columns
            .clone()
            .for_each(|column| step_of_column[column] = s);
    }
    let mut forward = vec![vec![f32::NEG_INFINITY; band.width() + 1]; MAX_ROWS + 1];
    forward[0][0] = 0.0;
    for i in 0..=band.rows() {
        for j in band.columns(i) {
            let before = forward[i % (MAX_ROWS + 1)][j];
            let Some(cell) = band.cell(i, j) else {
                continue;
            };
            if before + backward[cell] < least {
                continue;
            }
            for (rows, columns, end) in beads_from(band, i, j) {
                let here = before + score(rows.clone(), columns.clone());
                let there = &mut forward[(i + rows.len()) % (MAX_ROWS + 1)][j + columns.len()];
                *there = there.max(here);
                let margin = (best - here - backward[end]).max(0.0);
                let crossed = (rows.clone().map(|row| step_of_row[row]))
                    .chain(columns.clone().map(|column| step_of_column[column]));
                for s in crossed {
                    if !path[s].covers(&rows, &columns) {
                        path[s].margin = path[s].margin.min(margin);
                    }
                }
            }
        }
        forward[i % (MAX_ROWS + 1)][band.columns(i)].fill(f32::NEG_INFINITY);
    }
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
                let found = best_path(&Band::full(n, m), score);
                let beads: Vec<_> = (found.iter())
                    .map(|s| (s.rows.clone(), s.columns.clone()))
                    .collect();
                let case = format!("{n} rows, {m} columns, seed {seed}");
                assert!((total(&beads) - best).abs() < 1e-4, "{case}: {beads:?}");
                for step in &found {
                    let without = (paths.iter())
                        .filter(|p| !p.iter().any(|(r, c)| step.covers(r, c)))
                        .map(|p| total(p))
                        .fold(f32::NEG_INFINITY, f32::max);
                    let margin = (best - without).min(MAX_MARGIN);
                    assert!(
                        (step.margin - margin).abs() < 1e-3,
                        "{case}: {step:?}, not {margin}"
                    );
                }
            }
        }
    }

    #[test]
    fn ties_go_to_the_first_shape() {
        let path = best_path(&Band::full(2, 2), |_, _| 0.0);
        let beads: Vec<_> = path.into_iter().map(|s| (s.rows, s.columns)).collect();
        assert_eq!(beads, [(0..1, 0..1), (1..2, 1..2)]);
    }
}
