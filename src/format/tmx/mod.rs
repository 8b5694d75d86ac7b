//! TMX 1.4b, translation memories: all articles in one file, one `tu` a bead.
//!
//! ```xml
//! <tu>
//! <prop type="x-document">coworker</prop>
//! <prop type="x-version-1">en.txt</prop>
//! <prop type="x-version-1-lang">en</prop>
//! …
//! <prop type="x-score">0.9800</prop>
//! <prop type="x-shape">1:2</prop>
//! <tuv xml:lang="en"><prop type="x-segments">4</prop><seg>One. Two.</seg></tuv>
//! <tuv xml:lang="de"><prop type="x-segments">4 5</prop><prop type="x-lengths">5 5</prop><seg>Eins. Zwei.</seg></tuv>
//! </tu>
//! ```
//!
//! A `tu` has a `tuv` for each version with segments in the bead, so that a null bead is a `tu` with
//! one `tuv`. The header says `srclang="*all*"`: no version is the source of the others. Several
//! segments of a version stand in one `seg`, a space between them. Beads stand in order, those that
//! moved among them. The unit is the `segtype` of the header, or of the `tu` where it is another.
//!
//! What TMX has no words for stands in `prop` elements, which other programs pass over:
//!
//! | in | `type` | holds |
//! |---|---|---|
//! | `tu` | `x-document` | the name of the article |
//! | first `tu` of an article | `x-version-1`, `x-version-2` … | the name of each version, in order, those without text too |
//! | | `x-version-1-lang`, `-lang-score`, `-layout`, `-url`, `-licence`, `-encoding` | what is known of the version, the last three where anything is |
//! | | `x-document-score` | the score of the article |
//! | | `x-simplified` | limit, versions, found, most, fallback: `work 0,1 12 10 narrow`, see [`Simplified`] |
//! | `tu` | `x-score`, `x-shape` | score, with four decimals, and shape |
//! | | `x-moved`, `x-conflict`, `x-confirmed` | `true`, where the bead is |
//! | `tuv` | `x-version` | the number of the version, from 1, where several are in this language |
//! | | `x-segments` | the numbers of the segments, from 0 |
//! | | `x-lengths` | how many characters each has, where there are several |
//! | | `x-kind`, `x-boilerplate`, `x-lang`, `x-paragraph`, `x-place` | a word for each segment, `-` for none: where one is no `body`, is marked, is of another language; where the unit is the sentence; where it stands in its source, `48-104` |
//!
//! So nothing is lost but the evidence of beads, and characters that XML forbids ([`Loss::Character`]).
//!
//! # What is read
//!
//! The same, and any other translation memory: one without `x-document` is one article, held in
//! memory as a whole and named by its file; whatever properties it has are passed over. Each `tu` is a bead, scored 1, or 0 where it has one `tuv`
//! only; each language code is a version (`en-US` and `en-GB` are two), and where a `tu` has several
//! `tuv` in one language, there are as many versions in it. Moved beads are found by their order.
//! `lang` stands for `xml:lang` as in older versions of TMX; what is missing in the header is not missed.
//! Of the elements in a `seg`, what was text to a reader is kept: the content of `hi` and `sub`. What is
//! in `bpt`, `ept`, `ph`, `it` and `ut` is code of another format, and is dropped. Where a translator
//! changed a text, so that `x-lengths` do not add up, it is one segment.
//!
//! # Examples
//!
//! ```
//! use triglyph::format::{Writer, tmx};
//! use triglyph::{Aligner, Article};
//!
//! let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
//! let alignment = Aligner::new().align(&article);
//! let mut out = Vec::new();
//! let mut writer = tmx::Writer::new(&mut out).creation_date("20240131T120000Z");
//! writer.write("cat", &article, &alignment)?;
//! assert!(writer.finish()?.is_empty());
//! drop(writer);
//!
//! for aligned in tmx::Reader::new("cats.tmx", &out[..]) {
//!     let aligned = aligned?;
//!     assert_eq!(aligned.id(), "cat");
//!     assert_eq!(aligned.article().versions()[1].text(), "Die Katze schläft.");
//! }
//! # Ok::<(), triglyph::Error>(())
//! ```
//!
//! [`Simplified`]: crate::Simplified
//! [`Loss::Character`]: super::Loss::Character

mod article;
mod props;
mod read;
mod write;

pub use read::Reader;
pub use write::Writer;

#[cfg(test)]
mod tests;
