//! [`Status`] and [`Failure`]: how a call ends.

use std::io;
use std::path::Path;

/// The exit status.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Status {
    Done = 0,
    Failed = 1,
    Usage = 2,
    SomeFailed = 3,
}

/// Why a call ends before its time.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever reads the output has enough of it: no failure to the one who calls.
    Closed,
    /// The arguments do not fit together.
    Usage(String),
    /// What was found, where, and what to do.
    Failed(String),
}

impl Failure {
    /// The failure to read or write what is called `name`.
    pub(crate) fn of_io(name: impl AsRef<Path>, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Failed(format!("{}: {}", name.as_ref().display(), reason(error))),
        }
    }
}

impl From<triglyph::Error> for Failure {
    fn from(error: triglyph::Error) -> Self {
        match error.kind() {
            triglyph::ErrorKind::Io { path, source } => Self::of_io(path, source),
            triglyph::ErrorKind::Cancelled => Self::Failed(
                "stopped; what was aligned is kept: the same call, of a build with --resume, goes on"
                    .into(),
            ),
            triglyph::ErrorKind::Write { source } => Self::of_io("output", source),
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// What the system said, in lower case and without the number of the error.
fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::IsADirectory {
        return "is a directory, expected a file".into();
    }
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    first.chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons() {
        for (error, expected) in [
            (io::Error::other("Disk on fire"), "disk on fire"),
            (io::Error::other(""), ""),
            (
                io::ErrorKind::IsADirectory.into(),
                "is a directory, expected a file",
            ),
        ] {
            assert_eq!(reason(&error), expected, "{error:?}");
        }
    }
}
