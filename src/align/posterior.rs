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
//! What stands alone stands in blocks, an advertisement of three sentences, a missing section: the
//! first row or column of a block that stands alone has another weight than those that go on with it
//! (affine gaps: Gotoh 1982). What is left alone at one place can be ordered in many ways that all say
//! the same; only one is counted: no row follows a column. So F and B have a state each for what the bead
//! before is: one that links, a row alone, a column alone.
//!
//! The sums are [`Scaled`], so that no article is too long.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells.

use super::band::Band;
use super::lattice::{Bead, MAX_ROWS, SHAPES, beads_from, beads_to};
use super::links::{Link, Links};
use super::scaled::Scaled;

/// Links that are less probable are left out.
const LEAST: f32 = 0.01;

/// Cells whose share of all paths is below this are left out: e⁻³⁰.
const HOPELESS: f64 = 9.4e-14;

/// Sums over the ways to a cell, or from it, by what the bead before the cell is.
#[derive(Clone, Copy)]
struct Sums {
    /// One that links, or none.
    link: Scaled,
    /// A row that is left alone.
    row: Scaled,
    /// A column that is left alone.
    column: Scaled,
}

const NOTHING: Sums = Sums {
    link: Scaled::ZERO,
    row: Scaled::ZERO,
    column: Scaled::ZERO,
};

/// One way to a cell or from it, whatever the bead before.
const ONE: Sums = Sums {
    link: Scaled::ONE,
    row: Scaled::ONE,
    column: Scaled::ONE,
};

/// How many beads of which kind to expect on a path.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Expected {
    /// Beads that link something.
    pub(super) beads: f64,
    /// Rows and columns of such beads beyond one and one.
    pub(super) extra: f64,
    /// Rows and columns that are left alone.
    pub(super) alone: f64,
    /// Those of them that go on with what is left alone before them.
    pub(super) going_on: f64,
}

