//! `triglyph lexicon` and the options that read lexicons.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use snapbox::cmd::{Command, OutputAssert};
use snapbox::str;

use crate::{objects, stderr, stdout};

/// A bitext in English, French and German, the columns of a line.
const BITEXT: [[&str; 3]; 12] = [
    ["the cat sleeps", "le chat dort", "die Katze schläft"],
    ["the dog sleeps", "le chien dort", "der Hund schläft"],
    [
        "a cat eats the fish",
        "un chat mange le poisson",
        "eine Katze frisst den Fisch",
    ],
    [
        "a dog eats the bread",
        "un chien mange le pain",
        "ein Hund frisst das Brot",
    ],
    ["the bread is old", "le pain est vieux", "das Brot ist alt"],
    [
        "the fish is old",
        "le poisson est vieux",
        "der Fisch ist alt",
    ],
    [
        "the house is old",
        "la maison est vieille",
        "das Haus ist alt",
    ],
    [
        "a cat in the house",
        "un chat dans la maison",
        "eine Katze in dem Haus",
    ],
    [
        "a dog in the garden",
        "un chien dans le jardin",
        "ein Hund in dem Garten",
    ],
    ["bread and fish", "pain et poisson", "Brot und Fisch"],
    [
        "the cat and the dog",
        "le chat et le chien",
        "die Katze und der Hund",
    ],
    ["the garden", "le jardin", "der Garten"],
];

const WORDS: &str = "horse\tcheval/chevaux\tPferd\ncarriage, coach\tcalèche\tKutsche\n";

/// An empty folder of this name.
fn folder(name: &str) -> PathBuf {
    crate::folder(&format!("lexicon/{name}"))
}

/// The bitext with tabs between these columns.
fn tsv(columns: &[usize]) -> String {
    let lines = BITEXT.iter().map(|line| {
        let cells: Vec<&str> = columns.iter().map(|&column| line[column]).collect();
        cells.join("\t") + "\n"
    });
    lines.collect()
}

/// A folder of this name that holds the bitext in every form, and words.
fn bitext(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("animals.en-fr-de.tsv", &tsv(&[0, 1, 2]));
    write("animals.en-fr.tsv", &tsv(&[0, 1]));
    write("animals.tsv", &tsv(&[0, 1]));
    write("turned.de-fr-en.tsv", &tsv(&[2, 1, 0]));
    write("animals.en", &tsv(&[0]));
    write("animals.fr", &tsv(&[1]));
    write("animals.de", &tsv(&[2]));
    pack(&folder.join("packed.en-fr-de.tsv.gz"), &tsv(&[0, 1, 2]));
    pack(&folder.join("packed.en.gz"), &tsv(&[0]));
    pack(&folder.join("packed.fr.gz"), &tsv(&[1]));
    fs::create_dir(folder.join("words")).unwrap();
    write("words/a.tsv", WORDS);
    write("words/README", "not a vocabulary");
    folder
}

/// Writes a text packed in two parts, as when such files are joined.
fn pack(file: &Path, text: &str) {
    let mut out = File::create(file).unwrap();
    let (start, end) = text.split_at(text.len() / 2);
    for part in [start, end] {
        let mut packer = GzEncoder::new(&mut out, Compression::fast());
        packer.write_all(part.as_bytes()).unwrap();
        packer.finish().unwrap();
    }
}

/// The program, called in a folder with arguments that have spaces between them.
fn triglyph(folder: &Path, args: &str) -> Command {
    let args: Vec<&str> = args.split_whitespace().collect();
    crate::triglyph(folder, &args)
}

fn call(folder: &Path, args: &str) -> OutputAssert {
    triglyph(folder, args).assert()
}

/// The lexicon that a call trains.
fn trained(folder: &Path, args: &str) -> Vec<u8> {
    let assert = call(folder, &format!("lexicon train {args} -o - -q"));
    let assert = assert.success().stderr_eq("");
    assert.get_output().stdout.clone()
}

