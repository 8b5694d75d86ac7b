//! `triglyph convert`, and what `align` writes in other formats.

use std::fs;
use std::path::Path;

use snapbox::str;

use crate::{call, museum, objects, stdout, triglyph};

/// A folder with the museum aligned: `museum.jsonl`.
fn aligned(name: &str) -> std::path::PathBuf {
    let folder = museum(name);
    let args = ["align", "en.txt", "fr.txt", "de.txt", "--id", "museum"];
    call(&folder, &[&args[..], &["-o", "museum.jsonl"]].concat()).success();
    folder
}

fn lines(folder: &Path, name: &str) -> usize {
    fs::read_to_string(folder.join(name))
        .unwrap()
        .lines()
        .count()
}

#[test]
fn json_lines_come_out_as_they_went_in() {
    let folder = aligned("convert_same");
    let written = fs::read_to_string(folder.join("museum.jsonl")).unwrap();
    for args in [
        &["convert", "museum.jsonl", "--to", "jsonl"][..],
        &["convert", "museum.jsonl.gz", "--to", "jsonl"],
        &["convert", "museum.jsonl.zst", "--to", "jsonl"],
    ] {
        let packed = args[1];
        if packed != "museum.jsonl" {
            call(&folder, &["convert", "museum.jsonl", "-o", packed])
                .success()
                .stderr_eq("");
        }
        call(&folder, args)
            .success()
            .stdout_eq(&written)
            .stderr_eq("");
    }
    let packed = fs::read(folder.join("museum.jsonl.gz")).unwrap();
    assert!(packed.starts_with(b"\x1f\x8b"));
    triglyph(&folder, &["convert", "-", "--to", "jsonl"])
        .stdin(packed)
        .assert()
        .success()
        .stdout_eq(&written);
}

#[test]
fn there_and_back() {
    let folder = aligned("convert_back");
    let beads = objects(&call(&folder, &["convert", "museum.jsonl", "--to", "jsonl"]).success())[0]
        ["beads"]
        .as_array()
        .unwrap()
        .len();
    call(
        &folder,
        &[
            "convert",
            "museum.jsonl",
            "--to",
            "moses",
            "-o",
            "out/corpus",
        ],
    )
    .success();
    for file in [
        "out/corpus.en",
        "out/corpus.fr",
        "out/corpus.de",
        "out/corpus.ids",
    ] {
        assert_eq!(lines(&folder, file), beads, "{file}");
    }
    assert_eq!(
        lines(&folder, "out/corpus.en-fr.en"),
        lines(&folder, "out/corpus.en-fr.fr")
    );
    let read = [
        "convert",
        "out/corpus.en",
        "out/corpus.fr",
        "out/corpus.de",
        "--to",
        "jsonl",
    ];
    let record = &objects(&call(&folder, &read).success())[0];
    assert_eq!(record["id"], "museum");
    assert_eq!(record["beads"].as_array().unwrap().len(), beads);

    for format in ["ladder", "vecalign", "ladder-text"] {
        call(
            &folder,
            &["convert", "museum.jsonl", "--to", format, "-o", format],
        )
        .success();
        let file = match format {
            "ladder-text" => "ladder-text/museum.en-de.txt".to_owned(),
            _ => format!("{format}/museum.en-de.{format}"),
        };
        let record = &objects(&call(&folder, &["convert", &file, "--to", "jsonl"]).success())[0];
        assert_eq!(record["id"], "museum", "{format}");
        let langs = [0, 1].map(|v: usize| record["versions"][v]["lang"].as_str());
        assert_eq!(langs, [Some("en"), Some("de")], "{format}");
    }
    let left = fs::read_dir(&folder).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".tmp")
    });
    assert_eq!(left.count(), 0, "temporary files");
}

