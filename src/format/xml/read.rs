//! [`XmlReader`]: one piece of a document after the other, and errors that name the line.

use std::io::{self, BufRead, Read};

use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error as XmlError, Reader, XmlVersion};

use crate::error::{Error, ErrorKind};

/// How many elements may stand within one another.
const MAX_DEPTH: usize = 1000;

/// What was read last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Token {
    /// An element begins: [`XmlReader::name`], [`XmlReader::attribute`].
    Start,
    /// An element ends: [`XmlReader::name`].
    End,
    /// A piece of text: [`XmlReader::text`]. Several may follow each other.
    Text,
    /// The document is over.
    Eof,
}

/// Reads XML, in UTF-8 whatever the document declares: who opens a file decodes it.
///
/// Memory is that of the largest piece, an element's tag or a text without markup in it.
#[derive(Debug)]
pub(in super::super) struct XmlReader<R> {
    file: String,
    reader: Reader<Lines<R>>,
    buffer: Vec<u8>,
    /// The line that the token begins in.
    line: u64,
    /// The elements that are open.
    open: Vec<String>,
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    has_root: bool,
}

impl<R: BufRead> XmlReader<R> {
    /// A reader of a file, which errors name.
    pub(in super::super) fn new(file: impl Into<String>, input: R) -> Self {
        let mut reader = Reader::from_reader(Lines { input, read: 1 });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        // Names are compared here, for the sake of the messages.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self {
            file: file.into(),
            reader,
            buffer: Vec::new(),
            line: 1,
            open: Vec::new(),
            name: String::new(),
            attributes: Vec::new(),
            text: String::new(),
            has_root: false,
        }
    }

    /// Name of the file.
    pub(in super::super) fn file(&self) -> &str {
        &self.file
    }

    /// The line that the token begins in, from 1.
    pub(in super::super) const fn line(&self) -> u64 {
        self.line
    }

    /// Name of the element that begins or ends.
    pub(in super::super) fn name(&self) -> &str {
        &self.name
    }

    /// The piece of text.
    pub(in super::super) fn text(&self) -> &str {
        &self.text
    }

    /// How many elements are open.
    pub(in super::super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// An attribute of the element that begins.
    pub(in super::super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (key == name).then_some(value.as_str()))
    }

    /// An attribute that the element which begins cannot be without.
    pub(in super::super) fn required(&self, name: &str) -> Result<&str, Error> {
        let missing = || self.error(format!("<{}> has no attribute `{name}`", self.name));
        self.attribute(name).ok_or_else(missing)
    }

    /// An error at the token.
    pub(in super::super) fn error(&self, reason: impl Into<String>) -> Error {
        self.error_at(self.line, reason)
    }

    /// An error at a line.
    pub(in super::super) fn error_at(&self, line: u64, reason: impl Into<String>) -> Error {
        let (file, reason) = (self.file.clone(), reason.into());
        ErrorKind::Malformed { file, line, reason }.into()
    }

    /// An error for the element that begins, which should not stand where it does.
    pub(in super::super) fn unexpected(&self, expected: &str) -> Error {
        let parent = self.open.iter().rev().nth(1).map_or("", String::as_str);
        self.error(format!(
            "<{}> in <{parent}>, expected {expected}",
            self.name
        ))
    }

    /// Begins the root element, one of these.
    pub(in super::super) fn root(&mut self, expected: &[&str]) -> Result<(), Error> {
        self.check_begin()?;
        let expected_list = || format!("<{}>", expected.join("> or <"));
        loop {
            match self.next()? {
                Token::Start if expected.is_empty() || expected.contains(&self.name.as_str()) => {
                    return Ok(());
                }
                Token::Start => {
                    let reason =
                        format!("the root is <{}>, expected {}", self.name, expected_list());
                    return Err(self.error(reason));
                }
                Token::Eof if expected.is_empty() => {
                    return Err(self.error("no element, expected an XML document"));
                }
                Token::Eof => {
                    return Err(self.error(format!("no element, expected {}", expected_list())));
                }
                Token::Text | Token::End => {}
            }
        }
    }

    /// Refuses what is no XML before more of it is read: it may be long and hold no `<`.
    fn check_begin(&mut self) -> Result<(), Error> {
        let (path, input) = (&self.file, self.reader.get_mut());
        let buffer = input.fill_buf().map_err(|source| {
            let path = path.into();
            Error::from(ErrorKind::Io { path, source })
        })?;
        let text = buffer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(buffer);
        let begin = text.iter().position(|byte| !b" \t\r\n".contains(byte));
        match begin {
            Some(at) if text[at] != b'<' => {
                self.line += lines(&text[..at]);
                Err(self.error("text outside of the root element, expected XML"))
            }
            _ => Ok(()),
        }
    }

    /// Goes on to the next element within the one that is open, or to the end of that one; text
    /// between elements is an error.
    pub(in super::super) fn child(&mut self) -> Result<bool, Error> {
        loop {
            match self.next()? {
                Token::Start => return Ok(true),
                Token::End | Token::Eof => return Ok(false),
                Token::Text if is_blank(&self.text) => {}
                Token::Text => {
                    let parent = self.open.last().map_or("", String::as_str);
                    let found = self.text.trim().chars().take(20).collect::<String>();
                    let reason = format!("text in <{parent}>: `{found}`, expected elements only");
                    return Err(self.error(reason));
                }
            }
        }
    }

    /// Goes on to the end of the element that began last.
    pub(in super::super) fn skip(&mut self) -> Result<(), Error> {
        let depth = self.depth();
        while self.depth() >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// All text within the element that began last, whose end is read.
    pub(in super::super) fn content(&mut self) -> Result<String, Error> {
        let depth = self.depth();
        let mut content = String::new();
        while self.depth() >= depth {
            if self.next()? == Token::Text {
                content += &self.text;
            }
        }
        Ok(content)
    }

    /// Reads the document to its end, where nothing more may stand.
    pub(in super::super) fn finish(&mut self) -> Result<(), Error> {
        while self.next()? != Token::Eof {}
        Ok(())
    }

    /// Reads the next token.
    pub(in super::super) fn next(&mut self) -> Result<Token, Error> {
        loop {
            self.line = self.reader.get_mut().read;
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            self.text.clear();
            let refused = match event {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    self.name.clear();
                    self.name += tag.name().as_ref();
                    match read_attributes(&tag, &mut self.attributes) {
                        Ok(()) => return self.begin(),
                        Err(reason) => reason,
                    }
                }
                Ok(Event::End(tag)) => {
                    self.name.clear();
                    self.name += tag.name().as_ref();
                    return self.close();
                }
                Ok(Event::Text(text)) => {
                    self.text += &text.xml10_content();
                    match self.begins_with_text() {
                        Some(true) => return Ok(Token::Text),
                        Some(false) => continue,
                        None => "text outside of the root element, expected XML".into(),
                    }
                }
                Ok(Event::CData(text)) => {
                    self.text += &text.xml10_content();
                    match self.open.is_empty() {
                        false => return Ok(Token::Text),
                        true => "text outside of the root element, expected XML".into(),
                    }
                }
                Ok(Event::GeneralRef(reference)) => match resolve(&reference) {
                    Ok(_) if self.open.is_empty() => {
                        "text outside of the root element, expected XML".into()
                    }
                    Ok(c) => {
                        self.text.push(c);
                        return Ok(Token::Text);
                    }
                    Err(reason) => reason,
                },
                Ok(Event::DocType(doctype)) => match doctype.contains("<!ENTITY") {
                    true => "the document declares entities, which are not read; expected text \
                             and character references only"
                        .into(),
                    false if self.has_root => "a DOCTYPE behind the first element".into(),
                    false => continue,
                },
                Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => continue,
                Ok(Event::Eof) => match self.open.last() {
                    None => return Ok(Token::Eof),
                    Some(name) => format!("the file ends within <{name}>, expected </{name}>"),
                },
                Err(XmlError::Io(source)) => {
                    let source = io::Error::new(source.kind(), source.to_string());
                    let path = self.file.clone().into();
                    return Err(ErrorKind::Io { path, source }.into());
                }
                Err(error) => told(error),
            };
            return Err(self.error(refused));
        }
    }

    fn begin(&mut self) -> Result<Token, Error> {
        if self.open.is_empty() && self.has_root {
            let reason = format!("<{}> behind the root element, expected the end", self.name);
            return Err(self.error(reason));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(self.error(format!("more than {MAX_DEPTH} elements within one another")));
        }
        self.has_root = true;
        self.open.push(self.name.clone());
        Ok(Token::Start)
    }

    fn close(&mut self) -> Result<Token, Error> {
        match self.open.pop() {
            Some(open) if open == self.name => Ok(Token::End),
            Some(open) => {
                Err(self.error(format!("</{}> in <{open}>, expected </{open}>", self.name)))
            }
            None => Err(self.error(format!("</{}> without <{0}>", self.name))),
        }
    }

    /// Whether a text stands in an element; none where it should.
    fn begins_with_text(&self) -> Option<bool> {
        match self.open.is_empty() {
            false => Some(true),
            true => is_blank(&self.text).then_some(false),
        }
    }
}

