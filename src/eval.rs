//! Alignments against gold: precision, recall and F1.
//!
//! Links and units are those of the gold: a unit is a paragraph or a sentence as a person cut
//! it, a link the units of all versions that translate one another. Four things are counted:
//!
//! * **strict**: a link of two or more versions is right if exactly the same units stand in it;
//! * **pair**: pairs of units of different versions that stand in one link;
//! * **null**: units without counterpart;
//! * **lax**, for two versions: a link is right if it shares a unit of either version with a
//!   link of the other side (Thompson and Koehn 2019, section 5).
//!
//! Of the scores, [`Reliability`] tells whether they mean what they say: whether of the beads
//! scored 0.9, nine in ten are right.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use crate::alignment::Alignment;
use crate::article::Article;
use crate::error::Error;
use crate::format::Aligned;

mod outside;
#[cfg(feature = "json")]
mod read;
mod reliability;
#[cfg(feature = "json")]
mod set;
#[cfg(feature = "json")]
mod write;

pub use reliability::{Bin, Reliability};
#[cfg(feature = "json")]
pub use set::GoldSet;

/// An article with the links that a person gave it.
#[derive(Clone, Debug)]
pub struct GoldArticle {
    article: Article,
    /// Units of each version per link.
    links: Vec<Vec<Vec<usize>>>,
    /// Per version: the gold unit of each segment of the article.
    units: Vec<Vec<usize>>,
    /// Per version: the kind of noise of the units that are noise.
    noise: Vec<BTreeMap<usize, String>>,
}

/// A unit: version and number.
type UnitId = (usize, usize);

impl GoldArticle {
    /// Joins an article whose segments are the gold units with its links: per link one list of
    /// units per version.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where a link has another number of
    /// versions than the article.
    pub fn new(article: Article, links: Vec<Vec<Vec<usize>>>) -> Result<Self, Error> {
        let versions = article.versions().len();
        if let Some(link) = links.iter().position(|l| l.len() != versions) {
            let found = links[link].len();
            let reason = format!("link {link} has {found} versions, the article {versions}");
            return Err(Error::invalid("gold", reason));
        }
        Ok(Self {
            article,
            links,
            units: vec![Vec::new(); versions],
            noise: vec![BTreeMap::new(); versions],
        })
    }

    /// Takes the beads of an alignment for the links: those of a person who has looked it through.
    ///
    /// # Examples
    ///
    /// How far two people agree:
    ///
    /// ```
    /// use triglyph::eval::GoldArticle;
    /// use triglyph::format::Aligned;
    /// use triglyph::{Aligner, Article, Words};
    ///
    /// let article = Article::detect(["One cat.\n\nIn 1931.", "1931."])?;
    /// let by = |words| {
    ///     let alignment = Aligner::new().words(words).align(&article);
    ///     Aligned::new("cat", article.clone(), alignment)
    /// };
    /// let [first, second] = [by(Words::Shared)?, by(Words::Shared)?];
    /// let counts = GoldArticle::of(&first).compare(second.alignment());
    /// assert_eq!(counts.strict.f1(), 1.0);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[must_use]
    pub fn of(aligned: &Aligned) -> Self {
        let versions = aligned.article().versions().len();
        Self {
            article: aligned.article().clone(),
            links: (aligned.alignment().iter())
                .map(|bead| bead.segments().to_vec())
                .collect(),
            units: vec![Vec::new(); versions],
            noise: vec![BTreeMap::new(); versions],
        }
    }

    /// The article.
    #[must_use]
    pub const fn article(&self) -> &Article {
        &self.article
    }

    /// The links: the segments of each version per link, as indices into the article.
    ///
    /// Units that the article's segments cut otherwise are left out.
    #[must_use]
    pub fn links(&self) -> Vec<Vec<Vec<usize>>> {
        let segments: Vec<BTreeMap<usize, usize>> = (self.units.iter())
            .map(|units| units.iter().enumerate().map(|(s, &u)| (u, s)).collect())
            .collect();
        let segment = |v: usize, unit: usize| match self.units[v].is_empty() {
            true => Some(unit),
            false => segments[v].get(&unit).copied(),
        };
        let list = |(v, units): (usize, &Vec<usize>)| {
            units.iter().filter_map(|&u| segment(v, u)).collect()
        };
        let links = self.links.iter();
        links
            .map(|link| link.iter().enumerate().map(list).collect())
            .collect()
    }

