//! [`Document`]: the sentences of a version, by their ids.

use std::collections::HashMap;
use std::io::BufRead;

use super::super::draft::SegmentDraft;
use super::super::xml::{Token, XmlReader};
use crate::article::Unit;
use crate::error::Error;

/// A version as a document has it.
#[derive(Debug)]
pub(in super::super) struct Document {
    /// Name of the file.
    pub(in super::super) file: String,
    /// The language that the root element names.
    pub(in super::super) lang: Option<String>,
    /// None where there are no segments.
    pub(in super::super) unit: Option<Unit>,
    pub(in super::super) segments: Vec<SegmentDraft>,
    /// Where the segments of these ids are.
    pub(in super::super) ids: HashMap<String, usize>,
}

/// Reads a document: its `s` elements, or where there are none its `p` elements. Text is that of the `w`
/// elements in one, with `between` between two, and of all that is in it where there are none. White
/// space is folded unless `xml:space` says that it counts.
pub(in super::super) fn read_document(
    file: &str,
    input: impl BufRead,
    between: &str,
) -> Result<Document, Error> {
    let mut xml = XmlReader::new(file, input);
    xml.root(&[])?;
    let lang = ["language", "lang", "xml:lang"]
        .into_iter()
        .find_map(|name| xml.attribute(name));
    let lang = lang.map(str::to_owned);
    let (mut sentences, mut paragraphs) = (List::default(), List::default());
    // The paragraphs begun so far, and the one that is open.
    let mut count = 0;
    let mut paragraph: Option<Paragraph> = None;
    let mut sentence: Option<Leaf> = None;
    // Whether each paragraph holds one sentence, under its own id.
    let mut are_alike = true;
    loop {
        let token = xml.next()?;
        match (token, xml.name()) {
            (Token::Start, "s") => {
                if let Some(open) = &sentence {
                    let reason = format!("<s> in <s id=\"{}\">, expected </s>", open.id);
                    return Err(xml.error(reason));
                }
                let own = Leaf::begin(&xml)?;
                let alike = paragraph.as_mut().is_some_and(|paragraph| {
                    paragraph.sentences += 1;
                    paragraph.sentences == 1 && paragraph.id.as_ref() == Some(&own.id)
                });
                are_alike &= alike;
                sentence = Some(own);
            }
            (Token::Start, "p") => {
                if let Some(open) = &sentence {
                    let reason = format!("<p> in <s id=\"{}\">, expected </s>", open.id);
                    return Err(xml.error(reason));
                }
                count += 1;
                let id = xml.attribute("id").map(str::to_owned);
                let may_be_leaf = id.is_some() && sentences.segments.is_empty();
                let leaf = may_be_leaf.then(|| Leaf::begin(&xml)).transpose()?;
                paragraph = Some(Paragraph {
                    id,
                    sentences: 0,
                    leaf,
                });
            }
            (Token::End, "s") => {
                if let Some(leaf) = sentence.take() {
                    let own = paragraph.is_some().then_some(count);
                    sentences.add(&xml, leaf, between, own)?;
                }
            }
            (Token::End, "p") => {
                if let Some(paragraph) = paragraph.take()
                    && let Some(leaf) = paragraph.leaf
                    && sentences.segments.is_empty()
                {
                    paragraphs.add(&xml, leaf, between, None)?;
                }
            }
            (Token::Eof, _) => break,
            (token, name) => {
                let leaf = match &mut paragraph {
                    _ if sentence.is_some() => sentence.as_mut(),
                    Some(paragraph) => paragraph.leaf.as_mut(),
                    None => None,
                };
                if let Some(leaf) = leaf {
                    leaf.add(token, name, xml.text());
                }
            }
        }
    }
    let (unit, list) = match (
        sentences.segments.is_empty(),
        paragraphs.segments.is_empty(),
    ) {
        (true, true) => (None, sentences),
        (true, false) => (Some(Unit::Paragraph), paragraphs),
        (false, _) if are_alike => (Some(Unit::Paragraph), sentences),
        (false, _) => (Some(Unit::Sentence), sentences),
    };
    Ok(Document {
        file: file.to_owned(),
        lang,
        unit,
        segments: list.segments,
        ids: list.ids,
    })
}

/// Segments and their ids.
#[derive(Default)]
struct List {
    segments: Vec<SegmentDraft>,
    ids: HashMap<String, usize>,
}

impl List {
    fn add<R: BufRead>(
        &mut self,
        xml: &XmlReader<R>,
        leaf: Leaf,
        between: &str,
        paragraph: Option<usize>,
    ) -> Result<(), Error> {
        let mut segment = SegmentDraft::new(leaf.whole(between));
        segment.paragraph = paragraph;
        if self.ids.contains_key(&leaf.id) {
            let reason = format!("a second <{}> with the id `{}`", leaf.name, leaf.id);
            return Err(xml.error_at(leaf.line, reason));
        }
        self.ids.insert(leaf.id, self.segments.len());
        self.segments.push(segment);
        Ok(())
    }
}

struct Paragraph {
    id: Option<String>,
    sentences: usize,
    /// Its text, as long as it may be a segment.
    leaf: Option<Leaf>,
}

/// A segment that is read.
struct Leaf {
    name: String,
    id: String,
    line: u64,
    keeps_space: bool,
    text: String,
    words: Vec<String>,
    is_in_word: bool,
}

impl Leaf {
    /// The element that begins.
    fn begin<R: BufRead>(xml: &XmlReader<R>) -> Result<Self, Error> {
        Ok(Self {
            name: xml.name().to_owned(),
            id: xml.required("id")?.to_owned(),
            line: xml.line(),
            keeps_space: xml.attribute("xml:space") == Some("preserve"),
            text: String::new(),
            words: Vec::new(),
            is_in_word: false,
        })
    }

    /// Takes in what is read within the element.
    fn add(&mut self, token: Token, name: &str, text: &str) {
        match token {
            Token::Start if name == "w" => {
                self.words.push(String::new());
                self.is_in_word = true;
            }
            Token::End if name == "w" => self.is_in_word = false,
            Token::Text => match self.words.last_mut() {
                Some(word) if self.is_in_word => word.push_str(text),
                _ => self.text += text,
            },
            _ => {}
        }
    }

    /// The text.
    fn whole(&self, between: &str) -> String {
        match (self.words.is_empty(), self.keeps_space) {
            (true, true) => self.text.clone(),
            (true, false) => folded(&self.text),
            (false, _) => {
                let words: Vec<String> = self.words.iter().map(|word| folded(word)).collect();
                words.join(between)
            }
        }
    }
}

/// The text with every run of XML's white space as one space, and none around it.
fn folded(text: &str) -> String {
    let words = text
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
