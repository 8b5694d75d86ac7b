//! [`Statistics`] to be read: as Markdown, with charts in SVG.

use std::fmt::{self, Write as _};

use super::statistics::{Amount, Kept, RATIO_BINS, Statistics};

/// A chart of bars, as a file of SVG.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// The name of the file without its extension.
    pub name: String,
    /// The drawing.
    pub svg: String,
}

impl Statistics {
    /// The charts that [`to_markdown`](Self::to_markdown) shows: scores, and the length ratios of each pair of
    /// languages.
    #[must_use]
    pub fn charts(&self) -> Vec<Chart> {
        let scores = self.scores.iter().enumerate().map(|(bin, kept)| Bar {
            label: format!("{:.2}", bin as f64 / 20.0),
            all: kept.all,
            marked: kept.kept,
        });
        let mut charts = vec![Chart {
            name: "scores".into(),
            svg: bars("Beads by score; dark: kept", &scores.collect::<Vec<_>>()),
        }];
        for (pair, ratio) in &self.ratios {
            let bars_of = ratio.bins.iter().enumerate().map(|(bin, &count)| Bar {
                label: format!("{:.2}", 1.1_f64.powi(bin as i32 - (RATIO_BINS / 2) as i32)),
                all: count,
                marked: count,
            });
            charts.push(Chart {
                name: format!("ratios-{pair}"),
                svg: bars(
                    &format!("Kept beads by length ratio, {pair}"),
                    &bars_of.collect::<Vec<_>>(),
                ),
            });
        }
        charts
    }

