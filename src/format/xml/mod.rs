//! A thin layer over quick-xml: what the XML formats of this crate need of it.
//!
//! What is written escapes in one pass and leaves out, and counts, the characters that XML 1.0
//! forbids. What is read is checked to be well-formed; a file that declares entities is refused, and
//! nothing outside of it is ever fetched.

mod read;
mod write;

pub(super) use read::{Token, XmlReader};
pub(super) use write::{Attributes, XmlWriter, is_allowed};
