//! [`Folder`]: where formats of several files have them.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind};

/// Files by their names, to be written. A name may have folders before it: `en/news.xml`.
pub trait Create {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] where it cannot be made, [`ErrorKind::Unsuited`] where it was begun before: two
    /// articles of one name.
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error>;
}

/// Files by their names, to be read.
pub trait Open {
    /// Opens a file, whose text is in UTF-8. [`Folder`] unpacks and decodes it where the feature
    /// `encodings` is on.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] where it cannot be read.
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error>;
}

/// A folder of the file system, or the files that begin with one name.
///
/// A name that leads out of the folder, `../other`, is not found in it.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// Whether `path` is what the names of the files begin with, before a point.
    stem: bool,
    begun: BTreeSet<String>,
}

impl Folder {
    /// A folder, which need not be there before a file is made in it.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            stem: false,
            begun: BTreeSet::new(),
        }
    }

    /// The files whose names begin with that of `path` and a point: under the stem `corpus`, the file
    /// `en` is `corpus.en`.
    #[must_use]
    pub fn stem(path: impl Into<PathBuf>) -> Self {
        Self {
            stem: true,
            ..Self::new(path)
        }
    }

    fn place(&self, name: &str) -> Result<PathBuf, Error> {
        let inside = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
        if !Path::new(name).components().all(inside) {
            let outside = std::io::Error::other("leads out of the folder");
            return Err(io_error(self.path.join(name), outside));
        }
        if !self.stem {
            return Ok(self.path.join(name));
        }
        let mut path = self.path.clone().into_os_string();
        path.push(".");
        path.push(name);
        Ok(path.into())
    }
}

impl Create for Folder {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error> {
        let place = self.place(name)?;
        let longest = name.split('/').map(str::len).max();
        if let Some(bytes) = longest.filter(|&bytes| bytes > 240) {
            let article = name.chars().take(40).collect();
            let reason = format!(
                "a name of {bytes} bytes is too long for a file; give the article a shorter one"
            );
            return Err(ErrorKind::Unsuited { article, reason }.into());
        }
        if !self.begun.insert(name.to_owned()) {
            let (article, reason) = (name.to_owned(), TWICE.to_owned());
            return Err(ErrorKind::Unsuited { article, reason }.into());
        }
        let create = || {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(&place)
        };
        match create() {
            Ok(file) => Ok(Box::new(BufWriter::new(file))),
            Err(source) => Err(io_error(place, source)),
        }
    }
}

impl Open for Folder {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        let place = self.place(name)?;
        let open = || read(BufReader::new(File::open(&place)?));
        open().map_err(|source| io_error(place.clone(), source))
    }
}

/// What a file holds, unpacked and decoded.
#[cfg(feature = "encodings")]
fn read(file: BufReader<File>) -> std::io::Result<Box<dyn BufRead>> {
    crate::Encoding::reader(crate::Packing::reader(file)?, None)
}

#[cfg(not(feature = "encodings"))]
fn read(file: BufReader<File>) -> std::io::Result<Box<dyn BufRead>> {
    Ok(Box::new(file))
}

/// What is wrong with a file that was begun before.
const TWICE: &str = "a file of this name is written already; give each article a name of its own";

fn io_error(path: PathBuf, source: std::io::Error) -> Error {
    ErrorKind::Io { path, source }.into()
}

/// The name of an article as that of a file. What is neither letter, digit, `-`, `_` nor a point
/// within the name stands as `%` and the two hexadecimal digits of each of its bytes.
///
/// # Examples
///
/// ```
/// use triglyph::format::{article_id, file_name};
///
/// assert_eq!(file_name("2024/été"), "2024%2Fété");
/// assert_eq!(article_id("2024%2Fété"), "2024/été");
/// ```
#[must_use]
pub fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for (at, c) in id.char_indices() {
        if c.is_alphanumeric() || matches!(c, '-' | '_') || (c == '.' && at > 0) {
            name.push(c);
        } else {
            for byte in c.to_string().bytes() {
                name += &format!("%{byte:02X}");
            }
        }
    }
    name
}

/// The name of an article from that of its file: the reverse of [`file_name`]. What was not made
/// by it stays as it is.
#[must_use]
pub fn article_id(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut id = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                id.push(decoded);
                at += 3;
            }
            None => {
                id.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(id).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (id, name) in [
            ("news", "news"),
            ("2024-05_a.b", "2024-05_a.b"),
            ("../etc/passwd", "%2E.%2Fetc%2Fpasswd"),
            ("été à", "été%20à"),
            ("100%", "100%25"),
            ("a\u{200b}b", "a%E2%80%8Bb"),
        ] {
            assert_eq!(file_name(id), name, "{id}");
            assert_eq!(article_id(name), id, "{name}");
        }
        assert_eq!(article_id("50%off"), "50%off");
    }

    #[test]
    fn names_that_lead_out() {
        for name in ["../x", "/x", "a/../../x"] {
            let error = Folder::new("f").open(name).err().unwrap().to_string();
            assert!(error.ends_with("leads out of the folder"), "{error}");
        }
    }
}
