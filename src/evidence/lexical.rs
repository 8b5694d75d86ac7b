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
//!    nothing: it contributes 0, not ln(1 − w).
//!
//! The sum over t is one over the sentences of the target, too, so of a row it takes no more than what
//! it says against runs of one to [`MAX_RUN`] columns, and of a column what it says against runs of rows:
//! all runs of rows and columns are sums of these ([`Words`]). Time is that of the tokens of the sentences
//! that are held against each other, space that of the matches of [`MAX_RUN`] rows.

use std::ops::Range;

use super::MAX_RUN;
use super::index::{ALIKE, Fold, Index};
use super::log;
use crate::features::{Features, Occurrence};

/// Shared tokens of a pair of versions.
pub(super) struct Lexical<'a> {
    pub(super) sides: [&'a Features; 2],
    pub(super) index: Index,
    /// Per side and sentence, the sum of ln(1 − w) over its tokens: over all, and over those that are rare.
    floor: [Vec<[f32; 2]>; 2],
}

/// What a token of one sentence says more than nothing, by its place there.
#[derive(Clone, Copy)]
struct Found {
    place: u32,
    /// How often the token stands in its sentence.
    times: u32,
    /// The sum over the tokens of a sentence of the other version that match it, each divided by p,
    /// times w / (1 − w).
    sum: f32,
}

/// A token of the row that some token of another version matches.
#[derive(Clone, Copy)]
struct Waiting {
    place: u32,
    ratios: [f32; 2],
    /// The one that waits for the same token, if any: its number + 1.
    next: u32,
}

/// A row that is held against columns.
#[derive(Default)]
struct Row {
    number: Option<usize>,
    columns: Range<usize>,
    /// Per column, where its matches begin, and at the end their number: by tokens of the row and by
    /// tokens of the column.
    starts: Vec<[u32; 2]>,
    found: [Vec<Found>; 2],
    /// L(row|columns) by the first column and their number less 1.
    along: Vec<[f32; MAX_RUN]>,
}

/// What some neighbouring rows say against columns, and these against them.
#[derive(Default)]
pub(crate) struct Words {
    /// The last rows that were read, by their number modulo [`MAX_RUN`].
    rows: [Row; MAX_RUN],
    /// The first of the rows.
    first: usize,
    /// Rows and columns of a run at the most.
    runs: [usize; 2],
    /// The columns that are looked at, if not all are: they are numbered by their place here then.
    columns: Vec<usize>,
    /// L(column|rows) by column and the number of rows less 1.
    across: Vec<[f32; MAX_RUN]>,
    /// By token of the other version, and by class, the first one that waits for it: its number + 1.
    by_token: Vec<u32>,
    by_class: Vec<u32>,
    waiting: Vec<Waiting>,
    waiting_classes: Vec<Waiting>,
    /// Sums by place, all 0 between two uses, and the places whose sum is not.
    sums: Vec<f32>,
    places: Vec<u32>,
    terms: Terms,
}

impl Words {
    /// Begins to read the rows of a pair of versions, for runs of so many rows and columns at the most.
    pub(super) fn begin(&mut self, lexical: &Lexical<'_>, runs: [usize; 2]) {
        self.runs = runs;
        self.columns.clear();
        for row in &mut self.rows {
            row.number = None;
        }
        self.by_token.resize(lexical.index.classes.len(), 0);
        self.by_class.resize(lexical.index.alike.len(), 0);
    }

    /// Looks at some columns only, which rise; rows are read against ranges of places among these.
    pub(crate) fn only(&mut self, columns: &[usize]) {
        self.columns.extend_from_slice(columns);
    }

    /// The number of a column in its version.
    fn column(&self, at: usize) -> usize {
        self.columns.get(at).copied().unwrap_or(at)
    }

    /// Reads a row against some columns. Runs of rows begin with it then; those behind it must have been
    /// read before, against the columns that are asked for.
    pub(super) fn read(&mut self, lexical: &Lexical<'_>, row: usize, columns: Range<usize>) {
        self.wait(lexical, row);
        self.find(lexical, row, columns);
        self.rest(lexical, row);
        self.along(lexical, row);
        self.across(lexical, row);
        self.first = row;
    }

