//! Beads over all versions, from the links between the sentences of each pair.
//!
//! Two segments (paragraphs, or the sentences themselves) belong together if links join at least
//! [`MIN_SHARE`] of the text of one of them; beads are the connected components over all
//! versions, so the segments of a bead need not be neighbours.

use std::collections::BTreeMap;

use super::consistency::Matrix;
use crate::alignment::Bead;

/// Least share of a segment's text that joins it to another: where paragraphs are cut at other
/// places, one sentence may be all that two of them have in common.
const MIN_SHARE: f32 = 0.1;

/// The sentences of a version.
pub(super) struct Sentences {
    /// The segment that each stands in, not falling.
    pub(super) segment: Vec<usize>,
    /// Length of each in characters.
    pub(super) chars: Vec<f32>,
}

/// A segment: version and index.
type Node = (usize, usize);

/// Joins the segments of all versions into beads by `links`, every segment in exactly one.
pub(super) fn join(versions: &[Sentences], links: &Matrix) -> Vec<Bead> {
    let sizes: Vec<Vec<f32>> = versions.iter().map(Sentences::sizes).collect();
    let starts: Vec<usize> = (sizes.iter())
        .scan(0, |next, s| Some(std::mem::replace(next, *next + s.len())))
        .collect();
    let number = |(version, segment): Node| starts[version] + segment;
    let mut sets = DisjointSets::new(sizes.iter().map(Vec::len).sum());
    for ((x, y), share) in shares(versions, &sizes, links) {
        if share >= MIN_SHARE {
            sets.join(number(x), number(y));
        }
    }
    let mut beads: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    for (version, size) in sizes.iter().enumerate() {
        for segment in 0..size.len() {
            let root = sets.root(number((version, segment)));
            let bead = beads
                .entry(root)
                .or_insert_with(|| vec![Vec::new(); sizes.len()]);
            bead[version].push(segment);
        }
    }
    (beads.into_values())
        .map(|segments| Bead {
            score: score(&segments, versions, links),
            segments,
            moved: false,
            conflict: false,
        })
        .collect()
}

impl Sentences {
    /// Characters of each segment.
    fn sizes(&self) -> Vec<f32> {
        let count = self.segment.last().map_or(0, |last| last + 1);
        let mut sizes = vec![0.0; count];
        for (&segment, chars) in self.segment.iter().zip(&self.chars) {
            sizes[segment] += chars;
        }
        sizes
    }

    /// The sentences of a segment.
    fn of(&self, segment: usize) -> std::ops::Range<usize> {
        let start = self.segment.partition_point(|&s| s < segment);
        start..self.segment.partition_point(|&s| s <= segment)
    }
}

/// Pairs of segments with links between them, and the share of the text of the one more covered.
fn shares(
    versions: &[Sentences],
    sizes: &[Vec<f32>],
    links: &Matrix,
) -> BTreeMap<(Node, Node), f32> {
    let mut parts: BTreeMap<(Node, Node), f32> = BTreeMap::new();
    for a in 0..versions.len() {
        for b in (0..versions.len()).filter(|&b| b != a) {
            for i in 0..versions[a].chars.len() {
                let row = links[a][b].links(i);
                let counterpart: f32 = row.iter().map(|&(j, _)| versions[b].chars[j]).sum();
                for &(j, _) in row {
                    let (x, y) = ((a, versions[a].segment[i]), (b, versions[b].segment[j]));
                    let chars = versions[a].chars[i] * versions[b].chars[j] / counterpart;
                    *parts.entry((x, y)).or_default() += chars / sizes[a][x.1];
                }
            }
        }
    }
    parts
}

