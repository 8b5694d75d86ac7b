//! Joint alignment from outside: articles in two to five languages, whole and damaged, and the beads
//! that a reader would make of them.
#![cfg(feature = "lexicon")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use triglyph::{Aligner, Alignment, Article, Bead, Lang, Segmenter, Source, Unit};

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

/// Something that happens to a version.
#[derive(Clone, Debug)]
enum Damage {
    Lost(Index),
    Moved(Index, Index),
    Doubled(Index, Index),
    Split(Index),
    Merged(Index),
    Noise(Index, Index),
}

impl Damage {
    fn apply(&self, text: &mut Text, c: usize) {
        let len = text.len();
        match self {
            Self::Lost(at) => drop(text.remove(at.index(len))),
            Self::Moved(from, to) => {
                let paragraph = text.remove(from.index(len));
                text.insert(to.index(len), paragraph);
            }
            Self::Doubled(from, to) => text.insert(to.index(len), text[from.index(len)].clone()),
            Self::Split(at) => {
                let at = at.index(len);
                if let [first, second] = &halves(&text[at].1)[..] {
                    let halves = [first, second].map(|half| (ALONE, half.clone()));
                    text.splice(at..=at, halves);
                }
            }
            Self::Merged(at) => {
                let at = at.index(len - 1);
                let (_, next) = text.remove(at + 1);
                text[at].1 += &format!(" {next}");
            }
            Self::Noise(at, which) => {
                // Pages have noise in other languages than their own, too.
                let noise = which.get(NOISE)[c.min(2)];
                text.insert(at.index(len), (ALONE, noise.to_owned()));
            }
        }
    }
}

fn damage() -> impl Strategy<Value = Damage> {
    let two = || (any::<Index>(), any::<Index>());
    prop_oneof![
        any::<Index>().prop_map(Damage::Lost),
        two().prop_map(|(from, to)| Damage::Moved(from, to)),
        two().prop_map(|(from, to)| Damage::Doubled(from, to)),
        any::<Index>().prop_map(Damage::Split),
        any::<Index>().prop_map(Damage::Merged),
        two().prop_map(|(at, which)| Damage::Noise(at, which)),
    ]
}

/// Damaged versions of an article, and an order of them.
fn damaged(which: &'static [usize]) -> impl Strategy<Value = (Vec<String>, Vec<usize>)> {
    let damages = prop::collection::vec(damage(), 0..4);
    let order: Vec<usize> = (0..which.len()).collect();
    let texts = prop::collection::vec(damages, which.len()).prop_map(move |damages| {
        let mut texts = columns(&BOAT, which);
        for ((text, damages), &c) in texts.iter_mut().zip(damages).zip(which) {
            damages.iter().for_each(|damage| damage.apply(text, c));
        }
        texts.iter().map(joined).collect()
    });
    (texts, Just(order).prop_shuffle())
}

