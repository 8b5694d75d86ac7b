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
//!    less reliably, begin alike (Simard et al. 1992); of several ways the surest counts;
//! 2. w is 1 − ε for a word only if what it becomes is known for certain: else, that times the sum of
//!    the probabilities of its translations;
//! 3. a token that no lexicon knows and that matches nothing anywhere in the other version says
//!    nothing: it contributes 0, not ln(1 − w).
//!
//! The sums over s are kept by token and pair of sentences, found through an index of the
//! other version's tokens: time and space are those of the matches. Sums of neighbouring
//! sentences add up, so a run of several needs no new look-up.

use std::collections::BTreeMap;
use std::ops::Range;

use super::MAX_RUN;
use super::index::{Found, Index};
use crate::features::Features;

/// A token of one sentence, and the sum over the tokens of a sentence of the other version that
/// match it, each divided by p, times w / (1 − w).
#[derive(Clone, Copy, PartialEq, Debug)]
struct Match {
    /// Index among all tokens of its version.
    token: u32,
    sum: f32,
}

/// A pair of sentences that share tokens.
#[derive(Clone, Copy)]
struct Cell {
    column: u32,
    /// Where the matches of the tokens of `a` begin, then those of `b`, and where those end.
    bounds: [u32; 3],
}

/// What is known of the tokens of one version.
struct Side {
    /// Tokens before each sentence, and at the end those of all.
    tokens: Vec<u32>,
    /// Sum of ln(1 − w) over the tokens before each sentence, and at the end over all.
    floor: Vec<f32>,
    /// w / (1 − w) per token; 0 for one that matches nothing in the other version.
    odds: Vec<f32>,
}

/// Shared tokens of a pair of versions.
pub(super) struct Lexical {
    sides: [Side; 2],
    /// Cells of each sentence of `a`, half-open, in the order of their columns.
    rows: Vec<Range<u32>>,
    cells: Vec<Cell>,
    matches: Vec<Match>,
    /// A few rows spread out by column (index of the cell + 1, or 0), for access in no time.
    spread: [Spread; MAX_RUN],
    /// Per side, to sum up the matches of the same token.
    sums: [Sums; 2],
}

struct Spread {
    row: usize,
    cells: Vec<u32>,
}

/// Sums of matches by token, all 0 between two uses.
#[derive(Default)]
struct Sums {
    by_token: Vec<f32>,
    /// The tokens whose sum is not 0.
    tokens: Vec<u32>,
}

impl Lexical {
    /// Finds the shared tokens of those pairs of sentences that `reachable` gives for each row.
    pub(super) fn new(
        a: &Features,
        b: &Features,
        index: &Index,
        reachable: impl Fn(usize) -> Range<usize>,
    ) -> Self {
        let sides = [Side::new(a, index, 0), Side::new(b, index, 1)];
        let columns = b.sentences().len();
        let sums = |side: &Side| Sums {
            by_token: vec![0.0; side.odds.len()],
            tokens: Vec::new(),
        };
        let mut lexical = Self {
            sums: [sums(&sides[0]), sums(&sides[1])],
            sides,
            rows: Vec::with_capacity(a.sentences().len()),
            cells: Vec::new(),
            matches: Vec::new(),
            spread: std::array::from_fn(|_| Spread {
                row: usize::MAX,
                cells: vec![0; columns],
            }),
        };
        let mut found = ByColumn::default();
        for row in 0..a.sentences().len() {
            found.clear(reachable(row));
            index.matches(a, row, reachable(row), |f| found.push(f));
            lexical.push_row(&mut found);
        }
        lexical
    }

    /// Sums up the matches of a row into cells.
    fn push_row(&mut self, found: &mut ByColumn) {
        let first_cell = self.cells.len() as u32;
        for cell in found.sort().chunk_by(|x, y| x.column == y.column) {
            let start = self.matches.len() as u32;
            for (side, sums) in self.sums.iter_mut().enumerate() {
                for found in cell {
                    sums.add(found.tokens[side], found.sums[side]);
                }
                let odds = &self.sides[side].odds;
                sums.take(|token, sum| {
                    // A pair of words may be known in one direction only.
                    let sum = sum * odds[token as usize];
                    if sum > 0.0 {
                        self.matches.push(Match { token, sum });
                    }
                });
                if side == 0 {
                    let [middle, end] = [self.matches.len() as u32, 0];
                    self.cells.push(Cell {
                        column: cell[0].column,
                        bounds: [start, middle, end],
                    });
                }
            }
            if let Some(cell) = self.cells.last_mut() {
                cell.bounds[2] = self.matches.len() as u32;
            }
        }
        self.rows.push(first_cell..self.cells.len() as u32);
    }

