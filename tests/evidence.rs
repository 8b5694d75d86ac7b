//! What beads rest on, from outside.

use std::fs;
use std::path::Path;

use triglyph::{
    Aligner, Alignment, Article, Bead, BeadEvidence, Lang, PairEvidence, RunnerUp, Segmenter,
    Source, Unit, Vectors, Version, Words,
};

const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// An article of one paragraph a line.
fn article(versions: &[(Lang, &str)]) -> Article {
    let source = |&(lang, text): &(Lang, &str)| Source::new(text).lines(Unit::Paragraph).lang(lang);
    Article::detect(versions.iter().map(source)).unwrap()
}

/// One of the articles in `tests/data`, its versions in this order.
fn data(name: &str, order: [usize; 3]) -> Article {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let source = |v: usize| {
        let path = folder.join(name).join(format!("{}.txt", LANGS[v].code()));
        Source::new(fs::read_to_string(path).unwrap())
    };
    Article::detect(order.map(source)).unwrap()
}

/// The evidence of the pairs of versions of one bead.
fn pairs(alignment: &Alignment, bead: usize) -> &[PairEvidence] {
    let evidence = alignment.iter().nth(bead).unwrap().evidence();
    evidence.expect("asked for").pairs()
}

/// One paragraph each, of one character: `7`. By the formulas at the heads of the files that hold
/// the evidence,
///
/// * length: variance 3, deviation 0.3, so −½·ln(2π · 3 · (1 + 5)) − ln(0.3 · √2π);
/// * numbers: w = ½, two tokens of a source and the empty one, 1 / p = (1 + 200) / (1 + 0.02);
/// * layout: opening a paragraph and being body text, both of rate ⅔;
/// * the posterior: this path against the one that leaves both alone, at priors of −3 for the first and
///   −1 for the second, both by the temperature 0.4; twice, the priors are those of the posterior and of
///   three beads beforehand.
#[test]
fn one_number_by_hand() {
    use std::f64::consts::PI;

    let length = -(2.0 * PI * 3.0 * 6.0).ln() / 2.0 + (0.3 * (2.0 * PI).sqrt()).ln();
    let numbers = (0.5 + 0.5 * (201.0 / 1.02) / 2.0_f64).ln();
    let layout = 2.0 * (0.2 + 0.8 * 1.5_f64).ln();
    let log_odds = length + numbers + layout;
    let linked =
        |alone: f64, going_on: f64| 1.0 / (1.0 + (0.4 * (alone + going_on - log_odds)).exp());
    let posterior = (0..2).fold(linked(-3.0, -1.0), |p, _| {
        let block = 1.0 - p;
        let odds =
            |before: f64, others: f64| ((block / 2.0 + 3.0 * before.exp()) / (others + 3.0)).ln();
        linked(odds(-3.0, p - block), odds(-1.0, block))
    });

    let article = article(&[(Lang::EN, "7"), (Lang::DE, "7")]);
    let alignment = Aligner::new().evidence(true).align(&article);
    let [pair] = pairs(&alignment, 0) else {
        panic!("{alignment:?}");
    };
    assert_eq!(pair.versions(), [0, 1]);
    for (name, found, expected) in [
        ("length", pair.length(), length),
        ("words", pair.words(), 0.0),
        ("numbers", pair.numbers(), numbers),
        ("layout", pair.layout(), layout),
        ("log-odds", pair.log_odds(), log_odds),
        ("posterior", pair.posterior(), posterior),
        ("agreed", pair.agreed(), posterior),
    ] {
        let differ = (found - expected).abs();
        assert!(differ < 1e-3, "{name}: {found}, not {expected}");
    }
    assert_eq!(pair.vectors(), None);
}

