//! A corpus from a folder of articles: a translation memory and a table in Parquet.
//!
//! ```text
//! cargo run --release --all-features --example corpus -- [FOLDER [OUT]]
//! ```
//!
//! aligns the articles in FOLDER, each a folder with the versions `en.txt`, `fr.txt`, `de.txt`, keeps the beads
//! that the default filters keep, and writes `OUT.tmx` and `OUT.parquet`. Without arguments, the articles are
//! those of `tests/data`.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use triglyph::corpus::{Candidate, Corpus, Entries, Filters, Moved, Recipe};
use triglyph::format::{Writer, parquet, tmx};
use triglyph::{Aligner, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = args.next().unwrap_or_else(|| "tests/data".into());
    let out = args.next().unwrap_or_else(|| "target/corpus".into());
    let create = |extension| File::create(out.with_extension(extension)).map(BufWriter::new);
    let mut memory = tmx::Writer::new(create("tmx")?);
    let mut table = parquet::Writer::new(create("parquet")?);

    let filters = Filters::default().with(Moved);
    let recipe = Recipe::new(Aligner::new()).unit(Unit::Sentence);
    for article in Corpus::new(Entries::open([folder])?, recipe) {
        // A bad article is no reason to stop.
        let aligned = match article {
            Ok(aligned) => aligned,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        let kept: Vec<bool> = (Candidate::all(&aligned))
            .map(|bead| filters.first(&bead).is_none())
            .collect();
        let count = kept.iter().filter(|kept| **kept).count();
        println!("{}: {count} of {} beads kept", aligned.id(), kept.len());
        if count > 0 {
            let mut kept = kept.into_iter();
            let aligned = aligned.retain(|_| kept.next() == Some(true))?;
            memory.write(aligned.id(), aligned.article(), aligned.alignment())?;
            table.write(aligned.id(), aligned.article(), aligned.alignment())?;
        }
    }
    for told in memory.finish()?.told() {
        println!("TMX: {told}");
    }
    table.finish()?;
    Ok(())
}
