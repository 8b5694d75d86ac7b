//! Which beads stand in another order in one version than in another.

use crate::alignment::Bead;

/// Tells of each bead whether it stands outside the longest chain of beads that rises in both
/// versions of a pair, for any pair. Chains are counted in segments; of several that are longest,
/// the one that ends first is taken. Null beads are in order.
///
/// Time is n·log n for each pair of versions.
pub(crate) fn out_of_order<'a>(beads: impl Iterator<Item = &'a Bead>) -> Vec<bool> {
    let beads: Vec<&Bead> = beads.collect();
    let versions = beads.first().map_or(0, |bead| bead.segments.len());
    let mut found = vec![false; beads.len()];
    for a in 0..versions {
        for b in a + 1..versions {
            let links = beads.iter().enumerate().filter_map(|(i, bead)| {
                let [first_a, first_b] = [a, b].map(|v| bead.segments[v].first().copied());
                let size = bead.segments[a].len() + bead.segments[b].len();
                Some(Link {
                    at: [first_a?, first_b?],
                    size,
                    bead: i,
                })
            });
            let mut links: Vec<Link> = links.collect();
            links.sort_unstable_by_key(|link| link.at);
            let kept = longest_chain(&links);
            for (link, kept) in links.iter().zip(kept) {
                found[link.bead] |= !kept;
            }
        }
    }
    found
}

/// The first segments of a bead in two versions.
struct Link {
    at: [usize; 2],
    size: usize,
    bead: usize,
}

/// Which of the links, sorted by the first version, make up the longest chain that rises in the
/// second.
fn longest_chain(links: &[Link]) -> Vec<bool> {
    let last = links
        .iter()
        .map(|link| link.at[1])
        .max()
        .unwrap_or_default();
    // Maxima over the chains that end at or before a place of the second version, as a Fenwick tree:
    // the length of the chain and its last link.
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); last + 2];
    let mut above = vec![None; links.len()];
    let mut longest = (0, None);
    for (i, link) in links.iter().enumerate() {
        let mut chain = (0, None);
        let mut at = link.at[1];
        while at > 0 {
            if best[at].0 > chain.0 {
                chain = best[at];
            }
            at &= at - 1;
        }
        above[i] = chain.1;
        let ended = (chain.0 + link.size, Some(i));
        if ended.0 > longest.0 {
            longest = ended;
        }
        let mut at = link.at[1] + 1;
        while at < best.len() {
            if ended.0 > best[at].0 {
                best[at] = ended;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut kept = vec![false; links.len()];
    let mut next = longest.1;
    while let Some(i) = next {
        kept[i] = true;
        next = above[i];
    }
    kept
}
