//! What a bead rests on: the log-odds of its links by what they come from, and the runner-up.
//!
//! Nothing of it goes back into the alignment. The links that hold are those of single sentences; the
//! runs of sentences that were scored together are found again from them ([`runs`]).

use super::lattice::Step;
use super::links::Link;
use super::pair::Pair;
use super::score::Judge;
use crate::alignment::{BeadEvidence, PairEvidence, RunnerUp};
use crate::evidence::MAX_RUN;

/// Least posterior of a runner-up: in a text of some length, there is always something that is one
/// per cent likely.
const LEAST: f32 = 0.05;

impl Judge<'_> {
    /// What a bead rests on.
    pub(super) fn evidence(&self, bead: usize, pairs: &[Pair<'_>]) -> BeadEvidence {
        let has = |&version: &usize| self.sentences(bead, version).next().is_some();
        let mut pairs: Vec<PairEvidence> = (pairs.iter())
            .filter(|pair| pair.versions.iter().all(has))
            .map(|pair| self.evidence_of(bead, pair))
            .collect();
        pairs.sort_unstable_by_key(|pair| pair.versions);
        BeadEvidence {
            pairs,
            runner_up: self.runner_up(bead),
        }
    }

    /// What one pair of versions says about a bead.
    fn evidence_of(&self, bead: usize, pair: &Pair<'_>) -> PairEvidence {
        let [a, b] = pair.versions;
        let [held, own, agreed] = [self.held, self.own, self.agreed].map(|links| &links[a][b]);
        let mut linked: Vec<(usize, Vec<usize>)> = Vec::new();
        let (mut surest, mut posterior) = (0.0_f32, 0.0_f32);
        for row in self.sentences(bead, a) {
            let inside = |links: &[Link]| -> Vec<usize> {
                let links = links.iter().map(|link| link.to);
                links.filter(|&to| self.bead_of(b, to) == bead).collect()
            };
            let columns = inside(held.of(row));
            for to in columns.iter().copied().chain(inside(agreed.of(row))) {
                // Moved links have a probability that no path knows of.
                let p = held.p(row, to).max(agreed.p(row, to));
                if p > surest {
                    (surest, posterior) = (p, own.p(row, to));
                }
            }
            linked.push((row, columns));
        }
        let mut versions = pair.versions;
        versions.sort_unstable();
        let mut evidence = PairEvidence {
            versions,
            length: 0.0,
            words: 0.0,
            numbers: 0.0,
            layout: 0.0,
            vectors: None,
            posterior: posterior.into(),
            agreed: surest.into(),
        };
        for run in runs(&linked) {
            let parts = pair.parts(&run);
            evidence.length += f64::from(parts.length);
            evidence.words += f64::from(parts.words);
            evidence.numbers += f64::from(parts.numbers);
            evidence.layout += f64::from(parts.layout);
            if let Some(vectors) = parts.vectors {
                *evidence.vectors.get_or_insert(0.0) += f64::from(vectors);
            }
        }
        evidence
    }

    /// The most likely link from a bead to a segment that does not stand in it.
    fn runner_up(&self, bead: usize) -> Option<RunnerUp> {
        let out = self.links(bead).flat_map(|([a, b], i)| {
            let links = self.agreed[a][b].of(i).iter();
            links
                .filter(move |link| link.p >= LEAST && self.bead_of(b, link.to) != bead)
                .map(move |link| (link.p, (b, self.versions[b].segment[link.to])))
        });
        let best = out.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        best.map(|(p, (version, segment))| RunnerUp {
            version,
            segment,
            posterior: p.into(),
        })
    }
}

/// The runs of rows and columns that links join, given the columns of each row, both rising: rows that
/// follow each other and are linked to the same columns, and those columns as far as they follow each
/// other, no more than [`MAX_RUN`] of each. So every link stands in exactly one run, and a bead of a
/// path or of a moved block is one run again, as far as its links are given. What is linked a second
/// time right beside the first (`echo`) counts as one run with it.
fn runs(linked: &[(usize, Vec<usize>)]) -> Vec<Step> {
    let mut stretches: Vec<(&[usize], usize)> = Vec::new();
    for (row, columns) in linked {
        let columns = columns.chunk_by(|x, y| x + 1 == *y);
        let columns = columns.flat_map(|stretch| stretch.chunks(MAX_RUN));
        stretches.extend(columns.map(|columns| (columns, *row)));
    }
    stretches.sort_unstable();
    (stretches.chunk_by(|(x, row), (y, next)| x == y && row + 1 == *next))
        .flat_map(|run| run.chunks(MAX_RUN))
        .map(|run| {
            let (columns, row) = run[0];
            Step {
                rows: row..row + run.len(),
                columns: columns[0]..columns[0] + columns.len(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_links() {
        for (name, linked, expected) in [
            ("nothing", vec![], vec![]),
            ("no link", vec![(0, vec![]), (1, vec![])], vec![]),
            (
                "1:1",
                vec![(3, vec![5]), (4, vec![6])],
                vec![(3..4, 5..6), (4..5, 6..7)],
            ),
            (
                "2:3",
                vec![(0, vec![1, 2, 3]), (1, vec![1, 2, 3])],
                vec![(0..2, 1..4)],
            ),
            (
                "2:1 and 1:2",
                vec![(0, vec![0]), (1, vec![0]), (2, vec![1, 2])],
                vec![(0..2, 0..1), (2..3, 1..3)],
            ),
            (
                "moved, with a row between",
                vec![(0, vec![7]), (1, vec![]), (2, vec![0]), (3, vec![0])],
                vec![(2..4, 0..1), (0..1, 7..8)],
            ),
            (
                "the row between stands in another bead",
                vec![(0, vec![4]), (2, vec![4])],
                vec![(0..1, 4..5), (2..3, 4..5)],
            ),
            (
                "the column between stands in another bead",
                vec![(0, vec![4, 6])],
                vec![(0..1, 4..5), (0..1, 6..7)],
            ),
            (
                "twice, side by side",
                vec![(0, vec![0]), (1, vec![1]), (2, vec![0]), (3, vec![1])],
                vec![(0..1, 0..1), (2..3, 0..1), (1..2, 1..2), (3..4, 1..2)],
            ),
            (
                "longer than runs are scored",
                (0..5).map(|row| (row, vec![0, 1, 2, 3, 4])).collect(),
                vec![(0..4, 0..4), (4..5, 0..4), (0..4, 4..5), (4..5, 4..5)],
            ),
        ] {
            let found = runs(&linked).into_iter();
            let found: Vec<_> = found.map(|run| (run.rows, run.columns)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn every_link_stands_in_one_run() {
        // All links between five rows and five columns that a number has bits for, some of them.
        for seed in 0..2000_u64 {
            let bits = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            let columns = |row: usize| (0..6).filter(|c| bits >> (6 * row + c) & 1 == 1).collect();
            let linked: Vec<(usize, Vec<usize>)> = (0..6).map(|row| (row, columns(row))).collect();
            let mut found = Vec::new();
            for run in runs(&linked) {
                assert!(run.links() && run.rows.len().max(run.columns.len()) <= MAX_RUN);
                let links = |row| run.columns.clone().map(move |column| (row, column));
                found.extend(run.rows.clone().flat_map(links));
            }
            found.sort_unstable();
            let links = |(row, columns): &(usize, Vec<usize>)| {
                let row = *row;
                columns.iter().map(move |&c| (row, c)).collect::<Vec<_>>()
            };
            let expected: Vec<_> = linked.iter().flat_map(links).collect();
            assert_eq!(found, expected, "{linked:?}");
        }
    }
}
