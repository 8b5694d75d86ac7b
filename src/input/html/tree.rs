//! [`Tree`]: the nodes of a page, and the [`Sink`] through which html5ever builds it.
//!
//! Nodes stand in one vector and name one another by number, so that a tree of any depth is built,
//! walked and dropped without recursion.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName};

use super::super::place::Piece;

/// The number of a node.
pub(super) type Id = usize;

/// The node that holds all others.
pub(super) const ROOT: Id = 0;

/// The nodes of a page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: Option<Id>,
    previous: Option<Id>,
    pub(super) next: Option<Id>,
    pub(super) first: Option<Id>,
    last: Option<Id>,
    /// How many nodes hold it when it is put into the tree.
    depth: usize,
    pub(super) data: Data,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// A node that is not seen: a document, a comment.
    Other,
    Element(Element),
    Text(Text),
}

/// An element: its name and those of its attributes that are asked for.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: Rc<QualName>,
    attributes: Vec<Attribute>,
    /// What holds the content of a `<template>`.
    template: Option<Id>,
    /// Whether it is one of MathML that HTML may stand in.
    holds_html: bool,
}

impl Element {
    /// The local name, lower case in HTML.
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute, by its local name.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|a| &*a.name.local == name)
            .map(|a| &*a.value)
    }
}

/// The text of a node, and where it stands in the source.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
}

impl Text {
    /// Adds text behind the text that there is.
    pub(super) fn push(&mut self, text: &str, pieces: impl IntoIterator<Item = Piece>) {
        let at = self.text.len();
        self.text.push_str(text);
        let moved = |piece: Piece| Piece {
            at: at + piece.at,
            ..piece
        };
        self.pieces.extend(pieces.into_iter().map(moved));
    }
}

impl Tree {
    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element that a node is.
    pub(super) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].data {
            Data::Element(element) => Some(element),
            Data::Other | Data::Text(_) => None,
        }
    }

    /// The nodes that hold a node, from its parent up.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.nodes[id].parent, |&id| self.nodes[id].parent)
    }

    /// Enters and leaves every node below `top`, in the order of the page.
    pub(super) fn walk(&self, top: Id) -> impl Iterator<Item = Step> {
        let mut next = self.nodes[top].first.map(Step::Enter);
        std::iter::from_fn(move || {
            let step = next?;
            next = match step {
                Step::Enter(id) => Some(self.nodes[id].first.map_or(Step::Leave(id), Step::Enter)),
                Step::Leave(id) => match (self.nodes[id].next, self.nodes[id].parent) {
                    (Some(sibling), _) => Some(Step::Enter(sibling)),
                    (None, Some(parent)) if parent != top => Some(Step::Leave(parent)),
                    (None, _) => None,
                },
            };
            Some(step)
        })
    }

    fn new_node(&mut self, data: Data) -> Id {
        self.nodes.push(Node {
            parent: None,
            previous: None,
            next: None,
            first: None,
            last: None,
            depth: 0,
            data,
        });
        self.nodes.len() - 1
    }

    fn detach(&mut self, id: Id) {
        let node = &mut self.nodes[id];
        let parent = node.parent.take();
        let (previous, next) = (node.previous.take(), node.next.take());
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous].next = next,
            (None, Some(parent)) => self.nodes[parent].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next].previous = previous,
            (None, Some(parent)) => self.nodes[parent].last = previous,
            (None, None) => {}
        }
    }

    /// Puts a node without parent into `parent`, before `next` or behind all others.
    fn insert(&mut self, id: Id, parent: Id, next: Option<Id>) {
        let previous = match next {
            Some(next) => self.nodes[next].previous.replace(id),
            None => self.nodes[parent].last.replace(id),
        };
        match previous {
            Some(previous) => self.nodes[previous].next = Some(id),
            None => self.nodes[parent].first = Some(id),
        }
        let depth = self.nodes[parent].depth + 1;
        let node = &mut self.nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
        node.depth = depth;
    }

    /// Puts text into `parent`, before `next` or behind all others; it joins the text before it.
    fn insert_text(&mut self, text: &str, pieces: Vec<Piece>, parent: Id, next: Option<Id>) {
        let before = match next {
            Some(next) => self.nodes[next].previous,
            None => self.nodes[parent].last,
        };
        let id = match before {
            Some(before) if matches!(self.nodes[before].data, Data::Text(_)) => before,
            _ => {
                let id = self.new_node(Data::Text(Text::default()));
                self.insert(id, parent, next);
                id
            }
        };
        if let Data::Text(own) = &mut self.nodes[id].data {
            own.push(text, pieces);
        }
    }
}

/// A step of [`Tree::walk`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Enter(Id),
    Leave(Id),
}

/// A node by its number, with its name where it is an element.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: Id,
    name: Option<Rc<QualName>>,
}

