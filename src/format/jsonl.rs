//! JSON Lines of the schema `triglyph/1`: one object an article and line.
//!
//! ```json
//! {"schema":"triglyph/1","id":"coworker","unit":"paragraph","score":0.97,
//!  "versions":[{"name":"en.txt","lang":"en","lang_score":0.99,"layout":"blank_lines",
//!    "segments":[{"text":"A title","start":0,"end":7,"kind":"heading"},
//!                {"text":"Leave a Comment","start":9,"end":24,"kind":"body","boilerplate":"comments"}]}],
//!  "beads":[{"segments":[[0],[0],[]],"score":0.98},{"segments":[[1],[],[]],"score":0.95}]}
//! ```
//!
//! * `start` and `end` are byte offsets into the file that the version was read from, decoded to
//!   UTF-8, half-open; of a plain text, `text` is what stands between them, byte for byte. They are
//!   missing where nothing tells them, as in what was read from another format.
//! * `segments` of a bead runs parallel to `versions`; every segment stands in exactly one bead.
//! * A version has `url` and `licence` where the caller told them, and `encoding` where the file was
//!   not UTF-8.
//! * A segment has `lang` only where its language is not the version's, `boilerplate` only where
//!   it is marked, `paragraph` only where the unit is the sentence; a bead has `moved`,
//!   `conflict` and `confirmed`, which says that a person has decided it, only where they are true.
//! * A bead has `evidence` only where [`Aligner::evidence`](crate::Aligner::evidence) asked for it.
//! * The article has `simplified` only where something was aligned more simply, beyond a limit:
//!   `[{"limit":"segments","versions":[0],"found":12,"most":10,"fallback":"lengths"}]`, see
//!   [`Simplified`](crate::Simplified).
//! * In a corpus, a bead has `group`, 32 hexadecimal digits that say what it holds, see
//!   [`Mark`], and `filtered`, the name of the filter that takes it; an article has `left_out`, the
//!   versions that could not be read: `[{"name":"de.txt","reason":"no text"}]`. An article that failed
//!   has `error`, the reason, in place of `unit`, `score`, `versions` and `beads`.
//! * Scores, posteriors and log-odds are rounded to four decimals.
//!
//! Evidence is
//!
//! ```json
//! {"pairs":[{"versions":[0,1],"length":1.2345,"words":7.25,"numbers":2.5,"layout":0.5,
//!            "posterior":0.9876,"agreed":0.9988}],
//!  "runner_up":{"version":1,"segment":7,"posterior":0.0625}}
//! ```
//!
//! * `pairs` has an object for each pair of versions that both have segments in the bead: numbers of
//!   the versions, log-odds in nats by what they come from, and the probability of the surest link by
//!   what the two say and with all versions heard, see [`PairEvidence`]. `vectors` are further log-odds
//!   where both versions brought some.
//! * `runner_up` is the most likely link out of the bead, see [`RunnerUp`]; there may be none.
//!
//! Fields may be added to the schema; none changes its meaning.

use std::iter;
use std::ops::Range;

use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{LeftOut, Mark};
use crate::alignment::{Alignment, Bead, BeadEvidence, PairEvidence, RunnerUp};
use crate::article::{Article, Segment, Unit, Version};

#[cfg(feature = "json")]
mod read;
#[cfg(feature = "json")]
mod write;

#[cfg(feature = "json")]
pub use read::Reader;
#[cfg(feature = "json")]
pub use write::{Writer, write, write_failed, write_record, write_version};

/// The name of the schema.
pub const SCHEMA: &str = "triglyph/1";

/// An aligned article as an object of the schema [`SCHEMA`].
///
/// # Examples
///
/// ```
/// use triglyph::format::jsonl::Record;
/// use triglyph::{Aligner, Article};
///
/// let article = Article::detect(["The cat sleeps.", "Die Katze schläft."])?;
/// let alignment = Aligner::new().align(&article);
/// let record = serde_json::to_value(Record::new("cat", &article, &alignment)).unwrap();
/// assert_eq!(record["id"], "cat");
/// assert_eq!(record["versions"][1]["segments"][0]["text"], "Die Katze schläft.");
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub(super) id: &'a str,
    pub(super) article: &'a Article,
    pub(super) alignment: &'a Alignment,
    pub(super) marks: &'a [Mark],
    left_out: &'a [LeftOut],
}

impl<'a> Record<'a> {
    /// The record of an article under the name `id`; `article` is the one that was aligned.
    #[must_use]
    pub const fn new(id: &'a str, article: &'a Article, alignment: &'a Alignment) -> Self {
        Self {
            id,
            article,
            alignment,
            marks: &[],
            left_out: &[],
        }
    }

