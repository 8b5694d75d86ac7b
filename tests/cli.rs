//! The program, called as its users call it.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

use serde_json::Value;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::{file, str};
use unicode_width::UnicodeWidthStr;

/// An article that any aligner gets right.
const MUSEUM: [(&str, &str); 3] = [
    (
        "en.txt",
        "The museum in Geneva opens at 9 on 12 May 2024.\n\nTickets cost 15 francs, and children under 7 come in for nothing.\n\nThe director is called Anna Keller.\n",
    ),
    (
        "fr.txt",
        "Le musée de Genève ouvre à 9 heures le 12 mai 2024.\n\nLes billets coûtent 15 francs, et les enfants de moins de 7 ans ne paient rien.\n\nLa directrice s'appelle Anna Keller.\n",
    ),
    (
        "de.txt",
        "Das Museum in Genf öffnet am 12. Mai 2024 um 9 Uhr.\n\nEintrittskarten kosten 15 Franken, und Kinder unter 7 Jahren zahlen nichts.\n\nDie Direktorin heißt Anna Keller.\n",
    ),
];

const SPANISH: &str = "El museo de Ginebra abre a las nueve de la mañana.\n\nLas entradas cuestan quince francos, y los niños pequeños no pagan nada.\n\nLa directora se llama Ana y vive muy cerca del lago desde hace muchos años.\n";

