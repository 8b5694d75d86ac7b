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
    /// Log prior of a sentence that is left alone, the one before it being linked, against a bead of
    /// one sentence and one; it is learnt from the article, beginning here.
    pub alone: f32,
    /// Log prior of a sentence that is left alone as is the one before it; it is learnt from the article,
    /// beginning here.
    pub going_on: f32,
    /// Log prior of each further sentence of a bead; it is learnt from the article, beginning here.
    pub extra: f32,
    /// τ: how far evidence is to be believed, for it counts words as independent, which they are
    /// not; 0..1.
    pub temperature: f32,
    /// Least posterior of the links of a bead of sentences. Below ½, for a bead that lacks a sentence
    /// is as wrong as one with a sentence too many, and the threshold that is best for F1 is half of
    /// the F1 that can be had (Lipton et al. 2014).
    pub least: f32,
    /// Least posterior of the link that joins two paragraphs: one wrong link joins two beads.
    pub join: f32,
    /// Slope and intercept of the map from posteriors to the scores of beads of two or more versions.
    pub score: [f32; 2],
    /// Slope and intercept of the map from posteriors to the scores of null beads.
    pub null_score: [f32; 2],
}

impl Constants {
    /// The constants as they were fitted.
    pub const FITTED: Self = Self {
        eps: 0.4,
        variance: 3.0,
        alone: -3.0,
        going_on: -1.0,
        extra: -2.0,
        temperature: 0.4,
        least: 0.4,
        join: 0.5,
        score: [0.98, 0.50],
        null_score: [0.51, 1.95],
    };
}

impl Default for Constants {
    fn default() -> Self {
        Self::FITTED
    }
}
