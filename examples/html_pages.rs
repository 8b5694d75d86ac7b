//! Measures what is made of pages in HTML: whether their paragraphs are whole, what is marked, and
//! whether they align.
//!
//! ```text
//! cargo run --release --features html,json --example html_pages [FOLDER…]
//! ```
//!
//! A folder is a gold article, `gold.json`, `noise.json` and a page `<lang>.html` a version, or holds such
//! articles. Without arguments it is the one in `tests/pages`; `tests/pages/make.py` makes others from
//! real pages. The columns:
//!
//! * strict F1 of the pages aligned as they come;
//! * kept: paragraphs of the article that are whole, alike with the main content alone;
//! * placed: those of them that know where in the page they stand;
//! * false marks: paragraphs of the article that are taken for boilerplate;
//! * noise: blocks put into the page that are so, and those that are left in the main content.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use triglyph::eval::{Counts, GoldArticle, GoldSet};
use triglyph::{Aligner, Segmenter, Source, Unit, Version};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().any(|argument| argument == "--list");
    let mut folders: Vec<PathBuf> = (arguments.iter())
        .filter(|argument| *argument != "--list")
        .map(PathBuf::from)
        .collect();
    if folders.is_empty() {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages"));
    }
    println!(
        "| pages | articles | strict F1 | kept | main content | placed | false marks | noise marked | left |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut total = Row::default();
    for folder in &folders {
        for set in GoldSet::find(folder)? {
            let mut row = Row::default();
            for article in &set.articles {
                row.add(article, verbose)?;
            }
            let name = folder.file_name().unwrap_or_default();
            row.print(&name.to_string_lossy());
            total.join(row);
        }
    }
    total.print("all");
    Ok(())
}

/// What was counted of some articles.
#[derive(Default)]
struct Row {
    articles: usize,
    aligned: Counts,
    /// Paragraphs of the articles, and those of them that are whole, are so in the main content, know
    /// their place, are marked.
    paragraphs: [usize; 5],
    /// Blocks that are noise, those of them that are marked, are left in the main content.
    noise: [usize; 3],
}

impl Row {
    fn add(&mut self, folder: &Path, verbose: bool) -> Result<(), Box<dyn std::error::Error>> {
        self.articles += 1;
        let gold = GoldArticle::read(folder, Unit::Paragraph)?;
        let counts = gold.compare(&Aligner::new().align(gold.article()));
        if verbose {
            let name = folder.display();
            println!("{name}: strict F1 {:.3}", counts.strict.f1());
        }
        self.aligned += counts;
        let file: Value = json(&folder.join("gold.json"))?;
        let noise: BTreeMap<String, BTreeMap<usize, String>> =
            serde_json::from_slice(&fs::read(folder.join("noise.json"))?)?;
        for version in gold.article().versions() {
            let lang = version.lang();
            let page = fs::read_to_string(folder.join(format!("{lang}.html")))?;
            let main = Source::new(&page).html().main_content(true).lang(lang);
            let main = Segmenter::new().version(main)?;
            let units = file["versions"][lang.code()].as_array();
            let units: Vec<String> = (units.into_iter().flatten())
                .map(|unit| fold(unit.as_str().unwrap_or_default()))
                .collect();
            let empty = BTreeMap::new();
            let noise = noise.get(lang.code()).unwrap_or(&empty);
            self.count(version, &main, &page, &units, noise, verbose);
        }
        Ok(())
    }

    /// Counts the paragraphs of a version.
    fn count(
        &mut self,
        version: &Version,
        main: &Version,
        page: &str,
        units: &[String],
        noise: &BTreeMap<usize, String>,
        verbose: bool,
    ) {
        let found = texts(version);
        let left: BTreeSet<String> = texts(main).into_iter().collect();
        let numbers: BTreeMap<&str, usize> = (found.iter().enumerate())
            .map(|(number, text)| (text.as_str(), number))
            .collect();
        for (unit, text) in units.iter().enumerate() {
            let number = numbers.get(text.as_str()).copied();
            let segment = number.map(|number| &version.segments(Unit::Paragraph)[number]);
            let marked = segment.and_then(|segment| segment.boilerplate());
            let in_main = usize::from(left.contains(text));
            if let Some(kind) = noise.get(&unit) {
                // What a real page had itself may be part of the text, as a table of contents.
                if kind == "page" {
                    continue;
                }
                let marked = usize::from(marked.is_some());
                add(&mut self.noise, [1, marked, in_main]);
                if verbose && marked == 0 {
                    println!("  not marked: {text}");
                }
                continue;
            }
            let place = number.and_then(|number| version.place(Unit::Paragraph, number));
            let placed = place.is_some_and(|place| page.get(place).is_some());
            let flags = [number.is_some(), in_main > 0, placed, marked.is_some()].map(usize::from);
            add(
                &mut self.paragraphs,
                [1, flags[0], flags[1], flags[2], flags[3]],
            );
            if verbose {
                match (number, marked) {
                    (None, _) => println!("  lost: {text}"),
                    (_, Some(reason)) => println!("  falsely {reason:?}: {text}"),
                    _ if in_main == 0 => println!("  not in the main content: {text}"),
                    _ => {}
                }
            }
        }
    }

    fn join(&mut self, other: Self) {
        self.articles += other.articles;
        self.aligned += other.aligned;
        add(&mut self.paragraphs, other.paragraphs);
        add(&mut self.noise, other.noise);
    }

    fn print(&self, name: &str) {
        let [all, kept, main, placed, falsely] = self.paragraphs;
        let [noise, marked, left] = self.noise;
        let percent = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        println!(
            "| {name} | {} | {:.3} | {:.1} % | {:.1} % | {:.1} % | {:.2} % | {:.1} % | {:.1} % |",
            self.articles,
            self.aligned.strict.f1(),
            percent(kept, all),
            percent(main, all),
            percent(placed, kept),
            percent(falsely, all),
            percent(marked, noise),
            percent(left, noise),
        );
    }
}

fn add<const N: usize>(counts: &mut [usize; N], more: [usize; N]) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += more;
    }
}

/// The paragraphs of a version, white space folded.
fn texts(version: &Version) -> Vec<String> {
    let segments = version.segments(Unit::Paragraph).iter();
    segments
        .map(|segment| fold(version.text_of(segment)))
        .collect()
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(path: &Path) -> io::Result<Value> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}
