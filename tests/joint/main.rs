//! Joint alignment from outside: articles in two to five languages, whole and damaged, and the beads
//! that a reader would make of them.
#![cfg(feature = "lexicon")]

use std::collections::BTreeMap;
use std::ops::Range;

use triglyph::{Aligner, Alignment, Article, Bead, Lang, Segmenter, Source, Unit};

use texts::*;

mod folders;
mod moved;
mod noise;
mod order;
mod texts;

const UNITS: [Unit; 2] = [Unit::Paragraph, Unit::Sentence];

/// Columns of the tables: English, French and German; English and German; all five languages.
const THREE: &[usize] = &[0, 1, 2];
const TWO: &[usize] = &[0, 2];
const FIVE: &[usize] = &[0, 1, 2, 3, 4];

/// The paragraphs of a version, each with a key: those of one key translate each other.
type Text = Vec<(usize, String)>;

/// The key of paragraphs that translate nothing.
const ALONE: usize = usize::MAX;

/// The key of a paragraph that is added to an article.
const ADDED: usize = 99;

fn lang(column: usize) -> Lang {
    ["en", "fr", "de", "es", "it"][column].parse().unwrap()
}

/// A column of a table, every row of its own key.
fn column<const N: usize>(rows: &[[&str; N]], column: usize) -> Text {
    let texts = rows.iter().map(|row| row[column].to_owned());
    texts.enumerate().collect()
}

fn columns<const N: usize>(rows: &[[&str; N]], which: &[usize]) -> Vec<Text> {
    which.iter().map(|&c| column(rows, c)).collect()
}

fn joined(text: &Text) -> String {
    let paragraphs: Vec<&str> = text.iter().map(|(_, text)| text.as_str()).collect();
    paragraphs.join("\n\n")
}

/// An article of texts in the languages of these columns.
fn read(texts: &[String], which: &[usize]) -> Article {
    let sources = texts.iter().zip(which);
    let sources = sources.map(|(text, &c)| Source::new(text.as_str()).lang(lang(c)));
    Segmenter::new().article(sources).unwrap()
}

fn article(texts: &[Text], which: &[usize]) -> Article {
    let article = read(&texts.iter().map(joined).collect::<Vec<_>>(), which);
    for (version, text) in article.versions().iter().zip(texts) {
        let found = version.segments(Unit::Paragraph);
        let found: Vec<&str> = found.iter().map(|s| version.text_of(s)).collect();
        let given: Vec<&str> = text.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(found, given, "paragraphs are read as they are given");
    }
    article
}

/// A version of many paragraphs, each told by its words, its number and its town.
fn long(len: usize, c: usize) -> Text {
    let paragraph = |i: usize| {
        let hash = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
        let mut rest = hash as usize;
        let mut draw = |n: usize| {
            let drawn = rest % n;
            rest /= n;
            drawn
        };
        let (who, did) = (WHO[draw(WHO.len())][c], DID[draw(DID.len())][c]);
        let (what, town) = (WHAT[draw(WHAT.len())][c], TOWNS[draw(TOWNS.len())]);
        let number = 100 + draw(900);
        let place = ["in", "à", "in"][c];
        format!("{who} {did} {number} {what} {place} {town}.")
    };
    (0..len).map(|i| (i, paragraph(i))).collect()
}

/// The first sentence of a paragraph and the rest of it, or the whole.
fn halves(text: &str) -> Vec<String> {
    match text.split_once(". ") {
        Some((first, rest)) => vec![format!("{first}."), rest.to_owned()],
        None => vec![text.to_owned()],
    }
}

/// The beads that the keys ask for, and whether they are `moved`.
fn expected(texts: &[Text], moved: &[usize]) -> BTreeMap<Vec<Vec<usize>>, bool> {
    let mut beads: BTreeMap<_, Vec<Vec<usize>>> = BTreeMap::new();
    for (v, text) in texts.iter().enumerate() {
        for (i, &(key, _)) in text.iter().enumerate() {
            let place = (key == ALONE).then_some((v, i));
            let bead = beads.entry((key, place));
            bead.or_insert_with(|| vec![Vec::new(); texts.len()])[v].push(i);
        }
    }
    let beads = beads.into_iter();
    beads
        .map(|((key, _), bead)| (bead, moved.contains(&key)))
        .collect()
}