/// How far the links support a bead: the mean over its sentences and over the other versions of
/// the probability that the sentence is linked into the bead, or to nothing where that version
/// has no segment in it.
fn score(segments: &[Vec<usize>], versions: &[Sentences], links: &Matrix) -> f64 {
    let (mut sum, mut total) = (0.0, 0.0);
    for (a, list) in segments.iter().enumerate() {
        for i in list.iter().flat_map(|&segment| versions[a].of(segment)) {
            for b in (0..versions.len()).filter(|&b| b != a) {
                let p = match segments[b].is_empty() {
                    true => links[a][b].alone(i),
                    false => (links[a][b].links(i).iter()).fold(0.0, |most, &(_, p)| p.max(most)),
                };
                sum += f64::from(p * versions[a].chars[i]);
                total += f64::from(versions[a].chars[i]);
            }
        }
    }
    if total > 0.0 {
        (sum / total).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// Disjoint sets of the numbers below a bound.
struct DisjointSets {
    parents: Vec<usize>,
}

impl DisjointSets {
    fn new(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }

    /// The smallest member of the set of `x`.
    fn root(&mut self, mut x: usize) -> usize {
        while self.parents[x] != x {
            self.parents[x] = self.parents[self.parents[x]];
            x = self.parents[x];
        }
        x
    }

    fn join(&mut self, x: usize, y: usize) {
        let (x, y) = (self.root(x), self.root(y));
        self.parents[x.max(y)] = x.min(y);
    }
}

#[cfg(test)]
mod tests {
    use super::super::consistency::Posteriors;
    use super::super::lattice::Step;
    use super::*;

    /// Versions by the segment of each sentence, sentences of ten characters.
    fn versions(segments: &[&[usize]]) -> Vec<Sentences> {
        let sentences = |s: &&[usize]| Sentences {
            segment: s.to_vec(),
            chars: vec![10.0; s.len()],
        };
        segments.iter().map(sentences).collect()
    }

    /// Links of two versions by steps of a path.
    fn links(steps: &[(std::ops::Range<usize>, std::ops::Range<usize>)]) -> Matrix {
        let path: Vec<Step> = (steps.iter().cloned())
            .map(|(rows, columns)| Step {
                rows,
                columns,
                margin: 1.0,
            })
            .collect();
        let end = |run: fn(&Step) -> usize| path.iter().map(run).max().unwrap_or(0);
        let (rows, columns) = (end(|s| s.rows.end), end(|s| s.columns.end));
        let [forth, back] = Posteriors::of_steps(&path, rows, columns, |_| 0.9);
        let none = Posteriors::default();
        vec![vec![none.clone(), forth], vec![back, none]]
    }

    #[test]
    fn segments_that_share_links_stand_together() {
        for (name, segments, steps, expected) in [
            (
                "one to one",
                [&[0, 1][..], &[0, 1]],
                vec![(0..1, 0..1), (1..2, 1..2)],
                vec!["0|0", "1|1"],
            ),
            (
                "an advertisement between two halves",
                [&[0, 0], &[0, 1, 2]],
                vec![(0..1, 0..1), (1..1, 1..2), (1..2, 2..3)],
                vec!["0|0,2", "|1"],
            ),
            (
                "cut at other places",
                [&[0, 0, 1], &[0, 1, 1]],
                vec![(0..1, 0..1), (1..2, 1..2), (2..3, 2..3)],
                vec!["0,1|0,1"],
            ),
            (
                "too little in common",
                [
                    &[0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
                    &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
                ],
                vec![
                    (0..1, 0..1),
                    (1..11, 1..1),
                    (11..12, 1..2),
                    (12..12, 2..11),
                    (12..12, 11..12),
                ],
                vec!["0|0", "1|", "|1"],
            ),
            (
                "nothing in common",
                [&[0], &[0]],
                vec![(0..1, 0..0), (1..1, 0..1)],
                vec!["0|", "|0"],
            ),
        ] {
            let list = |s: &Vec<usize>| {
                let numbers: Vec<String> = s.iter().map(usize::to_string).collect();
                numbers.join(",")
            };
            let beads = join(&versions(&segments), &links(&steps));
            let found: Vec<String> = (beads.iter())
                .map(|b| b.segments.iter().map(list).collect::<Vec<_>>().join("|"))
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn scores_are_those_of_the_links() {
        let beads = join(
            &versions(&[&[0, 1], &[0]]),
            &links(&[(0..1, 0..1), (1..2, 1..1)]),
        );
        let scores: Vec<f64> = beads.iter().map(|b| (b.score * 100.0).round()).collect();
        assert_eq!(scores, [90.0, 90.0]);
    }
}
