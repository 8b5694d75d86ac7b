//! Blocks that stand elsewhere in the other version.
//!
//! What the paths leave alone on both sides of a pair is aligned again among itself, along a second
//! path on which a sentence left alone has log-odds 0: in a long text first within windows ([`NEAR`]), so that
//! what is found near its place does not depend on how long the rest is, then as a whole. A block of
//! neighbouring links is taken if
//!
//! 1. its log-odds exceed `ln(n·m) + ` [`MARGIN`], where n and m sentences are left there: so many
//!    chances there are to find something by accident;
//! 2. it begins and ends with a link whose sentences match no other one of the other version nearly as
//!    well (`rivals`): of lines that say the same, only the order tells which belong together, and where
//!    blocks move, there is none but that inside the block. What stands before and behind such links is
//!    left out.
//!
//! The evidence of all versions adds up: what a block is linked to in a third version is held against
//! the other side as well, so that a title too short for one version may be found by two; if that is
//! linked elsewhere on the other side, or the other side surely elsewhere in the third version, the block
//! is none. What remains is searched again until nothing is found, or too much was looked at ([`CELLS`]).
//! Beads of a few rows and columns are scored once for that ([`FEW`]). Where much is left, nothing is
//! looked for without a hint ([`HINT`]), and only what lies near a chain of anchors is looked at ([`WIDTH`]),
//! so that space is that of the sentences, and time as well.

use std::collections::BTreeSet;
use std::ops::Range;

use super::band::{self, Anchor, Band};
use super::lattice::{self, LINKING, Step};
use super::links::Matrix;
use super::pair::{self, Pair};
use crate::evidence::{MAX_RUN, Rough, Words};

mod rivals;

/// Log-odds of a moved block beyond those of chance, in nats.
const MARGIN: f32 = 2.0;

/// Cells for each sentence that is left, beyond which what remains is not searched again: where nothing stands in
/// order, there would be no end of it.
const CELLS: usize = 1024;

/// Log-odds below which no other version is asked what it says, in nats.
const UNLIKE: f32 = -4.0;

/// Least probability of links to different sentences of a third version that tell two sentences apart.
const SURE: f32 = 0.99;

/// Rows and columns, both together, within which a block of a long text is looked for first.
const NEAR: usize = 512;

/// Cells up to which all beads are scored at once. Beyond it nothing is looked for without a hint, as lines that all
/// look alike would take long, and the log-odds of two sentences, by their rare words and lengths, that are one.
const FEW: usize = 1 << 12;
const HINT: f32 = 3.0;

/// Columns of a row that are looked at where too much is left to look at all.
const WIDTH: usize = 32;

