//! Two versions: the evidence between them, and what it says of each link.

use std::ops::Range;

use super::band::Anchor;
use super::lattice::{self, Step};
use super::limits::{Limits, Work};
use super::links::Links;
use super::locks::Decided;
use super::posterior::Expected;
use super::window::{Window, Windows};
use crate::constants::Constants;
use crate::evidence::{Evidence, Learnt, Parts, Rough, Words};
use crate::features::{Features, Token, Vocabulary};
use grid::Grid;
use path::Path;

mod grid;
mod path;

/// Columns of a row that are looked at where nothing but lengths count.
const CORRIDOR: usize = 32;

/// Least posterior of a link that the second pass learns from.
const SURE: f32 = 0.9;

/// Rounds of learning the priors, and how many beads are taken as seen beforehand.
const ROUNDS: usize = 2;
const SEEN: f64 = 3.0;

/// By how much the furniture of a page is likelier to stand alone, in nats. On the dev gold, 4 takes half
/// a point from the strict F1 of the manuals.
const FURNITURE: f32 = 2.0;

/// What is believed beforehand of the shapes of beads, as log priors against one sentence and one.
#[derive(Clone, Copy)]
struct Priors {
    /// Of a row, and of a column, that is left alone, the one before it being linked.
    alone: [f32; 2],
    /// Of one that is left alone as is the one before it.
    going_on: [f32; 2],
    /// Of each further sentence of a bead.
    extra: f32,
}

impl Priors {
    const fn new(constants: &Constants) -> Self {
        Self {
            alone: [constants.alone; 2],
            going_on: [constants.going_on; 2],
            extra: constants.extra,
        }
    }

    /// The priors by what is expected, and by [`SEEN`] beads of which these held.
    fn learnt(self, expected: Expected) -> Self {
        let Expected {
            beads,
            extra,
            alone,
            going_on,
        } = expected;
        let odds = |count: f64, others: f64, before: f32| {
            ((count + SEEN * f64::from(before).exp()) / (others.max(0.0) + SEEN)).ln() as f32
        };
        let all: f64 = alone.iter().sum();
        let blocks = all - going_on;
        // A block begins with a row or with a column, and so it goes on: blocks are too few in an article to be
        // counted for each apart, so they are shared out by how many rows and columns stand alone.
        let share = alone.map(|count| (count + SEEN / 2.0) / (all + SEEN));
        let of_sides = |count: f64, others: f64, before: [f32; 2]| {
            [0, 1].map(|side| odds(count * share[side], others, before[side]))
        };
        Self {
            alone: of_sides(blocks, beads - blocks, self.alone),
            going_on: of_sides(going_on, blocks, self.going_on),
            extra: odds(extra, beads + extra, self.extra),
        }
    }

    /// Log priors of a sentence that is left alone on a side, rows on 0 and columns on 1: of the first one of
    /// a block, and of one that goes on. The furniture of a page is so more often than other sentences, by
    /// [`FURNITURE`], but no more often than not.
    fn alone(&self, side: usize, is_furniture: bool) -> [f32; 2] {
        [self.alone, self.going_on].map(|alone| match is_furniture {
            true => (alone[side] + FURNITURE).min(0.0),
            false => alone[side],
        })
    }

    /// What `of` makes of [these](Self::alone), for each of some sentences of a side.
    fn all_alone<T: Copy>(
        &self,
        evidence: &Evidence<'_>,
        side: usize,
        sentences: Range<usize>,
        of: impl Fn([f32; 2]) -> T,
    ) -> Vec<T> {
        let [other, furniture] =
            [false, true].map(|is_furniture| of(self.alone(side, is_furniture)));
        let all = sentences.map(|at| match evidence.is_furniture(side, at) {
            true => furniture,
            false => other,
        });
        all.collect()
    }
}

/// What is known of a pair of versions beforehand.
pub(super) struct Given<'a> {
    /// Which versions of the article: that of the rows and that of the columns.
    pub(super) versions: [usize; 2],
    /// What was read from them.
    pub(super) sides: [&'a Features; 2],
    /// Whether both are in one language: then what they have word for word in common at either end is
    /// taken as linked, unless something is locked.
    pub(super) same_lang: bool,
    /// What is locked.
    pub(super) decided: Decided,
}

/// A pair of versions, and the evidence between them.
pub(super) struct Pair<'a> {
    /// Which versions of the article: that of the rows and that of the columns.
    pub(super) versions: [usize; 2],
    evidence: Evidence<'a>,
    /// The best path of single sentences.
    path: Path,
    priors: Priors,
    /// Sentences at the beginning and at the end of both versions that are the same.
    same: [usize; 2],
    /// What is locked.
    decided: Decided,
    /// Whether nothing but lengths and layout count, for the two go beyond a limit.
    by_lengths: bool,
    constants: Constants,
}

