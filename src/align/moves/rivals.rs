//! Moved links whose sentences match others nearly as well.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Block;
use crate::align::lattice::Step;
use crate::align::pair::Pair;
use crate::evidence::Words;

/// How much better than any other the match of a moved sentence must be, in nats.
const RIVAL: f32 = 2.0;

/// How far from a moved sentence another match is looked for, in sentences.
const FAR: usize = 1024;

/// Links for which others are looked for together, at the most, and how far from one to the next: columns are met
/// and rows are read once for all of them. With a quarter of it, a long text with many moved blocks takes
/// 4 % longer.
const TOGETHER: usize = 16;
const NEXT: usize = FAR / 4;

/// Blocks from their first to their last link that has no rival, if they are still beyond chance.
pub(super) fn unrivalled(pair: &Pair<'_>, blocks: Vec<Block>, words: &mut Words) -> Vec<Block> {
    // Each with what is left of its links.
    let mut open: Vec<(Block, Range<usize>)> = (blocks.into_iter())
        .map(|block| {
            let all = 0..block.links.len();
            (block, all)
        })
        .collect();
    let mut settled = Vec::new();
    // Links without a rival, by the first of their rows: no two have the same.
    let mut sure = BTreeSet::new();
    while !open.is_empty() {
        let ends = |(block, left): &(Block, Range<usize>)| {
            [left.start, left.end - 1].map(|at| block.links[at].0.clone())
        };
        let mut steps: Vec<Step> = open.iter().flat_map(ends).collect();
        steps.retain(|step| !sure.contains(&step.rows.start));
        steps.sort_by_key(|step| step.columns.start);
        steps.dedup();
        let found = without_rivals(pair, steps, words);
        sure.extend(found.iter().map(|step| step.rows.start));
        let mut others = Vec::new();
        for (mut block, left) in open {
            let is_sure = |at: usize| sure.contains(&block.links[at].0.rows.start);
            let [first, last] = [left.start, left.end - 1].map(is_sure);
            if first && last {
                block.links.truncate(left.end);
                block.links.drain(..left.start);
                settled.extend(block.beyond_chance());
                continue;
            }
            let left = left.start + usize::from(!first)..left.end - usize::from(!last);
            if !left.is_empty() {
                others.push((block, left));
            }
        }
        open = others;
    }
    settled
}

/// Those of some steps, by their columns, that no other run of either version matches nearly as well, at most
/// [`FAR`] sentences away; what is locked elsewhere is a rival all the same.
fn without_rivals(pair: &Pair<'_>, steps: Vec<Step>, words: &mut Words) -> Vec<Step> {
    let mut left = Vec::new();
    for group in groups(&steps, |step| step.columns.start) {
        left.extend(without_rival_columns(pair, group, words));
    }
    left.sort_by_key(|(step, _)| step.rows.start);
    let groups = groups(&left, |(step, _)| step.rows.start);
    let left = groups.flat_map(|group| without_rival_rows(pair, group, words));
    left.collect()
}

/// Those of some things that are looked at together, given where each stands; they rise.
fn groups<T>(all: &[T], start: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    let near = all.chunk_by(move |x, y| start(y) - start(x) <= NEXT);
    near.flat_map(|near| near.chunks(TOGETHER))
}

/// Those of some steps, each with what a rival says at least, that no other columns are one of.
fn without_rival_columns(pair: &Pair<'_>, group: &[Step], words: &mut Words) -> Vec<(Step, f32)> {
    let count = pair.sides()[1].sentences().len();
    pair.begin(words, lengths(group));
    // Columns are met from the last to the first.
    let left = group.iter().rev().filter_map(|step| {
        let Step { rows, columns } = step;
        let near = near(columns, count);
        for row in rows.clone().rev() {
            pair.read(words, row, near.clone());
        }
        let least = pair.linking(words, rows, columns) - RIVAL;
        let mut others = runs(&near, columns);
        let is_alone = others.all(|other| pair.likeness(words, rows, &other) < least);
        is_alone.then(|| (step.clone(), least))
    });
    left.collect()
}

/// How many rows and columns some steps have at the most.
fn lengths<'s>(steps: impl IntoIterator<Item = &'s Step>) -> [usize; 2] {
    let longest = |[rows, columns]: [usize; 2], step: &Step| {
        [rows.max(step.rows.len()), columns.max(step.columns.len())]
    };
    steps.into_iter().fold([0; 2], longest)
}

/// Those of some steps, each with what a rival says at least, that no other rows are one of.
fn without_rival_rows(pair: &Pair<'_>, group: &[(Step, f32)], words: &mut Words) -> Vec<Step> {
    let count = pair.sides()[0].sentences().len();
    let reach = |(step, _): &(Step, f32)| near(&step.rows, count);
    let lengths = lengths(group.iter().map(|(step, _)| step));
    let columns = group.iter().flat_map(|(step, _)| step.columns.clone());
    let mut columns: Vec<usize> = columns.collect();
    columns.sort_unstable();
    pair.begin_with(words, lengths, &columns);
    let mut left: Vec<&(Step, f32)> = group.iter().collect();
    let all = reach(&group[0]).start..reach(&group[group.len() - 1]).end;
    for row in all.rev() {
        if left.is_empty() {
            break;
        }
        pair.read(words, row, 0..columns.len());
        left.retain(|own| {
            let (Step { rows, columns }, least) = own;
            let other = row..row + rows.len();
            !is_other(&other, rows, &reach(own)) || pair.likeness(words, &other, columns) < *least
        });
    }
    left.into_iter().map(|(step, _)| step.clone()).collect()
}

/// The sentences of so many that are at most [`FAR`] away from a run.
fn near(run: &Range<usize>, count: usize) -> Range<usize> {
    run.start.saturating_sub(FAR)..run.end.saturating_add(FAR).min(count)
}

/// The runs near one that are as long and apart from it.
fn runs(near: &Range<usize>, own: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let others = near.clone().map(|start| start..start + own.len());
    others.filter(|other| is_other(other, own, near))
}

/// Whether a run stands near another one and apart from it.
fn is_other(run: &Range<usize>, own: &Range<usize>, near: &Range<usize>) -> bool {
    let is_apart = run.end <= own.start || run.start >= own.end;
    near.start <= run.start && run.end <= near.end && is_apart
}
