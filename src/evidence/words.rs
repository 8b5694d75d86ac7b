//! What neighbouring sentences of two versions say against each other, by their tokens (`lexical`).
//!
//! The sum over the tokens of the target is one over its sentences, too, so of a row it takes no more than
//! what it says against runs of one to [`MAX_RUN`] columns, and of a column what it says against runs of
//! rows: all runs of rows and columns are sums of these. What matches is laid out word by word, whether it
//! does or not, so that sums and products are taken several words at a time. Time is that of the words of
//! the sentences that are held against each other, space that of the words of [`MAX_RUN`] rows and their
//! columns.

use std::ops::Range;

use super::index::Match;
use super::lexical::Lexical;
use super::{MAX_RUN, log};
use crate::features::Occurrence;

/// Products that are taken side by side, and how many factors of each a f64 holds.
const LANES: usize = 4;
const MOST: usize = 8;

/// Words of a column that begin alike and are looked at, at the most: two lines of words that all begin alike
/// would otherwise take the square of their length. Sentences that anyone has written have a few.
const MOST_ALIKE: u32 = 64;

/// Words of a row by columns, and of a column by rows, that are laid out at the most: of a book on one line against
/// the lines of another, those that there is room for are looked for in these, and these in all of it.
const MOST_GAINS: usize = 1 << 25;

/// Words of a column that are laid out, however many rows there are.
const LEAST_WORDS: usize = 1 << 12;

/// A token of a column, which tokens of rows may match.
#[derive(Clone, Copy)]
struct Candidate {
    token: u32,
    class: u32,
    column: u32,
    /// The first of the words of the column that it is, if these are laid out, and how many it is.
    word: Option<u32>,
    times: u32,
    /// w / (1 − w).
    odds: f32,
    /// The one before it that is the same token, and the one that begins alike: their numbers + 1.
    before: u32,
    alike: u32,
    /// How many of its column begin alike, with this one.
    count: u32,
}

/// A row that is held against columns.
#[derive(Default)]
struct Row {
    number: Option<usize>,
    columns: Range<usize>,
    /// How many words of the row are laid out for each column.
    width: usize,
    /// Per column, what it gives to each word of the row.
    gains: Vec<f32>,
    /// Per column, what the row gives to each of its words.
    gains_there: Vec<f32>,
    /// Per column, where these begin, and at the end their number.
    starts: Vec<usize>,
    /// Per column, whether it has any match.
    is_found: Vec<bool>,
    /// L(row|columns) by the first column and their number less 1, if these follow each other.
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
    /// The tokens of some neighbouring columns, from the last column to the first.
    candidates: Vec<Candidate>,
    /// The columns that these stand in.
    met: Range<usize>,
    /// Per such column, in the same order, the sum of ln(1 − w) over what of it is laid out.
    floors: Vec<f32>,
    /// Words of a column that are laid out at the most.
    most_there: usize,
    /// By token, and by class, the last of the candidates: its number + 1.
    by_token: Vec<u32>,
    by_class: Vec<u32>,
    terms: Terms,
}

impl Words {
    /// Begins to read the rows of a pair of versions, for runs of so many rows and columns at the most.
    pub(super) fn begin(&mut self, lexical: &Lexical<'_>, runs: [usize; 2]) {
        self.forget();
        self.runs = runs;
        self.columns.clear();
        let rows = lexical.sides[0].sentences().len();
        self.most_there = room(rows).max(LEAST_WORDS);
        for row in &mut self.rows {
            row.number = None;
        }
        self.by_token.resize(lexical.index.classes.len(), 0);
        self.by_class.resize(lexical.index.alike.len(), 0);
    }

    /// Looks at some columns only, which rise; rows are read against ranges of places among these. Only runs of columns
    /// that follow each other may be asked for.
    pub(crate) fn only(&mut self, columns: &[usize]) {
        self.columns.extend_from_slice(columns);
    }

