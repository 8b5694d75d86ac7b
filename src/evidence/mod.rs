//! Log-odds that a run of sentences of one version translates a run of another.
//!
//! All evidence is in nats: the log of "these were translated from each other" against "they
//! were written independently" (Moore 2002), so a sentence left alone has log-odds 0 and the
//! sources of evidence add up. Every source is symmetric in the two versions, but for
//! lines so long that not all of their words are looked for (`words`).

use std::ops::Range;

use crate::constants::Constants;
use crate::features::{Features, Vocabulary};

mod index;
mod layout;
mod learnt;
mod length;
mod lexical;
mod log;
mod translations;
mod vectors;
mod words;

use index::Index;
use layout::Layout;
pub(crate) use learnt::Learnt;
use length::Length;
use lexical::Lexical;
use vectors::Cosines;
pub(crate) use words::Words;

/// Sentences of one version in one bead at the most.
pub(crate) const MAX_RUN: usize = 4;

/// What is known about one pair of versions.
pub(crate) struct Evidence<'a> {
    length: Length,
    lexical: Lexical<'a>,
    layout: Layout,
    cosines: Option<Cosines>,
}

/// Room for what is [roughly](Evidence::rough) said of a row and some columns.
#[derive(Default)]
pub(crate) struct Rough {
    /// Per column, in the end what is said.
    scores: Vec<f32>,
    /// Per column, what rare words say, before its logarithm is taken.
    products: Vec<f64>,
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

impl<'a> Evidence<'a> {
    /// Gathers the evidence for a pair of versions.
    pub(crate) fn new(
        sides: [&'a Features; 2],
        vocabulary: &Vocabulary,
        learnt: Option<&Learnt>,
        constants: &Constants,
    ) -> Self {
        let [a, b] = sides;
        let index = Index::new(sides, vocabulary, learnt, constants.eps);
        Self {
            length: Length::new(a, b, constants.variance),
            lexical: Lexical::new(sides, index),
            layout: Layout::new(a, b),
            cosines: Cosines::new(a, b),
        }
    }

    /// The two versions.
    pub(crate) const fn sides(&self) -> [&'a Features; 2] {
        self.lexical.sides
    }

    /// Pairs of sentences that share tokens so rare that they are likely to be linked: row, column and
    /// log-odds of one token each, row by row.
    pub(crate) fn anchors(&self) -> Vec<(usize, usize, f32)> {
        self.lexical.index.anchors(self.lexical.sides[0])
    }

    /// Whether a sentence of a side is furniture of the page.
    pub(crate) fn is_furniture(&self, side: usize, sentence: usize) -> bool {
        self.layout.is_furniture(side, sentence)
    }

    /// Begins to hold rows against columns, runs of so many of each at the most.
    pub(crate) fn begin(&self, words: &mut Words, runs: [usize; 2]) {
        words.begin(&self.lexical, runs);
    }

    /// Reads a row against some columns, so that [`log_odds`](Self::log_odds) can be asked for runs of
    /// rows that begin with it; the rows of a run are read from the last to the first. It is fast where columns
    /// that were not met stand right before those that were.
    pub(crate) fn read(&self, words: &mut Words, row: usize, columns: Range<usize>) {
        words.read(&self.lexical, row, columns);
    }

    /// Log-odds in nats that the sentences `a` and `b`, runs of 1 to [`MAX_RUN`], translate each
    /// other; they must have been read.
    pub(crate) fn log_odds(&self, words: &Words, a: &Range<usize>, b: &Range<usize>) -> f32 {
        let cosines = self.cosines.as_ref().map_or(0.0, |c| c.log_odds(a, b));
        let words = words.log_odds(a, b);
        self.length.log_odds(a, b) + self.layout(a, b) + words + cosines
    }

    /// Log-odds of all runs that begin with a row, the last one that was read, and a column: by the numbers
    /// of rows and columns less 1, as far as they were read and are no more than `MAX_RUN + 1` together.
    pub(crate) fn all_log_odds(
        &self,
        words: &Words,
        row: usize,
        column: usize,
    ) -> [[f32; MAX_RUN]; MAX_RUN] {
        let mut all = words.all_log_odds(column);
        let first = self.layout.first(row, column);
        self.length.add_to(&mut all, row, column);
        self.layout.add_inside_to(&mut all, row, column);
        let [n, m] = self.sides().map(|features| features.sentences().len());
        for (rows, by_columns) in all.iter_mut().take(n - row).enumerate() {
            let most = (MAX_RUN - rows).min(m - column);
            for (columns, log_odds) in by_columns.iter_mut().take(most).enumerate() {
                let (a, b) = (row..row + rows + 1, column..column + columns + 1);
                *log_odds += first + self.cosines.as_ref().map_or(0.0, |c| c.log_odds(&a, &b));
            }
        }
        all
    }

    fn layout(&self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        self.layout.first(a.start, b.start) + self.layout.inside(a, b)
    }

    /// About the log-odds of a row and each of some columns: of words, only those count that are rare.
    pub(crate) fn rough<'r>(
        &self,
        row: usize,
        columns: Range<usize>,
        Rough { scores, products }: &'r mut Rough,
    ) -> &'r mut [f32] {
        let own = self.lexical.rough_floor(0, row);
        scores.clear();
        scores.extend(columns.clone().map(|column| {
            let floor = (own + self.lexical.rough_floor(1, column)) / 2.0;
            self.length.first(row, column) + self.layout.first(row, column) + floor
        }));
        if let Some(cosines) = &self.cosines {
            let a = row..row + 1;
            for (score, column) in scores.iter_mut().zip(columns.clone()) {
                *score += cosines.log_odds(&a, &(column..column + 1));
            }
        }
        self.lexical.rough(row, &columns, scores, products);
        scores
    }

