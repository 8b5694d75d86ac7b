//! The translations among the stems of a pair of versions.

use std::collections::HashMap;

use super::learnt::Learnt;
use crate::features::{Id, Vocabulary};
use crate::lang::Lang;

/// Two ids that match, one of each version.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Pair {
    pub(super) ids: [Id; 2],
    /// The probability that each comes from the other: t(a|b), t(b|a).
    pub(super) probabilities: [f32; 2],
}

impl Pair {
    /// An id that stands on both sides.
    pub(super) fn same(id: Id) -> Self {
        Self {
            ids: [id, id],
            probabilities: [1.0, 1.0],
        }
    }
}

/// The stems of two versions that translate each other.
pub(super) struct Translations {
    /// By fold, see [`Learnt`]; one where nothing was learnt.
    folds: Vec<Fold>,
}

#[derive(Clone, Default)]
struct Fold {
    /// By the id in `a`, then that in `b`.
    pairs: Vec<Pair>,
    /// Per side and id, how much of what it becomes on the other side is known: Σ t(t|s) over all t,
    /// here or not; 0 for one without translations.
    mass: [Vec<f32>; 2],
}

impl Translations {
    /// Those that the lexicons know and those that were learnt; `counts` is how often each id
    /// occurs per side.
    pub(super) fn new(
        counts: &[[u32; 2]],
        vocabulary: &Vocabulary<'_>,
        learnt: Option<&Learnt>,
    ) -> Self {
        let known = Fold::of_lexicons(counts, vocabulary);
        let folds = match learnt {
            None => vec![known],
            Some(learnt) => {
                let with = |pairs: &Vec<Pair>| known.clone().with(pairs);
                learnt.folds.iter().map(with).collect()
            }
        };
        Self { folds }
    }

    /// The probability that an id of a side becomes something that is known, here or not; 0 for one
    /// without translations.
    pub(super) fn mass(&self, fold: usize, side: usize, id: Id) -> f32 {
        self.folds[fold].mass[side][id as usize].min(1.0)
    }

    /// Forgets the ids that occur too often with a translation of theirs for both to be told apart.
    pub(super) fn keep_rare(&mut self, is_rare: impl Fn([Id; 2]) -> bool) {
        for fold in &mut self.folds {
            for pair in fold.pairs.iter().filter(|pair| !is_rare(pair.ids)) {
                for (mass, id) in fold.mass.iter_mut().zip(pair.ids) {
                    mass[id as usize] = 0.0;
                }
            }
            let [a, b] = &fold.mass;
            fold.pairs
                .retain(|pair| a[pair.ids[0] as usize] > 0.0 && b[pair.ids[1] as usize] > 0.0);
        }
    }

    /// The pairs of a stem of `a`.
    pub(super) fn of(&self, fold: usize, stem: Id) -> &[Pair] {
        let pairs = &self.folds[fold].pairs;
        let rest = &pairs[pairs.partition_point(|pair| pair.ids[0] < stem)..];
        &rest[..rest.partition_point(|pair| pair.ids[0] == stem)]
    }

    /// Whether a stem of `a` and one of `b` translate each other.
    pub(super) fn has(&self, fold: usize, a: Id, b: Id) -> bool {
        let pairs = &self.folds[fold].pairs;
        pairs.binary_search_by_key(&[a, b], |pair| pair.ids).is_ok()
    }
}

impl Fold {
    fn of_lexicons(counts: &[[u32; 2]], vocabulary: &Vocabulary<'_>) -> Self {
        let mut found: HashMap<(Id, Id), [f32; 2]> = HashMap::new();
        let mut mass = [(); 2].map(|()| vec![0.0_f32; counts.len()]);
        for (index, lexicon) in vocabulary.lexicons().iter().enumerate() {
            let sides = [0, 1].map(|side| numbers(counts, vocabulary, side, index));
            for (side, stems) in sides.iter().enumerate() {
                let other = &sides[1 - side];
                for (&from, sources) in stems {
                    for (&to, targets) in other {
                        let Some(table) = lexicon.table(from, to) else {
                            continue;
                        };
                        for (&number, &source) in sources {
                            let mut sum = 0.0;
                            for (number, p) in table.row(number) {
                                sum += p;
                                if let Some(&target) = targets.get(&number) {
                                    let key = match side {
                                        0 => (source, target),
                                        _ => (target, source),
                                    };
                                    let most = &mut found.entry(key).or_default()[1 - side];
                                    *most = most.max(p);
                                }
                            }
                            let most = &mut mass[side][source as usize];
                            *most = most.max(sum);
                        }
                    }
                }
            }
        }
        let pairs = found.into_iter().map(|((x, y), probabilities)| Pair {
            ids: [x, y],
            probabilities,
        });
        let mut pairs: Vec<Pair> = pairs.collect();
        pairs.sort_unstable_by_key(|pair| pair.ids);
        Self { pairs, mass }
    }

    /// Adds pairs; of two probabilities the higher one counts.
    fn with(mut self, pairs: &[Pair]) -> Self {
        let [a, b] = [0, 1].map(|side| {
            let mut learnt = vec![0.0_f32; self.mass[side].len()];
            for pair in pairs {
                learnt[pair.ids[side] as usize] += pair.probabilities[1 - side];
            }
            let most = self.mass[side].iter().zip(learnt);
            most.map(|(x, y)| x.max(y)).collect()
        });
        self.mass = [a, b];
        self.pairs.extend_from_slice(pairs);
        self.pairs.sort_by_key(|pair| pair.ids);
        self.pairs.dedup_by(|next, first| {
            let same = next.ids == first.ids;
            if same {
                for side in 0..2 {
                    let most = first.probabilities[side].max(next.probabilities[side]);
                    first.probabilities[side] = most;
                }
            }
            same
        });
        self
    }
}

/// The stems of one side by language and by their number in a lexicon.
fn numbers(
    counts: &[[u32; 2]],
    vocabulary: &Vocabulary<'_>,
    side: usize,
    lexicon: usize,
) -> HashMap<Lang, HashMap<u32, Id>> {
    let mut numbers: HashMap<Lang, HashMap<u32, Id>> = HashMap::new();
    for id in (0..counts.len()).filter(|&id| counts[id][side] > 0) {
        if let Some(stem) = vocabulary.stem(id as Id)
            && let Some(number) = stem.numbers[lexicon]
        {
            numbers
                .entry(stem.lang)
                .or_default()
                .insert(number, id as Id);
        }
    }
    numbers
}
