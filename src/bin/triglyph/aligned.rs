//! [`AlignedFiles`]: from the files named on the command line to aligned articles.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use triglyph::format::{
    Aligned, Folder, LineText, article_id, file_name, intertext, jsonl, ladder, moses, tmx,
    vecalign, xces,
};
use triglyph::{Encoding, Lang, Packing, Unit};

use crate::formats::{FormatName, lang_of, pair_in, split, told_lang};
use crate::reading::{UnitName, raw, shown};
use crate::status::Failure;

/// A format that can be read.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Readable {
    /// JSON Lines of the schema triglyph/1
    Jsonl,
    /// A translation memory
    Tmx,
    /// Links of cesAlign, as OPUS has them; the documents are looked for beside the file
    Xces,
    /// Links of InterText; the documents are looked for beside the file
    Intertext,
    /// Line-parallel files, one a version
    Moses,
    /// A ladder of hunalign
    Ladder,
    /// What hunalign's option -text writes
    LadderText,
    /// A list of beads, as Vecalign writes it
    Vecalign,
}

/// How files that hold alignments are read.
#[derive(clap::Args, Debug)]
pub(crate) struct AlignedFiles {
    /// What the files are [default: what their names end with, or what they begin with]
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<Readable>,

    /// A text that a ladder or a list of beads counts the lines of, given twice: left, then right
    /// [default: NAME.en.txt and NAME.fr.txt beside NAME.en-fr.ladder]
    #[arg(long = "text", value_name = "FILE")]
    texts: Vec<PathBuf>,

    /// Languages of the versions, where the files do not tell them
    #[arg(long, value_name = "LANG,…", value_delimiter = ',')]
    langs: Vec<Lang>,
}

/// The folder of an article's texts, by its name.
pub(crate) type TextFolder<'a> = &'a dyn Fn(&str) -> Option<PathBuf>;

/// Aligned articles, read one after the other.
pub(crate) type Articles<'a> = Box<dyn Iterator<Item = Result<Aligned, Failure>> + 'a>;

impl AlignedFiles {
    /// Whether the format of the files is told.
    pub(crate) const fn is_told(&self) -> bool {
        self.from.is_some()
    }

