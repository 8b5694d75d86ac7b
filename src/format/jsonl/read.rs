//! Reading lines back.

use std::io::BufRead;

use serde::Deserialize;

use super::SCHEMA;
use crate::alignment::{Bead, Simplified};
use crate::article::{Boilerplate, Kind, Layout, Origin, Unit};
use crate::error::{Error, ErrorKind};
use crate::format::Aligned;
use crate::format::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use crate::lang::Lang;

/// Reads aligned articles from JSON Lines of the schema [`SCHEMA`], one at a time.
///
/// Fields that this crate does not know are passed over; blank lines too. A segment that stands in
/// no bead gets a null bead scored 0.
///
/// A line that cannot be read is an error, and the lines behind it are read all the same, unless it is
/// the first and no JSON: then the file is no such file. So is one that tells that an article failed, by a field `error` in place of `versions` and `beads`.
///
/// # Examples
///
/// ```
/// use triglyph::format::jsonl::Reader;
///
/// let line = r#"{"schema":"triglyph/1","id":"cat","unit":"paragraph","versions":[
///     {"name":"a","lang":"en","segments":[{"text":"A cat."}]},
///     {"name":"b","lang":"fr","segments":[{"text":"Un chat."}]}],
///     "beads":[{"segments":[[0],[0]],"score":0.9}]}"#.replace('\n', "");
/// let mut reader = Reader::new("cats.jsonl", line.as_bytes());
/// let aligned = reader.next().expect("one line")?;
/// assert_eq!(aligned.id(), "cat");
/// assert_eq!(aligned.article().versions()[1].text(), "Un chat.");
/// assert!(reader.next().is_none());
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    name: String,
    lines: R,
    number: u64,
    /// The line that is read, kept for its memory.
    line: Vec<u8>,
    /// Whether a line was JSON: where the first is not, no other is read.
    is_json: bool,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader of lines in UTF-8; `name` is what errors call them.
    pub fn new(name: impl Into<String>, lines: R) -> Self {
        Self {
            name: name.into(),
            lines,
            number: 0,
            line: Vec::new(),
            is_json: false,
            ended: false,
        }
    }

    fn malformed(&self, reason: String) -> Error {
        ErrorKind::Malformed {
            file: self.name.clone(),
            line: self.number,
            reason,
        }
        .into()
    }

    fn aligned(&mut self) -> Result<Aligned, Error> {
        let record = serde_json::from_slice(self.line.trim_ascii_end());
        self.is_json |= !matches!(&record, Err(error) if error.is_syntax() || error.is_eof());
        self.ended = !self.is_json;
        let record: Record = record.map_err(|error| self.malformed(told(&error)))?;
        if record.schema != SCHEMA {
            let found = record.schema;
            return Err(self.malformed(format!("schema `{found}`, expected `{SCHEMA}`")));
        }
        if let Some(error) = record.error {
            let id = record.id;
            return Err(self.malformed(format!("the article {id} failed: {error}")));
        }
        (record.draft().finish()).map_err(|error| self.malformed(error.to_string()))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.line.clear();
            self.number += 1;
            match self.lines.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) if self.line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.aligned()),
                Err(source) => {
                    let path = self.name.clone().into();
                    self.ended = true;
                    return Some(Err(ErrorKind::Io { path, source }.into()));
                }
            }
        }
        None
    }
}

/// What the parser says, with the column and without the line, which is that of the record.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(reason, _)| reason);
    format!("{reason} (column {})", error.column())
}

#[derive(Deserialize)]
#[serde(expecting = "an object: a whole article on one line")]
struct Record {
    schema: String,
    id: String,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    unit: Unit,
    #[serde(default)]
    score: Option<f64>,
    #[serde(default)]
    simplified: Vec<Simplified>,
    #[serde(default)]
    versions: Vec<VersionRecord>,
    #[serde(default)]
    beads: Vec<Bead>,
}

#[derive(Deserialize)]
struct VersionRecord {
    name: String,
    lang: Lang,
    #[serde(default = "certain")]
    lang_score: f64,
    #[serde(default)]
    layout: Layout,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    licence: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
    segments: Vec<SegmentRecord>,
}

const fn certain() -> f64 {
    1.0
}

#[derive(Deserialize)]
struct SegmentRecord {
    text: String,
    #[serde(default)]
    start: Option<usize>,
    #[serde(default)]
    end: Option<usize>,
    #[serde(default)]
    kind: Kind,
    #[serde(default)]
    lang: Option<Lang>,
    #[serde(default)]
    boilerplate: Option<Boilerplate>,
    #[serde(default)]
    paragraph: Option<usize>,
}

