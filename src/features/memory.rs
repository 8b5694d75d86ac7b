//! [`Memory`]: what words are matched by, found once for each form and kept from article to article.

use std::cmp::Ordering;

use super::interner::Interner;
use super::vocabulary::Numbers;
use super::{Id, Token, calendar};
use crate::lang::Lang;
use crate::lexicon::stem::fold;
use crate::lexicon::words::{self, Piece};
use crate::lexicon::{Analyser, Known, Lexicon, Place};

/// Tokens that are kept for the next article.
const KEPT: usize = 1 << 17;

/// Forms of a language that are known at once, few enough to stay in a processor's cache: what a table of 2¹⁶ places
/// holds.
const FORMS: usize = 7 << 13;

/// Forms that are looked up together.
const TOGETHER: usize = 32;

/// The forms of words that were met, and the tokens of each; those of different forms are different ones,
/// even if they are equal, and so are those of a form that was forgotten meanwhile.
#[derive(Default)]
pub(crate) struct Memory {
    /// Where stems are looked up, the first one first.
    pub(super) lexicons: Vec<Lexicon>,
    /// Whether stems count that no lexicon knows.
    learns: bool,
    /// Words, numbers, marks and classes of cognates.
    pub(super) keys: Interner,
    /// Languages and stems.
    pub(super) stems: Interner,
    /// Per stem what the lexicons say about it.
    pub(super) facts: Vec<Facts>,
    /// Per stem, its number in each lexicon that knows it.
    pub(super) numbers: Vec<Option<u32>>,
    pub(super) tokens: Vec<Token>,
    languages: Vec<Forms>,
    signs: Interner,
    /// Per number or mark, its token.
    of_signs: Vec<u32>,
    /// Whether what words are found by was given up.
    is_spent: bool,
    /// Room for the numbers of an article.
    pub(super) numbers_of_article: Numbers,
    /// A folded word, and a key that is written for a moment.
    folded: String,
    key: String,
}

/// What the lexicons say about a stem.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) lang: Lang,
    pub(super) frequency: Option<f32>,
}

/// The forms of words of one language, with their tokens.
struct Forms {
    analyser: Analyser<OfLexicon>,
    /// Per lexicon that has words of the language, where to look for them.
    places: Vec<Option<Place>>,
    /// Per form that was met lately, where its tokens begin and end among those of all.
    words: Interner<[u32; 2]>,
}

/// The number of a stem in the first of the lexicons that know it.
#[derive(Clone, Copy)]
struct OfLexicon {
    lexicon: usize,
    number: u32,
}

impl Memory {
    /// A memory without words, whose stems are looked up in `lexicons`; with `learns`, the stems that none
    /// knows are told apart, too.
    pub(crate) fn new(lexicons: Vec<Lexicon>, learns: bool) -> Self {
        Self {
            lexicons,
            learns,
            ..Self::default()
        }
    }

    /// Whether stems are told apart that no lexicon knows.
    pub(crate) const fn learns(&self) -> bool {
        self.learns
    }

