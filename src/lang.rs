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

/// Shortest code, three-letter code and English name: ISO 639-1 and 639-3 of all languages that have
/// a code of two letters; Persian and Chinese by the codes of the detector, `pes` and `cmn`.
const NAMES: &[(&str, &str, &str)] = &[
    ("aa", "aar", "Afar"),
    ("ab", "abk", "Abkhazian"),
    ("ae", "ave", "Avestan"),
    ("af", "afr", "Afrikaans"),
    ("ak", "aka", "Akan"),
    ("am", "amh", "Amharic"),
    ("an", "arg", "Aragonese"),
    ("ar", "ara", "Arabic"),
    ("as", "asm", "Assamese"),
    ("av", "ava", "Avaric"),
    ("ay", "aym", "Aymara"),
    ("az", "aze", "Azerbaijani"),
    ("ba", "bak", "Bashkir"),
    ("be", "bel", "Belarusian"),
    ("bg", "bul", "Bulgarian"),
    ("bi", "bis", "Bislama"),
    ("bm", "bam", "Bambara"),
    ("bn", "ben", "Bengali"),
    ("bo", "bod", "Tibetan"),
    ("br", "bre", "Breton"),
    ("bs", "bos", "Bosnian"),
    ("ca", "cat", "Catalan"),
    ("ce", "che", "Chechen"),
    ("ch", "cha", "Chamorro"),
    ("co", "cos", "Corsican"),
    ("cr", "cre", "Cree"),
    ("cs", "ces", "Czech"),
    ("cu", "chu", "Church Slavonic"),
    ("cv", "chv", "Chuvash"),
    ("cy", "cym", "Welsh"),
    ("da", "dan", "Danish"),
    ("de", "deu", "German"),
    ("dv", "div", "Divehi"),
    ("dz", "dzo", "Dzongkha"),
    ("ee", "ewe", "Ewe"),
    ("el", "ell", "Greek"),
    ("en", "eng", "English"),
    ("eo", "epo", "Esperanto"),
    ("es", "spa", "Spanish"),
    ("et", "est", "Estonian"),
    ("eu", "eus", "Basque"),
    ("fa", "pes", "Persian"),
    ("ff", "ful", "Fulah"),
    ("fi", "fin", "Finnish"),
    ("fj", "fij", "Fijian"),
    ("fo", "fao", "Faroese"),
    ("fr", "fra", "French"),
    ("fy", "fry", "Western Frisian"),
    ("ga", "gle", "Irish"),
    ("gd", "gla", "Scottish Gaelic"),
    ("gl", "glg", "Galician"),
    ("gn", "grn", "Guarani"),
    ("gu", "guj", "Gujarati"),
    ("gv", "glv", "Manx"),
    ("ha", "hau", "Hausa"),
    ("he", "heb", "Hebrew"),
    ("hi", "hin", "Hindi"),
    ("ho", "hmo", "Hiri Motu"),
    ("hr", "hrv", "Croatian"),
    ("ht", "hat", "Haitian"),
    ("hu", "hun", "Hungarian"),
    ("hy", "hye", "Armenian"),
    ("hz", "her", "Herero"),
    ("ia", "ina", "Interlingua"),
    ("id", "ind", "Indonesian"),
    ("ie", "ile", "Interlingue"),
    ("ig", "ibo", "Igbo"),
    ("ii", "iii", "Sichuan Yi"),
    ("ik", "ipk", "Inupiaq"),
    ("io", "ido", "Ido"),
    ("is", "isl", "Icelandic"),
    ("it", "ita", "Italian"),
    ("iu", "iku", "Inuktitut"),
    ("ja", "jpn", "Japanese"),
    ("jv", "jav", "Javanese"),
    ("ka", "kat", "Georgian"),
    ("kg", "kon", "Kongo"),
    ("ki", "kik", "Kikuyu"),
    ("kj", "kua", "Kuanyama"),
    ("kk", "kaz", "Kazakh"),
    ("kl", "kal", "Greenlandic"),
    ("km", "khm", "Khmer"),
    ("kn", "kan", "Kannada"),
    ("ko", "kor", "Korean"),
    ("kr", "kau", "Kanuri"),
    ("ks", "kas", "Kashmiri"),
    ("ku", "kur", "Kurdish"),
    ("kv", "kom", "Komi"),
    ("kw", "cor", "Cornish"),
    ("ky", "kir", "Kyrgyz"),
    ("la", "lat", "Latin"),
    ("lb", "ltz", "Luxembourgish"),
    ("lg", "lug", "Ganda"),
    ("li", "lim", "Limburgish"),
    ("ln", "lin", "Lingala"),
    ("lo", "lao", "Lao"),
    ("lt", "lit", "Lithuanian"),
    ("lu", "lub", "Luba-Katanga"),
    ("lv", "lav", "Latvian"),
    ("mg", "mlg", "Malagasy"),
    ("mh", "mah", "Marshallese"),
    ("mi", "mri", "Maori"),
    ("mk", "mkd", "Macedonian"),
    ("ml", "mal", "Malayalam"),
    ("mn", "mon", "Mongolian"),
    ("mr", "mar", "Marathi"),
    ("ms", "msa", "Malay"),
    ("mt", "mlt", "Maltese"),
    ("my", "mya", "Burmese"),
    ("na", "nau", "Nauru"),
    ("nb", "nob", "Norwegian"),
    ("nd", "nde", "North Ndebele"),
    ("ne", "nep", "Nepali"),
    ("ng", "ndo", "Ndonga"),
    ("nl", "nld", "Dutch"),
    ("nn", "nno", "Norwegian Nynorsk"),
    ("no", "nor", "Norwegian"),
    ("nr", "nbl", "South Ndebele"),
    ("nv", "nav", "Navajo"),
    ("ny", "nya", "Chichewa"),
    ("oc", "oci", "Occitan"),
    ("oj", "oji", "Ojibwa"),
    ("om", "orm", "Oromo"),
    ("or", "ori", "Oriya"),
    ("os", "oss", "Ossetian"),
    ("pa", "pan", "Punjabi"),
    ("pi", "pli", "Pali"),
    ("pl", "pol", "Polish"),
    ("ps", "pus", "Pashto"),
    ("pt", "por", "Portuguese"),
    ("qu", "que", "Quechua"),
    ("rm", "roh", "Romansh"),
    ("rn", "run", "Rundi"),
    ("ro", "ron", "Romanian"),
    ("ru", "rus", "Russian"),
    ("rw", "kin", "Kinyarwanda"),
    ("sa", "san", "Sanskrit"),
    ("sc", "srd", "Sardinian"),
    ("sd", "snd", "Sindhi"),
    ("se", "sme", "Northern Sami"),
    ("sg", "sag", "Sango"),
    ("si", "sin", "Sinhala"),
    ("sk", "slk", "Slovak"),
    ("sl", "slv", "Slovene"),
    ("sm", "smo", "Samoan"),
    ("sn", "sna", "Shona"),
    ("so", "som", "Somali"),
    ("sq", "sqi", "Albanian"),
    ("sr", "srp", "Serbian"),
    ("ss", "ssw", "Swati"),
    ("st", "sot", "Southern Sotho"),
    ("su", "sun", "Sundanese"),
    ("sv", "swe", "Swedish"),
    ("sw", "swa", "Swahili"),
    ("ta", "tam", "Tamil"),
    ("te", "tel", "Telugu"),
    ("tg", "tgk", "Tajik"),
    ("th", "tha", "Thai"),
    ("ti", "tir", "Tigrinya"),
    ("tk", "tuk", "Turkmen"),
    ("tl", "tgl", "Tagalog"),
    ("tn", "tsn", "Tswana"),
    ("to", "ton", "Tongan"),
    ("tr", "tur", "Turkish"),
    ("ts", "tso", "Tsonga"),
    ("tt", "tat", "Tatar"),
    ("tw", "twi", "Twi"),
    ("ty", "tah", "Tahitian"),
    ("ug", "uig", "Uyghur"),
    ("uk", "ukr", "Ukrainian"),
    ("und", "und", "undetermined"),
    ("ur", "urd", "Urdu"),
    ("uz", "uzb", "Uzbek"),
    ("ve", "ven", "Venda"),
    ("vi", "vie", "Vietnamese"),
    ("vo", "vol", "Volapük"),
    ("wa", "wln", "Walloon"),
    ("wo", "wol", "Wolof"),
    ("xh", "xho", "Xhosa"),
    ("yi", "yid", "Yiddish"),
    ("yo", "yor", "Yoruba"),
    ("za", "zha", "Zhuang"),
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
