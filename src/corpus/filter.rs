//! [`Filter`] and [`Filters`]: which beads a corpus keeps, and by name why not the others.

use std::cell::OnceCell;
use std::fmt;
use std::sync::Arc;

use super::digest::{self, Digest};
use crate::alignment::{Alignment, BeadOf};
use crate::article::{Article, Segment};
use crate::features;
use crate::format::{Aligned, Mark};
use crate::lang::Lang;

/// A bead that is judged, in its article.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    bead: BeadOf<'a>,
    article: &'a Article,
    alignment: &'a Alignment,
    /// The versions that the bead has segments of.
    versions: Vec<usize>,
    texts: Vec<String>,
    words: OnceCell<Vec<String>>,
}

impl<'a> Candidate<'a> {
    /// The beads of an aligned article, in order.
    pub fn all(aligned: &'a Aligned) -> impl Iterator<Item = Self> {
        let (article, alignment) = (aligned.article(), aligned.alignment());
        alignment.beads(article).map(move |bead| {
            let segments = bead.segments().iter().enumerate();
            let versions = segments.filter(|(_, segments)| !segments.is_empty());
            let versions: Vec<usize> = versions.map(|(version, _)| version).collect();
            let texts = bead.texts();
            Self {
                bead,
                article,
                alignment,
                texts: versions.iter().map(|&v| texts[v].clone()).collect(),
                versions,
                words: OnceCell::new(),
            }
        })
    }

    /// The bead.
    #[must_use]
    pub const fn bead(&self) -> &BeadOf<'a> {
        &self.bead
    }

    /// The alignment that the bead is part of.
    #[must_use]
    pub const fn alignment(&self) -> &'a Alignment {
        self.alignment
    }

    /// Numbers of the versions that the bead has segments of.
    #[must_use]
    pub fn versions(&self) -> &[usize] {
        &self.versions
    }

    /// The languages of these versions.
    pub fn langs(&self) -> impl Iterator<Item = Lang> {
        let versions = self.article.versions();
        self.versions
            .iter()
            .map(|&version| versions[version].lang())
    }

    /// The texts of these versions, on one line each.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// What of the texts counts where they are compared, see [`digest::words`].
    pub(super) fn words(&self) -> &[String] {
        let words = || self.texts.iter().map(|text| digest::words(text)).collect();
        self.words.get_or_init(words)
    }

    /// The segments of the bead in each of its versions.
    fn segments(&self) -> impl Iterator<Item = impl Iterator<Item = &'a Segment>> {
        let unit = self.alignment.unit();
        self.versions.iter().map(move |&v| {
            let own = self.article.versions()[v].segments(unit);
            let indices = self.bead.bead().segments()[v].iter();
            indices.filter_map(|&i| own.get(i))
        })
    }
}

/// Takes beads out of a corpus.
pub trait Filter: Send + Sync {
    /// The name by which what it takes is told.
    fn name(&self) -> &'static str;

    /// Whether it takes the bead.
    fn takes(&self, candidate: &Candidate<'_>) -> bool;

    /// How it is set, in words: `score below 0.8`.
    fn told(&self) -> String;
}

/// Takes null beads: what one version only has.
#[derive(Clone, Copy, Debug)]
pub struct Null;

/// Takes beads that hold [boilerplate](Segment::boilerplate).
#[derive(Clone, Copy, Debug)]
pub struct Boilerplate;

/// Takes all beads of articles with a lower score.
#[derive(Clone, Copy, Debug)]
pub struct ArticleScore(pub f64);

/// Takes beads with a lower score.
#[derive(Clone, Copy, Debug)]
pub struct Score(pub f64);

/// Takes beads of other shapes, segments a version.
#[derive(Clone, Debug)]
pub struct Shapes(pub Vec<Vec<usize>>);

/// Takes beads that moved.
#[derive(Clone, Copy, Debug)]
pub struct Moved;

/// Takes beads a text of which has fewer words, or none with a letter or digit.
#[derive(Clone, Copy, Debug)]
pub struct Short(pub usize);

/// Takes beads a text of which has more words.
#[derive(Clone, Copy, Debug)]
pub struct Long(pub usize);

/// Takes beads whose longest text has more than so many times the characters of the shortest, ten added to
/// both: headings and names may differ much.
#[derive(Clone, Copy, Debug)]
pub struct LengthRatio(pub f64);

/// Takes beads of which fewer than two texts are in the languages of their versions: what was left
/// untranslated in one of three versions is still translated in the two others.
#[derive(Clone, Copy, Debug)]
pub struct Language;

/// Takes beads whose texts are all the same but for white space, marks and capitals.
#[derive(Clone, Copy, Debug)]
pub struct Copied;

/// Takes beads two texts of which have numbers, but none in common.
#[derive(Clone, Copy, Debug)]
pub struct Numbers;

impl Filter for Null {
    fn name(&self) -> &'static str {
        "null"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        candidate.bead.is_null()
    }

