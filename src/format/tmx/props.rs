//! The types of `prop` elements.

pub(super) const DOCUMENT: &str = "x-document";
/// Followed by the number of the version, from 1, and nothing or one of the words below.
pub(super) const VERSION: &str = "x-version";
pub(super) const VERSION_LANG: &str = "lang";
pub(super) const VERSION_LANG_SCORE: &str = "lang-score";
pub(super) const VERSION_LAYOUT: &str = "layout";
pub(super) const VERSION_URL: &str = "url";
pub(super) const VERSION_LICENCE: &str = "licence";
pub(super) const VERSION_ENCODING: &str = "encoding";
pub(super) const DOCUMENT_SCORE: &str = "x-document-score";
pub(super) const SIMPLIFIED: &str = "x-simplified";
pub(super) const SCORE: &str = "x-score";
pub(super) const SHAPE: &str = "x-shape";
pub(super) const MOVED: &str = "x-moved";
pub(super) const CONFLICT: &str = "x-conflict";
pub(super) const CONFIRMED: &str = "x-confirmed";
pub(super) const SEGMENTS: &str = "x-segments";
pub(super) const LENGTHS: &str = "x-lengths";
pub(super) const KIND: &str = "x-kind";
pub(super) const BOILERPLATE: &str = "x-boilerplate";
pub(super) const LANG: &str = "x-lang";
pub(super) const PARAGRAPH: &str = "x-paragraph";
pub(super) const PLACE: &str = "x-place";
