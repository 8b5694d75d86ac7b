//! [`Files`]: a folder in memory, and what holds of every file that is read.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor, Write};
use std::sync::{Arc, Mutex};

use triglyph::format::{Aligned, Create, Open, Writer};
use triglyph::{Error, ErrorKind};

use super::laws::check_beads;

/// A folder in memory; its clones are the same folder.
#[derive(Clone, Default)]
pub struct Files(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Files {
    /// What a file holds.
    pub fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(name).cloned()
    }
}

impl Create for Files {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error> {
        let before = self.0.lock().unwrap().insert(name.to_owned(), Vec::new());
        assert!(before.is_none(), "{name} is written twice");
        Ok(Box::new(File(self.clone(), name.to_owned())))
    }
}

impl Open for Files {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        match self.bytes(name) {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes))),
            None => Err(no_file(name)),
        }
    }
}

struct File(Files, String);

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut files = self.0.0.lock().unwrap();
        files.get_mut(&self.1).unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Two documents: the first is that of a name with `en` in it, the second that of any other.
pub struct Documents<'a>(pub [&'a [u8]; 2]);

impl Open for Documents<'_> {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        let bytes = self.0[usize::from(!name.contains("en"))];
        match name.len() {
            0..256 => Ok(Box::new(Cursor::new(bytes.to_vec()))),
            _ => Err(no_file(name)),
        }
    }
}

fn no_file(name: &str) -> Error {
    let (path, source) = (name.into(), io::ErrorKind::NotFound.into());
    ErrorKind::Io { path, source }.into()
}

/// The article, whose laws hold, or nothing where the file is refused for what stands in a line.
pub fn sound(read: Result<Aligned, Error>, lines: usize) -> Option<Aligned> {
    match read {
        Ok(aligned) => {
            check_beads(
                aligned.article(),
                aligned.alignment(),
                aligned.alignment().unit(),
            );
            Some(aligned)
        }
        Err(error) => {
            match error.kind() {
                ErrorKind::Malformed { line, .. } => {
                    assert!((1..=lines as u64 + 1).contains(line), "{error}");
                }
                ErrorKind::Io { .. } => {}
                _ => panic!("{error}"),
            }
            None
        }
    }
}

/// Writes an article; whether nothing at all was lost.
pub fn written(mut writer: impl Writer, aligned: &Aligned) -> bool {
    (writer.write(aligned.id(), aligned.article(), aligned.alignment())).unwrap();
    writer.finish().unwrap().is_empty()
}

/// How many lines begin in a file.
pub fn lines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte == b'\n').count()
}