    fn told(&self) -> String {
        "in one version only".into()
    }
}

impl Filter for Boilerplate {
    fn name(&self) -> &'static str {
        "boilerplate"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let mut segments = candidate.segments().flatten();
        segments.any(|segment| segment.boilerplate().is_some())
    }

    fn told(&self) -> String {
        "text of the page, not of the article".into()
    }
}

impl Filter for ArticleScore {
    fn name(&self) -> &'static str {
        "article-score"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        candidate.alignment.score() < self.0
    }

    fn told(&self) -> String {
        format!("score of the article below {}", self.0)
    }
}

impl Filter for Score {
    fn name(&self) -> &'static str {
        "score"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        candidate.bead.score() < self.0
    }

    fn told(&self) -> String {
        format!("score below {}", self.0)
    }
}

impl Filter for Shapes {
    fn name(&self) -> &'static str {
        "shape"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let segments = candidate.bead.segments().iter();
        let shape: Vec<usize> = segments.map(Vec::len).collect();
        !self.0.contains(&shape)
    }

    fn told(&self) -> String {
        let shape = |shape: &Vec<usize>| {
            let counts: Vec<String> = shape.iter().map(usize::to_string).collect();
            counts.join(":")
        };
        let shapes: Vec<String> = self.0.iter().map(shape).collect();
        format!("of another shape than {}", shapes.join(", "))
    }
}

impl Filter for Moved {
    fn name(&self) -> &'static str {
        "moved"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        candidate.bead.moved()
    }

    fn told(&self) -> String {
        "elsewhere in another version".into()
    }
}

impl Filter for Short {
    fn name(&self) -> &'static str {
        "short"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        candidate.texts.iter().any(|text| {
            let words = text.split_whitespace();
            let words = words.filter(|word| word.contains(char::is_alphanumeric));
            words.take(self.0).count() < self.0
        })
    }

    fn told(&self) -> String {
        format!("fewer than {} words in a version", self.0)
    }
}

impl Filter for Long {
    fn name(&self) -> &'static str {
        "long"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let mut texts = candidate.texts.iter();
        texts.any(|text| text.split_whitespace().count() > self.0)
    }

    fn told(&self) -> String {
        format!("more than {} words in a version", self.0)
    }
}

impl Filter for LengthRatio {
    fn name(&self) -> &'static str {
        "length-ratio"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let lengths = candidate.texts.iter().map(|text| text.chars().count() + 10);
        let (least, most) = lengths.fold((usize::MAX, 0), |(least, most), length| {
            (least.min(length), most.max(length))
        });
        most as f64 > least as f64 * self.0
    }

    fn told(&self) -> String {
        format!("one text more than {} times as long as another", self.0)
    }
}

impl Filter for Language {
    fn name(&self) -> &'static str {
        "language"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let own = candidate.segments().filter_map(|mut segments| {
            segments
                .all(|segment| segment.lang().is_none())
                .then_some(())
        });
        own.count() < 2.min(candidate.versions.len())
    }

    fn told(&self) -> String {
        "fewer than two texts in the languages of their versions".into()
    }
}

impl Filter for Copied {
    fn name(&self) -> &'static str {
        "copy"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        match candidate.words() {
            [first, others @ ..] => !others.is_empty() && others.iter().all(|text| text == first),
            [] => false,
        }
    }

    fn told(&self) -> String {
        "the same text in all versions".into()
    }
}

