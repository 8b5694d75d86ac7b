//! How far a bead can be trusted.
//!
//! A bead is as sure as its weakest point. With P' the posteriors of all links, all versions heard,
//!
//! ```text
//! in    = min over its segments of the best of their sentences' Σ P' into the bead
//! out   = max over its sentences and the other versions of Σ P' to sentences outside
//! score = σ(slope · logit(in · (1 − out)) + intercept)
//! ```
//!
//! for a null bead `in` is 1. The map (Platt 1999) makes a probability of it: of the beads scored about
//! 0.9, about nine in ten are right. There is one for beads of two or more versions and one for null
//! beads; both were fitted by `cargo run --release --all-features --example calibrate -- ../shared/gold`.

use super::groups::{Beads, Sentences};
use super::links::{Link, Matrix};
use crate::constants::Constants;

/// Posteriors are never nearer to 0 and 1 than this.
const SUREST: f32 = 1e-3;

/// What there is to judge beads by.
pub(super) struct Judge<'a> {
    pub(super) versions: &'a [Sentences],
    pub(super) beads: &'a Beads,
    /// Posteriors of each pair of versions by itself.
    pub(super) own: &'a Matrix,
    /// Posteriors with all versions heard.
    pub(super) agreed: &'a Matrix,
    /// The links that hold.
    pub(super) held: &'a Matrix,
    pub(super) constants: &'a Constants,
}

impl Judge<'_> {
    /// The probability that a bead is right.
    pub(super) fn score(&self, bead: usize) -> f64 {
        let is_null = self.beads.is_null(bead);
        let (mut least_in, mut most_out) = (1.0_f32, 0.0_f32);
        for (a, segment) in self.beads.segments(bead) {
            let mut best_in = 0.0_f32;
            for i in self.versions[a].of(segment) {
                for b in (0..self.versions.len()).filter(|&b| b != a) {
                    let inside = |link: &&Link| self.bead_of(b, link.to) == bead;
                    let held = self.held[a][b].of(i);
                    let p_in = |link: &Link| link.p.max(self.agreed[a][b].p(i, link.to));
                    let sum_in: f32 = held.iter().filter(inside).map(p_in).sum();
                    let agreed = self.agreed[a][b].of(i).iter();
                    let sum_out: f32 = agreed.filter(|link| !inside(link)).map(|l| l.p).sum();
                    best_in = best_in.max(sum_in.min(1.0));
                    most_out = most_out.max(sum_out.min(1.0));
                }
            }
            if !is_null {
                least_in = least_in.min(best_in);
            }
        }
        let raw = (least_in * (1.0 - most_out)).clamp(SUREST, 1.0 - SUREST);
        let [slope, intercept] = match is_null {
            true => self.constants.null_score,
            false => self.constants.score,
        };
        let log_odds = slope * (raw / (1.0 - raw)).ln() + intercept;
        1.0 / (1.0 + f64::from(-log_odds).exp())
    }

    /// Whether two of more versions by themselves would decide otherwise about a link of a bead, be it
    /// one inside or one that leads out.
    pub(super) fn conflict(&self, bead: usize) -> bool {
        let likely = |p: f32| p >= 0.5;
        self.links(bead).any(|([a, b], i)| {
            let mut links = self.own[a][b].of(i).iter();
            links.any(|link| likely(link.p) != likely(self.agreed[a][b].p(i, link.to)))
        })
    }

    /// Whether two versions of a bead are linked by nothing but a moved block.
    pub(super) fn moved(&self, bead: usize) -> bool {
        let versions = 0..self.versions.len();
        let moved = |a: usize, b: usize| {
            let mut links = (self.links(bead))
                .filter(|&(versions, _)| versions == [a, b])
                .flat_map(|(_, i)| self.held[a][b].of(i))
                .filter(|link| self.bead_of(b, link.to) == bead)
                .peekable();
            links.peek().is_some() && links.all(|link| link.moved)
        };
        (versions.clone()).any(|a| versions.clone().any(|b| a < b && moved(a, b)))
    }

    /// The sentences of a bead, against each other version.
    pub(super) fn links(&self, bead: usize) -> impl Iterator<Item = ([usize; 2], usize)> {
        self.beads.segments(bead).flat_map(move |(a, segment)| {
            let others = (0..self.versions.len()).filter(move |&b| b != a);
            let sentences = self.versions[a].of(segment);
            others.flat_map(move |b| sentences.clone().map(move |i| ([a, b], i)))
        })
    }

    /// The sentences of one version of a bead, rising.
    pub(super) fn sentences(&self, bead: usize, version: usize) -> impl Iterator<Item = usize> {
        let segments = self.beads.segments(bead).filter(move |s| s.0 == version);
        segments.flat_map(move |(_, segment)| self.versions[version].of(segment))
    }

    /// The bead that a sentence stands in.
    pub(super) fn bead_of(&self, version: usize, sentence: usize) -> usize {
        self.beads
            .of(version, self.versions[version].segment[sentence])
    }
}
