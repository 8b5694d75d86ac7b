//! `triglyph lexicon stats`: what a lexicon holds.

use std::io::{self, Write};
use std::path::PathBuf;

use triglyph::Lexicon;

use super::pair::Pair;
use super::read_or_embedded;
use crate::output;
use crate::status::{Failure, Status};

/// Say how much a lexicon holds
///
/// The stems of each language, the pairs of a stem and its translation in each direction, the bytes
/// and the CRC-32 of the whole file.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  triglyph lexicon stats
  triglyph lexicon stats --lexicon en-es.lexicon")]
pub(super) struct Args {
    /// The lexicon [default: the one inside the program]
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
}

/// Runs the subcommand.
pub(super) fn run(args: &Args) -> Result<Status, Failure> {
    let lexicon = read_or_embedded(args.lexicon.as_deref())?;
    output::to_stdout(|out| write(out, &lexicon))?;
    Ok(Status::Done)
}

fn write(out: &mut dyn Write, lexicon: &Lexicon) -> io::Result<()> {
    let row =
        |out: &mut dyn Write, name: &str, number: &str| writeln!(out, "{name:<12}  {number:>10}");
    row(out, "language", "stems")?;
    for lang in lexicon.langs() {
        row(out, lang.code(), &lexicon.stem_count(lang).to_string())?;
    }
    writeln!(out)?;
    row(out, "translations", "pairs")?;
    for (from, to) in lexicon.pairs() {
        let pairs = lexicon.translation_count(from, to).to_string();
        row(out, &Pair([from, to]).to_string(), &pairs)?;
    }
    writeln!(out)?;
    let bytes = lexicon.as_bytes();
    row(out, "bytes", &bytes.len().to_string())?;
    row(out, "crc32", &format!("{:08x}", crc32fast::hash(bytes)))
}