    /// Checks that the options fit each other.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match self.texts.len() {
            0 | 2 => Ok(()),
            found => Err(Failure::Usage(format!(
                "--text is given {found} times, expected twice: the left text, then the right one"
            ))),
        }
    }

    /// Reads files as aligned articles; `unit` is what those count that do not say it, and `texts`
    /// the folder of the texts `en.txt` … whose lines are counted, by the name of the article, where
    /// none are beside the file.
    pub(crate) fn read<'a>(
        &'a self,
        files: &'a [PathBuf],
        unit: UnitName,
        texts: TextFolder<'a>,
    ) -> Articles<'a> {
        let unit = Unit::from(unit);
        let formats: Result<Vec<_>, _> = files.iter().map(|file| self.format(file)).collect();
        let formats = match formats {
            Ok(formats) => formats,
            Err(failure) => return Box::new(std::iter::once(Err(failure))),
        };
        if formats.iter().all(|&(format, _)| format == Readable::Moses) {
            return flat(self.moses(files, formats.into_iter().map(|(_, text)| text), unit));
        }
        let articles = files.iter().zip(formats);
        Box::new(articles.flat_map(move |(file, (format, text))| {
            flat(self.articles(file, format, text, unit, texts))
        }))
    }

    /// The format of a file, told or found out, and the file where that needed a look into it.
    fn format(&self, file: &Path) -> Result<(Readable, Option<Text>), Failure> {
        if let Some(format) = self.from {
            return Ok((format, None));
        }
        let by_name = match FormatName::of_name(file) {
            Some(FormatName::Jsonl) => Some(Readable::Jsonl),
            Some(FormatName::Tmx) => Some(Readable::Tmx),
            Some(FormatName::Moses) => Some(Readable::Moses),
            Some(FormatName::Ladder) => Some(Readable::Ladder),
            Some(FormatName::LadderText) => Some(Readable::LadderText),
            Some(FormatName::Vecalign) => Some(Readable::Vecalign),
            _ => None,
        };
        if let Some(format) = by_name {
            return Ok((format, None));
        }
        let mut text = open(file)?;
        let head = text
            .fill_buf()
            .map_err(|e| Failure::of_io(shown(file), &e))?;
        match by_content(head) {
            Some(format) => Ok((format, Some(text))),
            None => Err(Failure::Failed(format!(
                "{}: neither its name nor its beginning tells the format; name it with --from",
                shown(file)
            ))),
        }
    }

    /// The articles of a file that has all of them.
    fn articles<'a>(
        &'a self,
        file: &Path,
        format: Readable,
        text: Option<Text>,
        unit: Unit,
        texts: TextFolder<'_>,
    ) -> Result<Articles<'a>, Failure> {
        let text = text.map_or_else(|| open(file), Ok)?;
        let name = shown(file);
        let (id, labels) = name_parts(file);
        let one = |read: Result<Aligned, triglyph::Error>| -> Result<Articles<'a>, Failure> {
            Ok(Box::new(std::iter::once(read.map_err(Failure::from))))
        };
        match format {
            Readable::Jsonl => Ok(articles(jsonl::Reader::new(name, text))),
            Readable::Tmx => Ok(articles(tmx::Reader::new(name, text))),
            Readable::Xces => {
                let reader = xces::Reader::new(name, text, folder_of(file));
                Ok(match self.langs[..] {
                    [left, right] => articles(reader.langs([left, right])),
                    _ => articles(reader),
                })
            }
            Readable::Intertext => Ok(articles(intertext::Reader::new(
                name,
                text,
                folder_of(file),
            ))),
            Readable::Moses => Err(Failure::Failed(format!(
                "{name}: line-parallel files cannot be read together with other formats"
            ))),
            Readable::LadderText => {
                let langs = self.pair_of_langs(labels.as_ref()).ok_or_else(|| {
                    Failure::Failed(format!(
                        "{name}: its name does not tell the languages; tell them with --langs \
                         LANG,LANG"
                    ))
                })?;
                one(ladder::read_texts(&id, unit, &name, text, langs))
            }
            Readable::Ladder => one(ladder::read(
                &id,
                unit,
                &name,
                text,
                self.texts_of(file, &id, labels.as_ref(), texts)?,
            )),
            Readable::Vecalign => one(vecalign::read(
                &id,
                unit,
                &name,
                text,
                self.texts_of(file, &id, labels.as_ref(), texts)?,
            )),
        }
    }

    fn pair_of_langs(&self, labels: Option<&[String; 2]>) -> Option<[Lang; 2]> {
        match (&self.langs[..], labels) {
            (&[left, right], _) => Some([left, right]),
            (_, Some([left, right])) => Some([lang_of(left)?, lang_of(right)?]),
            _ => None,
        }
    }

    /// The texts whose lines a file counts.
    fn texts_of(
        &self,
        file: &Path,
        id: &str,
        labels: Option<&[String; 2]>,
        texts: TextFolder<'_>,
    ) -> Result<[LineText; 2], Failure> {
        let told = match self.langs[..] {
            [left, right] => Some([left, right].map(|lang| lang.to_string())),
            _ => None,
        };
        let files: [PathBuf; 2] = match (&self.texts[..], labels.or(told.as_ref())) {
            ([left, right], _) => [left.clone(), right.clone()],
            (_, Some(labels)) => labels.each_ref().map(|label| {
                let beside = file.with_file_name(format!("{}.{label}.txt", file_name(id)));
                match texts(id) {
                    Some(folder) if !beside.is_file() => folder.join(format!("{label}.txt")),
                    _ => beside,
                }
            }),
            _ => {
                return Err(Failure::Failed(format!(
                    "{}: its name does not tell which texts it counts the lines of; give them with \
                     --text LEFT --text RIGHT",
                    shown(file)
                )));
            }
        };
        let langs = self.pair_of_langs(labels);
        let read = |side: usize| {
            let file = &files[side];
            let text = io::read_to_string(open(file)?);
            let text = text.map_err(|e| Failure::of_io(shown(file), &e))?;
            let text = LineText::new(shown(file), &text);
            let lang = langs.map(|langs| langs[side]).or_else(|| told_lang(file));
            Ok::<_, Failure>(lang.map_or(text.clone(), |lang| text.told(lang)))
        };
        Ok([read(0)?, read(1)?])
    }

    /// The articles of line-parallel files.
    fn moses<'a>(
        &'a self,
        files: &[PathBuf],
        texts: impl Iterator<Item = Option<Text>>,
        unit: Unit,
    ) -> Result<Articles<'a>, Failure> {
        let stem = split(&files[0]).map_or_else(|| shown(&files[0]), |(stem, _)| stem);
        let mut reader = moses::Reader::new(stem).unit(unit);
        for (i, (file, text)) in files.iter().zip(texts).enumerate() {
            let name = shown(file);
            let told = self.langs.get(i).copied().or_else(|| told_lang(file));
            let Some(lang) = told else {
                return Err(Failure::Failed(format!(
                    "{name}: its name does not tell the language; tell those of all files with \
                     --langs LANG,LANG"
                )));
            };
            let text = text.map_or_else(|| open(file), Ok)?;
            reader = reader.version(name, lang, text);
        }
        if let [_] = files {
            return Err(Failure::Failed(format!(
                "{}: one of several line-parallel files; name the others too",
                shown(&files[0])
            )));
        }
        let ids = files[0].with_extension("ids");
        if split(&files[0]).is_some() && ids.is_file() {
            reader = reader.ids(shown(&ids), open(&ids)?);
        }
        Ok(articles(reader))
    }
}