/// Checks that the beads of versions in another order are those of the versions as they are.
fn check_order(texts: &[String], which: &[usize], order: &[usize], close: f64) {
    let sorted = |alignment: &Alignment, order: &[usize]| {
        let columns = |bead: &Bead| -> Vec<_> {
            let versions = order.iter().map(|&v| bead.segments()[v].clone());
            versions.collect()
        };
        let beads = alignment.iter();
        let mut beads: Vec<_> = beads.map(|bead| (columns(bead), bead.clone())).collect();
        beads.sort_by(|a, b| a.0.cmp(&b.0));
        beads
    };
    let given: Vec<usize> = (0..which.len()).collect();
    let turned: Vec<String> = order.iter().map(|&v| texts[v].clone()).collect();
    let langs: Vec<usize> = order.iter().map(|&v| which[v]).collect();
    for unit in UNITS {
        let aligner = Aligner::new().unit(unit);
        let one = aligner.align(&read(texts, which));
        let other = aligner.align(&read(&turned, &langs));
        let apart = (one.score() - other.score()).abs();
        assert!(apart <= close, "{unit:?} in the order {order:?}: {apart}");
        let (one, other) = (sorted(&one, order), sorted(&other, &given));
        assert_eq!(one.len(), other.len(), "{unit:?} in the order {order:?}");
        for ((one, a), (other, b)) in one.iter().zip(&other) {
            assert_eq!(one, other, "{unit:?} in the order {order:?}");
            let flags = [a, b].map(|bead| (bead.moved(), bead.conflict()));
            assert_eq!(flags[0], flags[1], "{a:?} and {b:?}");
            let apart = (a.score() - b.score()).abs();
            assert!(apart <= close, "{a:?} and {b:?}");
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn three_versions_in_any_order((texts, _) in damaged(THREE)) {
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            check_order(&texts, THREE, &order, 1e-9);
        }
    }

    #[test]
    fn five_versions_in_any_order((texts, order) in damaged(FIVE)) {
        check_order(&texts, FIVE, &order, 1e-6);
    }
}

fn chars(range: Range<usize>) -> usize {
    let rows = BOAT[range].iter();
    rows.map(|row| row[0].chars().count()).sum()
}

/// What is moved is the smaller part by far of what changes places; otherwise either may be.
#[test]
fn moved_blocks() {
    for which in [TWO, THREE] {
        for (len, from) in [1, 2, 5]
            .into_iter()
            .flat_map(|len| (1..14).map(move |i| (len, i)))
        {
            for to in (from % 3..=15 - len).step_by(3) {
                let over = match to < from {
                    true => to..from,
                    false => from + len..to + len,
                };
                let end = from + len;
                if end > 15 || over.end > 15 || chars(over) < 4 * chars(from..end) {
                    continue;
                }
                let keys: Vec<usize> = (from..end).collect();
                let v = (from + to) % which.len();
                let mut texts = columns(&BOAT, which);
                let block: Text = texts[v].drain(from..end).collect();
                texts[v].splice(to..to, block);
                let name = format!("{from}..{end} to {to} in {v} of {which:?}");
                check(&name, &texts, which, &keys);
            }
        }
    }
}

#[test]
fn teasers_in_other_places() {
    for teaser in TEASERS {
        for [en, fr, de] in [
            [3, 3, 14],
            [1, 12, 1],
            [4, 13, 13],
            [15, 1, 15],
            [6, 15, 15],
        ] {
            let mut texts = columns(&BOAT, THREE);
            for (c, at) in [en, fr, de].into_iter().enumerate() {
                texts[c].insert(at, (ADDED, teaser[c].to_owned()));
            }
            let name = format!("{} at {en}, {fr}, {de}", teaser[0]);
            check(&name, &texts, THREE, &[ADDED]);
        }
    }
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

#[test]
fn a_block_of_a_long_article() {
    for (which, block, to) in [(TWO, 300..320, 1000), (THREE, 1100..1120, 400)] {
        let mut texts: Vec<Text> = which.iter().map(|&c| long(1500, c)).collect();
        let last = texts.last_mut().unwrap();
        let moved: Text = last.drain(block.clone()).collect();
        last.splice(to..to, moved);
        let keys: Vec<usize> = block.clone().collect();
        check(
            &format!("{block:?} to {to} in {which:?}"),
            &texts,
            which,
            &keys,
        );
    }
}

/// Checks that no link between two versions crosses another, and that none is marked as moved.
fn check_rising(name: &str, alignment: &Alignment, versions: usize) {
    for (a, b) in (0..versions).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let mut last = 0;
        for bead in alignment {
            assert!(!bead.moved(), "{name}: {bead:?}");
            if let [Some(_), Some(&first)] = [a, b].map(|v| bead.segments()[v].first()) {
                assert!(
                    last <= first,
                    "{name}: {bead:?} stands before {last} in {b}"
                );
                last = bead.segments()[b].last().copied().unwrap_or(first);
            }
        }
    }
}

#[test]
fn repeated_lines() {
    let more = ["Read more", "Lire la suite", "Weiterlesen"];
    for (name, places) in [
        ("everywhere", [[2, 4, 6, 9, 12]; 3]),
        (
            "one later in German",
            [[2, 4, 6, 9, 12], [2, 4, 6, 9, 12], [3, 4, 6, 9, 12]],
        ),
        (
            "elsewhere",
            [[2, 4, 6, 9, 12], [3, 5, 7, 10, 13], [2, 6, 8, 12, 15]],
        ),
        (
            "in other parts",
            [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]],
        ),
    ] {
        let mut texts = columns(&BOAT, THREE);
        for (c, places) in places.into_iter().enumerate() {
            for at in places.into_iter().rev() {
                texts[c].insert(at, (ADDED, more[c].to_owned()));
            }
        }
        let alignment = Aligner::new().align(&article(&texts, THREE));
        check_rising(name, &alignment, 3);
    }
}

#[test]
fn a_song() {
    let whole = columns(&SONG, THREE);
    check("whole", &whole, THREE, &[]);
    for (v, i) in (0..3).flat_map(|v| (0..SONG.len()).map(move |i| (v, i))) {
        let mut texts = whole.clone();
        texts[v].remove(i);
        let name = format!("without line {i} in {v}");
        let alignment = Aligner::new().align(&article(&texts, THREE));
        check_rising(&name, &alignment, 3);
        // Which refrain is missing is nothing that a reader could tell either.
        if SONG[i] != SONG[2] {
            check_beads(&name, &texts, &alignment, &[]);
        }
    }
}

#[test]
fn near_identical_lines() {
    let notes = |c: usize| -> Text {
        let what = [
            ["Faster search", "Recherche plus rapide", "Schnellere Suche"][c],
            [
                "Small corrections",
                "Petites corrections",
                "Kleine Korrekturen",
            ][c],
        ];
        let lines = (0..10).flat_map(|i| [format!("Version 1.{i}"), what[i % 2].to_owned()]);
        lines.enumerate().collect()
    };
    for (name, lost) in [("whole", [0..0, 0..0, 0..0])] {
        let mut texts: Vec<Text> = (0..3).map(notes).collect();
        for (text, lost) in texts.iter_mut().zip(lost) {
            text.drain(lost);
        }
        let alignment = check(name, &texts, THREE, &[]);
        check_rising(name, &alignment, 3);
    }
}

/// The first sentence of a paragraph and the rest of it, or the whole.
fn halves(text: &str) -> Vec<String> {
    match text.split_once(". ") {
        Some((first, rest)) => vec![format!("{first}."), rest.to_owned()],
        None => vec![text.to_owned()],
    }
}

/// Whether three versions are aligned as told.
fn is_right(name: &str, texts: &[Text]) -> bool {
    std::panic::catch_unwind(|| check(name, texts, THREE, &[])).is_ok()
}

/// Nothing but its words tells noise that stands at one place in several versions from a translation:
/// one case in four may be wrong.
fn assert_most(right: &[bool]) {
    let wrong = right.iter().filter(|&&right| !right).count();
    assert!(
        wrong * 4 <= right.len(),
        "{wrong} of {} are wrong",
        right.len()
    );
}

#[test]
fn noise_between_the_halves_of_a_paragraph() {
    let mut right = Vec::new();
    for noise in NOISE {
        for row in [2, 5, 8, 12] {
            let mut texts = columns(&BOAT, THREE);
            // Where all versions are cut, the halves are beads of their own.
            let second = if noise.contains(&"") { row } else { ADDED };
            for (c, text) in texts
                .iter_mut()
                .enumerate()
                .filter(|(c, _)| !noise[*c].is_empty())
            {
                let [first, rest] = &halves(BOAT[row][c])[..] else {
                    panic!("one sentence: {}", BOAT[row][c]);
                };
                let parts = [(row, &first[..]), (ALONE, noise[c]), (second, rest)];
                text.splice(row..=row, parts.map(|(key, part)| (key, part.to_owned())));
            }
            let name = format!("{noise:?} in paragraph {row}");
            right.push(is_right(&name, &texts));
        }
    }
    assert_most(&right);
}