    /// Whether the next article may begin with the words that are known.
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        !self.is_spent
    }

    /// Gives up what words are found by, if there are too many to be kept for the next article. What the words
    /// of this one are matched by stays.
    pub(super) fn spend(&mut self) {
        if self.tokens.len() > KEPT {
            self.is_spent = true;
            self.languages.clear();
            for interner in [&mut self.keys, &mut self.stems, &mut self.signs] {
                *interner = Interner::default();
            }
        }
    }

    /// Reads the tokens of all words of a text without numbers; `forms` is room for these.
    ///
    /// Some are looked up together: they stand far apart in memory, which is waited for once then.
    pub(super) fn read_words<'t>(
        &mut self,
        text: &'t str,
        lang: Lang,
        forms: &mut Vec<Form<'t>>,
        mut found: impl FnMut(u32),
    ) {
        let at = self.language(lang);
        words::pieces(text, lang, |piece| {
            let hash = self.languages[at].words.hash(key(&piece));
            forms.push(Form { piece, hash });
            if forms.len() == TOGETHER {
                self.read_forms(at, forms, &mut found);
            }
        });
        self.read_forms(at, forms, &mut found);
    }

    /// Reads the tokens of some forms of a language, and forgets these.
    fn read_forms(&mut self, at: usize, forms: &mut Vec<Form<'_>>, mut found: impl FnMut(u32)) {
        let words = &self.languages[at].words;
        let mut known = [None; TOGETHER];
        for (known, form) in known.iter_mut().zip(&*forms) {
            *known = words.get(form.hash);
        }
        for (known, form) in known.into_iter().zip(forms.drain(..)) {
            // One that was new may stand here again.
            let known = known.or_else(|| self.languages[at].words.get(form.hash));
            let [start, end] = known.unwrap_or_else(|| self.add_form(at, &form));
            (start..end).for_each(&mut found);
        }
    }

    /// Reads a number, or a mark.
    pub(super) fn read_sign(&mut self, sign: &str, is_number: bool) -> u32 {
        let (number, is_new) = self.signs.number(sign);
        if is_new {
            let key = Id::new(self.keys.number(sign).0);
            self.of_signs.push(self.tokens.len() as u32);
            self.tokens.push(Token {
                is_number,
                ..Token::of_key(key)
            });
        }
        self.of_signs[number as usize]
    }

    /// Where the forms of a language are.
    fn language(&mut self, lang: Lang) -> usize {
        let known = (self.languages.iter()).position(|forms| forms.analyser.lang() == lang);
        known.unwrap_or_else(|| {
            let places = self.lexicons.iter().map(|lexicon| lexicon.place(lang));
            self.languages.push(Forms {
                analyser: Analyser::new(lang),
                places: places.collect(),
                words: Interner::default(),
            });
            self.languages.len() - 1
        })
    }

    /// Finds the tokens of a form that was not met.
    fn add_form(&mut self, language: usize, form: &Form<'_>) -> [u32; 2] {
        let start = self.tokens.len() as u32;
        match &form.piece {
            Piece::Whole(word) => {
                let lang = self.languages[language].analyser.lang();
                words::parts(word, lang, |word| self.add_word(word, language));
            }
            Piece::Word(word) => self.add_word(word, language),
        }
        let tokens = [start, self.tokens.len() as u32];
        let words = &mut self.languages[language].words;
        if words.len() == FORMS {
            words.clear();
        }
        words.add(form.hash, tokens);
        tokens
    }

    /// Finds the tokens of a word.
    fn add_word(&mut self, word: &str, language: usize) {
        let Self {
            lexicons,
            learns,
            keys,
            stems,
            facts,
            numbers,
            tokens,
            languages,
            folded,
            key,
            ..
        } = self;
        let Forms {
            analyser, places, ..
        } = &mut languages[language];
        let lang = analyser.lang();
        fold(word, folded);
        if folded.is_empty() {
            return;
        }
        if let Some(key) = calendar::key(folded, lang) {
            tokens.push(Token {
                is_number: true,
                ..Token::of_key(Id::new(keys.number(key).0))
            });
            return;
        }
        let has_class = cognate_class(folded, key);
        let whole = Token {
            cognate: has_class.then(|| Id::new(keys.number(&*key).0)),
            ..Token::of_key(Id::new(keys.number(&*folded).0))
        };
        let look_up = |lexicon: usize, stem: &str| {
            let stems = lexicons[lexicon].stems_at(places[lexicon].as_ref()?)?;
            let Known { frequency, number } = stems.find(stem)?;
            let number = OfLexicon { lexicon, number };
            Some(Known { frequency, number })
        };
        let all = 0..lexicons.len();
        let find = |stem: &str| all.clone().find_map(|lexicon| look_up(lexicon, stem));
        let first = tokens.len();
        analyser.stems(word, &find, |stem, known| {
            if known.is_none() && !*learns {
                return;
            }
            let (number, is_new) = stems.number((lang, stem));
            if is_new {
                numbers.extend(all.clone().map(|lexicon| {
                    let first = known?.number;
                    match lexicon.cmp(&first.lexicon) {
                        Ordering::Less => None,
                        Ordering::Equal => Some(first.number),
                        Ordering::Greater => Some(look_up(lexicon, stem)?.number.number),
                    }
                }));
                let frequency = known.map(|known| known.frequency);
                facts.push(Facts { lang, frequency });
            }
            tokens.push(Token {
                word: None,
                cognate: None,
                stem: Some(Id::new(number)),
                is_number: false,
            });
        });
        // A word that is known as a whole is one token, and a compound one more than it has parts.
        match &mut tokens[first..] {
            [token] => {
                *token = Token {
                    stem: token.stem,
                    ..whole
                };
            }
            _ => tokens.insert(first, whole),
        }
    }
}

/// A word as it stands in a text.
pub(super) struct Form<'t> {
    piece: Piece<'t>,
    /// What it is kept by.
    hash: u64,
}

/// What a piece of text is told by. A word in full is kept apart: it may be written like one that stands
/// for others.
fn key<'a>(piece: &Piece<'a>) -> (bool, &'a str) {
    match piece {
        Piece::Whole(word) => (true, word),
        Piece::Word(word) => (false, word),
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
