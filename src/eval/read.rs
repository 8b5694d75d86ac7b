//! Gold folders: `<lang>.txt` (or `.html`, `.md`) per version, `gold.json`, and `noise.json` where there is one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::GoldArticle;
use crate::article::{Article, Unit, fold_white_space};
use crate::error::{Error, ErrorKind};
use crate::input::Source;
use crate::lang::Lang;

/// Units per version that is named.
type Links = Vec<BTreeMap<String, Vec<usize>>>;

/// The two forms of `gold.json`.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a list of links, or an object with `versions` and `links`"
)]
enum GoldFile {
    /// Units are the lines of the texts.
    Lines(Links),
    /// Units are the texts listed, to be found in free text.
    Texts {
        versions: BTreeMap<String, Vec<String>>,
        links: Links,
    },
}

impl GoldArticle {
    /// Whether a folder holds one gold article.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join("gold.json").is_file()
    }

    /// Reads one gold article: the texts `<lang>.txt` and the links `gold.json`. With the features
    /// `html` and `markdown`, a version may be a page `<lang>.html` or a text `<lang>.md` instead.
    ///
    /// `gold.json` is either a list of links, each naming the lines (from 0) of every version in
    /// it, `[{"en": [0], "fr": [0, 1]}]`; or an object with the `links` and, under `versions`,
    /// the texts of the units, by which they are found in texts of free layout. Where there is a
    /// `noise.json`, `{"en": {"12": "cookie"}}`, it names the units that translate nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`], [`ErrorKind::Json`], [`ErrorKind::InvalidUtf8`]; whatever
    /// [`Article::detect`] refuses; [`ErrorKind::Invalid`] where links name versions or units
    /// that are not there, or a unit twice.
    pub fn read(folder: &Path, unit: Unit) -> Result<Self, Error> {
        let (texts, links) = match json(&folder.join("gold.json"))? {
            GoldFile::Lines(links) => (None, links),
            GoldFile::Texts { versions, links } => (Some(versions), links),
        };
        let langs = languages(folder)?;
        let names: Vec<String> = langs.iter().map(|(lang, _)| lang.clone()).collect();
        check_versions(&links, &names, folder)?;
        let sources = (langs.iter()).map(|(lang, form)| {
            let path = folder.join(format!("{lang}.{}", form.extension));
            let source = Source::from_bytes(path.display().to_string(), read(&path)?)?;
            let source = source.lang(lang.parse::<Lang>()?);
            Ok(match texts {
                None => source.lines(unit),
                Some(_) => (form.tell)(source),
            })
        });
        let article = Article::detect(sources.collect::<Result<Vec<_>, Error>>()?)?;
        let list = |link: &BTreeMap<String, Vec<usize>>| {
            let units = |lang: &String| link.get(lang).cloned().unwrap_or_default();
            names.iter().map(units).collect()
        };
        let mut gold = Self::new(article, links.iter().map(list).collect())?;
        if let Some(texts) = texts {
            gold.units = (names.iter().enumerate())
                .map(|(v, lang)| gold.find_units(v, unit, texts.get(lang)))
                .collect();
        }
        let noise = folder.join("noise.json");
        if noise.is_file() {
            let mut kinds: BTreeMap<String, BTreeMap<usize, String>> = json(&noise)?;
            gold.noise = (names.iter())
                .map(|lang| kinds.remove(lang).unwrap_or_default())
                .collect();
        }
        gold.check(unit, folder)?;
        Ok(gold)
    }

    /// The unit of each segment of a version: the next one with the same text; a number that no
    /// unit has, where the text is cut otherwise than the gold's.
    fn find_units(&self, version: usize, unit: Unit, texts: Option<&Vec<String>>) -> Vec<usize> {
        let folded: Vec<_> = texts
            .into_iter()
            .flatten()
            .map(|t| fold_white_space(t))
            .collect();
        let version = &self.article.versions()[version];
        let mut next = 0;
        (version.segments(unit).iter().enumerate())
            .map(|(s, segment)| {
                let text = fold_white_space(version.text_of(segment));
                match folded[next..].iter().position(|f| *f == text) {
                    Some(ahead) => {
                        next += ahead + 1;
                        next - 1
                    }
                    None => folded.len() + s,
                }
            })
            .collect()
    }

    /// Checks that the links name units that are there, and none twice.
    fn check(&self, unit: Unit, folder: &Path) -> Result<(), Error> {
        for (v, version) in self.article.versions().iter().enumerate() {
            let count = match self.units[v].iter().max() {
                Some(last) => last + 1,
                None => version.segments(unit).len(),
            };
            let mut seen = BTreeSet::new();
            for &named in self.links.iter().flat_map(|link| &link[v]) {
                let what = match seen.insert(named) {
                    true if named < count => continue,
                    true => format!("which has {count}"),
                    false => "which another link names too".into(),
                };
                let (lang, folder) = (version.lang(), folder.display());
                let reason = format!("{folder}: a link names unit {named} of {lang}.txt, {what}");
                return Err(Error::invalid("gold", reason));
            }
        }
        Ok(())
    }
}

/// Checks that the links name versions whose texts are there.
fn check_versions(links: &Links, langs: &[String], folder: &Path) -> Result<(), Error> {
    let mut named = links.iter().flat_map(BTreeMap::keys);
    match named.find(|lang| !langs.contains(lang)) {
        None => Ok(()),
        Some(lang) => {
            let folder = folder.display();
            let reason = format!("{folder}: a link names `{lang}`, but there is no {lang}.txt");
            Err(Error::invalid("gold", reason))
        }
    }
}

/// What a version may be written in.
struct Form {
    extension: &'static str,
    /// Tells a source that it is.
    tell: fn(Source) -> Source,
}

const FORMS: &[Form] = &[
    Form {
        extension: "txt",
        tell: |source| source,
    },
    #[cfg(feature = "html")]
    Form {
        extension: "html",
        tell: Source::html,
    },
    #[cfg(feature = "markdown")]
    Form {
        extension: "md",
        tell: Source::markdown,
    },
];

/// The versions of a gold folder: the stems of its files that are language codes, with English, French
/// and German first, and what each is written in; where there are several of a language, the first of
/// [`FORMS`].
fn languages(folder: &Path) -> Result<Vec<(String, &'static Form)>, Error> {
    let error = |source| io_error(folder, source);
    let mut langs: Vec<(String, &Form)> = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        let [stem, extension] = [path.file_stem(), path.extension()]
            .map(|part| part.and_then(|part| part.to_str()).unwrap_or_default());
        let form = FORMS.iter().find(|form| form.extension == extension);
        if let (Some(form), Ok(_)) = (form, stem.parse::<Lang>()) {
            langs.push((stem.to_owned(), form));
        }
    }
    let rank = |lang: &str| {
        ["en", "fr", "de"]
            .iter()
            .position(|&l| l == lang)
            .unwrap_or(3)
    };
    let place = |form: &Form| FORMS.iter().position(|f| f.extension == form.extension);
    langs.sort_by(|(a, x), (b, y)| (rank(a), a, place(x)).cmp(&(rank(b), b, place(y))));
    langs.dedup_by(|(a, _), (b, _)| a == b);
    Ok(langs)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| io_error(path, source))
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let error = |source| {
        let path = PathBuf::from(path);
        ErrorKind::Json { path, source }.into()
    };
    serde_json::from_slice(&read(path)?).map_err(error)
}

pub(super) fn io_error(path: &Path, source: std::io::Error) -> Error {
    let path = PathBuf::from(path);
    ErrorKind::Io { path, source }.into()
}
