//! Which tokens of a pair of versions match, how far each can be relied on, and where rare ones stand.
//!
//! With w_t how far a token t can be relied on, a token s of the other version matches it
//!
//! 1. as the same word, number or mark, with the probability 1;
//! 2. as a translation, with t(t|s);
//! 3. as a word that begins alike and may be a cognate, with the probability 1 and less reliably.
//!
//! Of several ways the first one counts.

use std::mem;

use super::learnt::Learnt;
use super::translations::Translations;
use crate::features::{Features, Id, Token, Vocabulary};
use crate::postings::Postings;

/// w for tokens that are the same on both sides: numbers, names, words that did not change. 0.4 to
/// 0.6 make no difference on the dev gold.
pub(super) const SAME: f32 = 0.5;
/// w for words that only begin alike; 0.3 to 0.5 make no difference on the dev gold.
pub(super) const ALIKE: f32 = 0.4;
/// Tokens of other texts that p(t) is smoothed with, and the share of t among them where no lexicon
/// tells: that of a word of middling frequency. Twice as many make no difference on the dev gold.
pub(super) const SMOOTHING: f32 = 200.0;
pub(super) const BACKGROUND: f32 = 1e-4;
/// Words behind each place of a word among which it is counted, if there are so many. Words come in bursts: one
/// that a long text has seldom is not that seldom near a place that has it (Church and Gale 1995, "Poisson
/// mixtures"), so neighbours in a long text are told apart by it as those in a short one are. 30,000
/// makes no difference on the dev gold, 5000 costs.
const NEAR: u32 = 10_000;
/// Pairs of occurrences up to which two tokens are rare enough for an anchor.
const MAX_ANCHOR_PAIRS: u32 = 4;

/// How often a rare token stands in a version of so many sentences at the most: once in 64, so that as many
/// paths are left open however long the text is; of a short one, once in eight.
fn rare(sentences: usize) -> u32 {
    let sentences = sentences as u32;
    (sentences / 64).max(64).min(sentences / 8).max(2)
}

/// A token of `b` that matches one of `a`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    /// The token of `b`.
    pub(super) other: u32,
    /// Per side, the probability that its token comes from the other one, divided by its p.
    pub(super) ratios: [f32; 2],
}

/// The tokens that match, by what was learnt from other sentences than those they stand in.
pub(super) struct Fold {
    /// Per token of `a`, where its matches begin, and at the end their number.
    starts: Vec<u32>,
    matches: Vec<Match>,
    /// Per side and token, w / (1 − w).
    pub(super) odds: [Vec<f32>; 2],
    /// Per side and token, ln(1 − w).
    pub(super) floor: [Vec<f32>; 2],
    /// Tokens of the two sides that match and are rare enough to be an anchor.
    anchors: Vec<(u32, u32, Anchor)>,
}

impl Fold {
    /// The same words and the translations that a token of `a` matches.
    pub(super) fn matches(&self, token: u32) -> &[Match] {
        let token = token as usize;
        &self.matches[self.starts[token] as usize..self.starts[token + 1] as usize]
    }
}

/// Which tokens match those of the other version, and where these stand.
pub(crate) struct Index {
    pub(super) folds: Vec<Fold>,
    /// Per side, the fold of each sentence.
    pub(super) fold_of: [Vec<u8>; 2],
    /// Per token, its class of words that begin alike, or 0 if the other version has none of it.
    pub(super) classes: Vec<u32>,
    /// Per class and side, 1 / p; 0 for class 0.
    pub(super) alike: Vec<[f32; 2]>,
    /// Per side and token, whether it is rare.
    pub(super) rare: [Vec<bool>; 2],
    /// The sentences of `b` where rare tokens and rare classes stand.
    pub(super) by_token: Postings,
    pub(super) by_class: Postings,
    /// Per class, whether its words are rare enough to be an anchor.
    class_anchors: Vec<Option<Anchor>>,
    pub(super) is_number: Vec<bool>,
}

/// How often something stands in each version.
pub(super) type Times = [u32; 2];

/// How often words and stems stand in each version.
struct Counts {
    keys: Places,
    stems: Places,
    tokens: Vec<Times>,
    /// Words of each version.
    totals: [u32; 2],
}

/// How often what is numbered stands in each version, and where.
struct Places {
    times: Vec<Times>,
    /// Per version, the words near it; nothing if these need not be known.
    near: Vec<[Near; 2]>,
}

/// The words that follow something somewhere, [`NEAR`] of them each time.
#[derive(Clone, Copy, Default)]
struct Near {
    words: u32,
    /// Where the last of them ends.
    end: u32,
}

