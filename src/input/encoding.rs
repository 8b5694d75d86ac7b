//! [`Encoding`]: from the bytes of a file to its text.
//!
//! What the bytes say of themselves is believed in this order: a byte order mark; that they are valid
//! UTF-8; zeros in every other place, which only UTF-16 has; a declaration in the head of a page or of
//! XML; and at last what chardetng, the detector of Firefox, takes them for. Bytes that are UTF-8 but
//! for a few are not taken for anything else: they are an error, as nobody can say what was meant.

use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::str::FromStr;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::Source;
use crate::error::{Error, ErrorKind};

/// The byte order mark in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A character encoding of the Encoding Standard (WHATWG), by any of its labels.
///
/// # Examples
///
/// ```
/// use triglyph::Encoding;
///
/// let encoding: Encoding = "latin1".parse()?;
/// assert_eq!(encoding.name(), "windows-1252");
/// assert!("latin-99".parse::<Encoding>().is_err());
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The name of the encoding in the standard.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.name()
    }

    /// Reads a stream as UTF-8: decoded from the encoding told, or from the one that its head says it
    /// is in by a byte order mark, the zeros of UTF-16 or a declaration of XML; as it is otherwise. A
    /// byte order mark is left out, and what stands for nothing is U+FFFD.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::Read;
    /// use triglyph::Encoding;
    ///
    /// let bytes = b"<?xml version='1.0' encoding='iso-8859-1'?>\n<p>caf\xe9</p>";
    /// let mut text = String::new();
    /// Encoding::reader(&bytes[..], None)?.read_to_string(&mut text)?;
    /// assert!(text.ends_with("<p>café</p>"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn reader<'a>(
        mut bytes: impl BufRead + 'a,
        told: Option<Self>,
    ) -> io::Result<Box<dyn BufRead + 'a>> {
        let head = bytes.fill_buf()?;
        let found = || marked(head).or_else(|| label(head)?.parse().ok());
        match told.or_else(found) {
            Some(Self(encoding)) if encoding != UTF_8 => {
                let decoded = DecodeReaderBytesBuilder::new()
                    .encoding(Some(encoding))
                    .bom_override(true)
                    .build(bytes);
                Ok(Box::new(BufReader::new(decoded)))
            }
            _ => {
                if head.starts_with(MARK) {
                    bytes.consume(MARK.len());
                }
                Ok(Box::new(bytes))
            }
        }
    }

    /// The text that bytes stand for; none where some stand for nothing.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        let bytes = match self.0 {
            encoding if encoding == UTF_16LE => bytes.strip_prefix(b"\xff\xfe"),
            encoding if encoding == UTF_16BE => bytes.strip_prefix(b"\xfe\xff"),
            _ => None,
        }
        .unwrap_or(bytes);
        let text = self
            .0
            .decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }
}

impl FromStr for Encoding {
    type Err = Error;

    /// Finds an encoding by a label of the standard, in any case: `latin1`, `utf-16le`.
    fn from_str(label: &str) -> Result<Self, Error> {
        let found = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        found.map(Self).ok_or_else(|| {
            let label = label.to_owned();
            ErrorKind::EncodingLabel { label }.into()
        })
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Source {
    /// Takes the bytes of a file in the encoding told, or in the one that it seems to be in.
    /// [`Source::encoding`] says which that was.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotInEncoding`] for bytes that stand for nothing in the encoding told;
    /// [`ErrorKind::InvalidUtf8`] where they are in none that can be told, [`ErrorKind::Binary`] where
    /// they are no text.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Segmenter, Source};
    ///
    /// let bytes = b"Le mus\xe9e est ferm\xe9 \xe0 No\xebl.".to_vec();
    /// let source = Source::decode("fr.txt", bytes, None)?;
    /// assert_eq!(source.encoding(), Some("windows-1252"));
    /// let version = Segmenter::new().version(source)?;
    /// assert_eq!(version.text(), "Le musée est fermé à Noël.");
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn decode(
        name: impl Into<String>,
        bytes: Vec<u8>,
        told: Option<Encoding>,
    ) -> Result<Self, Error> {
        let version = name.into();
        let Some(encoding) = told.or_else(|| declared(&bytes)) else {
            let bytes = match std::str::from_utf8(&bytes) {
                Err(_) => bytes,
                Ok(_) => return Self::from_bytes(version, bytes),
            };
            return match detected(&bytes) {
                Some((encoding, text)) => Ok(Self::new(text).name(version).in_encoding(encoding)),
                None => Self::from_bytes(version, bytes),
            };
        };
        match encoding.decode(&bytes) {
            Some(text) => Ok(Self::new(text).name(version).in_encoding(encoding)),
            // What a page says of itself may be wrong; a mark and zeros are not there by chance.
            None if told.is_none() && marked(&bytes).is_none() => Self::from_bytes(version, bytes),
            None => {
                let encoding = encoding.name();
                Err(ErrorKind::NotInEncoding { version, encoding }.into())
            }
        }
    }

    /// The encoding that the text was decoded from, where it was another than UTF-8.
    #[must_use]
    pub fn encoding(&self) -> Option<&str> {
        self.origin.encoding.as_deref()
    }

    fn in_encoding(mut self, encoding: Encoding) -> Self {
        let other = encoding.0 != UTF_8;
        self.origin.encoding = other.then(|| encoding.name().to_owned());
        self
    }
}

/// The encoding that bytes say they are in: by a byte order mark, by the zeros of UTF-16, or, where
/// they are not UTF-8, in the head of a page.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    match marked(bytes) {
        // UTF-8 stays as it is, its mark included.
        Some(Encoding(encoding)) if encoding == UTF_8 => None,
        None if std::str::from_utf8(bytes).is_ok() => None,
        marked => marked.or_else(|| label(bytes)?.parse().ok()),
    }
}

