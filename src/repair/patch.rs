//! [`Patch`]: what a person has decided about an alignment.
//!
//! ```json
//! {"schema":"triglyph/patch/1","id":"coworker","unit":"paragraph","by":"A. Reader",
//!  "versions":[{"label":"en","name":"en.txt","lang":"en"},{"label":"fr","name":"fr.txt","lang":"fr"}],
//!  "operations":[
//!    {"op":"bead","segments":[[{"segment":3,"hash":"5f16f4c7f149ac4f"}],[]],"comment":"left out"},
//!    {"op":"confirm","segments":[[{"segment":4,"hash":"9e107d9d372bb682"}],
//!                                [{"segment":3,"hash":"e4d909c290d0fb1c"}]]}]}
//! ```
//!
//! * `bead` makes these segments a bead, `confirm` says that they are one, `comment` only says something
//!   about them. `segments` runs parallel to `versions`.
//! * `hash` is the beginning of the SHA-256 of the segment's text in UTF-8, every run of white space as one
//!   space and none at the ends: 16 hexadecimal digits. A segment is found by it, so that a patch holds for
//!   another edition of the text; `segment`, its number from 0, tells equal texts apart.
//! * `label` is the code of the language, and where several versions share one, the number of the version
//!   behind it (`de-2`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;

use serde::{Deserialize, Serialize};

use super::operation::Operation;
use super::place::Places;
use super::table::Table;
use crate::alignment::{Alignment, Bead};
use crate::article::{Article, Lock, Unit};
use crate::error::{Error, ErrorKind};
use crate::format::{Aligned, out_of_order};
use crate::lang::Lang;

/// The name of the schema.
pub const SCHEMA: &str = "triglyph/patch/1";

/// What a person has decided about the alignment of an article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Patch {
    schema: String,
    id: String,
    unit: Unit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    pub(super) versions: Vec<Told>,
    operations: Vec<Decision>,
}

/// A version as a patch knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) label: String,
    pub(super) name: String,
    pub(super) lang: Lang,
}

/// What is decided about some segments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Decision {
    /// What kind of decision it is.
    #[serde(rename = "op")]
    pub kind: DecisionKind,
    /// The segments, a list for each version of the patch.
    pub segments: Vec<Vec<Place>>,
    /// What the person says of it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// A kind of [`Decision`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DecisionKind {
    /// The segments are a bead, which the aligner had otherwise.
    Bead,
    /// The segments are a bead, as the aligner had it.
    Confirm,
    /// Nothing is decided, but something is said.
    Comment,
}

/// Where a segment stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// Its index among those of its version.
    pub segment: usize,
    /// 16 hexadecimal digits, by which its text is told.
    pub hash: String,
}

/// What became of a decision.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// It holds.
    Applied,
    /// A later one has taken some of its segments.
    Overruled,
    /// It cannot hold any more, for the reason given.
    Stale(String),
}

/// An alignment to which patches were applied.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Applied {
    /// The article and the alignment as the patches have it.
    pub aligned: Aligned,
    /// What became of the decisions of each patch, in order.
    pub outcomes: Vec<Vec<Outcome>>,
}

/// Reads patches, one JSON object after the other; `file` is what errors call them.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] for what is no patch, [`ErrorKind::Io`] where reading fails.
pub fn read(file: &str, text: impl Read) -> Result<Vec<Patch>, Error> {
    let mut patches = Vec::new();
    for patch in serde_json::Deserializer::from_reader(text).into_iter() {
        let patch: Patch = patch.map_err(|error| match error.io_error_kind() {
            Some(_) => Error::from(ErrorKind::Io {
                path: file.into(),
                source: error.into(),
            }),
            None => Error::from(ErrorKind::Malformed {
                file: file.into(),
                line: error.line() as u64,
                reason: format!("{error}; expected a patch of the schema `{SCHEMA}`"),
            }),
        })?;
        let number = patches.len() + 1;
        patch.check().map_err(|reason| {
            let reason = format!("patch {number}: {reason}");
            Error::invalid("patch", format!("{file}, {reason}"))
        })?;
        patches.push(patch);
    }
    Ok(patches)
}

