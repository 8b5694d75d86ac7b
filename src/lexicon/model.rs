//! IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993, section 4.1) by expectation
//! maximisation, in one direction, over numbered words.
//!
//! `t(t|s)` is the probability that the word s of the source becomes the word t of the target.
//! An iteration takes, for each pair of sentences (S, T) and each t in T,
//!
//! `c(s, t) += t(t|s) / (n₀·t(t|∅) + Σ_{s'∈S} t(t|s'))`, and then `t(t|s) = c(s, t) / (c(s) + κ)`.
//!
//! 1. The null word ∅ stands n₀ times in every source sentence (Moore 2004, section 4).
//! 2. κ is what Moore (section 3) adds to the counts of a word, n·V, so that a rare word does not
//!    claim all of its sentence; the n in the numerator, for words not seen together, is left out.
//! 3. The sum goes source word by source word, not sentence by sentence: `c(s, t)` is `t(t|s)` times the
//!    sum of 1 / (n₀·t(t|∅) + Σ t(t|s')) over all places of t beside s, and once the row `t(·|s)` is new, it
//!    is added to the next such denominators. So only one row at a time is in use, as an array by t, and
//!    no pair of words is looked up.
//! 4. The last [`APART`] iterations can count some sentence pairs alone. That is deleted estimation
//!    (Jelinek and Mercer 1985), by which what is used for one part of a bitext is counted in the
//!    others, with most of the training in common.
//! 5. Denominators are summed in [`PIECES`] pieces and these in order, so the result is the same bit by
//!    bit for any number of threads.
//!
//! Time is that of the pairs of words in all sentences, iteration by iteration; space that of the
//! different ones, and of the words of all sentences, piece by piece.

use std::ops::Range;

use crate::parallel;
use crate::postings::Postings;

/// Iterations of expectation maximisation; the table hardly changes after five.
const ITERATIONS: usize = 5;
/// The last of these, which can count some pairs alone. If that were but one, self-training would lose 0.4
/// points of strict F1 on debian-news-div-noisy without a lexicon; five, a training for each part, give
/// textberg 0.6 points beside a lexicon and take as much without.
const APART: usize = 2;
/// n₀: how often the null word stands in a sentence.
const NULL_WORDS: f32 = 2.0;
/// κ: counts of each word that are taken to have gone to words not seen with it.
const UNSEEN: f32 = 1.0;
/// Pieces of the source words, of as many occurrences each, that threads share.
const PIECES: usize = 8;

/// Pairs of sentences in two languages, words numbered from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bitext {
    /// Per language, the words of all sentences.
    words: [Vec<u32>; 2],
    /// Per pair, where its sentences end.
    ends: Vec<[usize; 2]>,
    /// Per pair, how often it counts.
    times: Vec<u8>,
}

/// Which language of a bitext is the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Direction {
    Forth,
    Back,
}

impl Direction {
    /// The numbers of the languages of source and target.
    const fn sides(self) -> [usize; 2] {
        match self {
            Self::Forth => [0, 1],
            Self::Back => [1, 0],
        }
    }
}

impl Bitext {
    /// Adds a pair that counts `times` times.
    pub(crate) fn push(&mut self, first: &[u32], second: &[u32], times: u8) {
        self.words[0].extend_from_slice(first);
        self.words[1].extend_from_slice(second);
        self.ends.push([self.words[0].len(), self.words[1].len()]);
        self.times.push(times);
    }

    /// How many pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The sentences of a pair.
    pub(crate) fn pair(&self, index: usize) -> [&[u32]; 2] {
        [0, 1].map(|side| &self.words[side][self.range(index, side)])
    }

    /// How often a pair counts.
    pub(crate) fn times(&self, index: usize) -> u8 {
        self.times[index]
    }

    /// Where a sentence of a pair stands among the words of its language.
    fn range(&self, index: usize, side: usize) -> Range<usize> {
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i][side]);
        start..self.ends[index][side]
    }
}

