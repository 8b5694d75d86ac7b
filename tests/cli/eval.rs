//! `triglyph eval`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use snapbox::str;

use crate::{MUSEUM, assert_score, call, data, folder, stdout};

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

scores  beads    ECE  >= 0.95  right  null    ECE  >= 0.95  right
data[..]
news[..]
total[..]

scores      beads   mean  right  null   mean  right
0.0 to 0.1[..]
0.1 to 0.2[..]
0.2 to 0.3[..]
0.3 to 0.4[..]
0.4 to 0.5[..]
0.5 to 0.6[..]
0.6 to 0.7[..]
0.7 to 0.8[..]
0.8 to 0.9[..]
0.9 to 1.0[..]

"#]])
        .stderr_eq("");
    let one = stdout(&call(&folder, &["eval", &data, "--format", "json"]).success());
    let args = ["eval", &data, "--format", "json", "--threads", "3"];
    let three = stdout(&call(&folder, &args).success());
    assert_eq!(one, three);
    let row: BTreeMap<String, Value> = serde_json::from_str(&one).unwrap();
    let keys: Vec<&str> = row.keys().map(String::as_str).collect();
    let expected = [
        "articles",
        "null",
        "null_reliability",
        "pair",
        "reliability",
        "set",
        "strict",
    ];
    assert_eq!(keys, expected);
    assert_eq!(row["set"], "data");
    assert_eq!(row["articles"], 4);
    for measure in ["strict", "pair", "null"] {
        for figure in ["precision", "recall", "f1"] {
            assert_score(&row[measure][figure]);
        }
    }
    for measure in ["reliability", "null_reliability"] {
        for figure in ["calibration_error", "brier"] {
            assert_score(&row[measure][figure]);
        }
        let bins = row[measure]["bins"].as_array().unwrap();
        assert_eq!(bins.len(), 10, "{measure}");
        let counts = bins.iter().map(|bin| bin["count"].as_u64().unwrap());
        assert_eq!(counts.sum::<u64>(), row[measure]["count"], "{measure}");
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
{"set":"others","articles":1,"strict":{"precision":1.0,"recall":1.0,"f1":1.0},"pair":{"precision":1.0,"recall":1.0,"f1":1.0},"null":{"precision":1.0,"recall":1.0,"f1":1.0},"lax":{"precision":1.0,"recall":1.0,"f1":1.0},"reliability":{"count":3,[..]},"null_reliability":{"count":0,"calibration_error":null,[..]}}
{"set":"towns","articles":2,"strict":{"precision":1.0,"recall":1.0,"f1":1.0},"pair":{"precision":1.0,"recall":1.0,"f1":1.0},"null":{"precision":1.0,"recall":1.0,"f1":1.0},"lax":{"precision":1.0,"recall":1.0,"f1":1.0},"reliability":{"count":6,[..]},"null_reliability":{"count":0,"calibration_error":null,[..]}}

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

scores  beads  [..]  null  ECE  >= 0.95  right
towns       6  [..]  1.000     0    -        0      -
total       6  [..]  1.000     0    -        0      -

scores      beads   mean  right  null  mean  right
0.0 to 0.1      0      -      -     0     -      -
...
0.9 to 1.0      6  [..]  1.000     0     -      -

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

scores  beads  [..]
set         3  [..]
total       3  [..]
...
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
