//! [`Entries`]: the articles of folders, files by their names, and JSON Lines, in order.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::entry::{Content, Entry, VersionFile};
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;
use crate::packing::Packing;

/// Bytes of a line at the most: more is no line of text.
const LINE: u64 = 1 << 30;
/// What UTF-8 may begin with.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Folders that may stand in each other: more come of links that lead in a circle.
const DEPTH: usize = 32;

/// The articles of some inputs, one after the other, in the order of the inputs; an iterator of
/// [`Entry`]. Nothing but names is read of the files of an article before its turn.
///
/// | input | an article is |
/// |---|---|
/// | a folder | each folder in it with files named by languages, `en.txt`, `fr.html`, `de.md`; and the files `NAME.en.txt`, `NAME.fr.html` of one name. By their names in order of bytes; the path below the input is the name of the article |
/// | a file whose name tells a language, `NAME.en.txt` | that file and those of the same name beside it among the inputs |
/// | any other file, or `-` for stdin | each line of it, in JSON |
///
/// A line is `{"id":"a","versions":[{"text":"…"},{"lang":"fr","html":"…","url":"…","licence":"…"}]}`: each
/// version has one of `text`, `html` and `markdown`, and may have `lang`, `name`, `url` and `licence`.
/// Files may be packed by gzip or Zstandard. Other files of a folder are passed over; a folder with nothing
/// in it that is an article, and a file that ends in the middle, are entries that fail.
#[derive(Debug)]
pub struct Entries {
    inputs: VecDeque<PathBuf>,
    count: usize,
    current: Option<Current>,
    position: u64,
}

#[derive(Debug)]
enum Current {
    Lines(Lines),
    Folder(Walk),
}

impl Entries {
    /// The articles of these inputs.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] for an input that is not there.
    pub fn open(inputs: impl IntoIterator<Item = impl Into<PathBuf>>) -> Result<Self, Error> {
        let inputs: VecDeque<PathBuf> = inputs.into_iter().map(Into::into).collect();
        for input in inputs.iter().filter(|input| !is_stdin(input)) {
            fs::metadata(input).map_err(|source| io_error(input, source))?;
        }
        Ok(Self {
            count: inputs.len(),
            inputs,
            current: None,
            position: 0,
        })
    }

    /// About which share of the input is behind, 0..1; none where that cannot be told, as of stdin.
    #[must_use]
    pub fn behind(&self) -> Option<f64> {
        let waiting = self.inputs.len() + usize::from(self.current.is_some());
        let done = (self.count - waiting) as f64;
        let current = match &self.current {
            None => 0.0,
            Some(Current::Lines(lines)) => lines.behind()?,
            Some(Current::Folder(walk)) => walk.behind(),
        };
        Some((done + current) / (self.count.max(1)) as f64)
    }

    /// Begins with the next input; an entry where it cannot be read, or is an article by itself.
    fn begin(&mut self, input: PathBuf) -> Option<(String, Content)> {
        if is_stdin(&input) {
            self.current = Some(Current::Lines(Lines::new(input, Box::new(io::stdin()), 0)));
            return None;
        }
        if input.is_dir() {
            self.current = Some(Current::Folder(Walk::new(input)));
            return None;
        }
        if let Some((id, file)) = version_file(&input) {
            return Some(self.files(&input, &id, file));
        }
        match File::open(&input) {
            Ok(file) => {
                let bytes = file.metadata().map_or(0, |metadata| metadata.len());
                self.current = Some(Current::Lines(Lines::new(input, Box::new(file), bytes)));
                None
            }
            Err(error) => Some((input.display().to_string(), Content::Bad(told(&error)))),
        }
    }

    /// The article of a file that is named by its language, with those of the same name that follow.
    fn files(&mut self, first: &Path, id: &str, file: VersionFile) -> (String, Content) {
        let mut files = vec![file];
        while let Some(next) = self.inputs.front() {
            match version_file(next) {
                Some((other, file)) if other == id && next.parent() == first.parent() => {
                    files.push(file);
                    self.inputs.pop_front();
                }
                _ => break,
            }
        }
        let folder = || {
            let folder = fs::canonicalize(first).ok()?;
            let name = folder.parent()?.file_name()?;
            Some(name.display().to_string())
        };
        let id = match id {
            "" => folder().unwrap_or_else(|| "article".into()),
            id => id.to_owned(),
        };
        (id, Content::Files(files))
    }
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let found = match &mut self.current {
                None => {
                    let input = self.inputs.pop_front()?;
                    self.begin(input)
                }
                Some(Current::Lines(lines)) => match lines.next() {
                    Some(Ok(line)) => {
                        let entry = Entry::of_line(self.position, line);
                        self.position += 1;
                        return Some(entry);
                    }
                    Some(Err(failed)) => {
                        self.current = None;
                        Some(failed)
                    }
                    None => {
                        self.current = None;
                        None
                    }
                },
                Some(Current::Folder(walk)) => {
                    let found = walk.next();
                    if found.is_none() {
                        self.current = None;
                    }
                    found
                }
            };
            if let Some((id, content)) = found {
                let position = self.position;
                self.position += 1;
                return Some(Entry {
                    position,
                    id,
                    content,
                });
            }
        }
    }
}