impl Near {
    /// Adds those from a place on that is not before the last one.
    fn add(&mut self, place: u32) {
        let end = place.saturating_add(NEAR);
        self.words += end - self.end.max(place);
        self.end = end;
    }
}

impl Places {
    fn new(count: usize, is_long: bool) -> Self {
        let near = if is_long { count } else { 0 };
        Self {
            times: vec![[0; 2]; count],
            near: vec![[Near::default(); 2]; near],
        }
    }

    fn add(&mut self, id: Id, more: Times) {
        let times = self.times[id.index()].iter_mut().zip(more);
        times.for_each(|(times, more)| *times += more);
    }
}

impl Counts {
    fn new(sides: [&Features; 2], vocabulary: &Vocabulary) -> Self {
        let words = |features: &Features| features.sentences().iter().map(|s| s.words).sum();
        let totals = sides.map(words);
        let mut tokens = vec![[0; 2]; vocabulary.tokens().len()];
        for (side, features) in sides.into_iter().enumerate() {
            for occurrence in features.all_tokens() {
                tokens[occurrence.token as usize][side] += occurrence.times;
            }
        }
        let is_long = totals.iter().any(|&total: &u32| total > NEAR);
        let mut keys = Places::new(vocabulary.keys(), is_long);
        let mut stems = Places::new(vocabulary.stems(), is_long);
        for (token, &times) in vocabulary.tokens().iter().zip(&tokens) {
            for id in token.word.into_iter().chain(token.cognate) {
                keys.add(id, times);
            }
            if let Some(id) = token.stem {
                stems.add(id, times);
            }
        }
        for (side, features) in sides.into_iter().enumerate().filter(|_| is_long) {
            let mut place = 0;
            for (number, sentence) in features.sentences().iter().enumerate() {
                for occurrence in features.tokens(number) {
                    let token = &vocabulary.tokens()[occurrence.token as usize];
                    for id in token.word.into_iter().chain(token.cognate) {
                        keys.near[id.index()][side].add(place);
                    }
                    if let Some(id) = token.stem {
                        stems.near[id.index()][side].add(place);
                    }
                }
                place += sentence.words;
            }
        }
        Self {
            keys,
            stems,
            tokens,
            totals,
        }
    }

    /// 1 / p of what is counted, near where it stands, given its share of other texts.
    fn rarity(&self, places: &Places, number: usize, background: Option<f32>) -> [f32; 2] {
        let background = SMOOTHING * background.unwrap_or(BACKGROUND);
        [0, 1].map(|side| {
            let near = places.near.get(number).map(|near| near[side].words);
            let among = near.unwrap_or(u32::MAX).min(self.totals[side]);
            (among as f32 + SMOOTHING) / (places.times[number][side] as f32 + background)
        })
    }

    /// How often a key stands in each version, if it stands in both.
    fn shared(&self, key: Id) -> Option<Times> {
        let times = self.keys.times[key.index()];
        (times[0] > 0 && times[1] > 0).then_some(times)
    }
}

impl Index {
    pub(crate) fn new(
        sides: [&Features; 2],
        vocabulary: &Vocabulary,
        learnt: Option<&Learnt>,
        eps: f32,
    ) -> Self {
        let tokens = vocabulary.tokens();
        let counts = Counts::new(sides, vocabulary);
        let known = Translations::of_lexicons(&counts.stems.times, vocabulary);
        let of_b = Members::new(tokens, &counts);
        let sentences = sides.map(|features| features.sentences().len());
        let (classes, alike, class_anchors) = classes(tokens, &counts);
        let fold = |translations: &Translations| {
            fold(
                tokens,
                &counts,
                vocabulary,
                &of_b,
                &classes,
                translations,
                1.0 - eps,
            )
        };
        let folds: Vec<Fold> = match learnt {
            None => vec![fold(&known)],
            Some(learnt) => (learnt.folds.iter())
                .map(|pairs| fold(&known.with(pairs)))
                .collect(),
        };
        let most = sentences.map(rare);
        let rare = [0, 1].map(|side| {
            let is_rare = |times: &Times| (1..=most[side]).contains(&times[side]);
            counts.tokens.iter().map(is_rare).collect::<Vec<bool>>()
        });
        let mut in_class = vec![0; alike.len()];
        for (&class, times) in classes.iter().zip(&counts.tokens) {
            in_class[class as usize] += times[1];
        }
        in_class[0] = u32::MAX;
        let b = sides[1];
        let all = || {
            (0..sentences[1]).flat_map(|sentence| {
                let tokens = b.tokens(sentence).iter();
                tokens.map(move |occurrence| (occurrence.token, sentence as u32))
            })
        };
        let by_token = Postings::new(tokens.len(), || {
            all().filter(|&(token, _)| rare[1][token as usize])
        });
        let (classes_of, rare_classes) = (&classes, &in_class);
        let by_class = Postings::new(alike.len(), || {
            let mut last = vec![u32::MAX; alike.len()];
            all().filter_map(move |(token, sentence)| {
                let class = classes_of[token as usize];
                let is_rare = rare_classes[class as usize] <= most[1];
                let is_new = mem::replace(&mut last[class as usize], sentence) != sentence;
                (is_rare && is_new).then_some((class, sentence))
            })
        });
        Self {
            fold_of: match learnt {
                Some(learnt) => learnt.sentences.clone(),
                None => sentences.map(|count| vec![0; count]),
            },
            folds,
            classes,
            alike,
            rare,
            by_token,
            by_class,
            class_anchors,
            is_number: tokens.iter().map(|token| token.is_number).collect(),
        }
    }

