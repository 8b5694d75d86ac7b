//! Quotations that stand twice: left in another language, and translated beside it.
//!
//! A path links a sentence once, so of a quotation in its own language and the translation next to
//! it one is left alone. Where two neighbouring paragraphs are such that one is in the language of
//! its version and one is not, and one is linked and the other wholly alone, the latter is held
//! against what the former is linked to. It is linked too if the best path through the two has
//! log-odds of at least [`LEAST`]. Where one bead of the path holds both already, all its rivals that
//! leave one of them out say nothing against it: if each alone has so much, that is its margin.

use std::ops::Range;

use super::band::Band;
use super::lattice::{self, Step};
use crate::features::Features;

/// Least log-odds of a second link, in nats: seven to one, for there are two neighbours to try,
/// and no order of the text speaks for it. On the dev gold hardly a block lies between 0 and 3.
const LEAST: f32 = 2.0;

/// The steps by which paragraphs that the path leaves alone are linked a second time; `score` is
/// that of a bead.
pub(super) fn second_links<S>(path: &[Step], sides: [&Features; 2], score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let mut found = Vec::new();
    for (side, features) in sides.into_iter().enumerate() {
        let partners = partners(path, side, features.sentences().len());
        let paragraphs: Vec<Range<usize>> = features.paragraphs().collect();
        for pair in paragraphs.windows(2) {
            let foreign = |p: &Range<usize>| features.sentences()[p.start].foreign;
            if foreign(&pair[0]) == foreign(&pair[1]) {
                continue;
            }
            let spans = [0, 1].map(|p| span(&partners[pair[p].clone()]));
            let (linked, alone) = match spans {
                [Some(linked), None] => (linked, pair[1].clone()),
                [None, Some(linked)] => (linked, pair[0].clone()),
                _ => continue,
            };
            let block = match side {
                0 => [alone, linked],
                _ => [linked, alone],
            };
            found.extend(links_between(block, score));
        }
    }
    found
}

/// Raises the margins of beads that hold a quotation and its translation beside it.
pub(super) fn sure_of_both<S>(path: &mut [Step], sides: [&Features; 2], score: &mut S)
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    for step in path
        .iter_mut()
        .filter(|s| !s.rows.is_empty() && !s.columns.is_empty())
    {
        for side in 0..2 {
            let run = [&step.rows, &step.columns][side].clone();
            let foreign = |s: usize| sides[side].sentences()[s].foreign;
            let Some(cut) = (run.start + 1..run.end).find(|&s| foreign(s) != foreign(s - 1)) else {
                continue;
            };
            let mut log_odds = |part| match side {
                0 => score(part, step.columns.clone()),
                _ => score(step.rows.clone(), part),
            };
            let least = log_odds(run.start..cut).min(log_odds(cut..run.end));
            if least >= LEAST {
                step.margin = step.margin.max(least.min(lattice::MAX_MARGIN));
            }
        }
    }
}

/// The links of the best path through a block of rows and columns, if it is good enough.
fn links_between<S>([rows, columns]: [Range<usize>; 2], score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let shifted = |run: &Range<usize>, by: usize| run.start + by..run.end + by;
    let mut score = |r: &Range<usize>, c: &Range<usize>| {
        score(shifted(r, rows.start), shifted(c, columns.start))
    };
    let band = Band::along(&[], rows.len(), columns.len(), columns.len());
    let path = lattice::best_path(&band, |r, c| score(&r, &c));
    let total: f32 = path.iter().map(|s| score(&s.rows, &s.columns)).sum();
    if total < LEAST {
        return Vec::new();
    }
    (path.into_iter())
        .filter(|step| !step.rows.is_empty() && !step.columns.is_empty())
        .map(|step| Step {
            rows: shifted(&step.rows, rows.start),
            columns: shifted(&step.columns, columns.start),
            margin: step.margin,
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
