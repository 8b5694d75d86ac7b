//! What a [`Trainer`] reads: bitext, line-parallel texts, dictionaries and vocabularies.
//!
//! Everything is read line by line; bytes that are no UTF-8 become `U+FFFD`.

use std::io::{self, BufRead};

use super::Trainer;
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

/// How often an entry of a dictionary or vocabulary counts. On the dev gold, 1 to 10 make little
/// difference.
const TIMES: u8 = 3;

/// A text that is read line by line, with its name for messages.
#[derive(Debug)]
pub struct Lines<R> {
    name: String,
    reader: R,
    number: usize,
    bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The lines that `reader` yields.
    pub fn new(name: impl Into<String>, reader: R) -> Self {
        Self {
            name: name.into(),
            reader,
            number: 0,
            bytes: Vec::new(),
        }
    }

    /// The next line without its end, or nothing at the end of the text.
    fn next(&mut self) -> Result<Option<String>, Error> {
        self.bytes.clear();
        self.number += 1;
        let read = self.reader.read_until(b'\n', &mut self.bytes);
        match read.map_err(|error| self.failed(error))? {
            0 => Ok(None),
            _ => {
                let line = String::from_utf8_lossy(&self.bytes);
                let line = line
                    .trim_start_matches('\u{feff}')
                    .trim_end_matches(['\n', '\r']);
                Ok(Some(line.into()))
            }
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.name.as_str().into();
        ErrorKind::Io { path, source }.into()
    }

    fn invalid(&self, reason: String) -> Error {
        Error::invalid(
            "lexicon source",
            format!("{}, line {}: {reason}", self.name, self.number),
        )
    }
}

impl Trainer {
    /// Adds the bitext of a tab-separated text: a sentence in each of `columns` a line. Cells may
    /// be empty or missing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the text cannot be read.
    pub fn read_tsv<R: BufRead>(
        &mut self,
        mut lines: Lines<R>,
        columns: &[Lang],
    ) -> Result<(), Error> {
        while let Some(line) = lines.next()? {
            let cells: Vec<(Lang, &str)> = columns.iter().copied().zip(line.split('\t')).collect();
            for pair in pairs(&cells) {
                self.pair(pair);
            }
        }
        Ok(())
    }

    /// Adds two texts of which each line translates the same line of the other (Moses).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if a text cannot be read, [`ErrorKind::Invalid`] if one of them has more
    /// lines than the other.
    pub fn read_parallel<R: BufRead, S: BufRead>(
        &mut self,
        (first_lang, mut first): (Lang, Lines<R>),
        (second_lang, mut second): (Lang, Lines<S>),
    ) -> Result<(), Error> {
        loop {
            match (first.next()?, second.next()?) {
                (Some(x), Some(y)) => {
                    self.pair([(first_lang, &x), (second_lang, &y)]);
                }
                (None, None) => return Ok(()),
                (Some(_), None) => {
                    return Err(first.invalid(format!("{} ends before", second.name)));
                }
                (None, Some(_)) => {
                    return Err(second.invalid(format!("{} ends before", first.name)));
                }
            }
        }
    }

    /// Adds a dictionary of `source` and `target` words or phrases: a pair a line, separated by a
    /// tab, or as in hunalign by ` @ ` with the target first.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the text cannot be read, [`ErrorKind::Invalid`] for a line that is
    /// neither.
    pub fn read_dictionary<R: BufRead>(
        &mut self,
        mut lines: Lines<R>,
        [source, target]: [Lang; 2],
    ) -> Result<(), Error> {
        while let Some(line) = lines.next()? {
            let pair = match (line.split_once('\t'), line.split_once(" @ ")) {
                (Some((x, y)), _) => [(source, x), (target, y.split('\t').next().unwrap_or(y))],
                (None, Some((y, x))) => [(source, x), (target, y)],
                _ if line.trim().is_empty() => continue,
                _ => {
                    let expected = "`word<TAB>translation` or `translation @ word`";
                    return Err(lines.invalid(format!("{line:?}, expected {expected}")));
                }
            };
            self.entry(pair, TIMES);
        }
        Ok(())
    }

    /// Adds a vocabulary: a concept a line, a cell for each of `columns`, separated by tabs. In a
    /// cell, synonyms are separated by commas, and forms of one word by slashes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the text cannot be read, [`ErrorKind::Invalid`] for a line without a cell
    /// for each column.
    pub fn read_vocabulary<R: BufRead>(
        &mut self,
        mut lines: Lines<R>,
        columns: &[Lang],
    ) -> Result<(), Error> {
        while let Some(line) = lines.next()? {
            let line = line.replace('/', " ");
            let cells: Vec<(Lang, &str)> = columns.iter().copied().zip(line.split('\t')).collect();
            if cells.len() < columns.len() || line.split('\t').count() > columns.len() {
                return Err(lines.invalid(format!("{line:?}, expected {} cells", columns.len())));
            }
            for [(source, words), (target, translations)] in pairs(&cells) {
                for word in words.split(", ") {
                    for translation in translations.split(", ") {
                        self.entry([(source, word), (target, translation)], TIMES);
                    }
                }
            }
        }
        Ok(())
    }
}

/// All pairs of cells, each with those behind it.
fn pairs<'a>(cells: &[(Lang, &'a str)]) -> impl Iterator<Item = [(Lang, &'a str); 2]> {
    (cells.iter().enumerate())
        .flat_map(|(i, &first)| cells[i + 1..].iter().map(move |&second| [first, second]))
}
