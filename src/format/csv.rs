//! Comma-separated values for spreadsheets.
//!
//! | column | holds |
//! |---|---|
//! | `article` | the name of the article |
//! | `bead` | the number of the bead in its article, from 1 |
//! | `score`, `shape`, `flags` | as in [TSV](super::tsv) |
//! | one a version, named by its [label](super::labels) | its text in the bead, a line for each segment |
//!
//! The file begins with a byte order mark, by which spreadsheets know UTF-8; records end with `\r\n`
//! and fields are quoted where they must be (RFC 4180). A field that a spreadsheet would take for a
//! formula, because it begins with `=`, `+`, `-`, `@` or their wide forms, has an apostrophe put
//! before it; each is counted as a loss. So is a line break within a segment, which becomes a space.
//! The versions are those of the first article. Null and moved beads are rows like any other. There is
//! no reader: a spreadsheet keeps too little of what was written.

use std::io;

use super::columns::Columns;
use super::line::write_cell;
use super::tsv::{flags, shape};
use super::{FourDecimals, Loss, Losses};
use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::{Error, ErrorKind};
use crate::lang::LangStyle;

/// Writes tables for spreadsheets.
///
/// # Examples
///
/// ```
/// use triglyph::format::{Writer, csv};
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["The cat, asleep.", "=1+1 Katze, schlafend."])?;
/// let mut out = Vec::new();
/// let mut writer = csv::Writer::new(&mut out);
/// writer.write("cat", &article, &Aligner::new().align(&article))?;
/// assert_eq!(writer.finish()?.told().next().as_deref(), Some("1 field marked as no formula"));
/// drop(writer);
/// let table = String::from_utf8(out).unwrap();
/// assert!(table.starts_with("\u{feff}article,bead,score,shape,flags,en,de\r\n"));
/// assert!(table.contains(",\"The cat, asleep.\",\"'=1+1 Katze, schlafend.\"\r\n"));
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Debug)]
pub struct Writer<W: io::Write> {
    out: ::csv::Writer<W>,
    columns: Columns,
    field: Vec<u8>,
    losses: Losses,
}

impl<W: io::Write> Writer<W> {
    /// A writer to `out`.
    pub fn new(out: W) -> Self {
        let mut builder = ::csv::WriterBuilder::new();
        builder.terminator(::csv::Terminator::CRLF);
        Self {
            out: builder.from_writer(out),
            columns: Columns::default(),
            field: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// Sets the labels of the versions that have columns, where the first article may not have all.
    #[must_use]
    pub fn columns(mut self, labels: Vec<String>) -> Self {
        self.columns.set_labels(labels);
        self
    }

    /// Sets how the columns name languages.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.columns.set_style(style);
        self
    }

    /// Writes what `fill` puts into a field.
    fn field(
        &mut self,
        fill: impl FnOnce(&mut Vec<u8>, &mut Losses) -> io::Result<()>,
    ) -> Result<(), Error> {
        self.field.clear();
        fill(&mut self.field, &mut self.losses)?;
        let text = String::from_utf8_lossy(&self.field);
        if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
            self.losses.add(Loss::Formula, 1);
            self.field.insert(0, b'\'');
        }
        self.out.write_field(&self.field).map_err(write_error)
    }

    fn end_record(&mut self) -> Result<(), Error> {
        self.out.write_record(None::<&[u8]>).map_err(write_error)
    }
}

impl<W: io::Write> super::Writer for Writer<W> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let (places, first) = self.columns.place(id, article)?;
        if first {
            let header = ["\u{feff}article", "bead", "score", "shape", "flags"];
            for name in header {
                self.out.write_field(name).map_err(write_error)?;
            }
            for label in self.columns.labels() {
                self.out.write_field(label).map_err(write_error)?;
            }
            self.end_record()?;
        }
        for (number, bead) in (1..).zip(alignment.beads(article)) {
            self.field(|field, losses| super::line::write_text(field, id, losses))?;
            let told = [
                number.to_string(),
                FourDecimals(bead.score()).to_string(),
                shape(&bead, &places),
                flags(&bead).to_owned(),
            ];
            for field in told {
                self.out.write_field(field).map_err(write_error)?;
            }
            for place in &places {
                self.field(|field, losses| match *place {
                    Some(version) => write_cell(field, &bead, version, "\n", losses),
                    None => Ok(()),
                })?;
            }
            self.end_record()?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.out.flush()?;
        Ok(self.losses.clone())
    }
}

/// What went wrong with a table: its writer fails, or nothing does.
fn write_error(error: ::csv::Error) -> Error {
    let source = io::Error::from(error);
    ErrorKind::Write { source }.into()
}
