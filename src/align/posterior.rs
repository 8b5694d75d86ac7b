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
//! The sums are [`Scaled`], so that no article is too long. What is left alone at one place can be
//! ordered in many ways that all say the same; only one is counted: no row follows a column. So F
//! and B have two states each, the second where the bead before is a column left alone.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells.

use super::band::Band;
use super::lattice::{Bead, MAX_ROWS, SHAPES, beads_from, beads_to};
use super::links::{Link, Links};
use super::scaled::Scaled;

/// Links that are less probable are left out.
const LEAST: f32 = 0.01;

/// Ways whose share among all is below this are left out: e⁻³⁰.
const HOPELESS: f64 = 9.4e-14;

/// Sums over the ways to a cell, or from it.
#[derive(Clone, Copy)]
struct Sums {
    /// Those that may go on with a row alone.
    all: Scaled,
    /// Behind a column that is left alone.
    after_column: Scaled,
}

const NOTHING: Sums = Sums {
    all: Scaled::ZERO,
    after_column: Scaled::ZERO,
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
pub(super) fn posteriors<W>(band: &Band, weight: W) -> (Links, Expected)
where
    W: Fn(&Bead) -> f32,
{
    let weight = |bead: &Bead| Scaled::exp(weight(bead).into());
    let backward = backward(band, weight);
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
                here.all = Scaled::ONE;
            }
            for bead in beads_to(band, &SHAPES, i, j) {
                let shape = SHAPES[bead.shape];
                let before = &forward[bead.start];
                let before = match shape {
                    (1, 0) => before.all,
                    _ => before.all.plus(before.after_column),
                };
                let through = before.times(backward[bead.start].all);
                if through.share_of(total) < HOPELESS {
                    continue;
                }
                let ways = before.times(weight(&bead));
                match shape {
                    (0, 1) => here.after_column = here.after_column.plus(ways),
                    _ => here.all = here.all.plus(ways),
                }
                let Some(extra) = (shape.0 + shape.1).checked_sub(2) else {
                    continue;
                };
                let p = ways.times(backward[cell].all).share_of(total);
                expected.beads += p;
                expected.extra += p * extra as f64;
                for row in bead.rows {
                    open[row % MAX_ROWS][bead.columns.clone()]
                        .iter_mut()
                        .for_each(|sum| *sum += p as f32);
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

/// B for every cell of the band; `after_column` leaves out what begins with a row alone.
fn backward(band: &Band, weight: impl Fn(&Bead) -> Scaled) -> Vec<Sums> {
    let mut sums = vec![NOTHING; band.cells()];
    for i in (0..=band.rows()).rev() {
        for j in band.columns(i).rev() {
            let cell = band.cell(i, j).expect("within the band");
            let (mut rest, mut row) = (Scaled::ZERO, Scaled::ZERO);
            if band.is_end(i, j) {
                rest = Scaled::ONE;
            }
            for bead in beads_from(band, &SHAPES, i, j) {
                let (weight, behind) = (weight(&bead), &sums[bead.end]);
                match SHAPES[bead.shape] {
                    (1, 0) => row = weight.times(behind.all),
                    (0, 1) => rest = rest.plus(weight.times(behind.after_column)),
                    _ => rest = rest.plus(weight.times(behind.all)),
                }
            }
            sums[cell] = Sums {
                all: rest.plus(row),
                after_column: rest,
            };
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

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
                let (found, expected) =
                    posteriors(&Band::full(n, m), |b| hashed(seed, &b.rows, &b.columns));
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
            let (found, _) = posteriors(&band, |bead| match SHAPES[bead.shape] {
                (1, 1) if bead.rows == bead.columns => weight,
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
}
