//! [`Recipe`]: how an article of the input is read and aligned.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::entries::told;
use super::entry::{Content, Entry, Line, LineVersion, VersionFile, lang};
use crate::align::Aligner;
use crate::article::{Article, Unit, Version};
use crate::detect::Detector;
use crate::error::ErrorKind;
use crate::format::{Aligned, LeftOut};
use crate::input::{Encoding, Source};
use crate::lang::Lang;
use crate::packing::Packing;
use crate::segment::Segmenter;

/// A version is taken to be in another language than it is said to be in from this score on, and so many
/// letters: what is shorter is too often a name or a word that both languages have.
const SURE: f64 = 0.9;
const LETTERS: usize = 60;

/// How the articles of a corpus are read and aligned.
///
/// A version whose language is told, by the name of its file or a field, must be in it: a text that is
/// plainly in another is left out.
#[derive(Clone, Debug)]
pub struct Recipe {
    aligner: Aligner,
    unit: Unit,
    languages: Vec<Lang>,
    lines: bool,
    encoding: Option<Encoding>,
    main_content: bool,
    refuse: bool,
}

/// What became of an entry.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// The number of the article in the input, from 0.
    pub position: u64,
    /// The name of the article.
    pub id: String,
    /// SHA-256 of what was read, as hexadecimal digits: of the line, or of the files one after the other.
    pub hash: String,
    /// Bytes that were read.
    pub bytes: u64,
    /// Versions that could not be read, and why.
    pub left_out: Vec<LeftOut>,
    /// The aligned article, or why there is none.
    pub result: Result<Aligned, String>,
}

impl Recipe {
    /// Paragraphs in English, French and German, aligned by this aligner.
    #[must_use]
    pub fn new(aligner: Aligner) -> Self {
        Self {
            aligner: aligner.unit(Unit::Paragraph),
            unit: Unit::Paragraph,
            languages: vec![Lang::EN, Lang::FR, Lang::DE],
            lines: false,
            encoding: None,
            main_content: false,
            refuse: false,
        }
    }

    /// Sets what is aligned.
    #[must_use]
    pub fn unit(mut self, unit: Unit) -> Self {
        self.aligner = self.aligner.unit(unit);
        self.unit = unit;
        self
    }

    /// Sets the languages that a version may be in. One that is said of a version is allowed for it too.
    #[must_use]
    pub fn languages(mut self, languages: impl IntoIterator<Item = Lang>) -> Self {
        self.languages = languages.into_iter().collect();
        self
    }

    /// Sets whether each line of a text that is not blank is one unit; false by default.
    #[must_use]
    pub const fn lines(mut self, lines: bool) -> Self {
        self.lines = lines;
        self
    }

    /// Sets the encoding of all files; found out for each by default.
    #[must_use]
    pub const fn encoding(mut self, encoding: Option<Encoding>) -> Self {
        self.encoding = encoding;
        self
    }

    /// Sets whether only the main content of pages is kept, see [`Source::main_content`].
    #[must_use]
    pub const fn main_content(mut self, main_content: bool) -> Self {
        self.main_content = main_content;
        self
    }

    /// Sets whether an article beyond the limits of the aligner fails, instead of being aligned more simply;
    /// false by default.
    #[must_use]
    pub const fn refuse_beyond_limits(mut self, refuse: bool) -> Self {
        self.refuse = refuse;
        self
    }

    pub(super) fn aligner(&self) -> &Aligner {
        &self.aligner
    }

    pub(super) fn with_aligner(mut self, aligner: Aligner) -> Self {
        self.aligner = aligner;
        self
    }

    /// Reads an article and aligns what can be read of it. It fails where fewer than two versions can.
    #[must_use]
    pub fn align(&self, entry: Entry) -> Outcome {
        let Entry {
            position,
            id,
            content,
        } = entry;
        let mut reading = Reading::default();
        let versions = match content {
            Content::Bad(reason) => Err(reason),
            Content::Line(line) => self.line(&line, &mut reading),
            Content::Files(files) => Ok(self.files(files, &mut reading)),
        };
        let result = versions.and_then(|versions| {
            let article = article(versions, &reading.left_out)?;
            let alignment = match self.refuse {
                false => self.aligner.align(&article),
                true => (self.aligner.try_align(&article)).map_err(|error| error.to_string())?,
            };
            Aligned::new(&*id, article, alignment).map_err(|error| error.to_string())
        });
        Outcome {
            position,
            id,
            hash: hex(&reading.hash.finalize()),
            bytes: reading.bytes,
            left_out: reading.left_out,
            result,
        }
    }

    fn files(&self, files: Vec<VersionFile>, reading: &mut Reading) -> Vec<Version> {
        let mut versions = Vec::with_capacity(files.len());
        for VersionFile { lang, path } in files {
            let name = path.file_name().unwrap_or_default().display().to_string();
            let version = (read(&path).map_err(|error| told(&error))).and_then(|bytes| {
                reading.take(&bytes);
                let source =
                    Source::decode("", bytes, self.encoding).map_err(|error| reason(&error))?;
                let source = match self.lines {
                    true => source.lines(self.unit),
                    false => source.markup_of(&path).main_content(self.main_content),
                };
                self.version(source.name(&*name), Some(lang))
            });
            reading.keep(&mut versions, name, version);
        }
        versions
    }

