//! Long versions in windows, so that space does not grow with their length.
//!
//! What stands far before a cell says little about what comes behind it, if nearly all paths lead through
//! cells between the two (the forgetting of hidden Markov models: Baum and Petrie 1966). So a lattice is cut
//! into windows that overlap by some links of the path of single sentences ([`HALO`]), each is summed up by
//! itself, and two neighbours are joined at a gate, a cell that nearly all paths lead through, whose share of
//! paths is the same in both ([`ALIKE`]): there, either has forgotten where the other one ends. Where there
//! is none, a further window is summed up that reaches farther to either side ([`BRIDGE`]), then one over
//! both, as long as that is not too large ([`LARGEST`]) nor too much work; then they are joined where they were
//! cut. Where no link is to be found for long, the lattice is cut on the diagonal.
//!
//! Time is that of the windows, space that of the largest ones. A lattice of up to two windows' length is
//! summed up as a whole.

use std::ops::Range;

use super::band::Anchor;
use super::links::Link;
use super::posterior::{Found, Gate};

/// Rows and columns of a window, both together, about.
const LENGTH: usize = 2048;

/// Links of the path by which two windows overlap, on either side of where they meet.
const HALO: usize = 32;

/// The same for a window that bridges two.
const BRIDGE: usize = 4 * HALO;

/// By how much the shares of a gate may differ in two windows that are joined there.
const ALIKE: f32 = 1e-5;

/// Rows and columns of a window at the most, about, both together.
const LARGEST: usize = 4 * LENGTH;

/// Windows that are looked at to learn what is alike all over a text.
const SAMPLE: usize = 4;

/// A part of a lattice: rows and columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Window {
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
}

impl Window {
    fn between([top, left]: [usize; 2], [bottom, right]: [usize; 2]) -> Self {
        Self {
            rows: top..bottom,
            columns: left..right,
        }
    }

    fn len(&self) -> usize {
        self.rows.len() + self.columns.len()
    }

    const fn start(&self) -> [usize; 2] {
        [self.rows.start, self.columns.start]
    }

    const fn end(&self) -> [usize; 2] {
        [self.rows.end, self.columns.end]
    }

    /// Whether a cell stands in it, or at its edge.
    fn holds(&self, cell: [usize; 2]) -> bool {
        is_before(self.start(), cell) && is_before(cell, self.end())
    }
}

/// The windows of a lattice of so many rows and columns, in order, and where each two of them meet; `path`
/// are the links of a path through it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Windows {
    list: Vec<Window>,
    /// Where each two neighbours were cut, and what bridges them: one less than windows.
    cuts: Vec<([usize; 2], Window)>,
}

impl Windows {
    pub(super) fn new(path: &[Anchor], size: [usize; 2]) -> Self {
        Self::of_length(path, size, LENGTH)
    }

    /// The same, of so many rows and columns, both together, about.
    pub(super) fn of_length(path: &[Anchor], size: [usize; 2], length: usize) -> Self {
        let cells = cells(path, size, length);
        let sum = |at: usize| cells[at][0] + cells[at][1];
        let mut cuts: Vec<usize> = Vec::new();
        let mut last = 0;
        for at in 0..cells.len() {
            let rest = size[0] + size[1] - sum(at);
            if sum(at) - last >= length && rest >= length {
                cuts.push(at);
                last = sum(at);
            }
        }
        // What is near a cut, by the number of cells and by rows and columns.
        let around = |cut: usize, halo: usize, most: usize| {
            let near = |at: &usize| sum(cut).abs_diff(sum(*at)) <= most;
            let first = (cut.saturating_sub(halo)..cut).find(near);
            let last = (cut..cells.len().min(cut + halo + 1)).rfind(near);
            [first, last].map(|at| cells[at.unwrap_or(cut)])
        };
        let overlaps = cuts.iter().map(|&cut| around(cut, HALO, length / 2));
        let starts = [[0, 0]].into_iter().chain(overlaps.clone().map(|o| o[0]));
        let ends = overlaps.map(|o| o[1]).chain([size]);
        let list = starts
            .zip(ends)
            .map(|(start, end)| Window::between(start, end));
        let cuts = cuts.iter().map(|&cut| {
            let [start, end] = around(cut, BRIDGE, length);
            (cells[cut], Window::between(start, end))
        });
        Self {
            list: list.collect(),
            cuts: cuts.collect(),
        }
    }

