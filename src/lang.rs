//! [`Lang`]: the name of a language.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// A language, named by its shortest ISO 639 code in lower case (`en`, `fr`, `de`, `yue`).
///
/// Any well-formed code is a language: what is known about it (a detector's profile, a lexicon,
/// a list of abbreviations) is the business of whoever asks. [`Lang::UND`] stands for a text
/// whose language cannot be told, such as one without letters.
///
/// # Examples
///
/// ```
/// use triglyph::Lang;
///
/// assert_eq!("fr".parse::<Lang>()?, Lang::FR);
/// assert_eq!("de-AT".parse::<Lang>()?, Lang::DE);
/// assert_eq!(Lang::EN.to_string(), "en");
/// assert!("français".parse::<Lang>().is_err());
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Lang([u8; 3]);

impl Lang {
    /// English.
    pub const EN: Self = Self(*b"en\0");
    /// French.
    pub const FR: Self = Self(*b"fr\0");
    /// German.
    pub const DE: Self = Self(*b"de\0");
    /// Undetermined: no letters, or nothing that points to one language.
    pub const UND: Self = Self(*b"und");

    /// The ISO 639 code: two letters where the language has such a code, otherwise three.
    #[must_use]
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// The English name of the language, or its code where this crate does not know the name.
    #[must_use]
    pub fn name(&self) -> &str {
        NAMES
            .iter()
            .find(|(code, _, _)| *code == self.code())
            .map_or_else(|| self.code(), |(_, _, name)| name)
    }
}

/// How the codes of languages are written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
pub enum LangStyle {
    /// BCP 47: the shortest code there is, `en`, `yue`.
    #[default]
    Bcp47,
    /// ISO 639-1: two letters, `en`; three for a language that has no such code.
    Iso639_1,
    /// ISO 639-3: three letters, `eng`; two for a language whose longer code this crate does not
    /// know.
    Iso639_3,
}

impl LangStyle {
    /// The code of a language in this style.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Lang, LangStyle};
    ///
    /// assert_eq!(LangStyle::Iso639_3.code(&Lang::DE), "deu");
    /// assert_eq!(LangStyle::Bcp47.code(&Lang::DE), "de");
    /// ```
    #[must_use]
    pub fn code<'a>(&self, lang: &'a Lang) -> &'a str {
        let short = lang.code();
        match self {
            Self::Bcp47 | Self::Iso639_1 => short,
            Self::Iso639_3 => NAMES
                .iter()
                .find(|(code, _, _)| *code == short)
                .map_or(short, |(_, long, _)| long),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({})", self.code())
    }
}

impl FromStr for Lang {
    type Err = Error;

    /// Parses an ISO 639 code of two or three letters, in any case, with or without a
    /// region or script behind it (`de-AT`, `fr_CA`).
    fn from_str(text: &str) -> Result<Self, Error> {
        let error = || Error::from(ErrorKind::LanguageCode { code: text.into() });
        let primary = text.split(['-', '_']).next().unwrap_or_default();
        let code = primary.to_ascii_lowercase();
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(error());
        }
        let short = NAMES
            .iter()
            .find(|(_, long, _)| *long == code)
            .map_or(code.as_str(), |(short, _, _)| short);
        let mut bytes = [0; 3];
        bytes[..short.len()].copy_from_slice(short.as_bytes());
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for Lang {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.code().into()
    }
}

/// Shortest code, three-letter code and English name: ISO 639-1 and 639-3 for the languages
/// that the detector knows.
const NAMES: &[(&str, &str, &str)] = &[
    ("af", "afr", "Afrikaans"),
    ("ak", "aka", "Akan"),
    ("am", "amh", "Amharic"),
    ("ar", "ara", "Arabic"),
    ("az", "aze", "Azerbaijani"),
    ("be", "bel", "Belarusian"),
    ("bg", "bul", "Bulgarian"),
    ("bn", "ben", "Bengali"),
    ("ca", "cat", "Catalan"),
    ("cs", "ces", "Czech"),
    ("cy", "cym", "Welsh"),
    ("da", "dan", "Danish"),
    ("de", "deu", "German"),
    ("el", "ell", "Greek"),
    ("en", "eng", "English"),
    ("eo", "epo", "Esperanto"),
    ("es", "spa", "Spanish"),
    ("et", "est", "Estonian"),
    ("fa", "pes", "Persian"),
    ("fi", "fin", "Finnish"),
    ("fr", "fra", "French"),
    ("gu", "guj", "Gujarati"),
    ("he", "heb", "Hebrew"),
    ("hi", "hin", "Hindi"),
    ("hr", "hrv", "Croatian"),
    ("hu", "hun", "Hungarian"),
    ("hy", "hye", "Armenian"),
    ("id", "ind", "Indonesian"),
    ("it", "ita", "Italian"),
    ("ja", "jpn", "Japanese"),
    ("jv", "jav", "Javanese"),
    ("ka", "kat", "Georgian"),
    ("km", "khm", "Khmer"),
    ("kn", "kan", "Kannada"),
    ("ko", "kor", "Korean"),
    ("la", "lat", "Latin"),
    ("lt", "lit", "Lithuanian"),
    ("lv", "lav", "Latvian"),
    ("mk", "mkd", "Macedonian"),
    ("ml", "mal", "Malayalam"),
    ("mr", "mar", "Marathi"),
    ("my", "mya", "Burmese"),
    ("nb", "nob", "Norwegian"),
    ("ne", "nep", "Nepali"),
    ("nl", "nld", "Dutch"),
    ("or", "ori", "Oriya"),
    ("pa", "pan", "Punjabi"),
    ("pl", "pol", "Polish"),
    ("pt", "por", "Portuguese"),
    ("ro", "ron", "Romanian"),
    ("ru", "rus", "Russian"),
    ("si", "sin", "Sinhala"),
    ("sk", "slk", "Slovak"),
    ("sl", "slv", "Slovene"),
    ("sn", "sna", "Shona"),
    ("sr", "srp", "Serbian"),
    ("sv", "swe", "Swedish"),
    ("ta", "tam", "Tamil"),
    ("te", "tel", "Telugu"),
    ("th", "tha", "Thai"),
    ("tk", "tuk", "Turkmen"),
    ("tl", "tgl", "Tagalog"),
    ("tr", "tur", "Turkish"),
    ("uk", "ukr", "Ukrainian"),
    ("und", "und", "undetermined"),
    ("ur", "urd", "Urdu"),
    ("uz", "uzb", "Uzbek"),
    ("vi", "vie", "Vietnamese"),
    ("yi", "yid", "Yiddish"),
    ("zh", "cmn", "Chinese"),
    ("zu", "zul", "Zulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (given, code, name) in [
            ("en", "en", "English"),
            ("ENG", "en", "English"),
            ("fr-CA", "fr", "French"),
            ("de_AT", "de", "German"),
            ("yue", "yue", "yue"),
            ("und", "und", "undetermined"),
        ] {
            let lang: Lang = given.parse().unwrap();
            assert_eq!((lang.code(), lang.name()), (code, name), "{given}");
        }
    }

    #[test]
    fn malformed_codes() {
        for given in ["", "e", "engl", "é", "12", "-fr", "français"] {
            let error = given.parse::<Lang>().unwrap_err().to_string();
            assert_eq!(
                error,
                format!("`{given}` is not a language code, expected one such as `en` or `deu`"),
            );
        }
    }

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(NAMES.windows(2).all(|w| w[0].0 < w[1].0));
    }
}
