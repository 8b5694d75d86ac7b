//! Evidence from the layout: translations tend to open a paragraph together, and to stand in
//! paragraphs of one kind.
//!
//! A trait that a sentence shows (opening a paragraph, being of a kind) is kept by the translator
//! with probability ρ, and chosen anew otherwise. With p and q the rates of the trait in the two
//! versions, the log-odds are `ln(1 − ρ + ρ / max(p, q))` where it agrees, `ln(1 − ρ)` where not.
//! Of two sentences that are both furniture of their page, that says nothing: 0.

use std::ops::Range;

use super::MAX_RUN;
use crate::features::{FURNITURE, Features};

/// ρ of opening a paragraph: 0.7 to 0.9 make no difference on the dev gold.
const KEPT: f32 = 0.8;

/// ρ of the kind. On the dev gold, 0.9 gains half a point of strict F1 on the noisy sets and loses
/// as much on the manuals, whose footers are marked in one version alone; without this evidence the
/// noisy sets lose some four points.
const KIND: f32 = 0.8;

/// Values that a trait may take, at the most.
const VALUES: usize = 8;

/// The layout of a pair of versions.
pub(super) struct Layout {
    opening: Trait<bool>,
    kind: Trait<u8>,
    /// Per version, how many of the sentences before each open a paragraph, and at the end how many do.
    opened: [Vec<u32>; 2],
    /// Log-odds of a paragraph that opens inside a run, on one side only.
    inside: f32,
}

impl Layout {
    pub(super) fn new(a: &Features, b: &Features) -> Self {
        let sides = [a.sentences(), b.sentences()];
        let mut kind = Trait::new(sides.map(|s| s.iter().map(|s| s.kind).collect()), KIND);
        kind.same[usize::from(FURNITURE)] = 0.0;
        Self {
            opening: Trait::new(sides.map(|s| s.iter().map(|s| s.opens).collect()), KEPT),
            kind,
            opened: sides.map(|sentences| {
                let mut opened = vec![0];
                opened.extend(sentences.iter().scan(0, |count, s| {
                    *count += u32::from(s.opens);
                    Some(*count)
                }));
                opened
            }),
            inside: (1.0 - KEPT).ln(),
        }
    }

    /// Whether a sentence of a side is furniture.
    pub(super) fn is_furniture(&self, side: usize, sentence: usize) -> bool {
        self.kind.values[side][sentence] == FURNITURE
    }

    /// Log-odds of the first sentences of two runs.
    #[inline]
    pub(super) fn first(&self, a: usize, b: usize) -> f32 {
        self.opening.log_odds(a, b) + self.kind.log_odds(a, b)
    }

    /// Log-odds of the paragraphs that open inside two runs.
    pub(super) fn inside(&self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        let inside = |side: usize, run: &Range<usize>| {
            self.opened[side][run.end] - self.opened[side][run.start + 1]
        };
        self.inside * inside(0, a).abs_diff(inside(1, b)) as f32
    }
}

impl Layout {
    /// Adds [`inside`](Self::inside) of all runs that begin with two sentences and are no more than
    /// `MAX_RUN + 1` together, by their numbers of sentences less 1.
    pub(super) fn add_inside_to(&self, all: &mut [[f32; MAX_RUN]; MAX_RUN], a: usize, b: usize) {
        let opened = |side: usize, first: usize| {
            let opened = self.opened[side].get(first + 1..).unwrap_or_default();
            std::array::from_fn(|run| opened.get(run).map_or(0, |count| count - opened[0]))
        };
        let [in_a, in_b]: [[u32; MAX_RUN]; 2] = [opened(0, a), opened(1, b)];
        for (extra, (x, all)) in in_a.iter().zip(all).enumerate() {
            for (y, log_odds) in in_b.iter().zip(all).take(MAX_RUN - extra) {
                *log_odds += self.inside * x.abs_diff(*y) as f32;
            }
        }
    }
}

/// A trait of the sentences of two versions.
struct Trait<T> {
    /// Per version and sentence.
    values: [Vec<T>; 2],
    /// Per value, log-odds where both sentences have it.
    same: [f32; VALUES],
    other: f32,
}

impl<T: Copy + PartialEq + Into<usize>> Trait<T> {
    fn new(values: [Vec<T>; 2], kept: f32) -> Self {
        let same = std::array::from_fn(|value| {
            let rate = |side: &Vec<T>| {
                let count = side.iter().filter(|&&v| v.into() == value).count();
                (count as f32 + 1.0) / (side.len() as f32 + 2.0)
            };
            (1.0 - kept + kept / rate(&values[0]).max(rate(&values[1]))).ln()
        });
        let other = (1.0 - kept).ln();
        Self {
            values,
            same,
            other,
        }
    }

    fn log_odds(&self, a: usize, b: usize) -> f32 {
        let (x, y) = (self.values[0][a], self.values[1][b]);
        if x == y {
            self.same[x.into()]
        } else {
            self.other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_traits_tell_more() {
        let mut values = vec![false; 98];
        values[7] = true;
        let rare = Trait::new([values.clone(), values], 0.8);
        assert!(
            rare.log_odds(7, 7) > 3.0,
            "both rare: {}",
            rare.log_odds(7, 7)
        );
        assert!(
            rare.log_odds(1, 2).abs() < 0.1,
            "both common: {}",
            rare.log_odds(1, 2)
        );
        assert!((rare.log_odds(1, 7) - 0.2f32.ln()).abs() < 1e-6);
    }
}
