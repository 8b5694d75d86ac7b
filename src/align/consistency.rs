//! What the other versions say about the links of a pair.
//!
//! With `P(i ~ j)` the posterior that sentence i of version a and j of version b are linked, every
//! other version c is a witness, as in probabilistic consistency (Do et al. 2005, section 2.3;
//! Simard 1999 had the idea for three texts). If i and j translate each other, either they meet in c,
//! or neither has a counterpart there; if they do not, they may do anything but meet:
//!
//! ```text
//! t = Σ over k in c of P(i ~ k)·P(k ~ j) / max(1, r, s)    r, s: the links of i and j with c
//! P' / (1 − P') = P / (1 − P) · Π over c of (t + (1 − r)·(1 − s) + δ) / (1 − t + δ)
//! ```
//!
//! where r and s are 1 at the most outside of the maximum. The paper takes the mean of the
//! posteriors by all ways instead, which punishes what is missing in one of the versions, and hears a
//! witness that contradicts no louder than one that knows nothing. What no
//! witness has a counterpart for stays as it is. Time and space are those of the links.

use super::links::{Link, Links, Matrix, matrix};

/// δ: how far a witness may err; it cannot change the odds by more than about 1/δ. 0.1 takes a point of
/// strict F1 from ntrex-para-heavy and makes no difference elsewhere on the dev gold.
const DOUBT: f32 = 0.02;

/// A posterior is never surer than this, so that witnesses are heard.
const SUREST: f32 = 1e-4;

/// Re-estimates the links of all pairs, `[a, b]` each, with every other version as witness.
pub(super) fn agreed(own: &Matrix, pairs: impl Iterator<Item = [usize; 2]>) -> Matrix {
    let sizes: Vec<usize> = own.iter().map(|links| links[0].rows()).collect();
    let agreed = |[a, b]: [usize; 2]| {
        let others: Vec<usize> = (0..own.len()).filter(|&c| c != a && c != b).collect();
        let links = own[a][b].filter_map(|i, link| {
            let odds = (link.p + SUREST) / (1.0 - link.p + SUREST);
            let ends = [i, link.to];
            let mut said: Vec<f32> = (others.iter())
                .map(|&c| testimony([&own[a][c], &own[b][c]], ends))
                .collect();
            // The order of the versions must make no difference, not even by rounding.
            said.sort_unstable_by(f32::total_cmp);
            let odds = odds * said.iter().product::<f32>();
            Some(odds / (1.0 + odds))
        });
        ([a, b], links)
    };
    matrix(&sizes, pairs.map(agreed))
}

/// By how much the odds of a link change, by the links of its two ends to a witness.
fn testimony(links: [&Links; 2], ends: [usize; 2]) -> f32 {
    let [x, y] = [0, 1].map(|side| links[side].of(ends[side]));
    let meeting = |link: &Link| {
        let other = y.binary_search_by_key(&link.to, |l| l.to).ok()?;
        Some(link.p * y[other].p)
    };
    let ways: f32 = x.iter().filter_map(meeting).sum();
    let [r, s] = [x, y].map(|links| links.iter().map(|l| l.p).sum::<f32>());
    let meet = (ways / r.max(s).max(1.0)).min(1.0);
    let neither = (1.0 - r.min(1.0)) * (1.0 - s.min(1.0));
    (meet + neither + DOUBT) / (1.0 - meet + DOUBT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links between three versions of two sentences each, by versions and sentences.
    fn three(links: &[([usize; 2], [usize; 2], f32)]) -> Matrix {
        let pairs = [[0, 1], [0, 2], [1, 2]].map(|pair| {
            let own = links.iter().filter(|(versions, ..)| *versions == pair);
            let own = own.map(|&(_, [row, to], p)| {
                let moved = false;
                (row, Link { to, p, moved })
            });
            (pair, Links::new(2, own.collect()))
        });
        matrix(&[2, 2, 2], pairs)
    }

    #[test]
    fn witnesses_are_heard() {
        const A_B: ([usize; 2], [usize; 2], f32) = ([0, 1], [0, 0], 0.6);
        for (name, others, least, most) in [
            ("nothing known", vec![], 0.59, 0.61),
            (
                "they meet",
                vec![([0, 2], [0, 0], 0.9), ([1, 2], [0, 0], 0.9)],
                0.85,
                0.87,
            ),
            (
                "they miss each other",
                vec![([0, 2], [0, 0], 0.9), ([1, 2], [0, 1], 0.9)],
                0.03,
                0.05,
            ),
            ("one has none", vec![([0, 2], [0, 0], 1.0)], 0.02, 0.04),
            (
                "half as sure as not",
                vec![([0, 2], [0, 0], 1.0), ([1, 2], [0, 0], 0.5)],
                0.59,
                0.61,
            ),
        ] {
            let own = three(&[&[A_B][..], &others].concat());
            let agreed = agreed(&own, [[0, 1], [0, 2], [1, 2]].into_iter());
            let p = agreed[0][1].p(0, 0);
            assert!((least..most).contains(&p), "{name}: {p}");
            assert_eq!(p, agreed[1][0].p(0, 0), "{name}: both sides");
        }
    }

    #[test]
    fn certainty_can_be_doubted() {
        let own = three(&[
            ([0, 1], [0, 0], 1.0),
            ([0, 2], [0, 0], 1.0),
            ([1, 2], [0, 1], 1.0),
        ]);
        let agreed = agreed(&own, [[0, 1], [0, 2], [1, 2]].into_iter());
        let p = agreed[0][1].p(0, 0);
        assert!((0.9..1.0).contains(&p), "{p}");
    }
}