/// Whether a text is nothing but the white space of XML.
fn is_blank(text: &str) -> bool {
    (text.bytes()).all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

fn read_attributes(tag: &BytesStart, attributes: &mut Vec<(String, String)>) -> Result<(), String> {
    attributes.clear();
    for attribute in tag.attributes() {
        let name = tag.name();
        let refused =
            |e: &dyn std::fmt::Display| format!("an attribute of <{}>: {e}", name.as_ref());
        let attribute = attribute.map_err(|e| refused(&e))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|e| refused(&e))?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Ok(())
}

/// The character that a reference stands for.
fn resolve(reference: &quick_xml::events::BytesRef) -> Result<char, String> {
    match reference.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        name => match reference.resolve_char_ref() {
            Ok(Some(c)) => Ok(c),
            Ok(None) => Err(format!(
                "the entity `&{name};` is not declared, expected one of &amp; &lt; &gt; &quot; &apos;"
            )),
            Err(_) => Err(format!("`&{name};` is no character")),
        },
    }
}

/// An error of the parser in words.
fn told(error: XmlError) -> String {
    match error {
        XmlError::IllFormed(IllFormedError::UnclosedReference) => {
            "`&` that begins no reference, expected `&amp;`".into()
        }
        XmlError::Syntax(error) => {
            let what = match error {
                SyntaxError::UnclosedComment => "a comment, expected `-->`",
                SyntaxError::UnclosedDoctype => "a DOCTYPE, expected `>`",
                SyntaxError::UnclosedCData => "CDATA, expected `]]>`",
                SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => {
                    "an instruction, expected `?>`"
                }
                SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue => {
                    "the value of an attribute, expected a quotation mark"
                }
                SyntaxError::InvalidBangMarkup => return "`<!` that begins no markup".into(),
                SyntaxError::UnclosedTag => "a tag, expected `>`",
            };
            format!("the file ends within {what}")
        }
        XmlError::Encoding(_) => "no UTF-8, expected text in that encoding".into(),
        error => format!("no well-formed XML: {error}"),
    }
}

