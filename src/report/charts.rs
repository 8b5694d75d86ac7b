//! The map of an article along the edge of its page, and the dot plot of two versions.

use std::fmt::Write as _;

use super::{DOUBTFUL, shade};
use crate::alignment::Bead;

/// Steps of the map at the most; where there are more rows, one step stands for several.
const STEPS: usize = 1000;

/// The map: a step for each row, coloured by score; of several rows, by the least.
pub(super) fn strip(beads: &[Bead]) -> String {
    let each = beads.len().div_ceil(STEPS).max(1);
    let steps: Vec<&[Bead]> = beads.chunks(each).collect();
    let height = steps.len().max(1);
    let mut svg = format!("<svg viewBox=\"0 0 10 {height}\" preserveAspectRatio=\"none\">");
    for (step, beads) in steps.iter().enumerate() {
        let score = beads.iter().map(Bead::score).fold(1.0, f64::min);
        let row = step * each + 1;
        let null = if beads.iter().all(Bead::is_null) {
            " null"
        } else {
            ""
        };
        // Writing to a string does not fail.
        let _ = write!(
            svg,
            "<a href=\"#row-{row}\" aria-label=\"Row {row}, score {score:.2}\"><rect class=\"s{}{null}\" \
             x=\"0\" y=\"{step}\" width=\"10\" height=\"1\"/></a>",
            shade(score),
        );
    }
    svg + "</svg>"
}

/// The links of two versions by the numbers of their sentences, darker where they are surer.
pub(super) fn plot(
    [a, b]: [&str; 2],
    [rows, columns]: [usize; 2],
    links: &[(usize, usize, f32)],
) -> String {
    let [width, height] = [rows.max(1), columns.max(1)];
    let sure = links
        .iter()
        .filter(|(.., p)| f64::from(*p) >= DOUBTFUL)
        .count();
    let mut svg = format!(
        "<svg class=\"plot\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{sure} sure links of {rows} sentences in {a} and {columns} in {b}\">"
    );
    for (class, [least, most]) in [[0.0, 0.25], [0.25, 0.5], [0.5, 0.9], [0.9, 2.0]]
        .into_iter()
        .enumerate()
    {
        let points = links.iter().filter(|(.., p)| (least..most).contains(p));
        let path: String = points
            .map(|(i, j, _)| format!("M{i} {j}h1v1h-1z"))
            .collect();
        if !path.is_empty() {
            let _ = write!(svg, "<path class=\"p{class}\" d=\"{path}\"/>");
        }
    }
    svg + "</svg>"
}
