//! `triglyph eval`: alignments of gold articles, compared with the gold.

use std::fs;
use std::io::{self, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use clap::ValueEnum;
use serde::Serialize;
use triglyph::eval::{Counts, GoldArticle, Tally};
use triglyph::{Aligner, Unit};

use crate::console::Console;
use crate::lexicon::options::Lexicons;
use crate::output;
use crate::reading::UnitName;
use crate::status::{Failure, Status};

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

/// Articles that are counted together.
#[derive(Debug)]
struct Set {
    name: String,
    articles: Vec<PathBuf>,
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
        sets.extend(sets_in(folder)?);
    }
    let (mut rows, mut status) = (Vec::new(), Status::Done);
    for Set { name, articles } in sets {
        let mut counts = Counts::default();
        for result in console.time(&name, || args.compare(&articles, &aligner)) {
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

impl Args {
    /// Aligns articles and compares them with their gold; results in the order of the articles.
    fn compare(&self, articles: &[PathBuf], aligner: &Aligner) -> Vec<Result<Counts, String>> {
        let unit = Unit::from(self.unit);
        let next = AtomicUsize::new(0);
        let results = Mutex::new(Vec::with_capacity(articles.len()));
        thread::scope(|scope| {
            for _ in 0..self.threads.get().min(articles.len()) {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(folder) = articles.get(number) else {
                            break;
                        };
                        let result = compare(folder, unit, aligner);
                        let results = results.lock();
                        let mut results = results.unwrap_or_else(|e| e.into_inner());
                        results.push((number, result));
                    }
                });
            }
        });
        let mut results = results.into_inner().unwrap_or_else(|e| e.into_inner());
        results.sort_unstable_by_key(|(number, _)| *number);
        results.into_iter().map(|(_, result)| result).collect()
    }
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

/// The sets that a folder is or holds.
fn sets_in(folder: &Path) -> Result<Vec<Set>, Failure> {
    let error = |e| Failure::of_io(folder, &e);
    let set = |folder: &Path, articles| {
        let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let name = place.file_name().unwrap_or(place.as_os_str());
        let name = name.display().to_string();
        Set { name, articles }
    };
    if GoldArticle::is_in(folder) {
        return Ok(vec![set(folder, vec![folder.to_owned()])]);
    }
    let is_gold = |folder: &PathBuf| GoldArticle::is_in(folder);
    let (articles, others): (Vec<_>, Vec<_>) = folders_in(folder)
        .map_err(error)?
        .into_iter()
        .partition(is_gold);
    let mut sets = Vec::new();
    if !articles.is_empty() {
        sets.push(set(folder, articles));
    }
    for other in others {
        let articles = folders_in(&other).map_err(|e| Failure::of_io(&other, &e))?;
        let articles: Vec<_> = articles.into_iter().filter(is_gold).collect();
        if !articles.is_empty() {
            sets.push(set(&other, articles));
        }
    }
    if sets.is_empty() {
        let folder = folder.display();
        return Err(Failure::Failed(format!(
            "{folder}: no gold found, expected a folder with gold.json and <lang>.txt for every \
             version, or a folder of such folders"
        )));
    }
    Ok(sets)
}

/// The folders in a folder, by name.
fn folders_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
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
