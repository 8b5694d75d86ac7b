//! Evidence from tokens that two sentences share.
//!
//! With S the tokens of the source and w_t how far a token t of the target can be relied on,
//!
//! `L(T|S) = Σ_t ln(1 − w_t + w_t · Σ_{s∈S} [s matches t] / (|S| + 1) / p(t))`
//!
//! which is the log of IBM Model 1 (Brown et al. 1993) against the unigram model p (Moore 2002),
//! averaged over both directions. Deviations:
//!
//! 1. tokens match if they are the same or, less reliably, begin alike (Simard et al. 1992);
//! 2. a token that matches nothing anywhere in the other version says nothing: it contributes 0,
//!    not ln(1 − w).
//!
//! The sums over s are kept by token and pair of sentences, found through an index of the
//! other version's tokens: time and space are those of the matches. Sums of neighbouring
//! sentences add up, so a run of several needs no new look-up.

use std::ops::Range;

use super::MAX_RUN;
use crate::features::{Features, Id, Token, Vocabulary};

/// w for tokens that are the same on both sides: numbers, names, words that did not change. 0.4 to
/// 0.6 make no difference on the dev gold.
const SAME: f32 = 0.5;
/// w for words that only begin alike; 0.3 to 0.5 make no difference on the dev gold.
const ALIKE: f32 = 0.4;
/// Tokens of other texts that p(t) is smoothed with, and the share of t among them: that of a word
/// of middling frequency. Twice as many make no difference on the dev gold.
const SMOOTHING: f32 = 200.0;
const BACKGROUND: f32 = 1e-4;
/// Pairs of occurrences above which a token is too common to tell sentences apart, per sentence
/// of the two versions.
const MAX_PAIRS: usize = 16;
/// Pairs of occurrences up to which a token is rare enough for an anchor.
const MAX_ANCHOR_PAIRS: u32 = 4;

/// A token of one sentence and the sum over the tokens of a sentence of the other version that
/// match it, each divided by p.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Match {
    /// Index among all tokens of its version.
    token: u32,
    sum: f32,
}

/// A pair of sentences that share tokens.
#[derive(Clone, Copy)]
struct Cell {
    column: u32,
    /// Where the matches of the tokens of `a` begin, then those of `b`, and where those end.
    bounds: [u32; 3],
}

/// What is known of the tokens of one version.
struct Side {
    /// Tokens before each sentence, and at the end those of all.
    tokens: Vec<u32>,
    /// Sum of ln(1 − w) over the tokens before each sentence, and at the end over all.
    floor: Vec<f32>,
    /// w per token; 0 for one that matches nothing in the other version.
    reliability: Vec<f32>,
}

/// Shared tokens of a pair of versions.
pub(super) struct Lexical {
    sides: [Side; 2],
    /// Cells of each sentence of `a`, half-open, in the order of their columns.
    rows: Vec<Range<u32>>,
    cells: Vec<Cell>,
    matches: Vec<Match>,
    /// A few rows spread out by column (index of the cell + 1, or 0), for access in no time.
    spread: [Spread; MAX_RUN],
    /// Matches of a run, per side.
    scratch: [Vec<Match>; 2],
}

struct Spread {
    row: usize,
    cells: Vec<u32>,
}

impl Lexical {
    /// Finds the shared tokens of those pairs of sentences that `reachable` gives for each row.
    pub(super) fn new(
        a: &Features,
        b: &Features,
        index: &Index,
        reachable: impl Fn(usize) -> Range<usize>,
    ) -> Self {
        let sides = [Side::new(a, index), Side::new(b, index)];
        let columns = b.sentences().len();
        let mut lexical = Self {
            sides,
            rows: Vec::with_capacity(a.sentences().len()),
            cells: Vec::new(),
            matches: Vec::new(),
            spread: std::array::from_fn(|_| Spread {
                row: usize::MAX,
                cells: vec![0; columns],
            }),
            scratch: Default::default(),
        };
        let mut found = Vec::new();
        for row in 0..a.sentences().len() {
            index.matches(a, row, reachable(row), &mut found);
            lexical.push_row(&mut found);
        }
        lexical
    }