/// Translation probabilities in one direction, before the last iterations.
#[derive(Clone)]
pub(crate) struct Model<'a> {
    bitext: &'a Bitext,
    /// The language of the target.
    target: usize,
    /// The pairs where each source word stands, once for each time.
    pairs: Postings,
    pieces: Vec<Piece>,
    /// t(t|∅) by target.
    null: Vec<f32>,
    /// Per word of all target sentences, 1 / (n₀·t(t|∅) + Σ t(t|s)) as often as its pair counts.
    weights: Vec<f32>,
}

/// The rows of some source words.
#[derive(Clone)]
struct Piece {
    sources: Range<u32>,
    /// Per source word, where its row ends.
    ends: Vec<usize>,
    /// The targets of each source word, in the order of the text.
    targets: Vec<u32>,
    /// t(t|s) of each.
    probabilities: Vec<f32>,
}

impl Piece {
    /// The source words with their rows.
    fn rows(&self) -> impl Iterator<Item = (u32, Range<usize>)> + use<> {
        let mut start = 0;
        (self.sources.clone().zip(self.ends.clone())).map(move |(source, end)| {
            let row = start..end;
            start = end;
            (source, row)
        })
    }
}

impl<'a> Model<'a> {
    /// Trains a model of `sources` words into `targets` words.
    pub(crate) fn train(
        bitext: &'a Bitext,
        direction: Direction,
        [sources, targets]: [usize; 2],
    ) -> Self {
        let mut model = Self::uniform(bitext, direction, [sources, targets]);
        for _ in APART..ITERATIONS {
            model.iterate(|_| true);
        }
        model
    }

    /// The translations of each source word that have at least this probability, rising; the last
    /// iterations count the pairs alone that are told.
    pub(crate) fn rows(
        mut self,
        least: f32,
        is_counted: impl Fn(usize) -> bool + Send + Sync,
    ) -> Vec<Vec<(u32, f32)>> {
        for _ in 1..APART {
            self.iterate(&is_counted);
        }
        let pieces = parallel::map(
            self.pieces.iter().collect(),
            || vec![0.0; self.null.len()],
            |counts, piece| {
                let of_row = |(source, row): (u32, Range<usize>)| {
                    let total = self.count(piece, source, &row, &is_counted, counts);
                    let targets = piece.targets[row].iter();
                    let mut found: Vec<(u32, f32)> = targets
                        .map(|&t| (t, counts[t as usize] / total))
                        .filter(|&(_, p)| p >= least)
                        .collect();
                    found.sort_unstable_by_key(|&(t, _)| t);
                    found
                };
                piece.rows().map(of_row).collect::<Vec<_>>()
            },
        );
        pieces.into_iter().flatten().collect()
    }

    /// The same probability for all words that stand together anywhere.
    fn uniform(bitext: &'a Bitext, direction: Direction, [sources, targets]: [usize; 2]) -> Self {
        let [source, target] = direction.sides();
        let pairs = Postings::new(sources, || {
            (0..bitext.len()).flat_map(|pair| {
                let words = bitext.pair(pair)[source];
                words.iter().map(move |&word| (word, pair as u32))
            })
        });
        let same = 1.0 / targets.max(1) as f32;
        let pieces = parallel::map(
            pairs.pieces(PIECES),
            || vec![u32::MAX; targets],
            |last, sources| {
                let mut piece = Piece {
                    ends: Vec::with_capacity(sources.len()),
                    targets: Vec::new(),
                    probabilities: Vec::new(),
                    sources,
                };
                for source in piece.sources.clone() {
                    for &pair in pairs.of(source) {
                        for &t in bitext.pair(pair as usize)[target] {
                            if last[t as usize] != source {
                                last[t as usize] = source;
                                piece.targets.push(t);
                            }
                        }
                    }
                    piece.ends.push(piece.targets.len());
                }
                piece.probabilities = vec![same; piece.targets.len()];
                piece
            },
        );
        let mut weights = Vec::with_capacity(bitext.words[target].len());
        for pair in 0..bitext.len() {
            let [source, target] = [source, target].map(|side| bitext.pair(pair)[side].len());
            let denominator = same * (NULL_WORDS + source as f32);
            let weight = f32::from(bitext.times(pair)) / denominator;
            weights.extend((0..target).map(|_| weight));
        }
        Self {
            bitext,
            target,
            pairs,
            pieces,
            null: vec![same; targets],
            weights,
        }
    }

