//! Which tokens of a pair of versions match, and where they stand.

use std::ops::Range;

use super::learnt::Learnt;
use super::translations::{Pair, Translations};
use crate::features::{Features, Id, Token, Vocabulary};

/// w for tokens that are the same on both sides: numbers, names, words that did not change. 0.4 to
/// 0.6 make no difference on the dev gold.
pub(super) const SAME: f32 = 0.5;
/// w for words that only begin alike; 0.3 to 0.5 make no difference on the dev gold.
pub(super) const ALIKE: f32 = 0.4;
/// Tokens of other texts that p(t) is smoothed with, and the share of t among them where no lexicon
/// tells: that of a word of middling frequency. Twice as many make no difference on the dev gold.
pub(super) const SMOOTHING: f32 = 200.0;
pub(super) const BACKGROUND: f32 = 1e-4;
/// Pairs of occurrences above which a token is too common to tell sentences apart, per sentence
/// of the two versions.
const MAX_PAIRS: usize = 128;
/// Pairs of occurrences up to which a token is rare enough for an anchor.
const MAX_ANCHOR_PAIRS: u32 = 4;

/// Two tokens that match, one of each version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// The sentence of the token of `b`.
    pub(super) column: u32,
    /// Indices among all tokens of each version.
    pub(super) tokens: [u32; 2],
    /// Per token, the probability that it comes from the other, divided by its p.
    pub(super) sums: [f32; 2],
}

/// Which tokens match those of the other version, and where these stand.
pub(crate) struct Index {
    /// Per id and side, how often it occurs.
    counts: Vec<[u32; 2]>,
    /// Per id, 1 / p on each side.
    rarity: Vec<[f32; 2]>,
    /// Per id, whether it stands on both sides and is rare enough to be used.
    same: Vec<bool>,
    translations: Translations,
    /// Per side, the fold of the translations that each sentence is held against.
    folds: [Vec<usize>; 2],
    /// w for words all translations of which a lexicon knows: 1 − ε.
    known: f32,
    /// Per id, where in `postings` the occurrences in `b` stand.
    ranges: Vec<Range<u32>>,
    /// Occurrences in `b`: sentence and index of the token.
    postings: Vec<(u32, u32)>,
    /// Tokens of `b`.
    tokens: Vec<Token>,
}