/// The links of moved blocks of a pair, among the rows and columns that are `left`, and the
/// probability of each. `held` is what the paths of all pairs link.
pub(super) fn moved_links(
    held: &Matrix,
    pairs: &[Pair<'_>],
    at: usize,
    mut left: [Vec<usize>; 2],
    words: &mut Words,
) -> Vec<(Step, f32)> {
    if left.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let pair = &pairs[at];
    let mut witnesses = Words::default();
    let mut pooled = Pooled {
        held,
        pairs,
        at,
        words,
        witnesses: &mut witnesses,
        columns: Vec::new(),
        read: (usize::MAX, 0..0),
    };
    let mut found = Vec::new();
    for mut part in parts(&left, &pair.cuts(NEAR)) {
        found.extend(pooled.search(&mut part, Vec::new));
    }
    leave(&mut left, &found);
    found.extend(pooled.search(&mut left, || pair.anchors()));
    let links = |block: Block| {
        let p = pair.probability(block.log_odds());
        (block.links.into_iter()).map(move |(step, _)| (step, p))
    };
    let blocks = rivals::unrivalled(pair, found, words).into_iter();
    blocks.flat_map(links).collect()
}

/// Log-odds between what is left, wherever it stands.
trait Scores {
    /// Log-odds of a bead. It is asked row by row, from the last to the first, and then of beads at will.
    fn score(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32;

    /// Is told that beads are asked for row by row, with which columns, and which of these, by their places,
    /// each row may be asked for with.
    fn begin(&mut self, _columns: &[usize]) {}
    fn read(&mut self, _row: usize, _places: Range<usize>) {}

    /// Whether something hints at some row and column.
    fn hint(&mut self, _rows: &[usize], _columns: &[usize]) -> bool {
        true
    }
}

/// The scores of one of all pairs, the others being witnesses.
struct Pooled<'s, 'p> {
    held: &'s Matrix,
    pairs: &'s [Pair<'p>],
    at: usize,
    words: &'s mut Words,
    witnesses: &'s mut Words,
    /// The columns that are left.
    columns: Vec<usize>,
    /// The row that was read last, and against which columns.
    read: (usize, Range<usize>),
}

impl Pooled<'_, '_> {
    /// The blocks beyond chance among rows and columns that are left.
    fn search(
        &mut self,
        left: &mut [Vec<usize>; 2],
        anchors: impl Fn() -> Vec<Anchor>,
    ) -> Vec<Block> {
        match left[0].len().saturating_mul(left[1].len()) {
            0 => Vec::new(),
            1..=FEW => blocks(left, anchors, &mut Known::new(left, self)),
            _ => blocks(left, anchors, self),
        }
    }
}

impl Scores for Pooled<'_, '_> {
    fn score(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32 {
        let Self {
            pairs, at, words, ..
        } = self;
        let (row, near) = &self.read;
        let is_read = *row == rows.start && near.start <= columns.start && columns.end <= near.end;
        let own = match is_read {
            true => pairs[*at].linking(words, &rows, &columns),
            false => pairs[*at].score(words, rows.clone(), columns.clone()),
        };
        if own < UNLIKE {
            return own;
        }
        match self.testimony(&rows, &columns) {
            Some(log_odds) => own + log_odds,
            None => lattice::NEVER,
        }
    }

    fn begin(&mut self, columns: &[usize]) {
        self.pairs[self.at].begin_with(self.words, [MAX_RUN; 2], columns);
        self.columns = columns.to_vec();
    }

    fn read(&mut self, row: usize, places: Range<usize>) {
        let [first, last] = [places.start, places.end - 1].map(|place| self.columns[place]);
        self.pairs[self.at].read(self.words, row, places);
        self.read = (row, first..last + 1);
    }

    fn hint(&mut self, rows: &[usize], columns: &[usize]) -> bool {
        let [first, last] = [columns[0], columns[columns.len() - 1]];
        let pair = &self.pairs[self.at];
        let mut room = Rough::default();
        // Of what stands far apart, anchors tell.
        last - first > NEAR
            || rows.iter().any(|&row| {
                let scores = pair.rough(row, first..last + 1, &mut room);
                columns.iter().any(|column| scores[column - first] >= HINT)
            })
    }
}

/// Scores of all beads of a few rows and columns that are left, so that what remains of them can be searched again.
struct Known {
    left: [Vec<usize>; 2],
    /// Per row and column, those of the beads that begin there, by the numbers of their rows and columns less 1.
    scores: Vec<[[f32; MAX_RUN]; MAX_RUN]>,
}

impl Known {
    /// There is a row, and a column.
    fn new(left: &[Vec<usize>; 2], pooled: &mut Pooled<'_, '_>) -> Self {
        let [rows, columns] = left;
        let mut scores = vec![[[lattice::NEVER; MAX_RUN]; MAX_RUN]; rows.len() * columns.len()];
        pooled.begin(columns);
        for (i, &row) in rows.iter().enumerate().rev() {
            pooled.read(row, 0..columns.len());
            let own = &mut scores[i * columns.len()..][..columns.len()];
            for (j, own) in own.iter_mut().enumerate() {
                for (r, c) in LINKING {
                    let rows = rows.get(i..i + r).and_then(run);
                    let columns = columns.get(j..j + c).and_then(run);
                    if let (Some(rows), Some(columns)) = (rows, columns) {
                        own[r - 1][c - 1] = pooled.score(rows, columns);
                    }
                }
            }
        }
        let left = left.clone();
        Self { left, scores }
    }
}

impl Scores for Known {
    fn score(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32 {
        let place = |side: usize, number| self.left[side].partition_point(|&other| other < number);
        let cell = place(0, rows.start) * self.left[1].len() + place(1, columns.start);
        self.scores[cell][rows.len() - 1][columns.len() - 1]
    }
}

/// Links that follow each other on both sides.
#[derive(PartialEq, Debug)]
struct Block {
    /// Each with its log-odds.
    links: Vec<(Step, f32)>,
    /// Log-odds of chance.
    chance: f32,
}

impl Block {
    fn steps(&self) -> impl Iterator<Item = &Step> {
        self.links.iter().map(|(step, _)| step)
    }

    /// Log-odds beyond those of chance.
    fn log_odds(&self) -> f32 {
        self.links.iter().map(|(_, log_odds)| log_odds).sum::<f32>() - self.chance
    }

    /// The block, if it is beyond chance by a margin.
    fn beyond_chance(self) -> Option<Self> {
        (self.log_odds() >= MARGIN).then_some(self)
    }
}

/// The blocks beyond chance among rows and columns that are left.
fn blocks<S: Scores>(
    left: &mut [Vec<usize>; 2],
    anchors: impl Fn() -> Vec<Anchor>,
    scores: &mut S,
) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    // Few rows and columns are looked at all, whatever the anchors say.
    let anchors = match band::is_small(left[0].len(), left[1].len()) {
        true => Vec::new(),
        false => anchors(),
    };
    let most = CELLS * (left[0].len() + left[1].len());
    let mut cells = 0;
    while cells < most && !left.iter().any(Vec::is_empty) {
        let [rows, columns] = &*left;
        let cells_left = rows.len() * columns.len();
        let chance = (cells_left as f32).ln();
        if cells_left > FEW && !scores.hint(rows, columns) {
            break;
        }
        let chain = band::chain(among(&anchors, rows, columns, chance), columns.len());
        let band = Band::narrow(&chain, rows.len(), columns.len(), WIDTH);
        cells += band.cells();
        scores.begin(columns);
        let mut last = usize::MAX;
        let path = lattice::best_path(&band, &lattice::SHAPES, |r, c| {
            if r.is_empty() || c.is_empty() {
                return 0.0;
            }
            if r.start != last {
                last = r.start;
                scores.read(rows[r.start], band.reachable(r.start, MAX_RUN));
            }
            match (run(&rows[r]), run(&columns[c])) {
                (Some(rows), Some(columns)) => scores.score(rows, columns),
                _ => lattice::NEVER,
            }
        });
        let links: Vec<(Step, f32)> = (path.into_iter())
            .filter(Step::links)
            .filter_map(|step| {
                let (rows, columns) = (run(&rows[step.rows])?, run(&columns[step.columns])?);
                let log_odds = scores.score(rows.clone(), columns.clone());
                Some((Step { rows, columns }, log_odds))
            })
            .collect();
        let before = found.len();
        let neighbours = |(x, _): &(Step, f32), (y, _): &(Step, f32)| {
            x.rows.end == y.rows.start && x.columns.end == y.columns.start
        };
        found.extend(links.chunk_by(neighbours).filter_map(|links| {
            let links = links.to_vec();
            Block { links, chance }.beyond_chance()
        }));
        if found.len() == before {
            break;
        }
        leave(left, &found[before..]);
    }
    found
}

/// Takes what some blocks link away from what is left.
fn leave([rows, columns]: &mut [Vec<usize>; 2], blocks: &[Block]) {
    let steps = || blocks.iter().flat_map(Block::steps);
    let taken: [BTreeSet<usize>; 2] = [
        steps().flat_map(|step| step.rows.clone()).collect(),
        steps().flat_map(|step| step.columns.clone()).collect(),
    ];
    rows.retain(|row| !taken[0].contains(row));
    columns.retain(|column| !taken[1].contains(column));
}

/// What is left in each window of a long text, given where these meet; of those where too much is left to look
/// at all, nothing.
fn parts(left: &[Vec<usize>; 2], cuts: &[[usize; 2]]) -> Vec<[Vec<usize>; 2]> {
    let mut starts = [0; 2];
    let mut parts: Vec<[Vec<usize>; 2]> = Vec::new();
    let last = cuts.last().map(|_| [usize::MAX; 2]);
    for end in cuts.iter().copied().chain(last) {
        let part = [0, 1].map(|side| {
            let rest = &left[side][starts[side]..];
            let count = rest.partition_point(|&sentence| sentence < end[side]);
            starts[side] += count;
            rest[..count].to_vec()
        });
        if band::is_small(part[0].len(), part[1].len()) {
            parts.push(part);
        }
    }
    parts
}

/// The anchors among rows and columns that are left, as places in these, where the tokens that two
/// sentences share say more together than chance.
fn among(anchors: &[Anchor], rows: &[usize], columns: &[usize], chance: f32) -> Vec<Anchor> {
    let place = |anchor: &Anchor| {
        let row = rows.binary_search(&anchor.row).ok()?;
        let column = columns.binary_search(&anchor.column).ok()?;
        Some(Anchor {
            row,
            column,
            ..*anchor
        })
    };
    let mut left: Vec<Anchor> = anchors.iter().filter_map(place).collect();
    left.sort_by_key(|anchor| (anchor.row, anchor.column));
    (left.chunk_by(|x, y| (x.row, x.column) == (y.row, y.column)))
        .map(|same| Anchor {
            log_odds: same.iter().map(|anchor| anchor.log_odds).sum(),
            ..same[0]
        })
        .filter(|anchor| anchor.log_odds >= chance)
        .collect()
}

impl Pooled<'_, '_> {
    /// What the other versions say about a bead, in log-odds; nothing if it must not be.
    fn testimony(&mut self, rows: &Range<usize>, columns: &Range<usize>) -> Option<f32> {
        let Self { pairs, at, .. } = self;
        let held = self.held;
        let [a, b] = pairs[*at].versions;
        let mut log_odds = 0.0;
        for c in (0..held.len()).filter(|&c| c != a && c != b) {
            let held_in = |v: usize, run: &Range<usize>| {
                let links = run.clone().flat_map(move |i| held[v][c].of(i));
                links.filter(|link| link.p >= SURE).map(|link| link.to)
            };
            let is_known = |v: usize, run: &Range<usize>| held_in(v, run).next().is_some();
            let meet = held_in(a, rows).any(|k| held_in(b, columns).any(|other| other == k));
            if !meet && is_known(a, rows) && is_known(b, columns) {
                return None;
            }
            for (v, own, other, theirs) in [(a, rows, b, columns), (b, columns, a, rows)] {
                let links = || own.clone().flat_map(|i| held[v][c].of(i));
                let (Some(first), Some(last)) =
                    (links().map(|l| l.to).min(), links().map(|l| l.to).max())
                else {
                    continue;
                };
                let witness = first..last + 1;
                let mut meets = witness.clone().flat_map(|k| held[c][other].of(k));
                if meets.any(|link| !theirs.contains(&link.to)) {
                    return None;
                }
                if witness.len() <= MAX_RUN {
                    let versions = [c, other];
                    log_odds +=
                        pair::score_of(pairs, self.witnesses, versions, witness, theirs.clone());
                }
            }
        }
        Some(log_odds)
    }
}

/// The range of some numbers, if they follow each other.
fn run(numbers: &[usize]) -> Option<Range<usize>> {
    let (&first, &last) = (numbers.first()?, numbers.last()?);
    (last - first + 1 == numbers.len()).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Article, Lang, Source, Unit};

    /// Log-odds of some pairs of sentences; all else speaks against itself.
    fn score(pairs: &[(usize, usize, f32)]) -> impl FnMut(Range<usize>, Range<usize>) -> f32 {
        move |rows, columns| {
            let is = |p: &&(usize, usize, f32)| {
                (p.0..p.0 + 1, p.1..p.1 + 1) == (rows.clone(), columns.clone())
            };
            pairs.iter().find(is).map_or(-9.0, |p| p.2)
        }
    }

    impl<F: FnMut(Range<usize>, Range<usize>) -> f32> Scores for F {
        fn score(&mut self, rows: Range<usize>, columns: Range<usize>) -> f32 {
            self(rows, columns)
        }
    }

    fn found(
        [rows, columns]: [&[usize]; 2],
        score: &mut impl FnMut(Range<usize>, Range<usize>) -> f32,
    ) -> Vec<(Range<usize>, Range<usize>)> {
        let mut left = [rows.to_vec(), columns.to_vec()];
        let blocks = blocks(&mut left, Vec::new, score).into_iter();
        let links = blocks.flat_map(|block| block.links);
        links.map(|(step, _)| (step.rows, step.columns)).collect()
    }

    #[test]
    fn blocks_beyond_chance() {
        let left = [&[0, 1, 2][..], &[7, 8, 9]];
        for (name, pairs, expected) in [
            (
                "a block",
                vec![(0, 7, 3.0), (1, 8, 3.0), (2, 9, 3.0)],
                vec![(0, 7), (1, 8), (2, 9)],
            ),
            ("one sentence", vec![(1, 8, 4.3)], vec![(1, 8)]),
            ("chance", vec![(1, 8, 4.1)], vec![]),
            ("no block", vec![(0, 7, 3.0), (1, 9, 3.0)], vec![]),
            (
                "two crossing",
                vec![(0, 9, 6.0), (2, 7, 5.0)],
                vec![(0, 9), (2, 7)],
            ),
            ("linked already", vec![(3, 0, 9.0), (0, 3, 9.0)], vec![]),
        ] {
            let expected: Vec<_> = (expected.into_iter())
                .map(|(i, j): (usize, usize)| (i..i + 1, j..j + 1))
                .collect();
            assert_eq!(found(left, &mut score(&pairs)), expected, "{name}");
        }
        let pairs = [(0, 7, 3.0), (1, 8, 3.0)];
        let mut left = left.map(<[usize]>::to_vec);
        let found = blocks(&mut left, Vec::new, &mut score(&pairs));
        let log_odds: Vec<f32> = found.iter().map(Block::log_odds).collect();
        assert_eq!(log_odds, [6.0 - 9.0_f32.ln()]);
    }

    #[test]
    fn nothing_left() {
        for (name, left) in [
            ("nothing", [&[][..], &[]]),
            ("rows", [&[0, 2], &[]]),
            ("columns", [&[], &[0, 2]]),
        ] {
            assert_eq!(found(left, &mut score(&[(0, 0, 99.0)])), [], "{name}");
        }
    }

    #[test]
    fn what_is_left_by_windows() {
        let left = [vec![0, 3, 4, 6, 7], vec![1, 2, 5, 6]];
        assert_eq!(parts(&left, &[]), Vec::<[Vec<usize>; 2]>::new());
        let expected = [
            [vec![0, 3], vec![1, 2, 5]],
            [vec![4, 6, 7], vec![]],
            [vec![], vec![6]],
        ];
        assert_eq!(parts(&left, &[[4, 6], [8, 6]]), expected);
        let many = [(0..600).collect(), (0..600).collect()];
        assert_eq!(parts(&many, &[[599, 599]]), [[vec![599], vec![599]]]);
    }

    #[test]
    fn sentences_left_are_covered_once_others_never() {
        let left = [&[0, 3, 4, 6, 7][..], &[1, 2, 5, 6]];
        for seed in 0..200_u64 {
            let mut score = |rows: Range<usize>, columns: Range<usize>| {
                let key = [rows.start, rows.end, columns.start, columns.end];
                let hash = key.into_iter().fold(seed, |h, x| {
                    (h ^ x as u64)
                        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                        .rotate_left(29)
                });
                (hash % 1024) as f32 / 64.0 - 8.0
            };
            let found = found(left, &mut score);
            for side in 0..2 {
                let runs = found
                    .iter()
                    .map(|(rows, columns)| [rows, columns][side].clone());
                let mut covered: Vec<usize> = runs.flatten().collect();
                covered.sort_unstable();
                let count = covered.len();
                covered.dedup();
                assert_eq!(covered.len(), count, "{seed}: {found:?}");
                assert!(
                    covered.iter().all(|s| left[side].contains(s)),
                    "{seed}: {found:?}"
                );
            }
        }
    }

    const ENGLISH: [&str; 7] = [
        "The bridge over the Sorn was closed on 4 May after 81 years.",
        "The engineer Mira Toll had warned the council of Hartau in 2019.",
        "She had counted 212 cracks in the third pillar alone.",
        "A new bridge would cost 14 million francs, said the mayor.",
        "Until the autumn of 2027 a ferry crosses every 20 minutes.",
        "The fishermen sell their perch on the quay meanwhile.",
        "Nobody knows how the children of Olm will get to school in winter.",
    ];
    const GERMAN: [&str; 7] = [
        "Die Brücke über die Sorn wurde am 4. Mai nach 81 Jahren gesperrt.",
        "Die Ingenieurin Mira Toll hatte den Rat von Hartau schon 2019 gewarnt.",
        "Allein im dritten Pfeiler hatte sie 212 Risse gezählt.",
        "Eine neue Brücke würde 14 Millionen Franken kosten, sagte der Bürgermeister.",
        "Bis zum Herbst 2027 setzt alle 20 Minuten eine Fähre über.",
        "Die Fischer verkaufen ihre Barsche unterdessen am Kai.",
        "Niemand weiss, wie die Kinder von Olm im Winter zur Schule kommen.",
    ];

    /// The beads as `0-3` by the lines of two versions, `*` where they moved.
    fn beads(english: &[&str], german: &[&str]) -> Vec<String> {
        let lines = |text: &[&str], lang| {
            Source::new(text.join("\n"))
                .lines(Unit::Paragraph)
                .lang(lang)
        };
        let article = [lines(english, Lang::EN), lines(german, Lang::DE)];
        let alignment = Aligner::new().align(&Article::detect(article).unwrap());
        let show = |segments: &Vec<usize>| {
            let numbers: Vec<String> = segments.iter().map(usize::to_string).collect();
            numbers.join(",")
        };
        let show = |bead: &crate::Bead| {
            let moved = if bead.moved() { "*" } else { "" };
            let sides: Vec<String> = bead.segments().iter().map(show).collect();
            format!("{}{moved}", sides.join("-"))
        };
        alignment.iter().map(show).collect()
    }

    #[cfg(feature = "lexicon")]
    #[test]
    fn moved_blocks_are_found_and_marked() {
        let put = |order: [usize; 7]| order.map(|i| GERMAN[i]);
        let last_first = put([6, 0, 1, 2, 3, 4, 5]);
        let expected = ["0-1", "1-2", "2-3", "3-4", "4-5", "5-6", "6-0*"];
        assert_eq!(beads(&ENGLISH, &last_first), expected);
        let two_first = put([5, 6, 0, 1, 2, 3, 4]);
        let expected = ["0-2", "1-3", "2-4", "3-5", "4-6", "5-0*", "6-1*"];
        assert_eq!(beads(&ENGLISH, &two_first), expected);
    }

    #[test]
    fn repeated_lines_are_not_tied_crosswise() {
        let mut english: Vec<&str> = Vec::new();
        let mut german: Vec<&str> = Vec::new();
        for i in 0..7 {
            english.push(ENGLISH[i]);
            german.push(GERMAN[i]);
            if i < 5 {
                english.push("Read the whole story");
            }
            if i > 1 {
                german.push("Die ganze Geschichte lesen");
            }
        }
        for bead in beads(&english, &german) {
            assert!(!bead.ends_with('*'), "{bead}");
        }
    }
}
