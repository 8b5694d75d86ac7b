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
//! The sums are scaled (`scaled`), so that no article is too long.
//!
//! Time is that of the cells of the band times the shapes, space that of the cells.
//!
//! The weights of beads that link something are given by cell and shape, and may be anything between
//! e⁻⁶⁰⁰ and e⁶⁰⁰, or 0.


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

/// Share of all paths that lead through a cell, from which on it is sure that they do.
const SURE: f64 = 1.0 - 1e-6;

/// Sums over the ways to a cell, or from it, by what the bead before the cell is, each times a power of
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

    fn all(&self) -> f64 {
        self.link + self.row + self.column
    }

    /// Makes room for what is counted in other steps, and gives the factor that brings it to the steps of
    /// these sums.
    fn meet(&mut self, steps: i32) -> f64 {
        if steps == self.steps {
            return 1.0;
        }
        if steps > self.steps {
            let factor = scaled::power(self.steps - steps);
            self.link *= factor;
            self.row *= factor;
            self.column *= factor;
            self.steps = steps;
            return 1.0;
        }
        scaled::power(steps - self.steps)
    }

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
    /// Rows and columns that are left alone.
    pub(super) alone: f64,
    /// Those of them that go on with what is left alone before them.
    pub(super) going_on: f64,
}

impl std::ops::AddAssign for Expected {
    fn add_assign(&mut self, other: Self) {
        self.beads += other.beads;
        self.extra += other.extra;
        self.alone += other.alone;
        self.going_on += other.going_on;
    }
}

/// What the sum over all paths tells.
#[derive(Default)]
pub(super) struct Found {
    /// Rows and their links with their posteriors, those below [`LEAST`] left out; row by row.
    pub(super) links: Vec<(usize, Link)>,
    pub(super) expected: Expected,
    /// Cells that surely all paths lead through, rising.
    pub(super) sure: Vec<[usize; 2]>,
}

/// The posteriors of all links, and what to expect of a path.
pub(super) fn posteriors(band: &Band, weights: &Weights<'_>) -> Found {
    let extra: [f64; LINKING.len()] =
        LINKING.map(|(rows, columns)| weights.extra.powi((rows + columns - 2) as i32));
    let backward = backward(band, weights, &extra);
    let total = &backward[0];
    let inverse = total.link.recip();
    // F of the rows that beads may still lead to, by row modulo their number and place in the row.
    let nothing = |i: usize| vec![Sums::NOTHING; band.columns(i).len()];
    let mut forward: [Vec<Sums>; MAX_ROWS + 1] =
        std::array::from_fn(|i| if i <= band.rows() { nothing(i) } else { Vec::new() });
    (forward[0][0].link, forward[0][0].steps) = (1.0, 0);
    let mut found = Found::default();
    let expected = &mut found.expected;
    let mut beads = [0.0; LINKING.len()];
    // P of the rows that beads may still cover, by column.
    let mut open = vec![vec![0.0_f32; band.width()]; MAX_ROWS];
    for i in 0..=band.rows() {
        let mut sums = std::mem::take(&mut forward[i % (MAX_ROWS + 1)]);
        let start = band.columns(i).start;
        let ends = LINKING.map(|(rows, columns)| band.origin(i + rows).wrapping_add(columns));
        let places = LINKING.map(|(rows, columns)| {
            let row = band.columns(i + rows);
            ((i + rows) % (MAX_ROWS + 1), columns.wrapping_sub(row.start))
        });
        for at in 0..sums.len() {
            let (j, cell) = (start + at, band.place(i).start + at);
            let here = sums[at].normal();
            // What a way to here is of all ways, if it goes on in one of those from elsewhere.
            let share =
                |onward: &Sums| scaled::power(here.steps + onward.steps - total.steps) * inverse;
            let onward = &backward[cell];
            let through =
                here.link * onward.link + here.row * onward.row + here.column * onward.column;
            let through = through * share(onward);
            if through >= SURE {
                found.sure.push([i, j]);
            }
            if through <= HOPELESS {
                continue;
            }
            let all = here.all();
            for (shape, &weight) in weights.linking[cell].iter().enumerate() {
                if weight == 0.0 {
                    continue;
                }
                let onward = &backward[ends[shape].wrapping_add(j)];
                let ways = all * weight * extra[shape];
                let p = ways * onward.link * share(onward);
                if p <= HOPELESS {
                    continue;
                }
                let (row, place) = places[shape];
                let there = &mut forward[row][place.wrapping_add(j)];
                there.link += there.meet(here.steps) * ways;
                beads[shape] += p;
                if p > NEGLIGIBLE {
                    let (rows, columns) = LINKING[shape];
                    for row in i..i + rows {
                        let sums = &mut open[row % MAX_ROWS][j..j + columns];
                        sums.iter_mut().for_each(|sum| *sum += p as f32);
                    }
                }
            }
            let mut alone = |before: [f64; 2], weights: [f64; 2], onward: f64| {
                let [first, others] = [0, 1].map(|at| before[at] * weights[at]);
                expected.alone += (first + others) * onward;
                expected.going_on += others * onward;
                first + others
            };
            let below = &mut forward[(i + 1) % (MAX_ROWS + 1)];
            if i < band.rows()
                && let Some(there) = below.get_mut(places[0].1.wrapping_add(j).wrapping_sub(1))
            {
                let onward = &backward[ends[0].wrapping_add(j).wrapping_sub(1)];
                let before = [here.link, here.row];
                let ways = alone(before, weights.alone[0][i], onward.row * share(onward));
                there.row += there.meet(here.steps) * ways;
            }
            if let Some(there) = sums.get_mut(at + 1) {
                let onward = &backward[cell + 1];
                let before = [here.link, here.row + here.column];
                let ways = alone(before, weights.alone[1][j], onward.column * share(onward));
                there.column += there.meet(here.steps) * ways;
            }
        }
        if i + MAX_ROWS < band.rows() {
            sums.clear();
            sums.resize(band.columns(i + MAX_ROWS + 1).len(), Sums::NOTHING);
            forward[i % (MAX_ROWS + 1)] = sums;
        }
        if i < band.rows() {
            // No bead from below row i reaches up to it.
            for to in band.reachable(i, MAX_ROWS) {
                let p = std::mem::take(&mut open[i % MAX_ROWS][to]);
                if p >= LEAST {
                    let (p, moved) = (p.min(1.0), false);
                    found.links.push((i, Link { to, p, moved }));
                }
            }
        }
    }
    for (p, (rows, columns)) in beads.into_iter().zip(LINKING) {
        found.expected.beads += p;
        found.expected.extra += p * (rows + columns - 2) as f64;
    }
    found
}

