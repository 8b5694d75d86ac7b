//! Evidence from tokens that two sentences share.
//!
//! With S the tokens of the source and w_t how far a token t of the target can be relied on,
//!
//! `L(T|S) = Σ_t ln(1 − w_t + w_t · Σ_{s∈S} [s matches t] / (|S| + 1) / p(t))`
//!
//! which is the log of IBM Model 1 (Brown et al. 1993) against the unigram model p (Moore 2002),
//! averaged over both directions. Deviations:
//!
//! 1. [s matches t] is t(t|s) for words that a lexicon knows, and 1 for tokens that are the same or,
//!    less reliably, begin alike (Simard et al. 1992); of several ways the surest counts (`index`);
//! 2. w is 1 − ε for a word only if what it becomes is known for certain: else, that times the sum of
//!    the probabilities of its translations;
//! 3. a token that no lexicon knows and that matches nothing anywhere in the other version says
//!    nothing: it contributes 0, not ln(1 − w);
//! 4. p is that near where the token stands: words come in bursts (`index`).
//!
//! For all runs of sentences near each other, `words` sums this up.

use std::mem;
use std::ops::Range;

use super::index::{ALIKE, Fold, Index};
use super::log;
use crate::features::Features;

/// Shared tokens of a pair of versions.
pub(super) struct Lexical<'a> {
    pub(super) sides: [&'a Features; 2],
    pub(super) index: Index,
    /// Per side and sentence, the sum of ln(1 − w) over its tokens: over all, and over those that are rare.
    floor: [Vec<[f32; 2]>; 2],
    /// Per side and sentence, 1 / (|S| + 1).
    per_word: [Vec<f32>; 2],
}

