//! What is read from the sentences of a version, once: tokens by number, and lengths.
//!
//! Tokens are the traces that a sentence leaves in its translation: words in a form that
//! ignores case, accents and script conventions, numbers by value, months and weekdays by
//! number, and marks such as the question mark.

use std::num::NonZero;
use std::ops::Range;

use crate::article::{Boilerplate, Kind, Segment, Unit, Version};
use crate::lang::Lang;
use crate::latin;
use crate::vectors::Vectors;

mod calendar;
mod interner;
mod memory;
mod number;
mod vocabulary;

use memory::Form;
pub(crate) use memory::Memory;
use vocabulary::Numbering;
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
    /// Words, numbers and marks, whether or not they have a token.
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

/// The numbers of a text by value, whatever the notation.
#[cfg(any(feature = "corpus", feature = "report"))]
pub(crate) fn numbers(mut text: &str, lang: Lang) -> Vec<String> {
    let mut numbers = Vec::new();
    while let Some((number, after)) = number::find(text, lang) {
        numbers.extend(number.keys());
        text = after;
    }
    numbers
}

/// What a folded word stands for if it names a month or a weekday.
#[cfg(feature = "report")]
pub(crate) fn day_or_month(folded: &str, lang: Lang) -> Option<String> {
    calendar::key(folded, lang).map(String::from)
}

/// Reads all sentences of the versions of an article.
pub(crate) fn read(versions: &[&Version], memory: &mut Memory) -> (Vec<Features>, Vocabulary) {
    let mut raw: Vec<Raw> = versions.iter().map(|v| Raw::read(v, memory)).collect();
    let mut numbering = Numbering::new(memory);
    for (version, raw) in (1..).zip(&mut raw) {
        numbering.meet(version, &mut raw.tokens);
    }
    let numbered = versions.iter().zip(raw).map(|(version, raw)| Features {
        vectors: version.vectors().map(Vectors::centred),
        ..raw.numbered(&mut numbering)
    });
    let features = numbered.collect();
    (features, numbering.finish())
}

/// Sentences, with every word by its number in the memory, and later by its place among those that were met.
struct Raw {
    sentences: Vec<Sentence>,
    tokens: Vec<u32>,
}

impl Raw {
    fn read(version: &Version, memory: &mut Memory) -> Self {
        let segments = version.segments(Unit::Sentence);
        let mut sentences = Vec::with_capacity(segments.len());
        // A word and the space behind it have five bytes and more, on the average.
        let mut tokens = Vec::with_capacity(version.text().len() / 5);
        let mut forms = Vec::new();
        let mut paragraph = None;
        for segment in segments {
            let text = version.text_of(segment);
            let lang = segment.lang().unwrap_or(version.lang());
            let start = tokens.len();
            let marks = Marks::of(text);
            memory.read(text, lang, &marks, &mut forms, |token| tokens.push(token));
            sentences.push(Sentence {
                chars: marks.chars.max(1),
                foreign: segment.lang().is_some(),
                kind: kind(segment),
                opens: paragraph != Some(segment.paragraph()),
                words: (tokens.len() - start) as u32,
                end: tokens.len() as u32,
            });
            paragraph = Some(segment.paragraph());
        }
        tokens.shrink_to_fit();
        Self { sentences, tokens }
    }

    /// The same with the tokens that can be matched, each once.
    fn numbered(self, numbering: &mut Numbering<'_>) -> Features {
        let Self {
            mut sentences,
            tokens: raw,
        } = self;
        let mut tokens: Vec<Occurrence> = Vec::with_capacity(raw.len());
        // By token, where it stands among those of the last sentence that has it.
        let mut places: Vec<u32> = Vec::new();
        let mut words = raw.into_iter();
        for sentence in &mut sentences {
            let start = tokens.len();
            for word in words.by_ref().take(sentence.words as usize) {
                let Some(token) = numbering.token(word) else {
                    continue;
                };
                if places.len() <= token as usize {
                    places.resize(token as usize + 1, u32::MAX);
                }
                let place = &mut places[token as usize];
                match tokens.get_mut(*place as usize) {
                    Some(occurrence) if *place as usize >= start => occurrence.times += 1,
                    _ => {
                        *place = tokens.len() as u32;
                        tokens.push(Occurrence { token, times: 1 });
                    }
                }
            }
            sentence.end = tokens.len() as u32;
        }
        tokens.shrink_to_fit();
        Features {
            sentences,
            tokens,
            vectors: None,
        }
    }
}

