//! What vectors of sentences add: accuracy on gold without them, with nothing else, and with both.
//!
//! ```text
//! cargo run --release --features json --example vectors -- --sentences GOLD VECTORS
//! find VECTORS -name '*.txt' -print0 | xargs -0 examples/vectors.py --lines
//! cargo run --release --features json --example vectors -- GOLD VECTORS
//! ```
//!
//! `GOLD` is a set of gold articles or holds several. The first call writes their sentences, one a
//! line, to `VECTORS/<set>/<article>/<lang>.txt`; the second puts a file of vectors beside each,
//! `<lang>.npy`; the third prints the table. It is Markdown, a row a set, in each cell strict F1 and
//! pair F1 as in [`triglyph::eval`]. Lengths and layout count in each column.
//!
//! Without arguments the articles are those of `tests/data`, and their vectors are made here: the
//! trigrams of a sentence, hashed. They know no meaning, only what is spelt alike.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::eval::{Counts, GoldArticle};
use triglyph::{Aligner, Article, Unit, Vectors, Version, Words};

/// Folders of gold whose units are sentences.
const OF_SENTENCES: [&str; 1] = ["textberg"];

const COLUMNS: [&str; 4] = ["length only", "vectors", "lexicon", "lexicon and vectors"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match &arguments[..] {
        [] => {
            let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
            table(&data, |_, version| Ok(hashed(version)))
        }
        [option, gold, folder] if option == Path::new("--sentences") => write(gold, folder),
        [gold, folder] => table(gold, |place, version| {
            let file = file(folder, place, version, "npy");
            let named = |error: &dyn Error| format!("{}: {error}", file.display());
            let bytes = fs::read(&file).map_err(|error| named(&error))?;
            Ok(Vectors::from_npy(&bytes).map_err(|error| named(&error))?)
        }),
        _ => Err("expected [--sentences] GOLD VECTORS, or nothing".into()),
    }
}

/// Prints the table for the gold in a folder; `vectors` gives those of a version, by the place of
/// its article.
fn table(
    gold: &Path,
    vectors: impl Fn(&Path, &Version) -> Result<Vectors, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    println!("| strict / pair F1 | {} |", COLUMNS.join(" | "));
    println!("|{}", " --- |".repeat(1 + COLUMNS.len()));
    for set in sets_in(gold)? {
        let words = Aligner::new().unit(set.unit);
        let none = words.clone().words(Words::Ignored);
        let mut counts = [Counts::default(); COLUMNS.len()];
        for article in &set.articles {
            let gold = GoldArticle::read(article, set.unit)?;
            let place = set.place(article);
            let versions = gold.article().versions().iter();
            let versions = versions.map(|version| {
                let vectors = vectors(&place, version)?;
                Ok(version.clone().with_vectors(vectors)?)
            });
            let with = Article::new(versions.collect::<Result<_, Box<dyn Error>>>()?)?;
            let without = gold.article();
            // In the order of the columns.
            let ways = [
                (&none, without),
                (&none, &with),
                (&words, without),
                (&words, &with),
            ];
            for (counts, (aligner, article)) in counts.iter_mut().zip(ways) {
                *counts += gold.compare(&aligner.align(article));
            }
        }
        let cells = counts.map(|c| format!("{:.3} / {:.3}", c.strict.f1(), c.pair.f1()));
        println!("| {} | {} |", set.name, cells.join(" | "));
    }
    Ok(())
}

/// Writes the sentences of the gold, one a line.
fn write(gold: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    for set in sets_in(gold)? {
        for article in &set.articles {
            let gold = GoldArticle::read(article, set.unit)?;
            let place = set.place(article);
            fs::create_dir_all(folder.join(&place))?;
            for version in gold.article().versions() {
                let lines = version.segments(Unit::Sentence).iter().map(|sentence| {
                    let words: Vec<&str> = version.text_of(sentence).split_whitespace().collect();
                    words.join(" ") + "\n"
                });
                let file = file(folder, &place, version, "txt");
                fs::write(file, lines.collect::<String>())?;
            }
        }
    }
    Ok(())
}

/// The file of a version of the article at this place.
fn file(folder: &Path, place: &Path, version: &Version, extension: &str) -> PathBuf {
    let lang = Path::new(version.name()).with_extension(extension);
    folder
        .join(place)
        .join(lang.file_name().unwrap_or_default())
}

/// Vectors by spelling alone: each trigram of a sentence counts for or against one of 512 numbers.
fn hashed(version: &Version) -> Vectors {
    const DIMENSION: usize = 512;
    let vector = |text: &str| {
        let text = format!(" {} ", text.to_lowercase());
        let chars: Vec<char> = text.chars().collect();
        let mut vector = [0.0; DIMENSION];
        for trigram in chars.windows(3) {
            // FNV-1a.
            let hash = trigram.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &c| {
                (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
            });
            // In its upper half there is little of the last character.
            let hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
            vector[(hash >> 32) as usize % DIMENSION] += sign;
        }
        vector
    };
    let sentences = version.segments(Unit::Sentence).iter();
    let numbers = sentences.flat_map(|sentence| vector(version.text_of(sentence)));
    Vectors::new(numbers.collect(), DIMENSION).expect("the numbers are finite and in full vectors")
}

/// Articles that are counted together.
struct Set {
    name: String,
    unit: Unit,
    articles: Vec<PathBuf>,
}

impl Set {
    /// The set that a folder is, if it is one.
    fn new(folder: &Path) -> Result<Option<Self>, Box<dyn Error>> {
        let mut articles = folders_in(folder)?;
        articles.retain(|path| GoldArticle::is_in(path));
        let name = folder.file_name().unwrap_or_default().display().to_string();
        let unit = match OF_SENTENCES.contains(&name.as_str()) {
            true => Unit::Sentence,
            false => Unit::Paragraph,
        };
        let set = Self {
            name,
            unit,
            articles,
        };
        Ok((!set.articles.is_empty()).then_some(set))
    }

    /// Where an article stands among those of all sets.
    fn place(&self, article: &Path) -> PathBuf {
        Path::new(&self.name).join(article.file_name().unwrap_or_default())
    }
}

/// The sets that a folder is or holds.
fn sets_in(folder: &Path) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut sets = Vec::from_iter(Set::new(folder)?);
    for folder in folders_in(folder)? {
        sets.extend(Set::new(&folder)?);
    }
    match sets.is_empty() {
        true => Err(format!("{}: no gold found", folder.display()).into()),
        false => Ok(sets),
    }
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let named = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(named)? {
        paths.push(entry.map_err(named)?.path());
    }
    paths.retain(|path| path.is_dir());
    paths.sort();
    Ok(paths)
}
