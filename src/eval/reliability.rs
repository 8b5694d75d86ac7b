//! [`Reliability`]: whether scores mean what they say.

use std::ops::{Add, AddAssign};

/// How often what is scored 0.9 is right, and so on for all scores: counts, which add up.
///
/// Scores are dealt out to ten bins of equal width: 0 to below 0.1, and so on; 0.9 to 1, which
/// holds 1 itself. Where scores are probabilities, the share that is right in a bin is its mean
/// score.
///
/// # Examples
///
/// ```
/// use triglyph::eval::Reliability;
///
/// let scored = [(0.97, true), (0.97, false), (0.2, false)];
/// let reliability: Reliability = scored.into_iter().collect();
/// assert_eq!(reliability.bins()[9].count(), 2);
/// assert_eq!(reliability.bins()[9].share_right(), Some(0.5));
/// // Two thirds are off by 0.97 − 0.5, one third by 0.2.
/// assert!((reliability.calibration_error().unwrap() - 0.38).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Reliability {
    bins: [Bin; Self::BINS],
    sure: Bin,
    /// Sum of the squared differences between score and truth.
    squares: f64,
}

impl Reliability {
    /// The number of bins.
    pub const BINS: usize = 10;

    /// The score from which on something counts as sure.
    pub const SURE: f64 = 0.95;

    /// The bins, from the lowest scores to the highest.
    #[must_use]
    pub const fn bins(&self) -> &[Bin; Self::BINS] {
        &self.bins
    }

    /// All bins together.
    #[must_use]
    pub fn all(&self) -> Bin {
        let bins = self.bins.iter();
        bins.fold(Bin::default(), |sum, &bin| sum + bin)
    }

    /// What is scored [`SURE`](Self::SURE) or more; a part of the last bin.
    #[must_use]
    pub const fn sure(&self) -> Bin {
        self.sure
    }

    /// The expected calibration error: how far the mean score of a bin is from the share that is
    /// right, 0..1, the mean over what was counted. Lower is better; nothing where nothing was
    /// counted.
    #[must_use]
    pub fn calibration_error(&self) -> Option<f64> {
        // n · |mean score − share right| of a bin is the difference of its sums.
        let off = |bin: &Bin| (bin.scores - bin.right as f64).abs();
        mean(self.bins.iter().map(off).sum(), self.all().count)
    }

    /// The Brier score: the mean of (score − truth)², where truth is 1 for what is right and 0
    /// else, 0..1. Lower is better; nothing where nothing was counted.
    #[must_use]
    pub fn brier(&self) -> Option<f64> {
        mean(self.squares, self.all().count)
    }
}

impl Extend<(f64, bool)> for Reliability {
    /// Counts scores, 0..1, and whether what has them is right.
    fn extend<I: IntoIterator<Item = (f64, bool)>>(&mut self, scored: I) {
        for (score, right) in scored {
            let bin = (score * Self::BINS as f64) as usize;
            self.bins[bin.min(Self::BINS - 1)].push(score, right);
            if score >= Self::SURE {
                self.sure.push(score, right);
            }
            let truth = f64::from(u8::from(right));
            self.squares += (score - truth).powi(2);
        }
    }
}

impl FromIterator<(f64, bool)> for Reliability {
    fn from_iter<I: IntoIterator<Item = (f64, bool)>>(scored: I) -> Self {
        let mut reliability = Self::default();
        reliability.extend(scored);
        reliability
    }
}

impl AddAssign for Reliability {
    fn add_assign(&mut self, other: Self) {
        let bins = self.bins.iter_mut().zip(other.bins);
        bins.for_each(|(bin, other)| *bin = *bin + other);
        self.sure = self.sure + other.sure;
        self.squares += other.squares;
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Reliability {
    /// Writes `{"count": …, "calibration_error": …, "brier": …, "sure": BIN, "bins": [BIN, …]}`,
    /// each bin as [`Bin`] is written; `null` for the mean of nothing.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Reliability", 5)?;
        fields.serialize_field("count", &self.all().count)?;
        fields.serialize_field("calibration_error", &self.calibration_error())?;
        fields.serialize_field("brier", &self.brier())?;
        fields.serialize_field("sure", &self.sure)?;
        fields.serialize_field("bins", &self.bins)?;
        fields.end()
    }
}

/// What has a score in some range: how much, how it was scored, and how much of it is right.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Bin {
    count: usize,
    right: usize,
    /// Sum of the scores.
    scores: f64,
}

impl Bin {
    /// How much there is.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The mean score, 0..1; nothing for an empty bin.
    #[must_use]
    pub fn mean_score(&self) -> Option<f64> {
        mean(self.scores, self.count)
    }

    /// The share that is right, 0..1; nothing for an empty bin.
    #[must_use]
    pub fn share_right(&self) -> Option<f64> {
        mean(self.right as f64, self.count)
    }

