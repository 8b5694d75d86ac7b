//! [`Reading`]: from the files named on the command line to versions.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;
use serde_json::{Value, json};
use triglyph::corpus::Recipe;
use triglyph::{Aligner, Encoding, ErrorKind, Lang, Packing, Segmenter, Source, Unit, Version};

use crate::console::Console;
use crate::output::is_standard;
use crate::status::Failure;

/// What is counted as one segment.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum UnitName {
    /// Paragraphs, headings, list items
    Paragraph,
    /// Sentences inside paragraphs
    Sentence,
}

impl From<UnitName> for Unit {
    fn from(name: UnitName) -> Self {
        match name {
            UnitName::Paragraph => Self::Paragraph,
            UnitName::Sentence => Self::Sentence,
        }
    }
}

/// What the files hold.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Input {
    /// HTML or Markdown by the extension of the file, HTML by what it begins with, otherwise text
    Auto,
    /// Plain text; how its lines make up paragraphs is found out
    Text,
    /// One unit on every line that is not blank
    Lines,
    /// A page in HTML
    Html,
    /// Text in Markdown
    Markdown,
}

/// The languages that a version may be in.
#[derive(clap::Args, Debug)]
pub(crate) struct Languages {
    /// Languages that a file may be in
    #[arg(
        long = "languages",
        value_name = "LANG,…",
        value_delimiter = ',',
        default_value = "en,fr,de"
    )]
    pub(crate) allowed: Vec<Lang>,
}

/// What files hold, and how that is decoded.
#[derive(clap::Args, Debug)]
pub(crate) struct Form {
    /// What the files hold
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    input: Input,

    /// Encoding of the files, such as windows-1252 or utf-16le, instead of finding it out
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,

    /// Leave out what stands around the article of a page in HTML, and in it what its structure says is
    /// boilerplate
    #[arg(long)]
    main_content: bool,
}

impl Form {
    /// Reads a file as a source; each of its lines is one unit where they are told to be.
    pub(crate) fn source(
        &self,
        file: &Path,
        unit: Unit,
        console: &Console,
    ) -> Result<Source, Failure> {
        let name = shown(file);
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            Packing::reader(BufReader::new(raw(file)?))?.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let bytes = read().map_err(|e| Failure::of_io(&name, &e))?;
        let source = Source::decode(&name, bytes, self.encoding)?;
        if let Some(found) = source.encoding()
            && self.encoding.is_none()
        {
            console.note(format_args!(
                "{name}: read as {found}; if that is wrong, tell the encoding with --encoding"
            ));
        }
        Ok(match self.input {
            Input::Auto => source.markup_of(file).main_content(self.main_content),
            Input::Text => source,
            Input::Lines => source.lines(unit),
            Input::Html => source.html().main_content(self.main_content),
            Input::Markdown => source.markdown(),
        })
    }
}

/// The bytes of a file, or of stdin for `-`.
pub(crate) fn raw(file: &Path) -> io::Result<Box<dyn Read>> {
    Ok(match is_standard(file) {
        true => Box::new(io::stdin()),
        false => Box::new(File::open(file)?),
    })
}

/// Options on how files are read.
#[derive(clap::Args, Debug)]
pub(crate) struct Reading {
    /// What counts as one segment
    #[arg(long, value_enum, default_value_t = UnitName::Paragraph)]
    unit: UnitName,

    #[command(flatten)]
    form: Form,

    /// Tell the language of a file instead of detecting it; may be given for several files
    #[arg(long = "lang", value_name = "FILE=LANG", allow_hyphen_values = true)]
    told: Vec<Told>,

    #[command(flatten)]
    languages: Languages,
}

/// A file and the language it is told to be in.
#[derive(Clone, Debug)]
struct Told {
    file: PathBuf,
    lang: Lang,
}

impl FromStr for Told {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((file, lang)) = text.rsplit_once('=') else {
            return Err("expected FILE=LANG, such as text.txt=fr".into());
        };
        let lang: Lang = lang.parse().map_err(|e: triglyph::Error| e.to_string())?;
        let file = file.into();
        Ok(Self { file, lang })
    }
}

impl Reading {
    /// What counts as one segment.
    pub(crate) fn unit(&self) -> Unit {
        self.unit.into()
    }

    /// The same as it was named.
    pub(crate) const fn unit_name(&self) -> UnitName {
        self.unit
    }

    /// What these options tell, for a manifest.
    pub(crate) fn settings(&self) -> Value {
        let languages: Vec<&str> = self.languages.allowed.iter().map(Lang::code).collect();
        json!({
            "unit": self.unit(),
            "input": format!("{:?}", self.form.input).to_lowercase(),
            "encoding": self.form.encoding.map(|encoding| encoding.name()),
            "main_content": self.form.main_content,
            "languages": languages,
        })
    }

