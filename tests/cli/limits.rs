//! What is too much for `triglyph align`.

use std::fs;

use serde_json::{Value, json};

use crate::{call, folder, museum, objects, stderr, stdout};

/// Limits that the museum goes beyond, what is said of it, and the fields of its record. Of its
/// versions, the French one is the longest.
fn beyond() -> [(&'static [&'static str], &'static str, Value); 3] {
    [
        (
            &["--max-characters", "160"],
            "fr.txt: 171 characters, expected at most 160; raise --max-characters",
            json!([{"limit": "characters", "versions": [1], "found": 171, "most": 160,
                    "fallback": "lengths"}]),
        ),
        (
            &["--max-segments", "2"],
            "en.txt: 3 sentences, expected at most 2; raise --max-segments",
            json!([
                {"limit": "segments", "versions": [0], "found": 3, "most": 2, "fallback": "lengths"},
                {"limit": "segments", "versions": [1], "found": 3, "most": 2, "fallback": "lengths"},
            ]),
        ),
        (
            &["--max-work", "8"],
            "en.txt, fr.txt: 9 steps of work, expected at most 8; raise --max-work",
            json!([{"limit": "work", "versions": [0, 1], "found": 9, "most": 8,
                    "fallback": "lengths"}]),
        ),
    ]
}

#[test]
fn beyond_a_limit_is_simplified() {
    let folder = museum("limits_simplify");
    for (limit, _, simplified) in beyond() {
        let args = [&["align", "en.txt", "fr.txt"], limit].concat();
        let assert = call(&folder, &args).success();
        let record = &objects(&assert)[0];
        assert_eq!(record["simplified"], simplified, "{limit:?}");
        let segments = |version: usize| {
            let beads = record["beads"].as_array().unwrap().iter();
            let segments = beads.flat_map(|bead| bead["segments"][version].as_array().unwrap());
            segments.map(|s| s.as_u64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!([segments(0), segments(1)], [[0, 1, 2]; 2], "{limit:?}");
        let stderr = stderr(&assert);
        let warnings = simplified.as_array().unwrap().len();
        assert_eq!(stderr.lines().count(), warnings, "{stderr}");
        for line in stderr.lines() {
            assert!(line.starts_with("triglyph: warning: "), "{line}");
            assert!(line.contains(": aligned by lengths alone; "), "{line}");
            let expected = format!("raise {} for more", limit[0]);
            assert!(line.ends_with(&expected), "{line}");
        }
        call(&folder, &[&args, &["--quiet"][..]].concat())
            .success()
            .stderr_eq("");
    }
}

#[test]
fn of_three_versions_each_two_have_a_share_of_the_work() {
    let folder = museum("limits_share");
    fs::copy(folder.join("fr.txt"), folder.join("again.txt")).unwrap();
    let files = ["align", "en.txt", "fr.txt", "again.txt"];
    let assert = call(&folder, &[&files[..], &["--max-work", "12"]].concat()).success();
    let stderr = stderr(&assert);
    let warnings = stderr.lines().filter(|line| line.contains("warning: "));
    let warnings: Vec<&str> = warnings.collect();
    assert_eq!(warnings.len(), 3, "{stderr}");
    for line in warnings {
        assert!(line.contains(", more than 4 (their share): "), "{line}");
    }
}

#[test]
fn beyond_a_limit_is_an_error_where_asked_for() {
    let folder = museum("limits_error");
    for (limit, expected, _) in beyond() {
        let args = [&["align", "en.txt", "fr.txt", "--beyond", "error"], limit].concat();
        let expected = format!("triglyph: {expected} or leave out --beyond error\n");
        call(&folder, &args)
            .code(1)
            .stdout_eq("")
            .stderr_eq(expected);
    }
}

#[test]
fn within_limits_nothing_changes() {
    let folder = museum("limits_within");
    let files = ["align", "en.txt", "fr.txt"];
    let expected = stdout(&call(&folder, &files).success().stderr_eq(""));
    assert!(!expected.contains("simplified"));
    let limits = ["--max-characters", "171", "--max-segments", "3"];
    for beyond in ["simplify", "error"] {
        let args = [&files[..], &limits, &["--beyond", beyond]].concat();
        let assert = call(&folder, &args).success().stderr_eq("");
        assert_eq!(stdout(&assert), expected, "{beyond}");
    }
}

/// Work is counted, and not who does it.
#[test]
fn threads_make_no_difference_to_what_is_simplified() {
    let folder = folder("limits_threads");
    let lines = |line: &str| format!("{line}\n").repeat(1500);
    fs::write(folder.join("en.txt"), lines("The same line.")).unwrap();
    fs::write(folder.join("de.txt"), lines("Dieselbe Zeile.")).unwrap();
    let args = ["align", "en.txt", "de.txt", "--input", "lines"];
    for (work, how) in [
        ("1000", "by lengths alone"),
        ("600000", "without a second look"),
    ] {
        let run = |threads| {
            let limit = ["--max-work", work, "--threads", threads, "--self-train"];
            let assert = call(&folder, &[&args[..], &limit].concat()).success();
            (stdout(&assert), stderr(&assert))
        };
        let (found, warning) = run("1");
        assert!(warning.contains(how), "{work}: {warning}");
        assert_eq!(run("2"), (found, warning), "{work}");
    }
}
