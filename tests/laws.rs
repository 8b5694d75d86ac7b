//! Laws that hold for every article: where its segments stand, and how its beads lie.
//!
//! The articles are small: up to five versions, some of them alike or empty, made of sentences
//! that translate one another, of numbers, of breaks of all kinds and of characters that texts
//! trip over.

#[expect(unreachable_pub, reason = "the fuzz targets use the laws as a library")]
#[path = "hostile/checks/laws.rs"]
mod laws;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use laws::{check_beads, check_evidence, check_ranges, in_columns, is_invisible};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use triglyph::lexicon::Trainer;
use triglyph::{Aligner, Article, ErrorKind, Lang, Segment, Segmenter, Source, Unit, Words};

const UNITS: [Unit; 2] = [Unit::Paragraph, Unit::Sentence];
const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// Sentences and headings, a row the same in English, French and German.
const STOCK: [[&str; 3]; 8] = [
    ["The ferry", "Le bac", "Die Fähre"],
    [
        "The ferry leaves at 7 and comes back at 19.",
        "Le bac part à 7 heures et revient à 19 heures.",
        "Die Fähre legt um 7 Uhr ab und kommt um 19 Uhr zurück.",
    ],
    [
        "Mr. Oswin has steered it since 1988!",
        "M. Oswin le pilote depuis 1988 !",
        "Herr Oswin steuert sie seit 1988!",
    ],
    [
        "“Fog,” he says, “is only slow rain.”",
        "« Le brouillard, dit-il, n’est qu’une pluie lente. »",
        "„Nebel“, sagt er, „ist nur langsamer Regen.“",
    ],
    ["Why?", "Pourquoi ?", "Warum?"],
    [
        "Nobody knows, e.g. in winter, how deep the river is there",
        "Nul ne sait, p. ex. en hiver, combien le fleuve y est profond",
        "Niemand weiß, z. B. im Winter, wie tief der Fluss dort ist",
    ],
    [
        "Read more: 12 bridges",
        "À lire aussi : 12 ponts",
        "Mehr: 12 Brücken",
    ],
    [
        "* A ticket costs €1,250.50.",
        "– Le billet coûte 1 250,50 €.",
        "- Die Karte kostet 1.250,50 €.",
    ],
];

/// What a text may hold that is no sentence of an article.
const ODD: [&str; 24] = [
    "",
    "7",
    "31.12.2024",
    "...",
    "?!",
    "»",
    "(",
    "|",
    "> ",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\u{301}",
    "\u{0}",
    "\u{fffe}",
    "\u{10ffff}",
    "e\u{301}te\u{301}",
    "ßİǅﬁ",
    "👩\u{200d}👩\u{200d}👧",
    "終わり。始まり。",
    "שלום עולם.",
    "www.example.org/a?b=c",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

const BREAKS: [&str; 14] = [
    " ", " ", "\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\t", "\u{a0}", "\u{b}", "\u{c}", "\u{85}",
    "\u{2029}",
];

/// Rows of [`STOCK`] that the versions of an article have in common.
fn rows() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..STOCK.len(), 0..9)
}

/// The rows as a text in the language of this number, some of them left out or replaced.
fn text(rows: &[usize], lang: usize) -> impl Strategy<Value = String> + use<> {
    let piece = |&row: &usize| {
        prop_oneof![
            8 => Just(STOCK[row][lang]),
            1 => select(&STOCK[..]).prop_map(move |row| row[lang]),
            2 => select(&ODD[..]),
        ]
    };
    let pieces: Vec<_> = rows
        .iter()
        .map(|row| (piece(row), select(&BREAKS[..])))
        .collect();
    pieces.prop_map(|pieces| {
        pieces
            .iter()
            .map(|(piece, end)| format!("{piece}{end}"))
            .collect()
    })
}

fn source(rows: Vec<usize>) -> impl Strategy<Value = Source> {
    let lines = prop_oneof![
        6 => Just(None),
        1 => Just(Some(Unit::Paragraph)),
        1 => Just(Some(Unit::Sentence)),
    ];
    let text = (0..3_usize).prop_flat_map(move |lang| (text(&rows, lang), Just(LANGS[lang])));
    (text, lines).prop_map(|((text, lang), lines)| {
        let source = Source::new(text).lang(lang);
        match lines {
            Some(unit) => source.lines(unit),
            None => source,
        }
    })
}

