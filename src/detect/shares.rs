//! [`Shares`]: how probable each candidate is in every paragraph of a version, and how much of the
//! version is in it.

use std::cmp::Reverse;

use super::excerpt::Excerpt;
use super::function_words::FunctionWords;
use super::greatest;
use super::reading::{FLOOR, Reading, by_letters, by_words};

/// Letters for which the evidence of a paragraph counts once: the least multiple of 20 by which no
/// length has fewer paragraphs right than letters alone with 40. 60 finds 199 instead of 160
/// untranslated paragraphs of 6–10 words, but has 98.73 instead of 99.03 % of the others of that
/// length in the language of their file (examples/language_accuracy: untranslated, paragraphs);
/// most of the lines between are English ones left in another version.
const LETTERS: f64 = 80.0;

/// How often the evidence of one paragraph counts at most.
const WEIGHT: f64 = 3.0;

/// What is known of a version and of its paragraphs.
pub(super) struct Shares<'r> {
    readings: &'r [Reading],
    /// p of each candidate in each paragraph; of one that was left out, by its words.
    probabilities: Vec<Vec<f64>>,
    /// Letters of the version in each candidate.
    letters: Vec<f64>,
    /// Share of the candidate that has the greatest, in paragraphs that were not left out.
    score: f64,
    /// Whether the letters or the words of any paragraph tell.
    told: bool,
}

impl<'r> Shares<'r> {
    /// Reads the letters of the paragraphs whose function words do not tell their language, the
    /// longest first. The last ones are left out: those that no letters could move out of the
    /// language of the version. Where that is told, so are those whose function words prefer it.
    pub(super) fn of(
        texts: &[&str],
        readings: &'r [Reading],
        candidates: &[whatlang::Lang],
        told: Option<whatlang::Lang>,
    ) -> Self {
        Self::until(Self::hold, texts, readings, candidates, told)
    }

    /// Reads on until the shares hold against a paragraph of so many letters, and the letters left.
    fn until(
        hold: impl Fn(&Self, usize, usize) -> bool,
        texts: &[&str],
        readings: &'r [Reading],
        candidates: &[whatlang::Lang],
        told: Option<whatlang::Lang>,
    ) -> Self {
        let mut shares = Self {
            readings,
            probabilities: (readings.iter())
                .map(|reading| normalised(by_words(&reading.words, candidates)))
                .collect(),
            letters: vec![0.0; candidates.len()],
            score: 0.0,
            told: false,
        };
        let tell = |words: &FunctionWords| {
            words.tell(candidates) || told.is_some_and(|told| words.prefer(told, candidates))
        };
        let mut open = Vec::new();
        for (paragraph, reading) in readings.iter().enumerate() {
            if tell(&reading.words) {
                shares.told = true;
                shares.add(paragraph);
            } else if reading.letters > 0 {
                open.push(paragraph);
            }
        }
        open.sort_by_key(|&paragraph| Reverse(readings[paragraph].letters));
        let mut left: usize = (open.iter()).map(|&open| readings[open].letters).sum();
        let detector = whatlang::Detector::with_allowlist(candidates.to_vec());
        let mut unread = &open[..];
        // Of equal paragraphs that follow each other, the first one is read.
        let (mut last, mut found) = ("", None);
        while let [paragraph, rest @ ..] = unread {
            let Reading { letters, words } = &readings[*paragraph];
            if hold(&shares, *letters, left) {
                break;
            }
            if texts[*paragraph] != last {
                last = texts[*paragraph];
                let excerpt = Excerpt::of(last);
                found = by_letters(&excerpt, words, &detector, candidates).map(normalised);
            }
            if let Some(found) = &found {
                shares.told = true;
                shares.probabilities[*paragraph].clone_from(found);
            }
            shares.add(*paragraph);
            left -= letters;
            unread = rest;
        }
        let total: f64 = shares.letters.iter().sum();
        shares.score = shares.letters.iter().copied().fold(0.0, f64::max) / total;
        unread.iter().for_each(|&paragraph| shares.add(paragraph));
        shares
    }

    fn add(&mut self, paragraph: usize) {
        let letters = self.readings[paragraph].letters as f64;
        for (share, p) in self.letters.iter_mut().zip(&self.probabilities[paragraph]) {
            *share += letters * p;
        }
    }