    /// The gold of some of the versions, in the order given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for a version that the article does not
    /// have; whatever [`Article::new`] refuses, as less than two versions.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::Article;
    /// use triglyph::eval::GoldArticle;
    ///
    /// let article = Article::detect(["Good day.", "Bonjour à tous.", "Guten Tag."])?;
    /// let gold = GoldArticle::new(article, vec![vec![vec![0], vec![0], vec![0]]])?;
    /// let pair = gold.select(&[2, 0])?;
    /// assert_eq!(pair.links(), [[[0], [0]]]);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn select(&self, versions: &[usize]) -> Result<Self, Error> {
        let own = self.article.versions();
        if let Some(version) = versions.iter().find(|&&v| v >= own.len()) {
            let reason = format!("no version {version}, the article has {}", own.len());
            return Err(Error::invalid("gold", reason));
        }
        let links = self.links.iter().map(|link| picked(link, versions));
        Ok(Self {
            article: Article::new(picked(own, versions))?,
            links: links
                .filter(|link| link.iter().any(|l| !l.is_empty()))
                .collect(),
            units: picked(&self.units, versions),
            noise: picked(&self.noise, versions),
        })
    }

    /// Compares an alignment of this article with the gold. One of another article is wrong where it
    /// names other units.
    #[must_use]
    pub fn compare(&self, alignment: &Alignment) -> Counts {
        self.compare_links(&self.scored(alignment))
    }

    /// Which beads of an alignment of this article are right, beside their scores.
    #[must_use]
    pub fn judge(&self, alignment: &Alignment) -> Judged {
        judged(&self.scored(alignment), &self.gold())
    }

    fn gold(&self) -> Vec<Link> {
        self.links.iter().map(|l| Link::of(l)).collect()
    }

    /// The beads as links between gold units, with their scores.
    fn scored(&self, alignment: &Alignment) -> Vec<(Link, f64)> {
        (alignment.iter())
            .map(|bead| (Link::of(&self.translate(bead.segments())), bead.score()))
            .flat_map(|(link, score)| {
                let links = self.without_noise(link).into_iter();
                links.map(move |link| (link, score))
            })
            .collect()
    }

    /// The gold units of a bead's segments.
    fn translate(&self, segments: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let named = |v: usize, s: usize| self.units.get(v)?.get(s).copied();
        let unit = |v, s| named(v, s).unwrap_or(s);
        (segments.iter().enumerate())
            .map(|(v, list)| list.iter().map(|&s| unit(v, s)).collect())
            .collect()
    }

    /// A link made of noise of one kind only counts as so many units without counterpart.
    fn without_noise(&self, link: Link) -> Vec<Link> {
        let kind = |&(v, unit): &UnitId| self.noise.get(v)?.get(&unit);
        let mut kinds = link.0.iter().map(kind);
        let first = kinds.next().flatten();
        if first.is_some() && kinds.all(|kind| kind == first) {
            link.0.into_iter().map(|id| Link(vec![id])).collect()
        } else {
            vec![link]
        }
    }
}

/// The items at these places.
fn picked<T: Clone>(items: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|&place| items[place].clone()).collect()
}

/// The units of a link, in order.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Link(Vec<UnitId>);

impl Link {
    fn of(versions: &[Vec<usize>]) -> Self {
        let units = versions.iter().enumerate();
        let mut ids: Vec<UnitId> = units
            .flat_map(|(v, list)| list.iter().map(move |&u| (v, u)))
            .collect();
        ids.sort_unstable();
        Self(ids)
    }

    fn is_null(&self) -> bool {
        self.0.first().map(|id| id.0) == self.0.last().map(|id| id.0)
    }

    /// The link as a whole, where it holds two or more versions.
    fn whole(&self) -> Vec<Self> {
        if self.is_null() {
            Vec::new()
        } else {
            vec![self.clone()]
        }
    }

    fn pairs(&self) -> Vec<(UnitId, UnitId)> {
        let ids = self.0.iter().enumerate();
        ids.flat_map(|(i, &x)| self.0[i..].iter().map(move |&y| (x, y)))
            .filter(|(x, y)| x.0 != y.0)
            .collect()
    }

    /// The units without counterpart.
    fn nulls(&self) -> Vec<UnitId> {
        if self.is_null() {
            self.0.clone()
        } else {
            Vec::new()
        }
    }
}

