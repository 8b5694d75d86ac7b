//! Where the segments that a patch names stand in an article, by a hash of their text.

use std::collections::{HashMap, HashSet};

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
    /// Numbers in the patch, and those of the segments with these texts, where there is one only; rising
    /// in the patch.
    sure: Vec<[usize; 2]>,
    /// Segments that were found.
    taken: HashSet<usize>,
}

impl<'a> Places<'a> {
    /// Looks for the versions of a patch among those of an article: by their languages, their names, how many
    /// texts they have in common, and their labels.
    pub(super) fn new(patch: &'a Patch, article: &Article, unit: Unit) -> Self {
        let (labels, versions) = (labels(article), article.versions());
        let mut all: Vec<Option<Found>> = (versions.iter().enumerate())
            .map(|(v, version)| Some(Found::new(v, version, unit)))
            .collect();
        let versions = patch.versions.iter().enumerate().map(|(told, version)| {
            let places: Vec<&Place> = (patch.operations().iter())
                .flat_map(|decision| &decision.segments[told])
                .collect();
            let fits = |v: usize| {
                let found = all[v].as_ref()?;
                let own = &versions[v];
                let is_named = own.name() == version.name;
                let is_known = |place: &&&Place| found.by_hash.contains_key(&place.hash);
                let common = places.iter().filter(is_known).count();
                let is_labelled = labels[v] == version.label;
                let is_same_lang = own.lang() == version.lang;
                let is_it = match is_same_lang {
                    true => is_named || common > 0 || is_labelled,
                    false => is_named && common > 0,
                };
                let fit = (is_same_lang, is_named, common, is_labelled);
                is_it.then_some((fit, v))
            };
            let all_fits = (0..all.len()).rev().filter_map(fits);
            let best = all_fits.max_by_key(|&(fit, _)| fit);
            let found = best.and_then(|(_, v)| all[v].take());
            let found = found.map(|found| found.of(&places));
            (&*version.label, found)
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

    /// Finds segments that are given for each version of the patch: version and segment of the article. Each
    /// is found once. An error says which one is not there.
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
                let segment = found.find(place).ok_or_else(|| {
                    let number = place.segment + 1;
                    format!("the text of {label} {number} is not there any more")
                })?;
                all.push((found.version, segment));
            }
        }
        for &(version, segment) in &all {
            for (_, found) in &mut self.versions {
                if let Some(found) = found.as_mut().filter(|found| found.version == version) {
                    found.taken.insert(segment);
                }
            }
        }
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        match all.len() == count {
            true => Ok(all),
            false => Err("a segment is named twice".into()),
        }
    }
}

impl Found {
    fn new(number: usize, version: &Version, unit: Unit) -> Self {
        let mut by_hash: HashMap<String, Vec<usize>> = HashMap::new();
        for (s, segment) in version.segments(unit).iter().enumerate() {
            let alike = by_hash.entry(hash(version.text_of(segment)));
            alike.or_default().push(s);
        }
        Self {
            version: number,
            by_hash,
            sure: Vec::new(),
            taken: HashSet::new(),
        }
    }

    /// The same, to be asked for these places.
    fn of(mut self, places: &[&Place]) -> Self {
        let sure = places
            .iter()
            .filter_map(|place| match self.by_hash.get(&place.hash)?[..] {
                [only] => Some([place.segment, only]),
                _ => None,
            });
        self.sure = sure.collect();
        self.sure.sort_unstable();
        self
    }

    /// The segment of that text. Of several, it is one between those that stand around it in the patch and
    /// have texts of their own, the nearest to where it is expected by these.
    fn find(&self, place: &Place) -> Option<usize> {
        let alike = &self.by_hash.get(&place.hash)?[..];
        if let [only] = alike {
            return (!self.taken.contains(only)).then_some(*only);
        }
        let at = self.sure.partition_point(|[told, _]| *told < place.segment);
        let before = at.checked_sub(1).map(|before| self.sure[before]);
        let after = self.sure.get(at).copied();
        let start = before.map_or(0, |[_, found]| found + 1);
        let end = after.map_or(usize::MAX, |[_, found]| found);
        let expected = match (before, after) {
            (Some([told, found]), _) => found + (place.segment - told),
            (None, Some([told, found])) => found.saturating_sub(told - place.segment),
            (None, None) => place.segment,
        };
        let is_free = |s: &usize| (start..end).contains(s) && !self.taken.contains(s);
        let free = alike.iter().copied().filter(is_free);
        free.min_by_key(|s| s.abs_diff(expected))
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
    fn equal_texts_are_told_by_their_neighbours() {
        // As a patch knows them, and as they are.
        let told = ["a", "*", "b", "*", "c", "*"];
        for (name, texts, expected) in [
            (
                "the same",
                vec!["a", "*", "b", "*", "c", "*"],
                [Some(1), Some(3), Some(5)],
            ),
            (
                "one before",
                vec!["x", "a", "*", "b", "*", "c", "*"],
                [Some(2), Some(4), Some(6)],
            ),
            (
                "the first is gone",
                vec!["a", "b", "*", "c", "*"],
                [None, Some(2), Some(4)],
            ),
            (
                "the last is gone",
                vec!["a", "*", "b", "*", "c"],
                [Some(1), Some(3), None],
            ),
            (
                "one more",
                vec!["a", "*", "*", "b", "*", "c", "*"],
                [Some(1), Some(4), Some(6)],
            ),
        ] {
            let place = |(segment, text): (usize, &&str)| Place {
                segment,
                hash: (*text).into(),
            };
            let places: Vec<Place> = told.iter().enumerate().map(place).collect();
            let mut by_hash: HashMap<String, Vec<usize>> = HashMap::new();
            for (s, text) in texts.iter().enumerate() {
                by_hash.entry((*text).into()).or_default().push(s);
            }
            let found = Found {
                version: 0,
                by_hash,
                sure: Vec::new(),
                taken: HashSet::new(),
            };
            let found = found.of(&places.iter().collect::<Vec<_>>());
            assert_eq!(
                [1, 3, 5].map(|at| found.find(&places[at])),
                expected,
                "{name}"
            );
        }
    }
}