/// The encoding that a byte order mark or the zeros of UTF-16 tell.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    // UTF-32 begins like UTF-16 and a zero. It is none of the encodings of the standard.
    if bytes.starts_with(b"\xff\xfe\0\0") {
        return None;
    }
    let mark = encoding_rs::Encoding::for_bom(bytes);
    mark.map(|(encoding, _)| Encoding(encoding))
        .or_else(|| utf_16(bytes))
}

/// UTF-16 without a byte order mark: a good part of the characters have a zero byte, and all zeros are
/// on the same side.
fn utf_16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|&&b| b == 0)
            .count()
    };
    let enough = head.len() / 8;
    match [zeros(0), zeros(1)] {
        [0, high] if high > enough => Some(Encoding(UTF_16LE)),
        [high, 0] if high > enough => Some(Encoding(UTF_16BE)),
        _ => None,
    }
}

/// What stands behind `charset=` or `encoding=` in the head of a page or of XML.
fn label(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let is_markup = head.trim_ascii_start().starts_with(b"<");
    let find = |name: &[u8]| {
        let at = head.windows(name.len()).position(|window| window == name)?;
        let rest = head[at + name.len()..]
            .trim_ascii_start()
            .strip_prefix(b"=")?;
        let rest = rest.trim_ascii_start();
        let rest = rest
            .strip_prefix(b"\"")
            .or(rest.strip_prefix(b"'"))
            .unwrap_or(rest);
        let is_label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':');
        let end = rest.iter().position(|b| !is_label(b)).unwrap_or(rest.len());
        String::from_utf8(rest[..end].to_vec()).ok()
    };
    is_markup
        .then(|| find(b"charset").or_else(|| find(b"encoding")))
        .flatten()
}

/// The encoding that bytes seem to be in, and their text in it; none for what is UTF-8 but for a few
/// bytes, and for what has control characters that no text has.
fn detected(bytes: &[u8]) -> Option<(Encoding, String)> {
    let is_control = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31);
    if bytes.starts_with(MARK) || bytes.iter().any(is_control) {
        return None;
    }
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    if valid > invalid {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = Encoding(detector.guess(None, Utf8Detection::Deny));
    Some((encoding, encoding.decode(bytes)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn what_bytes_are_taken_for() {
        let text = "Größe: 12 °C, „schön“ – Übung\n";
        let page = b"<html><head><meta charset=iso-8859-2></head><body>\xb3\xf3d\xbc</body>";
        for (name, bytes, encoding, expected) in [
            ("ascii", b"plain".to_vec(), None, "plain"),
            ("utf-8", text.into(), None, text),
            (
                "with a mark",
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                None,
                text,
            ),
            (
                "utf-16le with a mark",
                utf_16(&format!("\u{feff}{text}"), u16::to_le_bytes),
                Some("UTF-16LE"),
                text,
            ),
            (
                "utf-16be with a mark",
                utf_16(&format!("\u{feff}{text}"), u16::to_be_bytes),
                Some("UTF-16BE"),
                text,
            ),
            (
                "utf-16le",
                utf_16(text, u16::to_le_bytes),
                Some("UTF-16LE"),
                text,
            ),
            (
                "utf-16be",
                utf_16(text, u16::to_be_bytes),
                Some("UTF-16BE"),
                text,
            ),
            (
                "windows-1252",
                b"Gr\xf6\xdfe: \x8414 \xb0C\x93, sch\xf6ne \xdcbung f\xfcr M\xe4dchen".to_vec(),
                Some("windows-1252"),
                "Größe: „14 °C“, schöne Übung für Mädchen",
            ),
            (
                "cyrillic",
                "Москва - столица России, крупнейший город"
                    .chars()
                    .map(|c| match u32::from(c) {
                        c @ 0x410..=0x44f => u8::try_from(c - 0x410 + 0xc0).unwrap(),
                        c => u8::try_from(c).unwrap(),
                    })
                    .collect(),
                Some("windows-1251"),
                "Москва - столица России, крупнейший город",
            ),
            (
                "a page that says so",
                page.to_vec(),
                Some("ISO-8859-2"),
                "<html><head><meta charset=iso-8859-2></head><body>łódź</body>",
            ),
        ] {
            let source = Source::decode("a.txt", bytes, None).unwrap();
            assert_eq!(source.encoding(), encoding, "{name}");
            assert_eq!(
                source.text.trim_start_matches('\u{feff}'),
                expected,
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_refused() {
        let told: Encoding = "utf-8".parse().unwrap();
        for (name, bytes, told, expected) in [
            (
                "utf-8 but for a byte",
                [text_of("größer als schön").as_slice(), b"\xff"].concat(),
                None,
                "a.txt: invalid UTF-8 at byte 19; convert the file to UTF-8 (for example with iconv)",
            ),
            (
                "a picture",
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
                None,
                "a.txt: binary data (a NUL at byte 8), expected text in UTF-8",
            ),
            (
                "told wrongly",
                b"caf\xe9".to_vec(),
                Some(told),
                "a.txt: the bytes are not all UTF-8; tell another encoding, or none to have it detected",
            ),
            (
                "half a character",
                b"\xff\xfea".to_vec(),
                None,
                "a.txt: the bytes are not all UTF-16LE; tell another encoding, or none to have it detected",
            ),
            (
                "utf-32",
                b"\xff\xfe\0\0a\0\0\0".to_vec(),
                None,
                "a.txt: binary data (a NUL at byte 2), expected text in UTF-8",
            ),
        ] {
            let error = Source::decode("a.txt", bytes, told).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
    }

    fn text_of(text: &str) -> Vec<u8> {
        text.into()
    }
}