fn strict(found: &[Link], gold: &[Link]) -> Tally {
    overlap(found, gold, Link::whole)
}

/// Scores, and whether what they stand for is right.
#[derive(Clone, PartialEq, Debug, Default)]
#[non_exhaustive]
pub struct Judged {
    /// Of beads of two or more versions; right are those whose units are exactly those of a link of
    /// the gold.
    pub beads: Vec<(f64, bool)>,
    /// Of the units that stand in null beads; right are those without counterpart in the gold.
    pub nulls: Vec<(f64, bool)>,
}

fn judged(scored: &[(Link, f64)], gold: &[Link]) -> Judged {
    Judged {
        beads: right(scored, gold, Link::whole),
        nulls: right(scored, gold, Link::nulls),
    }
}

/// The scores of the items found; right is an item that the gold has too.
fn right<T: Ord>(
    scored: &[(Link, f64)],
    gold: &[Link],
    items: impl Fn(&Link) -> Vec<T>,
) -> Vec<(f64, bool)> {
    let gold: BTreeSet<T> = gold.iter().flat_map(&items).collect();
    let judge = |(link, score): &(Link, f64)| {
        let items = items(link).into_iter();
        let judged = items.map(|item| (*score, gold.contains(&item)));
        judged.collect::<Vec<_>>()
    };
    scored.iter().flat_map(judge).collect()
}

/// Counts the items of both sides, and those on both.
fn overlap<T: Ord>(found: &[Link], gold: &[Link], items: impl Fn(&Link) -> Vec<T>) -> Tally {
    let found: BTreeSet<T> = found.iter().flat_map(&items).collect();
    let gold: BTreeSet<T> = gold.iter().flat_map(&items).collect();
    let right = found.intersection(&gold).count();
    Tally {
        right_found: right,
        found: found.len(),
        right_gold: right,
        gold: gold.len(),
    }
}

fn lax(found: &[Link], gold: &[Link]) -> Tally {
    let found: Vec<&Link> = found.iter().filter(|l| !l.is_null()).collect();
    let gold: Vec<&Link> = gold.iter().filter(|l| !l.is_null()).collect();
    let right = |these: &[&Link], those: &[&Link]| {
        let pairs: BTreeSet<_> = those.iter().flat_map(|l| l.pairs()).collect();
        let shares = |l: &&&Link| l.pairs().iter().any(|p| pairs.contains(p));
        these.iter().filter(shares).count()
    };
    Tally {
        right_found: right(&found, &gold),
        found: found.len(),
        right_gold: right(&gold, &found),
        gold: gold.len(),
    }
}

/// How many of the things found are right, and how many of the gold's were found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    right_found: usize,
    found: usize,
    right_gold: usize,
    gold: usize,
}

impl Tally {
    /// Share of what was found that is right; 1 where nothing was found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right_found, self.found)
    }

    /// Share of the gold that was found; 1 where there is none.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right_gold, self.gold)
    }

    /// Harmonic mean of precision and recall; 0 where both are.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            right_found: self.right_found + other.right_found,
            found: self.found + other.found,
            right_gold: self.right_gold + other.right_gold,
            gold: self.gold + other.gold,
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Tally {
    /// Writes `{"precision": …, "recall": …, "f1": …}`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Tally", 3)?;
        fields.serialize_field("precision", &self.precision())?;
        fields.serialize_field("recall", &self.recall())?;
        fields.serialize_field("f1", &self.f1())?;
        fields.end()
    }
}

/// What was counted over some articles; counts add up.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Counts {
    /// Articles counted.
    pub articles: usize,
    /// Links of two or more versions that agree in all units.
    pub strict: Tally,
    /// Pairs of units of different versions in one link.
    pub pair: Tally,
    /// Units without counterpart.
    pub null: Tally,
    /// Links that share a pair of units; for articles of two versions only.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub lax: Option<Tally>,
    /// Scores of the beads of two or more versions; right is what `strict` counts as right.
    pub reliability: Reliability,
    /// Scores of the units without counterpart, each that of its bead; right is what `null` counts
    /// as right.
    pub null_reliability: Reliability,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.strict = self.strict + other.strict;
        self.pair = self.pair + other.pair;
        self.null = self.null + other.null;
        self.lax = match (self.lax, other.lax) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        self.reliability += other.reliability;
        self.null_reliability += other.null_reliability;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, c| {
            sum += c;
            sum
        })
    }
}
