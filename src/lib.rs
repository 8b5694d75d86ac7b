#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod align;
mod alignment;
mod article;
mod constants;
#[cfg(feature = "corpus")]
#[cfg_attr(docsrs, doc(cfg(feature = "corpus")))]
pub mod corpus;
mod detect;
mod error;
pub mod eval;
mod evidence;
mod features;
pub mod format;
mod input;
mod lang;
mod latin;
pub mod lexicon;
mod limit;
mod mark;
#[cfg(feature = "encodings")]
mod packing;
mod parallel;
mod postings;
#[cfg(feature = "report")]
#[cfg_attr(docsrs, doc(cfg(feature = "report")))]
pub mod repair;
#[cfg(feature = "report")]
#[cfg_attr(docsrs, doc(cfg(feature = "report")))]
pub mod report;
mod segment;
mod vectors;

pub use align::{Aligner, Limits, Words};
pub use alignment::{
    Alignment, Bead, BeadEvidence, BeadOf, Fallback, PairEvidence, RunnerUp, Shape, Simplified,
};
pub use article::{Article, Boilerplate, Kind, Layout, Lock, Segment, Unit, Version};
pub use constants::Constants;
pub use detect::{Detection, Detector};
pub use error::{Error, ErrorKind};
#[cfg(feature = "encodings")]
pub use input::Encoding;
pub use input::Source;
pub use lang::{Lang, LangStyle};
pub use lexicon::Lexicon;
pub use limit::Limit;
#[cfg(feature = "encodings")]
pub use packing::{Packer, Packing};
pub use segment::Segmenter;
pub use vectors::Vectors;

/// Compiles the examples in DESIGN.md, should there be any.
#[cfg(doctest)]
#[doc = include_str!("../DESIGN.md")]
struct Design;