    /// Whether the version, and every paragraph of at most so many letters, is in the candidate
    /// that has the greatest share by now, whatever the letters that are left say: its p is
    /// [`FLOOR`] at the least, and that of another is 1 at the most. It is in none before anything
    /// tells.
    fn hold(&self, letters: usize, left: usize) -> bool {
        let least = FLOOR.powf(weight(letters));
        let top = greatest(&self.letters).filter(|_| self.told);
        top.is_some_and(|top| {
            let mut others = (0..self.letters.len()).filter(|&other| other != top);
            others.all(|other| least * self.letters[top] > self.letters[other] + left as f64)
        })
    }

    /// The candidate of the greatest share, and what that share is of all letters that were read;
    /// none where nothing tells.
    pub(super) fn top(&self) -> Option<(usize, f64)> {
        let top = greatest(&self.letters).filter(|&top| self.told && self.letters[top] > 0.0);
        top.map(|top| (top, self.score))
    }

    /// The candidate of each paragraph; one without letters is in that of the version.
    pub(super) fn paragraphs(&self, version: usize) -> impl Iterator<Item = usize> {
        let read = self.readings.iter().zip(&self.probabilities);
        read.map(move |(reading, probabilities)| {
            if reading.letters == 0 {
                return version;
            }
            let weight = weight(reading.letters);
            let shares = probabilities.iter().zip(&self.letters);
            let posterior: Vec<f64> = shares.map(|(p, share)| p.powf(weight) * share).collect();
            greatest(&posterior).unwrap_or(version)
        })
    }
}

/// How often the evidence of a paragraph counts.
fn weight(letters: usize) -> f64 {
    (letters as f64 / LETTERS).min(WEIGHT)
}

/// Probabilities, with their floor, from what they are in proportion to.
fn normalised(mut likelihoods: Vec<f64>) -> Vec<f64> {
    let total: f64 = likelihoods.iter().sum();
    for p in &mut likelihoods {
        *p = (*p / total).max(FLOOR);
    }
    likelihoods
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use whatlang::Lang;

    use super::*;

    const PARAGRAPHS: &[&str] = &[
        "Restaurant",
        "1989",
        "Anna",
        "Yesterday",
        "Old stone bridges",
        "Alte Brücken",
        "Vieux ponts de pierre",
        "Nobody knows.",
        "Il pleut depuis trois semaines.",
        "Sound engineers rarely write letters nowadays, critics say.",
        "Mon voisin répare toujours ses vieilles montres lui-même.",
        "When we came it was still raining, and the ferryman shook his head at us.",
        "Als wir ankamen, regnete es noch immer, und der Fährmann schüttelte nur den Kopf.",
        "Quand nous sommes arrivés, il pleuvait toujours et le passeur a secoué la tête.",
    ];

    proptest! {
        #[test]
        fn what_is_left_out_is_in_the_language_of_the_version(
            chosen in prop::collection::vec(prop::sample::select(PARAGRAPHS), 1..30),
            english in 0..12_usize,
        ) {
            let mut texts = chosen;
            texts.extend([PARAGRAPHS[11]].repeat(english));
            let candidates = [Lang::Deu, Lang::Eng, Lang::Fra];
            let readings: Vec<Reading> = texts.iter().map(|text| Reading::of(text)).collect();
            let all = Shares::until(|_, _, _| false, &texts, &readings, &candidates, None);
            let some = Shares::of(&texts, &readings, &candidates, None);
            let top = all.top().map(|(top, _)| top);
            prop_assert_eq!(top, some.top().map(|(top, _)| top));
            let Some(top) = top else { return Ok(()) };
            let found = all.paragraphs(top).zip(some.paragraphs(top)).enumerate();
            for (i, (expected, found)) in found {
                if all.probabilities[i] != some.probabilities[i] {
                    prop_assert_eq!((expected, found), (top, top), "{}", texts[i]);
                }
            }
        }

        #[test]
        fn of_a_told_language_what_prefers_it_is_known_by_its_words(
            texts in prop::collection::vec(prop::sample::select(PARAGRAPHS), 1..30),
        ) {
            let candidates = [Lang::Deu, Lang::Eng, Lang::Fra];
            let readings: Vec<Reading> = texts.iter().map(|text| Reading::of(text)).collect();
            let [all, told] = [None, Some(Lang::Eng)]
                .map(|told| Shares::until(|_, _, _| false, &texts, &readings, &candidates, told));
            for (i, Reading { words, .. }) in readings.iter().enumerate() {
                let expected = match words.prefer(Lang::Eng, &candidates) {
                    true => normalised(by_words(words, &candidates)),
                    false => all.probabilities[i].clone(),
                };
                prop_assert_eq!(&told.probabilities[i], &expected, "{}", texts[i]);
            }
        }
    }
}
