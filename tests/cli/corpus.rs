//! `triglyph corpus` and `triglyph align --stream`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use snapbox::str;

use crate::{LANGS, MUSEUM, SPANISH, call, folder, objects, stderr, triglyph};

/// The museum article as a line of JSON, under a name, each text behind these words.
fn line(id: &str, before: &str) -> String {
    let versions = MUSEUM.iter().zip(LANGS).map(|((_, text), lang)| {
        json!({ "lang": lang, "text": format!("{before}{text}"), "licence": "CC0" })
    });
    let versions: Vec<Value> = versions.collect();
    json!({ "id": id, "versions": versions }).to_string() + "\n"
}

/// A folder with `articles.jsonl`: two that are the same, one that is not JSON.
fn articles(name: &str) -> PathBuf {
    let folder = folder(name);
    let lines = [line("a", ""), line("b", ""), "nonsense\n".into()];
    fs::write(folder.join("articles.jsonl"), lines.concat()).unwrap();
    folder
}

fn read(path: PathBuf) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn records(path: PathBuf) -> Vec<Value> {
    read(path)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// All files below a folder but the times, by their names.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.ends_with("timing.json") {
            found.push((path.clone(), fs::read(path).unwrap()));
        }
    }
    found.sort();
    found
}

fn same(a: &Path, b: &Path) {
    let below = |folder: &Path| -> Vec<(PathBuf, Vec<u8>)> {
        let files = files(folder).into_iter();
        files
            .map(|(path, text)| (path.strip_prefix(folder).unwrap().to_owned(), text))
            .collect()
    };
    let (a, b) = (below(a), below(b));
    let names = |files: &[(PathBuf, _)]| {
        files
            .iter()
            .map(|(path, _)| path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&a), names(&b));
    for ((name, a), (_, b)) in a.iter().zip(&b) {
        assert!(a == b, "{} differs", name.display());
    }
}

