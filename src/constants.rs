//! [`Constants`]: the few numbers of the aligner that were fitted to data.

/// The constants that matter most to the result. How far each matters, and what cross-validation
/// says of the choice:
/// `cargo run --release --all-features --example cross_validation -- ../shared/gold`.
///
/// They are public so that their choice can be repeated; an aligner in use has no need of others.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct Constants {
    /// ε: the share of the words of a translation that have no source in it, 0..1, below 1.
    pub eps: f32,
    /// s²: the variance of the length of a translation, per character; above 0. Gale and Church
    /// (1993, section 3.2) have 6.8 on parliamentary debates.
    pub variance: f32,
    /// Log prior of a sentence that is left alone, against a bead of one sentence and one.
    pub alone: f32,
    /// Log prior of each further sentence of a bead.
    pub extra: f32,
    /// Least probability of a link that holds, once all versions were heard: one wrong link joins
    /// two beads.
    pub least: f32,
}

impl Constants {
    /// The constants as they were fitted.
    pub const FITTED: Self = Self {
        eps: 0.5,
        variance: 2.5,
        alone: -1.75,
        extra: -1.5,
        least: 0.6,
    };
}

impl Default for Constants {
    fn default() -> Self {
        Self::FITTED
    }
}
