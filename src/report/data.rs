//! The data that a page holds for its script, as JSON. What is of the schema `triglyph/1` stands there as it
//! does in its records, so that the script makes the same records again.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::matches::Matcher;
use crate::align::Survey;
use crate::alignment::{Alignment, Simplified};
use crate::article::{Article, Unit, Version};
use crate::format::jsonl::{
    BeadRecord, EvidenceRecord, SegmentFields, optional, round, version_fields,
};
use crate::format::{Aligned, labels};
use crate::repair::hash;

/// The name of the schema.
const SCHEMA: &str = "triglyph/page/1";

/// Least posterior of a link whose words are compared.
const LINKED: f32 = 0.3;

/// Sentences of a version beyond which words are not compared: a page must open at once.
const MOST: usize = 3000;

#[derive(Serialize)]
struct Data<'a> {
    schema: &'static str,
    id: &'a str,
    unit: Unit,
    score: f64,
    tool: &'static str,
    gold: bool,
    #[serde(skip_serializing_if = "<[Simplified]>::is_empty")]
    simplified: &'a [Simplified],
    versions: Vec<VersionData<'a>>,
    beads: Vec<BeadRecord<'a>>,
    /// What each bead rests on that does not say it itself.
    evidence: Vec<Option<EvidenceRecord<'a>>>,
    links: Vec<Links>,
    matches: Vec<Matches>,
}

#[derive(Serialize)]
struct VersionData<'a> {
    label: String,
    record: Head<'a>,
    segments: Vec<SegmentData<'a>>,
    /// Of each sentence its segment, and where it stands there, in UTF-16 units.
    sentences: Vec<[usize; 3]>,
}

/// A version without its segments.
struct Head<'a>(&'a Version);

impl Serialize for Head<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Head", 7)?;
        version_fields(&mut fields, self.0)?;
        fields.end()
    }
}

struct SegmentData<'a> {
    text: &'a str,
    rest: SegmentFields<'a>,
}

impl Serialize for SegmentData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // HTML cannot hold it, and has another character in its place.
        let text = self.text.contains('\0').then_some(self.text);
        let mut fields = serializer.serialize_struct("SegmentData", 8)?;
        fields.serialize_field("hash", &hash(self.text))?;
        self.rest.put(&mut fields)?;
        optional(&mut fields, "text", text)?;
        fields.end()
    }
}

/// Links of the sentences of two versions.
#[derive(Serialize)]
struct Links {
    versions: [usize; 2],
    links: Vec<(usize, usize, f64)>,
}

/// Words that match, by the two sentences: from and to in the text of either's segment, in UTF-16 units, and
/// what they match by.
#[derive(Serialize)]
struct Matches {
    versions: [usize; 2],
    matches: Vec<(usize, usize, Vec<usize>)>,
}

/// The data of a page, without any `<`, so that nothing ends the element that holds it. Without a survey, it
/// is a page for gold, where what the aligner found is left out.
pub(super) fn data(aligned: &Aligned, survey: Option<&Survey>, matcher: &mut Matcher) -> String {
    let (article, alignment): (&Article, &Alignment) = (aligned.article(), aligned.alignment());
    let unit = alignment.unit();
    let versions = article.versions().iter().zip(labels(article));
    let versions: Vec<VersionData<'_>> = versions
        .map(|(version, label)| version_data(version, label, unit))
        .collect();
    let gold = survey.is_none();
    let data = Data {
        schema: SCHEMA,
        id: aligned.id(),
        unit,
        score: if gold { 0.0 } else { round(alignment.score()) },
        tool: env!("CARGO_PKG_VERSION"),
        gold,
        simplified: if gold { &[] } else { alignment.simplified() },
        beads: survey.map_or_else(Vec::new, |_| {
            alignment
                .iter()
                .map(|bead| BeadRecord(bead, None))
                .collect()
        }),
        evidence: survey.map_or_else(Vec::new, |survey| evidence(alignment, survey)),
        links: survey.map_or_else(Vec::new, links),
        matches: survey.map_or_else(Vec::new, |s| matches(article, &versions, s, matcher)),
        versions,
    };
    let json = serde_json::to_string(&data).expect("the data is JSON");
    // It stands in strings only.
    json.replace('<', "\\u003c")
}