    /// Sums up the matches of a row, `(column, side, match)` in any order, into cells.
    fn push_row(&mut self, found: &mut Vec<(u32, usize, Match)>) {
        found.sort_unstable_by_key(|&(column, side, m)| (column, side, m.token));
        let first_cell = self.cells.len() as u32;
        for cell in found.chunk_by(|x, y| x.0 == y.0) {
            let start = self.matches.len() as u32;
            let mut middle = start;
            for same in cell.chunk_by(|x, y| (x.1, x.2.token) == (y.1, y.2.token)) {
                let (_, side, Match { token, .. }) = same[0];
                let sum = same.iter().map(|(_, _, m)| m.sum).sum();
                self.matches.push(Match { token, sum });
                middle += u32::from(side == 0);
            }
            self.cells.push(Cell {
                column: cell[0].0,
                bounds: [start, middle, self.matches.len() as u32],
            });
        }
        self.rows.push(first_cell..self.cells.len() as u32);
        found.clear();
    }

    /// Log-odds of two runs of sentences.
    pub(super) fn log_odds(&mut self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        let runs = [a, b];
        self.gather(a, b);
        let mut sum = 0.0;
        for (side, run) in runs.into_iter().enumerate() {
            let other = &self.sides[1 - side];
            let source = &runs[1 - side];
            let words = (other.tokens[source.end] - other.tokens[source.start] + 1) as f32;
            let this = &self.sides[side];
            sum += this.floor[run.end] - this.floor[run.start];
            let matches = &mut self.scratch[side];
            if source.len() > 1 {
                matches.sort_unstable_by_key(|m| m.token);
            }
            for same in matches.chunk_by(|x, y| x.token == y.token) {
                let total: f32 = same.iter().map(|m| m.sum).sum();
                let w = this.reliability[same[0].token as usize];
                sum += (1.0 + w / (1.0 - w) * total / words).ln();
            }
        }
        sum / 2.0
    }

    /// Collects the matches of both sides over the sentences of two runs.
    fn gather(&mut self, a: &Range<usize>, b: &Range<usize>) {
        self.scratch.iter_mut().for_each(Vec::clear);
        for row in a.clone() {
            self.load(row);
            for &cell in &self.spread[row % MAX_RUN].cells[b.clone()] {
                if let Some(cell) = cell.checked_sub(1) {
                    let [start, middle, end] = self.cells[cell as usize].bounds.map(|b| b as usize);
                    self.scratch[0].extend_from_slice(&self.matches[start..middle]);
                    self.scratch[1].extend_from_slice(&self.matches[middle..end]);
                }
            }
        }
    }

    /// Makes sure that a row is spread out.
    fn load(&mut self, row: usize) {
        let spread = &mut self.spread[row % MAX_RUN];
        if spread.row == row {
            return;
        }
        let cells = |row: Range<u32>| row.start as usize..row.end as usize;
        if let Some(old) = self.rows.get(spread.row) {
            for cell in &self.cells[cells(old.clone())] {
                spread.cells[cell.column as usize] = 0;
            }
        }
        for cell in cells(self.rows[row].clone()) {
            spread.cells[self.cells[cell].column as usize] = cell as u32 + 1;
        }
        spread.row = row;
    }
}

impl Side {
    fn new(features: &Features, index: &Index) -> Self {
        let mut this = Self {
            tokens: vec![0],
            floor: vec![0.0],
            reliability: Vec::with_capacity(features.all_tokens().len()),
        };
        let mut floor = 0.0;
        for sentence in 0..features.sentences().len() {
            for token in features.tokens(sentence) {
                let w = index.reliability(token);
                floor += (1.0 - w).ln();
                this.reliability.push(w);
            }
            this.tokens.push(this.reliability.len() as u32);
            this.floor.push(floor);
        }
        this
    }
}

