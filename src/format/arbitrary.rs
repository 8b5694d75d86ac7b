//! Aligned articles drawn at random, for the laws of the formats.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::Aligned;
use super::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use crate::alignment::{Fallback, Simplified};
use crate::article::{Boilerplate, Kind, Layout, Origin, Unit};
use crate::lang::Lang;
use crate::limit::Limit;

/// What texts are made of, besides letters: marks of formats, white space, ends of lines, other
/// directions, what XML forbids.
const PIECES: &[&str] = &[
    "&",
    "<",
    ">",
    "\"",
    "'",
    "&amp;",
    "&#13;",
    "]]>",
    "<s>",
    "-->",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    " ",
    "  ",
    "\u{a0}",
    "\u{85}",
    "\u{2028}",
    "«",
    "»",
    "\\",
    "\\n",
    ",",
    ";",
    "|",
    "|||",
    "~~~",
    "=",
    "@",
    "\u{0}",
    "\u{1b}",
    "\u{fffe}",
    "\u{feff}",
    "\u{202e}",
    "שלום",
    "مرحبا",
    "終わり",
    "👩\u{200d}👧",
    "e\u{301}",
    "<p>",
    "1:1",
    "0.5",
    "-",
];

const LANGS: &[&str] = &["en", "fr", "de", "ar", "he", "ja", "yue", "und"];

/// A text with a letter in it: one or several words and whatever formats trip over.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zé]{1,6}".prop_map(String::from),
        3 => Just(" ".to_owned()),
        3 => select(PIECES).prop_map(String::from),
    ];
    // What begins or ends with white space is rare, for no segmenter finds it.
    let edge = prop_oneof![9 => Just(""), 1 => select(&[" ", "\n", "\t "][..])];
    let parts = ("[A-Za-z]{1,4}", vec(piece, 0..6), edge.clone(), edge);
    parts.prop_map(|(word, pieces, before, after)| {
        let text = format!("{word}{}", pieces.concat());
        format!("{before}{}{after}", text.trim())
    })
}

/// A name of an article or a version: any text on one line, or nothing but letters.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z]{1,8}(/[a-z]{1,4}\\.txt)?",
        1 => text().prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
    ]
}

/// Four decimals, as files hold them.
fn score() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0), Just(10_000), 0..=10_000_u32].prop_map(|n| f64::from(n) / 1e4)
}

fn paragraph() -> impl Strategy<Value = Vec<SegmentDraft>> {
    let kind = select(
        &[
            Kind::Body,
            Kind::Body,
            Kind::Heading,
            Kind::ListItem,
            Kind::Quote,
        ][..],
    );
    let boilerplate = select(
        &[
            Boilerplate::Share,
            Boilerplate::Cookies,
            Boilerplate::Teaser,
        ][..],
    );
    let marks = (
        kind,
        option::weighted(0.1, select(LANGS)),
        option::weighted(0.2, boilerplate),
    );
    (vec(text(), 1..4), marks).prop_map(|(texts, (kind, lang, boilerplate))| {
        let segment = |text| SegmentDraft {
            text,
            kind,
            lang: lang.map(|code| code.parse().unwrap()),
            boilerplate,
            paragraph: None,
            place: None,
        };
        texts.into_iter().map(segment).collect()
    })
}

fn origin() -> impl Strategy<Value = Origin> {
    let part = || option::weighted(0.2, name());
    (part(), part(), part()).prop_map(|(url, licence, encoding)| Origin {
        url,
        licence,
        encoding,
        places: None,
    })
}