    /// Adds what a corpus knows of the beads, one mark for each in their order.
    #[must_use]
    pub const fn marks(mut self, marks: &'a [Mark]) -> Self {
        self.marks = marks;
        self
    }

    /// Adds the versions that are not in the article because they could not be read.
    #[must_use]
    pub const fn left_out(mut self, left_out: &'a [LeftOut]) -> Self {
        self.left_out = left_out;
        self
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unit = self.alignment.unit();
        let versions = self.article.versions().iter();
        let versions: Vec<_> = versions.map(|v| VersionRecord::new(v, unit)).collect();
        let marks = self.marks.iter().map(Some);
        let marks = marks.chain(iter::repeat(None));
        let beads = self.alignment.iter().zip(marks);
        let beads: Vec<_> = beads.map(|(bead, mark)| BeadRecord(bead, mark)).collect();
        let simplified = self.alignment.simplified();
        let simplified = (!simplified.is_empty()).then_some(simplified);
        let mut fields = serializer.serialize_struct("Record", 8)?;
        fields.serialize_field("schema", SCHEMA)?;
        fields.serialize_field("id", self.id)?;
        fields.serialize_field("unit", &unit)?;
        fields.serialize_field("score", &round(self.alignment.score()))?;
        optional(&mut fields, "simplified", simplified)?;
        let left_out = (!self.left_out.is_empty()).then_some(self.left_out);
        optional(&mut fields, "left_out", left_out)?;
        fields.serialize_field("versions", &versions)?;
        fields.serialize_field("beads", &beads)?;
        fields.end()
    }
}

/// One version with its segments as it stands in a [`Record`].
///
/// # Examples
///
/// ```
/// use triglyph::format::jsonl::VersionRecord;
/// use triglyph::{Segmenter, Unit};
///
/// let version = Segmenter::new().version("He came. He left.")?;
/// let record = serde_json::to_value(VersionRecord::new(&version, Unit::Sentence)).unwrap();
/// assert_eq!(record["segments"][1]["text"], "He left.");
/// assert_eq!(record["segments"][1]["start"], 9);
/// assert_eq!(record["segments"][1]["paragraph"], 0);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VersionRecord<'a> {
    version: &'a Version,
    unit: Unit,
}

impl<'a> VersionRecord<'a> {
    /// The record of a version with its segments of one unit.
    #[must_use]
    pub const fn new(version: &'a Version, unit: Unit) -> Self {
        Self { version, unit }
    }
}

impl Serialize for VersionRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("VersionRecord", 8)?;
        version_fields(&mut fields, self.version)?;
        fields.serialize_field("segments", &Segments(*self))?;
        fields.end()
    }
}

/// The fields of a version before its segments.
pub(crate) fn version_fields<S: SerializeStruct>(
    fields: &mut S,
    version: &Version,
) -> Result<(), S::Error> {
    fields.serialize_field("name", version.name())?;
    fields.serialize_field("lang", &version.lang())?;
    fields.serialize_field("lang_score", &round(version.lang_score()))?;
    fields.serialize_field("layout", &version.layout())?;
    optional(fields, "url", version.url())?;
    optional(fields, "licence", version.licence())?;
    optional(fields, "encoding", version.encoding())
}

/// The list of a version's segments.
struct Segments<'a>(VersionRecord<'a>);

impl Serialize for Segments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let VersionRecord { version, unit } = self.0;
        let segments = version.segments(unit);
        let mut list = serializer.serialize_seq(Some(segments.len()))?;
        for (i, segment) in segments.iter().enumerate() {
            list.serialize_element(&SegmentRecord {
                text: version.text_of(segment),
                rest: SegmentFields {
                    segment,
                    place: version.place(unit, i),
                    unit,
                },
            })?;
        }
        list.end()
    }
}

struct SegmentRecord<'a> {
    text: &'a str,
    rest: SegmentFields<'a>,
}

/// What is said of a segment behind its text.
pub(crate) struct SegmentFields<'a> {
    pub(crate) segment: &'a Segment,
    pub(crate) place: Option<Range<usize>>,
    pub(crate) unit: Unit,
}

impl SegmentFields<'_> {
    pub(crate) fn put<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        let place = self.place.as_ref();
        let paragraph = (self.unit == Unit::Sentence).then_some(self.segment.paragraph());
        optional(fields, "start", place.map(|place| place.start))?;
        optional(fields, "end", place.map(|place| place.end))?;
        fields.serialize_field("kind", &self.segment.kind())?;
        optional(fields, "lang", self.segment.lang())?;
        optional(fields, "boilerplate", self.segment.boilerplate())?;
        optional(fields, "paragraph", paragraph)
    }
}

