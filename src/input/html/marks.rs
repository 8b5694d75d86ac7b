//! Boilerplate of a page told by its structure: which elements are there for the page's own sake.
//!
//! An element tells by its name or its role (`<nav>`, `role="contentinfo"`), by its class or id
//! ([`words`]), or, where a list holds next to nothing but links, by that and by its place outside the
//! article. What holds the main part or the title of the page is never boilerplate as a whole.

use super::element;
use super::measure::{Measure, Measures};
use super::tree::{Data, Element, Id, ROOT, Step, Tree};
use super::words;
use crate::article::Boilerplate;

/// Longest text of a link in a menu, on average, in characters without white space.
const MENU_LINK: usize = 28;

/// Why each element is taken for boilerplate, if it is, itself or as part of another.
#[derive(Debug)]
pub(super) struct Marks {
    nodes: Vec<Option<Boilerplate>>,
    /// Heads of the page that hold its title: links in them are a menu.
    heads: Vec<bool>,
}

/// What is known of where an element stands.
#[derive(Clone, Copy, Default)]
struct Place {
    reason: Option<Boilerplate>,
    /// In an article or in the main part of the page.
    article: bool,
    /// In a section of any kind, a quotation or a figure.
    section: bool,
    /// In a quotation or a figure, whose foot says who it is from.
    quoted: bool,
    /// In code, where classes say what is coloured how.
    code: bool,
    head: bool,
}

impl Marks {
    pub(super) fn of(tree: &Tree, measures: &Measures) -> Self {
        let mut marks = Self {
            nodes: vec![None; tree.len()],
            heads: vec![false; tree.len()],
        };
        let prose = Prose::of(tree, measures);
        let mut places = vec![Place::default()];
        for step in tree.walk(ROOT) {
            match step {
                Step::Enter(id) => {
                    let mut place = places.last().copied().unwrap_or_default();
                    if let Data::Element(element) = &tree.node(id).data {
                        place.enter(element, id, measures, &prose);
                    }
                    marks.nodes[id] = place.reason;
                    marks.heads[id] = place.head;
                    places.push(place);
                }
                Step::Leave(_) => {
                    places.pop();
                }
            }
        }
        marks
    }

    /// Why an element is boilerplate.
    pub(super) fn of_node(&self, id: Id) -> Option<Boilerplate> {
        self.nodes[id]
    }

    /// Whether a node stands in a head of the page in which links are a menu.
    pub(super) fn is_in_head(&self, id: Id) -> bool {
        self.heads[id]
    }
}

impl Place {
    fn enter(&mut self, element: &Element, id: Id, measures: &Measures, prose: &Prose) {
        let measure = measures.node(id);
        let (name, role) = (
            element.name(),
            element.attribute("role").unwrap_or_default(),
        );
        let found = match self.code {
            true => None,
            false => self.told(element, measure, measures.page()).or_else(|| {
                let is_list = matches!(name, "ul" | "ol" | "table" | "div" | "p");
                let menu = is_list && !self.article && is_menu(measure) && prose.is_outside(id);
                let is_plain = self.reason.is_none() && menu;
                is_plain.then_some(Boilerplate::Navigation)
            }),
        };
        if let Some(found) = found
            && (is_specific(found) || !self.reason.is_some_and(is_specific))
        {
            self.reason = Some(found);
        }
        self.head |= is_head(name, role) && !self.section && self.reason.is_none();
        self.article |= matches!(name, "article" | "main") || matches!(role, "main" | "article");
        self.section |= matches!(
            name,
            "article"
                | "main"
                | "section"
                | "blockquote"
                | "figure"
                | "aside"
                | "details"
                | "dialog"
        );
        self.quoted |= matches!(name, "blockquote" | "figure");
        self.code |=
            matches!(name, "pre" | "svg" | "math") || element::is_formatting(element, "code");
    }

