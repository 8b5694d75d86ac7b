//! What the program takes to start, and instructions.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use crate::stage::median;

/// Calls of the program, with their names; none where it was not built.
pub(crate) fn calls() -> Vec<(&'static str, Command)> {
    let Some(program) = option_env!("CARGO_BIN_EXE_triglyph") else {
        eprintln!("no program without the feature cli: skipped");
        return Vec::new();
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut align = Command::new(program);
    align.args(["align", "--threads", "1", "--format", "jsonl"]);
    for (name, text) in [
        ("en.txt", "The cat sleeps.\n"),
        ("de.txt", "Die Katze schläft.\n"),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).expect("a folder to write to");
        align.arg(file);
    }
    let mut version = Command::new(program);
    version.arg("--version");
    vec![
        ("`triglyph --version`", version),
        ("`triglyph align` of two lines", align),
    ]
}

/// Median of the seconds that a process takes, from its start to its end.
pub(crate) fn seconds(command: &mut Command, runs: usize) -> f64 {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    median((0..runs).map(|_| {
        let start = Instant::now();
        let status = command.status().expect("the program was built");
        assert!(status.success(), "{command:?}");
        start.elapsed().as_secs_f64()
    }))
}

/// Instructions of a whole process; none where valgrind is not there.
pub(crate) fn instructions(command: &Command) -> Option<u64> {
    callgrind(&[], command)
}

/// Instructions of the stage of that name on an article of 30 paragraphs: this program runs itself.
pub(crate) fn instructions_of(stage: &str) -> Option<u64> {
    let mut command = Command::new(env::current_exe().expect("a path of its own"));
    command.arg(format!("--stage={stage}"));
    callgrind(&["--toggle-collect=*run_stage*"], &command)
}

fn callgrind(options: &[&str], command: &Command) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(options)
        .arg(command.get_program())
        .args(command.get_args())
        .output()
        .ok()?;
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    let collected = messages
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1));
    collected?.trim().parse().ok()
}
