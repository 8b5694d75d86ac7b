//! The format of Vecalign (Thompson and Koehn 2019): a line for every bead, `[0, 1]:[0]:0.021`.
//!
//! The lists are numbers of lines, from 0, of the left and the right text; the number behind them is a
//! cost, lower is better, here 1 − score. A list may be empty. A [`Writer`] makes, for every article,
//! the texts `news.en.txt` …, one segment a line, and for each pair of versions
//! `news.en-fr.vecalign`. Moved beads stand where the left text has them; marks have no place and are
//! counted as losses. A [`read`]er marks what stands out of order as moved, and takes costs outside
//! 0..1 for the nearer end.

use std::io::{BufRead, Write};

use super::bitext::{Link, Pairs, aligned, clamped, malformed, numbered_lines};
use super::draft::BeadDraft;
use super::ladder::shown;
use super::{Aligned, Create, LineText, Loss, Losses};
use crate::alignment::Alignment;
use crate::article::{Article, Unit};
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes alignments of pairs and the texts that they count the lines of.
///
/// # Examples
///
/// ```no_run
/// use triglyph::format::{Folder, Writer, vecalign};
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
/// let alignment = Aligner::new().align(&article);
/// // out/cat.en.txt, out/cat.de.txt and out/cat.en-de.vecalign
/// let mut writer = vecalign::Writer::new(Folder::new("out"));
/// writer.write("cat", &article, &alignment)?;
/// writer.finish()?;
/// # Ok::<(), triglyph::Error>(())
/// ```
pub struct Writer<C>(Pairs<C>);

impl<C: Create> Writer<C> {
    /// A writer of files that `files` makes.
    pub fn new(files: C) -> Self {
        Self(Pairs::new(files))
    }

    /// Sets how the names of the files name languages.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.0.style = style;
        self
    }
}

impl<C: Create> super::Writer for Writer<C> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        self.0.write_texts(id, article, alignment.unit())?;
        let write = |out: &mut dyn Write, _: [usize; 2], links: &[Link], losses: &mut Losses| {
            for Link { bead, segments } in links {
                let [left, right] = segments;
                let cost = 1.0 - bead.score();
                writeln!(out, "{left:?}:{right:?}:{cost:.6}")?;
                losses.add(Loss::MovedMark, usize::from(bead.moved()));
            }
            Ok(())
        };
        (self.0).write_pairs(id, article, alignment, "vecalign", write)
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        Ok(self.0.losses.clone())
    }
}

/// Reads an alignment of the lines of two texts; `name` is what errors call it.
///
/// Lines that no bead holds get null beads scored 0.
///
/// # Errors
///
/// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) for what is no bead, and for lines that are not
/// there or stand in two beads.
///
/// # Examples
///
/// ```
/// use triglyph::format::{LineText, vecalign};
/// use triglyph::{Lang, Unit};
///
/// let english = LineText::new("en.txt", "A cat.\nIt sleeps.\nThe end.\n").told(Lang::EN);
/// let french = LineText::new("fr.txt", "Un chat dort.\n").told(Lang::FR);
/// let beads = "[0, 1]:[0]:0.1\n[2]:[]:0.000000\n";
/// let texts = [english, french];
/// let aligned = vecalign::read("cat", Unit::Sentence, "cat.vecalign", beads.as_bytes(), texts)?;
/// let shapes: Vec<_> = aligned.alignment().iter().map(|b| b.shape().to_string()).collect();
/// assert_eq!(shapes, ["2:1", "1:0"]);
/// # Ok::<(), triglyph::Error>(())
/// ```
pub fn read(
    id: &str,
    unit: Unit,
    name: &str,
    beads: impl BufRead,
    texts: [LineText; 2],
) -> Result<Aligned, Error> {
    let ends = [0, 1].map(|side: usize| texts[side].len());
    let mut seen = ends.map(|end| vec![false; end]);
    let mut drafts = Vec::new();
    let mut last = 1;
    for line in numbered_lines(name, beads) {
        let (number, line) = line?;
        last = number;
        let Some((segments, cost)) = bead(&line) else {
            let reason = format!(
                "`{}`, expected a bead such as `[0, 1]:[0]:0.02`",
                shown(&line)
            );
            return Err(malformed(name, number, reason));
        };
        for ((seen, list), side) in seen.iter_mut().zip(&segments).zip(["left", "right"]) {
            for &at in list {
                let reason = match seen.get_mut(at) {
                    Some(seen) if !*seen => {
                        *seen = true;
                        continue;
                    }
                    Some(_) => "which stands in a bead before it too".to_owned(),
                    None => format!("but the text has {} lines, counted from 0", seen.len()),
                };
                return Err(malformed(
                    name,
                    number,
                    format!("line {at} on the {side}, {reason}"),
                ));
            }
        }
        if segments.iter().any(|list| !list.is_empty()) {
            drafts.push(BeadDraft::new(segments.into(), clamped(1.0 - cost)));
        }
    }
    aligned(id, unit, texts, drafts, (name, last))
}