impl<'a> Pair<'a> {
    /// Reads the evidence between two versions and finds the posteriors of their links; nothing where that
    /// is too much `work`. With `learn`, both is done a second time, with what the first pass taught, if
    /// there is work left for it.
    pub(super) fn align(
        given: &Given<'a>,
        vocabulary: &Vocabulary,
        learn: bool,
        constants: &Constants,
        words: &mut Words,
        work: &mut Work,
    ) -> Option<(Self, Links)> {
        let mut with = |learnt: Option<&Learnt>| {
            let evidence = Evidence::new(given.sides, vocabulary, learnt, constants);
            let same = match given.same_lang && given.decided.is_empty() {
                true => same_ends(given.sides, vocabulary.tokens()),
                false => [0; 2],
            };
            let mut pair = Self::new(given, evidence, same, false, constants, work)?;
            let links = pair.posteriors(words, work)?;
            Some((pair, links))
        };
        let first = with(None)?;
        if !learn {
            return Some(first);
        }
        let learnt = Learnt::new(&sure(&first.1), given.sides, vocabulary);
        with(Some(&learnt)).or(Some(first))
    }

    /// The same by lengths and layout, near the diagonal: in time and space of the number of sentences,
    /// however many. The `sides` have no tokens.
    pub(super) fn align_by_lengths(
        given: &Given<'a>,
        vocabulary: &Vocabulary,
        constants: &Constants,
    ) -> Option<(Self, Links)> {
        let evidence = Evidence::new(given.sides, vocabulary, None, constants);
        let sizes = given.sides.map(|side| side.sentences().len());
        let mut work = Limits::none().share(&sizes, [0, 1]);
        let mut pair = Self::new(given, evidence, [0; 2], true, constants, &mut work)?;
        let links = pair.posteriors(&mut Words::default(), &mut work)?;
        Some((pair, links))
    }

    fn new(
        given: &Given<'a>,
        evidence: Evidence<'a>,
        same: [usize; 2],
        by_lengths: bool,
        constants: &Constants,
        work: &mut Work,
    ) -> Option<Self> {
        let decided = given.decided.clone();
        let path = path::path(&evidence, &decided, constants, by_lengths, work)?;
        Some(Self {
            versions: given.versions,
            evidence,
            path,
            priors: Priors::new(constants),
            same,
            decided,
            by_lengths,
            constants: *constants,
        })
    }

    pub(super) const fn sides(&self) -> [&'a Features; 2] {
        self.evidence.sides()
    }

    /// The posteriors of all links; nothing where that is too much work. How many sentences stand alone
    /// and how many a bead has is learnt on the way (Baum et al. 1970): of texts that are no translations
    /// of each other nearly all stand alone, and what little evidence links them then does so no more;
    /// where hardly any bead has several, a notice that stands alone is not taken for part of its
    /// neighbour. Of a long text, some windows are learnt from.
    fn posteriors(&mut self, words: &mut Words, work: &mut Work) -> Option<Links> {
        let size = self.sides().map(|features| features.sentences().len());
        let windows = Windows::new(&self.path.links, size);
        let steps: Vec<u64> = (windows.list().iter())
            .map(|window| self.first_steps(window))
            .collect();
        if !work.take(steps.iter().sum()) {
            return None;
        }
        let grids: Vec<(Window, Grid)> = (windows.sample().into_iter())
            .map(|window| {
                let grid = self.first_grid(&window, words);
                (window, grid)
            })
            .collect();
        for _ in 0..ROUNDS {
            let mut expected = Expected::default();
            for (window, grid) in &grids {
                expected += self.sums(window, grid).expected;
            }
            self.priors = Priors::new(&self.constants).learnt(expected);
        }
        let found = self.found(&windows, &steps, &grids, work);
        drop(grids);
        let links = windows.join(found, |window| {
            let is_too_much = self.by_lengths || !work.take(self.first_steps(window));
            match is_too_much {
                true => None,
                false => Some(self.checked(None, window, words, work)),
            }
        });
        Some(self.decided.certain(Links::new(size[0], links)))
    }

    /// The rows and columns of each lock that has both, rising.
    pub(super) fn locked(&self) -> Vec<[Vec<usize>; 2]> {
        self.decided.blocks()
    }

    /// Where windows meet, if a long text is cut into some of so many rows and columns, both together.
    pub(super) fn cuts(&self, length: usize) -> Vec<[usize; 2]> {
        let size = self.sides().map(|features| features.sentences().len());
        Windows::of_length(&self.path.links, size, length).cuts()
    }

    /// Pairs of sentences that share rare tokens, wherever these stand.
    pub(super) fn anchors(&self) -> Vec<Anchor> {
        path::anchors(&self.evidence)
    }