impl Patch {
    fn check(&self) -> Result<(), String> {
        if self.schema != SCHEMA {
            return Err(format!("schema `{}`, expected `{SCHEMA}`", self.schema));
        }
        let expected = self.versions.len();
        for (number, decision) in (1..).zip(&self.operations) {
            let found = decision.segments.len();
            if found != expected {
                return Err(format!(
                    "operation {number} has {found} versions, expected {expected}"
                ));
            }
            if decision.segments.iter().all(Vec::is_empty) {
                return Err(format!("operation {number} names no segment"));
            }
        }
        Ok(())
    }

    /// The name of the article.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What its numbers of segments count.
    #[must_use]
    pub const fn unit(&self) -> Unit {
        self.unit
    }

    /// Who decided, if that is told.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }

    /// What is decided, in order.
    #[must_use]
    pub fn operations(&self) -> &[Decision] {
        &self.operations
    }

    /// Applies patches to an alignment of the article, one after the other: what a later one decides, holds.
    ///
    /// A bead that is decided has score 1 and is [confirmed](Bead::confirmed). Of versions that the patch does not
    /// know, what stood with most of its segments stays with it; as nobody has decided that, it is not confirmed,
    /// and has score 0 unless it is as it was. So has what is left of a bead that lost segments and was not
    /// decided itself. All else is as it was.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for a patch of another unit than the alignment is of.
    pub fn apply(patches: &[&Self], aligned: Aligned) -> Result<Applied, Error> {
        let unit = aligned.alignment().unit();
        for patch in patches {
            patch.check_unit(unit)?;
        }
        let article = aligned.article();
        let sizes = article.versions().iter().map(|v| v.segments(unit).len());
        let sizes: Vec<usize> = sizes.collect();
        let rows = aligned
            .alignment()
            .iter()
            .map(|bead| bead.segments().to_vec());
        let mut table = Table::new(&sizes, rows);
        let found: Vec<Vec<_>> = patches
            .iter()
            .map(|patch| patch.find(article, unit))
            .collect();
        // Of rows that are confirmed, those of which a version is left open: by their first segment.
        let mut open = BTreeSet::new();
        for lock in found.iter().flatten().flatten().flatten() {
            let segments = lock.segments().to_vec();
            let comment = String::new();
            if segments.iter().any(Option::is_none) {
                open.extend(lock.nodes().next());
            }
            table.apply(&Operation::Decide { segments, comment });
        }
        let outcome = |found: Result<Option<Lock>, String>| match found {
            Ok(Some(lock)) if !holds(&table, &lock) => Outcome::Overruled,
            Ok(_) => Outcome::Applied,
            Err(reason) => Outcome::Stale(reason),
        };
        let outcomes = found.into_iter();
        let outcomes = outcomes.map(|found| found.into_iter().map(outcome).collect());
        let outcomes = outcomes.collect();
        let (id, simplified) = (
            aligned.id().to_owned(),
            aligned.alignment().simplified().to_vec(),
        );
        let beads = beads(&table, &open, aligned.alignment());
        let alignment = Alignment::new(unit, beads)?.with_simplified(simplified);
        let (article, _) = aligned.into_parts();
        Ok(Applied {
            aligned: Aligned::new(id, article, alignment)?,
            outcomes,
        })
    }

    /// The beads that patches decide as locks of the article, for
    /// [`Article::with_locks`](crate::Article::with_locks), and what became of the decisions of each. Versions
    /// that a patch does not know are left open. Where two decide about one segment, the later one holds.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`] for patches of different units.
    pub fn locks(
        patches: &[&Self],
        article: &Article,
    ) -> Result<(Vec<Lock>, Vec<Vec<Outcome>>), Error> {
        let unit = patches.first().map_or(Unit::Paragraph, |patch| patch.unit);
        let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
        let (mut locks, mut outcomes) = (Vec::new(), Vec::new());
        for patch in patches.iter().rev() {
            patch.check_unit(unit)?;
            let found = patch.find(article, unit).into_iter().rev();
            let found = found.map(|found| match found {
                Ok(Some(lock)) if lock.nodes().any(|node| taken.contains(&node)) => {
                    Outcome::Overruled
                }
                Ok(lock) => {
                    taken.extend(lock.iter().flat_map(Lock::nodes));
                    locks.extend(lock);
                    Outcome::Applied
                }
                Err(reason) => Outcome::Stale(reason),
            });
            let mut found: Vec<Outcome> = found.collect();
            found.reverse();
            outcomes.push(found);
        }
        locks.reverse();
        outcomes.reverse();
        Ok((locks, outcomes))
    }

