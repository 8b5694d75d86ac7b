//! Moses: parallel files of one line each, the format of machine translation.
//!
//! A [`Writer`] makes files by these names, to be put behind a common stem such as `corpus`:
//!
//! | file | its lines |
//! |---|---|
//! | `en`, `fr`, `de`: one a version, named by its [label](super::labels) | one for every bead of every article; an empty line where the version has no segment in it |
//! | `en-fr.en`, `en-fr.fr` …: two for each pair of versions, where there are more than two | one for every bead that has segments in both |
//! | `ids` | one for every bead: the name of the article, the score, the flags as in [TSV](super::tsv), a tab between them |
//!
//! All files of a kind have equally many lines, whatever stands in the texts: runs of white space
//! with a line break or tab in them become one space. Several segments of a bead are joined by a
//! space, and where one ends is not told. A null bead is a line that only one file of the first kind
//! has text on, and a moved bead one whose place in the other files is elsewhere; `ids` marks it. The
//! versions are those of the first article.
//!
//! A [`Reader`] takes the files of the first kind, or those of a pair; each line is a segment. With
//! `ids`, articles, scores and marks are those that were written; without, the files are one article,
//! every bead of which is scored 1. Neighbours of one name are one article.

use std::io::{BufRead, Write};

use super::bitext::malformed;
use super::columns::Columns;
use super::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use super::line::write_cell;
use super::tsv::flags;
use super::{Aligned, Create, FourDecimals, Loss, Losses};
use crate::alignment::Alignment;
use crate::article::{Article, Unit};
use crate::error::{Error, ErrorKind};
use crate::lang::{Lang, LangStyle};

/// Writes line-parallel files.
///
/// # Examples
///
/// ```no_run
/// use triglyph::format::{Folder, Writer, moses};
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
/// let alignment = Aligner::new().align(&article);
/// // corpus.en, corpus.de and corpus.ids
/// let mut writer = moses::Writer::new(Folder::stem("corpus"));
/// writer.write("cat", &article, &alignment)?;
/// writer.finish()?;
/// # Ok::<(), triglyph::Error>(())
/// ```
pub struct Writer<C> {
    files: C,
    columns: Columns,
    /// One a column.
    all: Vec<Out>,
    pairs: Vec<Pair>,
    ids: Option<Out>,
    losses: Losses,
}

type Out = Box<dyn Write + Send>;

/// The files of two columns.
struct Pair {
    columns: [usize; 2],
    outs: [Out; 2],
}

impl<C: Create> Writer<C> {
    /// A writer of files that `files` makes.
    pub fn new(files: C) -> Self {
        Self {
            files,
            columns: Columns::default(),
            all: Vec::new(),
            pairs: Vec::new(),
            ids: None,
            losses: Losses::default(),
        }
    }

    /// Sets the labels of the versions that have files, where the first article may not have all.
    #[must_use]
    pub fn columns(mut self, labels: Vec<String>) -> Self {
        self.columns.set_labels(labels);
        self
    }

    /// Sets how the names of the files name languages.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.columns.set_style(style);
        self
    }

    fn begin(&mut self) -> Result<(), Error> {
        let labels = self.columns.labels();
        for label in labels {
            self.all.push(self.files.create(label)?);
        }
        self.ids = Some(self.files.create("ids")?);
        if labels.len() > 2 {
            for (a, first) in labels.iter().enumerate() {
                for (b, second) in labels.iter().enumerate().skip(a + 1) {
                    let mut create =
                        |label| self.files.create(&format!("{first}-{second}.{label}"));
                    self.pairs.push(Pair {
                        columns: [a, b],
                        outs: [create(first)?, create(second)?],
                    });
                }
            }
        }
        Ok(())
    }
}

