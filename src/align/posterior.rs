//! Posteriors of links between two sequences: a sum over all paths through their lattice.
//!
//! A path has the weight `exp(Σ w)` over its beads. With `B[i][j]` the sum over all ways to cover rows
//! `i..n` and columns `j..m` (backward: Baum et al. 1970; for alignments Durbin et al. 1998, section 4.4), a
//! path that has come to (i, j) goes on with a bead of r rows and c columns with the probability
//!
//! ```text
//! p(r, c | i, j) = exp(w(i..i+r, j..j+c)) · B[i+r][j+c] / B[i][j]
//! ```
//!
//! so the probability P[i][j] that a path leads through a cell is handed on from the first one, where it is
//! 1, and no sums need to be taken forward. That of a link is the sum over the beads that hold it:
//!
//! ```text
//! P(bead) = P[i][j] · p(r, c | i, j)    P(i ~ j) = Σ over the beads that hold both
//! ```
//!
//! What stands alone stands in blocks, an advertisement of three sentences, a missing section: the
//! first row or column of a block that stands alone has another weight than those that go on with it
//! (affine gaps: Gotoh 1982). What is left alone at one place can be ordered in many ways that all say
//! the same; only one is counted, that of the lowest path: a row follows a column only where the cell below
//! the one that the column begins at was cut off the band. So B and P have a state each for what the bead
//! before is: one that links, a row alone, a column alone.
//!
//! B is scaled (`scaled`), so that no article is too long.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells.
//!
//! The weights of beads that link something are given by cell and shape, and may be anything between
//! e⁻⁵⁰⁰ and e⁵⁰⁰, or 0.

use super::band::Band;
use super::lattice::{LINKING, MAX_ROWS};
use super::links::Link;
use super::scaled;

/// Links that are less probable are left out.
const LEAST: f32 = 0.01;

/// Cells and beads whose share of all paths is no more than this are left out.
const HOPELESS: f64 = 1e-9;

/// Beads whose share of all paths is no more than this add nothing to a link that counts.
const NEGLIGIBLE: f64 = 1e-5;

/// Ways after one kind of bead that are no more than this, where those after all kinds are about 1, are
/// none: the inverse of less may be infinite.
const NONE: f64 = 1e-200;

/// Share of all paths that lead through a cell, from which on it is a gate: a link that passes it by is
/// left out.
const THROUGH: f64 = 1.0 - LEAST as f64;

/// Sums over the ways from a cell to the end, by what the bead before the cell is, each times a power of
/// two that they have in common ([`scaled`](super::scaled)).
#[derive(Clone, Copy)]
struct Sums {
    /// One that links, or none.
    link: f64,
    /// A row that is left alone.
    row: f64,
    /// A column that is left alone.
    column: f64,
    steps: i32,
}

impl Sums {
    const NOTHING: Self = Self {
        link: 0.0,
        row: 0.0,
        column: 0.0,
        steps: scaled::LEAST,
    };

    /// Of the end: one way, whatever the bead before.
    const END: Self = Self {
        link: 1.0,
        row: 1.0,
        column: 1.0,
        steps: 0,
    };

    /// The same sums, the greatest of them within bounds.
    fn normal(mut self) -> Self {
        let most = self.link.max(self.row).max(self.column);
        let steps = scaled::steps(most);
        if steps != 0 {
            let factor = scaled::inverse(steps);
            self.link *= factor;
            self.row *= factor;
            self.column *= factor;
            self.steps = if most > 0.0 {
                self.steps + steps
            } else {
                scaled::LEAST
            };
        }
        self
    }
}

/// Probabilities of what comes next at a cell.
#[derive(Clone, Copy, Default)]
struct Onward {
    /// Of the beads that link something, by shape, after one that links.
    linking: [f64; LINKING.len()],
    /// How many times that is it after a row alone, and after a column alone.
    after: [f64; 2],
    /// Of a row alone, after a bead that links, a row alone and a column alone.
    row: [f64; 3],
    /// Of a column alone, after the same.
    column: [f64; 3],
}

/// The probability of the paths through a cell, by what the bead before it is.
#[derive(Clone, Copy, Default)]
struct Through {
    link: f64,
    row: f64,
    column: f64,
}

