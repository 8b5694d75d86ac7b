//! The library as its users call it: what it promises to them, what it refuses, and what it makes
//! of texts as they come.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use triglyph::{
    Aligner, Alignment, Article, Bead, BeadEvidence, BeadOf, Boilerplate, Detection, Detector,
    Error, ErrorKind, Fallback, Kind, Lang, Layout, Limit, Limits, PairEvidence, RunnerUp, Segment,
    Segmenter, Shape, Simplified, Source, Unit, Vectors, Version,
};

const ARTICLES: [&str; 4] = ["advice", "interview", "news", "travel"];
const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// An article that any aligner gets right.
const MUSEUM: [&str; 3] = [
    "The museum in Geneva opens at 9 on 12 May 2024.\n\nTickets cost 15 francs. Children under 7 come in for nothing.\n\nThe director is called Anna Keller.\n",
    "Le musée de Genève ouvre à 9 heures le 12 mai 2024.\n\nLes billets coûtent 15 francs.\n\nLes enfants de moins de 7 ans ne paient rien.\n\nLa directrice s'appelle Anna Keller.\n",
    "Das Museum in Genf öffnet am 12. Mai 2024 um 9 Uhr.\n\nEintrittskarten kosten 15 Franken. Kinder unter 7 Jahren zahlen nichts.\n\nDie Direktorin heißt Anna Keller.\n",
];

const SPANISH: &str = "El museo de Ginebra abre a las nueve de la mañana.\n\nLas entradas cuestan quince francos, y los niños pequeños no pagan nada.\n\nLa directora se llama Ana y vive muy cerca del lago desde hace muchos años.\n";

const fn send_and_sync<T: Send + Sync>() {}

/// Checked when this file is compiled.
const _: () = {
    send_and_sync::<Aligner>();
    send_and_sync::<Alignment>();
    send_and_sync::<Article>();
    send_and_sync::<Bead>();
    send_and_sync::<BeadEvidence>();
    send_and_sync::<BeadOf<'_>>();
    send_and_sync::<Boilerplate>();
    send_and_sync::<Detection>();
    send_and_sync::<Detector>();
    send_and_sync::<Error>();
    send_and_sync::<ErrorKind>();
    send_and_sync::<Fallback>();
    send_and_sync::<Kind>();
    send_and_sync::<Lang>();
    send_and_sync::<Layout>();
    send_and_sync::<Limit>();
    send_and_sync::<Limits>();
    send_and_sync::<PairEvidence>();
    send_and_sync::<RunnerUp>();
    send_and_sync::<Segment>();
    send_and_sync::<Segmenter>();
    send_and_sync::<Shape<'_>>();
    send_and_sync::<Simplified>();
    send_and_sync::<Source>();
    send_and_sync::<Unit>();
    send_and_sync::<Vectors>();
    send_and_sync::<Version>();
    send_and_sync::<triglyph::eval::Counts>();
    send_and_sync::<triglyph::eval::GoldArticle>();
    send_and_sync::<triglyph::eval::Tally>();
    #[cfg(feature = "serde")]
    send_and_sync::<triglyph::format::jsonl::Record<'_>>();
    #[cfg(feature = "serde")]
    send_and_sync::<triglyph::format::jsonl::VersionRecord<'_>>();
};

fn lang(code: &str) -> Lang {
    code.parse().unwrap()
}

fn folder(article: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(article)
}

/// One of the four articles, its languages not told.
fn article(name: &str) -> Article {
    let source = |lang: Lang| {
        let bytes = fs::read(folder(name).join(format!("{lang}.txt"))).unwrap();
        Source::from_bytes(lang.code(), bytes).unwrap()
    };
    Article::detect(LANGS.map(source)).unwrap()
}

fn texts(version: &Version, unit: Unit) -> Vec<&str> {
    version
        .segments(unit)
        .iter()
        .map(|segment| version.text_of(segment))
        .collect()
}

fn shapes(alignment: &Alignment) -> Vec<String> {
    alignment
        .iter()
        .map(|bead| bead.shape().to_string())
        .collect()
}

fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn refusals() {
    let spanish = "the text is in Spanish (es), expected one of en, fr, de; allow or name the language to go on";
    for (name, sources, expected) in [
        (
            "none",
            vec![],
            "an article needs at least two versions, found 0".into(),
        ),
        (
            "one",
            vec![Source::new("Alone.")],
            "an article needs at least two versions, found 1".into(),
        ),
        (
            "empty",
            vec![Source::new(""), Source::new(" \r\n\u{a0}\u{feff}")],
            "none of the 2 versions holds any text".into(),
        ),
        (
            "language, by number",
            vec![MUSEUM[0].into(), SPANISH.into()],
            format!("2: {spanish}"),
        ),
        (
            "language, by name",
            vec![Source::new(SPANISH).name("b/es.txt"), MUSEUM[0].into()],
            format!("b/es.txt: {spanish}"),
        ),
    ] {
        let error = Article::detect(sources).unwrap_err();
        assert_eq!(error.to_string(), expected, "{name}");
    }
}

