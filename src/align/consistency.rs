//! What the other versions say about the links of a pair.
//!
//! With `P(i ~ j)` the probability that sentence i of version a and j of version b are linked,
//! every other version c is a witness (Do et al. 2005, section 2.3):
//!
//! `P'(i ~ j) = (2·P(i ~ j) + Σ_c w_c) / (2 + Σ_c r_c·s_c)`
//!
//! `w_c = Σ_k P(i ~ k)·P(k ~ j) / max(1, Σ_k P(i ~ k), Σ_k P(k ~ j))`, over the sentences k of c
//!
//! where r_c and s_c are the probabilities that i and j have any counterpart in c. The paper
//! divides by the number of versions instead, which punishes what is missing in one of them.
//! Time and space are those of the links.

use super::lattice::Step;

/// What links the sentences of one version to those of another.
#[derive(Clone, Default)]
pub(super) struct Posteriors {
    rows: Vec<Row>,
}

/// What links one sentence to those of another version.
#[derive(Clone, Default)]
struct Row {
    /// Sentences that it may be linked to, rising, with the probability of the link.
    links: Vec<(usize, f32)>,
    /// The probability that it has no counterpart.
    alone: f32,
}

impl Posteriors {
    /// Both sides of some steps between `rows` and `columns` sentences; `probability` is that of a
    /// step. A sentence that no step covers is alone.
    pub(super) fn of_steps(
        steps: &[Step],
        rows: usize,
        columns: usize,
        probability: impl Fn(&Step) -> f32,
    ) -> [Self; 2] {
        let mut sides = [rows, columns].map(|count| {
            let links = Vec::new();
            let alone = 1.0;
            let row = Row { links, alone };
            vec![row; count]
        });
        for step in steps {
            let p = probability(step);
            let runs = [&step.rows, &step.columns];
            for side in 0..2 {
                let other = runs[1 - side];
                let alone = if other.is_empty() { p } else { 1.0 - p };
                for row in &mut sides[side][runs[side].clone()] {
                    row.links
                        .extend(other.clone().map(|sentence| (sentence, p)));
                    row.links.sort_unstable_by_key(|&(sentence, _)| sentence);
                    row.alone = row.alone.min(alone);
                }
            }
        }
        sides.map(|rows| Self { rows })
    }

    /// The links of one sentence.
    pub(super) fn links(&self, sentence: usize) -> &[(usize, f32)] {
        &self.rows[sentence].links
    }

    /// The probability that a sentence has no counterpart.
    pub(super) fn alone(&self, sentence: usize) -> f32 {
        self.rows[sentence].alone
    }
}

impl Row {
    fn sum(&self) -> f32 {
        self.links.iter().map(|(_, p)| p).sum()
    }
}

/// Links between all versions: `[a][b]` are those of the sentences of version a to those of b.
pub(super) type Matrix = Vec<Vec<Posteriors>>;

/// Re-estimates all links with every other version as witness, and keeps those of at least
/// `least`.
pub(super) fn consistent(all: &Matrix, least: f32) -> Matrix {
    let pair = |a: usize, b: usize| Posteriors {
        rows: (0..all[a][b].rows.len())
            .map(|i| re_estimated(all, a, b, i, least))
            .collect(),
    };
    let versions = 0..all.len();
    (versions.clone())
        .map(|a| versions.clone().map(|b| pair(a, b)).collect())
        .collect()
}

fn re_estimated(all: &Matrix, a: usize, b: usize, i: usize, least: f32) -> Row {
    let row = &all[a][b].rows[i];
    let link = |&(j, p): &(usize, f32)| {
        let (mut ways, mut say) = (2.0 * p, 2.0);
        for c in (0..all.len()).filter(|&c| c != a && c != b) {
            let (x, y) = (&all[a][c].rows[i], &all[b][c].rows[j]);
            ways += through(x, y);
            say += x.sum().min(1.0) * y.sum().min(1.0);
        }
        (j, ways / say)
    };
    Row {
        links: (row.links.iter().map(link))
            .filter(|(_, p)| *p >= least)
            .collect(),
        alone: row.alone,
    }
}

/// w of two sentences by their links to a third version.
fn through(x: &Row, y: &Row) -> f32 {
    let common = |&(k, p): &(usize, f32)| {
        let other = y.links.binary_search_by_key(&k, |&(k, _)| k).ok()?;
        Some(p * y.links[other].1)
    };
    let ways: f32 = x.links.iter().filter_map(common).sum();
    ways / x.sum().max(y.sum()).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links between three versions of two sentences each.
    fn matrix(links: &[(usize, usize, usize, usize, f32)]) -> Matrix {
        let empty = Posteriors {
            rows: vec![Row::default(); 2],
        };
        let mut all = vec![vec![empty; 3]; 3];
        for &(a, i, b, j, p) in links {
            all[a][b].rows[i].links.push((j, p));
            all[b][a].rows[j].links.push((i, p));
        }
        all
    }

    #[test]
    fn witnesses() {
        let link = (0, 0, 1, 0, 0.6);
        for (name, links, expected) in [
            ("none", vec![link], 0.6),
            (
                "for",
                vec![link, (0, 0, 2, 0, 1.0), (1, 0, 2, 0, 1.0)],
                2.2 / 3.0,
            ),
            (
                "against",
                vec![link, (0, 0, 2, 0, 1.0), (1, 0, 2, 1, 1.0)],
                1.2 / 3.0,
            ),
            ("missing there", vec![link, (0, 0, 2, 0, 1.0)], 0.6),
        ] {
            let found = consistent(&matrix(&links), 0.0)[0][1].links(0)[0].1;
            assert!(
                (found - expected).abs() < 1e-6,
                "{name}: {found}, expected {expected}"
            );
        }
    }
}
