//! [`BeadEvidence`]: what a bead rests on.

use super::Bead;

/// What a [`Bead`] rests on, and what speaks most against it.
///
/// # Examples
///
/// Numbers are all that the versions have in common:
///
/// ```
/// use triglyph::{Aligner, Article, Words};
///
/// let article = Article::detect([
///     "In 1931 it was 40 marks.\n\nIn 1952 it was 75 francs.",
///     "1931 kostete es 40 Mark.\n\n1952 kostete es 75 Franken.",
/// ])?;
/// let aligner = Aligner::new().words(Words::Shared).evidence(true);
/// for bead in &aligner.align(&article) {
///     let evidence = bead.evidence().expect("asked for");
///     let pair = &evidence.pairs()[0];
///     assert_eq!(pair.versions(), [0, 1]);
///     assert!(pair.numbers() > pair.length() && pair.numbers() > pair.words());
/// }
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BeadEvidence {
    pub(crate) pairs: Vec<PairEvidence>,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) runner_up: Option<RunnerUp>,
}

impl BeadEvidence {
    /// What each pair of versions says that both have segments in the bead, in the order of the
    /// versions; none for a null bead.
    #[must_use]
    pub fn pairs(&self) -> &[PairEvidence] {
        &self.pairs
    }

    /// The most likely link out of the bead; none where all are less likely than 0.05.
    #[must_use]
    pub const fn runner_up(&self) -> Option<&RunnerUp> {
        self.runner_up.as_ref()
    }

    /// What is said of these versions, numbered in the order given.
    pub(crate) fn select(&self, versions: &[usize]) -> Self {
        let place = |version: usize| versions.iter().position(|&v| v == version);
        let pairs = self.pairs.iter().filter_map(|pair| {
            let [a, b] = pair.versions.map(place);
            let (a, b) = (a?, b?);
            let versions = [a.min(b), a.max(b)];
            Some(PairEvidence {
                versions,
                ..pair.clone()
            })
        });
        let mut pairs: Vec<PairEvidence> = pairs.collect();
        pairs.sort_by_key(|pair| pair.versions);
        let runner_up = self.runner_up.as_ref().and_then(|runner_up| {
            let version = place(runner_up.version)?;
            Some(RunnerUp {
                version,
                ..runner_up.clone()
            })
        });
        Self { pairs, runner_up }
    }

    /// Checks the evidence of a bead, whose article has so many segments a version.
    pub(super) fn check(&self, bead: &Bead, segments: &[usize]) -> Result<(), String> {
        let own: Vec<usize> = (0..segments.len())
            .filter(|&v| !bead.segments[v].is_empty())
            .collect();
        let pairs = own.iter().enumerate();
        let pairs = pairs.flat_map(|(i, &x)| own[i + 1..].iter().map(move |&y| [x, y]));
        let expected: Vec<[usize; 2]> = pairs.collect();
        let found: Vec<[usize; 2]> = self.pairs.iter().map(|pair| pair.versions).collect();
        if found != expected {
            return Err(format!(
                "evidence of the versions {found:?}, expected {expected:?}"
            ));
        }
        for pair in &self.pairs {
            if !pair.log_odds().is_finite() {
                let found = pair.log_odds();
                return Err(format!("log-odds of {found}, expected finite ones"));
            }
        }
        let posteriors = self.pairs.iter().flat_map(|p| [p.posterior, p.agreed]);
        let runner_up = self.runner_up.iter();
        let mut posteriors = posteriors.chain(runner_up.clone().map(|r| r.posterior));
        if let Some(posterior) = posteriors.find(|p| !(0.0..=1.0).contains(p)) {
            return Err(format!("a posterior of {posterior}, expected 0..1"));
        }
        for &RunnerUp {
            version, segment, ..
        } in runner_up
        {
            let exists = segments.get(version).is_some_and(|&count| segment < count);
            if !exists || bead.segments[version].contains(&segment) {
                return Err(format!(
                    "segment {segment} of version {version} as runner-up, expected one of another \
                     bead"
                ));
            }
        }
        Ok(())
    }
}

/// What a pair of versions says about a bead that both have segments in.
///
/// The parts are log-odds in nats: how much more likely the sentences are if they were translated
/// from each other than if they were written independently. Above 0 speaks for the bead, below 0
/// against it. Each is the sum over the runs of sentences inside the bead that are linked; all are 0
/// where none is, and the two versions are joined by a third.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct PairEvidence {
    pub(crate) versions: [usize; 2],
    pub(crate) length: f64,
    pub(crate) words: f64,
    pub(crate) numbers: f64,
    pub(crate) layout: f64,
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) vectors: Option<f64>,
    pub(crate) posterior: f64,
    pub(crate) agreed: f64,
}

impl PairEvidence {
    /// The two versions by number, rising.
    #[must_use]
    pub const fn versions(&self) -> [usize; 2] {
        self.versions
    }

    /// Log-odds of the lengths in characters.
    #[must_use]
    pub const fn length(&self) -> f64 {
        self.length
    }

    /// Log-odds of the words: those that translate each other, are the same or begin alike, and marks
    /// such as the question mark.
    #[must_use]
    pub const fn words(&self) -> f64 {
        self.words
    }