/// B for every cell of the band.
fn backward(band: &Band, weights: &Weights<'_>, extra: &[f64; LINKING.len()]) -> Vec<Sums> {
    let mut sums = vec![Sums::NOTHING; band.cells()];
    if let Some(end) = sums.last_mut() {
        // One way, whatever the bead before.
        (end.link, end.row, end.column, end.steps) = (1.0, 1.0, 1.0, 0);
    }
    for i in (0..=band.rows()).rev() {
        let ends = LINKING.map(|(rows, columns)| band.origin(i + rows).wrapping_add(columns));
        let origin = band.origin(i);
        let below = band.columns(i + 1);
        let own = band.columns(i);
        for j in own.clone().rev().skip(usize::from(i == band.rows())) {
            let cell = origin.wrapping_add(j);
            let mut here = Sums::NOTHING;
            for (shape, &weight) in weights.linking[cell].iter().enumerate() {
                if weight > 0.0 {
                    let behind = &sums[ends[shape].wrapping_add(j)];
                    let ways = behind.link * weight * extra[shape];
                    here.link += here.meet(behind.steps) * ways;
                }
            }
            (here.row, here.column) = (here.link, here.link);
            if below.contains(&j) {
                let behind = &sums[ends[0].wrapping_add(j).wrapping_sub(1)];
                let factor = here.meet(behind.steps) * behind.row;
                let [first, others] = weights.alone[0][i];
                here.link += factor * first;
                here.row += factor * others;
            }
            if j + 1 < own.end {
                let behind = &sums[cell + 1];
                let factor = here.meet(behind.steps) * behind.column;
                let [first, others] = weights.alone[1][j];
                here.link += factor * first;
                here.row += factor * others;
                here.column += factor * others;
            }
            sums[cell] = here.normal();
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::super::lattice::SHAPES;
    use super::super::links::Links;
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
                let band = Band::full(n, m);
                let found = weighed(&band, |r, c, goes_on| hashed(seed, r, c, goes_on));
                let (posteriors, expected) = (Links::new(n, found.links), found.expected);
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
                    let found = f64::from(posteriors.p(i, j));
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
