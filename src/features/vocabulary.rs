//! [`Vocabulary`]: the tokens of an article.

use std::{hint, mem};

use super::memory::{Facts, Memory};
use super::{Id, Token};
use crate::lang::Lang;
use crate::lexicon::Lexicon;

/// What the words of an article can be matched by, numbered in order of appearance in it, so that no
/// article depends on those before it.
///
/// A word that stands in one version alone matches nothing as such, nor does a class of words. Tokens are
/// the same if they can be matched by the same; those that can be matched by nothing are left out.
#[derive(Default)]
pub(crate) struct Vocabulary {
    lexicons: Vec<Lexicon>,
    tokens: Vec<Token>,
    keys: usize,
    /// Per stem what the lexicons say about it.
    facts: Vec<Facts>,
    /// Per stem, its number in each lexicon that knows it.
    numbers: Vec<Option<u32>>,
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
    /// The tokens, by number.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// How many ids the words, numbers, marks and classes have.
    pub(crate) const fn keys(&self) -> usize {
        self.keys
    }

    /// How many stems there are.
    pub(crate) const fn stems(&self) -> usize {
        self.facts.len()
    }

    /// The lexicons that stems are looked up in.
    pub(crate) fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// What the lexicons say about a stem.
    pub(crate) fn stem(&self, stem: usize) -> Stem<'_> {
        let Facts { lang, frequency } = self.facts[stem];
        let lexicons = self.lexicons.len();
        Stem {
            lang,
            frequency,
            numbers: &self.numbers[stem * lexicons..][..lexicons],
        }
    }
}

/// A key that stands in several versions.
const SHARED: u32 = u32::MAX;

/// Tokens of an article up to which they are forgotten one by one; beyond, all room is given back.
const MOST: usize = 1 << 14;

/// What the numbers of a [`Memory`] are in an article: nothing before one is read, and behind it. Where
/// a memory is kept for many articles, so is the room for this.
#[derive(Default)]
pub(super) struct Numbers {
    /// Per token, its number + 2; 1 if it can be matched by nothing, 0 before it is met.
    tokens: Vec<u32>,
    /// Per place of a key, one more than the version that has it, or [`SHARED`].
    versions: Vec<u32>,
    keys: Vec<Named>,
    stems: Vec<Named>,
    /// The tokens that were met, as long as they are no more than [`MOST`] and one.
    met: Vec<u32>,
    /// Per token of the article, the one before it that is found by the same: its number + 1.
    before: Vec<u32>,
}

/// What a key or a stem is in an article.
#[derive(Clone, Copy, Default)]
struct Named {
    /// Its id, if it has one yet.
    id: Option<Id>,
    /// The last token of the article that is found by it: its number + 1.
    last: u32,
}

/// Where the versions of a key are; no key has the first place.
fn place(key: Option<Id>) -> usize {
    key.map_or(0, |key| key.index() + 1)
}

impl Numbers {
    /// Forgets the article.
    fn clear(&mut self, tokens: &[Token]) {
        if self.met.len() > MOST {
            *self = Self::default();
            return;
        }
        for token in self.met.drain(..) {
            self.tokens[token as usize] = 0;
            let token = tokens[token as usize];
            for id in token.word.into_iter().chain(token.cognate) {
                self.versions[place(Some(id))] = 0;
                self.keys[id.index()] = Named::default();
            }
            if let Some(id) = token.stem {
                self.stems[id.index()] = Named::default();
            }
        }
        self.before.clear();
    }
}

/// Gives what is numbered in a [`Memory`] the numbers that it has in an article.
pub(super) struct Numbering<'a> {
    memory: &'a mut Memory,
    numbers: Numbers,
    vocabulary: Vocabulary,
}

impl<'a> Numbering<'a> {
    /// For an article whose versions have these tokens of the memory.
    pub(super) fn new<'t>(
        memory: &'a mut Memory,
        versions: impl Iterator<Item = &'t [u32]>,
    ) -> Self {
        let mut numbers = mem::take(&mut memory.numbers_of_article);
        let keys = memory.keys.len();
        memory.spend();
        numbers.tokens.resize(memory.tokens.len(), 0);
        numbers.versions.resize(keys + 1, 0);
        numbers.keys.resize(keys, Named::default());
        numbers.stems.resize(memory.facts.len(), Named::default());
        for (version, tokens) in (1..).zip(versions) {
            for &token in tokens {
                let Token { word, cognate, .. } = memory.tokens[token as usize];
                for key in [word, cognate] {
                    let of = &mut numbers.versions[place(key)];
                    let is_own = (*of == 0) | (*of == version);
                    *of = hint::select_unpredictable(is_own, version, SHARED);
                }
            }
        }
        let vocabulary = Vocabulary {
            lexicons: memory.lexicons.clone(),
            ..Vocabulary::default()
        };
        Self {
            memory,
            numbers,
            vocabulary,
        }
    }

    /// The number of a token of the memory, if it can be matched.
    pub(super) fn token(&mut self, token: u32) -> Option<u32> {
        let known = self.numbers.tokens[token as usize];
        if known > 0 {
            return known.checked_sub(2);
        }
        let number = self.add(token as usize);
        self.numbers.tokens[token as usize] = number.map_or(1, |number| number + 2);
        if self.numbers.met.len() <= MOST {
            self.numbers.met.push(token);
        }
        number
    }

    fn add(&mut self, token: usize) -> Option<u32> {
        let own = self.memory.tokens[token];
        let [word, cognate] = [own.word, own.cognate].map(|id| self.key(id?));
        let token = Token {
            word,
            cognate,
            stem: own.stem.map(|id| self.stem(id)),
            is_number: own.is_number && word.is_some(),
        };
        let Self {
            numbers,
            vocabulary: Vocabulary { tokens, .. },
            ..
        } = self;
        // The same word has few stems, and the same stem few classes of cognates.
        let last = if let Some(id) = own.word.filter(|_| word.is_some()) {
            &mut numbers.keys[id.index()].last
        } else if let Some(id) = own.stem {
            &mut numbers.stems[id.index()].last
        } else {
            let id = own.cognate.filter(|_| cognate.is_some())?;
            &mut numbers.keys[id.index()].last
        };
        let mut known = *last;
        while let Some(number) = known.checked_sub(1) {
            if tokens[number as usize] == token {
                return Some(number);
            }
            known = numbers.before[number as usize];
        }
        numbers.before.push(*last);
        tokens.push(token);
        *last = tokens.len() as u32;
        Some(*last - 1)
    }

    fn key(&mut self, id: Id) -> Option<Id> {
        if self.numbers.versions[place(Some(id))] != SHARED {
            return None;
        }
        let keys = &mut self.vocabulary.keys;
        let named = &mut self.numbers.keys[id.index()];
        Some(*named.id.get_or_insert_with(|| {
            *keys += 1;
            Id::new(*keys as u32 - 1)
        }))
    }

    fn stem(&mut self, id: Id) -> Id {
        let Self {
            memory, vocabulary, ..
        } = self;
        let named = &mut self.numbers.stems[id.index()];
        *named.id.get_or_insert_with(|| {
            let lexicons = memory.lexicons.len();
            let numbers = &memory.numbers[id.index() * lexicons..][..lexicons];
            vocabulary.facts.push(memory.facts[id.index()]);
            vocabulary.numbers.extend_from_slice(numbers);
            Id::new(vocabulary.facts.len() as u32 - 1)
        })
    }

    /// All that was numbered.
    pub(super) fn finish(mut self) -> Vocabulary {
        self.numbers.clear(&self.memory.tokens);
        self.memory.numbers_of_article = self.numbers;
        self.vocabulary
    }
}
