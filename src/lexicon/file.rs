//! The binary layout of a lexicon, used in place.
//!
//! All numbers are little-endian; sections stand one behind the other in the order of the
//! directory.
//!
//! | part | contents |
//! |---|---|
//! | header | `TRIGLEX\0`, version, CRC-32 of all that follows, number of languages, of tables: four u32 |
//! | directory | per language: code in four bytes, stems n, bytes of text m; per table: index of the source language, of the target language, cells: three u32 each |
//! | language | n + 1 u32: where each stem begins in the text; n u8: frequencies; m bytes: the stems in byte order |
//! | table | (stems of the source) + 1 u32: where the cells of each begin; a u32 a cell: target shifted by 8, probability; targets of one source rise |
//!
//! A probability p is stored as `-16·log2(p)` and a frequency f as `-8·log2(f)`, rounded, at most
//! 255: within 2.2 and 4.4 %.
//!
//! [`check`] looks at every byte once. What reads sections afterwards still trusts no number: a
//! section that is out of bounds is not there, a stem that is no UTF-8 is never found.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use zerovec::ZeroSlice;

use crate::lang::Lang;

const MAGIC: &[u8; 8] = b"TRIGLEX\0";
const VERSION: u32 = 1;
/// Bytes of the header.
const HEADER: usize = 24;
/// Where the part begins that the checksum covers.
const COVERED: usize = 16;
/// Bytes of an entry of the directory.
const ENTRY: usize = 12;
/// Steps of a probability and of a frequency when it halves.
const PROBABILITY_STEPS: f32 = 16.0;
const FREQUENCY_STEPS: f32 = 8.0;
/// Stems of a language: what 24 bits can number.
pub(super) const MAX_STEMS: usize = 1 << 24;

/// The stems of one language.
#[derive(Clone, Copy)]
pub(crate) struct Stems<'a> {
    starts: &'a ZeroSlice<u32>,
    frequencies: &'a [u8],
    text: &'a [u8],
}

impl<'a> Stems<'a> {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.frequencies.len()
    }

    /// The number of a stem.
    pub(crate) fn find(&self, stem: &str) -> Option<u32> {
        let mut range = 0..self.len();
        while !range.is_empty() {
            let middle = range.start + range.len() / 2;
            match self.bytes(middle as u32).cmp(stem.as_bytes()) {
                Ordering::Less => range.start = middle + 1,
                Ordering::Equal => return Some(middle as u32),
                Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// A stem by its number.
    pub(crate) fn stem(&self, number: u32) -> &'a str {
        std::str::from_utf8(self.bytes(number)).unwrap_or("")
    }

    /// The share of a stem among all words of the texts that the lexicon was trained from.
    pub(crate) fn frequency(&self, number: u32) -> f32 {
        let code = self.frequencies.get(number as usize).copied();
        value(code.unwrap_or(u8::MAX), FREQUENCY_STEPS)
    }

    fn bytes(&self, number: u32) -> &'a [u8] {
        run(self.starts, number)
            .and_then(|run| self.text.get(run))
            .unwrap_or(&[])
    }
}

/// Translation probabilities from one language into another.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    starts: &'a ZeroSlice<u32>,
    cells: &'a ZeroSlice<u32>,
}

impl<'a> Table<'a> {
    /// The translations of a stem: number in the target language and t(t|s), by number.
    pub(crate) fn row(&self, source: u32) -> impl Iterator<Item = (u32, f32)> + use<'a> {
        let cells = run(self.starts, source)
            .and_then(|run| self.cells.get_subslice(run))
            .unwrap_or(ZeroSlice::new_empty());
        cells
            .iter()
            .map(|cell| (cell >> 8, value(cell as u8, PROBABILITY_STEPS)))
    }

    /// How many pairs of stems there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
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
        let [first, second, third] = self.entry(index);
        if index < self.languages() {
            let size = starts_size(second).saturating_add(second);
            size.saturating_add(third)
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

    /// The stems of a language.
    pub(crate) fn stems(&self, lang: Lang) -> Option<Stems<'a>> {
        let index = self.index(lang)?;
        self.stems_in(self.sections().nth(index)?, index)
    }

    fn stems_in(&self, section: Range<usize>, index: usize) -> Option<Stems<'a>> {
        let [_, stems, _] = self.entry(index);
        let bytes = self.bytes.get(section)?;
        let (starts, bytes) = bytes.split_at_checked(starts_size(stems))?;
        let (frequencies, text) = bytes.split_at_checked(stems)?;
        Some(Stems {
            starts: ZeroSlice::parse_bytes(starts).ok()?,
            frequencies,
            text,
        })
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

