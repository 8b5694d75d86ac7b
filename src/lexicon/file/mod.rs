//! The binary layout of a lexicon, used in place.
//!
//! All numbers are little-endian; sections stand one behind the other in the order of the
//! directory.
//!
//! | part | contents |
//! |---|---|
//! | header | `TRIGLEX\0`, version, CRC-32 of all that follows, number of languages, of tables: four u32 |
//! | directory | per language: code in four bytes, stems, buckets; per table: index of the source language, of the target language, cells: three u32 each |
//! | language | a u32: how many of the buckets, the first ones, are homes; 128 bytes a bucket |
//! | bucket | a u32: number of its first stem shifted by 8, a bit whether it is full shifted by 7, stems; three u8 a stem: mark, bytes, frequency; the stems; zeros |
//! | table | (stems of the source) + 1 u32: where the cells of each begin; a u32 a cell: target shifted by 8, probability; targets of one source rise |
//!
//! With h = rapidhash 3 of a stem, with its default secrets, the stem stands in bucket (h >> 32) · homes >> 32, its
//! home, or as soon behind it as there is room; stems stand by home and then in byte order. A bucket is full if it
//! had no room for a stem that stands in the next one. A mark is the lowest byte of h.
//!
//! A probability p is stored as `-16·log2(p)` and a frequency f as `-8·log2(f)`, rounded, at most
//! 255: within 2.2 and 4.4 %.
//!
//! [`check()`] looks at every byte once. What reads sections afterwards still trusts no number: a
//! section that is out of bounds is not there, a stem that is no UTF-8 is never found.

use std::ops::Range;
use std::sync::LazyLock;

use zerovec::ZeroSlice;

use crate::lang::Lang;

mod check;
mod stems;

pub(super) use check::check;
pub(super) use stems::MAX_STEM_BYTES;
use stems::Placed;
pub(crate) use stems::Stems;

const MAGIC: &[u8; 8] = b"TRIGLEX\0";
const VERSION: u32 = 2;
/// Bytes of the header.
const HEADER: usize = 24;
/// Where the part begins that the checksum covers.
const COVERED: usize = 16;
/// Bytes of an entry of the directory.
const ENTRY: usize = 12;
/// Steps of a probability and of a frequency when it halves.
const PROBABILITY_STEPS: f32 = 16.0;
const FREQUENCY_STEPS: f32 = 8.0;
/// Stems of a language at the most: 24 bits number them, and what would follow.
pub(super) const MAX_STEMS: usize = (1 << 24) - 1;

/// Translation probabilities from one language into another.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    starts: &'a ZeroSlice<u32>,
    cells: &'a ZeroSlice<u32>,
}

impl<'a> Table<'a> {
    /// The translations of a stem: number in the target language and t(t|s), by number.
    pub(crate) fn row(&self, source: u32) -> impl Iterator<Item = (u32, f32)> + use<'a> {
        translations(self.cells(source).iter())
    }

    /// The translations of some stems, in their order. Rows stand far apart; where all begin, and then the
    /// first cells of all, are read one behind the other, so that memory is waited for once instead of row
    /// by row.
    pub(crate) fn rows(
        &self,
        sources: impl Iterator<Item = u32>,
    ) -> impl Iterator<Item = impl Iterator<Item = (u32, f32)>> {
        let rows: Vec<&ZeroSlice<u32>> = sources.map(|source| self.cells(source)).collect();
        let firsts: Vec<Option<u32>> = rows.iter().map(|row| row.first()).collect();
        let rows = rows.into_iter().zip(firsts);
        rows.map(|(row, first)| translations(first.into_iter().chain(row.iter().skip(1))))
    }

    fn cells(&self, source: u32) -> &'a ZeroSlice<u32> {
        let cells = run(self.starts, source).and_then(|run| self.cells.get_subslice(run));
        cells.unwrap_or(ZeroSlice::new_empty())
    }

    /// How many pairs of stems there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// The translations of a row of cells.
fn translations(cells: impl Iterator<Item = u32>) -> impl Iterator<Item = (u32, f32)> {
    let probabilities = &*PROBABILITIES;
    cells.map(|cell| (cell >> 8, probabilities[(cell & 0xff) as usize]))
}

/// Where a run begins and ends, among the starts of all.
fn run(starts: &ZeroSlice<u32>, number: u32) -> Option<Range<usize>> {
    let at = |index| starts.get(index).map(|start| start as usize);
    let start = at(number as usize)?;
    Some(start..at(number as usize + 1)?)
}