#[test]
fn errors_tell_their_kind() {
    let error = Article::detect([MUSEUM[0], SPANISH]).unwrap_err();
    let ErrorKind::LanguageNotAllowed {
        version,
        lang: found,
        allowed,
        ..
    } = error.kind()
    else {
        panic!("{error}");
    };
    assert_eq!((version.as_str(), *found), ("2", lang("es")));
    assert_eq!(allowed, &LANGS);
    let error: &dyn std::error::Error = &error;
    assert!(
        error.source().is_none(),
        "a source that is in the message is not given again"
    );
}

#[test]
fn a_told_language_overrides() {
    let told = Source::new(SPANISH).lang(lang("es"));
    let found = Article::detect([Source::new(MUSEUM[0]), told]).unwrap();
    let version = &found.versions()[1];
    assert_eq!((version.lang(), version.lang_score()), (lang("es"), 1.0));

    let allowing = Segmenter::new().languages([Lang::EN, lang("es")]);
    let found = allowing.article([MUSEUM[0], SPANISH]).unwrap();
    assert_eq!(found.versions()[1].lang(), lang("es"));
    assert!(found.versions()[1].lang_score() < 1.0);

    let wrong = Source::new(MUSEUM[0]).lang(Lang::DE);
    let found = Article::detect([wrong, MUSEUM[1].into()]).unwrap();
    assert_eq!(found.versions()[0].lang(), Lang::DE);
}

#[test]
fn names_and_languages() {
    let found = Article::detect(MUSEUM.map(Source::new)).unwrap();
    let versions = found.versions().iter();
    let found: Vec<_> = versions.map(|v| (v.name(), v.lang(), v.layout())).collect();
    let blank = Layout::BlankLines;
    assert_eq!(
        found,
        [
            ("1", Lang::EN, blank),
            ("2", Lang::FR, blank),
            ("3", Lang::DE, blank)
        ]
    );
}

#[test]
fn two_to_five_versions() {
    let [en, fr, de] = MUSEUM;
    for (name, versions, expected) in [
        ("two", vec![en, fr], vec!["1:1", "1:2", "1:1"]),
        ("one language", vec![en, en], vec!["1:1", "1:1", "1:1"]),
        ("three", vec![en, fr, de], vec!["1:1:1", "1:2:1", "1:1:1"]),
        (
            "one twice",
            vec![fr, de, fr],
            vec!["1:1:1", "2:1:2", "1:1:1"],
        ),
        (
            "four",
            vec![de, en, fr, de],
            vec!["1:1:1:1", "1:1:2:1", "1:1:1:1"],
        ),
        (
            "five",
            vec![en, fr, de, fr, en],
            vec!["1:1:1:1:1", "1:2:1:2:1", "1:1:1:1:1"],
        ),
        (
            "one empty",
            vec![en, "", de],
            vec!["1:0:1", "1:0:1", "1:0:1"],
        ),
        ("all but one empty", vec!["", de], vec!["0:1", "0:1", "0:1"]),
    ] {
        let article = Article::detect(versions).unwrap();
        assert_eq!(shapes(&Aligner::new().align(&article)), expected, "{name}");
    }
}

#[test]
fn beads_hold_texts_on_one_line() {
    let article = Article::detect([
        "The museum\r\n\r\nIt opens at 9.\r\n",
        "Le musée\n\nIl ouvre\u{a0}: à 9\u{202f}heures.",
    ])
    .unwrap();
    let alignment = Aligner::new().unit(Unit::Sentence).align(&article);
    assert_eq!(alignment.unit(), Unit::Sentence);
    let texts: Vec<_> = alignment.beads(&article).map(|bead| bead.texts()).collect();
    assert_eq!(
        texts,
        [
            ["The museum", "Le musée"],
            ["It opens at 9.", "Il ouvre : à 9 heures."]
        ]
    );
}

