//! [`Detector`]: the language of a version and of each of its paragraphs.
//!
//! Trigrams and letters (whatlang) tell the top language of one paragraph and a confidence c in
//! 0..1. A short paragraph is then read in the light of the whole version. For k candidate
//! languages, a paragraph of n letters and its top language t:
//!
//! ```text
//! p(t)         = 1/k + (1 − 1/k)·c          the others share the rest evenly, never below FLOOR
//! share(l)     ∝ Σ over paragraphs of n·p(l)
//! posterior(l) ∝ p(l)^w · share(l)          w = n / LETTERS, held within WEIGHTS
//! ```
//!
//! The version is in the language of the greatest share, a paragraph in that of its greatest
//! posterior. A confidence among the allowed languages says nothing about a text in none of them
//! (Spanish is French with confidence 1), so a sample is first read by the unrestricted detector.
//! A language that it names joins the candidates if the text is in a script that no allowed
//! language is written in, or if two halves of the sample, every other word each, both prefer it
//! to all that is allowed.
//!
//! Time is linear in the number of paragraphs and space too; at most three times [`PIECE`] bytes of
//! a paragraph are read, however long it is.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::lang::Lang;

/// Probability below which no candidate falls for one paragraph: a paragraph may be wrong by more
/// than its detector thinks.
const FLOOR: f64 = 0.003;

/// Letters for which the evidence of a paragraph counts once.
const LETTERS: f64 = 40.0;

/// How often the evidence of a paragraph counts at least and at most.
const WEIGHTS: RangeInclusive<f64> = 0.15..=3.0;

/// A longer paragraph is read at its start, middle and end, so many bytes each.
const PIECE: usize = 100;

/// Paragraphs in the sample: the longest of so many equal stretches of the version.
const SAMPLE: usize = 8;

/// Letters that a sample needs to be refused for its words.
const REFUSAL_LETTERS: usize = 60;

/// Confidence that both halves of a sample need to be refused for its words.
const REFUSAL_CONFIDENCE: f64 = 0.3;

/// Finds out which language a version is in, and each of its paragraphs.
///
/// A new detector allows English, French and German; a text that is plainly in another language
/// is named as such and [not allowed](Detection::allowed).
///
/// # Examples
///
/// ```
/// use triglyph::{Detector, Lang};
///
/// let found = Detector::new().detect(["Der Fluss", "Im Winter ist er oft gefroren.", "1871"]);
/// assert_eq!(found.lang(), Lang::DE);
/// assert_eq!(found.paragraphs(), [Lang::DE; 3]);
/// ```
#[derive(Clone, Debug)]
pub struct Detector {
    allowed: Vec<Lang>,
    /// Those of `allowed` that whatlang has a profile for.
    known: Vec<whatlang::Lang>,
}

impl Detector {
    /// Allows English, French and German.
    #[must_use]
    pub fn new() -> Self {
        let (allowed, known) = (Vec::new(), Vec::new());
        Self { allowed, known }.languages([Lang::EN, Lang::FR, Lang::DE])
    }

    /// Allows exactly these languages.
    ///
    /// An allowed language that the detector has no profile for is never found; duplicates and
    /// [`Lang::UND`] say nothing. Where none is left, every text is in a language not allowed.
    #[must_use]
    pub fn languages(mut self, languages: impl IntoIterator<Item = Lang>) -> Self {
        self.allowed.clear();
        for lang in languages {
            if lang != Lang::UND && !self.allowed.contains(&lang) {
                self.allowed.push(lang);
            }
        }
        let profiles = whatlang::Lang::all().iter().copied();
        self.known = profiles
            .filter(|&profile| self.allowed.contains(&name(profile)))
            .collect();
        self
    }

