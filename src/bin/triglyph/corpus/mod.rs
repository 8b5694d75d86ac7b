//! `triglyph corpus`: from many articles to a corpus.

use std::fmt::Display;
use std::fs::{self, File};
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Subcommand;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use triglyph::corpus::{Build, Entries, Hooks, Recipe, Shard, Splits, Statistics, Tally};
use triglyph::{Aligner, Lexicon};

use crate::console::Console;
use crate::lexicon::options::Lexicons;
use crate::limits::Limited;
use crate::output;
use crate::reading::{Reading, check_stdin};
use crate::status::{Failure, Status};
use crate::threads;

mod filtering;
mod outputs;
mod progress;

use filtering::{Filtering, Share};
use outputs::{Output, Outputs};
use progress::{Follower, How};

/// Build a corpus from many articles
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Build(Box<BuildArgs>),
    Merge(Box<MergeArgs>),
}

/// Align all articles of an input, and keep what is worth it
///
/// IN is a folder, with a folder NAME for each article that holds its versions, en.txt, fr.html, de.md, or with
/// files NAME.en.txt, NAME.fr.html; or a file of JSON Lines, `{"id":…,"versions":[{"lang":…,"text":…}]}`, with
/// `text`, `html` or `markdown` and perhaps `url` and `licence`; packed by gzip or zstd or not. A version must be
/// in the language it is said to be in.
///
/// OUTDIR gets the corpus in the formats asked for; articles.tsv, what became of each article; stats.md and
/// stats.json; manifest.json, how all was made. An article that cannot be aligned is a record with `error`,
/// and a version that cannot be read is left out.
#[derive(clap::Args, Debug)]
#[command(after_help = BUILD_EXAMPLES)]
struct BuildArgs {
    /// Folders of articles, or files of JSON Lines; `-` is stdin
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,

    /// The folder of the corpus
    #[arg(short, long, value_name = "OUTDIR")]
    output: PathBuf,

    /// Go on with a build that was stopped
    #[arg(long)]
    resume: bool,

    /// Align one of N parts only, that of the articles whose names have a hash of the remainder I, 0..N; see
    /// `triglyph corpus merge`
    #[arg(long, value_name = "I/N")]
    shard: Option<ShardName>,

    /// Stop at the first article that fails
    #[arg(long)]
    fail_fast: bool,

    #[command(flatten)]
    reading: Reading,

    #[command(flatten)]
    lexicons: Lexicons,

    /// Learn a lexicon from the articles in a first pass, store it as corpus.lexicon, and align with it too
    #[arg(long)]
    self_train: bool,

    #[command(flatten)]
    limited: Limited,

    /// Align code like other text; otherwise each piece of it stands alone
    #[arg(long)]
    align_code: bool,

    #[command(flatten)]
    common: Common,
}

/// Join the parts of a corpus
///
/// Each PART is the OUTDIR of a `triglyph corpus build --shard`. The result is that of a build in one piece.
#[derive(clap::Args, Debug)]
#[command(after_help = MERGE_EXAMPLES)]
struct MergeArgs {
    /// The parts, all of them
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,

    /// The folder of the corpus
    #[arg(short, long, value_name = "OUTDIR")]
    output: PathBuf,

    #[command(flatten)]
    common: Common,
}

/// Options on the corpus as a whole.
#[derive(clap::Args, Debug)]
struct Common {
    #[command(flatten)]
    filtering: Filtering,

    #[command(flatten)]
    written: Output,

    /// Share of the articles to keep aside for development; those that share text stay together
    #[arg(long, value_name = "SHARE", help_heading = "Output")]
    dev: Option<Share>,

    /// Share of the articles to keep aside for tests
    #[arg(long, value_name = "SHARE", help_heading = "Output")]
    test: Option<Share>,

    /// Threads that the work is shared among; the result does not depend on it [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZero<usize>>,

