//! Pages in HTML.
//!
//! 1. The source becomes the [tree](tree) that a browser makes of it, and every text in it knows where
//!    it stands in the source ([`tokens`]).
//! 2. What each element holds is [measured](measure), what is there for the page's own sake is
//!    [marked](marks), and, where it is asked for, the main content [looked for](content).
//! 3. A walk through the tree puts the paragraphs together: each run of text between the bounds of two
//!    blocks is one, so that all that is seen stands in exactly one.
//!
//! Time and space are linear in the source, but for the depth of elements, which is bounded.

use super::document::{Document, Label, Writer};
use crate::article::{Boilerplate, Kind};
use crate::lang::Lang;

mod content;
mod element;
mod marks;
mod measure;
mod tokens;
mod tree;
mod words;

use marks::Marks;
use measure::Measures;
use tree::{Data, Element, Id, ROOT, Step, Text, Tree};

/// Reads a page. With `main_content`, paragraphs outside the main content and those that structure
/// marks as boilerplate are left out.
pub(crate) fn read(source: &str, main_content: bool) -> Document {
    let tree = tokens::parse(source);
    let measures = Measures::of(&tree);
    let marks = Marks::of(&tree, &measures);
    let content = main_content.then(|| content::root(&tree, &measures, &marks));
    let mut walk = Walk {
        tree: &tree,
        measures: &measures,
        marks: &marks,
        content,
        writer: Writer::default(),
        states: vec![State {
            content: content == Some(ROOT),
            ..State::default()
        }],
        open: Open::default(),
        breaks: 0,
    };
    walk.run();
    let lang = page_lang(&tree);
    Document {
        lang,
        ..walk.writer.finish()
    }
}

/// The language that the page is said to be in.
fn page_lang(tree: &Tree) -> Option<Lang> {
    let top = tree.walk(ROOT).filter_map(|step| match step {
        Step::Enter(id) => tree.element(id),
        Step::Leave(_) => None,
    });
    let mut top = top.filter(|element| is_top(element)).take(2);
    top.find_map(element::lang)
}

/// Whether an element holds the whole page.
fn is_top(element: &Element) -> bool {
    matches!(element.name(), "html" | "body")
}

/// What holds of the text in an element.
#[derive(Clone, Copy, Default)]
struct State {
    kind: Kind,
    /// The language by the nearest element that tells, and by the nearest block.
    lang: Option<Lang>,
    block_lang: Option<Lang>,
    boilerplate: Option<Boilerplate>,
    /// White space is kept.
    verbatim: bool,
    linked: bool,
    /// In a head of the page in which links are a menu.
    head: bool,
    /// In the main content, if that was looked for.
    content: bool,
}

/// What is known of the paragraph that is open.
#[derive(Clone, Copy, Default)]
struct Open {
    /// What held where it began.
    state: State,
    /// Whether its texts are in several languages.
    mixed: bool,
    /// Its characters that are seen, and those of them in links.
    chars: usize,
    linked: usize,
}

struct Walk<'t> {
    tree: &'t Tree,
    measures: &'t Measures,
    marks: &'t Marks,
    content: Option<Id>,
    writer: Writer,
    /// One for each element that was entered and not left.
    states: Vec<State>,
    open: Open,
    /// Line breaks since the last text.
    breaks: usize,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut hidden = None;
        for step in self.tree.walk(ROOT) {
            match step {
                Step::Enter(id) if hidden.is_none() => match &self.tree.node(id).data {
                    Data::Element(_) if self.measures.is_hidden(id) => hidden = Some(id),
                    Data::Element(element) => self.enter(id, element),
                    Data::Text(text) => self.text(text),
                    Data::Other => {}
                },
                Step::Leave(id) if hidden == Some(id) => hidden = None,
                Step::Leave(id) if hidden.is_none() => {
                    if let Data::Element(element) = &self.tree.node(id).data {
                        self.states.pop();
                        if element::is_block(element) {
                            self.close();
                        }
                    }
                }
                Step::Enter(_) | Step::Leave(_) => {}
            }
        }
        self.close();
    }

    fn state(&self) -> State {
        self.states.last().copied().unwrap_or_default()
    }

    fn enter(&mut self, id: Id, element: &Element) {
        let mut state = self.state();
        let block = element::is_block(element);
        if block {
            self.close();
        }
        match element.name() {
            "br" if state.verbatim => self.writer.verbatim("\n", &[]),
            "br" => {
                self.breaks += 1;
                match self.breaks {
                    1 => self.writer.space(),
                    _ => self.close(),
                }
            }
            _ => {}
        }
        if let Some(kind) = element::kind(element) {
            state.kind = match kind {
                Kind::Preformatted if self.measures.is_code(id) => Kind::Code,
                kind => kind,
            };
            state.verbatim |= kind == Kind::Preformatted;
        }
        if !is_top(element) && has_lang(element) {
            state.lang = element::lang(element);
        }
        if block {
            state.block_lang = state.lang;
        }
        state.boilerplate = self.marks.of_node(id);
        state.head = self.marks.is_in_head(id);
        state.linked |= element::is_link(element);
        state.content |= self.content == Some(id) || element.name() == "h1";
        self.states.push(state);
    }

    fn text(&mut self, text: &Text) {
        let seen = text.text.chars().filter(|c| !c.is_whitespace()).count();
        let state = self.state();
        if seen > 0 {
            self.breaks = 0;
            if !self.writer.is_open() || self.open.chars == 0 {
                self.open = Open {
                    state,
                    ..Open::default()
                };
            }
            self.open.mixed |= self.open.state.lang != state.lang;
            self.open.chars += seen;
            self.open.linked += if state.linked { seen } else { 0 };
        }
        match state.verbatim {
            true => self.writer.verbatim(&text.text, &text.pieces),
            false => self.writer.words(&text.text, &text.pieces),
        }
    }

    /// Ends the paragraph that is open, if one is.
    fn close(&mut self) {
        self.breaks = 0;
        let Open {
            state,
            mixed,
            chars,
            linked,
        } = std::mem::take(&mut self.open);
        let menu = state.head && 2 * linked >= chars;
        let boilerplate = state
            .boilerplate
            .or(menu.then_some(Boilerplate::Navigation));
        if self.content.is_some() && !(state.content && boilerplate.is_none()) {
            self.writer.discard();
            return;
        }
        self.writer.close(Label {
            kind: state.kind,
            lang: if mixed { state.block_lang } else { state.lang },
            boilerplate,
        });
    }
}

fn has_lang(element: &Element) -> bool {
    ["lang", "xml:lang"]
        .iter()
        .any(|name| element.attribute(name).is_some())
}

#[cfg(test)]
mod tests;
