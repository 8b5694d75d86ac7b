//! How often the detector names the language of a paragraph, of a version and of a few paragraphs
//! of it, on articles whose languages are known.
//!
//! ```text
//! cargo run --release --example language_accuracy [SET…]
//! ```
//!
//! A set is a folder of articles, `SET/ARTICLE/{en,fr,de}.txt`, one paragraph a line, in the
//! language of the file's name; no version is told its language. Without arguments the set is
//! `tests/data`. Six tables, a row a set, the columns of the first
//! two and the fifth a length in words (tokens with a letter):
//!
//! 1. paragraphs given the language of their file. A paragraph that stands identically in another
//!    version of its article is left out: one of the two is not in the language of its file.
//! 2. those paragraphs: given the same language in both versions, so found to be untranslated
//!    in one of them.
//! 3. versions given the language of their file: whole, and cut into runs of 1, 2, 3 and 5
//!    paragraphs, each of them read as a version of its own.
//! 4. those versions and runs: given a language that is not allowed.
//! 5. paragraphs of table 1, each read as a version of its own: given the language of their file.
//!    The runs of 1 of table 3 hold paragraphs that two versions share, of which one must be wrong.
//! 6. paragraphs of table 5 by the score of the language that they were given: given the language
//!    of their file. What is scored 0.7 to 0.9 should be right so often.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use triglyph::{Detection, Detector, Lang};

const WORDS: [&str; 5] = ["1 word", "2 words", "3-5 words", "6-10 words", "11+ words"];
const PARAGRAPHS: [&str; 5] = ["whole", "runs of 1", "of 2", "of 3", "of 5"];

const SCORES: [&str; 5] = ["below 0.5", "0.5-0.7", "0.7-0.9", "0.9-0.98", "0.98-1"];

/// Right and all, per column.
type Row = [[usize; 2]; 5];

#[derive(Default)]
struct Figures {
    paragraphs: Row,
    untranslated: Row,
    versions: Row,
    refused: Row,
    alone: Row,
    scores: Row,
    read: usize,
    time: Duration,
}

fn main() -> std::io::Result<()> {
    let mut sets: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if sets.is_empty() {
        sets.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data"));
    }
    let mut rows = Vec::new();
    for set in sets {
        if !set.is_dir() {
            println!("no folder {}: skipped", set.display());
            continue;
        }
        let name = set.file_name().unwrap_or(set.as_os_str()).to_string_lossy();
        rows.push((name.into_owned(), measure(&set)?));
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut all = Figures::default();
    for (_, figures) in &rows {
        all.add(figures);
    }
    let (read, time) = (all.read, all.time);
    rows.push(("all".into(), all));
    print("paragraphs", WORDS, &rows, |f| &f.paragraphs);
    print("untranslated", WORDS, &rows, |f| &f.untranslated);
    print("versions", PARAGRAPHS, &rows, |f| &f.versions);
    print("refused", PARAGRAPHS, &rows, |f| &f.refused);
    print("alone", WORDS, &rows, |f| &f.alone);
    print("alone, by score", SCORES, &rows, |f| &f.scores);
    println!("{read} paragraphs in {:.2} s", time.as_secs_f64());
    Ok(())
}

impl Figures {
    fn add(&mut self, other: &Self) {
        for (row, other) in [
            (&mut self.paragraphs, &other.paragraphs),
            (&mut self.untranslated, &other.untranslated),
            (&mut self.versions, &other.versions),
            (&mut self.refused, &other.refused),
            (&mut self.alone, &other.alone),
            (&mut self.scores, &other.scores),
        ] {
            for (sum, cell) in row.iter_mut().zip(other) {
                sum[0] += cell[0];
                sum[1] += cell[1];
            }
        }
        self.read += other.read;
        self.time += other.time;
    }
}

fn measure(set: &Path) -> std::io::Result<Figures> {
    let mut articles = Vec::new();
    for entry in fs::read_dir(set)? {
        articles.push(entry?.path());
    }
    articles.sort();
    let mut figures = Figures::default();
    for article in articles {
        let langs = [Lang::EN, Lang::FR, Lang::DE];
        let texts = langs.map(|lang| {
            let path = article.join(format!("{lang}.txt"));
            fs::read_to_string(path).unwrap_or_default()
        });
        let versions = [0, 1, 2].map(|v| texts[v].lines().collect::<Vec<&str>>());
        let detections = [0, 1, 2].map(|v| {
            let start = Instant::now();
            let detection = Detector::new().detect(versions[v].iter().copied());
            figures.time += start.elapsed();
            figures.read += versions[v].len();
            detection
        });
        let given: Vec<HashSet<(&str, Lang)>> = versions
            .iter()
            .zip(&detections)
            .map(|(lines, found)| {
                let found = found.paragraphs().iter().copied();
                lines.iter().copied().zip(found).collect()
            })
            .collect();
        for v in 0..3 {
            if versions[v].is_empty() {
                continue;
            }
            figures.count_versions(langs[v], &detections[v], &versions[v]);
            for (line, &lang) in versions[v].iter().zip(detections[v].paragraphs()) {
                let Some(column) = column(line) else { continue };
                let others = || (0..3).filter(|&o| o != v);
                let twins = || others().filter(|&o| versions[o].contains(line));
                if twins().next().is_none() {
                    count(&mut figures.paragraphs[column], lang == langs[v]);
                    let alone = Detector::new().detect([*line]);
                    let right = alone.lang() == langs[v];
                    count(&mut figures.alone[column], right);
                    let bounds = [0.5, 0.7, 0.9, 0.98];
                    let reached = bounds.iter().filter(|&&bound| alone.score() >= bound);
                    count(&mut figures.scores[reached.count()], right);
                } else {
                    let agree = twins().all(|o| given[o].contains(&(line, lang)));
                    count(&mut figures.untranslated[column], agree);
                }
            }
        }
    }
    Ok(figures)
}

impl Figures {
    fn count_versions(&mut self, lang: Lang, whole: &Detection, lines: &[&str]) {
        let mut count_one = |column: usize, found: &Detection| {
            if found.lang() != Lang::UND {
                count(&mut self.versions[column], found.lang() == lang);
                count(&mut self.refused[column], !found.allowed());
            }
        };
        count_one(0, whole);
        for (column, paragraphs) in [(1, 1), (2, 2), (3, 3), (4, 5)] {
            for run in lines.chunks(paragraphs) {
                count_one(column, &Detector::new().detect(run.iter().copied()));
            }
        }
    }
}

fn count(cell: &mut [usize; 2], right: bool) {
    cell[0] += usize::from(right);
    cell[1] += 1;
}

fn column(line: &str) -> Option<usize> {
    let words = line.split_whitespace();
    let words = words.filter(|w| w.chars().any(char::is_alphabetic)).count();
    match words {
        0 => None,
        1 => Some(0),
        2 => Some(1),
        3..=5 => Some(2),
        6..=10 => Some(3),
        _ => Some(4),
    }
}

fn print(title: &str, columns: [&str; 5], rows: &[(String, Figures)], row: fn(&Figures) -> &Row) {
    print!("{title:22}");
    for column in columns {
        print!(" {column:>18}");
    }
    println!();
    for (name, figures) in rows {
        print!("{name:22}");
        for &[right, all] in row(figures) {
            let percentage = 100.0 * right as f64 / all.max(1) as f64;
            print!(" {right:5}/{all:5} {percentage:6.2}");
        }
        println!();
    }
    println!();
}
