//! Aligns gold articles and compares the beads with the links that a person made.
//!
//! ```text
//! cargo run --release --features json --example evaluate [FOLDER…]
//! ```
//!
//! A folder is a gold article, `gold.json` and a text `<lang>.txt` a version. Without arguments
//! the articles are those of `tests/data`. The columns are those of [`triglyph::eval`]: links
//! right in all their units, pairs of units, units without counterpart.

use std::error::Error;
use std::path::{Path, PathBuf};

use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if folders.is_empty() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        folders.extend(["advice", "interview", "news", "travel"].map(|name| data.join(name)));
    }
    println!("article     strict P  strict R  strict F1  pair F1  null F1");
    let mut total = Counts::default();
    for folder in &folders {
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
