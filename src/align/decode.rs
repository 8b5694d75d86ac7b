//! Which links hold.
//!
//! Of each pair of versions the path of greatest expected accuracy is taken (Do et al. 2005, section
//! 2.4): the gain of a bead is `Σ (P'(i ~ j) − least)` over its links, that of a sentence left
//! alone 0. Two links may hold in each other's stead; that both hold is certain to `P' − (1 − P'')`
//! only, where P'' is that of the other one. So this counts for all links of a bead but the surest. What such paths leave alone is looked at again: quotations that stand twice (`echo`), blocks
//! that stand elsewhere (`moves`).

use super::band::Band;
use super::echo;
use super::lattice::{self, Step};
use super::links::{Link, Links, Matrix, matrix};
use super::moves;
use super::pair::Pair;

/// The links that hold between all versions; `agreed` are the posteriors, of
/// which those of a bead count from `least` on.
pub(super) fn links(pairs: &mut [Pair<'_>], agreed: &Matrix, least: f32) -> Matrix {
    let sizes: Vec<usize> = agreed.iter().map(|links| links[0].iter().count()).collect();
    let paths: Vec<Vec<Step>> = (pairs.iter())
        .map(|pair| {
            let [a, b] = pair.versions;
            best(pair.corridor(), &agreed[a][b], least)
        })
        .collect();
    let held = pairs.iter().zip(&paths).map(|(pair, path)| {
        let [a, b] = pair.versions;
        let mut links = Links::new(sizes[a]);
        let p = |row, column| agreed[a][b].p(row, column);
        add(&mut links, path, false, p);
        (pair.versions, links)
    });
    let held = matrix(&sizes, held);
    let mut all = held.clone();
    for at in 0..pairs.len() {
        let [a, b] = pairs[at].versions;
        let mut links = held[a][b].clone();
        for (step, p) in echo::second_links(&paths[at], &mut pairs[at]) {
            add(&mut links, &[step], false, |_, _| p);
        }
        let left = [unlinked(&links), unlinked(&links.transposed(sizes[b]))];
        for (step, p) in moves::moved_links(&held, pairs, at, left) {
            let moved = crosses(&held[a][b], &step);
            add(&mut links, &[step], moved, |_, _| p);
        }
        all[b][a] = links.transposed(sizes[b]);
        all[a][b] = links;
    }
    all
}

/// The path of greatest expected accuracy.
fn best(band: &Band, agreed: &Links, least: f32) -> Vec<Step> {
    lattice::best_path(band, &lattice::SHAPES, |rows, columns| {
        let (mut sum, mut surest) = (0.0, 0.0_f32);
        for row in rows.clone() {
            for column in columns.clone() {
                let p = agreed.p(row, column);
                sum += p - least;
                surest = surest.max(p);
            }
        }
        let others = (rows.len() * columns.len()).saturating_sub(1) as f32;
        sum - others * (1.0 - surest)
    })
}

/// Links all rows of each step with all of its columns.
fn add(links: &mut Links, path: &[Step], moved: bool, p: impl Fn(usize, usize) -> f32) {
    for step in path {
        for row in step.rows.clone() {
            for to in step.columns.clone() {
                let p = p(row, to);
                links.add(row, Link { to, p, moved });
            }
        }
    }
}

/// Whether a step links what stands on one side of a link with what stands on its other side.
fn crosses(links: &Links, step: &Step) -> bool {
    let rows = links.iter().enumerate();
    let mut links = rows.flat_map(|(row, links)| links.iter().map(move |link| (row, link.to)));
    links.any(|(row, to)| (row < step.rows.start) != (to < step.columns.start))
}

/// The rows without links.
fn unlinked(links: &Links) -> Vec<usize> {
    let rows = links.iter().enumerate();
    rows.filter(|(_, links)| links.is_empty())
        .map(|(row, _)| row)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_greatest_expected_accuracy() {
        for (name, given, least, expected) in [
            ("nothing", vec![], 0.35, vec![]),
            (
                "in order",
                vec![(0, 0, 0.9), (1, 1, 0.5), (2, 2, 0.4)],
                0.35,
                vec![(0, 0), (1, 1), (2, 2)],
            ),
            (
                "too unlikely",
                vec![(0, 0, 0.9), (1, 1, 0.3)],
                0.35,
                vec![(0, 0)],
            ),
            (
                "two to one",
                vec![(0, 0, 0.9), (1, 0, 0.6)],
                0.35,
                vec![(0, 0), (1, 0)],
            ),
            (
                "one of two that cross",
                vec![(0, 2, 0.6), (2, 0, 0.5)],
                0.35,
                vec![(0, 2)],
            ),
            (
                "two rather than one that crosses them",
                vec![(0, 2, 0.9), (1, 0, 0.7), (2, 1, 0.7)],
                0.35,
                vec![(1, 0), (2, 1)],
            ),
        ] {
            let mut links = Links::new(3);
            for (row, to, p) in given {
                let moved = false;
                links.add(row, Link { to, p, moved });
            }
            let mut found = Links::new(3);
            let path = best(&Band::full(3, 3), &links, least);
            add(&mut found, &path, false, |_, _| 1.0);
            let rows = found.iter().enumerate();
            let found: Vec<(usize, usize)> = rows
                .flat_map(|(row, links)| links.iter().map(move |l| (row, l.to)))
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
