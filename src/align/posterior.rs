//! Posteriors of links between two sequences: a sum over all paths through their lattice.
//!
//! A path has the weight `exp(Σ w)` over its beads. With `F[i][j]` the sum over all ways to cover rows
//! `0..i` and columns `0..j`, and `B[i][j]` that over rows `i..n` and columns `j..m` (forward and
//! backward: Baum et al. 1970; for alignments Durbin et al. 1998, section 4.4):
//!
//! ```text
//! P(I, J) = F[start] · exp(w(I, J)) · B[end] / B[0][0]    P(i ~ j) = Σ over I ∋ i, J ∋ j
//! ```
//!
//! All sums are logarithms, so that no article is too long. What is left alone at one place can be
//! ordered in many ways that all say the same; only one is counted: no row follows a column. So F
//! and B have two states each, the second where the bead before is a column left alone.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells.

use std::ops::Range;

use super::band::Band;
use super::lattice::{MAX_ROWS, SHAPES, beads_from};
use super::links::{Link, Links};

/// A bead and the logarithm of its weight.
type Weight<'a> = dyn FnMut(Range<usize>, Range<usize>) -> f64 + 'a;

/// Links that are less probable are left out.
const LEAST: f32 = 0.01;

/// Ways whose share among all is below e to the minus this, in nats, are left out.
const HOPELESS: f64 = 30.0;

/// Sums over the ways to a cell, or from it, as logarithms.
#[derive(Clone, Copy)]
struct Sums {
    /// Those that may go on with a row alone.
    all: f64,
    /// Behind a column that is left alone.
    after_column: f64,
}

const NOTHING: Sums = Sums {
    all: f64::NEG_INFINITY,
    after_column: f64::NEG_INFINITY,
};

/// How many beads of which size to expect on a path.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Expected {
    /// Beads that link something.
    pub(super) beads: f64,
    /// Rows and columns of such beads beyond one and one.
    pub(super) extra: f64,
}

/// The links of each row with their posteriors, those below [`LEAST`] left out, and what to expect of
/// a path; `weight` is the logarithm of the weight of a bead.
pub(super) fn posteriors<W>(band: &Band, mut weight: W) -> (Links, Expected)
where
    W: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let mut weight = |rows, columns| f64::from(weight(rows, columns));
    let backward = backward(band, &mut weight);
    let total = backward[0].all;
    let mut forward = vec![NOTHING; band.cells()];
    let mut links = Links::new(band.rows());
    let mut expected = Expected::default();
    // P of the rows that beads may still cover, by column.
    let mut open = vec![vec![0.0; band.width()]; MAX_ROWS];
    for i in 0..=band.rows() {
        for j in band.columns(i) {
            let cell = band.cell(i, j).expect("within the band");
            let mut here = NOTHING;
            if (i, j) == (0, 0) {
                here.all = 0.0;
            }
            for (rows, columns, start) in beads_to(band, i, j) {
                let before = match (rows.len(), columns.len()) {
                    (1, 0) => forward[start].all,
                    _ => ln_sum(forward[start].all, forward[start].after_column),
                };
                if before + backward[start].all < total - HOPELESS {
                    continue;
                }
                let ways = before + weight(rows.clone(), columns.clone());
                match (rows.len(), columns.len()) {
                    (0, 1) => here.after_column = ln_sum(here.after_column, ways),
                    _ => here.all = ln_sum(here.all, ways),
                }
                let p = (ways + backward[cell].all - total).exp();
                if let Some(extra) = (rows.len() + columns.len()).checked_sub(2) {
                    expected.beads += p;
                    expected.extra += p * extra as f64;
                }
                let p = p as f32;
                for row in rows {
                    open[row % MAX_ROWS][columns.clone()]
                        .iter_mut()
                        .for_each(|sum| *sum += p);
                }
            }
            forward[cell] = here;
        }
        // No bead from below row i reaches up further.
        let done = match i == band.rows() {
            true => (i + 1).saturating_sub(MAX_ROWS)..i,
            false => 0..0,
        };
        for row in i.checked_sub(MAX_ROWS).into_iter().chain(done) {
            for column in band.reachable(row, MAX_ROWS) {
                let p = std::mem::take(&mut open[row % MAX_ROWS][column]);
                if p >= LEAST {
                    let (p, moved) = (p.min(1.0), false);
                    let link = Link {
                        to: column,
                        p,
                        moved,
                    };
                    links.add(row, link);
                }
            }
        }
    }
    (links, expected)
}

/// The beads that may end at a cell: rows, columns and the cell before them.
fn beads_to(
    band: &Band,
    i: usize,
    j: usize,
) -> impl Iterator<Item = (Range<usize>, Range<usize>, usize)> {
    SHAPES.into_iter().filter_map(move |(rows, columns)| {
        let (top, left) = (i.checked_sub(rows)?, j.checked_sub(columns)?);
        Some((top..i, left..j, band.cell(top, left)?))
    })
}

/// B for every cell of the band; `after_column` leaves out what begins with a row alone.
fn backward(band: &Band, weight: &mut Weight<'_>) -> Vec<Sums> {
    let mut sums = vec![NOTHING; band.cells()];
    for i in (0..=band.rows()).rev() {
        for j in band.columns(i).rev() {
            let cell = band.cell(i, j).expect("within the band");
            let (mut rest, mut row) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
            if band.is_end(i, j) {
                rest = 0.0;
            }
            for (rows, columns, end) in beads_from(band, i, j) {
                let shape = (rows.len(), columns.len());
                let ways = weight(rows, columns);
                match shape {
                    (1, 0) => row = ways + sums[end].all,
                    (0, 1) => rest = ln_sum(rest, ways + sums[end].after_column),
                    _ => rest = ln_sum(rest, ways + sums[end].all),
                }
            }
            sums[cell] = Sums {
                all: ln_sum(rest, row),
                after_column: rest,
            };
        }
    }
    sums
}

