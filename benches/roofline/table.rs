//! What sets took, as Markdown.

use std::iter;

use crate::markdown;
use crate::stage::Costs;

/// Prints two tables, a column for each set: time over that of the roofline and, where the sets are of
/// rising size, its growth from the one before; memory over the texts, that of a segment, and the
/// allocations for a segment.
pub(crate) fn print(title: &str, sets: &[Costs], grows: bool) {
    let Some(first) = sets.first() else { return };
    let line = |name: &str, cell: &dyn Fn(usize) -> String| -> Vec<String> {
        let cells = (0..sets.len()).map(cell);
        iter::once(name.into()).chain(cells).collect()
    };
    let name = |set: usize| sets[set].name.clone();
    let mut times = vec![
        line("time, `unicode_words` = 1", &name),
        line("`unicode_words`, ms", &|set| {
            format!("{:.2}", sets[set].roofline() * 1e3)
        }),
    ];
    let mut memory = vec![
        line("MB · kB · allocations", &name),
        line("texts", &|set| {
            format!("{:.2}", sets[set].bytes as f64 / 1e6)
        }),
    ];
    for (row, name) in first.names().enumerate() {
        times.push(line(name, &|set| {
            let before = set.checked_sub(1).filter(|_| grows);
            time(&sets[set], before.map(|before| &sets[before]), row)
        }));
        memory.push(line(name, &|set| peak(&sets[set], row)));
    }
    println!("\n{title}\n");
    markdown::print(&times);
    println!();
    markdown::print(&memory);
}

const LEFT_OUT: &str = "–";

fn time(of: &Costs, before: Option<&Costs>, row: usize) -> String {
    let ratio_before = before.and_then(|before| before.ratio(row));
    match (of.ratio(row), ratio_before) {
        (Some(ratio), Some(before)) => format!("{ratio:.2} · {:.2}", ratio / before),
        (Some(ratio), None) => format!("{ratio:.2}"),
        (None, _) => LEFT_OUT.into(),
    }
}

fn peak(of: &Costs, row: usize) -> String {
    let Some(count) = of.counts.get(row) else {
        return LEFT_OUT.into();
    };
    let segments = of.segments as f64;
    format!(
        "{:.2} · {:.2} · {:.0}",
        count.peak as f64 / 1e6,
        count.peak as f64 / 1e3 / segments,
        count.allocations as f64 / segments
    )
}