    /// Reads a row against some columns. Runs of rows begin with it then; those behind it must have been
    /// read before, against the columns that are asked for.
    pub(super) fn read(&mut self, lexical: &Lexical<'_>, row: usize, columns: Range<usize>) {
        self.meet(lexical, &columns);
        self.find(lexical, row, columns);
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
    /// rows and columns less 1; where these are more than `MAX_RUN + 1` together, and where less was read,
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

    /// Makes candidates of the tokens of some columns. As these are read from the last to the first, most that were
    /// met are needed again.
    fn meet(&mut self, lexical: &Lexical<'_>, columns: &Range<usize>) {
        let goes_on = (self.met.start..=self.met.end).contains(&columns.end);
        if !goes_on {
            self.forget();
            self.met = columns.end..columns.end;
        }
        let Lexical { sides, index, .. } = lexical;
        for at in (columns.start..self.met.start).rev() {
            let column = column_of(&self.columns, at);
            let odds = &index.fold(1, column).odds[1];
            let width = width(lexical, 1, column, self.most_there);
            self.floors.push(floor(lexical, 1, column, width));
            let mut end = 0;
            for &Occurrence { token, times } in sides[1].tokens(column) {
                let word = lay_out(&mut end, times, width);
                let class = index.classes[token as usize];
                let before = &mut self.by_token[token as usize];
                let alike = &mut self.by_class[class as usize];
                let neighbour = alike.checked_sub(1).map(|at| self.candidates[at as usize]);
                let neighbour = neighbour.filter(|other| other.column as usize == at);
                let candidate = Candidate {
                    token,
                    class,
                    column: at as u32,
                    word: word.map(|word| word as u32),
                    times,
                    odds: odds[token as usize],
                    before: *before,
                    alike: *alike,
                    count: neighbour.map_or(0, |other| other.count) + 1,
                };
                self.candidates.push(candidate);
                *before = self.candidates.len() as u32;
                if class > 0 && candidate.count <= MOST_ALIKE {
                    *alike = *before;
                }
            }
        }
        self.met.start = self.met.start.min(columns.start);
    }

    /// Leaves no candidate.
    fn forget(&mut self) {
        for Candidate { token, class, .. } in self.candidates.drain(..) {
            self.by_token[token as usize] = 0;
            self.by_class[class as usize] = 0;
        }
        self.floors.clear();
        self.met = 0..0;
    }

    /// Finds what a row matches in some columns, which were met.
    fn find(&mut self, lexical: &Lexical<'_>, number: usize, columns: Range<usize>) {
        let Lexical { sides, index, .. } = lexical;
        let Self {
            rows,
            columns: order,
            by_token,
            by_class,
            candidates,
            most_there,
            ..
        } = self;
        let row = &mut rows[number % MAX_RUN];
        let width = self::width(lexical, 0, number, room(columns.len()));
        let widths = columns
            .clone()
            .map(|at| self::width(lexical, 1, column_of(order, at), *most_there));
        row.begin(number, columns, width, widths);
        let Row {
            columns,
            gains,
            gains_there,
            starts,
            is_found,
            ..
        } = row;
        let fold = index.fold(0, number);
        let mut end = 0;
        for &Occurrence { token, times } in sides[0].tokens(number) {
            let start = lay_out(&mut end, times, width);
            let odds = fold.odds[0][token as usize];
            let matches = fold.matches(token);
            let class = index.classes[token as usize] as usize;
            // Those that match, and behind them those that begin alike.
            let others = matches
                .iter()
                .map(|found| (by_token[found.other as usize], found.ratios, false));
            let alike = (by_class[class], index.alike[class], true);
            for (last, ratios, begins_alike) in others.chain([alike]) {
                let [own, theirs] = [ratios[0] * odds, ratios[1] * times as f32];
                let mut next = last;
                while let Some(candidate) = next.checked_sub(1) {
                    let candidate = &candidates[candidate as usize];
                    next = match begins_alike {
                        true => candidate.alike,
                        false => candidate.before,
                    };
                    let column = candidate.column as usize;
                    // Columns were met from the last to the first.
                    if column >= columns.end {
                        break;
                    }
                    let is_better = |found: &Match| found.other == candidate.token;
                    if column < columns.start || begins_alike && matches.iter().any(is_better) {
                        continue;
                    }
                    let place = column - columns.start;
                    is_found[place] = true;
                    if let Some(start) = start {
                        let gain = own * candidate.times as f32;
                        add(gains, place * width + start, times, gain);
                    }
                    if let Some(word) = candidate.word {
                        let gain = theirs * candidate.odds;
                        let first = starts[place] + word as usize;
                        add(gains_there, first, candidate.times, gain);
                    }
                }
            }
        }
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
            width,
            gains,
            is_found,
            along,
            ..
        } = &mut rows[number % MAX_RUN];
        let sentences = lexical.sides[1].sentences();
        let floor = floor(lexical, 0, number, *width);
        along.clear();
        for start in columns.clone() {
            terms.begin();
            let mut runs = [floor; MAX_RUN];
            let mut words = 1;
            let end = columns.end.min(start + *most);
            let first = column_of(order, start);
            for (run, at) in runs.iter_mut().zip(start..end) {
                let column = column_of(order, at);
                if column - first > at - start {
                    // It does not follow the one before.
                    break;
                }
                let place = at - columns.start;
                words += sentences[column].words;
                let gains = is_found[place].then(|| &gains[place * *width..][..*width]);
                *run += terms.with(gains, words);
            }
            along.push(runs);
        }
    }

