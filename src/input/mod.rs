//! [`Source`]: one version of an article as it comes in.

use crate::article::{Origin, Unit};
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

#[cfg(feature = "encodings")]
mod encoding;

#[cfg(feature = "encodings")]
pub use encoding::Encoding;

/// One version of an article as it comes in: a text, and what the caller knows of it.
///
/// Strings convert into a source of which nothing is known.
///
/// # Examples
///
/// ```
/// use triglyph::{Article, Lang, Source};
///
/// let article = Article::detect([
///     Source::new("Good morning.").name("en.txt"),
///     Source::new("Guten Morgen.").name("de.txt").lang(Lang::DE),
/// ])?;
/// assert_eq!(article.versions()[1].name(), "de.txt");
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub(crate) name: Option<String>,
    pub(crate) text: String,
    pub(crate) lang: Option<Lang>,
    pub(crate) lines: Option<Unit>,
    pub(crate) origin: Box<Origin>,
}

impl Source {
    /// Takes a plain text of unknown language and layout.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            name: None,
            text: text.into(),
            lang: None,
            lines: None,
            origin: Box::default(),
        }
    }

    /// Takes the bytes of a file, which must be UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidUtf8`] or, where the bytes hold a NUL, [`ErrorKind::Binary`]; both
    /// name the file and the offset.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        let version = name.into();
        if let Some(offset) = bytes.iter().position(|&b| b == 0) {
            return Err(ErrorKind::Binary { version, offset }.into());
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text).name(version)),
            Err(e) => {
                let offset = e.utf8_error().valid_up_to();
                Err(ErrorKind::InvalidUtf8 { version, offset }.into())
            }
        }
    }

    /// Names the version; otherwise it is called by its number among the versions, from 1.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Tells the language, which is then not detected.
    #[must_use]
    pub const fn lang(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// Tells where the version was found.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.origin.url = Some(url.into());
        self
    }

    /// Tells the terms that the version is under.
    #[must_use]
    pub fn licence(mut self, licence: impl Into<String>) -> Self {
        self.origin.licence = Some(licence.into());
        self
    }

    /// Tells that every line that is not blank is one segment: a paragraph, which is then split
    /// into sentences, or a sentence, which is not.
    ///
    /// Lines end with `\n`, `\r\n` or `\r`.
    #[must_use]
    pub const fn lines(mut self, unit: Unit) -> Self {
        self.lines = Some(unit);
        self
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Source {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text() {
        let cases: [(&str, &[u8], &str); 3] = [
            (
                "latin-1",
                b"caf\xe9",
                "a.txt: invalid UTF-8 at byte 3; convert the file to UTF-8 (for example with iconv)",
            ),
            (
                "utf-16",
                b"\xff\xfeh\0i\0",
                "a.txt: binary data (a NUL at byte 3), expected text in UTF-8",
            ),
            (
                "zeros",
                b"\0\0",
                "a.txt: binary data (a NUL at byte 0), expected text in UTF-8",
            ),
        ];
        for (name, bytes, expected) in cases {
            let error = Source::from_bytes("a.txt", bytes.to_vec()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
    }
}