    /// Log-odds of two runs of sentences.
    pub(super) fn log_odds(&mut self, a: &Range<usize>, b: &Range<usize>) -> f32 {
        for row in a.clone() {
            self.load(row);
        }
        let Self {
            sides,
            cells,
            matches,
            spread,
            sums,
            ..
        } = self;
        let runs = [a, b];
        let mut log_odds = 0.0;
        for side in 0..2 {
            let (this, other, source) = (&sides[side], &sides[1 - side], runs[1 - side]);
            let words = other.tokens[source.end] - other.tokens[source.start] + 1;
            let share = (words as f32).recip();
            log_odds += this.floor[runs[side].end] - this.floor[runs[side].start];
            let spread = a
                .clone()
                .flat_map(|row| &spread[row % MAX_RUN].cells[b.clone()]);
            let found = spread.filter_map(|cell| {
                let bounds = &cells[cell.checked_sub(1)? as usize].bounds;
                Some(&matches[bounds[side] as usize..bounds[side + 1] as usize])
            });
            let found = found.flatten();
            let mut product = Product::default();
            if source.len() == 1 {
                found.for_each(|m| product.times(1.0 + m.sum * share));
            } else {
                found.for_each(|m| sums[side].add(m.token, m.sum));
                sums[side].take(|_, sum| product.times(1.0 + sum * share));
            }
            log_odds += product.ln();
        }
        log_odds / 2.0
    }

    /// The share of the log-odds of two runs that is due to the tokens t that `counts`, by side and
    /// index. The same formula as in [`log_odds`](Self::log_odds), term by term instead of fast.
    pub(super) fn share(
        &self,
        a: &Range<usize>,
        b: &Range<usize>,
        counts: impl Fn(usize, u32) -> bool,
    ) -> f32 {
        let runs = [a, b];
        let mut log_odds = 0.0;
        for side in 0..2 {
            let (this, other, source) = (&self.sides[side], &self.sides[1 - side], runs[1 - side]);
            let words = other.tokens[source.end] - other.tokens[source.start] + 1;
            let tokens = this.tokens[runs[side].start]..this.tokens[runs[side].end];
            let tokens = tokens.filter(|&token| counts(side, token));
            let mut sums: BTreeMap<u32, f32> = tokens.map(|token| (token, 0.0)).collect();
            for row in a.clone() {
                let cells = self.rows[row].start as usize..self.rows[row].end as usize;
                let cells = self.cells[cells].iter();
                for cell in cells.filter(|cell| b.contains(&(cell.column as usize))) {
                    let bounds = cell.bounds[side] as usize..cell.bounds[side + 1] as usize;
                    for found in &self.matches[bounds] {
                        if let Some(sum) = sums.get_mut(&found.token) {
                            *sum += found.sum;
                        }
                    }
                }
            }
            for (token, sum) in sums {
                // ln(1 − w), and what the matches add to it.
                let floor = -this.odds[token as usize].ln_1p();
                log_odds += floor + (sum / words as f32).ln_1p();
            }
        }
        log_odds / 2.0
    }

    /// Makes sure that a row is spread out.
    fn load(&mut self, row: usize) {
        let spread = &mut self.spread[row % MAX_RUN];
        if spread.row == row {
            return;
        }
        let cells = |row: Range<u32>| row.start as usize..row.end as usize;
        if let Some(old) = self.rows.get(spread.row) {
            for cell in &self.cells[cells(old.clone())] {
                spread.cells[cell.column as usize] = 0;
            }
        }
        for cell in cells(self.rows[row].clone()) {
            spread.cells[self.cells[cell].column as usize] = cell as u32 + 1;
        }
        spread.row = row;
    }
}

