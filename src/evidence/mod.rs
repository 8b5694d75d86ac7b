//! Log-odds that a run of sentences of one version translates a run of another.
//!
//! All evidence is in nats: the log of "these were translated from each other" against "they
//! were written independently" (Moore 2002), so a sentence left alone has log-odds 0 and the
//! sources of evidence add up. Every source is symmetric in the two versions.

use std::ops::Range;

use crate::features::Features;

mod index;
mod layout;
mod learnt;
mod length;
mod lexical;
mod translations;
mod vectors;

pub(crate) use index::Index;
use layout::Layout;
pub(crate) use learnt::Learnt;
use length::Length;
use lexical::Lexical;
use vectors::Cosines;

/// Sentences of one version in one bead at the most.
pub(crate) const MAX_RUN: usize = 4;

/// What is known about one pair of versions.
pub(crate) struct Evidence {
    length: Length,
    lexical: Lexical,
    layout: Layout,
    cosines: Option<Cosines>,
}

impl Evidence {
    /// Gathers the evidence for the pair (a, b); that from tokens only for the sentences of b
    /// that `reachable` gives for each of a.
    pub(crate) fn new(
        a: &Features,
        b: &Features,
        index: &Index,
        variance: f32,
        reachable: impl Fn(usize) -> Range<usize>,
    ) -> Self {
        Self {
            length: Length::new(a, b, variance),
            lexical: Lexical::new(a, b, index, reachable),
            layout: Layout::new(a, b),
            cosines: Cosines::new(a, b),
        }
    }

    /// Whether all of a run of sentences, the other run being empty, are furniture of the page.
    pub(crate) fn is_furniture(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        self.layout.is_furniture(a, b)
    }

    /// Log-odds in nats that the sentences `a` and `b`, runs of 1 to [`MAX_RUN`], translate each
    /// other.
    pub(crate) fn log_odds(&mut self, a: Range<usize>, b: Range<usize>) -> f32 {
        let cosines = self.cosines.as_ref().map_or(0.0, |c| c.log_odds(&a, &b));
        let words = self.lexical.log_odds(&a, &b);
        self.length.log_odds(&a, &b) + self.layout.log_odds(&a, &b) + words + cosines
    }
}