/// The links of each row with their posteriors, those below [`LEAST`] left out, and what to expect of
/// a path; `weight` is the logarithm of the weight of a bead, told whether it goes on with what is left
/// alone before it.
pub(super) fn posteriors<W>(band: &Band, weight: W) -> (Links, Expected)
where
    W: Fn(&Bead, bool) -> f32,
{
    let weight = |bead: &Bead, goes_on| Scaled::exp(weight(bead, goes_on).into());
    let backward = backward(band, weight);
    let total = backward[0].link;
    let mut forward = vec![NOTHING; band.cells()];
    let mut links = Links::new(band.rows());
    let mut expected = Expected::default();
    // P of the rows that beads may still cover, by column.
    let mut open = vec![vec![0.0; band.width()]; MAX_ROWS];
    for i in 0..=band.rows() {
        for j in band.columns(i) {
            let cell = band.cell(i, j).expect("within the band");
            let onward = &backward[cell];
            let mut here = NOTHING;
            if (i, j) == (0, 0) {
                here.link = Scaled::ONE;
            }
            for bead in beads_to(band, &SHAPES, i, j) {
                let before = &forward[bead.start];
                let mut alone = |first: Scaled, others: Scaled, onward: Scaled| {
                    let first = first.times(weight(&bead, false));
                    let others = others.times(weight(&bead, true));
                    let p = |ways: Scaled| ways.times(onward).share_of(total);
                    expected.alone += p(first) + p(others);
                    expected.going_on += p(others);
                    first.plus(others)
                };
                match SHAPES[bead.shape] {
                    (1, 0) => here.row = alone(before.link, before.row, onward.row),
                    (0, 1) => {
                        let others = before.row.plus(before.column);
                        here.column = alone(before.link, others, onward.column);
                    }
                    (rows, columns) => {
                        let before = before.link.plus(before.row).plus(before.column);
                        let ways = before.times(weight(&bead, false));
                        here.link = here.link.plus(ways);
                        let p = ways.times(onward.link).share_of(total);
                        expected.beads += p;
                        expected.extra += p * (rows + columns - 2) as f64;
                        for row in bead.rows {
                            let sums = &mut open[row % MAX_ROWS][bead.columns.clone()];
                            sums.iter_mut().for_each(|sum| *sum += p as f32);
                        }
                    }
                }
            }
            let through = (here.link.times(onward.link))
                .plus(here.row.times(onward.row))
                .plus(here.column.times(onward.column));
            if through.share_of(total) > HOPELESS {
                forward[cell] = here;
            }
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

/// B for every cell of the band.
fn backward(band: &Band, weight: impl Fn(&Bead, bool) -> Scaled) -> Vec<Sums> {
    let mut sums = vec![NOTHING; band.cells()];
    for i in (0..=band.rows()).rev() {
        for j in band.columns(i).rev() {
            let cell = band.cell(i, j).expect("within the band");
            let mut here = match band.is_end(i, j) {
                true => ONE,
                false => NOTHING,
            };
            let add = |sum: &mut Scaled, ways: Scaled| *sum = sum.plus(ways);
            for bead in beads_from(band, &SHAPES, i, j) {
                let behind = &sums[bead.end];
                let first = weight(&bead, false);
                match SHAPES[bead.shape] {
                    (1, 0) => {
                        add(&mut here.link, first.times(behind.row));
                        add(&mut here.row, weight(&bead, true).times(behind.row));
                    }
                    (0, 1) => {
                        let others = weight(&bead, true).times(behind.column);
                        add(&mut here.link, first.times(behind.column));
                        add(&mut here.row, others);
                        add(&mut here.column, others);
                    }
                    _ => {
                        let ways = first.times(behind.link);
                        add(&mut here.link, ways);
                        add(&mut here.row, ways);
                        add(&mut here.column, ways);
                    }
                }
            }
            sums[cell] = here;
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

    /// Whether a bead leaves something alone.
    fn is_alone(rows: &Range<usize>, columns: &Range<usize>) -> bool {
        rows.is_empty() || columns.is_empty()
    }

    /// Per bead of a path, whether it goes on with what is left alone before it.
    fn going_on(path: &Path) -> Vec<bool> {
        let alone: Vec<bool> = path.iter().map(|(r, c)| is_alone(r, c)).collect();
        (0..path.len())
            .map(|i| i > 0 && alone[i - 1] && alone[i])
            .collect()
    }

    /// A weight of a bead: a hash, about -2..2.
    fn hashed(seed: u64, rows: &Range<usize>, columns: &Range<usize>, goes_on: bool) -> f32 {
        if is_alone(rows, columns) {
            return if goes_on { 0.25 } else { -0.5 };
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
                    let beads = path.iter().zip(going_on(path));
                    let beads = beads.map(|((r, c), on)| f64::from(hashed(seed, r, c, on)));
                    beads.sum::<f64>().exp()
                };
                let total: f64 = paths.iter().map(weight).sum();
                let mean = |count: &dyn Fn(&Path) -> usize| {
                    let sum = paths.iter().map(|path| weight(path) * count(path) as f64);
                    sum.sum::<f64>() / total
                };
                let (found, expected) = posteriors(&Band::full(n, m), |b, goes_on| {
                    hashed(seed, &b.rows, &b.columns, goes_on)
                });
                let linking = |path: &Path| -> Vec<usize> {
                    let sizes = path.iter().map(|(r, c)| r.len() + c.len());
                    sizes.filter(|&size| size > 1).collect()
                };
                let extra = |path: &Path| linking(path).iter().map(|size| size - 2).sum();
                let on = |path: &Path| going_on(path).into_iter().filter(|&on| on).count();
                for (name, found, expected) in [
                    ("beads", expected.beads, mean(&|path| linking(path).len())),
                    ("extra", expected.extra, mean(&extra)),
                    (
                        "alone",
                        expected.alone,
                        mean(&|p| p.len() - linking(p).len()),
                    ),
                    ("going on", expected.going_on, mean(&on)),
                ] {
                    let close = (found - expected).abs() < 1e-5;
                    assert!(close, "{name}: {found}, not {expected}");
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
            let (found, _) = posteriors(&band, |bead, _| match SHAPES[bead.shape] {
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
