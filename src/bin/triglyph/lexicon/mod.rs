//! `triglyph lexicon`: lexicons trained, looked into and described.

use std::path::Path;

use clap::Subcommand;
use triglyph::{ErrorKind, Lexicon};

use crate::console::Console;
use crate::status::{Failure, Status};

mod inspect;
mod names;
mod open;
pub(crate) mod options;
mod pair;
mod plan;
mod stats;
mod train;

/// Train lexicons of word translations, and look into them
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Train(train::Args),
    Inspect(inspect::Args),
    Stats(stats::Args),
}

impl Args {
    /// The names of the subcommand, from the outermost one.
    pub(crate) const fn name(&self) -> &'static str {
        match self.command {
            Command::Train(_) => "lexicon train",
            Command::Inspect(_) => "lexicon inspect",
            Command::Stats(_) => "lexicon stats",
        }
    }
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    match &args.command {
        Command::Train(args) => train::run(args, console),
        Command::Inspect(args) => inspect::run(args),
        Command::Stats(args) => stats::run(args),
    }
}

/// Reads a lexicon from a file, which a message about it names.
fn read(file: &Path) -> Result<Lexicon, Failure> {
    Lexicon::read(file).map_err(|error| match error.kind() {
        ErrorKind::Invalid { reason, .. } => {
            let file = file.display();
            Failure::Failed(format!("{file}: {reason}; train it (again)"))
        }
        _ => error.into(),
    })
}

/// The lexicon of a file, or the one inside the program where there is none.
fn read_or_embedded(file: Option<&Path>) -> Result<Lexicon, Failure> {
    file.map_or_else(|| Ok(Lexicon::embedded()), read)
}
