//! [`Outputs`]: the files of a finished corpus.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use triglyph::corpus::{Finished, Sink, Split};
use triglyph::format::jsonl::{self, Record};
use triglyph::format::{Aligned, Losses, Mark, Writer, labels};
use triglyph::{Error, ErrorKind, Kind};

use crate::console::Console;
use crate::formats::{FormatName, create};
use crate::limits;
use crate::status::Failure;

/// Options on what is written.
#[derive(clap::Args, Debug)]
#[command(next_help_heading = "Output")]
pub(super) struct Output {
    /// The formats of the corpus; may be given several times
    #[arg(long = "format", value_enum, value_delimiter = ',', value_name = "FORMAT", default_values = ["jsonl"])]
    formats: Vec<FormatName>,

    /// Keep all beads, and write the name of the filter that takes each; for jsonl and parquet
    #[arg(long)]
    annotate: bool,

    /// Write what stands in one version only to leftovers.LANG.txt, a segment a line
    #[arg(long)]
    leftovers: bool,
}

impl Output {
    pub(super) fn check(&self) -> Result<(), Failure> {
        for format in &self.formats {
            format.check_built()?;
            if *format == FormatName::Text {
                return Err(Failure::Usage(
                    "text is to be read; a corpus is written in other formats".into(),
                ));
            }
            if self.annotate && !matches!(format, FormatName::Jsonl | FormatName::Parquet) {
                return Err(Failure::Usage(format!(
                    "{} has no room for what --annotate writes; jsonl and parquet have",
                    format.name()
                )));
            }
        }
        Ok(())
    }

    /// The names of the formats.
    pub(super) fn formats(&self) -> Vec<String> {
        self.formats.iter().map(|format| format.name()).collect()
    }

    pub(super) const fn annotates(&self) -> bool {
        self.annotate
    }
}

/// Writes the articles of a corpus into a folder, those of each split into one of its name.
pub(super) struct Outputs<'a> {
    options: &'a Output,
    folder: PathBuf,
    splits: bool,
    open: BTreeMap<Split, Vec<Open>>,
    articles: BufWriter<File>,
    leftovers: BTreeMap<String, BufWriter<File>>,
    console: &'a Console,
    /// Articles that a format has no room for.
    pub(super) unsuited: u64,
}

/// A format that is written.
enum Open {
    Lines(BufWriter<File>),
    #[cfg(feature = "parquet")]
    Table(Box<triglyph::format::parquet::Writer<BufWriter<File>>>),
    Other(FormatName, Box<dyn Writer>),
}