    fn check_unit(&self, unit: Unit) -> Result<(), Error> {
        match self.unit == unit {
            true => Ok(()),
            false => Err(Error::invalid(
                "patch",
                format!(
                    "the patch of {} is of {}s, expected {}s",
                    self.id,
                    name(self.unit),
                    name(unit)
                ),
            )),
        }
    }

    /// What each decision locks in an article, which a comment does not; or why that is not there.
    fn find(&self, article: &Article, unit: Unit) -> Vec<Result<Option<Lock>, String>> {
        let mut places = Places::new(self, article, unit);
        let known = places.known(article.versions().len());
        let find = |decision: &Decision| {
            let mut segments: Vec<Option<Vec<usize>>> =
                (known.iter()).map(|&known| known.then(Vec::new)).collect();
            for (version, segment) in places.find(&decision.segments)? {
                if let Some(list) = &mut segments[version] {
                    list.push(segment);
                }
            }
            Ok((decision.kind != DecisionKind::Comment).then(|| Lock::new(segments)))
        };
        self.operations.iter().map(find).collect()
    }
}

impl fmt::Display for Decision {
    /// What it is about: `bead of segments 3 | 4, 5 | -`, counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            DecisionKind::Bead => "bead",
            DecisionKind::Confirm => "confirmation",
            DecisionKind::Comment => "comment",
        };
        write!(f, "{kind} of segments ")?;
        for (v, places) in self.segments.iter().enumerate() {
            let bar = if v == 0 { "" } else { " | " };
            let numbers: Vec<String> = places.iter().map(|p| (p.segment + 1).to_string()).collect();
            let numbers = if numbers.is_empty() {
                "-".into()
            } else {
                numbers.join(", ")
            };
            write!(f, "{bar}{numbers}")?;
        }
        Ok(())
    }
}

const fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Paragraph => "paragraph",
        Unit::Sentence => "sentence",
    }
}

/// Whether what is locked stands in one row, and of the versions that are decided nothing else does.
fn holds(table: &Table, lock: &Lock) -> bool {
    let row = lock.nodes().next();
    let row = row.and_then(|(version, segment)| table.row_of(version, segment));
    row.is_some_and(|row| {
        let lists = lock.segments().iter().zip(&table.rows()[row].segments);
        let mut decided = lists.filter_map(|(locked, own)| Some((locked.as_ref()?, own)));
        decided.all(|(locked, own)| locked == own)
    })
}

/// The beads of a table that was an alignment before.
fn beads(table: &Table, open: &BTreeSet<(usize, usize)>, before: &Alignment) -> Vec<Bead> {
    let known: BTreeMap<&[Vec<usize>], &Bead> =
        before.iter().map(|bead| (bead.segments(), bead)).collect();
    let rows = table.rows().iter().filter(|row| !row.is_empty());
    let (mut beads, mut is_new) = (Vec::new(), Vec::new());
    for row in rows {
        let old = known.get(&row.segments[..]).copied();
        let mut bead = old.cloned().unwrap_or_else(|| Bead {
            segments: row.segments.clone(),
            score: 0.0,
            moved: false,
            conflict: false,
            confirmed: false,
            evidence: None,
        });
        let mut heads = row.segments.iter().enumerate();
        let is_open = heads.any(|(v, list)| list.first().is_some_and(|&s| open.contains(&(v, s))));
        if row.confirmed && !is_open {
            (bead.score, bead.confirmed) = (1.0, true);
            (bead.conflict, bead.evidence) = (false, None);
        }
        beads.push(bead);
        is_new.push(old.is_none());
    }
    let moved = out_of_order(beads.iter());
    for ((bead, is_new), moved) in beads.iter_mut().zip(is_new).zip(moved) {
        if is_new {
            bead.moved = moved;
        }
    }
    beads
}