    /// How progress is told
    #[arg(long, value_enum, default_value_t = How::Auto, value_name = "HOW")]
    progress: How,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  triglyph corpus build articles -o corpus
  triglyph corpus build news.jsonl.zst -o corpus --format jsonl,tmx,moses --dev 0.01 --test 0.01
  triglyph corpus build news.jsonl -o corpus --resume
  triglyph corpus build news.jsonl -o part0 --shard 0/4

Exit status: 3 where articles failed or versions were left out.";

const MERGE_EXAMPLES: &str = "\
Examples:
  triglyph corpus merge part0 part1 part2 part3 -o corpus

Exit status: 3 where articles failed or versions were left out.";

/// A part of a corpus, as it is told on the command line.
#[derive(Clone, Copy, Debug)]
struct ShardName(Shard);

impl FromStr for ShardName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers =
            parts.and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        let shard = numbers.and_then(|(index, count)| Shard::new(index, count));
        shard.map(Self).ok_or_else(|| {
            "expected I/N, the number of a part from 0 and how many there are, such as 0/4".into()
        })
    }
}

impl Args {
    /// The name of the subcommand.
    pub(crate) const fn name(&self) -> &'static str {
        match self.command {
            Command::Build(_) => "corpus build",
            Command::Merge(_) => "corpus merge",
        }
    }
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    match &args.command {
        Command::Build(args) => build(args, console),
        Command::Merge(args) => merge(args, console),
    }
}

/// Where a build keeps what it needs until it is done, or its parts are merged.
const WORK: &str = "work";
const LEXICON: &str = "corpus.lexicon";
const MANIFEST: &str = "manifest.json";

fn build(args: &BuildArgs, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.inputs)?;
    let common = &args.common;
    common.check()?;
    let splits = common.splits()?;
    if args.self_train && args.inputs.iter().any(|input| output::is_standard(input)) {
        return Err(Failure::Usage(
            "--self-train reads the articles twice, and stdin can be read only once".into(),
        ));
    }
    args.check_apart()?;
    let entries = Entries::open(&args.inputs)?;
    let settings = args.settings()?;
    if let Some(status) = args.found(&settings, console)? {
        return Ok(status);
    }
    threads::global(common.threads)?;
    let aligner = Aligner::new()
        .limits(args.limited.limits())
        .align_code(args.align_code);
    let aligner = args.lexicons.add_to(aligner, console)?;
    let recipe = args
        .reading
        .recipe(aligner)?
        .refuse_beyond_limits(args.limited.refuses());
    let text =
        serde_json::to_string_pretty(&settings).map_err(|e| Failure::Failed(e.to_string()))?;
    let mut build = Build::new(recipe)
        .shard(args.shard.map(|ShardName(shard)| shard))
        .fail_fast(args.fail_fast)
        .settings(text);
    let work = args.output.join(WORK);
    fs::create_dir_all(&work).map_err(|e| Failure::of_io(&args.output, &e))?;
    let lock = work.join("lock");
    let lock = File::create(&lock).map_err(|e| Failure::of_io(&lock, &e))?;
    let mut lock = fd_lock::RwLock::new(lock);
    let _held = lock.try_write().map_err(|_| {
        Failure::Failed(format!(
            "{}: another build is at work here",
            args.output.display()
        ))
    })?;
    common.follow(&args.output, console, |hooks| {
        if args.self_train {
            build = args.learn(build, &work, hooks)?;
        }
        let tally = build.align(entries, &work, hooks)?;
        if args.shard.is_some() {
            warn_simplified(tally, "articles.tsv when the parts are joined", console);
            console.note(format_args!(
                "{} of {} articles of this part aligned; join all parts with `triglyph corpus merge`",
                tally.articles - tally.failed,
                tally.articles
            ));
            return Ok(status(tally));
        }
        let corpus = Finish {
            build: common.filtering.add_to(build).splits(splits),
            common,
            output: &args.output,
            parts: vec![work.clone()],
            settings,
            console,
        };
        corpus.run(hooks)
    })
}

