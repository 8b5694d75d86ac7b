//! `triglyph eval`: alignments of gold articles, compared with the gold.

use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;
use serde::Serialize;
use triglyph::eval::{Counts, GoldArticle, GoldSet, Tally};
use triglyph::{Aligner, Unit};

use crate::console::Console;
use crate::lexicon::options::Lexicons;
use crate::output;
use crate::reading::UnitName;
use crate::status::{Failure, Status};
use crate::threads;

/// Align gold articles and print precision, recall and F1
///
/// A gold article is a folder with `gold.json` and a text `<lang>.txt` for every version. `strict`
/// counts the links that are right in all their units, `pair` the pairs of units of different
/// versions that stand in one link, `null` the units without counterpart, and `lax`, for articles
/// of two versions, the links that share a pair of units with one of the other side.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A gold article, a folder of them (a set), or a folder of sets
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,

    /// What the units of the gold are
    #[arg(long, value_enum, default_value_t = UnitName::Paragraph)]
    unit: UnitName,

    #[command(flatten)]
    lexicons: Lexicons,

    /// How the figures are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Articles that are aligned at the same time; the figures do not depend on it
    #[arg(long, value_name = "N", default_value = "1")]
    threads: NonZero<usize>,
}

const EXAMPLES: &str = "\
Examples:
  triglyph eval tests/data
  triglyph eval gold --threads 8 --format json
  triglyph eval gold/textberg --unit sentence

Exit status: 3 where articles were skipped because they cannot be read.";

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// A table: a row a set and a total
    Text,
    /// One JSON object a set and line
    Json,
}

/// What was counted in a set.
#[derive(Serialize)]
struct Row {
    set: String,
    #[serde(flatten)]
    counts: Counts,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    let aligner = Aligner::new().unit(args.unit.into());
    let aligner = args.lexicons.add_to(aligner, console)?;
    let mut sets = Vec::new();
    for folder in &args.folders {
        sets.extend(GoldSet::find(folder)?);
    }
    let pool = threads::pool(Some(args.threads))?;
    let unit = args.unit.into();
    let (mut rows, mut status) = (Vec::new(), Status::Done);
    for GoldSet { name, articles } in sets {
        let compare = |folder: &PathBuf| compare(folder, unit, &aligner);
        let results: Vec<_> = console.time(&name, || {
            pool.install(|| articles.par_iter().map(compare).collect())
        });
        let mut counts = Counts::default();
        for result in results {
            match result {
                Ok(article) => counts += article,
                Err(error) => {
                    console.error(error);
                    status = Status::SomeFailed;
                }
            }
        }
        // Of nothing, everything is right; such a row would mislead.
        if counts.articles > 0 {
            rows.push(Row { set: name, counts });
        }
    }
    if rows.is_empty() {
        return Ok(Status::Failed);
    }
    output::to_stdout(|out| match args.format {
        Format::Text => table(out, rows),
        Format::Json => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, row)?;
            writeln!(out)
        }),
    })?;
    Ok(status)
}

/// Aligns one article; an error names its folder.
fn compare(folder: &Path, unit: Unit, aligner: &Aligner) -> Result<Counts, String> {
    let gold = GoldArticle::read(folder, unit).map_err(|error| {
        let (folder, error) = (folder.display().to_string(), error.to_string());
        match error.contains(&folder) {
            true => error,
            false => format!("{folder}: {error}"),
        }
    })?;
    Ok(gold.compare(&aligner.align(gold.article())))
}

const HEADER: [&str; 8] = [
    "set",
    "articles",
    "strict P",
    "strict R",
    "strict F1",
    "pair F1",
    "null F1",
    "lax F1",
];

/// Writes a row a set and their total, numbers with three decimals.
fn table(out: &mut dyn Write, mut rows: Vec<Row>) -> io::Result<()> {
    let mut total: Counts = rows.iter().map(|row| row.counts).sum();
    if rows.iter().any(|row| row.counts.lax.is_none()) {
        // A total over some of the sets only would not be that of the row.
        total.lax = None;
    }
    rows.push(Row {
        set: "total".into(),
        counts: total,
    });
    let lines: Vec<[String; 8]> = std::iter::once(HEADER.map(String::from))
        .chain(rows.into_iter().map(cells))
        .collect();
    let widths: [usize; 8] = std::array::from_fn(|column| {
        let widths = lines.iter().map(|line| line[column].chars().count());
        widths.max().unwrap_or_default()
    });
    for [set, numbers @ ..] in &lines {
        write!(out, "{set:<0$}", widths[0])?;
        for (number, width) in numbers.iter().zip(&widths[1..]) {
            write!(out, "  {number:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn cells(row: Row) -> [String; 8] {
    let Counts {
        articles,
        strict,
        pair,
        null,
        lax,
    } = row.counts;
    let f1 = |tally: &Tally| format!("{:.3}", tally.f1());
    [
        row.set,
        articles.to_string(),
        format!("{:.3}", strict.precision()),
        format!("{:.3}", strict.recall()),
        f1(&strict),
        f1(&pair),
        f1(&null),
        lax.as_ref().map_or_else(|| "-".into(), f1),
    ]
}
