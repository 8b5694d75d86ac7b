//! Two versions: the evidence between them, and what it says of each link.

use std::ops::Range;

use super::band::{self, Anchor, Band};
use super::lattice::{self, LINKING, SINGLE, Step};
use super::limits::{Limits, Work};
use super::links::Links;
use super::posterior::{self, Expected, Found, Weights};
use super::window::{Window, Windows};
use crate::constants::Constants;
use crate::evidence::{Evidence, Learnt, MAX_RUN, Parts, Words};
use crate::features::{Features, Token, Vocabulary};
use crate::parallel;

/// Columns around the anchors that the band holds at first; four times as many as long as the path
/// touches its edge.
const REACH: usize = 20;

/// Columns around the path of single sentences that are looked at for beads of several.
const NEAR: usize = 5;

/// By how many nats the paths of single sentences through a cell may be worse than the best one: beads of several sentences are looked
/// for at those cells only. On the dev gold, 15 finds what 30 does, and 10 takes two in a thousand from newstest-para-light.
const SLACK: f32 = 15.0;

/// Posterior of a link that must not touch the edge of what was looked at: so many rows around it, twice as
/// many each time, four times as many columns are then looked at.
const LIKELY: f32 = 0.1;
const AROUND: usize = 16;

/// Cells of a window that are looked at, at the most.
const MAX_CELLS: usize = 1 << 18;

/// Columns of a row that are looked at where nothing but lengths count.
const CORRIDOR: usize = 32;

/// Logarithms of weights are kept between this and its negative.
const MOST: f64 = 600.0;

/// Least posterior of a link that the second pass learns from.
const SURE: f32 = 0.9;

/// Rounds of learning the priors, and how many beads are taken as seen beforehand.
const ROUNDS: usize = 2;
const SEEN: f64 = 3.0;

/// By how much the furniture of a page is likelier to stand alone, in nats. On the dev gold, 4 takes half
/// a point from the strict F1 of the manuals.
const FURNITURE: f32 = 2.0;

/// What is believed beforehand of the shapes of beads, as log priors against one sentence and one.
#[derive(Clone, Copy)]
struct Priors {
    /// Of a sentence that is left alone, the one before it being linked.
    alone: f32,
    /// Of a sentence that is left alone as is the one before it.
    going_on: f32,
    /// Of each further sentence of a bead.
    extra: f32,
}

impl Priors {
    const fn new(constants: &Constants) -> Self {
        Self {
            alone: constants.alone,
            going_on: constants.going_on,
            extra: constants.extra,
        }
    }

    /// The priors by what is expected, and by [`SEEN`] beads of which these held.
    fn learnt(self, expected: Expected) -> Self {
        let Expected {
            beads,
            extra,
            alone,
            going_on,
        } = expected;
        let odds = |count: f64, others: f64, before: f32| {
            ((count + SEEN * f64::from(before).exp()) / (others.max(0.0) + SEEN)).ln() as f32
        };
        // A block begins with a row or with a column, and so it goes on.
        let blocks = alone - going_on;
        Self {
            alone: odds(blocks / 2.0, beads - blocks, self.alone),
            going_on: odds(going_on / 2.0, blocks, self.going_on),
            extra: odds(extra, beads + extra, self.extra),
        }
    }

    /// Log prior of sentences that are left alone. The furniture of a page is so more often than other
    /// sentences, by [`FURNITURE`], but no more often than not.
    const fn alone(&self, goes_on: bool, is_furniture: bool) -> f32 {
        let alone = if goes_on { self.going_on } else { self.alone };
        match is_furniture {
            true => (alone + FURNITURE).min(0.0),
            false => alone,
        }
    }
}

/// A pair of versions, and the evidence between them.
pub(super) struct Pair<'a> {
    /// Which versions of the article: that of the rows and that of the columns.
    pub(super) versions: [usize; 2],
    evidence: Evidence<'a>,
    /// The links of the best path of single sentences.
    path: Vec<Anchor>,
    priors: Priors,
    /// Sentences at the beginning and at the end of both versions that are the same.
    same: [usize; 2],
    /// Whether nothing but lengths and layout count, for the two go beyond a limit.
    by_lengths: bool,
    constants: Constants,
}