/// Checks that the bytes are a whole and consistent lexicon; what is wrong otherwise.
pub(crate) fn check(bytes: &[u8]) -> Result<(), String> {
    let directory = Directory::new(bytes);
    if !bytes.starts_with(MAGIC) || bytes.len() < HEADER {
        return Err("not a lexicon made by `triglyph lexicon train`".into());
    }
    let version = directory.number(8);
    if version != VERSION as usize {
        return Err(format!(
            "version {version} of the layout, expected {VERSION}"
        ));
    }
    let found = crc32fast::hash(&bytes[COVERED..]);
    if directory.number(12) != found as usize {
        return Err("the checksum does not match: the file is damaged or cut short".into());
    }
    let (languages, tables) = (directory.number(16), directory.number(20));
    if (languages, tables) != (directory.languages(), directory.tables()) {
        return Err(format!(
            "{languages} languages and {tables} tables, more than there is room for"
        ));
    }
    let langs: Option<Vec<Lang>> = directory.langs().collect();
    let langs = langs.ok_or("a language without a valid code")?;
    if let Some(lang) = repeated(&langs) {
        return Err(format!("{lang} stands twice"));
    }
    let pairs: Option<Vec<(Lang, Lang)>> = directory.pairs().collect();
    let pairs = pairs.ok_or("a table of languages that the file lacks")?;
    if let Some((from, to)) = repeated(&pairs) {
        return Err(format!("{from}-{to} stands twice"));
    }
    let end = directory.sections().last().map_or(HEADER, |s| s.end);
    if end != bytes.len() {
        return Err(format!("{} bytes, expected {end}", bytes.len()));
    }
    let mut sections = directory.sections().enumerate();
    for (lang, (index, section)) in langs.iter().zip(sections.by_ref()) {
        let stems = directory.stems_in(section, index);
        let stems = stems.ok_or("a section out of bounds")?;
        check_stems(&stems).map_err(|reason| format!("{lang}: {reason}"))?;
    }
    for ((from, to), (index, section)) in pairs.iter().zip(sections) {
        let [source, target, _] = directory.entry(index);
        let table = directory.table_in(section, source);
        let table = table.ok_or("a section out of bounds")?;
        let [_, targets, _] = directory.entry(target);
        check_table(&table, targets).map_err(|reason| format!("{from}-{to}: {reason}"))?;
    }
    Ok(())
}

/// The first item that stood before.
fn repeated<T: Ord>(items: &[T]) -> Option<&T> {
    let mut seen = BTreeSet::new();
    items.iter().find(|&item| !seen.insert(item))
}

