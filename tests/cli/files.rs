//! `triglyph detect` and `triglyph segment`, which go through files one by one.

use std::fs;

use snapbox::str;

use crate::{assert_score, bad_files, call, folder, museum, objects, triglyph};

#[test]
fn languages() {
    let folder = bad_files("languages");
    let files = [
        "en.txt", "missing", "fr.txt", "folder", "es.txt", "binary", "empty", "numbers",
    ];
    call(&folder, &[&["detect"], &files[..]].concat())
        .code(1)
        .stdout_eq(str![[r#"
en.txt	en	0.[..]
fr.txt	fr	0.[..]
es.txt	es	0.[..]
empty	und	0.00
numbers	und	0.00

"#]])
        .stderr_eq(str![[r#"
triglyph: missing: no such file or directory
triglyph: folder: is a directory, expected a file
triglyph: binary: binary data (a NUL at byte 4), expected text in UTF-8

"#]]);
    for (args, allowed) in [(&[][..], false), (&["--languages", "en,spa"], true)] {
        let given = ["detect", "es.txt", "--format", "jsonl"];
        let assert = call(&folder, &[&given, args].concat())
            .success()
            .stderr_eq("");
        let record = &objects(&assert)[0];
        assert_eq!(record["name"], "es.txt");
        assert_eq!(record["lang"], "es");
        assert_eq!(record["allowed"], allowed);
        assert_score(&record["lang_score"]);
    }
}

#[test]
fn standard_input() {
    let folder = museum("stdin_detect");
    triglyph(&folder, &["detect", "fr.txt", "-"])
        .stdin(&b"caf\xe9"[..])
        .assert()
        .code(1)
        .stdout_eq("fr.txt\tfr\t[..]\n")
        .stderr_eq(str![[r#"
triglyph: stdin: invalid UTF-8 at byte 3; convert the file to UTF-8 (for example with iconv)

"#]]);
}

#[test]
fn lines_are_units() {
    let folder = folder("lines");
    fs::write(
        folder.join("en.txt"),
        "Mr. Smith came. He\nleft.\n\nThe end.\n",
    )
    .unwrap();
    for (args, expected) in [
        (&[][..], &["Mr. Smith came. He", "left.", "The end."][..]),
        (
            &["--unit", "sentence"],
            &["Mr. Smith came. He", "left.", "The end."],
        ),
    ] {
        let given = ["segment", "en.txt", "--input", "lines", "--format", "jsonl"];
        let version = &objects(&call(&folder, &[&given, args].concat()).success())[0];
        assert_eq!(version["layout"], "lines");
        let segments = version["segments"].as_array().unwrap().iter();
        let texts: Vec<&str> = segments.map(|s| s["text"].as_str().unwrap()).collect();
        assert_eq!(texts, expected, "{args:?}");
    }
}