#[test]
fn what_is_kept() {
    let folder = aligned("convert_filters");
    let convert = |args: &[&str]| call(&folder, &[&["convert", "museum.jsonl"], args].concat());
    let record = &objects(&convert(&["--pair", "de-en", "--to", "jsonl"]).success())[0];
    let names: Vec<_> = record["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| &v["name"])
        .collect();
    assert_eq!(names, ["de.txt", "en.txt"]);
    let table = convert(&["--shape", "1:1:1", "--to", "tsv"]).success();
    assert!(
        stdout(&table)
            .lines()
            .skip(1)
            .all(|line| line.split('\t').nth(1) == Some("1:1:1"))
    );
    convert(&["--min-score", "1", "--no-moved", "--to", "tsv"])
        .success()
        .stderr_eq("triglyph: note: --min-score left out [..] beads\n...\n");
    convert(&["--pair", "en-es", "--to", "jsonl"])
        .success()
        .stdout_eq("")
        .stderr_eq("triglyph: note: --pair en-es left out 1 article without both versions\n");
    let table = convert(&["--to", "tsv", "--lang-style", "639-3"]).success();
    assert!(stdout(&table).starts_with("score\tshape\tflags\teng\tfra\tdeu\tarticle\n"));
}

#[test]
fn wrong_calls() {
    let folder = aligned("convert_wrong");
    fs::write(folder.join("noise"), "nothing of the kind").unwrap();
    fs::write(folder.join("x.ladder"), "0\t0\t1\n").unwrap();
    for (args, code, expected) in [
        (
            &["museum.jsonl", "--to", "moses"][..],
            2,
            "error: moses is several files; say with -o what their names begin with",
        ),
        (
            &["museum.jsonl", "--to", "ladder"],
            2,
            "error: ladder is several files; name a folder for them with -o",
        ),
        (
            &["museum.jsonl"],
            2,
            "error: nothing tells the format to write; name it with --to",
        ),
        (
            &["museum.jsonl", "--to", "tsv", "--shape", "1"],
            2,
            "error: invalid value '1' for '--shape <1:1:1>': expected numbers with colons between them, \
             such as 1:1:1",
        ),
        (
            &["noise", "--to", "tsv"],
            1,
            "triglyph: noise: neither its name nor its beginning tells the format; name it with --from",
        ),
        (
            &["en.txt", "--from", "jsonl", "--to", "tsv"],
            1,
            "triglyph: en.txt, line 1: expected value (column 1)",
        ),
        (
            &["x.ladder", "--to", "tsv"],
            1,
            "triglyph: x.ladder: its name does not tell which texts it counts the lines of; give them \
             with --text LEFT --text RIGHT",
        ),
        (
            &["missing.jsonl", "--to", "tsv"],
            1,
            "triglyph: missing.jsonl: no such file or directory",
        ),
    ] {
        let assert = call(&folder, &[&["convert"], args].concat()).code(code);
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(stderr.starts_with(expected), "{args:?}: {stderr}");
    }
}

#[test]
fn bad_articles_are_passed_over() {
    let folder = aligned("convert_bad");
    let good = fs::read_to_string(folder.join("museum.jsonl")).unwrap();
    fs::write(folder.join("all.jsonl"), format!("{good}{{\n{good}")).unwrap();
    let assert = call(&folder, &["convert", "all.jsonl", "--to", "jsonl"]);
    let assert = assert.code(3).stderr_eq(str![[r#"
triglyph: all.jsonl, line 2: EOF while parsing an object (column 1)

"#]]);
    assert_eq!(objects(&assert).len(), 2);
}

#[test]
fn align_writes_by_the_name() {
    let folder = museum("align_formats");
    let align = |args: &[&str]| call(&folder, &[&["align", "en.txt", "fr.txt"], args].concat());
    align(&["-o", "out.tsv"]).success();
    let table = fs::read_to_string(folder.join("out.tsv")).unwrap();
    assert!(table.starts_with("score\tshape\tflags\ten\tfr\n"));
    align(&["--format", "vecalign", "-o", "beads", "--id", "m"]).success();
    assert!(folder.join("beads/m.en-fr.vecalign").is_file());
    align(&["--format", "moses"]).code(2);
}
