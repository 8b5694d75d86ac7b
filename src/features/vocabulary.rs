//! [`Vocabulary`]: the tokens that words become, found once for each form and kept from article to
//! article.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::interner::Interner;
use super::{Id, Token, calendar};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::lexicon::stem::{Stemmer, fold};
use crate::lexicon::words::{self, Piece};

/// Forms of words that are kept for the next article.
const KEPT: usize = 1 << 17;

/// The words that were met, and what each is to be matched by.
///
/// What is kept is numbered in order of appearance ever since; the tokens, ids and stems of an article
/// ([`begin`](Self::begin)) are numbered anew, so that no article depends on those before it.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// Where stems are looked up, the first one first.
    lexicons: Vec<Lexicon>,
    /// Words, numbers, marks and classes of cognates.
    keys: Interner,
    /// Stems behind the code of their language.
    stems: Interner,
    /// Per stem what the lexicons say about it.
    facts: Vec<Facts>,
    /// Per stem, its number in each lexicon that knows it.
    numbers: Vec<Option<u32>>,
    /// Tokens, ids being those of all articles.
    tokens: Vec<Token>,
    token_numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    forms: Vec<Forms>,
    /// The tokens of forms, in runs.
    of_forms: Vec<u32>,
    article: Article,
    /// A folded word, a key, or what else is written for a moment.
    folded: String,
    key: String,
}

/// What the lexicons say about a stem.
#[derive(Clone, Copy)]
struct Facts {
    lang: Lang,
    frequency: Option<f32>,
}

/// The forms of words of one language, with their tokens.
struct Forms {
    lang: Lang,
    stemmer: Stemmer,
    words: Interner,
    /// Per form, where its tokens end among those of all; they begin at the first number.
    tokens: Vec<[u32; 2]>,
}

/// What an article has of the vocabulary, numbered in order of appearance in it.
#[derive(Default)]
struct Article {
    /// How many articles there were before.
    number: u32,
    token_numbers: Numbering,
    key_numbers: Numbering,
    stem_numbers: Numbering,
    /// Tokens, ids being those of the article.
    tokens: Vec<Token>,
    /// Stems, by their numbers in all articles.
    stems: Vec<u32>,
}

/// The numbers in an article of what is numbered over all articles.
#[derive(Default)]
struct Numbering {
    /// Per number over all articles, one past the last article that has it, and its number there.
    of: Vec<[u32; 2]>,
    count: u32,
}

impl Numbering {
    /// The number in an article, and whether it is new.
    fn number(&mut self, article: u32, global: u32) -> (u32, bool) {
        if self.of.len() <= global as usize {
            self.of.resize(global as usize + 1, [0; 2]);
        }
        let of = &mut self.of[global as usize];
        let is_new = of[0] != article + 1;
        if is_new {
            *of = [article + 1, self.count];
            self.count += 1;
        }
        (of[1], is_new)
    }
}

/// What the lexicons say about a stem of an article.
pub(crate) struct Stem<'a> {
    pub(crate) lang: Lang,
    /// Its number in each lexicon that knows it.
    pub(crate) numbers: &'a [Option<u32>],
    /// Its share among all words, where a lexicon knows it.
    pub(crate) frequency: Option<f32>,
}

impl Vocabulary {
    /// A vocabulary without words, whose stems are looked up in `lexicons`.
    pub(crate) fn new(lexicons: Vec<Lexicon>) -> Self {
        Self {
            lexicons,
            ..Self::default()
        }
    }

    /// Begins the next article, without tokens as yet.
    pub(crate) fn begin(&mut self) {
        let Article {
            number,
            token_numbers,
            key_numbers,
            stem_numbers,
            tokens,
            stems,
        } = &mut self.article;
        *number += 1;
        for numbering in [token_numbers, key_numbers, stem_numbers] {
            numbering.count = 0;
        }
        tokens.clear();
        stems.clear();
    }

