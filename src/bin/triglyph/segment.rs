//! `triglyph segment`: the paragraphs or sentences of each file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use triglyph::{Unit, Version, format};

use crate::console::Console;
use crate::output;
use crate::reading::{Reading, names};
use crate::status::{Failure, Status};
use crate::view::{marks, name_of};
use crate::wrap::{pad, wrap};

/// Cut files into paragraphs or sentences
///
/// Shows what an alignment would be made of: the kind of every segment, where it stands in the
/// file (bytes, half-open) and, in brackets, its language where that is not the file's and why it
/// is taken for boilerplate.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Plain text, HTML or Markdown, packed or not, in any encoding; `-` is stdin
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    reading: Reading,

    /// How the segments are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  triglyph segment article.txt
  triglyph segment en.txt fr.txt --unit sentence --format jsonl";

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// A line for the file, then a line a segment
    Text,
    /// One JSON object a file and line: a version of the schema triglyph/1
    Jsonl,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    args.reading.check(&args.files)?;
    let unit = args.reading.unit();
    let versions = names(&args.files).into_iter().zip(&args.files);
    let versions = versions.map(|(name, file)| {
        let step = format!("segment {name}");
        console.time(step, || args.reading.version(file, name, console))
    });
    output::each(versions, console, |out, version| match args.format {
        Format::Text => list(out, &version, unit),
        Format::Jsonl => format::jsonl::write_version(out, &version, unit),
    })
}

fn list(out: &mut dyn Write, version: &Version, unit: Unit) -> io::Result<()> {
    let (name, lang, score) = (version.name(), version.lang(), version.lang_score());
    let (layout, segments) = (name_of(&version.layout()), version.segments(unit));
    let count = |unit, one: &str| match version.segments(unit).len() {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let mut counts = count(Unit::Paragraph, "paragraph");
    if unit == Unit::Sentence {
        counts = format!("{counts}, {}", count(unit, "sentence"));
    }
    writeln!(out, "{name} · {lang} {score:.2} · {layout} · {counts}")?;
    let rows: Vec<_> = (segments.iter().enumerate())
        .map(|(at, segment)| {
            let number = match unit {
                Unit::Sentence => format!("{}:{at}", segment.paragraph()),
                _ => at.to_string(),
            };
            let place = version.place(unit, at);
            let range = place.map_or("-".into(), |place| format!("{place:?}"));
            (number, range, name_of(&segment.kind()), segment)
        })
        .collect();
    let [mut numbers, mut ranges, mut kinds] = [0; 3];
    for (number, range, kind, _) in &rows {
        numbers = numbers.max(number.len());
        ranges = ranges.max(range.len());
        kinds = kinds.max(kind.len());
    }
    for (number, range, kind, segment) in rows {
        let text = format!("{}{}", marks(segment), version.text_of(segment));
        let text = wrap(&text, usize::MAX).join(" ");
        let kind = pad(&kind, kinds);
        writeln!(out, "{number:>numbers$}  {range:>ranges$}  {kind}  {text}")?;
    }
    Ok(())
}
