//! Blocks that stand elsewhere in the other version.
//!
//! What the paths leave alone on both sides of a pair is aligned again among itself, along a second
//! path on which a sentence left alone has log-odds 0. A block of neighbouring links is taken if
//!
//! 1. its log-odds exceed `ln(n·m) + ` [`MARGIN`], where n and m sentences are left: so many chances
//!    there are to find something by accident;
//! 2. no sentence of it matches another one of the other version nearly as well ([`RIVAL`]): of lines
//!    that say the same, only the order tells which belong together, and here there is none.
//!
//! The evidence of all versions adds up: what a block is linked to in a third version is held against
//! the other side as well, so that a title too short for one version may be found by two; if it is
//! linked elsewhere on the other side, the block is none. What remains is searched again until nothing
//! is found.

use std::ops::Range;

use super::band::Band;
use super::lattice::{self, Step};
use super::links::Matrix;
use super::pair::{self, Pair};
use crate::evidence::MAX_RUN;

/// Log-odds of a moved block beyond those of chance, in nats.
const MARGIN: f32 = 2.0;

/// How much better than any other the match of a moved sentence must be, in nats.
const RIVAL: f32 = 2.0;

/// Pairs of sentences left up to which moved blocks are looked for.
const MAX_CELLS: usize = 1 << 18;

/// The links of moved blocks of a pair, among the rows and columns that are `left`, and the
/// probability of each. `held` is what the paths of all pairs link.
pub(super) fn moved_links(
    held: &Matrix,
    pairs: &mut [Pair<'_>],
    at: usize,
    left: [Vec<usize>; 2],
) -> Vec<(Step, f32)> {
    let [rows, columns] = left;
    if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > MAX_CELLS {
        return Vec::new();
    }
    pairs[at].reach(&rows);
    let mut score = |rows, columns| pooled(held, pairs, at, rows, columns);
    let mut blocks = blocks(rows, columns, &mut score);
    blocks.retain(|block| {
        block
            .steps
            .iter()
            .all(|step| is_unrivalled(&mut pairs[at], step))
    });
    (blocks.into_iter())
        .flat_map(|block| {
            let p = pairs[at].probability(block.log_odds);
            block.steps.into_iter().map(move |step| (step, p))
        })
        .collect()
}

/// Links that follow each other on both sides.
#[derive(PartialEq, Debug)]
struct Block {
    steps: Vec<Step>,
    /// Beyond those of chance.
    log_odds: f32,
}

/// The blocks beyond chance among rows and columns that are left.
fn blocks<S>(mut rows: Vec<usize>, mut columns: Vec<usize>, score: &mut S) -> Vec<Block>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let mut found: Vec<Block> = Vec::new();
    while !rows.is_empty() && !columns.is_empty() {
        let band = Band::along(&[], rows.len(), columns.len(), columns.len());
        let mut log_odds =
            |r: Range<usize>, c: Range<usize>| match (run(&rows[r]), run(&columns[c])) {
                (Some(rows), Some(columns)) => score(rows, columns),
                _ => lattice::NEVER,
            };
        let path = lattice::best_path(&band, &lattice::SHAPES, |r, c| {
            match r.is_empty() || c.is_empty() {
                true => 0.0,
                false => log_odds(r, c),
            }
        });
        let chance = ((rows.len() * columns.len()) as f32).ln();
        let links: Vec<(Step, f32)> = (path.into_iter())
            .filter(Step::links)
            .map(|mut step| {
                let log_odds = log_odds(step.rows.clone(), step.columns.clone());
                step.rows = run(&rows[step.rows]).unwrap_or_default();
                step.columns = run(&columns[step.columns]).unwrap_or_default();
                (step, log_odds)
            })
            .collect();
        let before = found.len();
        for block in links.chunk_by(|(x, _), (y, _)| {
            x.rows.end == y.rows.start && x.columns.end == y.columns.start
        }) {
            let log_odds = block.iter().map(|(_, log_odds)| log_odds).sum::<f32>() - chance;
            if log_odds >= MARGIN {
                let steps = block.iter().map(|(step, _)| step.clone()).collect();
                found.push(Block { steps, log_odds });
            }
        }
        if found.len() == before {
            break;
        }
        let steps = || found.iter().flat_map(|block| &block.steps);
        rows.retain(|row| !steps().any(|step| step.rows.contains(row)));
        columns.retain(|column| !steps().any(|step| step.columns.contains(column)));
    }
    found
}

/// Log-odds of a bead, with what the other versions say about it.
fn pooled(
    held: &Matrix,
    pairs: &mut [Pair<'_>],
    at: usize,
    rows: Range<usize>,
    columns: Range<usize>,
) -> f32 {
    let [a, b] = pairs[at].versions;
    let mut log_odds = pairs[at].score(rows.clone(), columns.clone());
    for c in (0..held.len()).filter(|&c| c != a && c != b) {
        for (v, own, other, theirs) in [(a, &rows, b, &columns), (b, &columns, a, &rows)] {
            let links = || own.clone().flat_map(|i| held[v][c].of(i));
            let (Some(first), Some(last)) =
                (links().map(|l| l.to).min(), links().map(|l| l.to).max())
            else {
                continue;
            };
            let witness = first..last + 1;
            let mut meets = witness.clone().flat_map(|k| held[c][other].of(k));
            if meets.any(|link| !theirs.contains(&link.to)) {
                return lattice::NEVER;
            }
            if witness.len() <= MAX_RUN {
                log_odds += pair::score_of(pairs, [c, other], witness, theirs.clone());
            }
        }
    }
    log_odds
}

/// Whether no other run of either version matches nearly as well.
fn is_unrivalled(pair: &mut Pair<'_>, step: &Step) -> bool {
    let [n, m] = pair.sides.map(|features| features.sentences().len());
    let least = pair.score(step.rows.clone(), step.columns.clone()) - RIVAL;
    let mut rival = |rows: Range<usize>, columns: Range<usize>| pair.score(rows, columns) >= least;
    let runs = |of: &Range<usize>, end: usize| {
        let (own, len) = (of.clone(), of.len());
        let apart = move |start: &usize| start + len <= own.start || *start >= own.end;
        (0..(end + 1).saturating_sub(len))
            .filter(apart)
            .map(move |start| start..start + len)
    };
    !runs(&step.rows, n).any(|rows| rival(rows, step.columns.clone()))
        && !runs(&step.columns, m).any(|columns| rival(step.rows.clone(), columns))
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

    fn found(
        [rows, columns]: [&[usize]; 2],
        score: &mut impl FnMut(Range<usize>, Range<usize>) -> f32,
    ) -> Vec<(Range<usize>, Range<usize>)> {
        let blocks = blocks(rows.to_vec(), columns.to_vec(), score).into_iter();
        let steps = blocks.flat_map(|block| block.steps);
        steps.map(|step| (step.rows, step.columns)).collect()
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
        let found = blocks(left[0].to_vec(), left[1].to_vec(), &mut score(&pairs));
        let log_odds: Vec<f32> = found.iter().map(|block| block.log_odds).collect();
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