fn version_data(version: &Version, label: String, unit: Unit) -> VersionData<'_> {
    let segments = version.segments(unit).iter().enumerate();
    let segments = segments.map(|(i, segment)| SegmentData {
        text: version.text_of(segment),
        rest: SegmentFields {
            segment,
            place: version.place(unit, i),
            unit,
        },
    });
    VersionData {
        label,
        record: Head(version),
        segments: segments.collect(),
        sentences: sentences(version, unit),
    }
}

/// Of each sentence its segment, and where it stands there, in UTF-16 units.
fn sentences(version: &Version, unit: Unit) -> Vec<[usize; 3]> {
    let segments = version.segments(unit);
    // Up to where the segment was counted: its number, bytes of the text, units of the segment.
    let mut counted = (usize::MAX, 0, 0);
    let sentences = version.segments(Unit::Sentence).iter().enumerate();
    let places = sentences.map(|(number, sentence)| {
        let segment = match unit {
            Unit::Paragraph => sentence.paragraph(),
            Unit::Sentence => number,
        };
        if counted.0 != segment {
            counted = (segment, segments[segment].range().start, 0);
        }
        let range = sentence.range();
        let start = counted.2 + utf16(&version.text()[counted.1..range.start]);
        let end = start + utf16(&version.text()[range.clone()]);
        counted = (segment, range.end, end);
        [segment, start, end]
    });
    places.collect()
}

fn evidence<'a>(alignment: &Alignment, survey: &'a Survey) -> Vec<Option<EvidenceRecord<'a>>> {
    let found = survey.evidence.iter().flatten();
    let beads = alignment.iter().zip(found);
    let evidence = beads.map(|(bead, found)| {
        let is_missing = bead.evidence().is_none();
        is_missing.then_some(EvidenceRecord(found))
    });
    evidence.collect()
}

fn links(survey: &Survey) -> Vec<Links> {
    let links = survey.links.iter().map(|(versions, links)| Links {
        versions: *versions,
        links: links
            .iter()
            .map(|&(i, j, p)| (i, j, (f64::from(p) * 1e3).round() / 1e3))
            .collect(),
    });
    links.collect()
}

/// The words that match in linked sentences.
fn matches(
    article: &Article,
    data: &[VersionData<'_>],
    survey: &Survey,
    matcher: &mut Matcher,
) -> Vec<Matches> {
    if data.iter().any(|version| version.sentences.len() > MOST) {
        return Vec::new();
    }
    let pairs = survey.links.iter().map(|(versions, links)| {
        let linked = links.iter().filter(|(.., p)| *p >= LINKED);
        let matches = linked.filter_map(|&(i, j, _)| {
            let ends = [(versions[0], i), (versions[1], j)];
            let texts = ends.map(|(v, s)| {
                let version = &article.versions()[v];
                version.text_of(&version.segments(Unit::Sentence)[s])
            });
            let langs = ends.map(|(v, s)| {
                let version = &article.versions()[v];
                version.segments(Unit::Sentence)[s]
                    .lang()
                    .unwrap_or(version.lang())
            });
            let found = matcher.matches(texts, langs);
            let flat = found.iter().flat_map(|found| {
                let [a, b] = [0, 1].map(|side| {
                    let (v, s) = ends[side];
                    let word = &found.words[side];
                    let start = data[v].sentences[s][1] + utf16(&texts[side][..word.start]);
                    [start, start + utf16(&texts[side][word.clone()])]
                });
                [a[0], a[1], b[0], b[1], found.kind as usize]
            });
            (!found.is_empty()).then(|| (i, j, flat.collect()))
        });
        Matches {
            versions: *versions,
            matches: matches.collect(),
        }
    });
    pairs.collect()
}

/// How many UTF-16 units a text has.
fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
