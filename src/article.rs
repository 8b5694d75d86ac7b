//! [`Article`], [`Version`], [`Segment`]: the text of an article and what was found in it.
//!
//! A version owns its text as it was given; paragraphs and sentences are byte ranges of it.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::{Error, ErrorKind};
use crate::lang::Lang;
use crate::vectors::Vectors;

mod lock;
mod origin;

pub use lock::Lock;
pub(crate) use lock::Locks;
pub(crate) use origin::{Origin, Places};

/// What is counted as one segment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Unit {
    /// Paragraphs, headings, list items.
    #[default]
    Paragraph,
    /// Sentences inside paragraphs.
    Sentence,
}

/// What tells where the paragraphs of a text begin: for a plain text, how its lines make them up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Layout {
    /// Blank lines stand between paragraphs.
    BlankLines,
    /// Every line is a paragraph.
    #[default]
    OnePerLine,
    /// Lines are broken at a fixed width and no blank line stands between paragraphs.
    HardWrapped,
    /// Every line is a segment because the caller said so.
    Lines,
    /// The markup of the source tells: HTML or Markdown.
    Markup,
}

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Kind {
    /// A title or a line above a section.
    Heading,
    /// Running text.
    #[default]
    Body,
    /// An item of a bulleted or numbered list.
    ListItem,
    /// A block that is a quotation as a whole.
    Quote,
    /// A cell of a table, or a paragraph in it.
    TableCell,
    /// The text of a figure or of a table as a whole.
    Caption,
    /// Code: of a programme, a command, its output. It is not aligned unless it is asked for, see
    /// [`Aligner::align_code`](crate::Aligner::align_code).
    Code,
    /// Text whose lines are broken as they should be shown, such as verse or a table drawn with
    /// characters.
    Preformatted,
}

/// Why a paragraph is taken for boilerplate: text of the page, not of the article.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Boilerplate {
    /// Menus, breadcrumbs, skip links.
    Navigation,
    /// Buttons to share, follow or print.
    Share,
    /// Notices about cookies and privacy.
    Cookies,
    /// Links to other articles: "read also", "related".
    Teaser,
    /// Invitations to subscribe.
    Newsletter,
    /// Advertisements and the marks around them.
    Advertisement,
    /// The head and foot of a comment section.
    Comments,
    /// Copyright and imprint lines.
    Copyright,
    /// The foot of the page, told by its structure.
    Footer,
    /// What stands beside the article, told by its structure: a side bar, a box, a dialog.
    Aside,
}

/// A paragraph or a sentence: a byte range of its version's text.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Segment {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) lang: Option<Lang>,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) boilerplate: Option<Boilerplate>,
    pub(crate) paragraph: usize,
}

impl Segment {
    /// Where the segment stands in the text of its version, in bytes, half-open.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What the paragraph is; a sentence is of the kind of its paragraph.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The language of the paragraph where it is another than the version's.
    #[must_use]
    pub const fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// Why the paragraph is taken for boilerplate, if it is.
    #[must_use]
    pub const fn boilerplate(&self) -> Option<Boilerplate> {
        self.boilerplate
    }

    /// Index of the paragraph: its own, or that of the paragraph a sentence stands in.
    #[must_use]
    pub const fn paragraph(&self) -> usize {
        self.paragraph
    }
}

/// One language's text of an article, cut into paragraphs and those into sentences.
///
/// Serialized, it has no vectors: they are kept where they came from.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Parts", into = "Parts"))]
pub struct Version {
    parts: Parts,
    vectors: Option<Vectors>,
}

/// The fields of a [`Version`] before they are checked.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Parts {
    pub(crate) name: String,
    pub(crate) lang: Lang,
    pub(crate) lang_score: f64,
    pub(crate) layout: Layout,
    pub(crate) text: String,
    pub(crate) paragraphs: Vec<Segment>,
    pub(crate) sentences: Vec<Segment>,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Origin::is_empty")
    )]
    pub(crate) origin: Box<Origin>,
}

