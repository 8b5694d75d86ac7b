//! Writing records as lines.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::{Record, SCHEMA, VersionRecord};
use crate::alignment::Alignment;
use crate::article::{Article, Unit, Version};
use crate::error::Error;
use crate::format::{self, Losses};

/// Writes aligned articles as lines, as [`write()`] does.
///
/// Everything is held: nothing is lost.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
}

impl<W: io::Write> Writer<W> {
    /// A writer to `out`.
    pub const fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: io::Write> format::Writer for Writer<W> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        Ok(write_record(
            &mut self.out,
            &Record::new(id, article, alignment),
        )?)
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.out.flush()?;
        Ok(Losses::default())
    }
}

/// Writes the [`Record`] of an aligned article as one line.
///
/// Within the line stands no character that any reader takes for the end of a line: U+0085,
/// U+2028 and U+2029 are written as escapes.
///
/// # Errors
///
/// Those of the writer, and an alignment of another article.
///
/// # Examples
///
/// ```
/// use triglyph::{Aligner, Article, format};
///
/// let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
/// let mut out = Vec::new();
/// format::jsonl::write(&mut out, "cat", &article, &Aligner::new().align(&article)).unwrap();
/// assert!(out.starts_with(br#"{"schema":"triglyph/1","id":"cat","unit":"paragraph","#));
/// assert!(out.ends_with(b"}\n"));
/// # Ok::<(), triglyph::Error>(())
/// ```
pub fn write(
    out: impl io::Write,
    id: &str,
    article: &Article,
    alignment: &Alignment,
) -> io::Result<()> {
    let mut writer = Writer::new(out);
    format::Writer::write(&mut writer, id, article, alignment).map_err(Error::into_io)
}

/// Writes a [`Record`] as one line, as [`write()`] does.
///
/// # Errors
///
/// Those of the writer.
pub fn write_record(out: impl io::Write, record: &Record<'_>) -> io::Result<()> {
    line(out, record)
}

/// Writes the record of an article that failed, and why, as one line.
///
/// # Errors
///
/// Those of the writer.
///
/// # Examples
///
/// ```
/// let mut out = Vec::new();
/// triglyph::format::jsonl::write_failed(&mut out, "cat", "no text").unwrap();
/// assert_eq!(out, b"{\"schema\":\"triglyph/1\",\"id\":\"cat\",\"error\":\"no text\"}\n");
/// ```
pub fn write_failed(out: impl io::Write, id: &str, reason: &str) -> io::Result<()> {
    #[derive(Serialize)]
    struct Failed<'a> {
        schema: &'a str,
        id: &'a str,
        error: &'a str,
    }
    let (schema, error) = (SCHEMA, reason);
    line(out, &Failed { schema, id, error })
}

/// Writes the [`VersionRecord`] of a version as one line, as [`write()`] does.
///
/// # Errors
///
/// Those of the writer.
pub fn write_version(out: impl io::Write, version: &Version, unit: Unit) -> io::Result<()> {
    line(out, &VersionRecord::new(version, unit))
}

fn line(mut out: impl io::Write, record: &impl Serialize) -> io::Result<()> {
    record.serialize(&mut Serializer::with_formatter(&mut out, OneLine))?;
    out.write_all(b"\n")
}

/// Compact JSON in which the line ends of Unicode are escaped, as JSON itself demands for
/// those of ASCII.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for piece in fragment.split_inclusive(['\u{85}', '\u{2028}', '\u{2029}']) {
            let end = piece.char_indices().next_back();
            match end {
                Some((at, c @ ('\u{85}' | '\u{2028}' | '\u{2029}'))) => {
                    write!(out, "{}\\u{:04x}", &piece[..at], u32::from(c))?;
                }
                _ => out.write_all(piece.as_bytes())?,
            }
        }
        Ok(())
    }
}
