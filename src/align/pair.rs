//! Two versions: the evidence between them, and what it says of each link.

use std::ops::Range;

use super::band::{self, Anchor, Band};
use super::lattice::{self, LINKING, SHAPES, SINGLE, Step};
use super::links::Links;
use super::posterior::{self, Expected};
use crate::constants::Constants;
use crate::evidence::{Evidence, Index, Learnt, MAX_RUN, Parts};
use crate::features::{Features, Vocabulary};

/// Columns around the anchors that the band holds at first; four times as many as long as the path
/// touches its edge.
const REACH: usize = 50;

/// Columns around the path of single sentences that are looked at for beads of several; four times
/// as many as long as a likely link touches their edge.
const NEAR: usize = 5;

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
    pub(super) sides: [&'a Features; 2],
    index: Index,
    evidence: Evidence,
    /// Where there is evidence.
    band: Band,
    /// Whether it was gathered for rows and columns that stand apart, see [`reach`](Self::reach).
    is_apart: bool,
    /// Where there are posteriors.
    corridor: Band,
    priors: Priors,
    /// Sentences at the beginning and at the end of both versions that are the same.
    same: [usize; 2],
    constants: Constants,
}

impl<'a> Pair<'a> {
    /// Reads the evidence between two versions. With `learn`, it is gathered a second time, with
    /// what the first pass taught. Of versions in one language (`same_lang`), what they have word for
    /// word in common at either end is taken as given.
    pub(super) fn new(
        versions: [usize; 2],
        sides: [&'a Features; 2],
        vocabulary: &Vocabulary<'_>,
        same_lang: bool,
        learn: bool,
        constants: &Constants,
    ) -> Self {
        let same = if same_lang { same_ends(sides) } else { [0; 2] };
        let mut pair = Self::with(versions, sides, vocabulary, None, constants);
        pair.same = same;
        if learn {
            let learnt = Learnt::new(&sure(&pair.posteriors()), sides);
            pair = Self::with(versions, sides, vocabulary, Some(&learnt), constants);
            pair.same = same;
        }
        pair
    }

    fn with(
        versions: [usize; 2],
        sides: [&'a Features; 2],
        vocabulary: &Vocabulary<'_>,
        learnt: Option<&Learnt>,
        constants: &Constants,
    ) -> Self {
        let [a, b] = sides;
        let (rows, columns) = (a.sentences().len(), b.sentences().len());
        let index = Index::new(a, b, vocabulary, learnt, constants.eps);
        let chain = band::chain(anchors(&index, a), columns);
        let mut reach = REACH;
        let mut band = Band::along(&chain, rows, columns, reach);
        loop {
            let reachable = |row| band.reachable(row, MAX_RUN);
            let mut evidence = Evidence::new(a, b, &index, constants.variance, reachable);
            let links = single_links(&band, &mut evidence, constants);
            let at_edge = |link: &Anchor| band.is_edge(link.row, link.column);
            reach *= 4;
            let wider = Band::along(&chain, rows, columns, reach);
            if wider == band || !links.iter().any(at_edge) {
                return Self {
                    versions,
                    sides,
                    index,
                    evidence,
                    corridor: Band::near(&links, rows, columns, NEAR),
                    band,
                    is_apart: false,
                    priors: Priors::new(constants),
                    same: [0; 2],
                    constants: *constants,
                };
            }
            band = wider;
        }
    }

    /// The posteriors of all links. How many sentences stand alone and how many a bead has is learnt
    /// on the way (Baum et al. 1970): of texts that are no translations of each other nearly all stand
    /// alone, and what little evidence links them then does so no more; where hardly any bead has
    /// several, a notice that stands alone is not taken for part of its neighbour.
    pub(super) fn posteriors(&mut self) -> Links {
        let scores = self.scores();
        let (mut links, mut expected) = self.links(&scores);
        for _ in 0..ROUNDS {
            self.priors = Priors::new(&self.constants).learnt(expected);
            (links, expected) = self.links(&scores);
        }
        links
    }

    /// The evidence for all beads that link something, by the cell that they begin at and their shape:
    /// the dearest part, done once.
    fn scores(&mut self) -> Vec<f32> {
        let corridor = self.corridor.clone();
        let mut scores = Vec::with_capacity(corridor.cells() * LINKING.len());
        for i in 0..=corridor.rows() {
            for j in corridor.columns(i) {
                for (r, c) in LINKING {
                    let reaches = corridor.cell(i + r, j + c).is_some();
                    let score = match reaches {
                        true => self.evidence_for(i..i + r, j..j + c),
                        false => lattice::NEVER,
                    };
                    scores.push(score);
                }
            }
        }
        scores
    }

    /// The posteriors of all links and the expected beads, by the priors as they are now.
    fn links(&self, scores: &[f32]) -> (Links, Expected) {
        posterior::posteriors(&self.corridor, |bead, goes_on| {
            let score = match SHAPES[bead.shape] {
                (0, _) | (_, 0) => self.alone(&bead.rows, &bead.columns, goes_on),
                (rows, columns) => {
                    let extra = (rows + columns - 2) as f32;
                    scores[bead.start * LINKING.len() + bead.shape] + extra * self.priors.extra
                }
            };
            self.constants.temperature * score
        })
    }

    /// The cells that there are posteriors of.
    pub(super) const fn corridor(&self) -> &Band {
        &self.corridor
    }

    /// Pairs of sentences that share rare tokens, wherever these stand.
    pub(super) fn anchors(&self) -> Vec<Anchor> {
        anchors(&self.index, self.sides[0])
    }

    /// Gathers the evidence between rows and columns that stand apart: `columns` gives those of a row, or
    /// nothing where the evidence near the path will do.
    pub(super) fn reach(&mut self, columns: impl Fn(usize) -> Option<Range<usize>>) {
        let [a, b] = self.sides;
        let band = &self.band;
        let asked =
            |row: usize| columns(row).is_some_and(|c| !c.is_empty() && !self.covers(row, &c));
        if !self.is_apart && !(0..band.rows()).any(asked) {
            return;
        }
        self.is_apart = true;
        self.evidence = Evidence::new(a, b, &self.index, self.constants.variance, |row| {
            columns(row).unwrap_or_else(|| band.reachable(row, MAX_RUN))
        });
    }

    /// Whether evidence near the path is gathered for a row and these columns.
    fn covers(&self, row: usize, columns: &Range<usize>) -> bool {
        let near = self.band.reachable(row, MAX_RUN);
        near.start <= columns.start && columns.end <= near.end
    }

    /// The probability of something with such log-odds against chance.
    pub(super) fn probability(&self, log_odds: f32) -> f32 {
        1.0 / (1.0 + (-self.constants.temperature * log_odds).exp())
    }

    /// The log-odds of runs of sentences by what they come from, without what their shape says
    /// beforehand.
    pub(super) fn parts(&self, run: &Step) -> Parts {
        self.evidence.parts(&run.rows, &run.columns, self.sides)
    }

    /// Log-odds of a bead, with what its shape says beforehand.
    pub(super) fn score(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32 {
        if rows.is_empty() || columns.is_empty() {
            return self.alone(&rows, &columns, false);
        }
        let extra = (rows.len() + columns.len() - 2) as f32;
        extra * self.priors.extra + self.evidence_for(rows, columns)
    }

    /// Log prior of sentences that are left alone, the other run being empty.
    fn alone(&self, rows: &Range<usize>, columns: &Range<usize>, goes_on: bool) -> f32 {
        let is_furniture = self.evidence.is_furniture(rows, columns);
        self.priors.alone(goes_on, is_furniture)
    }

    /// Log-odds of a bead that links something, whatever its shape.
    fn evidence_for(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32 {
        match self.parts_same(&rows, &columns) {
            true => lattice::NEVER,
            false => self.evidence.log_odds(rows, columns),
        }
    }
}

impl Pair<'_> {
    /// Whether a bead holds a sentence that is the same in both versions, and not just that one.
    fn parts_same(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        let [n, m] = self.sides.map(|features| features.sentences().len());
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
fn same_ends([a, b]: [&Features; 2]) -> [usize; 2] {
    let words = |features: &Features, sentence: usize| -> Vec<_> {
        let tokens = features.tokens(sentence).iter();
        tokens.map(|token| token.word).collect()
    };
    let is_same = |i: usize, j: usize| {
        let [x, y] = [a.sentences()[i].chars, b.sentences()[j].chars];
        x == y && !a.tokens(i).is_empty() && words(a, i) == words(b, j)
    };
    let [n, m] = [a, b].map(|features| features.sentences().len());
    let least = n.min(m);
    let head = (0..least).take_while(|&i| is_same(i, i)).count();
    let rest = 1..least - head + 1;
    let tail = rest.take_while(|&back| is_same(n - back, m - back)).count();
    [head, tail]
}

/// Pairs of sentences that share rare tokens, by the rows of `a`.
fn anchors(index: &Index, a: &Features) -> Vec<Anchor> {
    let anchor = |(row, column, log_odds)| Anchor {
        row,
        column,
        log_odds,
    };
    index.anchors(a).into_iter().map(anchor).collect()
}

/// Log-odds of runs of sentences of two versions, with what the shape of the bead says beforehand; 0
/// where nothing is known of them, for they stand apart.
pub(super) fn score_of(
    pairs: &mut [Pair<'_>],
    [x, y]: [usize; 2],
    run: Range<usize>,
    other: Range<usize>,
) -> f32 {
    let pair = pairs.iter_mut().find_map(|pair| match pair.versions {
        versions if versions == [x, y] => Some((pair, run.clone(), other.clone())),
        versions if versions == [y, x] => Some((pair, other.clone(), run.clone())),
        _ => None,
    });
    let known = pair.filter(|(pair, rows, columns)| {
        let mut rows = rows.clone();
        rows.all(|row| pair.covers(row, columns))
    });
    known.map_or(0.0, |(pair, rows, columns)| pair.score(rows, columns))
}

/// The links of the best path of single sentences, which is found at a tenth of the cost.
fn single_links(band: &Band, evidence: &mut Evidence, constants: &Constants) -> Vec<Anchor> {
    let priors = Priors::new(constants);
    let single = |r: Range<usize>, c: Range<usize>| match r.len() + c.len() {
        1 => priors.alone(false, evidence.is_furniture(&r, &c)),
        _ => evidence.log_odds(r, c),
    };
    (lattice::best_path(band, &SINGLE, single).into_iter())
        .filter(Step::links)
        .map(|step| Anchor {
            row: step.rows.start,
            column: step.columns.start,
            log_odds: 0.0,
        })
        .collect()
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
    use crate::{Lang, Segmenter, Source, Unit};

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
            let mut vocabulary = Vocabulary::default();
            let [old, new] = [old, new].map(|text| {
                let source = Source::new(text).lines(Unit::Sentence).lang(Lang::EN);
                Features::read(&Segmenter::new().version(source).unwrap(), &mut vocabulary)
            });
            assert_eq!(same_ends([&old, &new]), expected, "{name}");
        }
    }
}
