//! The best path of two versions, and how far its links can be trusted.

use std::ops::Range;

use super::band::{self, Anchor, Band};
use super::consistency::Posteriors;
use super::lattice::{self, Step};
use super::{echo, moves};
use crate::constants::Constants;
use crate::evidence::{Evidence, Index, Learnt, MAX_RUN};
use crate::features::{Features, Vocabulary};

/// Columns around the anchors that the band holds at first; four times as many as long as the path
/// touches its edge.
const REACH: usize = 50;

/// Columns around the path of single sentences that are looked at for beads of several; four times
/// as many as long as the path touches their edge.
const NEAR: usize = 5;

/// τ: how far margins are to be believed. Evidence counts words as independent, which they are
/// not.
const TEMPERATURE: f32 = 0.5;

/// Least margin of a link that the second pass learns from: odds of twenty to one.
const SURE: f32 = 3.0;

/// Links the sentences of two versions: those of `a` to `b`, and those of `b` to `a`. With
/// `learn`, a second pass looks words up in what the first one taught as well.
pub(super) fn links(
    a: &Features,
    b: &Features,
    vocabulary: &Vocabulary<'_>,
    learn: bool,
    constants: &Constants,
) -> [Posteriors; 2] {
    let mut steps = pass([a, b], vocabulary, None, constants);
    if learn {
        let sure =
            |step: &&Step| step.margin >= SURE && !step.rows.is_empty() && !step.columns.is_empty();
        let links = steps.iter().filter(sure);
        let links: Vec<_> = links.map(|s| [s.rows.clone(), s.columns.clone()]).collect();
        let learnt = Learnt::new(&links, [a, b]);
        steps = pass([a, b], vocabulary, Some(&learnt), constants);
    }
    let [rows, columns] = [a, b].map(|f| f.sentences().len());
    Posteriors::of_steps(&steps, rows, columns, probability)
}

/// The best path, then what moved and what stands twice.
fn pass(
    [a, b]: [&Features; 2],
    vocabulary: &Vocabulary<'_>,
    learnt: Option<&Learnt>,
    constants: &Constants,
) -> Vec<Step> {
    let (rows, columns) = (a.sentences().len(), b.sentences().len());
    let index = Index::new(a, b, vocabulary, learnt, constants.eps);
    let anchor = |(row, column, log_odds)| Anchor {
        row,
        column,
        log_odds,
    };
    let chain = band::chain(index.anchors(a).into_iter().map(anchor).collect(), columns);
    let mut reach = REACH;
    let mut band = Band::along(&chain, rows, columns, reach);
    loop {
        let mut evidence = Evidence::new(a, b, &index, constants.variance, |row| {
            band.reachable(row, MAX_RUN)
        });
        let mut score = |rows, columns| score(&mut evidence, constants, rows, columns);
        let mut path = refined(&band, &mut score);
        let at_edge = |step: &Step| band.is_edge(step.rows.start, step.columns.start);
        reach *= 4;
        let wider = Band::along(&chain, rows, columns, reach);
        if wider == band || !path.iter().any(at_edge) {
            echo::sure_of_both(&mut path, [a, b], &mut score);
            let moved = moves::moved_links(&path, &mut score);
            path.extend(moved);
            path.extend(echo::second_links(&path, [a, b], &mut score));
            return path;
        }
        band = wider;
    }
}

/// The best path near the best one of single sentences, which is found at a tenth of the cost.
fn refined<S>(band: &Band, score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let (rows, columns) = (band.rows(), band.width());
    let single = |r: Range<usize>, c: Range<usize>| match r.len() + c.len() {
        1 | 2 => score(r, c),
        _ => lattice::NEVER,
    };
    let links = (lattice::best_path(band, single).into_iter())
        .filter(|step| !step.rows.is_empty() && !step.columns.is_empty())
        .map(|step| Anchor {
            row: step.rows.start,
            column: step.columns.start,
            log_odds: step.margin,
        });
    let links: Vec<Anchor> = links.collect();
    let mut reach = NEAR;
    loop {
        let corridor = Band::near(&links, rows, columns, reach);
        let path = lattice::best_path(&corridor, &mut *score);
        let at_edge = |step: &Step| corridor.is_edge(step.rows.start, step.columns.start);
        reach *= 4;
        if !path.iter().any(at_edge) || reach > 4 * columns {
            return path;
        }
    }
}

/// Log-odds of a bead, with what its shape says beforehand.
fn score(
    evidence: &mut Evidence,
    constants: &Constants,
    rows: Range<usize>,
    columns: Range<usize>,
) -> f32 {
    if rows.is_empty() || columns.is_empty() {
        return constants.alone;
    }
    let extra = (rows.len() + columns.len() - 2) as f32;
    extra * constants.extra + evidence.log_odds(rows, columns)
}

/// The probability of a step, from its margin: `1 / (1 + e^(-τ·margin))`, as if there were one
/// alternative. It orders links by how sure they are; it is not calibrated.
fn probability(step: &Step) -> f32 {
    1.0 / (1.0 + (-TEMPERATURE * step.margin).exp())
}