impl Sums {
    fn add(&mut self, token: u32, sum: f32) {
        let total = &mut self.by_token[token as usize];
        if *total == 0.0 {
            self.tokens.push(token);
        }
        *total += sum;
    }

    /// Yields all sums, in the order in which their tokens came, and forgets them.
    fn take(&mut self, mut found: impl FnMut(u32, f32)) {
        for token in self.tokens.drain(..) {
            found(token, std::mem::take(&mut self.by_token[token as usize]));
        }
    }
}

/// A product of numbers of at least 1, however large.
struct Product {
    product: f64,
    /// Of what was taken out of the product.
    ln: f64,
}

impl Default for Product {
    fn default() -> Self {
        let (product, ln) = (1.0, 0.0);
        Self { product, ln }
    }
}

impl Product {
    fn times(&mut self, factor: f32) {
        self.product *= f64::from(factor);
        if self.product > 1e250 {
            self.ln += self.product.ln();
            self.product = 1.0;
        }
    }

    fn ln(&self) -> f32 {
        (self.ln + self.product.ln()) as f32
    }
}

/// The matches of one row, to be sorted by column.
#[derive(Default)]
struct ByColumn {
    found: Vec<Found>,
    sorted: Vec<Found>,
    columns: Range<usize>,
    /// Per column, how many matches there are; then where the next one goes.
    places: Vec<u32>,
}

impl ByColumn {
    /// Forgets the matches; the next ones stand in `columns`.
    fn clear(&mut self, columns: Range<usize>) {
        self.found.clear();
        self.places.clear();
        self.places.resize(columns.len(), 0);
        self.columns = columns;
    }

    fn push(&mut self, found: Found) {
        self.places[found.column as usize - self.columns.start] += 1;
        self.found.push(found);
    }

    /// The matches by column, in the order in which they came.
    fn sort(&mut self) -> &[Found] {
        let mut next = 0;
        for place in &mut self.places {
            next += std::mem::replace(place, next);
        }
        self.sorted.clear();
        if let Some(&any) = self.found.first() {
            self.sorted.resize(self.found.len(), any);
        }
        for &found in &self.found {
            let place = &mut self.places[found.column as usize - self.columns.start];
            self.sorted[*place as usize] = found;
            *place += 1;
        }
        &self.sorted
    }
}

impl Side {
    fn new(features: &Features, index: &Index, side: usize) -> Self {
        let mut this = Self {
            tokens: vec![0],
            floor: vec![0.0],
            odds: Vec::with_capacity(features.all_tokens().len()),
        };
        let mut floor = 0.0;
        for sentence in 0..features.sentences().len() {
            for token in features.tokens(sentence) {
                let w = index.reliability(token, side, sentence);
                floor += (1.0 - w).ln();
                this.odds.push(w / (1.0 - w));
            }
            this.tokens.push(this.odds.len() as u32);
            this.floor.push(floor);
        }
        this
    }
}

#[cfg(test)]
mod tests {
    use super::super::index::{ALIKE, BACKGROUND, SAME, SMOOTHING};
    use super::*;
    use crate::features::{Id, Token, Vocabulary};
    use crate::lexicon::{Lexicon, Trainer};
    use crate::{Lang, Segmenter, Source, Unit};

    const ENGLISH: &str = "Peter paid 1,250 euros in March.\nWho called Peter?\n\
        The museum of photography opened.\nNobody came, nobody called.";
    const GERMAN: &str = "Peter zahlte im März 1.250 Euro.\nWer rief an?\n\
        Das Museum für Fotografie, sagt Peter Photinger, ist offen.\nEs kam niemand ins Museum.";