fn merge(args: &MergeArgs, console: &Console) -> Result<Status, Failure> {
    let common = &args.common;
    common.check()?;
    let splits = common.splits()?;
    let mut settings: Option<Value> = None;
    let mut shards = Vec::new();
    for part in &args.parts {
        let path = part.join(WORK).join("settings.json");
        let text = fs::read(&path).map_err(|_| {
            let part = part.display();
            Failure::Failed(format!(
                "{part}: not a part of a corpus, expected the OUTDIR of a build with --shard"
            ))
        })?;
        let mut own: Value = serde_json::from_slice(&text)
            .map_err(|e| Failure::Failed(format!("{}: {e}", path.display())))?;
        shards.push(own["shard"].take());
        match &settings {
            Some(first) if *first != own => {
                return Err(Failure::Failed(format!(
                    "{}: aligned with other settings than {}",
                    part.display(),
                    args.parts[0].display()
                )));
            }
            _ => settings = Some(own),
        }
    }
    check_shards(&shards)?;
    let place = fs::canonicalize(&args.output).ok();
    let is_part = |part: &&PathBuf| place.is_some() && fs::canonicalize(part).ok() == place;
    if let Some(part) = args.parts.iter().find(is_part) {
        let part = part.display();
        return Err(Failure::Usage(format!(
            "{part} is one of the parts; name another folder with -o"
        )));
    }
    if args.output.join(MANIFEST).exists() {
        let output = args.output.display();
        return Err(Failure::Usage(format!(
            "{output} holds a corpus; name another folder"
        )));
    }
    threads::global(common.threads)?;
    let build = Build::new(Recipe::new(Aligner::new()));
    let corpus = Finish {
        build: common.filtering.add_to(build).splits(splits),
        common,
        output: &args.output,
        parts: args.parts.iter().map(|part| part.join(WORK)).collect(),
        settings: settings.unwrap_or_default(),
        console,
    };
    common.follow(&args.output, console, |hooks| corpus.run(hooks))
}

/// Checks that the parts are all of one corpus, each once.
fn check_shards(shards: &[Value]) -> Result<(), Failure> {
    let mut found: Vec<(u64, u64)> = Vec::new();
    for shard in shards {
        match (shard["index"].as_u64(), shard["count"].as_u64()) {
            (Some(index), Some(count)) => found.push((index, count)),
            _ => {
                return Err(Failure::Failed(
                    "a part holds the whole corpus already".into(),
                ));
            }
        }
    }
    found.sort_unstable();
    let count = found.first().map_or(0, |&(_, count)| count);
    let expected = (0..count).map(|index| (index, count));
    match found.iter().copied().eq(expected) {
        true => Ok(()),
        false => {
            let names: Vec<String> = found
                .iter()
                .map(|(index, count)| format!("{index}/{count}"))
                .collect();
            Err(Failure::Failed(format!(
                "found the parts {}, expected each of 0/{count} to {}/{count} once",
                names.join(", "),
                count.saturating_sub(1)
            )))
        }
    }
}

impl Common {
    fn check(&self) -> Result<(), Failure> {
        self.written.check()?;
        self.filtering.check()
    }

    /// Works on a corpus while its progress is told and signals stop it, and writes how long it took.
    fn follow(
        &self,
        output: &Path,
        console: &Console,
        work: impl FnOnce(Hooks<'_>) -> Result<Status, Failure>,
    ) -> Result<Status, Failure> {
        let follower = Follower::new(self.progress, console);
        let tell = |progress: &_| follower.tell(progress);
        let stop = stop_on_signal();
        let result = work(Hooks::new().progress(&tell).stop(&stop));
        let times = follower.finish();
        if result.is_ok() {
            write_times(output, &times)?;
        }
        result
    }

    /// What the files of a corpus depend on beside the stored articles.
    fn settings(&self, build: &Build) -> Value {
        let share = |share: Option<Share>| share.map_or(0.0, |share| share.0);
        let filters = build.told().into_iter();
        let filters: serde_json::Map<_, _> =
            filters.map(|(name, told)| (name, told.into())).collect();
        json!({
            "filters": filters,
            "annotated": self.written.annotates(),
            "formats": self.written.formats(),
            "dev": share(self.dev),
            "test": share(self.test),
        })
    }

    fn splits(&self) -> Result<Option<Splits>, Failure> {
        let share = |share: Option<Share>| share.map_or(0.0, |share| share.0);
        match (self.dev, self.test) {
            (None, None) => Ok(None),
            (dev, test) => match Splits::new(share(dev), share(test)) {
                None => Err(Failure::Usage(
                    "--dev and --test leave nothing to train with".into(),
                )),
                splits => Ok(splits),
            },
        }
    }
}

impl BuildArgs {
    /// What is to be done where OUTDIR holds something.
    fn found(&self, settings: &Value, console: &Console) -> Result<Option<Status>, Failure> {
        let output = self.output.display();
        if let Ok(manifest) = fs::read(self.output.join(MANIFEST)) {
            if !self.resume {
                return Err(Failure::Usage(format!(
                    "{output} holds a corpus; name another folder"
                )));
            }
            let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_default();
            let build = self
                .common
                .filtering
                .add_to(Build::new(Recipe::new(Aligner::new())));
            if manifest["settings"] != *settings
                || manifest["output"] != self.common.settings(&build)
            {
                return Err(Failure::Failed(format!(
                    "{output} holds a corpus that was built in another way, see its {MANIFEST}; name \
                     another folder"
                )));
            }
            let tally = serde_json::from_value(manifest["articles"].clone()).unwrap_or_default();
            console.note(format_args!("{output} holds the whole corpus"));
            return Ok(Some(status(tally)));
        }
        let begun = self.output.join(WORK).exists();
        if begun && !self.resume {
            return Err(Failure::Usage(format!(
                "{output} holds a build that was stopped; go on with --resume, or name another folder"
            )));
        }
        let any = fs::read_dir(&self.output).is_ok_and(|mut entries| entries.next().is_some());
        if any && !begun {
            return Err(Failure::Usage(format!(
                "{output} is not empty, and holds no build to go on with; name another folder"
            )));
        }
        Ok(None)
    }

