//! [`Error`]: what can go wrong, in one type.

use std::fmt;
use std::path::PathBuf;

use crate::lang::Lang;
use crate::limit::Limit;

/// An error of this crate: what was found, where, and what was expected.
///
/// [`kind`](Error::kind) tells the cases apart; `Display` gives the message.
pub struct Error {
    kind: Box<ErrorKind>,
}

/// The cases of [`Error`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Bytes that are not UTF-8.
    #[error(
        "{version}: invalid UTF-8 at byte {offset}; convert the file to UTF-8 (for example with iconv)"
    )]
    InvalidUtf8 {
        /// Name of the version.
        version: String,
        /// Offset of the first bad byte.
        offset: usize,
    },
    /// Bytes that are not what they were said to be.
    #[error(
        "{version}: the bytes are not all {encoding}; tell another encoding, or none to have it detected"
    )]
    NotInEncoding {
        /// Name of the version.
        version: String,
        /// Name of the encoding that was told.
        encoding: &'static str,
    },
    /// A string that names no encoding.
    #[error("`{label}` is not an encoding, expected a name such as `windows-1252` or `utf-16le`")]
    EncodingLabel {
        /// The string.
        label: String,
    },
    /// Bytes that are no text at all.
    #[error("{version}: binary data (a NUL at byte {offset}), expected text in UTF-8")]
    Binary {
        /// Name of the version.
        version: String,
        /// Offset of the first NUL byte.
        offset: usize,
    },
    /// Fewer than two versions of an article.
    #[error("an article needs at least two versions, found {found}")]
    TooFewVersions {
        /// How many there were.
        found: usize,
    },
    /// No version of the article holds any text.
    #[error("none of the {versions} versions holds any text")]
    NoText {
        /// How many versions there were.
        versions: usize,
    },
    /// A version in a language that is not allowed.
    #[error("{version}: the text is in {} ({lang}), expected one of {}; allow or name the language to go on", .lang.name(), list(.allowed))]
    LanguageNotAllowed {
        /// Name of the version.
        version: String,
        /// Language that was detected.
        lang: Lang,
        /// Languages that were allowed.
        allowed: Vec<Lang>,
    },
    /// More or fewer vectors than the version has sentences.
    #[error("{version}: {found} vectors, expected one for each of {expected} sentences")]
    VectorCount {
        /// Name of the version.
        version: String,
        /// Vectors that there were.
        found: usize,
        /// Sentences of the version.
        expected: usize,
    },
    /// Two versions whose vectors cannot be compared.
    #[error("{version}: vectors of dimension {found}, expected {expected} as those of {other}")]
    VectorDimension {
        /// Name of the version.
        version: String,
        /// Dimension of its vectors.
        found: usize,
        /// Name of the first version that has vectors.
        other: String,
        /// Dimension of that one's.
        expected: usize,
    },
    /// More than one of the [`Limits`](crate::Limits) allows.
    #[error(
        "{versions}: {found} {limit}, expected at most {most}; raise the limit, or align shorter parts"
    )]
    BeyondLimit {
        /// Name of the version, or names of the two whose alignment takes too much work.
        versions: String,
        /// The limit.
        limit: Limit,
        /// How much there is; of work, as far as it was counted.
        found: u64,
        /// How much may be at the most.
        most: u64,
    },
    /// A string that is not an ISO 639 code.
    #[error("`{code}` is not a language code, expected one such as `en` or `deu`")]
    LanguageCode {
        /// The string.
        code: String,
    },
    /// Data whose parts contradict each other (indices out of range, a segment in two beads …).
    #[error("invalid {what}: {reason}")]
    Invalid {
        /// What was read: `alignment`, `article`, `gold` …
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that is not what it should be in one place.
    #[error("{file}, line {line}: {reason}")]
    Malformed {
        /// Name of the file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What was found there, and what was expected.
        reason: String,
    },
    /// Something that cannot be written in the format asked for.
    #[error("{article}: {reason}")]
    Unsuited {
        /// Name of the article.
        article: String,
        /// What there is no room for, and what to do.
        reason: String,
    },
    /// An article of a corpus that could not be read or aligned.
    #[error("{article}: {reason}")]
    Failed {
        /// Name of the article.
        article: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Work that was begun under other settings.
    #[error("{}: begun with other settings: {}; take the same, or another folder", .path.display(), difference(.found, .expected))]
    OtherSettings {
        /// The file that holds the settings.
        path: PathBuf,
        /// What stands there.
        found: String,
        /// What it was to be.
        expected: String,
    },
    /// Work that was stopped because the caller asked for it.
    #[error("stopped")]
    Cancelled,
    /// What is written to fails.
    #[error("{source}")]
    Write {
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that cannot be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that is not the JSON it should be.
    #[cfg(feature = "json")]
    #[error("{}: {source}", .path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser said, with line and column.
        source: serde_json::Error,
    },
    /// A folder without gold articles.
    #[cfg(feature = "json")]
    #[error("{}: no gold found, expected a folder with gold.json and <lang>.txt for every version, or a folder of such folders", .folder.display())]
    NoGold {
        /// The folder.
        folder: PathBuf,
    },
}

impl Error {
    /// Which case this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The error of what is written to, or this error as one.
    pub(crate) fn into_io(self) -> std::io::Error {
        match *self.kind {
            ErrorKind::Write { source } => source,
            kind => std::io::Error::other(Self::from(kind)),
        }
    }

    pub(crate) fn invalid(what: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        ErrorKind::Invalid { what, reason }.into()
    }
}

impl From<std::io::Error> for Error {
    /// An error of what is written to.
    fn from(source: std::io::Error) -> Self {
        ErrorKind::Write { source }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        let kind = Box::new(kind);
        Self { kind }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    /// Shows the message: what a `main` that returns an error prints.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error(\"{self}\")")
    }
}

impl std::error::Error for Error {}

/// The first line in which two texts differ.
fn difference(found: &str, expected: &str) -> String {
    let mut lines = found.lines().zip(expected.lines());
    match lines.find(|(found, expected)| found != expected) {
        Some((found, expected)) => format!("{} and not {}", found.trim(), expected.trim()),
        None => "one has more than the other".to_owned(),
    }
}

fn list(langs: &[Lang]) -> String {
    let codes: Vec<&str> = langs.iter().map(Lang::code).collect();
    codes.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_message() {
        let error = Error::from(ErrorKind::TooFewVersions { found: 1 });
        let message = "an article needs at least two versions, found 1";
        assert_eq!(format!("{error:?}"), format!("Error(\"{message}\")"));
    }
}
