//! From the words of a language to the stems that are known.

use super::compound::Compounds;
use super::stem::{self, Stemmer};
use crate::lang::Lang;

/// A stem that is known.
#[derive(Clone, Copy)]
pub(crate) struct Known<N> {
    /// Its share among all words.
    pub(crate) frequency: f32,
    /// What it is known by.
    pub(crate) number: N,
}

/// Finds the stems of words, and remembers parts of compounds.
pub(crate) struct Analyser<N> {
    lang: Lang,
    stemmer: Stemmer,
    compounds: Compounds<N>,
    /// Room for a stem, and for a word in lower case or folded.
    stem: String,
    plain: String,
}

impl<N: Copy> Analyser<N> {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            lang,
            stemmer: Stemmer::new(lang),
            compounds: Compounds::default(),
            stem: String::new(),
            plain: String::new(),
        }
    }

    pub(crate) const fn lang(&self) -> Lang {
        self.lang
    }

    /// Calls `found` with the stems of a word, as far as `find` knows them, the same each time: with one; or
    /// with those of its parts, if it is a compound that is not known as a whole.
    pub(crate) fn stems(
        &mut self,
        word: &str,
        find: &impl Fn(&str) -> Option<Known<N>>,
        mut found: impl FnMut(&str, Option<Known<N>>),
    ) {
        let Self {
            lang,
            stemmer,
            compounds,
            stem,
            plain,
        } = self;
        let is_german = *lang == Lang::DE;
        let may_be_name = !is_german && word.starts_with(char::is_uppercase);
        if may_be_name {
            stem::fold(word, plain);
            if let Some(known) = find(plain) {
                return found(plain, Some(known));
            }
        }
        stemmer.stem(word, stem);
        let known = match may_be_name && stem == plain {
            true => None,
            false => find(stem),
        };
        if is_german && known.is_none() {
            plain.clear();
            plain.extend(word.chars().flat_map(char::to_lowercase));
            let mut of_part = |stem: &str, known| found(stem, Some(known));
            if compounds.cut(plain, stemmer, find, &mut of_part) {
                return;
            }
        }
        found(stem, known);
    }
}
