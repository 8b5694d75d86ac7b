//! [`Vocabulary`]: the tokens of an article.

use std::mem;

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
///
/// What is asked for each word of a text lies close together; what a memory has of it does not, and is looked
/// at once for each token of a version.
#[derive(Default)]
pub(super) struct Numbers {
    /// Per token, one more than its place among those that were met; 0 before that.
    places: Vec<u32>,
    met: Vec<Met>,
    keys: Vec<Named>,
    stems: Vec<Named>,
    /// Per token of the article, the one before it that is found by the same: its number + 1.
    before: Vec<u32>,
}

/// A token that was met.
#[derive(Clone, Copy)]
struct Met {
    /// Its number in the memory.
    token: u32,
    /// The last version that has it.
    version: u32,
    /// Its number in the article + 2; 1 if it can be matched by nothing, 0 before that is known.
    number: u32,
}

/// What a key or a stem is in an article.
#[derive(Clone, Copy, Default)]
struct Named {
    /// Its id, if it has one yet.
    id: Option<Id>,
    /// The last token of the article that is found by it: its number + 1.
    last: u32,
    /// Of a key, the version that has it, counted from 1, or [`SHARED`].
    version: u32,
}

impl Numbers {
    /// Forgets the article.
    fn clear(&mut self, tokens: &[Token]) {
        if self.met.len() > MOST {
            *self = Self::default();
            return;
        }
        for Met { token, .. } in self.met.drain(..) {
            self.places[token as usize] = 0;
            let token = tokens[token as usize];
            for id in token.word.into_iter().chain(token.cognate) {
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
    /// For an article all versions of which were read.
    pub(super) fn new(memory: &'a mut Memory) -> Self {
        let mut numbers = mem::take(&mut memory.numbers_of_article);
        numbers.keys.resize(memory.keys.len(), Named::default());
        numbers.stems.resize(memory.facts.len(), Named::default());
        numbers.places.resize(memory.tokens.len(), 0);
        memory.spend();
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

    /// Meets the tokens of a version, counted from 1, and puts their places among all that were met there
    /// instead of their numbers in the memory.
    pub(super) fn meet(&mut self, version: u32, tokens: &mut [u32]) {
        let Numbers {
            places, met, keys, ..
        } = &mut self.numbers;
        for token in tokens {
            let place = &mut places[*token as usize];
            if *place == 0 {
                met.push(Met {
                    token: *token,
                    version: 0,
                    number: 0,
                });
                *place = met.len() as u32;
            }
            let of_memory = mem::replace(token, *place - 1);
            let last = mem::replace(&mut met[*token as usize].version, version);
            if last != version {
                let Token { word, cognate, .. } = self.memory.tokens[of_memory as usize];
                for key in word.into_iter().chain(cognate) {
                    let of = &mut keys[key.index()].version;
                    *of = if [0, version].contains(of) {
                        version
                    } else {
                        SHARED
                    };
                }
            }
        }
    }

    /// The number of a token by its place among those that were met, if it can be matched.
    pub(super) fn token(&mut self, place: u32) -> Option<u32> {
        let Met { token, number, .. } = self.numbers.met[place as usize];
        if number > 0 {
            return number.checked_sub(2);
        }
        let number = self.add(token as usize);
        self.numbers.met[place as usize].number = number.map_or(1, |number| number + 2);
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
        let keys = &mut self.vocabulary.keys;
        let named = &mut self.numbers.keys[id.index()];
        if named.version != SHARED {
            return None;
        }
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
