//! Translations learnt from the pair of versions that is being aligned.
//!
//! The links of a first pass are a small bitext. So that the second pass does not take an error of
//! the first for evidence, the sentences are dealt out to [`FOLDS`] folds, and what is used for
//! those of one fold is learnt from the links of all others.

use std::collections::HashMap;
use std::ops::Range;

use super::translations::Pair;
use crate::features::{Features, Id};
use crate::lexicon::model::{Bitext, Direction, Model};

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
    pub(super) sentences: [Vec<usize>; 2],
}

impl Learnt {
    /// Learns from links between sentences of `a` and `b`, in the order of the text, those of
    /// moved blocks last.
    pub(crate) fn new(links: &[[Range<usize>; 2]], versions: [&Features; 2]) -> Self {
        let mut sentences = versions.map(|features| vec![0; features.sentences().len()]);
        for side in 0..2 {
            let mut next = 0;
            for link in links {
                let fold = link[0].start / BLOCK % FOLDS;
                let end = link[side].end.max(next);
                sentences[side][next..end].fill(fold);
                next = end;
            }
            // A moved link is none of its neighbours' fold.
            for link in links {
                sentences[side][link[side].clone()].fill(link[0].start / BLOCK % FOLDS);
            }
        }
        let stems: [Stems; 2] = versions.map(Stems::of);
        let folds = (0..FOLDS).map(|fold| {
            let mut bitext = Bitext::default();
            for link in links
                .iter()
                .filter(|link| link[0].start / BLOCK % FOLDS != fold)
            {
                let [first, second] =
                    [0, 1].map(|side| stems[side].numbers(versions[side], link[side].clone()));
                bitext.push(&first, &second, 1);
            }
            learn(&bitext, &stems)
        });
        Self {
            folds: folds.collect(),
            sentences,
        }
    }
}

/// The translations that a bitext teaches.
fn learn(bitext: &Bitext, stems: &[Stems; 2]) -> Vec<Pair> {
    let mut found: HashMap<[Id; 2], [f32; 2]> = HashMap::new();
    for (direction, [source, target]) in [(Direction::Forth, [0, 1]), (Direction::Back, [1, 0])] {
        let model = Model::train(
            bitext,
            direction,
            [source, target].map(|s| stems[s].ids.len()),
        );
        for number in 0..stems[source].ids.len() as u32 {
            for (other, p) in model.row(number).filter(|&(_, p)| p >= LEAST) {
                let mut ids = [0; 2];
                ids[source] = stems[source].ids[number as usize];
                ids[target] = stems[target].ids[other as usize];
                found.entry(ids).or_default()[target] = p;
            }
        }
    }
    let pair = |(ids, probabilities)| Pair { ids, probabilities };
    let mut pairs: Vec<Pair> = found.into_iter().map(pair).collect();
    pairs.sort_unstable_by_key(|pair| pair.ids);
    pairs
}

/// The stems of one version, numbered.
struct Stems {
    ids: Vec<Id>,
    numbers: HashMap<Id, u32>,
}

impl Stems {
    fn of(features: &Features) -> Self {
        let mut ids: Vec<Id> = features
            .all_tokens()
            .iter()
            .filter_map(|t| t.stem)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let numbers = ids.iter().copied().zip(0..).collect();
        Self { ids, numbers }
    }

    /// The numbers of the stems of some sentences.
    fn numbers(&self, features: &Features, sentences: Range<usize>) -> Vec<u32> {
        let tokens = sentences.flat_map(|sentence| features.tokens(sentence));
        tokens
            .filter_map(|t| t.stem)
            .map(|stem| self.numbers[&stem])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Vocabulary;
    use crate::{Lang, Segmenter, Source, Unit};

    /// Two versions of 64 sentences of a word each that stands there alone, and of further ones.
    fn versions(
        vocabulary: &mut Vocabulary<'_>,
        extra: impl Fn(usize) -> [&'static str; 2],
    ) -> [Features; 2] {
        [0, 1].map(|side| {
            let lang: Lang = ["es", "it"][side].parse().unwrap();
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
            let text: String = (0..64).map(line).collect();
            let source = Source::new(text).lines(Unit::Sentence).lang(lang);
            Features::read(&Segmenter::new().version(source).unwrap(), vocabulary)
        })
    }

    fn last_stem(features: &Features, sentence: usize) -> Id {
        features.tokens(sentence).last().unwrap().stem.unwrap()
    }

    fn in_order() -> Vec<[Range<usize>; 2]> {
        (0..64).map(|n| [n..n + 1, n..n + 1]).collect()
    }

    #[test]
    fn a_pair_is_learnt_from_other_folds_only() {
        let mut vocabulary = Vocabulary::default();
        let here = |n: usize| {
            if n < BLOCK {
                ["perro", "cane"]
            } else {
                ["gato", "micio"]
            }
        };
        let [a, b] = versions(&mut vocabulary, here);
        let learnt = Learnt::new(&in_order(), [&a, &b]);
        let knows = |fold: usize, n| {
            let ids = [last_stem(&a, n), last_stem(&b, n)];
            learnt.folds[fold].iter().any(|pair| pair.ids == ids)
        };
        assert_eq!(
            [0, 1, 2, 3].map(|fold| knows(fold, 0)),
            [false, true, true, true]
        );
        assert_eq!([0, 1, 2, 3].map(|fold| knows(fold, 63)), [true; 4]);
    }

    #[test]
    fn sentences_are_in_the_fold_of_their_link() {
        let mut vocabulary = Vocabulary::default();
        let [a, b] = versions(&mut vocabulary, |_| ["", ""]);
        let learnt = Learnt::new(&in_order(), [&a, &b]);
        let expected: Vec<usize> = (0..64).map(|n| n / BLOCK % FOLDS).collect();
        assert_eq!(learnt.sentences, [expected.clone(), expected]);

        let mut moved = in_order();
        moved
            .retain(|link| !(8..10).contains(&link[0].start) && !(24..26).contains(&link[0].start));
        moved.push([8..10, 24..26]);
        let learnt = Learnt::new(&moved, [&a, &b]);
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
        let learnt = Learnt::new(&[], [&empty, &empty]);
        assert!(learnt.folds.iter().all(Vec::is_empty));
    }
}
