//! Reading TMX.

use std::io::BufRead;

use super::super::Aligned;
use super::super::xml::{Token, XmlReader};
use super::article::Draw;
use super::props;
use crate::article::Unit;
use crate::error::Error;

/// Reads the aligned articles of a TMX file, one after the other; [`tmx`](super) says what is read.
///
/// After an error, nothing more is read.
///
/// # Errors
///
/// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed), with the line, where the file is no TMX or
/// contradicts itself; [`ErrorKind::Io`](crate::ErrorKind::Io) where it cannot be read.
#[derive(Debug)]
pub struct Reader<R> {
    xml: XmlReader<R>,
    place: Place,
    /// That of the header.
    unit: Unit,
    /// The article that is read.
    draw: Option<Draw>,
}

/// How far a file is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Begin,
    Body,
    End,
}

/// A `tu` as it stands in the file.
#[derive(Debug)]
pub(super) struct TranslationUnit {
    pub(super) line: u64,
    pub(super) unit: Option<Unit>,
    pub(super) props: Props,
    pub(super) variants: Vec<Variant>,
}

impl TranslationUnit {
    /// Drops the properties where those of this crate are not among them: what others mean by theirs
    /// is not known.
    pub(super) fn forget_others(&mut self) {
        if self.props.get(props::DOCUMENT).is_none() {
            self.props = Props::default();
            for variant in &mut self.variants {
                variant.props = Props::default();
            }
        }
    }
}

/// A `tuv`.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) line: u64,
    /// The code of its language, as it stands there.
    pub(super) code: String,
    pub(super) props: Props,
    pub(super) text: String,
}

/// Types and contents of `prop` elements.
#[derive(Debug, Default)]
pub(super) struct Props(Vec<(String, String)>);

