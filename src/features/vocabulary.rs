//! [`Vocabulary`]: the tokens of an article.

use hashbrown::HashMap;

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

/// The numbers in an article of what is numbered in a [`Memory`].
pub(super) struct Numbering<'a> {
    memory: &'a Memory,
    vocabulary: Vocabulary,
    /// Per token of the memory, its number + 2; 1 if it can be matched by nothing, 0 before it is met.
    tokens: Vec<u32>,
    /// Per key, one more than the version that has it, or [`SHARED`].
    versions: Vec<u32>,
    /// Per key and per stem, their ids, if they have some yet.
    keys: Vec<Option<Id>>,
    stems: Vec<Option<Id>>,
    numbers: HashMap<Token, u32>,
}

impl<'a> Numbering<'a> {
    /// The numbers of an article whose versions have these tokens of the memory.
    pub(super) fn new<'t>(memory: &'a Memory, versions: impl Iterator<Item = &'t [u32]>) -> Self {
        let mut of_keys = vec![0; memory.keys.len()];
        for (version, tokens) in (1..).zip(versions) {
            for &token in tokens {
                let token = &memory.tokens[token as usize];
                for id in token.word.into_iter().chain(token.cognate) {
                    let of = &mut of_keys[id.index()];
                    if *of != version {
                        *of = if *of == 0 { version } else { SHARED };
                    }
                }
            }
        }
        Self {
            memory,
            vocabulary: Vocabulary {
                lexicons: memory.lexicons.clone(),
                ..Vocabulary::default()
            },
            tokens: vec![0; memory.tokens.len()],
            keys: vec![None; of_keys.len()],
            versions: of_keys,
            stems: vec![None; memory.facts.len()],
            numbers: HashMap::new(),
        }
    }

    /// The number of a token of the memory, if it can be matched.
    pub(super) fn token(&mut self, token: u32) -> Option<u32> {
        let known = self.tokens[token as usize];
        if known > 0 {
            return known.checked_sub(2);
        }
        let number = self.add(token as usize);
        self.tokens[token as usize] = number.map_or(1, |number| number + 2);
        number
    }

    fn add(&mut self, token: usize) -> Option<u32> {
        let Token {
            word,
            cognate,
            stem,
            is_number,
        } = self.memory.tokens[token];
        let [word, cognate] = [word, cognate].map(|id| self.key(id?));
        let token = Token {
            word,
            cognate,
            stem: stem.map(|id| self.stem(id)),
            is_number: is_number && word.is_some(),
        };
        if [token.word, token.cognate, token.stem] == [None; 3] {
            return None;
        }
        let number = self.numbers.entry(token).or_insert_with(|| {
            self.vocabulary.tokens.push(token);
            self.vocabulary.tokens.len() as u32 - 1
        });
        Some(*number)
    }

    fn key(&mut self, id: Id) -> Option<Id> {
        if self.versions[id.index()] != SHARED {
            return None;
        }
        Some(*self.keys[id.index()].get_or_insert_with(|| {
            self.vocabulary.keys += 1;
            Id::new(self.vocabulary.keys as u32 - 1)
        }))
    }

    fn stem(&mut self, id: Id) -> Id {
        let Self {
            memory, vocabulary, ..
        } = self;
        *self.stems[id.index()].get_or_insert_with(|| {
            let lexicons = memory.lexicons.len();
            let numbers = &memory.numbers[id.index() * lexicons..][..lexicons];
            vocabulary.facts.push(memory.facts[id.index()]);
            vocabulary.numbers.extend_from_slice(numbers);
            Id::new(vocabulary.facts.len() as u32 - 1)
        })
    }

    /// All that was numbered.
    pub(super) fn finish(self) -> Vocabulary {
        self.vocabulary
    }
}
