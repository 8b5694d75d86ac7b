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
use crate::lang::{Lang, LangStyle};

#[test]
fn exact_files() {
    let (article, alignment) = example(Unit::Paragraph);
    let memory = Memory::default();
    let mut writer = Writer::new(memory.clone()).lang_style(LangStyle::Iso639_3);
    writer.write("a \"b\"", &article, &alignment).unwrap();
    let losses: Vec<String> = writer.finish().unwrap().told().collect();
    let expected = [
        "1 bead not marked as moved",
        "1 bead not marked as a conflict",
        "1 character left out that XML forbids",
    ];
    assert_eq!(losses, expected);
    let document = |label: &str| format!("{label}/a%20%22b%22.xml");
    let documents = ["eng", "fra-2", "fra-3"].map(document);
    let links = ["eng-fra-2.xml", "eng-fra-3.xml", "fra-2-fra-3.xml"];
    let mut names = [documents.clone(), links.map(String::from)].concat();
    names.sort();
    assert_eq!(memory.names(), names);

    let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let expected = [
        begin,
        "<!DOCTYPE cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\">\n",
        "<cesAlign version=\"1.0\">\n",
        "<linkGrp targType=\"s\" fromDoc=\"eng/a%20%22b%22.xml\" toDoc=\"fra-2/a%20%22b%22.xml\">\n",
        "<link id=\"SL1\" xtargets=\"1;1 2\" certainty=\"1.0000\"/>\n",
        "<link id=\"SL2\" xtargets=\";3\" certainty=\"0.2500\"/>\n",
        "<link id=\"SL3\" xtargets=\"2;\" certainty=\"0.1235\"/>\n",
        "</linkGrp>\n</cesAlign>\n",
    ];
    assert_eq!(memory.text("eng-fra-2.xml"), expected.concat());
    let expected = [
        begin,
        "<text lang=\"eng\">\n<p id=\"1\">\n<s id=\"1\" xml:space=\"preserve\">",
        "A &amp; B &lt; C &gt; \"D\"\t«\u{a0}E\u{a0}»\u{2028}F\nG\u{85}\\H</s>\n</p>\n",
        "<p id=\"2\">\n<s id=\"2\">Alone</s>\n</p>\n</text>\n",
    ];
    assert_eq!(memory.text(&documents[0]), expected.concat());
}

#[test]
fn sentences_of_a_paragraph() {
    let article =
        crate::Article::detect(["The cat sleeps. A dog barks.\n\nIt rains.", "Il pleut."]);
    let article = article.unwrap();
    let alignment = crate::Aligner::new().unit(Unit::Sentence).align(&article);
    let memory = Memory::default();
    let mut writer = Writer::new(memory.clone());
    writer.write("a", &article, &alignment).unwrap();
    writer.finish().unwrap();
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<text lang=\"en\">\n\
        <p id=\"1\">\n<s id=\"1.1\">The cat sleeps.</s>\n<s id=\"1.2\">A dog barks.</s>\n</p>\n\
        <p id=\"2\">\n<s id=\"2.1\">It rains.</s>\n</p>\n</text>\n";
    assert_eq!(memory.text("en/a.xml"), expected);
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
            let names = [a, b].map(|v| format!("{}/{}.xml", labels[v], file_name(given.id())));
            let [from, to] = names.each_ref();
            let file = memory.text(&format!("{}-{}.xml", labels[a], labels[b]));
            let mut articles = Reader::new("links", file.as_bytes(), memory.clone());
            let found = articles.next().unwrap();
            match as_pair(&given, [a, b], [from, to], |bead| bead.confirmed = false) {
                Some(expected) => prop_assert_eq!(found.unwrap(), expected),
                None => prop_assert!(found.is_err()),
            }
        }
    }
}

fn read(links: &str, documents: &[(&str, &str)]) -> Result<Vec<Aligned>, String> {
    let articles = Reader::new("links.xml", links.as_bytes(), Memory::of(documents));
    articles
        .collect::<Result<_, _>>()
        .map_err(|e| e.to_string())
}

