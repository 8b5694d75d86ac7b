//! [`Losses`]: what a format could not hold.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::alignment::{Alignment, Bead};

/// Something of an alignment that a format has no room for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Loss {
    /// A null bead that is not written.
    NullBead,
    /// A moved bead that is written as null beads, since the format knows one order only.
    MovedBead,
    /// A segment without counterpart that is written as part of the bead around it.
    Hole,
    /// The mark of a bead as moved.
    MovedMark,
    /// The mark of a bead as contradicted by the pairs of versions.
    ConflictMark,
    /// The mark of a bead as confirmed.
    ConfirmedMark,
    /// The score of a bead.
    Score,
    /// A segment whose white space was folded to single spaces: line breaks, tabs.
    WhiteSpace,
    /// A field that a spreadsheet would take for a formula, and that is marked as text.
    Formula,
    /// A character that the format forbids and that is left out.
    Character,
}

impl Loss {
    /// What was lost, of one and of several: `null bead left out`, `null beads left out`.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::NullBead => ["null bead left out", "null beads left out"],
            Self::MovedBead => [
                "moved bead written as null beads",
                "moved beads written as null beads",
            ],
            Self::Hole => [
                "segment without counterpart written as part of the bead around it",
                "segments without counterpart written as part of the beads around them",
            ],
            Self::MovedMark => ["bead not marked as moved", "beads not marked as moved"],
            Self::ConflictMark => [
                "bead not marked as a conflict",
                "beads not marked as conflicts",
            ],
            Self::ConfirmedMark => [
                "bead not marked as confirmed",
                "beads not marked as confirmed",
            ],
            Self::Score => ["bead without its score", "beads without their scores"],
            Self::WhiteSpace => [
                "segment with its white space folded",
                "segments with their white space folded",
            ],
            Self::Formula => ["field marked as no formula", "fields marked as no formulas"],
            Self::Character => [
                "character left out that XML forbids",
                "characters left out that XML forbids",
            ],
        }
    }
}

/// How often something was lost, of each kind.
///
/// # Examples
///
/// ```
/// use triglyph::format::{Loss, Losses};
///
/// let mut losses = Losses::default();
/// losses.add(Loss::NullBead, 1);
/// losses.add(Loss::Character, 2);
/// losses.add(Loss::WhiteSpace, 0);
/// let told: Vec<String> = losses.told().collect();
/// assert_eq!(told, ["1 null bead left out", "2 characters left out that XML forbids"]);
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Losses(BTreeMap<Loss, usize>);

impl Losses {
    /// Counts a loss that happened so many times.
    pub fn add(&mut self, loss: Loss, times: usize) {
        if times > 0 {
            *self.0.entry(loss).or_default() += times;
        }
    }

    /// Counts the marks of an alignment that are lost.
    pub(super) fn add_marks(&mut self, alignment: &Alignment, marks: &[Loss]) {
        for &mark in marks {
            let is_marked = |bead: &&Bead| match mark {
                Loss::MovedMark => bead.moved(),
                Loss::ConflictMark => bead.conflict(),
                _ => mark == Loss::ConfirmedMark && bead.confirmed(),
            };
            self.add(mark, alignment.iter().filter(is_marked).count());
        }
    }

    /// How many times something was lost.
    #[must_use]
    pub fn count(&self, loss: Loss) -> usize {
        self.0.get(&loss).copied().unwrap_or_default()
    }

    /// Whether nothing was lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The losses in words, one at a time.
    pub fn told(&self) -> impl Iterator<Item = String> {
        (self.0.iter()).map(|(loss, &times)| {
            let [one, several] = loss.names();
            format!("{times} {}", if times == 1 { one } else { several })
        })
    }
}

impl AddAssign<&Losses> for Losses {
    fn add_assign(&mut self, other: &Self) {
        for (&loss, &times) in &other.0 {
            self.add(loss, times);
        }
    }
}