    /// Detects the language of a version, given as its paragraphs; a single text is a version of
    /// one paragraph.
    ///
    /// Marks, digits, URLs and e-mail addresses are not read, and accents are as good composed as
    /// decomposed. A text of less than 60 letters in a script that an allowed language is written
    /// in is never refused: it is given the likeliest of the allowed languages.
    #[must_use]
    pub fn detect<'a>(&self, paragraphs: impl IntoIterator<Item = &'a str>) -> Detection {
        let texts: Vec<&str> = paragraphs.into_iter().collect();
        let sample = Excerpt::of_version(&texts);
        let mut candidates = self.known.clone();
        candidates.extend(self.outsider(&sample));
        let narrow = whatlang::Detector::with_allowlist(candidates.clone());
        let readings: Vec<Reading> = texts
            .iter()
            .map(|text| Reading::new(&Excerpt::of(text), &narrow, &candidates))
            .collect();

        let mut shares = vec![0.0; candidates.len()];
        for reading in &readings {
            for (share, p) in shares.iter_mut().zip(reading.probabilities(&candidates)) {
                *share += reading.letters * p;
            }
        }
        let total: f64 = shares.iter().sum();
        let top = greatest(&shares).filter(|&top| {
            let told = readings.iter().any(|r| r.confidence > 0.0);
            told && shares[top] > 0.0
        });
        let Some(top) = top else {
            return Detection {
                lang: Lang::UND,
                score: 0.0,
                allowed: true,
                paragraphs: vec![Lang::UND; texts.len()],
            };
        };
        let langs: Vec<Lang> = candidates.iter().map(|&profile| name(profile)).collect();
        let paragraphs = readings
            .iter()
            .map(|reading| {
                let weight = (reading.letters / LETTERS).clamp(*WEIGHTS.start(), *WEIGHTS.end());
                let posterior: Vec<f64> = reading
                    .probabilities(&candidates)
                    .zip(&shares)
                    .map(|(p, share)| p.powf(weight) * share)
                    .collect();
                let told = reading.letters > 0.0;
                greatest(&posterior).filter(|_| told).unwrap_or(top)
            })
            .map(|i| langs[i])
            .collect();
        let score = match candidates[..] {
            [only] => against_rivals(only, &sample),
            _ => shares[top] / total,
        };
        Detection {
            lang: langs[top],
            score: score.clamp(0.0, 1.0),
            allowed: self.allowed.contains(&langs[top]),
            paragraphs,
        }
    }

    /// The language outside the allowed ones that the sample speaks for, if it does plainly.
    fn outsider(&self, sample: &Excerpt) -> Option<whatlang::Lang> {
        let named = whatlang::Detector::new().detect(&sample.text)?.lang();
        if self.known.contains(&named) {
            return None;
        }
        let mut list = self.known.clone();
        let script_allowed = whatlang::Detector::with_allowlist(list.clone())
            .detect(&sample.text)
            .is_some_and(|info| self.known.contains(&info.lang()));
        list.push(named);
        let wide = whatlang::Detector::with_allowlist(list);
        let plainly = !script_allowed
            || sample.letters >= REFUSAL_LETTERS
                && sample.halves().iter().all(|half| {
                    wide.detect(half).is_some_and(|info| {
                        info.lang() == named && info.confidence() >= REFUSAL_CONFIDENCE
                    })
                });
        plainly.then_some(named)
    }
}

impl Default for Detector {
    fn default() -> Self {
        Self::new()
    }
}

/// The languages that a [`Detector`] found in a version.
#[derive(Clone, PartialEq, Debug)]
pub struct Detection {
    lang: Lang,
    score: f64,
    allowed: bool,
    paragraphs: Vec<Lang>,
}

impl Detection {
    /// The language that prevails in the version; [`Lang::UND`] where no letters tell.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// How sure the language is, 0..1: the share of the letters read that are in it, each
    /// paragraph by its probability. With one allowed language, its probability against the
    /// likeliest other language. 0 where nothing tells.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Whether the language is one of those allowed, or undetermined.
    #[must_use]
    pub const fn allowed(&self) -> bool {
        self.allowed
    }

    /// The language of each paragraph given, in their order; one without letters is in the
    /// language of the version.
    #[must_use]
    pub fn paragraphs(&self) -> &[Lang] {
        &self.paragraphs
    }
}

/// What the detector says about one paragraph.
struct Reading {
    letters: f64,
    /// The likeliest of the candidates, if the text is in a script of theirs.
    top: Option<whatlang::Lang>,
    confidence: f64,
}

impl Reading {
    fn new(excerpt: &Excerpt, narrow: &whatlang::Detector, candidates: &[whatlang::Lang]) -> Self {
        let info = narrow.detect(&excerpt.text);
        let info = info.filter(|info| candidates.contains(&info.lang()));
        Self {
            letters: excerpt.letters as f64,
            top: info.as_ref().map(whatlang::Info::lang),
            confidence: info.map_or(0.0, |info| info.confidence()),
        }
    }