/// What html5ever builds a [`Tree`] through.
///
/// It is told the text of the page twice: [`Sink::characters`] says where it stands in the source
/// before html5ever is given it, and html5ever where it belongs in the tree.
#[derive(Debug)]
pub(super) struct Sink {
    tree: RefCell<Tree>,
    run: RefCell<Run>,
    /// Depth of the element that was last put into the tree.
    depth: Cell<usize>,
}

/// The text between two tags, as far as html5ever has not put it into the tree.
#[derive(Debug, Default)]
struct Run {
    text: Text,
    /// How much of the text has found its place, in bytes.
    done: usize,
    /// A tag stands behind it, so that no more can be added.
    ended: bool,
}

impl Run {
    /// Where the pieces of a part of the run stand in the source. Parts are asked for in their order;
    /// between them may be some that html5ever leaves out.
    fn take(&mut self, part: &str) -> Vec<Piece> {
        let rest = &self.text.text[self.done..];
        let Some(skipped) = (rest.starts_with(part).then_some(0)).or_else(|| rest.find(part))
        else {
            return Vec::new();
        };
        let range = self.done + skipped..self.done + skipped + part.len();
        self.done = range.end;
        let pieces = &self.text.pieces;
        let first = pieces.partition_point(|piece| piece.at <= range.start);
        let inside = pieces[first.saturating_sub(1)..].iter();
        let inside = inside.take_while(|piece| piece.at < range.end);
        let cut = inside.map(|piece| {
            let piece = piece.from(piece.at.max(range.start));
            let at = piece.at - range.start;
            Piece { at, ..piece }
        });
        cut.collect()
    }
}

impl Sink {
    pub(super) fn new() -> Self {
        let mut tree = Tree { nodes: Vec::new() };
        tree.new_node(Data::Other);
        Self {
            tree: RefCell::new(tree),
            run: RefCell::default(),
            depth: Cell::new(0),
        }
    }

    /// Tells what text comes next, and where it stands in the source.
    pub(super) fn characters(&self, text: &str, pieces: Vec<Piece>) {
        let mut run = self.run.borrow_mut();
        if run.ended {
            *run = Run::default();
        }
        run.text.push(text, pieces);
    }

    /// Tells that a tag comes next.
    pub(super) fn tag(&self) {
        self.run.borrow_mut().ended = true;
    }

    /// How deep the element stands that was last put into the tree.
    pub(super) const fn depth(&self) -> usize {
        self.depth.get()
    }

    fn new_node(&self, data: Data) -> Handle {
        let name = match &data {
            Data::Element(element) => Some(Rc::clone(&element.name)),
            Data::Other | Data::Text(_) => None,
        };
        let id = self.tree.borrow_mut().new_node(data);
        Handle { id, name }
    }

    /// Puts a child into a node, before another of its children or behind all.
    fn insert(&self, child: NodeOrText<Handle>, parent: Id, next: Option<Id>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(child) => {
                tree.detach(child.id);
                tree.insert(child.id, parent, next);
                self.depth.set(tree.nodes[child.id].depth);
            }
            NodeOrText::AppendText(text) => {
                let pieces = self.run.borrow_mut().take(&text);
                tree.insert_text(&text, pieces, parent, next);
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        let (id, name) = (ROOT, None);
        Handle { id, name }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        target.name.as_deref().expect("only elements have names")
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Handle {
        let template = flags.template.then(|| self.new_node(Data::Other).id);
        self.new_node(Data::Element(Element {
            name: Rc::new(name),
            attributes,
            template,
            holds_html: flags.mathml_annotation_xml_integration_point,
        }))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.new_node(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.new_node(Data::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(child, parent.id, None);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let parent = self.tree.borrow().nodes[element.id].parent;
        match parent {
            Some(parent) => self.insert(child, parent, Some(element.id)),
            None => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let mut tree = self.tree.borrow_mut();
        let template = tree.element(target.id).and_then(|e| e.template);
        let id = template.unwrap_or(target.id);
        tree.nodes[id].depth = tree.nodes[target.id].depth;
        Handle { id, name: None }
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.tree.borrow().nodes[sibling.id].parent;
        if let Some(parent) = parent {
            self.insert(child, parent, Some(sibling.id));
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Data::Element(element) = &mut tree.nodes[target.id].data {
            let own = &mut element.attributes;
            for attribute in attributes {
                if own.iter().all(|a| a.name != attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.nodes[node.id].first {
            tree.detach(child);
            tree.insert(child, new_parent.id, None);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        let tree = self.tree.borrow();
        let element = tree.element(target.id);
        element.is_some_and(|e| e.holds_html)
    }
}

/// A name of an element or attribute.
pub(super) fn local_name(name: &[u8]) -> LocalName {
    LocalName::from(&*String::from_utf8_lossy(name))
}
