//! [`Survey`]: what the aligner thinks of an article that is aligned already, by whomever.

use super::Aligner;
use super::beads::sentences_of;
use super::groups::Beads;
use super::score::Judge;
use crate::alignment::{Alignment, BeadEvidence};
use crate::article::Article;

/// Posterior of a link that is told at least.
const LEAST: f32 = 0.05;

/// A sentence of either version, and the probability that they are linked.
pub(crate) type SentenceLink = (usize, usize, f32);

/// What the aligner thinks of an alignment.
pub(crate) struct Survey {
    /// What each of its beads rests on, where the aligner is asked for evidence.
    pub(crate) evidence: Option<Vec<BeadEvidence>>,
    /// For each pair of versions, links of sentences and their probability, all versions heard.
    pub(crate) links: Vec<([usize; 2], Vec<SentenceLink>)>,
}

impl Aligner {
    /// Looks at an article as if it were not aligned, but for what is locked, and at the beads of an
    /// alignment of it. Code is looked at like other text.
    pub(crate) fn survey(&self, article: &Article, alignment: &Alignment) -> Survey {
        self.linked(article, self.limits.exceeded(article), |linked, _| {
            let versions = sentences_of(article, linked.features, alignment.unit());
            let beads = Beads::of_list(alignment.iter().map(|b| b.segments().to_vec()).collect());
            let judge = Judge {
                versions: &versions,
                beads: &beads,
                own: &linked.own,
                agreed: &linked.agreed,
                held: &linked.held,
                constants: &self.constants,
            };
            let evidence = linked.pairs.as_ref().map(|pairs| {
                let beads = 0..beads.len();
                beads.map(|bead| judge.evidence(bead, pairs)).collect()
            });
            let count = linked.agreed.len();
            let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
            let links = pairs.map(|[a, b]| {
                let links = linked.agreed[a][b].all();
                let links = links.filter(|(_, link)| link.p >= LEAST);
                (
                    [a, b],
                    links.map(|(row, link)| (row, link.to, link.p)).collect(),
                )
            });
            Survey {
                evidence,
                links: links.collect(),
            }
        })
    }
}
