//! [`GoldSet`]: where gold articles are.

use std::fs;
use std::path::{Path, PathBuf};

use super::GoldArticle;
use super::read::io_error;
use crate::error::{Error, ErrorKind};

/// Gold articles that are counted together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoldSet {
    /// What the set is called: the name of its folder.
    pub name: String,
    /// The folders of its articles, in order; see [`GoldArticle::read`].
    pub articles: Vec<PathBuf>,
}

impl GoldSet {
    /// Finds the sets that a folder is or holds, in the order of their names.
    ///
    /// A folder that holds gold articles is a set, a single gold article a set of its own. No
    /// article is read; what else stands in the folders is passed over.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] where a folder cannot be read, [`ErrorKind::NoGold`] where there is no
    /// gold article in the folder nor in those that it holds.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::eval::GoldSet;
    ///
    /// let sets = GoldSet::find("tests/data".as_ref())?;
    /// assert_eq!(sets[0].name, "data");
    /// assert_eq!(sets[0].articles.len(), 4);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn find(folder: &Path) -> Result<Vec<Self>, Error> {
        if GoldArticle::is_in(folder) {
            return Ok(vec![Self::new(folder, vec![folder.to_owned()])]);
        }
        let is_gold = |folder: &PathBuf| GoldArticle::is_in(folder);
        let (articles, others): (Vec<_>, Vec<_>) =
            folders_in(folder)?.into_iter().partition(is_gold);
        let mut sets = vec![Self::new(folder, articles)];
        for other in others {
            let articles = folders_in(&other)?.into_iter().filter(is_gold).collect();
            sets.push(Self::new(&other, articles));
        }
        sets.retain(|set| !set.articles.is_empty());
        if sets.is_empty() {
            let folder = folder.to_owned();
            return Err(ErrorKind::NoGold { folder }.into());
        }
        Ok(sets)
    }

    fn new(folder: &Path, articles: Vec<PathBuf>) -> Self {
        // `.` and `..` have no name of their own.
        let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let name = place.file_name().unwrap_or(place.as_os_str());
        let name = name.display().to_string();
        Self { name, articles }
    }
}

/// The folders in a folder, by name.
fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let error = |source| io_error(folder, source);
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}