    /// What columns say against runs of rows that begin with one.
    fn across(&mut self, lexical: &Lexical<'_>, number: usize) {
        let sentences = lexical.sides[0].sentences();
        self.across.clear();
        for at in self.rows[number % MAX_RUN].columns.clone() {
            self.terms.begin();
            let mut runs = [self.floors[self.met.end - 1 - at]; MAX_RUN];
            let mut words = 1;
            for (run, number) in runs.iter_mut().zip(number..number + self.runs[0]) {
                let row = &self.rows[number % MAX_RUN];
                let Some(place) = row.place(number, at) else {
                    break;
                };
                words += sentences[number].words;
                let gains = row.starts[place]..row.starts[place + 1];
                let gains = row.is_found[place].then(|| &row.gains_there[gains]);
                *run += self.terms.with(gains, words);
            }
            self.across.push(runs);
        }
    }
}

/// How many words of a sentence stand side by side, so many at the most: as many as it has, and what is missing to
/// [`LANES`].
fn width(lexical: &Lexical<'_>, side: usize, sentence: usize, most: usize) -> usize {
    let words = lexical.sides[side].sentences()[sentence].words as usize;
    words.next_multiple_of(LANES).min(most)
}

/// For how many words of a sentence there is room, if they are laid out for so many others.
const fn room(others: usize) -> usize {
    let most = MOST_GAINS.checked_div(others);
    match most {
        Some(most) => most - most % LANES,
        None => MOST_GAINS,
    }
}

/// Where the next words of a sentence stand that is laid out up to an `end`, if it is so wide that there is room for
/// them.
fn lay_out(end: &mut usize, times: u32, width: usize) -> Option<usize> {
    let start = *end;
    let next = start + times as usize;
    (next <= width).then(|| {
        *end = next;
        start
    })
}

/// Sum of ln(1 − w) over what is laid out of a sentence.
fn floor(lexical: &Lexical<'_>, side: usize, sentence: usize, width: usize) -> f32 {
    if self::width(lexical, side, sentence, usize::MAX) <= width {
        return lexical.floor(side, sentence);
    }
    let floors = &lexical.index.fold(side, sentence).floor[side];
    let mut end = 0;
    let tokens = lexical.sides[side].tokens(sentence).iter();
    let tokens = tokens.filter(|t| lay_out(&mut end, t.times, width).is_some());
    tokens
        .map(|t| floors[t.token as usize] * t.times as f32)
        .sum()
}

/// The number in its version of a column that is numbered by its place among some, if not all are looked at.
fn column_of(columns: &[usize], at: usize) -> usize {
    columns.get(at).copied().unwrap_or(at)
}

impl Row {
    /// Begins with a row of a width, and columns of such widths.
    fn begin(
        &mut self,
        number: usize,
        columns: Range<usize>,
        width: usize,
        widths: impl Iterator<Item = usize>,
    ) {
        self.number = Some(number);
        self.width = width;
        self.gains.clear();
        self.gains.resize(width * columns.len(), 0.0);
        self.starts.clear();
        let mut end = 0;
        for width in widths {
            self.starts.push(end);
            end += width;
        }
        self.starts.push(end);
        self.gains_there.clear();
        self.gains_there.resize(end, 0.0);
        self.is_found.clear();
        self.is_found.resize(columns.len(), false);
        self.columns = columns;
    }

