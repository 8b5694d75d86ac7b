//! What each kind of evidence adds: accuracy on gold, with ever more of it.
//!
//! ```text
//! cargo run --release --all-features --example ablation -- [--bitext DIR] [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. The table is Markdown, a
//! row a set, in each cell strict F1 and pair F1 as in [`triglyph::eval`]. Each column has all that
//! the one before has:
//!
//! * `length`: the lengths of sentences, and layout;
//! * `+ anchors`: what two versions share: numbers, names, words that begin alike;
//! * `+ lexicon`: a lexicon trained on the files `x.en-fr-de.tsv` in the folder `DIR`, a column a
//!   language of the name;
//! * `+ core vocabulary`: the embedded lexicon in its place, which was trained on a bitext and on
//!   `data/core`. What the column adds is due to `data/core` if the bitext is that of `DIR`. Without
//!   `--bitext` the two columns are one, `+ lexicon`;
//! * `+ self-training`: what an article teaches about its own words, too.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use triglyph::eval::{Counts, GoldArticle};
use triglyph::lexicon::{Lines, Trainer};
use triglyph::{Aligner, Lang, Lexicon, Unit, Words};

/// Folders of gold whose units are sentences.
const OF_SENTENCES: [&str; 1] = ["textberg"];

/// An aligner for each column.
type Columns = Vec<(&'static str, Aligner)>;

fn main() -> Result<(), Box<dyn Error>> {
    let (bitext, mut folders) = options()?;
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"));
    }
    let mut sets = Vec::new();
    for folder in &folders {
        sets.extend(sets_in(folder)?);
    }
    let columns = columns(bitext.as_deref().map(train).transpose()?);
    let mut rows = Vec::new();
    for set in &sets {
        let counts = set.count(&columns)?;
        eprintln!("{}: {} articles", set.name, set.articles.len());
        rows.push((set.name.clone(), counts));
    }
    if rows.len() > 1 {
        let mut all = vec![Counts::default(); columns.len()];
        rows.iter().for_each(|(_, counts)| add(&mut all, counts));
        rows.push(("all".into(), all));
    }
    print(&columns, &rows);
    Ok(())
}

fn options() -> Result<(Option<PathBuf>, Vec<PathBuf>), Box<dyn Error>> {
    let (mut bitext, mut folders) = (None, Vec::new());
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--bitext") => {
                let folder = arguments.next().ok_or("--bitext: no folder behind it")?;
                bitext = Some(PathBuf::from(folder));
            }
            _ => folders.push(argument.into()),
        }
    }
    Ok((bitext, folders))
}

fn columns(bitext: Option<Lexicon>) -> Columns {
    let aligner = Aligner::new();
    let mut columns = vec![
        ("length", aligner.clone().words(Words::Ignored)),
        ("+ anchors", aligner.clone().words(Words::Shared)),
    ];
    let embedded = match bitext {
        Some(lexicon) => {
            let bitext = aligner.clone().embedded(false).lexicon(lexicon);
            columns.push(("+ lexicon", bitext));
            "+ core vocabulary"
        }
        None => "+ lexicon",
    };
    columns.push((embedded, aligner.clone()));
    columns.push(("+ self-training", aligner.self_train(true)));
    columns
}

/// Trains a lexicon on the tab-separated files of a folder.
fn train(folder: &Path) -> Result<Lexicon, Box<dyn Error>> {
    let mut trainer = Trainer::new();
    for file in entries(folder)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Some((_, langs)) = (name.strip_suffix(".tsv")).and_then(|stem| stem.rsplit_once('.'))
        else {
            continue;
        };
        let langs: Result<Vec<Lang>, _> = langs.split('-').map(str::parse).collect();
        let langs = langs.map_err(|error| format!("{}: {error}", file.display()))?;
        let lines = Lines::new(name.clone(), BufReader::new(File::open(&file)?));
        trainer.read_tsv(lines, &langs, |_, _| true)?;
    }
    if trainer.is_empty() {
        return Err(format!("{}: no bitext x.en-fr.tsv", folder.display()).into());
    }
    Ok(trainer.train(|step| eprintln!("{} to {}: {} pairs", step.from, step.to, step.pairs)))
}

