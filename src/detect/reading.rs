//! [`Reading`]: how probable each candidate is by the function words and the letters of a text.

use super::excerpt::Excerpt;
use super::function_words::FunctionWords;

/// Probability below which no candidate falls: a detector is sometimes sure and wrong. 0.001 or
/// 0.01 moves at most 2 paragraphs of a column (examples/language_accuracy).
pub(super) const FLOOR: f64 = 0.003;

/// Probability of a function word in a text of another language, as a share of that in a text of
/// its own. 0.1 and 0.05 have at most 0.3 % more of a length right (examples/language_accuracy:
/// alone), but are too sure: with 0.15 those scored 0.7–0.9 are right in 93 %, those scored 0.9–0.98
/// in 98 %, with 0.05 in 90 and 95 % (alone, by score).
const FOREIGN: f64 = 0.15;

/// What is read of every paragraph.
pub(super) struct Reading {
    pub(super) letters: usize,
    pub(super) words: FunctionWords,
}

impl Reading {
    pub(super) fn of(paragraph: &str) -> Self {
        let excerpt = Excerpt::of(paragraph);
        Self {
            letters: excerpt.letters,
            words: FunctionWords::count(&excerpt.text),
        }
    }
}

/// p(l) of each candidate but for a common factor, by the function words alone.
pub(super) fn by_words(words: &FunctionWords, candidates: &[whatlang::Lang]) -> Vec<f64> {
    let foreign: Vec<u32> = candidates.iter().map(|&l| words.foreign(l)).collect();
    let fewest = foreign.iter().copied().min().unwrap_or(0);
    let likelihood = |foreign: u32| FOREIGN.powf(f64::from(foreign - fewest));
    foreign.into_iter().map(likelihood).collect()
}

/// p(l) of each candidate but for a common factor, with its floor for the letters only; none where
/// neither letters nor words tell.
pub(super) fn by_letters(
    excerpt: &Excerpt,
    words: &FunctionWords,
    detector: &whatlang::Detector,
    candidates: &[whatlang::Lang],
) -> Option<Vec<f64>> {
    let info = detector.detect(&excerpt.text);
    let info = info.filter(|info| candidates.contains(&info.lang()));
    let (top, confidence) = info.map(|info| (info.lang(), info.confidence())).unzip();
    let confidence = confidence.unwrap_or(0.0);
    let even = 1.0 / candidates.len() as f64;
    let p = even + (1.0 - even) * confidence;
    let rest = ((1.0 - p) / (candidates.len() as f64 - 1.0)).max(FLOOR);
    let told = confidence > 0.0 || words.found() > 0;
    told.then(|| {
        let letters = candidates.iter().map(|&candidate| match top {
            None => even,
            Some(top) if top == candidate => p,
            Some(_) => rest,
        });
        let words = by_words(words, candidates);
        letters
            .zip(words)
            .map(|(letters, words)| letters * words)
            .collect()
    })
}

/// Probability of a language against the likeliest of all others.
pub(super) fn against_rivals(lang: whatlang::Lang, sample: &Excerpt) -> f64 {
    let rivals = whatlang::Detector::with_denylist(vec![lang]);
    let Some(rival) = rivals.detect(&sample.text) else {
        return 1.0;
    };
    let pair = whatlang::Detector::with_allowlist(vec![lang, rival.lang()]);
    match pair.detect(&sample.text) {
        Some(info) if info.lang() == lang => 0.5 + info.confidence() / 2.0,
        Some(info) => 0.5 - info.confidence() / 2.0,
        None => 0.0,
    }
}