/// The text of a file, unpacked and decoded.
type Text = Box<dyn BufRead>;

/// Opens a file, or stdin for `-`.
fn open(file: &Path) -> Result<Text, Failure> {
    let open = || -> io::Result<Text> {
        let raw = BufReader::with_capacity(1 << 16, raw(file)?);
        Encoding::reader(Packing::reader(raw)?, None)
    };
    open().map_err(|e| Failure::of_io(shown(file), &e))
}

fn articles<'a>(read: impl Iterator<Item = Result<Aligned, triglyph::Error>> + 'a) -> Articles<'a> {
    Box::new(read.map(|article| article.map_err(Failure::from)))
}

/// Articles, or the failure to begin reading them.
fn flat<'a>(articles: Result<Articles<'a>, Failure>) -> Articles<'a> {
    articles.unwrap_or_else(|failure| Box::new(std::iter::once(Err(failure))))
}

/// The format of a text that begins like this.
fn by_content(head: &[u8]) -> Option<Readable> {
    match head.trim_ascii_start() {
        [b'<', ..] => by_root(head),
        [b'{', ..] => Some(Readable::Jsonl),
        [b'[', ..] => Some(Readable::Vecalign),
        _ => None,
    }
}

/// The name of the article that a file of a pair is about, and the labels of the two versions.
fn name_parts(file: &Path) -> (String, Option<[String; 2]>) {
    let Some((stem, _)) = split(file) else {
        return (shown(file), None);
    };
    match pair_in(&stem) {
        Some((id, labels)) => (article_id(id), Some(labels.map(str::to_owned))),
        None => (article_id(&stem), None),
    }
}

/// The format of XML with this root.
fn by_root(head: &[u8]) -> Option<Readable> {
    let head = String::from_utf8_lossy(&head[..head.len().min(4096)]);
    let mut tags = head
        .split('<')
        .skip(1)
        .filter(|tag| !tag.starts_with(['?', '!']));
    let root = tags.next()?;
    let end = root.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    match &root[..end.unwrap_or(root.len())] {
        "tmx" => Some(Readable::Tmx),
        "cesAlign" => Some(Readable::Xces),
        "linkGrp" | "alignment" => Some(Readable::Intertext),
        _ => None,
    }
}

/// Where the documents are that a file names.
fn folder_of(file: &Path) -> Folder {
    Folder::new(file.parent().unwrap_or(Path::new("")))
}
