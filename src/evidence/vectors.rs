//! Evidence from vectors: the cosine of two runs of sentences.
//!
//! The vectors of a version are centred, `x̂ = (x − m) / |x − m|` with m their mean
//! ([`Vectors::centred`](crate::Vectors::centred)): raw cosines are high wherever a model leaves a
//! common direction in all it makes, and hubs are near to everything (Suzuki et al. 2013). Then the
//! log-odds of two runs a and b are those of two normal distributions of equal variance,
//!
//! ```text
//! X(a) = Σ √lₛ·x̂ₛ over the sentences s of a, of lₛ characters     c = cos(X(a), Y(b))
//! log-odds = w · t · δ² · (c / ρ − μ), δ = ρ / σ but at most D, within ±B
//! ```
//!
//! * ρ, the usual cosine of translations, is the mean over the pairs of sentences each of which is
//!   the nearest to the other, but at least R;
//! * σ², its variance where nothing is translated, is that over pairs of sentences of one version,
//!   which do not translate each other;
//! * t, from 0 to 1, is how far ρ is above the cosine of the nearest of n sentences by chance,
//!   σ·√(2·ln n): vectors that tell nothing apart say nothing.
//!
//! So models that spread their vectors otherwise need no other constants. Sums of all sentences
//! before each one make X(a) a difference: a pair of runs takes time O(d), the whole space O(n·d),
//! for n sentences and dimension d.
//!
//! Vecalign (Thompson and Koehn 2019, section 3.1) divides by the mean distance to sampled
//! sentences, Artetxe and Schwenk (2019, section 3) by the mean cosine with the nearest ones. Both
//! mend hubs sentence by sentence, centring all at once, and both leave open what a cosine is worth
//! next to evidence of another kind, which is what ρ and σ are for.

use std::ops::Range;

use super::MAX_RUN;
use crate::features::Features;

/// w: log-odds that were counted out, of cosines of universal-sentence-encoder vectors on the dev
/// gold, rise 0.6 times as fast as those of two normal distributions. With a lexicon beside them,
/// 0.45 and 0.3 lose up to a point and a half of strict F1 on the heavy sets and make no difference
/// elsewhere.
const WEIGHT: f32 = 0.6;

/// μ: where between 0 and ρ the log-odds are 0. Two equal variances would have it at 0.5, counting
/// finds 0.54.
const MIDDLE: f32 = 0.55;

/// B, in nats: the log-odds that were counted out level off at −6 and 9. 6 loses a point of strict
/// F1 on ntrex-para-heavy, 12 makes no difference.
const BOUND: f32 = 9.0;

/// D: the sentences of a short article may all be equally unlike each other, and σ next to 0. On
/// the dev gold 4.5 and 9 are as good.
const MOST: f32 = 5.4;

/// ρ beforehand, as it is of universal-sentence-encoder; counts for one pair.
const USUAL: f32 = 0.7;

/// σ beforehand, likewise, and the pairs that it counts for: an article of two sentences tells
/// nothing.
const SPREAD: f32 = 0.13;
const SPREAD_PAIRS: f32 = 10.0;

/// How far above chance ρ must be for t to be 1, as a share of chance. Of random vectors for four
/// sets of the dev gold, ρ is 0.8 to 1.02 times chance, of those of universal-sentence-encoder 1.07
/// to 2.4 times.
const SURE: f32 = 0.1;

/// R: vectors that tell nothing apart leave no more.
const LEAST: f32 = 0.1;

/// Sentences of one version that are as near as this are copies, as the labels of buttons are: they
/// say nothing of how far others are.
const COPY: f32 = 0.99;

/// Sentences of a version that ρ and σ² are estimated from.
const SAMPLE: usize = 32;

/// Numbers that are multiplied at the same time.
const LANES: usize = 8;

/// Some neighbouring numbers of a vector, the last filled with zeros.
type Block = [f32; LANES];

/// Cosines of a pair of versions that both have vectors.
pub(super) struct Cosines {
    sides: [Runs; 2],
    /// w·t·δ² / ρ.
    slope: f32,
    /// μ·ρ.
    middle: f32,
}

