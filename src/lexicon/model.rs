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
//! 3. Counts are summed as integers, so the result is the same bit by bit for any number of
//!    threads.
//!
//! Time is that of the pairs of words in all sentences, iteration by iteration; space that of the
//! different ones.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::parallel;

/// Iterations of expectation maximisation; the table hardly changes after five.
const ITERATIONS: usize = 5;
/// n₀: how often the null word stands in a sentence.
const NULL_WORDS: f32 = 2.0;
/// κ: counts of each word that are taken to have gone to words not seen with it.
const UNSEEN: f64 = 1.0;
/// A count of 1 as an integer.
const ONE: f32 = (1u64 << 32) as f32;
/// Pairs of sentences that one thread takes at a time.
const PIECE: usize = 2048;

/// Pairs of sentences in two languages, words numbered from 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bitext {
    /// Words of all sentences, the two languages in turn.
    words: Vec<u32>,
    /// Per pair, where its sentence in the first and in the second language ends.
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

impl Bitext {
    /// Adds a pair that counts `times` times.
    pub(crate) fn push(&mut self, first: &[u32], second: &[u32], times: u8) {
        self.words.extend_from_slice(first);
        let middle = self.words.len();
        self.words.extend_from_slice(second);
        self.ends.push([middle, self.words.len()]);
        self.times.push(times);
    }

    /// How many pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The sentences of a pair.
    pub(crate) fn pair(&self, index: usize) -> [&[u32]; 2] {
        let start = index.checked_sub(1).map_or(0, |i| self.ends[i][1]);
        let [middle, end] = self.ends[index];
        [&self.words[start..middle], &self.words[middle..end]]
    }

    /// How often a pair counts.
    pub(crate) fn times(&self, index: usize) -> u8 {
        self.times[index]
    }

    /// Source and target of a pair.
    fn directed(&self, index: usize, direction: Direction) -> [&[u32]; 2] {
        let [first, second] = self.pair(index);
        match direction {
            Direction::Forth => [first, second],
            Direction::Back => [second, first],
        }
    }
}

/// Translation probabilities in one direction, sparse.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Model {
    /// Per source word, where its targets begin; and at the end their number.
    starts: Vec<usize>,
    /// Targets of each source word, rising.
    targets: Vec<u32>,
    /// t(t|s) of each.
    probabilities: Vec<f32>,
    /// t(t|∅) by target.
    null: Vec<f32>,
}

impl Model {
    /// Trains a model of `sources` words into `targets` words.
    pub(crate) fn train(
        bitext: &Bitext,
        direction: Direction,
        [sources, targets]: [usize; 2],
    ) -> Self {
        let mut model = Self::uniform(bitext, direction, [sources, targets]);
        for _ in 0..ITERATIONS {
            model.iterate(bitext, direction);
        }
        model
    }

    /// The targets of a source word with their probabilities.
    pub(crate) fn row(&self, source: u32) -> impl Iterator<Item = (u32, f32)> {
        let row = self.range(source);
        let targets = self.targets[row.clone()].iter().copied();
        targets.zip(self.probabilities[row].iter().copied())
    }

    fn range(&self, source: u32) -> Range<usize> {
        self.starts[source as usize]..self.starts[source as usize + 1]
    }

    /// The same probability for all words that stand together anywhere.
    fn uniform(bitext: &Bitext, direction: Direction, sizes: [usize; 2]) -> Self {
        let together = parallel::map_pieces(bitext.len(), PIECE, |pairs| {
            let mut together = Vec::new();
            for pair in pairs {
                let [source, target] = bitext.directed(pair, direction);
                for &s in source {
                    together.extend(target.iter().map(|&t| u64::from(s) << 32 | u64::from(t)));
                }
            }
            together.sort_unstable();
            together.dedup();
            together
        });
        let together = parallel::sort_unique(together.concat());
        let mut starts = vec![0; sizes[0] + 1];
        for key in &together {
            starts[(key >> 32) as usize + 1] += 1;
        }
        for source in 0..sizes[0] {
            starts[source + 1] += starts[source];
        }
        let same = 1.0 / sizes[1].max(1) as f32;
        Self {
            starts,
            probabilities: vec![same; together.len()],
            targets: together.into_iter().map(|key| key as u32).collect(),
            null: vec![same; sizes[1]],
        }
    }

