//! XLIFF 2.1, for translation tools: a file for each pair of versions, one `unit` a bead.
//!
//! ```xml
//! <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" … version="2.1" srcLang="en" trgLang="fr">
//! <file id="f1" original="coworker">
//! <unit id="u1">
//! <mda:metadata><mda:metaGroup category="triglyph"><mda:meta type="score">0.9800</mda:meta>…</mda:metaGroup></mda:metadata>
//! <segment state="translated"><source>One. Two.</source><target>Un et deux.</target></segment>
//! </unit>
//! </file>
//! </xliff>
//! ```
//!
//! is written to `en-fr.xlf`, named by the [labels](super::labels) of the versions, of which the earlier
//! is the source. In it, each article is a `file`. Several segments of a version in a bead are joined by a
//! space; white space is kept as it is, as `xml:space="preserve"` says of the whole file.
//!
//! A pair has a unit for each bead with segments in either version, in the order of the beads. A bead
//! without the target version has no `target` and the state `initial`; one without the source version,
//! for which XLIFF has no place, has an empty `source`, and its shape is `0:1`. In the metadata of a unit
//! stand `score`, with four decimals, `shape`, of this pair, and `moved`, `conflict` and `confirmed`, as `true`, where
//! the bead is.
//!
//! There is no room for what XML forbids ([`Loss::Character`]), for where a segment ends that others of
//! the same bead follow, what versions are named, what kind a paragraph is, whether it is boilerplate,
//! and where it stood. XLIFF is not read.
//!
//! # Examples
//!
//! ```
//! use triglyph::format::{Folder, Writer, xliff};
//! use triglyph::{Aligner, Article};
//!
//! let folder = std::env::temp_dir().join("triglyph-xliff-example");
//! let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
//! let mut writer = xliff::Writer::new(Folder::new(&folder));
//! writer.write("cat", &article, &Aligner::new().align(&article))?;
//! writer.finish()?;
//! let file = std::fs::read_to_string(folder.join("en-de.xlf")).unwrap();
//! assert!(file.contains("<source>The cat sleeps.</source><target>Die Katze schläft.</target>"));
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), triglyph::Error>(())
//! ```
//!
//! [`Loss::Character`]: super::Loss::Character

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::standoff::{PairFiles, pairs};
use super::xml::XmlWriter;
use super::{Create, FourDecimals, Loss, Losses, labels_in};
use crate::alignment::{Alignment, BeadOf};
use crate::article::Article;
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes aligned articles as XLIFF 2.1, a file for each pair of versions; [`xliff`](self) says how.
#[derive(Debug)]
pub struct Writer<C> {
    files: PairFiles<C>,
    /// How many articles stand in each file.
    counts: BTreeMap<String, usize>,
    style: LangStyle,
    losses: Losses,
}

impl<C: Create> Writer<C> {
    /// A writer of files in a folder.
    #[must_use]
    pub fn new(create: C) -> Self {
        Self {
            files: PairFiles::new(create),
            counts: BTreeMap::new(),
            style: LangStyle::default(),
            losses: Losses::default(),
        }
    }

    /// How codes of languages are written; BCP 47, as XLIFF asks for, unless told otherwise.
    #[must_use]
    pub const fn lang_style(mut self, style: LangStyle) -> Self {
        self.style = style;
        self
    }
}

impl<C: Create> super::Writer for Writer<C> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let labels = labels_in(self.style, article);
        for [a, b] in pairs(labels.len()) {
            let is_in_pair = |bead: &BeadOf| [a, b].iter().any(|&v| !bead.segments()[v].is_empty());
            // A `file` needs a unit.
            if !alignment.beads(article).any(|bead| is_in_pair(&bead)) {
                continue;
            }
            let langs = [a, b].map(|v| article.versions()[v].lang());
            let name = format!("{}-{}.xlf", labels[a], labels[b]);
            let count = self.counts.entry(name.clone()).or_default();
            *count += 1;
            let style = self.style;
            let xml = self.files.file(name, |xml| {
                let attributes: super::xml::Attributes = &[
                    ("xmlns", &"urn:oasis:names:tc:xliff:document:2.0"),
                    ("xmlns:mda", &"urn:oasis:names:tc:xliff:metadata:2.0"),
                    ("version", &"2.1"),
                    ("srcLang", &style.code(&langs[0])),
                    ("trgLang", &style.code(&langs[1])),
                    ("xml:space", &"preserve"),
                ];
                xml.start("xliff", attributes)?;
                xml.line()
            })?;
            let file = format_args!("f{count}");
            xml.start("file", &[("id", &file), ("original", &id)])?;
            xml.line()?;
            let beads = alignment.beads(article).filter(is_in_pair);
            for (number, bead) in beads.enumerate() {
                write_unit(xml, number + 1, &bead, [a, b])?;
            }
            xml.end("file")?;
            xml.line()?;
            self.losses.add(Loss::Character, xml.take_dropped());
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.files.finish(|xml| {
            xml.end("xliff")?;
            xml.line()
        })?;
        self.counts.clear();
        Ok(std::mem::take(&mut self.losses))
    }
}