impl Cosines {
    /// Sums up the vectors, if both versions have them.
    pub(super) fn new(a: &Features, b: &Features) -> Option<Self> {
        let [a, b] = [Runs::new(a)?, Runs::new(b)?];
        let mutual = mutual([&a, &b]).chain(mutual([&b, &a]));
        let rho = mean(USUAL, 1.0, mutual).max(LEAST);
        let apart: Vec<f32> = apart(&a).chain(apart(&b)).collect();
        // Centring alone makes the cosines of few sentences less than 0.
        let centre = apart.iter().sum::<f32>() / apart.len().max(1) as f32;
        let squares = apart.iter().map(|cosine| (cosine - centre).powi(2));
        let variance = mean(SPREAD * SPREAD, SPREAD_PAIRS, squares);
        let sentences = (a.len() + b.len()).max(2) as f32;
        let chance = (2.0 * variance * sentences.ln()).sqrt();
        let trust = ((rho / chance - 1.0) / SURE).clamp(0.0, 1.0);
        let delta = (rho / variance.sqrt()).min(MOST);
        Some(Self {
            sides: [a, b],
            slope: WEIGHT * trust * delta * delta / rho,
            middle: MIDDLE * rho,
        })
    }

    /// Log-odds of two runs of 1 to `MAX_RUN` sentences; 0 where one has no vector but zeros.
    pub(super) fn log_odds(&self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        let [x, y] = &self.sides;
        cosine([x, y], a, b).map_or(0.0, |cosine| {
            (self.slope * (cosine - self.middle)).clamp(-BOUND, BOUND)
        })
    }
}

/// The vectors of one version, summed up.
struct Runs {
    /// Blocks of a vector.
    blocks: usize,
    /// X of the sentences before each, and at the end of all.
    sums: Vec<Block>,
    /// 1 / |X|, or 0 where that is 0: `[sentences − 1][first sentence]`.
    inverse: [Vec<f32>; MAX_RUN],
}

impl Runs {
    fn new(features: &Features) -> Option<Self> {
        let vectors = features.vectors()?;
        let blocks = vectors.dimension().div_ceil(LANES);
        let mut sums = vec![[0.0; LANES]; blocks];
        for (vector, sentence) in vectors.iter().zip(features.sentences()) {
            let root = (sentence.chars as f32).sqrt();
            let before = sums.len() - blocks;
            for (block, part) in vector.chunks(LANES).enumerate() {
                let mut sum = sums[before + block];
                sum.iter_mut().zip(part).for_each(|(s, x)| *s += root * x);
                sums.push(sum);
            }
        }
        let mut runs = Self {
            blocks,
            sums,
            inverse: Default::default(),
        };
        runs.inverse = std::array::from_fn(|extra| {
            let inverse = |start: usize| {
                let run = runs.run(&(start..start + extra + 1));
                let square = product(run, run);
                if square > 0.0 {
                    square.sqrt().recip()
                } else {
                    0.0
                }
            };
            (0..vectors.len().saturating_sub(extra))
                .map(inverse)
                .collect()
        });
        Some(runs)
    }

    fn len(&self) -> usize {
        self.inverse[0].len()
    }

    /// The sums before a run and at its end.
    fn run(&self, run: &Range<usize>) -> [&[Block]; 2] {
        [run.start, run.end].map(|at| &self.sums[at * self.blocks..][..self.blocks])
    }

    /// Sentences spread out evenly.
    fn sample(&self) -> impl Iterator<Item = usize> + Clone + use<> {
        let (all, count) = (self.len(), self.len().min(SAMPLE));
        (0..count).map(move |k| k * all / count)
    }
}

/// The cosine of two runs, unless one of them says nothing.
fn cosine([x, y]: [&Runs; 2], a: &Range<usize>, b: &Range<usize>) -> Option<f32> {
    let inverse = x.inverse[a.len() - 1][a.start] * y.inverse[b.len() - 1][b.start];
    (inverse > 0.0).then(|| inverse * product(x.run(a), y.run(b)))
}

/// The product of two vectors, each the difference of two.
fn product([x, until_x]: [&[Block]; 2], [y, until_y]: [&[Block]; 2]) -> f32 {
    let mut lanes = [0.0; LANES];
    for (((x, until_x), y), until_y) in x.iter().zip(until_x).zip(y).zip(until_y) {
        for lane in 0..LANES {
            lanes[lane] += (until_x[lane] - x[lane]) * (until_y[lane] - y[lane]);
        }
    }
    lanes.iter().sum()
}