    /// One expectation and one maximisation.
    fn iterate(&mut self, bitext: &Bitext, direction: Direction) {
        let zeros = |len| (0..len).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
        let (counts, null_counts) = (zeros(self.targets.len()), zeros(self.null.len()));
        let add = |count: &AtomicU64, p: f32, times: u8| {
            count.fetch_add(((p * ONE) as u64) * u64::from(times), Ordering::Relaxed);
        };
        parallel::map_pieces(bitext.len(), PIECE, |pairs| {
            let mut cells = Vec::new();
            for pair in pairs {
                let [source, target] = bitext.directed(pair, direction);
                let times = bitext.times(pair);
                for &t in target {
                    cells.clear();
                    cells.extend(source.iter().map(|&s| self.cell(s, t)));
                    let null = NULL_WORDS * self.null[t as usize];
                    let sum = null + cells.iter().map(|&c| self.probabilities[c]).sum::<f32>();
                    if sum > 0.0 {
                        add(&null_counts[t as usize], null / sum, times);
                        for &cell in &cells {
                            add(&counts[cell], self.probabilities[cell] / sum, times);
                        }
                    }
                }
            }
        });
        let counts: Vec<f64> = counts.into_iter().map(count).collect();
        for source in 0..self.starts.len() as u32 - 1 {
            let row = self.range(source);
            let total: f64 = UNSEEN + counts[row.clone()].iter().sum::<f64>();
            for cell in row {
                self.probabilities[cell] = (counts[cell] / total) as f32;
            }
        }
        let counts: Vec<f64> = null_counts.into_iter().map(count).collect();
        let total: f64 = UNSEEN + counts.iter().sum::<f64>();
        self.null = counts.into_iter().map(|c| (c / total) as f32).collect();
    }

    /// Where the pair of two words that stand together is kept.
    fn cell(&self, source: u32, target: u32) -> usize {
        let row = self.range(source);
        let found = self.targets[row.clone()].binary_search(&target);
        row.start + found.expect("`uniform` keeps all words that stand together")
    }
}

fn count(sum: AtomicU64) -> f64 {
    sum.into_inner() as f64 / f64::from(ONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula at the head of this file on dense tables.
    fn naive(pairs: &[(&[u32], &[u32])], [sources, targets]: [usize; 2]) -> Vec<Vec<f64>> {
        // The null word is the last of the sources.
        let mut t = vec![vec![1.0 / targets as f64; targets]; sources + 1];
        for _ in 0..ITERATIONS {
            let mut c = vec![vec![0.0; targets]; sources + 1];
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
                let total: f64 = counts.iter().sum::<f64>() + UNSEEN;
                *row = counts.iter().map(|c| c / total).collect();
            }
        }
        t
    }

    #[test]
    fn agrees_with_the_formula() {
        let pairs: [(&[u32], &[u32]); 4] = [
            (&[0, 1], &[0, 1]),
            (&[0, 2], &[0, 2]),
            (&[0, 1, 2, 2], &[2, 0, 1]),
            (&[3], &[0, 3]),
        ];
        let mut bitext = Bitext::default();
        for (first, second) in pairs {
            bitext.push(first, second, 1);
        }
        let forth = Model::train(&bitext, Direction::Forth, [4, 4]);
        let expected = naive(&pairs, [4, 4]);
        for source in 0..4 {
            for (target, p) in forth.row(source) {
                let expected = expected[source as usize][target as usize];
                assert!(
                    (f64::from(p) - expected).abs() < 1e-5,
                    "t({target}|{source}) = {p}, not {expected}"
                );
            }
        }
        let best = |s: u32| forth.row(s).max_by(|x, y| x.1.total_cmp(&y.1)).unwrap().0;
        assert_eq!([1, 2, 3].map(best), [1, 2, 3]);
        let swapped = pairs.map(|(first, second)| (second, first));
        let expected = naive(&swapped, [4, 4]);
        for (target, p) in Model::train(&bitext, Direction::Back, [4, 4]).row(0) {
            assert!((f64::from(p) - expected[0][target as usize]).abs() < 1e-5);
        }
    }

    #[test]
    fn a_pair_counts_as_often_as_it_says() {
        let (mut once, mut thrice) = (Bitext::default(), Bitext::default());
        for _ in 0..3 {
            once.push(&[0, 1], &[1], 1);
        }
        thrice.push(&[0, 1], &[1], 3);
        let [a, b] = [once, thrice].map(|b| Model::train(&b, Direction::Forth, [2, 2]));
        assert_eq!(a, b);
    }

    #[test]
    fn nothing_to_learn_from() {
        let model = Model::train(&Bitext::default(), Direction::Forth, [1, 0]);
        assert_eq!(model.row(0).count(), 0);
    }
}