#[test]
fn a_corpus() {
    let folder = articles("corpus");
    call(
        &folder,
        &[
            "corpus",
            "build",
            "articles.jsonl",
            "-o",
            "out",
            "--format",
            "jsonl,tsv,tmx",
        ],
    )
    .code(3)
    .stdout_eq("")
    .stderr_eq(str![[r#"
triglyph: note: 2 of 3 articles aligned, 3 of 6 beads kept; see out/stats.md

"#]]);
    let records = records(folder.join("out/corpus.jsonl"));
    assert_eq!(records.len(), 2, "nothing is kept of the second article");
    assert_eq!(records[0]["id"], "a");
    assert_eq!(records[0]["beads"][0]["segments"], json!([[0], [0], [0]]));
    assert_eq!(records[0]["versions"][0]["licence"], "CC0");
    let group = records[0]["beads"][2]["group"].as_str().unwrap();
    assert_eq!(group.len(), 32);
    assert_eq!(
        records[1],
        json!({"schema": "triglyph/1", "id": "line-3", "error": "invalid JSON: expected ident (column 2)"})
    );
    let list = read(folder.join("out/articles.tsv"));
    let cells: Vec<Vec<&str>> = list
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(
        cells[0],
        [
            "id",
            "sha256",
            "split",
            "score",
            "beads",
            "kept",
            "left_out",
            "simplified",
            "error"
        ]
    );
    assert_eq!((cells[2][0], cells[2][4], cells[2][5]), ("b", "3", "0"));
    assert_eq!(
        (cells[3][0], cells[3][8]),
        ("line-3", "invalid JSON: expected ident (column 2)")
    );
    let manifest: Value = serde_json::from_str(&read(folder.join("out/manifest.json"))).unwrap();
    assert_eq!(manifest["articles"]["failed"], 1);
    assert_eq!(manifest["licences"]["CC0"], 6);
    let statistics: Value = serde_json::from_str(&read(folder.join("out/stats.json"))).unwrap();
    let duplicates = &statistics["filters"][9];
    assert_eq!(duplicates["name"], "duplicate");
    assert_eq!(duplicates["in_sequence"]["beads"], 3);
    assert_eq!(duplicates["examples"][0]["article"], "b");
    let told = read(folder.join("out/stats.md"));
    assert!(
        told.contains("| duplicate | the words of an earlier bead | 3 |"),
        "{told}"
    );
    assert!(read(folder.join("out/stats/scores.svg")).starts_with("<svg"));
    assert_eq!(read(folder.join("out/corpus.tsv")).lines().count(), 4);
    assert!(!folder.join("out/work").exists());
}

#[test]
fn everything_is_kept_and_told() {
    let folder = articles("corpus_annotated");
    call(
        &folder,
        &[
            "corpus",
            "build",
            "articles.jsonl",
            "-o",
            "out",
            "--annotate",
            "-q",
        ],
    )
    .code(3);
    let records = records(folder.join("out/corpus.jsonl"));
    let filtered = |record: &Value| -> Vec<Value> {
        let beads = record["beads"].as_array().unwrap().iter();
        beads.map(|bead| bead["filtered"].clone()).collect()
    };
    assert_eq!(
        filtered(&records[0]),
        [Value::Null, Value::Null, Value::Null]
    );
    assert_eq!(filtered(&records[1]), ["duplicate"; 3]);
    assert_eq!(
        records[0]["beads"][1]["group"],
        records[1]["beads"][1]["group"]
    );

    call(
        &folder,
        &[
            "corpus",
            "build",
            "articles.jsonl",
            "-o",
            "all",
            "--keep",
            "duplicate",
            "--keep",
            "near-duplicate",
            "-q",
        ],
    )
    .code(3);
    assert_eq!(records_of(&folder.join("all")), 3);
    call(
        &folder,
        &[
            "corpus",
            "build",
            "articles.jsonl",
            "-o",
            "tsv",
            "--annotate",
            "--format",
            "tsv",
        ],
    )
    .code(2)
    .stderr_eq(str![[r#"
error: tsv has no room for what --annotate writes; jsonl and parquet have

Usage: triglyph corpus build [OPTIONS] --output <OUTDIR> <IN>...

For more information, try '--help'.

"#]]);
}

fn records_of(folder: &Path) -> usize {
    records(folder.join("corpus.jsonl")).len()
}

#[test]
fn folders_of_articles() {
    let folder = folder("corpus_folders");
    for (name, place) in [("tram", "in/tram"), ("ship", "in/sea/ship")] {
        fs::create_dir_all(folder.join(place)).unwrap();
        for (file, text) in MUSEUM {
            fs::write(
                folder.join(place).join(file),
                format!("{name} 17\n\n{text}"),
            )
            .unwrap();
        }
    }
    for (file, text) in MUSEUM {
        let lang = file.strip_suffix(".txt").unwrap();
        let page = text.replace("\n\n", "<p>");
        fs::write(
            folder.join(format!("in/bus.2.{lang}.html")),
            format!("<h1>Bus 2</h1><p>{page}"),
        )
        .unwrap();
    }
    fs::create_dir_all(folder.join("in/empty")).unwrap();
    fs::write(folder.join("in/readme.txt"), "not a version").unwrap();
    // A version is missing, one is binary, one is in another language than its name says.
    fs::remove_file(folder.join("in/sea/ship/fr.txt")).unwrap();
    fs::create_dir_all(folder.join("in/broken")).unwrap();
    fs::write(folder.join("in/broken/en.txt"), MUSEUM[0].1).unwrap();
    fs::write(folder.join("in/broken/fr.txt"), SPANISH).unwrap();
    fs::write(folder.join("in/broken/de.txt"), b"\x89PNG\r\n\x1a\n\x00").unwrap();
    call(
        &folder,
        &["corpus", "build", "in", "-o", "out", "--annotate", "-q"],
    )
    .code(3);
    let records = records(folder.join("out/corpus.jsonl"));
    let ids: Vec<&Value> = records.iter().map(|record| &record["id"]).collect();
    assert_eq!(ids, ["broken", "bus.2", "empty", "sea/ship", "tram"]);
    assert_eq!(
        records[0]["error"],
        "an article needs at least two versions, found 1; left out: de.txt: binary data (a NUL at byte 8), \
         expected text in UTF-8; fr.txt: the text is in Spanish (es), expected French (fr)"
    );
    assert_eq!(
        records[2]["error"],
        "no version found, expected files such as en.txt or fr.html"
    );
    assert_eq!(records[1]["versions"][0]["segments"][0]["kind"], "heading");
    assert_eq!(records[3]["versions"].as_array().unwrap().len(), 2);
    assert_eq!(records[4]["versions"].as_array().unwrap().len(), 3);

    // The article of a folder that is an input itself is called like it, and files may be named alone.
    call(
        &folder,
        &[
            "corpus",
            "build",
            "in/tram",
            "in/bus.2.de.html",
            "in/bus.2.en.html",
            "-o",
            "two",
            "-q",
        ],
    )
    .success();
    let ids: Vec<Value> = records_in(&folder.join("two"))
        .iter()
        .map(|record| record["id"].clone())
        .collect();
    assert_eq!(ids, ["tram", "bus.2"]);
}

fn records_in(folder: &Path) -> Vec<Value> {
    records(folder.join("corpus.jsonl"))
}

#[test]
fn parts_make_the_whole() {
    let folder = folder("corpus_parts");
    let lines: String = (0..12)
        .map(|i| line(&format!("article {i}"), &format!("Number {i}\n\n")))
        .collect();
    fs::write(folder.join("in.jsonl"), lines + "nonsense\n").unwrap();
    let output = [
        "--format",
        "jsonl,moses",
        "--dev",
        "0.3",
        "--leftovers",
        "-q",
    ];
    let build = |more: &[&str]| call(&folder, &[&["corpus", "build", "in.jsonl"], more].concat());
    build(&[&["-o", "whole", "--threads", "1"], &output[..]].concat()).code(3);
    build(&[&["-o", "threads", "--threads", "8"], &output[..]].concat()).code(3);
    same(&folder.join("whole"), &folder.join("threads"));
    for part in ["0", "1", "2"] {
        build(&["-o", part, "--shard", &format!("{part}/3"), "-q"]);
    }
    call(
        &folder,
        &[
            &["corpus", "merge", "2", "0", "1", "-o", "merged"],
            &output[..],
        ]
        .concat(),
    )
    .code(3);
    same(&folder.join("whole"), &folder.join("merged"));
    call(&folder, &["corpus", "merge", "2", "0", "-o", "two"])
        .code(1)
        .stderr_eq(str![[r#"
triglyph: found the parts 0/3, 2/3, expected each of 0/3 to 2/3 once

"#]]);
    call(&folder, &["corpus", "merge", "whole", "-o", "two"])
        .code(1)
        .stderr_eq(str![[r#"
triglyph: whole: not a part of a corpus, expected the OUTDIR of a build with --shard

"#]]);
}

#[test]
fn work_goes_on() {
    let folder = articles("corpus_resumed");
    let build = |out: &str, more: &[&str]| {
        let args = ["corpus", "build", "articles.jsonl", "-o", out];
        call(&folder, &[&args[..], more].concat())
    };
    build("whole", &["-q"]).code(3);
    build("whole", &[]).code(2).stderr_eq(str![[r#"
error: whole holds a corpus; name another folder

Usage: triglyph corpus build [OPTIONS] --output <OUTDIR> <IN>...

For more information, try '--help'.

"#]]);
    build("whole", &["--resume"]).code(3).stderr_eq(str![[r#"
triglyph: note: whole holds the whole corpus

"#]]);
    // A part is what a build leaves that was stopped before its last step.
    build("stopped", &["--shard", "0/1", "-q"]).code(3);
    build("stopped", &["--unit", "sentence"])
        .code(2)
        .stderr_eq(str![[r#"
error: stopped holds a build that was stopped; go on with --resume, or name another folder

Usage: triglyph corpus build [OPTIONS] --output <OUTDIR> <IN>...

For more information, try '--help'.

"#]]);
    build("stopped", &["--resume", "--unit", "sentence"]).code(1).stderr_eq(str![[r#"
triglyph: stopped/work/settings.json: begun with other settings: "unit": "paragraph" and not "unit": "sentence"; take the same, or another folder

"#]]);
    build("fast", &["--fail-fast"]).code(1).stderr_eq(str![[r#"
triglyph: line-3: invalid JSON: expected ident (column 2)

"#]]);
    fs::create_dir(folder.join("other")).unwrap();
    fs::write(folder.join("other/file"), "").unwrap();
    build("other", &[]).code(2);
    call(&folder, &["corpus", "build", "missing", "-o", "out"])
        .code(1)
        .stderr_eq(str![[r#"
triglyph: missing: no such file or directory

"#]]);
}

#[test]
fn what_would_spoil_a_corpus_is_refused() {
    let folder = articles("corpus_refused");
    let build = |more: &[&str]| call(&folder, &[&["corpus", "build"], more].concat());
    // The input is another than when the build began.
    build(&["articles.jsonl", "-o", "changed", "--shard", "0/1", "-q"]).code(3);
    fs::remove_file(folder.join("changed/work/done.json")).unwrap();
    let lines = read(folder.join("articles.jsonl"));
    let other = lines.replace("nonsense", "nonsonse");
    fs::write(folder.join("articles.jsonl"), other).unwrap();
    let changed = [
        "articles.jsonl",
        "-o",
        "changed",
        "--shard",
        "0/1",
        "--resume",
    ];
    build(&changed).code(1).stderr_eq(str![[r#"
triglyph: invalid input: the article line-3 is not what it was when the build began; begin anew in another folder

"#]]);
    // What is stored is damaged.
    fs::write(folder.join("articles.jsonl"), &lines).unwrap();
    let chunk = folder.join("changed/work/00000000.jsonl.zst");
    fs::write(&chunk, "").unwrap();
    build(&changed).code(1).stderr_eq(str![[r#"
triglyph: changed/work/00000000.jsonl.zst: damaged: articles are missing; delete it and those behind it, and resume

"#]]);
    fs::remove_file(chunk).unwrap();
    build(&changed).code(3);
    call(&folder, &["corpus", "merge", "changed", "-o", "changed"]).code(2);
    // A finished corpus is not made into another one.
    build(&["articles.jsonl", "-o", "whole", "-q"]).code(3);
    let again = [
        "articles.jsonl",
        "-o",
        "whole",
        "--resume",
        "--min-score",
        "0.9",
    ];
    build(&again).code(1).stderr_eq(str![[r#"
triglyph: whole holds a corpus that was built in another way, see its manifest.json; name another folder

"#]]);
    build(&[".", "-o", "./inside"]).code(2).stderr_eq(str![[r#"
error: ./inside stands in ., and would be read as part of it; name another folder

Usage: triglyph corpus build [OPTIONS] --output <OUTDIR> <IN>...

For more information, try '--help'.

"#]]);
    for nonsense in [
        ["--max-length-ratio", "0.5"],
        ["--max-words", "0"],
        ["--shape", "1:0:0"],
        ["--threads", "100000"],
        ["--dev", "1"],
    ] {
        build(&[&["articles.jsonl", "-o", "x"], &nonsense[..]].concat()).code(2);
    }
    assert!(!folder.join("x").exists());
}

#[test]
fn odd_lines() {
    let folder = folder("corpus_odd");
    let good = |lang: &str, text: &str| json!({ "lang": lang, "text": text });
    let two = [good("en", MUSEUM[0].1), good("fr", MUSEUM[1].1)];
    let with = |more: Value| json!({ "id": 1, "versions": [two[0], two[1], more] }).to_string();
    let lines = [
        format!("\u{feff}{}", with(json!({ "text": ["a"] }))),
        with(json!({ "lang": 5, "text": "a" })),
        with(json!({ "name": "third", "lang": "1", "text": "a" })),
        with(json!({ "text": "a\0b" })),
        with(json!({ "text": "a", "html": "a" })),
    ];
    fs::write(folder.join("in.jsonl"), lines.join("\r\n")).unwrap();
    call(
        &folder,
        &[
            "corpus",
            "build",
            "in.jsonl",
            "-o",
            "out",
            "--annotate",
            "-q",
        ],
    )
    .code(3);
    let left_out: Vec<Value> = records_in(&folder.join("out"))
        .iter()
        .map(|record| record["left_out"][0].clone())
        .collect();
    let expected = [
        ("3", "invalid type: sequence, expected a string"),
        ("3", "invalid type: integer `5`, expected a string"),
        (
            "third",
            "`1` is not a language code, expected one such as `en` or `deu`",
        ),
        ("3", "binary data (a NUL at byte 1), expected text"),
        ("3", "has more than one of `text`, `html` and `markdown`"),
    ];
    let expected = expected.map(|(name, reason)| json!({ "name": name, "reason": reason }));
    assert_eq!(left_out, expected);
}

#[test]
fn a_lexicon_of_the_corpus() {
    let folder = folder("corpus_learnt");
    let lines: String = (0..30)
        .map(|i| line(&format!("{i}"), &format!("Number {i}\n\n")))
        .collect();
    fs::write(folder.join("in.jsonl"), lines).unwrap();
    call(
        &folder,
        &[
            "corpus",
            "build",
            "in.jsonl",
            "-o",
            "out",
            "--self-train",
            "-q",
        ],
    )
    .success();
    let inspected = call(
        &folder,
        &["lexicon", "stats", "--lexicon", "out/corpus.lexicon"],
    )
    .success();
    assert!(!inspected.get_output().stdout.is_empty());
    let manifest: Value = serde_json::from_str(&read(folder.join("out/manifest.json"))).unwrap();
    assert_eq!(manifest["learnt"]["name"], "corpus.lexicon");
    triglyph(
        &folder,
        &["corpus", "build", "-", "-o", "x", "--self-train"],
    )
    .assert()
    .code(2);
}

#[test]
fn progress_for_programs() {
    let folder = articles("corpus_progress");
    let done = call(
        &folder,
        &[
            "corpus",
            "build",
            "articles.jsonl",
            "-o",
            "out",
            "--progress",
            "json",
            "-q",
        ],
    );
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    let told: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let stages: Vec<&Value> = told.iter().map(|progress| &progress["stage"]).collect();
    assert_eq!(stages, ["align", "compare", "write"]);
    assert_eq!(told[0]["articles"], 3);
    assert_eq!(told[0]["failed"], 1);
}

#[test]
fn what_goes_beyond_a_limit_is_told() {
    let folder = articles("corpus_beyond");
    // Of the museum's versions, the French one is the longest.
    let limit = ["--max-characters", "170"];
    let expected = "fr: 171 characters, more than 170: aligned by lengths alone; raise --max-characters for more";
    let build = ["corpus", "build", "articles.jsonl", "-o", "out"];
    let told = stderr(&call(&folder, &[&build[..], &limit].concat()).code(3));
    let warning =
        "2 of 3 articles went beyond a limit and were aligned more simply; see out/articles.tsv";
    assert!(told.contains(warning), "{told}");
    let list = read(folder.join("out/articles.tsv"));
    let simplified = list
        .lines()
        .skip(1)
        .map(|line| line.split('\t').nth(7).unwrap());
    assert_eq!(simplified.collect::<Vec<_>>(), [expected, expected, ""]);
    let statistics = read(folder.join("out/stats.md"));
    assert!(statistics.contains("2 went beyond a limit"), "{statistics}");

    let part = [
        "corpus",
        "build",
        "articles.jsonl",
        "-o",
        "part",
        "--shard",
        "0/1",
    ];
    let told = stderr(&call(&folder, &[&part[..], &limit].concat()).code(3));
    assert!(
        told.contains("2 of 3 articles went beyond a limit"),
        "{told}"
    );

    let stream = triglyph(&folder, &[&["align", "--stream"], &limit[..]].concat());
    let told = stderr(
        &stream
            .stdin(read(folder.join("articles.jsonl")))
            .assert()
            .code(3),
    );
    let warnings = ["a", "b"].map(|id| format!("triglyph: warning: {id}: {expected}"));
    assert_eq!(told.lines().collect::<Vec<_>>(), warnings);
}

#[test]
fn a_stream_of_articles() {
    let folder = articles("stream");
    let lines = read(folder.join("articles.jsonl"));
    let call = |args: &[&str]| triglyph(&folder, args).stdin(lines.clone()).assert();
    let plain = objects(&call(&["align", "--stream"]).code(3));
    assert_eq!(plain.len(), 3);
    assert_eq!(plain[0]["beads"][0]["segments"], json!([[0], [0], [0]]));
    assert_eq!(plain[0]["beads"][0].get("group"), None);
    assert_eq!(plain[2]["error"], "invalid JSON: expected ident (column 2)");
    let marked = objects(&call(&["align", "--stream", "--annotate", "--threads", "2"]).code(3));
    assert_eq!(marked[0]["beads"][0]["sketch"].as_str().unwrap().len(), 128);
    assert_eq!(
        marked[0]["beads"][0]["group"],
        marked[1]["beads"][0]["group"]
    );
    let beyond = ["--max-characters", "1", "--beyond", "error"];
    let refused = objects(&call(&[&["align", "--stream"], &beyond[..]].concat()).code(3));
    assert_eq!(refused.len(), 3);
    for record in &refused {
        assert!(record["error"].is_string(), "{record}");
    }
    call(&["align", "--stream", "en.txt"]).code(2);
    call(&["align", "--annotate", "en.txt", "fr.txt"]).code(2);
}
