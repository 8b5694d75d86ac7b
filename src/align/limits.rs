//! [`Limits`]: how much an article may hold, and how much work it may make.

use crate::alignment::{Fallback, Simplified};
use crate::article::{Article, Unit};
use crate::limit::Limit;

/// How long the versions of an article may be, and how much work its alignment may take.
///
/// What goes beyond is aligned more simply, and [`Alignment::simplified`](crate::Alignment::simplified)
/// says so; [`Aligner::try_align`](crate::Aligner::try_align) refuses it. Either way every segment
/// stands in exactly one bead, and time and space grow no faster than the text. Work is counted and not
/// timed, before it is done: whatever the machine and the number of threads, the result is the same.
///
/// By default, a million sentences a side and 200 MB a version pass untouched; a whole Bible has 31,000
/// verses and 4.5 million characters.
///
/// # Examples
///
/// ```
/// use triglyph::{Aligner, Article, Fallback, Limit, Limits};
///
/// let article = Article::detect([
///     "In 1931 it was 40 marks. In 1952 it was 75 francs. That was cheap.",
///     "1931 kostete es 40 Mark. 1952 kostete es 75 Franken.",
/// ])?;
/// let aligner = Aligner::new();
/// assert!(aligner.align(&article).simplified().is_empty());
///
/// let aligner = aligner.limits(Limits::new().segments(2));
/// let alignment = aligner.align(&article);
/// let [simplified] = alignment.simplified() else {
///     panic!("one version is too long");
/// };
/// assert_eq!(simplified.limit(), Limit::Segments);
/// assert_eq!(simplified.versions(), [0]);
/// assert_eq!((simplified.found(), simplified.most()), (3, 2));
/// assert_eq!(simplified.fallback(), Fallback::Lengths);
///
/// let error = aligner.try_align(&article).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "1: 3 sentences, expected at most 2; raise the limit, or align shorter parts",
/// );
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Limits {
    characters: u64,
    segments: u64,
    work: u64,
}