    /// Log-odds of two runs of sentences.
    pub(super) fn log_odds(&self, rows: &Range<usize>, columns: &Range<usize>) -> f32 {
        debug_assert_eq!(rows.start, self.first, "the row that was read last");
        let columns = match self.columns.is_empty() {
            true => columns.clone(),
            false => {
                let start = self.columns.partition_point(|&c| c < columns.start);
                start..start + columns.len()
            }
        };
        let along = rows.clone().map(|number| {
            let row = &self.rows[number % MAX_RUN];
            row.along[columns.start - row.columns.start][columns.len() - 1]
        });
        let first = self.rows[rows.start % MAX_RUN].columns.start;
        let across = &self.across[columns.start - first..columns.end - first];
        let across = across.iter().map(|by_rows| by_rows[rows.len() - 1]);
        (along.sum::<f32>() + across.sum::<f32>()) / 2.0
    }

    /// Log-odds of all runs that begin with the row that was read last and a column, by the numbers of
    /// rows and columns less 1; where the two are more than [`MAX_RUN`] together, and where less was read,
    /// they mean nothing.
    pub(super) fn all_log_odds(&self, column: usize) -> [[f32; MAX_RUN]; MAX_RUN] {
        let mut all = [[0.0; MAX_RUN]; MAX_RUN];
        let row = &self.rows[self.first % MAX_RUN];
        let at = column - row.columns.start;
        let mut across = [0.0; MAX_RUN];
        for (c, by_rows) in self.across[at..].iter().take(MAX_RUN).enumerate() {
            for r in 0..MAX_RUN - c {
                across[r] += by_rows[r];
                all[r][c] = across[r] / 2.0;
            }
        }
        let mut along = [0.0; MAX_RUN];
        for (r, number) in (self.first..self.first + MAX_RUN).enumerate() {
            let row = &self.rows[number % MAX_RUN];
            let Some(at) = row.place(number, column) else {
                break;
            };
            for c in 0..MAX_RUN - r {
                along[c] += row.along[at][c];
                all[r][c] += along[c] / 2.0;
            }
        }
        all
    }

    /// Lets the tokens of a row wait for what matches them.
    fn wait(&mut self, lexical: &Lexical<'_>, row: usize) {
        let Lexical { sides, index, .. } = lexical;
        let fold = index.fold(0, row);
        for (place, occurrence) in (0..).zip(sides[0].tokens(row)) {
            for found in fold.matches(occurrence.token) {
                let first = &mut self.by_token[found.other as usize];
                let (ratios, next) = (found.ratios, *first);
                self.waiting.push(Waiting {
                    place,
                    ratios,
                    next,
                });
                *first = self.waiting.len() as u32;
            }
            let class = index.classes[occurrence.token as usize] as usize;
            if class > 0 {
                let first = &mut self.by_class[class];
                let (ratios, next) = (index.alike[class], *first);
                self.waiting_classes.push(Waiting {
                    place,
                    ratios,
                    next,
                });
                *first = self.waiting_classes.len() as u32;
            }
        }
    }

    /// Lets the row wait no longer.
    fn rest(&mut self, lexical: &Lexical<'_>, row: usize) {
        let Lexical { sides, index, .. } = lexical;
        let fold = index.fold(0, row);
        for occurrence in sides[0].tokens(row) {
            for found in fold.matches(occurrence.token) {
                self.by_token[found.other as usize] = 0;
            }
            self.by_class[index.classes[occurrence.token as usize] as usize] = 0;
        }
        self.waiting.clear();
        self.waiting_classes.clear();
    }