#[test]
fn noise_between_paragraphs() {
    let mut right = Vec::new();
    for noise in NOISE {
        for at in (1..BOAT.len()).step_by(4) {
            let mut texts = columns(&BOAT, THREE);
            for (text, noise) in texts.iter_mut().zip(noise).filter(|(_, n)| !n.is_empty()) {
                text.insert(at, (ALONE, (*noise).to_owned()));
            }
            let name = format!("{noise:?} before {at}");
            right.push(is_right(&name, &texts));
        }
    }
    assert_most(&right);
}

#[test]
fn translated_boilerplate() {
    for line in FURNITURE {
        for at in [0, 5, BOAT.len()] {
            let mut texts = columns(&BOAT, THREE);
            for (text, line) in texts.iter_mut().zip(line) {
                text.insert(at, (ADDED, (*line).to_owned()));
            }
            check(&format!("{line:?} at {at}"), &texts, THREE, &[]);
        }
    }
}

#[test]
fn versions_of_different_articles() {
    for (name, texts, which) in [
        (
            "boat and bees",
            [column(&BOAT, 0), column(&BEES, 2)],
            [0, 2],
        ),
        (
            "bees and boat",
            [column(&BEES, 1), column(&BOAT, 0)],
            [1, 0],
        ),
        ("long and boat", [long(60, 0), column(&BOAT, 2)], [0, 2]),
        (
            "song and bees",
            [column(&SONG, 2), column(&BEES, 1)],
            [2, 1],
        ),
    ] {
        for unit in UNITS {
            let alignment = Aligner::new().unit(unit).align(&article(&texts, &which));
            let score = alignment.score();
            assert!(score < 0.2, "{name} by {unit:?}: {score}");
            let linked = alignment.iter().filter(|bead| !bead.is_null()).count();
            let beads = alignment.iter().count();
            assert!(
                linked * 8 <= beads,
                "{name} by {unit:?}: {linked} of {beads}"
            );
        }
    }
}

#[test]
fn half_parallel_versions() {
    for which in [[0, 1], [0, 2], [1, 2], [2, 1]] {
        let mut texts = columns(&BOAT, &which);
        texts[1].truncate(8);
        let other = column(&BEES, which[1]).into_iter().skip(1);
        texts[1].extend(other.map(|(_, text)| (ALONE, text)));
        let score = Aligner::new().align(&article(&texts, &which)).score();
        assert!((0.2..0.6).contains(&score), "{which:?}: {score}");
    }
}

#[test]
fn neighbours_with_a_name_and_a_number_in_common() {
    check("whole", &columns(PERRIN, THREE), THREE, &[]);
    for (v, i) in (0..3).flat_map(|v| [(v, 0), (v, 2)]) {
        let mut texts = columns(PERRIN, THREE);
        texts[v].remove(i);
        check(&format!("without {i} in {v}"), &texts, THREE, &[]);
    }
}

#[test]
fn pairs_that_contradict_each_other() {
    for (name, texts) in DISPUTED {
        let around = AROUND.iter().zip(texts);
        let texts: Vec<String> = around
            .map(|([before, after], text)| format!("{before}\n\n{text}\n\n{after}"))
            .collect();
        let alignment = Aligner::new().align(&read(&texts, THREE));
        for bead in &alignment {
            let disputed = bead.segments()[1].iter().any(|i| [1, 2].contains(i));
            let linked = bead.segments().iter().all(|list| !list.is_empty());
            assert_eq!(bead.conflict(), disputed && linked, "{name}: {bead:?}");
        }
    }
}

/// A folder of the data, or nothing where there is none.
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TRIGLYPH_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    Some(root.join(folder)).filter(|path| path.is_dir())
}

/// The article of a folder with a text `<lang>.txt` for each version.
fn from_folder(folder: &Path) -> Article {
    let mut paths: Vec<PathBuf> = (fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .collect();
    paths.sort();
    let sources = paths.iter().map(|path| {
        let lang: Lang = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        Source::new(fs::read_to_string(path).unwrap()).lang(lang)
    });
    Segmenter::new().article(sources).unwrap()
}

/// The first article by name of each set in a folder.
fn firsts(sets: &Path) -> Vec<PathBuf> {
    let inner = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        folders.retain(|path| path.is_dir());
        folders.sort();
        folders
    };
    let sets = inner(sets).into_iter();
    sets.filter_map(|set| inner(&set).into_iter().next())
        .collect()
}

