//! What is read from the sentences of a version, once: tokens as ids, and lengths.
//!
//! Tokens are the traces that a sentence leaves in its translation: words in a form that
//! ignores case, accents and script conventions, numbers by value, months and weekdays by
//! number, and marks such as the question mark.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::{Boilerplate, Segment, Unit, Version};
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::vectors::Vectors;

mod calendar;
mod forms;
mod number;

use forms::Forms;

/// Id of a token, a class of tokens or a stem in a [`Vocabulary`].
pub(crate) type Id = u32;

/// The tokens, classes and stems of all versions of an article, numbered in order of appearance.
#[derive(Default)]
pub(crate) struct Vocabulary<'l> {
    /// Where stems are looked up, the first one first.
    lexicons: Vec<&'l Lexicon>,
    ids: HashMap<Box<str>, Id>,
    stems: HashMap<Id, Stem>,
    forms: HashMap<Lang, Forms>,
}

/// What the lexicons say about a stem.
#[derive(Clone, Debug)]
pub(crate) struct Stem {
    pub(crate) lang: Lang,
    /// Its number in each lexicon that knows it.
    pub(crate) numbers: Box<[Option<u32>]>,
    /// Its share among all words, where a lexicon knows it.
    pub(crate) frequency: Option<f32>,
}

impl<'l> Vocabulary<'l> {
    /// A vocabulary without words, whose stems are looked up in `lexicons`.
    pub(crate) fn new(lexicons: Vec<&'l Lexicon>) -> Self {
        Self {
            lexicons,
            ..Self::default()
        }
    }

    fn id(&mut self, key: &str) -> Id {
        if let Some(&id) = self.ids.get(key) {
            return id;
        }
        let id = self.ids.len() as Id;
        self.ids.insert(key.into(), id);
        id
    }

    /// How many ids there are; each is smaller.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The lexicons that stems are looked up in.
    pub(crate) fn lexicons(&self) -> &[&'l Lexicon] {
        &self.lexicons
    }

    /// What the lexicons say about an id, if it is that of a stem.
    pub(crate) fn stem(&self, id: Id) -> Option<&Stem> {
        self.stems.get(&id)
    }
}

/// One word, part of a word, number or mark of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    /// The token itself; a part of a compound has none.
    pub(crate) word: Option<Id>,
    /// The class of words that begin alike and may be cognates, for words long enough.
    pub(crate) cognate: Option<Id>,
    /// The stem, for words and parts of words; a compound that is known by its parts has none.
    pub(crate) stem: Option<Id>,
    /// Whether it is a number, or a month or weekday.
    pub(crate) is_number: bool,
}

impl Token {
    fn mark(word: Id) -> Self {
        Self {
            word: Some(word),
            cognate: None,
            stem: None,
            is_number: false,
        }
    }

    fn number(word: Id) -> Self {
        Self {
            is_number: true,
            ..Self::mark(word)
        }
    }
}

/// What is read from one sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Sentence {
    /// Characters that are not white space; at least 1.
    pub(crate) chars: u32,
    /// Whether it is the first sentence of its paragraph.
    pub(crate) opens: bool,
    /// Whether its paragraph is in another language than the version.
    pub(crate) foreign: bool,
    /// The kind of its paragraph, as a small number.
    pub(crate) kind: u8,
    /// One past the last of its tokens; they begin where those of its predecessor end.
    end: u32,
}

/// What is read from the sentences of one version.
#[derive(Default)]
pub(crate) struct Features {
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    vectors: Option<Vectors>,
}

impl Features {
    /// Reads all sentences of a version; `vocabulary` is shared by the versions of an article.
    pub(crate) fn read(version: &Version, vocabulary: &mut Vocabulary<'_>) -> Self {
        let mut features = Self::default();
        let mut paragraph = None;
        for segment in version.segments(Unit::Sentence) {
            let text = version.text_of(segment);
            let lang = segment.lang().unwrap_or(version.lang());
            vocabulary.read(text, lang, &mut features.tokens);
            let chars = text.chars().filter(|c| !c.is_whitespace()).count();
            features.sentences.push(Sentence {
                chars: chars.max(1) as u32,
                foreign: segment.lang().is_some(),
                kind: kind(segment),
                opens: paragraph != Some(segment.paragraph()),
                end: features.tokens.len() as u32,
            });
            paragraph = Some(segment.paragraph());
        }
        features.vectors = version.vectors().map(Vectors::centred);
        features
    }