#[test]
fn the_part_that_decides_is_the_largest() {
    for (name, words, texts, largest) in [
        (
            "numbers",
            Words::Translated,
            [
                "Sold 1931 at 40.\nSold 1952 at 75.\nSold 1967 at 12.",
                "1952 um 75 verkauft.\n1967 um 12 verkauft.\n1931 um 40 verkauft.",
            ],
            "numbers",
        ),
        (
            "dates",
            Words::Shared,
            [
                "In March we left.\nOn Monday.",
                "Fort, im März.\nAm Montag.",
            ],
            "numbers",
        ),
        (
            "names",
            Words::Shared,
            [
                "Yes, Keller and Oswin.\nHartau called Toll.",
                "Keller, Oswin, ja.\nToll, so Hartau.",
            ],
            "words",
        ),
        ("nothing", Words::Ignored, ["7\n1931", "7\n1931"], "layout"),
    ] {
        let article = article(&[(Lang::EN, texts[0]), (Lang::DE, texts[1])]);
        let alignment = Aligner::new().words(words).evidence(true).align(&article);
        for (bead, at) in alignment.iter().zip(0..) {
            assert_eq!(bead.shape().to_string(), "1:1", "{name}: {bead:?}");
            let pair = &pairs(&alignment, at)[0];
            let parts = [
                ("length", pair.length()),
                ("words", pair.words()),
                ("numbers", pair.numbers()),
                ("layout", pair.layout()),
            ];
            let most = parts.iter().max_by(|x, y| x.1.total_cmp(&y.1)).unwrap();
            assert_eq!(most.0, largest, "{name}: {pair:?}");
            assert_eq!(pair.log_odds(), parts.iter().map(|p| p.1).sum::<f64>());
        }
    }
}