    /// Checks that the corpus is not to stand in what is read.
    fn check_apart(&self) -> Result<(), Failure> {
        let there =
            self.output
                .ancestors()
                .find_map(|folder| match folder.as_os_str().is_empty() {
                    true => fs::canonicalize(".").ok(),
                    false => fs::canonicalize(folder).ok(),
                });
        for input in self.inputs.iter().filter(|input| input.is_dir()) {
            let place = fs::canonicalize(input).ok();
            if there
                .as_ref()
                .zip(place)
                .is_some_and(|(there, place)| there.starts_with(place))
            {
                return Err(Failure::Usage(format!(
                    "{} stands in {}, and would be read as part of it; name another folder",
                    self.output.display(),
                    input.display()
                )));
            }
        }
        Ok(())
    }

    /// All that the stored articles depend on.
    fn settings(&self) -> Result<Value, Failure> {
        let mut inputs = Vec::new();
        for input in &self.inputs {
            let bytes = fs::metadata(input)
                .ok()
                .filter(fs::Metadata::is_file)
                .map(|m| m.len());
            inputs.push(json!({ "path": input.display().to_string(), "bytes": bytes }));
        }
        let shard = self
            .shard
            .map(|ShardName(shard)| json!({ "index": shard.index(), "count": shard.count() }));
        let mut lexicons = vec![json!({
            "name": "embedded",
            "sha256": sha256(Lexicon::embedded().as_bytes()),
        })];
        for file in self.lexicons.files() {
            let bytes = fs::read(file).map_err(|e| Failure::of_io(file, &e))?;
            lexicons.push(json!({ "name": file.display().to_string(), "sha256": sha256(&bytes) }));
        }
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "inputs": inputs,
            "reading": self.reading.settings(),
            "lexicons": lexicons,
            "self_train": self.self_train,
            "align_code": self.align_code,
            "limits": self.limited.settings(),
            "shard": shard,
        }))
    }

    /// The build with a lexicon of the corpus: the one that is there already, or else learnt.
    fn learn(&self, build: Build, work: &Path, hooks: Hooks<'_>) -> Result<Build, Failure> {
        let path = work.join(LEXICON);
        let lexicon = match path.is_file() {
            true => Lexicon::read(&path)?,
            false => {
                let lexicon = build.learn(Entries::open(&self.inputs)?, hooks)?;
                let bytes = lexicon.as_bytes();
                output::write(Some(&path), |out| out.write_all(bytes))?;
                lexicon
            }
        };
        Ok(build.lexicon(lexicon))
    }
}

/// The last step: from stored articles to the files of a corpus.
struct Finish<'a> {
    build: Build,
    common: &'a Common,
    output: &'a Path,
    parts: Vec<PathBuf>,
    settings: Value,
    console: &'a Console,
}