impl Filter for Numbers {
    fn name(&self) -> &'static str {
        "numbers"
    }

    fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let numbers: Vec<Vec<String>> = (candidate.langs().zip(&candidate.texts))
            .map(|(lang, text)| features::numbers(text, lang))
            .filter(|numbers| !numbers.is_empty())
            .collect();
        let apart = |(b, later): (usize, &Vec<String>)| {
            let mut earlier = numbers[..b].iter();
            earlier.any(|earlier| !later.iter().any(|number| earlier.contains(number)))
        };
        numbers.iter().enumerate().any(apart)
    }

    fn told(&self) -> String {
        "numbers in two texts, and none in common".into()
    }
}

/// Filters, one behind the other: a bead is told by the first that takes it.
///
/// # Examples
///
/// ```
/// use triglyph::corpus::{Candidate, Filters, Moved, Score};
/// use triglyph::format::Aligned;
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["A dog barks.\n\nIt rains.", "Ein Hund bellt."])?;
/// let alignment = Aligner::new().align(&article);
/// let aligned = Aligned::new("dog", article, alignment)?;
///
/// let filters = Filters::default().with(Score(0.5)).with(Moved);
/// let taken: Vec<_> = Candidate::all(&aligned).map(|bead| filters.first(&bead)).collect();
/// assert_eq!(taken, [None, Some("null")]);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone)]
pub struct Filters(Vec<Arc<dyn Filter>>);

impl fmt::Debug for Filters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

impl Default for Filters {
    /// What is most likely right and worth keeping: no null beads, no boilerplate, beads scored at least 0.8 of
    /// articles scored at least 0.2, of 1 to 1000 words a version, no more than 3 times as long in one as in
    /// another, in the languages of their versions, and no copies.
    ///
    /// On the noisy dev gold, 99 % of the 1:1:1 beads that are kept are right, and 94 % of the right ones are
    /// kept; `cargo run --release --all-features --example filters -- GOLD…` has the table.
    fn default() -> Self {
        Self::none()
            .with(Null)
            .with(Boilerplate)
            .with(ArticleScore(0.2))
            .with(Score(0.8))
            .with(Short(1))
            .with(Long(1000))
            .with(LengthRatio(3.0))
            .with(Language)
            .with(Copied)
    }
}

impl Filters {
    /// No filter: every bead is kept.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds a filter behind the others, or in the place of one of its name.
    #[must_use]
    pub fn with(mut self, filter: impl Filter + 'static) -> Self {
        let filter: Arc<dyn Filter> = Arc::new(filter);
        match self
            .0
            .iter_mut()
            .find(|other| other.name() == filter.name())
        {
            Some(other) => *other = filter,
            None => self.0.push(filter),
        }
        self
    }

    /// Removes the filter of this name, if there is one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|filter| filter.name() != name);
        self
    }

    /// The names of the filters, in order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.iter().map(|filter| filter.name())
    }

    /// How each filter is set, in words.
    pub fn told(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.0.iter().map(|filter| (filter.name(), filter.told()))
    }

    /// The first filter that takes a bead; none where it is kept.
    #[must_use]
    pub fn first(&self, candidate: &Candidate<'_>) -> Option<&'static str> {
        let first = self.0.iter().find(|filter| filter.takes(candidate));
        first.map(|filter| filter.name())
    }

    /// What a corpus knows of each bead of an article by itself: its group, its sketch, and the first filter
    /// that takes it.
    #[must_use]
    pub fn marks(&self, aligned: &Aligned) -> Vec<Mark> {
        let marks = (0..)
            .zip(Candidate::all(aligned))
            .map(|(number, candidate)| {
                let digest = Digest::of(&candidate);
                Mark {
                    number: Some(number),
                    group: Some(digest.group()),
                    filtered: self.first(&candidate).map(str::to_owned),
                    sketch: Some(digest.sketch.to_hex()),
                }
            });
        marks.collect()
    }

    /// Whether each filter takes a bead, in order.
    pub fn each(&self, candidate: &Candidate<'_>) -> impl Iterator<Item = bool> {
        self.0.iter().map(|filter| filter.takes(candidate))
    }
}
