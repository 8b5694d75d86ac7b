//! The path of single sentences, along which all else is looked for.

use std::ops::Range;

use super::{CORRIDOR, Priors};
use crate::align::band::{self, Anchor, Band};
use crate::align::lattice::{self, Step};
use crate::align::limits::Work;
use crate::align::locks::Decided;
use crate::constants::Constants;
use crate::evidence::{Evidence, Rough};

/// Columns around the anchors that the band holds at first; four times as many as long as the path
/// touches its edge.
const REACH: usize = 20;

/// Pairs of sentences up to which all are looked at, which is done sooner then than looking for anchors.
const FEW: usize = 1 << 13;

/// The path, and what it was found by.
pub(super) struct Path {
    /// Its links.
    pub(super) links: Vec<Anchor>,
    /// What rare words say of each row and column, where they are [`FEW`]: row by row.
    pub(super) scores: Option<Vec<f32>>,
}

/// Pairs of sentences that share rare tokens.
pub(super) fn anchors(evidence: &Evidence<'_>) -> Vec<Anchor> {
    let anchor = |(row, column, log_odds)| Anchor {
        row,
        column,
        log_odds,
    };
    evidence.anchors().into_iter().map(anchor).collect()
}

/// The best path of single sentences by what rare words say of them, in a band along the anchors, or near the
/// diagonal where nothing but lengths count; nothing where that is too much work.
pub(super) fn path(
    evidence: &Evidence<'_>,
    decided: &Decided,
    constants: &Constants,
    by_lengths: bool,
    work: &mut Work,
) -> Option<Path> {
    let [rows, columns] = evidence.sides().map(|features| features.sentences().len());
    let are_few = !by_lengths && rows.saturating_mul(columns) <= FEW;
    let chain = match by_lengths || are_few {
        true => Vec::new(),
        false => band::chain(decided.anchors(anchors(evidence)), columns),
    };
    let priors = Priors::new(constants);
    let alone = |side, count| priors.all_alone(evidence, side, 0..count, |[first, _]| first);
    let [row_alone, column_alone] = [alone(0, rows), alone(1, columns)];
    let mut reach = REACH;
    let mut band = match by_lengths {
        true => Band::near(&[], rows, columns, |_| CORRIDOR, (rows + 1) * CORRIDOR),
        false => Band::along(&chain, rows, columns, reach),
    };
    if !work.take(band.meetings() as u64) {
        return None;
    }
    let mut room = Rough::default();
    let few = are_few.then(|| {
        let mut all = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            all.extend_from_slice(rough(evidence, decided, row, 0..columns, &mut room));
        }
        all
    });
    let links = loop {
        let links = |row: usize, scores: &mut Vec<f32>| {
            scores.extend_from_slice(match &few {
                Some(all) => &all[row * columns..][..columns],
                None => rough(evidence, decided, row, band.reachable(row, 1), &mut room),
            });
        };
        let path = lattice::best_single_path(&band, links, [&row_alone, &column_alone]);
        let links: Vec<Anchor> = (path.into_iter().filter(Step::links))
            .map(|step| Anchor {
                row: step.rows.start,
                column: step.columns.start,
                log_odds: 0.0,
            })
            .collect();
        let at_edge = |link: &Anchor| band.is_edge(link.row, link.column);
        if by_lengths || !links.iter().any(at_edge) {
            break links;
        }
        reach *= 4;
        let wider = Band::along(&chain, rows, columns, reach);
        if wider == band || !work.take(wider.meetings() as u64) {
            break links;
        }
        band = wider;
    };
    Some(Path { links, scores: few })
}

/// What rare words say of a row and some columns, and what is locked.
pub(super) fn rough<'r>(
    evidence: &Evidence<'_>,
    decided: &Decided,
    row: usize,
    columns: Range<usize>,
    room: &'r mut Rough,
) -> &'r [f32] {
    let scores = evidence.rough(row, columns.clone(), room);
    decided.correct(row, &columns, scores);
    scores
}