impl<'a> Lexical<'a> {
    pub(super) fn new(sides: [&'a Features; 2], index: Index) -> Self {
        let floor = [0, 1].map(|side| {
            let sentence = |sentence: usize| {
                let floor = &index.fold(side, sentence).floor[side];
                let (mut all, mut rare) = (0.0, 0.0);
                for t in sides[side].tokens(sentence) {
                    let floor = floor[t.token as usize] * t.times as f32;
                    all += floor;
                    rare += if index.rare[side][t.token as usize] {
                        floor
                    } else {
                        0.0
                    };
                }
                [all, rare]
            };
            (0..sides[side].sentences().len()).map(sentence).collect()
        });
        let per_word = sides.map(|side| {
            let sentences = side.sentences().iter();
            sentences.map(|s| ((s.words + 1) as f32).recip()).collect()
        });
        Self {
            sides,
            index,
            floor,
            per_word,
        }
    }

    /// Sum of ln(1 − w) over the tokens of a sentence.
    pub(super) fn floor(&self, side: usize, sentence: usize) -> f32 {
        self.floor[side][sentence][0]
    }

    /// Adds to `scores` about what the rare tokens of a row say against single columns: as if each stood
    /// there once, and what is frequent said nothing. `products` is room for those of all gains: fewer
    /// logarithms are taken then.
    pub(super) fn rough(
        &self,
        row: usize,
        columns: &Range<usize>,
        scores: &mut [f32],
        products: &mut Vec<f64>,
    ) {
        let Self {
            sides: [a, b],
            index,
            per_word,
            ..
        } = self;
        let (fold, own_share) = (index.fold(0, row), per_word[0][row]);
        let count = b.sentences().len();
        products.clear();
        products.resize(columns.len(), 1.0);
        for occurrence in a.tokens(row) {
            let token = occurrence.token as usize;
            if !index.rare[0][token] {
                continue;
            }
            let own = fold.odds[0][token];
            let mut add = |column: u32, other: Option<u32>, ratios: [f32; 2]| {
                let column = column as usize;
                let gain =
                    |odds: f32, ratio: f32, share: f32| 1.0 + f64::from(odds * ratio * share);
                let odds = &index.fold(1, column).odds[1];
                let theirs = other.map_or(ALIKE_ODDS, |other| odds[other as usize]);
                let gained =
                    gain(own, ratios[0], per_word[1][column]) * gain(theirs, ratios[1], own_share);
                let place = column - columns.start;
                let product = &mut products[place];
                *product *= gained;
                if *product > MOST {
                    scores[place] += log::ln(mem::replace(product, 1.0)) / 2.0;
                }
            };
            let matches = fold.matches(occurrence.token);
            for found in matches {
                for &column in index.by_token.within(found.other, columns, count) {
                    add(column, Some(found.other), found.ratios);
                }
            }
            let class = index.classes[token];
            if class > 0 && matches.is_empty() {
                for &column in index.by_class.within(class, columns, count) {
                    add(column, None, index.alike[class as usize]);
                }
            }
        }
        for (score, &product) in scores.iter_mut().zip(&*products) {
            if product > 1.0 {
                *score += log::ln(product) / 2.0;
            }
        }
    }

    /// Sum of ln(1 − w) over the rare tokens of a sentence.
    pub(super) fn rough_floor(&self, side: usize, sentence: usize) -> f32 {
        self.floor[side][sentence][1]
    }

    /// The share of the log-odds of two runs that is due to numbers, or to all else. The same formula as
    /// in [`Words::log_odds`](super::Words::log_odds), token by token instead of fast.
    pub(super) fn share(&self, runs: [&Range<usize>; 2], numbers: bool) -> f32 {
        let Self { sides, index, .. } = self;
        let mut log_odds = 0.0;
        for (side, source) in [(0, 1), (1, 0)] {
            let words: u32 = sides[source].sentences()[runs[source].clone()]
                .iter()
                .map(|s| s.words)
                .sum();
            for sentence in runs[side].clone() {
                let fold = index.fold(side, sentence);
                let tokens = sides[side].tokens(sentence).iter();
                for t in tokens.filter(|t| index.is_number[t.token as usize] == numbers) {
                    let sum: f32 = (runs[source].clone())
                        .flat_map(|other| {
                            sides[source].tokens(other).iter().map(move |s| (other, s))
                        })
                        .map(|(other, s)| {
                            let (row, a, b) = match side {
                                0 => (sentence, t.token, s.token),
                                _ => (other, s.token, t.token),
                            };
                            index.ratios(index.fold(0, row), a, b)[side] * s.times as f32
                        })
                        .sum();
                    let odds = fold.odds[side][t.token as usize];
                    let gain = (odds * sum / (words + 1) as f32).ln_1p();
                    log_odds += (fold.floor[side][t.token as usize] + gain) * t.times as f32;
                }
            }
        }
        log_odds / 2.0
    }
}

impl Index {
    /// Per side, the probability that one of two tokens comes from the other, divided by its p; 0 if they
    /// do not match.
    fn ratios(&self, fold: &Fold, a: u32, b: u32) -> [f32; 2] {
        if let Some(found) = fold.matches(a).iter().find(|found| found.other == b) {
            return found.ratios;
        }
        let [x, y] = [a, b].map(|token| self.classes[token as usize] as usize);
        if x == y { self.alike[x] } else { [0.0; 2] }
    }
}

/// A product beyond this is turned into its logarithm; times one more gain it still fits a f64.
const MOST: f64 = 1e200;

/// w / (1 − w) of words that only begin alike.
const ALIKE_ODDS: f32 = ALIKE / (1.0 - ALIKE);

/// Shares the lines of a text with themselves, as an English version and a German one.
#[cfg(test)]
pub(super) fn with_itself(text: &str, check: impl FnOnce(&Lexical<'_>)) {
    use crate::Lang;
    use crate::features::{Memory, of_lines};

    let texts = [(text, Lang::EN), (text, Lang::DE)];
    let ([a, b], vocabulary) = of_lines(texts, &mut Memory::default());
    let index = Index::new([&a, &b], &vocabulary, None, 0.4);
    check(&Lexical::new([&a, &b], index));
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::super::index::{BACKGROUND, SAME, SMOOTHING};
    use super::*;
    use crate::Lang;
    use crate::features::{Id, Memory, Token, Vocabulary, of_lines};
    use crate::lexicon::{Lexicon, Trainer};

    const ENGLISH: &str = "Peter paid 1,250 euros in March.\nWho called Peter?\n\
        The museum of photography opened.\nNobody came, nobody called.";
    const GERMAN: &str = "Peter zahlte im März 1.250 Euro.\nWer rief an?\n\
        Das Museum für Fotografie, sagt Peter Photinger, ist offen.\nEs kam niemand ins Museum.";

    /// A lexicon of three words.
    fn lexicon() -> Lexicon {
        let mut trainer = Trainer::new();
        for (english, german) in [("nobody", "niemand"), ("came", "kam"), ("pay", "zahlen")] {
            trainer.entry([(Lang::EN, english), (Lang::DE, german)], 5);
        }
        trainer.train(|_| {})
    }

    /// The probability of a translation, by the ids of the stems: German given English on the
    /// first side, English given German on the second.
    fn translation(
        lexicon: &Lexicon,
        vocabulary: &Vocabulary,
        side: usize,
        to: Id,
        from: Id,
    ) -> f32 {
        let (to_lang, from_lang) = [(Lang::EN, Lang::DE), (Lang::DE, Lang::EN)][side];
        let number = |id: Id, lang: Lang| {
            let stem = Some(vocabulary.stem(id.index())).filter(|stem| stem.lang == lang)?;
            stem.numbers.first().copied().flatten()
        };
        let row = number(from, from_lang).and_then(|from| {
            let to = number(to, to_lang)?;
            lexicon
                .table(from_lang, to_lang)?
                .row(from)
                .find(|&(target, _)| target == to)
        });
        row.map_or(0.0, |(_, p)| p)
    }

    /// The sum of the probabilities of all translations of a stem of a side.
    fn mass(lexicon: &Lexicon, vocabulary: &Vocabulary, side: usize, id: Id) -> f32 {
        let number = vocabulary.stem(id.index()).numbers[0];
        let [from, to] = [[Lang::EN, Lang::DE], [Lang::DE, Lang::EN]][side];
        let table = lexicon.table(from, to).unwrap();
        number.map_or(0.0, |number| table.row(number).map(|(_, p)| p).sum())
    }

    /// The formula at the head of this file, word by word, over the tokens t that `counts`.
    fn naive(
        lexicon: &Lexicon,
        vocabulary: &Vocabulary,
        features: [&Features; 2],
        runs: [&Range<usize>; 2],
        counts: fn(&Token) -> bool,
    ) -> f32 {
        let run = |side: usize, sentences: Range<usize>| {
            let tokens = sentences.flat_map(|s| features[side].tokens(s));
            let tokens =
                tokens.flat_map(|t| (0..t.times).map(|_| vocabulary.tokens()[t.token as usize]));
            tokens.collect::<Vec<Token>>()
        };
        let all = [0, 1].map(|side| run(side, 0..features[side].sentences().len()));
        let p = |side: usize, has: &dyn Fn(&Token) -> bool, background: f32| {
            let count = all[side].iter().filter(|t| has(t)).count() as f32;
            let sentences = features[side].sentences().iter();
            let words: u32 = sentences.map(|s| s.words).sum();
            (count + SMOOTHING * background) / (words as f32 + SMOOTHING)
        };
        let mut sum = 0.0;
        for side in 0..2 {
            let source = run(1 - side, runs[1 - side].clone());
            let sentences = &features[1 - side].sentences()[runs[1 - side].clone()];
            let words: u32 = sentences.iter().map(|s| s.words).sum();
            for t in run(side, runs[side].clone()).into_iter().filter(counts) {
                let same = |s: &Token| s.word.is_some() && s.word == t.word;
                let alike = |s: &Token| s.cognate.is_some() && s.cognate == t.cognate;
                let translated = |s: &Token| match (t.stem, s.stem) {
                    (Some(t), Some(s)) => translation(lexicon, vocabulary, side, t, s),
                    _ => 0.0,
                };
                let stem = |s: &Token| s.stem == t.stem;
                let known = t.stem.and_then(|id| vocabulary.stem(id.index()).frequency);
                let w = if all[1 - side].iter().any(same) {
                    SAME
                } else if known.is_some() {
                    0.6 * t
                        .stem
                        .map_or(0.0, |id| mass(lexicon, vocabulary, side, id).min(1.0))
                } else if all[1 - side].iter().any(alike) {
                    ALIKE
                } else {
                    continue;
                };
                let matches: f32 = (source.iter())
                    .map(|s| match s {
                        s if same(s) => 1.0 / p(side, &same, BACKGROUND),
                        s if translated(s) > 0.0 => {
                            translated(s) / p(side, &stem, known.unwrap_or(BACKGROUND))
                        }
                        s if alike(s) => 1.0 / p(side, &alike, BACKGROUND),
                        _ => 0.0,
                    })
                    .sum();
                sum += (1.0 - w + w * matches / (words as f32 + 1.0)).ln();
            }
        }
        sum / 2.0
    }

    #[test]
    fn agrees_with_the_formula() {
        let lexicon = lexicon();
        let mut memory = Memory::new(vec![lexicon.clone()], false);
        let texts = [(ENGLISH, Lang::EN), (GERMAN, Lang::DE)];
        let ([a, b], vocabulary) = of_lines(texts, &mut memory);
        let index = Index::new([&a, &b], &vocabulary, None, 0.4);
        let lexical = Lexical::new([&a, &b], index);
        let mut words = Words::default();
        let mut log_odds = |x: &Range<usize>, y: &Range<usize>| {
            words.begin(&lexical, [x.len(), y.len()]);
            x.clone()
                .rev()
                .for_each(|row| words.read(&lexical, row, y.clone()));
            words.log_odds(x, y)
        };
        let runs = |n: usize| (0..n).flat_map(move |i| (i + 1..=n).map(move |j| i..j));
        for x in runs(4) {
            for y in runs(4) {
                let all = log_odds(&x, &y);
                let [words, numbers] = [false, true].map(|is| lexical.share([&x, &y], is));
                let expected = |counts: fn(&Token) -> bool| {
                    naive(&lexicon, &vocabulary, [&a, &b], [&x, &y], counts)
                };
                for (name, found, expected) in [
                    ("all", all, expected(|_| true)),
                    ("words", words, expected(|t| !t.is_number)),
                    ("numbers", numbers, expected(|t| t.is_number)),
                ] {
                    assert!(
                        (found - expected).abs() < 1e-4,
                        "{name} of {x:?} {y:?}: {found}, not {expected}"
                    );
                }
            }
        }
        let wrong = log_odds(&(0..1), &(3..4));
        assert!(wrong < log_odds(&(0..1), &(0..1)) - 1.0);
    }

    /// What stands once in a text of many words says no more of its neighbours the longer the text is.
    #[test]
    fn long_texts_are_like_short_ones() {
        let log_odds = |lines: usize| {
            let filler = "Nobody came.\n".repeat(lines);
            let texts = [
                format!("Photinger.\n{filler}"),
                format!("Photinger.\n{filler}"),
            ];
            let texts = [(&texts[0][..], Lang::EN), (&texts[1][..], Lang::DE)];
            let ([a, b], vocabulary) = of_lines(texts, &mut Memory::default());
            let index = Index::new([&a, &b], &vocabulary, None, 0.4);
            let lexical = Lexical::new([&a, &b], index);
            let mut words = Words::default();
            words.begin(&lexical, [1, 1]);
            words.read(&lexical, 0, 0..1);
            words.log_odds(&(0..1), &(0..1))
        };
        assert!(log_odds(100) < log_odds(20_000) - 1.0);
        assert_eq!(log_odds(20_000), log_odds(40_000));
    }

    /// With one token of each version that is the same in both, and no lexicon, 1 / p is
    /// (1 + 200) / (1 + 200 · 10⁻⁴) = 197.06, and so on.
    #[test]
    fn shares_of_numbers_by_hand() {
        let unmatched = 0.5_f32.ln();
        for (name, texts, runs, words, by_numbers) in [
            (
                "a number",
                ["7", "7"],
                [0, 0],
                0.0,
                (0.5 + 0.5 * 197.06 / 2.0_f32).ln(),
            ),
            (
                "a number and a mark",
                ["7?", "7?"],
                [0, 0],
                (0.5 + 0.5 * 198.04 / 3.0_f32).ln(),
                (0.5 + 0.5 * 198.04 / 3.0_f32).ln(),
            ),
            (
                "a date",
                ["March", "März"],
                [0, 0],
                0.0,
                (0.5 + 0.5 * 197.06 / 2.0_f32).ln(),
            ),
            ("no token", ["…", "…"], [0, 0], 0.0, 0.0),
            ("unlike, known nowhere", ["7", "8"], [0, 0], 0.0, 0.0),
            (
                "unlike, known elsewhere",
                ["7\n8", "7\n8"],
                [0, 1],
                0.0,
                unmatched,
            ),
            (
                "marks of no account",
                ["7\n?", "7\n?"],
                [0, 1],
                unmatched / 2.0,
                unmatched / 2.0,
            ),
        ] {
            let texts = [(texts[0], Lang::EN), (texts[1], Lang::DE)];
            let ([a, b], vocabulary) = of_lines(texts, &mut Memory::default());
            let index = Index::new([&a, &b], &vocabulary, None, 0.4);
            let lexical = Lexical::new([&a, &b], index);
            let [row, column] = runs.map(|s: usize| s..s + 1);
            for (is, expected) in [(false, words), (true, by_numbers)] {
                let found = lexical.share([&row, &column], is);
                assert!(
                    (found - expected).abs() < 1e-3,
                    "{name}: {found}, not {expected}"
                );
            }
        }
    }

    /// Of words that are rare and stand once, nothing is left out; of 400, the product is more than a number
    /// can hold.
    #[test]
    fn rough_is_exact_where_all_words_are_rare() {
        for count in [1, 10, 400] {
            let words: Vec<String> = (0..count).map(|number| format!("q{number}q")).collect();
            with_itself(&words.join(" "), |lexical| {
                let (mut scores, mut products) = ([0.0], Vec::new());
                lexical.rough(0, &(0..1), &mut scores, &mut products);
                let floor = (lexical.rough_floor(0, 0) + lexical.rough_floor(1, 0)) / 2.0;
                let found = scores[0] + floor;
                let expected = lexical.share([&(0..1), &(0..1)], false);
                let most = 1e-4 * expected.abs().max(1.0);
                assert!(
                    (found - expected).abs() < most,
                    "{count}: {found}, not {expected}"
                );
            });
        }
    }
}