#[cfg(test)]
mod tests {
    use super::super::place::hash;
    use super::*;
    use crate::{Aligner, Lang, Source, Words};

    const ENGLISH: [&str; 3] = ["In 1931.", "Nobody came.", "In 1952."];
    const GERMAN: [&str; 3] = ["Anno 1931.", "Keiner kam.", "Anno 1952."];
    const FRENCH: [&str; 3] = ["Vers 1931.", "Personne.", "Vers 1952."];

    fn aligned(versions: &[(Lang, &[&str])]) -> Aligned {
        let source = |(lang, texts): &(Lang, &[&str])| {
            Source::new(texts.join("\n"))
                .lines(Unit::Paragraph)
                .lang(*lang)
        };
        let article = Article::detect(versions.iter().map(source)).unwrap();
        let alignment = Aligner::new().words(Words::Shared).align(&article);
        Aligned::new("it", article, alignment).unwrap()
    }

    /// A patch of two versions, English and German, by texts; `confirm` where it begins with `=`.
    fn patch(decisions: &[[&[&str]; 2]]) -> Patch {
        let places = |texts: &[&str], all: &[&str]| -> Vec<String> {
            let number = |text: &&str| all.iter().position(|own| own == text).unwrap_or(7);
            let place =
                |text: &&str| format!(r#"{{"segment":{},"hash":"{}"}}"#, number(text), hash(text));
            texts.iter().map(place).collect()
        };
        let operations: Vec<String> = (decisions.iter())
            .map(|[en, de]| {
                let (en, de) = (places(en, &ENGLISH), places(de, &GERMAN));
                format!(
                    r#"{{"op":"bead","segments":[[{}],[{}]]}}"#,
                    en.join(","),
                    de.join(",")
                )
            })
            .collect();
        let text = format!(
            r#"{{"schema":"triglyph/patch/1","id":"it","unit":"paragraph","versions":[
               {{"label":"en","name":"1","lang":"en"}},{{"label":"de","name":"2","lang":"de"}}],
               "operations":[{}]}}"#,
            operations.join(",")
        );
        read("it.json", text.as_bytes()).unwrap().remove(0)
    }

    /// The beads as `0|0`, `*` where they moved, `!` where they are confirmed, and what became of each decision.
    fn applied(patches: &[&Patch], aligned: Aligned) -> (String, Vec<Vec<Outcome>>) {
        let applied = Patch::apply(patches, aligned).unwrap();
        let list = |list: &Vec<usize>| {
            let list: Vec<String> = list.iter().map(usize::to_string).collect();
            list.join(",")
        };
        let bead = |bead: &Bead| {
            let cells: Vec<String> = bead.segments().iter().map(list).collect();
            let moved = if bead.moved() { "*" } else { "" };
            let confirmed = if bead.confirmed() { "!" } else { "" };
            assert!(!bead.confirmed() || bead.score() == 1.0);
            format!("{}{moved}{confirmed}", cells.join("|"))
        };
        let beads: Vec<String> = applied.aligned.alignment().iter().map(bead).collect();
        (beads.join(" "), applied.outcomes)
    }

    #[test]
    fn patches_are_applied() {
        use Outcome::{Applied, Overruled};

        let two = || aligned(&[(Lang::EN, &ENGLISH), (Lang::DE, &GERMAN)]);
        let stale = |number: usize| {
            Outcome::Stale(format!("the text of de {number} is not there any more"))
        };
        let [e0, e1, e2] = ENGLISH;
        let [d0, d1, d2] = GERMAN;
        let one = patch(&[[&[e1], &[d1]]]);
        let crosswise = patch(&[[&[e0], &[d2]], [&[e2], &[d0]]]);
        let gone = patch(&[[&[e0], &[d0]], [&[e1], &["Niemand."]]]);
        let null = patch(&[[&[e1], &[]]]);
        let both = patch(&[[&[e0, e1], &[d0, d1]]]);
        for (name, patches, given, expected, outcomes) in [
            ("nothing", vec![], two(), "0|0 1|1 2|2", vec![]),
            (
                "a bead",
                vec![&one],
                two(),
                "0|0 1|1! 2|2",
                vec![vec![Applied]],
            ),
            (
                "crosswise",
                vec![&crosswise],
                two(),
                "0|2! 1|1 2|0*!",
                vec![vec![Applied, Applied]],
            ),
            (
                "a text that is gone",
                vec![&gone],
                two(),
                "0|0! 1|1 2|2",
                vec![vec![Applied, stale(8)]],
            ),
            (
                "the later one holds",
                vec![&both, &null],
                two(),
                "0|0,1 1|! 2|2",
                vec![vec![Overruled], vec![Applied]],
            ),
            (
                "moved on, in another order, and of three versions",
                vec![&one],
                aligned(&[
                    (Lang::FR, &FRENCH),
                    (Lang::DE, &[d0, "Mehr.", d1, d2]),
                    (Lang::EN, &ENGLISH),
                ]),
                "0|0|0 |1| 1|2|1 2|3|2",
                vec![vec![Applied]],
            ),
        ] {
            let found = applied(&patches, given);
            assert_eq!(found, (expected.to_owned(), outcomes), "{name}");
        }
    }

    #[test]
    fn patches_lock() {
        let given = aligned(&[
            (Lang::EN, &ENGLISH),
            (Lang::DE, &GERMAN),
            (Lang::FR, &FRENCH),
        ]);
        let one = patch(&[[&ENGLISH[..1], &GERMAN[1..2]]]);
        let other = patch(&[[&ENGLISH[1..2], &GERMAN[1..2]]]);
        let (locks, outcomes) = Patch::locks(&[&one, &other], given.article()).unwrap();
        let expected = Lock::new([Some(vec![1]), Some(vec![1]), None]);
        assert_eq!(locks, [expected]);
        assert_eq!(outcomes, [[Outcome::Overruled], [Outcome::Applied]]);
    }

    #[test]
    fn malformed_patches() {
        let head = r#"{"schema":"triglyph/patch/1","id":"a","unit":"paragraph","versions":[{"label":"en","name":"1","lang":"en"}]"#;
        for (name, text, expected) in [
            ("nothing", String::new(), ""),
            (
                "no JSON",
                "beads".into(),
                "a.json, line 1: expected value at line 1 column 1; expected a patch of the schema `triglyph/patch/1`",
            ),
            (
                "another schema",
                head.replace("patch/1", "1") + r#","operations":[]}"#,
                "invalid patch: a.json, patch 1: schema `triglyph/1`, expected `triglyph/patch/1`",
            ),
            (
                "versions",
                format!(r#"{head},"operations":[{{"op":"bead","segments":[[],[]]}}]}}"#),
                "invalid patch: a.json, patch 1: operation 1 has 2 versions, expected 1",
            ),
            (
                "no segment",
                format!(r#"{head},"operations":[{{"op":"bead","segments":[[]]}}]}}"#),
                "invalid patch: a.json, patch 1: operation 1 names no segment",
            ),
            (
                "an operation",
                format!(r#"{head},"operations":[{{"op":"melt","segments":[[]]}}]}}"#),
                "a.json, line 1: unknown variant `melt`, expected one of `bead`, `confirm`, `comment`",
            ),
        ] {
            let found = read("a.json", text.as_bytes());
            let found = found
                .err()
                .map_or_else(String::new, |error| error.to_string());
            assert!(
                found.starts_with(expected) && found.is_empty() == expected.is_empty(),
                "{name}: {found}"
            );
        }
        let sentences = head.replace("paragraph", "sentence") + r#","operations":[]}"#;
        let patch = read("a.json", sentences.as_bytes()).unwrap().remove(0);
        let given = aligned(&[(Lang::EN, &ENGLISH), (Lang::DE, &GERMAN)]);
        let found = Patch::apply(&[&patch], given).unwrap_err().to_string();
        assert_eq!(
            found,
            "invalid patch: the patch of a is of sentences, expected paragraphs"
        );
    }
}
