//! Files in memory, for the tests of formats of several files.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor, Error as IoError, Write};
use std::sync::{Arc, Mutex};

use super::{Create, Open};
use crate::error::{Error, ErrorKind};

/// Files by their names; clones share them.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Memory {
    /// The names of the files.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    /// What a file holds.
    pub(super) fn text(&self, name: &str) -> String {
        let files = self.0.lock().unwrap();
        String::from_utf8(files[name].clone()).unwrap()
    }
}

struct Out {
    files: Memory,
    name: String,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut files = self.files.0.lock().unwrap();
        files.get_mut(&self.name).unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Create for Memory {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error> {
        let before = self.0.lock().unwrap().insert(name.to_owned(), Vec::new());
        assert!(before.is_none(), "{name} is written twice");
        Ok(Box::new(Out {
            files: self.clone(),
            name: name.to_owned(),
        }))
    }
}

impl Open for Memory {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        let files = self.0.lock().unwrap();
        match files.get(name) {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            None => Err(ErrorKind::Io {
                path: name.into(),
                source: IoError::from(std::io::ErrorKind::NotFound),
            }
            .into()),
        }
    }
}
