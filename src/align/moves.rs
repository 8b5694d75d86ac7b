//! Blocks that stand elsewhere in the other version.
//!
//! What the path leaves alone on both sides is aligned again among itself, along a second path on
//! which a sentence left alone has log-odds 0. A block of neighbouring links is taken if its
//! log-odds exceed `ln(n·m) + ` [`MARGIN`], where n and m sentences are left: so many chances
//! there are to find something by accident. What remains is searched again until nothing is found.

use std::ops::Range;

use super::band::Band;
use super::lattice::{self, Step};

/// Log-odds of a moved block beyond those of chance, in nats.
const MARGIN: f32 = 2.0;

/// Pairs of sentences left up to which moved blocks are looked for.
const MAX_CELLS: usize = 1 << 18;

/// The links of moved blocks among the sentences that the path leaves alone; `score` is that of a
/// bead of some of each. Their margins are what their block has beyond chance.
pub(super) fn moved_links<S>(path: &[Step], score: &mut S) -> Vec<Step>
where
    S: FnMut(Range<usize>, Range<usize>) -> f32,
{
    let alone = |step: &&Step| step.rows.is_empty() || step.columns.is_empty();
    let alone = || path.iter().filter(alone);
    let mut rows: Vec<usize> = alone().flat_map(|step| step.rows.clone()).collect();
    let mut columns: Vec<usize> = alone().flat_map(|step| step.columns.clone()).collect();
    let mut found: Vec<Step> = Vec::new();
    while !rows.is_empty() && !columns.is_empty() && rows.len() * columns.len() <= MAX_CELLS {
        let band = Band::along(&[], rows.len(), columns.len(), columns.len());
        let mut log_odds =
            |r: Range<usize>, c: Range<usize>| match (run(&rows[r]), run(&columns[c])) {
                (Some(rows), Some(columns)) => score(rows, columns),
                _ => lattice::NEVER,
            };
        let path = lattice::best_path(&band, |r, c| match r.is_empty() || c.is_empty() {
            true => 0.0,
            false => log_odds(r, c),
        });
        let chance = ((rows.len() * columns.len()) as f32).ln();
        let mut links: Vec<(Step, f32)> = (path.into_iter())
            .filter(|step| !step.rows.is_empty() && !step.columns.is_empty())
            .map(|mut step| {
                let log_odds = log_odds(step.rows.clone(), step.columns.clone());
                step.rows = run(&rows[step.rows]).unwrap_or_default();
                step.columns = run(&columns[step.columns]).unwrap_or_default();
                (step, log_odds)
            })
            .collect();
        let before = found.len();
        for block in links.chunk_by_mut(|(x, _), (y, _)| {
            x.rows.end == y.rows.start && x.columns.end == y.columns.start
        }) {
            let total: f32 = block.iter().map(|(_, log_odds)| log_odds).sum();
            if total >= chance + MARGIN {
                found.extend(block.iter().map(|(step, _)| Step {
                    margin: total - chance,
                    ..step.clone()
                }));
            }
        }
        if found.len() == before {
            break;
        }
        rows.retain(|row| !found.iter().any(|step| step.rows.contains(row)));
        columns.retain(|column| !found.iter().any(|step| step.columns.contains(column)));
    }
    found
}

/// The range of some numbers, if they follow each other.
fn run(numbers: &[usize]) -> Option<Range<usize>> {
    let (&first, &last) = (numbers.first()?, numbers.last()?);
    (last - first + 1 == numbers.len()).then_some(first..last + 1)
}
