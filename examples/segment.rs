//! Cuts a text into paragraphs and sentences, and says what was found in it.
//!
//! ```text
//! cargo run --example segment [FILE]
//! ```
//!
//! Without arguments the text is `tests/data/news/en.txt`: lines broken at a fixed width in some
//! paragraphs, not in others, and the page around the article.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::{Segmenter, Source, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/news/en.txt"),
        PathBuf::from,
    );
    let name = file.file_name().unwrap_or_default().display().to_string();
    let version = Segmenter::new().version(Source::from_bytes(name, fs::read(&file)?)?)?;

    let (name, lang, layout) = (version.name(), version.lang(), version.layout());
    println!("{name}: {}, layout {layout:?}", lang.name());
    let sentences = version.segments(Unit::Sentence);
    for (index, paragraph) in version.segments(Unit::Paragraph).iter().enumerate() {
        let (range, kind) = (paragraph.range(), paragraph.kind());
        print!("\n{index:3}  bytes {range:?}, {kind:?}");
        if let Some(reason) = paragraph.boilerplate() {
            print!(", boilerplate: {reason:?}");
        }
        if let Some(own) = paragraph.lang() {
            print!(", in {}", own.name());
        }
        println!();
        for sentence in &sentences[version.sentences_of(index)] {
            // Ranges point into the text as it is, line breaks and all.
            let words: Vec<&str> = version.text_of(sentence).split_whitespace().collect();
            println!("     {}", words.join(" "));
        }
    }
    Ok(())
}
