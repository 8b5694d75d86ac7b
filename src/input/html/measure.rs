//! [`Measures`]: how much text each element of a page holds, and how much of it in links.

use super::element;
use super::tree::{Data, Id, ROOT, Step, Tree};

/// What an element holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Characters that are seen, white space left out.
    pub(super) chars: usize,
    /// Those of them that stand in links.
    pub(super) linked: usize,
    /// Links.
    pub(super) links: usize,
    /// Characters in paragraphs that the element is the innermost block of: in runs of text that are
    /// long enough, and little of them in links.
    pub(super) prose: usize,
    /// Whether the element holds the title of the page or of the article, or its main part.
    pub(super) holds: Holds,
}

/// Elements that an article begins with or stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Holds {
    pub(super) title: bool,
    pub(super) main: bool,
    pub(super) article: bool,
    pub(super) nav: bool,
}

impl Measure {
    /// Whether at least this share of the text stands in links.
    pub(super) fn is_linked(&self, share: f64) -> bool {
        self.chars > 0 && self.linked as f64 >= share * self.chars as f64
    }

    fn add(&mut self, inner: Self) {
        self.chars += inner.chars;
        self.linked += inner.linked;
        self.links += inner.links;
        self.holds.title |= inner.holds.title;
        self.holds.main |= inner.holds.main;
        self.holds.article |= inner.holds.article;
        self.holds.nav |= inner.holds.nav;
    }
}

/// The measures of all nodes of a tree.
#[derive(Debug)]
pub(super) struct Measures {
    nodes: Vec<Measure>,
    hidden: Vec<bool>,
    /// Elements `<pre>` with a `<code>` inside.
    code: Vec<bool>,
}

/// Fewest characters of a run of text that is prose: more than a label or an item of a menu.
const PROSE: usize = 60;

impl Measures {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut measures = Self {
            nodes: vec![Measure::default(); tree.len()],
            hidden: vec![false; tree.len()],
            code: vec![false; tree.len()],
        };
        let mut hidden = None;
        let mut links = 0_usize;
        let mut run = Run::default();
        for step in tree.walk(ROOT) {
            match step {
                Step::Enter(id) if hidden.is_none() => match &tree.node(id).data {
                    Data::Element(element) => {
                        if element::is_hidden(element) {
                            hidden = Some(id);
                            measures.hidden[id] = true;
                            continue;
                        }
                        if element::is_block(element) {
                            measures.end(&mut run, tree.node(id).parent);
                        }
                        links += usize::from(element::is_link(element));
                        measures.enter(tree, id);
                    }
                    Data::Text(text) => {
                        let seen = text.text.chars().filter(|c| !c.is_whitespace()).count();
                        let linked = if links > 0 { seen } else { 0 };
                        let own = &mut measures.nodes[id];
                        (own.chars, own.linked) = (seen, linked);
                        run.chars += seen;
                        run.linked += linked;
                    }
                    Data::Other => {}
                },
                Step::Leave(id) if hidden.is_none_or(|top| top == id) => {
                    if hidden.take().is_none()
                        && let Some(element) = tree.element(id)
                    {
                        if element::is_block(element) {
                            measures.end(&mut run, Some(id));
                        }
                        links -= usize::from(element::is_link(element));
                    }
                    if let Some(parent) = tree.node(id).parent {
                        let own = measures.nodes[id];
                        measures.nodes[parent].add(own);
                    }
                }
                Step::Enter(_) | Step::Leave(_) => {}
            }
        }
        measures
    }

    /// What a node holds.
    pub(super) fn node(&self, id: Id) -> &Measure {
        &self.nodes[id]
    }

    /// What the page holds.
    pub(super) fn page(&self) -> &Measure {
        &self.nodes[ROOT]
    }

    /// Whether nothing of an element is seen.
    pub(super) fn is_hidden(&self, id: Id) -> bool {
        self.hidden[id]
    }

    /// Whether an element is a `<pre>` that holds code.
    pub(super) fn is_code(&self, id: Id) -> bool {
        self.code[id]
    }

    fn enter(&mut self, tree: &Tree, id: Id) {
        let Some(element) = tree.element(id) else {
            return;
        };
        let own = &mut self.nodes[id];
        own.links = usize::from(element::is_link(element));
        let role = element.attribute("role");
        own.holds = Holds {
            title: element.name() == "h1",
            main: element.name() == "main" || role == Some("main"),
            article: element.name() == "article" || role == Some("article"),
            nav: element.name() == "nav" || role == Some("navigation"),
        };
        if element::is_formatting(element, "code") {
            let mut above = tree.ancestors(id);
            let pre = above.find(|&id| tree.element(id).is_some_and(|e| e.name() == "pre"));
            if let Some(pre) = pre {
                self.code[pre] = true;
            }
        }
    }

    /// Ends a run of text that stands right in a block.
    fn end(&mut self, run: &mut Run, block: Option<Id>) {
        let Run { chars, linked } = std::mem::take(run);
        if let Some(block) = block.filter(|_| chars >= PROSE && linked * 2 <= chars) {
            self.nodes[block].prose += chars;
        }
    }
}

/// A run of text: its characters, and those in links.
#[derive(Debug, Default)]
struct Run {
    chars: usize,
    linked: usize,
}