/// ln(eˣ + eʸ)
fn ln_sum(x: f64, y: f64) -> f64 {
    let (most, least) = if x > y { (x, y) } else { (y, x) };
    if least == f64::NEG_INFINITY {
        return most;
    }
    let apart = least - most;
    if apart < -40.0 {
        most
    } else {
        most + apart.exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path: its beads.
    type Path = Vec<(Range<usize>, Range<usize>)>;

    /// All paths over `n` rows and `m` columns from cell (i, j) in which no row alone follows a
    /// column alone.
    fn all_paths(i: usize, j: usize, n: usize, m: usize, after_column: bool) -> Vec<Path> {
        if (i, j) == (n, m) {
            return vec![Vec::new()];
        }
        let mut paths = Vec::new();
        for (r, c) in SHAPES {
            if i + r <= n && j + c <= m && !(after_column && (r, c) == (1, 0)) {
                for mut path in all_paths(i + r, j + c, n, m, (r, c) == (0, 1)) {
                    path.insert(0, (i..i + r, j..j + c));
                    paths.push(path);
                }
            }
        }
        paths
    }

    /// A weight of a bead: a hash, about -2..2.
    fn hashed(seed: u64, rows: &Range<usize>, columns: &Range<usize>) -> f32 {
        if rows.is_empty() || columns.is_empty() {
            return -0.5;
        }
        let key = [rows.start, rows.end, columns.start, columns.end];
        let hash = key.into_iter().fold(seed, |h, x| {
            let h = (h ^ x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            h ^ h >> 29
        });
        (hash % 4096) as f32 / 1024.0 - 2.0
    }

    #[test]
    fn agree_with_enumeration_on_all_tiny_inputs() {
        for (n, m) in (0..=4).flat_map(|n| (0..=4).map(move |m| (n, m))) {
            let paths = all_paths(0, 0, n, m, false);
            for seed in 0..40 {
                let weight = |path: &Path| {
                    let beads = path.iter().map(|(r, c)| f64::from(hashed(seed, r, c)));
                    beads.sum::<f64>().exp()
                };
                let total: f64 = paths.iter().map(weight).sum();
                let (found, expected) = posteriors(&Band::full(n, m), |r, c| hashed(seed, &r, &c));
                let beads = |path: &Path, of: fn(usize) -> usize| -> usize {
                    let sizes = path.iter().map(|(r, c)| r.len() + c.len());
                    sizes.filter(|&size| size > 1).map(of).sum()
                };
                for (name, of, found) in [
                    ("beads", (|_| 1) as fn(usize) -> usize, expected.beads),
                    ("extra", |size| size - 2, expected.extra),
                ] {
                    let sum = |path: &Path| weight(path) * beads(path, of) as f64;
                    let expected = paths.iter().map(sum).sum::<f64>() / total;
                    assert!(
                        (found - expected).abs() < 1e-5,
                        "{name}: {found}, not {expected}"
                    );
                }
                for (i, j) in (0..n).flat_map(|i| (0..m).map(move |j| (i, j))) {
                    let links =
                        |path: &&Path| path.iter().any(|(r, c)| r.contains(&i) && c.contains(&j));
                    let p = paths.iter().filter(links).map(weight).sum::<f64>() / total;
                    let p = if p < f64::from(LEAST) { 0.0 } else { p };
                    let found = f64::from(found.p(i, j));
                    // At the threshold, rounding decides.
                    let close = (found - p).abs() < 1e-5 || (found.max(p) - 0.01).abs() < 1e-5;
                    assert!(
                        close,
                        "{n} rows, {m} columns, seed {seed}: {i} ~ {j} {found}, not {p}"
                    );
                }
            }
        }
    }

    #[test]
    fn long_texts_do_not_overflow() {
        let band = Band::near(&[], 4000, 4000, 3);
        for weight in [-40.0, 40.0] {
            let (found, _) = posteriors(&band, |r, c| match (r.len(), c.len()) {
                (1, 1) if r == c => weight,
                (0, _) | (_, 0) => -1.0,
                _ => weight - 20.0,
            });
            let p = [0, 2000, 3999].map(|i| found.p(i, i));
            match weight > 0.0 {
                true => assert!(p.iter().all(|p| *p > 0.999), "{p:?}"),
                false => assert_eq!(p, [0.0; 3]),
            }
        }
    }

    #[test]
    fn sums_of_logarithms() {
        let none = f64::NEG_INFINITY;
        for (x, y, expected) in [
            (0.0, 0.0, 2.0_f64.ln()),
            (1.0, 3.0, 4.0_f64.ln()),
            (none, 2.0, 2.0),
            (2.0, none, 2.0),
            (none, none, none),
            (0.0, 800.0, 800.0),
        ] {
            let (a, b) = match (x, y) {
                (1.0, 3.0) => (0.0, 3.0_f64.ln()),
                other => other,
            };
            let found = ln_sum(a, b);
            assert!(
                found == expected || (found - expected).abs() < 1e-12,
                "{x} {y}: {found}"
            );
        }
    }
}
