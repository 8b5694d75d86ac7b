//! The program, called as its users call it.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

use serde_json::Value;
use snapbox::cmd::{Command, OutputAssert, cargo_bin};
use snapbox::{file, str};

mod align;
mod convert;
mod corpus;
mod eval;
mod files;
mod lexicon;
mod limits;
mod report;

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

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// The objects on the lines of stdout.
fn objects(assert: &OutputAssert) -> Vec<Value> {
    (stdout(assert).lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn assert_score(score: &Value) {
    let score = score.as_f64().unwrap();
    assert!((0.0..=1.0).contains(&score), "{score}");
}

/// A folder with files that cannot be read as text.
fn bad_files(name: &str) -> PathBuf {
    let folder = museum(name);
    fs::create_dir(folder.join("folder")).unwrap();
    fs::write(folder.join("binary"), b"\x7fELF\0\0").unwrap();
    fs::write(
        folder.join("damaged"),
        "café né\u{e9}".as_bytes().split_last().unwrap().1,
    )
    .unwrap();
    fs::write(folder.join("empty"), b"").unwrap();
    fs::write(folder.join("numbers"), b"12 34\n\n5.6").unwrap();
    fs::write(folder.join("es.txt"), SPANISH).unwrap();
    folder
}

#[test]
fn help() {
    let folder = folder("help");
    for (args, expected) in [
        (&["--help"][..], file!["help.txt"]),
        (&["align", "--help"], file!["align.txt"]),
        (&["detect", "--help"], file!["detect.txt"]),
        (&["segment", "--help"], file!["segment.txt"]),
        (&["eval", "--help"], file!["eval.txt"]),
        (&["convert", "--help"], file!["convert.txt"]),
        (&["report", "--help"], file!["report.txt"]),
        (&["apply", "--help"], file!["apply.txt"]),
        (&["gold", "--help"], file!["gold.txt"]),
        (&["lexicon", "--help"], file!["lexicon.txt"]),
        (&["lexicon", "train", "--help"], file!["lexicon_train.txt"]),
        (
            &["lexicon", "inspect", "--help"],
            file!["lexicon_inspect.txt"],
        ),
        (&["lexicon", "stats", "--help"], file!["lexicon_stats.txt"]),
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
fn wrong_usage() {
    let folder = museum("wrong_usage");
    for (args, expected) in [
        (
            &["align", "en.txt"][..],
            "an article needs at least two versions, found only en.txt",
        ),
        (
            &["align", "en.txt", "fr.txt", "--vectors", "fr.txt=fr.npy"],
            "--vectors for fr.txt alone say nothing; give those of another version too",
        ),
        (
            &[
                "align",
                "en.txt",
                "fr.txt",
                "--vectors",
                "fr.txt=a.npy",
                "--vectors",
                "fr.txt=b.npy",
            ],
            "--vectors is given twice for fr.txt; drop one of them",
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
            &["align", "en.txt", "fr.txt", "--max-segments", "-1"],
            "unexpected argument '-1' found",
        ),
        (
            &["align", "en.txt", "fr.txt", "--max-work", "much"],
            "invalid value 'much' for '--max-work <N>': invalid digit found in string",
        ),
        (
            &["align", "en.txt", "fr.txt", "--beyond", "panic"],
            "invalid value 'panic' for '--beyond <BEYOND>'",
        ),
        (
            &["align", "en.txt", "fr.txt", "--colour"],
            "unexpected argument '--colour' found",
        ),
        (
            &["align", "en.txt", "fr.txt", "--evidence", "--format", "tsv"],
            "--evidence is written by --format jsonl only",
        ),
        (
            &[
                "align",
                "en.txt",
                "fr.txt",
                "--format",
                "text",
                "--evidence",
            ],
            "--evidence is written by --format jsonl only",
        ),
        (
            &["detect"],
            "the following required arguments were not provided",
        ),
        (
            &["man", "women"],
            "`women` is no subcommand, expected one of align, detect, segment, eval, convert, report, \
             apply, gold, corpus, lexicon, completions, man",
        ),
    ] {
        let assert = call(&folder, args).code(2).stdout_eq("");
        let stderr = stderr(&assert);
        assert!(
            stderr.starts_with(&format!("error: {expected}")),
            "{stderr}"
        );
    }
    let text = fs::read_to_string(folder.join("fr.txt")).unwrap();
    assert_eq!(text, MUSEUM[1].1);
}

#[test]
fn bad_files_are_named() {
    let folder = bad_files("bad");
    let expected = str![[r#"
triglyph: missing: no such file or directory
triglyph: folder: is a directory, expected a file
triglyph: binary: binary data (a NUL at byte 4), expected text in UTF-8
triglyph: damaged: invalid UTF-8 at byte 9; convert the file to UTF-8 (for example with iconv)
triglyph: es.txt: the text is in Spanish (es), expected one of en,fr,de; allow it with --languages en,fr,de,es or tell its language with --lang es.txt=LANG

"#]];
    let files = ["missing", "folder", "en.txt", "binary", "damaged", "es.txt"];
    let assert = call(&folder, &[&["align"], &files[..]].concat());
    assert.code(1).stdout_eq("").stderr_eq(expected.clone());
    let args = ["segment", "--format", "jsonl"];
    let assert = call(&folder, &[&args, &files[..]].concat());
    let assert = assert.code(1).stderr_eq(expected);
    assert_eq!(objects(&assert).len(), 1);
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
