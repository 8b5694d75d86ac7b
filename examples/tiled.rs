//! Whether an aligner is as good on a long text as on a short one.
//!
//! ```text
//! cargo run --release --all-features --example tiled -- [FOLDER…]
//! ```
//!
//! A folder is a gold article, a set of them or a folder of sets, as in the example `long`; without folders
//! the articles are those of `tests/data`. Of each set, English and German paragraphs of articles in their
//! order are put one behind the other until there are 1000, or all. Of these, as many copies are aligned as
//! come to about 1000 paragraphs, and then 100 times as many. Words of five letters and more end in letters that
//! tell their copy, the same in both versions, or no rare word would be left; so they do in a single
//! copy. Sets whose units are sentences are left out.
//!
//! The table is Markdown: paragraphs of the English version, and strict F1 and pair F1 as in
//! [`triglyph::eval`].

use std::path::PathBuf;

use long_text::LongText;
use triglyph::eval::GoldArticle;
use triglyph::{Aligner, Error, Lang, Unit};

#[path = "shared/gold.rs"]
mod gold;
#[path = "shared/long_text.rs"]
mod long_text;
#[path = "shared/markdown.rs"]
mod markdown;

/// Paragraphs of a short text, and how many times as long a long one is.
const ENOUGH: usize = 1000;
const TIMES: usize = 100;

/// Letters of which marks are made, three each for 1728 copies: no stemmer takes these for an ending, or two of them for
/// one letter.
const MARKS: &[u8] = b"bcdfgkmpvwxz";

/// Letters of words that are marked.
const LONG: usize = 5;

fn main() -> Result<(), Error> {
    let sets = gold::sets(std::env::args_os().skip(1).map(PathBuf::from).collect())?;
    let head = ["set", "paragraphs", "strict F1", "pair F1"];
    let mut table = vec![head.map(String::from).to_vec()];
    for set in sets.iter().filter(|set| set.unit == Unit::Paragraph) {
        let articles: Vec<&GoldArticle> = set.articles.values().collect();
        let text = LongText::of(&articles, [Lang::EN, Lang::DE], ENOUGH)?;
        if text.articles == 0 {
            continue;
        }
        let paragraphs = text.lines[0].len().max(1);
        let copies = (ENOUGH + paragraphs / 2) / paragraphs;
        for copies in [1, TIMES].map(|times| times * copies.max(1)) {
            let text = tiled(&text, copies);
            let paragraphs = text.lines[0].len();
            let gold = text.gold()?;
            let counts = gold.compare(&Aligner::new().align(gold.article()));
            table.push(vec![
                set.name.clone(),
                paragraphs.to_string(),
                format!("{:.4}", counts.strict.f1()),
                format!("{:.4}", counts.pair.f1()),
            ]);
        }
    }
    markdown::print(&table);
    Ok(())
}

/// Copies of a text one behind the other, the words of each marked in their own way.
fn tiled(text: &LongText, copies: usize) -> LongText {
    let mut all = LongText {
        langs: text.langs,
        lines: [const { Vec::new() }; 2],
        links: Vec::new(),
        articles: text.articles,
    };
    for copy in 0..copies {
        all.push_links(text.links.clone());
        for (all, lines) in all.lines.iter_mut().zip(&text.lines) {
            all.extend(lines.iter().map(|line| marked(line, copy)));
        }
    }
    all
}

/// A line whose long words tell their copy.
fn marked(line: &str, copy: usize) -> String {
    let letters = [2, 1, 0].map(|place| {
        let letter = copy / MARKS.len().pow(place) % MARKS.len();
        char::from(MARKS[letter])
    });
    let mut marked = String::with_capacity(2 * line.len());
    let mut word = 0;
    for c in line.chars().chain([' ']) {
        if !c.is_alphabetic() {
            if word >= LONG {
                marked.extend(letters);
            }
            word = 0;
        } else {
            word += 1;
        }
        marked.push(c);
    }
    marked.pop();
    marked
}
