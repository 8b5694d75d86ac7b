//! `triglyph eval`: alignments of gold articles, compared with the gold.

use std::array;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::iter;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use rayon::prelude::*;
use serde::Serialize;
use triglyph::eval::{Bin, Counts, GoldArticle, GoldSet, Reliability};
use triglyph::{Aligner, Unit};

use crate::aligned::AlignedFiles;
use crate::console::Console;
use crate::lexicon::options::Lexicons;
use crate::output;
use crate::reading::UnitName;
use crate::status::{Failure, Status};
use crate::threads;

/// Align gold articles, or take alignments from files, and print precision, recall and F1
///
/// A gold article is a folder with `gold.json` and a text `<lang>.txt` for every version. `strict`
/// counts the links that are right in all their units, `pair` the pairs of units of different
/// versions that stand in one link, `null` the units without counterpart, and `lax`, for articles
/// of two versions, the links that share a pair of units with one of the other side.
///
/// With `--alignment`, files are compared that any program wrote in a format that `convert` reads:
/// each article with the gold article of its name, the versions by their languages, the segments by
/// their texts. The lines that a ladder or a list of beads counts are those of the texts beside it,
/// `NAME.en.txt` for `NAME.en-fr.ladder`; where there are none, those of the gold.
///
/// The tables below hold scores against truth: of the beads of two or more versions, right as
/// `strict` counts, and behind them of the units without counterpart, right as `null` counts. `ECE`,
/// the expected calibration error, is how far score and share right are apart, the mean over ten
/// bins of scores; `>= 0.95` is how many have such a score, `right` the share right among those. The
/// last table has the ten bins, over all sets: how many, their mean score and the share right.
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

    /// Align every pair of versions a second time, with words learnt from the first; done anyway
    /// for languages that no lexicon knows
    #[arg(long)]
    self_train: bool,

    /// Compare these alignments instead of making any
    #[arg(long, value_name = "FILE", num_args = 1..)]
    alignment: Vec<PathBuf>,

    #[command(flatten)]
    reading: AlignedFiles,

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
  triglyph eval gold/news --alignment bertalign.tmx
  triglyph eval gold/news --alignment hunalign/*.en-fr.ladder --format json

Exit status: 3 where articles were skipped because they cannot be read.";

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// Tables: a row a set and a total; a row a bin of scores
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
    let aligner = Aligner::new()
        .unit(args.unit.into())
        .self_train(args.self_train);
    let aligner = args.lexicons.add_to(aligner, console)?;
    let mut sets = Vec::new();
    for folder in &args.folders {
        sets.extend(GoldSet::find(folder)?);
    }
    let (rows, status) = match args.alignment[..] {
        [] => args.align(&sets, &aligner, console)?,
        _ => args.compare(&sets, console)?,
    };
    if rows.is_empty() {
        return Ok(Status::Failed);
    }
    output::to_stdout(|out| match args.format {
        Format::Text => tables(out, rows),
        Format::Json => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, row)?;
            writeln!(out)
        }),
    })?;
    Ok(status)
}

impl Args {
    /// Aligns the articles of each set.
    fn align(
        &self,
        sets: &[GoldSet],
        aligner: &Aligner,
        console: &Console,
    ) -> Result<(Vec<Row>, Status), Failure> {
        let pool = threads::pool(Some(self.threads))?;
        let unit = self.unit.into();
        let (mut rows, mut status) = (Vec::new(), Status::Done);
        for GoldSet { name, articles } in sets {
            let compare = |folder: &PathBuf| {
                let gold = gold(folder, unit)?;
                Ok(gold.compare(&aligner.align(gold.article())))
            };
            let results: Vec<Result<Counts, String>> = console.time(name, || {
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
            rows.extend(Row::new(name, counts));
        }
        Ok((rows, status))
    }

    /// Compares alignments that are read from files with the articles of the sets.
    fn compare(&self, sets: &[GoldSet], console: &Console) -> Result<(Vec<Row>, Status), Failure> {
        self.reading.check()?;
        let mut folders: HashMap<String, Vec<(usize, &Path)>> = HashMap::new();
        for (number, set) in sets.iter().enumerate() {
            for folder in &set.articles {
                let name = folder.file_name().unwrap_or_default().display();
                let same = folders.entry(name.to_string()).or_default();
                same.push((number, folder));
            }
        }
        let find = |id: &str| match folders.get(id).map(Vec::as_slice) {
            Some(&[only]) => Ok(only),
            Some(_) => Err(format!(
                "several gold articles are called {id}; name one set"
            )),
            None => match &sets {
                // Where there is one article only, it needs no name.
                [set] if set.articles.len() == 1 => Ok((0, &*set.articles[0])),
                _ => Err(format!("no gold article is called {id}")),
            },
        };
        let mut counts = vec![Counts::default(); sets.len()];
        let mut seen = HashSet::new();
        let mut status = Status::Done;
        let texts = |id: &str| find(id).ok().map(|(_, folder)| folder.to_owned());
        for read in self.reading.read(&self.alignment, self.unit, &texts) {
            let compared = read.and_then(|aligned| {
                let (set, folder) = find(aligned.id()).map_err(Failure::Failed)?;
                let gold = gold(folder, self.unit.into()).map_err(Failure::Failed)?;
                counts[set] += gold.compare_read(&aligned)?;
                seen.insert(folder);
                Ok(())
            });
            if let Err(failure) = compared {
                console.failure(&failure);
                status = Status::SomeFailed;
            }
        }
        let all: usize = sets.iter().map(|set| set.articles.len()).sum();
        if seen.len() < all {
            let missing = all - seen.len();
            console.note(format_args!(
                "{missing} of {all} gold articles are in none of the files, and not counted"
            ));
        }
        let rows = sets.iter().zip(counts);
        let rows = rows.filter_map(|(set, counts)| Row::new(&set.name, counts));
        Ok((rows.collect(), status))
    }
}

impl Row {
    /// What was counted in a set. Of nothing, everything is right; such a row would mislead.
    fn new(set: &str, counts: Counts) -> Option<Self> {
        let set = set.to_owned();
        (counts.articles > 0).then_some(Self { set, counts })
    }
}

/// Reads a gold article; an error names its folder.
fn gold(folder: &Path, unit: Unit) -> Result<GoldArticle, String> {
    GoldArticle::read(folder, unit).map_err(|error| {
        let (folder, error) = (folder.display().to_string(), error.to_string());
        match error.contains(&folder) {
            true => error,
            false => format!("{folder}: {error}"),
        }
    })
}

/// Writes the tables: accuracy and reliability, a row a set and one for all, and the bins of scores.
fn tables(out: &mut dyn Write, mut rows: Vec<Row>) -> io::Result<()> {
    let mut total: Counts = rows.iter().map(|row| row.counts).sum();
    if rows.iter().any(|row| row.counts.lax.is_none()) {
        // A total over some of the sets only would not be that of the row.
        total.lax = None;
    }
    rows.push(Row {
        set: "total".into(),
        counts: total,
    });
    table(out, ACCURACY, rows.iter().map(accuracy))?;
    writeln!(out)?;
    table(out, RELIABILITY, rows.iter().map(reliability))?;
    writeln!(out)?;
    table(out, BINS, bins(&total))
}

/// Writes a table: the first column to the left, numbers to the right.
fn table<const N: usize>(
    out: &mut dyn Write,
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let header = header.map(String::from);
    let lines: Vec<[String; N]> = iter::once(header).chain(rows).collect();
    let widths: [usize; N] = array::from_fn(|column| {
        let widths = lines.iter().map(|line| line[column].chars().count());
        widths.max().unwrap_or_default()
    });
    for line in &lines {
        write!(out, "{:<1$}", line[0], widths[0])?;
        for (number, width) in line.iter().zip(&widths).skip(1) {
            write!(out, "  {number:>width$}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

const ACCURACY: [&str; 8] = [
    "set",
    "articles",
    "strict P",
    "strict R",
    "strict F1",
    "pair F1",
    "null F1",
    "lax F1",
];

fn accuracy(row: &Row) -> [String; 8] {
    let Counts {
        articles,
        strict,
        pair,
        null,
        lax,
        ..
    } = row.counts;
    [
        row.set.clone(),
        articles.to_string(),
        number(Some(strict.precision())),
        number(Some(strict.recall())),
        number(Some(strict.f1())),
        number(Some(pair.f1())),
        number(Some(null.f1())),
        number(lax.map(|lax| lax.f1())),
    ]
}

const RELIABILITY: [&str; 9] = [
    "scores", "beads", "ECE", ">= 0.95", "right", "null", "ECE", ">= 0.95", "right",
];

fn reliability(row: &Row) -> [String; 9] {
    let cells = |scores: &Reliability| {
        let sure = scores.sure();
        [
            scores.all().count().to_string(),
            number(scores.calibration_error()),
            sure.count().to_string(),
            number(sure.share_right()),
        ]
    };
    let [beads, ece, sure, right] = cells(&row.counts.reliability);
    let [null, null_ece, null_sure, null_right] = cells(&row.counts.null_reliability);
    let set = row.set.clone();
    [
        set, beads, ece, sure, right, null, null_ece, null_sure, null_right,
    ]
}

const BINS: [&str; 7] = ["scores", "beads", "mean", "right", "null", "mean", "right"];

/// A row a bin.
fn bins(counts: &Counts) -> impl Iterator<Item = [String; 7]> {
    let cells = |bin: &Bin| {
        let count = bin.count().to_string();
        [count, number(bin.mean_score()), number(bin.share_right())]
    };
    let bins = counts.reliability.bins().iter().map(cells);
    let null_bins = counts.null_reliability.bins().iter().map(cells);
    bins.zip(null_bins).enumerate().map(|(i, (bin, null_bin))| {
        let bound = |i| i as f64 / Reliability::BINS as f64;
        let scores = format!("{:.1} to {:.1}", bound(i), bound(i + 1));
        let [beads, mean, right] = bin;
        let [null, null_mean, null_right] = null_bin;
        [scores, beads, mean, right, null, null_mean, null_right]
    })
}

/// A figure with three decimals.
fn number(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".into(), |figure| format!("{figure:.3}"))
}
