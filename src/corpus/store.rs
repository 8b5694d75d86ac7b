//! [`Store`]: what is aligned, on disk, in chunks that are there as a whole or not at all.
//!
//! | file | holds |
//! |---|---|
//! | `settings.json` | how the articles are aligned; work goes on only under the same |
//! | `00000000.jsonl.zst` … | [`CHUNK`] articles each, in the order of the input: what is known of one, a tab, its record |
//! | `done.json` | counts, when all articles are there |
//!
//! A chunk is written under another name, and gets its own when it is whole and on the disk. So a run that ends
//! at any moment loses at most the articles of the chunk it was at, and the next one makes the same of them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::recipe::Outcome;
use crate::error::{Error, ErrorKind};
use crate::format::jsonl::{self, Record};
use crate::format::{Aligned, LeftOut};
use crate::packing::{Packer, Packing};

/// Articles of a chunk.
const CHUNK: u64 = 256;

/// A folder of aligned articles.
#[derive(Clone, Debug)]
pub(super) struct Store {
    folder: PathBuf,
}

/// What is known of an article beside its record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) position: u64,
    pub(super) id: String,
    pub(super) hash: String,
    pub(super) bytes: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) left_out: Vec<LeftOut>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) simplified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

impl Meta {
    fn of(outcome: &Outcome) -> Self {
        Self {
            position: outcome.position,
            id: outcome.id.clone(),
            hash: outcome.hash.clone(),
            bytes: outcome.bytes,
            left_out: outcome.left_out.clone(),
            simplified: is_simplified(outcome),
            error: outcome.result.as_ref().err().cloned(),
        }
    }
}

/// Whether something of an article went beyond a limit.
fn is_simplified(outcome: &Outcome) -> bool {
    let aligned = outcome.result.as_ref();
    aligned.is_ok_and(|aligned| !aligned.alignment().simplified().is_empty())
}

/// How many articles were worked on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// All articles.
    pub articles: u64,
    /// Those that failed.
    pub failed: u64,
    /// Those of which a version was left out.
    pub partial: u64,
    /// Those of which something went beyond a limit and was aligned more simply, see
    /// [`Alignment::simplified`](crate::Alignment::simplified).
    #[serde(default)]
    pub simplified: u64,
    /// Bytes that were read.
    pub bytes: u64,
}

impl Tally {
    /// The tally of one article.
    fn article(has_failed: bool, left_out: &[LeftOut], simplified: bool, bytes: u64) -> Self {
        Self {
            articles: 1,
            failed: u64::from(has_failed),
            partial: u64::from(!has_failed && !left_out.is_empty()),
            simplified: u64::from(simplified),
            bytes,
        }
    }

    pub(super) fn add(&mut self, outcome: &Outcome) {
        let (has_failed, simplified) = (outcome.result.is_err(), is_simplified(outcome));
        *self += Self::article(has_failed, &outcome.left_out, simplified, outcome.bytes);
    }

    pub(super) fn add_meta(&mut self, meta: &Meta) {
        let has_failed = meta.error.is_some();
        *self += Self::article(has_failed, &meta.left_out, meta.simplified, meta.bytes);
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.failed += other.failed;
        self.partial += other.partial;
        self.simplified += other.simplified;
        self.bytes += other.bytes;
    }
}

impl Store {
    pub(super) fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self { folder }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins a store, or goes on with one of the same settings.
    pub(super) fn begin(&self, settings: &str) -> Result<(), Error> {
        let path = self.path("settings.json");
        if let Ok(found) = fs::read_to_string(&path) {
            return match found == settings {
                true => Ok(()),
                false => Err(ErrorKind::OtherSettings {
                    path,
                    found,
                    expected: settings.to_owned(),
                }
                .into()),
            };
        }
        fs::create_dir_all(&self.folder).map_err(|source| -> Error {
            let path = self.folder.clone();
            ErrorKind::Io { path, source }.into()
        })?;
        self.write("settings.json", settings.as_bytes())
    }

    /// How many chunks are there.
    pub(super) fn chunks(&self) -> u64 {
        (0..)
            .take_while(|&chunk| self.path(&name(chunk)).is_file())
            .count() as u64
    }

    /// What is in the store, where it is done.
    pub(super) fn done(&self) -> Option<Tally> {
        let text = fs::read(self.path("done.json")).ok()?;
        serde_json::from_slice(&text).ok()
    }

    pub(super) fn finish(&self, tally: Tally) -> Result<(), Error> {
        let text = serde_json::to_vec(&tally).map_err(|e| self.error("done.json", e.into()))?;
        self.write("done.json", &text)
    }