const ARTICLES: [&str; 4] = ["advice", "interview", "news", "travel"];
const LANGS: [&str; 3] = ["en", "fr", "de"];

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A folder of this name that holds the museum article.
fn museum(name: &str) -> PathBuf {
    let folder = folder(name);
    for (name, text) in MUSEUM {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The program, called in a folder.
fn triglyph(folder: &Path, args: &[&str]) -> Command {
    Command::new(cargo_bin!("triglyph"))
        .current_dir(folder)
        .env_remove("COLUMNS")
        .args(args)
}

fn call(folder: &Path, args: &[&str]) -> OutputAssert {
    triglyph(folder, args).assert()
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// The objects on the lines of stdout.
fn objects(assert: &OutputAssert) -> Vec<Value> {
    (stdout(assert).lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn help() {
    let folder = folder("help");
    for (args, expected) in [
        (&["--help"][..], file!["cli/help.txt"]),
        (&["align", "--help"], file!["cli/align.txt"]),
        (&["detect", "--help"], file!["cli/detect.txt"]),
        (&["segment", "--help"], file!["cli/segment.txt"]),
        (&["eval", "--help"], file!["cli/eval.txt"]),
        (&["lexicon", "--help"], file!["cli/lexicon.txt"]),
        (
            &["lexicon", "train", "--help"],
            file!["cli/lexicon_train.txt"],
        ),
        (
            &["lexicon", "inspect", "--help"],
            file!["cli/lexicon_inspect.txt"],
        ),
        (
            &["lexicon", "stats", "--help"],
            file!["cli/lexicon_stats.txt"],
        ),
    ] {
        call(&folder, args)
            .success()
            .stdout_eq(expected)
            .stderr_eq("");
    }
}

#[test]
fn version() {
    let expected = concat!("triglyph ", env!("CARGO_PKG_VERSION"), "\n");
    call(&folder("version"), &["--version"])
        .success()
        .stdout_eq(expected);
}

#[test]
fn shell_completions_and_manual_pages() {
    let folder = folder("shell");
    for (args, expected) in [
        (&["completions", "bash"][..], "_triglyph()"),
        (&["completions", "fish"], "complete -c triglyph"),
        (&["completions", "zsh"], "#compdef triglyph"),
        (&["man"], ".TH triglyph 1"),
        (&["man", "align"], ".TH triglyph-align 1"),
    ] {
        let assert = call(&folder, args).success().stderr_eq("");
        assert!(stdout(&assert).contains(expected), "{args:?}");
    }
}

#[test]
fn text_view() {
    let folder = museum("text_view");
    for (width, expected) in [
        ("100", file!["cli/columns.txt"]),
        ("50", file!["cli/stacked.txt"]),
    ] {
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

fn assert_score(score: &Value) {
    let score = score.as_f64().unwrap();
    assert!((0.0..=1.0).contains(&score), "{score}");
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

#[test]
fn wrong_usage() {
    let folder = museum("wrong_usage");
    for (args, expected) in [
        (
            &["align", "en.txt"][..],
            "an article needs at least two versions, found only en.txt",
        ),
        (
            &["align", "en.txt", "fr.txt", "--lang", "./fr.txt=fr"],
            "--lang ./fr.txt=fr names none of the files; write the name as it stands among them",
        ),
        (
            &[
                "align",
                "en.txt",
                "fr.txt",
                "--lang",
                "fr.txt=fr",
                "--lang",
                "en.txt=en",
                "--lang",
                "fr.txt=de",
            ],
            "--lang fr.txt=fr and --lang fr.txt=de: the language of a file can be told only once",
        ),
        (
            &["segment", "-", "--lang", "-=fr", "--lang", "-=fr"],
            "--lang -=fr and --lang -=fr: the language of a file can be told only once",
        ),
        (&["align", "-", "-"], "stdin (-) can be read only once"),
        (&["detect", "-", "-"], "stdin (-) can be read only once"),
        (&["segment", "-", "-"], "stdin (-) can be read only once"),
        (
            &["align", "en.txt", "fr.txt", "-o", "./fr.txt"],
            "the output would replace fr.txt, which is one of the versions",
        ),
        (
            &["align", "en.txt", "fr.txt", "--lang", "fr.txt=französisch"],
            "invalid value 'fr.txt=französisch' for '--lang <FILE=LANG>': `französisch` is not a \
             language code, expected one such as `en` or `deu`",
        ),
        (
            &["align", "en.txt", "fr.txt", "--width", "19"],
            "invalid value '19' for '--width <COLUMNS>': 19 is not in 20..",
        ),
        (
            &["align", "en.txt", "fr.txt", "--colour"],
            "unexpected argument '--colour' found",
        ),
        (
            &["detect"],
            "the following required arguments were not provided",
        ),
        (
            &["man", "women"],
            "`women` is no subcommand, expected one of align, detect, segment, eval, lexicon, \
             completions, man",
        ),
    ] {
        let assert = call(&folder, args).code(2).stdout_eq("");
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr);
        assert!(
            stderr.starts_with(&format!("error: {expected}")),
            "{stderr}"
        );
    }
    let text = fs::read_to_string(folder.join("fr.txt")).unwrap();
    assert_eq!(text, MUSEUM[1].1);
}

/// A folder with files that cannot be read as text.
fn bad_files(name: &str) -> PathBuf {
    let folder = museum(name);
    fs::create_dir(folder.join("folder")).unwrap();
    fs::write(folder.join("binary"), b"\x7fELF\0\0").unwrap();
    fs::write(folder.join("latin"), b"caf\xe9").unwrap();
    fs::write(folder.join("empty"), b"").unwrap();
    fs::write(folder.join("numbers"), b"12 34\n\n5.6").unwrap();
    fs::write(folder.join("es.txt"), SPANISH).unwrap();
    folder
}

#[test]
fn bad_files_are_named() {
    let folder = bad_files("bad");
    let expected = str![[r#"
triglyph: missing: no such file or directory
triglyph: folder: is a directory, expected a file
triglyph: binary: binary data (a NUL at byte 4), expected text in UTF-8
triglyph: latin: invalid UTF-8 at byte 3; convert the file to UTF-8 (for example with iconv)
triglyph: es.txt: the text is in Spanish (es), expected one of en,fr,de; allow it with --languages en,fr,de,es or tell its language with --lang es.txt=LANG

"#]];
    let files = ["missing", "folder", "en.txt", "binary", "latin", "es.txt"];
    let assert = call(&folder, &[&["align"], &files[..]].concat());
    assert.code(1).stdout_eq("").stderr_eq(expected.clone());
    let args = ["segment", "--format", "jsonl"];
    let assert = call(&folder, &[&args, &files[..]].concat());
    let assert = assert.code(1).stderr_eq(expected);
    assert_eq!(objects(&assert).len(), 1);
}

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
    call(&folder, &[&args[..], &["-o", "nowhere/out.tsv"]].concat())
        .code(1)
        .stdout_eq("")
        .stderr_eq("triglyph: nowhere/out.tsv: no such file or directory\n");
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

#[cfg(target_os = "linux")]
#[test]
fn full_disk() {
    let folder = museum("full");
    let args = ["align", "en.txt", "fr.txt", "-o", "/dev/full"];
    call(&folder, &args)
        .code(1)
        .stderr_eq("triglyph: /dev/full: no space left on device\n");
    for args in [
        &["align", "en.txt", "fr.txt"][..],
        &["detect", "en.txt"],
        &["segment", "en.txt"],
        &["completions", "bash"],
        &["man"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = process::Command::new(cargo_bin!("triglyph"))
            .current_dir(&folder)
            .args(args)
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            stderr, "triglyph: stdout: no space left on device\n",
            "{args:?}"
        );
        assert_eq!(output.status.code(), Some(1), "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn closed_pipe_ends_quietly() {
    let folder = museum("closed");
    for args in [
        &["align", "en.txt", "fr.txt"][..],
        &["detect", "en.txt"],
        &["segment", "en.txt"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
    ] {
        let mut child = process::Command::new(cargo_bin!("triglyph"))
            .current_dir(&folder)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
        assert_eq!(output.status.code(), Some(0), "{args:?}");
    }
}

/// A gold folder of two versions: the museum article with a link a line.
fn gold(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in &MUSEUM[..2] {
        fs::write(folder.join(name), text.replace("\n\n", "\n")).unwrap();
    }
    let links = r#"[{"en": [0], "fr": [0]}, {"en": [1], "fr": [1]}, {"en": [2], "fr": [2]}]"#;
    fs::write(folder.join("gold.json"), links).unwrap();
}

#[test]
fn gold_of_this_project() {
    let folder = folder("gold");
    let data = data().display().to_string();
    let news = format!("{data}/news");
    call(&folder, &["eval", &data, &news])
        .success()
        .stdout_eq(str![[r#"
set    articles  strict P  strict R  strict F1  pair F1  null F1  lax F1
data          4     [..]     [..]      [..]    [..]    [..]       -
news          1     [..]     [..]      [..]    [..]    [..]       -
total         5     [..]     [..]      [..]    [..]    [..]       -

"#]])
        .stderr_eq("");
    let one = stdout(&call(&folder, &["eval", &data, "--format", "json"]).success());
    let args = ["eval", &data, "--format", "json", "--threads", "3"];
    let three = stdout(&call(&folder, &args).success());
    assert_eq!(one, three);
    let row: BTreeMap<String, Value> = serde_json::from_str(&one).unwrap();
    let keys: Vec<&str> = row.keys().map(String::as_str).collect();
    assert_eq!(keys, ["articles", "null", "pair", "set", "strict"]);
    assert_eq!(row["set"], "data");
    assert_eq!(row["articles"], 4);
    for measure in ["strict", "pair", "null"] {
        for figure in ["precision", "recall", "f1"] {
            assert_score(&row[measure][figure]);
        }
    }
}

#[test]
fn gold_of_two_versions() {
    let folder = folder("gold_two");
    gold(&folder.join("sets/towns/museum"));
    gold(&folder.join("sets/towns/again"));
    gold(&folder.join("sets/others/museum"));
    fs::write(folder.join("sets/README"), "").unwrap();
    let expected = str![[r#"
{"set":"others","articles":1,"strict":{"precision":1.0,"recall":1.0,"f1":1.0},"pair":{"precision":1.0,"recall":1.0,"f1":1.0},"null":{"precision":1.0,"recall":1.0,"f1":1.0},"lax":{"precision":1.0,"recall":1.0,"f1":1.0}}
{"set":"towns","articles":2,"strict":{"precision":1.0,"recall":1.0,"f1":1.0},"pair":{"precision":1.0,"recall":1.0,"f1":1.0},"null":{"precision":1.0,"recall":1.0,"f1":1.0},"lax":{"precision":1.0,"recall":1.0,"f1":1.0}}

"#]];
    call(&folder, &["eval", "sets", "--format", "json"])
        .success()
        .stdout_eq(expected);
    call(&folder, &["eval", "sets/towns", "--unit", "sentence"])
        .success()
        .stdout_eq(str![[r#"
set    articles  strict P  strict R  strict F1  pair F1  null F1  lax F1
towns         2     1.000     1.000      1.000    1.000    1.000   1.000
total         2     1.000     1.000      1.000    1.000    1.000   1.000

"#]]);
}

#[test]
fn bad_gold_is_skipped() {
    let folder = folder("gold_bad");
    gold(&folder.join("set/good"));
    gold(&folder.join("set/json"));
    gold(&folder.join("set/links"));
    gold(&folder.join("set/latin"));
    fs::write(folder.join("set/json/gold.json"), "[{").unwrap();
    fs::write(folder.join("set/links/gold.json"), r#"[{"en": [9]}]"#).unwrap();
    fs::write(folder.join("set/latin/fr.txt"), b"caf\xe9").unwrap();
    call(&folder, &["eval", "set"])
        .code(3)
        .stdout_eq(str![[r#"
set    articles  strict P  strict R  strict F1  pair F1  null F1  lax F1
set           1     1.000     1.000      1.000    1.000    1.000   1.000
total         1     1.000     1.000      1.000    1.000    1.000   1.000

"#]])
        .stderr_eq(str![[r#"
triglyph: set/json/gold.json: [..]
triglyph: set/latin/fr.txt: invalid UTF-8 at byte 3[..]
triglyph: [..]set/links: a link names unit 9 of en.txt, which has 3

"#]]);
    call(&folder, &["eval", "set/json"]).code(1).stdout_eq("");
    fs::create_dir(folder.join("none")).unwrap();
    call(&folder, &["eval", "none"])
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
triglyph: none: no gold found, expected a folder with gold.json and <lang>.txt for every version, or a folder of such folders

"#]]);
    call(&folder, &["eval", "missing"])
        .code(1)
        .stderr_eq("triglyph: missing: no such file or directory\n");
}