    fn read(text: &str, lang: Lang, vocabulary: &mut Vocabulary<'_>) -> Features {
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        Features::read(&Segmenter::new().version(source).unwrap(), vocabulary)
    }

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
        vocabulary: &Vocabulary<'_>,
        side: usize,
        to: Id,
        from: Id,
    ) -> f32 {
        let (to_lang, from_lang) = [(Lang::EN, Lang::DE), (Lang::DE, Lang::EN)][side];
        let number = |id: Id, lang: Lang| {
            let stem = vocabulary.stem(id).filter(|stem| stem.lang == lang)?;
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
    fn mass(lexicon: &Lexicon, vocabulary: &Vocabulary<'_>, side: usize, id: Id) -> f32 {
        let number = vocabulary.stem(id).and_then(|stem| stem.numbers[0]);
        let [from, to] = [[Lang::EN, Lang::DE], [Lang::DE, Lang::EN]][side];
        let table = lexicon.table(from, to).unwrap();
        number.map_or(0.0, |number| table.row(number).map(|(_, p)| p).sum())
    }

    /// The formula at the head of this file, word by word, over the tokens t that `counts`.
    fn naive(
        lexicon: &Lexicon,
        vocabulary: &Vocabulary<'_>,
        features: [&Features; 2],
        runs: [&Range<usize>; 2],
        counts: fn(&Token) -> bool,
    ) -> f32 {
        let all = features.map(Features::all_tokens);
        let run = |side: usize| {
            let sentences = runs[side].clone();
            (sentences.flat_map(|s| features[side].tokens(s)).copied()).collect::<Vec<Token>>()
        };
        let p = |side: usize, has: &dyn Fn(&Token) -> bool, background: f32| {
            let count = all[side].iter().filter(|t| has(t)).count() as f32;
            (count + SMOOTHING * background) / (all[side].len() as f32 + SMOOTHING)
        };
        let mut sum = 0.0;
        for side in 0..2 {
            let source = run(1 - side);
            for t in run(side).into_iter().filter(counts) {
                let same = |s: &Token| s.word.is_some() && s.word == t.word;
                let alike = |s: &Token| s.cognate.is_some() && s.cognate == t.cognate;
                let translated = |s: &Token| match (t.stem, s.stem) {
                    (Some(t), Some(s)) => translation(lexicon, vocabulary, side, t, s),
                    _ => 0.0,
                };
                let stem = |s: &Token| s.stem == t.stem;
                let known = t.stem.and_then(|id| vocabulary.stem(id)?.frequency);
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
                sum += (1.0 - w + w * matches / (source.len() as f32 + 1.0)).ln();
            }
        }
        sum / 2.0
    }

    /// Whether a token is a number, or is none.
    fn numbers(features: [&Features; 2], is: bool) -> impl Fn(usize, u32) -> bool {
        move |side, token| features[side].all_tokens()[token as usize].is_number == is
    }

    #[test]
    fn agrees_with_the_formula() {
        let lexicon = lexicon();
        let mut vocabulary = Vocabulary::new(vec![&lexicon]);
        let a = read(ENGLISH, Lang::EN, &mut vocabulary);
        let b = read(GERMAN, Lang::DE, &mut vocabulary);
        let index = Index::new(&a, &b, &vocabulary, None, 0.4);
        let mut lexical = Lexical::new(&a, &b, &index, |_| 0..4);
        let runs = |n: usize| (0..n).flat_map(move |i| (i + 1..=n).map(move |j| i..j));
        for x in runs(4) {
            for y in runs(4) {
                let all = lexical.log_odds(&x, &y);
                let [words, numbers] =
                    [false, true].map(|is| lexical.share(&x, &y, numbers([&a, &b], is)));
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
        let wrong = lexical.log_odds(&(0..1), &(3..4));
        assert!(wrong < lexical.log_odds(&(0..1), &(0..1)) - 1.0);
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
            let mut vocabulary = Vocabulary::default();
            let a = read(texts[0], Lang::EN, &mut vocabulary);
            let b = read(texts[1], Lang::DE, &mut vocabulary);
            let index = Index::new(&a, &b, &vocabulary, None, 0.4);
            let columns = b.sentences().len();
            let lexical = Lexical::new(&a, &b, &index, |_| 0..columns);
            let [row, column] = runs.map(|s: usize| s..s + 1);
            for (is, expected) in [(false, words), (true, by_numbers)] {
                let found = lexical.share(&row, &column, numbers([&a, &b], is));
                assert!(
                    (found - expected).abs() < 1e-3,
                    "{name}: {found}, not {expected}"
                );
            }
        }
    }
}