#[test]
fn texts_stay_as_they_are_given() {
    for (name, text, paragraphs, sentences) in [
        (
            "CRLF",
            "A title\r\n\r\nThe ferry over the river leaves at seven in\r\nthe morning. It is never late.\r\n",
            vec![
                "A title",
                "The ferry over the river leaves at seven in\r\nthe morning. It is never late.",
            ],
            vec![
                "A title",
                "The ferry over the river leaves at seven in\r\nthe morning.",
                "It is never late.",
            ],
        ),
        (
            "byte order mark",
            "\u{feff}A title\n\nHe came.",
            vec!["A title", "He came."],
            vec!["A title", "He came."],
        ),
        (
            "form feed",
            "The first page ends.\u{c}The second begins.",
            vec!["The first page ends.", "The second begins."],
            vec!["The first page ends.", "The second begins."],
        ),
        (
            "decomposed accents",
            "L’e\u{301}te\u{301} est la\u{300}. Il est parti.\n\nE\u{301}te\u{301}",
            vec![
                "L’e\u{301}te\u{301} est la\u{300}. Il est parti.",
                "E\u{301}te\u{301}",
            ],
            vec![
                "L’e\u{301}te\u{301} est la\u{300}.",
                "Il est parti.",
                "E\u{301}te\u{301}",
            ],
        ),
        (
            "no-break spaces",
            "«\u{a0}Entrez\u{202f}!\u{a0}» Il entra.\n\u{a0}\nFin\u{a0}",
            vec!["«\u{a0}Entrez\u{202f}!\u{a0}» Il entra.", "Fin"],
            vec!["«\u{a0}Entrez\u{202f}!\u{a0}»", "Il entra.", "Fin"],
        ),
        ("nothing", "", vec![], vec![]),
        (
            "nothing to see",
            "\u{feff}\r\n\u{a0}\u{200b}\n",
            vec![],
            vec![],
        ),
    ] {
        let version = Segmenter::new().version(text).unwrap();
        assert_eq!(version.text(), text, "{name}");
        assert_eq!(texts(&version, Unit::Paragraph), paragraphs, "{name}");
        assert_eq!(texts(&version, Unit::Sentence), sentences, "{name}");
    }
}

#[test]
fn lines_are_segments_where_told() {
    let text = "He came. She left.\r\n\r\nit rained\rall day";
    let lines = ["He came. She left.", "it rained", "all day"];
    let version = |unit| {
        Segmenter::new()
            .version(Source::new(text).lines(unit))
            .unwrap()
    };

    let found = version(Unit::Sentence);
    assert_eq!(found.layout(), Layout::Lines);
    assert_eq!(texts(&found, Unit::Paragraph), lines);
    assert_eq!(texts(&found, Unit::Sentence), lines);

    let found = version(Unit::Paragraph);
    assert_eq!(texts(&found, Unit::Paragraph), lines);
    let sentences = ["He came.", "She left.", "it rained", "all day"];
    assert_eq!(texts(&found, Unit::Sentence), sentences);
    assert_eq!(found.sentences_of(0), 0..2);
}

#[test]
fn real_articles_are_cut_as_a_person_cuts_them() {
    for name in ARTICLES {
        let gold = fs::read(folder(name).join("gold.json")).unwrap();
        let gold: Value = serde_json::from_slice(&gold).unwrap();
        for (version, lang) in article(name).versions().iter().zip(LANGS) {
            assert_eq!(version.lang(), lang, "{name}");
            let expected = gold["versions"][lang.code()].as_array().unwrap();
            let expected: Vec<_> = expected
                .iter()
                .map(|t| folded(t.as_str().unwrap()))
                .collect();
            let found: Vec<_> = texts(version, Unit::Paragraph)
                .into_iter()
                .map(folded)
                .collect();
            assert_eq!(found, expected, "{name}/{lang}.txt");
        }
    }
}

/// Strict and pair F1 less some slack, as `examples/evaluate.rs` prints them.
#[cfg(feature = "json")]
#[test]
fn real_articles_are_aligned_well() {
    use triglyph::eval::GoldArticle;

    for (name, strict, pair) in [
        ("advice", 0.68, 0.86),
        ("interview", 0.88, 0.93),
        ("news", 0.86, 0.93),
        ("travel", 0.77, 0.88),
    ] {
        let gold = GoldArticle::read(&folder(name), Unit::Paragraph).unwrap();
        let counts = gold.compare(&Aligner::new().align(gold.article()));
        assert!(
            counts.strict.f1() >= strict,
            "{name}: strict F1 {:.3}",
            counts.strict.f1()
        );
        assert!(
            counts.pair.f1() >= pair,
            "{name}: pair F1 {:.3}",
            counts.pair.f1()
        );
    }
}

