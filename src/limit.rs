//! [`Limit`]: what is limited.

use std::fmt;

/// Which of the [`Limits`](crate::Limits) on an article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::characters`](crate::Limits::characters).
    Characters,
    /// [`Limits::segments`](crate::Limits::segments).
    Segments,
    /// [`Limits::work`](crate::Limits::work).
    Work,
}

impl fmt::Display for Limit {
    /// Shows what is counted: `characters`, `sentences` or `steps of work`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Characters => "characters",
            Self::Segments => "sentences",
            Self::Work => "steps of work",
        })
    }
}
