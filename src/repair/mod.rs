//! A person's repairs of an alignment: operations on its rows, and patches that keep them.
//!
//! A [`Table`] is an alignment as rows, which [`Operation`]s change one at a time; the page of
//! [`report`](crate::report) has the same in its own code. What a person has changed or confirmed in
//! the end is kept as a [`Patch`]: the segments of each bead, by number and by a hash of their text. It
//! is [applied](Patch::apply) to an alignment of the same article, or [locks](Patch::locks) these beads
//! while the article is aligned anew, be its text another by then or not.

mod operation;
mod patch;
mod place;
mod table;

pub use operation::{Direction, End, Operation};
pub use patch::{Applied, Decision, DecisionKind, Outcome, Patch, Place, SCHEMA, read};
pub(crate) use place::hash;
pub use table::{Row, Table};
