//! Real articles, where there are some.

use std::path::PathBuf;
use std::{env, fs, io};

use triglyph::{Lang, Unit};

use crate::shared::texts::Texts;

/// A set of the gold folder that TRIGLYPH_DATA names: its articles of two or more versions, at most
/// so many. None where there is no such set.
pub(crate) fn set(name: &str, most: usize) -> io::Result<Vec<Texts>> {
    let Some(data) = env::var_os("TRIGLYPH_DATA") else {
        return Ok(Vec::new());
    };
    let set = PathBuf::from(data).join("gold").join(name);
    if !set.is_dir() {
        return Ok(Vec::new());
    }
    let folders: io::Result<Vec<_>> = fs::read_dir(set)?.map(|e| Ok(e?.path())).collect();
    let mut folders = folders?;
    folders.sort();
    let mut articles = Vec::new();
    for folder in folders {
        let mut versions = Vec::new();
        for lang in [Lang::EN, Lang::FR, Lang::DE] {
            let file = folder.join(lang.code()).with_extension("txt");
            if file.is_file() {
                versions.push((lang, fs::read_to_string(file)?));
            }
        }
        if versions.len() > 1 {
            articles.push(Texts {
                versions,
                unit: Unit::Paragraph,
            });
        }
    }
    articles.truncate(most);
    Ok(articles)
}
