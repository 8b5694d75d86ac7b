//! Windows of a pair of versions: which of their cells are looked at, and what these say.

use std::ops::Range;

use super::{CORRIDOR, Pair};
use crate::align::band::{Anchor, Band};
use crate::align::lattice::{self, LINKING};
use crate::align::limits::Work;
use crate::align::posterior::{self, Found, Weights};
use crate::align::window::{Window, Windows};
use crate::evidence::{MAX_RUN, Rough, Words};
use crate::parallel;

/// Columns around the path of single sentences that are looked at for beads of several.
const NEAR: usize = 5;

/// By how many nats paths of single sentences may be worse than the best one: where they lead, beads of
/// several are looked for. On the dev gold, 15 finds all that 30 does, and 10 takes two in a thousand from
/// the strict F1 of newstest-para-light.
const SLACK: f32 = 15.0;

/// Posterior of a link that must not touch the edge of what was looked at: so many rows around it, twice as
/// many each time, four times as many columns are then looked at.
const LIKELY: f32 = 0.1;
const AROUND: usize = 16;

/// Cells of a window that are looked at, at the most.
const MAX_CELLS: usize = 1 << 18;

/// Logarithms of weights are kept between this and its negative.
const MOST: f64 = 500.0;

/// The part of a window that is looked at, and the weights of beads there that link something.
pub(super) struct Grid {
    /// The cells near the path, so far as they reached.
    near: Band,
    /// Those that are looked at.
    band: Band,
    linking: Vec<[f64; LINKING.len()]>,
}