/// The lists and the cost of a line; a cost that is missing is 0.
fn bead(line: &str) -> Option<([Vec<usize>; 2], f64)> {
    let mut fields = line.trim().splitn(3, ':');
    let mut list = || {
        let list = fields.next()?.trim().strip_prefix('[')?.strip_suffix(']')?;
        let numbers = list.split(',').map(str::trim);
        match list.trim().is_empty() {
            true => Some(Vec::new()),
            false => numbers.map(|number| number.parse().ok()).collect(),
        }
    };
    let lists = [list()?, list()?];
    let cost = fields
        .next()
        .map_or(Some(0.0), |cost| cost.trim().parse().ok())?;
    Some((lists, cost))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::arbitrary::aligned;
    use super::super::memory::Memory;
    use super::super::tests::example;
    use super::super::{Writer as _, labels};
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn exact_files() {
        let (article, alignment) = example(Unit::Paragraph);
        let files = Memory::default();
        let mut writer = Writer::new(files.clone());
        writer.write("x", &article, &alignment).unwrap();
        let told: Vec<String> = writer.finish().unwrap().told().collect();
        assert_eq!(told[0], "3 beads not marked as moved");
        for (name, expected) in [
            ("x.fr-3.txt", "Un deux\nTrois\n"),
            (
                "x.en-fr-2.vecalign",
                "[0]:[0, 1]:0.000000\n[]:[2]:0.750000\n[1]:[]:0.876550\n",
            ),
            (
                "x.fr-2-fr-3.vecalign",
                "[0, 1]:[0]:0.000000\n[2]:[1]:0.750000\n",
            ),
        ] {
            assert_eq!(files.text(name), expected, "{name}");
        }
        assert_eq!(files.names().len(), 6);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(aligned in aligned()) {
            let Ok(pair) = aligned.select(&[0, 1]) else { return Ok(()) };
            let (files, unit) = (Memory::default(), pair.alignment().unit());
            let mut writer = Writer::new(files.clone());
            writer.write("x", pair.article(), pair.alignment()).unwrap();
            let labels = labels(pair.article());
            let texts = [0, 1].map(|side: usize| {
                let text = files.text(&format!("x.{}.txt", labels[side]));
                LineText::new(&labels[side], &text).told(pair.article().versions()[side].lang())
            });
            let beads = files.text(&format!("x.{}.vecalign", labels.join("-")));
            let read = read("x", unit, "x", beads.as_bytes(), texts).unwrap();
            let told = |aligned: &Aligned| {
                let beads = aligned.alignment().iter();
                let told = beads.map(|bead| (bead.segments().to_vec(), format!("{:.4}", bead.score())));
                told.collect::<Vec<_>>()
            };
            prop_assert_eq!(told(&read), told(&pair));
        }
    }

    #[test]
    fn malformed_beads() {
        for (name, beads, expected) in [
            (
                "no bead",
                "[0]:[0]:0\n0:0\n",
                "x, line 2: `0:0`, expected a bead such as `[0, 1]:[0]:0.02`",
            ),
            (
                "cut off",
                "[0]:[0",
                "x, line 1: `[0]:[0`, expected a bead such as `[0, 1]:[0]:0.02`",
            ),
            (
                "negative",
                "[-1]:[0]:0",
                "x, line 1: `[-1]:[0]:0`, expected a bead such as `[0, 1]:[0]:0.02`",
            ),
            (
                "dangling",
                "[0]:[7]:0",
                "x, line 1: line 7 on the right, but the text has 2 lines, counted from 0",
            ),
            (
                "twice",
                "[0]:[0]:0\n[1, 0]:[]:0",
                "x, line 2: line 0 on the left, which stands in a bead before it too",
            ),
        ] {
            let texts = ["a\nb\nc", "d\ne"].map(|text| LineText::new("t", text).told(Lang::EN));
            let error = read("x", Unit::Sentence, "x", beads.as_bytes(), texts).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
    }
}
