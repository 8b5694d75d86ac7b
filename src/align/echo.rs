//! Quotations that stand twice: left in another language, and translated beside it.
//!
//! A path links a sentence once, so of a quotation in its own language and the translation next to
//! it one is left alone. Where two neighbouring paragraphs are such that one is in the language of
//! its version and one is not, and one is linked and the other wholly alone, the latter is held
//! against what the former is linked to. It is linked too if the best path through the two has
//! log-odds of at least [`LEAST`].

use std::ops::Range;

use super::band::Band;
use super::lattice::{self, Step};
use super::pair::Pair;
use crate::evidence::Words;

/// Least log-odds of a second link, in nats: seven to one, for there are two neighbours to try,
/// and no order of the text speaks for it. On the dev gold hardly a block lies between 0 and 3.
const LEAST: f32 = 2.0;

/// The steps by which paragraphs that the path leaves alone are linked a second time, and the
/// probability of each.
pub(super) fn second_links(path: &[Step], pair: &Pair<'_>, words: &mut Words) -> Vec<(Step, f32)> {
    let mut found = Vec::new();
    for side in 0..2 {
        let features = pair.sides()[side];
        let partners = partners(path, side, features.sentences().len());
        let paragraphs: Vec<Range<usize>> = features.paragraphs().collect();
        for pair_of in paragraphs.windows(2) {
            let foreign = |p: &Range<usize>| features.sentences()[p.start].foreign;
            if foreign(&pair_of[0]) == foreign(&pair_of[1]) {
                continue;
            }
            let spans = [0, 1].map(|p| span(&partners[pair_of[p].clone()]));
            let (linked, alone) = match spans {
                [Some(linked), None] => (linked, pair_of[1].clone()),
                [None, Some(linked)] => (linked, pair_of[0].clone()),
                _ => continue,
            };
            let block = match side {
                0 => [alone, linked],
                _ => [linked, alone],
            };
            found.extend(links_between(block, pair, words));
        }
    }
    found
}

/// The links of the best path through a block of rows and columns, if it is good enough.
fn links_between(
    [rows, columns]: [Range<usize>; 2],
    pair: &Pair<'_>,
    words: &mut Words,
) -> Vec<(Step, f32)> {
    let shifted = |run: &Range<usize>, by: usize| run.start + by..run.end + by;
    let mut score = |r: &Range<usize>, c: &Range<usize>| {
        pair.score(words, shifted(r, rows.start), shifted(c, columns.start))
    };
    let band = Band::along(&[], rows.len(), columns.len(), columns.len());
    let path = lattice::best_path(&band, &lattice::SHAPES, |r, c| score(&r, &c));
    let total: f32 = path.iter().map(|s| score(&s.rows, &s.columns)).sum();
    if total < LEAST {
        return Vec::new();
    }
    let p = pair.probability(total);
    (path.into_iter())
        .filter(Step::links)
        .map(|step| {
            let rows = shifted(&step.rows, rows.start);
            let columns = shifted(&step.columns, columns.start);
            (Step { rows, columns }, p)
        })
        .collect()
}

/// What the sentences of one side are linked to.
fn partners(path: &[Step], side: usize, sentences: usize) -> Vec<Option<Range<usize>>> {
    let mut partners = vec![None; sentences];
    for step in path {
        let (own, other) = match side {
            0 => (&step.rows, &step.columns),
            _ => (&step.columns, &step.rows),
        };
        if !other.is_empty() {
            partners[own.clone()].fill(Some(other.clone()));
        }
    }
    partners
}

/// From the first to the last of what some sentences are linked to.
fn span(partners: &[Option<Range<usize>>]) -> Option<Range<usize>> {
    let mut linked = partners.iter().flatten();
    let first = linked.next()?;
    let last = linked.next_back().unwrap_or(first);
    Some(first.start..last.end)
}

#[cfg(test)]
mod tests {
    use crate::{Aligner, Article};

    const ENGLISH: &str = "\
The bridge over the Sorn was closed on 4 May after 81 years.\n\n\
The engineer Mira Toll had warned the council of Hartau in 2019.\n\n\
“We counted 212 cracks in the third pillar alone, and nobody in Hartau wanted to hear of it.”\n\n\
Now the ferry runs every 20 minutes until the autumn of 2027.";

    fn shapes(german: &str) -> Vec<String> {
        let article = Article::detect([ENGLISH, german]).unwrap();
        let alignment = Aligner::new().align(&article);
        alignment
            .iter()
            .map(|bead| bead.shape().to_string())
            .collect()
    }

    #[test]
    fn a_quotation_beside_its_translation() {
        let german = "\
Die Brücke über die Sorn wurde am 4. Mai nach 81 Jahren gesperrt.\n\n\
Die Ingenieurin Mira Toll hatte den Rat von Hartau schon 2019 gewarnt.\n\n\
„Allein im dritten Pfeiler haben wir 212 Risse gezählt, und in Hartau wollte das keiner hören.“\n\n\
“We counted 212 cracks in the third pillar alone, and nobody in Hartau wanted to hear of it.”\n\n\
Nun fährt bis zum Herbst 2027 alle 20 Minuten die Fähre.";
        assert_eq!(shapes(german), ["1:1", "1:1", "1:2", "1:1"]);
    }

    #[test]
    fn a_quotation_beside_something_else() {
        let german = "\
Die Brücke über die Sorn wurde am 4. Mai nach 81 Jahren gesperrt.\n\n\
Die Ingenieurin Mira Toll hatte den Rat von Hartau schon 2019 gewarnt.\n\n\
Lesen Sie auch unser Dossier über Wanderwege im Mittelgebirge und über die schönsten Seen.\n\n\
“We counted 212 cracks in the third pillar alone, and nobody in Hartau wanted to hear of it.”\n\n\
Nun fährt bis zum Herbst 2027 alle 20 Minuten die Fähre.";
        assert_eq!(shapes(german), ["1:1", "1:1", "0:1", "1:1", "1:1"]);
    }
}
