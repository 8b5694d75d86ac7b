//! The text view of an alignment: the versions side by side, or below one another where there is
//! no room for that.

use std::env;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use triglyph::{Alignment, Article, Bead, Segment, Unit, Version, format};
use unicode_width::UnicodeWidthStr;

use crate::output::is_terminal;
use crate::wrap::{cut, pad, wrap};

/// Width where there is no terminal.
const WIDTH: usize = 100;

/// The least width of a column.
const LEAST: usize = 20;

/// What stands between columns.
const SEPARATOR: &str = " │ ";
const SEPARATOR_WIDTH: usize = 3;

/// Stands where a version has no segment in a bead.
const NOTHING: &str = "∅";

/// How an alignment is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    /// Terminal columns that no line is longer than.
    pub(crate) width: usize,
    /// Whether bold and dim type may be used.
    pub(crate) styled: bool,
}

impl View {
    /// The view for where the output goes: of the width told, or of the terminal's.
    pub(crate) fn of(width: Option<u16>, output: Option<&Path>) -> Self {
        let terminal = is_terminal(output);
        let size = terminal.then(|| terminal_size::terminal_size_of(io::stdout()));
        let own = (size.flatten()).map(|(width, _)| usize::from(width.0).max(LEAST));
        let colourless = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            width: width.map(usize::from).or(own).unwrap_or(WIDTH),
            styled: terminal && !colourless,
        }
    }

    /// Writes the versions, the beads and their counts.
    pub(crate) fn write(
        self,
        out: &mut dyn Write,
        article: &Article,
        alignment: &Alignment,
    ) -> io::Result<()> {
        let form = Form::new(article, self.width);
        let unit = alignment.unit();
        let heads = form.cells(article, |version| vec![head(version)]);
        form.write(out, &heads, |line| self.bold(line))?;
        for (number, bead) in alignment.iter().enumerate() {
            writeln!(out, "{}", self.rule(&title(number + 1, bead)))?;
            let mut segments = bead.segments().iter();
            let cells = form.cells(article, |version| {
                let indices = segments.next().map_or(&[][..], Vec::as_slice);
                texts(version, indices, unit)
            });
            form.write(out, &cells, str::to_owned)?;
        }
        writeln!(out, "{}", self.rule(""))?;
        for line in wrap(&counts(alignment), self.width) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// A line across the whole width, with a title in it.
    fn rule(self, title: &str) -> String {
        let mut rule = String::new();
        let mut used = 0;
        if !title.is_empty() {
            let title = cut(title, self.width - 4);
            rule = format!("── {title} ");
            used = rule.width();
        }
        rule.extend(std::iter::repeat_n('─', self.width.saturating_sub(used)));
        self.dim(rule.trim_end())
    }

    fn bold(self, line: &str) -> String {
        self.set("1", line)
    }

    fn dim(self, line: &str) -> String {
        self.set("2", line)
    }

    fn set(self, code: &str, line: &str) -> String {
        match self.styled {
            true => format!("\u{1b}[{code}m{line}\u{1b}[0m"),
            false => line.to_owned(),
        }
    }
}

/// How the cells of a row are laid out.
enum Form {
    /// Side by side, each of this width.
    Columns(usize),
    /// Below one another, each behind its label: the labels, their width, that of the texts.
    Stacked(Vec<String>, usize, usize),
}

impl Form {
    fn new(article: &Article, width: usize) -> Self {
        let count = article.versions().len();
        let column = (width + SEPARATOR_WIDTH) / count;
        if column >= LEAST + SEPARATOR_WIDTH {
            return Self::Columns(column - SEPARATOR_WIDTH);
        }
        let labels = format::labels(article);
        let label = labels.iter().map(String::len).max().unwrap_or_default() + 2;
        Self::Stacked(labels, label, width.saturating_sub(label))
    }

    /// The lines of each version's cell, made of its texts.
    fn cells(
        &self,
        article: &Article,
        mut texts: impl FnMut(&Version) -> Vec<String>,
    ) -> Vec<Vec<String>> {
        let (Self::Columns(width) | Self::Stacked(_, _, width)) = *self;
        let mut cell = |version: &Version| {
            let texts = texts(version);
            texts.iter().flat_map(|text| wrap(text, width)).collect()
        };
        article.versions().iter().map(&mut cell).collect()
    }