    fn push(&mut self, score: f64, right: bool) {
        self.count += 1;
        self.right += usize::from(right);
        self.scores += score;
    }
}

impl Add for Bin {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            right: self.right + other.right,
            scores: self.scores + other.scores,
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Bin {
    /// Writes `{"count": …, "mean_score": …, "share_right": …}`.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Bin", 3)?;
        fields.serialize_field("count", &self.count)?;
        fields.serialize_field("mean_score", &self.mean_score())?;
        fields.serialize_field("share_right", &self.share_right())?;
        fields.end()
    }
}

fn mean(sum: f64, count: usize) -> Option<f64> {
    (count > 0).then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many of one score, of which so many are right.
    fn scored(score: f64, count: usize, right: usize) -> impl Iterator<Item = (f64, bool)> {
        (0..count).map(move |i| (score, i < right))
    }

    fn close(found: Option<f64>, expected: Option<f64>) -> bool {
        match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
            (found, expected) => found == expected,
        }
    }

    #[test]
    fn calibration() {
        // Per case: calibration error, Brier score, how many are sure, share of those right.
        for (name, groups, expected) in [
            ("empty", &[][..], (None, None, 0, None)),
            (
                "perfectly calibrated",
                &[(0.25, 4, 1), (0.75, 4, 3), (1.0, 2, 2)],
                (Some(0.0), Some(0.15), 2, Some(1.0)),
            ),
            (
                "over-confident",
                &[(0.95, 10, 5)],
                (Some(0.45), Some(0.4525), 10, Some(0.5)),
            ),
            (
                "under-confident",
                &[(0.25, 4, 4)],
                (Some(0.75), Some(0.5625), 0, None),
            ),
            (
                "always wrong",
                &[(1.0, 3, 0)],
                (Some(1.0), Some(1.0), 3, Some(0.0)),
            ),
            // Too high in one bin and too low in another do not make up for each other.
            (
                "both",
                &[(0.5, 2, 2), (0.6, 2, 0)],
                (Some(0.55), Some(0.305), 0, None),
            ),
            // In one bin they do.
            (
                "mixed",
                &[(0.5, 1, 1), (0.5, 1, 0)],
                (Some(0.0), Some(0.25), 0, None),
            ),
        ] {
            let groups = groups.iter();
            let found: Reliability = groups
                .flat_map(|&(s, n, right)| scored(s, n, right))
                .collect();
            let (error, brier, sure, right) = expected;
            assert!(close(found.calibration_error(), error), "{name}: {found:?}");
            assert!(close(found.brier(), brier), "{name}: {found:?}");
            assert_eq!(found.sure().count(), sure, "{name}");
            assert!(
                close(found.sure().share_right(), right),
                "{name}: {found:?}"
            );
        }
    }

    #[test]
    fn bins() {
        for (score, bin, sure) in [
            (0.0, 0, 0),
            (0.099, 0, 0),
            (0.1, 1, 0),
            (0.3, 3, 0),
            (0.7, 7, 0),
            (0.899, 8, 0),
            (0.9, 9, 0),
            (0.9499, 9, 0),
            (0.95, 9, 1),
            (1.0, 9, 1),
        ] {
            let found: Reliability = scored(score, 1, 1).collect();
            let counts: Vec<usize> = found.bins().iter().map(Bin::count).collect();
            let expected: Vec<usize> = (0..10).map(|i| usize::from(i == bin)).collect();
            assert_eq!(counts, expected, "{score}");
            assert_eq!(found.sure().count(), sure, "{score}");
            assert_eq!(found.bins()[bin].mean_score(), Some(score));
            assert_eq!(found.bins()[9 - bin].mean_score(), None, "{score}");
        }
    }

    #[test]
    fn counts_add_up() {
        let [one, two] = [(0.25, 4, 1), (1.0, 3, 2)].map(|(s, n, right)| scored(s, n, right));
        let together: Reliability = one.chain(two).collect();
        let mut sum: Reliability = scored(0.25, 4, 1).collect();
        sum += scored(1.0, 3, 2).collect();
        assert_eq!(sum, together);
        assert_eq!(sum.all().count(), 7);
        assert_eq!(sum.all().share_right(), Some(3.0 / 7.0));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn written() {
        let scored: Reliability = scored(1.0, 2, 1).collect();
        let empty = serde_json::json!({"count": 0, "mean_score": null, "share_right": null});
        let last = serde_json::json!({"count": 2, "mean_score": 1.0, "share_right": 0.5});
        let mut bins = vec![empty; 9];
        bins.push(last.clone());
        let expected = serde_json::json!({
            "count": 2, "calibration_error": 0.5, "brier": 0.5, "sure": last, "bins": bins,
        });
        assert_eq!(serde_json::to_value(scored).unwrap(), expected);
    }
}