    /// Why an element is boilerplate by its name, its role, its class or its id.
    fn told(&self, element: &Element, measure: &Measure, page: &Measure) -> Option<Boilerplate> {
        use Boilerplate::{Aside, Comments, Cookies, Footer, Navigation};

        let (name, role) = (
            element.name(),
            element.attribute("role").unwrap_or_default(),
        );
        if matches!(name, "html" | "body" | "main") || measure.holds.main || role == "main" {
            return None;
        }
        // Most of the page, and not in links: whatever it is called, the article is in it.
        let is_whole = measure.chars * 2 > page.chars && !measure.is_linked(0.5);
        if is_whole && measure.holds.article {
            return None;
        }
        let by_words = Some(element).filter(|element| element::is_block(element));
        let by_words = by_words.and_then(|element| words::reason(element, measure));
        // Replies to an article may be more than it, and so may a notice.
        let by_words = by_words.filter(|reason| !is_whole || matches!(reason, Comments | Cookies));
        let is_dialog = matches!(role, "dialog" | "alertdialog") || name == "dialog";
        if measure.holds.title && (is_whole || !(is_dialog || by_words == Some(Cookies))) {
            return None;
        }
        if is_dialog {
            let cookies = words::is_cookie_dialog(element).then_some(Cookies);
            return cookies.or(by_words).or(Some(Aside));
        }
        if let Some(reason) = by_words.filter(|&reason| is_specific(reason)) {
            return Some(reason);
        }
        let by_name = match (name, role) {
            (_, "navigation" | "menu" | "menubar" | "toolbar" | "search" | "doc-toc") => {
                Some(Navigation)
            }
            (_, "contentinfo") => Some(Footer),
            (_, "complementary") => Some(Aside),
            ("nav" | "search" | "select", _) => Some(Navigation),
            ("button", _) => is_button(measure).then_some(Navigation),
            ("footer", _) if !self.quoted => Some(Footer),
            ("aside", _) => Some(Aside),
            ("header", _) | (_, "banner") if !self.section || role == "banner" => {
                let sure = page.holds.main || page.holds.article;
                (sure || measure.holds.nav || measure.is_linked(0.3)).then_some(Navigation)
            }
            _ => None,
        };
        let by_name = by_name.filter(|_| !words::is_note(element) || name == "nav");
        let by_words = by_words.filter(|&reason| reason != Footer || !self.article);
        by_name.or(by_words)
    }
}

/// A head of the page, of an article or of a section.
fn is_head(name: &str, role: &str) -> bool {
    name == "header" || role == "banner"
}

/// Whether a reason says more than where on the page an element stands.
const fn is_specific(reason: Boilerplate) -> bool {
    !matches!(
        reason,
        Boilerplate::Navigation | Boilerplate::Aside | Boilerplate::Footer
    )
}

/// A button of few words; one of many opens a part of the article.
const fn is_button(measure: &Measure) -> bool {
    measure.chars <= 24
}

/// Whether an element holds next to nothing but three short links or more.
fn is_menu(measure: &Measure) -> bool {
    measure.links >= 3 && measure.is_linked(0.9) && measure.linked <= MENU_LINK * measure.links
}

/// Where the prose of a page begins and ends: a menu stands before or behind all of it.
struct Prose {
    /// When each node is entered and left, in steps of a walk.
    steps: Vec<[usize; 2]>,
    /// From when the first paragraph is entered to when the last is left.
    inside: [usize; 2],
}

impl Prose {
    fn of(tree: &Tree, measures: &Measures) -> Self {
        let mut steps = vec![[0; 2]; tree.len()];
        let mut inside = [usize::MAX, 0];
        for (number, step) in tree.walk(ROOT).enumerate() {
            let (id, end) = match step {
                Step::Enter(id) => (id, 0),
                Step::Leave(id) => (id, 1),
            };
            steps[id][end] = number;
            if measures.node(id).prose > 0 {
                inside = [inside[0].min(number), number];
            }
        }
        Self { steps, inside }
    }

    fn is_outside(&self, id: Id) -> bool {
        let ([enter, leave], [first, last]) = (self.steps[id], self.inside);
        (leave < first && first < usize::MAX) || (last > 0 && enter > last)
    }
}
