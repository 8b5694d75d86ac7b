//! `triglyph lexicon train`: a lexicon from bitext.

use std::fs;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use triglyph::Lexicon;
use triglyph::lexicon::{Step, Trainer};

use super::pair::Pair;
use super::plan::Plan;
use crate::console::Console;
use crate::output::{self, is_standard};
use crate::reading::{check_stdin, shown};
use crate::status::{Failure, Status};
use crate::threads;

/// How often the time is brought up to date while nothing else moves.
const TICK: Duration = Duration::from_millis(100);

/// Train a lexicon from texts that translate each other
///
/// A file is either tab-separated, a sentence in each language a line, or in one language, with the
/// same lines in another language in a second file (Moses). The names tell the languages:
/// `news.en-fr-de.tsv` has three columns, `news.en` and `news.fr` belong together. Files may be
/// packed by gzip.
///
/// A few thousand sentences are of use, a million are better. Training needs about 16 bytes for each
/// two words that stand together in any sentence pair.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Bitext in UTF-8, plain or packed by gzip; `-` is stdin, with the columns of the only --pair
    #[arg(value_name = "FILE", required_unless_present = "vocabularies")]
    files: Vec<PathBuf>,

    /// Train these two languages only; may be given several times [default: all pairs of languages
    /// that are found]
    #[arg(long = "pair", value_name = "en-fr")]
    pairs: Vec<Pair>,

    /// Learn single words from a file or a folder of *.tsv too: a concept a line, columns en, fr and
    /// de unless the name tells others, commas between synonyms, slashes between forms of one word
    #[arg(long = "vocabulary", value_name = "FILE|DIR")]
    vocabularies: Vec<PathBuf>,

    /// Write the lexicon to this file, when all is done; `-` is stdout
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,

    /// Threads that train; the lexicon does not depend on it [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,
}

const EXAMPLES: &str = "\
Examples:
  triglyph lexicon train europarl.en-fr.tsv.gz -o en-fr.lexicon
  triglyph lexicon train news.en news.es --vocabulary words.en-es.tsv -o en-es.lexicon
  triglyph lexicon train *.en-fr-de.tsv --pair en-fr --pair en-de -o two.lexicon";

/// Runs the subcommand.
pub(super) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    let plan = Plan::new(&args.files, &args.vocabularies, &args.pairs)?;
    args.check_output(&plan)?;
    let Some(bytes) = total(&plan, console) else {
        return Ok(Status::Failed);
    };
    for file in &plan.skipped {
        let file = shown(file);
        console.note(format_args!(
            "{file}: none of the pairs to be trained, passed over"
        ));
    }
    let trainer = console.time("read", || args.read(&plan, bytes, console))?;
    let (lexicon, steps) = console.time("train", || args.train(&trainer, console))?;
    check_use(&trainer, &lexicon)?;
    output::write(Some(&args.output), |out| out.write_all(lexicon.as_bytes()))?;
    summarise(&steps, &lexicon, &args.output, console);
    Ok(Status::Done)
}

impl Args {
    /// Checks that the output has a place, before hours go by in vain.
    fn check_output(&self, plan: &Plan) -> Result<(), Failure> {
        let out = Some(self.output.as_path());
        output::check_place(out)?;
        let files = plan.sources.iter().flat_map(|source| source.files());
        output::check_apart(out, files, "read")
    }

    /// Reads all files into a trainer.
    fn read(&self, plan: &Plan, bytes: u64, console: &Console) -> Result<Trainer, Failure> {
        let bar = bar(console, ProgressBar::new(bytes));
        bar.set_style(style("[{bar:30}] {bytes}/{total_bytes} {eta} {wide_msg}"));
        let mut trainer = Trainer::new();
        let result = plan.sources.iter().try_for_each(|source| {
            let names: Vec<String> = source.files().into_iter().map(shown).collect();
            bar.set_message(names.join(" + "));
            source.read(&mut trainer, &self.pairs, &bar)
        });
        bar.finish_and_clear();
        result?;
        if trainer.is_empty() {
            let pairs: Vec<String> = self.pairs.iter().map(Pair::to_string).collect();
            let pairs = match pairs.is_empty() {
                true => "two languages".into(),
                false => pairs.join(" or "),
            };
            return Err(Failure::Failed(format!(
                "no line holds a sentence and its translation in {pairs}; check that the columns \
                 have tabs between them and stand in the order that the names of the files tell"
            )));
        }
        Ok(trainer)
    }

