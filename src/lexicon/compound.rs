//! German compounds: `Haustürschlüssel` is `Haustür` and `Schlüssel`.
//!
//! A word is cut where both parts have stems that are known; linking letters (`Arbeits-platz`,
//! `Kranken-haus`) fall with the ending of the first part. Of several cuts the one whose parts are
//! the most frequent is taken, by the geometric mean (Koehn and Knight 2003, section 4), and the
//! second part may itself be cut.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};

use super::Known;
use super::stem::Stemmer;

/// Letters of a part at the least: shorter ones are endings and prefixes more often than words.
const MIN_LETTERS: usize = 4;
/// Letters of a word that is cut at all; also a bound to the work, as longer ones are none.
const LETTERS: std::ops::RangeInclusive<usize> = 2 * MIN_LETTERS..=48;

/// Parts that are remembered.
const KEPT: usize = 1 << 15;

/// Cuts compounds, and remembers what was looked up, for many have parts in common.
pub(crate) struct Compounds<N> {
    /// Parts and their stems, one behind the other.
    texts: String,
    /// The parts that were looked up, and what is known of each.
    looked_up: HashTable<(Text, Option<Part<N>>)>,
    hasher: DefaultHashBuilder,
    /// Room for a stem, and for the parts of a word.
    stem: String,
    parts: Vec<Part<N>>,
}

/// Where a text begins and ends among others.
type Text = [usize; 2];

/// A part whose stem is known.
#[derive(Clone, Copy)]
struct Part<N> {
    stem: Text,
    known: Known<N>,
}

/// The best way to cut a word in two.
struct Cut<N> {
    first: Part<N>,
    /// Where the second part begins, and what it is if it is known as a whole.
    at: usize,
    second: Option<Part<N>>,
}

impl<N> Default for Compounds<N> {
    fn default() -> Self {
        Self {
            texts: String::new(),
            looked_up: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            stem: String::new(),
            parts: Vec::new(),
        }
    }
}

impl<N: Copy> Compounds<N> {
    /// Calls `found` with the stems of the parts of a compound in lower case; false if it cannot be cut into
    /// known ones. `find` is the same each time.
    pub(super) fn cut(
        &mut self,
        word: &str,
        stemmer: &mut Stemmer,
        find: &impl Fn(&str) -> Option<Known<N>>,
        mut found: impl FnMut(&str, Known<N>),
    ) -> bool {
        if self.looked_up.len() >= KEPT {
            self.texts.clear();
            self.looked_up.clear();
        }
        self.parts.clear();
        let mut rest = word;
        while let Some(Cut { first, at, second }) = self.best(rest, stemmer, find) {
            self.parts.push(first);
            rest = &rest[at..];
            if let Some(second) = second {
                self.parts.push(second);
                for &Part { stem, known } in &self.parts {
                    found(text(&self.texts, stem), known);
                }
                return true;
            }
        }
        false
    }

    /// The best way to cut a word in two, if there is any.
    fn best(
        &mut self,
        word: &str,
        stemmer: &mut Stemmer,
        find: &impl Fn(&str) -> Option<Known<N>>,
    ) -> Option<Cut<N>> {
        let letters = word.chars().count();
        if !LETTERS.contains(&letters) {
            return None;
        }
        let mut best: Option<(f32, Cut<N>)> = None;
        // The longest first part of which the rest may be cut in turn.
        let mut open: Option<Cut<N>> = None;
        let cuts = word
            .char_indices()
            .skip(MIN_LETTERS)
            .take(letters + 1 - 2 * MIN_LETTERS);
        for (at, _) in cuts {
            let Some(first) = self.part(&word[..at], stemmer, find) else {
                continue;
            };
            let second = self.part(&word[at..], stemmer, find);
            let cut = Cut { first, at, second };
            let Some(second) = second else {
                open = Some(cut);
                continue;
            };
            let product = first.known.frequency * second.known.frequency;
            if best.as_ref().is_none_or(|(most, _)| product > *most) {
                best = Some((product, cut));
            }
        }
        best.map(|(_, cut)| cut).or(open)
    }

    /// What is known of a part.
    fn part(
        &mut self,
        part: &str,
        stemmer: &mut Stemmer,
        find: &impl Fn(&str) -> Option<Known<N>>,
    ) -> Option<Part<N>> {
        let Self {
            texts,
            looked_up,
            hasher,
            stem,
            ..
        } = self;
        let hash = |other: &str| hasher.hash_one(other);
        let entry = looked_up.entry(
            hash(part),
            |&(other, _)| text(texts, other) == part,
            |&(other, _)| hash(text(texts, other)),
        );
        match entry {
            Entry::Occupied(entry) => entry.get().1,
            Entry::Vacant(entry) => {
                stemmer.stem(part, stem);
                let known = find(stem).map(|known| Part {
                    stem: add(texts, stem),
                    known,
                });
                entry.insert((add(texts, part), known));
                known
            }
        }
    }
}

fn add(texts: &mut String, text: &str) -> Text {
    let start = texts.len();
    texts.push_str(text);
    [start, texts.len()]
}

fn text(texts: &str, [start, end]: Text) -> &str {
    &texts[start..end]
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
        let mut compounds = Compounds::default();
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
            let mut stems: Vec<String> = Vec::new();
            let mut stemmer = Stemmer::new(Lang::DE);
            let is_cut = compounds.cut(word, &mut stemmer, &find, |stem, _| {
                stems.push(stem.to_owned());
            });
            assert_eq!(stems.join(" "), expected, "{word}");
            assert_eq!(is_cut, !expected.is_empty(), "{word}");
        }
    }
}
