//! One check a kind of input, each from bytes alone, so that a fuzzer and a test can make them.
//!
//! A check reads its options from the first bytes, see [`Input`], and takes what follows for texts
//! or for a file. It panics where a law is broken or the library does.

pub mod align;
#[cfg(any(feature = "formats", feature = "json"))]
pub mod files;
#[cfg(feature = "json")]
pub mod gold;
mod input;
#[cfg(feature = "formats")]
pub mod intertext;
pub mod laws;
pub mod lexicon;
#[cfg(feature = "json")]
pub mod lines;
#[cfg(all(feature = "html", feature = "markdown"))]
pub mod markup;
#[cfg(feature = "report")]
pub mod patch;
pub mod segment;
#[cfg(feature = "serde")]
pub mod serde;
pub mod sources;
#[cfg(feature = "formats")]
pub mod tmx;
pub mod vectors;
#[cfg(feature = "formats")]
pub mod xces;

use input::Input;
