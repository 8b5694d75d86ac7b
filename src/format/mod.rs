//! Alignments as files: one module a format.
//!
//! | format | an aligned article is | feature | read |
//! |---|---|---|---|
//! | `jsonl` | a line, a JSON object of the schema `triglyph/1` | `json` | yes |
//! | `tmx` | a `tu` a bead, with a `tuv` a version | `formats` | yes |
//! | [`tsv`], `csv` | a row a bead | none, `formats` | no |
//! | `parquet` | a row a bead, a list column a version | `parquet` | no |
//! | `xliff` | a `file` for each pair of versions | `formats` | no |
//! | `xces`, `intertext` | links for each pair of versions, and a document a version | `formats` | yes |
//! | [`moses`] | a line a bead in a file a version | none | yes |
//! | [`ladder`], [`vecalign`] | lists of line numbers for each pair of versions, and the lines | none | yes |
//!
//! A [`Writer`] takes articles one by one, and says at the end what its format could not hold; what that
//! may be is in the docs of each module, and so is how null beads and moved beads are written. A reader
//! is an iterator of [`Aligned`] articles, or a function where a file holds one. It checks what it
//! reads, and adds what files of other programs leave out, so that every segment stands in one bead.

use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::Error;
use crate::lang::{Lang, LangStyle};

mod aligned;
#[cfg(test)]
mod arbitrary;
mod bitext;
mod columns;
#[cfg(feature = "formats")]
pub mod csv;
mod draft;
mod files;
#[cfg(feature = "formats")]
pub mod intertext;
#[cfg(feature = "serde")]
pub mod jsonl;
pub mod ladder;
mod line;
mod loss;
mod mark;
#[cfg(test)]
mod memory;
pub mod moses;
#[cfg(any(feature = "formats", feature = "report"))]
mod names;
mod order;
#[cfg(feature = "parquet")]
#[cfg_attr(docsrs, doc(cfg(feature = "parquet")))]
pub mod parquet;
#[cfg(feature = "formats")]
mod standoff;
#[cfg(feature = "formats")]
pub mod tmx;
pub mod tsv;
pub mod vecalign;
#[cfg(feature = "formats")]
pub mod xces;
#[cfg(feature = "formats")]
pub mod xliff;
#[cfg(feature = "formats")]
mod xml;

pub use aligned::Aligned;
pub use bitext::LineText;
pub use files::{Create, Folder, Open, article_id, file_name};
pub use loss::{Loss, Losses};
pub use mark::{LeftOut, Mark};
#[cfg(feature = "report")]
pub(crate) use names::Named;
#[cfg(feature = "report")]
pub(crate) use order::out_of_order;

/// Writes aligned articles, one after the other.
///
/// What is written is whole only after [`finish`](Writer::finish).
pub trait Writer {
    /// Writes an article; `article` is the one that was aligned, `id` its name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Write`](crate::ErrorKind::Write) or [`ErrorKind::Io`](crate::ErrorKind::Io) where
    /// writing fails, and nothing more can be written;
    /// [`ErrorKind::Unsuited`](crate::ErrorKind::Unsuited) for an article that does not go with those
    /// before it, and [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for an alignment of another
    /// article: nothing of it is written, and others may follow.
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error>;

    /// Writes what stands at the end, and says what the format could not hold.
    ///
    /// # Errors
    ///
    /// Those of what is written to.
    fn finish(&mut self) -> Result<Losses, Error>;
}

/// Short names that tell the versions of an article apart: the code of the language, and where
/// several versions share one, the number of the version behind it, from 1.
///
/// # Examples
///
/// ```
/// use triglyph::{Article, format};
///
/// let article = Article::detect([
///     "The museum is closed on Mondays.",
///     "Das Museum ist montags geschlossen.",
///     "Am Montag bleibt das Museum geschlossen.",
/// ])?;
/// assert_eq!(format::labels(&article), ["en", "de-2", "de-3"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[must_use]
pub fn labels(article: &Article) -> Vec<String> {
    labels_in(LangStyle::default(), article)
}

/// The [`labels`] of the versions, codes of languages in this style.
pub(crate) fn labels_in(style: LangStyle, article: &Article) -> Vec<String> {
    let langs: Vec<Lang> = article.versions().iter().map(|v| v.lang()).collect();
    let label = |(v, lang): (usize, &Lang)| {
        let (code, alike) = (style.code(lang), langs.iter().filter(|&l| l == lang));
        match alike.count() {
            1 => code.to_owned(),
            _ => format!("{code}-{}", v + 1),
        }
    };
    langs.iter().enumerate().map(label).collect()
}

/// A score as files hold it, with four decimals, `0.9800`, rounded as in JSON. Writing a number of
/// any size would take as long as the text of a sentence.
struct FourDecimals(f64);