impl<C: Create> super::Writer for Writer<C> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let (places, first) = self.columns.place(id, article)?;
        if first {
            self.begin()?;
        }
        let id = crate::article::fold_white_space(id);
        // What is folded is counted once, though it is written for every pair too.
        let mut again = Losses::default();
        for bead in alignment.beads(article) {
            for (out, place) in self.all.iter_mut().zip(&places) {
                if let &Some(version) = place {
                    write_cell(out, &bead, version, " ", &mut self.losses)?;
                }
                out.write_all(b"\n")?;
            }
            if let Some(out) = &mut self.ids {
                let (score, flags) = (FourDecimals(bead.score()), flags(&bead));
                writeln!(out, "{id}\t{score}\t{flags}")?;
            }
            for Pair { columns, outs } in &mut self.pairs {
                let [Some(a), Some(b)] = columns.map(|column| places[column]) else {
                    continue;
                };
                let filled = [a, b].map(|version| !bead.segments()[version].is_empty());
                match filled {
                    [true, true] => {
                        for (out, version) in outs.iter_mut().zip([a, b]) {
                            write_cell(out, &bead, version, " ", &mut again)?;
                            out.write_all(b"\n")?;
                        }
                    }
                    [false, false] => {}
                    _ => self.losses.add(Loss::NullBead, 1),
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        let pairs = self.pairs.iter_mut().flat_map(|pair| &mut pair.outs);
        for out in self.all.iter_mut().chain(&mut self.ids).chain(pairs) {
            out.flush()?;
        }
        Ok(self.losses.clone())
    }
}

/// Reads line-parallel files.
///
/// # Examples
///
/// ```
/// use triglyph::Lang;
/// use triglyph::format::moses::Reader;
///
/// let reader = Reader::new("corpus")
///     .version("corpus.en", Lang::EN, "A cat.\n\n".as_bytes())
///     .version("corpus.de", Lang::DE, "Eine Katze.\nNoch eine.\n".as_bytes());
/// let articles: Result<Vec<_>, _> = reader.collect();
/// let shapes: Vec<_> = articles?[0].alignment().iter().map(|b| b.shape().to_string()).collect();
/// assert_eq!(shapes, ["1:1", "0:1"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
pub struct Reader<'a> {
    name: String,
    unit: Unit,
    versions: Vec<Lines<'a>>,
    ids: Option<Lines<'a>>,
    /// The first line of the next article, read already.
    ahead: Option<(Vec<String>, Row)>,
    line: u64,
    failed: bool,
}

/// A file that is read line by line.
struct Lines<'a> {
    name: String,
    lang: Lang,
    lines: Box<dyn BufRead + 'a>,
    line: Vec<u8>,
}

/// A line of `ids`.
struct Row {
    id: String,
    score: f64,
    moved: bool,
    conflict: bool,
    confirmed: bool,
}

impl<'a> Reader<'a> {
    /// A reader without files; `name` is that of the article where no `ids` tell it.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            unit: Unit::default(),
            versions: Vec::new(),
            ids: None,
            ahead: None,
            line: 0,
            failed: false,
        }
    }

    /// Sets what a line is.
    #[must_use]
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Adds the lines of a version, in UTF-8.
    #[must_use]
    pub fn version(
        mut self,
        name: impl Into<String>,
        lang: Lang,
        lines: impl BufRead + 'a,
    ) -> Self {
        self.versions.push(Lines::new(name, lang, lines));
        self
    }

    /// Adds the file `ids`.
    #[must_use]
    pub fn ids(mut self, name: impl Into<String>, lines: impl BufRead + 'a) -> Self {
        self.ids = Some(Lines::new(name, Lang::UND, lines));
        self
    }

    fn malformed(&self, file: &str, reason: String) -> Error {
        malformed(file, self.line, reason)
    }

    /// Reads a line of every file: the texts, and what `ids` says; none at the end of all.
    fn row(&mut self) -> Result<Option<(Vec<String>, Row)>, Error> {
        self.line += 1;
        let mut texts = Vec::with_capacity(self.versions.len());
        for v in 0..self.versions.len() {
            texts.push(self.versions[v].next(self.line)?);
        }
        let own = match &mut self.ids {
            Some(ids) => ids.next(self.line)?,
            None => texts.first().cloned().flatten(),
        };
        let ended = |text: &Option<String>| text.is_none();
        if own.is_none() && texts.iter().all(ended) {
            return Ok(None);
        }
        let files = self.versions.iter().chain(&self.ids);
        let ends = texts.iter().chain(self.ids.is_some().then_some(&own));
        if let Some((file, _)) = files.zip(ends).find(|(_, text)| text.is_none()) {
            let reason = "the file ends, the others have more lines; all must have equally many";
            return Err(self.malformed(&file.name, reason.to_owned()));
        }
        let row = match &self.ids {
            None => Row {
                id: self.name.clone(),
                score: 1.0,
                moved: false,
                conflict: false,
                confirmed: false,
            },
            Some(ids) => Row::parse(&own.unwrap_or_default())
                .map_err(|reason| self.malformed(&ids.name, reason))?,
        };
        Ok(Some((texts.into_iter().flatten().collect(), row)))
    }

    /// Reads lines as long as they are of one article.
    fn article(&mut self) -> Result<Option<Aligned>, Error> {
        let first = match self.ahead.take() {
            Some(first) => Some(first),
            None => self.row()?,
        };
        let Some((texts, row)) = first else {
            return Ok(None);
        };
        let mut draft = Draft::new(row.id.clone(), self.unit);
        let versions = self.versions.iter();
        draft.versions = versions
            .map(|file| VersionDraft::new(&file.name, file.lang))
            .collect();
        self.add(&mut draft, texts, &row);
        while let Some((texts, row)) = self.row()? {
            if row.id != draft.id {
                self.ahead = Some((texts, row));
                break;
            }
            self.add(&mut draft, texts, &row);
        }
        // The line behind the article is read, or there is none.
        let last = self.line - 1;
        let aligned = draft.finish();
        aligned
            .map(Some)
            .map_err(|e| malformed(&self.name, last, e.to_string()))
    }

    fn add(&self, draft: &mut Draft, texts: Vec<String>, row: &Row) {
        let mut segments = vec![Vec::new(); texts.len()];
        for ((version, segments), text) in draft.versions.iter_mut().zip(&mut segments).zip(texts) {
            if !text.trim().is_empty() {
                segments.push(version.segments.len());
                version.segments.push(SegmentDraft::new(text));
            }
        }
        if segments.iter().any(|list| !list.is_empty()) {
            let mut bead = BeadDraft::new(segments, row.score);
            bead.bead.moved = row.moved;
            bead.bead.conflict = row.conflict;
            bead.bead.confirmed = row.confirmed;
            bead.moved_is_told = self.ids.is_some();
            draft.beads.push(bead);
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let read = self.article().transpose();
        self.failed = matches!(read, Some(Err(_)));
        read
    }
}

