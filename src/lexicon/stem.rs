//! From a text to its words and their stems, the same for training a lexicon and for looking up.
//!
//! 1. [`words`] cuts a text into words (UAX #29). Clitics stand alone and in full (`l’eau`: `le`,
//!    `eau`; `didn’t`: `did`, `not`), contracted forms are undone (`du`: `de`, `le`; `zum`: `zu`,
//!    `dem`), and hyphens part words. Text in a script without spaces between words is cut into
//!    pairs of neighbouring characters.
//! 2. [`fold`] takes away case, accents, ligatures (`ß`, `œ`) and invisible characters.
//! 3. [`Stemmer`] takes away endings by the Snowball algorithm of the language (Porter 2001) and
//!    folds the rest. A language without an algorithm is only folded.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use waken_snowball::Algorithm;

use crate::lang::Lang;

/// Calls `found` with each word of a text in its original case, clitics and contracted forms in
/// full.
pub(crate) fn words(text: &str, lang: Lang, mut found: impl FnMut(&str)) {
    let mut rest = text;
    while let Some(start) = rest.find(is_unspaced) {
        spaced_words(&rest[..start], lang, &mut found);
        let run = &rest[start..];
        let end = run.find(|c| !is_unspaced(c)).unwrap_or(run.len());
        bigrams(&run[..end], &mut found);
        rest = &run[end..];
    }
    spaced_words(rest, lang, &mut found);
}

/// Whether a character is of a script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
            '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' // Thai
            | '\u{e81}'..='\u{ecd}' | '\u{edc}'..='\u{edf}' // Lao
            | '\u{1000}'..='\u{103f}' | '\u{1780}'..='\u{17d3}' // Myanmar, Khmer
            | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // Kana
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
            | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

fn bigrams(run: &str, found: &mut impl FnMut(&str)) {
    let mut ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
    let mut starts = run.char_indices().map(|(at, _)| at);
    let mut alone = true;
    for (start, end) in starts.by_ref().zip(ends.by_ref()) {
        found(&run[start..end]);
        alone = false;
    }
    if alone {
        found(run);
    }
}

const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

fn spaced_words(text: &str, lang: Lang, found: &mut impl FnMut(&str)) {
    for word in text.unicode_words() {
        let Some(at) = word.find(APOSTROPHES) else {
            in_full(word, lang, found);
            continue;
        };
        if word[at..].chars().count() == 4 && lang == Lang::FR && word[..at].ends_with("jourd") {
            found(word); // aujourd’hui
        } else if let (Lang::EN, Some((stem, rest))) = (lang, english_clitic(word, at)) {
            found(stem);
            found(rest);
        } else {
            let mut parts = word.split(APOSTROPHES).filter(|p| !p.is_empty()).peekable();
            while let Some(part) = parts.next() {
                match parts.peek() {
                    Some(_) if lang == Lang::FR => found(elided(part)),
                    None if lang == Lang::DE && part == "s" && at > 0 => found("es"),
                    _ => in_full(part, lang, found),
                }
            }
        }
    }
}

/// The two words in an English word with an apostrophe at byte `at`: `didn’t`, `we’ll`.
fn english_clitic(word: &str, at: usize) -> Option<(&str, &'static str)> {
    let after = word[at..].trim_start_matches(APOSTROPHES);
    let full = match after {
        "t" => {
            return match &word[..at] {
                "can" | "Can" => Some(("can", "not")),
                "won" | "Won" => Some(("will", "not")),
                "shan" | "Shan" => Some(("shall", "not")),
                verb => Some((verb.strip_suffix('n')?, "not")),
            };
        }
        "m" => "am",
        "re" => "are",
        "ll" => "will",
        "ve" => "have",
        "d" => "would",
        _ => return None,
    };
    Some((&word[..at], full))
}

/// The full form of a French word that lost its vowel.
fn elided(part: &str) -> &str {
    match part {
        "l" | "L" => "le",
        "d" | "D" => "de",
        "qu" | "Qu" => "que",
        "j" | "J" => "je",
        "n" | "N" => "ne",
        "s" | "S" => "se",
        "c" | "C" => "ce",
        "m" | "M" => "me",
        "t" | "T" => "te",
        "jusqu" | "Jusqu" => "jusque",
        "lorsqu" | "Lorsqu" => "lorsque",
        "puisqu" | "Puisqu" => "puisque",
        "quoiqu" | "Quoiqu" => "quoique",
        "quelqu" | "Quelqu" => "quelque",
        _ => part,
    }
}

