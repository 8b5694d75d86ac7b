//! Reading XCES.

use std::io::BufRead;

use super::super::files::article_id;
use super::super::standoff::{Document, Pair, read_document};
use super::super::xml::XmlReader;
use super::super::{Aligned, Open};
use crate::error::Error;
use crate::lang::Lang;

/// Reads the aligned articles of a file of links and of the documents that it names, one after the
/// other; [`xces`](super) says what is read. Their versions are named by the documents.
///
/// After an error, nothing more is read.
///
/// # Errors
///
/// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed), with file and line, where a file is not what it
/// should be or names what is not there; [`ErrorKind::Io`](crate::ErrorKind::Io) where it cannot be read.
#[derive(Debug)]
pub struct Reader<R, O> {
    xml: XmlReader<R>,
    open: O,
    langs: Option<[Lang; 2]>,
    between: String,
    place: Place,
    /// Whether what failed last is an article that others may follow.
    goes_on: bool,
}

/// How far a file is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Begin,
    Links,
    End,
}

impl<R: BufRead, O: Open> Reader<R, O> {
    /// A reader of a file of links, which errors name so, and of the documents in a folder.
    #[must_use]
    pub fn new(name: impl Into<String>, input: R, open: O) -> Self {
        Self {
            xml: XmlReader::new(name, input),
            open,
            langs: None,
            between: " ".to_owned(),
            place: Place::Begin,
            goes_on: false,
        }
    }

    /// The languages of the documents that links come from and go to, whatever these say.
    #[must_use]
    pub fn langs(mut self, langs: [Lang; 2]) -> Self {
        self.langs = Some(langs);
        self
    }

    /// What stands between two `w` elements of a sentence: a space unless told otherwise, nothing for
    /// languages that are written without spaces.
    #[must_use]
    pub fn between_words(mut self, between: impl Into<String>) -> Self {
        self.between = between.into();
        self
    }

    /// Reads on to the end of an article.
    fn read(&mut self) -> Result<Option<Aligned>, Error> {
        match self.place {
            Place::End => return Ok(None),
            Place::Links => {}
            Place::Begin => {
                self.xml.root(&["cesAlign"])?;
                self.place = Place::Links;
            }
        }
        while self.xml.child()? {
            match self.xml.name() {
                "linkGrp" => return self.read_group().map(Some),
                "cesHeader" => self.xml.skip()?,
                _ => return Err(self.xml.unexpected("<linkGrp>")),
            }
        }
        self.xml.finish()?;
        self.place = Place::End;
        Ok(None)
    }

    fn read_group(&mut self) -> Result<Aligned, Error> {
        let line = self.xml.line();
        let names = [self.xml.required("fromDoc")?, self.xml.required("toDoc")?];
        let names = names.map(str::to_owned);
        let read = |name: &String| self.document(name);
        let documents = match (read(&names[0]), read(&names[1])) {
            (Ok(from), Ok(to)) => [from, to],
            (Err(error), _) | (_, Err(error)) => {
                // What is wrong is another file; the links of the next article may be sound.
                let error = self.xml.error_at(line, error.to_string());
                self.xml.skip()?;
                self.goes_on = true;
                return Err(error);
            }
        };
        let mut langs = [Lang::UND; 2];
        for (side, document) in documents.iter().enumerate() {
            langs[side] = self.lang(side, &names[side], document)?;
        }
        let mut pair = Pair::new(documents);
        while self.xml.child()? {
            if self.xml.name() != "link" {
                return Err(self.xml.unexpected("<link>"));
            }
            let score = self.certainty()?;
            let targets = self.xml.required("xtargets")?;
            let sides = targets.split_once(';').filter(|(_, to)| !to.contains(';'));
            let (from, to) = sides.ok_or_else(|| {
                let reason =
                    format!("the xtargets `{targets}`, expected ids with one `;` among them");
                self.xml.error(reason)
            })?;
            pair.link([from, to], score, false)
                .map_err(|reason| self.xml.error(reason))?;
            self.xml.skip()?;
        }
        let aligned = pair.finish(&id_of(&names[0]), langs);
        aligned.map_err(|reason| self.xml.error_at(line, reason))
    }

    /// The score of the link that begins.
    fn certainty(&self) -> Result<f64, Error> {
        let Some(told) = self.xml.attribute("certainty") else {
            return Ok(1.0);
        };
        match told.trim().parse::<f64>() {
            Ok(score) if !score.is_nan() => Ok(score.clamp(0.0, 1.0)),
            _ => Err(self
                .xml
                .error(format!("the certainty `{told}`, expected a number"))),
        }
    }

    /// Reads the document of this name, or of the same without `.gz`, which is looked for first.
    fn document(&self, name: &str) -> Result<Document, Error> {
        let unpacked = name.strip_suffix(".gz");
        let input = match unpacked.map(|name| self.open.open(name)) {
            Some(Ok(input)) => input,
            _ => self.open.open(name)?,
        };
        read_document(name, input, &self.between)
    }

    fn lang(&self, side: usize, name: &str, document: &Document) -> Result<Lang, Error> {
        if let Some(langs) = self.langs {
            return Ok(langs[side]);
        }
        if let Some(lang) = &document.lang {
            return lang.parse().map_err(|error: Error| {
                let reason = format!("the language of {name}: {error}");
                self.xml.error(reason)
            });
        }
        let folder = name
            .split_once('/')
            .and_then(|(folder, _)| folder.parse().ok());
        folder.ok_or_else(|| {
            let reason =
                format!("{name} does not tell its language, expected a folder such as `en/`");
            self.xml.error(reason)
        })
    }
}

impl<R: BufRead, O: Open> Iterator for Reader<R, O> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        if read.is_err() && !std::mem::take(&mut self.goes_on) {
            self.place = Place::End;
        }
        read.transpose()
    }
}

/// The name of an article from that of its first document: `2004/news` of `en/2004/news.xml.gz`.
fn id_of(document: &str) -> String {
    let name = document.split_once('/').map_or(document, |(_, name)| name);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    article_id(name.strip_suffix(".xml").unwrap_or(name))
}
