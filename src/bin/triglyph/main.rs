//! The program `triglyph`: a thin shell over the crate of the same name.
//!
//! stdout carries data only, messages go to stderr. Exit status: 0 done, 1 failed, 2 wrong usage,
//! 3 done but some articles failed.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

mod align;
mod aligned;
mod apply;
mod console;
mod convert;
mod corpus;
mod detect;
mod eval;
mod formats;
mod gold;
mod lexicon;
mod limits;
mod naming;
mod output;
mod patches;
mod reading;
mod report;
mod segment;
mod shape;
mod shell;
mod status;
mod stream;
mod threads;
mod vectors;
mod versions;
mod view;
mod wrap;

use console::Console;
use status::{Failure, Status};

/// Aligns the English, French and German versions of an article paragraph by paragraph
#[derive(Parser, Debug)]
#[command(
    name = "triglyph",
    version,
    max_term_width = 100,
    after_help = EXAMPLES,
    disable_help_subcommand = true,
)]
struct Cli {
    #[command(flatten)]
    console: Console,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  triglyph align en.txt fr.txt de.txt             look at an article, its versions side by side
  triglyph align en.txt fr.txt -o article.jsonl   keep everything that was found
  triglyph report en.txt fr.txt -o article.html   look at it in a browser, and repair it there
  triglyph detect *.txt                           say which language each file is in

Exit status: 0 done, 1 failed, 2 wrong usage, 3 done but some articles failed.";

#[derive(Subcommand, Debug)]
enum Command {
    Align(align::Args),
    Detect(detect::Args),
    Segment(segment::Args),
    Eval(eval::Args),
    Convert(convert::Args),
    Report(report::Args),
    Apply(apply::Args),
    Gold(gold::Args),
    Corpus(corpus::Args),
    Lexicon(lexicon::Args),
    Completions(shell::Completions),
    Man(shell::Man),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = &cli.console;
    let (name, result) = match &cli.command {
        Command::Align(args) => ("align", align::run(args, console)),
        Command::Detect(args) => ("detect", detect::run(args, console)),
        Command::Segment(args) => ("segment", segment::run(args, console)),
        Command::Eval(args) => ("eval", eval::run(args, console)),
        Command::Convert(args) => ("convert", convert::run(args, console)),
        Command::Report(args) => ("report", report::run(args, console)),
        Command::Apply(args) => ("apply", apply::run(args, console)),
        Command::Gold(args) => ("gold", gold::run(args, console)),
        Command::Corpus(args) => (args.name(), corpus::run(args, console)),
        Command::Lexicon(args) => (args.name(), lexicon::run(args, console)),
        Command::Completions(args) => ("completions", shell::completions(args, Cli::command())),
        Command::Man(args) => ("man", shell::man(args, Cli::command())),
    };
    let status = result.unwrap_or_else(|failure| match failure {
        Failure::Closed => Status::Done,
        Failure::Failed(message) => {
            console.error(&message);
            Status::Failed
        }
        Failure::Usage(message) => wrong_usage(name, message),
    });
    ExitCode::from(status as u8)
}

/// Says what is wrong with a call in the words of the argument parser; `name` is that of the
/// subcommand, behind the names of those that it is part of.
fn wrong_usage(name: &str, message: String) -> Status {
    let mut program = Cli::command();
    program.build();
    let command = (name.split(' ')).try_fold(&mut program, |program, name| {
        program.find_subcommand_mut(name)
    });
    if let Some(command) = command {
        let error = command.error(ErrorKind::ValueValidation, message);
        // Nothing is left to do where stderr is closed.
        let _ = error.print();
    }
    Status::Usage
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
