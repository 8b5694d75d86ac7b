//! InterText alignments: the files that the InterText editor and server take in and give out, one of
//! links and two documents for each pair of versions.
//!
//! ```xml
//! <linkGrp toDoc="coworker.fr.xml" fromDoc="coworker.en.xml">
//! <link type="1-2" xtargets="1:1;1:1 1:2" status="auto"/>
//! <link type="0-1" xtargets=";1:3" status="auto"/>
//! </linkGrp>
//! ```
//!
//! is `coworker.en.fr.alignment.xml`. In `type` and `xtargets` the version that is linked *to* stands
//! first. Documents are named by the article, in which what is neither letter nor digit stands as `%2F`,
//! and the [label](super::labels) of the version:
//!
//! ```xml
//! <text lang="en">
//! <p id="1">
//! <s id="1:1">One cat.</s>
//! <s id="1:2">Two dogs.</s>
//! </p>
//! </text>
//! ```
//!
//! Where the unit is the paragraph, the text stands in the `p` elements, and these are what is aligned;
//! that is how the unit is told when files are read again. A text whose white space is more than single
//! spaces says `xml:space="preserve"`.
//!
//! A pair has a link for each bead with segments in either version, in the order of the beads, null beads
//! and those that moved among them. Its status is `man` where a person has confirmed the bead, else `auto`.
//!
//! There is no room for scores ([`Loss::Score`]), the marks of beads as moved ([`Loss::MovedMark`]) and as
//! a conflict ([`Loss::ConflictMark`]), nor for what XML forbids ([`Loss::Character`]), what versions are
//! named, what kind a paragraph is, whether it is boilerplate, and where it stood.
//!
//! # What is read
//!
//! A file of links is one article. Its root is `linkGrp`, or `alignment`. A link whose status is `man` or
//! `auto`, or that has none, is scored 1, and confirmed if it is `man`; one that is `plain`, for now, 0.5.
//! Ids may have any form. Of markup within a segment the text is kept. Moved beads are found by their
//! order; what no link names is a null bead, scored 0. The language of a document is the one told, or that
//! its root names as `lang` or `language`, or the part of its name before the ending: `cs` of
//! `news.cs-00.xml`.
//!
//! # Examples
//!
//! ```
//! use triglyph::format::{Folder, Writer, intertext};
//! use triglyph::{Aligner, Article};
//!
//! let folder = std::env::temp_dir().join("triglyph-intertext-example");
//! let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
//! let alignment = Aligner::new().align(&article);
//! let mut writer = intertext::Writer::new(Folder::new(&folder));
//! writer.write("cat", &article, &alignment)?;
//! let losses: Vec<String> = writer.finish()?.told().collect();
//! assert_eq!(losses, ["1 bead without its score"]);
//!
//! let links = std::fs::read(folder.join("cat.en.de.alignment.xml")).unwrap();
//! let mut articles = intertext::Reader::new("cat.en.de", &links[..], Folder::new(&folder));
//! assert_eq!(articles.next().unwrap()?.id(), "cat");
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), triglyph::Error>(())
//! ```
//!
//! [`Loss::Score`]: super::Loss::Score
//! [`Loss::MovedMark`]: super::Loss::MovedMark
//! [`Loss::ConflictMark`]: super::Loss::ConflictMark
//! [`Loss::Character`]: super::Loss::Character

mod read;
mod write;

pub use read::Reader;
pub use write::Writer;

#[cfg(test)]
mod tests;
