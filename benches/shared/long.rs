//! Long texts, made of short ones.

use triglyph::{Lang, Unit};

use super::made_up::Made;
use super::texts::Texts;

/// Lines of the text that a long one is made of.
const TILE: usize = 500;

/// So many made-up sentences in English and so many or somewhat fewer in German, each on a line.
pub(crate) fn sentences(count: usize) -> Texts {
    let made = Made {
        langs: &[Lang::EN, Lang::DE],
        seed: 1,
        ..Made::default()
    };
    tiled(&made.texts(Unit::Sentence, count.min(TILE)), count)
}

/// Repeats the lines of a text until its first version has so many. Words of five letters and more
/// end in letters that tell their copy, the same in all versions, so that a word that is rare stays
/// rare and no copy is mistaken for another.
pub(crate) fn tiled(texts: &Texts, lines: usize) -> Texts {
    let own = texts.versions[0].1.lines().count();
    let copies = lines.div_ceil(own.max(1));
    let tile = |text: &String| {
        (0..copies)
            .map(|copy| marked(text, &letters(copy)))
            .collect()
    };
    Texts {
        versions: (texts.versions.iter())
            .map(|(lang, text)| (*lang, tile(text)))
            .collect(),
        unit: Unit::Sentence,
    }
}

/// None for the first copy, then a to z, aa, ab and so on.
fn letters(mut copy: usize) -> String {
    let mut letters = String::new();
    while copy > 0 {
        letters.insert(0, char::from(b'a' + ((copy - 1) % 26) as u8));
        copy = (copy - 1) / 26;
    }
    letters
}

fn marked(text: &str, mark: &str) -> String {
    let mut marked = String::with_capacity(text.len() * 5 / 4);
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        marked += word;
        if word.chars().nth(4).is_some() {
            marked += mark;
        }
        marked += &piece[word.len()..];
    }
    marked
}
