//! Whether scores tell articles that are no translations of each other.
//!
//! ```text
//! cargo run --release --all-features --example unrelated -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. A hundred times, two
//! articles of different names are drawn, and of the first one version, of the second the others;
//! the draws are the same each time, and with few articles some come again. The table is Markdown:
//! how many articles have a score ([`Alignment::score`]) in each tenth, the shares below 0.2 and
//! above 0.5, the mean score, and the mean share of segments that stand in beads of two or more
//! versions. Its columns:
//!
//! * `unrelated pair`: a version of the first article and one of the second, in another language;
//! * `true pair`: the version of the first with its own counterpart in that language;
//! * `mixed`: a version of the first article and all others of the second. These are still
//!   parallel among themselves, so such an article is half a true one: what is said of unrelated
//!   articles has to be measured on pairs;
//! * `true article`: every article of the gold with all its versions.

use std::path::PathBuf;

use rayon::prelude::*;
use triglyph::{Aligner, Alignment, Article, Error, Unit, Version};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

const DRAWS: usize = 100;

/// Articles that are to be aligned, and what their units are.
type Tasks = Vec<(Unit, Article)>;

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let known: Vec<Known> = (sets.iter())
        .flat_map(|set| {
            let articles = set.articles.iter();
            articles.map(|(name, gold)| Known {
                name,
                unit: set.unit,
                versions: gold.article().versions(),
            })
        })
        .collect();
    let [mut unrelated, mut pairs, mut mixed, mut articles] = [const { Tasks::new() }; 4];
    let mut random = Random(1);
    // Draws that do not fit are made again, though not forever where none can fit.
    let draws = (0..100 * DRAWS).filter_map(|_| Draw::new(&known, &mut random));
    for draw in draws.take(DRAWS) {
        let Draw {
            unit,
            one,
            own,
            other,
            others,
        } = draw;
        let article = |versions: &[&Version]| {
            let versions = versions.iter().copied().cloned().collect();
            Ok::<_, Error>((unit, Article::new(versions)?))
        };
        unrelated.push(article(&[one, other])?);
        pairs.push(article(&[one, own])?);
        mixed.push(article(&[&[one], &others[..]].concat())?);
    }
    for known in &known {
        articles.push((known.unit, Article::new(known.versions.to_vec())?));
    }
    let columns = [
        ("unrelated pair", unrelated),
        ("true pair", pairs),
        ("mixed", mixed),
        ("true article", articles),
    ];
    print(&columns.map(|(name, tasks)| (name, measure(&tasks))));
    Ok(())
}

/// An article of the gold.
struct Known<'a> {
    name: &'a str,
    unit: Unit,
    versions: &'a [Version],
}

/// Versions of two articles that have nothing to do with each other.
struct Draw<'a> {
    unit: Unit,
    /// The version of the first article.
    one: &'a Version,
    /// Its counterpart in the language of `other`.
    own: &'a Version,
    /// A version of the second article.
    other: &'a Version,
    /// All of the second article that are in another language than `one`.
    others: Vec<&'a Version>,
}

impl<'a> Draw<'a> {
    /// Draws two articles and a version of each; nothing where they are forms of one article, have
    /// other units, or lack the languages.
    fn new(known: &[Known<'a>], random: &mut Random) -> Option<Self> {
        let first = &known[random.below(known.len())];
        let second = &known[random.below(known.len())];
        let one = &first.versions[random.below(first.versions.len())];
        let others = second.versions.iter();
        let others: Vec<&Version> = others.filter(|v| v.lang() != one.lang()).collect();
        if first.name == second.name || first.unit != second.unit || others.is_empty() {
            return None;
        }
        let other = others[random.below(others.len())];
        let mut own = first.versions.iter();
        Some(Self {
            unit: first.unit,
            one,
            own: own.find(|v| v.lang() == other.lang())?,
            other,
            others,
        })
    }
}

/// Numbers that look random: SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// What was found in an article.
struct Found {
    score: f64,
    /// The share of segments in beads of two or more versions.
    linked: f64,
}

fn measure(tasks: &Tasks) -> Vec<Found> {
    let tasks = tasks.par_iter();
    let found = tasks.map(|(unit, article)| {
        let alignment = Aligner::new().unit(*unit).align(article);
        let score = alignment.score();
        let linked = linked(&alignment);
        Found { score, linked }
    });
    found.collect()
}

fn linked(alignment: &Alignment) -> f64 {
    let (mut linked, mut all) = (0, 0);
    for bead in alignment {
        let segments: usize = bead.segments().iter().map(Vec::len).sum();
        all += segments;
        linked += if bead.is_null() { 0 } else { segments };
    }
    linked as f64 / all as f64
}

fn print(columns: &[(&str, Vec<Found>)]) {
    let row = |name: String, cell: &dyn Fn(&[Found]) -> String| {
        let cells = columns.iter().map(|(_, found)| cell(found));
        [name].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let share = |found: &[Found], is_in: &dyn Fn(f64) -> bool| {
        let count = found.iter().filter(|f| is_in(f.score)).count();
        format!("{:.1} %", 100.0 * count as f64 / found.len() as f64)
    };
    let mean = |found: &[Found], of: fn(&Found) -> f64| {
        let sum: f64 = found.iter().map(of).sum();
        format!("{:.3}", sum / found.len() as f64)
    };
    let mut head = vec!["score".to_owned()];
    head.extend(columns.iter().map(|(name, _)| (*name).to_owned()));
    let mut table = vec![head];
    table.push(row("articles".into(), &|found| found.len().to_string()));
    for tenth in 0..10 {
        let (low, high) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        // A score of 1 is in the last.
        let is_in = |score| low <= score && (score < high || tenth == 9);
        table.push(row(format!("{low:.1} to {high:.1}"), &|found| {
            share(found, &is_in)
        }));
    }
    table.push(row("below 0.2".into(), &|found| share(found, &|s| s < 0.2)));
    table.push(row("above 0.5".into(), &|found| share(found, &|s| s > 0.5)));
    table.push(row("mean score".into(), &|found| mean(found, |f| f.score)));
    table.push(row("linked segments".into(), &|found| {
        mean(found, |f| f.linked)
    }));
    markdown::print(&table);
}