/// Checks that the beads are those that the keys ask for, and that those of the keys `moved`, and no
/// others, are marked so.
fn check(name: &str, texts: &[Text], which: &[usize], moved: &[usize]) -> Alignment {
    let alignment = Aligner::new().align(&article(texts, which));
    check_beads(name, texts, &alignment, moved);
    alignment
}

fn check_beads(name: &str, texts: &[Text], alignment: &Alignment, moved: &[usize]) {
    let beads = alignment.iter();
    let found: BTreeMap<_, _> = beads.map(|b| (b.segments().to_vec(), b.moved())).collect();
    let expected = expected(texts, moved);
    let show = |of: &BTreeMap<Vec<Vec<usize>>, bool>, but: &BTreeMap<Vec<Vec<usize>>, bool>| {
        let beads = of
            .iter()
            .filter(|(bead, moved)| but.get(*bead) != Some(moved));
        let text = |(v, list): (usize, &Vec<usize>)| {
            let texts: Vec<&str> = list.iter().map(|&i| texts[v][i].1.as_str()).collect();
            format!("{list:?} {}", texts.join(" + "))
        };
        let bead = |(bead, moved): (&Vec<Vec<usize>>, &bool)| {
            let texts: Vec<String> = bead.iter().enumerate().map(text).collect();
            format!("  moved: {moved}\n    {}\n", texts.join("\n    "))
        };
        beads.map(bead).collect::<String>()
    };
    assert!(
        found == expected,
        "{name}\nfound\n{}expected\n{}",
        show(&found, &expected),
        show(&expected, &found)
    );
}

#[test]
fn plain_articles() {
    let pairs = (0..5).flat_map(|b| (0..b).map(move |a| vec![a, b]));
    let all = pairs.chain([THREE.to_vec(), vec![4, 2, 3], FIVE.to_vec()]);
    let boats = all.map(|which| (format!("boat {which:?}"), columns(&BOAT, &which), which));
    let bees = [TWO, THREE].map(|w| (format!("bees {w:?}"), columns(&BEES, w), w.to_vec()));
    for (name, texts, which) in boats.chain(bees) {
        let alignment = check(&name, &texts, &which, &[]);
        let conflict = alignment.iter().find(|bead| bead.conflict());
        assert_eq!(conflict, None, "{name}");
        let score = alignment.score();
        assert!(score > 0.6, "{name}: {score}");
        let sentences = Aligner::new().unit(Unit::Sentence);
        for bead in &sentences.align(&article(&texts, &which)) {
            assert!(!bead.moved() && !bead.is_null(), "{name}: {bead:?}");
        }
    }
}

#[test]
fn languages_are_told_or_allowed() {
    let texts = columns(&BOAT, FIVE);
    let sources: Vec<String> = texts.iter().map(joined).collect();
    let segmenter = Segmenter::new().languages(FIVE.iter().map(|&c| lang(c)));
    let detected = segmenter.article(&sources).unwrap();
    let found: Vec<Lang> = detected.versions().iter().map(|v| v.lang()).collect();
    let given: Vec<Lang> = FIVE.iter().map(|&c| lang(c)).collect();
    assert_eq!(found, given);
    let told = Aligner::new().align(&read(&sources, FIVE));
    assert_eq!(Aligner::new().align(&detected), told);
}

/// Versions and paragraphs of them, fewer the more versions there are.
fn places(versions: usize, of: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let all = of
        .iter()
        .flat_map(move |&i| (0..versions).map(move |v| (v, i)));
    all.step_by(versions * versions / 4)
}