impl Props {
    /// What the property of this type holds.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut props = self.0.iter();
        props.find_map(|(own, value)| (own == name).then_some(value.as_str()))
    }

    /// All properties.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        (self.0.iter()).map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<R: BufRead> Reader<R> {
    /// A reader of a file, in UTF-8: one that is in another encoding is decoded before. Errors name
    /// the file, and so is an article that has no name of its own: `news` for `old/news.tmx`.
    #[must_use]
    pub fn new(name: impl Into<String>, input: R) -> Self {
        Self {
            xml: XmlReader::new(name, input),
            place: Place::Begin,
            unit: Unit::Sentence,
            draw: None,
        }
    }

    /// Reads on to the end of an article.
    fn read(&mut self) -> Result<Option<Aligned>, Error> {
        if self.place == Place::Begin {
            self.read_header()?;
        }
        while self.place == Place::Body {
            let Some(unit) = self.read_unit()? else {
                self.place = Place::End;
                break;
            };
            let xml = &self.xml;
            let at = |(line, reason): (u64, String)| xml.error_at(line, reason);
            match &mut self.draw {
                Some(draw) if draw.goes_on_with(&unit) => draw.add(unit).map_err(at)?,
                draw => {
                    let begun = Draw::begin(xml.file(), self.unit, unit).map_err(at)?;
                    if let Some(whole) = draw.replace(begun) {
                        return whole.finish().map(Some).map_err(at);
                    }
                }
            }
        }
        let xml = &self.xml;
        let whole = self.draw.take().map(Draw::finish).transpose();
        whole.map_err(|(line, reason)| xml.error_at(line, reason))
    }

    /// Reads up to the first `tu`.
    fn read_header(&mut self) -> Result<(), Error> {
        self.xml.root(&["tmx"])?;
        while self.xml.child()? {
            match self.xml.name() {
                "header" => {
                    if let Some(unit) = self.unit()? {
                        self.unit = unit;
                    }
                    self.xml.skip()?;
                }
                "body" => {
                    self.place = Place::Body;
                    return Ok(());
                }
                _ => return Err(self.xml.unexpected("<header> or <body>")),
            }
        }
        Err(self.xml.error("</tmx> without a <body> before it"))
    }

    /// What the `segtype` of the element that begins says.
    fn unit(&self) -> Result<Option<Unit>, Error> {
        match self.xml.attribute("segtype") {
            None => Ok(None),
            Some("block" | "paragraph") => Ok(Some(Unit::Paragraph)),
            Some("sentence" | "phrase") => Ok(Some(Unit::Sentence)),
            Some(other) => Err(self.xml.error(format!(
                "a segtype `{other}`, expected block, paragraph, sentence or phrase"
            ))),
        }
    }

    /// The next `tu`, or none at the end of the file.
    fn read_unit(&mut self) -> Result<Option<TranslationUnit>, Error> {
        if !self.xml.child()? {
            if self.xml.child()? {
                return Err(self.xml.unexpected("nothing behind <body>"));
            }
            self.xml.finish()?;
            return Ok(None);
        }
        if self.xml.name() != "tu" {
            return Err(self.xml.unexpected("<tu>"));
        }
        let mut unit = TranslationUnit {
            line: self.xml.line(),
            unit: self.unit()?,
            props: Props::default(),
            variants: Vec::new(),
        };
        while self.xml.child()? {
            match self.xml.name() {
                "note" => self.xml.skip()?,
                "prop" => self.read_prop(&mut unit.props)?,
                "tuv" => unit.variants.push(self.read_variant()?),
                _ => return Err(self.xml.unexpected("<note>, <prop> or <tuv>")),
            }
        }
        match unit.variants.is_empty() {
            true => Err(self.xml.error_at(unit.line, "<tu> has no <tuv>")),
            false => Ok(Some(unit)),
        }
    }

    /// Keeps the properties that this crate writes.
    fn read_prop(&mut self, props: &mut Props) -> Result<(), Error> {
        let name = self.xml.required("type")?.to_owned();
        if !name.starts_with("x-") {
            return self.xml.skip();
        }
        let value = self.xml.content()?;
        props.0.push((name, value));
        Ok(())
    }

    fn read_variant(&mut self) -> Result<Variant, Error> {
        let line = self.xml.line();
        let code = self
            .xml
            .attribute("xml:lang")
            .or(self.xml.attribute("lang"));
        let code = code.ok_or_else(|| self.xml.error("<tuv> has no attribute `xml:lang`"))?;
        let code = code.to_owned();
        let mut props = Props::default();
        let mut text = None;
        while self.xml.child()? {
            match self.xml.name() {
                "note" => self.xml.skip()?,
                "prop" => self.read_prop(&mut props)?,
                "seg" if text.is_none() => text = Some(self.read_text()?),
                "seg" => return Err(self.xml.error("a second <seg> in <tuv>, expected </tuv>")),
                _ => return Err(self.xml.unexpected("<note>, <prop> or <seg>")),
            }
        }
        let text = text.ok_or_else(|| self.xml.error_at(line, "<tuv> has no <seg>"))?;
        Ok(Variant {
            line,
            code,
            props,
            text,
        })
    }

    /// The text of a `seg` as a reader saw it, without codes of another format.
    fn read_text(&mut self) -> Result<String, Error> {
        let depth = self.xml.depth();
        let mut text = String::new();
        // Of the elements that are open, whether each hides the text right in it.
        let mut hides = vec![false];
        while self.xml.depth() >= depth {
            match self.xml.next()? {
                Token::Start => match self.xml.name() {
                    "bpt" | "ept" | "ph" | "it" | "ut" => hides.push(true),
                    "tu" | "tuv" | "seg" | "prop" | "note" => {
                        return Err(self
                            .xml
                            .unexpected("text or <bpt>, <ept>, <ph>, <it>, <hi>"));
                    }
                    _ => hides.push(false),
                },
                Token::End => {
                    hides.pop();
                }
                Token::Text if hides.last() == Some(&true) => {}
                Token::Text => text += self.xml.text(),
                Token::Eof => {}
            }
        }
        Ok(text)
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Aligned, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        if read.is_err() {
            (self.place, self.draw) = (Place::End, None);
        }
        read.transpose()
    }
}
