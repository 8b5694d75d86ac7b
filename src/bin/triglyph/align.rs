//! `triglyph align`: the versions of one article, aligned.

use std::num::NonZero;
use std::path::PathBuf;

use clap::value_parser;
use triglyph::format::Aligned;
use triglyph::repair::Patch;
use triglyph::{Aligner, Article, LangStyle, Version};

use crate::console::Console;
use crate::formats::{FormatName, Look};
use crate::lexicon::options::Lexicons;
use crate::limits::Limited;
use crate::output::{self, is_terminal};
use crate::patches;
use crate::reading::{Reading, shown};
use crate::status::{Failure, Status};
use crate::stream;
use crate::threads;
use crate::vectors::{self, Given};
use crate::versions;
use crate::view::View;

/// Align the versions of an article, in any order
#[derive(clap::Args, Debug)]
#[command(
    after_help = EXAMPLES,
    override_usage = "triglyph align [OPTIONS] <FILE> <FILE>...\n       triglyph align [OPTIONS] --stream",
)]
pub(crate) struct Args {
    /// The versions of the article, two or more; `-` is stdin
    #[arg(required_unless_present = "stream", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Align an article on each line of stdin, `{"id":…,"versions":[{"lang":…,"text":…}]}`, and write a
    /// line for each as soon as it is aligned, in the JSON of `--format jsonl`; one that fails is a line
    /// with `error`. On one thread unless --threads says more
    #[arg(
        long,
        conflicts_with_all = ["files", "told", "vectors", "locked", "output", "format", "id", "width", "encoding"],
    )]
    stream: bool,

    /// Add to each bead of --stream its group, a sketch of its words, and the filter of `triglyph corpus
    /// build` that takes it by default, so that others can drop duplicates over many runs
    #[arg(long)]
    annotate: bool,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    lexicons: Lexicons,

    /// Align every pair of versions a second time, with words learnt from the first; done anyway
    /// for languages that no lexicon knows
    #[arg(long)]
    self_train: bool,

    #[command(flatten)]
    limited: Limited,

    /// Take the vectors of a file's sentences as further evidence, one for each that `triglyph
    /// segment --unit sentence` lists: a `.npy` file, or little-endian f32 and nothing else. May be
    /// given for several files
    #[arg(long, value_name = "NAME=FILE")]
    vectors: Vec<Given>,

    /// Keep the beads of a patch that a page of `triglyph report` saved, and align the rest around them; may
    /// be given several times
    #[arg(long, value_name = "PATCH")]
    locked: Vec<PathBuf>,

    /// Align code like other text; otherwise each piece of it stands alone
    #[arg(long)]
    align_code: bool,

    /// Add what each bead rests on: log-odds of lengths, words, numbers and layout and a posterior
    /// for each pair of versions, and the runner-up. Implies `--format jsonl`, as no other has room
    /// for it
    #[arg(long)]
    evidence: bool,

    /// How the alignment is written [default: what the name of OUT ends with, text in a terminal,
    /// otherwise jsonl]
    #[arg(long, value_enum)]
    format: Option<FormatName>,

    /// Write to this file, when all is done, instead of stdout; packed if its name ends with .gz or
    /// .zst. For a format of several files, a folder or what their names begin with
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Name of the article [default: what the names of the files begin with, or their folder]
    #[arg(long)]
    id: Option<String>,

    /// Threads that the work is shared among; the result does not depend on it [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,

    /// Width of the text format [default: that of the terminal, otherwise 100]
    #[arg(long, value_name = "COLUMNS", value_parser = value_parser!(u16).range(20..))]
    width: Option<u16>,
}

const EXAMPLES: &str = "\
Examples:
  triglyph align en.txt fr.txt de.txt
  triglyph align en.txt fr.txt --unit sentence --format tsv -o sentences.tsv
  triglyph align a.txt b.txt --lang b.txt=de
  triglyph align en.txt es.txt --languages en,es --lexicon en-es.lexicon
  triglyph align en.txt fr.txt --vectors en.txt=en.npy --vectors fr.txt=fr.npy
  triglyph align en.txt fr.txt --locked article.patch.json
  triglyph align en.txt fr.txt --evidence | jq '.beads[] | select(.score < 0.5)'
  fetch-article | triglyph align - fr.txt --id article > article.jsonl
  triglyph align --stream < articles.jsonl > aligned.jsonl";

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    args.check()?;
    let aligner = Aligner::new()
        .unit(args.reading.unit())
        .limits(args.limited.limits())
        .align_code(args.align_code)
        .self_train(args.self_train)
        .evidence(args.evidence);
    let aligner = args.lexicons.add_to(aligner, console)?;
    if args.stream {
        let recipe = args.reading.recipe(aligner)?;
        let recipe = recipe.refuse_beyond_limits(args.limited.refuses());
        let pool = threads::pool(args.threads.or(NonZero::new(1)))?;
        return pool.install(|| stream::run(&recipe, args.annotate, console));
    }
    let Some(versions) = args.read(console) else {
        return Ok(Status::Failed);
    };
    versions::note_doubts(&versions, console);
    let article = args.lock(Article::new(versions)?, console)?;
    let pool = threads::pool(args.threads)?;
    let align = || args.limited.align(&aligner, &article, console);
    let alignment = console.time("align", || pool.install(align))?;
    let aligned = Aligned::new(args.id(), article, alignment)?;
    console.time("write", || args.write(&aligned, console))?;
    Ok(Status::Done)
}