/// The cosine of two sentences.
fn of_two(sides: [&Runs; 2], i: usize, j: usize) -> Option<f32> {
    cosine(sides, &(i..i + 1), &(j..j + 1))
}

/// The sentence of the second side that is nearest to one of the first, the last of equals, and
/// their cosine.
fn nearest(sides: [&Runs; 2], i: usize) -> Option<(usize, f32)> {
    let cosines = (0..sides[1].len()).filter_map(|j| Some((j, of_two(sides, i, j)?)));
    cosines.max_by(|x, y| x.1.total_cmp(&y.1))
}

/// Cosines of the sentences of the first side, a sample of them, with those of the second that are
/// nearest to them and they to those.
fn mutual([from, to]: [&Runs; 2]) -> impl Iterator<Item = f32> {
    from.sample().filter_map(move |i| {
        let (j, cosine) = nearest([from, to], i)?;
        (nearest([to, from], j)?.0 == i).then_some(cosine)
    })
}

/// Cosines of the sentences of one version with each other, a sample of them, copies left out.
fn apart(side: &Runs) -> impl Iterator<Item = f32> {
    let pairs = (side.sample().enumerate())
        .flat_map(move |(k, i)| side.sample().skip(k + 1).map(move |j| (i, j)));
    let cosines = pairs.filter_map(move |(i, j)| of_two([side, side], i, j));
    cosines.filter(|&cosine| cosine < COPY)
}