#[test]
fn corpora_of_others() {
    let links = "<?xml version='1.0' encoding='utf-8'?>
        <!DOCTYPE cesAlign PUBLIC '-//CES//DTD XML cesAlign//EN' ''>
        <cesAlign version='1.0'><cesHeader><x>y</x></cesHeader>
        <linkGrp targType='s' toDoc='pt_br/2004/b.xml.gz' fromDoc='en/2004/b.xml.gz'>
        <link certainty='-0.5' xtargets='s3;c' id='SL2' overlap='0.9' />
        <link xtargets='s1  s2;a' id='SL1'/><link xtargets=';'/>
        <link certainty='1.7' xtargets=';b '/>
        </linkGrp>
        <linkGrp fromDoc='en/c.xml' toDoc='pt_br/2004/b.xml'/>
        </cesAlign>";
    let english = "<text><head><s id='s1'>\n<time id='T1S' value='1'/>\n- The\n   cat. </s></head>
        <p id='1'><s id='s2'><chunk><w id='w1'>It</w> <w>sle<b>ep</b>s</w></chunk><w>.</w></s><s id='s3'>Rain &amp; &#x53;un.</s>
        </p><s id='s4'></s><s id='s5'>End.</s></text>";
    let portuguese =
        "<document><s id='a'>O gato.</s><s id='b'>Fim.</s><s id='c'>Chuva.</s></document>";
    let documents = [
        ("en/2004/b.xml.gz", english),
        ("pt_br/2004/b.xml", portuguese),
        ("en/c.xml", "<text lang='eng'><p id='1'>A</p></text>"),
    ];
    let articles = read(links, &documents).unwrap();
    let ids: Vec<&str> = articles.iter().map(Aligned::id).collect();
    assert_eq!(ids, ["2004/b", "c"]);
    let expected = [
        ["- The cat. It sleeps .", "O gato."],
        ["", "Fim."],
        ["Rain & Sun.", "Chuva."],
        ["End.", ""],
    ];
    assert_eq!(texts(&articles[0]), expected);
    let beads: Vec<(f64, bool)> = articles[0]
        .alignment()
        .iter()
        .map(|bead| (bead.score(), bead.moved()))
        .collect();
    assert_eq!(
        beads,
        [(1.0, false), (1.0, false), (0.0, false), (0.0, false)]
    );
    let versions = articles[0].article().versions();
    assert_eq!(
        versions[0].text(),
        "- The cat.\n\nIt sleeps . Rain & Sun.\n\nEnd."
    );
    assert_eq!(versions[0].name(), "en/2004/b.xml.gz");
    assert_eq!(
        (versions[0].lang(), versions[1].lang().code()),
        (Lang::EN, "pt")
    );
    assert_eq!(articles[0].alignment().unit(), Unit::Sentence);

    let told = Reader::new("links.xml", links.as_bytes(), Memory::of(&documents));
    let told = told
        .langs([Lang::DE, Lang::FR])
        .between_words("")
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(told.article().versions()[0].lang(), Lang::DE);
    assert_eq!(texts(&told)[0][0], "- The cat. Itsleeps.");
}

