//! What the names of files say: `news.en-fr.tsv.gz` holds English and French, `news.en` English.

use std::path::{Path, PathBuf};

use triglyph::Lang;

use crate::status::Failure;

/// A file name taken apart: `news.en-fr` and `tsv`, whether packed or not.
pub(super) struct Name {
    /// The file without extension, with its folder.
    pub(super) stem: PathBuf,
    /// The extension in lower case; empty if there is none.
    pub(super) extension: String,
}

impl Name {
    pub(super) fn of(file: &Path) -> Self {
        let extension = |file: &Path| {
            let extension = file.extension().unwrap_or_default();
            extension.to_string_lossy().to_lowercase()
        };
        let mut stem = file.to_owned();
        if extension(&stem) == "gz" {
            stem.set_extension("");
        }
        let extension = extension(&stem);
        stem.set_extension("");
        Self { stem, extension }
    }

    pub(super) fn is_tsv(&self) -> bool {
        self.extension == "tsv"
    }

    /// The language that the extension names.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.extension.parse().ok()
    }
}

/// Whether a language is one that this crate knows by name.
pub(super) fn is_named(lang: Lang) -> bool {
    lang.name() != lang.code()
}

/// The languages that the last dotted part of a name lists, if it does: those of the columns.
pub(super) fn columns(file: &Path) -> Result<Option<Vec<Lang>>, Failure> {
    let stem = Name::of(file).stem;
    let stem = stem.file_name().unwrap_or_default().to_string_lossy();
    let (title, list) = match stem.rsplit_once('.') {
        Some((title, list)) => (Some(title), list),
        None => (None, &*stem),
    };
    let codes: Vec<&str> = list.split('-').collect();
    let langs = codes.iter().map(|code| code.parse::<Lang>());
    let langs: Vec<Result<Lang, triglyph::Error>> = langs.collect();
    let named = langs.iter().flatten().any(|&lang| is_named(lang));
    let short = codes.iter().any(|code| code.len() == 2);
    if codes.len() < 2 {
        return Ok(None);
    }
    match langs.into_iter().collect::<Result<Vec<Lang>, _>>() {
        Ok(langs) if named || short => Ok(Some(langs)),
        // Of `x.en-english.tsv` it is likely that languages are meant, of `my-words.tsv` it is not.
        Err(error) if named && title.is_some() => {
            let file = file.display();
            Err(Failure::Usage(format!(
                "{file}: {error}; the last part of the name tells the columns, as in x.en-fr.tsv"
            )))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (file, stem, extension) in [
            ("a/news.en-fr.tsv", "a/news.en-fr", "tsv"),
            ("news.en-fr.TSV.gz", "news.en-fr", "tsv"),
            ("news.en", "news", "en"),
            ("news.v1.en.gz", "news.v1", "en"),
            ("news", "news", ""),
        ] {
            let name = Name::of(Path::new(file));
            let found = (name.stem.as_path(), &*name.extension);
            assert_eq!(found, (Path::new(stem), extension), "{file}");
        }
    }

    #[test]
    fn columns_of_names() {
        for (file, expected) in [
            ("news.en-fr-de.tsv", Some("en fr de")),
            ("news.eng-pt_BR.tsv.gz", Some("en pt")),
            ("en.x/fr-de.dic", Some("fr de")),
            ("news.gd-yue.tsv", Some("gd yue")),
            ("news.tsv", None),
            ("news.en.tsv", None),
            ("news.big-set.tsv", None),
            ("my-words.tsv", None),
            ("news.v2-clean.tsv", None),
        ] {
            let langs = columns(Path::new(file)).unwrap();
            let codes = langs.map(|langs| {
                let codes: Vec<&str> = langs.iter().map(Lang::code).collect();
                codes.join(" ")
            });
            assert_eq!(codes.as_deref(), expected, "{file}");
        }
    }
}
