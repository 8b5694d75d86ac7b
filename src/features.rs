//! What is read from the sentences of a version, once: tokens as ids, and lengths.
//!
//! Tokens are the traces that a sentence leaves in its translation: words in a form that
//! ignores case, accents and script conventions, numbers by value, months and weekdays by
//! number, and marks such as the question mark.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Boilerplate, Segment, Unit, Version};
use crate::lang::Lang;

mod calendar;
mod number;

/// Id of a token or of a class of tokens in a [`Vocabulary`].
pub(crate) type Id = u32;

/// The tokens and classes of all versions of an article, numbered in order of appearance.
#[derive(Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, Id>,
}

impl Vocabulary {
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
}

/// One word, number or mark of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    /// The token itself.
    pub(crate) word: Id,
    /// The class of words that begin alike and may be cognates, for words long enough.
    pub(crate) cognate: Option<Id>,
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
}

impl Features {
    /// Reads all sentences of a version; `vocabulary` is shared by the versions of an article.
    pub(crate) fn read(version: &Version, vocabulary: &mut Vocabulary) -> Self {
        let mut features = Self::default();
        let mut reader = Reader {
            lang: version.lang(),
            vocabulary,
            folded: String::new(),
            class: String::new(),
        };
        let mut paragraph = None;
        for segment in version.segments(Unit::Sentence) {
            let text = version.text_of(segment);
            reader.sentence(text, &mut features.tokens);
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
        features
    }

    /// The sentences, in the order of the text.
    pub(crate) fn sentences(&self) -> &[Sentence] {
        &self.sentences
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

struct Reader<'a> {
    lang: Lang,
    vocabulary: &'a mut Vocabulary,
    folded: String,
    class: String,
}

impl Reader<'_> {
    fn sentence(&mut self, text: &str, tokens: &mut Vec<Token>) {
        let mut rest = text;
        while let Some((number, after)) = number::find(rest, self.lang) {
            let before = rest.len() - after.len() - number.source.len();
            self.words(&rest[..before], tokens);
            self.number(&number, tokens);
            rest = after;
        }
        self.words(rest, tokens);
        for (mark, chars) in MARKS {
            if text.contains(chars) {
                self.push(mark, tokens);
            }
        }
    }

    fn number(&mut self, number: &number::Number, tokens: &mut Vec<Token>) {
        for key in number.keys() {
            self.push(&key, tokens);
        }
    }

    fn words(&mut self, text: &str, tokens: &mut Vec<Token>) {
        for word in text.unicode_words().flat_map(|w| w.split(['\'', '’', 'ʼ'])) {
            fold(word, &mut self.folded);
            if let Some(key) = calendar::key(&self.folded, self.lang) {
                self.push(&key, tokens);
            } else if !self.folded.is_empty() {
                let word = self.vocabulary.id(&self.folded);
                let has_class = cognate_class(&self.folded, &mut self.class);
                let cognate = has_class.then(|| self.vocabulary.id(&self.class));
                tokens.push(Token { word, cognate });
            }
        }
    }

    fn push(&mut self, key: &str, tokens: &mut Vec<Token>) {
        let word = self.vocabulary.id(key);
        let cognate = None;
        tokens.push(Token { word, cognate });
    }
}

/// Writes a word without case, accents, ligatures and invisible characters into `folded`.
fn fold(word: &str, folded: &mut String) {
    folded.clear();
    let lower = word.chars().flat_map(char::to_lowercase);
    for c in lower.nfd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
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
    use crate::{Segmenter, Source};

    /// Features of a text, one sentence a line.
    fn read(text: &str, lang: Lang, vocabulary: &mut Vocabulary) -> Features {
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        Features::read(&Segmenter::new().version(source).unwrap(), vocabulary)
    }

    #[test]
    fn folding() {
        for (word, expected) in [
            ("Straße", "strasse"),
            ("Œuvre", "oeuvre"),
            ("A\u{308}pfel", "apfel"),
            ("Äpfel", "apfel"),
            ("Zwi\u{ad}schen\u{200b}raum", "zwischenraum"),
            ("ÉTÉ", "ete"),
        ] {
            let mut folded = String::from("old");
            fold(word, &mut folded);
            assert_eq!(folded, expected, "{word}");
        }
    }

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
        let words = |f: &Features| f.tokens(0).iter().map(|t| t.word).collect::<Vec<_>>();
        for key in ["3", "@m3", "2024", "kern", "1250.5", "?"] {
            let id = vocabulary.ids[key];
            for features in [&en, &fr, &de] {
                assert!(words(features).contains(&id), "{key}");
            }
        }
    }
}