    /// Writes the cells of one row, each line in the style given.
    fn write(
        &self,
        out: &mut dyn Write,
        cells: &[Vec<String>],
        style: impl Fn(&str) -> String,
    ) -> io::Result<()> {
        match self {
            Self::Columns(width) => {
                let height = cells.iter().map(Vec::len).max().unwrap_or_default();
                for line in 0..height {
                    let parts = cells.iter().map(|cell| {
                        let part = cell.get(line).map_or("", String::as_str);
                        pad(part, *width)
                    });
                    let parts: Vec<String> = parts.collect();
                    writeln!(out, "{}", style(parts.join(SEPARATOR).trim_end()))?;
                }
            }
            Self::Stacked(labels, indent, _) => {
                for (label, cell) in labels.iter().zip(cells) {
                    for (number, line) in cell.iter().enumerate() {
                        let label = if number == 0 { label.as_str() } else { "" };
                        writeln!(out, "{}", style(&(pad(label, *indent) + line)))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What is said of a version above its column.
fn head(version: &Version) -> String {
    let (name, lang, score) = (version.name(), version.lang(), version.lang_score());
    let layout = name_of(&version.layout());
    format!("{name} · {lang} {score:.2} · {layout}")
}

/// What is said of a bead above its texts.
fn title(number: usize, bead: &Bead) -> String {
    let mut title = format!("{number} · {} · {:.2}", bead.shape(), bead.score());
    let flags = [
        (bead.moved(), "moved"),
        (bead.conflict(), "conflict"),
        (bead.confirmed(), "confirmed"),
    ];
    for (_, name) in flags.into_iter().filter(|(holds, _)| *holds) {
        title += " · ";
        title += name;
    }
    title
}

/// The segments of a version in a bead; the second and every further one behind a plus sign.
fn texts(version: &Version, indices: &[usize], unit: Unit) -> Vec<String> {
    if indices.is_empty() {
        return vec![NOTHING.into()];
    }
    let segments = version.segments(unit);
    (indices.iter().filter_map(|&i| segments.get(i)).enumerate())
        .map(|(number, segment)| {
            let plus = if number == 0 { "" } else { "+ " };
            let text = version.text_of(segment);
            format!("{plus}{}{text}", marks(segment))
        })
        .collect()
}

/// The marks of a segment in brackets, such as `[es, teaser] `; empty where it has none.
pub(crate) fn marks(segment: &Segment) -> String {
    let lang = segment.lang().map(|lang| lang.to_string());
    let boilerplate = segment.boilerplate().map(|reason| name_of(&reason));
    let marks: Vec<String> = lang.into_iter().chain(boilerplate).collect();
    match marks[..] {
        [] => String::new(),
        _ => format!("[{}] ", marks.join(", ")),
    }
}

/// The name that a value has in the JSON schema, with spaces for underscores.
pub(crate) fn name_of(value: &impl Serialize) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str().unwrap_or_default().replace('_', " ")
}

fn counts(alignment: &Alignment) -> String {
    let (mut complete, mut partial, mut null) = (0, 0, 0);
    for bead in alignment {
        if bead.is_null() {
            null += 1;
        } else if bead.segments().iter().any(Vec::is_empty) {
            partial += 1;
        } else {
            complete += 1;
        }
    }
    let (beads, score) = (complete + partial + null, alignment.score());
    let s = if beads == 1 { "" } else { "s" };
    format!(
        "{beads} bead{s}: {complete} complete, {partial} partial, {null} null; score {score:.2}"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// A version of three paragraphs, the last of which is a foreign advertisement.
    fn version(name: &str, lang: &str) -> Value {
        let text = "One two three\nFour five\nBuy now";
        let mut paragraphs = [[0, 13, 0], [14, 23, 1], [24, 31, 2]].map(|[start, end, index]| {
            json!({"start": start, "end": end, "kind": "body", "paragraph": index})
        });
        paragraphs[2]["lang"] = "es".into();
        paragraphs[2]["boilerplate"] = "advertisement".into();
        json!({
            "name": name, "lang": lang, "lang_score": 0.5, "layout": "one_per_line",
            "text": text, "paragraphs": paragraphs, "sentences": paragraphs,
        })
    }

    fn shown(view: View) -> String {
        let versions = json!([
            version("en.txt", "en"),
            version("fr.txt", "fr"),
            version("2", "fr")
        ]);
        let article: Article = serde_json::from_value(versions).unwrap();
        let alignment: Alignment = serde_json::from_value(json!({"unit": "paragraph", "beads": [
            {"segments": [[0, 1], [0], []], "score": 0.75, "conflict": true},
            {"segments": [[2], [2], [0]], "score": 0.25, "moved": true, "conflict": true},
            {"segments": [[], [1], []], "score": 1.0},
            {"segments": [[], [], [1, 2]], "score": 1.0},
        ]}))
        .unwrap();
        let mut out = Vec::new();
        view.write(&mut out, &article, &alignment).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn side_by_side() {
        let view = View {
            width: 66,
            styled: false,
        };
        let expected = "\
en.txt · en 0.50 ·   │ fr.txt · fr 0.50 ·   │ 2 · fr 0.50 · one
one per line         │ one per line         │ per line
── 1 · 2:1:0 · 0.75 · conflict ───────────────────────────────────
One two three        │ One two three        │ ∅
+ Four five          │                      │
── 2 · 0:1:0 · 1.00 ──────────────────────────────────────────────
∅                    │ Four five            │ ∅
── 3 · 1:1:1 · 0.25 · moved · conflict ───────────────────────────
[es, advertisement]  │ [es, advertisement]  │ One two three
Buy now              │ Buy now              │
── 4 · 0:0:2 · 1.00 ──────────────────────────────────────────────
∅                    │ ∅                    │ Four five
                     │                      │ + [es,
                     │                      │ advertisement] Buy
                     │                      │ now
──────────────────────────────────────────────────────────────────
4 beads: 1 complete, 1 partial, 2 null; score 0.33
";
        let found = shown(view);
        assert_eq!(found, expected, "\n{found}");
    }

    #[test]
    fn below_one_another() {
        let view = View {
            width: 40,
            styled: true,
        };
        let found = shown(view);
        let head = "\u{1b}[1men    en.txt · en 0.50 · one per line\u{1b}[0m\n";
        assert!(found.starts_with(head), "\n{found}");
        let bead = "\
\u{1b}[2m── 1 · 2:1:0 · 0.75 · conflict ─────────\u{1b}[0m
en    One two three
      + Four five
fr-2  One two three
fr-3  ∅
";
        assert!(found.contains(bead), "\n{found}");
    }
}