impl Serialize for SegmentRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("SegmentRecord", 7)?;
        fields.serialize_field("text", self.text)?;
        self.rest.put(&mut fields)?;
        fields.end()
    }
}

/// A bead, and what a corpus knows of it.
pub(crate) struct BeadRecord<'a>(pub(crate) &'a Bead, pub(crate) Option<&'a Mark>);

impl Serialize for BeadRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("BeadRecord", 9)?;
        fields.serialize_field("segments", self.0.segments())?;
        fields.serialize_field("score", &round(self.0.score()))?;
        optional(&mut fields, "moved", self.0.moved().then_some(true))?;
        optional(&mut fields, "conflict", self.0.conflict().then_some(true))?;
        optional(&mut fields, "confirmed", self.0.confirmed().then_some(true))?;
        let evidence = self.0.evidence().map(EvidenceRecord);
        optional(&mut fields, "evidence", evidence)?;
        if let Some(mark) = self.1 {
            optional(&mut fields, "group", mark.group.as_ref())?;
            optional(&mut fields, "filtered", mark.filtered.as_ref())?;
            optional(&mut fields, "sketch", mark.sketch.as_ref())?;
        }
        fields.end()
    }
}

pub(crate) struct EvidenceRecord<'a>(pub(crate) &'a BeadEvidence);

impl Serialize for EvidenceRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs: Vec<_> = self.0.pairs().iter().map(PairRecord).collect();
        let mut fields = serializer.serialize_struct("EvidenceRecord", 2)?;
        fields.serialize_field("pairs", &pairs)?;
        let runner_up = self.0.runner_up().map(RunnerUpRecord);
        optional(&mut fields, "runner_up", runner_up)?;
        fields.end()
    }
}

struct PairRecord<'a>(&'a PairEvidence);

impl Serialize for PairRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("PairRecord", 8)?;
        fields.serialize_field("versions", &self.0.versions())?;
        fields.serialize_field("length", &round(self.0.length()))?;
        fields.serialize_field("words", &round(self.0.words()))?;
        fields.serialize_field("numbers", &round(self.0.numbers()))?;
        fields.serialize_field("layout", &round(self.0.layout()))?;
        optional(&mut fields, "vectors", self.0.vectors().map(round))?;
        fields.serialize_field("posterior", &round(self.0.posterior()))?;
        fields.serialize_field("agreed", &round(self.0.agreed()))?;
        fields.end()
    }
}

struct RunnerUpRecord<'a>(&'a RunnerUp);

impl Serialize for RunnerUpRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("RunnerUpRecord", 3)?;
        fields.serialize_field("version", &self.0.version())?;
        fields.serialize_field("segment", &self.0.segment())?;
        fields.serialize_field("posterior", &round(self.0.posterior()))?;
        fields.end()
    }
}

/// Writes the field where there is a value, and nothing otherwise.
pub(crate) fn optional<S: SerializeStruct>(
    fields: &mut S,
    name: &'static str,
    value: Option<impl Serialize>,
) -> Result<(), S::Error> {
    match value {
        Some(value) => fields.serialize_field(name, &value),
        None => fields.skip_field(name),
    }
}

