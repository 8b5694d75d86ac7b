//! What is read from the sentences of a version, once: tokens by number, and lengths.
//!
//! Tokens are the traces that a sentence leaves in its translation: words in a form that
//! ignores case, accents and script conventions, numbers by value, months and weekdays by
//! number, and marks such as the question mark.

use std::num::NonZero;
use std::ops::Range;

use crate::article::{Boilerplate, Segment, Unit, Version};
use crate::lang::Lang;
use crate::vectors::Vectors;

mod calendar;
mod interner;
mod number;
mod vocabulary;

pub(crate) use vocabulary::Vocabulary;

/// Number of a word, of a class of words or of a stem in a [`Vocabulary`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Id(NonZero<u32>);

impl Id {
    fn new(number: u32) -> Self {
        Self(NonZero::new(number + 1).expect("there are fewer than u32::MAX words"))
    }

    fn number(self) -> u32 {
        self.0.get() - 1
    }

    pub(crate) fn index(self) -> usize {
        self.number() as usize
    }
}

/// A word, part of a word, number or mark: all that it can be matched by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
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
    /// One that nothing but itself matches.
    fn of_key(word: Id) -> Self {
        Self {
            word: Some(word),
            cognate: None,
            stem: None,
            is_number: false,
        }
    }
}

/// A token of a sentence, and how often it stands there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Occurrence {
    /// Its number in the [`Vocabulary`].
    pub(crate) token: u32,
    pub(crate) times: u32,
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
    /// Tokens, each as often as it stands there.
    pub(crate) words: u32,
    /// One past the last of its tokens; they begin where those of its predecessor end.
    end: u32,
}

/// What is read from the sentences of one version.
#[derive(Default)]
pub(crate) struct Features {
    sentences: Vec<Sentence>,
    tokens: Vec<Occurrence>,
    vectors: Option<Vectors>,
}

impl Features {
    /// Reads all sentences of a version; `vocabulary` is shared by the versions of an article.
    pub(crate) fn read(version: &Version, vocabulary: &mut Vocabulary) -> Self {
        let mut features = Self::default();
        let mut paragraph = None;
        // By token, where it stands among those of the last sentence that has it.
        let mut places: Vec<usize> = Vec::new();
        for segment in version.segments(Unit::Sentence) {
            let text = version.text_of(segment);
            let lang = segment.lang().unwrap_or(version.lang());
            let start = features.tokens.len();
            let mut words = 0;
            let tokens = &mut features.tokens;
            let marks = Marks::of(text);
            vocabulary.read(text, lang, &marks, |token| {
                words += 1;
                if places.len() <= token as usize {
                    places.resize(token as usize + 1, usize::MAX);
                }
                let place = &mut places[token as usize];
                match tokens.get_mut(*place) {
                    Some(occurrence) if *place >= start => occurrence.times += 1,
                    _ => {
                        *place = tokens.len();
                        tokens.push(Occurrence { token, times: 1 });
                    }
                }
            });
            features.sentences.push(Sentence {
                chars: marks.chars.max(1),
                foreign: segment.lang().is_some(),
                kind: kind(segment),
                opens: paragraph != Some(segment.paragraph()),
                words,
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
            (sentence.words, sentence.end) = (0, 0);
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

    /// Where the tokens of a sentence stand among those of all.
    pub(crate) fn range(&self, sentence: usize) -> Range<usize> {
        let before = sentence.checked_sub(1);
        let start = before.map_or(0, |before| self.sentences[before].end as usize);
        start..self.sentences[sentence].end as usize
    }

    /// The tokens of all sentences, sentence by sentence.
    pub(crate) fn all_tokens(&self) -> &[Occurrence] {
        &self.tokens
    }

    /// The tokens of a sentence, each once, in the order of the text, marks last.
    pub(crate) fn tokens(&self, sentence: usize) -> &[Occurrence] {
        &self.tokens[self.range(sentence)]
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

/// Marks that translations keep.
const MARKS: [&str; 4] = ["?", "!", "\"", "("];

/// What is counted and looked for character by character.
#[derive(Default)]
struct Marks {
    /// Characters that are not white space.
    chars: u32,
    /// Which of [`MARKS`] there are, in whatever script.
    found: [bool; 4],
    /// Whether there are digits.
    digits: bool,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self::default();
        for c in text.chars() {
            let mark = match c {
                'a'..='z' => None,
                '0'..='9' => {
                    marks.digits = true;
                    None
                }
                '?' | '？' | '؟' => Some(0),
                '!' | '！' | '¡' => Some(1),
                '"' | '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '「' => Some(2),
                '(' | '（' => Some(3),
                _ if c.is_whitespace() => continue,
                _ => None,
            };
            if let Some(mark) = mark {
                marks.found[mark] = true;
            }
            marks.chars += 1;
        }
        marks
    }
}

impl Vocabulary {
    /// Reads the tokens of a sentence.
    fn read(&mut self, text: &str, lang: Lang, marks: &Marks, mut found: impl FnMut(u32)) {
        let mut rest = text;
        while marks.digits
            && let Some((number, after)) = number::find(rest, lang)
        {
            let before = rest.len() - after.len() - number.source.len();
            self.read_words(&rest[..before], lang, &mut found);
            for key in number.keys() {
                found(self.read_key(&key, true));
            }
            rest = after;
        }
        self.read_words(rest, lang, &mut found);
        for (mark, is_there) in MARKS.iter().zip(marks.found) {
            if is_there {
                found(self.read_key(mark, false));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Segmenter, Source};

    /// Features of a text, one sentence a line.
    fn read(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Features {
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
        let words = |f: &Features, vocabulary: &Vocabulary| -> Vec<_> {
            let tokens = f.tokens(0).iter();
            let tokens = tokens.map(|t| vocabulary.tokens()[t.token as usize]);
            tokens.filter_map(|t| t.word).collect()
        };
        for (key, is_number) in [
            ("3", true),
            ("@m3", true),
            ("2024", true),
            ("kern", false),
            ("1250.5", true),
            ("?", false),
        ] {
            let token = vocabulary.read_key(key, is_number);
            let id = vocabulary.tokens()[token as usize].word.unwrap();
            for features in [&en, &fr, &de] {
                assert!(words(features, &vocabulary).contains(&id), "{key}");
            }
        }
    }

    #[test]
    fn tokens_are_counted() {
        let mut vocabulary = Vocabulary::default();
        let features = read(
            "To be or not to be: 2 or 3 or 2?\nTo 2",
            Lang::EN,
            &mut vocabulary,
        );
        let times =
            |sentence| -> Vec<u32> { features.tokens(sentence).iter().map(|t| t.times).collect() };
        // to, be, or, not, 2, 3, ?
        assert_eq!(times(0), [2, 2, 3, 1, 2, 1, 1]);
        assert_eq!(times(1), [1, 1]);
        assert_eq!([0, 1].map(|s| features.sentences()[s].words), [12, 2]);
        assert_eq!(features.tokens(1)[0].token, features.tokens(0)[0].token);
    }

    #[test]
    fn an_article_does_not_depend_on_those_before_it() {
        let texts = [
            "Das Haus am See, 1931.\nDer Hund?",
            "See und Hund.\nNiemand 1931",
        ];
        let fresh = |text| read(text, Lang::DE, &mut Vocabulary::default()).tokens;
        let mut vocabulary = Vocabulary::default();
        for text in [texts[0], texts[1], texts[0]] {
            vocabulary.begin();
            assert_eq!(
                read(text, Lang::DE, &mut vocabulary).tokens,
                fresh(text),
                "{text}"
            );
        }
    }
}
