//! Tab-separated values: a header, then one row a bead.
//!
//! | column | holds |
//! |---|---|
//! | `score` | the score of the bead, 0..1, with four decimals |
//! | `shape` | segments per version, `1:2:0` |
//! | `flags` | `moved`, `conflict`, both with a comma between them, or nothing |
//! | one a version, named by its [label](super::labels) | its text in the bead, several segments joined by a space; nothing where it has none |
//!
//! Every run of white space in a text is one space, so that neither tab nor line end stands in a
//! field; nothing is quoted or escaped, and a quotation mark is a character like any other.

use std::io;

use super::labels;
use crate::alignment::{Alignment, Bead};
use crate::article::Article;

/// Writes the header and the beads of an aligned article, in order; `article` is the one that
/// was aligned.
///
/// # Errors
///
/// Those of the writer.
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
pub fn write(mut out: impl io::Write, article: &Article, alignment: &Alignment) -> io::Result<()> {
    writeln!(out, "score\tshape\tflags\t{}", labels(article).join("\t"))?;
    for bead in alignment.beads(article) {
        let (score, shape, flags) = (bead.score(), bead.shape(), flags(&bead));
        let texts = bead.texts().join("\t");
        writeln!(out, "{score:.4}\t{shape}\t{flags}\t{texts}")?;
    }
    Ok(())
}

fn flags(bead: &Bead) -> &'static str {
    match (bead.moved(), bead.conflict()) {
        (false, false) => "",
        (true, false) => "moved",
        (false, true) => "conflict",
        (true, true) => "moved,conflict",
    }
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