/// A score or log-odds with four decimals.
pub(crate) fn round(number: f64) -> f64 {
    // What is next to 0 is not -0.0.
    (number * 1e4).round() / 1e4 + 0.0
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{AWKWARD, example};
    use super::*;

    fn written(unit: Unit) -> String {
        let (article, alignment) = example(unit);
        let mut out = Vec::new();
        write(&mut out, "a \"b\"\u{2028}", &article, &alignment).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn exact_line() {
        let expected = concat!(
            r#"{"schema":"triglyph/1","id":"a \"b\"\u2028","unit":"paragraph","score":0.6429,"#,
            r#""versions":[{"name":"a/en.txt","lang":"en","lang_score":0.9877,"layout":"blank_lines","#,
            r#""segments":[{"text":"A & B < C > \"D\"\t«"#,
            "\u{a0}E\u{a0}»",
            r"\u2028F\nG",
            "\u{fffe}",
            r#"\u0085\\H","start":0,"end":38,"kind":"body"},"#,
            r#"{"text":"Alone","start":40,"end":45,"kind":"body"}]},"#,
            r#"{"name":"fr\t1.txt","lang":"fr","lang_score":0.9877,"layout":"blank_lines","#,
            r#""segments":[{"text":"Un","start":0,"end":2,"kind":"body"},"#,
            r#"{"text":"deux","start":4,"end":8,"kind":"body"},"#,
            r#"{"text":"Buy now","start":10,"end":17,"kind":"heading","lang":"en","boilerplate":"advertisement"}]},"#,
            r#"{"name":"3","lang":"fr","lang_score":0.9877,"layout":"blank_lines","#,
            r#""segments":[{"text":"Un deux","start":0,"end":7,"kind":"body"},"#,
            r#"{"text":"Trois","start":9,"end":14,"kind":"body"}]}],"#,
            r#""beads":[{"segments":[[0],[0,1],[0]],"score":1.0,"conflict":true},"#,
            r#"{"segments":[[],[2],[1]],"score":0.25,"moved":true},"#,
            r#"{"segments":[[1],[],[]],"score":0.1235}]}"#,
            "\n",
        );
        assert_eq!(written(Unit::Paragraph), expected);
    }

    #[test]
    fn evidence_where_there_is_some() {
        let pair = |versions, vectors| PairEvidence {
            versions,
            length: -1.234_56,
            words: 7.25,
            numbers: -1e-9,
            layout: 0.5,
            vectors,
            posterior: 0.987_654,
            agreed: 1.0,
        };
        let (article, alignment) = example(Unit::Paragraph);
        let mut beads: Vec<Bead> = alignment.iter().cloned().collect();
        beads[0].evidence = Some(BeadEvidence {
            pairs: vec![
                pair([0, 1], Some(2.0)),
                pair([0, 2], None),
                pair([1, 2], None),
            ],
            runner_up: Some(RunnerUp {
                version: 1,
                segment: 2,
                posterior: 0.0625,
            }),
        });
        beads[2].evidence = Some(BeadEvidence {
            pairs: Vec::new(),
            runner_up: None,
        });
        let alignment = Alignment::new(Unit::Paragraph, beads).unwrap();
        let mut out = Vec::new();
        write(&mut out, "it", &article, &alignment).unwrap();
        let written = String::from_utf8(out).unwrap();
        let parts = r#""length":-1.2346,"words":7.25,"numbers":0.0,"layout":0.5"#;
        let posteriors = r#""posterior":0.9877,"agreed":1.0"#;
        let expected = format!(
            concat!(
                r#""beads":[{{"segments":[[0],[0,1],[0]],"score":1.0,"conflict":true,"evidence":"#,
                r#"{{"pairs":[{{"versions":[0,1],{p},"vectors":2.0,{q}}},{{"versions":[0,2],{p},{q}}},"#,
                r#"{{"versions":[1,2],{p},{q}}}],"#,
                r#""runner_up":{{"version":1,"segment":2,"posterior":0.0625}}}}}},"#,
                r#"{{"segments":[[],[2],[1]],"score":0.25,"moved":true}},"#,
                r#"{{"segments":[[1],[],[]],"score":0.1235,"evidence":{{"pairs":[]}}}}]}}"#,
                "\n",
            ),
            p = parts,
            q = posteriors,
        );
        let found = &written[written.find(r#""beads""#).unwrap()..];
        assert_eq!(found, expected);
    }

    #[test]
    fn awkward_characters_come_back() {
        let line = written(Unit::Paragraph);
        let ends = |c: char| matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e');
        let unicode_ends = ['\u{85}', '\u{2028}', '\u{2029}'];
        assert_eq!(line.find(ends), Some(line.len() - 1));
        assert_eq!(line.find(unicode_ends), None);
        let record: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(record["versions"][0]["segments"][0]["text"], AWKWARD);
        assert_eq!(record["id"], "a \"b\"\u{2028}");
    }

    #[test]
    fn sentences_name_their_paragraph() {
        let record: Value = serde_json::from_str(&written(Unit::Sentence)).unwrap();
        assert_eq!(record["unit"], "sentence");
        let expected =
            json!({"text": "deux", "start": 4, "end": 8, "kind": "body", "paragraph": 1});
        assert_eq!(record["versions"][1]["segments"][1], expected);
    }

    #[test]
    fn version_alone() {
        let (article, _) = example(Unit::Paragraph);
        let mut out = Vec::new();
        write_version(&mut out, &article.versions()[2], Unit::Paragraph).unwrap();
        let version: Value = serde_json::from_slice(&out).unwrap();
        let record: Value = serde_json::from_str(&written(Unit::Paragraph)).unwrap();
        assert_eq!(version, record["versions"][2]);
    }
}
