//! German compounds: `Haustürschlüssel` is `Haustür` and `Schlüssel`.
//!
//! A word is cut where both parts have stems that are known; linking letters (`Arbeits-platz`,
//! `Kranken-haus`) fall with the ending of the first part. Of several cuts the one whose parts are
//! the most frequent is taken, by the geometric mean (Koehn and Knight 2003, section 4), and the
//! second part may itself be cut.

use hashbrown::HashMap;

use super::Known;
use super::stem::Stemmer;

/// Letters of a part at the least: shorter ones are endings and prefixes more often than words.
const MIN_LETTERS: usize = 4;
/// Letters of a word that is cut at all; also a bound to the work, as longer ones are none.
const LETTERS: std::ops::RangeInclusive<usize> = 2 * MIN_LETTERS..=48;

/// The stem of a part that is known.
type Part<N> = (Box<str>, Known<N>);

/// What compounds begin with, which many have in common.
pub(crate) struct Modifiers<N> {
    known: HashMap<Box<str>, Option<Part<N>>>,
}

impl<N> Default for Modifiers<N> {
    fn default() -> Self {
        let known = HashMap::new();
        Self { known }
    }
}

/// Beginnings that are remembered.
const KEPT: usize = 1 << 15;

impl<N: Copy> Modifiers<N> {
    fn get(&mut self, modifier: &str, find: impl FnOnce() -> Option<Part<N>>) -> Option<Part<N>> {
        if let Some(part) = self.known.get(modifier) {
            return part.clone();
        }
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        let part = find();
        self.known.insert(modifier.into(), part.clone());
        part
    }
}

/// The parts of a compound, or nothing if it cannot be cut into known ones; `find` is the same each time
/// that these `modifiers` are given.
pub(super) fn split<N: Copy>(
    word: &str,
    stemmer: &mut Stemmer,
    modifiers: &mut Modifiers<N>,
    find: &impl Fn(&str) -> Option<Known<N>>,
) -> Option<Vec<Part<N>>> {
    let mut parts = Vec::new();
    cut(word, stemmer, modifiers, find, &mut parts).then_some(parts)
}

fn cut<N: Copy>(
    word: &str,
    stemmer: &mut Stemmer,
    modifiers: &mut Modifiers<N>,
    find: &impl Fn(&str) -> Option<Known<N>>,
    parts: &mut Vec<Part<N>>,
) -> bool {
    let letters = word.chars().count();
    if !LETTERS.contains(&letters) {
        return false;
    }
    let mut stem = String::with_capacity(word.len());
    let mut known = |part: &str| {
        stemmer.stem(part, &mut stem);
        find(&stem).map(|known| (Box::from(stem.as_str()), known))
    };
    let mut best: Option<(f32, [Part<N>; 2])> = None;
    // The longest first part of which the rest may be cut in turn.
    let mut open: Option<(Part<N>, usize)> = None;
    let cuts = word
        .char_indices()
        .skip(MIN_LETTERS)
        .take(letters + 1 - 2 * MIN_LETTERS);
    for (at, _) in cuts {
        let (modifier, rest) = word.split_at(at);
        let Some(first) = modifiers.get(modifier, || known(modifier)) else {
            continue;
        };
        if let Some(second) = known(rest) {
            let product = first.1.frequency * second.1.frequency;
            if best.as_ref().is_none_or(|(most, _)| product > *most) {
                best = Some((product, [first, second]));
            }
        } else {
            open = Some((first, at));
        }
    }
    if let Some((_, pair)) = best {
        parts.extend(pair);
        return true;
    }
    let Some((first, at)) = open else {
        return false;
    };
    parts.push(first);
    cut(&word[at..], stemmer, modifiers, find, parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn compounds() {
        let find = |stem: &str| {
            let mut stems = "krank haus arbeit platz versicher bund gericht verfass".split(' ');
            let number = stems.position(|s| s == stem)?;
            Some(Known {
                frequency: 0.001,
                number,
            })
        };
        let mut modifiers = Modifiers::default();
        for (word, expected) in [
            ("krankenhaus", "krank haus"),
            ("arbeitsplätze", "arbeit platz"),
            ("krankenversicherungen", "krank versicher"),
            ("bundesverfassungsgericht", "bund verfass gericht"),
            ("haus", ""),
            ("hausmeister", ""),
            ("arbeit", ""),
            ("", ""),
            ("äöüäöüäö", ""),
            // 48 letters and 49.
            (&"arbeitsplatz".repeat(4), &["arbeit platz"; 4].join(" ")),
            (&format!("{}e", "arbeitsplatz".repeat(4)), ""),
        ] {
            let parts = split(word, &mut Stemmer::new(Lang::DE), &mut modifiers, &find);
            let stems = parts.unwrap_or_default().into_iter().map(|(stem, _)| stem);
            let stems: Vec<Box<str>> = stems.collect();
            assert_eq!(stems.join(" "), expected, "{word}");
        }
    }
}