/// A version, and the bead of each of its segments; segments of the unit, which may be none.
fn version(unit: Unit, beads: usize) -> impl Strategy<Value = (VersionDraft, Vec<usize>)> {
    let layout = select(&[Layout::BlankLines, Layout::OnePerLine, Layout::HardWrapped][..]);
    let head = (name(), select(LANGS), score(), layout, origin());
    let paragraphs = vec(paragraph(), 0..5);
    // Places of all segments, of some, or of none.
    let places = select(&[usize::MAX, 3, 1][..]);
    (head, paragraphs, places).prop_flat_map(move |(head, paragraphs, every)| {
        let (name, lang, lang_score, layout, origin) = head;
        let mut segments = Vec::new();
        for (p, sentences) in paragraphs.into_iter().enumerate() {
            for mut segment in sentences {
                let own = match unit {
                    Unit::Sentence => p,
                    Unit::Paragraph => segments.len(),
                };
                segment.paragraph = Some(own);
                let start = 100 * segments.len();
                let has_place = segments.len() % every == every - 1 || every == 1;
                segment.place = has_place.then(|| start..start + 50);
                segments.push(segment);
            }
        }
        let owners = vec(0..beads, segments.len());
        let version = VersionDraft {
            name,
            lang: lang.parse().unwrap(),
            lang_score,
            layout,
            origin,
            segments,
        };
        (Just(version), owners)
    })
}

fn simplified() -> impl Strategy<Value = Vec<Simplified>> {
    let one = (select(vec![vec![0], vec![1], vec![0, 1]]), 1..99_u64);
    vec(one, 0..2).prop_map(|all| {
        let one = |(versions, most): (Vec<usize>, u64)| Simplified {
            limit: match versions.len() {
                1 => Limit::Segments,
                _ => Limit::Work,
            },
            versions,
            found: most + 1,
            most,
            fallback: Fallback::Lengths,
        };
        all.into_iter().map(one).collect()
    })
}

/// A draft with all that a draft can say; beads in any order of their segments.
fn draft(unit: Unit) -> impl Strategy<Value = Draft> {
    let versions = (2..6_usize, 1..8_usize);
    let versions = versions.prop_flat_map(move |(count, beads)| {
        let flags = (score(), any::<[bool; 3]>());
        (vec(version(unit, beads), count), vec(flags, beads))
    });
    (name(), versions, simplified()).prop_map(move |(id, (versions, flags), simplified)| {
        let mut draft = Draft::new(id, unit);
        draft.simplified = simplified;
        for (b, (score, [moved, conflict, confirmed])) in flags.into_iter().enumerate() {
            let own = versions.iter().map(|(_, owners)| {
                let own = owners.iter().enumerate().filter(|&(_, &owner)| owner == b);
                own.map(|(s, _)| s).collect()
            });
            let mut bead = BeadDraft::new(own.collect(), score);
            bead.moved_is_told = true;
            (bead.bead.moved, bead.bead.conflict) = (moved, conflict);
            bead.bead.confirmed = confirmed;
            if bead
                .bead
                .segments
                .iter()
                .any(|s: &Vec<usize>| !s.is_empty())
            {
                draft.beads.push(bead);
            }
        }
        draft.versions = versions.into_iter().map(|(version, _)| version).collect();
        draft
    })
}

/// An aligned article: two to five versions, some of one language and some without text; beads that
/// cross in any way, null beads; texts, names and marks of all kinds, of either unit. Numbers have
/// four decimals, and there is no evidence.
///
/// The text of a version is put together of its segments as a reader would: blank lines between
/// paragraphs, a space between sentences.
pub(super) fn aligned() -> impl Strategy<Value = Aligned> {
    let draft = prop_oneof![draft(Unit::Paragraph), draft(Unit::Sentence)];
    let has_text = |draft: &Draft| draft.versions.iter().any(|v| !v.segments.is_empty());
    (draft.prop_filter("no text at all", has_text)).prop_map(|draft| draft.finish().unwrap())
}

/// Tests of random articles, which write no files where they fail.
pub(super) fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The aligned article after a change to the parts that it is made of: what a format is known to
/// lose is taken from the original before the two are compared.
pub(super) fn changed(aligned: &Aligned, change: impl FnOnce(&mut Draft)) -> Aligned {
    let mut draft = Draft::of(aligned);
    draft.score = None;
    change(&mut draft);
    draft.finish().unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn drafts_keep_all(aligned in aligned()) {
        prop_assert_eq!(changed(&aligned, |_| {}), aligned);
    }
}

#[test]
fn langs() {
    assert!(LANGS.iter().all(|code| code.parse::<Lang>().is_ok()));
}