    /// Finds the matches of the row that waits, column by column.
    fn find(&mut self, lexical: &Lexical<'_>, number: usize, columns: Range<usize>) {
        let Lexical { sides, index, .. } = lexical;
        let tokens = sides[0].tokens(number);
        let odds = &index.fold(0, number).odds[0][..];
        let classes = &index.classes[..];
        self.sums.resize(self.sums.len().max(tokens.len()), 0.0);
        let Self {
            rows,
            columns: order,
            by_token,
            by_class,
            waiting,
            waiting_classes,
            sums,
            places,
            ..
        } = self;
        let (by_token, by_class) = (&by_token[..], &by_class[..]);
        let sums = &mut sums[..tokens.len()];
        let Row {
            number: row,
            columns: own,
            starts,
            found: [found, found_there],
            ..
        } = &mut rows[number % MAX_RUN];
        *row = Some(number);
        starts.clear();
        found.clear();
        found_there.clear();
        for at in columns.clone() {
            let column = order.get(at).copied().unwrap_or(at);
            starts.push([found.len() as u32, found_there.len() as u32]);
            let others = &index.fold(1, column).odds[1][..];
            for (place, other) in (0..).zip(sides[1].tokens(column)) {
                let first = by_token[other.token as usize];
                let alike = by_class[classes[other.token as usize] as usize];
                if first | alike == 0 {
                    continue;
                }
                let times = other.times as f32;
                let mut sum = 0.0;
                let mut add = |waits: &Waiting| {
                    let at = waits.place as usize;
                    sum += waits.ratios[1] * tokens[at].times as f32;
                    if sums[at] == 0.0 {
                        places.push(waits.place);
                    }
                    sums[at] += waits.ratios[0] * times;
                };
                each(waiting, first, &mut add);
                each(waiting_classes, alike, |alike| {
                    // Unless it matches in a better way.
                    let mut better = false;
                    each(waiting, first, |waits| better |= waits.place == alike.place);
                    if !better {
                        add(alike);
                    }
                });
                let sum = sum * others[other.token as usize];
                if sum > 0.0 {
                    let times = other.times;
                    found_there.push(Found { place, times, sum });
                }
            }
            for place in places.drain(..) {
                let sum = std::mem::take(&mut sums[place as usize]);
                let Occurrence { token, times } = tokens[place as usize];
                let sum = sum * odds[token as usize];
                // A pair of words may be known in one direction only.
                if sum > 0.0 {
                    found.push(Found { place, times, sum });
                }
            }
        }
        starts.push([found.len() as u32, found_there.len() as u32]);
        *own = columns;
    }

    /// What the row says against runs of columns.
    fn along(&mut self, lexical: &Lexical<'_>, number: usize) {
        let Self {
            rows,
            runs: [_, most],
            columns: order,
            terms,
            ..
        } = self;
        let Row {
            columns,
            starts,
            found: [found, _],
            along,
            ..
        } = &mut rows[number % MAX_RUN];
        let sentences = lexical.sides[1].sentences();
        let floor = lexical.floor(0, number);
        terms.make_room(lexical.sides[0].tokens(number).len());
        along.clear();
        for start in columns.clone() {
            let mut runs = [floor; MAX_RUN];
            let mut words = 1;
            let end = columns.end.min(start + *most);
            for (run, at) in runs.iter_mut().zip(start..end) {
                let place = at - columns.start;
                let found = &found[starts[place][0] as usize..starts[place + 1][0] as usize];
                words += sentences[order.get(at).copied().unwrap_or(at)].words;
                *run += terms.with(found, words);
            }
            terms.clear();
            along.push(runs);
        }
    }

    /// What columns say against runs of rows that begin with one.
    fn across(&mut self, lexical: &Lexical<'_>, number: usize) {
        let [a, b] = lexical.sides;
        self.across.clear();
        for at in self.rows[number % MAX_RUN].columns.clone() {
            let column = self.column(at);
            self.terms.make_room(b.tokens(column).len());
            let mut runs = [lexical.floor(1, column); MAX_RUN];
            let mut words = 1;
            for (run, number) in runs.iter_mut().zip(number..number + self.runs[0]) {
                let row = &self.rows[number % MAX_RUN];
                let Some(place) = row.place(number, at) else {
                    break;
                };
                let found = row.starts[place][1] as usize..row.starts[place + 1][1] as usize;
                words += a.sentences()[number].words;
                *run += self.terms.with(&row.found[1][found], words);
            }
            self.terms.clear();
            self.across.push(runs);
        }
    }
}

impl Row {
    /// Where a column stands among those that this row was read against, if it is this one.
    fn place(&self, number: usize, column: usize) -> Option<usize> {
        let at = column.wrapping_sub(self.columns.start);
        (self.number == Some(number) && at < self.columns.len()).then_some(at)
    }
}

/// Calls `found` with those that wait for the same as the first one.
fn each(waiting: &[Waiting], first: u32, mut found: impl FnMut(&Waiting)) {
    let mut next = first;
    while let Some(at) = next.checked_sub(1) {
        let waits = &waiting[at as usize];
        found(waits);
        next = waits.next;
    }
}

