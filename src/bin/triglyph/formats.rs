//! [`FormatName`]: the formats that alignments are written in and read from.

use std::env;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use clap::ValueEnum;
use triglyph::format::{
    Folder, Losses, Writer, csv, intertext, jsonl, ladder, moses, tmx, tsv, vecalign, xces, xliff,
};
use triglyph::{Alignment, Article, Error, Lang, LangStyle, Packing};

use crate::console::Console;
use crate::output;
use crate::status::Failure;
use crate::view::View;

/// How alignments are written.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FormatName {
    /// The versions side by side, to be read
    Text,
    /// One JSON object an article and line, schema triglyph/1: all that was found
    Jsonl,
    /// A header and one row a bead: score, shape, flags, texts
    Tsv,
    /// The same for spreadsheets
    Csv,
    /// A translation memory: TMX 1.4b, all versions in each unit
    Tmx,
    /// XLIFF 2.1, a file for each pair of versions in the folder OUT
    Xliff,
    /// Sentence documents and cesAlign links for each pair in the folder OUT, as OPUS has them
    Xces,
    /// Documents and links for each pair in the folder OUT, as InterText has them
    Intertext,
    /// Line-parallel files OUT.en, OUT.fr …, those of each pair, and OUT.ids
    Moses,
    /// Files for each article in the folder OUT: texts, and hunalign's ladder for each pair
    Ladder,
    /// Files for each pair in the folder OUT, as hunalign's option -text writes them
    LadderText,
    /// Files for each article in the folder OUT: texts, and a list of beads for each pair
    Vecalign,
    /// A table for Spark, DuckDB or pandas: one row a bead, a list of texts a version. Not in every
    /// build of the program
    Parquet,
}

/// How codes of languages are written.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum LangStyleName {
    /// Two letters, three where there are no two: en
    #[value(name = "639-1")]
    Iso639_1,
    /// Three letters: eng
    #[value(name = "639-3")]
    Iso639_3,
    /// The shortest code: en
    Bcp47,
}

impl From<LangStyleName> for LangStyle {
    fn from(name: LangStyleName) -> Self {
        match name {
            LangStyleName::Iso639_1 => Self::Iso639_1,
            LangStyleName::Iso639_3 => Self::Iso639_3,
            LangStyleName::Bcp47 => Self::Bcp47,
        }
    }
}

/// How a format is written that leaves a choice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) lang_style: LangStyle,
    pub(crate) view: View,
    /// Whether several articles may be written, which are then told apart.
    pub(crate) many: bool,
}

/// Where the files of a format go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Files {
    /// One file, or stdout.
    One,
    /// Into a folder.
    Folder,
    /// Beside each other, under names that begin alike.
    Stem,
}

impl FormatName {
    const fn files(self) -> Files {
        match self {
            Self::Text | Self::Jsonl | Self::Tsv | Self::Csv | Self::Tmx | Self::Parquet => {
                Files::One
            }
            Self::Moses => Files::Stem,
            Self::Xliff
            | Self::Xces
            | Self::Intertext
            | Self::Ladder
            | Self::LadderText
            | Self::Vecalign => Files::Folder,
        }
    }

    /// The name by which it is told.
    pub(crate) fn name(self) -> String {
        let name = self.to_possible_value();
        name.map_or_else(String::new, |name| name.get_name().to_owned())
    }

    /// Checks that the program can write the format.
    pub(crate) fn check_built(self) -> Result<(), Failure> {
        if self == Self::Parquet && !cfg!(feature = "parquet") {
            return Err(Failure::Usage(
                "this program was built without parquet; build it with --features cli,parquet"
                    .into(),
            ));
        }
        Ok(())
    }

    /// Checks that there is a place for the files.
    pub(crate) fn check(self, output: Option<&Path>) -> Result<(), Failure> {
        self.check_built()?;
        let standard = output.is_none_or(output::is_standard);
        let name = self.name();
        match self.files() {
            Files::Folder if standard => Err(Failure::Usage(format!(
                "{name} is several files; name a folder for them with -o"
            ))),
            Files::Stem if standard => Err(Failure::Usage(format!(
                "{name} is several files; say with -o what their names begin with"
            ))),
            Files::Folder | Files::Stem => Ok(()),
            Files::One => output::check_place(output),
        }
    }

