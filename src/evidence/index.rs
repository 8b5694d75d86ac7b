//! Which tokens of a pair of versions match, and where they stand.

use std::ops::Range;

use super::lexical::Match;
use super::translations::{Pair, Translations};
use crate::features::{Features, Id, Token, Vocabulary};

/// w for tokens that are the same on both sides: numbers, names, words that did not change. 0.4 to
/// 0.6 make no difference on the dev gold.
pub(super) const SAME: f32 = 0.5;
/// w for words that a lexicon knows.
pub(super) const KNOWN: f32 = 0.5;
/// w for words that only begin alike; 0.3 to 0.5 make no difference on the dev gold.
pub(super) const ALIKE: f32 = 0.4;
/// Tokens of other texts that p(t) is smoothed with, and the share of t among them where no lexicon
/// tells: that of a word of middling frequency. Twice as many make no difference on the dev gold.
pub(super) const SMOOTHING: f32 = 200.0;
pub(super) const BACKGROUND: f32 = 1e-4;
/// Pairs of occurrences above which a token is too common to tell sentences apart, per sentence
/// of the two versions.
const MAX_PAIRS: usize = 64;
/// Pairs of occurrences up to which a token is rare enough for an anchor.
const MAX_ANCHOR_PAIRS: u32 = 4;

/// A match of a token of a row with something in a sentence of the other version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) column: u32,
    /// The version of the token.
    pub(super) side: usize,
    pub(super) matched: Match,
}

/// Which tokens match those of the other version, and where these stand.
pub(crate) struct Index {
    /// Per id and side, how often it occurs.
    counts: Vec<[u32; 2]>,
    /// Per id, 1 / p on each side.
    rarity: Vec<[f32; 2]>,
    /// Per id, what is known of it.
    uses: Vec<Use>,
    translations: Translations,
    /// Per id, where in `postings` the occurrences in `b` stand.
    ranges: Vec<Range<u32>>,
    /// Occurrences in `b`: sentence and index of the token.
    postings: Vec<(u32, u32)>,
    /// Tokens of `b`.
    tokens: Vec<Token>,
}

/// How an id can match on the other side.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Use {
    /// It stands there itself.
    same: bool,
    /// A lexicon knows translations of it, and none of them is too common to be used.
    known: bool,
}

impl Index {
    pub(crate) fn new(a: &Features, b: &Features, vocabulary: &Vocabulary<'_>) -> Self {
        let mut counts = vec![[0; 2]; vocabulary.len()];
        for (side, features) in [a, b].into_iter().enumerate() {
            for id in features.all_tokens().iter().flat_map(ids) {
                counts[id as usize][side] += 1;
            }
        }
        let max_pairs = MAX_PAIRS * (a.sentences().len() + b.sentences().len());
        let is_rare = |x: Id, y: Id| {
            let (times_a, times_b) = (counts[x as usize][0], counts[y as usize][1]);
            (times_a as usize).saturating_mul(times_b as usize) <= max_pairs
        };
        let mut translations = Translations::new(&counts, vocabulary);
        let mut uses = vec![Use::default(); vocabulary.len()];
        for (id, &[times_a, times_b]) in counts.iter().enumerate() {
            uses[id].same = times_a > 0 && times_b > 0 && is_rare(id as Id, id as Id);
            uses[id].known = translations.knows(id as Id);
        }
        for pair in translations.pairs() {
            if !is_rare(pair.ids[0], pair.ids[1]) {
                for id in pair.ids {
                    uses[id as usize].known = false;
                }
            }
        }
        translations.retain(|pair| pair.ids.iter().all(|&id| uses[id as usize].known));
        let mut all: Vec<(Id, u32, u32)> = Vec::new();
        for sentence in 0..b.sentences().len() {
            let first = b.first_token(sentence);
            for (token, t) in b.tokens(sentence).iter().enumerate() {
                let posting = |id| (id, sentence as u32, (first + token) as u32);
                let used = |id: &Id| uses[*id as usize] != Use::default();
                all.extend(ids(t).filter(used).map(posting));
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
            uses,
            translations,
            ranges,
            postings: all.into_iter().map(|(_, s, t)| (s, t)).collect(),
            tokens: b.all_tokens().to_vec(),
            counts,
        }
    }

    /// w of a token: that of the most reliable way in which it matches anything.
    pub(super) fn reliability(&self, token: &Token) -> f32 {
        let uses = |id: Option<Id>| id.map_or(Use::default(), |id| self.uses[id as usize]);
        if uses(token.word).same {
            SAME
        } else if uses(token.stem).known {
            KNOWN
        } else if uses(token.cognate).same {
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
        found: &mut Vec<Found>,
    ) {
        let columns = columns.start as u32..columns.end as u32;
        let first = a.first_token(row);
        for (token, t) in a.tokens(row).iter().enumerate() {
            let token = (first + token) as u32;
            for pair in self.pairs_of(t) {
                let [sum_a, sum_b] = [0, 1].map(|side| {
                    pair.probabilities[side] * self.rarity[pair.ids[side] as usize][side]
                });
                let postings = self.postings(pair.ids[1]);
                let start = postings.partition_point(|p| p.0 < columns.start);
                for &(column, other) in &postings[start..] {
                    if column >= columns.end {
                        break;
                    }
                    if self.is_best(t, &self.tokens[other as usize], &pair) {
                        let matched = |token, sum| Match { token, sum };
                        for (side, matched) in [matched(token, sum_a), matched(other, sum_b)]
                            .into_iter()
                            .enumerate()
                        {
                            found.push(Found {
                                column,
                                side,
                                matched,
                            });
                        }
                    }
                }
            }
        }
    }

    /// Whether no better way to match the two tokens exists than by a pair of their ids: the same
    /// word, a translation, the same class, in this order.
    fn is_best(&self, a: &Token, b: &Token, pair: &Pair) -> bool {
        let way = Some(pair.ids[0]);
        if way == a.word {
            return true;
        }
        let same = a.word.zip(b.word).filter(|(x, y)| x == y);
        let translated = || {
            a.stem
                .zip(b.stem)
                .is_some_and(|(x, y)| self.translations.has(x, y))
        };
        !same.is_some_and(|(id, _)| self.uses[id as usize].same) && (way == a.stem || !translated())
    }

    /// The pairs of ids by which a token of `a` can match.
    fn pairs_of(&self, token: &Token) -> impl Iterator<Item = Pair> {
        let same = |id: &Id| self.uses[*id as usize].same;
        let same = token.word.into_iter().chain(token.cognate).filter(same);
        let translated = token
            .stem
            .map_or(&[][..], |stem| self.translations.of(stem));
        same.map(Pair::same).chain(translated.iter().copied())
    }

    /// Pairs of sentences that share tokens so rare that they are likely to be linked: row,
    /// column and log-odds of one token each, in no order.
    pub(crate) fn anchors(&self, a: &Features) -> Vec<(usize, usize, f32)> {
        let mut anchors = Vec::new();
        for row in 0..a.sentences().len() {
            for pair in a.tokens(row).iter().flat_map(|t| self.pairs_of(t)) {
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
