//! What is written, what is read, and that both fit.

use proptest::prelude::*;

use super::super::arbitrary::{aligned, config};
use super::super::files::file_name;
use super::super::memory::Memory;
use super::super::standoff::pairs;
use super::super::standoff::tests::{as_pair, texts};
use super::super::tests::example;
use super::super::{Aligned, Writer as _, labels};
use super::{Reader, Writer};
use crate::article::Unit;
use crate::lang::Lang;

#[test]
fn exact_files() {
    let (article, alignment) = example(Unit::Sentence);
    let memory = Memory::default();
    let mut writer = Writer::new(memory.clone());
    writer.write("a.b/c", &article, &alignment).unwrap();
    let losses: Vec<String> = writer.finish().unwrap().told().collect();
    let expected = [
        "1 bead not marked as moved",
        "1 bead not marked as a conflict",
        "3 beads without their scores",
        "1 character left out that XML forbids",
    ];
    assert_eq!(losses, expected);
    let names = [
        "a.b%2Fc.en.fr-2.alignment.xml",
        "a.b%2Fc.en.fr-3.alignment.xml",
        "a.b%2Fc.en.xml",
        "a.b%2Fc.fr-2.fr-3.alignment.xml",
        "a.b%2Fc.fr-2.xml",
        "a.b%2Fc.fr-3.xml",
    ];
    assert_eq!(memory.names(), names);
    let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let expected = [
        begin,
        "<linkGrp toDoc=\"a.b%2Fc.fr-2.xml\" fromDoc=\"a.b%2Fc.en.xml\">\n",
        "<link type=\"2-1\" xtargets=\"1:1 2:1;1:1\" status=\"auto\"/>\n",
        "<link type=\"1-0\" xtargets=\"3:1;\" status=\"auto\"/>\n",
        "<link type=\"0-1\" xtargets=\";2:1\" status=\"auto\"/>\n",
        "</linkGrp>\n",
    ];
    assert_eq!(memory.text(names[0]), expected.concat());
    let expected = [
        begin,
        "<text lang=\"en\">\n<p id=\"1\">\n<s id=\"1:1\" xml:space=\"preserve\">",
        "A &amp; B &lt; C &gt; \"D\"\t«\u{a0}E\u{a0}»\u{2028}F\nG\u{85}\\H</s>\n</p>\n",
        "<p id=\"2\">\n<s id=\"2:1\">Alone</s>\n</p>\n</text>\n",
    ];
    assert_eq!(memory.text(names[2]), expected.concat());
}

#[test]
fn paragraphs() {
    let (article, alignment) = example(Unit::Paragraph);
    let memory = Memory::default();
    let mut writer = Writer::new(memory.clone());
    writer.write("a", &article, &alignment).unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<text lang=\"fr-3\">\n\
        <p id=\"1\">Un deux</p>\n<p id=\"2\">Trois</p>\n</text>\n";
    assert_eq!(memory.text("a.fr-3.xml"), expected);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_comes_back(given in aligned()) {
        let memory = Memory::default();
        let mut writer = Writer::new(memory.clone());
        writer.write(given.id(), given.article(), given.alignment()).unwrap();
        writer.finish().unwrap();
        let labels = labels(given.article());
        for [a, b] in pairs(labels.len()) {
            let id = file_name(given.id());
            let names = [a, b].map(|v| format!("{id}.{}.xml", labels[v]));
            let [from, to] = names.each_ref();
            let file = memory.text(&format!("{id}.{}.{}.alignment.xml", labels[a], labels[b]));
            let found = Reader::new("links", file.as_bytes(), memory.clone()).next().unwrap();
            match as_pair(&given, [a, b], [from, to], |bead| bead.score = 1.0) {
                Some(expected) => prop_assert_eq!(found.unwrap(), expected),
                None => prop_assert!(found.is_err()),
            }
        }
    }
}

fn read(links: &str, documents: &[(&str, &str)]) -> Result<Aligned, String> {
    let mut articles = Reader::new("links.xml", links.as_bytes(), Memory::of(documents));
    let article = articles.next().unwrap().map_err(|e| e.to_string());
    assert!(articles.next().is_none());
    article
}

