//! Where the segments that a patch names stand in an article, by a hash of their text.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::patch::{Patch, Place};
use crate::article::{Article, Unit, Version, fold_white_space};
use crate::format::labels;

/// What a text is told by: the first 16 hexadecimal digits of the SHA-256 of it, every run of white
/// space as one space.
pub(crate) fn hash(text: &str) -> String {
    let digest = Sha256::digest(fold_white_space(text).as_bytes());
    let digits = digest[..8].iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// The segments of an article, to be found by what a patch says of them.
pub(super) struct Places<'a> {
    /// Of each version of the patch, what it is called there, and that of the article.
    versions: Vec<(&'a str, Option<Found>)>,
}

/// The segments of a version of the article.
struct Found {
    version: usize,
    /// By hash, rising.
    by_hash: HashMap<String, Vec<usize>>,
    /// By how much the last one that was found stands behind its number in the patch.
    shift: isize,
}

impl<'a> Places<'a> {
    /// Looks for the versions of a patch among those of an article: by their labels, or by their names.
    pub(super) fn new(patch: &'a Patch, article: &Article, unit: Unit) -> Self {
        let (labels, versions) = (labels(article), article.versions());
        let versions = patch.versions.iter().map(|told| {
            let labelled = labels.iter().position(|label| *label == told.label);
            let named = || {
                versions
                    .iter()
                    .position(|version| version.name() == told.name)
            };
            let found = labelled.or_else(named);
            let found = found.map(|v| Found::new(v, &versions[v], unit));
            (&*told.label, found)
        });
        Self {
            versions: versions.collect(),
        }
    }

    /// Of each version of the article whether the patch has it.
    pub(super) fn known(&self, versions: usize) -> Vec<bool> {
        let mut known = vec![false; versions];
        for (_, found) in &self.versions {
            if let Some(found) = found {
                known[found.version] = true;
            }
        }
        known
    }

    /// Finds segments that are given for each version of the patch: version and segment of the article.
    /// An error says which one is not there.
    pub(super) fn find(&mut self, places: &[Vec<Place>]) -> Result<Vec<(usize, usize)>, String> {
        let mut all = Vec::new();
        for ((label, found), places) in self.versions.iter_mut().zip(places) {
            if places.is_empty() {
                continue;
            }
            let Some(found) = found else {
                return Err(format!("there is no version {label}"));
            };
            for place in places {
                match found.find(place) {
                    Some(segment) if !all.contains(&(found.version, segment)) => {
                        all.push((found.version, segment));
                    }
                    _ => {
                        let number = place.segment + 1;
                        return Err(format!(
                            "the text of {label} {number} is not there any more"
                        ));
                    }
                }
            }
        }
        all.sort_unstable();
        Ok(all)
    }
}

impl Found {
    fn new(number: usize, version: &Version, unit: Unit) -> Self {
        let mut by_hash: HashMap<String, Vec<usize>> = HashMap::new();
        for (s, segment) in version.segments(unit).iter().enumerate() {
            by_hash
                .entry(hash(version.text_of(segment)))
                .or_default()
                .push(s);
        }
        Self {
            version: number,
            by_hash,
            shift: 0,
        }
    }

    /// The segment of that text; of several, the one nearest to where it is expected.
    fn find(&mut self, place: &Place) -> Option<usize> {
        let told = place.segment as isize;
        let expected = told + self.shift;
        let alike = self.by_hash.get(&place.hash)?.iter().copied();
        let found = alike.min_by_key(|&s| (s as isize).abs_diff(expected))?;
        self.shift = found as isize - told;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_texts() {
        for (texts, expected) in [
            (["", " \n"], "e3b0c44298fc1c14"),
            (["One cat.", "\u{2028}One\n cat. "], "53fe2198e31423f8"),
        ] {
            assert_eq!(texts.map(hash), [expected; 2], "{texts:?}");
        }
    }

    #[test]
    fn the_nearest_of_equal_texts() {
        let mut by_hash = HashMap::new();
        by_hash.insert("a".to_owned(), vec![4, 8]);
        by_hash.insert("b".to_owned(), vec![6]);
        let mut found = Found {
            version: 0,
            by_hash,
            shift: 0,
        };
        let mut find = |segment, hash: &str| {
            found.find(&Place {
                segment,
                hash: hash.into(),
            })
        };
        // One segment came before all others.
        assert_eq!(find(3, "a"), Some(4));
        assert_eq!(find(5, "b"), Some(6));
        assert_eq!(find(7, "a"), Some(8));
        assert_eq!(find(7, "c"), None);
    }
}