impl Index {
    pub(crate) fn new(
        a: &Features,
        b: &Features,
        vocabulary: &Vocabulary<'_>,
        learnt: Option<&Learnt>,
        eps: f32,
    ) -> Self {
        let mut counts = vec![[0; 2]; vocabulary.len()];
        for (side, features) in [a, b].into_iter().enumerate() {
            for id in features.all_tokens().iter().flat_map(ids) {
                counts[id as usize][side] += 1;
            }
        }
        let max_pairs = MAX_PAIRS * (a.sentences().len() + b.sentences().len());
        let is_rare = |[x, y]: [Id; 2]| {
            let (times_a, times_b) = (counts[x as usize][0], counts[y as usize][1]);
            (times_a as usize).saturating_mul(times_b as usize) <= max_pairs
        };
        let is_same = |(id, times): (usize, &[u32; 2])| {
            times.iter().all(|&t| t > 0) && is_rare([id as Id, id as Id])
        };
        let same: Vec<bool> = counts.iter().enumerate().map(is_same).collect();
        let mut translations = Translations::new(&counts, vocabulary, learnt);
        translations.keep_rare(is_rare);
        let mut all: Vec<(Id, u32, u32)> = Vec::new();
        for sentence in 0..b.sentences().len() {
            let first = b.first_token(sentence);
            for (token, t) in b.tokens(sentence).iter().enumerate() {
                let posting = |id| (id, sentence as u32, (first + token) as u32);
                all.extend(ids(t).map(posting));
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
        let totals = [a, b].map(|f| f.all_tokens().len() as f32);
        let rarity = (0..counts.len()).map(|id| {
            let background = vocabulary.stem(id as Id).and_then(|stem| stem.frequency);
            let background = SMOOTHING * background.unwrap_or(BACKGROUND);
            [0, 1].map(|s| (totals[s] + SMOOTHING) / (counts[id][s] as f32 + background))
        });
        Self {
            rarity: rarity.collect(),
            same,
            translations,
            known: 1.0 - eps,
            folds: match learnt {
                Some(learnt) => learnt.sentences.clone(),
                None => [a, b].map(|f| vec![0; f.sentences().len()]),
            },
            ranges,
            postings: all.into_iter().map(|(_, s, t)| (s, t)).collect(),
            tokens: b.all_tokens().to_vec(),
            counts,
        }
    }

    /// w of a token of a sentence: that of the most reliable way in which it matches anything.
    pub(super) fn reliability(&self, token: &Token, side: usize, sentence: usize) -> f32 {
        let same = |id: Option<Id>| id.is_some_and(|id| self.same[id as usize]);
        let fold = self.folds[side][sentence];
        let mass = |stem| self.translations.mass(fold, side, stem);
        let known = self.known * token.stem.map_or(0.0, mass);
        if same(token.word) {
            SAME
        } else if known > 0.0 {
            known
        } else if same(token.cognate) {
            ALIKE
        } else {
            0.0
        }
    }

    /// Finds the matches of a sentence of `a` among the sentences `columns` of `b`.
    pub(super) fn matches(
        &self,
        a: &Features,
        row: usize,
        columns: Range<usize>,
        mut found: impl FnMut(Found),
    ) {
        let columns = columns.start as u32..columns.end as u32;
        let first = a.first_token(row);
        for (token, t) in a.tokens(row).iter().enumerate() {
            let token = (first + token) as u32;
            for pair in self.pairs_of(t, row) {
                let sums = [0, 1].map(|side| {
                    pair.probabilities[side] * self.rarity[pair.ids[side] as usize][side]
                });
                let postings = self.postings(pair.ids[1]);
                let start = postings.partition_point(|p| p.0 < columns.start);
                let reachable = postings[start..].iter().take_while(|p| p.0 < columns.end);
                for &(column, other) in reachable {
                    if self.is_best(t, row, &self.tokens[other as usize], &pair) {
                        found(Found {
                            column,
                            tokens: [token, other],
                            sums,
                        });
                    }
                }
            }
        }
    }

    /// Whether no better way to match the two tokens exists than by a pair of their ids: the same
    /// word, a translation, the same class, in this order.
    fn is_best(&self, a: &Token, row: usize, b: &Token, pair: &Pair) -> bool {
        let way = Some(pair.ids[0]);
        if way == a.word {
            return true;
        }
        let same = a.word.zip(b.word).filter(|(x, y)| x == y);
        let fold = self.folds[0][row];
        let translated = || {
            let stems = a.stem.zip(b.stem);
            stems.is_some_and(|(x, y)| self.translations.has(fold, x, y))
        };
        !same.is_some_and(|(id, _)| self.same[id as usize]) && (way == a.stem || !translated())
    }

    /// The pairs of ids by which a token of a sentence of `a` can match.
    fn pairs_of(&self, token: &Token, row: usize) -> impl Iterator<Item = Pair> {
        let same = token.word.into_iter().chain(token.cognate);
        let same = same.filter(|&id| self.same[id as usize]).map(Pair::same);
        let fold = self.folds[0][row];
        let translated = token
            .stem
            .map_or(&[][..], |stem| self.translations.of(fold, stem));
        same.chain(translated.iter().copied())
    }

    /// Pairs of sentences that share tokens so rare that they are likely to be linked: row,
    /// column and log-odds of one token each, in no order.
    pub(crate) fn anchors(&self, a: &Features) -> Vec<(usize, usize, f32)> {
        let mut anchors = Vec::new();
        for row in 0..a.sentences().len() {
            for pair in a.tokens(row).iter().flat_map(|t| self.pairs_of(t, row)) {
                let side = |side: usize| {
                    let id = pair.ids[side] as usize;
                    let ratio = pair.probabilities[side] * self.rarity[id][side];
                    (self.counts[id][side], ratio)
                };
                let [(times_a, ratio_a), (times_b, ratio_b)] = [side(0), side(1)];
                let times = times_a.saturating_mul(times_b);
                let log_odds = ratio_a.min(ratio_b).ln() / times as f32;
                if times <= MAX_ANCHOR_PAIRS && log_odds > 0.0 {
                    let postings = self.postings(pair.ids[1]).iter();
                    anchors.extend(postings.map(|p| (row, p.0 as usize, log_odds)));
                }
            }
        }
        anchors
    }

    /// Where an id stands in `b`: sentence and index of the token.
    fn postings(&self, id: Id) -> &[(u32, u32)] {
        let range = self.ranges[id as usize].clone();
        &self.postings[range.start as usize..range.end as usize]
    }
}

/// The ids under which a token can match.
fn ids(token: &Token) -> impl Iterator<Item = Id> + use<> {
    [token.word, token.stem, token.cognate]
        .into_iter()
        .flatten()
}