#[test]
fn sentences_stay_inside_the_beads_of_their_paragraphs() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut folders: Vec<PathBuf> = ["advice", "interview", "news", "travel"]
        .map(|name| own.join(name))
        .to_vec();
    folders.extend(data("gold").iter().flat_map(|gold| firsts(gold)));
    let articles = folders
        .iter()
        .map(|folder| (folder.display().to_string(), from_folder(folder)));
    let tables = [
        columns(&BOAT, THREE),
        columns(&BEES, THREE),
        columns(&SONG, THREE),
    ];
    let tables = tables.map(|texts| (texts[0][0].1.clone(), article(&texts, THREE)));
    for (name, article) in articles.chain(tables) {
        let bead_of: BTreeMap<(usize, usize), usize> = (Aligner::new().align(&article).iter())
            .enumerate()
            .flat_map(|(n, bead)| {
                let versions = bead.segments().iter().enumerate();
                let places = versions.flat_map(|(v, list)| list.iter().map(move |&i| (v, i)));
                places.map(|place| (place, n)).collect::<Vec<_>>()
            })
            .collect();
        for bead in &Aligner::new().unit(Unit::Sentence).align(&article) {
            let versions = article.versions().iter().zip(bead.segments()).enumerate();
            let mut beads: Vec<usize> = versions
                .flat_map(|(v, (version, list))| {
                    let sentences = version.segments(Unit::Sentence);
                    let bead_of = &bead_of;
                    list.iter()
                        .map(move |&i| bead_of[&(v, sentences[i].paragraph())])
                })
                .collect();
            beads.dedup();
            assert_eq!(beads.len(), 1, "{name}: {bead:?} lies in {beads:?}");
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

/// A plain article: a row a paragraph, in English, French, German, Spanish and Italian.
const BOAT: [[&str; 5]; 15] = [
    [
        "The library that floats",
        "La bibliothèque qui flotte",
        "Die Bücherei, die schwimmt",
        "La biblioteca que flota",
        "La biblioteca che galleggia",
    ],
    [
        "Every Thursday morning an old grey boat puts in at Brunau, and half the village is waiting \
         on the landing stage. It brings no fish and no tourists. It brings books.",
        "Chaque jeudi matin, un vieux bateau gris accoste à Brunau, et la moitié du village attend \
         sur le débarcadère. Il n’apporte ni poisson ni touristes. Il apporte des livres.",
        "Jeden Donnerstagmorgen legt in Brunau ein altes graues Boot an, und das halbe Dorf wartet \
         auf dem Steg. Es bringt weder Fisch noch Touristen. Es bringt Bücher.",
        "Cada jueves por la mañana, un viejo barco gris atraca en Brunau, y medio pueblo espera en \
         el embarcadero. No trae pescado ni turistas. Trae libros.",
        "Ogni giovedì mattina una vecchia barca grigia attracca a Brunau, e mezzo paese aspetta sul \
         pontile. Non porta né pesce né turisti. Porta libri.",
    ],
    [
        "The Ondine was built in 1957 to carry stone from the quarry of Selz. When the quarry \
         closed, nobody wanted her, and for years she lay among the reeds with water in her hull.",
        "L’Ondine a été construite en 1957 pour transporter les pierres de la carrière de Selz. \
         Quand la carrière a fermé, personne n’en a voulu, et pendant des années elle est restée \
         parmi les roseaux, la coque pleine d’eau.",
        "Die Ondine wurde 1957 gebaut, um Steine aus dem Steinbruch von Selz zu befördern. Als der \
         Steinbruch schloss, wollte sie niemand haben, und jahrelang lag sie mit Wasser im Rumpf \
         im Schilf.",
        "La Ondine se construyó en 1957 para transportar piedra de la cantera de Selz. Cuando la \
         cantera cerró, nadie la quiso, y durante años estuvo entre los juncos con el casco lleno \
         de agua.",
        "L’Ondine fu costruita nel 1957 per trasportare le pietre della cava di Selz. Quando la \
         cava chiuse, nessuno la volle, e per anni rimase tra le canne con l’acqua nello scafo.",
    ],
    [
        "Then Ruth Amsler saw her. She had taught German at the school of Port-Vieux for thirty \
         years, and she had never steered anything larger than a rowing boat.",
        "Puis Ruth Amsler l’a vue. Elle avait enseigné l’allemand à l’école de Port-Vieux pendant \
         trente ans et n’avait jamais dirigé rien de plus grand qu’une barque à rames.",
        "Dann sah Ruth Amsler sie. Dreißig Jahre lang hatte sie an der Schule von Port-Vieux \
         Deutsch unterrichtet, und nie hatte sie etwas Größeres als ein Ruderboot gesteuert.",
        "Entonces la vio Ruth Amsler. Había enseñado alemán en la escuela de Port-Vieux durante \
         treinta años y nunca había llevado nada más grande que una barca de remos.",
        "Poi la vide Ruth Amsler. Aveva insegnato tedesco alla scuola di Port-Vieux per trent’anni \
         e non aveva mai guidato niente di più grande di una barca a remi.",
    ],
    [
        "Three thousand volumes below deck",
        "Trois mille volumes sous le pont",
        "Dreitausend Bände unter Deck",
        "Tres mil volúmenes bajo cubierta",
        "Tremila volumi sotto coperta",
    ],
    [
        "With her savings and a loan from her brother, she bought the wreck for 4,200 francs. A \
         carpenter from the village built shelves of larch, each with a wooden bar in front, so \
         that the novels stay where they are when the wind rises.",
        "Avec ses économies et un prêt de son frère, elle a acheté l’épave pour 4 200 francs. Un \
         menuisier du village a construit des étagères en mélèze, chacune avec une barre de bois \
         devant, pour que les romans restent à leur place quand le vent se lève.",
        "Mit ihrem Ersparten und einem Darlehen ihres Bruders kaufte sie das Wrack für 4200 \
         Franken. Ein Schreiner aus dem Dorf baute Regale aus Lärche, jedes mit einer Holzleiste \
         davor, damit die Romane an ihrem Platz bleiben, wenn der Wind auffrischt.",
        "Con sus ahorros y un préstamo de su hermano compró el barco hundido por 4.200 francos. Un \
         carpintero del pueblo construyó estanterías de alerce, cada una con una barra de madera \
         delante, para que las novelas se queden en su sitio cuando se levanta el viento.",
        "Con i suoi risparmi e un prestito di suo fratello comprò il relitto per 4.200 franchi. Un \
         falegname del paese costruì scaffali di larice, ognuno con una sbarra di legno davanti, \
         perché i romanzi restino al loro posto quando si alza il vento.",
    ],
    [
        "Today there is room for all of them on board: crime stories near the engine, where it is \
         warm, poetry in the bow, and the picture books on the lowest boards, where small hands \
         can reach them.",
        "Aujourd’hui, il y a de la place pour tous à bord : les romans policiers près du moteur, \
         où il fait chaud, la poésie à l’avant, et les livres d’images sur les planches du bas, où \
         les petites mains peuvent les atteindre.",
        "Heute ist an Bord Platz für alle: die Krimis beim Motor, wo es warm ist, die Gedichte im \
         Bug und die Bilderbücher auf den untersten Brettern, wo kleine Hände sie erreichen.",
        "Hoy hay sitio para todos a bordo: las novelas policíacas cerca del motor, donde hace \
         calor, la poesía en la proa y los libros ilustrados en las tablas más bajas, donde las \
         manos pequeñas pueden alcanzarlos.",
        "Oggi a bordo c’è posto per tutti: i gialli vicino al motore, dove fa caldo, la poesia a \
         prua e i libri illustrati sulle assi più basse, dove le mani piccole possono arrivare.",
    ],
    [
        "“A book that gets wet is not lost,” says the librarian Jonas Perrin, who joined her in \
         2016. “We hang it up in the engine room, and after two days it smells of diesel and can \
         be read again.”",
        "« Un livre mouillé n’est pas perdu », dit le bibliothécaire Jonas Perrin, qui l’a \
         rejointe en 2016. « Nous le suspendons dans la salle des machines, et au bout de deux \
         jours il sent le diesel et se laisse lire de nouveau. »",
        "„Ein Buch, das nass wird, ist nicht verloren“, sagt der Bibliothekar Jonas Perrin, der \
         2016 zu ihr stieß. „Wir hängen es im Maschinenraum auf, und nach zwei Tagen riecht es \
         nach Diesel und lässt sich wieder lesen.“",
        "«Un libro que se moja no está perdido», dice el bibliotecario Jonas Perrin, que se unió a \
         ella en 2016. «Lo colgamos en la sala de máquinas, y a los dos días huele a diésel y se \
         puede volver a leer.»",
        "«Un libro che si bagna non è perduto», dice il bibliotecario Jonas Perrin, che si è unito \
         a lei nel 2016. «Lo appendiamo in sala macchine, e dopo due giorni sa di gasolio e si può \
         leggere di nuovo.»",
    ],
    [
        "Not everybody was pleased. The council of Selz complained about the noise, and a \
         bookseller feared for his trade, although he now orders all the new titles for the boat.",
        "Tout le monde n’était pas content. Le conseil de Selz s’est plaint du bruit, et un \
         libraire craignait pour son commerce, bien qu’il commande maintenant toutes les \
         nouveautés pour le bateau.",
        "Nicht alle freuten sich. Der Gemeinderat von Selz beschwerte sich über den Lärm, und ein \
         Buchhändler fürchtete um sein Geschäft, obwohl er heute alle neuen Titel für das Boot \
         bestellt.",
        "No todos estaban contentos. El ayuntamiento de Selz se quejó del ruido, y un librero \
         temía por su negocio, aunque ahora pide todas las novedades para el barco.",
        "Non tutti erano contenti. Il consiglio di Selz si lamentò del rumore, e un libraio temeva \
         per il suo commercio, anche se ora ordina tutte le novità per la barca.",
    ],
    [
        "Winter on the lake",
        "L’hiver sur le lac",
        "Winter auf dem See",
        "El invierno en el lago",
        "L’inverno sul lago",
    ],
    [
        "In January the lake freezes along the northern shore. Then the two of them load sledges \
         and pull them across the ice to the last three farms, as the doctor did in former times.",
        "En janvier, le lac gèle le long de la rive nord. Alors, tous deux chargent des traîneaux \
         et les tirent sur la glace jusqu’aux trois dernières fermes, comme le médecin le faisait \
         autrefois.",
        "Im Januar friert der See am nördlichen Ufer zu. Dann beladen die beiden Schlitten und \
         ziehen sie über das Eis zu den letzten drei Höfen, wie es früher der Arzt tat.",
        "En enero el lago se hiela en la orilla norte. Entonces los dos cargan trineos y los \
         arrastran sobre el hielo hasta las tres últimas granjas, como hacía antes el médico.",
        "A gennaio il lago gela lungo la riva nord. Allora i due caricano le slitte e le tirano sul \
         ghiaccio fino alle ultime tre fattorie, come un tempo faceva il medico.",
    ],
    [
        "The children there have learned to hear them from afar: Perrin has tied a cow bell to his \
         sledge.",
        "Là-bas, les enfants ont appris à les entendre de loin : Perrin a attaché une cloche de \
         vache à son traîneau.",
        "Die Kinder dort haben gelernt, sie von weitem zu hören: Perrin hat eine Kuhglocke an \
         seinen Schlitten gebunden.",
        "Los niños de allí han aprendido a oírlos desde lejos: Perrin ha atado un cencerro de vaca \
         a su trineo.",
        "I bambini di lassù hanno imparato a sentirli da lontano: Perrin ha legato una campana da \
         mucca alla sua slitta.",
    ],
    [
        "What the boat will live on is less certain. The canton pays 18% of the costs, the readers \
         give what they can, and the rest comes from concerts that are held on deck in summer.",
        "De quoi vivra le bateau, c’est moins sûr. Le canton paie 18 % des frais, les lecteurs \
         donnent ce qu’ils peuvent, et le reste vient des concerts qui ont lieu sur le pont en été.",
        "Wovon das Boot leben wird, ist weniger gewiss. Der Kanton zahlt 18 % der Kosten, die Leser \
         geben, was sie können, und der Rest kommt von Konzerten, die im Sommer an Deck stattfinden.",
        "De qué vivirá el barco es menos seguro. El cantón paga el 18 % de los gastos, los lectores \
         dan lo que pueden, y el resto viene de los conciertos que se dan en cubierta en verano.",
        "Di che cosa vivrà la barca è meno certo. Il cantone paga il 18% delle spese, i lettori \
         danno quello che possono, e il resto viene dai concerti che si tengono sul ponte d’estate.",
    ],
    [
        "Last autumn the engine broke down in the middle of the lake, and the Ondine drifted for \
         five hours before a fisherman towed her into the harbour. Nobody complained: the \
         passengers had enough to read.",
        "L’automne dernier, le moteur est tombé en panne au milieu du lac, et l’Ondine a dérivé \
         pendant cinq heures avant qu’un pêcheur ne la remorque jusqu’au port. Personne ne s’est \
         plaint : les passagers avaient assez à lire.",
        "Letzten Herbst fiel mitten auf dem See der Motor aus, und die Ondine trieb fünf Stunden \
         lang, bevor ein Fischer sie in den Hafen schleppte. Niemand beklagte sich: Die Fahrgäste \
         hatten genug zu lesen.",
        "El otoño pasado se averió el motor en medio del lago, y la Ondine fue a la deriva cinco \
         horas antes de que un pescador la remolcara hasta el puerto. Nadie se quejó: los \
         pasajeros tenían bastante para leer.",
        "L’autunno scorso il motore si guastò in mezzo al lago, e l’Ondine andò alla deriva per \
         cinque ore prima che un pescatore la rimorchiasse in porto. Nessuno si lamentò: i \
         passeggeri avevano abbastanza da leggere.",
    ],
    [
        "Ruth Amsler will be seventy in May. She is looking for somebody who loves storms and \
         novels, in that order.",
        "Ruth Amsler aura soixante-dix ans en mai. Elle cherche quelqu’un qui aime les tempêtes et \
         les romans, dans cet ordre.",
        "Im Mai wird Ruth Amsler siebzig. Sie sucht jemanden, der Stürme und Romane liebt, in \
         dieser Reihenfolge.",
        "Ruth Amsler cumplirá setenta años en mayo. Busca a alguien que ame las tormentas y las \
         novelas, por ese orden.",
        "A maggio Ruth Amsler compirà settant’anni. Cerca qualcuno che ami le tempeste e i romanzi, \
         in quest’ordine.",
    ],
];

/// A second article, in English, French and German.
const BEES: [[&str; 3]; 12] = [
    [
        "Honey from the roof of the opera",
        "Le miel du toit de l’opéra",
        "Honig vom Dach der Oper",
    ],
    [
        "At half past six, when the cleaners leave and the singers are still asleep, Malik Osei \
         climbs the iron ladder behind the stage.",
        "À six heures et demie, quand les femmes de ménage s’en vont et que les chanteurs dorment \
         encore, Malik Osei monte l’échelle de fer derrière la scène.",
        "Um halb sieben, wenn die Putzleute gehen und die Sänger noch schlafen, steigt Malik Osei \
         die Eisenleiter hinter der Bühne hinauf.",
    ],
    [
        "Up there, between the chimneys, stand fourteen hives. He painted them blue and yellow \
         himself, because bees can tell these colours apart.",
        "Là-haut, entre les cheminées, se trouvent quatorze ruches. Il les a peintes lui-même en \
         bleu et en jaune, parce que les abeilles savent distinguer ces couleurs.",
        "Dort oben, zwischen den Schornsteinen, stehen vierzehn Bienenstöcke. Er hat sie selbst \
         blau und gelb gestrichen, weil Bienen diese Farben unterscheiden können.",
    ],
    [
        "The city is kinder to them than the countryside. In the parks something is always in \
         flower, from the first willows in March to the ivy in October, and no farmer sprays poison.",
        "La ville leur est plus douce que la campagne. Dans les parcs, quelque chose fleurit \
         toujours, des premiers saules en mars jusqu’au lierre en octobre, et aucun paysan ne \
         répand de poison.",
        "Die Stadt ist freundlicher zu ihnen als das Land. In den Parks blüht immer etwas, von den \
         ersten Weiden im März bis zum Efeu im Oktober, und kein Bauer spritzt Gift.",
    ],
    [
        "A colony gathers about 35 kilos a year. Half of it stays in the hive, for the winter.",
        "Une colonie récolte environ 35 kilos par an. La moitié reste dans la ruche, pour l’hiver.",
        "Ein Volk sammelt etwa 35 Kilo im Jahr. Die Hälfte bleibt im Stock, für den Winter.",
    ],
    [
        "The soprano does not like them",
        "La soprano ne les aime pas",
        "Die Sopranistin mag sie nicht",
    ],
    [
        "Once a swarm settled on the open window of a dressing room during the second act. The \
         soprano refused to go back on stage until Osei had shaken the insects into a hat box.",
        "Un jour, pendant le deuxième acte, un essaim s’est posé sur la fenêtre ouverte d’une loge. \
         La soprano a refusé de remonter sur scène tant qu’Osei n’avait pas secoué les insectes \
         dans un carton à chapeau.",
        "Einmal ließ sich während des zweiten Akts ein Schwarm auf dem offenen Fenster einer \
         Garderobe nieder. Die Sopranistin weigerte sich, auf die Bühne zurückzukehren, bis Osei \
         die Insekten in eine Hutschachtel geschüttelt hatte.",
    ],
    [
        "Since then a net hangs in front of every window, and the programme booklet mentions the \
         smallest members of the house.",
        "Depuis, un filet est tendu devant chaque fenêtre, et le programme mentionne les plus \
         petits membres de la maison.",
        "Seitdem hängt vor jedem Fenster ein Netz, und das Programmheft erwähnt die kleinsten \
         Mitglieder des Hauses.",
    ],
    [
        "Scientists see the fashion for city hives with mixed feelings. Where too many honey bees \
         fly, they say, the wild ones find nothing left to eat.",
        "Les scientifiques voient la mode des ruches urbaines d’un œil partagé. Là où volent trop \
         d’abeilles domestiques, disent-ils, les sauvages ne trouvent plus rien à manger.",
        "Wissenschaftler sehen die Mode der Stadtimkerei mit gemischten Gefühlen. Wo zu viele \
         Honigbienen fliegen, sagen sie, finden die wilden nichts mehr zu fressen.",
    ],
    [
        "Osei agrees. He keeps no more than he can feed, and he has sown thyme and clover on the \
         flat roof of the workshop.",
        "Osei est d’accord. Il n’en garde pas plus qu’il ne peut en nourrir, et il a semé du thym \
         et du trèfle sur le toit plat de l’atelier.",
        "Osei gibt ihnen recht. Er hält nicht mehr, als er ernähren kann, und auf dem Flachdach der \
         Werkstatt hat er Thymian und Klee gesät.",
    ],
    [
        "The jars are sold in the foyer for nine euros. They are gone before the first interval.",
        "Les pots sont vendus neuf euros dans le foyer. Ils sont partis avant le premier entracte.",
        "Die Gläser werden im Foyer für neun Euro verkauft. Vor der ersten Pause sind sie weg.",
    ],
    [
        "What does it taste of? “Of lime trees,” he says, “and a little of applause.”",
        "Quel goût a-t-il ? « Celui du tilleul, dit-il, et un peu celui des applaudissements. »",
        "Wonach schmeckt er? „Nach Linden“, sagt er, „und ein wenig nach Applaus.“",
    ],
];

/// Links to other articles.
const TEASERS: &[[&str; 3]] = &[
    [
        "Read more: A museum for lost umbrellas",
        "À lire aussi : Un musée pour parapluies perdus",
        "Lesen Sie auch: Ein Museum für verlorene Regenschirme",
    ],
    [
        "Why the last lighthouse keeper stays",
        "Pourquoi le dernier gardien de phare reste",
        "Warum der letzte Leuchtturmwärter bleibt",
    ],
    [
        "Ten recipes for rainy days",
        "Dix recettes pour les jours de pluie",
        "Zehn Rezepte für Regentage",
    ],
];

/// What stands on a page and translates nothing, by version; empty where a version has none.
const NOISE: &[[&str; 3]] = &[
    ["Advertisement", "", ""],
    ["", "Publicité", ""],
    ["", "", "Anzeige"],
    [
        "Now on sale at Hofer & Sons: garden chairs from 29.90, free delivery until Sunday!",
        "",
        "",
    ],
    [
        "",
        "Jusqu’à –40 % sur les matelas chez Literie Dubreuil. Offre valable jusqu’au 30 juin.",
        "",
    ],
    [
        "Get our weekly letter straight to your inbox. Sign up here.",
        "",
        "",
    ],
    [
        "",
        "",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "",
        "Partager sur Facebook | Envoyer par courriel",
        "Umfrage: Wie oft kaufen Sie im Internet ein? Machen Sie mit und gewinnen Sie einen \
         Gutschein.",
    ],
    [
        "We use cookies to improve your experience on our website. Accept all | Settings",
        "",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "Share this article: Facebook | WhatsApp | E-mail",
        "Sondage : êtes-vous favorable à l’heure d’été ? Donnez votre avis en deux minutes.",
        "",
    ],
    [
        "Now on sale at Hofer & Sons: garden chairs from 29.90, free delivery until Sunday!",
        "Partager sur Facebook | Envoyer par courriel",
        "Abonnieren Sie unseren Newsletter und verpassen Sie keine Geschichte mehr.",
    ],
    [
        "We use cookies to improve your experience on our website. Accept all | Settings",
        "Jusqu’à –40 % sur les matelas chez Literie Dubreuil. Offre valable jusqu’au 30 juin.",
        "Umfrage: Wie oft kaufen Sie im Internet ein? Machen Sie mit und gewinnen Sie einen \
         Gutschein.",
    ],
];

/// Lines of the page that stand translated in every version.
const FURNITURE: &[[&str; 3]] = &[
    [
        "© 2024 The Lake Courier. All rights reserved.",
        "© 2024 Le Courrier du Lac. Tous droits réservés.",
        "© 2024 Der Seebote. Alle Rechte vorbehalten.",
    ],
    [
        "Subscribe to our newsletter",
        "Abonnez-vous à notre newsletter",
        "Abonnieren Sie unseren Newsletter",
    ],
    [
        "Home | News | Culture | Sport",
        "Accueil | Actualités | Culture | Sport",
        "Startseite | Nachrichten | Kultur | Sport",
    ],
    [
        "Translated from the German by Paul Hager",
        "Traduit de l’allemand par Paul Hager",
        "Aus dem Deutschen von Paul Hager",
    ],
];

const SONG: [[&str; 3]; 12] = [
    [
        "The river song",
        "La chanson du fleuve",
        "Das Lied vom Fluss",
    ],
    [
        "My father built a boat of oak and painted it in green.",
        "Mon père a construit un bateau de chêne et l’a peint en vert.",
        "Mein Vater baute ein Boot aus Eiche und strich es grün.",
    ],
    REFRAIN,
    [
        "My mother waited at the door with bread and a candle.",
        "Ma mère attendait à la porte avec du pain et une bougie.",
        "Meine Mutter wartete an der Tür mit Brot und einer Kerze.",
    ],
    REFRAIN,
    [
        "My sister married a soldier and never wrote a letter.",
        "Ma sœur a épousé un soldat et n’a jamais écrit de lettre.",
        "Meine Schwester nahm einen Soldaten und schrieb nie einen Brief.",
    ],
    REFRAIN,
    [
        "The snow has covered the bridge, the dogs are silent.",
        "La neige a couvert le pont, les chiens se taisent.",
        "Der Schnee hat die Brücke bedeckt, die Hunde schweigen.",
    ],
    REFRAIN,
    [
        "When spring returns I will sell the oars and stay.",
        "Quand le printemps reviendra, je vendrai les rames et je resterai.",
        "Wenn der Frühling kommt, verkaufe ich die Ruder und bleibe.",
    ],
    REFRAIN,
    [
        "Words and music: traditional",
        "Paroles et musique : traditionnelles",
        "Text und Musik: überliefert",
    ],
];

const REFRAIN: [&str; 3] = [
    "O river, carry me home, carry me home tonight.",
    "Ô fleuve, ramène-moi chez moi, ramène-moi ce soir.",
    "O Fluss, trag mich nach Haus, trag mich nach Haus heut Nacht.",
];

const WHO: &[[&str; 3]] = &[
    ["The teacher", "L’institutrice", "Die Lehrerin"],
    ["The baker", "Le boulanger", "Der Bäcker"],
    ["The farmer", "Le paysan", "Der Bauer"],
    ["The doctor", "Le médecin", "Der Arzt"],
    ["The mayor", "Le maire", "Der Bürgermeister"],
    ["The fisherman", "Le pêcheur", "Der Fischer"],
    ["The judge", "Le juge", "Der Richter"],
    ["The soldier", "Le soldat", "Der Soldat"],
    ["The widow", "La veuve", "Die Witwe"],
    ["The priest", "Le prêtre", "Der Priester"],
    ["The painter", "Le peintre", "Der Maler"],
    ["The king", "Le roi", "Der König"],
    ["The child", "L’enfant", "Das Kind"],
    ["The thief", "Le voleur", "Der Dieb"],
    ["The gardener", "Le jardinier", "Der Gärtner"],
];

const DID: &[[&str; 3]] = &[
    ["bought", "a acheté", "kaufte"],
    ["sold", "a vendu", "verkaufte"],
    ["lost", "a perdu", "verlor"],
    ["found", "a trouvé", "fand"],
    ["counted", "a compté", "zählte"],
    ["painted", "a peint", "malte"],
    ["hid", "a caché", "versteckte"],
    ["carried", "a porté", "trug"],
    ["stole", "a volé", "stahl"],
    ["drew", "a dessiné", "zeichnete"],
];

const WHAT: &[[&str; 3]] = &[
    ["horses", "chevaux", "Pferde"],
    ["books", "livres", "Bücher"],
    ["apples", "pommes", "Äpfel"],
    ["keys", "clés", "Schlüssel"],
    ["chairs", "chaises", "Stühle"],
    ["letters", "lettres", "Briefe"],
    ["eggs", "œufs", "Eier"],
    ["hats", "chapeaux", "Hüte"],
    ["knives", "couteaux", "Messer"],
    ["cows", "vaches", "Kühe"],
    ["bottles", "bouteilles", "Flaschen"],
    ["candles", "bougies", "Kerzen"],
    ["stones", "pierres", "Steine"],
    ["flowers", "fleurs", "Blumen"],
    ["coins", "pièces", "Münzen"],
];

const TOWNS: &[&str] = &[
    "Brunau",
    "Selz",
    "Port-Vieux",
    "Talmen",
    "Hartau",
    "Olm",
    "Kesselrain",
    "Morvelle",
    "Varn",
    "Lissen",
    "Tornbach",
    "Arvey",
];

/// Three paragraphs that have a name and a year in common.
const PERRIN: &[[&str; 3]] = &[
    [
        "Jonas Perrin was born in Selz in 1971. His father mended nets.",
        "Jonas Perrin est né à Selz en 1971. Son père réparait des filets.",
        "Jonas Perrin wurde 1971 in Selz geboren. Sein Vater flickte Netze.",
    ],
    [
        "Since 1971 the Perrin family has lived in the house by the mill.",
        "Depuis 1971, la famille Perrin habite la maison près du moulin.",
        "Seit 1971 wohnt die Familie Perrin im Haus bei der Mühle.",
    ],
    [
        "The mill was sold in 1971; the new owner, a cousin of Perrin, keeps goats.",
        "Le moulin a été vendu en 1971 ; le nouveau propriétaire, un cousin de Perrin, élève \
             des chèvres.",
        "Die Mühle wurde 1971 verkauft; der neue Besitzer, ein Vetter von Perrin, hält Ziegen.",
    ],
];

/// Lines of which English and German have one each in the same place, and French both.
const DISPUTED: [(&str, [&str; 3]); 2] = [
    (
        "a dog and a horse",
        [
            "Anna Roth lives in Olm with four dogs.",
            "Anna Roth habite à Olm avec quatre chiens.\n\nEn hiver, Anna Roth élève des \
                 chevaux.",
            "Im Winter züchtet Anna Roth Pferde.",
        ],
    ),
    (
        "the doctor’s house",
        [
            "The old doctor sold his house in Selz.",
            "Le vieux médecin a vendu sa maison à Selz.\n\nLa maison du médecin est \
                 maintenant une école.",
            "Das Haus des Arztes in Selz ist heute eine Schule.",
        ],
    ),
];

/// What stands before and after them.
const AROUND: [[&str; 2]; 3] = [
    [
        "The museum opens at 9.",
        "In summer the children swim in the river.",
    ],
    [
        "Le musée ouvre à 9 heures.",
        "En été, les enfants nagent dans la rivière.",
    ],
    [
        "Das Museum öffnet um 9 Uhr.",
        "Im Sommer schwimmen die Kinder im Fluss.",
    ],
];