    /// What rare words, lengths and layout say of a row and some columns, and what is locked; `room` is for what
    /// is not known yet.
    pub(super) fn rough<'s>(
        &'s self,
        row: usize,
        columns: Range<usize>,
        room: &'s mut Rough,
    ) -> &'s [f32] {
        match &self.path.scores {
            Some(all) => {
                let start = row * self.sides()[1].sentences().len();
                &all[start + columns.start..start + columns.end]
            }
            None => path::rough(&self.evidence, &self.decided, row, columns, room),
        }
    }

    /// The probability of something with such log-odds against chance.
    pub(super) fn probability(&self, log_odds: f32) -> f32 {
        1.0 / (1.0 + (-self.constants.temperature * log_odds).exp())
    }

    /// The log-odds of runs of sentences by what they come from, without what their shape says
    /// beforehand.
    pub(super) fn parts(&self, run: &Step) -> Parts {
        self.evidence.parts(&run.rows, &run.columns)
    }

    /// Begins to hold rows against columns anywhere, runs of so many of each at the most.
    pub(super) fn begin(&self, words: &mut Words, runs: [usize; 2]) {
        self.evidence.begin(words, runs);
    }

    /// The same against some columns, which rise: rows are read against ranges of places among these.
    pub(super) fn begin_with(&self, words: &mut Words, runs: [usize; 2], columns: &[usize]) {
        self.begin(words, runs);
        words.only(columns);
    }

    /// Reads a row against some columns, so that [`linking`](Self::linking) can be asked for runs of rows
    /// that begin with it; the rows of a run are read from the last to the first.
    pub(super) fn read(&self, words: &mut Words, row: usize, columns: Range<usize>) {
        self.evidence.read(words, row, columns);
    }

    /// Log-odds of a bead that links something and was read, with what its shape says beforehand. Lengths
    /// say nothing about what stands elsewhere.
    pub(super) fn linking(
        &self,
        words: &Words,
        rows: &Range<usize>,
        columns: &Range<usize>,
    ) -> f32 {
        let found = self.likeness(words, rows, columns);
        self.decided.log_odds(rows, columns, found)
    }

    /// The same whatever is locked.
    pub(super) fn likeness(
        &self,
        words: &Words,
        rows: &Range<usize>,
        columns: &Range<usize>,
    ) -> f32 {
        if self.by_lengths || self.parts_same(rows, columns) {
            return lattice::NEVER;
        }
        let extra = (rows.len() + columns.len() - 2) as f32;
        extra * self.priors.extra + self.evidence.log_odds(words, rows, columns)
    }

    /// Log-odds of a bead, with what its shape says beforehand. What is left alone is one sentence.
    pub(super) fn score(
        &self,
        words: &mut Words,
        rows: Range<usize>,
        columns: Range<usize>,
    ) -> f32 {
        if rows.is_empty() || columns.is_empty() {
            let (side, sentence) = match rows.is_empty() {
                true => (1, columns.start),
                false => (0, rows.start),
            };
            let is_furniture = self.evidence.is_furniture(side, sentence);
            return self.priors.alone(side, is_furniture)[0];
        }
        self.begin(words, [rows.len(), columns.len()]);
        for row in rows.clone().rev() {
            self.read(words, row, columns.clone());
        }
        self.linking(words, &rows, &columns)
    }
}

impl Pair<'_> {
    /// Whether a bead holds a sentence that is the same in both versions, and not just that one.
    fn parts_same(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        if self.same == [0; 2] {
            return false;
        }
        let [n, m] = self.sides().map(|features| features.sentences().len());
        let [head, tail] = self.same;
        let is_one = rows.len() == 1 && columns.len() == 1;
        let in_head = |run: &Range<usize>| !run.is_empty() && run.start < head;
        let in_tail = |run: &Range<usize>, count: usize| !run.is_empty() && run.end + tail > count;
        (in_head(rows) || in_head(columns)) && !(is_one && rows.start == columns.start)
            || (in_tail(rows, n) || in_tail(columns, m))
                && !(is_one && n - rows.start == m - columns.start)
    }
}

/// How many sentences two versions have in common at their beginning and at their end.
fn same_ends([a, b]: [&Features; 2], tokens: &[Token]) -> [usize; 2] {
    let is_same = |i: usize, j: usize| a.is_same(i, b, j, tokens);
    let [n, m] = [a, b].map(|features| features.sentences().len());
    let least = n.min(m);
    let head = (0..least).take_while(|&i| is_same(i, i)).count();
    let rest = 1..least - head + 1;
    let tail = rest.take_while(|&back| is_same(n - back, m - back)).count();
    [head, tail]
}

