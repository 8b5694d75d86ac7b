//! `triglyph apply`: the repairs of a person, put into an alignment.

use std::path::PathBuf;

use triglyph::LangStyle;
use triglyph::format::Aligned;
use triglyph::repair::Patch;

use crate::aligned::AlignedFiles;
use crate::console::Console;
use crate::formats::{FormatName, Look};
use crate::output;
use crate::patches::{self, Patches};
use crate::reading::{UnitName, check_stdin};
use crate::status::{Failure, Status};
use crate::view::View;

/// Apply patches, as pages of `triglyph report` save them, to the alignments that the pages were made of
///
/// What a patch decides is confirmed and has score 1; of each operation it is said whether it holds. One of
/// another text than the alignment now has is stale. Articles without a patch are written as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "triglyph apply [OPTIONS] <PATCH>... <ALIGNMENT> -o <OUT>")]
pub(crate) struct Args {
    /// Patches, and at the end the file with the alignments
    #[arg(required = true, num_args = 2.., value_names = ["PATCH", "ALIGNMENT"])]
    files: Vec<PathBuf>,

    #[command(flatten)]
    reading: AlignedFiles,

    /// What is counted in files that do not say it
    #[arg(long, value_enum, default_value_t = UnitName::Paragraph)]
    unit: UnitName,

    /// How the alignments are written [default: what the name of OUT ends with, otherwise jsonl]
    #[arg(long, value_enum)]
    to: Option<FormatName>,

    /// Write to this file, when all is done; `-` is stdout
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  triglyph apply coworker.patch.json coworker.jsonl -o corrected.jsonl
  triglyph apply *.patch.json articles.jsonl -o corrected.tmx

Exit status: 3 where an operation is stale or overruled, or an article or a patch was passed over.";

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    args.reading.check()?;
    output::check_apart(Some(&args.output), &args.files, "one that is read")?;
    let (files, alignment) = patches::split(&args.files)?;
    let mut waiting = Patches::read(files)?;
    let by_name = || FormatName::of_name(&args.output);
    let format = args.to.or_else(by_name).unwrap_or(FormatName::Jsonl);
    let output = Some(&*args.output);
    let look = Look {
        lang_style: LangStyle::default(),
        view: View::of(None, output),
        many: true,
    };
    let mut is_whole = true;
    let mut articles = args.reading.read(alignment, args.unit, &|_| None);
    // What is there stays as it is if nothing can be read.
    let first = loop {
        match articles.next() {
            None => return Ok(Status::Failed),
            Some(Ok(aligned)) => break aligned,
            Some(Err(failure)) => {
                console.failure(&failure);
                is_whole = false;
            }
        }
    };
    format.write(output, look, console, |writer| {
        for read in std::iter::once(Ok(first)).chain(articles) {
            match read {
                Ok(aligned) => {
                    let patches = waiting.of(aligned.id());
                    let aligned = apply(patches, aligned, &mut is_whole, console);
                    writer.write(aligned.id(), aligned.article(), aligned.alignment())?;
                }
                Err(failure) => {
                    console.failure(&failure);
                    is_whole = false;
                }
            }
        }
        Ok(())
    })?;
    is_whole &= waiting.tell_left(&alignment[0], console);
    Ok(match is_whole {
        true => Status::Done,
        false => Status::SomeFailed,
    })
}

/// Applies the patches of an article, and says what became of them. One that cannot be applied at all is left
/// out.
fn apply(
    patches: &[(PathBuf, Patch)],
    aligned: Aligned,
    is_whole: &mut bool,
    console: &Console,
) -> Aligned {
    let unit = aligned.alignment().unit();
    let (fitting, others): (Vec<_>, Vec<_>) =
        patches.iter().partition(|(_, patch)| patch.unit() == unit);
    for (file, patch) in others {
        if let Err(error) = Patch::apply(&[patch], aligned.clone()) {
            console.error(format_args!("{}: {error}", file.display()));
        }
        *is_whole = false;
    }
    let list: Vec<&Patch> = fitting.iter().map(|(_, patch)| patch).collect();
    match Patch::apply(&list, aligned.clone()) {
        Ok(applied) => {
            for ((file, patch), outcomes) in fitting.iter().zip(&applied.outcomes) {
                *is_whole &= patches::tell(file, patch, outcomes, console);
            }
            applied.aligned
        }
        Err(error) => {
            console.error(error);
            *is_whole = false;
            aligned
        }
    }
}
