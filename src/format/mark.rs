//! [`Mark`] and [`LeftOut`]: what a corpus knows of a bead and of an article beyond their alignment.

/// What a corpus knows of a bead.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// The number of the bead in its article, from 0, where beads before it are not written.
    pub number: Option<i32>,
    /// Name of what the bead holds: 32 hexadecimal digits of a hash of its words and their languages.
    /// Beads that differ in white space, marks and capitals only have the same.
    pub group: Option<String>,
    /// Name of the filter that takes the bead; none where it is kept.
    pub filtered: Option<String>,
    /// A digest of the words, in hexadecimal digits, by which near duplicates are found.
    pub sketch: Option<String>,
}

/// A version that is not in its article because it could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeftOut {
    /// Name of the version.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}
