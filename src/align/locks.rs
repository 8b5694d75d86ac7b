//! What the locks of an article leave to be found.
//!
//! A locked bead cuts down the lattice of each pair of versions that it decides: its sentences may be
//! linked to each other and to nothing else, so every path, sum and moved block goes around it, and what
//! is linked to it in one pair is heard as certain by the others (`consistency`). What no path can reach,
//! as it stands elsewhere, is linked beside them (`decode`). At the end, its segments are joined whatever
//! the links, and nothing else is joined to them but segments of versions that it leaves open (`groups`).

use std::ops::Range;

use super::band::Anchor;
use super::groups::Sentences;
use super::lattice::NEVER;
use super::links::{Link, Links};
use crate::article::{Article, Lock, Unit};

/// The locks of an article, by sentence.
pub(super) struct Locked<'a> {
    locks: &'a [Lock],
    unit: Unit,
    /// Per version and sentence, the number of its lock, from 1, and 0 for none; nothing where there is
    /// no lock at all.
    of: Vec<Vec<u32>>,
}

impl<'a> Locked<'a> {
    pub(super) fn new(article: &'a Article) -> Self {
        let (locks, unit) = (article.locks(), article.locked_unit());
        let mut of = Vec::new();
        if !locks.is_empty() {
            of = (article.versions().iter())
                .map(|version| vec![0; version.segments(Unit::Sentence).len()])
                .collect();
        }
        for (number, lock) in (1..).zip(locks) {
            for (version, segment) in lock.nodes() {
                let sentences = match unit {
                    Unit::Paragraph => article.versions()[version].sentences_of(segment),
                    Unit::Sentence => segment..segment + 1,
                };
                of[version][sentences].fill(number);
            }
        }
        Self { locks, unit, of }
    }

    /// What is decided of two versions.
    pub(super) fn decided(&self, [a, b]: [usize; 2]) -> Decided {
        if self.locks.is_empty() {
            return Decided::default();
        }
        let decided = |own: usize, other: usize| {
            let says = |lock: u32| lock > 0 && self.locks[lock as usize - 1].decides(other);
            let locks = self.of[own].iter();
            locks
                .map(|&lock| if says(lock) { lock } else { 0 })
                .collect()
        };
        Decided {
            sides: [decided(a, b), decided(b, a)],
        }
    }

    /// The segments that each lock joins among those that the sentences of the versions stand in: exactly
    /// these, where they are what is locked or parts of it.
    pub(super) fn groups(&self, versions: &[Sentences], unit: Unit) -> Vec<Group<'a>> {
        let is_exact = (unit, self.unit) != (Unit::Paragraph, Unit::Sentence);
        let mut groups: Vec<Group<'a>> = (self.locks.iter())
            .map(|lock| Group {
                lock,
                segments: Vec::new(),
                is_exact,
            })
            .collect();
        // Sentences of a locked paragraph need not all be linked.
        if (unit, self.unit) == (Unit::Sentence, Unit::Paragraph) {
            return Vec::new();
        }
        for (v, of) in self.of.iter().enumerate() {
            for (&segment, &lock) in versions[v].segment.iter().zip(of).filter(|(_, l)| **l > 0) {
                let segments = &mut groups[lock as usize - 1].segments;
                if segments.last() != Some(&(v, segment)) {
                    segments.push((v, segment));
                }
            }
        }
        groups
    }

    /// Whether a lock of all versions holds these segments, no more and no less.
    pub(super) fn decides(&self, bead: &[Vec<usize>], versions: &[Sentences], unit: Unit) -> bool {
        if self.locks.is_empty() || unit != self.unit {
            return false;
        }
        let mut heads = bead.iter().enumerate();
        let head = heads.find_map(|(v, segments)| Some((v, *segments.first()?)));
        let lock = head.and_then(|(v, segment)| {
            let number = self.of[v][versions[v].of(segment).start] as usize;
            self.locks.get(number.checked_sub(1)?)
        });
        lock.is_some_and(|lock| {
            let same = |(own, found): (&Option<Vec<usize>>, _)| own.as_ref() == Some(found);
            lock.segments().iter().zip(bead).all(same)
        })
    }
}

/// Segments of a lock, which stand in one bead.
pub(super) struct Group<'a> {
    lock: &'a Lock,
    /// Version and index.
    pub(super) segments: Vec<(usize, usize)>,
    /// Whether no others of the versions that the lock decides stand in the bead.
    pub(super) is_exact: bool,
}

