//! What each stage takes, as a multiple of one pass of `unicode_words` over the same texts, on one
//! thread; see README.md in the folder above.
//!
//! ```text
//! cargo bench --all-features --bench roofline -- [SENTENCES…]
//! ```
//!
//! The tables are Markdown.

use std::ops::Range;
use std::{env, iter};

use triglyph::{Lang, Unit};

#[path = "../../examples/shared/markdown.rs"]
mod markdown;
#[path = "../shared/mod.rs"]
mod shared;

mod counter;
mod program;
mod real;
mod stage;
mod table;

use shared::long;
use shared::made_up::Made;
use shared::texts::Texts;
use stage::{Costs, Least, Row, Set, Stage};

const OF_ARTICLES: &[Row] = &[
    ("segment, told", &[Stage::Told]),
    ("segment, detected", &[Stage::Detected]),
    ("align, in use", &[Stage::InUse]),
    ("align, first", &[Stage::First]),
    ("write", &[Stage::Write]),
    ("told, in use", &[Stage::Told, Stage::InUse]),
    ("told, first", &[Stage::Told, Stage::First]),
    ("detected, in use", &[Stage::Detected, Stage::InUse]),
    ("detected, first", &[Stage::Detected, Stage::First]),
];

const OF_SENTENCES: &[Row] = &[
    ("segment", &[Stage::Told]),
    ("align", &[Stage::First]),
    ("write", &[Stage::Write]),
    ("whole", &[Stage::Told, Stage::First]),
    ("align, self-trained", &[Stage::SelfTrained]),
    ("whole, self-trained", &[Stage::Told, Stage::SelfTrained]),
];

/// The rows of texts of more than [`SELF_TRAINED`] sentences, for self-training takes long.
const OF_MANY_SENTENCES: &[Row] = OF_SENTENCES.split_at(4).0;

const SELF_TRAINED: usize = 20_000;

/// Two versions, three, five.
const LANGS: [Lang; 5] = [Lang::EN, Lang::FR, Lang::DE, Lang::EN, Lang::FR];

/// Sets of real articles.
const REAL: [&str; 4] = [
    "newstest-para-clean",
    "newstest-para-heavy",
    "debian-news",
    "osguide-noisy",
];

/// Sentences, as real lines that long texts are made of.
const REAL_SENTENCES: &str = "textberg";

/// How much is measured.
struct Extent {
    paragraphs: Vec<usize>,
    sentences: Vec<usize>,
    /// Articles of a set.
    articles: usize,
    least: Least,
    /// Of the program.
    starts: usize,
}

fn main() {
    shared::one_thread();
    let mut extent = Extent {
        paragraphs: vec![10, 30, 100, 300],
        sentences: vec![2000, 20_000],
        articles: 8,
        least: Least {
            rounds: 3,
            seconds: 5.0,
        },
        starts: 31,
    };
    let mut sentences = Vec::new();
    let mut is_test = false;
    for arg in env::args().skip(1) {
        match (arg.as_str(), arg.strip_prefix("--stage="), arg.parse()) {
            (_, Some(stage), _) => return run(stage),
            (_, _, Ok(size)) => sentences.push(size),
            ("--test", ..) => {
                is_test = true;
                extent = Extent {
                    paragraphs: vec![10],
                    sentences: vec![200],
                    articles: 1,
                    least: Least {
                        rounds: 1,
                        seconds: 0.0,
                    },
                    starts: 1,
                }
            }
            // Cargo's own.
            ("--bench", ..) => {}
            _ => panic!("expected numbers of sentences, found {arg}"),
        }
    }
    if !sentences.is_empty() {
        extent.sentences = sentences;
    }
    articles(&extent);
    long_texts(&extent);
    start_up(&extent);
    if !is_test {
        instructions();
    }
}

