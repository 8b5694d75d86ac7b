//! Ladders: what hunalign writes and reads (Varga et al. 2005).
//!
//! A ladder is a list of rungs, `left`, `right` and a score with tabs between them: between a rung and
//! the next, the lines from the one's numbers up to the other's translate each other. The numbers
//! count lines from 0; the last rung names how many there are.
//!
//! A [`Writer`] makes, for every article, the texts `news.en.txt` …, one segment a line, and for each
//! pair of versions `news.en-fr.ladder`. A segment without counterpart is a step on one side only.
//! Steps only rise and have no holes. So the longest chain of beads that rises is written; a bead that
//! crosses it is written as segments without counterpart, and a segment without counterpart that stands
//! within a bead as part of it. Both are counted as losses, and so is every mark.
//! With [`Writer::texts`] it makes `news.en-fr.txt` instead, as hunalign's option `-text`: a line for
//! every bead with the texts of both sides and the score, a tab between them, ` ~~~ ` between the
//! segments of a side, and moved beads where they stand. A segment that itself holds ` ~~~ ` is read as two.
//!
//! [`read`] and [`read_texts`] take either. Scores outside 0..1, which hunalign gives, are taken for
//! the nearer end.

use std::io::{self, BufRead, Write};
use std::ops::Range;

use super::bitext::{Link, Pairs, aligned, clamped, malformed, numbered_lines};
use super::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use super::line::write_text;
use super::order::out_of_order;
use super::{Aligned, Create, FourDecimals, LineText, Loss, Losses};
use crate::alignment::{Alignment, Bead};
use crate::article::{Article, Unit};
use crate::error::Error;
use crate::lang::{Lang, LangStyle};

/// What stands between the segments of a side in a line of texts.
const JOINT: &str = " ~~~ ";

/// Writes ladders and the texts that they count the lines of.
///
/// # Examples
///
/// ```no_run
/// use triglyph::format::{Folder, Writer, ladder};
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
/// let alignment = Aligner::new().align(&article);
/// // out/cat.en.txt, out/cat.de.txt and out/cat.en-de.ladder
/// let mut writer = ladder::Writer::new(Folder::new("out"));
/// writer.write("cat", &article, &alignment)?;
/// writer.finish()?;
/// # Ok::<(), triglyph::Error>(())
/// ```
pub struct Writer<C> {
    pairs: Pairs<C>,
    texts: bool,
}

impl<C: Create> Writer<C> {
    /// A writer of files that `files` makes.
    pub fn new(files: C) -> Self {
        Self {
            pairs: Pairs::new(files),
            texts: false,
        }
    }

    /// Sets how the names of the files name languages.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.pairs.style = style;
        self
    }

    /// Writes the texts of the beads instead of numbers of lines.
    #[must_use]
    pub const fn texts(mut self) -> Self {
        self.texts = true;
        self
    }
}

impl<C: Create> super::Writer for Writer<C> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let unit = alignment.unit();
        if self.texts {
            let write =
                |out: &mut dyn Write, versions: [usize; 2], links: &[Link], losses: &mut Losses| {
                    for link in links {
                        write_line(out, article, unit, versions, link, losses)?;
                    }
                    Ok(())
                };
            return self.pairs.write_pairs(id, article, alignment, "txt", write);
        }
        self.pairs.write_texts(id, article, unit)?;
        let write =
            |out: &mut dyn Write, versions: [usize; 2], links: &[Link], losses: &mut Losses| {
                let ends = versions.map(|v| article.versions()[v].segments(unit).len());
                Ok(write_ladder(out, ends, links, losses)?)
            };
        self.pairs
            .write_pairs(id, article, alignment, "ladder", write)
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        Ok(self.pairs.losses.clone())
    }
}

