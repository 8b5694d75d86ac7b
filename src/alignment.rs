//! [`Alignment`] and [`Bead`]: which segments translate which, as indices.

use std::fmt;
use std::ops::Deref;

use crate::article::{Article, Unit, fold_white_space};
use crate::error::Error;

mod evidence;
mod simplified;

pub use evidence::{BeadEvidence, PairEvidence, RunnerUp};
pub use simplified::{Fallback, Simplified};

/// Segments of several versions that translate one another, or segments of one version that
/// have no counterpart (a null bead).
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bead {
    pub(crate) segments: Vec<Vec<usize>>,
    pub(crate) score: f64,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    pub(crate) moved: bool,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    pub(crate) conflict: bool,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    pub(crate) confirmed: bool,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) evidence: Option<BeadEvidence>,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Bead {
    /// Indices of the segments, one rising list per version of the article.
    #[must_use]
    pub fn segments(&self) -> &[Vec<usize>] {
        &self.segments
    }

    /// How far the bead can be trusted, 0..1, higher is better.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// Whether the bead stands in another order than its neighbours in one of the versions.
    #[must_use]
    pub const fn moved(&self) -> bool {
        self.moved
    }

    /// Whether the pairs of versions contradict each other about this bead.
    #[must_use]
    pub const fn conflict(&self) -> bool {
        self.conflict
    }

    /// Whether a person, or whoever [locked](crate::Article::with_locks) it, has decided that its segments
    /// stand together and no others with them.
    #[must_use]
    pub const fn confirmed(&self) -> bool {
        self.confirmed
    }

    /// The names of what is true of the bead: `moved`, `conflict`, `confirmed`.
    pub(crate) fn flags(&self) -> impl Iterator<Item = &'static str> {
        let flags = [
            (self.moved, "moved"),
            (self.conflict, "conflict"),
            (self.confirmed, "confirmed"),
        ];
        let holding = flags.into_iter().filter(|(holds, _)| *holds);
        holding.map(|(_, name)| name)
    }

    /// What the bead rests on, where [`Aligner::evidence`](crate::Aligner::evidence) asked for it.
    #[must_use]
    pub const fn evidence(&self) -> Option<&BeadEvidence> {
        self.evidence.as_ref()
    }

    /// Whether only one version has segments in this bead.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.segments.iter().filter(|s| !s.is_empty()).count() < 2
    }

    /// The number of segments per version, displayed as `1:2:1`.
    #[must_use]
    pub const fn shape(&self) -> Shape<'_> {
        Shape(self)
    }

    /// The first version that has segments in this bead, and the first of those.
    fn head(&self) -> Option<(usize, usize)> {
        (self.segments.iter().enumerate()).find_map(|(v, s)| s.first().map(|&first| (v, first)))
    }
}

/// The number of segments of a [`Bead`] per version, displayed as `1:2:1`.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a>(&'a Bead);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (v, segments) in self.0.segments.iter().enumerate() {
            let colon = if v == 0 { "" } else { ":" };
            write!(f, "{colon}{}", segments.len())?;
        }
        Ok(())
    }
}

/// The alignment of an article: beads over all its versions.
///
/// Every segment of every version stands in exactly one bead. Beads follow the order of the
/// first version; a bead without it stands after the bead of its predecessor in its own first
/// version, or before all others where it has none.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Parts", into = "Parts"))]
pub struct Alignment {
    unit: Unit,
    score: f64,
    beads: Vec<Bead>,
    simplified: Vec<Simplified>,
}

/// The fields of an [`Alignment`] before they are checked.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Parts {
    unit: Unit,
    beads: Vec<Bead>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    simplified: Vec<Simplified>,
}

#[cfg(feature = "serde")]
impl TryFrom<Parts> for Alignment {
    type Error = Error;

    fn try_from(parts: Parts) -> Result<Self, Error> {
        let versions = parts.beads.first().map_or(0, |b| b.segments.len());
        for simplified in &parts.simplified {
            (simplified.check(versions)).map_err(|e| Error::invalid("alignment", e))?;
        }
        let alignment = Self::new(parts.unit, parts.beads)?;
        Ok(alignment.with_simplified(parts.simplified))
    }
}

#[cfg(feature = "serde")]
impl From<Alignment> for Parts {
    fn from(alignment: Alignment) -> Self {
        Self {
            unit: alignment.unit,
            beads: alignment.beads,
            simplified: alignment.simplified,
        }
    }
}

