//! Runs operations on tables that are read from stdin, a JSON object on each line, to compare with what
//! the page's code does (`tests/page/sequences.mjs`):
//!
//! ```text
//! {"sizes":[2,1],"beads":[[[0],[0]],[[1],[]]],"operations":[{"op":"merge","row":0}]}
//! ```
//!
//! For each, a line says of every operation whether it was done and a hash of the rows after it (FNV-1a,
//! 32 bits), and the rows at the end. Without input, an example of its own is run.
//!
//! ```text
//! cargo run --release --all-features --example repair < cases.jsonl
//! ```

use std::io::{self, BufRead, IsTerminal};

use serde::Deserialize;
use serde_json::json;
use triglyph::repair::{Operation, Row, Table};

const EXAMPLE: &str =
    r#"{"sizes":[2,1],"beads":[[[0],[0]],[[1],[]]],"operations":[{"op":"merge","row":0}]}"#;

#[derive(Deserialize)]
struct Case {
    sizes: Vec<usize>,
    beads: Vec<Vec<Vec<usize>>>,
    operations: Vec<Operation>,
}

fn main() -> io::Result<()> {
    if io::stdin().is_terminal() {
        println!("{}", run(EXAMPLE)?);
        return Ok(());
    }
    let mut is_empty = true;
    for line in io::stdin().lock().lines() {
        println!("{}", run(&line?)?);
        is_empty = false;
    }
    if is_empty {
        println!("{}", run(EXAMPLE)?);
    }
    Ok(())
}

/// What becomes of one table.
fn run(line: &str) -> io::Result<String> {
    let case: Case = serde_json::from_str(line)?;
    let mut table = match case.beads.is_empty() {
        true => Table::in_step(&case.sizes),
        false => Table::new(&case.sizes, case.beads),
    };
    let start = table.rows().to_vec();
    let mut steps = Vec::new();
    for operation in &case.operations {
        let is_done = table.apply(operation);
        check(&table, &case.sizes);
        steps.push(json!([is_done, hash(table.rows())]));
    }
    let rows = table.rows().to_vec();
    while table.undo() {}
    assert_eq!(table.rows(), start, "all is taken back");
    while table.redo() {}
    assert_eq!(table.rows(), rows, "all is done again");
    Ok(json!({ "steps": steps, "rows": rows }).to_string())
}

/// Checks that every segment stands in exactly one row.
fn check(table: &Table, sizes: &[usize]) {
    for (version, &size) in sizes.iter().enumerate() {
        let rows = table.rows().iter();
        let mut found: Vec<usize> = rows.flat_map(|row| row.segments[version].clone()).collect();
        found.sort_unstable();
        assert!(
            found.into_iter().eq(0..size),
            "version {version}: {table:?}"
        );
    }
}

fn hash(rows: &[Row]) -> u32 {
    let lines = rows.iter().map(|row| {
        let segments = json!(row.segments);
        format!("{segments}|{}|{}", u8::from(row.confirmed), row.comment)
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    (text.bytes()).fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