impl<'a> Lines<'a> {
    fn new(name: impl Into<String>, lang: Lang, lines: impl BufRead + 'a) -> Self {
        Self {
            name: name.into(),
            lang,
            lines: Box::new(lines),
            line: Vec::new(),
        }
    }

    /// The next line without its end; none at the end of the file.
    fn next(&mut self, number: u64) -> Result<Option<String>, Error> {
        self.line.clear();
        let read = self.lines.read_until(b'\n', &mut self.line);
        let read = read.map_err(|source| {
            let path = self.name.clone().into();
            ErrorKind::Io { path, source }
        })?;
        if read == 0 {
            return Ok(None);
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = std::str::from_utf8(line).map_err(|e| ErrorKind::Malformed {
            file: self.name.clone(),
            line: number,
            reason: format!("invalid UTF-8 at byte {} of the line", e.valid_up_to()),
        })?;
        Ok(Some(line.to_owned()))
    }
}

impl Row {
    fn parse(line: &str) -> Result<Self, String> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, score, flags] = fields[..] else {
            let found = fields.len();
            return Err(format!(
                "{found} fields, expected 3: name of the article, score, flags"
            ));
        };
        let is_score = |score: &f64| (0.0..=1.0).contains(score);
        let Some(score) = score.parse().ok().filter(is_score) else {
            return Err(format!("a score of `{score}`, expected a number in 0..1"));
        };
        let mut row = Self {
            id: id.to_owned(),
            score,
            moved: false,
            conflict: false,
            confirmed: false,
        };
        for flag in flags.split(',').filter(|flag| !flag.is_empty()) {
            match flag {
                "moved" => row.moved = true,
                "conflict" => row.conflict = true,
                "confirmed" => row.confirmed = true,
                _ => {
                    return Err(format!(
                        "a flag `{flag}`, expected `moved`, `conflict` or `confirmed`"
                    ));
                }
            }
        }
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::arbitrary::aligned;
    use super::super::memory::Memory;
    use super::super::tests::example;
    use super::super::{Writer as _, labels};
    use super::*;

    fn written(articles: &[Aligned]) -> (Memory, Losses) {
        let files = Memory::default();
        let mut writer = Writer::new(files.clone());
        for aligned in articles {
            (writer.write(aligned.id(), aligned.article(), aligned.alignment())).unwrap();
        }
        (files, writer.finish().unwrap())
    }

    #[test]
    fn exact_files() {
        let (article, alignment) = example(Unit::Paragraph);
        let aligned = Aligned::new("a\tb", article, alignment).unwrap();
        let (files, losses) = written(&[aligned]);
        let awkward = "A & B < C > \"D\" «\u{a0}E\u{a0}» F G\u{fffe} \\H";
        for (name, expected) in [
            ("en", format!("{awkward}\n\nAlone\n")),
            ("fr-2", "Un deux\nBuy now\n\n".into()),
            ("fr-3", "Un deux\nTrois\n\n".into()),
            (
                "ids",
                "a b\t1.0000\tconflict\na b\t0.2500\tmoved\na b\t0.1235\t\n".into(),
            ),
            ("en-fr-2.en", format!("{awkward}\n")),
            ("en-fr-2.fr-2", "Un deux\n".into()),
            ("en-fr-3.en", format!("{awkward}\n")),
            ("en-fr-3.fr-3", "Un deux\n".into()),
            ("fr-2-fr-3.fr-2", "Un deux\nBuy now\n".into()),
            ("fr-2-fr-3.fr-3", "Un deux\nTrois\n".into()),
        ] {
            assert_eq!(files.text(name), expected, "{name}");
        }
        assert_eq!(files.names().len(), 10);
        let told: Vec<String> = losses.told().collect();
        let expected = [
            "4 null beads left out",
            "1 segment with its white space folded",
        ];
        assert_eq!(told, expected);
    }

