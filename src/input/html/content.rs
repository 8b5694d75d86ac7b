//! The main content of a page: the element that holds the article.
//!
//! 1. `<main>` (or `role="main"`) where it holds most of the prose of the page, and inside it the
//!    `<article>` that holds nearly all of that, unless the title stands outside.
//! 2. Otherwise the `<article>` that holds most of the prose.
//! 3. Otherwise the smallest element that holds nearly all of it.
//!
//! Prose is text in paragraphs that are long enough and have few links, and stand in nothing that is
//! boilerplate. Where less than half of such text is in long paragraphs, as in recipes and instructions,
//! all of it counts.

use super::marks::Marks;
use super::measure::Measures;
use super::tree::{Data, Id, ROOT, Step, Tree};

/// The share of the prose of a page that a main part or an article holds, at least, and the share of it
/// that an element holds which is taken for all.
const MOST: f64 = 0.5;
const ALL: f64 = 0.9;

/// The element that holds the article.
pub(super) fn root(tree: &Tree, measures: &Measures, marks: &Marks) -> Id {
    let long = sums(tree, marks, |id| measures.node(id).prose);
    let text = sums(tree, marks, |id| match tree.node(id).data {
        Data::Text(_) => measures.node(id).chars - measures.node(id).linked,
        _ => 0,
    });
    let prose = if 2 * long[ROOT] < text[ROOT] {
        text
    } else {
        long
    };
    let holds = |id: Id, of: Id, share: f64| prose[id] as f64 >= share * prose[of] as f64;
    let named = |is: &dyn Fn(Id) -> bool| {
        let elements = tree.walk(ROOT).filter_map(|step| match step {
            Step::Enter(id) if is(id) && !measures.is_hidden(id) => Some(id),
            _ => None,
        });
        // Of equals the outermost.
        elements.reduce(|best, id| if prose[id] > prose[best] { id } else { best })
    };
    let is_main = |id: Id| named_or_role(tree, id, "main");
    let is_article = |id: Id| named_or_role(tree, id, "article");
    let main = named(&is_main).filter(|&main| holds(main, ROOT, MOST));
    let article = named(&is_article).filter(|&article| holds(article, ROOT, MOST));
    match (main, article) {
        (Some(main), Some(article)) => {
            let inside = tree.ancestors(article).any(|id| id == main);
            let title = |id: Id| measures.node(id).holds.title;
            let whole = holds(article, main, ALL) && (title(article) || !title(main));
            if inside && whole { article } else { main }
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => innermost(tree, measures, &prose),
    }
}

/// The smallest element that holds nearly all prose, but for a paragraph alone.
fn innermost(tree: &Tree, measures: &Measures, prose: &[usize]) -> Id {
    let mut root = ROOT;
    loop {
        let mut children = std::iter::successors(tree.node(root).first, |&id| tree.node(id).next);
        let holds = |&id: &Id| {
            if tree.element(id).is_none() {
                return false;
            }
            let paragraph = 2 * measures.node(id).prose > prose[id];
            prose[id] as f64 >= ALL * prose[root] as f64 && prose[id] > 0 && !paragraph
        };
        match children.find(holds) {
            Some(child) => root = child,
            None => return root,
        }
    }
}

/// What each element holds of something that nodes have of their own, unless they are marked.
fn sums(tree: &Tree, marks: &Marks, own: impl Fn(Id) -> usize) -> Vec<usize> {
    let mut sums = vec![0; tree.len()];
    for step in tree.walk(ROOT) {
        if let Step::Leave(id) = step {
            let marked = |id| marks.of_node(id).is_some();
            if !marked(id) && !tree.node(id).parent.is_some_and(marked) {
                sums[id] += own(id);
            }
            if let Some(parent) = tree.node(id).parent {
                sums[parent] += sums[id];
            }
        }
    }
    sums
}

fn named_or_role(tree: &Tree, id: Id, name: &str) -> bool {
    let element = tree.element(id);
    element.is_some_and(|e| e.name() == name || e.attribute("role") == Some(name))
}
