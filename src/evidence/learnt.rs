//! Translations learnt from the pair of versions that is being aligned.
//!
//! The links of a first pass are a small bitext. So that the second pass does not take an error of
//! the first for evidence, the sentences are dealt out to [`FOLDS`] folds, and what is used for
//! those of one fold is counted in the links of all others, after a training in common.

use std::ops::Range;

use super::translations::Pair;
use crate::features::{Features, Vocabulary};
use crate::lexicon::model::{Bitext, Direction, Model};

/// Words of a linked sentence at the most: of a longer one, each word of the other version would be learnt
/// to translate all of it, in time and space of the product.
const MAX_WORDS: usize = 400;

/// Folds: with four, three quarters of the links are learnt from.
const FOLDS: usize = 4;
/// Sentences that follow each other in one fold: one text says the same things in one place.
const BLOCK: usize = 8;
/// Translations that are less probable say nothing: half as many would take three points of strict F1
/// from textberg without a lexicon, and two beside one.
const LEAST: f32 = 0.1;

/// Translations by fold, and the folds of the sentences.
pub(crate) struct Learnt {
    pub(super) folds: Vec<Vec<Pair>>,
    /// Per side, the fold of each sentence.
    pub(super) sentences: [Vec<u8>; 2],
}

impl Learnt {
    /// Learns from links between sentences of `a` and `b`, in the order of the text, those of
    /// moved blocks last.
    pub(crate) fn new(
        links: &[[Range<usize>; 2]],
        versions: [&Features; 2],
        vocabulary: &Vocabulary,
    ) -> Self {
        let fold_of = |link: &[Range<usize>; 2]| link[0].start / BLOCK % FOLDS;
        let mut sentences = versions.map(|features| vec![0; features.sentences().len()]);
        for side in 0..2 {
            let mut next = 0;
            for link in links {
                let fold = fold_of(link) as u8;
                let end = link[side].end.max(next);
                sentences[side][next..end].fill(fold);
                next = end;
            }
            // A moved link is none of its neighbours' fold.
            for link in links {
                sentences[side][link[side].clone()].fill(fold_of(link) as u8);
            }
        }
        let stems = versions.map(|features| Stems::of(features, vocabulary));
        let mut bitext = Bitext::default();
        let mut fold_of_pair = Vec::new();
        for link in links {
            let [first, second] = [0, 1].map(|side| stems[side].numbers(&link[side]));
            if first.len().max(second.len()) <= MAX_WORDS {
                bitext.push(&first, &second, 1);
                fold_of_pair.push(fold_of(link));
            }
        }
        let mut folds = [(); FOLDS].map(|()| Vec::new());
        for (direction, [source, target]) in [(Direction::Forth, [0, 1]), (Direction::Back, [1, 0])]
        {
            let sizes = [source, target].map(|side| stems[side].list.len());
            let model = Model::train(&bitext, direction, sizes);
            for (fold, pairs) in folds.iter_mut().enumerate() {
                let rows = model.clone().rows(LEAST, |pair| fold_of_pair[pair] != fold);
                for (&stem, row) in stems[source].list.iter().zip(rows) {
                    for (other, p) in row {
                        let mut pair = Pair {
                            stems: [0; 2],
                            probabilities: [0.0; 2],
                        };
                        pair.stems[source] = stem;
                        pair.stems[target] = stems[target].list[other as usize];
                        pair.probabilities[target] = p;
                        pairs.push(pair);
                    }
                }
            }
        }
        Self {
            folds: folds.into(),
            sentences,
        }
    }
}

/// The stems of one version, numbered.
struct Stems<'a> {
    features: &'a Features,
    vocabulary: &'a Vocabulary,
    /// Their numbers in the article.
    list: Vec<u32>,
    /// By number in the article, that in the list.
    numbers: Vec<u32>,
}

