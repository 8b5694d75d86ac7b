//! Beads over all versions, from the links between the sentences of each pair.
//!
//! Two segments (paragraphs, or the sentences themselves) belong together if a link that is likely
//! enough joins them, and links join at least [`MIN_SHARE`] of the text of one of them. Beads are the
//! connected components over all versions, so the segments of a bead need not be neighbours.
//!
//! What is locked stands together whatever the links. So that no chain of links leads from one lock to
//! another, or to what a lock shuts out, links join segments one after the other then, the surest first,
//! those left out that would do so.

use std::ops::Range;

use super::links::Matrix;
use super::locks::Group;

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

/// Beads over all versions, every segment in exactly one.
pub(super) struct Beads {
    /// Per bead, the segments of each version, rising.
    list: Vec<Vec<Vec<usize>>>,
    /// Per version and segment, its bead.
    of: Vec<Vec<usize>>,
}

impl Beads {
    /// Those whose segments are given per version, every segment in exactly one.
    #[cfg(feature = "report")]
    pub(super) fn of_list(list: Vec<Vec<Vec<usize>>>) -> Self {
        let versions = list.first().map_or(0, Vec::len);
        let count = |v: usize| list.iter().map(|bead| bead[v].len()).sum();
        let mut of: Vec<Vec<usize>> = (0..versions).map(|v| vec![0; count(v)]).collect();
        for (bead, segments) in list.iter().enumerate() {
            for (of, segments) in of.iter_mut().zip(segments) {
                segments.iter().for_each(|&segment| of[segment] = bead);
            }
        }
        Self { list, of }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The bead that a segment of a version stands in.
    pub(super) fn of(&self, version: usize, segment: usize) -> usize {
        self.of[version][segment]
    }

    /// The segments of a bead: version and index.
    pub(super) fn segments(&self, bead: usize) -> impl Iterator<Item = Node> {
        let versions = self.list[bead].iter().enumerate();
        versions.flat_map(|(version, segments)| segments.iter().map(move |&s| (version, s)))
    }

    /// Whether only one version has segments in a bead.
    pub(super) fn is_null(&self, bead: usize) -> bool {
        self.list[bead].iter().filter(|s| !s.is_empty()).count() < 2
    }

    /// Per bead, the segments of each version.
    pub(super) fn into_list(self) -> Vec<Vec<Vec<usize>>> {
        self.list
    }
}

/// Joins the segments of all versions by links of at least the probability `least`, and by locks, every
/// segment in exactly one bead.
pub(super) fn join(
    versions: &[Sentences],
    links: &Matrix,
    least: f32,
    locked: &[Group<'_>],
) -> Beads {
    let sizes: Vec<Vec<f32>> = versions.iter().map(Sentences::sizes).collect();
    let starts: Vec<usize> = (sizes.iter())
        .scan(0, |next, s| Some(std::mem::replace(next, *next + s.len())))
        .collect();
    let number = |(version, segment): Node| starts[version] + segment;
    let mut sets = DisjointSets::new(sizes.iter().map(Vec::len).sum());
    let holds = |tie: &Tie| tie.share >= MIN_SHARE && tie.surest >= least;
    if locked.is_empty() {
        each_tie(versions, &sizes, links, |x, y, tie| {
            if holds(&tie) {
                sets.join(number(x), number(y));
            }
        });
    } else {
        let mut ties: Vec<(f32, [Node; 2])> = Vec::new();
        each_tie(versions, &sizes, links, |x, y, tie| {
            if holds(&tie) {
                ties.push((tie.surest, [x, y]));
            }
        });
        ties.sort_by(|(p, x), (q, y)| q.total_cmp(p).then(x.cmp(y)));
        let mut bounds = Bounds::new(locked, &sizes, number, &mut sets);
        for (_, ends) in ties {
            bounds.join(ends.map(number), &mut sets);
        }
    }
    let mut list: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut of: Vec<Vec<usize>> = Vec::new();
    let mut bead_of_root = vec![usize::MAX; sets.parents.len()];
    for (version, size) in sizes.iter().enumerate() {
        let beads = (0..size.len()).map(|segment| {
            let bead = &mut bead_of_root[sets.root(number((version, segment)))];
            if *bead == usize::MAX {
                *bead = list.len();
                list.push(vec![Vec::new(); sizes.len()]);
            }
            list[*bead][version].push(segment);
            *bead
        });
        of.push(beads.collect());
    }
    Beads { list, of }
}

/// The links between sentences whose segments stand in one bead.
pub(super) fn inside(versions: &[Sentences], links: &Matrix, beads: &Beads) -> Matrix {
    let of = |v: usize, i: usize| beads.of(v, versions[v].segment[i]);
    let keep = |a: usize, b: usize| {
        links[a][b].filter_map(|i, link| (of(a, i) == of(b, link.to)).then_some(link.p))
    };
    let all = 0..versions.len();
    all.clone()
        .map(|a| all.clone().map(|b| keep(a, b)).collect())
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
    pub(super) fn of(&self, segment: usize) -> Range<usize> {
        let start = self.segment.partition_point(|&s| s < segment);
        start..self.segment.partition_point(|&s| s <= segment)
    }
}

/// What joins two segments.
struct Tie {
    /// Share of the text of the segment that is more covered by links.
    share: f32,
    /// The probability of the most likely link.
    surest: f32,
}

/// Calls `found` with pairs of segments with links between them, both ways.
fn each_tie(
    versions: &[Sentences],
    sizes: &[Vec<f32>],
    links: &Matrix,
    mut found: impl FnMut(Node, Node, Tie),
) {
    // Per link of a segment, the other segment, its share and its probability.
    let mut shares: Vec<(usize, f32, f32)> = Vec::new();
    for a in 0..versions.len() {
        let segments = versions[a].segment.chunk_by(|x, y| x == y);
        for b in (0..versions.len()).filter(|&b| b != a) {
            let mut i = 0;
            for sentences in segments.clone() {
                let x = sentences[0];
                for _ in sentences {
                    let row = links[a][b].of(i);
                    let counterpart: f32 = row.iter().map(|l| versions[b].chars[l.to]).sum();
                    shares.extend(row.iter().map(|link| {
                        let chars = versions[a].chars[i] * versions[b].chars[link.to] / counterpart;
                        (versions[b].segment[link.to], chars / sizes[a][x], link.p)
                    }));
                    i += 1;
                }
                shares.sort_by_key(|(y, ..)| *y);
                for tie in shares.chunk_by(|(x, ..), (y, ..)| x == y) {
                    let surest = tie.iter().map(|(.., p)| *p).fold(0.0, f32::max);
                    let share = tie.iter().map(|(_, share, _)| share).sum();
                    found((a, x), (b, tie[0].0), Tie { share, surest });
                }
                shares.clear();
            }
        }
    }
}

/// What may be joined to what, by locks.
struct Bounds<'a> {
    locked: &'a [Group<'a>],
    /// Per root, the lock in its set.
    lock: Vec<Option<usize>>,
    /// Per root, the versions that its set has segments of.
    versions: Vec<Vec<bool>>,
}

