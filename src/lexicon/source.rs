//! What a [`Trainer`] reads: bitext, line-parallel texts, dictionaries and vocabularies.
//!
//! Everything is UTF-8, read line by line. What is not is an error, not a word that nobody wrote:
//! a text in another encoding would otherwise teach half words.

use std::fmt::Display;
use std::io::{self, BufRead, Read};
use std::iter;

use super::Trainer;
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

/// How often an entry of a dictionary or vocabulary counts. On the dev gold, 1 to 10 make little
/// difference.
const TIMES: u8 = 3;

/// Bytes that a line may have, its end included.
const MAX_LINE: u64 = 1 << 20;
/// Characters of a bad line that a message shows.
const MAX_QUOTE: usize = 60;

/// A text in UTF-8 that is read line by line, with its name for messages.
#[derive(Debug)]
pub struct Lines<R> {
    name: String,
    reader: R,
    /// How many lines were read, and how many bytes in the lines before the last one.
    number: usize,
    before: usize,
    bytes: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The lines that `reader` yields.
    pub fn new(name: impl Into<String>, reader: R) -> Self {
        Self {
            name: name.into(),
            reader,
            number: 0,
            before: 0,
            bytes: Vec::new(),
        }
    }

    /// The next line without its end, or nothing at the end of the text.
    fn next(&mut self) -> Result<Option<&str>, Error> {
        self.before += self.bytes.len();
        self.bytes.clear();
        let mut line = self.reader.by_ref().take(MAX_LINE);
        let read = line.read_until(b'\n', &mut self.bytes);
        if read.map_err(|source| self.failed(source))? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if let Some(at) = self.bytes.iter().position(|&byte| byte == 0) {
            let (version, offset) = (self.name.clone(), self.before + at);
            return Err(ErrorKind::Binary { version, offset }.into());
        }
        if self.bytes.len() as u64 == MAX_LINE && !self.bytes.ends_with(b"\n") {
            let reason = format!("more than {MAX_LINE} bytes, expected a sentence");
            return Err(self.invalid(reason));
        }
        let line = str::from_utf8(&self.bytes).map_err(|error| {
            let (version, offset) = (self.name.clone(), self.before + error.valid_up_to());
            ErrorKind::InvalidUtf8 { version, offset }
        })?;
        let line = match self.number {
            1 => line.trim_start_matches('\u{feff}'),
            _ => line,
        };
        Ok(Some(line.trim_end_matches(['\n', '\r'])))
    }

    fn failed(&self, source: io::Error) -> Error {
        let path = self.name.as_str().into();
        ErrorKind::Io { path, source }.into()
    }

    /// What is wrong with the last line.
    fn invalid(&self, reason: impl Display) -> Error {
        let (name, number) = (&self.name, self.number);
        Error::invalid("lexicon source", format!("{name}, line {number}: {reason}"))
    }
}

