//! What a third version is worth: pairs of versions aligned alone, and all versions at once.
//!
//! ```text
//! cargo run --release --all-features --example versions -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. Only articles of three
//! versions count. The table is Markdown, a row a set, in each cell the pair F1 of
//! [`triglyph::eval`], over the pairs of units of all three pairs of versions:
//!
//! * `alone`: each pair of versions aligned alone. The gold joins whatever any version joins: where
//!   French has as one paragraph what is two in English and German, all are one link. Who sees
//!   English and German only cannot know;
//! * `joined`: therefore the same alignments put together: whatever any of them links, or links by
//!   way of others, is one bead;
//! * `at once`: all three versions aligned at once.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use serde_json::json;
use triglyph::eval::{GoldArticle, Tally};
use triglyph::{Aligner, Alignment, Article, Error};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

use gold::Set;

/// The pairs of three versions.
const PAIRS: [[usize; 2]; 3] = [[0, 1], [0, 2], [1, 2]];

/// Pairs of units that were found alone, joined and at once.
type Tallies = [Tally; 3];

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let head = [
        "pair F1",
        "articles",
        "alone",
        "joined",
        "at once",
        "over alone",
        "over joined",
    ];
    let mut table = vec![head.map(String::from).to_vec()];
    let mut all = (0, Tallies::default());
    for set in sets {
        let (articles, tallies) = count(&set)?;
        if articles > 0 {
            table.push(row(set.name, articles, tallies));
            all = (all.0 + articles, add(all.1, tallies));
        }
    }
    if table.len() > 2 {
        table.push(row("all".into(), all.0, all.1));
    }
    markdown::print(&table);
    Ok(())
}

/// How many articles of the set have three versions, and what was found in them.
fn count(set: &Set) -> Result<(usize, Tallies), Error> {
    let aligner = Aligner::new().unit(set.unit);
    let articles = set.articles.par_iter().map(|(_, gold)| gold);
    let tallies: Vec<Tallies> = articles
        .filter(|gold| gold.article().versions().len() == 3)
        .map(|gold| compare(gold, &aligner))
        .collect::<Result<_, _>>()?;
    let sum = tallies.iter().copied().fold(Tallies::default(), add);
    Ok((tallies.len(), sum))
}

fn compare(gold: &GoldArticle, aligner: &Aligner) -> Result<Tallies, Error> {
    let mut alone = Tally::default();
    let mut pairs = Vec::new();
    for versions in PAIRS {
        let gold = gold.select(&versions)?;
        let alignment = aligner.align(gold.article());
        alone = alone + gold.compare(&alignment).pair;
        pairs.push((versions, alignment));
    }
    let at_once = aligner.align(gold.article());
    let joined = join(gold.article(), &pairs);
    Ok([
        alone,
        gold.compare(&joined).pair,
        gold.compare(&at_once).pair,
    ])
}

/// Joins the beads of pairs of versions wherever they share a segment.
fn join(article: &Article, pairs: &[([usize; 2], Alignment)]) -> Alignment {
    let unit = pairs[0].1.unit();
    // Which bead each segment of each version stands in: at first one of its own.
    let versions = article.versions().iter().enumerate();
    let mut beads: BTreeMap<(usize, usize), usize> = versions
        .flat_map(|(v, version)| (0..version.segments(unit).len()).map(move |s| (v, s)))
        .enumerate()
        .map(|(bead, segment)| (segment, bead))
        .collect();
    for (versions, alignment) in pairs {
        for bead in alignment.iter().filter(|bead| !bead.is_null()) {
            let segments = versions.iter().zip(bead.segments());
            let segments = segments.flat_map(|(&v, list)| list.iter().map(move |&s| (v, s)));
            let joined: Vec<usize> = segments.map(|segment| beads[&segment]).collect();
            let into = joined[0];
            for bead in beads.values_mut().filter(|bead| joined.contains(bead)) {
                *bead = into;
            }
        }
    }
    let mut segments = BTreeMap::new();
    for ((v, s), bead) in beads {
        let lists = segments.entry(bead).or_insert([const { Vec::new() }; 3]);
        lists[v].push(s);
    }
    let beads = segments.values();
    let beads: Vec<_> = beads
        .map(|segments| json!({"segments": segments, "score": 1.0}))
        .collect();
    serde_json::from_value(json!({"unit": unit, "beads": beads}))
        .expect("every segment stands in one bead")
}

fn add(a: Tallies, b: Tallies) -> Tallies {
    std::array::from_fn(|i| a[i] + b[i])
}

fn row(name: String, articles: usize, tallies: Tallies) -> Vec<String> {
    let [alone, joined, at_once] = tallies.map(|tally| tally.f1());
    vec![
        name,
        articles.to_string(),
        format!("{alone:.4}"),
        format!("{joined:.4}"),
        format!("{at_once:.4}"),
        format!("{:+.4}", at_once - alone),
        format!("{:+.4}", at_once - joined),
    ]
}
