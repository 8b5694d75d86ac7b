//! [`Document`]: the text of a source in markup, and the [`Writer`] that puts it together.

use std::ops::Range;

use super::block::Block;
use super::place::{Piece, Places};
use crate::article::{Boilerplate, Kind};
use crate::lang::Lang;
use crate::mark::{BOM, is_blank};

/// What stands between two blocks of a text.
const BETWEEN: &str = "\n\n";

/// The text of a source in markup: its blocks, a blank line between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) text: String,
    /// Their ranges rise and do not overlap.
    pub(crate) blocks: Vec<Block>,
    pub(crate) places: Places,
    /// The language that the source tells of the whole.
    pub(crate) lang: Option<Lang>,
    /// Where the source says it was published.
    pub(crate) url: Option<String>,
    /// The terms that the source says it is under.
    pub(crate) licence: Option<String>,
}

/// What is known of a block when it is closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Label {
    pub(crate) kind: Kind,
    pub(crate) lang: Option<Lang>,
    pub(crate) boilerplate: Option<Boilerplate>,
}

/// Puts a [`Document`] together, text by text and block by block.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    document: Document,
    /// Where the open block begins, if there is one.
    start: Option<usize>,
    /// White space is due before the next word of the open block.
    space: bool,
}

impl Writer {
    /// Adds text to the open block, or to a new one: every run of white space becomes one space, as in
    /// a browser. `pieces` say where it stands in the source; the first begins with the text.
    pub(crate) fn words(&mut self, text: &str, pieces: &[Piece]) {
        let mut pieces = Pieces::new(pieces);
        let mut rest = 0;
        while let Some(len) = text[rest..].find(|c| !is_space(c)) {
            self.space |= len > 0;
            let start = rest + len;
            let word = &text[start..];
            let word = &word[..word.find(is_space).unwrap_or(word.len())];
            if self.start.is_none() {
                self.open();
            } else if self.space {
                self.document.text.push(' ');
            }
            self.space = false;
            rest = start + word.len();
            self.copy(text, start..rest, &mut pieces);
        }
        self.space |= rest < text.len();
    }

    /// Adds text as it stands to the open block, or to a new one.
    pub(crate) fn verbatim(&mut self, text: &str, pieces: &[Piece]) {
        if text.is_empty() {
            return;
        }
        if self.start.is_none() {
            self.open();
        }
        self.copy(text, 0..text.len(), &mut Pieces::new(pieces));
    }

    /// Adds white space to the open block.
    pub(crate) const fn space(&mut self) {
        self.space = true;
    }

    /// Whether there is an open block with text in it.
    pub(crate) const fn is_open(&self) -> bool {
        self.start.is_some()
    }

    /// Closes the open block. One of which nothing is seen leaves no trace.
    pub(crate) fn close(&mut self, label: Label) {
        self.space = false;
        let Some(start) = self.start.take() else {
            return;
        };
        if is_blank(&self.document.text[start..]) {
            self.forget_open();
            return;
        }
        let Document {
            text,
            blocks,
            places,
            ..
        } = &mut self.document;
        let edge = |c: char| c.is_whitespace() || c == BOM;
        let end = text.trim_end_matches(edge).len();
        text.truncate(end);
        places.truncate(end);
        let start = end - text[start..].trim_start_matches(edge).len();
        let Label {
            kind,
            lang,
            boilerplate,
        } = label;
        blocks.push(Block {
            range: start..end,
            kind,
            lang,
            boilerplate,
        });
    }

    /// Closes the open block and forgets it.
    #[cfg(feature = "html")]
    pub(crate) fn discard(&mut self) {
        self.space = false;
        if self.start.take().is_some() {
            self.forget_open();
        }
    }

    /// Adds the blocks of a document whose source is itself a text with a source; `pieces` say where that
    /// stands.
    #[cfg(all(feature = "html", feature = "markdown"))]
    pub(crate) fn document(&mut self, inner: &Document, pieces: &[Piece]) {
        let mut outer = Places::default();
        for &piece in pieces {
            outer.push(piece);
        }
        for block in &inner.blocks {
            self.open();
            let at = self.document.text.len();
            self.document
                .text
                .push_str(&inner.text[block.range.clone()]);
            for piece in inner.places.through(&outer, block.range.clone()) {
                let at = at + (piece.at - block.range.start);
                self.document.places.push(Piece { at, ..piece });
            }
            self.close(Label {
                kind: block.kind,
                lang: block.lang,
                boilerplate: block.boilerplate,
            });
        }
    }

    /// The document, once all blocks are closed.
    pub(crate) fn finish(self) -> Document {
        self.document
    }

    fn open(&mut self) {
        let text = &mut self.document.text;
        if !text.is_empty() {
            text.push_str(BETWEEN);
        }
        self.start = Some(text.len());
    }

    /// Takes back what was written behind the last block.
    fn forget_open(&mut self) {
        let blocks = &self.document.blocks;
        let end = blocks.last().map_or(0, |block| block.range.end);
        self.document.text.truncate(end);
        self.document.places.truncate(end);
    }

    /// Copies a range of a text; ranges rise from call to call.
    fn copy(&mut self, text: &str, range: Range<usize>, pieces: &mut Pieces) {
        let at = self.document.text.len();
        self.document.text.push_str(&text[range.clone()]);
        for piece in pieces.within(range.clone()) {
            let at = at + (piece.at - range.start);
            self.document.places.push(Piece { at, ..piece });
        }
    }
}

/// White space that a browser folds.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// The pieces of a text that is read from its start to its end.
#[derive(Clone, Copy)]
struct Pieces<'p> {
    pieces: &'p [Piece],
}

impl<'p> Pieces<'p> {
    const fn new(pieces: &'p [Piece]) -> Self {
        Self { pieces }
    }

    /// The pieces of a range that lies behind those asked for before, the first cut to its start.
    fn within(&mut self, range: Range<usize>) -> impl Iterator<Item = Piece> {
        while self
            .pieces
            .get(1)
            .is_some_and(|next| next.at <= range.start)
        {
            self.pieces = &self.pieces[1..];
        }
        let inside = self
            .pieces
            .iter()
            .take_while(move |piece| piece.at < range.end);
        inside.map(move |piece| piece.from(piece.at.max(range.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Label = Label {
        kind: Kind::Body,
        lang: None,
        boilerplate: None,
    };

    fn piece(start: usize) -> [Piece; 1] {
        [Piece {
            at: 0,
            start,
            end: None,
        }]
    }

    #[test]
    fn white_space_is_folded_and_nothing_else() {
        let mut writer = Writer::default();
        writer.words(" \n One\t two ", &piece(0));
        writer.words("\n", &piece(20));
        writer.words("three\u{a0} four", &piece(30));
        writer.close(PLAIN);
        writer.words(" \u{a0}\u{200b} ", &piece(50));
        writer.close(PLAIN);
        writer.verbatim("\n  a\n\n b \n", &piece(60));
        writer.close(PLAIN);
        let document = writer.finish();
        assert_eq!(document.text, "One two three\u{a0} four\n\n\n  a\n\n b");
        let found: Vec<_> = (document.blocks.iter())
            .map(|block| {
                let range = block.range.clone();
                (&document.text[range.clone()], document.places.of(range))
            })
            .collect();
        let expected = [
            ("One two three\u{a0} four", Some(3..42)),
            ("a\n\n b", Some(63..68)),
        ];
        assert_eq!(found, expected);
    }
}
