//! The gold that examples measure on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use triglyph::eval::{GoldArticle, GoldSet};
use triglyph::{Error, Unit};

/// Folders of gold whose units are sentences.
const OF_SENTENCES: [&str; 1] = ["textberg"];

/// A gold set that was read.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    /// The articles by the names of their folders: forms of one article have the same in all sets.
    pub(crate) articles: BTreeMap<String, GoldArticle>,
}

/// Reads the sets that are in the folders, and says on stderr what it read; those of `tests/data`
/// where no folder is given.
pub(crate) fn sets(mut folders: Vec<PathBuf>) -> Result<Vec<Set>, Error> {
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"));
    }
    let mut sets = Vec::new();
    for folder in &folders {
        for set in GoldSet::find(folder)? {
            let set = Set::read(set)?;
            eprintln!("{}: {} articles", set.name, set.articles.len());
            sets.push(set);
        }
    }
    Ok(sets)
}

impl Set {
    fn read(GoldSet { name, articles }: GoldSet) -> Result<Self, Error> {
        let is_of_sentences = |folder: &PathBuf| {
            let mut places = folder.iter();
            places.any(|place| OF_SENTENCES.iter().any(|&of| place == of))
        };
        let unit = match articles.first().is_some_and(is_of_sentences) {
            true => Unit::Sentence,
            false => Unit::Paragraph,
        };
        let read = |folder: &PathBuf| {
            let base = folder.file_name().unwrap_or(folder.as_os_str());
            let gold = GoldArticle::read(folder, unit)?;
            Ok((base.to_string_lossy().into_owned(), gold))
        };
        Ok(Self {
            name,
            unit,
            articles: articles
                .par_iter()
                .map(read)
                .collect::<Result<_, Error>>()?,
        })
    }
}
