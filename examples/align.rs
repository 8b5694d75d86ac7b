//! Aligns the versions of an article and prints every bead: score, shape, and a text a version.
//!
//! ```text
//! cargo run --example align [FILE FILE…]
//! ```
//!
//! Every file is one version, a plain text in English, French or German. Without arguments the
//! versions are those of `tests/data/travel`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::{Aligner, Article, Source, format};

fn main() -> Result<(), Box<dyn Error>> {
    let article = Article::detect(sources()?)?;
    let alignment = Aligner::new().align(&article);
    let labels = format::labels(&article);
    for bead in alignment.beads(&article) {
        println!("{:.2}  {}", bead.score(), bead.shape());
        for (label, text) in labels.iter().zip(bead.texts()) {
            if !text.is_empty() {
                println!("  {label}  {text}");
            }
        }
    }
    let beads = alignment.iter().count();
    let nulls = alignment.iter().filter(|bead| bead.is_null()).count();
    let score = alignment.score();
    println!("\n{beads} beads, {nulls} of them in one version only; score {score:.2}");
    Ok(())
}

/// The files named on the command line, or the article that comes with the crate.
fn sources() -> Result<Vec<Source>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/travel");
        files.extend(["en.txt", "fr.txt", "de.txt"].map(|name| folder.join(name)));
    }
    let source = |file: &PathBuf| {
        Ok(Source::from_bytes(
            file.display().to_string(),
            fs::read(file)?,
        )?)
    };
    files.iter().map(source).collect()
}
