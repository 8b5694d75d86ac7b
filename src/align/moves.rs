//! Blocks that stand elsewhere in the other version.
//!
//! What the path leaves alone on both sides is aligned again among itself, along a second path on
//! which a sentence left alone has log-odds 0. A block of neighbouring links is taken if its
//! log-odds exceed `ln(n·m) + ` [`MARGIN`], where n and m sentences are left: so many chances
//! there are to find something by accident. What remains is searched again until nothing is found.

use std::ops::Range;

use super::band::Band;
use super::lattice::{self, Step};

/// Log-odds of a moved block beyond those of chance, in nats.
const MARGIN: f32 = 2.0;

/// Pairs of sentences left up to which moved blocks are looked for.
const MAX_CELLS: usize = 1 << 18;

/// The links of moved blocks among the sentences that the path leaves alone; `score` is that of a
/// bead of some of each. Their margins are what their block has beyond chance.
pub(super) fn moved_links<S>(path: &[Step], score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let alone = |step: &&Step| step.rows.is_empty() || step.columns.is_empty();
    let alone = || path.iter().filter(alone);
    let mut rows: Vec<usize> = alone().flat_map(|step| step.rows.clone()).collect();
    let mut columns: Vec<usize> = alone().flat_map(|step| step.columns.clone()).collect();
    let mut found: Vec<Step> = Vec::new();
    while !rows.is_empty() && !columns.is_empty() && rows.len() * columns.len() <= MAX_CELLS {
        let band = Band::along(&[], rows.len(), columns.len(), columns.len());
        let mut log_odds =
            |r: Range<usize>, c: Range<usize>| match (run(&rows[r]), run(&columns[c])) {
                (Some(rows), Some(columns)) => score(rows, columns),
                _ => lattice::NEVER,
            };
        let path = lattice::best_path(&band, |r, c| match r.is_empty() || c.is_empty() {
            true => 0.0,
            false => log_odds(r, c),
        });
        let chance = ((rows.len() * columns.len()) as f32).ln();
        let mut links: Vec<(Step, f32)> = (path.into_iter())
            .filter(|step| !step.rows.is_empty() && !step.columns.is_empty())
            .map(|mut step| {
                let log_odds = log_odds(step.rows.clone(), step.columns.clone());
                step.rows = run(&rows[step.rows]).unwrap_or_default();
                step.columns = run(&columns[step.columns]).unwrap_or_default();
                (step, log_odds)
            })
            .collect();
        let before = found.len();
        for block in links.chunk_by_mut(|(x, _), (y, _)| {
            x.rows.end == y.rows.start && x.columns.end == y.columns.start
        }) {
            let total: f32 = block.iter().map(|(_, log_odds)| log_odds).sum();
            if total >= chance + MARGIN {
                found.extend(block.iter().map(|(step, _)| Step {
                    margin: total - chance,
                    ..step.clone()
                }));
            }
        }
        if found.len() == before {
            break;
        }
        rows.retain(|row| !found.iter().any(|step| step.rows.contains(row)));
        columns.retain(|column| !found.iter().any(|step| step.columns.contains(column)));
    }
    found
}

/// The range of some numbers, if they follow each other.
fn run(numbers: &[usize]) -> Option<Range<usize>> {
    let (&first, &last) = (numbers.first()?, numbers.last()?);
    (last - first + 1 == numbers.len()).then_some(first..last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path that links some rows and columns and leaves the others of `n` and `m` alone.
    fn path(linked: &[(usize, usize)], n: usize, m: usize) -> Vec<Step> {
        let step = |rows, columns| Step {
            rows,
            columns,
            margin: 1.0,
        };
        let mut path: Vec<Step> = (linked.iter())
            .map(|&(i, j)| step(i..i + 1, j..j + 1))
            .collect();
        let rows = (0..n).filter(|i| !linked.iter().any(|l| l.0 == *i));
        path.extend(rows.map(|i| step(i..i + 1, 0..0)));
        let columns = (0..m).filter(|j| !linked.iter().any(|l| l.1 == *j));
        path.extend(columns.map(|j| step(0..0, j..j + 1)));
        path
    }

    /// Log-odds of some pairs of sentences; all else speaks against itself.
    fn score(pairs: &[(usize, usize, f32)]) -> impl FnMut(Range<usize>, Range<usize>) -> f32 {
        move |rows, columns| {
            let is = |p: &&(usize, usize, f32)| {
                (p.0..p.0 + 1, p.1..p.1 + 1) == (rows.clone(), columns.clone())
            };
            pairs.iter().find(is).map_or(-9.0, |p| p.2)
        }
    }

    fn found(path: &[Step], pairs: &[(usize, usize, f32)]) -> Vec<(Range<usize>, Range<usize>)> {
        let links = moved_links(path, &mut score(pairs)).into_iter();
        links.map(|s| (s.rows, s.columns)).collect()
    }

    #[test]
    fn blocks_beyond_chance() {
        let linked: Vec<_> = (3..10).map(|i| (i, i - 3)).collect();
        let path = path(&linked, 10, 10);
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
            assert_eq!(found(&path, &pairs), expected, "{name}");
        }
        let steps = moved_links(&path, &mut score(&[(0, 7, 3.0), (1, 8, 3.0)]));
        let margin = 6.0 - 9.0_f32.ln();
        assert!(
            steps.iter().all(|s| (s.margin - margin).abs() < 1e-5),
            "{steps:?}"
        );
    }

    #[test]
    fn nothing_left() {
        let pairs = [(0, 0, 99.0)];
        for (name, path) in [
            ("empty", path(&[], 0, 0)),
            ("all linked", path(&[(0, 0), (1, 1)], 2, 2)),
            ("rows left", path(&[(1, 0)], 3, 1)),
            ("columns left", path(&[(0, 1)], 1, 3)),
        ] {
            assert_eq!(found(&path, &pairs), [], "{name}");
        }
    }

    #[test]
    fn sentences_left_are_covered_once_others_never() {
        let linked = [(1, 0), (2, 3), (5, 4)];
        let path = path(&linked, 8, 7);
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
            let mut covered = [vec![0; 8], vec![0; 7]];
            for (i, j) in linked {
                covered[0][i] += 1;
                covered[1][j] += 1;
            }
            for step in moved_links(&path, &mut score) {
                step.rows.for_each(|i| covered[0][i] += 1);
                step.columns.for_each(|j| covered[1][j] += 1);
            }
            assert!(
                covered.iter().flatten().all(|&times| times <= 1),
                "{seed}: {covered:?}"
            );
        }
    }
}
