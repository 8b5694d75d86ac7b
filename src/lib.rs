//! Aligns the versions of an article paragraph by paragraph, all versions at once.
#![forbid(unsafe_code)]

mod alignment;
mod article;
mod detect;
mod error;
mod lang;

pub use alignment::{Alignment, Bead, BeadOf, Shape};
pub use article::{Article, Boilerplate, Kind, Layout, Segment, Unit, Version};
pub use detect::{Detection, Detector};
pub use error::{Error, ErrorKind};
pub use lang::Lang;
