//! [`Detector`]: the language of a version and of each of its paragraphs.
//!
//! Trigrams and letters (whatlang) tell the top language of one paragraph and a confidence c in
//! 0..1. A short paragraph is then read in the light of the whole version. For k candidate
//! languages, a paragraph of n letters and its top language t:
//!
//! ```text
//! p(t)         = 1/k + (1 − 1/k)·c          the others share the rest evenly, never below FLOOR
//! share(l)     ∝ Σ over paragraphs of n·p(l)
//! posterior(l) ∝ p(l)^w · share(l)          w = n / LETTERS, at most WEIGHT
//! ```
//!
//! The version is in the language of the greatest share, a paragraph in that of its greatest
//! posterior. A confidence among the allowed languages says nothing about a text in none of them
//! (Spanish is French with confidence 1), so a sample is first read by the unrestricted detector.
//! A language that it names joins the candidates if the text is in a script that no allowed
//! language is written in, or if the sample and its two halves, every other word each, all prefer
//! it to what is allowed.
//!
//! Time is linear in the number of paragraphs and space too; at most three times [`PIECE`] bytes of
//! a paragraph are read, however long it is.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::lang::Lang;

/// Probability below which no candidate falls: a detector is sometimes sure and wrong. 0.001 or
/// 0.01 moves at most 2 paragraphs of a column (examples/language_accuracy).
const FLOOR: f64 = 0.003;

/// Letters for which the evidence of a paragraph counts once. 60 has 99.9 % instead of 99.6 % of
/// the paragraphs of 3–5 words right, but finds 23 instead of 72 untranslated ones of that length
/// (examples/language_accuracy: paragraphs, untranslated).
const LETTERS: f64 = 40.0;

/// How often the evidence of one paragraph counts at most. 1.5 finds 5 untranslated paragraphs of
/// 1,285 less, 6 makes no difference (examples/language_accuracy).
const WEIGHT: f64 = 3.0;

/// Bytes read at the start, the middle and the end of a paragraph that is longer than the three.
/// Reading all of it has 98.94 % of those of 11 words and more right, 100 bytes have 98.94 %, 60
/// have 98.91 % (examples/language_accuracy).
const PIECE: usize = 100;

/// Paragraphs in the sample: the longest of each of so many equal stretches of the version.
/// 2 refuse five runs of 3 and 5 paragraphs more (examples/language_accuracy).
const SAMPLE: usize = 8;