    /// The terms of [`log_odds`](Self::log_odds) by what they come from. It is slower, and meant for the
    /// few runs that are linked in the end.
    pub(crate) fn parts(&self, a: &Range<usize>, b: &Range<usize>) -> Parts {
        Parts {
            length: self.length.log_odds(a, b),
            words: self.lexical.share([a, b], false),
            numbers: self.lexical.share([a, b], true),
            layout: self.layout(a, b),
            vectors: self.cosines.as_ref().map(|c| c.log_odds(a, b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{self, Memory};
    use crate::{Lang, Segmenter, Source, Unit, Vectors, Version};

    fn version(text: &str, lang: Lang, vectors: bool) -> Version {
        let source = Source::new(text).lines(Unit::Paragraph).lang(lang);
        let mut version = Segmenter::new().version(source).unwrap();
        if vectors {
            let count = version.segments(Unit::Sentence).len();
            let numbers = (0..3 * count).map(|i| (i * i % 7) as f32).collect();
            let vectors = Vectors::new(numbers, 3).unwrap();
            version = version.with_vectors(vectors).unwrap();
        }
        version
    }

    #[test]
    fn parts_sum_up() {
        for vectors in [false, true] {
            let a = "Anna paid 1,250 euros. When?\nIn March.\nNobody called Peter.";
            let b = "Anna zahlte 1.250 Euro. Wann?\nIm März rief niemand an.\nPeter schon.";
            let [a, b] =
                [(a, Lang::EN), (b, Lang::DE)].map(|(text, lang)| version(text, lang, vectors));
            let (read, vocabulary) = features::read(&[&a, &b], &mut Memory::default());
            let evidence =
                Evidence::new([&read[0], &read[1]], &vocabulary, None, &Constants::FITTED);
            let mut words = Words::default();
            let runs = || (0..4).flat_map(|i| (i + 1..=4).map(move |j| i..j));
            for (x, y) in runs().flat_map(|x| runs().map(move |y| (x.clone(), y))) {
                let parts = evidence.parts(&x, &y);
                assert_eq!(parts.vectors.is_some(), vectors);
                let sum = parts.length + parts.words + parts.numbers + parts.layout;
                let sum = sum + parts.vectors.unwrap_or(0.0);
                evidence.begin(&mut words, [x.len(), y.len()]);
                for row in x.clone().rev() {
                    evidence.read(&mut words, row, y.clone());
                }
                let expected = evidence.log_odds(&words, &x, &y);
                assert!(
                    (sum - expected).abs() < 1e-4,
                    "{x:?} {y:?}: {sum}, not {expected}"
                );
            }
        }
    }
}