    /// The statistics in words and tables, the [charts](Self::charts) beside them under `folder`.
    #[must_use]
    pub fn to_markdown(&self, folder: &str) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut out, folder);
        out
    }

    fn write(&self, out: &mut String, folder: &str) -> fmt::Result {
        let articles = &self.articles;
        let aligned = articles.articles - articles.failed;
        writeln!(out, "# Statistics\n")?;
        writeln!(
            out,
            "{aligned} of {} articles were aligned, {} failed, {} lack a version that could not be read, and \
             {} went beyond a limit and were aligned more simply. Of {} beads {} are kept ({}), from {} \
             articles; {} of {} words ({}).\n",
            articles.articles,
            articles.failed,
            articles.partial,
            articles.simplified,
            self.beads.beads,
            self.kept.beads,
            share(self.kept.beads, self.beads.beads),
            self.kept_articles,
            self.kept.words,
            self.beads.words,
            share(self.kept.words, self.beads.words),
        )?;
        writeln!(
            out,
            "Words are what stands between white space, of all versions together.\n"
        )?;
        self.write_splits(out)?;
        self.write_filters(out)?;
        writeln!(out, "## Scores\n\n![Beads by score]({folder}/scores.svg)\n")?;
        writeln!(out, "| score from | beads | kept |\n|---|---|---|")?;
        for (bin, Kept { all, kept }) in self.scores.iter().enumerate() {
            writeln!(out, "| {:.2} | {all} | {kept} |", bin as f64 / 20.0)?;
        }
        self.write_languages(out)?;
        self.write_ratios(out, folder)?;
        writeln!(out, "\n## Shapes\n\nSegments a version.\n")?;
        writeln!(out, "| shape | beads | kept |\n|---|---|---|")?;
        let mut shapes: Vec<_> = self.shapes.iter().collect();
        shapes.sort_by_key(|(shape, kept)| (std::cmp::Reverse(kept.all), *shape));
        for (shape, Kept { all, kept }) in shapes.iter().take(20) {
            writeln!(out, "| {shape} | {all} | {kept} |")?;
        }
        if shapes.len() > 20 {
            writeln!(
                out,
                "\n{} shapes more are in `stats.json`.",
                shapes.len() - 20
            )?;
        }
        if !self.licences.is_empty() {
            writeln!(out, "\n## Licences\n\n| licence | versions |\n|---|---|")?;
            for (licence, versions) in &self.licences {
                writeln!(out, "| {} | {versions} |", cell(licence))?;
            }
        }
        Ok(())
    }

    fn write_splits(&self, out: &mut String) -> fmt::Result {
        if self.splits.len() < 2 {
            return Ok(());
        }
        writeln!(
            out,
            "## Splits\n\n| split | articles | beads | words |\n|---|---|---|---|"
        )?;
        for (name, part) in &self.splits {
            let Amount { beads, words } = part.kept;
            writeln!(out, "| {name} | {} | {beads} | {words} |", part.articles)?;
        }
        writeln!(out)
    }

    fn write_filters(&self, out: &mut String) -> fmt::Result {
        writeln!(
            out,
            "## Filters\n\nWhat each would take alone, and what it takes of that which those above it leave.\n"
        )?;
        writeln!(
            out,
            "| filter | takes | beads alone | words alone | beads | words |"
        )?;
        writeln!(out, "|---|---|---|---|---|---|")?;
        for filter in &self.filters {
            let (alone, own) = (filter.alone, filter.in_sequence);
            writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                filter.name, filter.told, alone.beads, alone.words, own.beads, own.words
            )?;
        }
        writeln!(out, "\n### Examples of what was taken\n")?;
        for filter in self
            .filters
            .iter()
            .filter(|filter| !filter.examples.is_empty())
        {
            writeln!(out, "{}:\n", filter.name)?;
            for example in &filter.examples {
                let texts: Vec<String> = example.texts.iter().map(|text| cell(text)).collect();
                writeln!(out, "* {}: {}", cell(&example.article), texts.join(" ‖ "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_languages(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "\n## Languages\n")?;
        writeln!(
            out,
            "| language | versions | segments | words | words kept |\n|---|---|---|---|---|"
        )?;
        for (code, language) in &self.languages {
            writeln!(
                out,
                "| {code} | {} | {} | {} | {} |",
                language.versions, language.segments, language.words.all, language.words.kept
            )?;
        }
        writeln!(out, "\n| versions of an article | articles |\n|---|---|")?;
        for (set, articles) in &self.sets {
            writeln!(out, "| {set} | {articles} |")?;
        }
        Ok(())
    }

    fn write_ratios(&self, out: &mut String, folder: &str) -> fmt::Result {
        writeln!(
            out,
            "\n## Length ratios\n\nCharacters of the second language for one of the first, in kept beads: the \
             geometric mean, and the factor that two in three are within.\n"
        )?;
        writeln!(out, "| pair | beads | mean | factor |\n|---|---|---|---|")?;
        for (pair, ratio) in &self.ratios {
            let (mean, deviation) = (ratio.mean(), ratio.deviation());
            writeln!(
                out,
                "| {pair} | {} | {mean:.3} | {deviation:.3} |",
                ratio.beads
            )?;
        }
        writeln!(out)?;
        for pair in self.ratios.keys() {
            writeln!(out, "![Length ratios, {pair}]({folder}/ratios-{pair}.svg)")?;
        }
        Ok(())
    }
}

/// A text that does not end a cell, and is no markup.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '<' | '[' | '\\' => cell.extend(['\\', c]),
            c if c.is_control() => cell.push(' '),
            c => cell.push(c),
        }
    }
    cell
}

fn share(part: u64, all: u64) -> String {
    match all {
        0 => "none".into(),
        _ => format!("{:.1} %", 100.0 * part as f64 / all as f64),
    }
}

struct Bar {
    label: String,
    all: u64,
    marked: u64,
}

/// Bars beside each other, the marked part of each dark.
fn bars(title: &str, bars: &[Bar]) -> String {
    const WIDTH: usize = 24;
    const HEIGHT: f64 = 120.0;
    let most = bars.iter().map(|bar| bar.all).max().unwrap_or(0).max(1) as f64;
    let (width, bottom) = (bars.len() * WIDTH + 20, HEIGHT + 30.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {}\" width=\"{width}\" \
         font-family=\"sans-serif\" font-size=\"8\" role=\"img\" aria-label=\"{title}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"10\" y=\"14\" font-size=\"11\">{title}</text>\n",
        bottom + 16.0
    );
    for (at, bar) in bars.iter().enumerate() {
        let x = 10 + at * WIDTH;
        for (count, colour) in [(bar.all, "#b8c4d6"), (bar.marked, "#2f5d9b")] {
            let height = HEIGHT * count as f64 / most;
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{:.1}\" width=\"20\" height=\"{height:.1}\" fill=\"{colour}\"/>",
                bottom - height
            );
        }
        let (middle, below) = (x + 10, bottom + 10.0);
        let _ = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"{below}\" text-anchor=\"middle\">{}</text>",
            bar.label
        );
    }
    svg.push_str("</svg>\n");
    svg
}