fn articles(extent: &Extent) {
    let made_up = |name: String, langs: &[Lang], paragraphs: usize| {
        // Enough text to be timed, and no more.
        let count = (240 / paragraphs).clamp(1, extent.articles) as u64;
        let set = Set::new(
            name,
            made_up(langs, paragraphs, 0..count),
            made_up(langs, paragraphs, count..2 * count),
        );
        set.costs(OF_ARTICLES, extent.least)
    };
    let size = |&size: &usize| made_up(format!("{size} paragraphs"), &LANGS[..3], size);
    let sizes: Vec<Costs> = extent.paragraphs.iter().map(size).collect();
    table::print("Articles in three versions", &sizes, true);

    let size = extent.paragraphs[extent.paragraphs.len().min(2) - 1];
    let versions = [2, 3, 5].map(|n| made_up(format!("{n} versions"), &LANGS[..n], size));
    table::print(&format!("Articles of {size} paragraphs"), &versions, true);

    let mut real = Vec::new();
    for set in REAL {
        let mut texts = real::set(set, 2 * extent.articles).expect("a folder that can be read");
        if texts.is_empty() {
            eprintln!("{set}: not there, skipped");
            continue;
        }
        let others = texts.split_off(texts.len().div_ceil(2));
        real.push(Set::new(set.into(), texts, others).costs(OF_ARTICLES, extent.least));
    }
    table::print("Real articles", &real, false);
}

/// Articles of so many paragraphs, one for each seed.
fn made_up(langs: &[Lang], paragraphs: usize, seeds: Range<u64>) -> Vec<Texts> {
    let made = |seed| Made {
        langs,
        seed,
        ..Made::default()
    };
    seeds
        .map(|seed| made(seed).texts(Unit::Paragraph, paragraphs))
        .collect()
}

fn long_texts(extent: &Extent) {
    let measure = |make: &dyn Fn(usize) -> Texts| {
        let costs = extent.sentences.iter().map(|&size| {
            let set = Set::new(format!("{size} sentences"), vec![make(size)], Vec::new());
            let rows = if size > SELF_TRAINED {
                OF_MANY_SENTENCES
            } else {
                OF_SENTENCES
            };
            set.costs(rows, extent.least)
        });
        costs.collect::<Vec<_>>()
    };
    table::print("Sentences, two versions", &measure(&long::sentences), true);
    let real = real::set(REAL_SENTENCES, 1).expect("a folder that can be read");
    match real.first() {
        Some(real) => {
            let costs = measure(&|size| long::tiled(real, size));
            table::print("Real sentences, two versions", &costs, true);
        }
        None => eprintln!("{REAL_SENTENCES}: not there, skipped"),
    }
}

fn start_up(extent: &Extent) {
    let mut table = vec![head(["", "ms", "million instructions"])];
    for (name, mut command) in program::calls() {
        let seconds = program::seconds(&mut command, extent.starts);
        let instructions = millions(program::instructions(&command));
        table.push(vec![
            name.into(),
            format!("{:.2}", seconds * 1e3),
            instructions,
        ]);
    }
    println!("\nStart-up of the program\n");
    markdown::print(&table);
}

fn instructions() {
    let mut table = vec![head(["", "million instructions", "`unicode_words` = 1"])];
    let mut words = None;
    for (name, _) in stages() {
        let count = program::instructions_of(name);
        words = words.or(count);
        let ratio = count
            .zip(words)
            .map(|(count, words)| count as f64 / words as f64);
        let ratio = ratio.map_or("–".into(), |ratio| format!("{ratio:.2}"));
        table.push(vec![name.into(), millions(count), ratio]);
    }
    println!("\nInstructions, an article of 30 paragraphs in three versions\n");
    markdown::print(&table);
}

fn head<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(String::from).into()
}

fn millions(count: Option<u64>) -> String {
    count.map_or("no valgrind".into(), |count| {
        format!("{:.2}", count as f64 / 1e6)
    })
}

/// The roofline first, then the stages that an article goes through.
fn stages() -> impl Iterator<Item = (&'static str, Stage)> {
    let single = OF_ARTICLES
        .iter()
        .filter_map(|(name, stages)| match stages {
            [stage] => Some((*name, *stage)),
            _ => None,
        });
    iter::once(("`unicode_words`", Stage::Words)).chain(single)
}

/// Runs the stage of that name once, to be looked at from outside.
fn run(name: &str) {
    let (_, stage) = stages().find(|(own, _)| *own == name).expect("a stage");
    let langs = &LANGS[..3];
    let set = Set::new(
        name.into(),
        made_up(langs, 30, 0..1),
        made_up(langs, 30, 1..2),
    );
    stage.run_stage(set.first(), &set.in_use());
}