    /// A maximisation and the denominators of the next expectation, both for some pairs alone.
    fn iterate(&mut self, is_counted: impl Fn(usize) -> bool + Send + Sync) {
        let words = &self.bitext.words[self.target][..];
        let pieces = std::mem::take(&mut self.pieces);
        let pieces = parallel::map(
            pieces,
            || vec![0.0; self.null.len()],
            |counts, mut piece| {
                let mut sums = vec![0.0_f32; words.len()];
                for (source, row) in piece.rows() {
                    let total = self.count(&piece, source, &row, &is_counted, counts);
                    let targets = piece.targets[row.clone()].iter();
                    for (&t, p) in targets.zip(&mut piece.probabilities[row]) {
                        *p = counts[t as usize] / total;
                        counts[t as usize] = *p;
                    }
                    for range in self.places(source, &is_counted) {
                        for (sum, &t) in sums[range.clone()].iter_mut().zip(&words[range]) {
                            *sum += counts[t as usize];
                        }
                    }
                }
                (piece, sums)
            },
        );
        let counted = || (0..self.bitext.len()).filter(|&pair| is_counted(pair));
        let mut counts = vec![0.0; self.null.len()];
        for range in counted().map(|pair| self.bitext.range(pair, self.target)) {
            for (&t, weight) in words[range.clone()].iter().zip(&self.weights[range]) {
                counts[t as usize] += weight;
            }
        }
        for (count, p) in counts.iter_mut().zip(&self.null) {
            *count *= NULL_WORDS * p;
        }
        let total = UNSEEN + counts.iter().sum::<f32>();
        self.null = counts.into_iter().map(|count| count / total).collect();
        let mut denominators: Vec<f32> = (words.iter())
            .map(|&t| NULL_WORDS * self.null[t as usize])
            .collect();
        for (piece, sums) in pieces {
            self.pieces.push(piece);
            (denominators.iter_mut().zip(sums)).for_each(|(all, sum)| *all += sum);
        }
        for pair in counted() {
            let times = f32::from(self.bitext.times(pair));
            for place in self.bitext.range(pair, self.target) {
                let denominator = denominators[place];
                self.weights[place] = match denominator > 0.0 {
                    true => times / denominator,
                    false => 0.0,
                };
            }
        }
    }

