//! [`Constants`]: the few numbers of the aligner that were fitted to data.

/// The constants that matter most to the result. How far each matters, and what cross-validation
/// says of the choice:
/// `cargo run --release --all-features --example cross_validation -- ../shared/gold`.
///
/// Each has a range that it makes sense in; out of it an aligner takes the fitted one.
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
        score: [1.01, 0.44],
        null_score: [0.49, 2.00],
    };

    /// The same, as they were fitted where they are no number or out of their range.
    pub(crate) const fn sound(self) -> Self {
        let fitted = Self::FITTED;
        Self {
            eps: within([1e-6, 1.0 - 1e-6], self.eps, fitted.eps),
            variance: within([1e-3, 1e6], self.variance, fitted.variance),
            alone: within(LOG_PRIORS, self.alone, fitted.alone),
            going_on: within(LOG_PRIORS, self.going_on, fitted.going_on),
            extra: within(LOG_PRIORS, self.extra, fitted.extra),
            temperature: within([0.0, 1.0], self.temperature, fitted.temperature),
            least: within([0.0, 1.0], self.least, fitted.least),
            join: within([0.0, 1.0], self.join, fitted.join),
            score: line(self.score, fitted.score),
            null_score: line(self.null_score, fitted.null_score),
        }
    }
}

/// Log priors that a `f64` holds the exponential of, whatever the temperature.
const LOG_PRIORS: [f32; 2] = [-100.0, 100.0];

/// A number within a range, both ends included, or else another one.
const fn within([least, most]: [f32; 2], number: f32, other: f32) -> f32 {
    // What is no number is not within any range.
    if least <= number && number <= most {
        number
    } else {
        other
    }
}

/// A slope and an intercept of numbers that are no larger than makes a difference.
const fn line([slope, intercept]: [f32; 2], other: [f32; 2]) -> [f32; 2] {
    const MOST: f32 = 1e6;
    [
        within([-MOST, MOST], slope, other[0]),
        within([-MOST, MOST], intercept, other[1]),
    ]
}

impl Default for Constants {
    fn default() -> Self {
        Self::FITTED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Article, Unit};

    /// The constants, one of which is another number.
    fn with(number: f32) -> [(&'static str, Constants); 12] {
        let set = |name, set: fn(&mut Constants, f32)| {
            let mut constants = Constants::FITTED;
            set(&mut constants, number);
            (name, constants)
        };
        [
            set("eps", |c, x| c.eps = x),
            set("variance", |c, x| c.variance = x),
            set("alone", |c, x| c.alone = x),
            set("going_on", |c, x| c.going_on = x),
            set("extra", |c, x| c.extra = x),
            set("temperature", |c, x| c.temperature = x),
            set("least", |c, x| c.least = x),
            set("join", |c, x| c.join = x),
            set("slope", |c, x| c.score[0] = x),
            set("intercept", |c, x| c.score[1] = x),
            set("null slope", |c, x| c.null_score[0] = x),
            set("null intercept", |c, x| c.null_score[1] = x),
        ]
    }

    #[test]
    fn fitted_constants_are_sound() {
        assert_eq!(Constants::FITTED.sound(), Constants::FITTED);
    }

    #[test]
    fn what_is_no_number_stays_as_fitted() {
        for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for (name, constants) in with(number) {
                assert_eq!(constants.sound(), Constants::FITTED, "{name} {number}");
            }
        }
    }

    #[test]
    fn no_constant_breaks_an_alignment() {
        let article = Article::detect([
            "In 1931 it was 40 marks. Nobody bought it.\n\nWhy? In 1952 it was 75 francs.",
            "1931 kostete es 40 Mark.\n\nWarum? 1952 kostete es 75 Franken. Das war viel.",
            "Il coûtait 40 marks en 1931.\n\nIl coûtait 75 francs en 1952. Pourquoi ?",
        ])
        .unwrap();
        let numbers = [
            f32::NAN,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::MAX,
            f32::MIN,
            f32::MIN_POSITIVE,
            -1.0,
            0.0,
            1e-3,
            1.0,
            100.0,
            -100.0,
            1e6,
            -1e6,
        ];
        for (name, constants) in numbers.into_iter().flat_map(with) {
            let aligner = Aligner::new().unit(Unit::Sentence).evidence(true);
            let alignment = aligner.constants(constants).align(&article);
            let scores: Vec<f64> = alignment.iter().map(crate::Bead::score).collect();
            let is_score = |score: &f64| (0.0..=1.0).contains(score);
            assert!(
                scores.iter().all(is_score),
                "{name}: {constants:?}, {scores:?}"
            );
        }
    }
}