#[test]
fn every_form_of_a_bitext_gives_the_same_lexicon() {
    let folder = bitext("forms");
    for forms in [
        &[
            "animals.en-fr-de.tsv",
            "packed.en-fr-de.tsv.gz",
            "turned.de-fr-en.tsv",
            "animals.en animals.fr animals.de",
            "animals.de animals.en-fr-de.tsv animals.fr animals.en",
            "animals.en-fr-de.tsv --threads 1",
            "animals.en-fr-de.tsv --threads 2",
            "animals.en-fr-de.tsv --pair fr-en --pair de-en --pair fr-de",
        ][..],
        &[
            "animals.en-fr-de.tsv --pair en-fr",
            "packed.en.gz animals.fr packed.fr.gz animals.en",
            "animals.en animals.fr animals.de --pair en-fr",
            "animals.tsv --pair en-fr",
            "turned.de-fr-en.tsv --pair en-fr",
        ],
        &[
            "animals.en-fr-de.tsv --vocabulary words",
            "animals.en-fr-de.tsv --vocabulary words/a.tsv",
        ],
    ] {
        let expected = trained(&folder, forms[0]);
        assert!(expected.starts_with(b"TRIGLEX\0"));
        for form in &forms[1..] {
            assert!(trained(&folder, form) == expected, "{form}");
        }
    }
}

#[test]
fn standard_input_and_output() {
    let folder = bitext("standard");
    let assert = triglyph(&folder, "lexicon train - --pair en-fr -o -")
        .stdin(tsv(&[0, 1]))
        .assert()
        .success();
    let expected = trained(&folder, "animals.en-fr.tsv");
    assert!(assert.get_output().stdout == expected);
    assert!(stderr(&assert).ends_with(&format!("note: stdout: {} bytes\n", expected.len())));
}