fn check_stems(stems: &Stems<'_>) -> Result<(), &'static str> {
    if stems.len() > MAX_STEMS {
        return Err("too many stems");
    }
    check_starts(stems.starts, stems.text.len())?;
    let mut last: &[u8] = &[];
    for number in 0..stems.len() as u32 {
        let stem = stems.bytes(number);
        if stem <= last {
            return Err("stems that are empty or out of order");
        }
        if std::str::from_utf8(stem).is_err() {
            return Err("a stem that is not UTF-8");
        }
        last = stem;
    }
    Ok(())
}

fn check_table(table: &Table<'_>, targets: usize) -> Result<(), &'static str> {
    check_starts(table.starts, table.cells.len())?;
    for source in 0..table.starts.len() as u32 - 1 {
        let mut least = 0;
        for (target, _) in table.row(source) {
            if target < least || target as usize >= targets {
                return Err("targets that are out of order or do not exist");
            }
            least = target + 1;
        }
    }
    Ok(())
}

/// Checks that numbers begin with 0, never fall and end with `end`.
fn check_starts(starts: &ZeroSlice<u32>, end: usize) -> Result<(), &'static str> {
    let mut last = 0;
    for (index, start) in starts.iter().enumerate() {
        if start < last || index == 0 && start > 0 {
            return Err("a start out of order");
        }
        last = start;
    }
    if last as usize != end {
        Err("a start out of bounds")
    } else {
        Ok(())
    }
}

/// A language to be written: its stems in byte order, with their share among all words.
pub(super) struct Language {
    pub(super) lang: Lang,
    pub(super) stems: Vec<(Box<str>, f32)>,
}

/// A table to be written: source and target as indices of languages, and by source the targets,
/// rising, with their probabilities.
pub(super) struct Translations {
    pub(super) langs: [usize; 2],
    pub(super) rows: Vec<Vec<(u32, f32)>>,
}

/// The bytes of a lexicon.
pub(super) fn write(languages: &[Language], tables: &[Translations]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut put = |number: usize| body.extend_from_slice(&(number as u32).to_le_bytes());
    put(languages.len());
    put(tables.len());
    for language in languages {
        put(lang_code(language.lang) as usize);
        put(language.stems.len());
        put(language.stems.iter().map(|(stem, _)| stem.len()).sum());
    }
    for table in tables {
        put(table.langs[0]);
        put(table.langs[1]);
        put(table.rows.iter().map(Vec::len).sum());
    }
    for language in languages {
        put_starts(&mut body, language.stems.iter().map(|(stem, _)| stem.len()));
        body.extend(
            language
                .stems
                .iter()
                .map(|&(_, f)| code(f, FREQUENCY_STEPS)),
        );
        body.extend(language.stems.iter().flat_map(|(stem, _)| stem.bytes()));
    }
    for table in tables {
        put_starts(&mut body, table.rows.iter().map(Vec::len));
        for &(target, p) in table.rows.iter().flatten() {
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
    use super::*;
    use proptest::prelude::*;

    type Row<'a> = &'a [(u32, f32)];
    /// A name, an offset, and what stands there instead.
    type Damage<'a> = (&'a str, usize, &'a [u8]);

    fn language(code: &str, stems: &[(&str, f32)]) -> Language {
        Language {
            lang: code.parse().unwrap(),
            stems: stems.iter().map(|&(stem, f)| (stem.into(), f)).collect(),
        }
    }

    fn table(source: usize, target: usize, rows: &[Row<'_>]) -> Translations {
        Translations {
            langs: [source, target],
            rows: rows.iter().map(|row| row.to_vec()).collect(),
        }
    }

    /// Three languages, one of them without stems, and three tables.
    fn several() -> (Vec<Language>, Vec<Translations>) {
        let en = language("en", &[("cat", 0.002), ("dog", 0.003), ("the", 0.06)]);
        let fr = language("fr", &[("chat", 1e-3), ("chien", 3e-9), ("été", 1.0)]);
        let forth: [Row<'_>; 3] = [&[(0, 0.9)], &[], &[(0, 0.02), (1, 0.05), (2, 0.01)]];
        let back: [Row<'_>; 3] = [&[(0, 1.0)], &[(1, 0.5), (2, 0.5)], &[]];
        (
            vec![en, fr, language("yue", &[])],
            vec![table(0, 1, &forth), table(1, 0, &back), table(2, 1, &[])],
        )
    }

    /// The bytes with the checksum that they should have.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.len() >= COVERED {
            let checksum = crc32fast::hash(&bytes[COVERED..]);
            bytes[12..COVERED].copy_from_slice(&checksum.to_le_bytes());
        }
        bytes
    }

    fn close(found: f32, expected: f32, within: f32) -> bool {
        (found / expected - 1.0).abs() <= within
    }

    /// Asserts that what is written is read.
    fn round_trip(languages: &[Language], tables: &[Translations]) {
        let bytes = write(languages, tables);
        assert_eq!(check(&bytes), Ok(()));
        let directory = Directory::new(&bytes);
        let langs: Vec<Lang> = languages.iter().map(|l| l.lang).collect();
        assert!(directory.langs().eq(langs.iter().copied().map(Some)));
        for language in languages {
            let stems = directory.stems(language.lang).unwrap();
            assert_eq!(stems.len(), language.stems.len());
            for (number, (stem, frequency)) in (0..).zip(&language.stems) {
                assert_eq!(stems.find(stem), Some(number), "{stem:?}");
                assert_eq!(stems.stem(number), &**stem);
                let found = stems.frequency(number);
                assert!(close(found, *frequency, 0.044_3), "{stem:?}: {found}");
                let shorter = stem.chars().skip(1).collect();
                for other in [shorter, format!("{stem}a"), format!("\0{stem}")] {
                    let expected = language.stems.iter().position(|(s, _)| **s == *other);
                    let found = stems.find(&other).map(|number| number as usize);
                    assert_eq!(found, expected, "{other:?}");
                }
            }
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
            for (source, expected) in (0..).zip(&expected.rows) {
                let found: Vec<(u32, f32)> = table.row(source).collect();
                let alike =
                    |(x, y): (&(u32, f32), &(u32, f32))| x.0 == y.0 && close(x.1, y.1, 0.022);
                let alike = found.len() == expected.len() && found.iter().zip(expected).all(alike);
                assert!(alike, "{from}-{to} {source}: {found:?}, not {expected:?}");
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
        assert!(directory.stems(Lang::DE).is_none());
        for (from, to) in [
            (Lang::EN, Lang::EN),
            (Lang::EN, Lang::DE),
            (Lang::DE, Lang::EN),
        ] {
            assert!(directory.table(from, to).is_none(), "{from}-{to}");
        }
        let stems = directory.stems(Lang::FR).unwrap();
        for stem in ["", "\0", "chas", "chat\0", "cha", "ete", "\u{10ffff}"] {
            assert_eq!(stems.find(stem), None, "{stem:?}");
        }
        let table = directory.table(Lang::EN, Lang::FR).unwrap();
        for number in [3, 4, u32::MAX] {
            assert_eq!(
                (stems.stem(number), table.row(number).count()),
                ("", 0),
                "{number}"
            );
            assert!(stems.frequency(number) < 1e-9, "{number}");
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

    #[test]
    fn a_file_cut_short() {
        let (languages, tables) = several();
        let whole = write(&languages, &tables);
        let entries = languages.len() + tables.len();
        for len in 0..whole.len() {
            let expected = match len {
                0..HEADER => "not a lexicon made by `triglyph lexicon train`",
                _ => "the checksum does not match: the file is damaged or cut short",
            };
            assert_eq!(check(&whole[..len]), Err(expected.into()), "{len}");
            let expected = match len {
                0..HEADER => expected.into(),
                _ if len < HEADER + ENTRY * entries => {
                    "3 languages and 3 tables, more than there is room for".into()
                }
                _ => format!("{len} bytes, expected {}", whole.len()),
            };
            assert_eq!(check(&sealed(whole[..len].into())), Err(expected), "{len}");
        }
    }

    #[test]
    fn every_byte_is_checked() {
        let (languages, tables) = several();
        let mut bytes = write(&languages, &tables);
        for at in 0..bytes.len() {
            let expected = match at {
                0..8 => "not a lexicon made by `triglyph lexicon train`",
                8..12 => "version ",
                _ => "the checksum does not match: the file is damaged or cut short",
            };
            for flip in 1..=u8::MAX {
                bytes[at] ^= flip;
                let error = check(&bytes).unwrap_err();
                assert!(error.starts_with(expected), "{at} {flip}: {error}");
                bytes[at] ^= flip;
            }
        }
    }

    /// The checksum is that of the damaged file.
    #[test]
    fn damages() {
        let (languages, tables) = several();
        let whole = write(&languages, &tables);
        let starts: Vec<usize> = Directory::new(&whole).sections().map(|s| s.start).collect();
        let [en, fr, yue, forth, back, _] = starts[..] else {
            panic!("{starts:?}");
        };
        let entry = |index| HEADER + ENTRY * index;
        let number = u32::to_le_bytes;
        let cell = |target: u32| number(target << 8);
        let most = number(u32::MAX);
        let no_room = |languages: u32, tables: u32| {
            format!("{languages} languages and {tables} tables, more than there is room for")
        };
        let damages: &[(&str, &[Damage<'_>])] = &[
            (
                "not a lexicon made by `triglyph lexicon train`",
                &[("magic", 0, b"TRIGLEY")],
            ),
            (
                "version 2 of the layout, expected 1",
                &[("version", 8, &number(2))],
            ),
            (&no_room(u32::MAX, 3), &[("languages", 16, &most)]),
            (&no_room(3, u32::MAX), &[("tables", 20, &most)]),
            (
                "a language without a valid code",
                &[
                    ("no code", entry(0), &number(0)),
                    ("four letters", entry(0), b"engl"),
                    ("capitals", entry(0), b"EN\0\0"),
                    ("not the shortest code", entry(0), b"eng\0"),
                    ("not UTF-8", entry(0), b"\xff\xff\0\0"),
                    ("zero before the code", entry(0), b"\0en\0"),
                ],
            ),
            ("en stands twice", &[("languages", entry(1), b"en\0\0")]),
            (
                "a table of languages that the file lacks",
                &[
                    ("a language less", 16, &number(2)),
                    ("source", entry(3), &number(3)),
                    ("target", entry(3) + 4, &most),
                ],
            ),
            (
                "en-fr stands twice",
                &[("tables", entry(4), &[0, 0, 0, 0, 1, 0, 0, 0])],
            ),
            (
                &format!("{} bytes, expected ", whole.len()),
                &[
                    ("a table less", 20, &number(2)),
                    ("stems", entry(0) + 4, &most),
                    ("text", entry(0) + 8, &most),
                    ("cells", entry(3) + 8, &most),
                ],
            ),
            (
                &format!("{} bytes, expected {}", whole.len() + 1, whole.len()),
                &[("a byte more", whole.len(), &[0])],
            ),
            (
                "en: a start out of order",
                &[
                    ("first start", en, &number(1)),
                    ("a start falling", en + 8, &number(2)),
                ],
            ),
            (
                "en: a start out of bounds",
                &[
                    ("last start too large", en + 12, &most),
                    ("last start too small", en + 12, &number(8)),
                ],
            ),
            (
                "yue: a start out of order",
                &[("start of no stem", yue, &number(1))],
            ),
            (
                "en: stems that are empty or out of order",
                &[
                    ("a stem out of order", en + 19, b"eat"),
                    ("a stem twice", en + 19, b"dog"),
                    ("an empty stem", en + 4, &number(0)),
                ],
            ),
            (
                "en: a stem that is not UTF-8",
                &[("last letter", en + 27, b"\xff")],
            ),
            (
                "fr: a stem that is not UTF-8",
                &[("a letter cut in two", fr + 8, &number(10))],
            ),
            (
                "en-fr: a start out of order",
                &[("a start falling", forth + 8, &number(0))],
            ),
            (
                "en-fr: a start out of bounds",
                &[("last start", forth + 12, &most)],
            ),
            (
                "en-fr: targets that are out of order or do not exist",
                &[
                    ("a target too large", forth + 28, &cell(3)),
                    ("targets out of order", forth + 20, &cell(2)),
                ],
            ),
            (
                "fr-en: targets that are out of order or do not exist",
                &[("a target twice", back + 24, &cell(1))],
            ),
        ];
        for &(expected, damages) in damages {
            for &(name, at, damage) in damages {
                let mut bytes = whole.clone();
                bytes.splice(at..whole.len().min(at + damage.len()), damage.to_vec());
                let error = check(&sealed(bytes)).unwrap_err();
                assert!(error.starts_with(expected), "{name}: {error}");
            }
        }
    }

    #[test]
    fn more_stems_than_a_cell_can_name() {
        let stems = Stems {
            starts: ZeroSlice::new_empty(),
            frequencies: &vec![0; MAX_STEMS + 1],
            text: &[],
        };
        assert_eq!(check_stems(&stems), Err("too many stems"));
    }

    /// A section for each language of two letters, and for a table into each.
    #[test]
    fn many_sections_take_linear_time() {
        let letters = || 'a'..='z';
        let codes = letters().flat_map(|x| letters().map(move |y| format!("{x}{y}")));
        let languages: Vec<Language> = codes.map(|code| language(&code, &[])).collect();
        let indices = 0..languages.len();
        let tables: Vec<Translations> = (indices.clone())
            .flat_map(|source| {
                indices
                    .clone()
                    .map(move |target| table(source, target, &[]))
            })
            .collect();
        let bytes = write(&languages, &tables);
        assert_eq!(check(&bytes), Ok(()));
        let last = languages[languages.len() - 1].lang;
        assert_eq!(Directory::new(&bytes).table(last, last).unwrap().len(), 0);
    }

    /// Looks everything up, and asserts that it is consistent if the file is said to be.
    fn look_up(bytes: &[u8]) {
        let checked = check(bytes).is_ok();
        let directory = Directory::new(bytes);
        assert!(!checked || directory.langs().all(|lang| lang.is_some()));
        assert!(!checked || directory.pairs().all(|pair| pair.is_some()));
        for lang in directory.langs().flatten() {
            let stems = directory.stems(lang);
            assert!(!checked || stems.is_some(), "{lang}");
            let Some(stems) = stems else { continue };
            for number in (0..stems.len() as u32).chain([u32::MAX]) {
                let stem = stems.stem(number);
                let found = stems.find(stem);
                assert!((0.0..=1.0).contains(&stems.frequency(number)));
                let known = number < stems.len() as u32;
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
            let sources = directory.stems(from).map_or(0, |stems| stems.len() as u32);
            let targets = directory.stems(to).map_or(0, |stems| stems.len() as u32);
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
            stems in prop::collection::vec(prop::collection::btree_set("[ab\u{e9}\u{10ffff}]{1,4}", 0..9), 1..4),
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

        /// Small numbers are frequent, so that some sections are in bounds.
        #[test]
        fn any_bytes(
            numbers in prop::collection::vec(prop_oneof![2 => 0..4u32, 1 => any::<u32>()], 0..40),
            tail in prop::collection::vec(any::<u8>(), 0..20),
        ) {
            let numbers: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
            let bytes = [numbers, tail].concat();
            look_up(&bytes);
            look_up(&sealed([&write(&[], &[])[..COVERED], &bytes].concat()));
        }

        #[test]
        fn any_damage(
            damages in prop::collection::vec((any::<prop::sample::Index>(), any::<[u8; 4]>(), 0..=4usize), 0..4),
            numbers in prop::collection::vec((any::<prop::sample::Index>(), 0..12u32), 0..3),
            cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
        ) {
            let (languages, tables) = several();
            let mut bytes = write(&languages, &tables);
            for (at, damage, len) in damages {
                let at = at.index(bytes.len());
                let end = bytes.len().min(at + len);
                bytes[at..end].copy_from_slice(&damage[..end - at]);
            }
            for (at, number) in numbers {
                let at = at.index(bytes.len() / 4) * 4;
                bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
            }
            bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            look_up(&bytes);
            look_up(&sealed(bytes));
        }
    }
}