#[cfg(feature = "serde")]
mod serde {
    use serde_json::{from_value, json, to_value};

    use super::*;

    #[test]
    fn articles_and_alignments_come_back() {
        for name in ARTICLES {
            let article = article(name);
            // Not by way of a string: as it comes, serde_json reads some numbers back with
            // another last digit.
            let written = to_value(&article).unwrap();
            assert_eq!(from_value::<Article>(written).unwrap(), article, "{name}");
            for (unit, evidence) in [(Unit::Paragraph, false), (Unit::Sentence, true)] {
                let aligner = Aligner::new().unit(unit).evidence(evidence);
                let alignment = aligner.align(&article);
                let written = to_value(&alignment).unwrap();
                assert_eq!(
                    from_value::<Alignment>(written).unwrap(),
                    alignment,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn unknown_fields_are_passed_over() {
        let article = Article::detect(MUSEUM).unwrap();
        let mut written = to_value(&article).unwrap();
        written[0]["url"] = json!("https://example.org");
        written[0]["paragraphs"][0]["level"] = json!(1);
        assert_eq!(from_value::<Article>(written).unwrap(), article);

        let alignment = Aligner::new().align(&article);
        let mut written = to_value(&alignment).unwrap();
        written["schema"] = json!("some/2");
        written["beads"][0]["note"] = json!([1.5]);
        assert_eq!(from_value::<Alignment>(written).unwrap(), alignment);
    }

    #[test]
    fn unsound_articles() {
        let written = to_value(Article::detect(MUSEUM).unwrap()).unwrap();
        let at = |pointer: &str, value: Value| {
            let mut article = written.clone();
            *article.pointer_mut(pointer).unwrap() = value;
            article
        };
        for (name, article, expected) in [
            (
                "overlap",
                at("/0/paragraphs/1/start", json!(40)),
                "invalid version: 1: paragraph 1 at bytes 40..110 is misplaced",
            ),
            (
                "past the end",
                at("/0/sentences/3/end", json!(999)),
                "invalid version: 1: sentence 3 at bytes 112..999 is misplaced",
            ),
            (
                "inside a character",
                at("/1/paragraphs/0/start", json!(7)),
                "invalid version: 2: paragraph 0 at bytes 7..54 is misplaced",
            ),
            (
                "outside its paragraph",
                at("/0/sentences/1/paragraph", json!(2)),
                "invalid version: 1: sentence 1 lies outside its paragraph",
            ),
            (
                "number of a paragraph",
                at("/0/paragraphs/1/paragraph", json!(0)),
                "invalid version: 1: paragraph 1 does not name itself",
            ),
            (
                "language score",
                at("/2/lang_score", json!(2.0)),
                "invalid version: 3: language score 2 outside 0..1",
            ),
            (
                "language",
                at("/2/lang", json!("allemand")),
                "`allemand` is not a language code, expected one such as `en` or `deu`",
            ),
            (
                "one version",
                json!([written[0]]),
                "an article needs at least two versions, found 1",
            ),
        ] {
            let error = from_value::<Article>(article).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
    }

    #[test]
    fn unsound_alignments() {
        let bead = |segments: Value, score: f64| json!({"segments": segments, "score": score});
        for (name, beads, expected) in [
            (
                "segment in two beads",
                vec![bead(json!([[0], [0]]), 0.5), bead(json!([[0], [1]]), 0.5)],
                "segment 0 of version 0 stands twice",
            ),
            (
                "segment in no bead",
                vec![bead(json!([[0], [1]]), 0.5)],
                "segment 0 of version 1 stands in no bead",
            ),
            (
                "score",
                vec![bead(json!([[0], [0]]), 2.0)],
                "bead 0 has a score of 2, expected 0..1",
            ),
            (
                "versions",
                vec![bead(json!([[0], [0]]), 0.5), bead(json!([[1]]), 0.5)],
                "bead 1 has 1 versions, expected 2",
            ),
            (
                "empty bead",
                vec![bead(json!([[], []]), 0.5)],
                "bead 0 has no segment",
            ),
            (
                "order",
                vec![bead(json!([[1, 0], [0]]), 0.5)],
                "bead 0 has unsorted segments in version 0",
            ),
            (
                "evidence",
                vec![json!({"segments": [[0], [0]], "score": 0.5, "evidence": {"pairs": []}})],
                "bead 0 has evidence of the versions [], expected [[0, 1]]",
            ),
        ] {
            let written = json!({"unit": "paragraph", "beads": beads});
            let error = from_value::<Alignment>(written).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("invalid alignment: {expected}"),
                "{name}"
            );
        }
    }
}