/// Bytes of the starts of so many runs.
fn starts_size(runs: usize) -> usize {
    runs.saturating_add(1).saturating_mul(4)
}

/// Where the stems of a language are in a file, and how many.
pub(crate) struct Place {
    section: Range<usize>,
    stems: usize,
}

/// Where the sections of a file are; reads numbers from the directory as they are asked for.
#[derive(Clone, Copy)]
pub(crate) struct Directory<'a> {
    bytes: &'a [u8],
}

impl<'a> Directory<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn number(&self, at: usize) -> usize {
        let bytes = self.bytes.get(at..at + 4);
        bytes.map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
    }

    /// How many languages there are, or as many as there is room for.
    fn languages(&self) -> usize {
        self.number(16).min(self.room())
    }

    /// How many tables there are, or as many as there is room for behind the languages.
    fn tables(&self) -> usize {
        self.number(20).min(self.room() - self.languages())
    }

    /// Entries that the file is long enough for.
    fn room(&self) -> usize {
        self.bytes.len().saturating_sub(HEADER) / ENTRY
    }

    /// The numbers of an entry: the languages come first, then the tables.
    fn entry(&self, index: usize) -> [usize; 3] {
        [0, 4, 8].map(|at| self.number(HEADER + index * ENTRY + at))
    }

    /// Where the section of each entry is; behind the end of the file if a number is too large.
    fn sections(self) -> impl Iterator<Item = Range<usize>> {
        let entries = self.languages() + self.tables();
        let mut end = HEADER + entries * ENTRY;
        (0..entries).map(move |index| {
            let start = end;
            end = start.saturating_add(self.size(index));
            start..end
        })
    }

    fn size(&self, index: usize) -> usize {
        let [first, _, third] = self.entry(index);
        if index < self.languages() {
            stems::size(third)
        } else {
            let [_, stems, _] = self.entry(first.min(self.languages()));
            starts_size(stems).saturating_add(third.saturating_mul(4))
        }
    }

    /// The languages of the file, in order.
    pub(crate) fn langs(&self) -> impl Iterator<Item = Option<Lang>> {
        (0..self.languages()).map(|index| lang(self.entry(index)[0] as u32))
    }

    fn index(&self, lang: Lang) -> Option<usize> {
        let code = lang_code(lang) as usize;
        (0..self.languages()).find(|&index| self.entry(index)[0] == code)
    }

    /// Where the stems of a language are.
    pub(crate) fn place(&self, lang: Lang) -> Option<Place> {
        let index = self.index(lang)?;
        Some(self.place_in(self.sections().nth(index)?, index))
    }

    fn place_in(&self, section: Range<usize>, index: usize) -> Place {
        let [_, stems, _] = self.entry(index);
        Place { section, stems }
    }

    /// The stems of the language that are there.
    pub(super) fn stems_at(&self, place: &Place) -> Option<Stems<'a>> {
        Stems::of(self.bytes.get(place.section.clone())?, place.stems)
    }

    /// The languages of the tables, in order: source and target.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Option<(Lang, Lang)>> {
        let langs: Vec<Option<Lang>> = self.langs().collect();
        let named = move |index: usize| langs.get(index).copied().flatten();
        (0..self.tables()).map(move |table| {
            let [source, target, _] = self.entry(self.languages() + table);
            named(source).zip(named(target))
        })
    }

    /// The table from one language into another.
    pub(crate) fn table(&self, from: Lang, to: Lang) -> Option<Table<'a>> {
        let (source, target) = self.index(from).zip(self.index(to))?;
        let mut tables = self.languages()..self.languages() + self.tables();
        let index = tables.find(|&index| self.entry(index)[..2] == [source, target])?;
        self.table_in(self.sections().nth(index)?, source)
    }

    fn table_in(&self, section: Range<usize>, source: usize) -> Option<Table<'a>> {
        let [_, stems, _] = self.entry(source);
        let bytes = self.bytes.get(section)?;
        let (starts, cells) = bytes.split_at_checked(starts_size(stems))?;
        Some(Table {
            starts: ZeroSlice::parse_bytes(starts).ok()?,
            cells: ZeroSlice::parse_bytes(cells).ok()?,
        })
    }
}

/// A language to be written: its stems, with their share among all words.
pub(super) struct Language {
    pub(super) lang: Lang,
    pub(super) stems: Vec<(Box<str>, f32)>,
}