impl Record {
    fn draft(self) -> Draft {
        let beads = self.beads.into_iter().map(|bead| BeadDraft {
            bead,
            moved_is_told: true,
        });
        Draft {
            id: self.id,
            unit: self.unit,
            score: self.score,
            versions: self
                .versions
                .into_iter()
                .map(VersionRecord::draft)
                .collect(),
            beads: beads.collect(),
            simplified: self.simplified,
        }
    }
}

impl VersionRecord {
    fn draft(self) -> VersionDraft {
        let segments = self.segments.into_iter().map(|segment| SegmentDraft {
            text: segment.text,
            kind: segment.kind,
            lang: segment.lang,
            boilerplate: segment.boilerplate,
            paragraph: segment.paragraph,
            place: (segment.start.zip(segment.end))
                .filter(|(start, end)| start <= end)
                .map(|(start, end)| start..end),
        });
        VersionDraft {
            name: self.name,
            lang: self.lang,
            lang_score: self.lang_score,
            layout: self.layout,
            origin: Origin {
                url: self.url,
                licence: self.licence,
                encoding: self.encoding,
                places: None,
            },
            segments: segments.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::format::tests::example;

    fn read(lines: &str) -> Vec<Result<Aligned, String>> {
        let reader = Reader::new("a.jsonl", lines.as_bytes());
        reader.map(|read| read.map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn what_was_written_is_read() {
        for unit in [Unit::Paragraph, Unit::Sentence] {
            let (article, alignment) = example(unit);
            let mut first = Vec::new();
            write(&mut first, "a\n", &article, &alignment).unwrap();
            let [Ok(aligned)] = &read(std::str::from_utf8(&first).unwrap())[..] else {
                panic!("one article was written");
            };
            let mut second = Vec::new();
            write(
                &mut second,
                aligned.id(),
                aligned.article(),
                aligned.alignment(),
            )
            .unwrap();
            assert_eq!(String::from_utf8(second), String::from_utf8(first));
        }
    }

    #[test]
    fn malformed_lines() {
        let record = |versions: &str, beads: &str| {
            format!(
                r#"{{"schema":"triglyph/1","id":"x","versions":[{versions}],"beads":[{beads}]}}"#
            )
        };
        let version = |text: &str| format!(r#"{{"name":"v","lang":"en","segments":[{text}]}}"#);
        let two = [version(r#"{"text":"A"}"#), version(r#"{"text":"B"}"#)].join(",");
        for (name, line, expected) in [
            ("no JSON", "<tmx>".into(), "expected value (column 1)"),
            (
                "cut off",
                r#"{"schema":"triglyph/1","#.into(),
                "EOF while parsing a value (column 23)",
            ),
            (
                "no id",
                r#"{"schema":"triglyph/1"}"#.into(),
                "missing field `id` (column 23)",
            ),
            (
                "another schema",
                r#"{"schema":"x","id":"x"}"#.into(),
                "schema `x`, expected `triglyph/1`",
            ),
            (
                "failed",
                r#"{"schema":"triglyph/1","id":"x","error":"binary data"}"#.into(),
                "the article x failed: binary data",
            ),
            (
                "one version",
                record(&version(r#"{"text":"A"}"#), ""),
                "an article needs at least two versions, found 1",
            ),
            (
                "dangling",
                record(&two, r#"{"segments":[[0],[4]],"score":1}"#),
                "invalid alignment: bead 0 names segment 4 of v, which has 1",
            ),
            (
                "twice",
                record(
                    &two,
                    r#"{"segments":[[0],[0]],"score":1},{"segments":[[0],[]],"score":1}"#,
                ),
                "invalid alignment: segment 0 of version 0 stands twice",
            ),
            (
                "versions of a bead",
                record(&two, r#"{"segments":[[0]],"score":1}"#),
                "invalid alignment: bead 0 has 1 versions, expected 2",
            ),
            (
                "score",
                record(&two, r#"{"segments":[[0],[0]],"score":7}"#),
                "invalid alignment: bead 0 has a score of 7, expected 0..1",
            ),
            (
                "language",
                record(&two.replace("\"en\"", "\"english\""), ""),
                "`english` is not a language code, expected one such as `en` or `deu` (column 72)",
            ),
            (
                "huge",
                record(
                    &two,
                    r#"{"segments":[[18446744073709551615],[0]],"score":1}"#,
                ),
                "invalid alignment: bead 0 names segment 18446744073709551615 of v, which has 1",
            ),
        ] {
            let good = record(&two, "");
            let read = read(&format!("{good}\n\n{line}\n{good}\n"));
            assert_eq!(read.len(), 3, "{name}");
            let expected = format!("a.jsonl, line 3: {expected}");
            assert_eq!(read[1].as_ref().unwrap_err(), &expected, "{name}");
            assert!(read[2].is_ok(), "{name}: the next line");
        }
        assert_eq!(read("<tmx>\n<tmx>\n").len(), 1);
    }
}