/// The versions of an article, two to five; some are copies of others.
fn sources() -> impl Strategy<Value = Vec<Source>> {
    let versions = rows().prop_flat_map(|rows| prop::collection::vec(source(rows), 2..5));
    let copies = prop::collection::vec(any::<Index>(), 0..2);
    (versions, copies).prop_map(|(mut sources, copies)| {
        for copy in copies {
            sources.push(copy.get(&sources).clone());
        }
        sources
    })
}

/// Any characters, or those of the sentences above with anything between them.
fn any_text() -> impl Strategy<Value = String> {
    let chars = |chars: Vec<char>| chars.into_iter().collect::<String>();
    prop_oneof![
        prop::collection::vec(any::<char>(), 0..60).prop_map(chars),
        prop::collection::vec(
            select(
                "aZ1é. \n\r\"«»>*-|\u{feff}\u{200b}\u{301}Ꮳ字"
                    .chars()
                    .collect::<Vec<_>>()
            ),
            0..60
        )
        .prop_map(chars),
        (rows(), 0..3_usize).prop_flat_map(|(rows, lang)| text(&rows, lang)),
    ]
}

/// The article, or nothing where no version holds any text.
fn read(sources: &[Source]) -> Option<Article> {
    match Segmenter::new().article(sources.iter().cloned()) {
        Ok(article) => Some(article),
        Err(error) => {
            assert!(matches!(error.kind(), ErrorKind::NoText { .. }), "{error}");
            None
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

/// The characters that are seen, sorted.
fn seen<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<char> {
    let chars = texts.into_iter().flat_map(str::chars);
    let mut seen: Vec<char> = chars
        .filter(|&c| !c.is_whitespace() && !is_invisible(c))
        .collect();
    seen.sort_unstable();
    seen
}

/// Checks that copies of a text are aligned 1:1, in order, each segment with itself.
fn check_copies(source: &Source, count: usize, unit: Unit) {
    let article = read(&vec![source.clone(); count]).unwrap();
    let alignment = Aligner::new().unit(unit).align(&article);
    for (i, bead) in alignment.beads(&article).enumerate() {
        let (segments, texts) = (bead.segments(), bead.texts());
        assert_eq!(
            segments,
            vec![vec![i]; count],
            "{unit:?} {texts:?} in {source:?}"
        );
    }
}

/// The four articles, all versions.
fn data() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut sources = Vec::new();
    for article in ["advice", "interview", "news", "travel"] {
        for lang in LANGS {
            let path = folder.join(article).join(format!("{lang}.txt"));
            sources.push(Source::new(fs::read_to_string(path).unwrap()).lang(lang));
        }
    }
    sources
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_segment_stands_in_one_bead(sources in sources()) {
        let Some(article) = read(&sources) else { return Ok(()) };
        for unit in UNITS {
            check_beads(&article, &Aligner::new().unit(unit).align(&article), unit);
        }
    }

    #[test]
    fn evidence_is_sound_and_changes_nothing(sources in sources()) {
        let Some(article) = read(&sources) else { return Ok(()) };
        for unit in UNITS {
            let aligner = Aligner::new().unit(unit);
            let [without, with] = [false, true].map(|e| aligner.clone().evidence(e).align(&article));
            for (x, y) in without.iter().zip(&with) {
                prop_assert_eq!(x.segments(), y.segments());
                prop_assert_eq!(x.score().to_bits(), y.score().to_bits());
                prop_assert_eq!((x.moved(), x.conflict()), (y.moved(), y.conflict()));
                prop_assert!(x.evidence().is_none());
                check_evidence(y);
            }
        }
    }

    #[test]
    fn learning_loses_no_segment(sources in sources(), learns in any::<bool>()) {
        let Some(article) = read(&sources) else { return Ok(()) };
        let mut trainer = Trainer::new();
        trainer.alignment(&article, &Aligner::new().align(&article));
        let learnt = Aligner::new().lexicon(trainer.train(|_| {})).self_train(learns);
        for words in [Words::Ignored, Words::Shared, Words::Translated] {
            for unit in UNITS {
                let aligner = learnt.clone().words(words).unit(unit);
                let alignment = aligner.align(&article);
                check_beads(&article, &alignment, unit);
                prop_assert_eq!(alignment, aligner.align(&article));
            }
        }
    }

    #[test]
    fn no_text_is_lost(sources in sources()) {
        let Some(article) = read(&sources) else { return Ok(()) };
        for unit in UNITS {
            let alignment = Aligner::new().unit(unit).align(&article);
            let beads: Vec<_> = alignment.beads(&article).map(|bead| bead.texts()).collect();
            for (v, version) in article.versions().iter().enumerate() {
                let found = seen(beads.iter().map(|texts| texts[v].as_str()));
                prop_assert_eq!(found, seen([version.text()]), "version {}", v);
            }
        }
    }

    #[test]
    fn permuting_versions_permutes_beads(
        (sources, order) in sources().prop_flat_map(|sources| {
            let order: Vec<usize> = (0..sources.len()).collect();
            (Just(sources), Just(order).prop_shuffle())
        })
    ) {
        let permuted: Vec<Source> = order.iter().map(|&v| sources[v].clone()).collect();
        let (Some(article), Some(permuted)) = (read(&sources), read(&permuted)) else {
            return Ok(());
        };
        // Equal versions are told apart by nothing but their order.
        let texts: Vec<&str> = (article.versions().iter())
            .map(|version| version.text().trim())
            .filter(|text| !text.is_empty())
            .collect();
        if texts.iter().collect::<BTreeSet<_>>().len() < texts.len() {
            return Ok(());
        }
        let unmoved: Vec<usize> = (0..order.len()).collect();
        for unit in UNITS {
            let aligner = Aligner::new().unit(unit);
            let (given, found) = (aligner.align(&article), aligner.align(&permuted));
            let (given, found) = (in_columns(&given, &order), in_columns(&found, &unmoved));
            prop_assert_eq!(given.len(), found.len(), "{:?} in the order {:?}", unit, order);
            for ((columns, bead), (expected, other)) in given.into_iter().zip(found) {
                prop_assert_eq!(columns, expected, "{:?} in the order {:?}", unit, order);
                let difference = (bead.score() - other.score()).abs();
                prop_assert!(difference < 1e-6, "{bead:?} and {other:?}");
                prop_assert_eq!((bead.moved(), bead.conflict()), (other.moved(), other.conflict()));
            }
        }
    }

    #[test]
    fn copies_are_aligned_one_to_one(source in rows().prop_flat_map(source), count in 2..=3_usize) {
        let Some(article) = read(&vec![source.clone(); count]) else { return Ok(()) };
        let version = &article.versions()[0];
        let sentences = version.segments(Unit::Sentence);
        // Where two sentences have the same words, nothing but their order tells them apart.
        let words = |s: &Segment| version.text_of(s).chars().filter(|c| c.is_alphanumeric()).collect();
        let words: BTreeSet<String> = sentences.iter().map(words).collect();
        if words.len() == sentences.len() && !words.contains("") {
            UNITS.iter().for_each(|&unit| check_copies(&source, count, unit));
        }
    }

    #[test]
    fn ranges_lie_in_the_text(source in rows().prop_flat_map(source)) {
        check_ranges(&Segmenter::new().version(source).unwrap());
    }

    #[test]
    fn same_input_same_output(sources in sources()) {
        let (Some(first), Some(second)) = (read(&sources), read(&sources)) else { return Ok(()) };
        prop_assert_eq!(&first, &second);
        for unit in UNITS {
            let aligner = Aligner::new().unit(unit);
            prop_assert_eq!(aligner.align(&first), aligner.align(&second));
        }
    }

    #[test]
    fn nothing_panics(texts in prop::collection::vec(any_text(), 0..4)) {
        match Article::detect(&texts) {
            Ok(article) => {
                article.versions().iter().for_each(check_ranges);
                for unit in UNITS {
                    check_beads(&article, &Aligner::new().unit(unit).align(&article), unit);
                }
            }
            Err(error) => match error.kind() {
                ErrorKind::TooFewVersions { found } => prop_assert_eq!(*found, texts.len()),
                ErrorKind::NoText { versions } => prop_assert_eq!(*versions, texts.len()),
                ErrorKind::LanguageNotAllowed { lang, allowed, .. } => {
                    prop_assert!(!allowed.contains(lang));
                }
                _ => prop_assert!(false, "{error}"),
            },
        }
    }
}

#[test]
fn copies_of_real_articles_are_aligned_one_to_one() {
    for source in data() {
        check_copies(&source, 2, Unit::Paragraph);
        check_copies(&source, 3, Unit::Sentence);
    }
}

#[test]
fn ranges_lie_in_real_texts() {
    for source in data() {
        check_ranges(&Segmenter::new().version(source).unwrap());
    }
}