    /// Whether there are so few words that the next article may begin with them.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        self.forms
            .iter()
            .map(|forms| forms.words.len())
            .sum::<usize>()
            <= KEPT
    }

    /// The tokens of the article, by number.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.article.tokens
    }

    /// How many ids the words, numbers, marks and classes of the article have.
    pub(crate) fn keys(&self) -> usize {
        self.article.key_numbers.count as usize
    }

    /// How many stems the article has.
    pub(crate) fn stems(&self) -> usize {
        self.article.stems.len()
    }

    /// The lexicons that stems are looked up in.
    pub(crate) fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// What the lexicons say about a stem of the article.
    pub(crate) fn stem(&self, stem: usize) -> Stem<'_> {
        let global = self.article.stems[stem] as usize;
        let Facts { lang, frequency } = self.facts[global];
        let lexicons = self.lexicons.len();
        Stem {
            lang,
            frequency,
            numbers: &self.numbers[global * lexicons..][..lexicons],
        }
    }

    /// Reads the tokens of all words of a text without numbers.
    pub(super) fn read_words(&mut self, text: &str, lang: Lang, mut found: impl FnMut(u32)) {
        let forms = self.forms.iter().position(|forms| forms.lang == lang);
        let forms = forms.unwrap_or_else(|| {
            self.forms.push(Forms {
                lang,
                stemmer: Stemmer::new(lang),
                words: Interner::default(),
                tokens: Vec::new(),
            });
            self.forms.len() - 1
        });
        words::pieces(text, lang, |piece| {
            let known = &self.forms[forms];
            let form = match piece {
                Piece::Whole(word) => known.words.get(word),
                // A word in full is kept apart: it may be written like one that stands for others.
                Piece::Word(word) => {
                    self.key.clear();
                    self.key.push('\0');
                    self.key.push_str(word);
                    known.words.get(&self.key)
                }
            };
            let [start, end] = match form {
                Some(form) => known.tokens[form as usize],
                None => self.add_form(forms, &piece),
            };
            for token in start..end {
                let token = self.of_forms[token as usize];
                found(self.article.token(&self.tokens, token));
            }
        });
    }

    /// Reads a number, or a mark.
    pub(super) fn read_key(&mut self, key: &str, is_number: bool) -> u32 {
        let token = Token {
            is_number,
            ..Token::of_key(Id::new(self.keys.number(key)))
        };
        let token = self.token(token);
        self.article.token(&self.tokens, token)
    }

    /// Finds the tokens of a piece of text.
    fn add_form(&mut self, forms: usize, piece: &Piece<'_>) -> [u32; 2] {
        let start = self.of_forms.len() as u32;
        let lang = self.forms[forms].lang;
        let word = match piece {
            Piece::Whole(word) => {
                words::parts(word, lang, |word| self.add_word(word, forms));
                word
            }
            Piece::Word(word) => {
                self.add_word(word, forms);
                self.key.clear();
                self.key.push('\0');
                self.key.push_str(word);
                &*self.key
            }
        };
        let tokens = [start, self.of_forms.len() as u32];
        let forms = &mut self.forms[forms];
        forms.words.number(word);
        forms.tokens.push(tokens);
        tokens
    }

    /// Finds the tokens of a word.
    fn add_word(&mut self, word: &str, forms: usize) {
        let lang = self.forms[forms].lang;
        fold(word, &mut self.folded);
        if self.folded.is_empty() {
            return;
        }
        if let Some(key) = calendar::key(&self.folded, lang) {
            let id = Id::new(self.keys.number(&key));
            let token = self.token(Token {
                is_number: true,
                ..Token::of_key(id)
            });
            self.of_forms.push(token);
            return;
        }
        let has_class = cognate_class(&self.folded, &mut self.key);
        let whole = Token {
            cognate: has_class.then(|| Id::new(self.keys.number(&self.key))),
            ..Token::of_key(Id::new(self.keys.number(&self.folded)))
        };
        let stemmer = &mut self.forms[forms].stemmer;
        let stems = Lexicon::known_stems(&self.lexicons, word, lang, stemmer);
        match &stems[..] {
            [stem] => {
                let stem = Some(self.add_stem(stem, lang));
                let token = self.token(Token { stem, ..whole });
                self.of_forms.push(token);
            }
            parts => {
                let token = self.token(whole);
                self.of_forms.push(token);
                for part in parts {
                    let stem = Some(self.add_stem(part, lang));
                    let token = self.token(Token {
                        word: None,
                        cognate: None,
                        stem,
                        is_number: false,
                    });
                    self.of_forms.push(token);
                }
            }
        }
    }

    /// The number of a stem over all articles.
    fn add_stem(&mut self, stem: &str, lang: Lang) -> Id {
        self.key.clear();
        self.key.push_str(lang.code());
        self.key.push(':');
        self.key.push_str(stem);
        let before = self.stems.len();
        let number = self.stems.number(&self.key);
        if self.stems.len() > before {
            let mut frequency = None;
            for lexicon in &self.lexicons {
                let words = lexicon.stems(lang);
                let found = words.and_then(|words| Some((words, words.find(stem)?)));
                if let Some((words, number)) = found {
                    frequency.get_or_insert_with(|| words.frequency(number));
                }
                self.numbers.push(found.map(|(_, number)| number));
            }
            self.facts.push(Facts { lang, frequency });
        }
        Id::new(number)
    }

    /// The number of a token, ids being those of all articles; it is added if it is not there.
    fn token(&mut self, token: Token) -> u32 {
        let Self {
            tokens,
            token_numbers,
            hasher,
            ..
        } = self;
        let hash = |token: &Token| hasher.hash_one(token);
        let is = |&number: &u32| tokens[number as usize] == token;
        if let Some(&number) = token_numbers.find(hash(&token), is) {
            return number;
        }
        let number = tokens.len() as u32;
        tokens.push(token);
        token_numbers.insert_unique(hash(&token), number, |&other| hash(&tokens[other as usize]));
        number
    }
}

impl Article {
    /// The number in this article of one of all tokens.
    fn token(&mut self, all: &[Token], token: u32) -> u32 {
        let (number, is_new) = self.token_numbers.number(self.number, token);
        if is_new {
            let Token {
                word,
                cognate,
                stem,
                is_number,
            } = all[token as usize];
            let mut key = |id: Id| Id::new(self.key_numbers.number(self.number, id.number()).0);
            let [word, cognate] = [word.map(&mut key), cognate.map(&mut key)];
            let stem = stem.map(|stem| {
                let (number, is_new) = self.stem_numbers.number(self.number, stem.number());
                if is_new {
                    self.stems.push(stem.number());
                }
                Id::new(number)
            });
            self.tokens.push(Token {
                word,
                cognate,
                stem,
                is_number,
            });
        }
        number
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
