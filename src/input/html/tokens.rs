//! From the source of a page to its [`Tree`].
//!
//! html5gum cuts the source into tags and text and knows where each stands, html5ever makes the tree
//! of them that a browser makes. Four things are done otherwise than the HTML standard says, so
//! that time stays linear in the source however hostile it is:
//!
//! 1. Elements that the standard calls formatting (`<b>`, `<i>`, `<a>` …) are given to html5ever under
//!    names that mean nothing to it, so that it does not open them again in every paragraph in which
//!    they were not closed. Text stands in the same blocks in the same order.
//! 2. Below [`DEPTH`] elements no further one is opened; a break stands for its tag.
//! 3. Of the attributes only those are kept that are asked for later.
//! 4. What stands in a tag behind a thousand quoted values is not read: html5gum goes one call deeper
//!    with each.

use std::borrow::Cow;
use std::collections::HashMap;
use std::convert::Infallible;

use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Error, ForwardingEmitter, Span, State, Tokenizer};

use super::super::place::Piece;
use super::tree::{Handle, Sink, Tree, local_name};
use crate::mark::BOM;

/// Elements inside one another, at the most. Browsers allow twice as many, pages have some dozens.
const DEPTH: usize = 256;

/// What a formatting element is called in the tree, before its own name.
pub(super) const FORMATTING: &str = "x-";

/// The attributes that are asked for.
const ATTRIBUTES: [&[u8]; 13] = [
    b"aria-hidden",
    b"aria-label",
    b"class",
    b"encoding",
    b"hidden",
    b"href",
    b"id",
    b"lang",
    b"open",
    b"role",
    b"style",
    b"type",
    b"xml:lang",
];

/// Builds the tree of a page.
pub(super) fn parse(source: &str) -> Tree {
    let read = without_endless_tags(source);
    let page = read.strip_prefix(BOM).unwrap_or(&read);
    let position = source.len() - page.len();
    let builder = TreeBuilder::new(Sink::new(), TreeBuilderOpts::default());
    let emit = Emit {
        inner: CallbackEmitter::new(Feed::new(&builder)),
        source,
        position,
        mark: position,
    };
    let Ok(()) = Tokenizer::new_with_emitter(page, emit).finish();
    builder.sink.finish()
}

/// Quoted values of attributes in a tag, at the most.
const QUOTED: usize = 1000;

/// The source with spaces in place of what stands in a tag behind its last quoted value that is read.
fn without_endless_tags(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let mut endless = Vec::new();
    let mut at = 0;
    while let Some(begin) = next(bytes, at, b'<') {
        at = begin + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut quoted, mut cut) = (0, None);
        let mut assigned = false;
        while let Some(&byte) = bytes.get(at).filter(|&&byte| byte != b'>') {
            at += 1;
            match byte {
                b'=' => assigned = true,
                b'"' | b'\'' if assigned => {
                    at = next(bytes, at, byte).map_or(bytes.len(), |end| end + 1);
                    assigned = false;
                    quoted += 1;
                    if quoted == QUOTED {
                        cut = Some(at);
                    }
                }
                _ => assigned &= byte.is_ascii_whitespace(),
            }
        }
        endless.extend(cut.map(|cut| cut..at));
    }
    if endless.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut read = source.as_bytes().to_vec();
    for range in endless {
        read[range].fill(b' ');
    }
    // All bounds are those of ASCII.
    String::from_utf8(read).map_or(Cow::Borrowed(source), Cow::Owned)
}

/// The next place of a byte.
fn next(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    let found = bytes.get(from..)?.iter().position(|&b| b == byte);
    found.map(|at| from + at)
}

/// Takes what html5gum reads, knows where it stands in the source, and hands it on to a [`Feed`].
struct Emit<'a> {
    inner: CallbackEmitter<Feed<'a>>,
    source: &'a str,
    /// How far the source has been read, in bytes.
    position: usize,
    /// Where the text begins that is emitted next, if it is a character reference.
    mark: usize,
}

impl ForwardingEmitter for Emit<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.inner
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn init_string(&mut self) {
        self.mark = self.position;
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        let end = self.position;
        let start = end.saturating_sub(bytes.len());
        let piece = match self.source.as_bytes().get(start..end) {
            Some(raw) if raw == bytes => Piece {
                at: 0,
                start,
                end: None,
            },
            _ => Piece {
                at: 0,
                start: self.mark.min(end),
                end: Some(end),
            },
        };
        self.mark = end;
        self.inner.callback_mut().characters(bytes, piece);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let state = self.inner.emit_current_tag();
        self.mark = self.position;
        self.inner.callback_mut().next_state.take().or(state)
    }

    fn emit_eof(&mut self) {
        self.inner.emit_eof();
        self.inner.callback_mut().finish();
    }

    fn emit_error(&mut self, _: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        let builder = self.inner.callback_mut().builder;
        builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Feeds html5ever with tags and text.
struct Feed<'a> {
    builder: &'a TreeBuilder<Handle, Sink>,
    /// Text that html5ever has not been given yet. html5gum may cut it inside a character.
    text: Vec<u8>,
    /// Where it stands in the source.
    pieces: Vec<Piece>,
    /// The start tag that is being read, and whether its last attribute is kept.
    tag: Option<(Tag, bool)>,
    next_state: Option<State>,
    /// Whether anything but comments was fed.
    began: bool,
    /// Whether no further element may be opened.
    deep: bool,
    /// Elements that were not opened for it, and not closed yet.
    unopened: usize,
    /// How many elements of a name were opened and not closed.
    opened: HashMap<LocalName, usize>,
}

