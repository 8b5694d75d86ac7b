//! What stands in `data`: the core vocabulary, and the lexicon that is made of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::lexicon::{Lines, Trainer};
use triglyph::{Lang, Lexicon};
use unicode_normalization::UnicodeNormalization;

const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// Letters that a column may have besides those of ASCII.
const LETTERS: [&str; 3] = ["àçèé", "ÂÉàâçèéêëîïôùûœ", "ÄÖÜßàäéêöûü"];

/// CRC-32 of the small lexicon.
const SMALL: u32 = 0xd2af_7c02;

/// Lines of a bitext around words of the two vocabularies.
const BITEXT: &str = "\
the X-ray was taken yesterday\tla radiographie a été faite hier\tdas Röntgenbild wurde gestern gemacht
a yacht lay in the yard\tun yacht se trouvait dans la cour\teine Jacht lag im Hof
the yoghurt is yellow\tle yaourt est jaune\tder Joghurt ist gelb
he yawned all year\til a bâillé toute l’année\ter gähnte das ganze Jahr
yes, the yacht was sold yesterday\toui, le yacht a été vendu hier\tja, die Jacht wurde gestern verkauft
the yard is yellow\tla cour est jaune\tder Hof ist gelb
";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// The files of the core vocabulary by name, each with its text.
fn core() -> BTreeMap<String, String> {
    let files = fs::read_dir(data().join("core")).expect("the folder can be read");
    let files = files.map(|entry| {
        let path = entry.expect("the folder can be read").path();
        let text = fs::read_to_string(&path).expect("a file in UTF-8");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (name.into_owned(), text)
    });
    files.collect()
}

/// The words of a cell, those behind commas and behind slashes one by one.
fn words(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(", ").flat_map(|synonym| synonym.split('/'))
}

/// The first letter of a word, without case and accent.
fn initial(word: &str) -> Option<char> {
    word.nfd().next().map(|letter| letter.to_ascii_lowercase())
}

#[test]
fn core_in_order() {
    let mut heads: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in core() {
        assert!(text.ends_with('\n'), "{name}: no end of the last line");
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{name}: not in byte order: {pair:?}");
        }
        for line in lines {
            let head = line.split('\t').next().unwrap_or_default();
            let letter = initial(head);
            let file = letter.map(|letter| format!("{letter}.tsv"));
            assert_eq!(file.as_ref(), Some(&name), "{line}");
            // A headword is the first form of its cell.
            let word = words(head).next().unwrap_or_default();
            if let Some(other) = heads.insert(word.into(), line.into()) {
                panic!("the headword {word:?} stands twice:\n{other}\n{line}");
            }
        }
    }
    assert!(heads.len() > 20_000, "{} headwords", heads.len());
}

#[test]
fn core_of_three_cells() {
    for (name, text) in core() {
        for line in text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), LANGS.len(), "{name}: {line}");
            for (cell, letters) in cells.into_iter().zip(LETTERS) {
                let foreign = cell.chars().find(|&c| {
                    !c.is_ascii_alphabetic() && !" ',-./".contains(c) && !letters.contains(c)
                });
                assert_eq!(foreign, None, "{name}: {cell:?} of {line}");
                for word in words(cell) {
                    let plain = !word.is_empty() && word == word.trim() && !word.contains(',');
                    assert!(plain, "{name}: the word {word:?} of {line}");
                }
            }
        }
    }
}

/// A lexicon of two files of the vocabulary and of [`BITEXT`].
fn small() -> Lexicon {
    let mut trainer = Trainer::new();
    let bitext = Lines::new("bitext", BITEXT.as_bytes());
    let read = trainer.read_tsv(bitext, &LANGS, |_, _| true);
    read.expect("bitext");
    let core = core();
    for name in ["x.tsv", "y.tsv"] {
        let lines = Lines::new(name, core[name].as_bytes());
        let read = trainer.read_vocabulary(lines, &LANGS, |_, _| true);
        read.expect("vocabulary");
    }
    trainer.train(|_| {})
}

#[test]
fn small_lexicon_is_always_the_same() {
    let [first, second] = [small(), small()];
    assert_eq!(first.as_bytes(), second.as_bytes());
    for (word, from, to, expected) in [
        ("yawned", Lang::EN, Lang::FR, "baill"),
        ("yellow", Lang::EN, Lang::DE, "gelb"),
        ("jaunes", Lang::FR, Lang::EN, "yellow"),
        ("radiographies", Lang::FR, Lang::DE, "rontgenbild"),
        ("Jachten", Lang::DE, Lang::EN, "yacht"),
        ("gestern", Lang::DE, Lang::FR, "hi"),
    ] {
        let found = first.translations(word, from, to);
        let best = found.first().map(|translation| &*translation.stem);
        assert_eq!(best, Some(expected), "{word}: {found:?}");
    }
    let crc = crc32fast::hash(first.as_bytes());
    assert_eq!(
        crc, SMALL,
        "x.tsv, y.tsv or the trainer changed: train data/en-fr-de.lexicon anew as data/README.md \
         says, then put the new sum {crc:#010x} here"
    );
}

#[cfg(feature = "lexicon")]
mod embedded {
    use super::*;

    #[test]
    fn is_whole() {
        let embedded = Lexicon::embedded();
        let file = fs::read(data().join("en-fr-de.lexicon")).expect("the file can be read");
        assert!(embedded.as_bytes() == file, "the file changed since");
        let read = Lexicon::from_bytes(file).expect("a whole lexicon");
        assert_eq!(read.langs(), [Lang::DE, Lang::EN, Lang::FR]);
        assert_eq!(read.pairs().len(), 6);
    }

    /// Contracted forms and parts of words: texts are parted otherwise before words are looked up,
    /// `au` as `à` and `le`.
    const PARTED: [&str; 12] = [
        "am", "au", "auquel", "aujourd", "aux", "duquel", "hui", "im", "ins", "wouldn", "zum",
        "zur",
    ];

    /// One look-up of so many may find nothing: of a word that has very many translations, each
    /// may be too improbable to be kept (`baisser` in German).
    const ONE_OF: usize = 2000;

    /// The words of the first form of a cell.
    fn first_words(cell: &str) -> impl Iterator<Item = &str> {
        let form = words(cell).next().unwrap_or_default();
        let parts = form.split([' ', '-', '.', '\'']);
        parts.filter(|part| part.len() > 1 && !PARTED.contains(part))
    }

    #[test]
    fn knows_the_core() {
        let lexicon = Lexicon::embedded();
        let mut unknown = Vec::new();
        let mut count = 0;
        for text in core().values() {
            for line in text.lines() {
                for (cell, from) in line.split('\t').zip(LANGS) {
                    for word in first_words(cell) {
                        for to in LANGS.into_iter().filter(|&to| to != from) {
                            count += 1;
                            if lexicon.translations(word, from, to).is_empty() {
                                unknown.push(format!("{from}-{to} {word}: {line}"));
                            }
                        }
                    }
                }
            }
        }
        assert!(count > 100_000, "{count} look-ups");
        let unknown_count = unknown.len();
        assert!(
            unknown_count * ONE_OF <= count,
            "{unknown_count} of {count} look-ups found nothing:\n{}",
            unknown.join("\n")
        );
    }
}