/// The lines of a file, unpacked, that are not blank.
struct Lines {
    path: PathBuf,
    read: Arc<AtomicU64>,
    bytes: u64,
    /// Whether no line was read yet.
    is_first: bool,
    /// Not yet opened, open, or at its end.
    reader: Reader,
}

enum Reader {
    Raw(Box<dyn Read>),
    Open(Box<dyn BufRead>),
    Ended,
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("path", &self.path).finish()
    }
}

impl Lines {
    fn new(path: PathBuf, raw: Box<dyn Read>, bytes: u64) -> Self {
        let read = Arc::default();
        let raw = Counted {
            raw,
            read: Arc::clone(&read),
        };
        Self {
            path,
            read,
            bytes,
            is_first: true,
            reader: Reader::Raw(Box::new(raw)),
        }
    }

    fn behind(&self) -> Option<f64> {
        let read = self.read.load(Ordering::Relaxed);
        (self.bytes > 0).then(|| (read as f64 / self.bytes as f64).min(1.0))
    }

    fn next(&mut self) -> Option<Result<Vec<u8>, (String, Content)>> {
        let line = self.line().transpose()?;
        Some(line.map_err(|error| (self.path.display().to_string(), Content::Bad(told(&error)))))
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            match std::mem::replace(&mut self.reader, Reader::Ended) {
                Reader::Ended => return Ok(None),
                Reader::Raw(raw) => {
                    let raw = BufReader::with_capacity(1 << 16, raw);
                    self.reader = Reader::Open(Packing::reader(raw)?);
                }
                Reader::Open(mut reader) => {
                    let mut line = Vec::new();
                    let mut within = (&mut reader).take(LINE);
                    if within.read_until(b'\n', &mut line)? == 0 {
                        return Ok(None);
                    }
                    if within.limit() == 0 {
                        return Err(io::Error::other(
                            "a line of more than 1 GiB, expected an article",
                        ));
                    }
                    if std::mem::take(&mut self.is_first) && line.starts_with(BYTE_ORDER_MARK) {
                        line.drain(..BYTE_ORDER_MARK.len());
                    }
                    self.reader = Reader::Open(reader);
                    if !line.trim_ascii().is_empty() {
                        return Ok(Some(line));
                    }
                }
            }
        }
    }
}

/// Counts the bytes that are read.
struct Counted {
    raw: Box<dyn Read>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.raw.read(bytes)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// A walk through a folder and those in it, each read when its turn comes.
#[derive(Debug)]
struct Walk {
    root: PathBuf,
    /// The folders that are open, outermost first, by their paths below the root.
    open: Vec<Listing>,
    /// Whether the root is to be opened yet.
    begun: bool,
}

impl Walk {
    const fn new(root: PathBuf) -> Self {
        Self {
            root,
            open: Vec::new(),
            begun: false,
        }
    }

    fn behind(&self) -> f64 {
        let Some(top) = self.open.first() else {
            return 0.0;
        };
        top.next as f64 / top.items.len().max(1) as f64
    }

    fn next(&mut self) -> Option<(String, Content)> {
        if !self.begun {
            self.begun = true;
            if let Some(found) = self.enter(String::new()) {
                return Some(found);
            }
        }
        while let Some(listing) = self.open.last_mut() {
            let Some(item) = listing.advance() else {
                self.open.pop();
                continue;
            };
            let id = below(&listing.below, listing.id(item));
            if item.is_folder {
                if let Some(found) = self.enter(id) {
                    return Some(found);
                }
                continue;
            }
            let folder = self.root.join(&listing.below);
            let alike = listing.take_alike();
            let listing = &*listing;
            let names = listing.items[alike].iter().map(|item| listing.name(item));
            let files = names.filter_map(|name| version_file(&folder.join(name)));
            let files = files.map(|(_, file)| file).collect();
            let id = if id.is_empty() { self.name() } else { id };
            return Some((id, Content::Files(files)));
        }
        None
    }

    /// What an article in the root itself is called.
    fn name(&self) -> String {
        let root = fs::canonicalize(&self.root).ok();
        let name = root.as_deref().and_then(Path::file_name);
        name.map_or_else(|| "article".into(), |name| name.display().to_string())
    }