    /// How the articles of a corpus are read.
    pub(crate) fn recipe(&self, aligner: Aligner) -> Result<Recipe, Failure> {
        let recipe = Recipe::new(aligner)
            .unit(self.unit())
            .languages(self.languages.allowed.iter().copied())
            .encoding(self.form.encoding)
            .main_content(self.form.main_content);
        if !self.told.is_empty() {
            return Err(Failure::Usage(
                "--lang tells the language of one file; here the names of the files tell it".into(),
            ));
        }
        match self.form.input {
            Input::Auto => Ok(recipe),
            Input::Lines => Ok(recipe.lines(true)),
            _ => Err(Failure::Usage(
                "what an article of many holds is told by its fields or the names of its files; of \
                 --input, only auto and lines can be told"
                    .into(),
            )),
        }
    }

    /// Whether `triglyph segment --unit sentence` shows the sentences that these options make.
    pub(crate) fn shows_sentences(&self) -> bool {
        self.form.input != Input::Lines || self.unit() == Unit::Sentence
    }

    /// Checks that the options fit the files.
    pub(crate) fn check(&self, files: &[PathBuf]) -> Result<(), Failure> {
        check_stdin(files)?;
        for (index, Told { file, lang }) in self.told.iter().enumerate() {
            let path = file.display();
            if !files.contains(file) {
                return Err(Failure::Usage(format!(
                    "--lang {path}={lang} names none of the files; write the name as it stands \
                     among them"
                )));
            }
            if let Some(before) = self.told[..index].iter().find(|told| told.file == *file) {
                let before = before.lang;
                return Err(Failure::Usage(format!(
                    "--lang {path}={before} and --lang {path}={lang}: the language of a file can \
                     be told only once"
                )));
            }
        }
        Ok(())
    }

    /// Reads a file as a version of this name.
    pub(crate) fn version(
        &self,
        file: &Path,
        name: String,
        console: &Console,
    ) -> Result<Version, Failure> {
        let mut source = self.form.source(file, self.unit(), console)?.name(name);
        if let Some(told) = self.told.iter().find(|told| told.file == file) {
            source = source.lang(told.lang);
        }
        let allowed = &self.languages.allowed;
        let segmenter = Segmenter::new().languages(allowed.iter().copied());
        segmenter.version(source).map_err(|error| {
            let ErrorKind::LanguageNotAllowed { lang, .. } = error.kind() else {
                return error.into();
            };
            let codes: Vec<&str> = allowed.iter().map(Lang::code).collect();
            let (shown, name, codes) = (shown(file), lang.name(), codes.join(","));
            let told = file.display();
            Failure::Failed(format!(
                "{shown}: the text is in {name} ({lang}), expected one of {codes}; allow it with \
                 --languages {codes},{lang} or tell its language with --lang {told}=LANG"
            ))
        })
    }
}

/// Checks that stdin is not to be read twice.
pub(crate) fn check_stdin(files: &[PathBuf]) -> Result<(), Failure> {
    if files.iter().filter(|file| is_standard(file)).count() < 2 {
        return Ok(());
    }
    Err(Failure::Usage("stdin (-) can be read only once".into()))
}

/// What a file is called in messages.
pub(crate) fn shown(file: &Path) -> String {
    match is_standard(file) {
        true => "stdin".into(),
        false => file.display().to_string(),
    }
}

/// What the versions are called: the names of the files without their folders, and with them
/// where several files have the same name.
pub(crate) fn names(files: &[PathBuf]) -> Vec<String> {
    let short = |file: &PathBuf| file.file_name().map(|name| name.to_owned());
    let name = |file: &PathBuf| {
        let alike = files.iter().filter(|other| short(other) == short(file));
        match file.file_name() {
            Some(name) if alike.count() == 1 && !is_standard(file) => name.display().to_string(),
            _ => shown(file),
        }
    };
    files.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_versions() {
        for (files, expected) in [
            (vec!["a/en.txt", "b/fr.txt"], vec!["en.txt", "fr.txt"]),
            (vec!["en/x", "fr/x", "y"], vec!["en/x", "fr/x", "y"]),
            (vec!["-", "a/fr.txt"], vec!["stdin", "fr.txt"]),
            (vec!["..", "a/.."], vec!["..", "a/.."]),
        ] {
            let paths: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            assert_eq!(names(&paths), expected, "{files:?}");
        }
    }

    #[test]
    fn told_languages() {
        let told: Told = "a=b.txt=fr".parse().unwrap();
        assert_eq!((told.file, told.lang), ("a=b.txt".into(), Lang::FR));
        for (text, expected) in [
            ("a.txt", "expected FILE=LANG, such as text.txt=fr"),
            (
                "a.txt=",
                "`` is not a language code, expected one such as `en` or `deu`",
            ),
        ] {
            assert_eq!(text.parse::<Told>().unwrap_err(), expected, "{text}");
        }
    }
}
