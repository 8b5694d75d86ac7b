//! [`Block`]: a paragraph of a text before its sentences are known.

use std::ops::Range;

use crate::article::{Boilerplate, Kind};
use crate::lang::Lang;

/// A paragraph of a text: a byte range of it, what it is, and what its source says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Block {
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    /// The language that the source tells.
    pub(crate) lang: Option<Lang>,
    /// Why the source lets it be taken for boilerplate.
    pub(crate) boilerplate: Option<Boilerplate>,
}

impl Block {
    /// A block of which the source says nothing but where it is.
    pub(crate) const fn new(range: Range<usize>, kind: Kind) -> Self {
        Self {
            range,
            kind,
            lang: None,
            boilerplate: None,
        }
    }
}