impl<'a> Feed<'a> {
    fn new(builder: &'a TreeBuilder<Handle, Sink>) -> Self {
        Self {
            builder,
            text: Vec::new(),
            pieces: Vec::new(),
            tag: None,
            next_state: None,
            began: false,
            deep: false,
            unopened: 0,
            opened: HashMap::new(),
        }
    }

    /// Adds to the text; a NUL is nothing, as in a browser.
    fn characters(&mut self, bytes: &[u8], piece: Piece) {
        if bytes != b"\0" {
            let at = self.text.len();
            self.text.extend_from_slice(bytes);
            self.pieces.push(Piece { at, ..piece });
        }
    }

    /// Gives html5ever the text before a tag.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(&self.text);
        let tendril = StrTendril::from_slice(&text);
        let pieces = std::mem::take(&mut self.pieces);
        self.builder.sink.characters(&text, pieces);
        self.text.clear();
        self.give(Token::CharacterTokens(tendril));
    }

    fn give(&mut self, token: Token) {
        let states = match self.builder.process_token(token, 1) {
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(_) => Some(State::ScriptData),
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => return,
        };
        self.next_state = states;
    }

    fn give_tag(&mut self, tag: Tag) {
        self.began = true;
        self.builder.sink.tag();
        self.give(Token::TagToken(tag));
    }

    fn open(&mut self, mut tag: Tag) {
        let leaf = is_void(&tag.name) || is_raw(&tag.name);
        if self.deep && !leaf {
            self.unopened += 1;
            self.give_tag(new_tag(TagKind::StartTag, local_name!("hr")));
            return;
        }
        tag.name = neutral(tag.name);
        if !leaf {
            *self.opened.entry(tag.name.clone()).or_default() += 1;
        }
        self.give_tag(tag);
        self.deep = self.builder.sink.depth() >= DEPTH;
    }

    fn close(&mut self, name: LocalName) {
        if is_raw(&name) {
            self.give_tag(new_tag(TagKind::EndTag, name));
            return;
        }
        if self.unopened > 0 {
            self.unopened -= 1;
            return;
        }
        let name = neutral(name);
        if let Some(opened @ 1..) = self.opened.get_mut(&name) {
            *opened -= 1;
            self.deep = false;
        }
        self.give_tag(new_tag(TagKind::EndTag, name));
    }

    fn finish(&mut self) {
        self.flush();
        self.builder.sink.tag();
        self.give(Token::EOFToken);
        self.builder.end();
    }
}

impl Callback<Infallible, ()> for Feed<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.flush();
                let tag = new_tag(TagKind::StartTag, local_name(name));
                self.tag = Some((tag, false));
            }
            CallbackEvent::AttributeName { name } => {
                if let Some((tag, kept)) = &mut self.tag {
                    let known = |a: &Attribute| a.name.local.as_bytes() == name;
                    *kept = ATTRIBUTES.contains(&name) && !tag.attrs.iter().any(known);
                    if *kept {
                        tag.attrs.push(Attribute {
                            name: QualName::new(None, ns!(), local_name(name)),
                            value: StrTendril::new(),
                        });
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((tag, true)) = &mut self.tag
                    && let Some(attribute) = tag.attrs.last_mut()
                {
                    attribute.value.push_slice(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((mut tag, _)) = self.tag.take() {
                    tag.self_closing = self_closing;
                    self.open(tag);
                }
            }
            CallbackEvent::EndTag { name } => {
                self.flush();
                self.close(local_name(name));
            }
            CallbackEvent::Doctype {
                name,
                public_identifier,
                system_identifier,
                force_quirks,
            } => {
                let text = |bytes: &[u8]| StrTendril::from_slice(&String::from_utf8_lossy(bytes));
                let doctype = Doctype {
                    name: (!name.is_empty()).then(|| text(name)),
                    public_id: public_identifier.map(text),
                    system_id: system_identifier.map(text),
                    force_quirks,
                };
                // Anywhere else it says nothing, not even that a text ends.
                if !self.began && self.text.iter().all(u8::is_ascii_whitespace) {
                    self.began = true;
                    self.give(Token::DoctypeToken(doctype));
                }
            }
            CallbackEvent::String { .. } | CallbackEvent::Comment { .. } => {}
            CallbackEvent::Error(_) => {}
        }
        None
    }
}

const fn new_tag(kind: TagKind, name: LocalName) -> Tag {
    Tag {
        kind,
        name,
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    }
}

/// The name under which html5ever takes an element for an ordinary one.
fn neutral(name: LocalName) -> LocalName {
    match &*name {
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike"
        | "strong" | "tt" | "u" => LocalName::from(format!("{FORMATTING}{name}")),
        _ => name,
    }
}

/// Whether an element holds nothing.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the source of an element is text up to its end tag.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
    )
}