impl<'a> Outputs<'a> {
    /// Begins with the list of articles.
    pub(super) fn new(
        options: &'a Output,
        folder: &Path,
        splits: bool,
        console: &'a Console,
    ) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut articles = create(&folder.join("articles.tsv"))?;
        writeln!(
            articles,
            "id\tsha256\tsplit\tscore\tbeads\tkept\tleft_out\tsimplified\terror"
        )?;
        Ok(Self {
            options,
            folder: folder.to_owned(),
            splits,
            open: BTreeMap::new(),
            articles,
            leftovers: BTreeMap::new(),
            console,
            unsuited: 0,
        })
    }

    /// Ends all files, and says what the formats could not hold.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.articles.flush()?;
        let mut losses: BTreeMap<String, Losses> = BTreeMap::new();
        for open in self.open.into_values().flatten() {
            match open {
                Open::Lines(mut out) => out.flush()?,
                #[cfg(feature = "parquet")]
                Open::Table(mut writer) => {
                    writer.finish()?;
                }
                Open::Other(format, mut writer) => {
                    let lost = writer.finish()?;
                    *losses.entry(format.name()).or_default() += &lost;
                }
            }
        }
        for out in self.leftovers.values_mut() {
            out.flush()?;
        }
        for (format, losses) in &losses {
            for told in losses.told() {
                self.console.note(format_args!("{format}: {told}"));
            }
        }
        Ok(())
    }

    fn row(&mut self, article: &Finished<'_>) -> io::Result<()> {
        let (score, beads, simplified, error) = match article.result {
            Ok(aligned) => {
                let alignment = aligned.alignment();
                (
                    format!("{:.4}", alignment.score()),
                    alignment.iter().len(),
                    limits::told(aligned.article(), alignment).collect(),
                    "",
                )
            }
            Err(error) => (String::new(), 0, Vec::new(), error),
        };
        let kept = article.marks.iter().filter(|mark| mark.filtered.is_none());
        let left_out = article.left_out.iter();
        let left_out: Vec<String> = left_out
            .map(|l| format!("{}: {}", l.name, l.reason))
            .collect();
        let split = if self.splits {
            article.split.name()
        } else {
            ""
        };
        writeln!(
            self.articles,
            "{}\t{}\t{split}\t{score}\t{beads}\t{}\t{}\t{}\t{}",
            cell(article.id),
            article.hash,
            kept.count(),
            cell(&left_out.join("; ")),
            cell(&simplified.join("; ")),
            cell(error)
        )
    }

    /// Writes the segments that stand in one version only, and are neither boilerplate nor code.
    fn leave_over(&mut self, aligned: &Aligned) -> io::Result<()> {
        let (article, alignment) = (aligned.article(), aligned.alignment());
        let labels = labels(article);
        for bead in alignment.beads(article).filter(|bead| bead.is_null()) {
            for (version, indices) in bead.segments().iter().enumerate() {
                let own = &article.versions()[version];
                for segment in indices.iter().map(|&i| &own.segments(alignment.unit())[i]) {
                    if segment.boilerplate().is_none() && segment.kind() != Kind::Code {
                        let out = self.leftovers_of(&labels[version])?;
                        writeln!(out, "{}", cell(own.text_of(segment)))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn leftovers_of(&mut self, label: &str) -> io::Result<&mut BufWriter<File>> {
        if !self.leftovers.contains_key(label) {
            let out = create(&self.folder.join(format!("leftovers.{label}.txt")))?;
            self.leftovers.insert(label.to_owned(), out);
        }
        Ok(self.leftovers.get_mut(label).expect("it was just made"))
    }
}

impl Sink for Outputs<'_> {
    fn begin(&mut self, labels: &[String]) -> Result<(), Error> {
        let splits = match self.splits {
            true => &Split::ALL[..],
            false => &Split::ALL[..1],
        };
        for &split in splits {
            let folder = match self.splits {
                true => self.folder.join(split.name()),
                false => self.folder.clone(),
            };
            fs::create_dir_all(&folder)?;
            let formats = self.options.formats.iter();
            let open = formats.map(|format| open(*format, &folder, labels));
            self.open.insert(split, open.collect::<io::Result<_>>()?);
        }
        Ok(())
    }

    fn take(&mut self, article: &Finished<'_>) -> Result<(), Error> {
        self.row(article)?;
        let annotated = match (self.options.annotate, article.result) {
            (true, Ok(aligned)) => Some(aligned),
            _ => None,
        };
        let kept = match annotated {
            Some(_) => None,
            None => article.kept()?,
        };
        if self.options.leftovers
            && let Ok(aligned) = article.result
        {
            self.leave_over(aligned)?;
        }
        let all = article.marks.iter().cloned();
        let marks: Vec<Mark> = match annotated {
            Some(_) => all.collect(),
            None => all.filter(|mark| mark.filtered.is_none()).collect(),
        };
        let outputs = self.open.get_mut(&article.split).into_iter().flatten();
        for output in outputs {
            let aligned = annotated.or(kept.as_ref());
            let record = aligned.map(|aligned| {
                let record = Record::new(aligned.id(), aligned.article(), aligned.alignment());
                record.marks(&marks).left_out(article.left_out)
            });
            match (output, record, article.result) {
                (Open::Lines(out), Some(record), _) => jsonl::write_record(out, &record)?,
                (Open::Lines(out), None, Err(reason)) => {
                    jsonl::write_failed(out, article.id, reason)?
                }
                #[cfg(feature = "parquet")]
                (Open::Table(writer), Some(record), _) => writer.write_record(&record)?,
                (Open::Other(format, writer), Some(_), _) => {
                    let Some(aligned) = &kept else { continue };
                    match writer.write(aligned.id(), aligned.article(), aligned.alignment()) {
                        Err(error) if matches!(error.kind(), ErrorKind::Unsuited { .. }) => {
                            self.unsuited += 1;
                            self.console
                                .error(format_args!("{}: {error}", format.name()));
                        }
                        written => written?,
                    }
                }
                // Nothing is kept, or the format has no room for an article that failed.
                _ => {}
            }
        }
        Ok(())
    }
}

fn open(format: FormatName, folder: &Path, labels: &[String]) -> io::Result<Open> {
    Ok(match format.corpus(folder, labels)? {
        Some(writer) => Open::Other(format, writer),
        #[cfg(feature = "parquet")]
        None if format == FormatName::Parquet => {
            let out = create(&folder.join("corpus.parquet"))?;
            let writer = triglyph::format::parquet::Writer::new(out);
            Open::Table(Box::new(writer.columns(labels.to_vec())))
        }
        None => Open::Lines(create(&folder.join("corpus.jsonl"))?),
    })
}

/// A text on one line, without tabs.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