    fn line(&self, line: &[u8], reading: &mut Reading) -> Result<Vec<Version>, String> {
        reading.take(line);
        let line = Line::parse(line)?;
        let mut versions = Vec::with_capacity(line.versions.len());
        for (number, version) in line.versions.into_iter().enumerate() {
            let told = |field| version.get(field).and_then(|name| name.as_str());
            let name = told("name").or_else(|| told("lang")).map(str::to_owned);
            let name = name.unwrap_or_else(|| (number + 1).to_string());
            let version = LineVersion::of(version);
            let version = version.and_then(|version| self.line_version(version, &name));
            reading.keep(&mut versions, name, version);
        }
        Ok(versions)
    }

    fn line_version(&self, version: LineVersion, name: &str) -> Result<Version, String> {
        let texts = [&version.text, &version.html, &version.markdown];
        if let Some(offset) = texts.into_iter().flatten().find_map(|text| text.find('\0')) {
            return Err(format!(
                "binary data (a NUL at byte {offset}), expected text"
            ));
        }
        let mut source = match (version.text, version.html, version.markdown) {
            (Some(text), None, None) if self.lines => Source::new(text).lines(self.unit),
            (Some(text), None, None) => Source::new(text),
            (None, Some(page), None) => Source::new(page).html().main_content(self.main_content),
            (None, None, Some(text)) => Source::new(text).markdown(),
            (None, None, None) => return Err("has neither `text` nor `html` nor `markdown`".into()),
            _ => return Err("has more than one of `text`, `html` and `markdown`".into()),
        };
        if let Some(url) = version.url {
            source = source.url(url);
        }
        if let Some(licence) = version.licence {
            source = source.licence(licence);
        }
        let lang = version.lang.as_deref().map(lang).transpose()?;
        self.version(source.name(name), lang)
    }

    /// Reads a version that is said to be in a language, or not.
    fn version(&self, source: Source, said: Option<Lang>) -> Result<Version, String> {
        let said = said.filter(|&said| said != Lang::UND);
        let allowed = self.languages.iter().copied().chain(said);
        let segmenter = Segmenter::new().languages(allowed);
        let tell = |source: Source| match said {
            None => source,
            Some(said) => source.lang(said),
        };
        // What the detector knows nothing of, it would take for something else.
        let version = match said {
            Some(said) if !Detector::has_profile(said) => segmenter.version(tell(source)),
            _ => match segmenter.version(source.clone()) {
                Ok(found) if said.is_some_and(|said| found.lang() != said) => {
                    let letters = found.text().chars().filter(|c| c.is_alphabetic());
                    if found.lang() != Lang::UND
                        && found.lang_score() >= SURE
                        && letters.take(LETTERS).count() == LETTERS
                    {
                        return Err(contradiction(found.lang(), said));
                    }
                    segmenter.version(tell(source))
                }
                found => found,
            },
        };
        let version = version.map_err(|error| match error.kind() {
            ErrorKind::LanguageNotAllowed { lang, .. } => contradiction(*lang, said),
            _ => reason(&error),
        })?;
        match version.segments(Unit::Paragraph) {
            [] => Err("no text".into()),
            _ => Ok(version),
        }
    }
}

/// What is read of an article, bit by bit.
#[derive(Default)]
struct Reading {
    hash: Sha256,
    bytes: u64,
    left_out: Vec<LeftOut>,
}

impl Reading {
    fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn keep(
        &mut self,
        versions: &mut Vec<Version>,
        name: String,
        version: Result<Version, String>,
    ) {
        match version {
            Ok(version) => versions.push(version),
            Err(reason) => self.left_out.push(LeftOut { name, reason }),
        }
    }
}

/// The article of the versions that could be read, or why it is none.
fn article(versions: Vec<Version>, left_out: &[LeftOut]) -> Result<Article, String> {
    match &versions[..] {
        [] | [_] => {
            let found = versions.len();
            let mut reason = format!("an article needs at least two versions, found {found}");
            for (i, LeftOut { name, reason: why }) in left_out.iter().enumerate() {
                let before = if i == 0 { "; left out: " } else { "; " };
                let _ = write!(reason, "{before}{name}: {why}");
            }
            Err(reason)
        }
        _ => Article::new(versions).map_err(|error| error.to_string()),
    }
}

fn contradiction(found: Lang, said: Option<Lang>) -> String {
    let (name, code) = (found.name(), found);
    match said {
        Some(said) => format!(
            "the text is in {name} ({code}), expected {} ({said})",
            said.name()
        ),
        None => format!("the text is in {name} ({code}), which is not allowed"),
    }
}

/// An error of a version, without its name, which stands before it anyway.
fn reason(error: &crate::Error) -> String {
    let text = error.to_string();
    text.strip_prefix(": ").map_or(text.clone(), str::to_owned)
}

/// The bytes of a file, unpacked.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe might never end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    Packing::reader(BufReader::new(File::open(path)?))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