/// Where the tokens and classes stand that occur on both sides.
pub(crate) struct Index {
    /// Per id and side, how often it occurs.
    counts: Vec<[u32; 2]>,
    /// Per id, where in `postings` the occurrences in `b` stand; empty for one that is not used.
    ranges: Vec<Range<u32>>,
    /// Occurrences in `b`: sentence and index of the token.
    postings: Vec<(u32, u32)>,
    /// Words of `b` by token.
    words: Vec<Id>,
    /// All tokens per side.
    totals: [f32; 2],
}

impl Index {
    pub(crate) fn new(a: &Features, b: &Features, vocabulary: &Vocabulary) -> Self {
        let mut counts = vec![[0; 2]; vocabulary.len()];
        for (side, features) in [a, b].into_iter().enumerate() {
            for id in features.all_tokens().iter().flat_map(ids) {
                counts[id as usize][side] += 1;
            }
        }
        let max_pairs = MAX_PAIRS * (a.sentences().len() + b.sentences().len());
        let used = |id: Id| {
            let [a, b] = counts[id as usize].map(|c| c as usize);
            a > 0 && b > 0 && a.saturating_mul(b) <= max_pairs
        };
        let mut all: Vec<(Id, u32, u32)> = Vec::new();
        for sentence in 0..b.sentences().len() {
            let first = b.first_token(sentence);
            for (token, t) in b.tokens(sentence).iter().enumerate() {
                let posting = |id| (id, sentence as u32, (first + token) as u32);
                all.extend(ids(t).filter(|&id| used(id)).map(posting));
            }
        }
        all.sort_unstable();
        let mut ranges = vec![0..0; vocabulary.len()];
        let mut start = 0;
        for same in all.chunk_by(|x, y| x.0 == y.0) {
            let end = start + same.len() as u32;
            ranges[same[0].0 as usize] = start..end;
            start = end;
        }
        Self {
            counts,
            ranges,
            postings: all.into_iter().map(|(_, s, t)| (s, t)).collect(),
            words: b.all_tokens().iter().map(|t| t.word).collect(),
            totals: [a, b].map(|f| f.all_tokens().len() as f32),
        }
    }

    fn is_used(&self, id: Id) -> bool {
        !self.ranges[id as usize].is_empty()
    }

    /// w of a token: that of the most reliable way in which it matches anything.
    fn reliability(&self, token: &Token) -> f32 {
        if self.is_used(token.word) {
            SAME
        } else if token.cognate.is_some_and(|class| self.is_used(class)) {
            ALIKE
        } else {
            0.0
        }
    }

    /// 1 / p of a token or class on one side.
    fn rarity(&self, id: Id, side: usize) -> f32 {
        let count = self.counts[id as usize][side] as f32;
        (self.totals[side] + SMOOTHING) / (count + SMOOTHING * BACKGROUND)
    }

    /// Finds the matches of a sentence of `a` among the sentences `columns` of `b`: column, side
    /// and match.
    fn matches(
        &self,
        a: &Features,
        row: usize,
        columns: Range<usize>,
        found: &mut Vec<(u32, usize, Match)>,
    ) {
        let columns = columns.start as u32..columns.end as u32;
        let first = a.first_token(row);
        for (token, t) in a.tokens(row).iter().enumerate() {
            let token = (first + token) as u32;
            for id in ids(t) {
                let [sum_a, sum_b] = [0, 1].map(|side| self.rarity(id, side));
                let postings = self.postings(id);
                let start = postings.partition_point(|p| p.0 < columns.start);
                for &(column, other) in &postings[start..] {
                    if column >= columns.end {
                        break;
                    }
                    let known = id != t.word && self.words[other as usize] == t.word;
                    if !known {
                        found.push((column, 0, Match { token, sum: sum_a }));
                        found.push((
                            column,
                            1,
                            Match {
                                token: other,
                                sum: sum_b,
                            },
                        ));
                    }
                }
            }
        }
    }

