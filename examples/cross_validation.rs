//! Chooses the constants of the aligner by cross-validation on gold articles.
//!
//! ```text
//! cargo run --release --all-features --example cross_validation -- FOLDER…
//! ```
//!
//! A folder holds gold sets, each of which holds articles (`gold.json` and a text `<lang>.txt` a
//! version). The articles are dealt out to five folds by their names, so that all forms of one
//! base article fall into one. Each constant is varied alone around its value, as the table
//! shows; what is printed is strict F1, the mean over the sets, on all articles. Below stands
//! what cross-validation says: for each fold, the best of all candidates on the other four, and what
//! it gains on the fold itself over the constants in use. Without arguments the articles are
//! those of `tests/data`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Constants, Unit};

const FOLDS: usize = 5;

/// Strict counts by set and fold.
type Table = BTreeMap<(String, usize), Counts>;

struct Article {
    set: String,
    fold: usize,
    unit: Unit,
    gold: GoldArticle,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
    }
    let mut articles = Vec::new();
    for folder in &folders {
        for set in entries(folder)? {
            read_set(&set, &mut articles)?;
        }
    }
    let in_use = measure(&articles, Constants::FITTED);
    println!("constants in use: strict F1 {:.4}", mean(&in_use, |_| true));
    let mut tables = vec![("in use".to_owned(), in_use)];
    for (name, values, set) in candidates() {
        for &value in values {
            let mut constants = Constants::FITTED;
            set(&mut constants, value);
            let table = measure(&articles, constants);
            println!(
                "{name:>9} {value:5.2}: strict F1 {:.4}",
                mean(&table, |_| true)
            );
            tables.push((format!("{name} {value}"), table));
        }
    }
    println!("fold  best on the others  gain there  gain on the fold");
    for fold in 0..FOLDS {
        let score = |table: &Table| mean(table, |f| f != fold);
        let best = |x: &&(String, Table), y: &&(String, Table)| score(&x.1).total_cmp(&score(&y.1));
        let Some((name, table)) = tables.iter().rev().max_by(best) else {
            continue;
        };
        println!(
            "{fold:4}  {name:18}  {:10.4}  {:16.4}",
            score(table) - score(&tables[0].1),
            mean(table, |f| f == fold) - mean(&tables[0].1, |f| f == fold),
        );
    }
    Ok(())
}

type Setter = fn(&mut Constants, f32);

/// Each constant with the values that are tried.
fn candidates() -> [(&'static str, &'static [f32], Setter); 5] {
    [
        ("eps", &[0.3, 0.4, 0.6, 0.7], |c, v| c.eps = v),
        ("variance", &[1.75, 4.0, 6.8], |c, v| c.variance = v),
        ("alone", &[-3.0, -2.25, -1.25], |c, v| c.alone = v),
        ("extra", &[-2.75, -2.0, -1.0], |c, v| c.extra = v),
        ("least", &[0.5, 0.55, 0.65, 0.7], |c, v| c.least = v),
    ]
}

/// Reads the articles of a set, where it is one.
fn read_set(set: &Path, articles: &mut Vec<Article>) -> Result<(), Box<dyn Error>> {
    let name = set
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let unit = match name.as_str() {
        "textberg" => Unit::Sentence,
        _ => Unit::Paragraph,
    };
    if !set.is_dir() {
        return Ok(());
    }
    for folder in entries(set)?.into_iter().filter(|f| GoldArticle::is_in(f)) {
        let base = folder.file_name().unwrap_or_default().to_string_lossy();
        articles.push(Article {
            set: name.clone(),
            fold: base.bytes().map(usize::from).sum::<usize>() % FOLDS,
            unit,
            gold: GoldArticle::read(&folder, unit)?,
        });
    }
    Ok(())
}

/// What stands in a folder, by name.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Aligns all articles on all cores.
fn measure(articles: &[Article], constants: Constants) -> Table {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(article) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
            let aligner = Aligner::new().unit(article.unit).constants(constants);
            let counts = article.gold.compare(&aligner.align(article.gold.article()));
            found.push(((article.set.clone(), article.fold), counts));
        }
        found
    };
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut table = Table::new();
        for handle in handles {
            for (key, counts) in handle.join().expect("aligning does not panic") {
                *table.entry(key).or_default() += counts;
            }
        }
        table
    })
}

/// Strict F1 of some folds, the mean over the sets.
fn mean(table: &Table, takes: impl Fn(usize) -> bool) -> f64 {
    let mut sets: BTreeMap<&str, Counts> = BTreeMap::new();
    for ((set, fold), counts) in table {
        if takes(*fold) {
            *sets.entry(set).or_default() += *counts;
        }
    }
    let sum: f64 = sets.values().map(|counts| counts.strict.f1()).sum();
    sum / sets.len().max(1) as f64
}
