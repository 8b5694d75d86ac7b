//! A stand-in for a novel: many articles one behind the other, aligned as one.
//!
//! ```text
//! cargo run --release --all-features --example long -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. They are taken in order,
//! of those of one name only the first, until a version has 5000 paragraphs; what is left of the
//! last article is taken too. Sets whose units are sentences are left out. What `noise.json` tells is
//! not used, so sets without it are to be preferred: `debian-handbook debian-news osguide devref`.
//!
//! The table is Markdown: for two pairs of languages, strict F1 and pair F1 as in
//! [`triglyph::eval`] and the seconds that aligning took, on as many cores as one article gets:
//!
//! * `lexicon`: as the crate comes;
//! * `learnt`: without any lexicon; words are learnt from the text itself;
//! * `none`: without any lexicon, and nothing is learnt.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use long_text::LongText;
use triglyph::eval::GoldArticle;
use triglyph::{Aligner, Error, Lang, Unit, Words};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/long_text.rs"]
mod long_text;
#[path = "shared/markdown.rs"]
mod markdown;

/// Paragraphs a side.
const ENOUGH: usize = 5000;

const PAIRS: [[Lang; 2]; 2] = [[Lang::EN, Lang::DE], [Lang::EN, Lang::FR]];

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let mut names = BTreeSet::new();
    let articles: Vec<&GoldArticle> = (sets.iter())
        .filter(|set| set.unit == Unit::Paragraph)
        .flat_map(|set| &set.articles)
        .filter(|(name, _)| names.insert(*name))
        .map(|(_, gold)| gold)
        .collect();
    let aligner = Aligner::new();
    let aligners = [
        ("lexicon", aligner.clone()),
        ("learnt", aligner.clone().embedded(false).self_train(true)),
        ("none", aligner.embedded(false).words(Words::Shared)),
    ];
    let head = [
        "pair",
        "articles",
        "paragraphs",
        "words",
        "strict F1",
        "pair F1",
        "seconds",
    ];
    let mut table = vec![head.map(String::from).to_vec()];
    for langs in PAIRS {
        let text = LongText::of(&articles, langs, ENOUGH)?;
        let count = text.articles;
        let gold = text.gold()?;
        let versions = gold.article().versions().iter();
        let paragraphs = versions.map(|v| v.segments(Unit::Paragraph).len().to_string());
        let paragraphs = paragraphs.collect::<Vec<_>>().join(" : ");
        for (words, aligner) in &aligners {
            let start = Instant::now();
            let alignment = aligner.align(gold.article());
            let seconds = start.elapsed().as_secs_f64();
            let counts = gold.compare(&alignment);
            table.push(vec![
                langs.map(|lang| lang.to_string()).join("-"),
                count.to_string(),
                paragraphs.clone(),
                (*words).into(),
                format!("{:.4}", counts.strict.f1()),
                format!("{:.4}", counts.pair.f1()),
                format!("{seconds:.2}"),
            ]);
        }
    }
    markdown::print(&table);
    Ok(())
}