    /// Some windows, spread evenly, to learn from; all if they are few.
    pub(super) fn sample(&self) -> Vec<Window> {
        let all = self.list.len();
        let count = all.min(SAMPLE);
        (0..count)
            .map(|k| self.list[k * all / count].clone())
            .collect()
    }

    /// All windows.
    pub(super) fn list(&self) -> &[Window] {
        &self.list
    }

    /// Where each two windows meet, if all is well.
    pub(super) fn cuts(&self) -> Vec<[usize; 2]> {
        self.cuts.iter().map(|(cut, _)| *cut).collect()
    }

    /// Keeps of what was found in a window what it is joined by: all links, and the gates near its neighbours.
    pub(super) fn keep(&self, number: usize, found: &mut Found) {
        let start = self.list[number].start();
        let end = self.cuts.len().min(number + 1);
        let cuts = &self.cuts[number.saturating_sub(1)..end];
        found.gates.retain(|gate| {
            let cell = gate.behind(start).cell();
            cuts.iter().any(|(_, bridge)| bridge.holds(cell))
        });
        found.links.shrink_to_fit();
        found.gates.shrink_to_fit();
    }

    /// The links of the lattice, by what was found in each window in its own rows and columns; `sums` finds
    /// it in a window that bridges two of them, unless that is too much work.
    pub(super) fn join(
        self,
        found: Vec<Found>,
        mut sums: impl FnMut(&Window) -> Option<Found>,
    ) -> Vec<(usize, Link)> {
        let mut sums = |window: &Window| Some(placed(sums(window)?, window));
        let mut cuts = self.cuts.into_iter();
        let mut joined: Vec<(Found, [usize; 2])> = Vec::new();
        let all = self.list.into_iter().zip(found);
        let mut all = all.map(|(window, found)| {
            let found = placed(found, &window);
            (window, found)
        });
        let mut last = all.next();
        while let Some((window, found)) = last {
            let Some(((next, after), (cut, bridge))) = all.next().zip(cuts.next()) else {
                joined.push((found, window.end()));
                break;
            };
            if let Some(cell) = common(&found, &after, cut) {
                joined.push((found, cell));
                last = Some((next, after));
                continue;
            }
            let has_gate = |found: &Found| {
                let mut cells = found.gates.iter().map(Gate::cell);
                cells.any(|cell| bridge.holds(cell))
            };
            let may_meet = has_gate(&found) && has_gate(&after);
            let between = may_meet.then(|| sums(&bridge)).flatten();
            let between = between.and_then(|between| {
                let from = common(&found, &between, middle(bridge.start(), window.end()))?;
                let to = common(&between, &after, middle(next.start(), bridge.end()))?;
                is_before(from, to).then_some((between, from, to))
            });
            if let Some((between, from, to)) = between {
                joined.extend([(found, from), (between, to)]);
                last = Some((next, after));
                continue;
            }
            let both = Window::between(window.start(), next.end());
            let whole = (both.len() <= LARGEST).then(|| sums(&both)).flatten();
            last = match whole {
                Some(whole) => Some((both, whole)),
                None => {
                    joined.push((found, cut));
                    Some((next, after))
                }
            };
        }
        let mut links: Vec<(usize, Link)> = Vec::new();
        let mut start = [0, 0];
        for (found, end) in joined {
            // Windows that overlap far may meet in another order than that of the text.
            let end = [0, 1].map(|side| end[side].max(start[side]));
            let is_inside = |(row, link): &(usize, Link)| {
                (start[0]..end[0]).contains(row) && (start[1]..end[1]).contains(&link.to)
            };
            links.extend(found.links.into_iter().filter(is_inside));
            start = end;
        }
        links
    }
}

/// Cells at which a lattice can be cut: before the links of a path, and on the diagonal where there is
/// none for long.
fn cells(path: &[Anchor], size: [usize; 2], length: usize) -> Vec<[usize; 2]> {
    let mut cells = vec![[0, 0]];
    // Behind the last link: a cut between its row and its column would tear it.
    let mut start = [0, 0];
    let links = path.iter().map(|link| [link.row, link.column]);
    for end in links.chain([size]) {
        let apart = [end[0] - start[0], end[1] - start[1]];
        let steps = (apart[0] + apart[1]) / (length / 2);
        let between =
            (1..=steps).map(|step| [0, 1].map(|s| start[s] + apart[s] * step / (steps + 1)));
        cells.extend(between);
        cells.push(end);
        start = end.map(|at| at + 1);
    }
    cells
}