    /// Log-odds of numbers, and of months and weekdays.
    #[must_use]
    pub const fn numbers(&self) -> f64 {
        self.numbers
    }

    /// Log-odds of the layout: opening a paragraph, being a heading, being boilerplate.
    #[must_use]
    pub const fn layout(&self) -> f64 {
        self.layout
    }

    /// Log-odds of the [vectors](crate::Version::with_vectors), where both versions have some and
    /// sentences of them are linked.
    #[must_use]
    pub const fn vectors(&self) -> Option<f64> {
        self.vectors
    }

    /// Log-odds of all parts.
    #[must_use]
    pub fn log_odds(&self) -> f64 {
        self.length + self.words + self.numbers + self.layout + self.vectors.unwrap_or(0.0)
    }

    /// The probability of the surest link of the two versions inside the bead by what these two say,
    /// 0..1. It knows their order, so it is near 0 where one of them moved.
    #[must_use]
    pub const fn posterior(&self) -> f64 {
        self.posterior
    }

    /// The probability of that link with all versions heard, 0..1: what decides.
    #[must_use]
    pub const fn agreed(&self) -> f64 {
        self.agreed
    }
}

/// The most likely link from a bead to a segment that does not stand in it; of equals the first.
#[derive(Clone, PartialEq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct RunnerUp {
    pub(crate) version: usize,
    pub(crate) segment: usize,
    pub(crate) posterior: f64,
}

impl RunnerUp {
    /// The version that the segment stands in, by number.
    #[must_use]
    pub const fn version(&self) -> usize {
        self.version
    }

    /// The index of the segment.
    #[must_use]
    pub const fn segment(&self) -> usize {
        self.segment
    }

    /// The probability of the link with all versions heard, 0..1.
    #[must_use]
    pub const fn posterior(&self) -> f64 {
        self.posterior
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Alignment, Unit};

    fn pair(versions: [usize; 2]) -> PairEvidence {
        PairEvidence {
            versions,
            length: -0.5,
            words: 2.0,
            numbers: 3.0,
            layout: 0.25,
            vectors: None,
            posterior: 0.5,
            agreed: 1.0,
        }
    }

    fn evidence(pairs: &[[usize; 2]], runner_up: Option<(usize, usize)>) -> BeadEvidence {
        BeadEvidence {
            pairs: pairs.iter().copied().map(pair).collect(),
            runner_up: runner_up.map(|(version, segment)| RunnerUp {
                version,
                segment,
                posterior: 0.1,
            }),
        }
    }

    #[test]
    fn log_odds_are_those_of_all_parts() {
        for (vectors, expected) in [(None, 4.75), (Some(-1.0), 3.75)] {
            let pair = PairEvidence {
                vectors,
                ..pair([0, 1])
            };
            assert_eq!(pair.log_odds(), expected, "{vectors:?}");
        }
    }

    #[test]
    fn unsound_evidence() {
        let all = [[0, 1], [0, 2], [1, 2]];
        let of = |change: fn(&mut PairEvidence)| {
            let mut evidence = evidence(&all, None);
            change(&mut evidence.pairs[1]);
            evidence
        };
        for (name, evidence, expected) in [
            ("sound", evidence(&all, Some((1, 1))), None),
            (
                "a pair is missing",
                evidence(&all[1..], None),
                Some(
                    "evidence of the versions [[0, 2], [1, 2]], expected [[0, 1], [0, 2], [1, 2]]",
                ),
            ),
            (
                "falling",
                evidence(&[[1, 0], [0, 2], [1, 2]], None),
                Some(
                    "evidence of the versions [[1, 0], [0, 2], [1, 2]], expected [[0, 1], [0, 2], [1, 2]]",
                ),
            ),
            (
                "log-odds",
                of(|pair| pair.words = f64::INFINITY),
                Some("log-odds of inf, expected finite ones"),
            ),
            (
                "posterior",
                of(|pair| pair.posterior = 1.5),
                Some("a posterior of 1.5, expected 0..1"),
            ),
            (
                "agreed",
                of(|pair| pair.agreed = f64::NAN),
                Some("a posterior of NaN, expected 0..1"),
            ),
            (
                "of the bead itself",
                evidence(&all, Some((1, 0))),
                Some("segment 0 of version 1 as runner-up, expected one of another bead"),
            ),
            (
                "no such segment",
                evidence(&all, Some((0, 1))),
                Some("segment 1 of version 0 as runner-up, expected one of another bead"),
            ),
            (
                "no such version",
                evidence(&all, Some((3, 0))),
                Some("segment 0 of version 3 as runner-up, expected one of another bead"),
            ),
        ] {
            let bead = |segments: [&[usize]; 3], evidence| Bead {
                segments: segments.map(<[usize]>::to_vec).to_vec(),
                score: 0.5,
                moved: false,
                conflict: false,
                confirmed: false,
                evidence,
            };
            let beads = vec![
                bead([&[0], &[0], &[0]], Some(evidence)),
                bead([&[], &[1], &[]], None),
            ];
            let error = Alignment::new(Unit::Paragraph, beads).err();
            let expected = expected.map(|e| format!("invalid alignment: bead 0 has {e}"));
            assert_eq!(error.map(|e| e.to_string()), expected, "{name}");
        }
    }
}
