//! Aligns the versions of an article paragraph by paragraph, all versions at once.
#![forbid(unsafe_code)]

mod align;
mod alignment;
mod article;
mod detect;
mod error;
pub mod eval;
mod evidence;
mod features;
pub mod format;
mod input;
mod lang;
mod segment;

pub use align::Aligner;
pub use alignment::{Alignment, Bead, BeadOf, Shape};
pub use article::{Article, Boilerplate, Kind, Layout, Segment, Unit, Version};
pub use detect::{Detection, Detector};
pub use error::{Error, ErrorKind};
pub use input::Source;
pub use lang::Lang;
pub use segment::Segmenter;
