//! [`Given`]: the vectors that a user has for the sentences of a file.

use std::convert::Infallible;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use triglyph::{Error, ErrorKind, Unit, Vectors, Version};

use crate::reading::{Reading, shown};
use crate::status::Failure;

/// `NAME=FILE`: a file among the versions, and that of its vectors. Either may hold a further `=`.
#[derive(Clone, Debug)]
pub(crate) struct Given(String);

impl FromStr for Given {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Given {
    /// The file of the vectors, if they are those of `file`.
    pub(crate) fn of(&self, file: &Path) -> Option<&Path> {
        let vectors = self.0.strip_prefix(file.to_str()?)?.strip_prefix('=')?;
        Some(Path::new(vectors))
    }

    pub(crate) fn fits_one_of(&self, files: &[PathBuf]) -> bool {
        files.iter().any(|file| self.of(file).is_some())
    }
}

/// Adds the vectors in this file to a version that was read from `file`.
pub(crate) fn add(
    vectors: &Path,
    version: Version,
    file: &Path,
    reading: &Reading,
) -> Result<Version, Failure> {
    let bytes = fs::read(vectors).map_err(|e| Failure::of_io(vectors, &e))?;
    let sentences = version.segments(Unit::Sentence).len();
    let (name, file) = (vectors.display(), shown(file));
    let hint = match reading.shows_sentences() {
        true => format!("; `triglyph segment --unit sentence {file}` lists them"),
        false => String::new(),
    };
    let mismatch = |found| {
        let expected = format!("expected one vector for each of the {sentences} sentences");
        Failure::Failed(format!("{name}: {found}, {expected} of {file}{hint}"))
    };
    let failure = |error: Error| match error.kind() {
        ErrorKind::VectorCount { found, .. } => mismatch(format!("{found} vectors")),
        _ => Failure::Failed(format!("{name}: {error}")),
    };
    let vectors = match vectors.extension() {
        Some(extension) if extension == "npy" => Vectors::from_npy(&bytes),
        _ if !bytes.len().is_multiple_of(4 * sentences) => {
            return Err(mismatch(format!("{} bytes", bytes.len())));
        }
        _ => Vectors::from_raw(&bytes, sentences),
    };
    version
        .with_vectors(vectors.map_err(failure)?)
        .map_err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_files() {
        for (given, file, expected) in [
            ("en.txt=en.npy", "en.txt", Some("en.npy")),
            ("en.txt=en.npy", "en", None),
            ("a=b.txt=c=d.npy", "a=b.txt", Some("c=d.npy")),
            ("a=b.txt=c=d.npy", "a", Some("b.txt=c=d.npy")),
            ("-=en.npy", "-", Some("en.npy")),
            ("en.txt", "en.txt", None),
            ("en.npy", "en.txt", None),
        ] {
            let found = given
                .parse()
                .map(|given: Given| given.of(Path::new(file)).map(Path::to_owned));
            assert_eq!(
                found.unwrap().as_deref(),
                expected.map(Path::new),
                "{given} {file}"
            );
        }
    }
}