    /// Lists a folder; an entry where there is nothing in it.
    fn enter(&mut self, below: String) -> Option<(String, Content)> {
        let bad = |reason: String, id: &str| {
            let id = if id.is_empty() {
                self.name()
            } else {
                id.to_owned()
            };
            Some((id, Content::Bad(reason)))
        };
        if self.open.len() == DEPTH {
            return bad("folders in each other more than 32 deep".into(), &below);
        }
        match Listing::read(&self.root, below) {
            Err((below, error)) => bad(told(&error), &below),
            Ok(listing) if listing.items.is_empty() => {
                let reason = "no version found, expected files such as en.txt or fr.html";
                bad(reason.into(), &listing.below)
            }
            Ok(listing) => {
                self.open.push(listing);
                None
            }
        }
    }
}

/// A path below another, with `/` between.
fn below(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// What a folder holds, in order. The names stand in one text, since there may be millions.
#[derive(Debug)]
struct Listing {
    below: String,
    names: String,
    items: Vec<Item>,
    next: usize,
}

/// A name in a listing.
#[derive(Clone, Copy, Debug)]
struct Item {
    start: u32,
    end: u32,
    /// Bytes of the name that are the name of the article; for `en.txt` none.
    id: u32,
    is_folder: bool,
}

impl Listing {
    fn read(root: &Path, below: String) -> Result<Self, (String, io::Error)> {
        let folder = root.join(&below);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => return Err((below, error)),
        };
        let (mut names, mut items) = (String::new(), Vec::new());
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return Err((below, error)),
            };
            let is_folder = match entry.file_type() {
                Ok(kind) if kind.is_symlink() => leads_elsewhere(&entry.path(), &folder),
                kind => kind.is_ok_and(|kind| kind.is_dir()),
            };
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
                continue;
            };
            let id = match version_name(name) {
                _ if is_folder => name.len(),
                Some((id, _)) => id.len(),
                None => continue,
            };
            let start = names.len();
            names.push_str(name);
            let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            items.push(Item {
                start: at(start),
                end: at(names.len()),
                id: at(id),
                is_folder,
            });
        }
        let name = |item: &Item| &names[item.start as usize..item.end as usize];
        items.sort_unstable_by(|a, b| {
            let key = |item: &Item| (&name(item)[..item.id as usize], !item.is_folder);
            let (x, y) = (key(a), key(b));
            x.cmp(&y).then_with(|| name(a).cmp(name(b)))
        });
        Ok(Self {
            below,
            names,
            items,
            next: 0,
        })
    }

    /// The next of its items, as far as there is one.
    fn advance(&mut self) -> Option<Item> {
        let item = self.items.get(self.next)?;
        self.next += 1;
        Some(*item)
    }

    /// The file whose turn it was and those after it that belong to the same article; their turn is over.
    fn take_alike(&mut self) -> Range<usize> {
        let first = self.next - 1;
        let own = self.id(self.items[first]);
        let is_alike = |item: &&Item| !item.is_folder && self.id(**item) == own;
        self.next = first + self.items[first..].iter().take_while(is_alike).count();
        first..self.next
    }

    fn name(&self, item: &Item) -> &str {
        &self.names[item.start as usize..item.end as usize]
    }

    fn id(&self, item: Item) -> &str {
        &self.names[item.start as usize..(item.start + item.id) as usize]
    }
}

/// Whether a link leads to a folder, and not to one that it is in.
fn leads_elsewhere(link: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(link), fs::canonicalize(folder)) {
        (Ok(target), Ok(folder)) => target.is_dir() && !folder.starts_with(target),
        _ => false,
    }
}

/// The name of the article and the language that the name of a file tells: of `news.en.txt` `news`, of
/// `en.txt` nothing.
fn version_name(name: &str) -> Option<(&str, Lang)> {
    let packed = [".gz", ".zst"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let (stem, extension) = packed.unwrap_or(name).rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    if !["txt", "html", "htm", "xhtml", "md", "markdown"].contains(&&*extension) {
        return None;
    }
    let (id, code) = stem.rsplit_once('.').unwrap_or(("", stem));
    let lang: Lang = code.parse().ok()?;
    // Any three letters could be a code; those of a language have a name.
    (lang.name() != lang.code()).then_some((id, lang))
}

fn version_file(path: &Path) -> Option<(String, VersionFile)> {
    let (id, lang) = version_name(path.file_name()?.to_str()?)?;
    let path = path.to_owned();
    Some((id.to_owned(), VersionFile { lang, path }))
}

fn is_stdin(input: &Path) -> bool {
    input == Path::new("-")
}

fn io_error(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    ErrorKind::Io { path, source }.into()
}

/// What the system said, without the number of the error.
pub(super) fn told(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (name, expected) in [
            ("en.txt", Some(("", Lang::EN))),
            ("news.fr.html", Some(("news", Lang::FR))),
            ("a.b.de.md.gz", Some(("a.b", Lang::DE))),
            ("news.deu.TXT", Some(("news", Lang::DE))),
            ("gold.json", None),
            ("readme.txt", None),
            ("news.xyz.txt", None),
            ("en", None),
        ] {
            assert_eq!(version_name(name), expected, "{name}");
        }
    }
}