/// Articles that are counted together.
struct Set {
    name: String,
    unit: Unit,
    articles: Vec<PathBuf>,
}

impl Set {
    fn new(folder: &Path, articles: Vec<PathBuf>) -> Self {
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        let mut places = folder.iter();
        Self {
            name: name.to_string_lossy().into_owned(),
            unit: match places.any(|place| OF_SENTENCES.iter().any(|&of| place == of)) {
                true => Unit::Sentence,
                false => Unit::Paragraph,
            },
            articles,
        }
    }

    /// Aligns the articles, as many at a time as there are cores, and compares them with their gold.
    fn count(&self, columns: &Columns) -> Result<Vec<Counts>, triglyph::Error> {
        let columns = columns
            .iter()
            .map(|(_, aligner)| aligner.clone().unit(self.unit));
        let aligners: Vec<Aligner> = columns.collect();
        let sum = Mutex::new(Ok(vec![Counts::default(); aligners.len()]));
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(folder) = self.articles.get(next.fetch_add(1, Ordering::Relaxed)) {
                let counts = count(folder, self.unit, &aligners);
                let mut sum = sum.lock().expect("no thread panics with it");
                match (&mut *sum, counts) {
                    (Ok(sum), Ok(counts)) => add(sum, &counts),
                    (Ok(_), Err(error)) => *sum = Err(error),
                    (Err(_), _) => break,
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(work);
            }
        });
        sum.into_inner().expect("no thread panics with it")
    }
}

/// Aligns one article with each aligner.
fn count(folder: &Path, unit: Unit, aligners: &[Aligner]) -> Result<Vec<Counts>, triglyph::Error> {
    let gold = GoldArticle::read(folder, unit)?;
    let counts = aligners
        .iter()
        .map(|a| gold.compare(&a.align(gold.article())));
    Ok(counts.collect())
}

fn add(sum: &mut [Counts], counts: &[Counts]) {
    sum.iter_mut().zip(counts).for_each(|(sum, &c)| *sum += c);
}

/// The sets that a folder is or holds.
fn sets_in(folder: &Path) -> Result<Vec<Set>, Box<dyn Error>> {
    if GoldArticle::is_in(folder) {
        return Ok(vec![Set::new(folder, vec![folder.to_owned()])]);
    }
    let articles = articles_in(folder)?;
    if !articles.is_empty() {
        return Ok(vec![Set::new(folder, articles)]);
    }
    let mut sets = Vec::new();
    for folder in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        let articles = articles_in(&folder)?;
        if !articles.is_empty() {
            sets.push(Set::new(&folder, articles));
        }
    }
    match sets.is_empty() {
        true => Err(format!("{}: no gold found", folder.display()).into()),
        false => Ok(sets),
    }
}

fn articles_in(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut articles = entries(folder)?;
    articles.retain(|path| GoldArticle::is_in(path));
    Ok(articles)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let named = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(named)? {
        paths.push(entry.map_err(named)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Prints the table in Markdown, its columns padded so that it can be read as it is.
fn print(columns: &Columns, rows: &[(String, Vec<Counts>)]) {
    let cell = |c: &Counts| format!("{:.3} / {:.3}", c.strict.f1(), c.pair.f1());
    let mut table = vec![vec!["strict / pair F1".to_owned()]];
    table[0].extend(columns.iter().map(|&(name, _)| name.into()));
    for (name, counts) in rows {
        let cells = counts.iter().map(cell);
        table.push([name.clone()].into_iter().chain(cells).collect());
    }
    let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..=columns.len()).map(|c| width(c).unwrap_or(0)).collect();
    for (number, row) in table.iter().enumerate() {
        let cells = row.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, &width)| format!("{cell:width$}"))
            .collect();
        println!("| {} |", cells.join(" | "));
        if number == 0 {
            let rules: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            println!("| {} |", rules.join(" | "));
        }
    }
}