#[test]
fn files_of_the_editor() {
    let links = "<?xml version='1.0' encoding='utf-8'?>
        <alignment toDoc='speech.no-00.xml' fromDoc='speech.cs-00.xml'>
        <link type='1-2' xtargets='1:1;1:1 1:2' status='man' mark='1'/>
        <link type='1-0' xtargets='2:1;' status='plain'/>
        </alignment>";
    let documents = [
        (
            "speech.cs-00.xml",
            "<doc language='cs'><p id='1'>\n<s id='1:1'>Moji <b>milí</b>, </s><s id='1:2'>dva.</s></p></doc>",
        ),
        (
            "speech.no-00.xml",
            "<doc><p id='1'><s id='1:1'>Mine</s></p><p id='2'><s id='2:1'>To.</s></p></doc>",
        ),
    ];
    let aligned = read(links, &documents).unwrap();
    assert_eq!(aligned.id(), "speech");
    assert_eq!(texts(&aligned), [["Moji milí, dva.", "Mine"], ["", "To."]]);
    let scores: Vec<f64> = aligned
        .alignment()
        .iter()
        .map(|bead| bead.score())
        .collect();
    assert_eq!(scores, [1.0, 0.5]);
    let confirmed: Vec<bool> = (aligned.alignment().iter())
        .map(|bead| bead.confirmed())
        .collect();
    assert_eq!(confirmed, [true, false]);
    let langs: Vec<String> = aligned
        .article()
        .versions()
        .iter()
        .map(|v| v.lang().to_string())
        .collect();
    assert_eq!(langs, ["cs", "no"]);

    let told = Reader::new("links.xml", links.as_bytes(), Memory::of(&documents));
    let told = told.langs([Lang::DE, Lang::FR]).next().unwrap().unwrap();
    assert_eq!(told.article().versions()[1].lang(), Lang::FR);
}

#[test]
fn malformed_files() {
    let group =
        |links: &str| format!("<linkGrp fromDoc='a.en.xml' toDoc='a.fr.xml'>\n{links}</linkGrp>");
    let text = "<text><p id='1'>A</p><p id='2'>B</p></text>";
    let documents = [
        ("a.en.xml", text),
        ("a.fr.xml", text),
        ("a.xml", text),
        ("a.draft.xml", text),
    ];
    for (name, links, expected) in [
        (
            "another root",
            "<cesAlign/>".to_owned(),
            "line 1: the root is <cesAlign>, expected <linkGrp> or <alignment>",
        ),
        (
            "no toDoc",
            "<linkGrp fromDoc='a.en.xml'/>".into(),
            "line 1: <linkGrp> has no attribute `toDoc`",
        ),
        (
            "no language",
            "<linkGrp fromDoc='a.en.xml' toDoc='a.xml'/>".into(),
            "line 1: a.xml does not tell its language, expected a name such as `news.en.xml`",
        ),
        (
            "no code",
            "<linkGrp fromDoc='a.en.xml' toDoc='a.draft.xml'/>".into(),
            "line 1: the language of a.draft.xml: `draft` is not a language code, expected one such as `en` or `deu`",
        ),
        (
            "in linkGrp",
            group("<s/>"),
            "line 2: <s> in <linkGrp>, expected <link>",
        ),
        (
            "no targets",
            group("<link/>"),
            "line 2: <link> has no attribute `xtargets`",
        ),
        (
            "one side",
            group("<link xtargets='1'/>"),
            "line 2: the xtargets `1`, expected ids with one `;` among them",
        ),
        (
            "status",
            group("<link xtargets='1;1' status='maybe'/>"),
            "line 2: the status `maybe`, expected man, auto or plain",
        ),
        (
            "dangling",
            group("\n<link xtargets='1;3'/>"),
            "line 3: a.en.xml has nothing with the id `3`",
        ),
        (
            "twice",
            group("<link xtargets='1;1'/>\n<link xtargets='1;2'/>"),
            "line 3: `1` of a.fr.xml is linked twice",
        ),
        (
            "truncated",
            group("").replace("</linkGrp>", "<link"),
            "line 2: the file ends within a tag, expected `>`",
        ),
        (
            "behind",
            group("") + "\n<linkGrp/>",
            "line 3: <linkGrp> behind the root element, expected the end",
        ),
    ] {
        assert_eq!(
            read(&links, &documents),
            Err(format!("links.xml, {expected}")),
            "{name}: {links}"
        );
    }
}