    /// The tokens that match by what was learnt elsewhere than in a sentence of a side.
    pub(super) fn fold(&self, side: usize, sentence: usize) -> &Fold {
        &self.folds[usize::from(self.fold_of[side][sentence])]
    }

    /// Pairs of sentences that share tokens so rare that they are likely to be linked: row,
    /// column and log-odds of one token each, row by row.
    pub(crate) fn anchors(&self, a: &Features) -> Vec<(usize, usize, f32)> {
        let mut anchors = Vec::new();
        for row in 0..a.sentences().len() {
            for occurrence in a.tokens(row) {
                let token = occurrence.token;
                let all = &self.fold(0, row).anchors;
                let start = all.partition_point(|anchor| anchor.0 < token);
                let own = all[start..].iter().take_while(|anchor| anchor.0 == token);
                let mut add = |columns: &[u32], anchor: Anchor| {
                    let log_odds = anchor.log_odds();
                    anchors.extend(columns.iter().map(|&c| (row, c as usize, log_odds)));
                };
                for &(_, other, anchor) in own {
                    add(self.by_token.of(other), anchor);
                }
                let class = self.classes[token as usize];
                if let Some(anchor) = self.class_anchors[class as usize] {
                    add(self.by_class.of(class), anchor);
                }
            }
        }
        anchors
    }
}

/// Per word and per stem, the tokens of `b` that have it.
struct Members {
    by_word: Postings,
    by_stem: Postings,
}

impl Members {
    fn new(tokens: &[Token], counts: &Counts) -> Self {
        let members = |count: usize, id: fn(&Token) -> Option<Id>| {
            Postings::new(count, || {
                let there = (0..)
                    .zip(tokens)
                    .filter(|&(number, _)| counts.tokens[number as usize][1] > 0);
                there.filter_map(|(number, token)| Some((id(token)?.index() as u32, number)))
            })
        };
        Self {
            by_word: members(counts.keys.times.len(), |token| token.word),
            by_stem: members(counts.stems.times.len(), |token| token.stem),
        }
    }
}

/// Per token its class, per class 1 / p on each side, and per class whether it may be an anchor.
fn classes(tokens: &[Token], counts: &Counts) -> (Vec<u32>, Vec<[f32; 2]>, Vec<Option<Anchor>>) {
    let mut numbers = vec![0; counts.keys.times.len()];
    let (mut alike, mut anchors) = (vec![[0.0; 2]], vec![None]);
    let of_token = |token: &Token| {
        let Some(class) = token.cognate else {
            return 0;
        };
        let number = &mut numbers[class.index()];
        if *number == 0
            && let Some(times) = counts.shared(class)
        {
            let rarity = counts.rarity(&counts.keys, class.index(), None);
            anchors.push(Anchor::new(rarity, times));
            *number = alike.len() as u32;
            alike.push(rarity);
        }
        *number
    };
    let of_tokens = tokens.iter().map(of_token).collect();
    (of_tokens, alike, anchors)
}

/// What matches and is so rare that the sentences that have it are likely to be linked.
#[derive(Clone, Copy)]
struct Anchor {
    /// How much likelier it is to stand there as a translation than by accident.
    ratio: f32,
    /// Pairs of its occurrences.
    pairs: u32,
}

impl Anchor {
    /// What matches with such ratios and stands so often on each side, if it is rare enough and speaks for it.
    fn new(ratios: [f32; 2], times: Times) -> Option<Self> {
        let pairs = times[0].saturating_mul(times[1]);
        let ratio = ratios[0].min(ratios[1]);
        (pairs <= MAX_ANCHOR_PAIRS && ratio > 1.0).then_some(Self { ratio, pairs })
    }

