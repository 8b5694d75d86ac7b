//! [`Entry`]: an article of the input as it is found, before anything of it is read.

use std::path::PathBuf;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::recipe::{hex, read};
use crate::error::ErrorKind;
use crate::lang::Lang;

/// An article of the input: where it stands, its name, and where its versions are.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) position: u64,
    pub(crate) id: String,
    pub(crate) content: Content,
}

/// Where the versions of an article are.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// In a line of JSON.
    Line(Vec<u8>),
    /// In files, each named by its language.
    Files(Vec<VersionFile>),
    /// Nowhere, for this reason.
    Bad(String),
}

/// A file that holds a version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct VersionFile {
    pub(crate) lang: Lang,
    pub(crate) path: PathBuf,
}

impl Entry {
    /// The article of a line of JSON, `{"id":…,"versions":[…]}`, see [`Entries`](super::Entries);
    /// `position` is its number in the input, from 0. A line without `id` is called by that number, from 1.
    #[must_use]
    pub fn of_line(position: u64, line: Vec<u8>) -> Self {
        #[derive(Deserialize)]
        struct Named {
            #[serde(default)]
            id: Option<Id>,
        }
        let id = serde_json::from_slice(&line).ok();
        let id = id.and_then(|named: Named| named.id);
        Self {
            position,
            id: id.map_or_else(|| format!("line-{}", position + 1), Id::into_string),
            content: Content::Line(line),
        }
    }

    /// The number of the article in the input, from 0.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// The name of the article.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The hash of what would be read now, as [`Outcome::hash`](super::Outcome::hash) has it.
    pub(super) fn hash(&self) -> String {
        let mut hash = Sha256::new();
        match &self.content {
            Content::Line(line) => hash.update(line),
            Content::Files(files) => {
                for file in files {
                    // What cannot be read was left out before, too.
                    if let Ok(bytes) = read(&file.path) {
                        hash.update(&bytes);
                    }
                }
            }
            Content::Bad(_) => {}
        }
        hex(&hash.finalize())
    }

    /// Bytes that are held already.
    pub(super) fn bytes(&self) -> usize {
        match &self.content {
            Content::Line(line) => line.len(),
            Content::Files(_) | Content::Bad(_) => 0,
        }
    }
}

/// One of several parts of a corpus that are worked on apart: that of the articles whose names have a
/// hash of this remainder. It does not depend on where an article stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shard {
    index: u64,
    count: u64,
}

impl Shard {
    /// The part `index` of `count`, counted from 0; none where there is no such part.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::corpus::Shard;
    ///
    /// let shards: Vec<Shard> = (0..4).filter_map(|index| Shard::new(index, 4)).collect();
    /// assert_eq!(shards.iter().filter(|shard| shard.has("news/1")).count(), 1);
    /// assert!(Shard::new(4, 4).is_none());
    /// ```
    #[must_use]
    pub const fn new(index: u64, count: u64) -> Option<Self> {
        if index < count {
            Some(Self { index, count })
        } else {
            None
        }
    }

    /// Whether the article of this name belongs to the part.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        hash_of(id.as_bytes()) % self.count == self.index
    }

    /// The number of the part, from 0.
    #[must_use]
    pub const fn index(self) -> u64 {
        self.index
    }

    /// How many parts there are.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }
}

/// The first eight bytes of the SHA-256 of some bytes: the same on every machine.
pub(super) fn hash_of(bytes: &[u8]) -> u64 {
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .take(8)
        .fold(0, |hash, &byte| hash << 8 | u64::from(byte))
}

/// A name, which may be a number.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or a whole number as `id`")]
enum Id {
    Text(String),
    Number(i64),
}

impl Id {
    fn into_string(self) -> String {
        match self {
            Self::Text(id) => id,
            Self::Number(id) => id.to_string(),
        }
    }
}

/// A line of JSON that holds an article.
#[derive(Deserialize)]
#[serde(expecting = "an object: an article on one line")]
pub(super) struct Line {
    pub(super) versions: Vec<serde_json::Value>,
}

/// A version in a line of JSON; its text is in one of three fields.
#[derive(Deserialize)]
#[serde(expecting = "an object with `text`, `html` or `markdown`")]
pub(super) struct LineVersion {
    pub(super) lang: Option<String>,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) markdown: Option<String>,
    pub(super) url: Option<String>,
    pub(super) licence: Option<String>,
}

impl Line {
    /// Reads a line, or says what is wrong with it.
    pub(super) fn parse(line: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(line.trim_ascii_end()).map_err(|error| {
            let text = error.to_string();
            let reason = text.rsplit_once(" at line ");
            let reason = reason.map_or(&*text, |(reason, _)| reason);
            format!("invalid JSON: {reason} (column {})", error.column())
        })
    }
}

impl LineVersion {
    /// Reads a version, or says what is wrong with it.
    pub(super) fn of(value: serde_json::Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }
}

/// The language of a code, or what is wrong with it.
pub(super) fn lang(code: &str) -> Result<Lang, String> {
    code.parse()
        .map_err(|error: crate::Error| match error.kind() {
            ErrorKind::LanguageCode { .. } => error.to_string(),
            _ => String::new(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (line, expected) in [
            (r#"{"id":"a","versions":[]}"#, "a"),
            (r#"{"versions":[],"id":7}"#, "7"),
            (r#"{"versions":[]}"#, "line-3"),
            (r#"{"id":[1]}"#, "line-3"),
            ("nonsense", "line-3"),
        ] {
            assert_eq!(Entry::of_line(2, line.into()).id(), expected, "{line}");
        }
    }

    #[test]
    fn shards_do_not_change() {
        // What one machine works on must not move to another with the next release.
        assert_eq!(hash_of(b"news/1"), 0x101a_c677_1e2f_bbf5);
        let counts = |count| {
            let shards = (0..count).filter_map(move |index| Shard::new(index, count));
            shards.map(|shard| {
                (0..1000)
                    .filter(|id: &i32| shard.has(&id.to_string()))
                    .count()
            })
        };
        assert_eq!(counts(4).sum::<usize>(), 1000);
        assert!(counts(4).all(|count| count > 200));
    }
}