    /// What a line of all files says, in any order: texts, score, marks.
    fn rows(aligned: &Aligned) -> Vec<(Vec<String>, String)> {
        let beads = aligned.alignment().beads(aligned.article());
        let row = |bead: crate::alignment::BeadOf<'_>| {
            let texts = (0..aligned.article().versions().len()).map(|version| {
                let mut text = Vec::new();
                write_cell(&mut text, &bead, version, " ", &mut Losses::default()).unwrap();
                String::from_utf8(text).unwrap()
            });
            (
                texts.collect(),
                format!("{:.4} {}", bead.score(), flags(&bead)),
            )
        };
        let mut rows: Vec<_> = beads.map(row).collect();
        rows.sort();
        rows
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(aligned in aligned()) {
            let (files, _) = written(std::slice::from_ref(&aligned));
            let ids = files.text("ids");
            let texts: Vec<(String, String, Lang)> = (labels(aligned.article()).into_iter())
                .zip(aligned.article().versions())
                .map(|(label, version)| (files.text(&label), label, version.lang()))
                .collect();
            let mut reader = Reader::new("x").unit(aligned.alignment().unit());
            for (text, label, lang) in &texts {
                prop_assert_eq!(text.lines().count(), aligned.alignment().iter().count());
                reader = reader.version(label, *lang, text.as_bytes());
            }
            let read: Result<Vec<_>, _> = reader.ids("ids", ids.as_bytes()).collect();
            let [read] = &read.unwrap()[..] else { panic!("one article was written") };
            prop_assert_eq!(rows(read), rows(&aligned));
            prop_assert_eq!(read.id(), &*crate::article::fold_white_space(aligned.id()));
        }
    }

    #[test]
    fn several_articles() {
        let first = example(Unit::Paragraph);
        let first = Aligned::new("one", first.0, first.1).unwrap();
        let pair = first.select(&[1, 2]).unwrap();
        let pair = Aligned::new("two", pair.article().clone(), pair.alignment().clone()).unwrap();
        let mut writer = Writer::new(Memory::default());
        let mut write = |aligned: &Aligned| {
            let result = writer.write(aligned.id(), aligned.article(), aligned.alignment());
            result.map_err(|e| e.to_string())
        };
        assert_eq!(write(&first), Ok(()));
        let expected = "two: has a version fr-1, but the columns are en, fr-2, fr-3 as in the first \
                        article; put one with all versions first, or select two";
        assert_eq!(write(&pair), Err(expected.into()));
        assert_eq!(write(&first), Ok(()));
    }

    #[test]
    fn malformed_files() {
        for (name, english, french, ids, expected) in [
            (
                "one shorter",
                "a\nb\n",
                "a\n",
                None,
                "fr, line 2: the file ends, the others have more lines; all must have equally many",
            ),
            (
                "ids shorter",
                "a\nb\n",
                "a\nb\n",
                Some("x\t1\t\n"),
                "ids, line 2: the file ends, the others have more lines; all must have equally many",
            ),
            (
                "fields",
                "a\n",
                "a\n",
                Some("x\n"),
                "ids, line 1: 1 fields, expected 3: name of the article, score, flags",
            ),
            (
                "score",
                "a\n",
                "a\n",
                Some("x\t2\t\n"),
                "ids, line 1: a score of `2`, expected a number in 0..1",
            ),
            (
                "flag",
                "a\n",
                "a\n",
                Some("x\t1\tgone\n"),
                "ids, line 1: a flag `gone`, expected `moved`, `conflict` or `confirmed`",
            ),
            (
                "no text",
                "\n",
                "\n",
                None,
                "x, line 1: none of the 2 versions holds any text",
            ),
        ] {
            let mut reader = Reader::new("x")
                .version("en", Lang::EN, english.as_bytes())
                .version("fr", Lang::FR, french.as_bytes());
            if let Some(ids) = ids {
                reader = reader.ids("ids", ids.as_bytes());
            }
            let read: Vec<_> = reader.map(|read| read.map_err(|e| e.to_string())).collect();
            assert_eq!(read, [Err(expected.to_owned())], "{name}");
        }
        let mut reader = Reader::new("x").version("en", Lang::EN, &b"a\xff\n"[..]);
        let error = reader.next().unwrap().unwrap_err().to_string();
        assert_eq!(error, "en, line 1: invalid UTF-8 at byte 1 of the line");
    }
}