impl Version {
    /// The name the version was given: a file name, or its number among the versions.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    /// The language of the version; [`Lang::UND`] where nothing tells.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.parts.lang
    }

    /// Probability of the language, 0..1; 1 where the caller told it.
    #[must_use]
    pub const fn lang_score(&self) -> f64 {
        self.parts.lang_score
    }

    /// How the lines were read.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.parts.layout
    }

    /// What is known of where the version comes from.
    pub(crate) const fn origin(&self) -> &Origin {
        &self.parts.origin
    }

    /// The text that the segments are ranges of. A plain text is here byte for byte as it was
    /// given; of markup, it is the text of the blocks, a blank line between them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.parts.text
    }

    /// Where the version was found, as the caller said.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.parts.origin.url.as_deref()
    }

    /// The terms that the version is under, as the caller said.
    #[must_use]
    pub fn licence(&self) -> Option<&str> {
        self.parts.origin.licence.as_deref()
    }

    /// The encoding that the text was decoded from, by its name in the Encoding Standard, where it
    /// was another than UTF-8.
    #[must_use]
    pub fn encoding(&self) -> Option<&str> {
        self.parts.origin.encoding.as_deref()
    }

    /// Where a segment stands in the source that the version was read from, in bytes, half-open: of
    /// a plain text its range in the text; of markup from its first character to its last, markup
    /// between them included. None where that cannot be told, and for an index out of range.
    #[must_use]
    pub fn place(&self, unit: Unit, index: usize) -> Option<Range<usize>> {
        match &self.parts.origin.places {
            None => self.segments(unit).get(index).map(Segment::range),
            Some(places) => places.of(unit).get(index).cloned().flatten(),
        }
    }

    /// The segments of one unit, in the order of the text.
    #[must_use]
    pub fn segments(&self, unit: Unit) -> &[Segment] {
        match unit {
            Unit::Paragraph => &self.parts.paragraphs,
            Unit::Sentence => &self.parts.sentences,
        }
    }

    /// Indices of the sentences of a paragraph, half-open; empty for an index out of range.
    #[must_use]
    pub fn sentences_of(&self, paragraph: usize) -> Range<usize> {
        let sentences = &self.parts.sentences;
        let start = sentences.partition_point(|s| s.paragraph < paragraph);
        let end = sentences.partition_point(|s| s.paragraph <= paragraph);
        start..end
    }

    /// The text of a segment of this version, as it stands there; empty where the range of
    /// `segment` does not lie in this version.
    #[must_use]
    pub fn text_of(&self, segment: &Segment) -> &str {
        self.parts.text.get(segment.range()).unwrap_or_default()
    }

    /// Adds the vectors of the sentences, as further evidence of what they mean. Those that the
    /// version had are replaced.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::VectorCount`] unless there is one for each of the sentences,
    /// [`segments`](Self::segments) of [`Unit::Sentence`].
    ///
    /// # Examples
    ///
    /// Lengths and layout are the same in each, and no word is looked up.
    ///
    /// ```
    /// use triglyph::{Aligner, Article, Segmenter, Vectors, Words};
    ///
    /// let segmenter = Segmenter::new();
    /// let english = segmenter.version("A dog barks.\n\nIt rains.\n\nA cat sleeps.")?;
    /// let german = segmenter.version("Es regnet.\n\nEs schläft die Katze.")?;
    /// let english = english.with_vectors(Vectors::new(vec![1.0, 0.0, 0.0, 1.0, -0.7, -0.7], 2)?)?;
    /// let german = german.with_vectors(Vectors::new(vec![0.1, 0.9, -0.8, -0.6], 2)?)?;
    ///
    /// let article = Article::new(vec![english, german])?;
    /// let alignment = Aligner::new().words(Words::Ignored).align(&article);
    /// let shapes: Vec<String> = alignment.iter().map(|b| b.shape().to_string()).collect();
    /// assert_eq!(shapes, ["1:0", "1:1", "1:1"]);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn with_vectors(mut self, vectors: Vectors) -> Result<Self, Error> {
        let (found, expected) = (vectors.len(), self.parts.sentences.len());
        if found != expected {
            let version = self.parts.name;
            let kind = ErrorKind::VectorCount {
                version,
                found,
                expected,
            };
            return Err(kind.into());
        }
        self.vectors = Some(vectors);
        Ok(self)
    }

    /// The vectors of the sentences, where the version was given any.
    #[must_use]
    pub const fn vectors(&self) -> Option<&Vectors> {
        self.vectors.as_ref()
    }

    /// Checks the invariants: ranges rise, do not overlap, are not empty and lie on character
    /// bounds; every sentence lies in its paragraph, every paragraph has one.
    fn check(&self) -> Result<(), String> {
        let Parts {
            name,
            text,
            paragraphs,
            sentences,
            lang_score,
            origin,
            ..
        } = &self.parts;
        if !(0.0..=1.0).contains(lang_score) {
            return Err(format!("{name}: language score {lang_score} outside 0..1"));
        }
        for (what, segments) in [("paragraph", paragraphs), ("sentence", sentences)] {
            let mut end = 0;
            for (i, s) in segments.iter().enumerate() {
                let sound = end <= s.start && s.start < s.end && text.get(s.range()).is_some();
                if !sound {
                    let range = s.range();
                    return Err(format!(
                        "{name}: {what} {i} at bytes {range:?} is misplaced"
                    ));
                }
                end = s.end;
            }
        }
        if let Some(i) = (0..paragraphs.len()).find(|&i| paragraphs[i].paragraph != i) {
            return Err(format!("{name}: paragraph {i} does not name itself"));
        }
        let mut next = 0;
        for (i, s) in sentences.iter().enumerate() {
            let inside = paragraphs
                .get(s.paragraph)
                .is_some_and(|p| p.start <= s.start && s.end <= p.end);
            if !inside {
                return Err(format!("{name}: sentence {i} lies outside its paragraph"));
            }
            next += usize::from(s.paragraph == next);
        }
        if next != paragraphs.len() {
            return Err(format!("{name}: paragraph {next} has no sentence"));
        }
        if let Some(places) = &origin.places {
            for unit in [Unit::Paragraph, Unit::Sentence] {
                let (found, expected) = (places.of(unit).len(), self.segments(unit).len());
                if found != expected {
                    return Err(format!("{name}: {found} places of {expected} segments"));
                }
            }
        }
        Ok(())
    }
}

