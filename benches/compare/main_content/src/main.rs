//! Compares the main content that triglyph finds in pages with that of dom_smoothie, which ports
//! Readability, the reader view of Firefox.
//!
//! ```text
//! cargo run --release --manifest-path benches/compare/main_content/Cargo.toml -- FOLDER…
//! ```
//!
//! A folder holds gold articles of pages, as `tests/pages/make.py` makes them. A paragraph of the article
//! is kept where its text stands in the text that is found as a whole, and so is a block of the page
//! that was put in.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use triglyph::eval::GoldSet;
use triglyph::{Lang, Segmenter, Source};

/// What finds the main content, and what was counted of it.
struct Finder {
    name: &'static str,
    find: fn(&str, Lang) -> Result<String, Box<dyn Error>>,
    /// Paragraphs of articles that were kept, and blocks that were put in.
    kept: usize,
    left: usize,
    /// Pages of which less than nine in ten paragraphs were kept.
    poor: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut finders = [
        ("triglyph", triglyph as fn(&str, Lang) -> _),
        ("dom_smoothie", smoothie),
    ]
    .map(|(name, find)| Finder {
        name,
        find,
        kept: 0,
        left: 0,
        poor: 0,
    });
    let [mut pages, mut paragraphs, mut noise] = [0; 3];
    for folder in std::env::args_os().skip(1).map(PathBuf::from) {
        for article in GoldSet::find(&folder)?
            .into_iter()
            .flat_map(|set| set.articles)
        {
            let [gold, kinds] = ["gold.json", "noise.json"].map(|file| json(&article.join(file)));
            let (gold, kinds) = (gold?, kinds?);
            for lang in [Lang::EN, Lang::FR, Lang::DE] {
                let page = fs::read_to_string(article.join(format!("{lang}.html")))?;
                let units = gold["versions"][lang.code()]
                    .as_array()
                    .into_iter()
                    .flatten();
                let units = units.enumerate().filter_map(|(number, unit)| {
                    let kind = kinds[lang.code()][number.to_string()].as_str();
                    // What the pages had themselves is neither.
                    (kind != Some("page")).then(|| (fold(unit.as_str().unwrap_or_default()), kind))
                });
                let (own, put_in): (Vec<_>, Vec<_>) = units.partition(|(_, kind)| kind.is_none());
                pages += 1;
                paragraphs += own.len();
                noise += put_in.len();
                for finder in &mut finders {
                    let found = fold(&(finder.find)(&page, lang).unwrap_or_default());
                    let holds = |(text, _): &&(String, _)| found.contains(text.as_str());
                    let kept = own.iter().filter(holds).count();
                    finder.kept += kept;
                    finder.left += put_in.iter().filter(holds).count();
                    finder.poor += usize::from(10 * kept < 9 * own.len());
                }
            }
        }
    }
    println!("{pages} pages, {paragraphs} paragraphs, {noise} blocks put in\n");
    println!(
        "| main content by | paragraphs kept | blocks left | pages with less than 90 % kept |"
    );
    println!("|---|---|---|---|");
    for Finder {
        name,
        kept,
        left,
        poor,
        ..
    } in &finders
    {
        let percent = |part: &usize, all: usize| 100.0 * *part as f64 / all.max(1) as f64;
        let [kept, left] = [percent(kept, paragraphs), percent(left, noise)];
        println!("| {name} | {kept:.1} % | {left:.1} % | {poor} |");
    }
    Ok(())
}

fn triglyph(page: &str, lang: Lang) -> Result<String, Box<dyn Error>> {
    let source = Source::new(page).html().main_content(true).lang(lang);
    Ok(Segmenter::new().version(source)?.text().to_owned())
}

fn smoothie(page: &str, _: Lang) -> Result<String, Box<dyn Error>> {
    let mut readability = dom_smoothie::Readability::new(page, None, None)?;
    let article = readability.parse()?;
    // Its own text joins what stands in two blocks: blocks are told apart by ours.
    let content = Source::new(article.content.to_string()).html();
    let version = Segmenter::new().version(content.lang(Lang::EN))?;
    Ok(format!("{}\n{}", article.title, version.text()))
}

fn json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