    /// p of each candidate; all equal where nothing tells.
    fn probabilities(&self, candidates: &[whatlang::Lang]) -> impl Iterator<Item = f64> {
        let even = 1.0 / candidates.len() as f64;
        let p = even + (1.0 - even) * self.confidence;
        let rest = ((1.0 - p) / (candidates.len() as f64 - 1.0)).max(FLOOR);
        candidates.iter().map(move |&candidate| match self.top {
            None => even,
            Some(top) if top == candidate => p,
            Some(_) => rest,
        })
    }
}

/// What is read of a paragraph or a version: words of letters with spaces between them, composed.
///
/// whatlang takes quotation marks, no-break spaces and the typographic apostrophe for letters, so
/// it is given none; without letters it is given the empty text.
struct Excerpt {
    text: String,
    letters: usize,
}

impl Excerpt {
    fn of(paragraph: &str) -> Self {
        let mut excerpt = Self {
            text: String::new(),
            letters: 0,
        };
        excerpt.add(paragraph);
        excerpt
    }

    fn of_version(paragraphs: &[&str]) -> Self {
        let mut excerpt = Self::of("");
        let stretch = paragraphs.len().div_ceil(SAMPLE).max(1);
        for stretch in paragraphs.chunks(stretch) {
            let longest = stretch.iter().max_by_key(|paragraph| paragraph.len());
            excerpt.add(longest.unwrap_or(&""));
        }
        excerpt
    }

    fn add(&mut self, paragraph: &str) {
        for piece in pieces(paragraph) {
            for word in piece.split_whitespace().filter(|word| !is_address(word)) {
                self.text.push(' ');
                let word = match is_nfc(word) {
                    true => Cow::Borrowed(word),
                    false => Cow::Owned(word.nfc().collect()),
                };
                for c in word.chars() {
                    let letter = c.is_alphabetic();
                    self.letters += usize::from(letter);
                    let read = letter || is_combining_mark(c);
                    self.text.push(if read { c } else { ' ' });
                }
            }
        }
    }

    /// The words in turn, each to one half or the other.
    fn halves(&self) -> [String; 2] {
        [0, 1].map(|first| {
            let words = self.text.split_whitespace();
            let words: Vec<&str> = words.skip(first).step_by(2).collect();
            words.join(" ")
        })
    }
}

/// Probability of a language against the likeliest of all others.
fn against_rivals(lang: whatlang::Lang, sample: &Excerpt) -> f64 {
    let rivals = whatlang::Detector::with_denylist(vec![lang]);
    let Some(rival) = rivals.detect(&sample.text) else {
        return 1.0;
    };
    let pair = whatlang::Detector::with_allowlist(vec![lang, rival.lang()]);
    match pair.detect(&sample.text) {
        Some(info) if info.lang() == lang => 0.5 + info.confidence() / 2.0,
        Some(info) => 0.5 - info.confidence() / 2.0,
        None => 0.0,
    }
}

/// The paragraph as a whole if it is short, otherwise its start, middle and end, cut between words
/// where a piece has several.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let starts = match text.len() {
        len if len <= 3 * PIECE => vec![],
        len => vec![0, (len - PIECE) / 2, len - PIECE],
    };
    let whole = starts.is_empty().then_some(text);
    whole.into_iter().chain(starts.into_iter().map(|start| {
        let boundary = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at));
        let end = boundary(start + PIECE).unwrap_or(text.len());
        let start = boundary(start).unwrap_or(text.len());
        let mut piece = &text[start..end];
        if start > 0 {
            piece = piece.split_once(' ').map_or(piece, |(_, rest)| rest);
        }
        if end < text.len() {
            piece = piece.rsplit_once(' ').map_or(piece, |(rest, _)| rest);
        }
        piece
    }))
}

/// Whether a word is a URL or an e-mail address.
fn is_address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// Index of the greatest value, the first of equals; none where there are no values.
fn greatest(values: &[f64]) -> Option<usize> {
    (0..values.len()).reduce(|best, i| if values[i] > values[best] { i } else { best })
}

fn name(profile: whatlang::Lang) -> Lang {
    profile.code().parse().unwrap_or(Lang::UND)
}
