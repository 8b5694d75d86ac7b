//! Files that tests keep in memory.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor, Write};
use std::sync::{Arc, Mutex};

use super::{Create, Open};
use crate::error::{Error, ErrorKind};

/// A folder in memory; its clones are the same folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Memory {
    /// A folder of these files.
    #[cfg(feature = "formats")]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).into(), (*text).into()));
        Self(Arc::new(Mutex::new(files.collect())))
    }

    /// Names of the files, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().keys().cloned().collect()
    }

    /// What a file holds.
    pub(super) fn text(&self, name: &str) -> String {
        String::from_utf8(self.0.lock().unwrap()[name].clone()).unwrap()
    }
}

impl Create for Memory {
    fn create(&mut self, name: &str) -> Result<Box<dyn Write + Send>, Error> {
        let before = self.0.lock().unwrap().insert(name.to_owned(), Vec::new());
        assert!(before.is_none(), "{name} is written twice");
        Ok(Box::new(File(self.clone(), name.to_owned())))
    }
}

impl Open for Memory {
    fn open(&self, name: &str) -> Result<Box<dyn BufRead>, Error> {
        match self.0.lock().unwrap().get(name) {
            Some(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            None => {
                let (path, source) = (name.into(), io::ErrorKind::NotFound.into());
                Err(ErrorKind::Io { path, source }.into())
            }
        }
    }
}

struct File(Memory, String);

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
