//! Reading InterText.

use std::io::BufRead;

use super::super::files::article_id;
use super::super::standoff::{Document, Pair, read_document};
use super::super::xml::XmlReader;
use super::super::{Aligned, Open};
use crate::error::Error;
use crate::lang::Lang;

/// Reads the aligned article of a file of links and of the two documents that it names;
/// [`intertext`](super) says what is read. Its versions are named by the documents; the one that links
/// come *from* is the first.
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
    is_read: bool,
}

impl<R: BufRead, O: Open> Reader<R, O> {
    /// A reader of a file of links, which errors name so, and of the documents in a folder.
    #[must_use]
    pub fn new(name: impl Into<String>, input: R, open: O) -> Self {
        Self {
            xml: XmlReader::new(name, input),
            open,
            langs: None,
            is_read: false,
        }
    }

    /// The languages of the documents that links come from and go to, whatever these say.
    #[must_use]
    pub const fn langs(mut self, langs: [Lang; 2]) -> Self {
        self.langs = Some(langs);
        self
    }

    fn read(&mut self) -> Result<Aligned, Error> {
        self.xml.root(&["linkGrp", "alignment"])?;
        let line = self.xml.line();
        let names = [self.xml.required("fromDoc")?, self.xml.required("toDoc")?];
        let names = names.map(str::to_owned);
        let document = |name: &str| read_document(name, self.open.open(name)?, " ");
        let documents = [document(&names[0])?, document(&names[1])?];
        let mut langs = [Lang::UND; 2];
        for (side, document) in documents.iter().enumerate() {
            langs[side] = self.lang(side, &names[side], document)?;
        }
        let mut pair = Pair::new(documents);
        while self.xml.child()? {
            if self.xml.name() != "link" {
                return Err(self.xml.unexpected("<link>"));
            }
            let (score, confirmed) = match self.xml.attribute("status") {
                Some("man") => (1.0, true),
                None | Some("auto") => (1.0, false),
                Some("plain") => (0.5, false),
                Some(other) => {
                    let reason = format!("the status `{other}`, expected man, auto or plain");
                    return Err(self.xml.error(reason));
                }
            };
            let targets = self.xml.required("xtargets")?;
            let sides = targets
                .split_once(';')
                .filter(|(_, from)| !from.contains(';'));
            let (to, from) = sides.ok_or_else(|| {
                let reason =
                    format!("the xtargets `{targets}`, expected ids with one `;` among them");
                self.xml.error(reason)
            })?;
            pair.link([from, to], score, confirmed)
                .map_err(|reason| self.xml.error(reason))?;
            self.xml.skip()?;
        }
        self.xml.finish()?;
        let (id, _) = parts(&names[0]);
        let aligned = pair.finish(&article_id(id), langs);
        aligned.map_err(|reason| self.xml.error_at(line, reason))
    }

    fn lang(&self, side: usize, name: &str, document: &Document) -> Result<Lang, Error> {
        if let Some(langs) = self.langs {
            return Ok(langs[side]);
        }
        let told = document.lang.as_deref().or(parts(name).1);
        let told = told.ok_or_else(|| {
            let reason =
                format!("{name} does not tell its language, expected a name such as `news.en.xml`");
            self.xml.error(reason)
        })?;
        told.parse().map_err(|error: Error| {
            let reason = format!("the language of {name}: {error}");
            self.xml.error(reason)
        })
    }
}

impl<R: BufRead, O: Open> Iterator for Reader<R, O> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        (!std::mem::replace(&mut self.is_read, true)).then(|| self.read())
    }
}

/// The name of the article and that of the version in the name of a document: `news` and `cs-00` of
/// `texts/news.cs-00.xml`.
fn parts(document: &str) -> (&str, Option<&str>) {
    let name = document.rsplit('/').next().unwrap_or(document);
    let name = name.strip_suffix(".xml").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((id, version)) => (id, Some(version)),
        None => (name, None),
    }
}
