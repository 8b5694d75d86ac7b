//! [`Pair`]: two languages, as in `en-fr`.

use std::fmt;
use std::str::FromStr;

use triglyph::Lang;

/// Two different languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pair(pub(crate) [Lang; 2]);

impl Pair {
    /// Whether these are its languages, in any order.
    pub(super) fn is(self, x: Lang, y: Lang) -> bool {
        self.0 == [x, y] || self.0 == [y, x]
    }

    /// The other language than this, if it is one of them.
    pub(super) fn other(self, lang: Lang) -> Option<Lang> {
        let Self([first, second]) = self;
        match lang {
            _ if lang == first => Some(second),
            _ if lang == second => Some(first),
            _ => None,
        }
    }
}

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((first, second)) = text.split_once('-') else {
            return Err("expected two languages, such as en-fr".into());
        };
        let lang = |code: &str| code.parse().map_err(|e: triglyph::Error| e.to_string());
        let pair = [lang(first)?, lang(second)?];
        match pair {
            [first, second] if first == second => {
                Err("expected two different languages, such as en-fr".into())
            }
            _ => Ok(Self(pair)),
        }
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([first, second]) = self;
        write!(f, "{first}-{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs() {
        let pair: Pair = "ENG-pt_BR".parse().unwrap();
        assert_eq!(pair.to_string(), "en-pt");
        for (text, expected) in [
            ("", "expected two languages, such as en-fr"),
            ("en", "expected two languages, such as en-fr"),
            (
                "en-",
                "`` is not a language code, expected one such as `en` or `deu`",
            ),
            (
                "klingon-en",
                "`klingon` is not a language code, expected one such as `en` or `deu`",
            ),
            ("en-eng", "expected two different languages, such as en-fr"),
        ] {
            assert_eq!(text.parse::<Pair>().unwrap_err(), expected, "{text}");
        }
    }
}