/// Writes the rungs of the links that make up a ladder.
fn write_ladder(
    out: &mut dyn Write,
    ends: [usize; 2],
    links: &[Link<'_>],
    losses: &mut Losses,
) -> io::Result<()> {
    // The segments that are linked, for what a step passes over must not be.
    let mut linked = ends.map(|end| vec![false; end]);
    let both = |link: &&Link<'_>| link.segments.iter().all(|list| !list.is_empty());
    for link in links.iter().filter(both) {
        for (linked, segments) in linked.iter_mut().zip(link.segments) {
            segments.iter().for_each(|&s| linked[s] = true);
        }
    }
    // Each bead as a step, from its first segment to its last.
    let mut steps: Vec<(Bead, [Range<usize>; 2])> = Vec::new();
    let mut alone = ends.map(|end| vec![0.0; end]);
    for link in links {
        let spans = link.segments.map(|list| match (list.first(), list.last()) {
            (Some(&first), Some(&last)) => first..last + 1,
            _ => 0..0,
        });
        let passed = |side: usize| {
            let own = link.segments[side];
            spans[side]
                .clone()
                .any(|s| linked[side][s] && own.binary_search(&s).is_err())
        };
        if both(&link) && !passed(0) && !passed(1) {
            let holes = [0, 1].map(|side| spans[side].len() - link.segments[side].len());
            losses.add(Loss::Hole, holes[0] + holes[1]);
            let segments = link.segments.map(<[usize]>::to_vec).to_vec();
            let bead = Bead {
                segments,
                ..link.bead.clone()
            };
            steps.push((bead, spans));
            continue;
        }
        losses.add(Loss::MovedBead, usize::from(both(&link)));
        let score = if both(&link) { 0.0 } else { link.bead.score() };
        for (alone, segments) in alone.iter_mut().zip(link.segments) {
            segments.iter().for_each(|&s| alone[s] = score);
        }
    }
    let mut crossing = out_of_order(steps.iter().map(|(bead, _)| bead)).into_iter();
    steps.retain(|_| {
        let crosses = crossing.next() == Some(true);
        losses.add(Loss::MovedBead, usize::from(crosses));
        !crosses
    });
    steps.sort_unstable_by_key(|(_, spans)| spans[0].start);
    let mut at = [0, 0];
    for (bead, spans) in steps {
        climb(out, &mut at, [spans[0].start, spans[1].start], &alone)?;
        let score = FourDecimals(bead.score());
        writeln!(out, "{}\t{}\t{score}", at[0], at[1])?;
        at = [spans[0].end, spans[1].end];
    }
    climb(out, &mut at, ends, &alone)?;
    writeln!(out, "{}\t{}\t0", at[0], at[1])
}

/// Writes a rung for every segment up to a place, those of the left side first.
fn climb(
    out: &mut dyn Write,
    at: &mut [usize; 2],
    to: [usize; 2],
    alone: &[Vec<f64>; 2],
) -> io::Result<()> {
    for side in [0, 1] {
        while at[side] < to[side] {
            let score = FourDecimals(alone[side][at[side]]);
            writeln!(out, "{}\t{}\t{score}", at[0], at[1])?;
            at[side] += 1;
        }
    }
    Ok(())
}

fn write_line(
    out: &mut dyn Write,
    article: &Article,
    unit: Unit,
    versions: [usize; 2],
    link: &Link<'_>,
    losses: &mut Losses,
) -> Result<(), Error> {
    for (version, segments) in versions.into_iter().zip(link.segments) {
        let version = &article.versions()[version];
        for (i, &segment) in segments.iter().enumerate() {
            if i > 0 {
                out.write_all(JOINT.as_bytes())?;
            }
            let text = version.text_of(&version.segments(unit)[segment]);
            write_text(out, text, losses)?;
        }
        out.write_all(b"\t")?;
    }
    let marks = usize::from(link.bead.moved());
    losses.add(Loss::MovedMark, marks);
    Ok(writeln!(out, "{}", FourDecimals(link.bead.score()))?)
}

/// Reads a ladder over the lines of two texts; `name` is what errors call it.
///
/// Lines that no step holds get null beads scored 0.
///
/// # Errors
///
/// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) for what is no rung, a rung below the one
/// before it, and one above the last line.
///
/// # Examples
///
/// ```
/// use triglyph::format::{LineText, ladder};
/// use triglyph::{Lang, Unit};
///
/// let english = LineText::new("en.txt", "A cat.\nIt sleeps.\nThe end.\n").told(Lang::EN);
/// let french = LineText::new("fr.txt", "Un chat dort.\n").told(Lang::FR);
/// let rungs = "0\t0\t0.9\n2\t1\t-0.3\n3\t1\t0\n";
/// let aligned = ladder::read("cat", Unit::Sentence, "cat.ladder", rungs.as_bytes(), [english, french])?;
/// let shapes: Vec<_> = aligned.alignment().iter().map(|b| b.shape().to_string()).collect();
/// assert_eq!(shapes, ["2:1", "1:0"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
pub fn read(
    id: &str,
    unit: Unit,
    name: &str,
    rungs: impl BufRead,
    texts: [LineText; 2],
) -> Result<Aligned, Error> {
    let ends = [0, 1].map(|side: usize| texts[side].len());
    let mut beads = Vec::new();
    let mut below: Option<Rung> = None;
    let mut number = 1;
    for line in numbered_lines(name, rungs) {
        let line = line?;
        number = line.0;
        let rung = rung(&line.1).map_err(|reason| malformed(name, number, reason))?;
        for (side, end) in ends.into_iter().enumerate() {
            let from = below.as_ref().map_or(0, |below| below.at[side]);
            let found = rung.at[side];
            if !(from..=end).contains(&found) {
                let file = ["left", "right"][side];
                return Err(malformed(
                    name,
                    number,
                    format!(
                        "{found} on the {file}, expected {from} to {end}: at least the rung before \
                         it, at most the lines of the text"
                    ),
                ));
            }
        }
        if let Some(below) = below {
            let segments = [0, 1].map(|side| (below.at[side]..rung.at[side]).collect::<Vec<_>>());
            if segments.iter().any(|list| !list.is_empty()) {
                beads.push(BeadDraft::new(segments.into(), clamped(below.score)));
            }
        }
        below = Some(rung);
    }
    aligned(id, unit, texts, beads, (name, number))
}

struct Rung {
    at: [usize; 2],
    score: f64,
}

fn rung(line: &str) -> Result<Rung, String> {
    let parse = || {
        let mut fields = line.split_whitespace();
        let at = [fields.next()?.parse().ok()?, fields.next()?.parse().ok()?];
        let score = fields
            .next()
            .map_or(Some(1.0), |score| score.parse().ok())?;
        fields.next().is_none().then_some(Rung { at, score })
    };
    parse().ok_or_else(|| format!("`{}`, expected a rung such as `12 14 0.9`", shown(line)))
}

/// What a message shows of a line.
pub(super) fn shown(line: &str) -> String {
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Reads lines of texts, as hunalign's option `-text` writes them; `name` is what errors call them.
///
/// # Errors
///
/// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) for a line without two texts or with a score
/// that is no number.
///
/// # Examples
///
/// ```
/// use triglyph::format::ladder;
/// use triglyph::{Lang, Unit};
///
/// let lines = "A cat. ~~~ It sleeps.\tUn chat dort.\t0.9\nThe end.\t\t-0.3\n";
/// let langs = [Lang::EN, Lang::FR];
/// let aligned = ladder::read_texts("cat", Unit::Sentence, "cat.txt", lines.as_bytes(), langs)?;
/// let shapes: Vec<_> = aligned.alignment().iter().map(|b| b.shape().to_string()).collect();
/// assert_eq!(shapes, ["2:1", "1:0"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
pub fn read_texts(
    id: &str,
    unit: Unit,
    name: &str,
    lines: impl BufRead,
    langs: [Lang; 2],
) -> Result<Aligned, Error> {
    let mut draft = Draft::new(id, unit);
    draft.versions = langs
        .map(|lang| VersionDraft::new(lang.code(), lang))
        .into();
    let mut last = 1;
    for line in numbered_lines(name, lines) {
        let (number, line) = line?;
        last = number;
        let fields: Vec<&str> = line.split('\t').collect();
        let (texts, score) = match fields[..] {
            [left, right] => ([left, right], Some(1.0)),
            [left, right, score] => ([left, right], score.trim().parse().ok()),
            _ => ([""; 2], None),
        };
        let Some(score) = score else {
            let reason = format!("`{}`, expected two texts and a score", shown(&line));
            return Err(malformed(name, number, reason));
        };
        let mut segments = vec![Vec::new(); 2];
        for ((version, segments), text) in draft.versions.iter_mut().zip(&mut segments).zip(texts) {
            for text in text.split(JOINT).filter(|text| !text.trim().is_empty()) {
                segments.push(version.segments.len());
                version.segments.push(SegmentDraft::new(text));
            }
        }
        if segments.iter().any(|list| !list.is_empty()) {
            draft.beads.push(BeadDraft::new(segments, clamped(score)));
        }
    }
    draft
        .finish()
        .map_err(|error| malformed(name, last, error.to_string()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Writer as _;
    use super::super::arbitrary::aligned;
    use super::super::memory::Memory;
    use super::super::tests::example;
    use super::*;

    fn text(text: &str) -> LineText {
        LineText::new("text", text).told(Lang::EN)
    }

    #[test]
    fn exact_files() {
        let (article, alignment) = example(Unit::Paragraph);
        let files = Memory::default();
        let mut writer = Writer::new(files.clone());
        writer.write("a/b", &article, &alignment).unwrap();
        let told: Vec<String> = writer.finish().unwrap().told().collect();
        assert_eq!(
            told,
            [
                "1 bead not marked as a conflict",
                "1 segment with its white space folded"
            ]
        );
        for (name, expected) in [
            ("a%2Fb.fr-2.txt", "Un\ndeux\nBuy now\n"),
            (
                "a%2Fb.en-fr-2.ladder",
                "0\t0\t1.0000\n1\t2\t0.1235\n2\t2\t0.2500\n2\t3\t0\n",
            ),
            (
                "a%2Fb.fr-2-fr-3.ladder",
                "0\t0\t1.0000\n2\t1\t0.2500\n3\t2\t0\n",
            ),
        ] {
            assert_eq!(files.text(name), expected, "{name}");
        }
        assert_eq!(files.names().len(), 6);

        let files = Memory::default();
        let mut writer = Writer::new(files.clone()).texts();
        writer.write("x", &article, &alignment).unwrap();
        let told: Vec<String> = writer.finish().unwrap().told().collect();
        assert_eq!(told[0], "3 beads not marked as moved");
        let expected = "Un ~~~ deux\tUn deux\t1.0000\nBuy now\tTrois\t0.2500\n";
        assert_eq!(files.text("x.fr-2-fr-3.txt"), expected);
        assert_eq!(files.names().len(), 3);
    }

    /// The linked beads by their first and last segments, with their scores.
    fn linked(aligned: &Aligned) -> Vec<(Vec<[usize; 2]>, String)> {
        let beads = aligned.alignment().iter().filter(|bead| !bead.is_null());
        let spans = |bead: &Bead| {
            let spans = bead.segments().iter().map(|s| [s[0], s[s.len() - 1]]);
            spans.collect()
        };
        beads
            .map(|bead| (spans(bead), format!("{:.4}", bead.score())))
            .collect()
    }

    proptest! {
        #[test]
        fn a_ladder_holds_what_rises(aligned in aligned()) {
            let Ok(pair) = aligned.select(&[0, 1]) else { return Ok(()) };
            let (files, unit) = (Memory::default(), pair.alignment().unit());
            let mut writer = Writer::new(files.clone());
            writer.write("x", pair.article(), pair.alignment()).unwrap();
            let losses = writer.finish().unwrap();
            let names = files.names();
            let ladder = files.text(names.iter().find(|n| n.ends_with(".ladder")).unwrap());
            let labels = crate::format::labels(pair.article());
            let texts = [0, 1].map(|side: usize| {
                let version = &pair.article().versions()[side];
                let text = files.text(&format!("x.{}.txt", labels[side]));
                LineText::new(version.name(), &text).told(version.lang())
            });
            for side in [0, 1] {
                let count = pair.article().versions()[side].segments(unit).len();
                prop_assert_eq!(texts[side].len(), count);
            }
            let read = read("x", unit, "x", ladder.as_bytes(), texts).unwrap();
            let (read, all) = (linked(&read), linked(&pair));
            prop_assert_eq!(read.len() + losses.count(Loss::MovedBead), all.len());
            prop_assert!(read.iter().all(|bead| all.contains(bead)), "{:?} of {:?}", read, all);
        }

        #[test]
        fn texts_hold_what_is_linked(aligned in aligned()) {
            let Ok(pair) = aligned.select(&[0, 1]) else { return Ok(()) };
            let versions = pair.article().versions();
            // Such a text is read as two.
            prop_assume!(versions.iter().all(|version| !version.text().contains("~~~")));
            let (files, unit) = (Memory::default(), pair.alignment().unit());
            let mut writer = Writer::new(files.clone()).texts();
            writer.write("x", pair.article(), pair.alignment()).unwrap();
            let lines = files.text(&files.names()[0]);
            let langs = [versions[0].lang(), versions[1].lang()];
            let read = read_texts("x", unit, "x", lines.as_bytes(), langs).unwrap();
            let beads = |aligned: &Aligned| {
                let beads = aligned.alignment().iter();
                let mut shapes: Vec<String> = beads.map(|bead| format!("{} {:.4}", bead.shape(), bead.score())).collect();
                shapes.sort();
                shapes
            };
            prop_assert_eq!(beads(&read), beads(&pair));
        }
    }

    #[test]
    fn malformed_ladders() {
        for (name, rungs, expected) in [
            (
                "no rung",
                "0\t0\t1\nzero\n",
                "x, line 2: `zero`, expected a rung such as `12 14 0.9`",
            ),
            (
                "a field too many",
                "0 0 1 1",
                "x, line 1: `0 0 1 1`, expected a rung such as `12 14 0.9`",
            ),
            (
                "falling",
                "1\t1\t1\n2\t0\t1\n",
                "x, line 2: 0 on the right, expected 1 to 2: at least the rung before it, at most the \
                 lines of the text",
            ),
            (
                "beyond",
                "0\t0\t1\n\n99999999999\t1\t1\n",
                "x, line 3: 99999999999 on the left, expected 0 to 3: at least the rung before it, at \
                 most the lines of the text",
            ),
        ] {
            let texts = [text("a\nb\nc"), text("d\ne")];
            let error = read("x", Unit::Sentence, "x", rungs.as_bytes(), texts).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
        for (lines, expected) in [
            (
                "a\tb\t1\nc",
                "x, line 2: `c`, expected two texts and a score",
            ),
            (
                "a\tb\tgood",
                "x, line 1: `a\tb\tgood`, expected two texts and a score",
            ),
            ("\t\t0", "x, line 1: none of the 2 versions holds any text"),
        ] {
            let langs = [Lang::EN, Lang::FR];
            let error = read_texts("x", Unit::Sentence, "x", lines.as_bytes(), langs).unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn lines_in_no_step_are_kept() {
        let texts = [text("a\nb\nc"), text("d\n\ne")];
        let read = read(
            "x",
            Unit::Sentence,
            "x",
            &b"1\t0\t0.5\n2\t1\t0\n"[..],
            texts,
        )
        .unwrap();
        let shapes: Vec<_> = read
            .alignment()
            .iter()
            .map(|b| b.shape().to_string())
            .collect();
        assert_eq!(shapes, ["1:0", "1:1", "0:1", "1:0"]);
    }
}
