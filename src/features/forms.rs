//! The tokens that a word becomes, found once for each form of it.

use std::collections::HashMap;
use std::ops::Range;

use super::{Id, Stem, Token, Vocabulary, calendar};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::lexicon::stem::{self, Stemmer, fold};

/// The forms of words of one language that were met, with their tokens.
pub(super) struct Forms {
    stemmer: Stemmer,
    ranges: HashMap<Box<str>, Range<usize>>,
    tokens: Vec<Token>,
}

impl Vocabulary<'_> {
    /// Reads the tokens of all words of a text without numbers.
    pub(super) fn words(&mut self, text: &str, lang: Lang, tokens: &mut Vec<Token>) {
        let mut forms = self.forms.remove(&lang).unwrap_or_else(|| Forms {
            stemmer: Stemmer::new(lang),
            ranges: HashMap::new(),
            tokens: Vec::new(),
        });
        stem::words(text, lang, |word| {
            let range = match forms.ranges.get(word) {
                Some(range) => range.clone(),
                None => {
                    let start = forms.tokens.len();
                    self.form(word, lang, &mut forms);
                    let range = start..forms.tokens.len();
                    forms.ranges.insert(word.into(), range.clone());
                    range
                }
            };
            tokens.extend_from_slice(&forms.tokens[range]);
        });
        self.forms.insert(lang, forms);
    }

    /// Finds the tokens of a word.
    fn form(&mut self, word: &str, lang: Lang, forms: &mut Forms) {
        let mut folded = String::new();
        fold(word, &mut folded);
        if folded.is_empty() {
            return;
        }
        if let Some(key) = calendar::key(&folded, lang) {
            forms.tokens.push(Token::number(self.id(&key)));
            return;
        }
        let mut class = String::new();
        let has_class = cognate_class(&folded, &mut class);
        let whole = Token {
            word: Some(self.id(&folded)),
            cognate: has_class.then(|| self.id(&class)),
            stem: None,
            is_number: false,
        };
        let stems = Lexicon::known_stems(&self.lexicons, word, lang, &mut forms.stemmer);
        let mut stems = stems.into_iter().map(|stem| self.stem_id(&stem, lang));
        match (stems.next(), stems.next()) {
            (stem, None) => forms.tokens.push(Token { stem, ..whole }),
            (first, second) => {
                forms.tokens.push(whole);
                let part = |stem| Token {
                    word: None,
                    cognate: None,
                    stem,
                    is_number: false,
                };
                let parts = [first, second].into_iter().chain(stems.map(Some));
                forms.tokens.extend(parts.map(part));
            }
        }
    }

    fn stem_id(&mut self, stem: &str, lang: Lang) -> Id {
        let id = self.id(&format!("{lang}:{stem}"));
        self.stems.entry(id).or_insert_with(|| {
            let words = self.lexicons.iter().map(|lexicon| lexicon.stems(lang));
            let found: Vec<_> = words
                .map(|w| w.and_then(|w| Some((w, w.find(stem)?))))
                .collect();
            Stem {
                lang,
                frequency: found
                    .iter()
                    .flatten()
                    .next()
                    .map(|(w, number)| w.frequency(*number)),
                numbers: found.iter().map(|f| f.map(|(_, number)| number)).collect(),
            }
        });
        id
    }
}

/// Letters of a class of cognates (Simard, Foster and Isabelle 1992, section 4, use 4).
const COGNATE_LETTERS: usize = 4;

/// Writes the class of words that begin like `folded` into `class`; false for words too short to
/// have one.
///
/// Sounds that the three languages write differently are spelt alike (`photograph`, `Fotograf`;
/// `centre`, `Zentrum`; `code`, `Kode`), doubled letters once.
fn cognate_class(folded: &str, class: &mut String) -> bool {
    class.clear();
    class.push('~');
    let mut letters = 0;
    let mut last = '~';
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let sound = match (c, next) {
            ('p', 'h') => 'f',
            ('q', 'u') => 'k',
            ('c', 'e' | 'i' | 'y') | ('z', _) => 's',
            ('c' | 'q', _) => 'k',
            ('y' | 'j', _) => 'i',
            ('w', _) => 'v',
            _ => c,
        };
        if matches!((c, next), ('p' | 't' | 'r', 'h') | ('q', 'u')) {
            chars.next();
        }
        if !sound.is_alphabetic() {
            return false;
        }
        if sound != last {
            class.push(sound);
            last = sound;
            letters += 1;
        }
        if letters == COGNATE_LETTERS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cognates() {
        let class = |word: &str| {
            let mut class = String::new();
            cognate_class(word, &mut class).then_some(class)
        };
        for (x, y) in [
            ("photograph", "fotograf"),
            ("centre", "zentrum"),
            ("colleague", "kollege"),
            ("quality", "qualite"),
            ("system", "systeme"),
            ("theatre", "teatro"),
        ] {
            assert_eq!(class(x), class(y), "{x} {y}");
            assert!(class(x).is_some(), "{x}");
        }
        for (x, y) in [("house", "maison"), ("water", "wine")] {
            assert_ne!(class(x), class(y), "{x} {y}");
        }
        assert_eq!(class("cat"), None);
        assert_eq!(class("b2b2"), None);
    }
}