/// Weights of beads.
pub(super) struct Weights<'a> {
    /// Of beads that link something, by the cell that they begin at and their shape; 0 for those that
    /// leave the band.
    pub(super) linking: &'a [[f64; LINKING.len()]],
    /// What each further row or column of a bead weighs.
    pub(super) extra: f64,
    /// Of each row and of each column that is left alone: the first one of a block, and one that goes on.
    pub(super) alone: [&'a [[f64; 2]]; 2],
}

/// How many beads of which kind to expect on a path.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Expected {
    /// Beads that link something.
    pub(super) beads: f64,
    /// Rows and columns of such beads beyond one and one.
    pub(super) extra: f64,
    /// Rows, and columns, that are left alone.
    pub(super) alone: [f64; 2],
    /// Those of them that go on with what is left alone before them.
    pub(super) going_on: f64,
}

impl std::ops::AddAssign for Expected {
    fn add_assign(&mut self, other: Self) {
        self.beads += other.beads;
        self.extra += other.extra;
        (self.alone.iter_mut().zip(other.alone)).for_each(|(alone, more)| *alone += more);
        self.going_on += other.going_on;
    }
}

/// What the sum over all paths tells.
#[derive(Default)]
pub(super) struct Found {
    /// Rows and their links with their posteriors, those below [`LEAST`] left out; row by row.
    pub(super) links: Vec<(usize, Link)>,
    pub(super) expected: Expected,
    /// The cells that nearly all paths lead through, rising.
    pub(super) gates: Vec<Gate>,
}

/// A cell that nearly all paths lead through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    cell: [u32; 2],
    /// The share of all paths that do, and of those that come to it with a link.
    shares: [f32; 2],
}

impl Gate {
    pub(super) fn cell(&self) -> [usize; 2] {
        self.cell.map(|at| at as usize)
    }

    /// The same in a lattice that begins so many rows and columns before.
    pub(super) fn behind(self, start: [usize; 2]) -> Self {
        let cell = [0, 1].map(|side| self.cell[side] + start[side] as u32);
        Self { cell, ..self }
    }

    /// By how much the shares of the same cell differ in two parts of a lattice.
    pub(super) fn differs(&self, other: &Self) -> f32 {
        let differences = [0, 1].map(|at| (self.shares[at] - other.shares[at]).abs());
        differences[0].max(differences[1])
    }
}

/// The posteriors of all links, and what to expect of a path.
pub(super) fn posteriors(band: &Band, weights: &Weights<'_>) -> Found {
    let onward = onward(band, weights);
    let mut onward = onward.iter().rev();
    // Of the rows that beads lead to, by row modulo their number and place in the row.
    let mut through: [Vec<Through>; MAX_ROWS + 1] =
        std::array::from_fn(|i| vec![Through::default(); band.columns(i).len()]);
    through[0][0].link = 1.0;
    let mut found = Found {
        links: Vec::with_capacity(2 * band.rows()),
        gates: Vec::with_capacity(band.rows() + band.width()),
        ..Found::default()
    };
    let expected = &mut found.expected;
    let mut beads = [0.0; LINKING.len()];
    // P of the rows that beads may still cover, by column.
    let mut open = vec![vec![0.0_f32; band.width()]; MAX_ROWS];
    for i in 0..=band.rows() {
        let mut own = std::mem::take(&mut through[i % (MAX_ROWS + 1)]);
        let start = band.columns(i).start;
        // Where the beads that begin in the first column of the row end.
        let ends = LINKING.map(|(rows, columns)| {
            let end = (start + columns).wrapping_sub(band.columns(i + rows).start);
            ((i + rows) % (MAX_ROWS + 1), end)
        });
        for (at, onward) in onward.by_ref().take(own.len()).enumerate() {
            let j = start + at;
            let here = own[at];
            let p = here.link + here.row + here.column;
            if p >= THROUGH {
                found.gates.push(Gate {
                    cell: [i as u32, j as u32],
                    shares: [p as f32, here.link as f32],
                });
            }
            if p <= HOPELESS {
                continue;
            }
            let all = here.link + here.row * onward.after[0] + here.column * onward.after[1];
            for (shape, share) in onward.linking.iter().enumerate() {
                let p = all * share;
                if p <= HOPELESS {
                    continue;
                }
                beads[shape] += p;
                let (row, end) = ends[shape];
                through[row][end.wrapping_add(at)].link += p;
                if p > NEGLIGIBLE {
                    let (rows, columns) = LINKING[shape];
                    for row in i..i + rows {
                        let sums = &mut open[row % MAX_ROWS][j..j + columns];
                        sums.iter_mut().for_each(|sum| *sum += p as f32);
                    }
                }
            }
            let mut alone = |side: usize, [first, after_row, after_column]: [f64; 3]| {
                let others = here.row * after_row + here.column * after_column;
                let p = here.link * first + others;
                expected.alone[side] += p;
                expected.going_on += others;
                p
            };
            let p = alone(0, onward.row);
            let (row, end) = ends[0];
            if let Some(there) = through[row].get_mut(end.wrapping_add(at).wrapping_sub(1)) {
                there.row += p;
            }
            let p = alone(1, onward.column);
            if let Some(there) = own.get_mut(at + 1) {
                there.column += p;
            }
        }
        own.clear();
        own.resize(band.columns(i + MAX_ROWS + 1).len(), Through::default());
        through[i % (MAX_ROWS + 1)] = own;
        if i == band.rows() {
            break;
        }
        // No bead from below the row reaches up to it.
        for to in band.reachable(i, MAX_ROWS) {
            let p = std::mem::take(&mut open[i % MAX_ROWS][to]);
            if p >= LEAST {
                let (p, moved) = (p.min(1.0), false);
                found.links.push((i, Link { to, p, moved }));
            }
        }
    }
    for (p, (rows, columns)) in beads.into_iter().zip(LINKING) {
        found.expected.beads += p;
        found.expected.extra += p * (rows + columns - 2) as f64;
    }
    found
}