/// The part of a window that is looked at, and the weights of beads there that link something.
struct Grid {
    band: Band,
    linking: Vec<[f64; LINKING.len()]>,
}

impl<'a> Pair<'a> {
    /// Reads the evidence between two versions and finds the posteriors of their links; nothing where that
    /// is too much `work`. With `learn`, both is done a second time, with what the first pass taught, if
    /// there is work left for it. Of versions in one language (`same_lang`), what they have word for
    /// word in common at either end is taken as given.
    pub(super) fn align(
        versions: [usize; 2],
        sides: [&'a Features; 2],
        vocabulary: &Vocabulary,
        same_lang: bool,
        learn: bool,
        constants: &Constants,
        work: &mut Work,
    ) -> Option<(Self, Links)> {
        let same = match same_lang {
            true => same_ends(sides, vocabulary.tokens()),
            false => [0; 2],
        };
        let mut with = |learnt: Option<&Learnt>| {
            let evidence = Evidence::new(sides, vocabulary, learnt, constants);
            let mut pair = Self::new(versions, evidence, same, false, constants, work)?;
            let links = pair.posteriors(work)?;
            Some((pair, links))
        };
        let first = with(None)?;
        if !learn {
            return Some(first);
        }
        let learnt = Learnt::new(&sure(&first.1), sides, vocabulary);
        with(Some(&learnt)).or(Some(first))
    }

    /// The same by lengths and layout, near the diagonal: in time and space of the number of sentences,
    /// however many. The `sides` have no tokens.
    pub(super) fn align_by_lengths(
        versions: [usize; 2],
        sides: [&'a Features; 2],
        vocabulary: &Vocabulary,
        constants: &Constants,
    ) -> Option<(Self, Links)> {
        let evidence = Evidence::new(sides, vocabulary, None, constants);
        let mut work = Limits::none().share(&sides.map(|side| side.sentences().len()), [0, 1]);
        let mut pair = Self::new(versions, evidence, [0; 2], true, constants, &mut work)?;
        let links = pair.posteriors(&mut work)?;
        Some((pair, links))
    }

    fn new(
        versions: [usize; 2],
        evidence: Evidence<'a>,
        same: [usize; 2],
        by_lengths: bool,
        constants: &Constants,
        work: &mut Work,
    ) -> Option<Self> {
        let path = path(&evidence, constants, by_lengths, work)?;
        Some(Self {
            versions,
            evidence,
            path,
            priors: Priors::new(constants),
            same,
            by_lengths,
            constants: *constants,
        })
    }

    pub(super) const fn sides(&self) -> [&'a Features; 2] {
        self.evidence.sides()
    }

    /// The posteriors of all links; nothing where that is too much work. How many sentences stand alone
    /// and how many a bead has is learnt
    /// on the way (Baum et al. 1970): of texts that are no translations of each other nearly all stand
    /// alone, and what little evidence links them then does so no more; where hardly any bead has
    /// several, a notice that stands alone is not taken for part of its neighbour. Of a long text, some
    /// windows are learnt from.
    fn posteriors(&mut self, work: &mut Work) -> Option<Links> {
        let size = self.sides().map(|features| features.sentences().len());
        let windows = Windows::new(&self.path, size);
        let steps = |window| self.steps(window, &self.first_band(window));
        if !work.take(windows.list().iter().map(steps).sum()) {
            return None;
        }
        let mut words = Words::default();
        let grids: Vec<(Window, Grid)> = (windows.sample().into_iter())
            .map(|window| {
                let band = self.corridor(&window);
                let grid = self.grid(&window, band, None, &mut words);
                (window, grid)
            })
            .collect();
        for _ in 0..ROUNDS {
            let mut expected = Expected::default();
            for (window, grid) in &grids {
                expected += self.sums(window, grid).expected;
            }
            self.priors = Priors::new(&self.constants).learnt(expected);
        }
        let found = self.found(windows.list(), &grids, work);
        drop(grids);
        let links = windows.join(found, |window| {
            let is_too_much =
                self.by_lengths || !work.take(self.steps(window, &self.first_band(window)));
            match is_too_much {
                true => None,
                false => self.found(std::slice::from_ref(window), &[], work).pop(),
            }
        });
        Some(Links::new(size[0], links))
    }

    /// What the sum over all paths through each of some windows tells; the grids of some are known. What
    /// is left of the work is shared out among them beforehand, so that it makes no difference which is
    /// finished first.
    fn found(&self, windows: &[Window], grids: &[(Window, Grid)], work: &mut Work) -> Vec<Found> {
        let known = |window: &Window| grids.iter().find(|(known, _)| known == window);
        let steps: Vec<u64> = (windows.iter())
            .map(|window| self.steps(window, &self.first_band(window)))
            .collect();
        let all = steps.iter().sum();
        let shares = steps.into_iter().map(|steps| work.share(steps, all));
        let shared: Vec<(&Window, Work)> = windows.iter().zip(shares).collect();
        let found = parallel::map(shared, Words::default, |words, (window, mut share)| {
            let known = known(window).map(|(_, grid)| grid);
            (self.checked(known, window, words, &mut share), share)
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
    fn checked(
        &self,
        known: Option<&Grid>,
        window: &Window,
        words: &mut Words,
        work: &mut Work,
    ) -> Found {
        let mut reach = vec![0; window.rows.len() + 1];
        let mut own = match known {
            Some(_) => None,
            None => Some(self.grid(window, self.corridor(window), None, words)),
        };
        let mut outer = self.first_band(window);
        for round in 0.. {
            let grid = own.as_ref().or(known).expect("one of them is there");
            let found = self.sums(window, grid);
            let band = &grid.band;
            let mut touched = vec![false; reach.len()];
            for (row, link) in found.links.iter().filter(|(_, link)| link.p >= LIKELY) {
                if outer.is_edge(*row, link.to) || outer.is_edge(row + 1, link.to + 1) {
                    let around = AROUND << round.min(16);
                    let end = (row + around + 1).min(touched.len());
                    touched[row.saturating_sub(around)..end].fill(true);
                }
            }
            let touched = reach.iter_mut().zip(touched);
            for (reach, _) in touched.filter(|(_, touched)| *touched) {
                *reach = usize::saturating_mul((*reach).max(1), 4);
            }
            outer = self.band(window, |row| reach[row].max(1));
            let wider = band.widened(&outer, |row| reach[row] > 0);
            if self.by_lengths || wider == grid.band || !work.take(self.steps(window, &wider)) {
                return found;
            }
            own = Some(self.grid(window, wider, Some(grid), words));
        }
        unreachable!("a band becomes no wider than the window")
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

    /// The cells of a window near the path that are looked at first.
    fn first_band(&self, window: &Window) -> Band {
        self.band(window, |_| 1)
    }

    /// Those of them that lead on paths of single sentences that are hardly worse than the best, by what
    /// rare words say.
    fn corridor(&self, window: &Window) -> Band {
        let band = self.first_band(window);
        if self.by_lengths {
            return band;
        }
        let [top, left] = [window.rows.start, window.columns.start];
        let (mut links, mut scores) = (vec![0.0; band.cells()], Vec::new());
        for i in 0..band.rows() {
            let columns = band.met(i);
            let columns = left + columns.start..left + columns.end;
            self.evidence.rough(top + i, columns, &mut scores);
            links[band.place(i)][..scores.len()].copy_from_slice(&scores);
        }
        let rows = window
            .rows
            .clone()
            .map(|i| self.alone(&(i..i + 1), &(0..0), false));
        let columns = window
            .columns
            .clone()
            .map(|j| self.alone(&(0..0), &(j..j + 1), false));
        let [rows, columns]: [Vec<f32>; 2] = [rows.collect(), columns.collect()];
        lattice::near_best(&band, &links, [&rows, &columns], SLACK)
    }

    /// The cells of a window near the path; `reach` is how many times as many as at first, per row.
    fn band(&self, window: &Window, reach: impl Fn(usize) -> usize) -> Band {
        let is_inside = |link: &&Anchor| {
            window.rows.contains(&link.row) && window.columns.contains(&link.column)
        };
        let first = self
            .path
            .partition_point(|link| link.row < window.rows.start);
        let path = self.path[first..]
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
    fn grid(&self, window: &Window, band: Band, before: Option<&Grid>, words: &mut Words) -> Grid {
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
                    if reaches && !self.parts_same(&(row..row + r), &(column..column + c)) {
                        let score = f64::from(scores[r - 1][c - 1]);
                        *weight = (temperature * score).clamp(-MOST, MOST).exp();
                    }
                }
            }
        }
        Grid { band, linking }
    }

    /// What the sum over all paths through a window tells, by the priors as they are now.
    fn sums(&self, window: &Window, grid: &Grid) -> Found {
        let weight = |prior: f32| f64::from(self.constants.temperature * prior).exp();
        let alone = |rows: &Range<usize>, columns: &Range<usize>| {
            [false, true].map(|goes_on| weight(self.alone(rows, columns, goes_on)))
        };
        let rows = window.rows.clone().map(|i| alone(&(i..i + 1), &(0..0)));
        let columns = window.columns.clone().map(|j| alone(&(0..0), &(j..j + 1)));
        let [rows, columns]: [Vec<_>; 2] = [rows.collect(), columns.collect()];
        let weights = Weights {
            linking: &grid.linking,
            extra: weight(self.priors.extra),
            alone: [&rows, &columns],
        };
        posterior::posteriors(&grid.band, &weights)
    }

    /// Pairs of sentences that share rare tokens, wherever these stand.
    pub(super) fn anchors(&self) -> Vec<Anchor> {
        anchors(&self.evidence)
    }

    /// The probability of something with such log-odds against chance.
    pub(super) fn probability(&self, log_odds: f32) -> f32 {
        1.0 / (1.0 + (-self.constants.temperature * log_odds).exp())
    }

    /// The log-odds of runs of sentences by what they come from, without what their shape says
    /// beforehand.
    pub(super) fn parts(&self, run: &Step) -> Parts {
        self.evidence.parts(&run.rows, &run.columns)
    }

    /// Begins to hold rows against columns anywhere, runs of so many of each at the most.
    pub(super) fn begin(&self, words: &mut Words, runs: [usize; 2]) {
        self.evidence.begin(words, runs);
    }

    /// Begins to hold rows against some columns, which rise: rows are read against ranges of places among
    /// these.
    pub(super) fn begin_with(&self, words: &mut Words, columns: &[usize]) {
        self.begin(words, [MAX_RUN; 2]);
        words.only(columns);
    }

    /// Reads a row against some columns, so that [`linking`](Self::linking) can be asked for runs of rows
    /// that begin with it; rows are read from the last to the first.
    pub(super) fn read(&self, words: &mut Words, row: usize, columns: Range<usize>) {
        self.evidence.read(words, row, columns);
    }

    /// Log-odds of a bead that links something and was read, with what its shape says beforehand. Lengths
    /// say nothing about what stands elsewhere.
    pub(super) fn linking(
        &self,
        words: &Words,
        rows: &Range<usize>,
        columns: &Range<usize>,
    ) -> f32 {
        if self.by_lengths || self.parts_same(rows, columns) {
            return lattice::NEVER;
        }
        let extra = (rows.len() + columns.len() - 2) as f32;
        extra * self.priors.extra + self.evidence.log_odds(words, rows, columns)
    }

    /// Log-odds of a bead, with what its shape says beforehand.
    pub(super) fn score(
        &self,
        words: &mut Words,
        rows: Range<usize>,
        columns: Range<usize>,
    ) -> f32 {
        if rows.is_empty() || columns.is_empty() {
            return self.alone(&rows, &columns, false);
        }
        self.begin(words, [rows.len(), columns.len()]);
        for row in rows.clone().rev() {
            self.read(words, row, columns.clone());
        }
        self.linking(words, &rows, &columns)
    }

    /// Log prior of sentences that are left alone, the other run being empty.
    fn alone(&self, rows: &Range<usize>, columns: &Range<usize>, goes_on: bool) -> f32 {
        let is_furniture = self.evidence.is_furniture(rows, columns);
        self.priors.alone(goes_on, is_furniture)
    }
}

impl Pair<'_> {
    /// Whether a bead holds a sentence that is the same in both versions, and not just that one.
    fn parts_same(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        if self.same == [0; 2] {
            return false;
        }
        let [n, m] = self.sides().map(|features| features.sentences().len());
        let [head, tail] = self.same;
        let is_one = rows.len() == 1 && columns.len() == 1;
        let in_head = |run: &Range<usize>| !run.is_empty() && run.start < head;
        let in_tail = |run: &Range<usize>, count: usize| !run.is_empty() && run.end + tail > count;
        (in_head(rows) || in_head(columns)) && !(is_one && rows.start == columns.start)
            || (in_tail(rows, n) || in_tail(columns, m))
                && !(is_one && n - rows.start == m - columns.start)
    }
}

/// How many sentences two versions have in common at their beginning and at their end.
fn same_ends([a, b]: [&Features; 2], tokens: &[Token]) -> [usize; 2] {
    let is_same = |i: usize, j: usize| a.is_same(i, b, j, tokens);
    let [n, m] = [a, b].map(|features| features.sentences().len());
    let least = n.min(m);
    let head = (0..least).take_while(|&i| is_same(i, i)).count();
    let rest = 1..least - head + 1;
    let tail = rest.take_while(|&back| is_same(n - back, m - back)).count();
    [head, tail]
}

/// Pairs of sentences that share rare tokens.
fn anchors(evidence: &Evidence<'_>) -> Vec<Anchor> {
    let anchor = |(row, column, log_odds)| Anchor {
        row,
        column,
        log_odds,
    };
    evidence.anchors().into_iter().map(anchor).collect()
}

/// Log-odds of runs of sentences of two versions, with what the shape of the bead says beforehand.
pub(super) fn score_of(
    pairs: &[Pair<'_>],
    words: &mut Words,
    [x, y]: [usize; 2],
    run: Range<usize>,
    other: Range<usize>,
) -> f32 {
    let mut heard = pairs.iter().filter(|pair| !pair.by_lengths);
    let found = heard.find_map(|pair| match pair.versions {
        versions if versions == [x, y] => Some((pair, run.clone(), other.clone())),
        versions if versions == [y, x] => Some((pair, other.clone(), run.clone())),
        _ => None,
    });
    found.map_or(0.0, |(pair, rows, columns)| {
        pair.score(words, rows, columns)
    })
}

/// The links of the best path of single sentences by what rare words say of them, in a band along the
/// anchors, or near the diagonal where nothing but lengths count; nothing where that is too much work.
fn path(
    evidence: &Evidence<'_>,
    constants: &Constants,
    by_lengths: bool,
    work: &mut Work,
) -> Option<Vec<Anchor>> {
    let [rows, columns] = evidence.sides().map(|features| features.sentences().len());
    let chain = match by_lengths {
        true => Vec::new(),
        false => band::chain(anchors(evidence), columns),
    };
    let priors = Priors::new(constants);
    let alone = |rows: Range<usize>, columns: Range<usize>| {
        priors.alone(false, evidence.is_furniture(&rows, &columns))
    };
    let row_alone: Vec<f32> = (0..rows).map(|i| alone(i..i + 1, 0..0)).collect();
    let column_alone: Vec<f32> = (0..columns).map(|j| alone(0..0, j..j + 1)).collect();
    let (mut row, mut scores) = (usize::MAX, Vec::new());
    let mut reach = REACH;
    let mut band = match by_lengths {
        true => Band::near(&[], rows, columns, |_| CORRIDOR, (rows + 1) * CORRIDOR),
        false => Band::along(&chain, rows, columns, reach),
    };
    if !work.take(band.meetings() as u64) {
        return None;
    }
    loop {
        let score = |r: Range<usize>, c: Range<usize>| match (r.len(), c.len()) {
            (_, 0) => row_alone[r.start],
            (0, _) => column_alone[c.start],
            _ => {
                let near = band.reachable(r.start, 1);
                if row != r.start {
                    row = r.start;
                    evidence.rough(row, near.clone(), &mut scores);
                }
                scores[c.start - near.start]
            }
        };
        let path = lattice::best_path(&band, &SINGLE, score);
        let links: Vec<Anchor> = (path.into_iter().filter(Step::links))
            .map(|step| Anchor {
                row: step.rows.start,
                column: step.columns.start,
                log_odds: 0.0,
            })
            .collect();
        let at_edge = |link: &Anchor| band.is_edge(link.row, link.column);
        if by_lengths || !links.iter().any(at_edge) {
            return Some(links);
        }
        reach *= 4;
        let wider = Band::along(&chain, rows, columns, reach);
        if wider == band || !work.take(wider.meetings() as u64) {
            return Some(links);
        }
        (band, row) = (wider, usize::MAX);
    }
}

/// Sentences that are surely linked, in the order of the text.
fn sure(links: &Links) -> Vec<[Range<usize>; 2]> {
    let mut sure: Vec<[Range<usize>; 2]> = Vec::new();
    for (row, links) in links.iter().enumerate() {
        let mut columns = links.iter().filter(|l| l.p >= SURE).map(|l| l.to);
        let Some(first) = columns.next() else {
            continue;
        };
        let end = columns.next_back().unwrap_or(first) + 1;
        match sure.last_mut() {
            Some([rows, columns]) if rows.end == row && columns.contains(&first) => {
                rows.end = row + 1;
                columns.end = end.max(columns.end);
            }
            _ => sure.push([row..row + 1, first..end]),
        }
    }
    sure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::features::{Memory, of_lines};

    #[test]
    fn ends_of_two_editions() {
        for (name, old, new, expected) in [
            ("a copy", "One.\nTwo.", "One.\nTwo.", [2, 0]),
            (
                "the middle",
                "One.\nTwo.\nThree.",
                "One.\nFour.\nThree.",
                [1, 1],
            ),
            ("one more", "One.\nOne.", "One.\nOne.\nOne.", [2, 0]),
            ("the end", "Zero.\nOne.\nTwo.", "One.\nTwo.", [0, 2]),
            ("nothing", "One.", "Two.", [0, 0]),
            ("no words", "…\n…", "…\n…", [0, 0]),
        ] {
            let texts = [old, new].map(|text| (text, Lang::EN));
            let ([old, new], vocabulary) = of_lines(texts, &mut Memory::default());
            let found = same_ends([&old, &new], vocabulary.tokens());
            assert_eq!(found, expected, "{name}");
        }
    }

    /// The work of aligning a text of lines with another one.
    fn work([a, b]: [&str; 2], learn: bool) -> u64 {
        let mut memory = Memory::new(Vec::new(), learn);
        let ([a, b], vocabulary) = of_lines([(a, Lang::EN), (b, Lang::DE)], &mut memory);
        let sizes = [&a, &b].map(|side| side.sentences().len());
        let mut work = Limits::none().share(&sizes, [0, 1]);
        let constants = Constants::FITTED;
        let sides = [&a, &b];
        Pair::align(
            [0, 1],
            sides,
            &vocabulary,
            false,
            learn,
            &constants,
            &mut work,
        )
        .unwrap();
        work.done()
    }

    /// Some lines, by their numbers.
    fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(|i| line(i) + "\n").collect()
    }

    #[test]
    fn work_grows_with_the_length() {
        type Texts = fn(usize) -> [String; 2];
        fn same(_: usize) -> String {
            "The same line.".to_owned()
        }
        fn letter(_: usize) -> String {
            "a".to_owned()
        }
        fn numbered(i: usize) -> String {
            format!("Line {i} of it.")
        }
        fn scattered(i: usize) -> String {
            numbered(i * 7919 % 10_007)
        }
        fn long(i: usize) -> String {
            (0..9)
                .map(|j| format!("w{} ", (i * 31 + j * 7) % 997))
                .collect()
        }
        let texts: [(&str, Texts); 6] = [
            ("identical", |n| [same, same].map(|line| lines(n, line))),
            ("one letter", |n| {
                [letter, letter].map(|line| lines(n, line))
            }),
            ("translated", |n| {
                [numbered, numbered].map(|line| lines(n, line))
            }),
            ("moved all over", |n| {
                [lines(n, numbered), lines(n, scattered)]
            }),
            ("against three", |n| {
                [lines(n, numbered), lines(3, numbered)]
            }),
            ("long lines", |n| {
                [lines(n, long), lines(n, |i| long(i + 3))]
            }),
        ];
        for (name, texts) in texts {
            let works = [3000, 12_000].map(|count| {
                let [a, b] = texts(count);
                work([&a, &b], name == "identical")
            });
            // Four times as many sentences, and what the ends of bands and windows add.
            let growth = works[1] as f64 / works[0] as f64;
            assert!(growth < 5.0, "{name}: {works:?}");
        }
    }
}