impl Finish<'_> {
    fn run(self, hooks: Hooks<'_>) -> Result<Status, Failure> {
        let work = self.output.join(WORK);
        let (scratch, out) = (work.join("scratch"), work.join("out"));
        let io = |e: io::Error| Failure::of_io(self.output, &e);
        for folder in [&scratch, &out] {
            // What a run before this one left behind.
            let _ = fs::remove_dir_all(folder);
            fs::create_dir_all(folder).map_err(io)?;
        }
        let splits = self.common.splits()?.is_some();
        let output = self.common.settings(&self.build);
        let mut outputs =
            Outputs::new(&self.common.written, &out, splits, self.console).map_err(io)?;
        let statistics = self
            .build
            .finish(&self.parts, &scratch, &mut outputs, hooks)?;
        let unsuited = outputs.unsuited;
        outputs.finish()?;
        write_statistics(&out, &statistics).map_err(io)?;
        let mut lexicon = Value::Null;
        if let Ok(bytes) = fs::read(self.parts[0].join(LEXICON)) {
            lexicon = json!({ "name": LEXICON, "sha256": sha256(&bytes) });
            fs::write(out.join(LEXICON), bytes).map_err(io)?;
        }
        let manifest = json!({
            "program": concat!("triglyph ", env!("CARGO_PKG_VERSION")),
            "settings": self.settings,
            "output": output,
            "learnt": lexicon,
            "input_sha256": statistics.input,
            "articles": statistics.articles,
            "beads": statistics.beads,
            "kept": statistics.kept,
            "licences": statistics.licences,
        });
        let manifest =
            serde_json::to_vec_pretty(&manifest).map_err(|e| Failure::Failed(e.to_string()))?;
        output::move_all(&out, self.output).map_err(io)?;
        // The manifest is what tells that all is there.
        output::write(Some(&self.output.join(MANIFEST)), |out| {
            out.write_all(&manifest)
        })?;
        fs::remove_dir_all(&work).map_err(io)?;
        let tally = statistics.articles;
        warn_simplified(
            tally,
            self.output.join("articles.tsv").display(),
            self.console,
        );
        self.console.note(format_args!(
            "{} of {} articles aligned, {} of {} beads kept; see {}",
            tally.articles - tally.failed,
            tally.articles,
            statistics.kept.beads,
            statistics.beads.beads,
            self.output.join("stats.md").display()
        ));
        Ok(match unsuited {
            0 => status(tally),
            _ => Status::SomeFailed,
        })
    }
}

fn write_statistics(folder: &Path, statistics: &Statistics) -> io::Result<()> {
    fs::write(
        folder.join("stats.json"),
        serde_json::to_vec_pretty(statistics)?,
    )?;
    fs::write(folder.join("stats.md"), statistics.to_markdown("stats"))?;
    fs::create_dir_all(folder.join("stats"))?;
    for chart in statistics.charts() {
        fs::write(folder.join("stats").join(chart.name + ".svg"), chart.svg)?;
    }
    Ok(())
}

/// How long the stages took, which differs from run to run.
fn write_times(
    folder: &Path,
    times: &[(triglyph::corpus::Stage, std::time::Duration)],
) -> Result<(), Failure> {
    let seconds = times.iter().map(|(stage, time)| {
        let seconds = (time.as_secs_f64() * 1e3).round() / 1e3;
        (stage.name().to_owned(), Value::from(seconds))
    });
    let times = json!({ "seconds": seconds.collect::<serde_json::Map<_, _>>() });
    output::write(Some(&folder.join("timing.json")), |out| {
        writeln!(out, "{times}")
    })
}

/// Says how many articles went beyond a limit, and where more is said of them.
fn warn_simplified(tally: Tally, place: impl Display, console: &Console) {
    let Tally {
        articles,
        simplified,
        ..
    } = tally;
    if simplified > 0 {
        console.warn(format_args!(
            "{simplified} of {articles} articles went beyond a limit and were aligned more simply; see {place}"
        ));
    }
}

fn status(tally: Tally) -> Status {
    match tally {
        Tally {
            failed: 0,
            partial: 0,
            ..
        } => Status::Done,
        _ => Status::SomeFailed,
    }
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What becomes true when the program is asked to stop; asked a second time, it does so at once.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Without a handler, the program stops at once: what it wrote can be gone on with all the same.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}