    /// Pairs of sentences that share tokens so rare that they are likely to be linked: row,
    /// column and log-odds of one token each, in no order.
    pub(crate) fn anchors(&self, a: &Features) -> Vec<(usize, usize, f32)> {
        let mut anchors = Vec::new();
        for row in 0..a.sentences().len() {
            for id in a.tokens(row).iter().flat_map(ids) {
                let [times_a, times_b] = self.counts[id as usize];
                if self.is_used(id) && times_a.saturating_mul(times_b) <= MAX_ANCHOR_PAIRS {
                    let log_odds = self.rarity(id, 0).min(self.rarity(id, 1)).ln()
                        / (times_a * times_b) as f32;
                    let postings = self.postings(id).iter();
                    anchors.extend(postings.map(|p| (row, p.0 as usize, log_odds)));
                }
            }
        }
        anchors
    }

    /// Where a token or class stands in `b`: sentence and index of the token.
    fn postings(&self, id: Id) -> &[(u32, u32)] {
        let range = self.ranges[id as usize].clone();
        &self.postings[range.start as usize..range.end as usize]
    }
}

/// The ids under which a token can match: its own, then that of its class.
fn ids(token: &Token) -> impl Iterator<Item = Id> + use<> {
    std::iter::once(token.word).chain(token.cognate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Segmenter, Source, Unit};

    fn read(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Features {
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        Features::read(&Segmenter::new().version(source).unwrap(), vocabulary)
    }

    /// The formula at the head of this file, word by word.
    fn naive(features: [&Features; 2], runs: [&Range<usize>; 2]) -> f32 {
        let all = features.map(Features::all_tokens);
        let run = |side: usize| {
            let sentences = runs[side].clone();
            sentences
                .flat_map(|s| features[side].tokens(s))
                .collect::<Vec<_>>()
        };
        let p = |side: usize, has: &dyn Fn(&Token) -> bool| {
            let count = all[side].iter().filter(|t| has(t)).count() as f32;
            (count + SMOOTHING * BACKGROUND) / (all[side].len() as f32 + SMOOTHING)
        };
        let mut sum = 0.0;
        for side in 0..2 {
            let source = run(1 - side);
            for t in run(side) {
                let same = |s: &Token| s.word == t.word;
                let alike = |s: &Token| s.cognate.is_some() && s.cognate == t.cognate;
                let w = if all[1 - side].iter().any(same) {
                    SAME
                } else if all[1 - side].iter().any(alike) {
                    ALIKE
                } else {
                    continue;
                };
                let matches: f32 = (source.iter())
                    .map(|s| match s {
                        s if same(s) => 1.0 / p(side, &same),
                        s if alike(s) => 1.0 / p(side, &alike),
                        _ => 0.0,
                    })
                    .sum();
                sum += (1.0 - w + w * matches / (source.len() as f32 + 1.0)).ln();
            }
        }
        sum / 2.0
    }

    #[test]
    fn agrees_with_the_formula() {
        let mut vocabulary = Vocabulary::default();
        let a = read(
            "Peter paid 1,250 euros in March.\nWho called Peter?\nThe museum of photography opened.\nNobody came, nobody called.",
            Lang::EN,
            &mut vocabulary,
        );
        let b = read(
            "Peter zahlte im März 1.250 Euro.\nWer rief an?\nDas Museum für Fotografie, sagt Peter Photinger, ist offen.\nEs kam niemand ins Museum.",
            Lang::DE,
            &mut vocabulary,
        );
        let index = Index::new(&a, &b, &vocabulary);
        let mut lexical = Lexical::new(&a, &b, &index, |_| 0..4);
        let runs = |n: usize| (0..n).flat_map(move |i| (i + 1..=n).map(move |j| i..j));
        for x in runs(4) {
            for y in runs(4) {
                let (found, expected) = (lexical.log_odds(&x, &y), naive([&a, &b], [&x, &y]));
                assert!(
                    (found - expected).abs() < 1e-4,
                    "{x:?} {y:?}: {found}, not {expected}"
                );
            }
        }
        assert!(lexical.log_odds(&(0..1), &(0..1)) > 1.0);
        assert!(lexical.log_odds(&(0..1), &(3..4)) < 0.0);
    }
}
