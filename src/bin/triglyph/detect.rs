//! `triglyph detect`: the language of each file.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use triglyph::{Detection, Detector, Lang, Segmenter, Unit};

use crate::console::Console;
use crate::output;
use crate::reading::{Form, Languages, check_stdin, shown};
use crate::status::{Failure, Status};

/// Say which language each file is in
///
/// One line a file: its name, the code of the language, a score from 0 to 1. A text that is
/// plainly in a language other than those expected is given that language; one without letters is
/// `und`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Plain text, HTML or Markdown, packed or not, in any encoding; `-` is stdin
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    languages: Languages,

    #[command(flatten)]
    form: Form,

    /// How the languages are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  triglyph detect *.txt
  triglyph detect article.txt --languages en,fr,de,es,it";

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// file, language and score with tabs between them
    Text,
    /// One JSON object a line: name, lang, lang_score, and whether the language is expected
    Jsonl,
}

#[derive(Serialize)]
struct Record<'a> {
    name: &'a str,
    lang: Lang,
    lang_score: f64,
    allowed: bool,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    let detector = Detector::new().languages(args.languages.allowed.iter().copied());
    let found = args.files.iter().map(|file| {
        let name = shown(file);
        let step = format!("detect {name}");
        Ok((
            name,
            console.time(step, || args.detect(file, &detector, console))?,
        ))
    });
    output::each(found, console, |out, (name, found)| {
        args.format.write(out, &name, &found)
    })
}

impl Args {
    fn detect(
        &self,
        file: &Path,
        detector: &Detector,
        console: &Console,
    ) -> Result<Detection, Failure> {
        // The language is that of the paragraphs an alignment would be made of. To cut them, none
        // need be known, and one that is told is never refused.
        let source = self
            .form
            .source(file, Unit::Paragraph, console)?
            .lang(Lang::UND);
        let version = Segmenter::new().version(source)?;
        let paragraphs = version.segments(Unit::Paragraph).iter();
        Ok(detector.detect(paragraphs.map(|paragraph| version.text_of(paragraph))))
    }
}

impl Format {
    fn write(self, out: &mut dyn Write, name: &str, found: &Detection) -> std::io::Result<()> {
        let (lang, score) = (found.lang(), found.score());
        match self {
            Self::Text => writeln!(out, "{name}\t{lang}\t{score:.2}"),
            Self::Jsonl => {
                let record = Record {
                    name,
                    lang,
                    lang_score: (score * 1e4).round() / 1e4,
                    allowed: found.allowed(),
                };
                serde_json::to_writer(&mut *out, &record)?;
                writeln!(out)
            }
        }
    }
}