    /// Writes with a writer of this format, and says what the format could not hold.
    pub(crate) fn write<T>(
        self,
        output: Option<&Path>,
        look: Look,
        console: &Console,
        data: impl FnOnce(&mut dyn Writer) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        self.check(output)?;
        let fill = |writer: &mut dyn Writer| {
            let done = data(writer)?;
            Ok((done, writer.finish()?))
        };
        let (done, losses) = match (self.files(), output) {
            (Files::One, _) | (_, None) => {
                output::write(output, |out| self.with_stream(out, look, fill))?
            }
            (files, Some(place)) => output::write_several(place, files == Files::Stem, |folder| {
                self.with_folder(folder, look.lang_style, fill)
            })?,
        };
        for told in losses.told() {
            console.note(told);
        }
        Ok(done)
    }

    fn with_stream<T>(
        self,
        out: &mut dyn Write,
        look: Look,
        fill: impl FnOnce(&mut dyn Writer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Jsonl => fill(&mut jsonl::Writer::new(out)),
            Self::Tsv => {
                let writer = tsv::Writer::new(out).lang_style(look.lang_style);
                fill(&mut if look.many { writer.named() } else { writer })
            }
            Self::Csv => fill(&mut csv::Writer::new(out).lang_style(look.lang_style)),
            Self::Tmx => {
                let writer = tmx::Writer::new(out).creation_date(now());
                fill(&mut writer.lang_style(look.lang_style))
            }
            #[cfg(feature = "parquet")]
            Self::Parquet => fill(&mut triglyph::format::parquet::Writer::new(out)),
            _ => fill(&mut Views {
                view: look.view,
                out,
            }),
        }
    }

    fn with_folder<T>(
        self,
        folder: Folder,
        style: LangStyle,
        fill: impl FnOnce(&mut dyn Writer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Xliff => fill(&mut xliff::Writer::new(folder).lang_style(style)),
            Self::Xces => fill(&mut xces::Writer::new(folder).lang_style(style)),
            Self::Intertext => fill(&mut intertext::Writer::new(folder).lang_style(style)),
            Self::Moses => fill(&mut moses::Writer::new(folder).lang_style(style)),
            Self::Ladder => fill(&mut ladder::Writer::new(folder).lang_style(style)),
            Self::LadderText => fill(&mut ladder::Writer::new(folder).lang_style(style).texts()),
            _ => fill(&mut vecalign::Writer::new(folder).lang_style(style)),
        }
    }

    /// A writer of a corpus into a folder, where its files are called `corpus`; `labels` are those of all
    /// versions. None for a format that is written otherwise.
    pub(crate) fn corpus(
        self,
        folder: &Path,
        labels: &[String],
    ) -> io::Result<Option<Box<dyn Writer>>> {
        let labels = labels.to_vec();
        let file = |extension| create(&folder.join("corpus").with_extension(extension));
        let several = || Folder::new(folder.join(self.name()));
        Ok(Some(match self {
            Self::Text | Self::Jsonl | Self::Parquet => return Ok(None),
            Self::Tsv => Box::new(tsv::Writer::new(file("tsv")?).named().columns(labels)),
            Self::Csv => Box::new(csv::Writer::new(file("csv")?).columns(labels)),
            Self::Tmx => Box::new(tmx::Writer::new(file("tmx")?)),
            Self::Moses => {
                Box::new(moses::Writer::new(Folder::stem(folder.join("corpus"))).columns(labels))
            }
            Self::Xliff => Box::new(xliff::Writer::new(several())),
            Self::Xces => Box::new(xces::Writer::new(several())),
            Self::Intertext => Box::new(intertext::Writer::new(several())),
            Self::Ladder => Box::new(ladder::Writer::new(several())),
            Self::LadderText => Box::new(ladder::Writer::new(several()).texts()),
            Self::Vecalign => Box::new(vecalign::Writer::new(several())),
        }))
    }

    /// The format that a file of this name is in, as far as the name tells.
    pub(crate) fn of_name(file: &Path) -> Option<Self> {
        let (name, extension) = split(file)?;
        match &*extension.to_ascii_lowercase() {
            "jsonl" | "ndjson" | "json" => Some(Self::Jsonl),
            "tsv" => Some(Self::Tsv),
            "csv" => Some(Self::Csv),
            "tmx" => Some(Self::Tmx),
            "parquet" => Some(Self::Parquet),
            "xlf" | "xliff" => Some(Self::Xliff),
            "ladder" => Some(Self::Ladder),
            "vecalign" | "align" => Some(Self::Vecalign),
            "txt" if pair_in(&name).is_some() => Some(Self::LadderText),
            label if lang_of(label).is_some() => Some(Self::Moses),
            _ => None,
        }
    }
}

