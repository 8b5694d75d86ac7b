//! Tab-separated values: a header, then one row a bead.
//!
//! | column | holds |
//! |---|---|
//! | `score` | the score of the bead, 0..1, with four decimals |
//! | `shape` | segments per version, `1:2:0` |
//! | `flags` | those of `moved`, `conflict` and `confirmed` that hold, a comma between them |
//! | one a version, named by its [label](super::labels) | its text in the bead, several segments joined by a space; nothing where it has none |
//!
//! A [`Writer`] takes many articles; [`Writer::named`] adds a last column `article`, the name of each.
//! The versions are those of the first, and a field is empty where an article has no such version.
//!
//! Every run of white space in a text is one space, so that neither tab nor line end stands in a
//! field; nothing is quoted or escaped, and a quotation mark is a character like any other.
//!
//! A table has no room for languages of paragraphs, kinds, marks and offsets; a field of several
//! segments does not say where one ends.

use std::io;

use super::columns::Columns;
use super::{FourDecimals, Loss, Losses};
use crate::alignment::{Alignment, Bead, BeadOf};
use crate::article::{Article, fold_white_space};
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes the header and the beads of an aligned article, in order; `article` is the one that
/// was aligned.
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
/// let article = Article::detect(["The cat\nsleeps.", "Die Katze schläft."])?;
/// let mut out = Vec::new();
/// format::tsv::write(&mut out, &article, &Aligner::new().align(&article)).unwrap();
/// assert!(out.starts_with(b"score\tshape\tflags\ten\tde\n"));
/// # Ok::<(), triglyph::Error>(())
/// ```
pub fn write(out: impl io::Write, article: &Article, alignment: &Alignment) -> io::Result<()> {
    let mut writer = Writer::new(out);
    super::Writer::write(&mut writer, "", article, alignment).map_err(Error::into_io)
}

/// Writes the beads of many articles as one table.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    columns: Columns,
    named: bool,
    losses: Losses,
}

impl<W: io::Write> Writer<W> {
    /// A writer to `out`.
    pub fn new(out: W) -> Self {
        Self {
            out,
            columns: Columns::default(),
            named: false,
            losses: Losses::default(),
        }
    }

    /// Adds a last column with the name of the article.
    #[must_use]
    pub const fn named(mut self) -> Self {
        self.named = true;
        self
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
}

impl<W: io::Write> super::Writer for Writer<W> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let (places, first) = self.columns.place(id, article)?;
        if first {
            let labels = self.columns.labels().join("\t");
            let name = if self.named { "\tarticle" } else { "" };
            writeln!(self.out, "score\tshape\tflags\t{labels}{name}")?;
        }
        let id = fold_white_space(id);
        for bead in alignment.beads(article) {
            row(&mut self.out, &bead, &places, &mut self.losses)?;
            if self.named {
                write!(self.out, "\t{id}")?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.out.flush()?;
        Ok(self.losses.clone())
    }
}

/// Writes the fields of a bead, with the texts of these versions, without the end of the line.
fn row(
    out: &mut impl io::Write,
    bead: &BeadOf<'_>,
    places: &[Option<usize>],
    losses: &mut Losses,
) -> io::Result<()> {
    let (score, shape) = (FourDecimals(bead.score()), shape(bead, places));
    write!(out, "{score}\t{shape}\t{}", flags(bead))?;
    for place in places {
        out.write_all(b"\t")?;
        let texts = place.iter().flat_map(|&version| bead.segments_of(version));
        for (i, text) in texts.enumerate() {
            if i > 0 {
                out.write_all(b" ")?;
            }
            let folded = fold_white_space(text);
            losses.add(
                Loss::WhiteSpace,
                usize::from(folded.len() < text.len() || *folded != *text),
            );
            out.write_all(folded.as_bytes())?;
        }
    }
    Ok(())
}

/// The number of a bead's segments in these versions, `1:2:0`.
pub(super) fn shape(bead: &Bead, places: &[Option<usize>]) -> String {
    let count = |place: &Option<usize>| place.map_or(0, |version| bead.segments()[version].len());
    let counts: Vec<String> = places
        .iter()
        .map(|place| count(place).to_string())
        .collect();
    counts.join(":")
}

/// The flags of a bead, a comma between them.
pub(super) fn flags(bead: &Bead) -> String {
    bead.flags().collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;
    use crate::article::Unit;

    #[test]
    fn exact_table() {
        let (article, alignment) = example(Unit::Paragraph);
        let mut out = Vec::new();
        write(&mut out, &article, &alignment).unwrap();
        let expected = "\
            score\tshape\tflags\ten\tfr-2\tfr-3\n\
            1.0000\t1:2:1\tconflict\tA & B < C > \"D\" « E » F G\u{fffe} \\H\tUn deux\tUn deux\n\
            0.2500\t0:1:1\tmoved\t\tBuy now\tTrois\n\
            0.1235\t1:0:0\t\tAlone\t\t\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