impl Alignment {
    /// Checks the beads, puts them in order and sums up their scores.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where beads have different numbers of
    /// versions, a bead is empty, a score lies outside 0..1, the segments of a version do not
    /// stand in exactly one bead each, without a hole in their numbers, or evidence does not fit its
    /// bead.
    pub(crate) fn new(unit: Unit, mut beads: Vec<Bead>) -> Result<Self, Error> {
        let versions = beads.first().map_or(0, |b| b.segments.len());
        let owners = owners(&beads, versions).map_err(|e| Error::invalid("alignment", e))?;
        let segments: Vec<usize> = owners.iter().map(Vec::len).collect();
        for (b, bead) in beads.iter().enumerate() {
            if let Some(evidence) = &bead.evidence {
                (evidence.check(bead, &segments))
                    .map_err(|e| Error::invalid("alignment", format!("bead {b} has {e}")))?;
            }
        }
        order(&mut beads, &owners);
        let (mut sum, mut count) = (0.0, 0.0);
        for bead in &beads {
            let segments = bead.segments.iter().map(Vec::len).sum::<usize>() as f64;
            if !bead.is_null() {
                sum += bead.score * segments;
            }
            count += segments;
        }
        let score = if count > 0.0 { sum / count } else { 0.0 };
        let simplified = Vec::new();
        Ok(Self {
            unit,
            score,
            beads,
            simplified,
        })
    }

    /// The same under the score that a file tells with four decimals, whose beads have theirs rounded
    /// too; under its own where that is the same in four decimals, or quite another.
    pub(crate) fn with_score(mut self, told: f64) -> Self {
        let off = (told - self.score).abs();
        if (0.51e-4..1e-3).contains(&off) && (0.0..=1.0).contains(&told) {
            self.score = told;
        }
        self
    }

    /// The same, and what of it was aligned more simply.
    pub(crate) fn with_simplified(mut self, simplified: Vec<Simplified>) -> Self {
        self.simplified = simplified;
        self
    }

    /// Checks that the alignment is one of this article: of as many versions, with as many segments.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where it is not.
    pub(crate) fn fits(&self, article: &Article) -> Result<(), Error> {
        let versions = article.versions();
        let no_fit = |reason: String| Err(Error::invalid("alignment", reason));
        let found = self.beads.first().map_or(0, |bead| bead.segments.len());
        if found != versions.len() {
            let expected = versions.len();
            return no_fit(format!("beads of {found} versions, expected {expected}"));
        }
        for (v, version) in versions.iter().enumerate() {
            let found: usize = self.beads.iter().map(|bead| bead.segments[v].len()).sum();
            let expected = version.segments(self.unit).len();
            if found != expected {
                let name = version.name();
                return no_fit(format!(
                    "beads of {found} segments of {name}, which has {expected}"
                ));
            }
        }
        Ok(())
    }

    /// What the indices of the beads count.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// The expected share of the segments that are rightly linked, 0..1: the mean over all of the
    /// score of the bead that each stands in, 0 for null beads. Of versions that are not parallel, it
    /// is near 0.
    #[must_use]
    pub const fn score(&self) -> f64 {
        self.score
    }

    /// What was aligned more simply than the rest, beyond the [`Limits`](crate::Limits) of the aligner:
    /// too many characters first, then too many sentences, then too much work. Empty where all was
    /// aligned as it should be.
    #[must_use]
    pub fn simplified(&self) -> &[Simplified] {
        &self.simplified
    }

    /// The beads as indices, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Bead> {
        self.beads.iter()
    }

    /// The beads with their texts, in order; `article` is the one that was aligned.
    pub fn beads<'a>(&'a self, article: &'a Article) -> impl Iterator<Item = BeadOf<'a>> {
        let unit = self.unit;
        (self.beads.iter()).map(move |bead| BeadOf {
            bead,
            article,
            unit,
        })
    }
}

impl<'a> IntoIterator for &'a Alignment {
    type Item = &'a Bead;
    type IntoIter = std::slice::Iter<'a, Bead>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A [`Bead`] together with the article whose segments it joins.
#[derive(Clone, Copy, Debug)]
pub struct BeadOf<'a> {
    bead: &'a Bead,
    article: &'a Article,
    unit: Unit,
}

impl<'a> BeadOf<'a> {
    /// The bead as indices.
    #[must_use]
    pub const fn bead(&self) -> &'a Bead {
        self.bead
    }

    /// The texts of the bead's segments in a version, in order, as they stand there; none for a
    /// version that the article does not have.
    pub fn segments_of(&self, version: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let unit = self.unit;
        let own = self.article.versions().get(version);
        let indices = self.bead.segments.get(version);
        (own.zip(indices).into_iter()).flat_map(move |(own, indices)| {
            let segments = indices
                .iter()
                .filter_map(move |&i| own.segments(unit).get(i));
            segments.map(|segment| own.text_of(segment))
        })
    }

    /// The text of the bead in each version, on one line: white space folded, several segments
    /// joined by a space, empty where the version has no segment.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let folded = |version| {
            let texts: Vec<_> = self.segments_of(version).map(fold_white_space).collect();
            texts.join(" ")
        };
        let versions = self.article.versions().len();
        (0..versions.min(self.bead.segments.len()))
            .map(folded)
            .collect()
    }
}

impl Deref for BeadOf<'_> {
    type Target = Bead;

    fn deref(&self) -> &Bead {
        self.bead
    }
}