impl Group<'_> {
    /// Whether segments of a version that are not among these may stand in the bead.
    pub(super) fn is_open(&self, version: usize) -> bool {
        !self.lock.decides(version)
    }
}

/// What is decided of two versions: of each sentence of either, the number of its lock, 0 for none.
/// Sentences are linked to those of the same number only.
#[derive(Clone, Default, Debug)]
pub(super) struct Decided {
    sides: [Vec<u32>; 2],
}

impl Decided {
    pub(super) const fn is_empty(&self) -> bool {
        self.sides[0].is_empty()
    }

    /// Whether the sentences of two runs may stand in one bead of the lattice.
    pub(super) fn allows(&self, rows: &Range<usize>, columns: &Range<usize>) -> bool {
        if self.is_empty() {
            return true;
        }
        let first = self.sides[0][rows.start];
        let is_same = |side: usize, run: &Range<usize>| {
            self.sides[side][run.clone()]
                .iter()
                .all(|&lock| lock == first)
        };
        is_same(0, rows) && is_same(1, columns)
    }

    /// The log-odds of a bead of two runs, by those of its evidence.
    pub(super) fn log_odds(&self, rows: &Range<usize>, columns: &Range<usize>, found: f32) -> f32 {
        if self.is_empty() {
            return found;
        }
        match self.allows(rows, columns) {
            false => NEVER,
            // What is certain must not be passed by because its words speak against it. Were it taken
            // to speak for itself, paths would be drawn to blocks that stand elsewhere.
            true if self.sides[0][rows.start] > 0 => found.max(0.0),
            true => found,
        }
    }

    /// The log-odds of a row against each of some columns, by those of their evidence.
    pub(super) fn correct(&self, row: usize, columns: &Range<usize>, scores: &mut [f32]) {
        if !self.is_empty() {
            for (column, score) in columns.clone().zip(scores) {
                *score = self.log_odds(&(row..row + 1), &(column..column + 1), *score);
            }
        }
    }

    /// The anchors that may be, and those of what is locked.
    pub(super) fn anchors(&self, mut anchors: Vec<Anchor>) -> Vec<Anchor> {
        if self.is_empty() {
            return anchors;
        }
        let is_in = |at: &Anchor| self.allows(&(at.row..at.row + 1), &(at.column..at.column + 1));
        anchors.retain(is_in);
        anchors.extend(self.blocks().iter().flat_map(|[rows, columns]| {
            let ends = [
                (rows[0], columns[0]),
                (rows[rows.len() - 1], columns[columns.len() - 1]),
            ];
            ends.map(|(row, column)| Anchor {
                row,
                column,
                log_odds: (rows.len() + columns.len()) as f32,
            })
        }));
        anchors
    }

    /// The rows and columns of each lock that has both, rising.
    pub(super) fn blocks(&self) -> Vec<[Vec<usize>; 2]> {
        let last = self.sides.iter().flatten().max().copied().unwrap_or(0);
        let mut blocks = vec![[Vec::new(), Vec::new()]; last as usize];
        for (side, locks) in self.sides.iter().enumerate() {
            for (sentence, &lock) in locks.iter().enumerate().filter(|(_, lock)| **lock > 0) {
                blocks[lock as usize - 1][side].push(sentence);
            }
        }
        blocks.retain(|[rows, columns]| !rows.is_empty() && !columns.is_empty());
        blocks
    }

