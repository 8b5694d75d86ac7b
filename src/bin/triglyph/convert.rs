//! `triglyph convert`: aligned articles from one format to another.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use triglyph::format::{Aligned, labels};
use triglyph::{Bead, ErrorKind};

use crate::aligned::AlignedFiles;
use crate::console::Console;
use crate::formats::{FormatName, LangStyleName, Look, lang_of, pair_in};
use crate::output;
use crate::reading::{UnitName, check_stdin};
use crate::shape::ShapeName;
use crate::status::{Failure, Status};
use crate::view::View;

/// Convert aligned articles from one format to another
///
/// Formats are told by what the names of the files end with: .jsonl, .ladder, .vecalign, corpus.en
/// with corpus.fr (Moses); packed by gzip or zstd or not. What a format cannot hold is counted on
/// stderr, and so is what the options leave out.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files that hold alignments; `-` is stdin
    #[arg(required = true, value_name = "IN")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    reading: AlignedFiles,

    /// What the lines of a file are that does not say it
    #[arg(long, value_enum, default_value_t = UnitName::Paragraph)]
    unit: UnitName,

    /// How the articles are written [default: what the name of OUT ends with]
    #[arg(long, value_enum, value_name = "FORMAT")]
    to: Option<FormatName>,

    /// Write to this file instead of stdout, packed if its name ends with .gz or .zst; for a format
    /// of several files, a folder or what their names begin with
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Keep two versions of every article, in this order, by language or label: en-de, fr-2-fr-3
    #[arg(long, value_name = "A-B")]
    pair: Option<Pair>,

    /// Leave out beads with a lower score, and their text
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f64>,

    /// Keep beads of this shape, segments a version; may be given several times
    #[arg(long = "shape", value_name = "1:1:1")]
    shapes: Vec<ShapeName>,

    /// Leave out beads that moved, and their text
    #[arg(long)]
    no_moved: bool,

    /// How codes of languages are written; JSON always has the shortest
    #[arg(long, value_enum, default_value_t = LangStyleName::Bcp47)]
    lang_style: LangStyleName,
}

const EXAMPLES: &str = "\
Examples:
  triglyph convert articles.jsonl -o corpus --to moses
  triglyph convert articles.jsonl.gz --pair en-de --min-score 0.9 --shape 1:1 -o en-de.tsv
  triglyph convert news.en-fr.ladder --text en.txt --text fr.txt --to jsonl
  triglyph convert corpus.en corpus.fr --unit sentence --to tsv

Exit status: 3 where articles were skipped because they cannot be read or written.";

/// Two versions by their labels.
#[derive(Clone, Debug)]
struct Pair([String; 2]);

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = format!("x.{text}");
        match pair_in(&name) {
            Some((_, labels)) => Ok(Self(labels.map(str::to_owned))),
            None => Err(
                "expected the codes of two languages with a hyphen between them, such as en-de"
                    .into(),
            ),
        }
    }
}

impl Pair {
    /// The numbers of the two versions in an article.
    fn of(&self, aligned: &Aligned) -> Option<[usize; 2]> {
        let (labels, versions) = (labels(aligned.article()), aligned.article().versions());
        let find = |name: &String| {
            let lang = lang_of(name).filter(|_| !name.contains('-'));
            let labelled = labels.iter().position(|label| label == name);
            labelled.or_else(|| {
                versions
                    .iter()
                    .position(|version| Some(version.lang()) == lang)
            })
        };
        let [a, b] = self.0.each_ref().map(find);
        Some([a?, b?])
    }
}

fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("expected a number in 0..1".into()),
    }
}

