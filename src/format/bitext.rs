//! Pairs of versions as indices into files of one segment a line: what
//! [ladder](super::ladder) and [Vecalign](super::vecalign) share.
//!
//! For every article `news`, its segments stand in `news.en.txt`, `news.fr.txt` …, one a line, runs
//! of white space with a line break in them as one space. For every pair of its versions there is
//! another file, `news.en-fr` and what the format is called.

use std::io::{BufRead, Write};

use super::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use super::files::file_name;
use super::line::write_text;
use super::{Aligned, Create, Loss, Losses, labels_in};
use crate::alignment::{Alignment, Bead};
use crate::article::{Article, Unit};
use crate::detect::Detector;
use crate::error::{Error, ErrorKind};
use crate::lang::{Lang, LangStyle};

/// The lines of a text that an index file counts, blank ones included.
///
/// # Examples
///
/// ```
/// use triglyph::Lang;
/// use triglyph::format::LineText;
///
/// let text = LineText::new("en.txt", "It rains.\n\nA cat sleeps on the table.\n");
/// assert_eq!(text.len(), 3);
/// assert_eq!(text.lang(), Lang::EN);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineText {
    name: String,
    lang: Option<Lang>,
    lines: Vec<String>,
}

impl LineText {
    /// Takes the lines of a text; `name` is what its version is called.
    #[must_use]
    pub fn new(name: impl Into<String>, text: &str) -> Self {
        Self {
            name: name.into(),
            lang: None,
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// Tells the language, which is then not detected.
    #[must_use]
    pub const fn told(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The language that was told; otherwise that which the lines seem to be in, of English, French
    /// and German, and [`Lang::UND`] where nothing tells.
    #[must_use]
    pub fn lang(&self) -> Lang {
        let detect = || {
            let detection = Detector::new().detect(self.lines.iter().map(String::as_str));
            detection.lang()
        };
        self.lang.unwrap_or_else(detect)
    }

    fn draft(self) -> VersionDraft {
        let lang = self.lang();
        let mut draft = VersionDraft::new(self.name, lang);
        draft.segments = self.lines.into_iter().map(SegmentDraft::new).collect();
        draft
    }
}

/// Makes an aligned article of two texts and what an index file says of their lines; `name` and
/// `line` are where an error is said to be.
pub(super) fn aligned(
    id: &str,
    unit: Unit,
    texts: [LineText; 2],
    beads: Vec<BeadDraft>,
    (name, line): (&str, u64),
) -> Result<Aligned, Error> {
    let mut draft = Draft::new(id, unit);
    draft.versions = texts.map(LineText::draft).into();
    draft.beads = beads;
    (draft.finish()).map_err(|error| malformed(name, line, error.to_string()))
}

pub(super) fn malformed(file: &str, line: u64, reason: impl Into<String>) -> Error {
    let (file, reason) = (file.to_owned(), reason.into());
    ErrorKind::Malformed { file, line, reason }.into()
}

/// The lines of an index file with their numbers, blank ones left out.
pub(super) fn numbered_lines(
    name: &str,
    lines: impl BufRead,
) -> impl Iterator<Item = Result<(u64, String), Error>> {
    (lines.lines().zip(1..)).filter_map(move |(line, number)| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(Ok((number, line))),
        Err(source) => {
            let path = name.into();
            Some(Err(ErrorKind::Io { path, source }.into()))
        }
    })
}

/// A score as a file of another program has it: what is outside 0..1 is at its nearest end.
pub(super) const fn clamped(score: f64) -> f64 {
    if score.is_nan() {
        0.0
    } else {
        score.clamp(0.0, 1.0)
    }
}

/// Writes the texts of articles and an index file for each pair of versions.
pub(super) struct Pairs<C> {
    pub(super) files: C,
    pub(super) style: LangStyle,
    pub(super) losses: Losses,
}

/// A bead as a pair of versions has it.
pub(super) struct Link<'a> {
    pub(super) bead: &'a Bead,
    pub(super) segments: [&'a [usize]; 2],
}

impl<C: Create> Pairs<C> {
    pub(super) fn new(files: C) -> Self {
        Self {
            files,
            style: LangStyle::default(),
            losses: Losses::default(),
        }
    }

    /// Writes the texts of an article, one segment a line.
    pub(super) fn write_texts(
        &mut self,
        id: &str,
        article: &Article,
        unit: Unit,
    ) -> Result<(), Error> {
        let name = file_name(id);
        for (version, label) in article
            .versions()
            .iter()
            .zip(labels_in(self.style, article))
        {
            let mut out = self.files.create(&format!("{name}.{label}.txt"))?;
            for segment in version.segments(unit) {
                write_text(&mut out, version.text_of(segment), &mut self.losses)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
        Ok(())
    }

    /// Writes a file for each pair of versions by `index`, which is given the numbers of the two and
    /// their links in the order of the beads, and tells what it could not write.
    pub(super) fn write_pairs(
        &mut self,
        id: &str,
        article: &Article,
        alignment: &Alignment,
        extension: &str,
        index: impl Fn(&mut dyn Write, [usize; 2], &[Link<'_>], &mut Losses) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (name, labels) = (file_name(id), labels_in(self.style, article));
        for (a, first) in labels.iter().enumerate() {
            for (b, second) in labels.iter().enumerate().skip(a + 1) {
                let links = alignment.iter().filter_map(|bead| {
                    let segments = [a, b].map(|version| &bead.segments()[version][..]);
                    let filled = segments.iter().any(|list| !list.is_empty());
                    filled.then_some(Link { bead, segments })
                });
                let links: Vec<Link<'_>> = links.collect();
                let name = format!("{name}.{first}-{second}.{extension}");
                let mut out = self.files.create(&name)?;
                index(&mut out, [a, b], &links, &mut self.losses)?;
                out.flush()?;
            }
        }
        let marks = [Loss::ConflictMark, Loss::ConfirmedMark];
        self.losses.add_marks(alignment, &marks);
        Ok(())
    }
}