impl Trainer {
    /// Adds the bitext of a tab-separated text: a sentence in each of `columns` a line. Cells may
    /// be empty or missing; those behind the columns are passed over.
    ///
    /// Of the pairs of columns, those are taken that are `wanted`, which is given the two languages
    /// in the order of the columns.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] if the text cannot be read, [`ErrorKind::Binary`] or
    /// [`ErrorKind::InvalidUtf8`] if it is not in UTF-8, [`ErrorKind::Invalid`] for a line of more
    /// than a mebibyte.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::Lang;
    /// use triglyph::lexicon::{Lines, Trainer};
    ///
    /// let text = "a cat\tun chat\teine Katze\na dog\t\tein Hund\n";
    /// let columns = [Lang::EN, Lang::FR, Lang::DE];
    /// let mut trainer = Trainer::new();
    /// trainer.read_tsv(Lines::new("animals", text.as_bytes()), &columns, |_, _| true)?;
    /// assert_eq!(trainer.len(), 4);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn read_tsv<R: BufRead>(
        &mut self,
        mut lines: Lines<R>,
        columns: &[Lang],
        wanted: impl Fn(Lang, Lang) -> bool,
    ) -> Result<(), Error> {
        while let Some(line) = lines.next()? {
            for pair in pairs(line, columns, &wanted) {
                self.pair(pair);
            }
        }
        Ok(())
    }

    /// Adds two texts of which each line translates the same line of the other (Moses).
    ///
    /// # Errors
    ///
    /// Those of [`read_tsv`](Self::read_tsv), and [`ErrorKind::Invalid`] if one text has more lines
    /// than the other.
    pub fn read_parallel<R: BufRead, S: BufRead>(
        &mut self,
        (first_lang, mut first): (Lang, Lines<R>),
        (second_lang, mut second): (Lang, Lines<S>),
    ) -> Result<(), Error> {
        let ends_before = |name: &str, lines: usize| format!("{name} ends after line {lines}");
        loop {
            match (first.next()?, second.next()?) {
                (Some(x), Some(y)) => {
                    self.pair([(first_lang, x), (second_lang, y)]);
                }
                (None, None) => return Ok(()),
                (Some(_), None) => {
                    return Err(first.invalid(ends_before(&second.name, second.number)));
                }
                (None, Some(_)) => {
                    return Err(second.invalid(ends_before(&first.name, first.number)));
                }
            }
        }
    }

    /// Adds a dictionary of `source` and `target` words or phrases: a pair a line, separated by a
    /// tab, or as in hunalign by ` @ ` with the target first. Blank lines and what stands behind a
    /// second tab are passed over.
    ///
    /// # Errors
    ///
    /// Those of [`read_tsv`](Self::read_tsv), and [`ErrorKind::Invalid`] for a line that is neither.
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
                    let (found, expected) = (quote(line), "`word<TAB>translation`");
                    let reason = format!("{found}, expected {expected} or `translation @ word`");
                    return Err(lines.invalid(reason));
                }
            };
            self.entry(pair, TIMES);
        }
        Ok(())
    }

    /// Adds a vocabulary: a concept a line, a cell for each of `columns`, separated by tabs. In a
    /// cell, synonyms are separated by commas, and forms of one word by slashes. Cells may be empty;
    /// blank lines are passed over.
    ///
    /// Pairs are taken as by [`read_tsv`](Self::read_tsv).
    ///
    /// # Errors
    ///
    /// Those of [`read_tsv`](Self::read_tsv), and [`ErrorKind::Invalid`] for a line without just one
    /// cell for each column.
    pub fn read_vocabulary<R: BufRead>(
        &mut self,
        mut lines: Lines<R>,
        columns: &[Lang],
        wanted: impl Fn(Lang, Lang) -> bool,
    ) -> Result<(), Error> {
        while let Some(line) = lines.next()? {
            if line.trim().is_empty() {
                continue;
            }
            let found = line.split('\t').count();
            if found != columns.len() {
                let (line, expected) = (quote(line), columns.len());
                let reason = format!("{line}, expected {expected} cells with tabs between them");
                return Err(lines.invalid(reason));
            }
            let line = line.replace('/', " ");
            for [(source, words), (target, translations)] in pairs(&line, columns, &wanted) {
                for word in words.split(',') {
                    for translation in translations.split(',') {
                        self.entry([(source, word), (target, translation)], TIMES);
                    }
                }
            }
        }
        Ok(())
    }
}

