//! Checks a file before it is used, so that no byte of it does harm later.

use std::collections::BTreeSet;

use zerovec::ZeroSlice;

use super::stems::Bucket;
use super::{COVERED, Directory, HEADER, MAGIC, MAX_STEMS, Stems, Table, VERSION};
use crate::lang::Lang;

/// Full buckets that follow each other at the most: a stem that is not there is looked for in all of them.
const MAX_FULL: usize = 1 << 10;

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
        let stems = directory.stems_at(&directory.place_in(section, index));
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
    let (mut next, mut last, mut full_before) = (0, (0, ""), 0);
    for (index, bytes) in stems.buckets.iter().enumerate() {
        let bucket = Bucket::of(bytes);
        if bucket.first != next {
            return Err("a bucket that does not go on where the one before ends");
        }
        let mut first_home = index;
        for (stem, mark) in bucket.stems() {
            let stem = str::from_utf8(stem).map_err(|_| "a stem that is not UTF-8")?;
            let (home, own_mark) = stems.home(stem);
            if stem.is_empty() || (home, stem) <= last {
                return Err("stems that are empty or out of order");
            }
            if home > index || mark != own_mark {
                return Err("a stem that is not where it is looked for");
            }
            first_home = first_home.min(home);
            last = (home, stem);
            next += 1;
        }
        if next - bucket.first != bucket.told.len() as u32 {
            return Err("a bucket without room for its stems");
        }
        if (full_before > 0) != (first_home < index) || bucket.is_full && bucket.told.is_empty() {
            return Err("a bucket that is full and says otherwise, or the other way round");
        }
        full_before = if bucket.is_full { full_before + 1 } else { 0 };
        if full_before > MAX_FULL {
            return Err("too many full buckets in a row");
        }
    }
    if full_before > 0 {
        return Err("a bucket that is full, and none behind it");
    }
    if next as usize != stems.len() {
        return Err("more or fewer stems than are said");
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

#[cfg(test)]
mod tests {
    use std::{iter, slice};

    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::file::stems::{BUCKET, Placed};
    use crate::lexicon::file::tests::{language, look_up, several, table};
    use crate::lexicon::file::{ENTRY, Language, Translations, write};

    /// A name, an offset, and what stands there instead.
    type Damage<'a> = (&'a str, usize, &'a [u8]);

    /// The bytes with the checksum that they should have.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        if bytes.len() >= COVERED {
            let checksum = crc32fast::hash(&bytes[COVERED..]);
            bytes[12..COVERED].copy_from_slice(&checksum.to_le_bytes());
        }
        bytes
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
        let [en, fr, _, forth, back, _] = starts[..] else {
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
                "version 1 of the layout, expected 2",
                &[("version", 8, &number(1))],
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
                    ("buckets", entry(0) + 8, &most),
                    ("cells", entry(3) + 8, &most),
                ],
            ),
            (
                &format!("{} bytes, expected {}", whole.len() + 1, whole.len()),
                &[("a byte more", whole.len(), &[0])],
            ),
            (
                "en: a bucket that does not go on where the one before ends",
                &[("first number", en + 5, &[1])],
            ),
            (
                "en: stems that are empty or out of order",
                &[
                    ("a stem out of order", en + 20, b"bee"),
                    ("a stem twice", en + 20, b"cat"),
                    ("an empty stem", en + 9, &[0]),
                ],
            ),
            (
                "en: a stem that is not where it is looked for",
                &[
                    ("a mark", en + 8, &[!whole[en + 8]]),
                    ("another stem", en + 20, b"elk"),
                    ("many homes", en, &most),
                ],
            ),
            (
                "en: a bucket without room for its stems",
                &[
                    ("a long stem", en + 15, &[u8::MAX]),
                    (
                        "a long stem that stands in the next section",
                        en + 15,
                        &[119],
                    ),
                ],
            ),
            (
                "en: a bucket that is full, and none behind it",
                &[("said to be full", en + 4, &[0x83])],
            ),
            (
                "en: a stem that is not UTF-8",
                &[("last letter", en + 25, b"\xff")],
            ),
            (
                "fr: a stem that is not UTF-8",
                &[("a letter cut in two", fr + 15, &[4])],
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
    fn damages_of_many_stems() {
        let stems: Vec<String> = (0..300).map(|number| format!("stem{number}")).collect();
        let stems: Vec<(&str, f32)> = stems.iter().map(|stem| (&**stem, 1e-3)).collect();
        let whole = write(&[language("en", &stems)], &[]);
        assert_eq!(check(&whole), Ok(()));
        look_up(&whole);
        let head = |bucket: usize| HEADER + ENTRY + 4 + BUCKET * bucket;
        let is_full = |bucket: &usize| whole[head(*bucket)] & 0x80 > 0;
        let full: Vec<usize> = (0..20).filter(is_full).collect();
        let not_full = (0..20).find(|bucket| !is_full(bucket)).unwrap();
        assert!((1..10).contains(&full.len()), "{full:?}");
        let flag = "a bucket that is full and says otherwise, or the other way round";
        for (name, at, expected) in [
            ("full", head(full[0]), flag),
            ("not full", head(not_full), flag),
            ("stems", HEADER + 4, "more or fewer stems than are said"),
        ] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x80;
            let expected = format!("en: {expected}");
            assert_eq!(check(&sealed(bytes)), Err(expected), "{name}");
        }
    }

    /// A lexicon of one language, with one home.
    fn of_buckets(count: u32, buckets: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = write(&[language("en", &[])], &[]);
        let number = u32::to_le_bytes;
        bytes[HEADER + 4..HEADER + 8].copy_from_slice(&number(count));
        bytes[HEADER + 8..HEADER + 12].copy_from_slice(&number(buckets.len() as u32));
        bytes[HEADER + ENTRY] = 1;
        for bucket in buckets {
            bytes.extend(bucket.iter().copied().chain(iter::repeat(0)).take(BUCKET));
        }
        sealed(bytes)
    }

    #[test]
    fn stems_behind_a_bucket_that_is_not_full() {
        let whole = write(&[language("en", &[("cat", 1.0)])], &[]);
        let cat = whole[whole.len() - BUCKET..].to_vec();
        assert_eq!(check(&of_buckets(1, slice::from_ref(&cat))), Ok(()));
        let [empty, full] = [0, 0x80].map(|head| vec![head]);
        for buckets in [
            vec![empty.clone(), full.clone(), cat.clone()],
            vec![full, cat.clone()],
        ] {
            assert!(check(&of_buckets(1, &buckets)).is_err(), "{buckets:?}");
        }
        let more = of_buckets(u32::MAX, &[cat]);
        assert_eq!(check(&more), Err("a section out of bounds".into()));
        let none = of_buckets(1, &[]);
        assert_eq!(check(&none), Err("a section out of bounds".into()));
    }

    /// With one home, all stems are looked for in one bucket after the other.
    #[test]
    fn few_full_buckets_follow_each_other() {
        let stem = |number: usize| format!("{number:0>121}");
        let too_many = "en: too many full buckets in a row";
        for (count, expected) in [(MAX_FULL + 1, Ok(())), (MAX_FULL + 2, Err(too_many.into()))] {
            let bucket = |number: usize| {
                let placed = Placed::new(&[(stem(number).into(), 1e-6)]);
                let mut buckets = placed.buckets.into_iter();
                let mut bucket = buckets
                    .find(|bytes| !Bucket::of(bytes).told.is_empty())
                    .unwrap();
                let is_full = if number + 1 < count { 0x80 } else { 0 };
                let head = ((number as u32) << 8) | is_full | 1;
                bucket[..4].copy_from_slice(&head.to_le_bytes());
                bucket.to_vec()
            };
            let buckets: Vec<Vec<u8>> = (0..count).map(bucket).collect();
            assert_eq!(
                check(&of_buckets(count as u32, &buckets)),
                expected,
                "{count}"
            );
        }
    }

    #[test]
    fn more_stems_than_a_cell_can_name() {
        let stems = Stems {
            count: MAX_STEMS + 1,
            homes: 0,
            buckets: &[],
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

    proptest! {
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
