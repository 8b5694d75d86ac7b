//! Texts in Markdown: CommonMark with what is common beside it.
//!
//! pulldown-cmark names the source range of every text, so each block knows where it stands. Markup
//! leaves no trace in the text, references to footnotes and addresses of links neither; of a picture
//! its description is read. Blocks of HTML are read as HTML where the feature `html` is on, otherwise
//! HTML stands in the text as it was written.
//!
//! Time is linear in the source.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::document::{Document, Label, Writer};
use super::front_matter::FrontMatter;
use super::place::Piece;
use crate::article::Kind;

/// Reads a text in Markdown.
pub(crate) fn read(source: &str) -> Document {
    let matter = FrontMatter::read(source);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut walk = Walk {
        source,
        writer: Writer::default(),
        kinds: Vec::new(),
        image: 0,
        only_image: true,
        #[cfg(feature = "html")]
        html: Html::default(),
    };
    let body = &source[matter.end..];
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        walk.event(event, range.start + matter.end..range.end + matter.end);
    }
    walk.close();
    Document {
        lang: matter.lang,
        url: matter.url,
        licence: matter.licence,
        ..walk.writer.finish()
    }
}

struct Walk<'s> {
    source: &'s str,
    writer: Writer,
    /// What the blocks are that were begun and not ended; those that say nothing are none.
    kinds: Vec<Option<Kind>>,
    /// Images that were begun and not ended.
    image: usize,
    /// Whether the open block holds nothing but the descriptions of images.
    only_image: bool,
    #[cfg(feature = "html")]
    html: Html,
}

/// A block of HTML that is read.
#[cfg(feature = "html")]
#[derive(Default)]
struct Html {
    open: bool,
    text: String,
    pieces: Vec<Piece>,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.image += 1,
            Event::Start(tag) if is_block(tag.to_end()) => {
                self.close();
                self.kinds.push(kind(&tag));
                #[cfg(feature = "html")]
                {
                    self.html.open = matches!(tag, Tag::HtmlBlock);
                }
            }
            Event::End(TagEnd::Image) => self.image -= 1,
            Event::End(tag) if is_block(tag) => {
                self.close();
                #[cfg(feature = "html")]
                self.read_html();
                self.kinds.pop();
            }
            Event::Text(text) | Event::Code(text) => self.text(&text, range),
            #[cfg(feature = "html")]
            Event::Html(text) => self.html.push(&text, self.source, range),
            #[cfg(feature = "html")]
            Event::InlineHtml(tag) if is_break(&tag) => self.writer.space(),
            #[cfg(not(feature = "html"))]
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text, range),
            Event::SoftBreak | Event::HardBreak => self.writer.space(),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.only_image &= self.image > 0 || text.trim().is_empty();
        let pieces = [piece(text, self.source, range)];
        match self.kind() {
            Kind::Code => self.writer.verbatim(text, &pieces),
            _ => self.writer.words(text, &pieces),
        }
    }

    /// What the innermost block that tells is.
    fn kind(&self) -> Kind {
        let told = self.kinds.iter().rev().find_map(|&kind| kind);
        told.unwrap_or_default()
    }

    fn close(&mut self) {
        let kind = match self.kind() {
            Kind::Body if self.only_image && self.writer.is_open() => Kind::Caption,
            kind => kind,
        };
        self.only_image = true;
        self.writer.close(Label {
            kind,
            lang: None,
            boilerplate: None,
        });
    }

    /// Adds the blocks of the HTML that ends.
    #[cfg(feature = "html")]
    fn read_html(&mut self) {
        let Html { open, text, pieces } = std::mem::take(&mut self.html);
        if open {
            self.writer
                .document(&super::html::read(&text, false), &pieces);
        }
    }
}

#[cfg(feature = "html")]
impl Html {
    fn push(&mut self, text: &str, source: &str, range: Range<usize>) {
        let at = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece {
            at,
            ..piece(text, source, range)
        });
    }
}

/// Where a text stands in a range of the source: as it is, with markup around it, or in other words.
fn piece(text: &str, source: &str, range: Range<usize>) -> Piece {
    let raw = source.get(range.clone()).unwrap_or_default();
    match raw.find(text) {
        Some(before) => Piece {
            at: 0,
            start: range.start + before,
            end: None,
        },
        None => Piece {
            at: 0,
            start: range.start,
            end: Some(range.end),
        },
    }
}

/// Whether a tag is that of a line break.
#[cfg(feature = "html")]
fn is_break(tag: &str) -> bool {
    let name = tag.get(..3);
    name.is_some_and(|name| name.eq_ignore_ascii_case("<br"))
}