impl<'a> Stems<'a> {
    fn of(features: &'a Features, vocabulary: &'a Vocabulary) -> Self {
        let mut stems = Self {
            features,
            vocabulary,
            list: Vec::new(),
            numbers: vec![u32::MAX; vocabulary.stems()],
        };
        for occurrence in features.all_tokens() {
            if let Some(stem) = vocabulary.tokens()[occurrence.token as usize].stem {
                let number = &mut stems.numbers[stem.index()];
                if *number == u32::MAX {
                    *number = stems.list.len() as u32;
                    stems.list.push(stem.index() as u32);
                }
            }
        }
        stems
    }

    /// The numbers of the stems of some sentences.
    fn numbers(&self, sentences: &Range<usize>) -> Vec<u32> {
        let mut numbers = Vec::new();
        for occurrence in sentences.clone().flat_map(|s| self.features.tokens(s)) {
            if let Some(stem) = self.vocabulary.tokens()[occurrence.token as usize].stem {
                let number = self.numbers[stem.index()];
                numbers.extend((0..occurrence.times).map(|_| number));
            }
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{Memory, of_lines};

    /// Two versions of 64 sentences of a word each that stands there alone, and of further ones.
    fn versions(extra: impl Fn(usize) -> [&'static str; 2]) -> ([Features; 2], Vocabulary) {
        let texts = [0, 1].map(|side| {
            let letters = |n: usize| ["b", "d", "f", "g", "k", "l", "m", "p"][n];
            let line = |n| {
                format!(
                    "{}o{}{} {}\n",
                    letters(n / 8),
                    letters(n % 8),
                    ["ax", "uz"][side],
                    extra(n)[side]
                )
            };
            (0..64).map(line).collect::<String>()
        });
        let [es, it] = ["es", "it"].map(|code| code.parse().unwrap());
        let texts = [(&*texts[0], es), (&*texts[1], it)];
        of_lines(texts, &mut Memory::new(Vec::new(), true))
    }

    fn last_stem(features: &Features, sentence: usize, vocabulary: &Vocabulary) -> u32 {
        let last = features.tokens(sentence).last().unwrap().token;
        let stem = vocabulary.tokens()[last as usize].stem;
        stem.unwrap().index() as u32
    }

    fn in_order() -> Vec<[Range<usize>; 2]> {
        (0..64).map(|n| [n..n + 1, n..n + 1]).collect()
    }

    #[test]
    fn a_pair_is_learnt_from_other_folds_only() {
        let here = |n: usize| {
            if n < BLOCK {
                ["perro", "cane"]
            } else {
                ["gato", "micio"]
            }
        };
        let ([a, b], vocabulary) = versions(here);
        let learnt = Learnt::new(&in_order(), [&a, &b], &vocabulary);
        let knows = |fold: usize, n| {
            let stems = [&a, &b].map(|features| last_stem(features, n, &vocabulary));
            learnt.folds[fold].iter().any(|pair| pair.stems == stems)
        };
        assert_eq!(
            [0, 1, 2, 3].map(|fold| knows(fold, 0)),
            [false, true, true, true]
        );
        assert_eq!([0, 1, 2, 3].map(|fold| knows(fold, 63)), [true; 4]);
    }

    #[test]
    fn sentences_are_in_the_fold_of_their_link() {
        let ([a, b], vocabulary) = versions(|_| ["", ""]);
        let learnt = Learnt::new(&in_order(), [&a, &b], &vocabulary);
        let expected: Vec<u8> = (0..64).map(|n| (n / BLOCK % FOLDS) as u8).collect();
        assert_eq!(learnt.sentences, [expected.clone(), expected]);

        let mut moved = in_order();
        moved
            .retain(|link| !(8..10).contains(&link[0].start) && !(24..26).contains(&link[0].start));
        moved.push([8..10, 24..26]);
        let learnt = Learnt::new(&moved, [&a, &b], &vocabulary);
        let folds = [&learnt.sentences[0][8..10], &learnt.sentences[1][24..26]];
        assert_eq!(
            folds,
            [[1, 1], [1, 1]],
            "a moved link is held against other folds"
        );
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        let empty = Features::default();
        let learnt = Learnt::new(&[], [&empty, &empty], &Vocabulary::default());
        assert!(learnt.folds.iter().all(Vec::is_empty));
    }
}