impl Args {
    fn check(&self) -> Result<(), Failure> {
        let Self { files, output, .. } = self;
        if self.annotate && !self.stream {
            return Err(Failure::Usage(
                "--annotate goes with --stream; of files, `triglyph corpus build` filters the beads"
                    .into(),
            ));
        }
        if let [only] = &files[..] {
            let only = shown(only);
            return Err(Failure::Usage(format!(
                "an article needs at least two versions, found only {only}"
            )));
        }
        self.reading.check(files)?;
        self.check_vectors()?;
        if self.evidence
            && self
                .format
                .is_some_and(|format| format != FormatName::Jsonl)
        {
            return Err(Failure::Usage(
                "--evidence is written by --format jsonl only".to_owned(),
            ));
        }
        if !self.stream {
            self.format().check(output.as_deref())?;
        }
        output::check_apart(output.as_deref(), files, "one of the versions")
    }

    /// The format that is asked for, or told by the name of the output; else what suits a terminal or a program.
    fn format(&self) -> FormatName {
        let output = self.output.as_deref();
        let by_name = || output.and_then(FormatName::of_name);
        let others = || match is_terminal(output) {
            true if !self.evidence => FormatName::Text,
            _ => FormatName::Jsonl,
        };
        self.format.or_else(by_name).unwrap_or_else(others)
    }

    /// Checks that the vectors given are those of several files, each given once.
    fn check_vectors(&self) -> Result<(), Failure> {
        let files = &self.files;
        if let Some(given) = self.vectors.iter().find(|given| !given.fits_one_of(files)) {
            return Err(Failure::Usage(format!(
                "--vectors {given} names none of the files; write the name as it stands among them"
            )));
        }
        let count = |file: &&PathBuf| {
            let given = self.vectors.iter().filter(|given| given.of(file).is_some());
            given.count()
        };
        if let Some(file) = files.iter().find(|file| count(file) > 1) {
            let file = shown(file);
            return Err(Failure::Usage(format!(
                "--vectors is given twice for {file}; drop one of them"
            )));
        }
        match files
            .iter()
            .filter(|file| count(file) > 0)
            .collect::<Vec<_>>()[..]
        {
            [only] => Err(Failure::Usage(format!(
                "--vectors for {} alone say nothing; give those of another version too",
                shown(only)
            ))),
            _ => Ok(()),
        }
    }

    /// Reads all versions; none where a file is bad, after saying so for each.
    fn read(&self, console: &Console) -> Option<Vec<Version>> {
        versions::read(
            &self.files,
            &self.reading,
            console,
            |file, version| match self.vectors.iter().find_map(|given| given.of(file)) {
                Some(vectors) => vectors::add(vectors, version, file, &self.reading),
                None => Ok(version),
            },
        )
    }

    /// The article with what the patches decide about it, and what became of that.
    fn lock(&self, article: Article, console: &Console) -> Result<Article, Failure> {
        let mut patches = Vec::new();
        for file in &self.locked {
            patches.extend(patches::read(file)?.into_iter().map(|patch| (file, patch)));
        }
        let Some((_, first)) = patches.first() else {
            return Ok(article);
        };
        let unit = first.unit();
        let list: Vec<&Patch> = patches.iter().map(|(_, patch)| patch).collect();
        let (locks, outcomes) = Patch::locks(&list, &article)?;
        for ((file, patch), outcomes) in patches.iter().zip(&outcomes) {
            if patch.id() != self.id() {
                let (file, told, id) = (shown(file), patch.id(), self.id());
                console.note(format_args!("{file}: a patch of {told}, taken for {id}"));
            }
            patches::tell(file, patch, outcomes, console);
        }
        Ok(article.with_locks(unit, locks)?)
    }

    fn id(&self) -> String {
        (self.id.clone()).unwrap_or_else(|| versions::id(&self.files))
    }

    fn write(&self, aligned: &Aligned, console: &Console) -> Result<(), Failure> {
        let output = self.output.as_deref();
        let look = Look {
            lang_style: LangStyle::default(),
            view: View::of(self.width, output),
            many: false,
        };
        self.format().write(output, look, console, |writer| {
            writer.write(aligned.id(), aligned.article(), aligned.alignment())
        })
    }
}