    /// The links with those that are certain: of locks that have but one sentence on a side.
    pub(super) fn certain(&self, links: Links) -> Links {
        let blocks = self.blocks().into_iter();
        let certain: Vec<(usize, Link)> = blocks
            .filter(|[rows, columns]| rows.len() == 1 || columns.len() == 1)
            .flat_map(|[rows, columns]| {
                let (p, moved) = (1.0, false);
                let links = move |row| columns.clone().into_iter().map(move |to| (row, to));
                let links = rows.into_iter().flat_map(links);
                links.map(move |(row, to)| (row, Link { to, p, moved }))
            })
            .collect();
        if certain.is_empty() {
            return links;
        }
        let rows = links.rows();
        Links::new(rows, certain.into_iter().chain(links.all()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Lang, Source};

    fn article(versions: &[&str]) -> Article {
        let langs = [Lang::EN, Lang::DE, Lang::FR];
        let source =
            |(text, lang): (&&str, Lang)| Source::new(*text).lines(Unit::Paragraph).lang(lang);
        Article::detect(versions.iter().zip(langs).map(source)).unwrap()
    }

    fn shown(aligner: &Aligner, article: &Article, locks: &[Lock]) -> Vec<String> {
        let alignment = aligner.align(
            &article
                .clone()
                .with_locks(Unit::Paragraph, locks.to_vec())
                .unwrap(),
        );
        let list = |list: &Vec<usize>| {
            let list: Vec<String> = list.iter().map(usize::to_string).collect();
            list.join(",")
        };
        let bead = |bead: &crate::Bead| {
            let segments: Vec<String> = bead.segments().iter().map(list).collect();
            let moved = if bead.moved() { "*" } else { "" };
            let confirmed = if bead.confirmed() { "!" } else { "" };
            format!("{}{moved}{confirmed}", segments.join("|"))
        };
        alignment.iter().map(bead).collect()
    }

    const ENGLISH: &str = "In 1931 it was sold.\nNobody came.\nIt was 40 marks in 1952.";
    const GERMAN: &str = "1931 wurde es verkauft.\nKeiner kam.\n1952 waren es 40 Mark.";
    const FRENCH: &str = "En 1931, on l’a vendu.\nPersonne n’est venu.\nC’était 40 marks en 1952.";

    fn lock(segments: &[Option<&[usize]>]) -> Lock {
        Lock::new(segments.iter().map(|list| list.map(<[usize]>::to_vec)))
    }

    #[test]
    fn locked_beads_stand_as_they_were_locked() {
        let one = Some(&[1][..]);
        for (name, locks, expected) in [
            ("none", vec![], vec!["0|0|0", "1|1|1", "2|2|2"]),
            (
                "as it is",
                vec![lock(&[one, one, one])],
                vec!["0|0|0", "1|1|1!", "2|2|2"],
            ),
            (
                "no counterpart",
                vec![lock(&[one, Some(&[]), Some(&[])])],
                vec!["0|0|0", "|1|1", "1||!", "2|2|2"],
            ),
            (
                "against all evidence, crosswise",
                vec![
                    lock(&[Some(&[0]), Some(&[2]), Some(&[])]),
                    lock(&[Some(&[2]), Some(&[0]), Some(&[])]),
                ],
                vec!["||0", "0|2|!", "1|1|1*", "||2", "2|0|*!"],
            ),
            (
                "one version is left open",
                vec![lock(&[Some(&[0]), Some(&[0, 1]), None])],
                vec!["0|0,1|0", "1||1", "2|2|2"],
            ),
            (
                "two locks that the third version would glue",
                vec![
                    lock(&[Some(&[0, 1]), Some(&[0]), None]),
                    lock(&[Some(&[]), one, None]),
                ],
                vec!["0,1|0|0,1", "|1|", "2|2|2"],
            ),
        ] {
            let article = article(&[ENGLISH, GERMAN, FRENCH]);
            let aligner = Aligner::new();
            #[cfg(feature = "lexicon")]
            let aligner = aligner.embedded(true);
            let found = shown(&aligner, &article, &locks);
            let found: Vec<String> = match cfg!(feature = "lexicon") {
                true => found,
                // Without words, only what was locked is sure.
                false => continue,
            };
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn unsound_locks() {
        let article = article(&[ENGLISH, GERMAN]);
        for (name, locks, expected) in [
            (
                "versions",
                vec![lock(&[Some(&[0])])],
                "1 versions, expected 2",
            ),
            ("empty", vec![lock(&[Some(&[]), None])], "no segment"),
            (
                "beyond the end",
                vec![lock(&[None, Some(&[3])])],
                "2: no segment 3, there are 3",
            ),
            (
                "twice",
                vec![
                    lock(&[Some(&[0]), None]),
                    lock(&[Some(&[1, 0]), Some(&[1])]),
                ],
                "1: segment 0 is locked twice",
            ),
        ] {
            let found = article.clone().with_locks(Unit::Paragraph, locks);
            let found = found.unwrap_err().to_string();
            assert_eq!(found, format!("invalid lock: {expected}"), "{name}");
        }
    }
}
