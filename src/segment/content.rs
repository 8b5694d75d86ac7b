//! [`Content`]: the text of a source and its blocks, whatever the source is written in.

use super::paragraph::{blocks, lines};
use crate::article::{self, Layout, Segment, Unit};
use crate::input::{Block, Document, Form, Places, Source};
use crate::lang::Lang;

/// The text of a source, and its blocks.
pub(super) struct Content {
    pub(super) layout: Layout,
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    /// Whether each block is one sentence.
    pub(super) sentences: bool,
    /// The language that the markup tells.
    pub(super) lang: Option<Lang>,
    /// Where the text stands in the source, if it is not the source itself.
    places: Option<Places>,
}

impl Content {
    /// Takes the text out of a source, and from its markup what the caller did not tell.
    pub(super) fn take(source: &mut Source) -> Self {
        let text = std::mem::take(&mut source.text);
        let (layout, blocks) = match source.form {
            Form::Plain => blocks(&text),
            Form::Lines(_) => (Layout::Lines, lines(&text)),
            Form::Markup(markup) => {
                let Document {
                    text,
                    blocks,
                    places,
                    lang,
                    url,
                    licence,
                } = markup.read(&text, source.main_content);
                let origin = &mut source.origin;
                origin.url = origin.url.take().or(url);
                origin.licence = origin.licence.take().or(licence);
                return Self {
                    layout: Layout::Markup,
                    text,
                    blocks,
                    sentences: false,
                    lang,
                    places: Some(places),
                };
            }
        };
        Self {
            layout,
            text,
            blocks,
            sentences: source.form == Form::Lines(Unit::Sentence),
            lang: None,
            places: None,
        }
    }

    /// Where segments stand in the source, if it is not the text itself.
    pub(super) fn places(
        &self,
        paragraphs: &[Segment],
        sentences: &[Segment],
    ) -> Option<article::Places> {
        let places = self.places.as_ref()?;
        let of = |segments: &[Segment]| segments.iter().map(|s| places.of(s.range())).collect();
        Some(article::Places {
            paragraphs: of(paragraphs),
            sentences: of(sentences),
        })
    }
}
