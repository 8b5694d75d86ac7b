//! `triglyph align`.

use std::fs;
use std::path::Path;

use serde_json::Value;
use snapbox::{file, str};
use unicode_width::UnicodeWidthStr;

use crate::{
    LANGS, MUSEUM, assert_score, bad_files, call, data, folder, museum, objects, stdout, triglyph,
};

const ARTICLES: [&str; 4] = ["advice", "interview", "news", "travel"];

#[test]
fn text_view() {
    let folder = museum("text_view");
    for (width, expected) in [("100", file!["columns.txt"]), ("50", file!["stacked.txt"])] {
        let args = [
            "align", "en.txt", "fr.txt", "de.txt", "--format", "text", "--width", width,
        ];
        call(&folder, &args)
            .success()
            .stdout_eq(expected)
            .stderr_eq("");
    }
}

#[test]
fn text_view_keeps_to_its_width() {
    let folder = folder("width");
    let long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen ".repeat(4);
    fs::write(
        folder.join("de.txt"),
        format!("{long}\n\n👩‍👩‍👧‍👦 🇩🇪 e\u{301}\u{301} ver\u{ad}reg\u{ad}net\u{200b}\u{7}\n"),
    )
    .unwrap();
    fs::write(
        folder.join("ja.txt"),
        "博物館は五月十二日の九時に開きます。入場券は十五フランです。\n\nخلا الله لا إله\n",
    )
    .unwrap();
    let awkward = ["de.txt", "ja.txt"].map(|name| folder.join(name).display().to_string());
    let [de, ja] = awkward.each_ref().map(String::as_str);
    let (told_de, told_ja) = (format!("{de}=de"), format!("{ja}=ja"));
    let awkward = vec![de, ja, "--lang", &told_de, "--lang", &told_ja];
    let articles = ["news", "travel"].map(|name| {
        LANGS.map(|lang| {
            data()
                .join(name)
                .join(format!("{lang}.txt"))
                .display()
                .to_string()
        })
    });
    let articles = articles
        .each_ref()
        .map(|files| files.iter().map(String::as_str).collect());
    for files in [awkward].into_iter().chain(articles) {
        for width in ["20", "43", "46", "65", "66", "80", "137"] {
            let args = ["align", "--format", "text", "--width", width];
            let assert = call(&folder, &[&args, &files[..]].concat()).success();
            for line in stdout(&assert).lines() {
                let found = line.width();
                assert!(found <= width.parse().unwrap(), "{found} > {width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }
}

#[test]
fn jsonl_is_sound() {
    for name in ARTICLES {
        for unit in ["paragraph", "sentence"] {
            let folder = data().join(name);
            let args = ["align", "en.txt", "fr.txt", "de.txt", "--unit", unit];
            let assert = call(&folder, &args).success();
            let records = objects(&assert);
            assert_eq!(records.len(), 1, "{name}");
            let record = &records[0];
            assert_eq!(record["schema"], "triglyph/1");
            assert_eq!(record["id"], name);
            assert_eq!(record["unit"], unit);
            assert_score(&record["score"]);
            let versions = record["versions"].as_array().unwrap();
            let counts: Vec<usize> = (versions.iter().zip(LANGS))
                .map(|(version, lang)| assert_version(version, &folder, lang, unit))
                .collect();
            assert_eq!(counts.len(), 3);
            assert_beads(&record["beads"], &counts);
        }
    }
}

/// Checks a version against its file; how many segments it has.
fn assert_version(version: &Value, folder: &Path, lang: &str, unit: &str) -> usize {
    assert_eq!(version["name"], format!("{lang}.txt"));
    assert_eq!(version["lang"], lang);
    assert_score(&version["lang_score"]);
    assert!(version["layout"].is_string());
    let text = fs::read_to_string(folder.join(format!("{lang}.txt"))).unwrap();
    let segments = version["segments"].as_array().unwrap();
    let mut last = 0;
    for segment in segments {
        let offset = |name: &str| segment[name].as_u64().unwrap() as usize;
        let (start, end) = (offset("start"), offset("end"));
        assert!(last <= start && start < end, "{segment}");
        assert_eq!(segment["text"], text[start..end]);
        assert!(segment["kind"].is_string());
        assert_eq!(segment["paragraph"].is_u64(), unit == "sentence");
        for key in segment.as_object().unwrap().keys() {
            let known = [
                "text",
                "start",
                "end",
                "kind",
                "lang",
                "boilerplate",
                "paragraph",
            ];
            assert!(known.contains(&key.as_str()), "{key}");
        }
        last = end;
    }
    segments.len()
}

/// Checks that every segment stands in exactly one bead.
fn assert_beads(beads: &Value, counts: &[usize]) {
    let mut found = vec![Vec::new(); counts.len()];
    for bead in beads.as_array().unwrap() {
        assert_score(&bead["score"]);
        let versions = bead["segments"].as_array().unwrap();
        assert_eq!(versions.len(), counts.len());
        for (found, indices) in found.iter_mut().zip(versions) {
            let indices = indices.as_array().unwrap().iter();
            found.extend(indices.map(|index| index.as_u64().unwrap() as usize));
        }
    }
    for (mut found, &count) in found.into_iter().zip(counts) {
        found.sort_unstable();
        assert_eq!(found, Vec::from_iter(0..count));
    }
}

#[test]
fn threads_make_no_difference() {
    for name in ARTICLES {
        let with = |threads: &str| {
            let args = ["align", "en.txt", "fr.txt", "de.txt", "--threads", threads];
            stdout(&call(&data().join(name), &args).success()).to_owned()
        };
        let one = with("1");
        assert!(!one.is_empty());
        for threads in ["2", "8"] {
            assert_eq!(with(threads), one, "{name}: {threads} threads");
        }
    }
}

#[test]
fn tsv_has_a_row_a_bead() {
    let folder = data().join("news");
    let args = ["align", "en.txt", "fr.txt", "de.txt"];
    let record = &objects(&call(&folder, &args).success())[0];
    let beads = record["beads"].as_array().unwrap();
    let assert = call(&folder, &[&args[..], &["--format", "tsv"]].concat()).success();
    let table = stdout(&assert);
    let (header, rows) = table.split_once('\n').unwrap();
    assert_eq!(header, "score\tshape\tflags\ten\tfr\tde");
    assert_eq!(rows.lines().count(), beads.len());
    for row in rows.lines() {
        assert_eq!(row.split('\t').count(), 6, "{row}");
    }
}

#[test]
fn evidence_adds_to_the_beads_and_changes_nothing() {
    for name in ["news", "travel"] {
        let folder = data().join(name);
        for unit in ["paragraph", "sentence"] {
            let args = ["align", "en.txt", "fr.txt", "de.txt", "--unit", unit];
            let without = objects(&call(&folder, &args).success());
            let assert = call(&folder, &[&args[..], &["--evidence"]].concat());
            let mut with = objects(&assert.success().stderr_eq(""));
            for bead in with[0]["beads"].as_array_mut().unwrap() {
                let evidence = bead.as_object_mut().unwrap().remove("evidence").unwrap();
                assert_evidence(bead, &evidence);
            }
            assert_eq!(with, without, "{name} {unit}");
        }
    }
}

/// Checks the fields of the evidence of a bead.
fn assert_evidence(bead: &Value, evidence: &Value) {
    let segments = bead["segments"].as_array().unwrap();
    let filled = segments.iter().filter(|s| **s != serde_json::json!([]));
    let filled = filled.count();
    let pairs = evidence["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), filled * (filled - 1) / 2, "{bead} {evidence}");
    for pair in pairs {
        for version in pair["versions"].as_array().unwrap() {
            let own = &segments[version.as_u64().unwrap() as usize];
            assert_ne!(*own, serde_json::json!([]), "{bead} {evidence}");
        }
        for part in ["length", "words", "numbers", "layout"] {
            assert!(pair[part].is_f64(), "{part} of {pair}");
        }
        assert_score(&pair["posterior"]);
        assert_score(&pair["agreed"]);
        assert_eq!(pair.get("vectors"), None, "{pair}");
    }
    if let Some(runner_up) = evidence.get("runner_up") {
        let own = &segments[runner_up["version"].as_u64().unwrap() as usize];
        let own = own.as_array().unwrap();
        assert!(!own.contains(&runner_up["segment"]), "{bead} {runner_up}");
        assert_score(&runner_up["posterior"]);
    }
}

#[test]
fn identifier() {
    let folder = museum("identifier");
    for lang in LANGS {
        fs::create_dir(folder.join(lang)).unwrap();
        let text = fs::read(folder.join(format!("{lang}.txt"))).unwrap();
        fs::write(folder.join(format!("tram.{lang}.txt")), &text).unwrap();
        fs::write(folder.join(lang).join("bridge.txt"), &text).unwrap();
    }
    for (args, id, name) in [
        (&["en.txt", "fr.txt"][..], "identifier", "en.txt"),
        (&["en.txt", "fr/../fr.txt"], "identifier", "en.txt"),
        (&["tram.en.txt", "tram.fr.txt"], "tram", "tram.en.txt"),
        (
            &["en/bridge.txt", "fr/bridge.txt"],
            "bridge",
            "en/bridge.txt",
        ),
        (&["en.txt", "fr.txt", "--id", "it"], "it", "en.txt"),
    ] {
        let record = &objects(&call(&folder, &[&["align"], args].concat()).success())[0];
        assert_eq!(record["id"], id, "{args:?}");
        assert_eq!(record["versions"][0]["name"], name, "{args:?}");
    }
}

#[test]
fn other_languages_are_allowed_or_told() {
    let folder = bad_files("others");
    for args in [["--languages", "en,es"], ["--lang", "es.txt=es"]] {
        let given = ["align", "en.txt", "es.txt"];
        let assert = call(&folder, &[&given, &args[..]].concat())
            .success()
            .stderr_eq("");
        assert_eq!(objects(&assert)[0]["versions"][1]["lang"], "es", "{args:?}");
    }
}

#[test]
fn doubts_are_noted() {
    let folder = bad_files("doubts");
    let args = ["align", "en.txt", "empty", "numbers", "de.txt", "./en.txt"];
    let assert = call(&folder, &args).success().stderr_eq(str![[r#"
triglyph: note: en.txt, ./en.txt: several versions in English
triglyph: note: empty: no text
triglyph: note: numbers: language undetermined; tell it with --lang FILE=LANG

"#]]);
    let record = &objects(&assert)[0];
    assert_eq!(record["versions"][1]["segments"], serde_json::json!([]));
    assert_beads(&record["beads"], &[3, 0, 2, 3, 3]);
    call(&folder, &[&args[..], &["-q"]].concat())
        .success()
        .stderr_eq("");
    let assert = call(&folder, &[&args[..], &["--format", "tsv"]].concat()).success();
    let header = "score\tshape\tflags\ten-1\tund-2\tund-3\tde\ten-5\n";
    assert!(stdout(&assert).starts_with(header));
    call(&folder, &["align", "empty", "empty", "-q"])
        .code(1)
        .stdout_eq("")
        .stderr_eq("triglyph: none of the 2 versions holds any text\n");
}

#[test]
fn steps_are_timed_when_asked_for() {
    call(&museum("timed"), &["-v", "align", "en.txt", "fr.txt"])
        .success()
        .stderr_eq(str![[r#"
triglyph: read en.txt: [..] s
triglyph: read fr.txt: [..] s
triglyph: align: [..] s
triglyph: write: [..] s

"#]]);
}

#[test]
fn standard_input() {
    let folder = museum("stdin");
    let assert = triglyph(&folder, &["align", "-", "fr.txt", "--lang", "-=en"])
        .stdin(MUSEUM[0].1)
        .assert()
        .success();
    let record = &objects(&assert)[0];
    assert_eq!(record["versions"][0]["name"], "stdin");
    assert_eq!(record["versions"][0]["lang_score"], 1.0);
}

#[test]
fn output_file() {
    let folder = museum("output");
    let args = ["align", "en.txt", "fr.txt", "--format", "tsv"];
    let expected = stdout(&call(&folder, &args).success());
    for _ in ["new", "there before"] {
        let assert = call(&folder, &[&args[..], &["-o", "out.tsv"]].concat());
        assert.success().stdout_eq("").stderr_eq("");
        assert_eq!(
            fs::read_to_string(folder.join("out.tsv")).unwrap(),
            expected
        );
    }
    let assert = call(&folder, &[&args[..], &["-o", "-"]].concat());
    assert_eq!(stdout(&assert.success()), expected);
    // Before anything is read.
    let missing = ["align", "en.txt", "missing.txt", "-o"];
    for (place, expected) in [
        (
            "nowhere/out.tsv",
            "no such folder to write it to; create it first",
        ),
        ("..", "is a directory, expected a file"),
    ] {
        call(&folder, &[&missing[..], &[place]].concat())
            .code(1)
            .stdout_eq("")
            .stderr_eq(format!("triglyph: {place}: {expected}\n"));
    }
    let mut names: Vec<_> = (fs::read_dir(&folder).unwrap())
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["de.txt", "en.txt", "fr.txt", "out.tsv"]);
}

#[cfg(unix)]
#[test]
fn output_through_a_link() {
    let folder = museum("link");
    fs::write(folder.join("there.tsv"), "").unwrap();
    std::os::unix::fs::symlink("there.tsv", folder.join("link.tsv")).unwrap();
    let args = [
        "align", "en.txt", "fr.txt", "--format", "tsv", "-o", "link.tsv",
    ];
    call(&folder, &args).success();
    assert!(folder.join("link.tsv").is_symlink());
    let text = fs::read_to_string(folder.join("there.tsv")).unwrap();
    assert!(text.starts_with("score\t"));
}
