//! [`Lock`]: a bead that a person has decided.

use super::{Unit, Version};

/// Segments that stand in one bead because a person, or whoever asks for it, has decided so; see
/// [`Article::with_locks`](crate::Article::with_locks).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lock {
    segments: Vec<Option<Vec<usize>>>,
}

impl Lock {
    /// The segments of a bead for each version of the article: their indices, none for a version that has
    /// no counterpart; or nothing for a version that is left open, whose segments may join the bead.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::Lock;
    ///
    /// // The first two English paragraphs translate the first French one; of German, nothing is said.
    /// let lock = Lock::new([Some(vec![0, 1]), Some(vec![0]), None]);
    /// assert_eq!(lock.segments()[2], None);
    /// ```
    #[must_use]
    pub fn new(segments: impl IntoIterator<Item = Option<Vec<usize>>>) -> Self {
        let sorted = |mut list: Vec<usize>| {
            list.sort_unstable();
            list
        };
        let segments = segments.into_iter();
        Self {
            segments: segments.map(|list| list.map(sorted)).collect(),
        }
    }

    /// For each version its segments, rising, or nothing where it is left open.
    #[must_use]
    pub fn segments(&self) -> &[Option<Vec<usize>>] {
        &self.segments
    }

    /// Whether it says which segments of a version stand in the bead.
    pub(crate) fn decides(&self, version: usize) -> bool {
        self.segments[version].is_some()
    }

    /// The segments: version and index.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (usize, usize)> {
        let lists = self.segments.iter().enumerate();
        lists.flat_map(|(version, list)| list.iter().flatten().map(move |&s| (version, s)))
    }
}

/// The locks of an article.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Locks {
    pub(crate) unit: Unit,
    pub(crate) list: Vec<Lock>,
}

impl Locks {
    /// Checks that they are locks of these versions, and that none holds what another does.
    pub(super) fn check(&self, versions: &[Version]) -> Result<(), String> {
        let count = |version: &Version| version.segments(self.unit).len();
        let mut is_locked: Vec<Vec<bool>> = (versions.iter())
            .map(|version| vec![false; count(version)])
            .collect();
        for lock in &self.list {
            let (found, expected) = (lock.segments.len(), versions.len());
            if found != expected {
                return Err(format!("{found} versions, expected {expected}"));
            }
            if lock.nodes().next().is_none() {
                return Err("no segment".into());
            }
            for (v, segment) in lock.nodes() {
                let name = versions[v].name();
                match is_locked[v].get_mut(segment) {
                    Some(is_locked) if !*is_locked => *is_locked = true,
                    Some(_) => return Err(format!("{name}: segment {segment} is locked twice")),
                    None => {
                        let count = count(&versions[v]);
                        return Err(format!("{name}: no segment {segment}, there are {count}"));
                    }
                }
            }
        }
        Ok(())
    }
}
