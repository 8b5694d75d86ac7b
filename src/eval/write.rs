//! Writing gold folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::GoldArticle;
use crate::article::{Unit, fold_white_space};
use crate::error::{Error, ErrorKind};
use crate::format::labels;

impl GoldArticle {
    /// Writes the article as a gold folder that [`read`](Self::read) reads: for each version a text
    /// `<lang>.txt` with a segment of `unit`, which the links count, on each line, and the links as
    /// `gold.json`. The folder is made if need be.
    ///
    /// White space inside a segment becomes single spaces; kinds and marks are not kept.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsuited`] where two versions are in one language, for their texts would have one name;
    /// [`ErrorKind::Io`] where writing fails.
    pub fn write(&self, folder: &Path, unit: Unit) -> Result<(), Error> {
        let (labels, versions) = (labels(&self.article), self.article.versions());
        for (label, version) in labels.iter().zip(versions) {
            if label != version.lang().code() {
                return Err(ErrorKind::Unsuited {
                    article: folder.display().to_string(),
                    reason: format!(
                        "several versions in {}, expected one of each language in a gold folder",
                        version.lang().name()
                    ),
                }
                .into());
            }
        }
        let failed = |path: &Path, source| {
            let path = path.to_owned();
            Error::from(ErrorKind::Io { path, source })
        };
        fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|source| failed(&path, source))
        };
        for (label, version) in labels.iter().zip(versions) {
            let segments = version.segments(unit).iter();
            let lines = segments.map(|s| format!("{}\n", fold_white_space(version.text_of(s))));
            write(&format!("{label}.txt"), lines.collect())?;
        }
        let links = self.links.iter().map(|link| {
            let lists = labels.iter().zip(link);
            let lists: BTreeMap<&String, &Vec<usize>> =
                lists.filter(|(_, list)| !list.is_empty()).collect();
            serde_json::json!(lists).to_string()
        });
        let links: Vec<String> = links.collect();
        write("gold.json", format!("[{}]\n", links.join(",\n")))
    }
}
