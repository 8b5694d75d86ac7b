//! Log-odds that a run of sentences of one version translates a run of another.
//!
//! All evidence is in nats: the log of "these were translated from each other" against "they
//! were written independently" (Moore 2002), so a sentence left alone has log-odds 0 and the
//! sources of evidence add up. Every source is symmetric in the two versions.

use std::ops::Range;

use crate::features::Features;

mod index;
mod layout;
mod learnt;
mod length;
mod lexical;
mod translations;
mod vectors;

pub(crate) use index::Index;
use layout::Layout;
pub(crate) use learnt::Learnt;
use length::Length;
use lexical::Lexical;
use vectors::Cosines;

/// Sentences of one version in one bead at the most.
pub(crate) const MAX_RUN: usize = 4;

/// What is known about one pair of versions.
pub(crate) struct Evidence {
    length: Length,
    lexical: Lexical,
    layout: Layout,
    cosines: Option<Cosines>,
}

/// Log-odds in nats by what they come from.
pub(crate) struct Parts {
    pub(crate) length: f32,
    /// Of words, names and marks.
    pub(crate) words: f32,
    /// Of numbers and dates.
    pub(crate) numbers: f32,
    pub(crate) layout: f32,
    /// Nothing where one of the versions has none.
    pub(crate) vectors: Option<f32>,
}

impl Evidence {
    /// Gathers the evidence for the pair (a, b); that from tokens only for the sentences of b
    /// that `reachable` gives for each of a.
    pub(crate) fn new(
        a: &Features,
        b: &Features,
        index: &Index,
        variance: f32,
        reachable: impl Fn(usize) -> Range<usize>,
    ) -> Self {
        Self {
            length: Length::new(a, b, variance),
            lexical: Lexical::new(a, b, index, reachable),
            layout: Layout::new(a, b),
            cosines: Cosines::new(a, b),
        }
    }

    /// Whether all of a run of sentences, the other run being empty, are furniture of the page.
    pub(crate) fn is_furniture(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        self.layout.is_furniture(a, b)
    }

    /// Log-odds in nats that the sentences `a` and `b`, runs of 1 to [`MAX_RUN`], translate each
    /// other.
    pub(crate) fn log_odds(&mut self, a: Range<usize>, b: Range<usize>) -> f32 {
        let cosines = self.cosines.as_ref().map_or(0.0, |c| c.log_odds(&a, &b));
        let words = self.lexical.log_odds(&a, &b);
        self.length.log_odds(&a, &b) + self.layout.log_odds(&a, &b) + words + cosines
    }

    /// The terms of [`log_odds`](Self::log_odds) by what they come from; `sides` are the versions
    /// that the evidence was gathered from. It is slower, and meant for the few runs that are linked
    /// in the end.
    pub(crate) fn parts(&self, a: &Range<usize>, b: &Range<usize>, sides: [&Features; 2]) -> Parts {
        let is_number =
            |side: usize, token: u32| sides[side].all_tokens()[token as usize].is_number;
        let words = |side, token| !is_number(side, token);
        Parts {
            length: self.length.log_odds(a, b),
            words: self.lexical.share(a, b, words),
            numbers: self.lexical.share(a, b, is_number),
            layout: self.layout.log_odds(a, b),
            vectors: self.cosines.as_ref().map(|c| c.log_odds(a, b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Vocabulary;
    use crate::{Lang, Segmenter, Source, Unit, Vectors};

    fn read(text: &str, lang: Lang, vectors: bool, vocabulary: &mut Vocabulary<'_>) -> Features {
        let source = Source::new(text).lines(Unit::Paragraph).lang(lang);
        let mut version = Segmenter::new().version(source).unwrap();
        if vectors {
            let count = version.segments(Unit::Sentence).len();
            let numbers = (0..3 * count).map(|i| (i * i % 7) as f32).collect();
            let vectors = Vectors::new(numbers, 3).unwrap();
            version = version.with_vectors(vectors).unwrap();
        }
        Features::read(&version, vocabulary)
    }

    #[test]
    fn parts_sum_up() {
        let mut vocabulary = Vocabulary::default();
        for vectors in [false, true] {
            let a = "Anna paid 1,250 euros. When?\nIn March.\nNobody called Peter.";
            let b = "Anna zahlte 1.250 Euro. Wann?\nIm März rief niemand an.\nPeter schon.";
            let a = read(a, Lang::EN, vectors, &mut vocabulary);
            let b = read(b, Lang::DE, vectors, &mut vocabulary);
            let index = Index::new(&a, &b, &vocabulary, None, 0.5);
            let mut evidence = Evidence::new(&a, &b, &index, 2.5, |_| 0..4);
            let runs = || (0..4).flat_map(|i| (i + 1..=4).map(move |j| i..j));
            for (x, y) in runs().flat_map(|x| runs().map(move |y| (x.clone(), y))) {
                let parts = evidence.parts(&x, &y, [&a, &b]);
                assert_eq!(parts.vectors.is_some(), vectors);
                let sum = parts.length + parts.words + parts.numbers + parts.layout;
                let sum = sum + parts.vectors.unwrap_or(0.0);
                let expected = evidence.log_odds(x.clone(), y.clone());
                assert!(
                    (sum - expected).abs() < 1e-4,
                    "{x:?} {y:?}: {sum}, not {expected}"
                );
            }
        }
    }
}
