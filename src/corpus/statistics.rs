//! [`Statistics`]: what a corpus holds, and what was taken out of it by which filter.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use super::judge::{ReadBead, ReadText, Verdict};
use super::splits::Split;
use super::store::Tally;
use crate::format::Aligned;
use crate::lang::Lang;

/// Bins of scores, each a twentieth wide.
pub(super) const BINS: usize = 20;
/// Bins of length ratios, see [`Ratio::bins`].
pub(super) const RATIO_BINS: usize = 21;
/// Examples of what a filter takes.
const EXAMPLES: usize = 3;

/// What a corpus holds.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Statistics {
    /// The articles of the input.
    pub articles: Tally,
    /// SHA-256 of the hashes of all articles, one after the other.
    pub input: String,
    /// Articles of which at least one bead is kept.
    pub kept_articles: u64,
    /// Articles by the languages of their versions, `en-fr-de`.
    pub sets: BTreeMap<String, u64>,
    /// Versions by language.
    pub languages: BTreeMap<String, Language>,
    /// Articles by the terms of their versions.
    pub licences: BTreeMap<String, u64>,
    /// All beads.
    pub beads: Amount,
    /// Those that are kept.
    pub kept: Amount,
    /// Beads by shape, segments a version.
    pub shapes: BTreeMap<String, Kept>,
    /// Beads of two or more versions by score: bin `i` holds those from `i / 20` on.
    pub scores: Vec<Kept>,
    /// Kept beads by pair of languages, `en-fr`: how long one text is beside the other.
    pub ratios: BTreeMap<String, Ratio>,
    /// The filters in order, and behind them the duplicates.
    pub filters: Vec<Taken>,
    /// What is kept of each split, by its name; one without splits.
    pub splits: BTreeMap<String, Part>,
}

/// Beads, and the words of all their versions: what stands between white space.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Amount {
    /// Beads.
    pub beads: u64,
    /// Words.
    pub words: u64,
}

/// All, and those that are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// All.
    pub all: u64,
    /// Those that are kept.
    pub kept: u64,
}

/// What there is in one language.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Language {
    /// Versions.
    pub versions: u64,
    /// Segments.
    pub segments: u64,
    /// Words, and those in beads that are kept.
    pub words: Kept,
    /// Characters, and those in beads that are kept.
    pub characters: Kept,
}

/// How many characters the texts of a pair of languages have for one of the other.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Ratio {
    /// Beads that both versions stand in.
    pub beads: u64,
    /// Sum of the natural logarithms of second length over first, and of their squares.
    pub sum: f64,
    /// See `sum`.
    pub squares: f64,
    /// Beads by ratio: bin `i` holds those around `1.1` to the power of `i - 10`, the outer ones all beyond.
    pub bins: Vec<u64>,
}

/// What a filter takes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Taken {
    /// The name of the filter.
    pub name: String,
    /// How it is set, in words.
    pub told: String,
    /// What it would take if it were the only one.
    pub alone: Amount,
    /// What it takes of that which the filters before it left.
    pub in_sequence: Amount,
    /// Some of the latter.
    pub examples: Vec<Example>,
}

/// A bead that was taken.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Example {
    /// Name of the article.
    pub article: String,
    /// The texts, cut.
    pub texts: Vec<String>,
}

/// What is kept of a split.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Part {
    /// Articles of which something is kept.
    pub articles: u64,
    /// What is kept.
    pub kept: Amount,
}

impl Statistics {
    /// Counts a bead.
    pub(super) fn add(&mut self, article: &str, bead: &ReadBead, verdict: &Verdict, split: Split) {
        let kept = verdict.filtered.is_none();
        let amount = Amount::one(bead.words());
        self.beads += amount;
        self.shapes
            .entry(bead.shape.clone())
            .or_default()
            .add(1, kept);
        if !bead.is_null {
            let bin = (bead.score * BINS as f64) as usize;
            self.scores[bin.min(BINS - 1)].add(1, kept);
        }
        for (filter, taken) in self.filters.iter_mut().zip(&verdict.alone) {
            if *taken {
                filter.alone += amount;
            }
        }
        if let Some(number) = verdict.number {
            self.filters[number].in_sequence += amount;
            self.filters[number].example(article, &bead.texts);
        }
        for ReadText {
            code,
            words,
            characters,
            ..
        } in &bead.texts
        {
            let language = self.languages.entry(code.clone()).or_default();
            language.words.add(*words, kept);
            language.characters.add(*characters, kept);
        }
        if kept {
            self.kept += amount;
            self.splits.entry(split.name().to_owned()).or_default().kept += amount;
            for (b, second) in bead.texts.iter().enumerate() {
                for first in &bead.texts[..b] {
                    let pair = format!("{}-{}", first.code, second.code);
                    let ratio = self.ratios.entry(pair).or_default();
                    ratio.add(first.characters, second.characters);
                }
            }
        }
    }

    /// Counts an article of which something is kept, or not.
    pub(super) fn add_article(&mut self, aligned: &Aligned, kept: bool, split: Split) {
        let article = aligned.article();
        let langs: Vec<Lang> = article.versions().iter().map(|v| v.lang()).collect();
        let codes: Vec<&str> = langs.iter().map(Lang::code).collect();
        *self.sets.entry(codes.join("-")).or_default() += 1;
        let unit = aligned.alignment().unit();
        for version in article.versions() {
            let code = version.lang().code().to_owned();
            let language = self.languages.entry(code).or_default();
            language.versions += 1;
            language.segments += version.segments(unit).len() as u64;
            if let Some(licence) = version.licence() {
                *self.licences.entry(licence.to_owned()).or_default() += 1;
            }
        }
        if kept {
            self.kept_articles += 1;
            self.splits
                .entry(split.name().to_owned())
                .or_default()
                .articles += 1;
        }
    }
}

impl Amount {
    const fn one(words: usize) -> Self {
        Self {
            beads: 1,
            words: words as u64,
        }
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        self.beads += other.beads;
        self.words += other.words;
    }
}

impl Kept {
    fn add(&mut self, count: usize, kept: bool) {
        self.all += count as u64;
        if kept {
            self.kept += count as u64;
        }
    }
}

impl Ratio {
    fn add(&mut self, first: usize, second: usize) {
        self.bins.resize(RATIO_BINS, 0);
        let log = (second.max(1) as f64 / first.max(1) as f64).ln();
        self.beads += 1;
        self.sum += log;
        self.squares += log * log;
        let middle = (RATIO_BINS / 2) as f64;
        let bin = (log / 1.1_f64.ln() + middle)
            .round()
            .clamp(0.0, 2.0 * middle);
        self.bins[bin as usize] += 1;
    }

    /// The geometric mean of second length over first.
    #[must_use]
    pub fn mean(&self) -> f64 {
        (self.sum / (self.beads.max(1)) as f64).exp()
    }

    /// The factor that the ratio of about two in three beads is at most away from the mean.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        let beads = self.beads.max(1) as f64;
        let mean = self.sum / beads;
        (self.squares / beads - mean * mean).max(0.0).sqrt().exp()
    }
}

impl Taken {
    fn example(&mut self, article: &str, texts: &[ReadText]) {
        if self.examples.len() < EXAMPLES {
            self.examples.push(Example {
                article: article.to_owned(),
                texts: texts.iter().map(|text| cut(&text.text)).collect(),
            });
        }
    }
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