impl<'a> Bounds<'a> {
    /// Joins what is locked.
    fn new(
        locked: &'a [Group<'a>],
        sizes: &[Vec<f32>],
        number: impl Fn(Node) -> usize,
        sets: &mut DisjointSets,
    ) -> Self {
        let own = |version: usize| {
            let mut versions = vec![false; sizes.len()];
            versions[version] = true;
            versions
        };
        let versions = sizes.iter().enumerate();
        let versions = versions.flat_map(|(v, sizes)| sizes.iter().map(move |_| own(v)));
        let mut bounds = Self {
            locked,
            lock: vec![None; sets.parents.len()],
            versions: versions.collect(),
        };
        for (lock, group) in locked.iter().enumerate() {
            let mut segments = group.segments.iter().map(|&node| number(node));
            let Some(first) = segments.next() else {
                continue;
            };
            segments.for_each(|segment| bounds.unite([first, segment], sets));
            if group.is_exact {
                bounds.lock[sets.root(first)] = Some(lock);
            }
        }
        bounds
    }

    /// Joins two segments, unless what stands together then must not.
    fn join(&mut self, ends: [usize; 2], sets: &mut DisjointSets) {
        let roots = ends.map(|end| sets.root(end));
        let is_open = |[own, other]: [usize; 2]| match self.lock[own] {
            None => true,
            Some(lock) => {
                let versions = self.versions[other].iter().enumerate();
                let mut versions = versions.filter(|(_, has)| **has);
                versions.all(|(version, _)| self.locked[lock].is_open(version))
            }
        };
        let [x, y] = roots;
        let is_one_lock = self.lock[x].is_none() || self.lock[y].is_none();
        if x == y || !is_one_lock || !is_open([x, y]) || !is_open([y, x]) {
            return;
        }
        self.unite(ends, sets);
    }

    fn unite(&mut self, ends: [usize; 2], sets: &mut DisjointSets) {
        let [x, y] = ends.map(|end| sets.root(end));
        sets.join(x, y);
        let (root, other) = (x.min(y), x.max(y));
        if root != other {
            let versions = std::mem::take(&mut self.versions[other]);
            for (has, also) in self.versions[root].iter_mut().zip(versions) {
                *has |= also;
            }
            self.lock[root] = self.lock[root].or(self.lock[other]);
        }
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
    use super::super::links::{Link, Links, matrix};
    use super::*;

    /// Versions by the segment of each sentence, sentences of ten characters.
    fn versions(segments: &[&[usize]]) -> Vec<Sentences> {
        let sentences = |s: &&[usize]| Sentences {
            segment: s.to_vec(),
            chars: vec![10.0; s.len()],
        };
        segments.iter().map(sentences).collect()
    }

    /// Links of two versions between runs of sentences, of probability `p`.
    fn links(runs: &[(Range<usize>, Range<usize>)], versions: &[Sentences], p: f32) -> Matrix {
        let sizes: Vec<usize> = versions.iter().map(|v| v.segment.len()).collect();
        let mut links = Vec::new();
        for (rows, columns) in runs {
            for row in rows.clone() {
                let moved = false;
                links.extend(columns.clone().map(|to| (row, Link { to, p, moved })));
            }
        }
        matrix(&sizes, [([0, 1], Links::new(sizes[0], links))])
    }

    /// The segments of each bead as `0,1|0`.
    fn shown(beads: Beads) -> Vec<String> {
        let list = |s: &Vec<usize>| {
            let numbers: Vec<String> = s.iter().map(usize::to_string).collect();
            numbers.join(",")
        };
        let bead =
            |segments: Vec<Vec<usize>>| segments.iter().map(list).collect::<Vec<_>>().join("|");
        beads.into_list().into_iter().map(bead).collect()
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
                vec![(0..1, 0..1), (1..2, 2..3)],
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
                vec![(0..1, 0..1), (11..12, 1..2)],
                vec!["0|0", "1|", "|1"],
            ),
            ("nothing in common", [&[0], &[0]], vec![], vec!["0|", "|0"]),
        ] {
            let versions = versions(&segments);
            let links = links(&steps, &versions, 0.9);
            assert_eq!(shown(join(&versions, &links, 0.5, &[])), expected, "{name}");
        }
    }

    #[test]
    fn unlikely_links_join_nothing() {
        let versions = versions(&[&[0, 1], &[0, 1]]);
        let links = links(&[(0..1, 0..1), (1..2, 1..2)], &versions, 0.4);
        for (least, expected) in [
            (0.3, vec!["0|0", "1|1"]),
            (0.5, vec!["0|", "1|", "|0", "|1"]),
        ] {
            assert_eq!(
                shown(join(&versions, &links, least, &[])),
                expected,
                "{least}"
            );
        }
    }

    #[test]
    fn links_between_beads_are_left_out() {
        let paragraphs = versions(&[&[0, 0, 1], &[0, 1, 1]]);
        let strong = links(&[(0..1, 0..1), (2..3, 1..3)], &paragraphs, 0.9);
        let weak = links(&[(1..2, 1..2)], &paragraphs, 0.4);
        let both = strong[0][1].all().chain(weak[0][1].all()).collect();
        let links = matrix(&[3, 3], [([0, 1], Links::new(3, both))]);
        let beads = join(&paragraphs, &links, 0.5, &[]);
        let inside = inside(&paragraphs, &links, &beads);
        assert_eq!(shown(beads), ["0|0", "1|1"]);
        let targets = |row: usize| {
            inside[0][1]
                .of(row)
                .iter()
                .map(|l| l.to)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            [targets(0), targets(1), targets(2)],
            [vec![0], vec![], vec![1, 2]]
        );
        assert_eq!(inside[1][0].of(1).len(), 1);
    }
}
