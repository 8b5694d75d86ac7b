//! XCES alignments (cesAlign) as OPUS has them: links in one file for each pair of versions, texts in
//! documents of sentences that it points to.
//!
//! ```xml
//! <!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">
//! <cesAlign version="1.0">
//! <linkGrp targType="s" fromDoc="en/coworker.xml" toDoc="fr/coworker.xml">
//! <link id="SL1" xtargets="1.1 1.2;1.1" certainty="0.9800"/>
//! <link id="SL2" xtargets="1.3;" certainty="0.9500"/>
//! </linkGrp>
//! </cesAlign>
//! ```
//!
//! The links of all articles stand in `en-fr.xml`, a `linkGrp` each; the documents are
//! `en/coworker.xml` and so on, named by the [label](super::labels) of the version and the name of the
//! article, in which what is neither letter nor digit stands as `%2F`:
//!
//! ```xml
//! <text lang="en">
//! <p id="1">
//! <s id="1.1">One cat.</s>
//! <s id="1.2">Two dogs.</s>
//! </p>
//! </text>
//! ```
//!
//! Where the unit is the paragraph, each `p` holds one `s` under the id of the `p` itself, which is how
//! the unit is told when the file is read again. A text whose white space is more than single spaces
//! says `xml:space="preserve"`.
//!
//! A pair has a link for each bead with segments in either version, in the order of the beads; those with
//! segments in one of the two are null links, `"3;"` or `";3"`, under the score of the bead. Beads that
//! moved stand among the others, so that ids do not rise in one of the versions.
//!
//! There is no room for the marks of beads as moved ([`Loss::MovedMark`]), as a conflict
//! ([`Loss::ConflictMark`]) and as confirmed ([`Loss::ConfirmedMark`]), nor for what XML forbids ([`Loss::Character`]), what versions are named, what
//! kind a paragraph is, whether it is boilerplate, and where it stood.
//!
//! # What is read
//!
//! Files such as those of OPUS. Documents are looked for as the file names them, `en/news.xml.gz`, and
//! without the `.gz`: whoever opens files unpacks them. Each `linkGrp` is an article, held in memory as a
//! whole. Sentences are text, or tokens in `w` elements, with a space between two unless told otherwise; a
//! document without `s` has paragraphs. Links may have any order and ids any form; what no link names
//! is a null bead, scored 0. `certainty` is the score, cut to 0..1, and 1 where it is missing. Moved beads
//! are found by their order. The language of a document is the one told, or that its root names, or its
//! first folder: `pt` of `pt_br/news.xml`.
//!
//! # Examples
//!
//! ```
//! use triglyph::format::{Folder, Writer, xces};
//! use triglyph::{Aligner, Article, Unit};
//!
//! let folder = std::env::temp_dir().join("triglyph-xces-example");
//! let article = Article::detect(["The cat sleeps. A dog barks.", "Die Katze schläft. Ein Hund bellt."])?;
//! let alignment = Aligner::new().unit(Unit::Sentence).align(&article);
//! let mut writer = xces::Writer::new(Folder::new(&folder));
//! writer.write("cat", &article, &alignment)?;
//! writer.finish()?;
//!
//! let links = std::fs::read(folder.join("en-de.xml")).unwrap();
//! for aligned in xces::Reader::new("en-de.xml", &links[..], Folder::new(&folder)) {
//!     let aligned = aligned?;
//!     assert_eq!(aligned.id(), "cat");
//!     assert_eq!(aligned.article().versions()[1].text(), "Die Katze schläft. Ein Hund bellt.");
//! }
//! # std::fs::remove_dir_all(&folder).unwrap();
//! # Ok::<(), triglyph::Error>(())
//! ```
//!
//! [`Loss::MovedMark`]: super::Loss::MovedMark
//! [`Loss::ConflictMark`]: super::Loss::ConflictMark
//! [`Loss::ConfirmedMark`]: super::Loss::ConfirmedMark
//! [`Loss::Character`]: super::Loss::Character

mod read;
mod write;

pub use read::Reader;
pub use write::Writer;

#[cfg(test)]
mod tests;