/// Counts lines while they are read.
#[derive(Debug)]
struct Lines<R> {
    input: R,
    /// The line that is read, from 1.
    read: u64,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read += lines(&buffer[..count]);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What was not consumed is still there: nothing is read here.
        if let Ok(buffer) = self.input.fill_buf() {
            self.read += lines(&buffer[..count.min(buffer.len())]);
        }
        self.input.consume(count);
    }
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All text of a document, or why it is refused.
    fn read(document: &str) -> Result<String, String> {
        let mut xml = XmlReader::new("a.xml", document.as_bytes());
        let mut read = || {
            xml.root(&["a"])?;
            let content = xml.content()?;
            xml.finish()?;
            Ok(content)
        };
        read().map_err(|error: Error| error.to_string())
    }

    #[test]
    fn text() {
        for (document, expected) in [
            ("<a/>", ""),
            (
                "\u{feff}<?xml version='1.0' encoding='UTF-16'?>\n<!-- x --><a>b</a>\n",
                "b",
            ),
            (
                "<!DOCTYPE a SYSTEM 'a.dtd'><a>b<c d='e'>f</c><!-- g --><?h?>i</a>",
                "bfi",
            ),
            (
                "<!DOCTYPE a [<!ELEMENT a ANY>]><a>&amp;&lt;&#65;&#x42;&quot;</a>",
                "&<AB\"",
            ),
            ("<a><![CDATA[<b>&amp;]]></a>", "<b>&amp;"),
            ("<a>b\r\nc\rd&#13;e\t\u{2028}</a>", "b\nc\nd\re\t\u{2028}"),
        ] {
            assert_eq!(read(document).as_deref(), Ok(expected), "{document}");
        }
    }

    #[test]
    fn refused() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        let bomb = "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;&b;'>]>\n<a>&d;</a>";
        for (document, expected) in [
            ("", "line 1: no element, expected <a>"),
            (
                "\n{\"a\": 1}",
                "line 2: text outside of the root element, expected XML",
            ),
            ("\n\n<b/>", "line 3: the root is <b>, expected <a>"),
            (
                "<a>\n<b>\n",
                "line 3: the file ends within <b>, expected </b>",
            ),
            (
                "<a>\n<b",
                "line 2: the file ends within a tag, expected `>`",
            ),
            (
                "<a>\n<!-- b",
                "line 2: the file ends within a comment, expected `-->`",
            ),
            ("<a><b>\n</a>", "line 2: </a> in <b>, expected </b>"),
            ("<a></a>\n</a>", "line 2: </a> without <a>"),
            (
                "<a/>\n<a/>",
                "line 2: <a> behind the root element, expected the end",
            ),
            (
                "<a/>b",
                "line 1: text outside of the root element, expected XML",
            ),
            (
                "<a>b & c</a>",
                "line 1: `&` that begins no reference, expected `&amp;`",
            ),
            ("<a>&#x110000;</a>", "line 1: `&#x110000;` is no character"),
            (
                "<a>\n&nbsp;</a>",
                "line 2: the entity `&nbsp;` is not declared, expected one of &amp; &lt; &gt; &quot; &apos;",
            ),
            (
                bomb,
                "line 1: the document declares entities, which are not read; expected text and character references only",
            ),
            (
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
                "line 1: the document declares entities, which are not read; expected text and character references only",
            ),
            (&deep, "line 1: more than 1000 elements within one another"),
        ] {
            assert_eq!(
                read(document),
                Err(format!("a.xml, {expected}")),
                "{document}"
            );
        }
        for document in ["<a b='1' b='2'/>", "<a b/>", "<a b='&c;'/>", "<a b='c/>"] {
            let error = read(document).unwrap_err();
            println!("{error}");
            assert!(error.starts_with("a.xml, line 1: "), "{error}");
        }
    }

    #[test]
    fn no_utf8() {
        let mut xml = XmlReader::new("a.xml", &b"<a>\n\xff</a>"[..]);
        xml.root(&["a"]).unwrap();
        let error = xml.content().unwrap_err().to_string();
        assert_eq!(
            error,
            "a.xml, line 1: no UTF-8, expected text in that encoding"
        );
    }
}