/// Begins a file.
pub(crate) fn create(path: &Path) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(1 << 16, File::create(path)?))
}

/// The time as TMX writes it, `20240131T120000Z`: that of the clock, or of `SOURCE_DATE_EPOCH`, the
/// seconds by which builds are made reproducible.
fn now() -> String {
    let epoch = env::var("SOURCE_DATE_EPOCH").ok();
    let told = epoch
        .and_then(|seconds| seconds.parse().ok())
        .map(Duration::from_secs);
    let time = told.map_or_else(SystemTime::now, |told| SystemTime::UNIX_EPOCH + told);
    let mut time = humantime::format_rfc3339_seconds(time).to_string();
    time.retain(|c| !matches!(c, '-' | ':'));
    time
}

/// A file name without what says how it is packed, cut before its extension.
pub(crate) fn split(file: &Path) -> Option<(String, String)> {
    let name = match Packing::of_name(file) {
        Packing::Plain => file.file_name()?,
        _ => file.file_stem()?,
    };
    let (stem, extension) = name.to_str()?.rsplit_once('.')?;
    Some((stem.to_owned(), extension.to_owned()))
}

/// The labels of two versions that the name of a pair's file ends with: of `news.en-fr`, `en` and `fr`.
pub(crate) fn pair_in(name: &str) -> Option<(&str, [&str; 2])> {
    let (id, pair) = name.rsplit_once('.')?;
    let is_label = |label: &str| lang_of(label).is_some();
    // Labels may have a number behind the language: `en-2-fr-3`.
    let cuts = pair
        .match_indices('-')
        .map(|(at, _)| [&pair[..at], &pair[at + 1..]]);
    let mut fitting = cuts.filter(|labels| labels.iter().all(|label| is_label(label)));
    fitting.next().map(|labels| (id, labels))
}

/// The language of a version's label: `fr`, or `fr-2` where several are in French.
pub(crate) fn lang_of(label: &str) -> Option<Lang> {
    let (lang, number) = label.split_once('-').unwrap_or((label, "1"));
    let lang: Lang = lang
        .parse()
        .ok()
        .filter(|_| number.parse::<usize>().is_ok())?;
    // Any three letters could be a code; those of a language have a name.
    (lang.name() != lang.code()).then_some(lang)
}

/// Writes articles to be read, one below the other.
struct Views<'a> {
    view: View,
    out: &'a mut dyn Write,
}

impl Writer for Views<'_> {
    fn write(&mut self, _: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        Ok(self.view.write(self.out, article, alignment)?)
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        Ok(Losses::default())
    }
}

/// Whether a file name says that a text is in a language: `news.en.txt`, `en.txt`, `corpus.en`.
pub(crate) fn told_lang(file: &Path) -> Option<Lang> {
    let name = file.file_name().and_then(OsStr::to_str)?;
    let mut parts = name.rsplit('.').take(3);
    parts.find_map(|part| lang_of(part).filter(|_| part.len() <= 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_name() {
        for (name, expected) in [
            ("a/news.jsonl", Some(FormatName::Jsonl)),
            ("news.jsonl.gz", Some(FormatName::Jsonl)),
            ("news.en-fr.ladder", Some(FormatName::Ladder)),
            ("news.en-fr.txt", Some(FormatName::LadderText)),
            ("news.txt", None),
            ("corpus.en", Some(FormatName::Moses)),
            ("corpus.en.zst", Some(FormatName::Moses)),
            ("news", None),
        ] {
            assert_eq!(FormatName::of_name(name.as_ref()), expected, "{name}");
        }
    }

    #[test]
    fn pairs_in_names() {
        for (name, expected) in [
            ("news.en-fr", Some(("news", ["en", "fr"]))),
            ("a.b.fr-2-fr-3", Some(("a.b", ["fr-2", "fr-3"]))),
            ("news.en", None),
            ("en-fr", None),
        ] {
            assert_eq!(pair_in(name), expected, "{name}");
        }
    }
}
