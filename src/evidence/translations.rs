//! The translations among the stems of a pair of versions.

use std::collections::HashMap;

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
    /// By the id in `a`, then that in `b`.
    pairs: Vec<Pair>,
    /// Per id, whether some lexicon has translations of it into a language of the other side.
    known: Vec<bool>,
}

impl Translations {
    /// Looks up all stems; `counts` is how often each id occurs per side.
    pub(super) fn new(counts: &[[u32; 2]], vocabulary: &Vocabulary<'_>) -> Self {
        let mut found: HashMap<(Id, Id), [f32; 2]> = HashMap::new();
        let mut known = vec![false; counts.len()];
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
                            for (number, p) in table.row(number) {
                                known[source as usize] = true;
                                if let Some(&target) = targets.get(&number) {
                                    let key = match side {
                                        0 => (source, target),
                                        _ => (target, source),
                                    };
                                    let most = &mut found.entry(key).or_default()[1 - side];
                                    *most = most.max(p);
                                }
                            }
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
        Self { pairs, known }
    }

    /// Whether some lexicon has translations of an id, here or not.
    pub(super) fn knows(&self, id: Id) -> bool {
        self.known[id as usize]
    }

    pub(super) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    pub(super) fn retain(&mut self, keep: impl FnMut(&Pair) -> bool) {
        self.pairs.retain(keep);
    }

    /// The pairs of a stem of `a`.
    pub(super) fn of(&self, stem: Id) -> &[Pair] {
        let start = self.pairs.partition_point(|pair| pair.ids[0] < stem);
        let rest = &self.pairs[start..];
        &rest[..rest.partition_point(|pair| pair.ids[0] == stem)]
    }

    /// Whether a stem of `a` and one of `b` translate each other.
    pub(super) fn has(&self, a: Id, b: Id) -> bool {
        self.pairs
            .binary_search_by_key(&[a, b], |pair| pair.ids)
            .is_ok()
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
