//! Writing documents and files of links.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::{self, Display};
use std::io::{self, Write};

use super::super::Create;
use super::super::xml::{XmlWriter, is_allowed};
use crate::article::{Unit, Version};
use crate::error::Error;

type File = XmlWriter<Box<dyn Write + Send>>;

/// All pairs of so many versions, in order.
pub(in super::super) fn pairs(versions: usize) -> impl Iterator<Item = [usize; 2]> {
    (0..versions).flat_map(move |a| (a + 1..versions).map(move |b| [a, b]))
}

/// Files of which there is one for each pair of versions, and in each all articles.
pub(in super::super) struct PairFiles<C> {
    pub(in super::super) create: C,
    begun: BTreeMap<String, File>,
}

impl<C: Create> PairFiles<C> {
    /// None yet.
    pub(in super::super) const fn new(create: C) -> Self {
        Self {
            create,
            begun: BTreeMap::new(),
        }
    }

    /// The file of this name, which is begun as told where it is new.
    pub(in super::super) fn file(
        &mut self,
        name: String,
        begin: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<&mut File, Error> {
        match self.begun.entry(name) {
            Entry::Occupied(file) => Ok(file.into_mut()),
            Entry::Vacant(place) => {
                let mut file = XmlWriter::new(self.create.create(place.key())?)?;
                begin(&mut file)?;
                Ok(place.insert(file))
            }
        }
    }

    /// Ends all files as told.
    pub(in super::super) fn finish(
        &mut self,
        mut end: impl FnMut(&mut File) -> io::Result<()>,
    ) -> Result<(), Error> {
        for file in self.begun.values_mut() {
            end(file)?;
            file.flush()?;
        }
        self.begun.clear();
        Ok(())
    }
}

impl<C> fmt::Debug for PairFiles<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.begun.keys()).finish()
    }
}

/// How documents name their segments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Ids {
    /// `<p id="2"><s id="2.1">`; a paragraph that is not cut into sentences is `<p id="2"><s id="2">`.
    Opus,
    /// `<p id="2"><s id="2:1">`; a paragraph that is not cut into sentences is `<p id="2">`.
    InterText,
}

impl Ids {
    /// The id of a segment.
    pub(in super::super) fn id(self, version: &Version, unit: Unit, index: usize) -> impl Display {
        let number = match unit {
            Unit::Paragraph => None,
            Unit::Sentence => version.segments(unit).get(index).map(|segment| {
                let paragraph = segment.paragraph();
                (paragraph, index - version.sentences_of(paragraph).start)
            }),
        };
        Id {
            ids: self,
            index,
            number,
        }
    }

    /// The ids of segments, a space between two.
    pub(in super::super) fn list<'a>(
        self,
        version: &'a Version,
        unit: Unit,
        segments: &'a [usize],
    ) -> impl Display + use<'a> {
        List {
            ids: self,
            version,
            unit,
            segments,
        }
    }
}

struct Id {
    ids: Ids,
    index: usize,
    /// Paragraph and number within it, from 0.
    number: Option<(usize, usize)>,
}

impl Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.number, self.ids) {
            (None, _) => write!(f, "{}", self.index + 1),
            (Some((paragraph, sentence)), Ids::Opus) => {
                write!(f, "{}.{}", paragraph + 1, sentence + 1)
            }
            (Some((paragraph, sentence)), Ids::InterText) => {
                write!(f, "{}:{}", paragraph + 1, sentence + 1)
            }
        }
    }
}

struct List<'a> {
    ids: Ids,
    version: &'a Version,
    unit: Unit,
    segments: &'a [usize],
}

impl Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, &segment) in self.segments.iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            write!(
                f,
                "{space}{}",
                self.ids.id(self.version, self.unit, segment)
            )?;
        }
        Ok(())
    }
}

/// Writes the segments of a version as a document; returns how many characters were left out.
pub(in super::super) fn write_document(
    out: impl Write,
    root: &str,
    attributes: &[(&str, &dyn Display)],
    ids: Ids,
    version: &Version,
    unit: Unit,
) -> io::Result<usize> {
    let mut xml = XmlWriter::new(out)?;
    xml.start(root, attributes)?;
    xml.line()?;
    let segments = version.segments(unit);
    let mut above = None;
    for (index, segment) in segments.iter().enumerate() {
        let text = version.text_of(segment);
        let paragraph = segment.paragraph();
        let id = ids.id(version, unit, index);
        if unit == Unit::Paragraph && ids == Ids::InterText {
            leaf(&mut xml, "p", &id, text)?;
            xml.line()?;
            continue;
        }
        if above != Some(paragraph) {
            xml.start("p", &[("id", &(paragraph + 1))])?;
            xml.line()?;
        }
        leaf(&mut xml, "s", &id, text)?;
        xml.line()?;
        above = Some(paragraph);
        let goes_on = (segments.get(index + 1)).is_some_and(|s| s.paragraph() == paragraph);
        if !goes_on {
            xml.end("p")?;
            xml.line()?;
        }
    }
    xml.end(root)?;
    xml.line()?;
    xml.flush()?;
    Ok(xml.take_dropped())
}

/// Writes an element of text, which says where its white space counts.
fn leaf<W: Write>(
    xml: &mut XmlWriter<W>,
    name: &str,
    id: &dyn Display,
    text: &str,
) -> io::Result<()> {
    match is_folded(text) {
        true => xml.element(name, &[("id", id)], text),
        false => xml.element(name, &[("id", id), ("xml:space", &"preserve")], text),
    }
}

/// Whether white space is nothing but single spaces between words, in what is written of a text.
fn is_folded(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars().filter(|&c| is_allowed(c)) {
        if matches!(c, '\t' | '\n' | '\r') || (c == ' ' && after_space) {
            return false;
        }
        after_space = c == ' ';
    }
    !after_space
}
