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
use crate::evidence::Words;

/// The links that hold between all versions; `agreed` are the posteriors, of
/// which those of a bead count from `least` on.
pub(super) fn links(pairs: &[Pair<'_>], agreed: &Matrix, least: f32) -> Matrix {
    let sizes: Vec<usize> = agreed.iter().map(|links| links[0].rows()).collect();
    let mut words = Words::default();
    let paths: Vec<Vec<Step>> = (pairs.iter())
        .map(|pair| {
            let [a, b] = pair.versions;
            best(&agreed[a][b], sizes[b], least)
        })
        .collect();
    let held = pairs.iter().zip(&paths).map(|(pair, path)| {
        let [a, b] = pair.versions;
        let mut links = Vec::new();
        let p = |row, column| agreed[a][b].p(row, column);
        add(&mut links, path, false, p);
        (pair.versions, Links::new(sizes[a], links))
    });
    let held = matrix(&sizes, held);
    let mut all = held.clone();
    for at in 0..pairs.len() {
        let [a, b] = pairs[at].versions;
        let mut links: Vec<(usize, Link)> = held[a][b].all().collect();
        for block in locked_beside(&pairs[at], &held[a][b]) {
            for step in inside(&pairs[at], block, &mut words) {
                let moved = crosses(&held[a][b], &step);
                add(&mut links, &[step], moved, |_, _| 1.0);
            }
        }
        for (step, p) in echo::second_links(&paths[at], &pairs[at], &mut words) {
            add(&mut links, &[step], false, |_, _| p);
        }
        let left = [
            unlinked(sizes[a], links.iter().map(|(row, _)| *row)),
            unlinked(sizes[b], links.iter().map(|(_, link)| link.to)),
        ];
        for (step, p) in moves::moved_links(&held, pairs, at, left, &mut words) {
            let moved = crosses(&held[a][b], &step);
            add(&mut links, &[step], moved, |_, _| p);
        }
        let links = Links::new(sizes[a], links);
        all[b][a] = links.transposed(sizes[b]);
        all[a][b] = links;
    }
    all
}

/// The path of greatest expected accuracy.
fn best(agreed: &Links, columns: usize, least: f32) -> Vec<Step> {
    let ends = |links: &[Link]| Some((links.first()?.to, links.last()?.to));
    let rows = (0..agreed.rows()).map(|row| ends(agreed.of(row)));
    let band = Band::around(rows, columns);
    let mut all = vec![0.0; band.cells()];
    for (row, link) in agreed.all() {
        if let Some(cell) = band.cell(row, link.to) {
            all[cell] = link.p;
        }
    }
    lattice::best_path(&band, &lattice::SHAPES, |rows, columns| {
        let (mut sum, mut surest) = (0.0, 0.0_f32);
        for row in rows.clone() {
            for column in columns.clone() {
                let p = band.cell(row, column).map_or(0.0, |cell| all[cell]);
                sum += p - least;
                surest = surest.max(p);
            }
        }
        let others = (rows.len() * columns.len()).saturating_sub(1) as f32;
        sum - others * (1.0 - surest)
    })
}

/// The rows and columns of the locks that a path links nothing of: what stands elsewhere.
fn locked_beside(pair: &Pair<'_>, held: &Links) -> Vec<[Vec<usize>; 2]> {
    let mut blocks = pair.locked();
    blocks.retain(|[rows, _]| rows.iter().all(|&row| held.of(row).is_empty()));
    blocks
}

/// The links of the best path through some rows and columns, which rise.
fn inside(pair: &Pair<'_>, [rows, columns]: [Vec<usize>; 2], words: &mut Words) -> Vec<Step> {
    let run = |numbers: &[usize]| {
        let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
        (last - first + 1 == numbers.len()).then_some(first..last + 1)
    };
    let band = Band::along(&[], rows.len(), columns.len(), columns.len());
    let path = lattice::best_path(&band, &lattice::SHAPES, |r, c| {
        if r.is_empty() || c.is_empty() {
            return 0.0;
        }
        match (run(&rows[r]), run(&columns[c])) {
            (Some(rows), Some(columns)) => pair.score(words, rows, columns),
            _ => lattice::NEVER,
        }
    });
    (path.into_iter().filter(Step::links))
        .filter_map(|step| {
            let (rows, columns) = (run(&rows[step.rows])?, run(&columns[step.columns])?);
            Some(Step { rows, columns })
        })
        .collect()
}

/// Links all rows of each step with all of its columns.
fn add(
    links: &mut Vec<(usize, Link)>,
    path: &[Step],
    moved: bool,
    p: impl Fn(usize, usize) -> f32,
) {
    for step in path {
        for row in step.rows.clone() {
            for to in step.columns.clone() {
                let p = p(row, to);
                links.push((row, Link { to, p, moved }));
            }
        }
    }
}

/// Whether a step links what stands on one side of a link with what stands on its other side, the links
/// being those of a path.
fn crosses(links: &Links, step: &Step) -> bool {
    let (row, column) = (step.rows.start, step.columns.start);
    let before = (0..row).rev().find_map(|row| links.of(row).last());
    let after = (row..links.rows()).find_map(|row| links.of(row).first());
    before.is_some_and(|link| link.to >= column) || after.is_some_and(|link| link.to < column)
}

/// The sentences of so many that are not among those linked.
fn unlinked(sentences: usize, linked: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut is_left = vec![true; sentences];
    for sentence in linked {
        is_left[sentence] = false;
    }
    (0..sentences)
        .filter(|&sentence| is_left[sentence])
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
            let link = |(row, to, p)| {
                let moved = false;
                (row, Link { to, p, moved })
            };
            let links = Links::new(3, given.into_iter().map(link).collect());
            let mut found = Vec::new();
            let path = best(&links, 3, least);
            add(&mut found, &path, false, |_, _| 1.0);
            let found: Vec<(usize, usize)> = found.iter().map(|(row, l)| (*row, l.to)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