/// What is found in one sentence against one, two and more of another version.
#[derive(Default)]
struct Terms {
    list: Vec<Found>,
    /// By place, where it stands in the list: its number + 1, or 0.
    numbers: Vec<u32>,
}

impl Terms {
    /// Makes room for a sentence of so many tokens.
    fn make_room(&mut self, tokens: usize) {
        if self.numbers.len() < tokens {
            self.numbers.resize(tokens, 0);
        }
    }

    /// Log-odds beyond ln(1 − w) with what is found in a further sentence; all have so many `words`.
    fn with(&mut self, found: &[Found], words: u32) -> f32 {
        for found in found {
            let number = &mut self.numbers[found.place as usize];
            match self.list.get_mut((*number as usize).wrapping_sub(1)) {
                Some(term) => term.sum += found.sum,
                None => {
                    self.list.push(*found);
                    *number = self.list.len() as u32;
                }
            }
        }
        match self.list.is_empty() {
            true => 0.0,
            false => gain(&self.list, words),
        }
    }

    fn clear(&mut self) {
        for found in self.list.drain(..) {
            self.numbers[found.place as usize] = 0;
        }
    }
}

/// The sum of `times · ln(1 + sum / words)` over some tokens.
fn gain(terms: &[Found], words: u32) -> f32 {
    let share = (words as f32).recip();
    let mut ln = 0.0;
    // So many factors are no more than a f64 holds.
    for terms in terms.chunks(32) {
        let mut product = 1.0_f64;
        for term in terms {
            let factor = f64::from(1.0 + term.sum * share);
            product *= factor;
            if term.times > 1 {
                ln += (term.times - 1) as f32 * log::ln(factor);
            }
        }
        ln += log::ln(product);
    }
    ln
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
        Self {
            sides,
            index,
            floor,
        }
    }

    /// Sum of ln(1 − w) over the tokens of a sentence.
    fn floor(&self, side: usize, sentence: usize) -> f32 {
        self.floor[side][sentence][0]
    }

    /// Adds to `scores` about what the rare tokens of a row say against single columns: as if each stood
    /// there once, and what is frequent said nothing.
    pub(super) fn rough(&self, row: usize, columns: &Range<usize>, scores: &mut [f32]) {
        let Self {
            sides: [a, b],
            index,
            ..
        } = self;
        let fold = index.fold(0, row);
        let words = a.sentences()[row].words + 1;
        for occurrence in a.tokens(row) {
            let token = occurrence.token as usize;
            if !index.rare[0][token] {
                continue;
            }
            let mut add = |column: u32, other: Option<u32>, ratios: [f32; 2]| {
                let column = column as usize;
                let gain =
                    |odds: f32, ratio: f32, words: u32| (odds * ratio / words as f32).ln_1p();
                let odds = &index.fold(1, column).odds[1];
                let theirs = other.map_or(ALIKE_ODDS, |other| odds[other as usize]);
                let gained = gain(
                    fold.odds[0][token],
                    ratios[0],
                    b.sentences()[column].words + 1,
                ) + gain(theirs, ratios[1], words);
                scores[column - columns.start] += gained / 2.0;
            };
            let matches = fold.matches(occurrence.token);
            for found in matches {
                for &column in index.by_token.within(found.other, columns) {
                    add(column, Some(found.other), found.ratios);
                }
            }
            let class = index.classes[token];
            if class > 0 && matches.is_empty() {
                for &column in index.by_class.within(class, columns) {
                    add(column, None, index.alike[class as usize]);
                }
            }
        }
    }

    /// Sum of ln(1 − w) over the rare tokens of a sentence.
    pub(super) fn rough_floor(&self, side: usize, sentence: usize) -> f32 {
        self.floor[side][sentence][1]
    }

    /// The share of the log-odds of two runs that is due to numbers, or to all else. The same formula as
    /// in [`Words::log_odds`], token by token instead of fast.
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

/// w / (1 − w) of words that only begin alike.
const ALIKE_ODDS: f32 = ALIKE / (1.0 - ALIKE);

#[cfg(test)]
mod tests {
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
}
