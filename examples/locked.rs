//! What locked beads do: a part of the gold is locked at random, and the rest is aligned around it.
//!
//! ```text
//! cargo run --release --all-features --example locked -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. Of each article, one bead in
//! ten is locked, drawn three times with other seeds. The table is Markdown, a row a set:
//!
//! * `free`, `locked`: strict F1 of [`triglyph::eval`] without locks and with them, over all draws;
//! * `rest`: strict recall of what was not locked, free and locked: what the locks did for the rest;
//! * `worse`: draws of an article with a lower F1 than free.
//!
//! It is an error if a locked bead does not stand in the result as it was locked.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::prelude::*;
use triglyph::eval::{GoldArticle, Tally};
use triglyph::{Aligner, Alignment, Error, Lock};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

use gold::Set;

/// One bead in so many is locked.
const PART: u64 = 10;

const DRAWS: u64 = 3;

/// What was found over some draws.
#[derive(Default)]
struct Found {
    free: Tally,
    locked: Tally,
    /// Links that were not locked, and those of them that are found free and locked.
    rest: [usize; 3],
    worse: usize,
    draws: usize,
}

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let head = [
        "strict",
        "draws",
        "free",
        "locked",
        "rest free",
        "rest locked",
        "worse",
    ];
    let mut table = vec![head.map(String::from).to_vec()];
    for set in sets {
        let found = try_set(&set)?;
        let [all, free, locked] = found.rest.map(|count| count as f64);
        let share = |part: f64| format!("{:.4}", part / all.max(1.0));
        table.push(vec![
            set.name,
            found.draws.to_string(),
            format!("{:.4}", found.free.f1()),
            format!("{:.4}", found.locked.f1()),
            share(free),
            share(locked),
            found.worse.to_string(),
        ]);
    }
    markdown::print(&table);
    Ok(())
}

fn try_set(set: &Set) -> Result<Found, Error> {
    let aligner = Aligner::new().unit(set.unit);
    let articles: Vec<Found> = (set.articles.par_iter())
        .map(|(_, gold)| try_article(gold, &aligner))
        .collect::<Result<_, _>>()?;
    let mut sum = Found::default();
    for found in articles {
        sum.free = sum.free + found.free;
        sum.locked = sum.locked + found.locked;
        for (sum, count) in sum.rest.iter_mut().zip(found.rest) {
            *sum += count;
        }
        sum.worse += found.worse;
        sum.draws += found.draws;
    }
    Ok(sum)
}

fn try_article(gold: &GoldArticle, aligner: &Aligner) -> Result<Found, Error> {
    let mut links = gold.links();
    links.retain(|link| link.iter().any(|segments| !segments.is_empty()));
    let free = aligner.align(gold.article());
    let mut found = Found::default();
    for draw in 0..DRAWS {
        let is_drawn = |at: usize| mixed(at as u64 + (draw << 32)).is_multiple_of(PART);
        let drawn: Vec<usize> = (0..links.len()).filter(|&at| is_drawn(at)).collect();
        let locks = drawn
            .iter()
            .map(|&at| Lock::new(links[at].iter().cloned().map(Some)));
        let article = gold.article().clone().with_locks(free.unit(), locks)?;
        let locked = aligner.align(&article);
        let [beads_free, beads_locked] = [&free, &locked].map(beads);
        for &at in &drawn {
            assert!(
                beads_locked.contains(&links[at]),
                "{:?} was locked",
                links[at]
            );
        }
        let rest = (0..links.len()).filter(|at| !drawn.contains(at) && is_whole(&links[*at]));
        for at in rest {
            found.rest[0] += 1;
            found.rest[1] += usize::from(beads_free.contains(&links[at]));
            found.rest[2] += usize::from(beads_locked.contains(&links[at]));
        }
        let [free, locked] = [&free, &locked].map(|found| gold.compare(found).strict);
        found.worse += usize::from(locked.f1() < free.f1());
        found.draws += 1;
        found.free = found.free + free;
        found.locked = found.locked + locked;
    }
    Ok(found)
}

fn beads(alignment: &Alignment) -> BTreeSet<Vec<Vec<usize>>> {
    alignment
        .iter()
        .map(|bead| bead.segments().to_vec())
        .collect()
}

fn is_whole(link: &[Vec<usize>]) -> bool {
    link.iter().filter(|segments| !segments.is_empty()).count() > 1
}

/// Mixes the bits of a number (SplitMix64).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}
