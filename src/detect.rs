//! [`Detector`]: the language of a version and of each of its paragraphs.
//!
//! Trigrams and letters (whatlang) tell the top language of one paragraph and a confidence c in
//! 0..1, and function words ([`function_words`]) correct it. A short paragraph is then read in the
//! light of the whole version. For k candidate languages, a paragraph of n letters and its top
//! language t, and f(l) different words found in it that are function words, but none of l:
//!
//! ```text
//! q(t)         = 1/k + (1 − 1/k)·c          the others share the rest evenly, never below FLOOR
//! p(l)         ∝ q(l) · FOREIGN^f(l)        naive Bayes; never below FLOOR
//! share(l)     ∝ Σ over paragraphs of n·p(l)
//! posterior(l) ∝ p(l)^w · share(l)          w = n / LETTERS, at most WEIGHT
//! ```
//!
//! The version is in the language of the greatest share, a paragraph in that of its greatest
//! posterior. Function words cost little and letters much, so the letters of a paragraph are asked
//! only where its words do not tell, and where they could matter ([`shares`]); otherwise c = 0. Where
//! the language of the version is told, the words of a paragraph need but prefer it.
//!
//! A confidence among the allowed languages says nothing about a text in none of them (Spanish is
//! French with confidence 1). So unless the words of most paragraphs tell a language that no other
//! is near to, a sample is read first, and a language that is not allowed joins the candidates
//!
//! * by its letters: the detector without limits names it, and the text is in a script that no
//!   allowed language is written in, or the sample and its two halves, every other word each, all
//!   prefer it to what is allowed;
//! * by its words: it has more of the function words of the sample than every allowed language,
//!   at least as many in its first and in its second half, and is more probable than all of them
//!   after letters, words and a prior. Where the letters name a language without a list of
//!   function words (Afrikaans), its neighbour's words (Dutch) say nothing.
//!
//! A language that does not join takes its probability from the score.
//!
//! Space is linear in the number of paragraphs and time too, but for sorting them; of a paragraph a
//! bounded number of bytes is read, however long it is ([`excerpt`]).

use std::sync::LazyLock;

mod excerpt;
mod function_words;
mod reading;
mod shares;

use excerpt::Excerpt;
use function_words::FunctionWords;
use reading::{Reading, against_rivals, by_letters};
use shares::Shares;

use crate::lang::Lang;

/// Prior of one language outside against each that is allowed, and how many different function
/// words of its own, and words of any kind, a sample needs to be refused for them. Chosen with both
/// in sight: of 94,770 runs of 1, 2, 3 and 5 paragraphs 4 are refused, one of them Spanish in fact
/// (examples/language_accuracy, table "refused"; letters alone refused 2), and all sentences of
/// tests/outsiders are named. Names such as `Los Angeles` stay below the least numbers.
const OUTSIDE: f64 = 0.01;
const REFUSAL_FUNCTION_WORDS: u32 = 3;
const REFUSAL_WORDS: usize = 8;

