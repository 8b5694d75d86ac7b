//! [`Origin`]: where the text of a version comes from.

use std::ops::Range;

use super::Unit;

/// What is known of where a version comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub(crate) struct Origin {
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) url: Option<String>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) licence: Option<String>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) encoding: Option<String>,
    /// None where the text is the source itself.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) places: Option<Places>,
}

impl Origin {
    /// The same of another text from there.
    pub(crate) fn without_places(&self) -> Self {
        Self {
            places: None,
            ..self.clone()
        }
    }

    /// Whether there is nothing to say.
    #[cfg(feature = "serde")]
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where the segments of a version stand in the source that its text was taken from, in bytes,
/// half-open; none where that cannot be told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Places {
    pub(crate) paragraphs: Vec<Option<Range<usize>>>,
    pub(crate) sentences: Vec<Option<Range<usize>>>,
}

impl Places {
    /// The places of the segments of one unit.
    pub(crate) fn of(&self, unit: Unit) -> &[Option<Range<usize>>] {
        match unit {
            Unit::Paragraph => &self.paragraphs,
            Unit::Sentence => &self.sentences,
        }
    }
}