    /// Where the target sentences of some pairs with a source word stand.
    fn places(
        &self,
        source: u32,
        is_counted: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = Range<usize>> {
        let pairs = self.pairs.of(source).iter().map(|&pair| pair as usize);
        let counted = pairs.filter(move |&pair| is_counted(pair));
        counted.map(|pair| self.bitext.range(pair, self.target))
    }

    /// Writes c(s, t) by t for all t of the row of s, as some pairs count it, and returns c(s) + κ.
    fn count(
        &self,
        piece: &Piece,
        source: u32,
        row: &Range<usize>,
        is_counted: impl Fn(usize) -> bool,
        counts: &mut [f32],
    ) -> f32 {
        let words = &self.bitext.words[self.target][..];
        let targets = &piece.targets[row.clone()];
        targets.iter().for_each(|&t| counts[t as usize] = 0.0);
        for range in self.places(source, is_counted) {
            for (&t, weight) in words[range.clone()].iter().zip(&self.weights[range]) {
                counts[t as usize] += weight;
            }
        }
        let mut total = UNSEEN;
        for (&t, p) in targets.iter().zip(&piece.probabilities[row.clone()]) {
            counts[t as usize] *= p;
            total += counts[t as usize];
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula at the head of this file on dense tables; the last iterations for `last` pairs.
    fn naive(pairs: &[Pair], last: &[Pair], [sources, targets]: [usize; 2]) -> Vec<Vec<f64>> {
        // The null word is the last of the sources.
        let mut t = vec![vec![1.0 / targets as f64; targets]; sources + 1];
        for iteration in 0..ITERATIONS {
            let mut c = vec![vec![0.0; targets]; sources + 1];
            let pairs = match iteration < ITERATIONS - APART {
                true => pairs,
                false => last,
            };
            for (source, target) in pairs {
                for &y in *target {
                    let n0 = f64::from(NULL_WORDS);
                    let p = |x: usize| t[x][y as usize];
                    let sum = n0 * p(sources) + source.iter().map(|&x| p(x as usize)).sum::<f64>();
                    for &x in *source {
                        c[x as usize][y as usize] += p(x as usize) / sum;
                    }
                    c[sources][y as usize] += n0 * p(sources) / sum;
                }
            }
            for (row, counts) in t.iter_mut().zip(&c) {
                let total = counts.iter().sum::<f64>() + f64::from(UNSEEN);
                *row = counts.iter().map(|c| c / total).collect();
            }
        }
        t
    }

    type Pair = (&'static [u32], &'static [u32]);

    const PAIRS: [Pair; 4] = [
        (&[3], &[0, 3]),
        (&[0, 1], &[0, 1]),
        (&[0, 2], &[0, 2]),
        (&[0, 1, 2, 2], &[2, 0, 1]),
    ];

    fn bitext(pairs: &[Pair]) -> Bitext {
        let mut bitext = Bitext::default();
        for (first, second) in pairs {
            bitext.push(first, second, 1);
        }
        bitext
    }

    #[test]
    fn agrees_with_the_formula() {
        let swapped = PAIRS.map(|(first, second)| (second, first));
        for (direction, pairs) in [(Direction::Forth, PAIRS), (Direction::Back, swapped)] {
            // Of all pairs, and without the first one.
            for first in [0, 1] {
                let bitext = bitext(&PAIRS);
                let model = Model::train(&bitext, direction, [4, 4]);
                let rows = model.rows(f32::MIN_POSITIVE, |pair| pair >= first);
                let expected = naive(&pairs, &pairs[first..], [4, 4]);
                for (source, expected) in expected[..4].iter().enumerate() {
                    for (target, expected) in (0..).zip(expected) {
                        let found = rows[source].iter().find(|&&(other, _)| other == target);
                        let p = found.map_or(0.0, |&(_, p)| f64::from(p));
                        assert!(
                            (p - expected).abs() < 1e-5,
                            "{direction:?} from pair {first}: t({target}|{source}) = {p}, not {expected}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_becomes_what_stands_beside_it() {
        let bitext = bitext(&PAIRS);
        let rows = Model::train(&bitext, Direction::Forth, [4, 4]).rows(0.0, |_| true);
        let best = |s: usize| rows[s].iter().max_by(|x, y| x.1.total_cmp(&y.1)).unwrap().0;
        assert_eq!([1, 2, 3].map(best), [1, 2, 3]);
    }

    #[test]
    fn what_stands_in_no_counted_pair_is_not_learnt() {
        let bitext = bitext(&PAIRS);
        let model = Model::train(&bitext, Direction::Forth, [4, 4]);
        let known =
            |first| !model.clone().rows(f32::MIN_POSITIVE, |pair| pair >= first)[3].is_empty();
        assert_eq!([0, 1].map(known), [true, false]);
    }

    #[test]
    fn a_pair_counts_as_often_as_it_says() {
        let (mut once, mut thrice) = (Bitext::default(), Bitext::default());
        for _ in 0..3 {
            once.push(&[0, 1], &[1], 1);
        }
        thrice.push(&[0, 1], &[1], 3);
        let [a, b] = [once, thrice].map(|bitext| {
            let rows = Model::train(&bitext, Direction::Forth, [2, 2]).rows(0.0, |_| true);
            rows.concat()
        });
        assert_eq!(a.len(), 2);
        for (a, b) in a.iter().zip(&b) {
            assert!(a.0 == b.0 && (a.1 - b.1).abs() < 1e-6, "{a:?} {b:?}");
        }
    }

    #[test]
    fn nothing_to_learn_from() {
        let bitext = Bitext::default();
        let model = Model::train(&bitext, Direction::Forth, [1, 0]);
        assert_eq!(model.rows(0.0, |_| true), [[]]);
    }
}