/// Letters of a sample that may be refused for its letters, and the confidence that it and both its
/// halves need. Of 94,706 runs of 1, 2, 3 and 5 paragraphs in allowed languages 2 were refused by
/// their letters (examples/language_accuracy, table "refused"). Of 7,881 texts of 25 words
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

    /// Whether there is a profile that the language can be found by.
    #[cfg(feature = "corpus")]
    pub(crate) fn has_profile(lang: Lang) -> bool {
        let mut profiles = whatlang::Lang::all().iter();
        profiles.any(|&profile| lang_of(profile) == lang)
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
    /// in is refused only if it has 8 words and its function words are plainly those of another
    /// language (Catalan, Danish, Dutch, Italian, Latin, Norwegian, Polish, Portuguese, Romanian,
    /// Spanish, Swedish and the languages allowed by default are known by them). Otherwise it is
    /// given the likeliest of the allowed languages, and a score that tells the doubt.
    #[must_use]
    pub fn detect<'a>(&self, paragraphs: impl IntoIterator<Item = &'a str>) -> Detection {
        self.detect_in(paragraphs, None)
    }

    /// [Detects](Self::detect) the languages of a version's paragraphs, of which some are read less
    /// closely where the language of the version is told.
    pub(crate) fn detect_in<'a>(
        &self,
        paragraphs: impl IntoIterator<Item = &'a str>,
        told: Option<Lang>,
    ) -> Detection {
        let texts: Vec<&str> = paragraphs.into_iter().collect();
        let readings: Vec<Reading> = texts.iter().map(|text| Reading::of(text)).collect();
        let (candidates, doubt) = if self.inside(&readings) {
            (self.known.clone(), 0.0)
        } else {
            self.candidates(&Excerpt::of_version(&texts))
        };
        let told = (candidates.iter().copied()).find(|&lang| Some(lang_of(lang)) == told);
        let shares = Shares::of(&texts, &readings, &candidates, told);
        let Some((top, share)) = shares.top() else {
            return Detection {
                lang: Lang::UND,
                score: 0.0,
                allowed: true,
                paragraphs: vec![Lang::UND; texts.len()],
            };
        };
        let langs: Vec<Lang> = candidates.iter().map(|&profile| lang_of(profile)).collect();
        let score = match candidates[..] {
            [only] => against_rivals(only, &Excerpt::of_version(&texts)),
            _ => share,
        };
        Detection {
            lang: langs[top],
            score: (score * (1.0 - doubt)).clamp(0.0, 1.0),
            allowed: self.allowed.contains(&langs[top]),
            paragraphs: shares.paragraphs(top).map(|i| langs[i]).collect(),
        }
    }

    /// Whether the function words tell an allowed language, and none of all others, in paragraphs
    /// that hold most of the letters.
    fn inside(&self, readings: &[Reading]) -> bool {
        let [mut all, mut inside] = [0; 2];
        for Reading { letters, words } in readings {
            all += letters;
            if words.apart().is_some_and(|lang| self.known.contains(&lang)) {
                inside += letters;
            }
        }
        2 * inside > all
    }

    /// The languages that a version may be in, of which a sample is read, and how probable it is
    /// that it is in none of them.
    fn candidates(&self, sample: &Excerpt) -> (Vec<whatlang::Lang>, f64) {
        let suspect = self.outsider_by_words(sample);
        let plain = suspect.as_ref().filter(|suspect| suspect.plain);
        let joining = match (self.outsider_by_letters(sample), plain) {
            (Some(named), Some(_)) if !FunctionWords::know(named) => Some(named),
            (_, Some(suspect)) => Some(suspect.lang),
            (named, None) => named,
        };
        let candidates = self.known.iter().copied().chain(joining).collect();
        let doubt = suspect.filter(|_| joining.is_none());
        (candidates, doubt.map_or(0.0, |suspect| suspect.probability))
    }

    /// The language outside the allowed ones that has more function words in the sample than each
    /// of them, and how probable it is.
    fn outsider_by_words(&self, sample: &Excerpt) -> Option<Suspect> {
        let words = FunctionWords::count(&sample.text);
        let (likeliest, own) = words.likeliest();
        let mut candidates = self.known.clone();
        candidates.extend(likeliest);
        let allowed = self.known.len();
        let fewest = self.known.iter().map(|&lang| words.foreign(lang)).min()?;
        if fewest == words.foreign(candidates[allowed]) {
            return None;
        }
        let wide = whatlang::Detector::with_allowlist(candidates.clone());
        let odds = by_letters(sample, &words, &wide, &candidates)?;
        let outside = allowed + greatest(&odds[allowed..])?;
        let inside: f64 = odds[..allowed].iter().sum();
        let suspected = OUTSIDE * odds[outside];
        let probability = suspected / (suspected + inside);
        let lang = candidates[outside];
        // A quotation ends where the text goes on in its own language.
        let quoted = sample.parts().iter().any(|part| {
            let words = FunctionWords::count(part);
            let mut inside = self.known.iter().map(|&inside| words.foreign(inside));
            inside.any(|foreign| foreign < words.foreign(lang))
        });
        if quoted {
            return None;
        }
        let plain = probability > 0.5
            && own >= REFUSAL_FUNCTION_WORDS
            && sample.text.split_whitespace().count() >= REFUSAL_WORDS;
        Some(Suspect {
            lang,
            probability,
            plain,
        })
    }

    /// The language outside the allowed ones that the letters of the sample speak for, if they do
    /// plainly.
    fn outsider_by_letters(&self, sample: &Excerpt) -> Option<whatlang::Lang> {
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
    /// likeliest other language. Less where function words point outside the allowed languages,
    /// though not plainly. 0 where nothing tells.
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

/// A language that is not allowed, met in a sample.
struct Suspect {
    lang: whatlang::Lang,
    probability: f64,
    /// Whether it joins the candidates.
    plain: bool,
}

/// Index of the greatest value, the first of equals; none where there are no values.
fn greatest(values: &[f64]) -> Option<usize> {
    (0..values.len()).reduce(|best, i| if values[i] > values[best] { i } else { best })
}

fn lang_of(profile: whatlang::Lang) -> Lang {
    static LANGS: LazyLock<Vec<Lang>> = LazyLock::new(|| {
        let codes = whatlang::Lang::all().iter().map(|profile| profile.code());
        codes.map(|c| c.parse().unwrap_or(Lang::UND)).collect()
    });
    LANGS[profile as usize]
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
    fn every_profile_has_its_language() {
        for &profile in whatlang::Lang::all() {
            let expected = profile.code().parse().unwrap_or(Lang::UND);
            assert_eq!(lang_of(profile), expected, "{profile:?}");
        }
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
                "title of a book",
                "« El amor en los tiempos del cólera » est un roman de García Márquez.",
                "fr",
            ),
            (
                "title of a book",
                "The novel “La casa de los espíritus” by Isabel Allende is about four women.",
                "en",
            ),
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

    /// Text, its language, and the score: "sure" is 0.9 and more, "likely" 0.6–0.95, and "unsure"
    /// is less than 0.6.
    #[test]
    fn one_to_three_words() {
        for (text, expected, sure) in [
            ("Hello", "en", "likely"),
            ("The end", "en", "likely"),
            ("Thank you", "en", "likely"),
            ("Nobody knows.", "en", "likely"),
            ("I don’t know", "en", "sure"),
            ("Who is it?", "en", "sure"),
            ("Good morning", "en", "unsure"),
            ("Bonjour", "fr", "likely"),
            ("Merci", "fr", "likely"),
            ("Le chat dort.", "fr", "likely"),
            ("Il pleut.", "fr", "likely"),
            ("L’arrivée", "fr", "sure"),
            ("Pas encore", "fr", "sure"),
            ("Pourquoi pas ?", "fr", "sure"),
            ("Qu’est-ce que", "fr", "sure"),
            ("Hallo", "de", "likely"),
            ("Das Haus", "de", "likely"),
            ("Ich liebe dich.", "de", "likely"),
            ("Wir kamen an.", "de", "likely"),
            ("Warum nicht?", "de", "sure"),
            ("Guten Tag", "de", "unsure"),
        ] {
            let found = Detector::new().detect([text]);
            assert_eq!(found.lang(), lang(expected), "{text}");
            let range = match sure {
                "sure" => 0.9..1.0,
                "likely" => 0.6..0.95,
                _ => 0.0..0.6,
            };
            assert!(range.contains(&found.score()), "{text}: {}", found.score());
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
        for title in [
            "El molino de la aldea",
            "Los Angeles",
            "Universidad de los Andes",
        ] {
            let found = Detector::new().detect([title]);
            assert!(found.allowed(), "{title}: {found:?}");
            assert!(found.score() < 0.95, "{title}: {found:?}");
        }
        let names = "Ludwig van Beethoven, Vincent van Gogh, Jan van Eyck, Hieronymus van Aken";
        let found = Detector::new().detect([names]);
        assert!(found.allowed() && found.score() < 0.5, "{found:?}");
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
    fn quotations_do_not_bring_a_version_inside() {
        let finnish = "Vanha mylly on seissyt kylän laidalla jo yli kaksikymmentä vuotta, mutta tänä \
                       talvena naapurit päättivät puhdistaa sen ja panna pyörimään.";
        let english =
            "“Nobody believed that we would ever get it to turn again”, says one of them.";
        let found = Detector::new().detect([finnish, english, finnish, finnish, english]);
        assert_eq!((found.lang(), found.allowed()), (lang("fi"), false));
        assert_eq!(found.paragraphs()[1], Lang::EN);
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