    fn train(&self, trainer: &Trainer, console: &Console) -> Result<(Lexicon, Vec<Step>), Failure> {
        let pool = threads::pool(self.threads)?;
        let bar = bar(console, ProgressBar::new_spinner());
        bar.set_style(style("{spinner} {elapsed} {wide_msg}"));
        bar.enable_steady_tick(TICK);
        let mut steps = Vec::new();
        let lexicon = pool.install(|| {
            trainer.train(|step| {
                let (pair, pairs) = (Pair([step.from, step.to]), HumanCount(step.pairs as u64));
                bar.set_message(format!("training {pair} from {pairs} sentence pairs"));
                steps.push(step);
            })
        });
        bar.finish_and_clear();
        Ok((lexicon, steps))
    }
}

/// The bytes of all files; none where a file is bad, after saying so for each.
fn total(plan: &Plan, console: &Console) -> Option<u64> {
    let files = plan.sources.iter().flat_map(|source| source.files());
    let sizes = files.map(|file| {
        if is_standard(file) {
            return Some(0);
        }
        let size = fs::metadata(file).and_then(|found| match found.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => Ok(found.len()),
        });
        match size.map_err(|e| Failure::of_io(file, &e)) {
            Err(Failure::Failed(message)) => {
                console.error(message);
                None
            }
            size => size.ok(),
        }
    });
    // All are looked at before it is asked whether one is missing.
    let sizes: Vec<Option<u64>> = sizes.collect();
    sizes.into_iter().sum()
}

/// A bar that is seen only on a terminal, and only where something may be said.
fn bar(console: &Console, bar: ProgressBar) -> ProgressBar {
    if console.is_quiet() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates are well-formed")
}

/// Checks that the lexicon knows any translation.
fn check_use(trainer: &Trainer, lexicon: &Lexicon) -> Result<(), Failure> {
    let pairs = lexicon.pairs().into_iter();
    let mut counts = pairs.map(|(from, to)| lexicon.translation_count(from, to));
    if counts.any(|count| count > 0) {
        return Ok(());
    }
    let pairs = trainer.len();
    Err(Failure::Failed(format!(
        "nothing can be learned from {pairs} sentence pairs, no word stands in two of them; give \
         more, or single words with --vocabulary"
    )))
}

/// Says what the lexicon holds.
fn summarise(steps: &[Step], lexicon: &Lexicon, out: &Path, console: &Console) {
    let list = |parts: Vec<String>| parts.join(", ");
    let pairs = steps.iter().filter(|step| step.from < step.to);
    let pairs = pairs.map(|step| format!("{} {}", Pair([step.from, step.to]), step.pairs));
    console.note(format_args!("pairs taken: {}", list(pairs.collect())));
    let langs = lexicon.langs().into_iter();
    let stems = langs.map(|lang| format!("{lang} {}", lexicon.stem_count(lang)));
    console.note(format_args!("stems: {}", list(stems.collect())));
    let tables = lexicon.pairs().into_iter();
    let tables = tables.map(|(from, to)| {
        let count = lexicon.translation_count(from, to);
        format!("{} {count}", Pair([from, to]))
    });
    console.note(format_args!("translations: {}", list(tables.collect())));
    let bytes = lexicon.as_bytes().len();
    let out = match is_standard(out) {
        true => "stdout".into(),
        false => out.display().to_string(),
    };
    console.note(format_args!("{out}: {bytes} bytes"));
}