impl Features {
    /// Whether a sentence is the same as one of another version, word by word.
    pub(crate) fn is_same(
        &self,
        sentence: usize,
        other: &Self,
        there: usize,
        tokens: &[Token],
    ) -> bool {
        let [x, y] = [&self.sentences[sentence], &other.sentences[there]];
        let own = self.tokens(sentence);
        let has_word = |t: &Occurrence| tokens[t.token as usize].word.is_some();
        let words: u32 = own.iter().map(|t| t.times).sum();
        x.chars == y.chars
            && [x.words, y.words] == [words; 2]
            && words > 0
            && own == other.tokens(there)
            && own.iter().all(has_word)
    }

    /// The same sentences as if there were nothing in them to compare but their lengths and layout.
    pub(crate) fn without_tokens(mut self) -> Self {
        self.tokens.clear();
        for sentence in &mut self.sentences {
            (sentence.words, sentence.end) = (0, 0);
        }
        self
    }

    /// A copy [without tokens](Self::without_tokens) and vectors.
    pub(crate) fn lengths(&self) -> Self {
        let bare = Self {
            sentences: self.sentences.clone(),
            ..Self::default()
        };
        bare.without_tokens()
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

/// The kind of a segment as a number below 7: what it is, or which boilerplate. What only markup
/// tells apart is taken for what a plain text would have.
fn kind(segment: &Segment) -> u8 {
    match segment.boilerplate() {
        None => match segment.kind() {
            Kind::Heading => 0,
            Kind::Body | Kind::Caption | Kind::Code | Kind::Preformatted => 1,
            Kind::ListItem | Kind::TableCell => 2,
            Kind::Quote => 3,
        },
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
        let mut letters = text.len();
        for (_, c) in latin::others(text) {
            letters -= c.len_utf8();
            let mark = match c {
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
        marks.chars += letters as u32;
        marks
    }
}

impl Memory {
    /// Reads the tokens of a sentence.
    fn read<'t>(
        &mut self,
        text: &'t str,
        lang: Lang,
        marks: &Marks,
        forms: &mut Vec<Form<'t>>,
        mut found: impl FnMut(u32),
    ) {
        let mut rest = text;
        while marks.digits
            && let Some((number, after)) = number::find(rest, lang)
        {
            let before = rest.len() - after.len() - number.source.len();
            self.read_words(&rest[..before], lang, forms, &mut found);
            for key in number.keys() {
                found(self.read_sign(&key, true));
            }
            rest = after;
        }
        self.read_words(rest, lang, forms, &mut found);
        for (mark, is_there) in MARKS.iter().zip(marks.found) {
            if is_there {
                found(self.read_sign(mark, false));
            }
        }
    }
}

/// Features of texts, one sentence a line.
#[cfg(test)]
pub(crate) fn of_lines<const N: usize>(
    texts: [(&str, Lang); N],
    memory: &mut Memory,
) -> ([Features; N], Vocabulary) {
    let versions = texts.map(|(text, lang)| {
        let source = crate::Source::new(text).lines(Unit::Sentence).lang(lang);
        crate::Segmenter::new().version(source).unwrap()
    });
    let (features, vocabulary) = read(&versions.each_ref(), memory);
    let features = features.try_into().ok().expect("one for each version");
    (features, vocabulary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_translations_meet() {
        let texts = [
            (
                "On 3 March 2024 Mr. Kern paid €1,250.50, didn’t he?",
                Lang::EN,
            ),
            ("Le 3 mars 2024, M. Kern a payé 1 250,50 €, non ?", Lang::FR),
            (
                "Am 3. März 2024 zahlte Herr Kern 1.250,50 €, oder?",
                Lang::DE,
            ),
        ];
        let (features, vocabulary) = of_lines(texts, &mut Memory::default());
        let words = |features: &Features| -> Vec<Token> {
            let tokens = features.tokens(0).iter();
            let tokens = tokens.map(|t| vocabulary.tokens()[t.token as usize]);
            tokens.filter(|token| token.word.is_some()).collect()
        };
        // 3, @m3, 2024, kern, 1250.5, ?
        let expected = [true, true, true, false, true, false];
        for version in &features {
            let found = words(version);
            let is_number: Vec<bool> = found.iter().map(|token| token.is_number).collect();
            assert_eq!(is_number, expected, "{found:?}");
            assert_eq!(found, words(&features[0]));
        }
    }

    #[test]
    fn tokens_are_counted() {
        let text = ("To be or not to be: 2 or 3 or 2?\nTo 2", Lang::EN);
        let ([features, _], _) = of_lines([text; 2], &mut Memory::default());
        let times =
            |sentence| -> Vec<u32> { features.tokens(sentence).iter().map(|t| t.times).collect() };
        // to, be, or, not, 2, 3, ?
        assert_eq!(times(0), [2, 2, 3, 1, 2, 1, 1]);
        assert_eq!(times(1), [1, 1]);
        assert_eq!([0, 1].map(|s| features.sentences()[s].words), [12, 2]);
        assert_eq!(features.tokens(1)[0].token, features.tokens(0)[0].token);
    }

    #[test]
    fn what_nothing_can_match_is_left_out() {
        for (learns, expected) in [(false, [3, 3]), (true, [4, 5])] {
            // Peter and 1931 stand in both, and a photograph begins like Fotografen.
            let texts = [
                ("Peter photographs, 1931, nowhere", Lang::EN),
                ("1931 sah Peter den Fotografen 7", Lang::DE),
            ];
            let mut memory = Memory::new(Vec::new(), learns);
            let (features, _) = of_lines(texts, &mut memory);
            let found = [0, 1].map(|side| features[side].tokens(0).len());
            assert_eq!(features.each_ref().map(|f| f.sentences()[0].words), [4, 6]);
            assert_eq!(found, expected, "learns: {learns}");
        }
    }

    #[test]
    fn sentences_are_the_same_word_by_word() {
        let texts = [
            ("Two of three.\nTwo of four.\n…", Lang::EN),
            ("Two of three.\nTwo of five.\n…\nThree of two.", Lang::EN),
        ];
        let ([a, b], vocabulary) = of_lines(texts, &mut Memory::default());
        for (sentence, there, expected) in
            [(0, 0, true), (1, 1, false), (2, 2, false), (0, 3, false)]
        {
            let found = a.is_same(sentence, &b, there, vocabulary.tokens());
            assert_eq!(found, expected, "{sentence} {there}");
        }
    }

    #[test]
    fn forms_that_were_forgotten_are_found_anew() {
        // More than are known at once.
        let letter = |word: u32, place: u32| char::from(b'a' + (word >> (4 * place)) as u8 % 16);
        let word = |word| [4, 3, 2, 1, 0].map(|place| letter(word, place));
        let words = (0..70_000).map(|n| word(n).into_iter().chain([' ']));
        let line: String = words.flatten().collect();
        let text = [line.as_str(), "aaaaa", &line].join("\n");
        let ([features, _], vocabulary) = of_lines([(&text, Lang::EN); 2], &mut Memory::default());
        let [first, one, last] = [0, 1, 2].map(|sentence| features.tokens(sentence));
        assert_eq!(first.len(), 70_000);
        assert_eq!((first, &first[..1]), (last, one));
        assert_eq!(vocabulary.tokens().len(), 70_000);
    }

    #[test]
    fn an_article_does_not_depend_on_those_before_it() {
        // More tokens than are forgotten one by one.
        let long: String = (0..20_000).map(|number| format!("{number} ")).collect();
        let texts = [
            "Das Haus am See, 1931.\nDer Hund?",
            "See und Hund.\nNiemand 1931",
            &long,
        ];
        let read = |text, memory: &mut Memory| {
            let ([features, _], vocabulary) = of_lines([(text, Lang::DE); 2], memory);
            (features.tokens, vocabulary.tokens().to_vec())
        };
        let mut memory = Memory::default();
        for text in [0, 1, 0, 2, 1, 0].map(|text| texts[text]) {
            let found = read(text, &mut memory);
            assert_eq!(found, read(text, &mut Memory::default()), "{text}");
        }
    }
}
