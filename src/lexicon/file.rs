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
//! section that is out of bounds is empty, a stem that is no UTF-8 is never found.

use std::cmp::Ordering;
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
/// Languages or tables that a file may hold.
const MAX_ENTRIES: usize = 1000;
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
            match self.bytes(middle).cmp(stem.as_bytes()) {
                Ordering::Less => range.start = middle + 1,
                Ordering::Equal => return Some(middle as u32),
                Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// A stem by its number.
    pub(crate) fn stem(&self, number: u32) -> &'a str {
        std::str::from_utf8(self.bytes(number as usize)).unwrap_or("")
    }

    /// The share of a stem among all words of the texts that the lexicon was trained from.
    pub(crate) fn frequency(&self, number: u32) -> f32 {
        let code = self.frequencies.get(number as usize).copied();
        value(code.unwrap_or(u8::MAX), FREQUENCY_STEPS)
    }

    fn bytes(&self, number: usize) -> &'a [u8] {
        let at = |i| self.starts.get(i).map(|start| start as usize);
        let range = at(number).zip(at(number + 1));
        range
            .and_then(|(start, end)| self.text.get(start..end))
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
        let at = |i| self.starts.get(i).map(|start| start as usize);
        let range = at(source as usize).zip(at(source as usize + 1));
        let cells = range.and_then(|(start, end)| self.cells.get_subslice(start..end));
        let cells = cells.unwrap_or(ZeroSlice::new_empty()).iter();
        cells.map(|cell| (cell >> 8, value(cell as u8, PROBABILITY_STEPS)))
    }

    /// How many pairs of stems there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }
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

    fn languages(&self) -> usize {
        self.number(16).min(MAX_ENTRIES)
    }

    fn tables(&self) -> usize {
        self.number(20).min(MAX_ENTRIES)
    }

    /// The numbers of an entry: the languages come first, then the tables.
    fn entry(&self, index: usize) -> [usize; 3] {
        [0, 4, 8].map(|at| self.number(HEADER + index * ENTRY + at))
    }

    fn size(&self, index: usize) -> usize {
        let [first, second, third] = self.entry(index);
        if index < self.languages() {
            (second + 1)
                .saturating_mul(4)
                .saturating_add(second)
                .saturating_add(third)
        } else {
            let [_, stems, _] = self.entry(first.min(self.languages()));
            (stems + 1 + third).saturating_mul(4)
        }
    }

    fn section(&self, index: usize) -> Range<usize> {
        let entries = self.languages() + self.tables();
        let before: usize = (0..index)
            .map(|i| self.size(i))
            .fold(0, usize::saturating_add);
        let start = (HEADER + entries * ENTRY).saturating_add(before);
        start..start.saturating_add(self.size(index))
    }

    fn section_bytes(&self, index: usize) -> &'a [u8] {
        self.bytes.get(self.section(index)).unwrap_or(&[])
    }

    /// The languages of the file, in order.
    pub(crate) fn langs(&self) -> impl Iterator<Item = Option<Lang>> {
        (0..self.languages()).map(|index| lang(self.entry(index)[0] as u32))
    }

    /// The stems of a language.
    pub(crate) fn stems(&self, lang: Lang) -> Option<Stems<'a>> {
        let index = self.langs().position(|l| l == Some(lang))?;
        let [_, stems, text] = self.entry(index);
        let bytes = self.section_bytes(index);
        let (starts, bytes) = bytes.split_at_checked((stems + 1).checked_mul(4)?)?;
        let (frequencies, bytes) = bytes.split_at_checked(stems)?;
        Some(Stems {
            starts: ZeroSlice::parse_bytes(starts).ok()?,
            frequencies,
            text: bytes.get(..text)?,
        })
    }

    /// The languages of the tables, in order: source and target.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Option<(Lang, Lang)>> {
        let languages = self.languages();
        let named = move |index| match index < languages {
            true => lang(self.entry(index)[0] as u32),
            false => None,
        };
        (languages..languages + self.tables()).map(move |index| {
            let [source, target, _] = self.entry(index);
            named(source).zip(named(target))
        })
    }

    /// The table from one language into another.
    pub(crate) fn table(&self, from: Lang, to: Lang) -> Option<Table<'a>> {
        let table = self.pairs().position(|pair| pair == Some((from, to)))?;
        let index = self.languages() + table;
        let [_, _, cells] = self.entry(index);
        let bytes = self.section_bytes(index);
        let starts = bytes.len().checked_sub(cells.checked_mul(4)?)?;
        let (starts, cells) = bytes.split_at_checked(starts)?;
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
    if languages > MAX_ENTRIES || tables > MAX_ENTRIES {
        return Err(format!(
            "{languages} languages and {tables} tables, at most {MAX_ENTRIES}"
        ));
    }
    let end = match languages + tables {
        0 => HEADER,
        entries => directory.section(entries - 1).end,
    };
    if end != bytes.len() {
        return Err(format!("{} bytes, expected {end}", bytes.len()));
    }
    let langs: Option<Vec<Lang>> = directory.langs().collect();
    let langs = langs.ok_or("a language without a code")?;
    for (index, &lang) in langs.iter().enumerate() {
        if langs[..index].contains(&lang) {
            return Err(format!("{lang} stands twice"));
        }
        let stems = directory.stems(lang).ok_or("a section out of bounds")?;
        check_stems(&stems).map_err(|reason| format!("{lang}: {reason}"))?;
    }
    let pairs: Option<Vec<(Lang, Lang)>> = directory.pairs().collect();
    let pairs = pairs.ok_or("a table of languages that the file lacks")?;
    for (index, &(from, to)) in pairs.iter().enumerate() {
        if pairs[..index].contains(&(from, to)) {
            return Err(format!("{from}-{to} stands twice"));
        }
        let table = directory.table(from, to).ok_or("a section out of bounds")?;
        let targets = directory.stems(to).map_or(0, |stems| stems.len());
        check_table(&table, targets).map_err(|reason| format!("{from}-{to}: {reason}"))?;
    }
    Ok(())
}

fn check_stems(stems: &Stems<'_>) -> Result<(), &'static str> {
    if stems.len() > MAX_STEMS {
        return Err("too many stems");
    }
    check_starts(stems.starts, stems.text.len())?;
    let mut last: &[u8] = &[];
    for number in 0..stems.len() {
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
        let code = language.lang.code().as_bytes();
        let mut padded = [0; 4];
        padded[..code.len()].copy_from_slice(code);
        put(u32::from_le_bytes(padded) as usize);
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

fn lang(code: u32) -> Option<Lang> {
    let bytes = code.to_le_bytes();
    let len = bytes.iter().position(|&b| b == 0)?;
    std::str::from_utf8(&bytes[..len]).ok()?.parse().ok()
}