impl std::fmt::Display for FourDecimals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // From 0 to 10000, whatever the score.
        let mut rest = (self.0 * 1e4).round().clamp(0.0, 1e4) as u32;
        let mut digits = *b"0.0000";
        for at in [5, 4, 3, 2, 0] {
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        f.write_str(str::from_utf8(&digits).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use crate::alignment::{Alignment, Bead};
    use crate::article::{Article, Boilerplate, Kind, Layout, Parts, Segment, Unit, Version};
    use crate::error::ErrorKind;
    use crate::lang::Lang;

    /// Characters that formats trip over, as one segment.
    pub(super) const AWKWARD: &str =
        "A & B < C > \"D\"\t«\u{a0}E\u{a0}»\u{2028}F\nG\u{fffe}\u{85}\\H";

    fn segment(start: usize, text: &str) -> Segment {
        Segment {
            start,
            end: start + text.len(),
            kind: Kind::Body,
            lang: None,
            boilerplate: None,
            paragraph: 0,
        }
    }

    /// A version whose paragraphs of one sentence each are these texts.
    fn version(name: &str, lang: Lang, texts: &[&str]) -> Version {
        let mut parts = Parts {
            name: name.into(),
            lang,
            lang_score: 0.987_654,
            layout: Layout::BlankLines,
            text: String::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            origin: Box::default(),
        };
        for (paragraph, text) in texts.iter().enumerate() {
            let mut segment = segment(parts.text.len(), text);
            segment.paragraph = paragraph;
            if *text == "Buy now" {
                segment.kind = Kind::Heading;
                segment.lang = Some(Lang::EN);
                segment.boilerplate = Some(Boilerplate::Advertisement);
            }
            parts.text += text;
            parts.text += "\n\n";
            parts.sentences.push(segment.clone());
            parts.paragraphs.push(segment);
        }
        Version::try_from(parts).unwrap()
    }

    /// Three versions, the third in the language of the second: a bead 1:2:1 that is a conflict,
    /// one 0:1:1 that moved, and two null beads.
    pub(super) fn example(unit: Unit) -> (Article, Alignment) {
        let article = Article::new(vec![
            version("a/en.txt", Lang::EN, &[AWKWARD, "Alone"]),
            version("fr\t1.txt", Lang::FR, &["Un", "deux", "Buy now"]),
            version("3", Lang::FR, &["Un deux", "Trois"]),
        ])
        .unwrap();
        let bead = |segments: [&[usize]; 3], score: f64| Bead {
            segments: segments.map(<[usize]>::to_vec).to_vec(),
            score,
            moved: segments[0].is_empty() && score < 0.5,
            conflict: score == 1.0,
            confirmed: false,
            evidence: None,
        };
        let beads = vec![
            bead([&[0], &[0, 1], &[0]], 1.0),
            bead([&[1], &[], &[]], 0.123_45),
            bead([&[], &[2], &[1]], 0.25),
        ];
        (article, Alignment::new(unit, beads).unwrap())
    }

    #[cfg(feature = "formats")]
    #[test]
    fn four_decimals() {
        for number in 0..=10_000 {
            let score = f64::from(number) / 1e4;
            assert_eq!(
                super::FourDecimals(score).to_string(),
                format!("{score:.4}")
            );
        }
        assert_eq!(super::FourDecimals(0.123_45).to_string(), "0.1235");
        assert_eq!(super::FourDecimals(f64::NAN).to_string(), "0.0000");
    }

    #[test]
    fn no_writer_takes_the_alignment_of_another_article() {
        let (article, alignment) = example(Unit::Paragraph);
        let own = article.versions();
        let others = [
            vec![own[0].clone(), own[1].clone()],
            vec![own[0].clone(), own[2].clone(), own[1].clone()],
        ];
        let others = others.map(|versions| Article::new(versions).unwrap());
        let files = super::memory::Memory::default;
        let writers: &[&dyn Fn() -> Box<dyn super::Writer>] = &[
            &|| Box::new(super::tsv::Writer::new(Vec::new())),
            &|| Box::new(super::moses::Writer::new(files())),
            &|| Box::new(super::ladder::Writer::new(files())),
            &|| Box::new(super::ladder::Writer::new(files()).texts()),
            &|| Box::new(super::vecalign::Writer::new(files())),
            #[cfg(feature = "json")]
            &|| Box::new(super::jsonl::Writer::new(Vec::new())),
            #[cfg(feature = "formats")]
            &|| Box::new(super::csv::Writer::new(Vec::new())),
            #[cfg(feature = "formats")]
            &|| Box::new(super::tmx::Writer::new(Vec::new())),
            #[cfg(feature = "formats")]
            &|| Box::new(super::xliff::Writer::new(files())),
            #[cfg(feature = "formats")]
            &|| Box::new(super::xces::Writer::new(files())),
            #[cfg(feature = "formats")]
            &|| Box::new(super::intertext::Writer::new(files())),
            #[cfg(feature = "parquet")]
            &|| Box::new(super::parquet::Writer::new(Vec::new())),
        ];
        for (number, writer) in writers.iter().enumerate() {
            let mut writer = writer();
            for other in &others {
                let error = writer.write("a", other, &alignment).unwrap_err();
                let is_told = matches!(error.kind(), ErrorKind::Invalid { .. });
                assert!(is_told, "{number}: {error}");
            }
            // Nothing of them was written.
            writer.write("a", &article, &alignment).unwrap();
            writer.finish().unwrap();
        }
    }

    #[test]
    fn labels() {
        let (article, _) = example(Unit::Paragraph);
        assert_eq!(super::labels(&article), ["en", "fr-2", "fr-3"]);
    }
}
