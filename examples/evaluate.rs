//! Aligns gold articles and compares the beads with the links that a person made.
//!
//! ```text
//! cargo run --release --features json --example evaluate [FOLDER…]
//! ```
//!
//! A folder is a gold article, `gold.json` and a text `<lang>.txt` a version, or holds such articles.
//! Without arguments the articles are those of `tests/data`. The columns are those of [`triglyph::eval`]: links
//! right in all their units, pairs of units, units without counterpart.

use std::path::{Path, PathBuf};

use triglyph::eval::{Counts, GoldArticle, GoldSet};
use triglyph::{Aligner, Error, Unit};

fn main() -> Result<(), Error> {
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"));
    }
    let mut articles = Vec::new();
    for folder in &folders {
        articles.extend(
            GoldSet::find(folder)?
                .into_iter()
                .flat_map(|set| set.articles),
        );
    }
    println!("article     strict P  strict R  strict F1  pair F1  null F1");
    let mut total = Counts::default();
    for folder in &articles {
        let gold = GoldArticle::read(folder, Unit::Paragraph)?;
        let counts = gold.compare(&Aligner::new().align(gold.article()));
        let name = folder.file_name().unwrap_or_default();
        print(&name.to_string_lossy(), &counts);
        total += counts;
    }
    print("total", &total);
    Ok(())
}

fn print(name: &str, counts: &Counts) {
    let Counts {
        strict, pair, null, ..
    } = counts;
    println!(
        "{name:10}  {:8.3}  {:8.3}  {:9.3}  {:7.3}  {:7.3}",
        strict.precision(),
        strict.recall(),
        strict.f1(),
        pair.f1(),
        null.f1()
    );
}