impl TryFrom<Parts> for Version {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self, Error> {
        let vectors = None;
        let version = Self { parts, vectors };
        match version.check() {
            Ok(()) => Ok(version),
            Err(reason) => Err(Error::invalid("version", reason)),
        }
    }
}

impl From<Version> for Parts {
    fn from(version: Version) -> Self {
        version.parts
    }
}

/// The versions of one article: two or more, in the order in which they were given.
///
/// Serialized, it has no locks: they are kept where they came from.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "Vec<Version>", into = "Vec<Version>")
)]
pub struct Article {
    versions: Vec<Version>,
    locks: Locks,
}

impl Article {
    /// Makes an article of its versions.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TooFewVersions`] for less than two, [`ErrorKind::NoText`] where no version
    /// holds a paragraph, [`ErrorKind::VectorDimension`] where the vectors of two versions are of
    /// different dimensions.
    pub fn new(versions: Vec<Version>) -> Result<Self, Error> {
        if versions.len() < 2 {
            let found = versions.len();
            return Err(ErrorKind::TooFewVersions { found }.into());
        }
        if versions.iter().all(|v| v.parts.paragraphs.is_empty()) {
            let versions = versions.len();
            return Err(ErrorKind::NoText { versions }.into());
        }
        let mut given = versions.iter().filter_map(|version| {
            let vectors = version.vectors().filter(|vectors| !vectors.is_empty())?;
            Some((&version.parts.name, vectors.dimension()))
        });
        if let Some((first, expected)) = given.next()
            && let Some((other, found)) = given.find(|&(_, dimension)| dimension != expected)
        {
            let [version, other] = [other, first].map(String::clone);
            let kind = ErrorKind::VectorDimension {
                version,
                found,
                other,
                expected,
            };
            return Err(kind.into());
        }
        let locks = Locks::default();
        Ok(Self { versions, locks })
    }

    /// The versions, in the order in which they were given.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Adds beads that are decided, whose indices count segments of `unit`; any that the article had are
    /// replaced. Each is a bead of every alignment of the article as far as it goes, and nothing stands in
    /// it but segments of the versions that it leaves open.
    ///
    /// What is locked is certain for all that is not: it cannot be linked to anything else, and what it
    /// links is a witness for other links. Beads that are decided in all versions are
    /// [confirmed](crate::Bead::confirmed) and have score 1. Locked paragraphs hold for an alignment of
    /// sentences too: none is linked to one of another bead. Locked sentences hold for an alignment of
    /// paragraphs only so far that the paragraphs they stand in are joined.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for a lock of other versions than the article has, of a segment that it does
    /// not have, or of none, and for a segment that is locked twice.
    ///
    /// # Examples
    ///
    /// A fourth version is aligned with three whose beads have been looked through:
    ///
    /// ```
    /// use triglyph::{Aligner, Article, Lock, Unit};
    ///
    /// let texts = ["The letter\n\nHe read it.", "La lettre\n\nIl l’a lue.", "Der Brief\n\nEr las ihn."];
    /// let first = Aligner::new().align(&Article::detect(texts)?);
    /// let segments = first.iter().map(|bead| bead.segments().iter().cloned().map(Some));
    /// let locks: Vec<Lock> = segments.map(|known| Lock::new(known.chain([None]))).collect();
    ///
    /// let [en, fr, de] = texts;
    /// let article = Article::detect([en, fr, de, "The letter\n\nHe has read it."])?;
    /// let second = Aligner::new().align(&article.with_locks(Unit::Paragraph, locks)?);
    /// for (before, after) in first.iter().zip(&second) {
    ///     assert_eq!(before.segments(), &after.segments()[..3]);
    /// }
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn with_locks(
        mut self,
        unit: Unit,
        locks: impl IntoIterator<Item = Lock>,
    ) -> Result<Self, Error> {
        let list = locks.into_iter().collect();
        let locks = Locks { unit, list };
        match locks.check(&self.versions) {
            Ok(()) => self.locks = locks,
            Err(reason) => return Err(Error::invalid("lock", reason)),
        }
        Ok(self)
    }