/// Letters of a sample that may be refused for its words, and the confidence that it and both its
/// halves need. Of 94,706 runs of 1, 2, 3 and 5 paragraphs in allowed languages 2 were refused, one
/// of them Spanish in fact (examples/language_accuracy, table "refused"). Of 7,881 texts of 25 words
/// and more in 24 other languages, messages of programs, 1.8 % were missed.
const REFUSAL_LETTERS: usize = 60;
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
            .filter(|&profile| self.allowed.contains(&lang_of(profile)))
            .collect();
        self
    }

    /// The languages that are allowed.
    #[must_use]
    pub fn allowed(&self) -> &[Lang] {
        &self.allowed
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
        let langs: Vec<Lang> = candidates.iter().map(|&profile| lang_of(profile)).collect();
        let paragraphs = readings
            .iter()
            .map(|reading| {
                let weight = (reading.letters / LETTERS).min(WEIGHT);
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
        let speaks = |text: &str| {
            wide.detect(text)
                .is_some_and(|info| info.lang() == named && info.confidence() >= REFUSAL_CONFIDENCE)
        };
        let plainly = !script_allowed
            || sample.letters >= REFUSAL_LETTERS
                && speaks(&sample.text)
                && sample.halves().iter().all(|half| speaks(half));
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
#[derive(Default)]
struct Excerpt {
    text: String,
    letters: usize,
}

impl Excerpt {
    fn of(paragraph: &str) -> Self {
        let mut excerpt = Self::default();
        excerpt.add(paragraph);
        excerpt.in_its_script()
    }

    fn of_version(paragraphs: &[&str]) -> Self {
        let mut excerpt = Self::default();
        let stretch = paragraphs.len().div_ceil(SAMPLE).max(1);
        for stretch in paragraphs.chunks(stretch) {
            let longest = stretch.iter().max_by_key(|paragraph| paragraph.len());
            excerpt.add(longest.unwrap_or(&""));
        }
        excerpt.in_its_script()
    }

    fn add(&mut self, paragraph: &str) {
        for piece in pieces(paragraph) {
            for word in piece.split_whitespace().filter(|word| !is_address(word)) {
                self.text.push(' ');
                let word = if is_nfc(word) {
                    Cow::Borrowed(word)
                } else {
                    Cow::Owned(word.nfc().collect())
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

    /// Drops the Latin words of a text in another script: whatlang counts kana and kanji apart, so
    /// a few of them make a Japanese text Latin.
    fn in_its_script(mut self) -> Self {
        let latin = self.text.bytes().filter(u8::is_ascii_alphabetic).count();
        if 2 * latin < self.letters {
            self.text.retain(|c| !c.is_ascii_alphabetic());
            self.letters -= latin;
        }
        self
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

fn lang_of(profile: whatlang::Lang) -> Lang {
    profile.code().parse().unwrap_or(Lang::UND)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn lang(code: &str) -> Lang {
        code.parse().unwrap()
    }

    #[test]
    fn short_texts() {
        for (name, text, expected) in [
            ("title", "The bridge that nobody wanted", "en"),
            ("title", "Le pont dont personne ne voulait", "fr"),
            ("title", "Die Brücke, die niemand wollte", "de"),
            ("two words", "Good evening", "en"),
            ("two words", "Bonne soirée", "fr"),
            ("two words", "Schönen Abend", "de"),
            (
                "names",
                "Karel Novotný met Giulia Bianchi and Søren Østergaard at the house of Zoltán Szabó \
                 in Brno, and they all went on to Gdańsk with the brothers Kowalski.",
                "en",
            ),
            (
                "names",
                "Giulia Bianchi et Søren Østergaard sont partis de Brno avec Zoltán Szabó pour \
                 retrouver les frères Kowalski à Gdańsk.",
                "fr",
            ),
            (
                "code",
                "Install it with `cargo install --locked foo-cli@2.1`. The second call, \
                 `foo_cli::run(&args)?`, takes what the user has written in foo.toml.",
                "en",
            ),
            (
                "code",
                "Mit `git rebase -i HEAD~3` werden die letzten drei Commits bearbeitet; danach ist \
                 ein `git push --force-with-lease origin main` nötig.",
                "de",
            ),
            (
                "addresses",
                "Siehe https://www.example.org/en/the-history-of-the-bridge und schreiben Sie an \
                 the.bridge.office@example.org",
                "de",
            ),
            (
                "quotation",
                "« Yesterday is gone », répétait-il à tous ceux qui voulaient bien l’écouter.",
                "fr",
            ),
            (
                "manual",
                "Tighten the four M6 bolts crosswise to 9 Nm. Check the oil level (see 4.2) and \
                 replace the filter cartridge HF-204 every 6,000 km.",
                "en",
            ),
        ] {
            let found = Detector::new().detect([text]);
            assert_eq!(found.lang(), lang(expected), "{name}: {text}");
            assert!(found.allowed(), "{name}: {text}");
            assert!(found.score() > 0.4, "{name}: {text}: {}", found.score());
            let decomposed: String = text.nfd().collect();
            assert_eq!(
                Detector::new().detect([decomposed.as_str()]),
                found,
                "{name}, decomposed: {text}"
            );
        }
    }

    #[test]
    fn nothing_to_tell() {
        for (name, paragraphs) in [
            ("no paragraph", &[][..]),
            ("empty", &["", " "]),
            ("numbers", &["1989", "3.14 – 42 %", "***"]),
            (
                "address",
                &["https://example.org/une/page", "anna@example.org"],
            ),
            ("emoji", &["🙂🙂"]),
            ("mark without a letter", &["\u{301}"]),
        ] {
            let found = Detector::new().detect(paragraphs.iter().copied());
            assert_eq!((found.lang(), found.score()), (Lang::UND, 0.0), "{name}");
            assert!(found.allowed(), "{name}");
            assert_eq!(found.paragraphs(), vec![Lang::UND; paragraphs.len()]);
        }
    }

    const LETTER_DE: &str = "Als wir ankamen, regnete es noch immer, und der Fährmann schüttelte nur den Kopf: heute \
         fahre er nicht mehr hinaus.";
    const LETTER_ES: &str = "Cuando llegamos seguía lloviendo y el barquero solo movió la cabeza: hoy ya no pensaba \
         salir más.";
    const LETTER_FR: &str = "Quand nous sommes arrivés, il pleuvait toujours et le passeur a secoué la tête : il ne \
         sortirait plus aujourd’hui.";

    #[test]
    fn paragraphs_of_a_version() {
        for (name, paragraphs, version, expected) in [
            (
                "short ones lean on the version",
                &[
                    "Restaurant",
                    LETTER_DE,
                    "Information",
                    "Anna",
                    LETTER_DE,
                    "– 3 –",
                ][..],
                "de",
                &["de"; 6][..],
            ),
            (
                "long one in another language",
                &[LETTER_DE, LETTER_FR, LETTER_DE, "Abfahrt", LETTER_DE],
                "de",
                &["de", "fr", "de", "de", "de"],
            ),
            (
                "the prevailing of two languages",
                &[LETTER_FR, LETTER_DE, LETTER_FR],
                "fr",
                &["fr", "de", "fr"],
            ),
        ] {
            let found = Detector::new().detect(paragraphs.iter().copied());
            let expected: Vec<Lang> = expected.iter().map(|code| lang(code)).collect();
            assert_eq!(found.lang(), lang(version), "{name}");
            assert_eq!(found.paragraphs(), expected, "{name}");
        }
    }

    #[test]
    fn long_paragraph_is_read_at_its_end_too() {
        let quotation = "“We never thought that the river would come so far”, said the old woman. ";
        let text = quotation.to_owned() + &[LETTER_FR; 20].join(" ");
        assert_eq!(Detector::new().detect([text.as_str()]).lang(), Lang::FR);
        let wide = "水".repeat(1000);
        assert_eq!(Detector::new().detect([wide.as_str()]).lang(), lang("zh"));
    }

    #[test]
    fn title_in_a_language_outside_is_not_refused_for_its_words() {
        let found = Detector::new().detect(["El molino de la aldea"]);
        assert!(found.allowed(), "{found:?}");
    }

    #[test]
    fn allowed_languages() {
        for (name, allowed, text, expected, is_allowed) in [
            ("one, met", &["de"][..], LETTER_DE, "de", true),
            ("one, not met", &["de"], LETTER_FR, "fr", false),
            ("twice", &["fr", "und", "fr"], LETTER_FR, "fr", true),
            ("no profile", &["gsw", "fr"], LETTER_FR, "fr", true),
            ("no profile, not met", &["gsw"], LETTER_DE, "de", false),
            ("none", &[], LETTER_DE, "de", false),
            ("another pair", &["nl", "es"], LETTER_ES, "es", true),
        ] {
            let languages = allowed.iter().map(|code| lang(code));
            let found = Detector::new().languages(languages).detect([text, "Anna"]);
            assert_eq!(found.lang(), lang(expected), "{name}");
            assert_eq!(found.allowed(), is_allowed, "{name}");
            assert_eq!(found.paragraphs(), [found.lang(); 2], "{name}");
            assert!(found.score() > 0.8, "{name}: {}", found.score());
        }
    }

    #[test]
    fn one_allowed_language_is_scored_against_the_others() {
        let german = Detector::new().languages([Lang::DE]);
        let sure = german.detect([LETTER_DE]);
        let unsure = german.detect(["Le moulin du village"]);
        assert_eq!((sure.lang(), unsure.lang()), (Lang::DE, Lang::DE));
        assert!(sure.score() > 0.9, "{}", sure.score());
        assert!(unsure.score() < 0.5, "{}", unsure.score());
    }

    #[test]
    fn reading_is_bounded() {
        for len in [0, 299, 300, 301, 1000, 100_000] {
            for text in ["ab ".repeat(len), "é".repeat(len), "😀 x".repeat(len)] {
                let bytes: usize = pieces(&text).map(str::len).sum();
                let most = 3 * (PIECE + 3);
                assert!(
                    bytes <= most.min(text.len()),
                    "{bytes} bytes of {}",
                    text.len()
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_text(paragraphs in prop::collection::vec("\\PC{0,200}", 0..6), other in any::<bool>()) {
            let detector = if other {
                Detector::new().languages([lang("ja"), lang("ru")])
            } else {
                Detector::new()
            };
            let given = || paragraphs.iter().map(String::as_str);
            let found = detector.detect(given());
            prop_assert!((0.0..=1.0).contains(&found.score()));
            prop_assert_eq!(found.paragraphs().len(), paragraphs.len());
            prop_assert_eq!(found.lang() == Lang::UND, found.score() == 0.0 && found.allowed());
            prop_assert_eq!(&found, &detector.detect(given()));
        }

        #[test]
        fn any_letters(text in "[a-zA-ZäöüßéèçÀ-ɏͰ-ϿЀ-ӿא-תぁ-ヿ一-龥\u{300}-\u{36f} .,’]{0,400}") {
            let found = Detector::new().detect([text.as_str()]);
            prop_assert!((0.0..=1.0).contains(&found.score()));
        }
    }
}
