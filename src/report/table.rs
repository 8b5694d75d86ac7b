//! The rows of a page: a bead each, a cell for each version.

use std::io::{self, Write};

use super::html::Escaped;
use super::{DOUBTFUL, shade};
use crate::alignment::Bead;
use crate::article::{Article, Segment, Unit, Version};
use crate::format::{Named, labels};
use crate::lang::Lang;

/// Rows of a page that are shown at a time.
const PAGE: usize = 200;

/// Bytes of a text beyond which it is folded, and how much of it is shown then, in characters.
const LONG: usize = 20_000;
const SHOWN: usize = 200;

/// A table of an article.
pub(super) struct Rows<'a> {
    article: &'a Article,
    unit: Unit,
    labels: Vec<String>,
    /// Whether it shows what the aligner found.
    judged: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(article: &'a Article, unit: Unit, judged: bool) -> Self {
        Self {
            article,
            unit,
            labels: labels(article),
            judged,
        }
    }

    /// Writes the table of some beads.
    pub(super) fn write(&self, out: &mut dyn Write, beads: &[Bead]) -> io::Result<()> {
        writeln!(
            out,
            "<table id=\"rows\">\n<caption>A row for each group of segments that translate one another, a \
             column for each version.</caption>\n<thead><tr><th scope=\"col\">Row</th>"
        )?;
        for version in self.article.versions() {
            let (lang, name) = (version.lang(), version.name());
            writeln!(
                out,
                "<th scope=\"col\"><span>{}</span> <bdi class=\"name\">{}</bdi></th>",
                Escaped(lang.name()),
                Escaped(name)
            )?;
        }
        writeln!(out, "<th scope=\"col\">Score</th></tr></thead>")?;
        for (page, beads) in beads.chunks(PAGE).enumerate() {
            let later = if page > 0 { " class=\"later\"" } else { "" };
            writeln!(out, "<tbody{later}>")?;
            for (at, bead) in beads.iter().enumerate() {
                self.write_row(out, page * PAGE + at + 1, bead)?;
            }
            writeln!(out, "</tbody>")?;
        }
        writeln!(out, "</table>")
    }

    fn write_row(&self, out: &mut dyn Write, number: usize, bead: &Bead) -> io::Result<()> {
        let class = self.class(bead);
        writeln!(
            out,
            "<tr id=\"row-{number}\" class=\"{class}\"><th scope=\"row\"><a href=\"#row-{number}\">{number}</a></th>"
        )?;
        for (v, version) in self.article.versions().iter().enumerate() {
            let (label, segments) = (&self.labels[v], &bead.segments()[v]);
            let lang = attributes(version.lang());
            let none = if segments.is_empty() {
                " class=\"none\""
            } else {
                ""
            };
            write!(out, "<td data-version=\"{}\"{none}{lang}>", Escaped(label))?;
            if segments.is_empty() {
                write!(
                    out,
                    "<span class=\"empty\" lang=\"en\">not in {}</span>",
                    Escaped(label)
                )?;
            }
            for &segment in segments {
                self.write_segment(out, version, label, segment)?;
            }
            writeln!(out, "</td>")?;
        }
        write!(out, "<td class=\"score\">")?;
        if self.judged {
            write!(out, "<span class=\"value\">{:.2}</span>", bead.score())?;
            for flag in bead.flags() {
                write!(out, " <span class=\"flag\">{flag}</span>")?;
            }
        }
        writeln!(out, "</td></tr>")
    }

    fn class(&self, bead: &Bead) -> String {
        let is_complete = bead.segments().iter().all(|segments| !segments.is_empty());
        let mut class = format!("row {}", if is_complete { "complete" } else { "partial" });
        if bead.is_null() {
            class += " null";
        }
        if self.judged {
            for flag in bead.flags() {
                class += " ";
                class += flag;
            }
            if is_doubtful(bead) {
                class += " doubtful";
            }
            class += &format!(" s{}", shade(bead.score()));
        }
        class
    }

    fn write_segment(
        &self,
        out: &mut dyn Write,
        version: &Version,
        label: &str,
        number: usize,
    ) -> io::Result<()> {
        let segment = &version.segments(self.unit)[number];
        let (text, kind) = (version.text_of(segment), segment.kind().word());
        let lang = segment.lang().map(attributes).unwrap_or_default();
        let (boilerplate, reason) = match segment.boilerplate() {
            None => ("", String::new()),
            Some(reason) => (" boilerplate", format!(" · boilerplate: {}", reason.word())),
        };
        let long = if text.len() > LONG { " long" } else { "" };
        let (sign, number) = (sign(self.unit), number + 1);
        write!(
            out,
            "\n<div class=\"segment {kind}{boilerplate}{long}\" id=\"{0}-{number}\"{lang}>\
             <span class=\"label\" lang=\"en\">{sign}{number} {1}{2}{3}</span> ",
            Escaped(label),
            kind.replace('_', " "),
            reason.replace('_', " "),
            in_other(segment),
        )?;
        let whole =
            |out: &mut dyn Write| write!(out, "<bdi class=\"text\">{}</bdi>", Escaped(text));
        match long.is_empty() {
            true => whole(out)?,
            false => {
                let start: String = text.chars().take(SHOWN).collect();
                write!(
                    out,
                    "<details><summary><bdi>{}</bdi> …</summary>",
                    Escaped(&start)
                )?;
                whole(out)?;
                write!(out, "</details>")?;
            }
        }
        write!(out, "</div>")
    }
}

/// Whether a bead should be looked at.
pub(super) fn is_doubtful(bead: &Bead) -> bool {
    bead.score() < DOUBTFUL && !bead.confirmed()
}

/// The sign before the number of a segment.
const fn sign(unit: Unit) -> char {
    match unit {
        Unit::Paragraph => '¶',
        Unit::Sentence => '§',
    }
}

/// That a segment is in another language than its version.
fn in_other(segment: &Segment) -> String {
    let lang = segment.lang();
    lang.map(|lang| format!(" · in {}", Escaped(lang.name())))
        .unwrap_or_default()
}

/// The language of an element and the direction of its text.
fn attributes(lang: Lang) -> String {
    const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    let dir = match lang.code() {
        code if RIGHT_TO_LEFT.contains(&code) => "rtl",
        _ if lang == Lang::UND => "auto",
        _ => "ltr",
    };
    format!(" lang=\"{}\" dir=\"{dir}\"", Escaped(lang.code()))
}