    /// Writes a small file as a whole.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.path(name);
        let temporary = path.with_extension("tmp");
        let write = || {
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&temporary, &path)
        };
        write().map_err(|e| self.error(name, e))
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn error(&self, name: &str, source: io::Error) -> Error {
        let path = self.path(name);
        ErrorKind::Io { path, source }.into()
    }

    /// The articles of a chunk.
    fn chunk(
        &self,
        chunk: u64,
    ) -> Result<impl Iterator<Item = Result<Stored, Error>> + use<>, Error> {
        let name = name(chunk);
        let path = self.path(&name);
        let open = || Packing::reader(BufReader::new(File::open(&path)?));
        let mut reader = open().map_err(|e| self.error(&name, e))?;
        // Only the last chunk may have fewer articles than the others, and none may have none.
        let is_last = !self.path(&self::name(chunk + 1)).is_file();
        let mut count = 0;
        Ok(std::iter::from_fn(move || {
            let mut line = Vec::new();
            match reader.read_until(b'\n', &mut line) {
                Ok(0) if count == CHUNK || (is_last && count > 0) => None,
                Ok(0) => {
                    count = CHUNK;
                    let reason =
                        "damaged: articles are missing; delete it and those behind it, and resume";
                    let (path, source) = (path.clone(), io::Error::other(reason));
                    Some(Err(ErrorKind::Io { path, source }.into()))
                }
                Ok(_) => {
                    count += 1;
                    Some(Stored::parse(line, &path))
                }
                Err(source) => {
                    let path = path.clone();
                    Some(Err(ErrorKind::Io { path, source }.into()))
                }
            }
        }))
    }

    /// All articles, in the order of the input.
    pub(super) fn read(&self) -> impl Iterator<Item = Result<Stored, Error>> {
        (0..self.chunks()).flat_map(|chunk| match self.chunk(chunk) {
            Ok(articles) => Box::new(articles) as Box<dyn Iterator<Item = _>>,
            Err(error) => Box::new(std::iter::once(Err(error))),
        })
    }
}

fn name(chunk: u64) -> String {
    format!("{chunk:08}.jsonl.zst")
}

/// The articles of several stores in the order of the input, which each of them is in.
pub(super) fn merged(stores: &[Store]) -> impl Iterator<Item = Result<Stored, Error>> {
    let mut stores: Vec<_> = stores.iter().map(|store| store.read().peekable()).collect();
    std::iter::from_fn(move || {
        let position =
            |stored: &Result<Stored, Error>| stored.as_ref().map_or(0, |s| s.meta.position);
        let next = (stores.iter_mut().enumerate())
            .filter_map(|(store, articles)| Some((position(articles.peek()?), store)))
            .min();
        next.and_then(|(_, store)| stores[store].next())
    })
}

/// An article as it is stored.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) meta: Meta,
    line: Vec<u8>,
    /// Where the record begins.
    record: usize,
}

impl Stored {
    fn parse(line: Vec<u8>, path: &Path) -> Result<Self, Error> {
        let tab = line.iter().position(|&byte| byte == b'\t');
        let record = tab.map_or(line.len(), |tab| tab + 1);
        match serde_json::from_slice(line[..record].trim_ascii_end()) {
            Ok(meta) => Ok(Self { meta, line, record }),
            Err(source) => {
                let path = path.to_owned();
                Err(ErrorKind::Json { path, source }.into())
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.line.len()
    }

    /// The aligned article; none where it failed.
    pub(super) fn aligned(&self) -> Option<Result<Aligned, Error>> {
        if self.meta.error.is_some() {
            return None;
        }
        jsonl::Reader::new(&*self.meta.id, &self.line[self.record..]).next()
    }
}

/// Writes chunk after chunk.
pub(super) struct Chunks<'a> {
    store: &'a Store,
    chunk: u64,
    open: Option<(BufWriter<Packer<File>>, u64)>,
}

impl<'a> Chunks<'a> {
    /// Goes on behind so many chunks.
    pub(super) const fn behind(store: &'a Store, chunk: u64) -> Self {
        Self {
            store,
            chunk,
            open: None,
        }
    }

    /// Adds an article that was encoded.
    pub(super) fn push(&mut self, line: &[u8]) -> Result<(), Error> {
        let error = |e| self.store.error(&name(self.chunk), e);
        let (mut out, count) = match self.open.take() {
            Some(open) => open,
            None => {
                let file = File::create(self.temporary()).map_err(error)?;
                let packer = Packing::Zstd.writer(file).map_err(error)?;
                (BufWriter::with_capacity(1 << 17, packer), 0)
            }
        };
        out.write_all(line).map_err(error)?;
        self.open = Some((out, count + 1));
        match count + 1 < CHUNK {
            true => Ok(()),
            false => self.close(),
        }
    }

    /// Ends the chunk that is open.
    pub(super) fn close(&mut self) -> Result<(), Error> {
        let Some((out, _)) = self.open.take() else {
            return Ok(());
        };
        let name = name(self.chunk);
        let close = || {
            let packer = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            packer.finish()?;
            let temporary = self.temporary();
            File::open(&temporary)?.sync_all()?;
            fs::rename(temporary, self.store.path(&name))
        };
        close().map_err(|e| self.store.error(&name, e))?;
        self.chunk += 1;
        Ok(())
    }

    fn temporary(&self) -> PathBuf {
        self.store.path("chunk.tmp")
    }
}

/// An article as it is stored, a line.
pub(super) fn encode(outcome: &Outcome) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(&Meta::of(outcome))?;
    line.push(b'\t');
    match &outcome.result {
        Err(_) => line.push(b'\n'),
        Ok(aligned) => {
            let record = Record::new(aligned.id(), aligned.article(), aligned.alignment());
            jsonl::write_record(&mut line, &record)?;
        }
    }
    Ok(line)
}