/// The words that a contracted form stands for, or the word itself.
fn in_full(word: &str, lang: Lang, found: &mut impl FnMut(&str)) {
    let contracted: &[&str] = match (lang, word) {
        (Lang::FR, "du" | "Du") => &["de", "le"],
        (Lang::FR, "des" | "Des") => &["de", "les"],
        (Lang::FR, "au" | "Au") => &["à", "le"],
        (Lang::FR, "aux" | "Aux") => &["à", "les"],
        (Lang::DE, "im" | "Im") => &["in", "dem"],
        (Lang::DE, "ins" | "Ins") => &["in", "das"],
        (Lang::DE, "am" | "Am") => &["an", "dem"],
        (Lang::DE, "ans" | "Ans") => &["an", "das"],
        (Lang::DE, "zum" | "Zum") => &["zu", "dem"],
        (Lang::DE, "zur" | "Zur") => &["zu", "der"],
        (Lang::DE, "vom" | "Vom") => &["von", "dem"],
        (Lang::DE, "beim" | "Beim") => &["bei", "dem"],
        (Lang::DE, "fürs" | "Fürs") => &["für", "das"],
        (Lang::DE, "aufs" | "Aufs") => &["auf", "das"],
        (Lang::EN, "cannot" | "Cannot") => &["can", "not"],
        _ => &[],
    };
    match contracted {
        [] => found(word),
        parts => parts.iter().for_each(|part| found(part)),
    }
}

/// Writes a word without case, accents, ligatures and invisible characters into `folded`.
pub(crate) fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        let letters = word.bytes().filter(u8::is_ascii_alphanumeric);
        folded.extend(letters.map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    let lower = word.chars().flat_map(char::to_lowercase);
    for c in lower.nfd().filter(|&c| !is_accent(c)) {
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

/// Whether a character is an accent or a point that text may leave out; vowel signs are none.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Takes endings from the words of one language.
#[derive(Clone, Debug)]
pub(crate) struct Stemmer {
    algorithm: Option<Algorithm>,
    lower: String,
}

impl Stemmer {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            algorithm: algorithm(lang),
            lower: String::new(),
        }
    }

    /// Writes the stem of a word, folded, into `stem`.
    pub(crate) fn stem(&mut self, word: &str, stem: &mut String) {
        let Some(algorithm) = self.algorithm else {
            return fold(word, stem);
        };
        self.lower.clear();
        let lower = word.chars().flat_map(char::to_lowercase).nfc();
        for c in lower.filter(|&c| c.is_alphanumeric() || is_accent(c)) {
            match c {
                'œ' => self.lower.push_str("oe"),
                'æ' => self.lower.push_str("ae"),
                _ => self.lower.push(c),
            }
        }
        fold(&waken_snowball::stem(algorithm, &self.lower), stem);
    }
}

/// The Snowball algorithm for a language, if there is one.
fn algorithm(lang: Lang) -> Option<Algorithm> {
    Some(match lang.code() {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_full() {
        for (lang, text, expected) in [
            (
                Lang::EN,
                "He didn’t, can't and won’t.",
                "He did not can not and will not",
            ),
            (
                Lang::EN,
                "We’ll see, I'm sure they've left",
                "We will see I am sure they have left",
            ),
            (
                Lang::EN,
                "the boss’s well-known rock'n'roll",
                "the boss s well known rock n roll",
            ),
            (
                Lang::FR,
                "L’eau qu'il a, jusqu’au soir",
                "le eau que il a jusque à le soir",
            ),
            (
                Lang::FR,
                "aujourd’hui quelqu'un du bourg",
                "aujourd’hui quelque un de le bourg",
            ),
            (
                Lang::FR,
                "Donne-le-moi des deux côtés",
                "Donne le moi de les deux côtés",
            ),
            (
                Lang::DE,
                "Wie geht’s im Büro zum Glück?",
                "Wie geht es in dem Büro zu dem Glück",
            ),
            (Lang::DE, "Ein- und Ausgang", "Ein und Ausgang"),
            (Lang::UND, "我爱北京 and 猫", "我爱 爱北 北京 and 猫"),
            (Lang::UND, "", ""),
        ] {
            let mut found = Vec::new();
            words(text, lang, |w| found.push(w.to_owned()));
            assert_eq!(found.join(" "), expected, "{text:?}");
        }
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
            ("aujourd’hui", "aujourdhui"),
            ("की", "की"),
        ] {
            let mut folded = String::from("old");
            fold(word, &mut folded);
            assert_eq!(folded, expected, "{word}");
        }
    }
}
