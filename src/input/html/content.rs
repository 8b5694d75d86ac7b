//! The main content of a page: the element that holds the article.
//!
//! 1. `<main>` (or `role="main"`) where it holds most of the prose of the page, and inside it the
//!    `<article>` that holds nearly all of that, unless the title stands outside.
//! 2. Otherwise the `<article>` that holds most of the prose.
//! 3. Otherwise the smallest element that holds nearly all of it.
//!
//! Prose is text in paragraphs that are long enough and have few links, and stand in nothing that is
//! boilerplate.

use super::marks::Marks;
use super::measure::Measures;
use super::tree::{Id, ROOT, Step, Tree};

/// The share of the prose of a page that a main part or an article holds, at least, and the share of it
/// that an element holds which is taken for all.
const MOST: f64 = 0.5;
const ALL: f64 = 0.9;

/// The element that holds the article.
pub(super) fn root(tree: &Tree, measures: &Measures, marks: &Marks) -> Id {
    let prose = prose(tree, measures, marks);
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
            let paragraph = 2 * measures.node(id).prose > prose[id];
            prose[id] as f64 >= ALL * prose[root] as f64 && prose[id] > 0 && !paragraph
        };
        match children.find(holds) {
            Some(child) => root = child,
            None => return root,
        }
    }
}

/// Characters of prose in each element.
fn prose(tree: &Tree, measures: &Measures, marks: &Marks) -> Vec<usize> {
    let mut prose = vec![0; tree.len()];
    for step in tree.walk(ROOT) {
        if let Step::Leave(id) = step {
            if marks.of_node(id).is_none() {
                prose[id] += measures.node(id).prose;
            }
            if let Some(parent) = tree.node(id).parent {
                prose[parent] += prose[id];
            }
        }
    }
    prose
}

fn named_or_role(tree: &Tree, id: Id, name: &str) -> bool {
    let element = tree.element(id);
    element.is_some_and(|e| e.name() == name || e.attribute("role") == Some(name))
}