/// Log-odds of runs of sentences of two versions, with what the shape of the bead says beforehand.
pub(super) fn score_of(
    pairs: &[Pair<'_>],
    words: &mut Words,
    [x, y]: [usize; 2],
    run: Range<usize>,
    other: Range<usize>,
) -> f32 {
    let mut heard = pairs.iter().filter(|pair| !pair.by_lengths);
    let found = heard.find_map(|pair| match pair.versions {
        versions if versions == [x, y] => Some((pair, run.clone(), other.clone())),
        versions if versions == [y, x] => Some((pair, other.clone(), run.clone())),
        _ => None,
    });
    found.map_or(0.0, |(pair, rows, columns)| {
        pair.score(words, rows, columns)
    })
}

/// Sentences that are surely linked, in the order of the text.
fn sure(links: &Links) -> Vec<[Range<usize>; 2]> {
    let mut sure: Vec<[Range<usize>; 2]> = Vec::new();
    for (row, links) in links.iter().enumerate() {
        let mut columns = links.iter().filter(|l| l.p >= SURE).map(|l| l.to);
        let Some(first) = columns.next() else {
            continue;
        };
        let end = columns.next_back().unwrap_or(first) + 1;
        match sure.last_mut() {
            Some([rows, columns]) if rows.end == row && columns.contains(&first) => {
                rows.end = row + 1;
                columns.end = end.max(columns.end);
            }
            _ => sure.push([row..row + 1, first..end]),
        }
    }
    sure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use crate::features::{Memory, of_lines};

    #[test]
    fn ends_of_two_editions() {
        for (name, old, new, expected) in [
            ("a copy", "One.\nTwo.", "One.\nTwo.", [2, 0]),
            (
                "the middle",
                "One.\nTwo.\nThree.",
                "One.\nFour.\nThree.",
                [1, 1],
            ),
            ("one more", "One.\nOne.", "One.\nOne.\nOne.", [2, 0]),
            ("the end", "Zero.\nOne.\nTwo.", "One.\nTwo.", [0, 2]),
            ("nothing", "One.", "Two.", [0, 0]),
            ("no words", "…\n…", "…\n…", [0, 0]),
        ] {
            let texts = [old, new].map(|text| (text, Lang::EN));
            let ([old, new], vocabulary) = of_lines(texts, &mut Memory::default());
            let found = same_ends([&old, &new], vocabulary.tokens());
            assert_eq!(found, expected, "{name}");
        }
    }

    /// The work of aligning a text of lines with another one.
    fn work([a, b]: [&str; 2], learn: bool) -> u64 {
        let mut memory = Memory::new(Vec::new(), learn);
        let ([a, b], vocabulary) = of_lines([(a, Lang::EN), (b, Lang::DE)], &mut memory);
        let sizes = [&a, &b].map(|side| side.sentences().len());
        let mut work = Limits::none().share(&sizes, [0, 1]);
        let given = Given {
            versions: [0, 1],
            sides: [&a, &b],
            same_lang: false,
            decided: Decided::default(),
        };
        Pair::align(
            &given,
            &vocabulary,
            learn,
            &Constants::FITTED,
            &mut Words::default(),
            &mut work,
        )
        .unwrap();
        work.done()
    }

    /// Some lines, by their numbers.
    fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(|i| line(i) + "\n").collect()
    }

    #[test]
    fn work_grows_with_the_length() {
        type Texts = fn(usize) -> [String; 2];
        fn same(_: usize) -> String {
            "The same line.".to_owned()
        }
        fn letter(_: usize) -> String {
            "a".to_owned()
        }
        fn numbered(i: usize) -> String {
            format!("Line {i} of it.")
        }
        fn scattered(i: usize) -> String {
            numbered(i * 7919 % 10_007)
        }
        fn long(i: usize) -> String {
            (0..9)
                .map(|j| format!("w{} ", (i * 31 + j * 7) % 997))
                .collect()
        }
        let texts: [(&str, Texts); 6] = [
            ("identical", |n| [same, same].map(|line| lines(n, line))),
            ("one letter", |n| {
                [letter, letter].map(|line| lines(n, line))
            }),
            ("translated", |n| {
                [numbered, numbered].map(|line| lines(n, line))
            }),
            ("moved all over", |n| {
                [lines(n, numbered), lines(n, scattered)]
            }),
            ("against three", |n| {
                [lines(n, numbered), lines(3, numbered)]
            }),
            ("long lines", |n| {
                [lines(n, long), lines(n, |i| long(i + 3))]
            }),
        ];
        for (name, texts) in texts {
            let works = [3000, 12_000].map(|count| {
                let [a, b] = texts(count);
                work([&a, &b], name == "identical")
            });
            // Four times as many sentences, and what the ends of bands and windows add.
            let growth = works[1] as f64 / works[0] as f64;
            assert!(growth < 5.0, "{name}: {works:?}");
        }
    }
}