/// What comes next at every cell of the band, from the last to the first, by the ways from there to the end: B of
/// few rows is kept.
fn onward(band: &Band, weights: &Weights<'_>) -> Vec<Onward> {
    let extra = LINKING.map(|(rows, columns)| weights.extra.powi((rows + columns - 2) as i32));
    let mut all = Vec::with_capacity(band.cells());
    // Of the row and those below it.
    let mut rows: [Vec<Sums>; MAX_ROWS + 1] = Default::default();
    for i in (0..=band.rows()).rev() {
        rows.rotate_right(1);
        let [own, below @ ..] = &mut rows;
        let columns = band.columns(i);
        own.clear();
        own.resize(columns.len(), Sums::NOTHING);
        // Where the beads that begin in the first column of the row end.
        let ends = LINKING.map(|(rows, right)| {
            (columns.start + right).wrapping_sub(band.columns(i + rows).start)
        });
        for (at, cell) in band.place(i).enumerate().rev() {
            let j = columns.start + at;
            if band.is_end(i, j) {
                own[at] = Sums::END;
                all.push(Onward::default());
                continue;
            }
            let mut ways = [(0.0, scaled::LEAST); LINKING.len()];
            for (shape, &weight) in weights.linking[cell].iter().enumerate() {
                if weight > 0.0 {
                    let behind = &below[LINKING[shape].0 - 1][ends[shape].wrapping_add(at)];
                    let ways_on = behind.link * weight * extra[shape];
                    ways[shape] = scaled::normal(ways_on, behind.steps);
                }
            }
            let normal = |ways: f64, sums: &Sums| scaled::normal(ways, sums.steps);
            let none = (0.0, scaled::LEAST);
            let place_below = ends[0].wrapping_add(at).wrapping_sub(1);
            let below = below[0].get(place_below);
            let below = below.map_or(none, |sums| normal(sums.row, sums));
            let next = own.get(at + 1);
            let next = next.map_or(none, |sums| normal(sums.column, sums));
            let steps = ways.iter().map(|(_, steps)| *steps);
            let steps = steps.fold(below.1.max(next.1), i32::max);
            let in_steps = |(ways, own): (f64, i32)| match own == steps {
                true => ways,
                false => ways * scaled::power(steps.abs_diff(own)),
            };
            let ways = ways.map(in_steps);
            let linking: f64 = ways.iter().sum();
            let by_row = weights.alone[0].get(i).unwrap_or(&[0.0; 2]);
            let by_row = by_row.map(|weight| weight * in_steps(below));
            let by_column = weights.alone[1].get(j).unwrap_or(&[0.0; 2]);
            let by_column = by_column.map(|weight| weight * in_steps(next));
            // What comes by a column could not have gone down before where the row below is cut off before.
            let row_after_column = match place_below == 0 && band.is_cut(i + 1) {
                true => by_row[1],
                false => 0.0,
            };
            let sums = Sums {
                link: linking + by_row[0] + by_column[0],
                row: linking + by_row[1] + by_column[1],
                column: linking + row_after_column + by_column[1],
                steps,
            };
            let share = |all: f64| if all > NONE { 1.0 / all } else { 0.0 };
            let [link, row, column] = [sums.link, sums.row, sums.column].map(share);
            all.push(Onward {
                linking: ways.map(|ways| ways * link),
                after: [row, column].map(|after| after * sums.link),
                row: [by_row[0] * link, by_row[1] * row, row_after_column * column],
                column: [
                    by_column[0] * link,
                    by_column[1] * row,
                    by_column[1] * column,
                ],
            });
            own[at] = sums.normal();
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::ops::Range;

    use super::super::lattice::SHAPES;
    use super::super::links::Links;
    use super::*;

    /// A path: its beads.
    type Path = Vec<(Range<usize>, Range<usize>)>;

    /// The paths through a band from cell (i, j), all orders of what is left alone among them.
    fn paths_from(i: usize, j: usize, band: &Band) -> Vec<Path> {
        if band.is_end(i, j) {
            return vec![Vec::new()];
        }
        let mut paths = Vec::new();
        for (r, c) in SHAPES {
            if band.cell(i + r, j + c).is_some() {
                for mut path in paths_from(i + r, j + c, band) {
                    path.insert(0, (i..i + r, j..j + c));
                    paths.push(path);
                }
            }
        }
        paths
    }

    /// The paths through a band, one of those that link the same.
    fn all_paths(band: &Band) -> Vec<Path> {
        let mut paths = paths_from(0, 0, band);
        let mut seen = HashSet::new();
        paths.retain(|path| {
            let linked = path.iter().filter(|(r, c)| !is_alone(r, c)).cloned();
            seen.insert(linked.collect::<Vec<_>>())
        });
        paths
    }

    /// Some band: all cells where the seed is even, else any that is left of them if the rest is cut off.
    fn some_band(n: usize, m: usize, seed: u64) -> Band {
        if seed.is_multiple_of(2) {
            return Band::full(n, m);
        }
        let mut range = 0..1;
        let ranges = (0..=n).map(|i| {
            let key = |most: usize, side: u64| hash(seed, [i as u64, side]) as usize % (most + 1);
            if i > 0 {
                range.start += key(range.len() - 1, 0);
            }
            let end = range.end.max(range.start + 1);
            range.end = if i == n {
                m + 1
            } else {
                end + key(m + 1 - end, 1)
            };
            range.clone()
        });
        Band::of(m, ranges.collect()).with_cut(vec![true; n + 1])
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

    fn hash(seed: u64, key: impl IntoIterator<Item = u64>) -> u64 {
        key.into_iter().fold(seed, |h, x| {
            let h = (h ^ x).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            h ^ h >> 29
        })
    }

    /// The logarithm of the weight of a bead: a hash, about -2..2, or -500..500 by every third seed.
    fn hashed(seed: u64, rows: &Range<usize>, columns: &Range<usize>, goes_on: bool) -> f32 {
        if is_alone(rows, columns) {
            return if goes_on { 0.25 } else { -0.5 };
        }
        let key = [rows.start, rows.end, columns.start, columns.end];
        let most = if seed.is_multiple_of(3) { 500.0 } else { 2.0 };
        most * ((hash(seed, key.map(|x| x as u64)) % 4096) as f32 / 2048.0 - 1.0)
    }

    /// The posteriors by the logarithms of the weights of beads.
    fn weighed(band: &Band, w: impl Fn(&Range<usize>, &Range<usize>, bool) -> f32) -> Found {
        let weight = |r: &Range<usize>, c: &Range<usize>, on| f64::from(w(r, c, on)).exp();
        let mut linking = Vec::new();
        for (i, j) in (0..=band.rows()).flat_map(|i| band.columns(i).map(move |j| (i, j))) {
            linking.push(LINKING.map(|(r, c)| match band.cell(i + r, j + c) {
                Some(_) => weight(&(i..i + r), &(j..j + c), false),
                None => 0.0,
            }));
        }
        let rows =
            (0..band.rows()).map(|i| [false, true].map(|on| weight(&(i..i + 1), &(0..0), on)));
        let columns =
            (0..band.width()).map(|j| [false, true].map(|on| weight(&(0..0), &(j..j + 1), on)));
        let [rows, columns]: [Vec<_>; 2] = [rows.collect(), columns.collect()];
        let weights = Weights {
            linking: &linking,
            extra: 1.0,
            alone: [&rows, &columns],
        };
        posteriors(band, &weights)
    }

    #[test]
    fn agree_with_enumeration_on_all_tiny_inputs() {
        for (n, m) in (0..=4).flat_map(|n| (0..=4).map(move |m| (n, m))) {
            let full = all_paths(&Band::full(n, m));
            for seed in 0..40 {
                let band = some_band(n, m, seed);
                let some = (seed % 2 > 0).then(|| all_paths(&band));
                let paths = some.as_ref().unwrap_or(&full);
                let weight = |path: &Path| {
                    let beads = path.iter().zip(going_on(path));
                    let beads = beads.map(|((r, c), on)| f64::from(hashed(seed, r, c, on)));
                    beads.sum::<f64>()
                };
                let most = paths.iter().map(weight).fold(f64::NEG_INFINITY, f64::max);
                let weight = |path: &Path| (weight(path) - most).exp();
                let total: f64 = paths.iter().map(weight).sum();
                let mean = |count: &dyn Fn(&Path) -> usize| {
                    let sum = paths.iter().map(|path| weight(path) * count(path) as f64);
                    sum.sum::<f64>() / total
                };
                let found = weighed(&band, |r, c, goes_on| hashed(seed, r, c, goes_on));
                let (posteriors, expected) = (Links::new(n, found.links), found.expected);
                let linking = |path: &Path| -> Vec<usize> {
                    let sizes = path.iter().map(|(r, c)| r.len() + c.len());
                    sizes.filter(|&size| size > 1).collect()
                };
                let extra = |path: &Path| linking(path).iter().map(|size| size - 2).sum();
                let on = |path: &Path| going_on(path).into_iter().filter(|&on| on).count();
                let no_rows = |path: &Path| path.iter().filter(|(r, _)| r.is_empty()).count();
                let no_columns = |path: &Path| path.iter().filter(|(_, c)| c.is_empty()).count();
                for (name, found, expected) in [
                    ("beads", expected.beads, mean(&|path| linking(path).len())),
                    ("extra", expected.extra, mean(&extra)),
                    ("rows alone", expected.alone[0], mean(&no_columns)),
                    ("columns alone", expected.alone[1], mean(&no_rows)),
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
                    let found = f64::from(posteriors.p(i, j));
                    // At the threshold, rounding decides.
                    let close = (found - p).abs() < 1e-5 || (found.max(p) - 0.01).abs() < 1e-5;
                    assert!(close, "{band:?}, seed {seed}: {i} ~ {j} {found}, not {p}");
                }
            }
        }
    }

    #[test]
    fn what_is_hardly_likely_beats_what_is_less_so() {
        // e⁻⁴⁶⁰ by two beads, e⁻⁵⁰⁰ by one.
        let found = weighed(&Band::full(2, 2), |rows, columns, _| {
            match (rows.end, columns.end) {
                (1, 1) => 0.0,
                (2, 2) if rows.len() == 1 => -460.0,
                _ => -500.0,
            }
        });
        let links = found.links.iter().map(|(row, link)| (*row, link.to));
        assert_eq!(links.collect::<Vec<_>>(), [(0, 0), (1, 1)]);
    }

    #[test]
    fn long_texts_do_not_overflow() {
        let band = Band::near(&[], 4000, 4000, |_| 3, 1 << 20);
        for weight in [-40.0, 40.0] {
            let found = weighed(&band, |rows, columns, _| {
                match (rows.len(), columns.len()) {
                    (1, 1) if rows == columns => weight,
                    (0, _) | (_, 0) => -1.0,
                    _ => weight - 20.0,
                }
            });
            let links = Links::new(4000, found.links);
            let p = [0, 2000, 3999].map(|i| links.p(i, i));
            match weight > 0.0 {
                true => assert!(p.iter().all(|p| *p > 0.999), "{p:?}"),
                false => assert_eq!(p, [0.0; 3]),
            }
        }
    }
}