impl Limits {
    /// The limits of an aligner that is told no others: 200 million characters and 4 million sentences
    /// a version, 20 billion steps of work.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            characters: 200_000_000,
            segments: 4_000_000,
            work: 20_000_000_000,
        }
    }

    /// No limits at all.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            characters: u64::MAX,
            segments: u64::MAX,
            work: u64::MAX,
        }
    }

    /// Sets how many characters (Unicode scalar values, white space among them) the text of a version
    /// may have at the most; 200 million by default. A longer version is aligned with all others by
    /// [`Fallback::Lengths`].
    #[must_use]
    pub const fn characters(mut self, most: u64) -> Self {
        self.characters = most;
        self
    }

    /// Sets how many sentences a version may have at the most, of which there are never fewer than
    /// paragraphs; 4 million by default. A longer version is aligned with all others by
    /// [`Fallback::Lengths`].
    #[must_use]
    pub const fn segments(mut self, most: u64) -> Self {
        self.segments = most;
        self
    }

    /// Sets how many steps of work the alignment of an article may take at the most; 20 billion by
    /// default.
    ///
    /// A step is a sentence held against a sentence of another version, or a word of the latter being
    /// looked up for that; two books take some hundred for each sentence. Every pair of versions has a
    /// share by its sentences. Where that does not suffice to look at all of the two once, they are
    /// aligned by [`Fallback::Lengths`], where it does not suffice for more, by [`Fallback::Narrow`];
    /// neither the simpler alignment nor the reading of the texts is counted, both take time by the
    /// length of the text.
    #[must_use]
    pub const fn work(mut self, most: u64) -> Self {
        self.work = most;
        self
    }

    /// The versions that are too long, by limit and number.
    pub(super) fn exceeded(&self, article: &Article) -> Vec<Simplified> {
        let versions = || article.versions().iter().enumerate();
        let beyond = |limit, version: usize, found: usize, most: u64| {
            let found = found as u64;
            (found > most).then(|| Simplified {
                limit,
                versions: vec![version],
                found,
                most,
                fallback: Fallback::Lengths,
            })
        };
        let characters = versions().filter_map(|(number, version)| {
            let text = version.text();
            // There are no more characters than bytes, which need not be counted.
            let is_long = text.len() as u64 > self.characters;
            let found = if is_long { text.chars().count() } else { 0 };
            beyond(Limit::Characters, number, found, self.characters)
        });
        let segments = versions().filter_map(|(number, version)| {
            let found = version.segments(Unit::Sentence).len();
            beyond(Limit::Segments, number, found, self.segments)
        });
        characters.chain(segments).collect()
    }

    /// The work that two of the versions may take, which have so many sentences each.
    pub(super) fn share(&self, sizes: &[usize], [a, b]: [usize; 2]) -> Work {
        let own = sizes[a] + sizes[b];
        // Each version stands in a pair with each other one.
        let all = sizes.iter().sum::<usize>() * (sizes.len() - 1);
        let most = match self.work {
            u64::MAX => u64::MAX,
            work => (u128::from(work) * own as u128 / all.max(1) as u128) as u64,
        };
        Work {
            most,
            done: 0,
            refused: None,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

/// The work of a pair of versions, counted before it is done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    most: u64,
    done: u64,
    /// How much it would have been with the first work that was too much.
    refused: Option<u64>,
}

impl Work {
    /// Counts steps that are about to be done; `false` if they are too many and must not be.
    #[must_use]
    pub(super) const fn take(&mut self, steps: u64) -> bool {
        let all = self.done.saturating_add(steps);
        if all <= self.most {
            self.done = all;
            return true;
        }
        if self.refused.is_none() {
            self.refused = Some(all);
        }
        false
    }

    /// What part of `all` may do of what is left.
    pub(super) fn share(&self, part: u64, all: u64) -> Self {
        let left = u128::from(self.most - self.done);
        Self {
            most: (left * u128::from(part) / u128::from(all.max(1))) as u64,
            done: 0,
            refused: None,
        }
    }

    /// Counts what a part has done.
    pub(super) const fn add(&mut self, part: Self) {
        if let (None, Some(all)) = (self.refused, part.refused) {
            self.refused = Some(self.done.saturating_add(all));
        }
        self.done = self.done.saturating_add(part.done);
    }

    /// What goes beyond the limit in the alignment of two versions, if anything does.
    pub(super) fn exceeded(
        &self,
        mut versions: [usize; 2],
        fallback: Fallback,
    ) -> Option<Simplified> {
        versions.sort_unstable();
        self.refused.map(|found| Simplified {
            limit: Limit::Work,
            versions: versions.to_vec(),
            found,
            most: self.most,
            fallback,
        })
    }

    /// How many steps were done.
    #[cfg(test)]
    pub(super) const fn done(&self) -> u64 {
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, ErrorKind, Lang, Source, Words};

    /// Three versions of 2, 3 and 3 sentences, and 22, 34 and 33 characters.
    fn article() -> Article {
        let texts = [
            "Ten years.\nForty days.\n",
            "Dix ans.\nQuarante jours.\nDéjà vu.\n",
            "Zehn Jahre.\nVierzig Tage.\nSchön!\n",
        ];
        let lines = |(text, lang)| Source::new(text).lines(Unit::Sentence).lang(lang);
        let langs = [Lang::EN, Lang::FR, Lang::DE];
        Article::detect(texts.into_iter().zip(langs).map(lines)).unwrap()
    }

    #[test]
    fn what_is_beyond_is_said_or_refused() {
        let article = article();
        let limits = Limits::none();
        for (name, limits, expected, error) in [
            ("none", limits, "", ""),
            (
                "characters, one beyond",
                limits.characters(33),
                "1: 34 characters > 33 lengths",
                "2: 34 characters, expected at most 33; raise the limit, or align shorter parts",
            ),
            ("characters, as many", limits.characters(34), "", ""),
            ("characters, one less", limits.characters(35), "", ""),
            (
                "sentences, one beyond",
                limits.segments(2),
                "1: 3 sentences > 2 lengths, 2: 3 sentences > 2 lengths",
                "2: 3 sentences, expected at most 2; raise the limit, or align shorter parts",
            ),
            ("sentences, as many", limits.segments(3), "", ""),
            ("sentences, one less", limits.segments(4), "", ""),
            (
                "both",
                limits.segments(2).characters(33),
                "1: 34 characters > 33 lengths, 1: 3 sentences > 2 lengths, 2: 3 sentences > 2 lengths",
                "2: 34 characters, expected at most 33; raise the limit, or align shorter parts",
            ),
        ] {
            let aligner = Aligner::new().unit(Unit::Sentence).limits(limits);
            let shown = |simplified: &Simplified| {
                let [version] = simplified.versions[..] else {
                    panic!("{name}: {simplified:?}");
                };
                let Simplified {
                    limit, found, most, ..
                } = simplified;
                assert_eq!(simplified.fallback, Fallback::Lengths, "{name}");
                format!("{version}: {found} {limit} > {most} lengths")
            };
            let alignment = aligner.align(&article);
            let found: Vec<String> = alignment.simplified().iter().map(shown).collect();
            assert_eq!(found.join(", "), expected, "{name}");
            let found = aligner.try_align(&article).err();
            let found = found.map_or_else(String::new, |error| error.to_string());
            assert_eq!(found, error, "{name}");
        }
    }

    /// The fewest steps with which nothing is simplified, found by trying.
    fn enough(aligner: &Aligner, article: &Article) -> u64 {
        let is_enough = |work: u64| {
            let aligner = aligner.clone().limits(Limits::none().work(work));
            aligner.align(article).simplified().is_empty()
        };
        let (mut least, mut most) = (0, 1 << 20);
        while least < most {
            let middle = u64::midpoint(least, most);
            match is_enough(middle) {
                true => most = middle,
                false => least = middle + 1,
            }
        }
        least
    }

    #[test]
    fn work_is_refused_from_the_first_step_too_many() {
        let article = Article::new(article().versions()[1..].to_vec()).unwrap();
        for learns in [false, true] {
            // Only as asked: where no lexicon is, translations are learnt anyway.
            let aligner = Aligner::new().unit(Unit::Sentence).words(Words::Shared);
            let aligner = aligner.self_train(learns);
            let whole = aligner.align(&article);
            let enough = enough(&aligner, &article);
            assert!(enough > 0);
            for (work, is_within) in [(enough - 1, false), (enough, true), (enough + 1, true)] {
                let aligner = aligner.clone().limits(Limits::none().work(work));
                let found = aligner.try_align(&article);
                match (is_within, found) {
                    (true, Ok(found)) => assert_eq!(found, whole, "{work}"),
                    (false, Err(error)) => match error.kind() {
                        ErrorKind::BeyondLimit {
                            limit, found, most, ..
                        } => {
                            assert_eq!((*limit, *most), (Limit::Work, work));
                            assert_eq!(*found, enough);
                        }
                        kind => panic!("{kind:?}"),
                    },
                    (_, found) => panic!("{work}, {enough} are enough: {found:?}"),
                }
            }
            let fallback = |work| {
                let aligner = aligner.clone().limits(Limits::none().work(work));
                aligner.align(&article).simplified()[0].fallback
            };
            assert_eq!(fallback(0), Fallback::Lengths, "learns: {learns}");
            // Without a second pass, the first one is kept.
            if learns {
                assert_eq!(fallback(enough - 1), Fallback::Narrow);
            }
        }
    }

    #[test]
    fn pairs_share_work_by_their_sentences() {
        for (work, sizes, expected) in [
            (100, &[5, 3][..], vec![100]),
            (100, &[2, 3, 3], vec![31, 31, 37]),
            (7, &[0, 0, 0], vec![0, 0, 0]),
            (u64::MAX, &[2, 3, 3], vec![u64::MAX; 3]),
            (u64::MAX - 1, &[1_000_000, 1_000_000], vec![u64::MAX - 1]),
        ] {
            let pairs = (0..sizes.len()).flat_map(|b| (0..b).map(move |a| [a, b]));
            let limits = Limits::none().work(work);
            let shares: Vec<u64> = pairs.map(|pair| limits.share(sizes, pair).most).collect();
            assert_eq!(shares, expected, "{work} {sizes:?}");
            let sum = shares
                .iter()
                .fold(0, |sum: u64, &share| sum.saturating_add(share));
            assert!(sum <= work, "{work} {sizes:?}");
        }
    }
}
