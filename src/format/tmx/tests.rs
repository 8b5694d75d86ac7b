//! What is written, what is read, and that both fit.

use proptest::prelude::*;

use super::super::arbitrary::{aligned, changed, config};
use super::super::tests::example;
use super::super::xml::is_allowed;
use super::super::{Aligned, Loss, Writer as _};
use super::{Reader, Writer};
use crate::article::Unit;
use crate::lang::{Lang, LangStyle};

fn read(file: &str) -> Result<Vec<Aligned>, String> {
    let articles = Reader::new("old/memory.tmx", file.as_bytes());
    articles
        .collect::<Result<_, _>>()
        .map_err(|e| e.to_string())
}

/// Each bead of an article as its texts.
fn texts(aligned: &Aligned) -> Vec<Vec<String>> {
    let beads = aligned.alignment().beads(aligned.article());
    beads.map(|bead| bead.texts()).collect()
}

#[test]
fn exact_file() {
    let (article, alignment) = example(Unit::Paragraph);
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out)
        .lang_style(LangStyle::Iso639_3)
        .creation_date("20240131T120000Z");
    writer.write("a \"b\"", &article, &alignment).unwrap();
    let losses = writer.finish().unwrap();
    assert_eq!(
        losses.told().collect::<Vec<_>>(),
        ["1 character left out that XML forbids"]
    );
    drop(writer);
    let head = |number: usize, name: &str, lang: &str| {
        format!(
            "<prop type=\"x-version-{number}\">{name}</prop>\n\
             <prop type=\"x-version-{number}-lang\">{lang}</prop>\n\
             <prop type=\"x-version-{number}-lang-score\">0.9877</prop>\n\
             <prop type=\"x-version-{number}-layout\">blank_lines</prop>\n"
        )
    };
    let expected = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n",
        "<tmx version=\"1.4\">\n<header creationtool=\"triglyph\" creationtoolversion=\"",
        env!("CARGO_PKG_VERSION"),
        "\" segtype=\"paragraph\" o-tmf=\"triglyph/1\" adminlang=\"en\" srclang=\"*all*\" ",
        "datatype=\"plaintext\" creationdate=\"20240131T120000Z\"/>\n<body>\n",
        "<tu>\n<prop type=\"x-document\">a \"b\"</prop>\n",
        &head(1, "a/en.txt", "eng"),
        &head(2, "fr\t1.txt", "fra"),
        &head(3, "3", "fra"),
        "<prop type=\"x-document-score\">0.6429</prop>\n",
        "<prop type=\"x-score\">1.0000</prop>\n<prop type=\"x-shape\">1:2:1</prop>\n",
        "<prop type=\"x-conflict\">true</prop>\n",
        "<tuv xml:lang=\"eng\"><prop type=\"x-segments\">0</prop><prop type=\"x-place\">0-38</prop>",
        "<seg>A &amp; B &lt; C &gt; \"D\"\t«\u{a0}E\u{a0}»\u{2028}F\nG\u{85}\\H</seg></tuv>\n",
        "<tuv xml:lang=\"fra\"><prop type=\"x-version\">2</prop><prop type=\"x-segments\">0 1</prop>",
        "<prop type=\"x-lengths\">2 4</prop><prop type=\"x-place\">0-2 4-8</prop>",
        "<seg>Un deux</seg></tuv>\n",
        "<tuv xml:lang=\"fra\"><prop type=\"x-version\">3</prop><prop type=\"x-segments\">0</prop>",
        "<prop type=\"x-place\">0-7</prop><seg>Un deux</seg></tuv>\n</tu>\n",
        "<tu>\n<prop type=\"x-document\">a \"b\"</prop>\n",
        "<prop type=\"x-score\">0.2500</prop>\n<prop type=\"x-shape\">0:1:1</prop>\n",
        "<prop type=\"x-moved\">true</prop>\n",
        "<tuv xml:lang=\"fra\"><prop type=\"x-version\">2</prop><prop type=\"x-segments\">2</prop>",
        "<prop type=\"x-kind\">heading</prop><prop type=\"x-boilerplate\">advertisement</prop>",
        "<prop type=\"x-lang\">en</prop><prop type=\"x-place\">10-17</prop>",
        "<seg>Buy now</seg></tuv>\n",
        "<tuv xml:lang=\"fra\"><prop type=\"x-version\">3</prop><prop type=\"x-segments\">1</prop>",
        "<prop type=\"x-place\">9-14</prop><seg>Trois</seg></tuv>\n</tu>\n",
        "<tu>\n<prop type=\"x-document\">a \"b\"</prop>\n",
        "<prop type=\"x-score\">0.1235</prop>\n<prop type=\"x-shape\">1:0:0</prop>\n",
        "<tuv xml:lang=\"eng\"><prop type=\"x-segments\">1</prop><prop type=\"x-place\">40-45</prop>",
        "<seg>Alone</seg></tuv>\n</tu>\n</body>\n</tmx>\n",
    ];
    assert_eq!(String::from_utf8(out).unwrap(), expected.concat());
}

