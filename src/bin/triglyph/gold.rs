//! `triglyph gold`: gold articles from what people saved on the pages made for that.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use triglyph::eval::{Counts, GoldArticle};
use triglyph::format::Aligned;
use triglyph::repair::Patch;

use crate::aligned::AlignedFiles;
use crate::console::Console;
use crate::naming::Names;
use crate::output;
use crate::patches::{self, Patches};
use crate::reading::{UnitName, check_stdin};
use crate::status::{Failure, Status};

/// Make a gold folder, which `triglyph eval` reads, from patches of `triglyph report --gold`, and say how far
/// people agree
///
/// Of an article that several have worked on, the patches are compared with the first one that is named, and
/// the gold is that of the first: name the one that all have agreed on first.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES, override_usage = "triglyph gold [OPTIONS] <PATCH>... <ALIGNMENT> -o <FOLDER>")]
pub(crate) struct Args {
    /// Patches, and at the end the file with the alignments that the pages were made of
    #[arg(required = true, num_args = 2.., value_names = ["PATCH", "ALIGNMENT"])]
    files: Vec<PathBuf>,

    #[command(flatten)]
    reading: AlignedFiles,

    /// What is counted in files that do not say it
    #[arg(long, value_enum, default_value_t = UnitName::Paragraph)]
    unit: UnitName,

    /// The folder, with one for each article in it
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  triglyph report articles.jsonl --gold --sample 20 -o gold-pages
  triglyph gold anna/*.json bert/*.json articles.jsonl -o gold
  triglyph eval gold

Exit status: 3 where an article or a patch was passed over.";

/// How far the patch of another person agrees with the first.
struct Agreement {
    article: String,
    people: [String; 2],
    counts: Counts,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    args.reading.check()?;
    let (files, alignment) = patches::split(&args.files)?;
    let mut waiting = Patches::read(files)?;
    let (mut written, mut is_whole, mut agreements) = (0, true, Vec::new());
    let mut names = Names::default();
    for read in args.reading.read(alignment, args.unit, &|_| None) {
        let made = read.and_then(|aligned| match waiting.of(aligned.id()) {
            [] => Ok(None),
            patches => args.make(patches, &aligned, &mut names, console).map(Some),
        });
        match made {
            Ok(None) => {}
            Ok(Some(found)) => {
                agreements.extend(found);
                written += 1;
            }
            Err(failure) => {
                console.failure(&failure);
                is_whole = false;
            }
        }
    }
    is_whole &= waiting.tell_left(&alignment[0], console);
    if !agreements.is_empty() {
        output::to_stdout(|out| table(out, &agreements))?;
    }
    Ok(match (written, is_whole) {
        (0, _) => Status::Failed,
        (_, true) => Status::Done,
        (_, false) => Status::SomeFailed,
    })
}

impl Args {
    /// Writes the gold of an article, and compares the patches of other people with it.
    fn make(
        &self,
        patches: &[(PathBuf, Patch)],
        aligned: &Aligned,
        names: &mut Names,
        console: &Console,
    ) -> Result<Vec<Agreement>, Failure> {
        let (mut first, mut agreements) = (None, Vec::new());
        for (file, patch) in patches {
            let by = patch.by().unwrap_or("somebody").to_owned();
            let work = work(file, patch, aligned, console)?;
            match &first {
                None => first = Some((by, GoldArticle::of(&work))),
                Some((name, gold)) => agreements.push(Agreement {
                    article: aligned.id().to_owned(),
                    people: [name.clone(), by],
                    counts: gold.compare(work.alignment()),
                }),
            }
        }
        if let Some((_, gold)) = first {
            let folder = self.output.join(names.of(aligned.id()));
            gold.write(&folder, aligned.alignment().unit())?;
        }
        Ok(agreements)
    }
}

/// The article as one person has aligned it.
fn work(
    file: &Path,
    patch: &Patch,
    aligned: &Aligned,
    console: &Console,
) -> Result<Aligned, Failure> {
    let applied = Patch::apply(&[patch], aligned.clone())?;
    let is_whole = patches::tell(file, patch, &applied.outcomes[0], console);
    let undecided = applied
        .aligned
        .alignment()
        .iter()
        .filter(|bead| !bead.confirmed());
    let undecided: usize = undecided
        .flat_map(|bead| bead.segments())
        .map(Vec::len)
        .sum();
    match (is_whole, undecided) {
        (true, 0) => Ok(applied.aligned),
        _ => Err(Failure::Failed(format!(
            "{}, {}: leaves {undecided} segments open; gold needs a decision about each, as a page of `triglyph \
             report --gold` saves it",
            file.display(),
            patch.id()
        ))),
    }
}

/// Prints how far people agree, article by article, and over all.
fn table(out: &mut dyn Write, agreements: &[Agreement]) -> io::Result<()> {
    writeln!(out, "article\tfirst\tother\tstrict F1\tpair F1\tnull F1")?;
    let line = |out: &mut dyn Write, names: [&str; 3], counts: &Counts| {
        let [article, first, other] = names;
        let [strict, pair, null] =
            [counts.strict, counts.pair, counts.null].map(|tally| tally.f1());
        writeln!(
            out,
            "{article}\t{first}\t{other}\t{strict:.4}\t{pair:.4}\t{null:.4}"
        )
    };
    let mut all = Counts::default();
    for Agreement {
        article,
        people: [first, other],
        counts,
    } in agreements
    {
        line(out, [article, first, other], counts)?;
        all += *counts;
    }
    line(out, ["all", "", ""], &all)
}
