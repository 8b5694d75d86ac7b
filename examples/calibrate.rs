//! Fits the map from posteriors to scores on gold articles, and says how far it can be trusted.
//!
//! ```text
//! cargo run --release --all-features --example calibrate -- [FOLDER…]
//! ```
//!
//! A folder is a gold article (`gold.json` and a text `<lang>.txt` a version), a set of them, or a
//! folder of sets; without folders the articles are those of `tests/data`. The articles are aligned
//! with scores as they come out of the posteriors, and a logistic curve with a slope and an intercept
//! (Platt 1999) is fitted to which beads are right: one for beads of two or more versions, one for the
//! units in null beads. What is printed first are the constants, fitted to all articles, as they stand
//! in `Constants::FITTED`; then, a row a set, the expected calibration error over ten bins and the
//! share right of what is scored 0.95 and more, by curves that were fitted to the articles of four
//! folds and measured on those of the fifth. The folds go by the names of the articles, so that all
//! forms of one base article fall into one.

use std::path::PathBuf;

use rayon::prelude::*;
use triglyph::eval::{GoldArticle, Judged, Reliability};
use triglyph::{Aligner, Constants, Error};

#[path = "shared/folds.rs"]
mod folds;
#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/markdown.rs"]
mod markdown;

use folds::{FOLDS, fold};
use gold::Set;

/// Slope and intercept.
type Curve = [f64; 2];

/// What was judged in an article, and its fold.
type Judgement = (usize, Judged);

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let judged: Vec<(String, Vec<Judgement>)> = (sets.iter())
        .map(|set| (set.name.clone(), judge(set)))
        .collect();
    let parts = [("score", beads as Part), ("null_score", nulls)];
    for (name, part) in parts {
        let [slope, intercept] = fit(&of(&judged, part, |_| true));
        println!("{name}: [{slope:.2}, {intercept:.2}]");
    }
    println!();
    let head = [
        "set", "beads", "ECE", ">= 0.95", "right", "null", "ECE", ">= 0.95", "right",
    ];
    let mut table = vec![head.map(String::from).to_vec()];
    let curves = parts.map(|(_, part)| {
        [0; FOLDS].map({
            let mut fold = 0;
            let judged = &judged;
            move |_| {
                fold += 1;
                fit(&of(judged, part, |other| other != fold - 1))
            }
        })
    });
    for (set, articles) in &judged {
        let mut row = vec![set.clone()];
        for ((_, part), curves) in parts.iter().zip(&curves) {
            let scored = articles.iter().flat_map(|(fold, judged)| {
                let scored = part(judged).iter();
                scored.map(move |&(raw, right)| (curve(curves[*fold], raw), right))
            });
            row.extend(cells(&scored.collect()));
        }
        table.push(row);
    }
    markdown::print(&table);
    Ok(())
}

/// The beads of two or more versions, or those of one.
type Part = fn(&Judged) -> &[(f64, bool)];

fn beads(judged: &Judged) -> &[(f64, bool)] {
    &judged.beads
}

fn nulls(judged: &Judged) -> &[(f64, bool)] {
    &judged.nulls
}

/// Aligns the articles of a set with scores as they come out of the posteriors.
fn judge(set: &Set) -> Vec<Judgement> {
    let mut constants = Constants::FITTED;
    constants.score = [1.0, 0.0];
    constants.null_score = [1.0, 0.0];
    let aligner = Aligner::new().unit(set.unit).constants(constants);
    let judge = |(base, article): (&String, &GoldArticle)| {
        let alignment = aligner.align(article.article());
        (fold(base), article.judge(&alignment))
    };
    set.articles.par_iter().map(judge).collect()
}

/// What was judged in the articles of some folds.
fn of(
    judged: &[(String, Vec<Judgement>)],
    part: Part,
    takes: impl Fn(usize) -> bool,
) -> Vec<(f64, bool)> {
    let articles = judged.iter().flat_map(|(_, articles)| articles);
    let taken = articles.filter(|(fold, _)| takes(*fold));
    taken
        .flat_map(|(_, judged)| part(judged))
        .copied()
        .collect()
}

/// The curve of greatest likelihood, by Newton's method.
fn fit(judged: &[(f64, bool)]) -> Curve {
    let [mut slope, mut intercept] = [1.0, 0.0];
    for _ in 0..50 {
        // Gradient and Hessian of the log-likelihood; a trace of a prior keeps the latter regular.
        let (mut g, mut h) = ([1e-6 * (1.0 - slope), -1e-6 * intercept], [1e-6, 0.0, 1e-6]);
        for &(raw, right) in judged {
            let x = logit(raw);
            let p = curve([slope, intercept], raw);
            let (off, weight) = (f64::from(u8::from(right)) - p, p * (1.0 - p));
            g[0] += off * x;
            g[1] += off;
            h[0] += weight * x * x;
            h[1] += weight * x;
            h[2] += weight;
        }
        let determinant = h[0] * h[2] - h[1] * h[1];
        slope += (h[2] * g[0] - h[1] * g[1]) / determinant;
        intercept += (h[0] * g[1] - h[1] * g[0]) / determinant;
        slope = slope.clamp(0.1, 5.0);
        intercept = intercept.clamp(-5.0, 5.0);
    }
    [slope, intercept]
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}

fn curve([slope, intercept]: Curve, raw: f64) -> f64 {
    1.0 / (1.0 + (-slope * logit(raw) - intercept).exp())
}

/// Number, calibration error, number of the sure ones, and the share of these that is right.
fn cells(reliability: &Reliability) -> [String; 4] {
    let shown = |x: Option<f64>| x.map_or_else(|| "-".into(), |x| format!("{x:.3}"));
    [
        reliability.all().count().to_string(),
        shown(reliability.calibration_error()),
        reliability.sure().count().to_string(),
        shown(reliability.sure().share_right()),
    ]
}