#[test]
fn no_articles() {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    writer.finish().unwrap();
    drop(writer);
    assert_eq!(read(&String::from_utf8(out).unwrap()), Ok(Vec::new()));
}

/// What XML cannot hold is taken out, and evidence never was there.
fn in_xml(aligned: &Aligned) -> Aligned {
    let clean = |text: &mut String| text.retain(is_allowed);
    changed(aligned, |draft| {
        clean(&mut draft.id);
        for version in &mut draft.versions {
            clean(&mut version.name);
            let origin = &mut version.origin;
            for part in [&mut origin.url, &mut origin.licence, &mut origin.encoding] {
                part.as_mut().map(clean);
            }
            version.segments.iter_mut().for_each(|s| clean(&mut s.text));
        }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_comes_back(given in prop::collection::vec(aligned(), 1..4)) {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        for aligned in &given {
            writer.write(aligned.id(), aligned.article(), aligned.alignment()).unwrap();
        }
        let losses = writer.finish().unwrap();
        drop(writer);
        let found = read(&String::from_utf8(out).unwrap()).unwrap();
        let expected: Vec<Aligned> = given.iter().map(in_xml).collect();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(losses.count(Loss::Character) == 0, found == given);
    }
}

#[test]
fn memories_of_others() {
    let file = "<?xml version='1.0' encoding='utf-16'?>\n<!DOCTYPE tmx SYSTEM 'tmx11.dtd'>
        <tmx version='1.1'><header srclang='EN-US'><prop type='x-y'>z</prop><ude name='a'/></header><body>
        <tu tuid='1'><note>n</note><prop type='domain'>d</prop><prop type='x-score'>high</prop>
          <tuv lang='EN-US'><seg>One <bpt i='1'>&lt;b></bpt>cat<ept i='1'>&lt;/b></ept>, <hi>two</hi> dogs<ph>\\fn <sub>A note.</sub></ph>.</seg></tuv>
          <tuv lang='fr'><seg>Un chat</seg></tuv><tuv lang='FR'><seg>Le chat<ut>{\\b</ut></seg></tuv></tu>
        <tu><tuv lang='fr'><seg>Seul</seg></tuv></tu>
        <tu><tuv lang='en-us'><seg>  A&#x301;&#13;\n</seg></tuv><tuv xml:lang='de-AT'><seg>Ä<![CDATA[<]]></seg></tuv></tu>
        <tu><tuv lang='de-at'><seg/></tuv><tuv lang='fr'><seg> </seg></tuv></tu>
        </body></tmx>";
    let articles = read(file).unwrap();
    let [aligned] = &articles[..] else {
        panic!("{} articles", articles.len());
    };
    assert_eq!(aligned.id(), "memory");
    let versions = aligned.article().versions().iter();
    let names: Vec<(&str, Lang)> = versions.map(|v| (v.name(), v.lang())).collect();
    let expected = [
        ("EN-US", Lang::EN),
        ("fr", Lang::FR),
        ("FR-2", Lang::FR),
        ("de-AT", Lang::DE),
    ];
    assert_eq!(names, expected);
    let expected = [
        ["One cat, two dogsA note..", "Un chat", "Le chat", ""],
        ["", "Seul", "", ""],
        ["A\u{301}", "", "", "Ä<"],
    ];
    assert_eq!(texts(aligned), expected);
    let scores: Vec<f64> = aligned
        .alignment()
        .iter()
        .map(|bead| bead.score())
        .collect();
    assert_eq!(scores, [1.0, 0.0, 1.0]);
    assert_eq!(aligned.alignment().unit(), Unit::Sentence);
}

/// A file with this body.
fn file(body: &str) -> String {
    format!("<tmx version='1.4'>\n<header segtype='sentence'/>\n<body>\n{body}\n</body></tmx>")
}

#[test]
fn edited_by_others() {
    // Without its first bead, with a text that was changed and one without marks.
    let file = file(
        "<tu><prop type='x-document'>a</prop><tuv xml:lang='en'><prop type='x-segments'>7 9</prop>\
         <prop type='x-lengths'>3 4</prop><prop type='x-kind'>body heading</prop><seg>One two</seg></tuv>\
         <tuv xml:lang='fr'><seg>Un</seg></tuv></tu>\
         <tu><prop type='x-document'>a</prop><tuv xml:lang='en'><prop type='x-segments'>3</prop>\
         <seg>Three</seg></tuv><tuv xml:lang='fr'><seg>Trois</seg></tuv></tu>",
    );
    let articles = read(&file).unwrap();
    assert_eq!(articles[0].id(), "a");
    assert_eq!(texts(&articles[0]), [["Three", "Trois"], ["One two", "Un"]]);
    assert!(articles[0].alignment().iter().all(|bead| !bead.moved()));
}

#[test]
fn malformed_files() {
    let named = "<prop type='x-document'>a</prop>";
    let tuv = "<tuv xml:lang='en'><seg>A</seg></tuv>";
    for (name, file, expected) in [
        (
            "JSON",
            "{}".into(),
            "line 1: text outside of the root element, expected XML",
        ),
        (
            "another root",
            "<xliff/>".into(),
            "line 1: the root is <xliff>, expected <tmx>",
        ),
        (
            "no body",
            "<tmx><header/>\n</tmx>".into(),
            "line 2: </tmx> without a <body> before it",
        ),
        (
            "segtype",
            "<tmx><header segtype='word'/></tmx>".into(),
            "line 1: a segtype `word`, expected block, paragraph, sentence or phrase",
        ),
        (
            "in tmx",
            "<tmx>\n<tu/></tmx>".into(),
            "line 2: <tu> in <tmx>, expected <header> or <body>",
        ),
        (
            "truncated",
            "<tmx><body>\n<tu><tuv lang='en'>\n<seg>A".into(),
            "line 3: the file ends within <seg>, expected </seg>",
        ),
        (
            "tuv in body",
            file(tuv),
            "line 4: <tuv> in <body>, expected <tu>",
        ),
        (
            "text in tu",
            file("<tu>\nwords</tu>"),
            "line 4: text in <tu>: `words`, expected elements only",
        ),
        (
            "seg in tu",
            file("<tu><seg>A</seg></tu>"),
            "line 4: <seg> in <tu>, expected <note>, <prop> or <tuv>",
        ),
        ("no tuv", file("<tu>\n</tu>"), "line 4: <tu> has no <tuv>"),
        (
            "no seg",
            file("<tu>\n<tuv lang='en'>\n</tuv></tu>"),
            "line 5: <tuv> has no <seg>",
        ),
        (
            "two seg",
            file("<tu><tuv lang='en'><seg/><seg/></tuv></tu>"),
            "line 4: a second <seg> in <tuv>, expected </tuv>",
        ),
        (
            "tuv in seg",
            file("<tu><tuv lang='en'><seg><tuv/></seg></tuv></tu>"),
            "line 4: <tuv> in <seg>, expected text or <bpt>, <ept>, <ph>, <it>, <hi>",
        ),
        (
            "no language",
            file("<tu>\n<tuv><seg>A</seg></tuv></tu>"),
            "line 5: <tuv> has no attribute `xml:lang`",
        ),
        (
            "no code",
            file("<tu>\n<tuv lang='English'><seg>A</seg></tuv></tu>"),
            "line 5: `English` is not a language code, expected one such as `en` or `deu`",
        ),
        (
            "no type",
            file("<tu><prop>A</prop></tu>"),
            "line 4: <prop> has no attribute `type`",
        ),
        (
            "nesting",
            file("<tu><tuv lang='en'><seg>A</tuv></tu>"),
            "line 4: </tuv> in <seg>, expected </seg>",
        ),
        (
            "score",
            file(&format!(
                "<tu>{named}<prop type='x-score'>2</prop>{tuv}</tu>"
            )),
            "line 4: `2` cannot be the x-score of anything",
        ),
        (
            "one version",
            file(&format!("\n<tu>{tuv}</tu>")),
            "line 5: an article needs at least two versions, found 1",
        ),
        (
            "no text",
            file("<tu><tuv lang='en'><seg/></tuv><tuv lang='fr'><seg/></tuv></tu>"),
            "line 4: none of the 2 versions holds any text",
        ),
        (
            "versions",
            file(&format!(
                "<tu>{named}<prop type='x-version-9999999999'>A</prop>{tuv}</tu>"
            )),
            "line 4: a property x-version-9999999999, expected x-version-1 first",
        ),
        (
            "simplified",
            file(&format!(
                "<tu>{named}<prop type='x-simplified'>work 0,1 2 1 narrow</prop>{tuv}</tu>"
            )),
            "line 4: x-simplified names versions that are not there",
        ),
        (
            "words",
            file(
                "<tu><prop type='x-document'>a</prop><tuv lang='en'><prop type='x-segments'>1 2</prop><prop type='x-lengths'>1 1</prop><prop type='x-kind'>body</prop><seg>A B</seg></tuv></tu>",
            ),
            "line 4: x-kind has a word too few",
        ),
        (
            "kind",
            file(
                "<tu><prop type='x-document'>a</prop><tuv lang='en'><prop type='x-kind'>title</prop><seg>A B</seg></tuv></tu>",
            ),
            "line 4: `title` cannot be the x-kind of anything",
        ),
        (
            "twice",
            file(
                "<tu><prop type='x-document'>a</prop><tuv lang='en'><prop type='x-segments'>1</prop><seg>A</seg></tuv></tu>\n<tu><prop type='x-document'>a</prop><tuv lang='en'><prop type='x-segments'>1</prop><seg>B</seg></tuv></tu>",
            ),
            "line 5: segment 1 of en stands twice",
        ),
    ] {
        let expected = format!("old/memory.tmx, {expected}");
        assert_eq!(read(&file), Err(expected), "{name}: {file}");
    }
}

#[test]
fn too_many_versions() {
    let tuv = |i| format!("<tuv lang='en-{i}'><seg>A</seg></tuv>");
    let file = file(&format!(
        "<tu>{}</tu>",
        (0..300).map(tuv).collect::<String>()
    ));
    let expected = "old/memory.tmx, line 4: more than 256 versions of one article";
    assert_eq!(read(&file), Err(expected.into()));
}

#[test]
fn nothing_follows_an_error() {
    let mut articles = Reader::new("a", &b"<tmx><body><tu>"[..]);
    assert!(articles.next().unwrap().is_err());
    assert!(articles.next().is_none());
}