/// A table to be written: source and target as indices of languages, and by source the targets with
/// their probabilities; stems are numbered as they are given.
pub(super) struct Translations {
    pub(super) langs: [usize; 2],
    pub(super) rows: Vec<Vec<(u32, f32)>>,
}

impl Translations {
    /// The rows in the order in which stems are written, and the targets by their numbers there.
    fn placed(&self, languages: &[Placed]) -> Vec<Vec<(u32, f32)>> {
        let [sources, targets] = self.langs.map(|index| &languages[index]);
        let mut rows = vec![Vec::new(); self.rows.len()];
        for (&number, row) in sources.numbers.iter().zip(&self.rows) {
            let row = row.iter().map(|&(t, p)| (targets.numbers[t as usize], p));
            let mut row: Vec<(u32, f32)> = row.collect();
            row.sort_unstable_by_key(|&(target, _)| target);
            rows[number as usize] = row;
        }
        rows
    }
}

/// The bytes of a lexicon.
pub(super) fn write(languages: &[Language], tables: &[Translations]) -> Vec<u8> {
    let all: Vec<Placed> = languages.iter().map(|l| Placed::new(&l.stems)).collect();
    let mut body = Vec::new();
    let mut put = |number: usize| body.extend_from_slice(&(number as u32).to_le_bytes());
    put(languages.len());
    put(tables.len());
    for (language, stems) in languages.iter().zip(&all) {
        put(lang_code(language.lang) as usize);
        put(language.stems.len());
        put(stems.buckets.len());
    }
    for table in tables {
        put(table.langs[0]);
        put(table.langs[1]);
        put(table.rows.iter().map(Vec::len).sum());
    }
    for stems in &all {
        stems.put(&mut body);
    }
    for table in tables {
        let rows = table.placed(&all);
        put_starts(&mut body, rows.iter().map(Vec::len));
        for &(target, p) in rows.iter().flatten() {
            let cell = target << 8 | u32::from(code(p, PROBABILITY_STEPS));
            body.extend_from_slice(&cell.to_le_bytes());
        }
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    bytes.append(&mut body);
    bytes
}

/// Writes where each of some runs begins, and where the last one ends.
fn put_starts(bytes: &mut Vec<u8>, lengths: impl Iterator<Item = usize>) {
    let mut start = 0u32;
    bytes.extend_from_slice(&start.to_le_bytes());
    for length in lengths {
        start += length as u32;
        bytes.extend_from_slice(&start.to_le_bytes());
    }
}

fn code(value: f32, steps: f32) -> u8 {
    (-value.log2() * steps).round().clamp(0.0, 255.0) as u8
}

fn value(code: u8, steps: f32) -> f32 {
    (-f32::from(code) / steps).exp2()
}

/// The probabilities and the frequencies that a code stands for.
static PROBABILITIES: LazyLock<[f32; 256]> = LazyLock::new(|| values(PROBABILITY_STEPS));
static FREQUENCIES: LazyLock<[f32; 256]> = LazyLock::new(|| values(FREQUENCY_STEPS));

fn values(steps: f32) -> [f32; 256] {
    std::array::from_fn(|code| value(code as u8, steps))
}

/// The code of a language, padded with zeros.
fn lang_code(lang: Lang) -> u32 {
    let mut bytes = [0; 4];
    bytes[..lang.code().len()].copy_from_slice(lang.code().as_bytes());
    u32::from_le_bytes(bytes)
}

fn lang(code: u32) -> Option<Lang> {
    let bytes = code.to_le_bytes();
    let text = std::str::from_utf8(&bytes).ok()?.trim_end_matches('\0');
    text.parse().ok().filter(|&lang| lang_code(lang) == code)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use proptest::prelude::*;

    type Row<'a> = &'a [(u32, f32)];

    pub(super) fn language(code: &str, stems: &[(&str, f32)]) -> Language {
        Language {
            lang: code.parse().unwrap(),
            stems: stems.iter().map(|&(stem, f)| (stem.into(), f)).collect(),
        }
    }

    pub(super) fn table(source: usize, target: usize, rows: &[Row<'_>]) -> Translations {
        Translations {
            langs: [source, target],
            rows: rows.iter().map(|row| row.to_vec()).collect(),
        }
    }

    /// Three languages, one of them without stems, and three tables.
    pub(super) fn several() -> (Vec<Language>, Vec<Translations>) {
        let en = language("en", &[("cat", 0.002), ("dog", 0.003), ("the", 0.06)]);
        let fr = language("fr", &[("chat", 1e-3), ("chien", 3e-9), ("été", 1.0)]);
        let forth: [Row<'_>; 3] = [&[(0, 0.9)], &[], &[(0, 0.02), (1, 0.05), (2, 0.01)]];
        let back: [Row<'_>; 3] = [&[(0, 1.0)], &[(1, 0.5), (2, 0.5)], &[]];
        (
            vec![en, fr, language("yue", &[])],
            vec![table(0, 1, &forth), table(1, 0, &back), table(2, 1, &[])],
        )
    }

    fn close(found: f32, expected: f32, within: f32) -> bool {
        (found / expected - 1.0).abs() <= within
    }

    fn stems<'a>(directory: &Directory<'a>, lang: Lang) -> Option<Stems<'a>> {
        directory.stems_at(&directory.place(lang)?)
    }

    /// Asserts that what is written is read.
    fn round_trip(languages: &[Language], tables: &[Translations]) {
        let bytes = write(languages, tables);
        assert_eq!(check(&bytes), Ok(()));
        let directory = Directory::new(&bytes);
        let langs: Vec<Lang> = languages.iter().map(|l| l.lang).collect();
        assert!(directory.langs().eq(langs.iter().copied().map(Some)));
        for language in languages {
            let stems = stems(&directory, language.lang).unwrap();
            assert_eq!(stems.len(), language.stems.len());
            let mut numbers = BTreeSet::new();
            for (stem, frequency) in &language.stems {
                let found = stems.find(stem).unwrap_or_else(|| panic!("{stem:?}"));
                assert_eq!(stems.stem(found.number), &**stem);
                let is_close = close(found.frequency, *frequency, 0.044_3);
                assert!(is_close, "{stem:?}: {}", found.frequency);
                numbers.insert(found.number);
                let shorter = stem.chars().skip(1).collect();
                for other in [shorter, format!("{stem}a"), format!("\0{stem}")] {
                    let expected = language.stems.iter().any(|(s, _)| **s == *other);
                    assert_eq!(stems.find(&other).is_some(), expected, "{other:?}");
                }
            }
            assert!(numbers.into_iter().eq(0..stems.len() as u32));
        }
        let pairs = tables.iter().map(|t| t.langs.map(|index| langs[index]));
        assert!(
            directory
                .pairs()
                .eq(pairs.clone().map(|[s, t]| Some((s, t))))
        );
        for (expected, [from, to]) in tables.iter().zip(pairs) {
            let table = directory.table(from, to).unwrap();
            assert_eq!(
                table.len(),
                expected.rows.iter().map(Vec::len).sum::<usize>()
            );
            let [sources, targets] = [from, to].map(|lang| stems(&directory, lang).unwrap());
            let [given, others] = expected.langs.map(|index| &languages[index].stems);
            for ((stem, _), expected) in given.iter().zip(&expected.rows) {
                let row = table.row(sources.find(stem).unwrap().number);
                let found: BTreeMap<&str, f32> = row.map(|(t, p)| (targets.stem(t), p)).collect();
                let alike = |&(target, p): &(u32, f32)| {
                    let found = found.get(&*others[target as usize].0);
                    found.is_some_and(|&found| close(found, p, 0.022))
                };
                let alike = found.len() == expected.len() && expected.iter().all(alike);
                assert!(alike, "{from}-{to} {stem}: {found:?}, not {expected:?}");
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        round_trip(&[], &[]);
        round_trip(&[language("und", &[])], &[table(0, 0, &[])]);
        round_trip(&[language("en", &[("a", 1.0)])], &[]);
        let (languages, tables) = several();
        round_trip(&languages, &tables);
    }

    #[test]
    fn what_is_absent_is_not_found() {
        let (languages, tables) = several();
        let bytes = write(&languages, &tables);
        let directory = Directory::new(&bytes);
        assert!(stems(&directory, Lang::DE).is_none());
        for (from, to) in [
            (Lang::EN, Lang::EN),
            (Lang::EN, Lang::DE),
            (Lang::DE, Lang::EN),
        ] {
            assert!(directory.table(from, to).is_none(), "{from}-{to}");
        }
        let stems = stems(&directory, Lang::FR).unwrap();
        for stem in ["", "\0", "chas", "chat\0", "cha", "ete", "\u{10ffff}"] {
            assert!(stems.find(stem).is_none(), "{stem:?}");
        }
        let table = directory.table(Lang::EN, Lang::FR).unwrap();
        for number in [3, 4, u32::MAX] {
            assert_eq!(
                (stems.stem(number), table.row(number).count()),
                ("", 0),
                "{number}"
            );
        }
    }

    #[test]
    fn codes_are_as_precise_as_they_say() {
        for (steps, within) in [(PROBABILITY_STEPS, 0.022), (FREQUENCY_STEPS, 0.044_3)] {
            let mut expected = 1.0;
            while expected > value(u8::MAX, steps) {
                let found = value(code(expected, steps), steps);
                assert!(close(found, expected, within), "{expected}: {found}");
                expected *= 0.999;
            }
            for (given, expected) in [(0.0, u8::MAX), (1e-30, u8::MAX), (1.0, 0), (1.5, 0)] {
                assert_eq!(code(given, steps), expected, "{given}");
            }
        }
    }

    /// Looks everything up, and asserts that it is consistent if the file is said to be.
    pub(super) fn look_up(bytes: &[u8]) {
        let checked = check(bytes).is_ok();
        let directory = Directory::new(bytes);
        assert!(!checked || directory.langs().all(|lang| lang.is_some()));
        assert!(!checked || directory.pairs().all(|pair| pair.is_some()));
        for lang in directory.langs().flatten() {
            let stems = stems(&directory, lang);
            assert!(!checked || stems.is_some(), "{lang}");
            let Some(stems) = stems else { continue };
            for number in (0..stems.len() as u32).chain([u32::MAX]) {
                let stem = stems.stem(number);
                let found = stems.find(stem);
                assert!(found.is_none_or(|known| (0.0..=1.0).contains(&known.frequency)));
                let known = number < stems.len() as u32;
                let found = found.map(|known| known.number);
                assert!(
                    !checked || found == known.then_some(number),
                    "{lang} {number}"
                );
            }
        }
        for (from, to) in directory.pairs().flatten() {
            let table = directory.table(from, to);
            assert!(!checked || table.is_some(), "{from}-{to}");
            let Some(table) = table else { continue };
            let sources = stems(&directory, from).map_or(0, |stems| stems.len() as u32);
            let targets = stems(&directory, to).map_or(0, |stems| stems.len() as u32);
            let mut cells = 0;
            for source in (0..sources).chain([u32::MAX]) {
                let row: Vec<(u32, f32)> = table.row(source).collect();
                assert!(row.iter().all(|(_, p)| (0.0..=1.0).contains(p)), "{row:?}");
                let rises = row.is_sorted_by(|x, y| x.0 < y.0);
                let known = row.iter().all(|&(target, _)| target < targets);
                assert!(!checked || rises && known, "{row:?}");
                cells += row.len();
            }
            assert!(!checked || cells == table.len(), "{from}-{to}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read(
            stems in prop::collection::vec(
                prop::collection::btree_set(
                    prop_oneof![3 => "[ab\u{e9}\u{10ffff}]{1,4}", 1 => "[ab]{1,121}", 1 => "[ab]{55,65}"],
                    0..40,
                ),
                1..4,
            ),
            pairs in prop::collection::btree_set((0..3usize, 0..3usize), 0..6),
            chosen in any::<u64>(),
        ) {
            let languages: Vec<Language> = (["en", "fr", "yue"].into_iter().zip(&stems))
                .map(|(code, stems)| {
                    let stems: Vec<(&str, f32)> = stems.iter().map(|s| (&**s, 0.01)).collect();
                    language(code, &stems)
                })
                .collect();
            let rows = |[sources, targets]: [usize; 2]| {
                let cell = |s, t| (chosen >> ((9 * s + t) % 64) & 1 > 0).then_some((t as u32, 0.5));
                let row = |s| (0..targets).filter_map(|t| cell(s, t)).collect();
                (0..sources).map(row).collect()
            };
            let tables: Vec<Translations> = (pairs.into_iter())
                .filter(|&(source, target)| source.max(target) < stems.len())
                .map(|(source, target)| Translations {
                    langs: [source, target],
                    rows: rows([source, target].map(|index| stems[index].len())),
                })
                .collect();
            round_trip(&languages, &tables);
            look_up(&write(&languages, &tables));
        }
    }
}
