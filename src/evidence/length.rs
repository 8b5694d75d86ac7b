//! Evidence from lengths in characters (Gale and Church 1993, section 3).
//!
//! A sentence of l₁ characters is translated by one of l₂ ~ N(c·l₁, s²·(l₁ + k)); written
//! independently, l₂ is log-normal over the sentences of its version. Deviations from the paper:
//!
//! 1. the log-odds against independence take the place of the two-sided tail probability, so
//!    that a sentence alone scores 0;
//! 2. both directions are averaged, so that the order of the versions does not matter;
//! 3. k: a title of one word may well be translated by three.

use std::f32::consts::TAU;
use std::ops::Range;

use super::MAX_RUN;
use crate::features::Features;

/// k, in characters: 0 takes 1.5 points from the strict F1 of the manuals in the dev gold, 12
/// and more take half a point from that of the noisy sets.
const SHORT: f32 = 5.0;

/// The evidence of one run of sentences, whatever it is held against.
#[derive(Clone, Copy, Default)]
struct Run {
    /// Characters, scaled so that translations are equally long.
    chars: f32,
    /// 1 / (l + k).
    inverse: f32,
    /// ¼·ln(2π·s²·(l + k)) + ½·ln q(l), the share of the log-odds that does not depend on the other
    /// version, with the sign turned.
    unary: f32,
}

/// Lengths of all runs of a pair of versions.
pub(super) struct Length {
    /// 1 / 4s².
    sharpness: f32,
    /// `[side][sentences − 1][first sentence]`
    runs: [[Vec<Run>; MAX_RUN]; 2],
}

impl Length {
    /// Measures all runs; `variance` is s².
    pub(super) fn new(a: &Features, b: &Features, variance: f32) -> Self {
        let scale = ratio(a, b).sqrt();
        Self {
            sharpness: (4.0 * variance).recip(),
            runs: [runs(a, scale, variance), runs(b, scale.recip(), variance)],
        }
    }

    /// Log-odds of two sentences.
    #[inline]
    pub(super) fn first(&self, a: usize, b: usize) -> f32 {
        self.of_runs(&self.runs[0][0][a], &self.runs[1][0][b])
    }

    /// Log-odds of two runs of 1 to `MAX_RUN` sentences.
    pub(super) fn log_odds(&self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        let x = &self.runs[0][a.len() - 1][a.start];
        let y = &self.runs[1][b.len() - 1][b.start];
        self.of_runs(x, y)
    }

    /// Adds the log-odds of all runs that begin with two sentences and are no more than `MAX_RUN + 1`
    /// together, by their numbers of sentences less 1.
    pub(super) fn add_to(&self, all: &mut [[f32; MAX_RUN]; MAX_RUN], a: usize, b: usize) {
        for (extra, (xs, all)) in self.runs[0].iter().zip(all).enumerate() {
            let Some(x) = xs.get(a) else {
                break;
            };
            for (ys, log_odds) in self.runs[1].iter().zip(all).take(MAX_RUN - extra) {
                let Some(y) = ys.get(b) else {
                    break;
                };
                *log_odds += self.of_runs(x, y);
            }
        }
    }

    fn of_runs(&self, x: &Run, y: &Run) -> f32 {
        let difference = x.chars - y.chars;
        let spread = (x.inverse + y.inverse) * self.sharpness;
        -difference * difference * spread - x.unary - y.unary
    }
}

/// c: characters of `b` for one of `a`, from the totals; bounded, for where much stands in one
/// version alone, the totals say little.
fn ratio(a: &Features, b: &Features) -> f32 {
    let chars = |f: &Features| {
        f.sentences()
            .iter()
            .map(|s| f64::from(s.chars))
            .sum::<f64>()
    };
    let ratio = (chars(b) + 1.0) / (chars(a) + 1.0);
    ratio.clamp(0.8, 1.25) as f32
}

fn runs(features: &Features, scale: f32, variance: f32) -> [Vec<Run>; MAX_RUN] {
    let chars: Vec<f32> = (features.sentences().iter())
        .map(|s| s.chars as f32 * scale)
        .collect();
    let (mean, deviation) = log_normal(&chars);
    let constant = (deviation * TAU.sqrt()).ln();
    std::array::from_fn(|extra| {
        let run = |window: &[f32]| {
            let chars: f32 = window.iter().sum();
            let z = (chars.ln() - mean) / deviation;
            let normal = (TAU * variance * (chars + SHORT)).ln() / 4.0;
            let independent = -0.5 * z * z - chars.ln() - constant;
            Run {
                chars,
                inverse: (chars + SHORT).recip(),
                unary: normal + independent / 2.0,
            }
        };
        chars.windows(extra + 1).map(run).collect()
    })
}

/// Mean and standard deviation of the logarithms; the latter bounded below, for a version whose
/// sentences are all equally long.
fn log_normal(chars: &[f32]) -> (f32, f32) {
    let count = chars.len().max(1) as f32;
    let mean = chars.iter().map(|l| l.ln()).sum::<f32>() / count;
    let variance = chars.iter().map(|l| (l.ln() - mean).powi(2)).sum::<f32>() / count;
    (mean, variance.sqrt().max(0.3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::features::{Memory, of_lines};

    fn length(a: &[usize], b: &[usize]) -> Length {
        let texts = [a, b].map(|lengths| {
            let lines: Vec<String> = lengths.iter().map(|&l| "x".repeat(l)).collect();
            lines.join("\n")
        });
        let texts = texts.each_ref().map(|text| (text.as_str(), Lang::EN));
        let ([a, b], _) = of_lines(texts, &mut Memory::default());
        Length::new(&a, &b, 2.5)
    }

    #[test]
    fn like_lengths_are_evidence_for_and_unlike_ones_against() {
        let length = length(&[20, 100, 30, 60], &[22, 105, 90]);
        for (name, a, b, expected) in [
            ("alike", 0..1, 0..1, true),
            ("alike and long", 1..2, 1..2, true),
            ("two to one", 2..4, 2..3, true),
            ("unlike", 0..1, 1..2, false),
            ("two to one, unlike", 0..2, 0..1, false),
        ] {
            let odds = length.log_odds(&a, &b);
            assert_eq!(odds > 0.0, expected, "{name}: {odds}");
        }
    }

    #[test]
    fn symmetric() {
        let (forth, back) = (
            length(&[20, 100], &[30, 70, 5]),
            length(&[30, 70, 5], &[20, 100]),
        );
        for (a, b) in [(0..1, 0..1), (0..2, 1..3), (1..2, 0..3)] {
            let (x, y) = (forth.log_odds(&a, &b), back.log_odds(&b, &a));
            assert!((x - y).abs() < 1e-4, "{a:?} {b:?}: {x} {y}");
        }
    }
}