    /// The beads that are decided, in the order given.
    #[must_use]
    pub fn locks(&self) -> &[Lock] {
        &self.locks.list
    }

    /// What the indices of the locks count.
    #[must_use]
    pub const fn locked_unit(&self) -> Unit {
        self.locks.unit
    }
}

impl TryFrom<Vec<Version>> for Article {
    type Error = Error;

    fn try_from(versions: Vec<Version>) -> Result<Self, Error> {
        Self::new(versions)
    }
}

impl From<Article> for Vec<Version> {
    fn from(article: Article) -> Self {
        article.versions
    }
}

/// Folds every run of white space to one space: a segment as one line.
pub(crate) fn fold_white_space(text: &str) -> Cow<'_, str> {
    let mut previous = ' ';
    let plain = text.chars().all(|c| {
        let doubled = c == ' ' && previous == ' ';
        previous = c;
        !doubled && (c == ' ' || !c.is_whitespace())
    });
    if plain && previous != ' ' {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(range: Range<usize>, paragraph: usize) -> Segment {
        Segment {
            start: range.start,
            end: range.end,
            kind: Kind::Body,
            lang: None,
            boilerplate: None,
            paragraph,
        }
    }

    fn version(paragraphs: &[(usize, usize)], sentences: &[(usize, usize, usize)]) -> Parts {
        Parts {
            name: "a".into(),
            lang: Lang::EN,
            lang_score: 1.0,
            layout: Layout::OnePerLine,
            text: "Été. Two.\nThree.".into(),
            paragraphs: (paragraphs.iter().enumerate())
                .map(|(i, &(start, end))| segment(start..end, i))
                .collect(),
            sentences: (sentences.iter())
                .map(|&(start, end, paragraph)| segment(start..end, paragraph))
                .collect(),
            origin: Box::default(),
        }
    }

    #[test]
    fn sound_version() {
        let parts = version(
            &[(0, 11), (12, 18)],
            &[(0, 6), (7, 11), (12, 18)].map(|(s, e)| (s, e, usize::from(s == 12))),
        );
        let version = Version::try_from(parts).unwrap();
        assert_eq!(version.sentences_of(0), 0..2);
        assert_eq!(version.sentences_of(1), 2..3);
        assert_eq!(version.sentences_of(2), 3..3);
        let texts: Vec<&str> = (version.segments(Unit::Sentence).iter())
            .map(|s| version.text_of(s))
            .collect();
        assert_eq!(texts, ["Été.", "Two.", "Three."]);
    }

    #[test]
    fn unsound_versions() {
        for (name, parts, expected) in [
            (
                "inside a character",
                version(&[(1, 11)], &[]),
                "paragraph 0 at bytes 1..11 is misplaced",
            ),
            (
                "past the end",
                version(&[(0, 99)], &[]),
                "paragraph 0 at bytes 0..99 is misplaced",
            ),
            (
                "empty",
                version(&[(0, 0)], &[]),
                "paragraph 0 at bytes 0..0 is misplaced",
            ),
            (
                "overlap",
                version(&[(0, 11), (7, 18)], &[]),
                "paragraph 1 at bytes 7..18 is misplaced",
            ),
            (
                "no sentence",
                version(&[(0, 11)], &[]),
                "paragraph 0 has no sentence",
            ),
            (
                "outside",
                version(&[(0, 11)], &[(12, 18, 0)]),
                "sentence 0 lies outside its paragraph",
            ),
            (
                "no paragraph",
                version(&[(0, 11)], &[(0, 11, 1)]),
                "sentence 0 lies outside its paragraph",
            ),
        ] {
            let error = Version::try_from(parts).unwrap_err().to_string();
            assert_eq!(error, format!("invalid version: a: {expected}"), "{name}");
        }
    }

    #[test]
    fn folding() {
        for (text, folded) in [
            ("plain text", "plain text"),
            ("two  spaces", "two spaces"),
            (" edges ", "edges"),
            ("line\r\nbreak\u{a0}!", "line break !"),
            ("", ""),
            (" ", ""),
        ] {
            assert_eq!(fold_white_space(text), folded, "{text:?}");
        }
    }
}
