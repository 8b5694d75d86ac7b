//! [`Simplified`]: what was aligned more simply than asked for.

use crate::limit::Limit;

/// Versions that were aligned more simply than others, for they go beyond one of the
/// [`Limits`](crate::Limits).
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Simplified {
    pub(crate) limit: Limit,
    pub(crate) versions: Vec<usize>,
    pub(crate) found: u64,
    pub(crate) most: u64,
    pub(crate) fallback: Fallback,
}

/// How versions are aligned that go beyond one of the [`Limits`](crate::Limits).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Fallback {
    /// By the lengths and the layout of what stands at about the same place of either version: no word
    /// is looked at, and nothing that was moved is found.
    Lengths,
    /// By all evidence, but by what was looked at first: not looked at further where that would have been
    /// of use, nor a second time with what the first alignment taught.
    Narrow,
}

impl Simplified {
    /// The limit.
    #[must_use]
    pub const fn limit(&self) -> Limit {
        self.limit
    }

    /// Numbers of the versions, rising: the one that is too long, which is aligned more simply with
    /// all others; or the two whose alignment takes too much work.
    #[must_use]
    pub fn versions(&self) -> &[usize] {
        &self.versions
    }

    /// How much there is, more than [`most`](Self::most): characters, sentences or steps of work. Work is
    /// counted as far as it was begun, so there may be more.
    #[must_use]
    pub const fn found(&self) -> u64 {
        self.found
    }

    /// How much may be at the most; of work, the share of the two versions in that of the article, by
    /// their sentences.
    #[must_use]
    pub const fn most(&self) -> u64 {
        self.most
    }

    /// How these versions were aligned instead.
    #[must_use]
    pub const fn fallback(&self) -> Fallback {
        self.fallback
    }

    /// The same of these versions, numbered in the order given; none where one is not among them.
    pub(crate) fn select(mut self, versions: &[usize]) -> Option<Self> {
        let place = |own: &usize| versions.iter().position(|v| v == own);
        self.versions = self.versions.iter().map(place).collect::<Option<_>>()?;
        self.versions.sort_unstable();
        Some(self)
    }

    /// Checks what is said of an alignment of so many versions.
    #[cfg(feature = "serde")]
    pub(super) fn check(&self, versions: usize) -> Result<(), String> {
        let Self {
            versions: own,
            found,
            most,
            ..
        } = self;
        let count = match self.limit {
            Limit::Work => 2,
            Limit::Characters | Limit::Segments => 1,
        };
        if own.len() != count || !own.is_sorted_by(|a, b| a < b) {
            return Err(format!("versions {own:?} beyond a limit"));
        }
        if let Some(version) = own.iter().find(|&&version| version >= versions) {
            return Err(format!(
                "version {version} beyond a limit, but only {versions} versions"
            ));
        }
        if found <= most {
            return Err(format!("{found} {}, not more than {most}", self.limit));
        }
        Ok(())
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_refused() {
        for (name, limit, versions, found, expected) in [
            ("work of two", Limit::Work, &[0, 1][..], 11, Ok(())),
            ("a long version", Limit::Segments, &[1], 11, Ok(())),
            (
                "work of one",
                Limit::Work,
                &[1],
                11,
                Err("versions [1] beyond a limit"),
            ),
            (
                "two long versions",
                Limit::Characters,
                &[0, 1],
                11,
                Err("versions [0, 1] beyond a limit"),
            ),
            (
                "falling",
                Limit::Work,
                &[1, 0],
                11,
                Err("versions [1, 0] beyond a limit"),
            ),
            (
                "no such version",
                Limit::Segments,
                &[2],
                11,
                Err("version 2 beyond a limit, but only 2 versions"),
            ),
            (
                "not too many",
                Limit::Segments,
                &[0],
                10,
                Err("10 sentences, not more than 10"),
            ),
        ] {
            let simplified = Simplified {
                limit,
                versions: versions.to_vec(),
                found,
                most: 10,
                fallback: Fallback::Lengths,
            };
            let expected = expected.map_err(str::to_owned);
            assert_eq!(simplified.check(2), expected, "{name}");
        }
    }
}