fn write_unit<W: Write>(
    xml: &mut XmlWriter<W>,
    number: usize,
    bead: &BeadOf,
    [a, b]: [usize; 2],
) -> io::Result<()> {
    xml.start("unit", &[("id", &format_args!("u{number}"))])?;
    xml.line()?;
    xml.start("mda:metadata", &[])?;
    xml.start("mda:metaGroup", &[("category", &"triglyph")])?;
    let [own, other] = [a, b].map(|v| bead.segments()[v].len());
    let score = FourDecimals(bead.score());
    xml.element("mda:meta", &[("type", &"score")], score)?;
    xml.element(
        "mda:meta",
        &[("type", &"shape")],
        format_args!("{own}:{other}"),
    )?;
    for name in bead.flags() {
        xml.element("mda:meta", &[("type", &name)], true)?;
    }
    xml.end("mda:metaGroup")?;
    xml.end("mda:metadata")?;
    xml.line()?;
    let state = if other == 0 { "initial" } else { "translated" };
    xml.start("segment", &[("state", &state)])?;
    write_text(xml, "source", bead, a)?;
    if other > 0 {
        write_text(xml, "target", bead, b)?;
    }
    xml.end("segment")?;
    xml.line()?;
    xml.end("unit")?;
    xml.line()
}

fn write_text<W: Write>(
    xml: &mut XmlWriter<W>,
    name: &str,
    bead: &BeadOf,
    version: usize,
) -> io::Result<()> {
    xml.start(name, &[])?;
    for (i, text) in bead.segments_of(version).enumerate() {
        if i > 0 {
            xml.text(" ")?;
        }
        xml.text(text)?;
    }
    xml.end(name)
}

#[cfg(test)]
mod tests {
    use super::super::Writer as _;
    use super::super::memory::Memory;
    use super::super::tests::example;
    use super::*;
    use crate::article::Unit;

    #[test]
    fn exact_files() {
        let (article, alignment) = example(Unit::Paragraph);
        let memory = Memory::default();
        let mut writer = Writer::new(memory.clone());
        writer.write("a \"b\"", &article, &alignment).unwrap();
        let losses: Vec<String> = writer.finish().unwrap().told().collect();
        assert_eq!(losses, ["2 characters left out that XML forbids"]);
        assert_eq!(
            memory.names(),
            ["en-fr-2.xlf", "en-fr-3.xlf", "fr-2-fr-3.xlf"]
        );
        let begin = |source: &str, target: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                 <xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
                 xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\" \
                 srcLang=\"{source}\" trgLang=\"{target}\" xml:space=\"preserve\">\n\
                 <file id=\"f1\" original=\"a &quot;b&quot;\">\n"
            )
        };
        let unit = |id: &str, meta: [&str; 3], segment: &str| {
            let meta = [("score", meta[0]), ("shape", meta[1]), (meta[2], "true")];
            let meta = meta.map(|(name, value)| match name {
                "" => String::new(),
                _ => format!("<mda:meta type=\"{name}\">{value}</mda:meta>"),
            });
            let meta = meta.concat();
            format!(
                "<unit id=\"{id}\">\n<mda:metadata><mda:metaGroup category=\"triglyph\">{meta}\
                 </mda:metaGroup></mda:metadata>\n<segment {segment}</segment>\n</unit>\n"
            )
        };
        let expected = [
            begin("en", "fr"),
            unit(
                "u1",
                ["1.0000", "1:2", "conflict"],
                "state=\"translated\"><source>A &amp; B &lt; C &gt; \"D\"\t«\u{a0}E\u{a0}»\u{2028}\
                 F\nG\u{85}\\H</source><target>Un deux</target>",
            ),
            unit(
                "u2",
                ["0.2500", "0:1", "moved"],
                "state=\"translated\"><source></source><target>Buy now</target>",
            ),
            unit(
                "u3",
                ["0.1235", "1:0", ""],
                "state=\"initial\"><source>Alone</source>",
            ),
            "</file>\n</xliff>\n".into(),
        ];
        assert_eq!(memory.text("en-fr-2.xlf"), expected.concat());
        let french = [
            begin("fr", "fr"),
            unit(
                "u1",
                ["1.0000", "2:1", "conflict"],
                "state=\"translated\"><source>Un deux</source><target>Un deux</target>",
            ),
            unit(
                "u2",
                ["0.2500", "1:1", "moved"],
                "state=\"translated\"><source>Buy now</source><target>Trois</target>",
            ),
            "</file>\n</xliff>\n".into(),
        ];
        assert_eq!(memory.text("fr-2-fr-3.xlf"), french.concat());
    }

    #[test]
    fn several_articles_in_a_file() {
        let (article, alignment) = example(Unit::Paragraph);
        let memory = Memory::default();
        let mut writer = Writer::new(memory.clone()).lang_style(LangStyle::Iso639_3);
        writer.write("a", &article, &alignment).unwrap();
        writer.write("b", &article, &alignment).unwrap();
        writer.finish().unwrap();
        let file = memory.text("eng-fra-2.xlf");
        for part in [
            "<file id=\"f1\" original=\"a\">",
            "<file id=\"f2\" original=\"b\">",
        ] {
            assert_eq!(file.matches(part).count(), 1, "{file}");
        }
        assert!(file.contains("srcLang=\"eng\""));
    }
}