    /// Log-odds of one pair of sentences that have it.
    fn log_odds(self) -> f32 {
        self.ratio.ln() / self.pairs as f32
    }
}

/// The matches by these translations, and how far each token can be relied on; `known` is w for words
/// all translations of which are known: 1 − ε.
fn fold(
    tokens: &[Token],
    counts: &Counts,
    vocabulary: &Vocabulary,
    of_b: &Members,
    classes: &[u32],
    translations: &Translations,
    known: f32,
) -> Fold {
    let mut fold = Fold {
        starts: Vec::with_capacity(tokens.len() + 1),
        matches: Vec::with_capacity(tokens.len() + translations.len()),
        odds: [(); 2].map(|()| Vec::with_capacity(tokens.len())),
        floor: [(); 2].map(|()| Vec::with_capacity(tokens.len())),
        anchors: Vec::new(),
    };
    let rarity: Vec<[f32; 2]> = (0..counts.stems.times.len())
        .map(|stem| counts.rarity(&counts.stems, stem, vocabulary.stem(stem).frequency))
        .collect();
    let odds_and_floor = |w: f32| (w / (1.0 - w), (1.0 - w).ln());
    let [of_same, of_alike] = [SAME, ALIKE].map(odds_and_floor);
    for (number, token) in tokens.iter().enumerate() {
        fold.starts.push(fold.matches.len() as u32);
        let times = counts.tokens[number];
        let same = token.word.filter(|&id| counts.shared(id).is_some());
        for (side, &times) in times.iter().enumerate() {
            let known = known
                * token
                    .stem
                    .map_or(0.0, |id| translations.mass[side][id.index()].min(1.0));
            let (odds, floor) = if times == 0 {
                (0.0, 0.0)
            } else if same.is_some() {
                of_same
            } else if known > 0.0 {
                odds_and_floor(known)
            } else if classes[number] > 0 {
                of_alike
            } else {
                (0.0, 0.0)
            };
            fold.odds[side].push(odds);
            fold.floor[side].push(floor);
        }
        if times[0] == 0 {
            continue;
        }
        let mut add = |others: &mut dyn Iterator<Item = u32>, ratios: [f32; 2], times: Times| {
            let anchor = Anchor::new(ratios, times);
            for other in others {
                fold.matches.push(Match { other, ratios });
                if let Some(anchor) = anchor {
                    fold.anchors.push((number as u32, other, anchor));
                }
            }
        };
        if let Some(id) = same {
            let mut others = of_b.by_word.of(id.index() as u32).iter().copied();
            let ratios = counts.rarity(&counts.keys, id.index(), None);
            add(&mut others, ratios, counts.keys.times[id.index()]);
        }
        let Some(stem) = token.stem else {
            continue;
        };
        for pair in translations.of(stem.index() as u32) {
            let of = |side: usize| pair.stems[side] as usize;
            let ratios = [0, 1].map(|side| pair.probabilities[side] * rarity[of(side)][side]);
            let times = [0, 1].map(|side| counts.stems.times[of(side)][side]);
            // The same word matches already.
            let is_other = |&other: &u32| same.is_none() || tokens[other as usize].word != same;
            let others = of_b.by_stem.of(pair.stems[1]).iter().copied();
            add(&mut others.filter(is_other), ratios, times);
        }
    }
    fold.starts.push(fold.matches.len() as u32);
    fold
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{Memory, of_lines};
    use crate::lang::Lang;

    #[test]
    fn words_are_counted_near_where_they_stand() {
        let line = |words: &str, count: usize| format!("{words}\n").repeat(count);
        let text = [
            line("both", 1),
            line("one two three", 4000),
            line("burst", 2),
            line("one two three", 4000),
            line("both", 1),
        ]
        .concat();
        let texts = [(&text[..], Lang::EN), (&text[..], Lang::DE)];
        let ([side, other], vocabulary) = of_lines(texts, &mut Memory::default());
        let counts = Counts::new([&side, &other], &vocabulary);
        let of = |sentence: usize| {
            let token = side.tokens(sentence)[0].token as usize;
            let token = vocabulary.tokens()[token].word.unwrap().index();
            counts.rarity(&counts.keys, token, None)[0]
        };
        let among = |words: f32, times: f32| (words + SMOOTHING) / (times + SMOOTHING * BACKGROUND);
        let found = [of(0), of(1), of(4001)];
        let expected = [
            among(20_000.0, 2.0),
            among(24_004.0, 8000.0),
            among(10_001.0, 2.0),
        ];
        assert_eq!(found, expected);
    }
}
