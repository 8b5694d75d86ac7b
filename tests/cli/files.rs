//! `triglyph detect` and `triglyph segment`, which go through files one by one.

use std::fs;

use snapbox::str;

use crate::{MUSEUM, assert_score, bad_files, call, folder, museum, objects, triglyph};

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
        .stdin(&b"caf\xc3\xa9 \xc3\xa9 n\xc3"[..])
        .assert()
        .code(1)
        .stdout_eq("fr.txt\tfr\t[..]\n")
        .stderr_eq(str![[r#"
triglyph: stdin: invalid UTF-8 at byte 10; convert the file to UTF-8 (for example with iconv)

"#]]);
}

#[test]
fn other_encodings() {
    let folder = museum("encodings");
    let french = MUSEUM[1].1;
    let latin: Vec<u8> = french
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'\''))
        .collect();
    let utf_16: Vec<u8> = french.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("latin.txt"), &latin).unwrap();
    fs::write(
        folder.join("utf16.txt"),
        [&b"\xff\xfe"[..], &utf_16].concat(),
    )
    .unwrap();
    for (args, encoding, note) in [
        (
            &["latin.txt"][..],
            "windows-1252",
            "triglyph: note: latin.txt: read as windows-1252; if that is wrong, tell the encoding with \
             --encoding\n",
        ),
        (&["latin.txt", "--encoding", "latin1"], "windows-1252", ""),
        (
            &["utf16.txt"],
            "UTF-16LE",
            "triglyph: note: utf16.txt: read as UTF-16LE; if that is wrong, tell the encoding with \
             --encoding\n",
        ),
    ] {
        let args = [&["segment", "--format", "jsonl"], args].concat();
        let assert = call(&folder, &args).success().stderr_eq(note);
        let version = &objects(&assert)[0];
        assert_eq!(version["encoding"], encoding, "{args:?}");
        assert_eq!(version["lang"], "fr", "{args:?}");
        let text = version["segments"][1]["text"].as_str().unwrap();
        assert!(text.contains('û'), "{text}");
    }
    call(&folder, &["segment", "latin.txt", "--encoding", "utf-8"])
        .code(1)
        .stderr_eq(str![[r#"
triglyph: latin.txt: the bytes are not all UTF-8; tell another encoding, or none to have it detected

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
