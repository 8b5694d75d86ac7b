//! `triglyph report`: pages to look at alignments and to repair them.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io::Write;
use std::iter;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use triglyph::format::{Aligned, Create};
use triglyph::report::{Index, Page};
use triglyph::{Aligner, Article, Lang, Version};

use crate::aligned::AlignedFiles;
use crate::console::Console;
use crate::formats::FormatName;
use crate::lexicon::options::Lexicons;
use crate::limits::Limited;
use crate::naming::Names;
use crate::output;
use crate::reading::{Reading, check_stdin};
use crate::status::{Failure, Status};
use crate::versions;

/// Make a page of an alignment to look at and to repair, or a folder of pages of many, with an index
///
/// The page is one HTML file that needs nothing but a browser. What is repaired there is saved as a patch,
/// for `triglyph apply` and `triglyph align --locked`.
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Alignments (JSON lines, TMX and what else `triglyph convert` reads), or the versions of one article,
    /// which are aligned first
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The page, if its name ends with .html, or a folder for the pages of many articles, with `index.html`
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    reading: AlignedFiles,

    #[command(flatten)]
    versions: Reading,

    #[command(flatten)]
    lexicons: Lexicons,

    #[command(flatten)]
    limited: Limited,

    /// Make pages to make gold with: they show neither scores nor beads, and what is saved there is the work
    /// of one person
    #[arg(long)]
    gold: bool,

    /// Take so many articles only, drawn at random
    #[arg(long, value_name = "N")]
    sample: Option<usize>,

    /// Another draw of --sample
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sample")]
    seed: u64,
}

const EXAMPLES: &str = "\
Examples:
  triglyph report en.txt fr.txt de.txt -o article.html
  triglyph report articles.jsonl -o pages
  triglyph report articles.jsonl --gold --sample 20 -o gold-pages";

/// Runs the subcommand.
pub(crate) fn run(args: &Args, console: &Console) -> Result<Status, Failure> {
    check_stdin(&args.files)?;
    args.reading.check()?;
    output::check_apart(Some(&args.output), &args.files, "one that is read")?;
    let aligner = Aligner::new()
        .unit(args.versions.unit())
        .limits(args.limited.limits())
        .evidence(true);
    let aligner = args.lexicons.add_to(aligner, console)?;
    let failed = Cell::new(0);
    let mut articles = match args.holds_versions() {
        true => match args.aligned(&aligner, console)? {
            Some(aligned) => Box::new(iter::once(aligned)),
            None => return Ok(Status::Failed),
        },
        false => args.articles(&failed, console),
    };
    let Some(first) = articles.next() else {
        if failed.get() == 0 {
            console.error("the files hold no article");
        }
        return Ok(Status::Failed);
    };
    if is_page(&args.output) {
        if articles.next().is_some() {
            return Err(Failure::Usage(format!(
                "the files hold several articles; name a folder for their pages instead of {}",
                args.output.display()
            )));
        }
        output::write(Some(&args.output), |out| {
            args.page(&first, &aligner).write(out)
        })?;
    } else {
        args.write_folder(iter::once(first).chain(articles), &aligner)?;
    }
    Ok(match failed.get() {
        0 => Status::Done,
        _ => Status::SomeFailed,
    })
}

/// Whether the output is one page.
fn is_page(output: &Path) -> bool {
    let extension = output.extension().map(OsStr::to_ascii_lowercase);
    extension.is_some_and(|extension| extension == "html" || extension == "htm")
}

impl Args {
    /// Whether the files are versions, and not alignments.
    fn holds_versions(&self) -> bool {
        let is_alignment = |file: &PathBuf| {
            let format = FormatName::of_name(file);
            format.is_some_and(|format| format != FormatName::Moses)
        };
        self.files.len() > 1 && !self.reading.is_told() && !self.files.iter().any(is_alignment)
    }

    /// Aligns the versions of an article; nothing where one cannot be read, after saying so.
    fn aligned(&self, aligner: &Aligner, console: &Console) -> Result<Option<Aligned>, Failure> {
        self.versions.check(&self.files)?;
        let add = |_: &Path, version| Ok(version);
        let Some(versions) = versions::read(&self.files, &self.versions, console, add) else {
            return Ok(None);
        };
        versions::note_doubts(&versions, console);
        let article = Article::new(versions)?;
        let alignment = console.time("align", || self.limited.align(aligner, &article, console))?;
        Ok(Some(Aligned::new(
            versions::id(&self.files),
            article,
            alignment,
        )?))
    }

    /// The articles of the files, or some of them. What cannot be read is counted and said.
    fn articles<'a>(
        &'a self,
        failed: &'a Cell<usize>,
        console: &'a Console,
    ) -> Box<dyn Iterator<Item = Aligned> + 'a> {
        let read = self
            .reading
            .read(&self.files, self.versions.unit_name(), &|_| None);
        let articles = read.filter_map(|read| match read {
            Ok(aligned) => {
                self.note_doubts(&aligned, console);
                Some(aligned)
            }
            Err(failure) => {
                console.failure(&failure);
                failed.set(failed.get() + 1);
                None
            }
        });
        match self.sample {
            None => Box::new(articles),
            Some(count) => Box::new(self.drawn(articles, count).into_values()),
        }
    }

    /// So many articles, those whose names have the least hashes.
    fn drawn(
        &self,
        articles: impl Iterator<Item = Aligned>,
        count: usize,
    ) -> BTreeMap<([u8; 32], usize), Aligned> {
        let mut drawn = BTreeMap::new();
        for (number, aligned) in articles.enumerate() {
            let key = format!("{} {}", self.seed, aligned.id());
            // Several may have one name.
            drawn.insert((Sha256::digest(key).into(), number), aligned);
            if drawn.len() > count {
                drawn.pop_last();
            }
        }
        drawn
    }

    /// Says what would make the work on a page useless.
    fn note_doubts(&self, aligned: &Aligned, console: &Console) {
        let versions = aligned.article().versions().iter();
        let langs: BTreeSet<Lang> = versions.clone().map(Version::lang).collect();
        if self.gold && langs.len() < versions.len() {
            let id = aligned.id();
            console.warn(format_args!(
                "{id}: several versions in one language; `triglyph gold` cannot make a gold folder of them"
            ));
        }
    }

    fn page<'a>(&self, aligned: &'a Aligned, aligner: &'a Aligner) -> Page<'a> {
        Page::new(aligned, aligner).gold(self.gold)
    }

    /// Writes the pages of articles and their index.
    fn write_folder(
        &self,
        articles: impl Iterator<Item = Aligned>,
        aligner: &Aligner,
    ) -> Result<(), Failure> {
        let title = self.output.file_name().unwrap_or_default().display();
        let mut index = Index::new(title.to_string()).gold(self.gold);
        output::write_several(&self.output, false, |mut folder| {
            let mut names = Names::default();
            for aligned in articles {
                let name = names.of(aligned.id());
                let mut out = folder.create(&format!("articles/{name}.html"))?;
                let page = self.page(&aligned, aligner).up("../index.html");
                page.write(&mut out)?;
                out.flush()?;
                index.add(&aligned, format!("articles/{}.html", encoded(&name)));
            }
            let mut out = folder.create("index.html")?;
            index.write(&mut out)?;
            Ok(out.flush()?)
        })
    }
}

/// A file name as a part of a URL.
fn encoded(name: &str) -> String {
    let mut url = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => url.push(byte.into()),
            _ => url += &format!("%{byte:02X}"),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_urls() {
        assert_eq!(encoded("a%2Fb é"), "a%252Fb%20%C3%A9");
    }
}
