//! How many of the beads that the default filters keep are right, and how many of the right ones they keep.
//!
//! ```text
//! cargo run --release --all-features --example filters -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a folder of
//! sets; without folders the articles are those of `tests/data`. Counted are beads with one segment of every
//! version, right where the gold has the same. A row a set, and behind them what each filter takes of all
//! such beads if it is the first to take them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use triglyph::corpus::{Candidate, Filters};
use triglyph::format::Aligned;
use triglyph::{Aligner, Error};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

/// Whether a bead is right, and the filter that takes it.
type Found = (bool, Option<&'static str>);

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let filters = Filters::default();
    let head = [
        "set",
        "beads",
        "right",
        "kept",
        "right of kept",
        "kept of right",
    ];
    let mut table = vec![head.map(String::from).to_vec()];
    let mut all: Vec<Found> = Vec::new();
    for set in sets {
        let aligner = Aligner::new().unit(set.unit);
        let found: Vec<Vec<Found>> = (set.articles.par_iter())
            .map(|(_, gold)| {
                let article = gold.article().clone();
                let alignment = aligner.align(&article);
                let links = gold.links();
                let Ok(aligned) = Aligned::new("", article, alignment) else {
                    return Vec::new();
                };
                let beads = Candidate::all(&aligned).filter(|candidate| {
                    candidate
                        .bead()
                        .segments()
                        .iter()
                        .all(|segments| segments.len() == 1)
                });
                let judge = |candidate: Candidate<'_>| {
                    let segments = candidate.bead().bead().segments().to_vec();
                    (links.contains(&segments), filters.first(&candidate))
                };
                beads.map(judge).collect()
            })
            .collect();
        let found: Vec<Found> = found.into_iter().flatten().collect();
        table.push(row(&set.name, &found));
        all.extend(found);
    }
    table.push(row("all", &all));
    markdown::print(&table);
    println!();
    let mut taken: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (right, filter) in &all {
        if let Some(filter) = filter {
            taken.entry(filter).or_default()[usize::from(*right)] += 1;
        }
    }
    let mut table = vec![["filter", "wrong", "right"].map(String::from).to_vec()];
    for (name, [wrong, right]) in taken {
        table.push(vec![name.into(), wrong.to_string(), right.to_string()]);
    }
    markdown::print(&table);
    Ok(())
}

fn row(name: &str, found: &[Found]) -> Vec<String> {
    let count = |of: &dyn Fn(&&Found) -> bool| found.iter().filter(of).count();
    let right = count(&|(right, _)| *right);
    let kept = count(&|(_, filter)| filter.is_none());
    let both = count(&|(right, filter)| *right && filter.is_none());
    let share = |part: usize, of: usize| format!("{:.1} %", 100.0 * part as f64 / of.max(1) as f64);
    let mut row = vec![name.to_owned()];
    row.extend([found.len(), right, kept].map(|count| count.to_string()));
    row.extend([share(both, kept), share(both, right)]);
    row
}