#[test]
fn nothing_else_depends_on_it() {
    for name in ["advice", "interview", "news", "travel"] {
        let article = data(name, [0, 1, 2]);
        for unit in [Unit::Paragraph, Unit::Sentence] {
            for words in [Words::Ignored, Words::Shared, Words::Translated] {
                let aligner = Aligner::new().unit(unit).words(words);
                let without = aligner.align(&article);
                let with = aligner.evidence(true).align(&article);
                assert_eq!(without.score().to_bits(), with.score().to_bits(), "{name}");
                assert_eq!(without.iter().len(), with.iter().len(), "{name}");
                for (x, y) in without.iter().zip(&with) {
                    assert_eq!(x.segments(), y.segments(), "{name}");
                    assert_eq!(x.score().to_bits(), y.score().to_bits(), "{name} {y:?}");
                    let flags = [x, y].map(|bead| (bead.moved(), bead.conflict()));
                    assert_eq!(flags[0], flags[1], "{name} {y:?}");
                    assert!(x.evidence().is_none() && y.evidence().is_some(), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_order_of_versions_makes_no_difference() {
    let order = [2, 0, 1];
    for name in ["advice", "news"] {
        let aligner = Aligner::new().evidence(true);
        let given = aligner.align(&data(name, [0, 1, 2]));
        let permuted = aligner.align(&data(name, order));
        let mut linked = 0;
        for bead in &permuted {
            let columns = |v: usize| &bead.segments()[order.iter().position(|&o| o == v).unwrap()];
            let is_same = |other: &&Bead| (0..3).all(|v| columns(v) == &other.segments()[v]);
            let other = given.iter().find(is_same).expect("permuted only");
            let [found, expected] = [bead, other].map(|bead| bead.evidence().unwrap());
            for pair in found.pairs() {
                let mut versions = pair.versions().map(|v| order[v]);
                versions.sort_unstable();
                let mut same = expected.pairs().iter().filter(|p| p.versions() == versions);
                let same = same.next().unwrap();
                assert_eq!(pair.log_odds(), same.log_odds(), "{name} {pair:?} {same:?}");
                assert!(
                    (pair.agreed() - same.agreed()).abs() < 1e-6,
                    "{name} {pair:?} {same:?}"
                );
                linked += 1;
            }
            let segment = |of: &BeadEvidence| of.runner_up().map(RunnerUp::segment);
            assert_eq!(segment(found), segment(expected), "{name} {bead:?}");
        }
        assert!(linked > 20, "{name}: {linked}");
    }
}

#[test]
fn the_runner_up_is_what_else_might_be_meant() {
    // So long that both German lines together are no translation of the first English one.
    let english = "It was 40 in 1931 and 75 in 1952, which nobody could have foreseen before \
        the railway reached those valleys and the old ferry was given up.\n\
        Sold on 4 May 2019 for 212 and 81.";
    let years = "Es waren 40 im Jahr 1931 und 75 im Jahr 1952, was keiner ahnen konnte, ehe die \
        Eisenbahn in jene Täler kam und die Fähre eingestellt wurde.";
    let sold = "Am 4. Mai 2019 für 212 und 81 verkauft.";
    for (name, german, expected) in [
        ("two of a kind", format!("{years}\n{years}\n{sold}"), true),
        ("nothing like it", format!("{years}\n{sold}"), false),
    ] {
        let article = article(&[(Lang::EN, english), (Lang::DE, &german)]);
        let aligner = Aligner::new().words(Words::Shared).evidence(true);
        let alignment = aligner.align(&article);
        let mut beads = alignment.iter();
        let bead = beads.find(|bead| bead.segments()[0] == [0]).unwrap();
        let [own] = bead.segments()[1][..] else {
            panic!("{name}: {bead:?}");
        };
        let runner_up = bead.evidence().unwrap().runner_up();
        assert_eq!(runner_up.is_some(), expected, "{name}: {bead:?}");
        if let Some(runner_up) = runner_up {
            let found = (runner_up.version(), runner_up.segment());
            assert_eq!(found, (1, 1 - own), "{name}: {bead:?}");
            let p = runner_up.posterior();
            assert!((0.3..0.65).contains(&p), "{name}: {bead:?}");
        }
    }
}

#[test]
fn null_beads_have_no_pair() {
    let article = article(&[
        (
            Lang::EN,
            "He was gone for many days.\nSold in 1931 for 40 marks.",
        ),
        (Lang::DE, "1931 für 40 Mark verkauft."),
    ]);
    let aligner = Aligner::new().words(Words::Shared).evidence(true);
    let alignment = aligner.align(&article);
    assert_eq!(alignment.iter().filter(|bead| bead.is_null()).count(), 1);
    for bead in &alignment {
        let count = bead.evidence().unwrap().pairs().len();
        assert_eq!(count, usize::from(!bead.is_null()), "{bead:?}");
    }
}

/// A block that moved has its evidence, though no path goes there.
#[test]
fn moved_blocks() {
    let english = [
        "The bridge over the Sorn was closed on 4 May after 81 years.",
        "The engineer Mira Toll had warned the council of Hartau in 2019.",
        "She had counted 212 cracks in the third pillar alone.",
        "Until the autumn of 2027 a ferry crosses every 20 minutes.",
    ];
    let german = [
        "Bis zum Herbst 2027 setzt alle 20 Minuten eine Fähre über.",
        "Die Brücke über die Sorn wurde am 4. Mai nach 81 Jahren gesperrt.",
        "Die Ingenieurin Mira Toll hatte den Rat von Hartau schon 2019 gewarnt.",
        "Allein im dritten Pfeiler hatte sie 212 Risse gezählt.",
    ];
    let article = article(&[
        (Lang::EN, &english.join("\n")),
        (Lang::DE, &german.join("\n")),
    ]);
    let alignment = Aligner::new().evidence(true).align(&article);
    let moved = alignment
        .iter()
        .position(Bead::moved)
        .expect("a moved bead");
    let pair = &pairs(&alignment, moved)[0];
    assert!(pair.numbers() > 3.0 && pair.words() > 1.0, "{pair:?}");
    assert!(pair.posterior() < 0.1 && pair.agreed() > 0.8, "{pair:?}");
}

#[test]
fn vectors_count_where_both_versions_have_them() {
    let version = |lang, text: &str, vectors: bool| -> Version {
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        let version = Segmenter::new().version(source).unwrap();
        match vectors {
            true => {
                let numbers = vec![1.0, 0.1, 0.0, 0.0, 1.0, 0.1];
                version
                    .with_vectors(Vectors::new(numbers, 3).unwrap())
                    .unwrap()
            }
            false => version,
        }
    };
    for (vectors, expected) in [([true, true], true), ([true, false], false)] {
        let [a, b] = vectors;
        let article = Article::new(vec![
            version(Lang::EN, "Old dogs bark.\nRed hens flew.", a),
            version(Lang::DE, "Alte Hunde.\nRote Hennen.", b),
        ]);
        let alignment = Aligner::new().evidence(true).align(&article.unwrap());
        let pair = &pairs(&alignment, 0)[0];
        assert_eq!(pair.vectors().is_some(), expected, "{pair:?}");
        let sum = pair.length() + pair.words() + pair.numbers() + pair.layout();
        assert_eq!(pair.log_odds(), sum + pair.vectors().unwrap_or(0.0));
    }
}
