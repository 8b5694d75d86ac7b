//! What neighbouring sentences of two versions say against each other, by their tokens (`lexical`).
//!
//! The sum over the tokens of the target is one over its sentences, too, so of a row it takes no more than
//! what it says against runs of one to [`MAX_RUN`] columns, and of a column what it says against runs of
//! rows: all runs of rows and columns are sums of these. Time is that of the tokens of the sentences that
//! are held against each other, space that of the matches of [`MAX_RUN`] rows.

use std::ops::Range;

use super::lexical::Lexical;
use super::{MAX_RUN, log};
use crate::features::Occurrence;

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
            let column = column_of(order, at);
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
                words += sentences[column_of(order, at)].words;
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
            let column = column_of(&self.columns, at);
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

/// The number in its version of a column that is numbered by its place among some, if not all are looked at.
fn column_of(columns: &[usize], at: usize) -> usize {
    columns.get(at).copied().unwrap_or(at)
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