#[test]
fn a_missing_paragraph() {
    for which in [TWO, THREE, FIVE] {
        for (v, i) in places(which.len(), &Vec::from_iter(0..BOAT.len())) {
            let mut texts = columns(&BOAT, which);
            texts[v].remove(i);
            check(&format!("{which:?} without {i} in {v}"), &texts, which, &[]);
        }
    }
}

#[test]
fn merged_paragraphs() {
    for which in [TWO, THREE, FIVE] {
        for (v, i) in places(which.len(), &[1, 2, 5, 6, 7, 10, 12]) {
            let mut texts = columns(&BOAT, which);
            let (next, text) = texts[v].remove(i + 1);
            texts[v][i].1 += &format!(" {text}");
            for (key, _) in texts.iter_mut().flatten().filter(|(key, _)| *key == next) {
                *key = i;
            }
            check(
                &format!("{which:?} with {i} merged in {v}"),
                &texts,
                which,
                &[],
            );
        }
    }
}

#[test]
fn copies() {
    for text in [
        "The ferry\n\nThe ferry runs today",
        "The ferry runs today\n\nThe ferry",
        "The ferry\n\nThe ferry runs today\n\nThe ferry runs today and tomorrow.\n\nThe ferry runs",
        "Open\n\nOpen on Monday\n\nOpen on Monday from 9 to 12\n\nClosed",
        "A\n\nB\n\nC",
        "Tea. Tea and milk. Tea and milk with sugar. Tea.",
        "She left. She left early. She left early, and nobody saw her.\n\nShe left.",
        "1\n\n2\n\n3\n\n1\n\n2",
        &joined(&column(&BOAT, 0)),
    ] {
        for (unit, count) in UNITS.into_iter().flat_map(|unit| [(unit, 2), (unit, 3)]) {
            let article = read(&vec![text.to_owned(); count], &vec![0; count]);
            for (i, bead) in Aligner::new().unit(unit).align(&article).iter().enumerate() {
                assert_eq!(
                    bead.segments(),
                    vec![vec![i]; count],
                    "{unit:?} of {text:?}"
                );
                assert!(!bead.moved() && !bead.conflict(), "{bead:?} of {text:?}");
            }
        }
    }
}

#[test]
fn tiny_articles() {
    for (texts, which, expected) in [
        (&["Good morning.", "Guten Morgen."][..], TWO, &["1:1"][..]),
        (
            &["Good morning.", "Bonjour.", "Guten Morgen."],
            THREE,
            &["1:1:1"],
        ),
        (&["Buenos días.", "Buongiorno."], &[3, 4], &["1:1"]),
        (
            &["", "Bonjour.\n\nIl pleut.", "Guten Tag.\n\nEs regnet."],
            THREE,
            &["0:1:1", "0:1:1"],
        ),
        (&[" \n\n\t", "Hallo.\n\nEs regnet."], TWO, &["0:1", "0:1"]),
        (&["It rains.", "", "Es regnet."], THREE, &["1:0:1"]),
    ] {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let alignment = Aligner::new().align(&read(&texts, which));
        let shapes: Vec<String> = alignment.iter().map(|b| b.shape().to_string()).collect();
        assert_eq!(shapes, expected, "{texts:?}");
    }
}

#[test]
fn three_paragraphs_of_four_hundred() {
    let mut found = 0;
    for which in [[0, 2], [1, 0], [0, 1]] {
        for at in [0, 200, 397] {
            let whole = long(400, which[0]);
            let part = long(400, which[1])[at..at + 3].to_vec();
            let alignment = Aligner::new().align(&article(&[whole, part], &which));
            for bead in alignment.iter().filter(|bead| !bead.is_null()) {
                let ([long], [short]) = (&bead.segments()[0][..], &bead.segments()[1][..]) else {
                    panic!("{which:?} from {at}: {bead:?}");
                };
                assert_eq!(*long, at + short, "{which:?} from {at}");
                found += 1;
            }
        }
    }
    // Of 27, a few that say little may stay alone, as nearly all others do.
    assert!(found >= 24, "{found}");
}