impl Pair<'_> {
    /// What the sum over all paths through each of some windows tells, given the work of looking at each for the
    /// first time; the grids of some are known. What is left of the work is shared out among them beforehand, so
    /// that it makes no difference which is finished first.
    pub(super) fn found(
        &self,
        windows: &Windows,
        steps: &[u64],
        grids: &[(Window, Grid)],
        work: &mut Work,
    ) -> Vec<Found> {
        let list = windows.list();
        let known = |window: &Window| grids.iter().find(|(known, _)| known == window);
        let all = steps.iter().sum();
        let shares = steps.iter().map(|&steps| work.share(steps, all));
        let shared: Vec<(usize, Work)> = shares.enumerate().collect();
        let found = parallel::map(shared, Words::default, |words, (number, mut share)| {
            let window = &list[number];
            let known = known(window).map(|(_, grid)| grid);
            let mut found = self.checked(known, window, words, &mut share);
            windows.keep(number, &mut found);
            (found, share)
        });
        let found = found.into_iter().map(|(found, share)| {
            work.add(share);
            found
        });
        found.collect()
    }

    /// What the sum over all paths through a window tells: first through the cells near the path, then,
    /// where a likely link touches the edge of these and as long as that is not too much work, around it
    /// as well.
    pub(super) fn checked(
        &self,
        known: Option<&Grid>,
        window: &Window,
        words: &mut Words,
        work: &mut Work,
    ) -> Found {
        let mut reach = vec![1; window.rows.len() + 1];
        let mut own = match known {
            Some(_) => None,
            None => Some(self.first_grid(window, words)),
        };
        for round in 0.. {
            let grid = own.as_ref().or(known).expect("one of them is there");
            let found = self.sums(window, grid);
            let Grid { near, band, .. } = grid;
            let mut touched = vec![false; reach.len()];
            for (row, link) in found.links.iter().filter(|(_, link)| link.p >= LIKELY) {
                if near.is_edge(*row, link.to) || near.is_edge(row + 1, link.to + 1) {
                    let around = AROUND << round.min(16);
                    let end = (row + around + 1).min(touched.len());
                    touched[row.saturating_sub(around)..end].fill(true);
                }
            }
            if self.by_lengths || !touched.contains(&true) {
                return found;
            }
            let touched = reach.iter_mut().zip(touched);
            for (reach, _) in touched.filter(|(_, touched)| *touched) {
                *reach = usize::saturating_mul(*reach, 4);
            }
            let outer = self.band(window, |row| reach[row]);
            let wider = band.widened(&outer, |row| reach[row] > 1);
            if wider == *band || !work.take(self.steps(window, &wider)) {
                return found;
            }
            own = Some(self.grid(window, outer, wider, Some(grid), words));
        }
        unreachable!("a band becomes no wider than the window")
    }

    /// The work of looking at a window for the first time.
    pub(super) fn first_steps(&self, window: &Window) -> u64 {
        self.steps(window, &self.first_band(window))
    }

    /// The weights of beads in a window that is looked at for the first time.
    pub(super) fn first_grid(&self, window: &Window, words: &mut Words) -> Grid {
        let near = self.first_band(window);
        let band = match self.by_lengths {
            true => near.clone(),
            false => self.corridor(window, &near),
        };
        self.grid(window, near, band, None, words)
    }

    /// The work of looking at some cells of a window: sentences that are held against each other, and words
    /// of the columns that are looked up.
    fn steps(&self, window: &Window, band: &Band) -> u64 {
        let columns = self.sides()[1];
        let left = window.columns.start;
        let words = |met: Range<usize>| match met.is_empty() {
            true => 0,
            false => columns.range(left + met.end - 1).end - columns.range(left + met.start).start,
        };
        let words: usize = (0..band.rows()).map(|i| words(band.met(i))).sum();
        (band.meetings() + words) as u64
    }

    /// The cells of a window near the path, as far as they reach at first.
    fn first_band(&self, window: &Window) -> Band {
        self.band(window, |_| 1)
    }

    /// The cells of a band that lead on paths of single sentences that are hardly worse than the best, by what
    /// rare words say.
    fn corridor(&self, window: &Window, band: &Band) -> Band {
        let [top, left] = [window.rows.start, window.columns.start];
        let (mut links, mut room) = (vec![0.0; band.cells()], Rough::default());
        for i in 0..band.rows() {
            let columns = band.met(i);
            let (row, columns) = (top + i, left + columns.start..left + columns.end);
            let own = self.rough(row, columns, &mut room);
            links[band.place(i)][..own.len()].copy_from_slice(own);
        }
        let [rows, columns] = self.all_alone(window, |[first, _]| first);
        lattice::near_best(band, &links, [&rows, &columns], SLACK)
    }

    /// The cells of a window near the path; `reach` is how many times as many as at first, per row.
    fn band(&self, window: &Window, reach: impl Fn(usize) -> usize) -> Band {
        let is_inside = |link: &&Anchor| {
            window.rows.contains(&link.row) && window.columns.contains(&link.column)
        };
        let links = &self.path.links;
        let first = links.partition_point(|link| link.row < window.rows.start);
        let path = links[first..]
            .iter()
            .take_while(|link| link.row < window.rows.end);
        let path: Vec<Anchor> = (path.filter(is_inside))
            .map(|link| Anchor {
                row: link.row - window.rows.start,
                column: link.column - window.columns.start,
                ..*link
            })
            .collect();
        let (rows, columns) = (window.rows.len(), window.columns.len());
        let near = |row| reach(row).saturating_mul(NEAR).min(columns);
        let most = match self.by_lengths {
            true => (rows + 1) * CORRIDOR,
            false => MAX_CELLS,
        };
        Band::near(&path, rows, columns, near, most)
    }

    /// The weights of all beads in some cells of a window that link something: the dearest part. Rows
    /// whose cells are as they were `before` need not be weighed again.
    fn grid(
        &self,
        window: &Window,
        near: Band,
        band: Band,
        before: Option<&Grid>,
        words: &mut Words,
    ) -> Grid {
        let mut linking = vec![[0.0; LINKING.len()]; band.cells()];
        let [top, left] = [window.rows.start, window.columns.start];
        let temperature = f64::from(self.constants.temperature);
        self.evidence.begin(words, [MAX_RUN; 2]);
        // Rows below this one were read.
        let mut read = band.rows();
        for i in (0..band.rows()).rev() {
            let own = band.place(i);
            let beads = i..(i + MAX_RUN + 1).min(band.rows() + 1);
            let is_same = |grid: &&Grid| {
                beads
                    .clone()
                    .all(|i| grid.band.columns(i) == band.columns(i))
            };
            if let Some(grid) = before.filter(is_same) {
                linking[own].copy_from_slice(&grid.linking[grid.band.place(i)]);
                continue;
            }
            for row in (i..read.min(i + MAX_RUN)).rev() {
                let columns = band.covered(row, MAX_RUN + 1);
                let columns = left + columns.start..left + columns.end;
                self.evidence.read(words, top + row, columns);
            }
            read = i;
            let columns = band.covered(i, MAX_RUN + 1);
            for j in band.columns(i).start.max(columns.start)..columns.end {
                let (row, column) = (top + i, left + j);
                let Some(cell) = band.cell(i, j) else {
                    break;
                };
                let scores = self.evidence.all_log_odds(words, row, column);
                for (weight, (r, c)) in linking[cell].iter_mut().zip(LINKING) {
                    let reaches = band.cell(i + r, j + c).is_some();
                    let (rows, columns) = (row..row + r, column..column + c);
                    if reaches
                        && !self.parts_same(&rows, &columns)
                        && self.decided.allows(&rows, &columns)
                    {
                        let score = self.decided.log_odds(&rows, &columns, scores[r - 1][c - 1]);
                        *weight = (temperature * f64::from(score)).clamp(-MOST, MOST).exp();
                    }
                }
            }
        }
        Grid {
            near,
            band,
            linking,
        }
    }

    /// What `of` makes of the log priors that each row and each column of a window is left alone, of the first one
    /// of a block and of one that goes on.
    fn all_alone<T: Copy>(&self, window: &Window, of: impl Fn([f32; 2]) -> T) -> [Vec<T>; 2] {
        let sides = [&window.rows, &window.columns];
        [0, 1].map(|side| (self.priors).all_alone(&self.evidence, side, sides[side].clone(), &of))
    }

    /// What the sum over all paths through a window tells, by the priors as they are now.
    pub(super) fn sums(&self, window: &Window, grid: &Grid) -> Found {
        let weight = |prior: f32| f64::from(self.constants.temperature * prior).exp();
        let [rows, columns] = self.all_alone(window, |priors| priors.map(weight));
        let weights = Weights {
            linking: &grid.linking,
            extra: weight(self.priors.extra),
            alone: [&rows, &columns],
        };
        posterior::posteriors(&grid.band, &weights)
    }
}
