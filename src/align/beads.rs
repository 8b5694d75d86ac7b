//! From the links of an article to its beads, and how far each can be trusted.

use super::Aligner;
use super::groups::{self, Sentences};
use super::links::Matrix;
use super::locks::Locked;
use super::pair::Pair;
use super::score::Judge;
use crate::alignment::Bead;
use crate::article::{Article, Layout, Unit, Version};
use crate::features::Features;

/// The links between all versions of an article.
pub(super) struct Linked<'a> {
    /// By version.
    pub(super) features: &'a [Features],
    /// The evidence, where it is asked what beads rest on.
    pub(super) pairs: Option<Vec<Pair<'a>>>,
    pub(super) locked: Locked<'a>,
    /// Posteriors of each pair of versions by itself.
    pub(super) own: Matrix,
    /// Posteriors with all versions heard.
    pub(super) agreed: Matrix,
    /// The links that hold.
    pub(super) held: Matrix,
}

impl Aligner {
    /// The beads of an article.
    pub(super) fn beads(&self, article: &Article, linked: Linked<'_>) -> Vec<Bead> {
        let Linked {
            features,
            pairs,
            locked,
            own,
            agreed,
            held,
        } = linked;
        let join = |unit: Unit, links: &Matrix, least: f32| {
            let versions = sentences_of(article, features, unit);
            let groups = locked.groups(&versions, unit);
            let beads = groups::join(&versions, links, least, &groups);
            (versions, beads)
        };
        let (paragraphs, beads) = join(Unit::Paragraph, &held, self.constants.join);
        let inside = match has_paragraphs(article) {
            true => groups::inside(&paragraphs, &held, &beads),
            false => held,
        };
        let (versions, beads) = match self.unit {
            Unit::Paragraph => (paragraphs, beads),
            Unit::Sentence => {
                drop((paragraphs, beads));
                join(Unit::Sentence, &inside, 0.0)
            }
        };
        let judge = Judge {
            versions: &versions,
            beads: &beads,
            own: &own,
            agreed: &agreed,
            held: &inside,
            constants: &self.constants,
        };
        let verdicts: Vec<_> = (0..beads.len())
            .map(|bead| {
                let evidence = pairs.as_ref().map(|pairs| judge.evidence(bead, pairs));
                let flags = [judge.moved(bead), judge.conflict(bead)];
                (judge.score(bead), flags, evidence)
            })
            .collect();
        (beads.into_list().into_iter().zip(verdicts))
            .map(|(segments, (score, [moved, conflict], evidence))| {
                let confirmed = locked.decides(&segments, &versions, self.unit);
                Bead {
                    segments,
                    score: if confirmed { 1.0 } else { score },
                    moved,
                    conflict: conflict && !confirmed,
                    confirmed,
                    evidence,
                }
            })
            .collect()
    }
}

/// The segments of a unit that the sentences of each version stand in.
pub(super) fn sentences_of(article: &Article, features: &[Features], unit: Unit) -> Vec<Sentences> {
    let versions = article.versions().iter().zip(features);
    versions.map(|(v, f)| sentences(v, f, unit)).collect()
}

/// The segments of a unit that the sentences of a version stand in.
fn sentences(version: &Version, features: &Features, unit: Unit) -> Sentences {
    let segments = version.segments(Unit::Sentence).iter();
    Sentences {
        segment: match unit {
            Unit::Paragraph => segments.map(|s| s.paragraph()).collect(),
            Unit::Sentence => (0..segments.len()).collect(),
        },
        chars: (features.sentences().iter())
            .map(|s| s.chars as f32)
            .collect(),
    }
}

/// Whether it is known which sentences make a paragraph: not where each was given on a line.
fn has_paragraphs(article: &Article) -> bool {
    let knows = |version: &Version| {
        let [paragraphs, sentences] =
            [Unit::Paragraph, Unit::Sentence].map(|unit| version.segments(unit).len());
        version.layout() != Layout::Lines || paragraphs < sentences
    };
    article.versions().iter().any(knows)
}