    /// The same sentences as if there were nothing in them to compare but their lengths and layout.
    pub(crate) fn without_tokens(mut self) -> Self {
        self.tokens.clear();
        for sentence in &mut self.sentences {
            sentence.end = 0;
        }
        self
    }

    /// The sentences, in the order of the text.
    pub(crate) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The vectors of the sentences, less what all have in common.
    pub(crate) fn vectors(&self) -> Option<&Vectors> {
        self.vectors.as_ref()
    }

    /// The sentences of each paragraph.
    pub(crate) fn paragraphs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        let sentences = self.sentences.chunk_by(|_, next| !next.opens);
        sentences.map(move |paragraph| {
            let start = end;
            end += paragraph.len();
            start..end
        })
    }

    /// The tokens of all sentences, in the order of the text.
    pub(crate) fn all_tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Where the tokens of a sentence begin.
    pub(crate) fn first_token(&self, sentence: usize) -> usize {
        sentence
            .checked_sub(1)
            .map_or(0, |s| self.sentences[s].end as usize)
    }

    /// The tokens of a sentence, in the order of the text, marks last.
    pub(crate) fn tokens(&self, sentence: usize) -> &[Token] {
        let end = self.sentences[sentence].end as usize;
        &self.tokens[self.first_token(sentence)..end]
    }
}

/// [`Sentence::kind`] of the furniture of a page, which is there for the page's own sake: two menus
/// need not translate each other.
pub(crate) const FURNITURE: u8 = 6;

/// The kind of a segment as a number below 7: what it is, or which boilerplate.
fn kind(segment: &Segment) -> u8 {
    match segment.boilerplate() {
        None => segment.kind() as u8,
        Some(Boilerplate::Teaser) => 4,
        Some(Boilerplate::Copyright) => 5,
        Some(_) => FURNITURE,
    }
}

/// Marks that translations keep, with the characters that stand for each.
const MARKS: [(&str, &[char]); 4] = [
    ("?", &['?', '？', '؟']),
    ("!", &['!', '！', '¡']),
    ("\"", &['"', '“', '”', '„', '«', '»', '‹', '›', '「']),
    ("(", &['(', '（']),
];

impl Vocabulary<'_> {
    /// Reads the tokens of a sentence.
    fn read(&mut self, text: &str, lang: Lang, tokens: &mut Vec<Token>) {
        let mut rest = text;
        while let Some((number, after)) = number::find(rest, lang) {
            let before = rest.len() - after.len() - number.source.len();
            self.words(&rest[..before], lang, tokens);
            for key in number.keys() {
                tokens.push(Token::number(self.id(&key)));
            }
            rest = after;
        }
        self.words(rest, lang, tokens);
        for (mark, chars) in MARKS {
            if text.contains(chars) {
                tokens.push(Token::mark(self.id(mark)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Segmenter, Source};

    /// Features of a text, one sentence a line.
    fn read(text: &str, lang: Lang, vocabulary: &mut Vocabulary<'_>) -> Features {
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        Features::read(&Segmenter::new().version(source).unwrap(), vocabulary)
    }

    #[test]
    fn tokens_of_translations_meet() {
        let mut vocabulary = Vocabulary::default();
        let en = read(
            "On 3 March 2024 Mr. Kern paid €1,250.50, didn’t he?",
            Lang::EN,
            &mut vocabulary,
        );
        let fr = read(
            "Le 3 mars 2024, M. Kern a payé 1 250,50 €, non ?",
            Lang::FR,
            &mut vocabulary,
        );
        let de = read(
            "Am 3. März 2024 zahlte Herr Kern 1.250,50 €, oder?",
            Lang::DE,
            &mut vocabulary,
        );
        let words = |f: &Features| {
            f.tokens(0)
                .iter()
                .filter_map(|t| t.word)
                .collect::<Vec<_>>()
        };
        for key in ["3", "@m3", "2024", "kern", "1250.5", "?"] {
            let id = vocabulary.ids[key];
            for features in [&en, &fr, &de] {
                assert!(words(features).contains(&id), "{key}");
            }
        }
    }
}