    /// Where a column stands among those that this row was read against, if it is this one.
    fn place(&self, number: usize, column: usize) -> Option<usize> {
        let at = column.wrapping_sub(self.columns.start);
        (self.number == Some(number) && at < self.columns.len()).then_some(at)
    }
}

/// Adds a gain to so many words from a first one on.
fn add(words: &mut [f32], first: usize, times: u32, gain: f32) {
    words[first] += gain;
    if times > 1 {
        let again = &mut words[first + 1..first + times as usize];
        again.iter_mut().for_each(|sum| *sum += gain);
    }
}

/// What is found in one sentence against one, two and more of another version.
#[derive(Default)]
struct Terms {
    /// Per word; none before anything is found.
    gains: Vec<f32>,
}

impl Terms {
    /// Begins with a sentence.
    fn begin(&mut self) {
        self.gains.clear();
    }

    /// Log-odds beyond ln(1 − w) with what is found in a further sentence; all have so many `words`: the sum
    /// of `ln(1 + gain / words)`.
    fn with(&mut self, gains: Option<&[f32]>, words: u32) -> f32 {
        match gains {
            Some(gains) if self.gains.is_empty() => self.gains.extend_from_slice(gains),
            Some(gains) => {
                (self.gains.iter_mut().zip(gains)).for_each(|(sum, gain)| *sum += gain);
            }
            None => {}
        }
        if self.gains.is_empty() {
            return 0.0;
        }
        let share = f64::from(words).recip();
        let (gains, _) = self.gains.as_chunks::<LANES>();
        let mut ln = 0.0;
        for gains in gains.chunks(MOST) {
            let mut products = [1.0; LANES];
            for gains in gains {
                for (product, &gain) in products.iter_mut().zip(gains) {
                    *product *= 1.0 + f64::from(gain) * share;
                }
            }
            ln += log::ln(products.iter().product());
        }
        ln
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexical;
    use super::*;

    /// Begins to read the lines of a text against themselves, one by one.
    fn begin_with_itself(text: &str, check: impl FnOnce(&Lexical<'_>, &mut Words)) {
        lexical::with_itself(text, |lexical| {
            let mut words = Words::default();
            words.begin(lexical, [1, 1]);
            check(lexical, &mut words);
        });
    }

    #[test]
    fn words_of_a_row_by_columns_are_bounded() {
        for (columns, expected) in [(0, 1 << 25), (1, 1 << 25), (3000, 11_184), (1 << 25, 0)] {
            assert_eq!(room(columns), expected, "{columns}");
        }
    }

    #[test]
    fn a_line_that_there_is_no_room_for_is_linked_all_the_same() {
        let lines = "Nobody came.\n".repeat(9000);
        let words = |numbers: Range<usize>| -> String {
            numbers.map(|number| format!("word{number} ")).collect()
        };
        let most = LEAST_WORDS + 1;
        let text =
            lines + &"the ".repeat(most) + &words(0..most / 2) + "\n" + &words(most..3 * most);
        begin_with_itself(&text, |lexical, words| {
            for row in [9001, 9000] {
                words.read(lexical, row, 8999..9002);
                for column in [9001, 9000, 8999] {
                    let found = words.log_odds(&(row..row + 1), &(column..column + 1));
                    assert_eq!(found > 0.0, row == column, "{row} {column}: {found}");
                }
            }
        });
    }

    #[test]
    fn words_that_all_begin_alike() {
        for (letters, expected) in [("bcd", 9), ("bcdfghklmp", MOST_ALIKE)] {
            let word = |a: char, b: char| format!("foto{a}{b} ");
            let words = letters.chars();
            let words = words.flat_map(|a| letters.chars().map(move |b| word(a, b)));
            let text: String = words.collect();
            begin_with_itself(&text, |lexical, words| {
                words.meet(lexical, &(0..1));
                let mut alike = 0;
                let mut next = words.by_class[1];
                while let Some(candidate) = next.checked_sub(1) {
                    next = words.candidates[candidate as usize].alike;
                    alike += 1;
                }
                assert_eq!(alike, expected);
            });
        }
    }
}