/// The mean of some numbers and of `count` that are as usual.
fn mean(usual: f32, count: f32, numbers: impl Iterator<Item = f32>) -> f32 {
    let start = (usual * count, count);
    let (sum, count) = numbers.fold(start, |(sum, count), x| (sum + x, count + 1.0));
    sum / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{self, Memory};
    use crate::{Lang, Segmenter, Source, Unit, Vectors};

    /// The sentences of a version: characters, and the vectors.
    fn read(sentences: &[(usize, [f32; 3])]) -> Features {
        let lines: Vec<String> = sentences.iter().map(|s| "x".repeat(s.0)).collect();
        let source = Source::new(lines.join("\n")).lines(Unit::Sentence);
        let version = Segmenter::new().version(source.lang(Lang::EN)).unwrap();
        let numbers = sentences.iter().flat_map(|s| s.1).collect();
        let version = version.with_vectors(Vectors::new(numbers, 3).unwrap());
        let (mut features, _) = features::read(&[&version.unwrap()], &mut Memory::default());
        features.remove(0)
    }

    fn versions() -> [Features; 2] {
        [
            read(&[
                (20, [1.0, 0.0, 0.2]),
                (80, [0.0, 2.0, 0.1]),
                (30, [0.0, 0.0, 0.0]),
                (9, [-1.0, 0.3, 1.0]),
            ]),
            read(&[
                (90, [0.1, 1.0, 0.0]),
                (8, [-0.9, 0.2, 0.8]),
                (25, [0.8, -0.1, 0.4]),
            ]),
        ]
    }

    fn runs(count: usize) -> impl Iterator<Item = Range<usize>> {
        (0..count).flat_map(move |start| (start + 1..=count).map(move |end| start..end))
    }

    /// The formulas at the head of this file, with neither sums nor samples.
    fn naive(sides: &[Features; 2], a: &Range<usize>, b: &Range<usize>) -> f32 {
        let sum = |side: usize, run: &Range<usize>| {
            let vectors: Vec<&[f32]> = sides[side].vectors().unwrap().iter().collect();
            let mut sum = [0.0; 3];
            for s in run.clone() {
                let root = (sides[side].sentences()[s].chars as f32).sqrt();
                sum.iter_mut()
                    .zip(vectors[s])
                    .for_each(|(s, x)| *s += root * x);
            }
            sum
        };
        let dot = |x: [f32; 3], y: [f32; 3]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        let cosine = |x, y| dot(x, y) / (dot(x, x) * dot(y, y)).sqrt();
        let one = |side, s| sum(side, &(s..s + 1));
        if a.clone().all(|s| one(0, s) == [0.0; 3]) {
            return 0.0;
        }
        // Rows 0, 1 and 3 are nearest to columns 2, 0 and 1, and the other way round.
        let pairs = [(0, 2), (1, 0), (3, 1)];
        let mutual = pairs.map(|(i, j)| cosine(one(0, i), one(1, j)));
        let rho = (2.0 * mutual.iter().sum::<f32>() + 0.7) / (2.0 * 3.0 + 1.0);
        let apart = [
            (0, 0, 1),
            (0, 0, 3),
            (0, 1, 3),
            (1, 0, 1),
            (1, 0, 2),
            (1, 1, 2),
        ];
        let apart = apart.map(|(side, i, j)| cosine(one(side, i), one(side, j)));
        let centre = apart.iter().sum::<f32>() / 6.0;
        let squares = apart.map(|cosine| (cosine - centre).powi(2));
        let variance = (squares.iter().sum::<f32>() + 10.0 * 0.0169) / (6.0 + 10.0);
        let chance = (variance * 2.0 * 7_f32.ln()).sqrt();
        let trust = ((rho / chance - 1.0) * 10.0).clamp(0.0, 1.0);
        let delta = (rho / variance.sqrt()).min(5.4);
        let share = cosine(sum(0, a), sum(1, b)) / rho;
        let log_odds = 0.6 * trust * delta * delta * (share - 0.55);
        log_odds.clamp(-9.0, 9.0)
    }

    #[test]
    fn agrees_with_the_formula_in_both_directions() {
        let sides = versions();
        let [forth, back] = [[0, 1], [1, 0]].map(|[a, b]| Cosines::new(&sides[a], &sides[b]));
        let (forth, back) = (forth.unwrap(), back.unwrap());
        for a in runs(4) {
            for b in runs(3) {
                let found = [forth.log_odds(&a, &b), back.log_odds(&b, &a)];
                let expected = naive(&sides, &a, &b);
                for found in found {
                    let differ = (found - expected).abs();
                    assert!(differ < 1e-4, "{a:?} {b:?}: {found}, not {expected}");
                }
            }
        }
    }

    #[test]
    fn translations_gain_others_lose_zeros_say_nothing() {
        let [a, b] = versions();
        let cosines = Cosines::new(&a, &b).unwrap();
        for (name, a, b, sign) in [
            ("first", 0..1, 2..3, 1.0),
            ("second", 1..2, 0..1, 1.0),
            ("second, with zeros", 1..3, 0..1, 1.0),
            ("unlike", 0..1, 1..2, -1.0),
            ("zeros", 2..3, 0..1, 0.0),
        ] {
            let found = cosines.log_odds(&a, &b);
            assert_eq!(
                found.partial_cmp(&0.0),
                sign.partial_cmp(&0.0),
                "{name}: {found}"
            );
        }
    }

    #[test]
    fn no_more_than_the_bound() {
        let sides = [(), ()].map(|()| {
            read(&[
                (20, [1.0, 0.0, 0.0]),
                (20, [-1.0, 0.0, 0.0]),
                (20, [0.0, 1.0, 0.0]),
            ])
        });
        let cosines = Cosines::new(&sides[0], &sides[1]).unwrap();
        assert_eq!(cosines.log_odds(&(0..1), &(1..2)), -BOUND);
        for (a, b) in runs(3).flat_map(|a| runs(3).map(move |b| (a.clone(), b))) {
            let found = cosines.log_odds(&a, &b);
            assert!(found.abs() <= BOUND, "{a:?} {b:?}: {found}");
        }
    }

    #[test]
    fn random_vectors_say_nothing() {
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 40) as f32 / 16_777_216.0 - 0.5
        };
        let sides = [(), ()].map(|()| {
            let sentences: Vec<_> = (0..50)
                .map(|_| (20, [random(), random(), random()]))
                .collect();
            read(&sentences)
        });
        let cosines = Cosines::new(&sides[0], &sides[1]).unwrap();
        for (i, j) in (0..50).flat_map(|i| (0..50).map(move |j| (i, j))) {
            assert_eq!(cosines.log_odds(&(i..i + 1), &(j..j + 1)), 0.0, "{i} {j}");
        }
    }

    #[test]
    fn nothing_without_vectors() {
        let [a, _] = versions();
        let none = Features::default();
        assert!(Cosines::new(&a, &none).is_none() && Cosines::new(&none, &a).is_none());
        let empty = read(&[]);
        assert!(Cosines::new(&a, &empty).is_some());
    }
}
