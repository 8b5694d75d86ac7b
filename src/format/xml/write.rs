//! [`XmlWriter`]: elements, attributes and text.

use std::fmt::{self, Display, Write as _};
use std::io::{self, BufWriter, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes XML, in UTF-8. Nothing is allocated for an element or a text: both are put together in one
/// buffer.
pub(in super::super) struct XmlWriter<W: Write> {
    out: Writer<BufWriter<W>>,
    buffer: String,
    dropped: usize,
}

impl<W: Write> fmt::Debug for XmlWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XmlWriter").finish_non_exhaustive()
    }
}

/// Attributes of an element, in order.
pub(in super::super) type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl<W: Write> XmlWriter<W> {
    /// Begins a document with its declaration.
    pub(in super::super) fn new(out: W) -> io::Result<Self> {
        let mut out = Writer::new(BufWriter::with_capacity(1 << 16, out));
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut writer = Self {
            out,
            buffer: String::new(),
            dropped: 0,
        };
        writer.line()?;
        Ok(writer)
    }

    /// Writes the type of the document, on a line of its own.
    pub(in super::super) fn doctype(&mut self, doctype: &str) -> io::Result<()> {
        (self.out).write_event(Event::DocType(BytesText::from_escaped(doctype)))?;
        self.line()
    }

    /// Begins an element.
    pub(in super::super) fn start(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        self.tag(name, attributes);
        let tag = BytesStart::from_content(self.buffer.as_str(), name.len());
        self.out.write_event(Event::Start(tag))
    }

    /// Writes an element without content.
    pub(in super::super) fn empty(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        self.tag(name, attributes);
        let tag = BytesStart::from_content(self.buffer.as_str(), name.len());
        self.out.write_event(Event::Empty(tag))
    }

    /// Ends an element.
    pub(in super::super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes text.
    pub(in super::super) fn text(&mut self, text: impl Display) -> io::Result<()> {
        self.buffer.clear();
        self.escape(&text, &TEXT);
        let text = BytesText::from_escaped(self.buffer.as_str());
        self.out.write_event(Event::Text(text))
    }

    /// Writes an element that holds text.
    pub(in super::super) fn element(
        &mut self,
        name: &str,
        attributes: Attributes,
        text: impl Display,
    ) -> io::Result<()> {
        self.start(name, attributes)?;
        self.text(text)?;
        self.end(name)
    }

    /// Ends a line of the file.
    pub(in super::super) fn line(&mut self) -> io::Result<()> {
        self.out.get_mut().write_all(b"\n")
    }

    /// Writes out what is still held back.
    pub(in super::super) fn flush(&mut self) -> io::Result<()> {
        self.out.get_mut().flush()
    }

    /// How many characters were left out since this was last asked.
    pub(in super::super) fn take_dropped(&mut self) -> usize {
        std::mem::take(&mut self.dropped)
    }

    /// Puts a tag together in the buffer.
    fn tag(&mut self, name: &str, attributes: Attributes) {
        self.buffer.clear();
        self.buffer += name;
        for (key, value) in attributes {
            self.buffer.extend([" ", key, "=\""]);
            self.escape(value, &ATTRIBUTE);
            self.buffer.push('"');
        }
    }

    /// Puts a text behind what is in the buffer.
    fn escape(&mut self, text: &dyn Display, special: &'static [bool; 256]) {
        let mut escaped = Escaped {
            out: &mut self.buffer,
            dropped: &mut self.dropped,
            special,
        };
        // A string takes everything.
        let _ = write!(escaped, "{text}");
    }
}

/// The bytes that do not stand as they are in text, or at which a character begins that may not.
const TEXT: [bool; 256] = special(b"&<>");
/// The same in the value of an attribute, where readers take line ends and tabs for spaces.
const ATTRIBUTE: [bool; 256] = special(b"&<>\"");

const fn special(marks: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        // Line ends and tabs are as they are in text.
        table[byte] = marks.len() > 3 || !matches!(byte as u8, b'\t' | b'\n');
        byte += 1;
    }
    let mut mark = 0;
    while mark < marks.len() {
        table[marks[mark] as usize] = true;
        mark += 1;
    }
    // U+FFFE and U+FFFF begin with it, as does all from U+F000 on.
    table[0xef] = true;
    table
}

struct Escaped<'a> {
    out: &'a mut String,
    dropped: &'a mut usize,
    special: &'static [bool; 256],
}

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let bytes = text.as_bytes();
        let mut plain = 0;
        let mut at = 0;
        while at < bytes.len() {
            if !self.special[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            let (escape, length) = match bytes[at] {
                b'&' => ("&amp;", 1),
                b'<' => ("&lt;", 1),
                b'>' => ("&gt;", 1),
                b'"' => ("&quot;", 1),
                b'\r' => ("&#13;", 1),
                b'\n' => ("&#10;", 1),
                b'\t' => ("&#9;", 1),
                0xef if !matches!(bytes[at + 1..], [0xbf, 0xbe | 0xbf, ..]) => {
                    at += 3;
                    continue;
                }
                0xef => ("", 3),
                _ => ("", 1),
            };
            *self.dropped += usize::from(escape.is_empty());
            self.out.push_str(&text[plain..at]);
            self.out.push_str(escape);
            at += length;
            plain = at;
        }
        self.out.push_str(&text[plain..]);
        Ok(())
    }
}

/// Whether XML 1.0 has the character.
pub(in super::super) const fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let text = "a&<>\"'\t\n\r\0\u{1f}\u{7f}\u{fffd}\u{fffe}\u{ffff}\u{ef00}é]]>";
        let mut out = Vec::new();
        let mut xml = XmlWriter::new(&mut out).unwrap();
        xml.start("x", &[("n", &1), ("v", &text)]).unwrap();
        xml.text(text).unwrap();
        xml.end("x").unwrap();
        assert_eq!(xml.take_dropped(), 8);
        assert_eq!(xml.take_dropped(), 0);
        xml.flush().unwrap();
        drop(xml);
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <x n=\"1\" v=\"a&amp;&lt;&gt;&quot;'&#9;&#10;&#13;\u{7f}\u{fffd}\u{ef00}é]]&gt;\">\
            a&amp;&lt;&gt;\"'\t\n&#13;\u{7f}\u{fffd}\u{ef00}é]]&gt;</x>";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