/// The pairs of the cells of a line that are wanted, each cell with those behind it.
fn pairs<'a>(
    line: &'a str,
    columns: &[Lang],
    wanted: impl Fn(Lang, Lang) -> bool,
) -> impl Iterator<Item = [(Lang, &'a str); 2]> {
    let mut cells = columns.iter().copied().zip(line.split('\t'));
    let with_each_behind = move || {
        let first = cells.next()?;
        Some(cells.clone().map(move |second| [first, second]))
    };
    (iter::from_fn(with_each_behind).flatten())
        .filter(move |&[(first, _), (second, _)]| wanted(first, second))
}

/// The beginning of a line, for a message.
fn quote(line: &str) -> String {
    match line.char_indices().nth(MAX_QUOTE) {
        Some((end, _)) => format!("{:?} …", &line[..end]),
        None => format!("{line:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    const THREE: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

    type Text<'a> = Lines<&'a [u8]>;

    fn lines(text: &[u8]) -> Text<'_> {
        Lines::new("words", text)
    }

    /// How many pairs a reader takes from a text, or what it says of it.
    fn taken(
        text: &[u8],
        read: impl Fn(&mut Trainer, Text<'_>) -> Result<(), Error>,
    ) -> Result<usize, String> {
        let mut trainer = Trainer::new();
        read(&mut trainer, lines(text)).map_err(|error| error.to_string())?;
        Ok(trainer.len())
    }

    fn best(lexicon: &Lexicon, word: &str, from: Lang, to: Lang) -> String {
        let best = lexicon.translations(word, from, to).into_iter().next();
        best.map_or_else(String::new, |translation| translation.stem)
    }

    #[test]
    fn lines_are_text() {
        let long = vec![b'a'; MAX_LINE as usize];
        for (name, text, expected) in [
            ("empty", &b""[..], Ok(vec![])),
            ("no last end", b"a\nb", Ok(vec!["a", "b"])),
            ("last end", b"a\nb\n", Ok(vec!["a", "b"])),
            ("blank line", b"\n\na\r\n\n", Ok(vec!["", "", "a", ""])),
            ("byte order mark", b"\xef\xbb\xbfa\n", Ok(vec!["a"])),
            (
                "not UTF-8",
                b"ab\ncaf\xe9\n",
                Err(
                    "words: invalid UTF-8 at byte 6; convert the file to UTF-8 (for example with \
                     iconv)",
                ),
            ),
            (
                "UTF-16",
                b"\xff\xfea\0",
                Err("words: binary data (a NUL at byte 3), expected text in UTF-8"),
            ),
            (
                "no line",
                &long,
                Err(
                    "invalid lexicon source: words, line 1: more than 1048576 bytes, expected a \
                     sentence",
                ),
            ),
        ] {
            let mut lines = lines(text);
            let mut found = Vec::new();
            let result = loop {
                match lines.next() {
                    Ok(Some(line)) => found.push(line.to_owned()),
                    Ok(None) => break Ok(found),
                    Err(error) => break Err(error.to_string()),
                }
            };
            let expected = expected
                .map(|lines: Vec<&str>| lines.into_iter().map(String::from).collect::<Vec<_>>());
            assert_eq!(result, expected.map_err(String::from), "{name}");
        }
    }

    #[test]
    fn longest_line() {
        let mut text = vec![b'a'; MAX_LINE as usize - 1];
        text.extend(b"\nb\n");
        let mut lines = lines(&text);
        let found = lines.next().unwrap().unwrap().len();
        assert_eq!(found as u64, MAX_LINE - 1);
        assert_eq!(lines.next().unwrap(), Some("b"));
    }

    #[test]
    fn columns_of_tsv() {
        for (name, text, expected) in [
            ("all cells", "the cat\tle chat\tdie Katze\n", 3),
            ("an empty cell", "the cat\t\tdie Katze\n", 1),
            ("a missing cell", "the cat\tle chat\n", 1),
            ("one cell", "the cat\n", 0),
            ("a cell too many", "a\tun\tein\tuno\n", 3),
            ("the same line twice", "a\tun\na\tun\n", 1),
            ("a blank line", "\na\tun\n", 1),
        ] {
            let read = |trainer: &mut Trainer, lines: Text<'_>| {
                trainer.read_tsv(lines, &THREE, |_, _| true)
            };
            assert_eq!(taken(text.as_bytes(), read), Ok(expected), "{name}");
        }
        let text = b"the cat\tle chat\tdie Katze\n";
        let read = |trainer: &mut Trainer, lines: Text<'_>| {
            trainer.read_tsv(lines, &THREE, |x, y| [x, y] == [Lang::FR, Lang::DE])
        };
        assert_eq!(taken(text, read), Ok(1));
    }

    #[test]
    fn parallel_lines() {
        for (first, second, expected) in [
            ("", "", Ok(0)),
            ("a\nb\n", "un\nbe", Ok(2)),
            ("a\n\nb\n", "un\nrien\nbe\n", Ok(2)),
            (
                "a\n",
                "un\n\n",
                Err("second, line 2: words ends after line 1"),
            ),
            (
                "a\nb\nc",
                "un",
                Err("words, line 2: second ends after line 1"),
            ),
        ] {
            let found = taken(first.as_bytes(), |trainer, lines| {
                let second = Lines::new("second", second.as_bytes());
                trainer.read_parallel((Lang::EN, lines), (Lang::FR, second))
            });
            let expected = expected.map_err(|reason| format!("invalid lexicon source: {reason}"));
            assert_eq!(found, expected, "{first:?} {second:?}");
        }
    }

    #[test]
    fn both_forms_of_dictionaries() {
        let tabs = "cat\tchat\nwashing machine\tmachine à laver\tnoun\n\ndog\t\n";
        let hunalign = "chat @ cat\r\nmachine à laver @ washing machine\r\n";
        let train = |text: &str| {
            let mut trainer = Trainer::new();
            let langs = [Lang::EN, Lang::FR];
            let read = trainer.read_dictionary(lines(text.as_bytes()), langs);
            read.unwrap();
            trainer.train(|_| {})
        };
        let [tabs, hunalign] = [tabs, hunalign].map(train);
        assert_eq!(tabs.as_bytes(), hunalign.as_bytes());
        assert_eq!(best(&tabs, "cats", Lang::EN, Lang::FR), "chat");
        assert_eq!(best(&tabs, "chats", Lang::FR, Lang::EN), "cat");
        let long = format!("dog {}", "é".repeat(100));
        for (name, text, expected) in [
            ("neither", "cat\tchat\ncat chat\n", "line 2: \"cat chat\""),
            (
                "long",
                &*long,
                &*format!("line 1: \"dog {}\" …", "é".repeat(56)),
            ),
            ("nothing before", "@ cat", "line 1: \"@ cat\""),
        ] {
            let read = |trainer: &mut Trainer, lines: Text<'_>| {
                trainer.read_dictionary(lines, [Lang::EN, Lang::FR])
            };
            let expected = format!(
                "invalid lexicon source: words, {expected}, expected `word<TAB>translation` or \
                 `translation @ word`"
            );
            assert_eq!(taken(text.as_bytes(), read), Err(expected), "{name}");
        }
    }

    #[test]
    fn cells_of_vocabularies() {
        let expected = |reason: &str| {
            let line = "invalid lexicon source: words, line 1";
            Err(format!(
                "{line}: {reason}, expected 3 cells with tabs between them"
            ))
        };
        for (name, text, expected) in [
            ("words", "cat\tchat\tKatze\n", Ok(3)),
            ("synonyms", "cat, puss\tchat\tKatze,Kater, Mieze\n", Ok(11)),
            ("forms", "man/men\thomme\tMann/Männer\n", Ok(3)),
            ("an empty cell", "cat\t\tKatze\n\n", Ok(1)),
            ("two cells", "cat\tchat\n", expected(r#""cat\tchat""#)),
            ("four cells", "a\tb\tc\td", expected(r#""a\tb\tc\td""#)),
        ] {
            let read = |trainer: &mut Trainer, lines: Text<'_>| {
                trainer.read_vocabulary(lines, &THREE, |_, _| true)
            };
            assert_eq!(taken(text.as_bytes(), read), expected, "{name}");
        }
        let read = |trainer: &mut Trainer, lines: Text<'_>| {
            trainer.read_vocabulary(lines, &THREE, |x, y| [x, y] == [Lang::EN, Lang::DE])
        };
        assert_eq!(taken(b"cat\tchat\tKatze\n", read), Ok(1));
    }
}