#[test]
fn malformed_files() {
    let group = |links: &str| {
        format!(
            "<cesAlign>\n<linkGrp fromDoc='en/a.xml' toDoc='fr/a.xml'>\n{links}</linkGrp></cesAlign>"
        )
    };
    let text = "<text><s id='1'>A</s><s id='2'>B</s></text>";
    let documents = [("en/a.xml", text), ("fr/a.xml", text), ("x1/a.xml", text)];
    for (name, links, expected) in [
        (
            "no XML",
            "1;1\n".to_owned(),
            "line 1: text outside of the root element, expected XML",
        ),
        (
            "TMX",
            "<tmx/>".into(),
            "line 1: the root is <tmx>, expected <cesAlign>",
        ),
        (
            "in cesAlign",
            "<cesAlign>\n<link/></cesAlign>".into(),
            "line 2: <link> in <cesAlign>, expected <linkGrp>",
        ),
        (
            "truncated",
            "<cesAlign>\n<linkGrp fromDoc='en/a.xml' toDoc='fr/a.xml'>\n".into(),
            "line 3: the file ends within <linkGrp>, expected </linkGrp>",
        ),
        (
            "no fromDoc",
            "<cesAlign><linkGrp toDoc='fr/a.xml'/></cesAlign>".into(),
            "line 1: <linkGrp> has no attribute `fromDoc`",
        ),
        (
            "no language",
            "<cesAlign>\n<linkGrp fromDoc='x1/a.xml' toDoc='fr/a.xml'/></cesAlign>".into(),
            "line 2: x1/a.xml does not tell its language, expected a folder such as `en/`",
        ),
        (
            "in linkGrp",
            group("<s/>"),
            "line 3: <s> in <linkGrp>, expected <link>",
        ),
        (
            "no targets",
            group("\n<link/>"),
            "line 4: <link> has no attribute `xtargets`",
        ),
        (
            "one side",
            group("<link xtargets='1'/>"),
            "line 3: the xtargets `1`, expected ids with one `;` among them",
        ),
        (
            "three sides",
            group("<link xtargets='1;2;3'/>"),
            "line 3: the xtargets `1;2;3`, expected ids with one `;` among them",
        ),
        (
            "certainty",
            group("<link xtargets='1;1' certainty='high'/>"),
            "line 3: the certainty `high`, expected a number",
        ),
        (
            "not a number",
            group("<link xtargets='1;1' certainty='NaN'/>"),
            "line 3: the certainty `NaN`, expected a number",
        ),
        (
            "dangling",
            group("<link xtargets='1;1'/>\n<link xtargets='2;9'/>"),
            "line 4: fr/a.xml has nothing with the id `9`",
        ),
        (
            "twice",
            group("<link xtargets='1;1'/>\n<link xtargets='1 2;'/>"),
            "line 4: `1` of en/a.xml is linked twice",
        ),
        (
            "twice in a link",
            group("<link xtargets='1 1;'/>"),
            "line 3: `1` of en/a.xml is linked twice",
        ),
        (
            "entities",
            format!("<!DOCTYPE cesAlign [<!ENTITY a 'b'>]>{}", group("")),
            "line 1: the document declares entities, which are not read; expected text and character references only",
        ),
    ] {
        assert_eq!(
            read(&links, &documents),
            Err(format!("links.xml, {expected}")),
            "{name}: {links}"
        );
    }
}

#[test]
fn malformed_documents() {
    let links = "<cesAlign>\n<linkGrp fromDoc='en/a.xml' toDoc='fr/a.xml.gz'/></cesAlign>";
    for (name, document, expected) in [
        (
            "empty",
            "",
            "en/a.xml, line 1: no element, expected an XML document",
        ),
        (
            "no id",
            "<text>\n<s>A</s></text>",
            "en/a.xml, line 2: <s> has no attribute `id`",
        ),
        (
            "twice",
            "<text><s id='1'>A</s>\n<s id='1'>B</s></text>",
            "en/a.xml, line 2: a second <s> with the id `1`",
        ),
        (
            "nested",
            "<text><s id='1'>\n<s id='2'/></s></text>",
            "en/a.xml, line 2: <s> in <s id=\"1\">, expected </s>",
        ),
        (
            "paragraph",
            "<text><s id='1'>\n<p/></s></text>",
            "en/a.xml, line 2: <p> in <s id=\"1\">, expected </s>",
        ),
        (
            "truncated",
            "<text>\n<s id='1'>A",
            "en/a.xml, line 2: the file ends within <s>, expected </s>",
        ),
        (
            "language",
            "<text lang='?'/>",
            "links.xml, line 2: the language of en/a.xml: `?` is not a language code, expected one such as `en` or `deu`",
        ),
        (
            "no text",
            "<text/>",
            "links.xml, line 2: none of the 2 versions holds any text",
        ),
    ] {
        let documents = [("en/a.xml", document), ("fr/a.xml", "<text/>")];
        // What is wrong with a document is told at the links that name it.
        let expected = match expected.starts_with("links.xml") {
            true => expected.to_owned(),
            false => format!("links.xml, line 2: {expected}"),
        };
        assert_eq!(read(links, &documents), Err(expected), "{name}");
    }
    let error = read(links, &[("en/a.xml", "<text/>")]).unwrap_err();
    assert!(
        error.starts_with("links.xml, line 2: fr/a.xml.gz: "),
        "{error}"
    );
}
