//! `triglyph report`, `apply`, `gold`, and `align --locked`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{call, museum, objects, stdout};

const VERSIONS: [&str; 3] = ["en.txt", "fr.txt", "de.txt"];

/// A folder with the museum aligned, `museum.jsonl`, and its page, whose data are given.
fn reported(name: &str) -> (std::path::PathBuf, Value) {
    let folder = museum(name);
    let args = ["--id", "museum", "-o", "museum.jsonl"];
    call(&folder, &[&["align"], &VERSIONS[..], &args].concat()).success();
    call(&folder, &["report", "museum.jsonl", "-o", "museum.html"])
        .success()
        .stdout_eq("")
        .stderr_eq("");
    let data = data(&folder.join("museum.html"));
    (folder, data)
}

/// The data that a page holds for its script.
fn data(page: &Path) -> Value {
    let page = fs::read_to_string(page).unwrap();
    let start = page.find("id=\"data\">").unwrap() + "id=\"data\">".len();
    let end = start + page[start..].find("</script>").unwrap();
    serde_json::from_str(&page[start..end]).unwrap()
}

/// A patch that makes beads of these segments, for each version its numbers.
fn patch(data: &Value, by: &str, beads: &[[&[usize]; 3]]) -> Value {
    let place = |version: usize, &segment: &usize| {
        let hash = &data["versions"][version]["segments"][segment]["hash"];
        json!({ "segment": segment, "hash": hash })
    };
    let bead = |bead: &[&[usize]; 3]| {
        let lists = bead.iter().enumerate();
        let lists = lists.map(|(v, list)| list.iter().map(|s| place(v, s)).collect::<Value>());
        json!({ "op": "bead", "segments": lists.collect::<Value>() })
    };
    let versions = ["en", "fr", "de"].iter().zip(VERSIONS);
    let versions = versions.map(|(lang, name)| json!({"label": lang, "name": name, "lang": lang}));
    json!({
        "schema": "triglyph/patch/1",
        "id": "museum",
        "unit": "paragraph",
        "by": by,
        "versions": versions.collect::<Value>(),
        "operations": beads.iter().map(bead).collect::<Value>(),
    })
}

fn write(folder: &Path, name: &str, patch: &Value) {
    fs::write(folder.join(name), patch.to_string()).unwrap();
}

/// The segments of each bead of an aligned article, and whether it is confirmed.
fn beads(record: &Value) -> Vec<(Value, bool)> {
    let beads = record["beads"].as_array().unwrap().iter();
    let beads = beads.map(|bead| (bead["segments"].clone(), bead["confirmed"] == true));
    beads.collect()
}

/// The French left alone, and the rest as it is.
const LEFT_ALONE: [[&[usize]; 3]; 2] = [[&[1], &[], &[1]], [&[], &[1], &[]]];

