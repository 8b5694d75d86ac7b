//! Words of two linked sentences that match: what is highlighted in a page.
//!
//! It shows what the evidence of the aligner is made of, not that itself: numbers of the same value, months
//! and weekdays, words that are the same, and words that a lexicon says translate each other. Each word is
//! matched once, the surest first.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use unicode_segmentation::UnicodeSegmentation;

use crate::features;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::lexicon::stem::fold;
use crate::lexicon::words::words;

/// Least probability of a translation that is shown.
const LEAST: f32 = 0.05;

/// Share of all words from which on a word is too frequent to show anything.
const FREQUENT: f32 = 0.003;

/// Pairs of words that are compared at the most, of two sentences: there is no reading longer ones.
const MOST: usize = 1 << 16;

/// Least characters of a word that is the same in both.
const SAME: usize = 4;

/// By what two words match.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Number = 0,
    Same = 1,
    Translation = 2,
}

/// Two words that match, where they stand in their sentences, in bytes.
pub(super) struct Match {
    pub(super) words: [Range<usize>; 2],
    pub(super) kind: Kind,
}

/// A word of a sentence.
struct Word {
    at: Range<usize>,
    known: Rc<Known>,
}

/// What is known of a word.
struct Known {
    folded: String,
    /// What it stands for as a number, a month or a weekday.
    numbers: Vec<String>,
    /// Stems by which lexicons know it, those that are frequent left out.
    stems: Vec<String>,
    /// The stems of the other language that translate these, and the highest t(t|s) of each.
    translations: HashMap<String, f32>,
}

/// Finds the words that match, and remembers what lexicons say.
pub(super) struct Matcher {
    lexicons: Vec<Lexicon>,
    /// By language, that of the other sentence, and word.
    known: HashMap<(Lang, Lang), HashMap<String, Rc<Known>>>,
}

impl Matcher {
    pub(super) fn new(lexicons: Vec<Lexicon>) -> Self {
        Self {
            lexicons,
            known: HashMap::new(),
        }
    }

    /// The words of two sentences that match, in the order of the first.
    pub(super) fn matches(&mut self, texts: [&str; 2], langs: [Lang; 2]) -> Vec<Match> {
        let [a, b] = [[0, 1], [1, 0]].map(|[own, other]| {
            let (text, langs) = (texts[own], (langs[own], langs[other]));
            let words = text.unicode_word_indices();
            let word = |(start, word): (usize, &str)| Word {
                at: start..start + word.len(),
                known: self.known(word, langs),
            };
            words.map(word).collect::<Vec<Word>>()
        });
        let mut found: Vec<(Kind, f32, usize, usize)> = Vec::new();
        if a.len().saturating_mul(b.len()) > MOST {
            return Vec::new();
        }
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                if let Some((kind, p)) = likeness([&x.known, &y.known]) {
                    found.push((kind, p, i, j));
                }
            }
        }
        found.sort_by(|x, y| {
            let order = x.0.cmp(&y.0).then(y.1.total_cmp(&x.1));
            order.then((x.2, x.3).cmp(&(y.2, y.3)))
        });
        let mut taken = [vec![false; a.len()], vec![false; b.len()]];
        found.retain(|&(_, _, i, j)| {
            let is_free = !taken[0][i] && !taken[1][j];
            if is_free {
                (taken[0][i], taken[1][j]) = (true, true);
            }
            is_free
        });
        found.sort_by_key(|&(_, _, i, _)| i);
        let found = found.into_iter().map(|(kind, _, i, j)| Match {
            words: [a[i].at.clone(), b[j].at.clone()],
            kind,
        });
        found.collect()
    }

    fn known(&mut self, word: &str, (lang, other): (Lang, Lang)) -> Rc<Known> {
        let known = self.known.entry((lang, other)).or_default();
        if let Some(known) = known.get(word) {
            return Rc::clone(known);
        }
        let new = Rc::new(Known::new(word, lang, other, &self.lexicons));
        known.insert(word.to_owned(), Rc::clone(&new));
        new
    }
}

impl Known {
    fn new(word: &str, lang: Lang, other: Lang, lexicons: &[Lexicon]) -> Self {
        let mut folded = String::new();
        fold(word, &mut folded);
        let mut numbers = features::numbers(word, lang);
        numbers.extend(features::day_or_month(&folded, lang));
        let (mut stems, mut translations) = (Vec::new(), HashMap::new());
        words(word, lang, |part| {
            for lexicon in lexicons {
                for stem in lexicon.stems_of(part, lang) {
                    let frequency = lexicon.frequency(&stem, lang);
                    if frequency.is_some_and(|frequency| frequency >= FREQUENT) {
                        continue;
                    }
                    for found in lexicon.translations_of_stem(&stem, lang, other) {
                        let p = translations.entry(found.stem).or_insert(0.0_f32);
                        *p = p.max(found.probability);
                    }
                    stems.push(stem);
                }
            }
        });
        Self {
            folded,
            numbers,
            stems,
            translations,
        }
    }

    /// The highest t(t|s) for a word of the other language.
    fn p(&self, other: &Self) -> f32 {
        let translations = other
            .stems
            .iter()
            .filter_map(|stem| self.translations.get(stem));
        translations.copied().fold(0.0, f32::max)
    }
}

/// By what two words match, and how surely.
fn likeness([x, y]: [&Known; 2]) -> Option<(Kind, f32)> {
    if x.numbers.iter().any(|number| y.numbers.contains(number)) {
        return Some((Kind::Number, 1.0));
    }
    if !x.numbers.is_empty() || !y.numbers.is_empty() {
        return None;
    }
    if x.folded == y.folded && x.folded.chars().count() >= SAME {
        return Some((Kind::Same, 1.0));
    }
    let p = x.p(y).max(y.p(x));
    (p >= LEAST).then_some((Kind::Translation, p))
}

#[cfg(all(test, feature = "lexicon"))]
mod tests {
    use super::*;

    #[test]
    fn words_that_match() {
        let mut matcher = Matcher::new(vec![Lexicon::embedded()]);
        for (texts, expected) in [
            (
                [
                    "On 4 May Mira Toll saw 1,250 dogs.",
                    "Am 4. Mai sah Mira Toll 1.250 Hunde.",
                ],
                "4=4:Number May=Mai:Number Mira=Mira:Same Toll=Toll:Same saw=sah:Translation \
                 1,250=1.250:Number dogs=Hunde:Translation",
            ),
            (["The cat.", "Nichts."], ""),
            (["", ""], ""),
        ] {
            let found = matcher.matches(texts, [Lang::EN, Lang::DE]);
            let shown = found.iter().map(|found| {
                let [a, b] = [0, 1].map(|side| &texts[side][found.words[side].clone()]);
                format!("{a}={b}:{:?}", found.kind)
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
        }
    }
}