#[test]
fn summary() {
    let folder = bitext("summary");
    let args = "lexicon train animals.en-fr-de.tsv --vocabulary words -o out.lexicon";
    for _ in ["new", "there before"] {
        call(&folder, args)
            .success()
            .stdout_eq("")
            .stderr_eq(str![[r#"
triglyph: note: pairs taken: de-en 15, de-fr 14, en-fr 15
triglyph: note: stems: de 20, en 17, fr 18
triglyph: note: translations: de-en [..], en-de [..], de-fr [..], fr-de [..], en-fr [..], fr-en [..]
triglyph: note: out.lexicon: [..] bytes

"#]]);
    }
    let expected = trained(&folder, "animals.en-fr-de.tsv --vocabulary words");
    assert!(fs::read(folder.join("out.lexicon")).unwrap() == expected);
    let hidden = |name: &str| name.starts_with('.');
    let mut names = fs::read_dir(&folder).unwrap();
    assert!(names.all(|entry| !hidden(entry.unwrap().file_name().to_str().unwrap())));
    call(
        &folder,
        "lexicon train animals.en-fr.tsv animals.de --vocabulary words --pair en-fr -o x",
    )
    .success()
    .stderr_eq(str![[r#"
triglyph: note: animals.de: none of the pairs to be trained, passed over
triglyph: note: pairs taken: en-fr 15
...
"#]]);
    call(&folder, "lexicon train animals.en-fr.tsv -o x -v")
        .success()
        .stderr_eq(str![[r#"
triglyph: read: [..] s
triglyph: train: [..] s
...
"#]]);
}

#[test]
fn look_into_a_lexicon() {
    let folder = bitext("inspect");
    let args = "lexicon train animals.en-fr-de.tsv --vocabulary words -o x.lexicon -q";
    call(&folder, args).success();
    call(&folder, "lexicon stats --lexicon x.lexicon")
        .success()
        .stdout_eq(str![[r#"
language           stems
de                    20
en                    17
fr                    18

translations       pairs
de-en                 [..]
en-de                 [..]
de-fr                 [..]
fr-de                 [..]
en-fr                 [..]
fr-en                 [..]

bytes               [..]
crc32           [..]

"#]])
        .stderr_eq("");
    call(
        &folder,
        "lexicon inspect Cats chats Pferdekutsche unheard --lexicon x.lexicon",
    )
    .success()
    .stdout_eq(str![[r#"
Cats  en
  cat  [..] in a million words
    de   katz  0.[..]
...
    fr   chat  0.[..]
...
chats  fr
  chat  [..] in a million words
    de   katz  0.[..]
...
    en   cat   0.[..]
...
Pferdekutsche  de
  pferd  [..] in a million words
    en   hors     0.[..]
    fr   cheval   0.[..]
  kutsch  [..] in a million words
    en   carriag  0.[..]
         coach    0.[..]
    fr   calech   0.[..]

unheard  unknown in de, en, fr

"#]])
    .stderr_eq("");
    let args = "lexicon inspect cat unheard --lexicon x.lexicon --format jsonl --to fr";
    let assert = call(&folder, args).success().stderr_eq("");
    let lines = objects(&assert);
    let [cat, unheard] = &lines[..] else {
        panic!("{lines:?}")
    };
    assert_eq!(
        *unheard,
        json!({"word": "unheard", "lang": null, "stems": []})
    );
    assert_eq!((&cat["word"], &cat["lang"]), (&json!("cat"), &json!("en")));
    let stem = &cat["stems"][0];
    assert_eq!(stem["stem"], "cat");
    assert!(
        (0.01..0.2).contains(&stem["frequency"].as_f64().unwrap()),
        "{stem}"
    );
    let translations = stem["translations"].as_object().unwrap();
    assert_eq!(translations.keys().collect::<Vec<_>>(), ["fr"]);
    assert_eq!(translations["fr"][0]["stem"], "chat");
    assert!(translations["fr"][0]["probability"].as_f64().unwrap() > 0.3);
}

#[test]
fn look_into_the_embedded_lexicon() {
    let folder = folder("embedded");
    let pressure = stdout(&call(&folder, "lexicon inspect pressure").success());
    assert!(
        pressure.starts_with("pressure  en\n  pressur  "),
        "{pressure}"
    );
    assert!(!pressure.contains("pressure  de"), "{pressure}");
    for word in ["pression", "druck"] {
        assert!(pressure.contains(word), "{pressure}");
    }
    call(&folder, "lexicon inspect unheardof --from en")
        .success()
        .stdout_eq("unheardof  unknown in en\n");
    let stats = stdout(&call(&folder, "lexicon stats").success());
    for row in [
        "en  ", "fr  ", "de  ", "en-fr  ", "fr-de  ", "bytes  ", "crc32  ",
    ] {
        assert!(stats.lines().any(|line| line.starts_with(row)), "{stats}");
    }
}

/// Two versions of which the second translates a paragraph of the first, in languages of which the
/// program knows no words.
fn cheese(name: &str) -> PathBuf {
    let folder = folder(name);
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write(
        "en.txt",
        "The dog sleeps beside our stove.\n\nMy cheese tastes rather bitter.\n",
    );
    write("es.txt", "Mi queso sabe bastante amargo.\n");
    let words = [
        ["cheese", "queso"],
        ["tastes", "sabe"],
        ["bitter", "amargo"],
        ["rather", "bastante"],
        ["my", "mi"],
        ["dog", "perro"],
        ["sleeps", "duerme"],
        ["beside", "junto"],
        ["stove", "estufa"],
    ];
    let tabs = words.map(|[en, es]| format!("{en}\t{es}\n")).concat();
    write("words.en-es.tsv", &tabs);
    let hunalign = words.map(|[en, es]| format!("{es} @ {en}\n")).concat();
    write("words.en-es.dic", &hunalign);
    write("words.dic", &hunalign);
    pack(&folder.join("words.en-es.tsv.gz"), &tabs);
    write("gold.json", r#"[{"en": [0]}, {"en": [1], "es": [0]}]"#);
    folder
}

#[test]
fn words_decide() {
    let folder = cheese("words");
    let train = "lexicon train -q -o en-es.lexicon --vocabulary words.en-es.tsv";
    call(&folder, train).success();
    // Without a lexicon, lengths decide, and are wrong.
    let right = json!([[[0], []], [[1], [0]]]);
    for (options, expected) in [
        ("", false),
        ("--dictionary words.en-es.tsv", true),
        ("--dictionary words.en-es.tsv.gz", true),
        ("--dictionary words.en-es.dic", true),
        ("--dictionary words.dic=en-es", true),
        ("--dictionary words.dic=es-en", false),
        ("--lexicon en-es.lexicon", true),
        ("--lexicon en-es.lexicon --dictionary words.en-es.dic", true),
    ] {
        let args = "align en.txt es.txt --lang en.txt=en --lang es.txt=es --format jsonl";
        let assert = call(&folder, &format!("{args} {options}"));
        let assert = assert.success().stderr_eq("");
        let record: Value = serde_json::from_str(&stdout(&assert)).unwrap();
        let beads = record["beads"].as_array().unwrap().iter();
        let beads: Vec<&Value> = beads.map(|bead| &bead["segments"]).collect();
        assert_eq!(json!(beads) == right, expected, "{options}: {beads:?}");
    }
}

#[test]
fn words_decide_in_evaluations() {
    let folder = cheese("eval");
    let text = fs::read_to_string(folder.join("en.txt")).unwrap();
    fs::write(folder.join("en.txt"), text.replace("\n\n", "\n")).unwrap();
    for (options, expected) in [("", "0.0"), ("--dictionary words.en-es.dic", "1.0")] {
        let assert = call(&folder, &format!("eval . --format json {options}"));
        let row: Value = serde_json::from_str(&stdout(&assert.success())).unwrap();
        assert_eq!(row["strict"]["recall"].to_string(), expected, "{options}");
    }
}

#[test]
fn wrong_usage() {
    let folder = bitext("usage");
    fs::write(folder.join("x.txt"), "").unwrap();
    fs::write(folder.join("x.en-english.tsv"), "").unwrap();
    for (args, expected) in [
        (
            "lexicon",
            "Train lexicons of word translations, and look into them",
        ),
        (
            "lexicon train -o x",
            "error: the following required arguments were not provided:\n  <FILE>...",
        ),
        (
            "lexicon train animals.en-fr.tsv",
            "error: the following required arguments were not provided:\n  --output <OUT>",
        ),
        (
            "lexicon train animals.tsv -o x",
            "error: animals.tsv: the name does not tell the columns, as x.en-fr-de.tsv does; give \
             --pair with the languages of its columns, or rename it",
        ),
        (
            "lexicon train animals.tsv --pair en-fr --pair en-de -o x",
            "error: animals.tsv: the name does not tell the columns, as x.en-fr-de.tsv does, and \
             there are several pairs; rename it, or train it with one --pair",
        ),
        (
            "lexicon train animals.tsv --pair en-klingon -o x",
            "error: invalid value 'en-klingon' for '--pair <en-fr>': `klingon` is not a language \
             code, expected one such as `en` or `deu`",
        ),
        (
            "lexicon train animals.tsv --pair en -o x",
            "error: invalid value 'en' for '--pair <en-fr>': expected two languages, such as en-fr",
        ),
        (
            "lexicon train x.en-english.tsv -o x",
            "error: x.en-english.tsv: `english` is not a language code, expected one such as `en` \
             or `deu`; the last part of the name tells the columns, as in x.en-fr.tsv",
        ),
        (
            "lexicon train x.txt -o x",
            "error: x.txt: the name does not tell what it holds; expected columns with tabs \
             between them, as in x.en-fr.tsv, or a language each, as in x.en and x.fr",
        ),
        (
            "lexicon train animals.en --pair en-fr -o x",
            "error: animals.en: its translation is missing; give animals.fr too",
        ),
        (
            "lexicon train animals.en -o x",
            "error: animals.en: its translation is missing; give the same lines in another \
             language, animals.<lang> too",
        ),
        (
            "lexicon train - - --pair en-fr -o x",
            "error: stdin (-) can be read only once",
        ),
        (
            "lexicon train animals.en-fr.tsv -o ./animals.en-fr.tsv",
            "error: the output would replace animals.en-fr.tsv, which is read",
        ),
        (
            "lexicon inspect cat --from es",
            "error: the lexicon has no translations for --from es, only de-en, en-de, ",
        ),
        (
            "lexicon inspect cat --from en --to en",
            "error: the lexicon has no translations for --from en --to en, only de-en, en-de, ",
        ),
        (
            "align animals.en animals.fr --dictionary words.dic",
            "error: words.dic: the name does not tell the two languages; write --dictionary \
             words.dic=en-fr, or call it as in words.en-fr.tsv",
        ),
        (
            "eval . --dictionary words.dic=fr",
            "error: invalid value 'words.dic=fr' for '--dictionary <FILE[=en-fr]>': expected two \
             languages, such as en-fr",
        ),
    ] {
        let assert = call(&folder, args).code(2).stdout_eq("");
        let stderr = stderr(&assert);
        assert!(stderr.starts_with(expected), "{args}: {stderr}");
    }
    let usage = stderr(&call(&folder, "lexicon train animals.en -o x"));
    assert!(usage.contains("Usage: triglyph lexicon train "), "{usage}");
    assert!(!folder.join("x").exists());
    let text = fs::read_to_string(folder.join("animals.en-fr.tsv")).unwrap();
    assert_eq!(text, tsv(&[0, 1]));
}

#[test]
fn bad_files_are_named() {
    let folder = bitext("bad");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    fs::create_dir(folder.join("folder.en-fr.tsv")).unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    write("binary.en-fr.tsv", b"\x7fELF\0\0");
    write("latin.en-fr.tsv", b"coffee\tcaf\xe9\n");
    write("spaces.en-fr.tsv", b"the cat  le chat\n");
    write("few.en-fr.tsv", b"cat\tchat\n");
    write("short.en", b"cat\ndog\n");
    write("short.fr", b"chat\n");
    write("words.tsv", b"cat\tchat\tKatze\n\ndog\tchien\n");
    write("words.en-fr.dic", b"chat @ cat\nchien = dog\n");
    write("none.en-fr.dic", b"\n");
    write("not.lexicon", b"cat");
    let mut packed = fs::read(folder.join("packed.en-fr-de.tsv.gz")).unwrap();
    packed.truncate(packed.len() / 3);
    write("cut.en-fr-de.tsv.gz", &packed);
    let mut damaged = trained(&folder, "animals.en-fr.tsv");
    damaged.pop();
    write("cut.lexicon", &damaged);
    let align = "align animals.en animals.fr -q";
    for (args, expected) in [
        (
            "lexicon train missing.en-fr.tsv folder.en-fr.tsv animals.en-fr.tsv -o x",
            "missing.en-fr.tsv: no such file or directory\n\
             triglyph: folder.en-fr.tsv: is a directory, expected a file",
        ),
        (
            "lexicon train animals.en-fr.tsv --vocabulary missing -o x",
            "missing: no such file or directory",
        ),
        (
            "lexicon train --vocabulary empty -o x",
            "empty: no vocabulary in this folder, expected files such as a.tsv",
        ),
        (
            "lexicon train binary.en-fr.tsv -o x",
            "binary.en-fr.tsv: binary data (a NUL at byte 4), expected text in UTF-8",
        ),
        (
            "lexicon train latin.en-fr.tsv -o x",
            "latin.en-fr.tsv: invalid UTF-8 at byte 10; convert the file to UTF-8 (for example \
             with iconv)",
        ),
        (
            "lexicon train cut.en-fr-de.tsv.gz -o x",
            "cut.en-fr-de.tsv.gz: incomplete deflate stream; what gzip packed is damaged or cut \
             short",
        ),
        (
            "lexicon train short.en short.fr -o x",
            "invalid lexicon source: short.en, line 2: short.fr ends after line 1",
        ),
        (
            "lexicon train --vocabulary words.tsv -o x",
            "invalid lexicon source: words.tsv, line 3: \"dog\\tchien\", expected 3 cells with \
             tabs between them",
        ),
        (
            "lexicon train spaces.en-fr.tsv --pair en-fr -o x",
            "no line holds a sentence and its translation in en-fr; check that the columns have \
             tabs between them and stand in the order that the names of the files tell",
        ),
        (
            "lexicon train animals.en-fr.tsv --pair fr-de -q -o x",
            "no line holds a sentence and its translation in fr-de; check that the columns have \
             tabs between them and stand in the order that the names of the files tell",
        ),
        (
            "lexicon train few.en-fr.tsv -o x",
            "nothing can be learned from 1 sentence pairs, no word stands in two of them; give \
             more, or single words with --vocabulary",
        ),
        (
            "lexicon train animals.en-fr.tsv -o nowhere/x",
            "nowhere/x: no such folder to write it to; create it first",
        ),
        (
            "lexicon train animals.en-fr.tsv -o words",
            "words: is a directory, expected a file",
        ),
        (
            "lexicon inspect cat --lexicon missing",
            "missing: no such file or directory",
        ),
        (
            "lexicon stats --lexicon not.lexicon",
            "not.lexicon: not a lexicon made by `triglyph lexicon train`; train it (again)",
        ),
        (
            "lexicon stats --lexicon cut.lexicon",
            "cut.lexicon: the checksum does not match: the file is damaged or cut short; train it \
             (again)",
        ),
        (
            &format!("{align} --lexicon not.lexicon"),
            "not.lexicon: not a lexicon made by `triglyph lexicon train`; train it (again)",
        ),
        (
            &format!("{align} --dictionary words.en-fr.dic"),
            "invalid lexicon source: words.en-fr.dic, line 2: \"chien = dog\", expected \
             `word<TAB>translation` or `translation @ word`",
        ),
        (
            &format!("{align} --dictionary none.en-fr.dic"),
            "none.en-fr.dic: no pair of words, expected one on each line",
        ),
        (
            &format!("{align} --dictionary missing.en-fr.dic"),
            "missing.en-fr.dic: no such file or directory",
        ),
        (
            "eval . --lexicon missing",
            "missing: no such file or directory",
        ),
    ] {
        let assert = call(&folder, args).code(1).stdout_eq("");
        assert_eq!(stderr(&assert), format!("triglyph: {expected}\n"), "{args}");
    }
    assert!(!folder.join("x").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk() {
    let folder = bitext("full");
    call(&folder, "lexicon train animals.en-fr.tsv -o /dev/full")
        .code(1)
        .stdout_eq("")
        .stderr_eq("triglyph: /dev/full: no space left on device\n");
}
