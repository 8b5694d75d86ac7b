//! Writes the sentences worth keeping for a bitext as tab-separated values: a score, and a text
//! a version.
//!
//! ```text
//! cargo run --example beads_to_tsv [LEAST [FILE FILE…]]
//! ```
//!
//! Beads of all versions with a score of at least `LEAST` (0.8 unless told) are written to
//! stdout, and how many were left out to stderr. Without files the versions are those of
//! `tests/data/advice`. [`triglyph::format::tsv`] writes the whole table, with shapes and flags.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use triglyph::{Aligner, Article, Source, Unit, format};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let least: f64 = match args.next() {
        Some(arg) => arg.to_string_lossy().parse()?,
        None => 0.8,
    };
    let mut files: Vec<PathBuf> = args.map(PathBuf::from).collect();
    if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/advice");
        files.extend(["en.txt", "fr.txt", "de.txt"].map(|name| folder.join(name)));
    }
    let source = |file: &PathBuf| {
        Ok(Source::from_bytes(
            file.display().to_string(),
            fs::read(file)?,
        )?)
    };
    let sources: Vec<Source> = files
        .iter()
        .map(source)
        .collect::<Result<_, Box<dyn Error>>>()?;

    let article = Article::detect(sources)?;
    let alignment = Aligner::new().unit(Unit::Sentence).align(&article);
    let mut out = io::stdout().lock();
    writeln!(out, "score\t{}", format::labels(&article).join("\t"))?;
    let (mut kept, mut partial, mut unsure) = (0, 0, 0);
    for bead in alignment.beads(&article) {
        if bead.segments().iter().any(Vec::is_empty) {
            partial += 1;
        } else if bead.score() < least {
            unsure += 1;
        } else {
            kept += 1;
            // White space is folded in these texts: neither a tab nor a line end stands in them.
            writeln!(out, "{:.2}\t{}", bead.score(), bead.texts().join("\t"))?;
        }
    }
    eprintln!("{kept} beads; left out: {partial} without some version, {unsure} below {least}");
    Ok(())
}