/// Whether an element is a block, and not part of one.
const fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// What the paragraphs in a block are, where it tells.
const fn kind(tag: &Tag<'_>) -> Option<Kind> {
    Some(match tag {
        Tag::Heading { .. } => Kind::Heading,
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::CodeBlock(_) => Kind::Code,
        Tag::Item => Kind::ListItem,
        Tag::TableCell => Kind::TableCell,
        Tag::FootnoteDefinition(_) => Kind::Body,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    /// The blocks of a text: kind and the source that each stands in, with its text where that is another.
    fn show(source: &str) -> Vec<String> {
        let document = read(source);
        let blocks = document.blocks.iter().map(|block| {
            let text = &document.text[block.range.clone()];
            let place = document.places.of(block.range.clone());
            let kind = block.kind;
            match place.map(|place| &source[place]) {
                Some(raw) if raw == text => format!("{kind:?}: {text}"),
                Some(raw) => format!("{kind:?}: {text} <- {raw}"),
                None => format!("{kind:?}: {text} <- nowhere"),
            }
        });
        blocks.collect()
    }

    fn check(cases: &[(&str, &str, &[&str])]) {
        for (name, source, expected) in cases {
            assert_eq!(show(source), *expected, "{name}: {source:?}");
        }
    }

    #[test]
    fn blocks_and_kinds() {
        check(&[
            ("nothing", "", &[]),
            ("paragraphs", "a\nb\n\nc", &["Body: a b <- a\nb", "Body: c"]),
            (
                "headings",
                "# a\n\nb\n===\n\n## c ## {#id}\n",
                &["Heading: a", "Heading: b", "Heading: c"],
            ),
            (
                "lists",
                "* a\n* b\n\n  c\n\n1. d\n   - [x] e\n",
                &[
                    "ListItem: a",
                    "ListItem: b",
                    "ListItem: c",
                    "ListItem: d",
                    "ListItem: e",
                ],
            ),
            (
                "quotations",
                "> a\n> b\n>\n> # c\n\n> [!NOTE]\n> d\n",
                &["Quote: a b <- a\n> b", "Heading: c", "Quote: d"],
            ),
            (
                "table",
                "| a | b |\n|---|---|\n| c | *d* |\n",
                &[
                    "TableCell: a",
                    "TableCell: b",
                    "TableCell: c",
                    "TableCell: d",
                ],
            ),
            (
                "code",
                "```rust\na\n\n  b\n```\n\n    c\n\n~~~\nd",
                &["Code: a\n\n  b", "Code: c", "Code: d"],
            ),
            ("code without text", "```\n\n```\n", &[]),
            (
                "footnotes",
                "a[^1] b\n\n[^1]: c\n",
                &["Body: a b <- a[^1] b", "Body: c"],
            ),
            (
                "picture",
                "![a *b*](c.png)\n\nd ![e](f)",
                &["Caption: a b <- a *b", "Body: d e <- d ![e"],
            ),
            ("rule", "a\n\n---\n\nb", &["Body: a", "Body: b"]),
        ]);
    }

    #[test]
    fn inline_markup() {
        check(&[
            (
                "emphasis and links",
                "*a* **b** ~~c~~ [d](e \"f\") <https://g.h> `i  j`",
                &[
                    "Body: a b c d https://g.h i j <- a* **b** ~~c~~ [d](e \"f\") <https://g.h> `i  j",
                ],
            ),
            (
                "escapes",
                "\\*a\\* &amp; b",
                &["Body: *a* & b <- *a\\* &amp; b"],
            ),
            (
                "entities at the edges",
                "&lt;a&gt;",
                &["Body: <a> <- &lt;a&gt;"],
            ),
            ("breaks", "a  \nb\\\nc", &["Body: a b c <- a  \nb\\\nc"]),
            ("references", "[a][b]\n\n[b]: c\n", &["Body: a"]),
        ]);
    }

    #[cfg(feature = "html")]
    #[test]
    fn html_is_read() {
        check(&[
            (
                "block",
                "<div align=center>\n<p>a &amp; b</p>\n<!-- c -->\n<script>d</script>\n</div>\n\ne",
                &["Body: a & b <- a &amp; b", "Body: e"],
            ),
            (
                "inline",
                "a<br>b <b>c</b> <!-- d -->",
                &["Body: a b c <- a<br>b <b>c"],
            ),
            (
                "in a quotation",
                "> <table><tr>\n> <td>a\n> b</table>\n",
                &["TableCell: a b <- a\n> b"],
            ),
        ]);
    }

    #[cfg(not(feature = "html"))]
    #[test]
    fn html_stands_as_it_is() {
        check(&[
            ("block", "<p>a</p>\n\nb", &["Body: <p>a</p>", "Body: b"]),
            ("inline", "a <b>b</b>", &["Body: a <b>b</b>"]),
        ]);
    }

    #[test]
    fn front_matter_is_no_text() {
        let source = "---\ntitle: a\nlang: de\nurl: b\nlicence: c\n---\n# d";
        assert_eq!(show(source), ["Heading: d"]);
        let document = read(source);
        assert_eq!(document.lang, Some(Lang::DE));
        assert_eq!(document.url.as_deref(), Some("b"));
        assert_eq!(document.licence.as_deref(), Some("c"));
    }

    #[test]
    fn long_texts_take_linear_time() {
        let n = 20_000;
        for text in [
            "> ".repeat(n) + "a",
            "* ".repeat(n) + "a",
            "[".repeat(n) + "a",
            "![".repeat(n) + "a",
            "*a _b ".repeat(n),
            "`".repeat(n) + "a",
            "<a ".repeat(n),
            "<div>\n".repeat(n),
            "| a ".repeat(n) + "\n" + &"|-".repeat(n),
            "[^a]: ".repeat(n),
            "a\n\n".repeat(n),
            "    a\n".repeat(n),
            "---\n".repeat(n),
        ] {
            let document = read(&text);
            assert!(document.blocks.len() <= text.len());
        }
    }
}