/// The bead of each segment, per version; an error where there is not exactly one.
fn owners(beads: &[Bead], versions: usize) -> Result<Vec<Vec<usize>>, String> {
    let mut owners = vec![Vec::new(); versions];
    for (b, bead) in beads.iter().enumerate() {
        if bead.segments.len() != versions {
            let found = bead.segments.len();
            return Err(format!(
                "bead {b} has {found} versions, expected {versions}"
            ));
        }
        if !(0.0..=1.0).contains(&bead.score) {
            return Err(format!(
                "bead {b} has a score of {}, expected 0..1",
                bead.score
            ));
        }
        if bead.head().is_none() {
            return Err(format!("bead {b} has no segment"));
        }
        for (v, segments) in bead.segments.iter().enumerate() {
            if !segments.is_sorted_by(|a, b| a < b) {
                return Err(format!("bead {b} has unsorted segments in version {v}"));
            }
            owners[v].extend(segments.iter().map(|&s| (s, b)));
        }
    }
    let dense = |(v, mut list): (usize, Vec<(usize, usize)>)| {
        list.sort_unstable();
        match list.iter().enumerate().find(|(i, (s, _))| i != s) {
            Some((i, (s, _))) if i > *s => Err(format!("segment {s} of version {v} stands twice")),
            Some((i, _)) => Err(format!("segment {i} of version {v} stands in no bead")),
            None => Ok(list.into_iter().map(|(_, b)| b).collect()),
        }
    };
    owners.into_iter().enumerate().map(dense).collect()
}

/// Sorts the beads as [`Alignment`] promises; `owners` names the bead of every segment.
///
/// The beads form a forest: a bead without the first version hangs below the bead of its
/// predecessor. The order is that of a walk from the top, each bead before those below it.
fn order(beads: &mut Vec<Bead>, owners: &[Vec<usize>]) {
    let heads: Vec<_> = beads.iter().map(|b| b.head().unwrap_or_default()).collect();
    let mut ranks: Vec<usize> = (0..beads.len()).collect();
    ranks.sort_unstable_by_key(|&b| heads[b]);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); beads.len()];
    let (mut front, mut tops) = (Vec::new(), Vec::new());
    for &b in &ranks {
        match heads[b] {
            (0, _) => tops.push(b),
            (_, 0) => front.push(b),
            (v, s) => below[owners[v][s - 1]].push(b),
        }
    }
    front.append(&mut tops);
    let mut stack: Vec<usize> = front.into_iter().rev().collect();
    let mut slots: Vec<Option<Bead>> = beads.drain(..).map(Some).collect();
    while let Some(b) = stack.pop() {
        beads.extend(slots[b].take());
        stack.extend(below[b].iter().rev());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(segments: &[&[usize]]) -> Bead {
        Bead {
            segments: segments.iter().map(|s| s.to_vec()).collect(),
            score: 0.5,
            moved: false,
            conflict: false,
            confirmed: false,
            evidence: None,
        }
    }

    #[test]
    fn beads_are_ordered() {
        let sorted = [
            bead(&[&[], &[0], &[]]),
            bead(&[&[], &[1], &[0]]),
            bead(&[&[0], &[2], &[]]),
            bead(&[&[], &[3], &[]]),
            bead(&[&[], &[4], &[2]]),
            bead(&[&[1, 2], &[], &[3]]),
            bead(&[&[], &[], &[4]]),
            bead(&[&[3], &[5], &[1]]),
        ];
        let mut given = sorted.to_vec();
        given.reverse();
        given.swap(1, 5);
        let alignment = Alignment::new(Unit::Paragraph, given).unwrap();
        let shapes: Vec<_> = alignment.iter().map(|b| b.segments.clone()).collect();
        let expected: Vec<_> = sorted.iter().map(|b| b.segments.clone()).collect();
        assert_eq!(shapes, expected);
    }

    #[test]
    fn unsound_alignments() {
        for (name, beads, expected) in [
            (
                "twice",
                vec![bead(&[&[0], &[0]]), bead(&[&[0], &[]])],
                "segment 0 of version 0 stands twice",
            ),
            (
                "hole",
                vec![bead(&[&[0], &[1]])],
                "segment 0 of version 1 stands in no bead",
            ),
            ("empty", vec![bead(&[&[], &[]])], "bead 0 has no segment"),
            (
                "unsorted",
                vec![bead(&[&[1, 0], &[]])],
                "bead 0 has unsorted segments in version 0",
            ),
            (
                "versions",
                vec![bead(&[&[0]]), bead(&[&[1], &[]])],
                "bead 1 has 2 versions, expected 1",
            ),
        ] {
            let error = Alignment::new(Unit::Paragraph, beads)
                .unwrap_err()
                .to_string();
            assert_eq!(error, format!("invalid alignment: {expected}"), "{name}");
        }
    }

    #[test]
    fn shape() {
        assert_eq!(bead(&[&[0], &[1, 2], &[]]).shape().to_string(), "1:2:0");
    }
}
