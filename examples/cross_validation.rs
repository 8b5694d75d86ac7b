//! Chooses the constants of the aligner by cross-validation on gold articles.
//!
//! ```text
//! cargo run --release --all-features --example cross_validation -- FOLDER…
//! ```
//!
//! A folder is a set of gold articles (`gold.json` and a text `<lang>.txt` a version), or holds such
//! sets. The articles are dealt out to five folds by their names, so that all forms of one
//! base article fall into one. Each constant is varied alone around its value, as the table
//! shows; what is printed is strict F1, the mean over the sets, on all articles. Below stands
//! what cross-validation says: for each fold, the best of all candidates on the other four, and what
//! it gains on the fold itself over the constants in use. Without arguments the articles are
//! those of `tests/data`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Constants, Error};

#[path = "shared/folds.rs"]
mod folds;
#[path = "shared/gold.rs"]
mod gold;

use folds::{FOLDS, fold};
use gold::Set;

/// Strict counts by set and fold.
type Table = BTreeMap<(String, usize), Counts>;

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let in_use = measure(&sets, Constants::FITTED);
    println!("constants in use: strict F1 {:.4}", mean(&in_use, |_| true));
    let mut tables = vec![("in use".to_owned(), in_use)];
    for (name, values, set) in candidates() {
        for &value in values {
            let mut constants = Constants::FITTED;
            set(&mut constants, value);
            let table = measure(&sets, constants);
            println!(
                "{name:>11} {value:5.2}: strict F1 {:.4}",
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
fn candidates() -> [(&'static str, &'static [f32], Setter); 8] {
    [
        ("eps", &[0.3, 0.35, 0.45, 0.5], |c, v| c.eps = v),
        ("variance", &[1.75, 4.0, 6.8], |c, v| c.variance = v),
        ("alone", &[-4.0, -2.5, -2.0, -1.5], |c, v| c.alone = v),
        ("going on", &[-2.0, -1.5, -0.7, -0.4], |c, v| c.going_on = v),
        ("extra", &[-2.5, -1.5, -1.0], |c, v| c.extra = v),
        ("temperature", &[0.25, 0.3, 0.5, 0.6], |c, v| {
            c.temperature = v
        }),
        ("least", &[0.3, 0.35, 0.45, 0.5], |c, v| c.least = v),
        ("join", &[0.4, 0.45, 0.55, 0.6], |c, v| c.join = v),
    ]
}

/// Aligns all articles on all cores.
fn measure(sets: &[Set], constants: Constants) -> Table {
    let mut table = Table::new();
    for set in sets {
        let aligner = Aligner::new().unit(set.unit).constants(constants);
        let align = |(base, article): (&String, &GoldArticle)| {
            let alignment = aligner.align(article.article());
            (fold(base), article.compare(&alignment))
        };
        let counts: Vec<(usize, Counts)> = set.articles.par_iter().map(align).collect();
        for (fold, counts) in counts {
            *table.entry((set.name.clone(), fold)).or_default() += counts;
        }
    }
    table
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