#[test]
fn a_page() {
    let (folder, data) = reported("report_page");
    let page = fs::read_to_string(folder.join("museum.html")).unwrap();
    // The name of a language, not an address.
    let page = page.replace("http://www.w3.org/2000/svg", "");
    for expected in [
        "<!DOCTYPE html>",
        "default-src 'none'; style-src 'sha256-",
        "<h1><bdi>museum</bdi></h1>",
        "<dd data-count=\"complete\">3</dd>",
        "<td data-version=\"fr\" lang=\"fr\" dir=\"ltr\">",
        "Le musée de Genève ouvre à 9 heures le 12 mai 2024.",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    for never in ["http://", "https://", " src=", " style=", "<link", "<img"] {
        assert!(!page.contains(never), "{never}");
    }
    assert_eq!(data["schema"], "triglyph/page/1");
    assert_eq!(data["beads"].as_array().unwrap().len(), 3);
    assert!(!data["matches"].as_array().unwrap().is_empty());
    // Of versions, the page is that of their alignment.
    let args = ["-o", "direct.html"];
    call(&folder, &[&["report"], &VERSIONS[..], &args].concat()).success();
    let direct = self::data(&folder.join("direct.html"));
    assert_eq!(direct["versions"], data["versions"]);
}

#[test]
fn a_folder_of_pages() {
    let (folder, _) = reported("report_folder");
    let one = fs::read_to_string(folder.join("museum.jsonl")).unwrap();
    let named = |id: &str| one.replace("\"id\":\"museum\"", &format!("\"id\":{}", json!(id)));
    let many = [named("a/b"), named("<b>"), "no JSON\n".into(), named("a/b")].concat();
    fs::write(folder.join("many.jsonl"), many).unwrap();
    call(&folder, &["report", "many.jsonl", "-o", "page.html"]).code(2);
    call(&folder, &["report", "many.jsonl", "-o", "pages"])
        .code(3)
        .stderr_eq("triglyph: many.jsonl, line 3: expected ident (column 2)\n");
    let index = fs::read_to_string(folder.join("pages/index.html")).unwrap();
    for (url, file, id) in [
        ("a%252Fb", "a%2Fb", "a/b"),
        ("%253Cb%253E", "%3Cb%3E", "&lt;b&gt;"),
        ("a%252Fb-2", "a%2Fb-2", "a/b"),
    ] {
        let link = format!("<a href=\"articles/{url}.html\"><bdi>{id}</bdi></a>");
        assert!(index.contains(&link), "{link}");
        let page = fs::read_to_string(folder.join(format!("pages/articles/{file}.html"))).unwrap();
        assert!(page.contains("<a href=\"../index.html\">All articles</a>"));
    }
    call(&folder, &["report", "nothing.jsonl", "-o", "page.html"])
        .code(1)
        .stderr_eq("triglyph: nothing.jsonl: no such file or directory\n");
}

#[test]
fn patches_are_applied() {
    let (folder, data) = reported("apply");
    write(&folder, "a.json", &patch(&data, "Anna", &LEFT_ALONE));
    call(
        &folder,
        &["apply", "a.json", "museum.jsonl", "-o", "out.jsonl"],
    )
    .success()
    .stderr_eq("triglyph: note: a.json, museum: 2 applied, 0 overruled, 0 stale\n");
    let out = fs::read_to_string(folder.join("out.jsonl")).unwrap();
    let expected = [
        (json!([[0], [0], [0]]), false),
        (json!([[], [1], []]), true),
        (json!([[1], [], [1]]), true),
        (json!([[2], [2], [2]]), false),
    ];
    assert_eq!(beads(&serde_json::from_str(&out).unwrap()), expected);
    // A page of it begins with what is confirmed.
    call(&folder, &["report", "out.jsonl", "-o", "out.html"]).success();
    assert_eq!(beads(&self::data(&folder.join("out.html"))), expected);

    let mut stale = patch(&data, "Anna", &LEFT_ALONE);
    stale["operations"][1]["segments"][1][0]["hash"] = "0123456789abcdef".into();
    write(&folder, "stale.json", &stale);
    call(&folder, &["apply", "stale.json", "museum.jsonl", "-o", "out.jsonl"])
        .code(3)
        .stderr_eq(
            "triglyph: warning: stale.json, museum: bead of segments - | 2 | -: stale: the text of fr 2 is \
             not there any more\n\
             triglyph: note: stale.json, museum: 1 applied, 0 overruled, 1 stale\n",
        );
    let other = patch(&data, "Anna", &LEFT_ALONE)
        .to_string()
        .replace("museum", "zoo");
    fs::write(folder.join("zoo.json"), other).unwrap();
    call(
        &folder,
        &["apply", "zoo.json", "museum.jsonl", "-o", "out.jsonl"],
    )
    .code(3)
    .stderr_eq("triglyph: zoo.json: museum.jsonl has no article zoo\n");
}

#[test]
fn what_is_locked_stays() {
    let (folder, data) = reported("locked");
    write(&folder, "a.json", &patch(&data, "Anna", &LEFT_ALONE));
    // A version more, in another order, and a paragraph more.
    let english = fs::read_to_string(folder.join("en.txt")).unwrap();
    fs::write(folder.join("en2.txt"), &english).unwrap();
    fs::write(folder.join("en.txt"), format!("Geneva today\n\n{english}")).unwrap();
    let args = [
        "de.txt", "en.txt", "fr.txt", "--locked", "a.json", "--id", "museum", "--format", "jsonl",
    ];
    let run = call(&folder, &[&["align"], &args[..]].concat()).success();
    let run = run.stderr_eq("triglyph: note: a.json, museum: 2 applied, 0 overruled, 0 stale\n");
    let found = beads(&objects(&run)[0]);
    assert!(found.contains(&(json!([[1], [2], []]), true)), "{found:?}");
    assert!(found.contains(&(json!([[], [], [1]]), true)), "{found:?}");

    fs::write(folder.join("en.txt"), &english).unwrap();
    let args = [
        "en.txt",
        "fr.txt",
        "de.txt",
        "es.txt",
        "--languages",
        "en,fr,de,es",
    ];
    fs::write(folder.join("es.txt"), crate::SPANISH).unwrap();
    let locked = ["--locked", "a.json", "--format", "jsonl"];
    let found =
        beads(&objects(&call(&folder, &[&["align"], &args[..], &locked].concat()).success())[0]);
    let three: Vec<Value> = (found.iter())
        .map(|(bead, _)| bead.as_array().unwrap()[..3].iter().cloned().collect())
        .collect();
    for bead in [json!([[1], [], [1]]), json!([[], [1], []])] {
        assert!(three.contains(&bead), "{found:?}");
    }
}

#[test]
fn gold_from_the_work_of_two() {
    let (folder, data) = reported("gold");
    call(
        &folder,
        &["report", "museum.jsonl", "--gold", "-o", "gold.html"],
    )
    .success();
    let page = self::data(&folder.join("gold.html"));
    assert_eq!(page["gold"], true);
    for hidden in ["beads", "links", "matches", "evidence"] {
        assert_eq!(page[hidden], json!([]), "{hidden}");
    }
    let same = |s: &'static [usize]| [s; 3];
    let first = [same(&[0]), same(&[1]), same(&[2])];
    let other = [same(&[0]), [&[1], &[], &[1]], [&[], &[1], &[]], same(&[2])];
    write(&folder, "anna.json", &patch(&data, "Anna", &first));
    write(&folder, "bert.json", &patch(&data, "Bert", &other));
    let run = call(
        &folder,
        &[
            "gold",
            "anna.json",
            "bert.json",
            "museum.jsonl",
            "-o",
            "made",
        ],
    );
    run.success().stdout_eq(
        "article\tfirst\tother\tstrict F1\tpair F1\tnull F1\n\
         museum\tAnna\tBert\t0.6667\t0.8750\t0.0000\n\
         all\t\t\t0.6667\t0.8750\t0.0000\n",
    );
    let gold = fs::read_to_string(folder.join("made/museum/gold.json")).unwrap();
    assert_eq!(gold.lines().count(), 3);
    let figures = stdout(&call(&folder, &["eval", "made", "--format", "json"]).success());
    let figures: Value = serde_json::from_str(&figures).unwrap();
    assert_eq!(figures["articles"], 1);
    // Who leaves something open makes no gold.
    write(&folder, "anna.json", &patch(&data, "Anna", &first[..2]));
    call(
        &folder,
        &["gold", "anna.json", "museum.jsonl", "-o", "made"],
    )
    .code(1);
}

#[test]
fn patches_that_are_none() {
    let (folder, _) = reported("no_patch");
    fs::write(folder.join("empty.json"), "").unwrap();
    fs::write(folder.join("list.json"), "[1]").unwrap();
    for (file, expected) in [
        (
            "empty.json",
            "triglyph: empty.json: empty, expected a patch in JSON\n",
        ),
        (
            "nothing.json",
            "triglyph: nothing.json: no such file or directory\n",
        ),
    ] {
        call(&folder, &["apply", file, "museum.jsonl", "-o", "out.jsonl"])
            .code(1)
            .stderr_eq(expected);
    }
    let found = call(
        &folder,
        &["apply", "list.json", "museum.jsonl", "-o", "out.jsonl"],
    )
    .code(1);
    let message = String::from_utf8(found.get_output().stderr.clone()).unwrap();
    assert!(
        message.contains("expected a patch of the schema"),
        "{message}"
    );
    assert!(!folder.join("out.jsonl").exists());
}
