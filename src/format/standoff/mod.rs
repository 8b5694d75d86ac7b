//! What the formats share whose links stand apart from the texts: documents of sentences, links
//! that name their ids, a file of links for each pair of versions.

mod pair;
mod read;
mod write;

pub(super) use pair::Pair;
pub(super) use read::{Document, read_document};
pub(super) use write::{Ids, PairFiles, pairs, write_document};

#[cfg(test)]
pub(super) mod tests;