/// What was left out because of the options.
#[derive(Default)]
struct LeftOut {
    beads: [usize; 3],
    /// Articles that have not both versions.
    unpaired: usize,
    /// Articles of which nothing is left.
    empty: usize,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    args.reading.check()?;
    let by_name = args.output.as_deref().and_then(FormatName::of_name);
    let Some(format) = args.to.or(by_name) else {
        return Err(Failure::Usage(
            "nothing tells the format to write; name it with --to".into(),
        ));
    };
    let output = args.output.as_deref();
    args.check(output)?;
    format.check(output)?;
    let (mut left_out, mut written, mut failed) = (LeftOut::default(), 0, 0);
    let mut articles = args.reading.read(&args.files, args.unit, &|_| None);
    // What is there stays as it is if nothing can be read.
    let first = loop {
        match articles.next() {
            Some(Err(failure)) => {
                failed += 1;
                console.failure(&failure);
            }
            read => break read,
        }
    };
    if first.is_none() {
        if failed > 0 {
            return Ok(Status::Failed);
        }
        console.note("the files hold no article");
    }
    let look = Look {
        lang_style: args.lang_style.into(),
        view: View::of(None, output),
        many: true,
    };
    format.write(output, look, console, |writer| {
        for read in first.into_iter().chain(articles) {
            let selected = read.and_then(|aligned| args.select(aligned, &mut left_out));
            let result = match selected {
                Ok(None) => continue,
                Ok(Some(aligned)) => {
                    writer.write(aligned.id(), aligned.article(), aligned.alignment())
                }
                Err(failure) => {
                    failed += 1;
                    console.failure(&failure);
                    continue;
                }
            };
            match result {
                Ok(()) => written += 1,
                Err(error) if matches!(error.kind(), ErrorKind::Unsuited { .. }) => {
                    failed += 1;
                    console.error(error);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })?;
    left_out.tell(args, console);
    Ok(match (written, failed) {
        (_, 0) => Status::Done,
        (0, _) => Status::Failed,
        _ => Status::SomeFailed,
    })
}

impl Args {
    /// Checks that the output is none of the files that are read, and that a pair is one.
    fn check(&self, output: Option<&Path>) -> Result<(), Failure> {
        if let Some(Pair([a, b])) = &self.pair
            && a == b
        {
            return Err(Failure::Usage(format!(
                "--pair {a}-{b} names one version twice; several in one language are told apart by \
                 their numbers, such as {a}-1-{a}-2"
            )));
        }
        output::check_apart(output, &self.files, "one that is read")
    }

    /// What the options keep of an article; none where that is nothing.
    fn select(&self, aligned: Aligned, left_out: &mut LeftOut) -> Result<Option<Aligned>, Failure> {
        let aligned = match &self.pair {
            None => aligned,
            Some(pair) => {
                let Some(versions) = pair.of(&aligned) else {
                    left_out.unpaired += 1;
                    return Ok(None);
                };
                match kept(aligned.select(&versions))? {
                    Some(aligned) => aligned,
                    None => {
                        left_out.empty += 1;
                        return Ok(None);
                    }
                }
            }
        };
        let retained = aligned.retain(|bead| match self.reason(bead) {
            Some(reason) => {
                left_out.beads[reason] += 1;
                false
            }
            None => true,
        });
        let retained = kept(retained)?;
        left_out.empty += usize::from(retained.is_none());
        Ok(retained)
    }

    /// Which of the options leaves a bead out, if one does.
    fn reason(&self, bead: &Bead) -> Option<usize> {
        let shape = || ShapeName(bead.segments().iter().map(Vec::len).collect());
        let reasons = [
            self.min_score.is_some_and(|least| bead.score() < least),
            !self.shapes.is_empty() && !self.shapes.contains(&shape()),
            self.no_moved && bead.moved(),
        ];
        reasons.into_iter().position(|left_out| left_out)
    }
}

/// An article of which something may be left.
fn kept(selected: Result<Aligned, triglyph::Error>) -> Result<Option<Aligned>, Failure> {
    match selected {
        Ok(aligned) => Ok(Some(aligned)),
        Err(error) if matches!(error.kind(), ErrorKind::NoText { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl LeftOut {
    fn tell(&self, args: &Args, console: &Console) {
        let options = ["--min-score", "--shape", "--no-moved"];
        for (count, option) in self.beads.into_iter().zip(options) {
            if count > 0 {
                console.note(format_args!("{option} left out {}", counted(count, "bead")));
            }
        }
        if self.unpaired > 0
            && let Some(Pair([a, b])) = &args.pair
        {
            let articles = counted(self.unpaired, "article");
            console.note(format_args!(
                "--pair {a}-{b} left out {articles} without both versions"
            ));
        }
        if self.empty > 0 {
            let articles = counted(self.empty, "article");
            console.note(format_args!(
                "{articles} left out, as nothing of them was kept"
            ));
        }
    }
}

fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}