fn is_before(cell: [usize; 2], other: [usize; 2]) -> bool {
    cell[0] <= other[0] && cell[1] <= other[1]
}

/// Half the way from one cell to another.
fn middle(cell: [usize; 2], other: [usize; 2]) -> [usize; 2] {
    [0, 1].map(|side| usize::midpoint(cell[side], other[side]))
}

/// The cell of a gate that is the same in both, the nearest to `cut`.
fn common(first: &Found, second: &Found, cut: [usize; 2]) -> Option<[usize; 2]> {
    let is_same = |gate: &&Gate| {
        let at = (second.gates).binary_search_by_key(&gate.cell(), Gate::cell);
        at.is_ok_and(|at| gate.differs(&second.gates[at]) <= ALIKE)
    };
    let distance = |cell: &[usize; 2]| cell[0].abs_diff(cut[0]) + cell[1].abs_diff(cut[1]);
    let same = first.gates.iter().filter(is_same).map(Gate::cell);
    same.min_by_key(distance)
}

/// What was found in a window, by the rows and columns of the lattice; of the gates, those at its corners
/// are left out, for paths had no choice there.
fn placed(mut found: Found, window: &Window) -> Found {
    let [top, left] = [window.rows.start, window.columns.start];
    for (row, link) in &mut found.links {
        *row += top;
        link.to += left;
    }
    let corners = [[0, 0], [window.rows.len(), window.columns.len()]];
    found.gates.retain(|gate| !corners.contains(&gate.cell()));
    for gate in &mut found.gates {
        *gate = gate.behind([top, left]);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::band::Band;
    use super::super::lattice::LINKING;
    use super::super::links::Links;
    use super::super::posterior::{self, Weights};
    use super::*;

    const SIZE: [usize; 2] = [300, 280];

    /// The links of a path that leaves a row or a column alone now and then.
    fn path(seed: u64) -> Vec<Anchor> {
        let (mut row, mut column) = (0, 0);
        let mut path = Vec::new();
        while row < SIZE[0] && column < SIZE[1] {
            match hash(seed, [row, column, 0, 0]) % 12 {
                0 => row += 1,
                1 => column += 1,
                _ => {
                    path.push(Anchor {
                        row,
                        column,
                        log_odds: 1.0,
                    });
                    (row, column) = (row + 1, column + 1);
                }
            }
        }
        path
    }

    fn hash(seed: u64, key: [usize; 4]) -> u64 {
        key.into_iter().fold(seed, |h, x| {
            let h = (h ^ x as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            h ^ h >> 29
        })
    }

    /// What is found in a window where the links of the path weigh more than others, by row.
    fn sums(seed: u64, path: &[Anchor], window: &Window, clear: impl Fn(usize) -> f64) -> Found {
        let [top, left] = [window.rows.start, window.columns.start];
        let band = Band::full(window.rows.len(), window.columns.len());
        let mut linking = Vec::new();
        for (i, j) in (0..=band.rows()).flat_map(|i| band.columns(i).map(move |j| (i, j))) {
            linking.push(LINKING.map(|(r, c)| {
                let (row, column) = (top + i, left + j);
                let is_link = |link: &Anchor| (link.row, link.column) == (row, column);
                let on_path = (r, c) == (1, 1) && path.iter().any(is_link);
                let noise = (hash(seed, [row, column, r, c]) % 1000) as f64 / 250.0 - 6.0;
                match band.cell(i + r, j + c) {
                    Some(_) => (noise + if on_path { clear(row) } else { 0.0 }).exp(),
                    None => 0.0,
                }
            }));
        }
        let alone = |count: usize| vec![[0.3, 0.5]; count];
        let [rows, columns] = [band.rows(), band.width()].map(alone);
        let weights = Weights {
            linking: &linking,
            extra: 0.3,
            alone: [&rows, &columns],
        };
        posterior::posteriors(&band, &weights)
    }

    #[test]
    fn windows_overlap_and_cover_all() {
        for (name, path, size, windows) in [
            ("short", path(1), [300, 280], 1),
            ("empty", vec![], [0, 0], 1),
            ("long, without a link", vec![], [9000, 9000], 6),
            ("uneven", vec![], [50_000, 3], 16),
        ] {
            let found = Windows::new(&path, size);
            assert_eq!(found.list.len(), windows, "{name}");
            assert_eq!(found.cuts.len(), windows - 1, "{name}");
            for ((pair, (cut, bridge)), number) in found.list.windows(2).zip(&found.cuts).zip(0..) {
                let case = format!("{name}: {number} {cut:?} {pair:?}");
                assert!(
                    pair[1].rows.start <= cut[0] && cut[0] <= pair[0].rows.end,
                    "{case}"
                );
                assert!(
                    pair[1].columns.start <= cut[1] && cut[1] <= pair[0].columns.end,
                    "{case}"
                );
                assert!(pair[0].len() <= LARGEST, "{case}");
                let [start, end] = [pair[1].start(), pair[0].end()];
                assert!(is_before(bridge.start(), start), "{case}: {bridge:?}");
                assert!(is_before(end, bridge.end()), "{case}: {bridge:?}");
            }
            let last = &found.list[windows - 1];
            assert_eq!([last.rows.end, last.columns.end], size, "{name}");
        }
    }

    #[test]
    fn no_cut_tears_a_link() {
        for (name, size, links) in [
            ("the first column", [9000, 2], [[3000, 0], [5000, 1]]),
            ("the last column", [9000, 3], [[1000, 1], [5000, 2]]),
            ("the last row", [3, 9000], [[1, 1000], [2, 5000]]),
        ] {
            let path = links.map(|[row, column]| Anchor {
                row,
                column,
                log_odds: 1.0,
            });
            let found = Windows::new(&path, size);
            assert!(found.cuts.len() > 1, "{name}");
            for ((cut, _), [row, column]) in
                (found.cuts.iter()).flat_map(|cut| links.map(|link| (cut, link)))
            {
                let is_torn = (row < cut[0]) != (column < cut[1]);
                assert!(!is_torn, "{name}: {row} ~ {column} by {cut:?}");
            }
        }
    }

    /// Asserts that in windows the links are found that are found in the whole; gives the bridges.
    fn assert_alike(
        seed: u64,
        path: &[Anchor],
        windows: Windows,
        clear: impl Fn(usize) -> f64,
    ) -> Vec<Window> {
        let sums = |window: &Window| sums(seed, path, window, &clear);
        let whole = Window::between([0, 0], SIZE);
        let expected = Links::new(SIZE[0], sums(&whole).links);
        let mut found: Vec<Found> = windows.list().iter().map(sums).collect();
        for (number, found) in found.iter_mut().enumerate() {
            windows.keep(number, found);
        }
        let mut bridges = Vec::new();
        let links = windows.join(found, |window| {
            bridges.push(window.clone());
            Some(sums(window))
        });
        let found = Links::new(SIZE[0], links);
        for row in 0..SIZE[0] {
            for link in expected.of(row).iter().chain(found.of(row)) {
                let [p, q] = [&expected, &found].map(|links| links.p(row, link.to));
                // One may be just below what is left out.
                let close = (p - q).abs() < 1e-4 || p.max(q) < 0.0101;
                assert!(close, "{row} ~ {}: {p} and {q}", link.to);
            }
        }
        bridges
    }

    /// No path is clear where two windows overlap, but one is elsewhere.
    #[test]
    fn a_bridge_is_as_short_as_it_can_be() {
        let path = path(1);
        let windows = Windows::of_length(&path, SIZE, 280);
        let cuts = windows.cuts.clone();
        let [(cut, expected)] = &cuts[..] else {
            panic!("{windows:?}");
        };
        let is_near = |row: usize| row.abs_diff(cut[0]) <= HALO + 4;
        let clear = |row| if is_near(row) { 1.0 } else { 16.0 };
        let bridges = assert_alike(1, &path, windows, clear);
        assert_eq!(&bridges[..], std::slice::from_ref(expected));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn windows_find_what_the_whole_does(seed: u64, clear in 4.0..14.0_f64) {
            let path = path(seed);
            let windows = Windows::of_length(&path, SIZE, 150);
            prop_assert!(windows.list.len() > 2);
            assert_alike(seed, &path, windows, |_| clear);
        }
    }
}
