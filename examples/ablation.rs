//! What each kind of evidence adds: accuracy on gold, with ever more of it.
//!
//! ```text
//! cargo run --release --all-features --example ablation -- [--bitext DIR] [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. The table is Markdown, a
//! row a set, in each cell strict F1 and pair F1 as in [`triglyph::eval`]. Each column but the last
//! two has all that the one before has:
//!
//! * `length`: the lengths of sentences, and layout;
//! * `+ anchors`: what two versions share: numbers, names, words that begin alike;
//! * `+ lexicon`: a lexicon trained on the files `x.en-fr-de.tsv` in the folder `DIR`, a column a
//!   language of the name;
//! * `+ core vocabulary`: the embedded lexicon in its place, which was trained on a bitext and on
//!   `data/core`. What the column adds is due to `data/core` if the bitext is that of `DIR`. Without
//!   `--bitext` the two columns are one, `+ lexicon`;
//! * `+ self-training`: what an article teaches about its own words, too;
//! * `self-training, no lexicon`: what the article teaches, as the only lexicon;
//! * `gain`: of that column over `+ anchors`, which has neither a lexicon nor self-training.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use triglyph::eval::Counts;
use triglyph::lexicon::{Lines, Trainer};
use triglyph::{Aligner, Lang, Lexicon, Words};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

use gold::Set;

/// An aligner for each column.
type Columns = Vec<(&'static str, Aligner)>;

fn main() -> Result<(), Box<dyn Error>> {
    let (bitext, folders) = options()?;
    let sets = gold::sets(folders)?;
    let columns = columns(bitext.as_deref().map(train).transpose()?);
    let mut table = vec![vec!["strict / pair F1".to_owned()]];
    table[0].extend(columns.iter().map(|&(name, _)| name.into()));
    table[0].push("gain".into());
    let mut all = Vec::new();
    for set in sets {
        let counts = count(&set, &columns);
        table.push(row(set.name, &counts));
        all.push(counts);
    }
    if all.len() > 1 {
        table.push(row("all".into(), &sum(columns.len(), &all)));
    }
    markdown::print(&table);
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
    columns.push(("+ self-training", aligner.clone().self_train(true)));
    // Where no lexicon is at hand, words are learnt unasked.
    columns.push(("self-training, no lexicon", aligner.embedded(false)));
    columns
}

/// Trains a lexicon on the tab-separated files of a folder.
fn train(folder: &Path) -> Result<Lexicon, Box<dyn Error>> {
    let mut trainer = Trainer::new();
    let named = |error: std::io::Error| format!("{}: {error}", folder.display());
    let files = fs::read_dir(folder).map_err(named)?;
    let files = files.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.collect::<Result<_, _>>().map_err(named)?;
    files.sort();
    for file in files {
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

/// Aligns the articles of a set and compares them with their gold: counts a column.
fn count(set: &Set, columns: &Columns) -> Vec<Counts> {
    let columns = columns.iter();
    let aligners: Vec<Aligner> = columns.map(|(_, a)| a.clone().unit(set.unit)).collect();
    let articles: Vec<Vec<Counts>> = (set.articles.par_iter())
        .map(|(_, gold)| {
            let compare = |a: &Aligner| gold.compare(&a.align(gold.article()));
            aligners.iter().map(compare).collect()
        })
        .collect();
    sum(aligners.len(), &articles)
}

/// Adds up rows of counts column by column.
fn sum(columns: usize, rows: &[Vec<Counts>]) -> Vec<Counts> {
    let column = |c: usize| rows.iter().map(|row| row[c]).sum();
    (0..columns).map(column).collect()
}

fn row(name: String, counts: &[Counts]) -> Vec<String> {
    let cell = |c: &Counts| format!("{:.3} / {:.3}", c.strict.f1(), c.pair.f1());
    let mut row = vec![name];
    row.extend(counts.iter().map(cell));
    if let [_, anchors, .., learnt] = counts {
        let gain = |of: fn(&Counts) -> f64| of(learnt) - of(anchors);
        let [strict, pair] = [gain(|c| c.strict.f1()), gain(|c| c.pair.f1())];
        row.push(format!("{strict:+.3} / {pair:+.3}"));
    }
    row
}
