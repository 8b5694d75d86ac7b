//! Which share of the running words of articles has a translation in the embedded lexicon.
//!
//! ```text
//! cargo run --release --example coverage -- [--bitext DIR] [--show N] [FOLDER…]
//! ```
//!
//! A folder is a gold set or one of its articles, `en.txt`, `fr.txt` and `de.txt`, a unit a line;
//! without folders the articles are those of `tests/data`. A table a language, a row a folder:
//!
//! * `words`: the running words, cut at hyphens and apostrophes. A clipped or contracted form is
//!   one word and is looked up in full (`l’`: `le`, `zum`: `zu`).
//! * `number`: words with a digit.
//! * `name`: words with a capital inside a sentence that are met in lower case neither in the
//!   core vocabulary (`data/core`) nor in the bitext; in German, that are met in neither in any
//!   case. Letter by letter: a form of a word is not the word. The bitext is the files
//!   `x.en-fr-de.tsv` in the folder `DIR`, a column a language of the name; without it more words
//!   pass for names.
//! * `known`: words that have a translation into one of the other languages at least, among those
//!   that are neither numbers nor names. Then into each of them, and by the parts of a compound
//!   only: all parts are known then, the first has the translation.
//! * `+ names`: `known` if names count as words like any other.
//! * `core`, with a bitext: words that the core vocabulary holds and the bitext does not, in any
//!   form or in parts. A source holds a stem if any of its words has it, be it once; for this its
//!   words, one by one, are made a lexicon of their own.
//!
//! `number`, `name` and `core` are shares of `words`. Text that was left untranslated counts
//! as the language of its file. `--show` lists the words that are most often not known.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use triglyph::lexicon::Trainer;
use triglyph::{Lang, Lexicon, Segmenter, Source, Unit};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

#[derive(Default)]
struct Options {
    bitext: Option<PathBuf>,
    show: usize,
    folders: Vec<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let data = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut core = Vocabulary::default();
    for file in files(&data.join("data/core"))? {
        core.read(&file, &LANGS)?;
    }
    let bitext = options.bitext.as_deref().map(read_bitext).transpose()?;
    let mut dictionary = Dictionary::new(core, bitext);

    let mut rows = Vec::new();
    for folder in &options.folders {
        let counts = count_folder(folder, true, &mut dictionary)?;
        rows.push((name(folder), counts));
    }
    if options.folders.is_empty() {
        // Pages as they come: not a unit a line.
        let folder = data.join("tests/data");
        let counts = count_folder(&folder, false, &mut dictionary)?;
        rows.push((name(&folder), counts));
    }
    let mut all = <[Counts; 3]>::default();
    for (_, counts) in &rows {
        all.iter_mut().zip(counts).for_each(|(sum, c)| sum.add(c));
    }
    rows.push(("all".into(), all.clone()));
    let with_bitext = options.bitext.is_some();
    for (index, lang) in LANGS.into_iter().enumerate() {
        print(lang, index, &rows, with_bitext);
    }
    if !with_bitext {
        println!("no bitext: names are told from words by the core vocabulary alone");
    }
    if options.show == 0 {
        return Ok(());
    }
    for (lang, counts) in LANGS.iter().zip(&all) {
        println!("\nnot known in {}:", lang.name());
        let mut unknown: Vec<(&String, &usize)> = counts.unknown.iter().collect();
        unknown.sort_by_key(|&(_, &times)| std::cmp::Reverse(times));
        for (word, times) in unknown.into_iter().take(options.show) {
            println!("{times:6} {word}");
        }
    }
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options::default();
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--bitext") => {
                let folder = arguments.next().ok_or("--bitext: no folder behind it")?;
                options.bitext = Some(folder.into());
            }
            Some("--show") => {
                let number = arguments.next().unwrap_or_default();
                let number = number.to_str().and_then(|n| n.parse().ok());
                options.show = number.ok_or("--show: no number behind it")?;
            }
            _ => options.folders.push(argument.into()),
        }
    }
    Ok(options)
}

/// The words of a source as they are written, a set a language.
#[derive(Default)]
struct Vocabulary {
    words: [HashSet<String>; 3],
}

impl Vocabulary {
    /// Adds the words of a tab-separated file.
    fn read(&mut self, file: &Path, columns: &[Lang]) -> std::io::Result<()> {
        let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
        for line in text.lines() {
            for (&lang, cell) in columns.iter().zip(line.split('\t')) {
                let Some(index) = LANGS.iter().position(|&l| l == lang) else {
                    continue;
                };
                words(cell, lang, |word| {
                    if !self.words[index].contains(word) {
                        self.words[index].insert(word.into());
                    }
                });
            }
        }
        Ok(())
    }

    /// Knows the stems of all words, and nothing of their translations.
    fn stems(&self) -> Lexicon {
        let mut trainer = Trainer::new();
        for (lang, words) in LANGS.into_iter().zip(&self.words) {
            for word in words {
                trainer.entry([(lang, word), (Lang::UND, "x")], 1);
            }
        }
        trainer.train(|_| {})
    }
}

fn read_bitext(folder: &Path) -> Result<Vocabulary, Box<dyn Error>> {
    let mut bitext = Vocabulary::default();
    for file in files(folder)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if let Some((_, langs)) = stem.rsplit_once('.') {
            let columns: Result<Vec<Lang>, _> = langs.split('-').map(str::parse).collect();
            bitext.read(&file, &columns?)?;
        }
    }
    Ok(bitext)
}

/// The tab-separated files of a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = entries(folder)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    match paths.is_empty() {
        true => Err(format!("{}: no file .tsv", folder.display()).into()),
        false => Ok(paths),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let named = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(named)? {
        paths.push(entry.map_err(named)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// What is to be known of a word wherever it stands.
#[derive(Clone, Copy)]
struct Known {
    /// Whether it is a name where it has a capital inside a sentence.
    unmet: bool,
    /// Whether it has a translation into each of the languages.
    translated: [bool; 3],
    /// Whether only the parts of it are known.
    in_parts: bool,
    core_alone: bool,
}

/// Everything that words are looked up in.
struct Dictionary {
    lexicon: Lexicon,
    /// The words that are met in lower case; in German in any case, here in lower case.
    met: [HashSet<String>; 3],
    /// The stems of the core vocabulary and of the bitext.
    stems: Option<[Lexicon; 2]>,
    cache: [HashMap<String, Known>; 3],
}

impl Dictionary {
    fn new(core: Vocabulary, bitext: Option<Vocabulary>) -> Self {
        let stems = bitext.as_ref().map(|bitext| [core.stems(), bitext.stems()]);
        let mut met = <[HashSet<String>; 3]>::default();
        for vocabulary in [Some(core), bitext].into_iter().flatten() {
            for ((met, lang), words) in met.iter_mut().zip(LANGS).zip(vocabulary.words) {
                let lower = |word: &String| !word.contains(char::is_uppercase);
                let kept = (words.into_iter()).filter(|word| lang == Lang::DE || lower(word));
                met.extend(kept.map(|word| word.to_lowercase()));
            }
        }
        Self {
            lexicon: Lexicon::embedded(),
            met,
            stems,
            cache: Default::default(),
        }
    }

    fn known(&mut self, word: &str, index: usize) -> Known {
        if let Some(&known) = self.cache[index].get(word) {
            return known;
        }
        let lang = LANGS[index];
        let translated = LANGS.map(|to| !self.lexicon.translations(word, lang, to).is_empty());
        let holds = |source: &Lexicon| !source.stems_of(word, lang).is_empty();
        let core_alone =
            (self.stems.as_ref()).is_some_and(|[core, bitext]| holds(core) && !holds(bitext));
        let known = Known {
            unmet: !self.met[index].contains(&word.to_lowercase()),
            translated,
            in_parts: self.lexicon.stems_of(word, lang).len() > 1,
            core_alone,
        };
        self.cache[index].insert(word.into(), known);
        known
    }
}

#[derive(Clone, Default)]
struct Counts {
    words: usize,
    numbers: usize,
    names: usize,
    names_known: usize,
    known: usize,
    translated: [usize; 3],
    in_parts: usize,
    core_alone: usize,
    /// How often each word that is not known occurs.
    unknown: BTreeMap<String, usize>,
}

impl Counts {
    fn count(&mut self, word: &str, known: Known, inside: bool) {
        self.words += 1;
        if word.contains(char::is_numeric) {
            self.numbers += 1;
            return;
        }
        self.core_alone += usize::from(known.core_alone);
        let translated = known.translated.contains(&true);
        if inside && known.unmet && word.starts_with(char::is_uppercase) {
            self.names += 1;
            self.names_known += usize::from(translated);
            return;
        }
        if !translated {
            *self.unknown.entry(word.into()).or_default() += 1;
            return;
        }
        self.known += 1;
        self.in_parts += usize::from(known.in_parts);
        for (count, translated) in self.translated.iter_mut().zip(known.translated) {
            *count += usize::from(translated);
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, count) in [
            (&mut self.words, other.words),
            (&mut self.numbers, other.numbers),
            (&mut self.names, other.names),
            (&mut self.names_known, other.names_known),
            (&mut self.known, other.known),
            (&mut self.in_parts, other.in_parts),
            (&mut self.core_alone, other.core_alone),
        ] {
            *sum += count;
        }
        for (sum, count) in self.translated.iter_mut().zip(other.translated) {
            *sum += count;
        }
        for (word, count) in &other.unknown {
            *self.unknown.entry(word.clone()).or_default() += count;
        }
    }
}

/// Counts the words of an article or of all articles of a set.
fn count_folder(
    folder: &Path,
    unit_a_line: bool,
    dictionary: &mut Dictionary,
) -> Result<[Counts; 3], Box<dyn Error>> {
    let mut counts = <[Counts; 3]>::default();
    let is_article = |folder: &Path| {
        LANGS
            .iter()
            .all(|l| folder.join(format!("{l}.txt")).exists())
    };
    let articles = match is_article(folder) {
        true => vec![folder.to_path_buf()],
        false => entries(folder)?
            .into_iter()
            .filter(|path| is_article(path))
            .collect(),
    };
    if articles.is_empty() {
        return Err(format!("{}: no article in three versions", folder.display()).into());
    }
    for article in articles {
        for (index, lang) in LANGS.into_iter().enumerate() {
            let path = article.join(format!("{lang}.txt"));
            let text = fs::read_to_string(path)?;
            let text: String = text.nfc().filter(|&c| c != '\u{ad}').collect();
            let mut source = Source::new(text).lang(lang);
            if unit_a_line {
                source = source.lines(Unit::Paragraph);
            }
            let version = Segmenter::new().version(source)?;
            for sentence in version.segments(Unit::Sentence) {
                let mut inside = false;
                words(version.text_of(sentence), lang, |word| {
                    let known = dictionary.known(word, index);
                    counts[index].count(word, known, inside);
                    inside = true;
                });
            }
        }
    }
    Ok(counts)
}

/// Calls `found` with each word of a text, in full.
fn words(text: &str, lang: Lang, mut found: impl FnMut(&str)) {
    for word in text.unicode_words() {
        if lang == Lang::FR && word.to_lowercase().starts_with("aujourd") {
            found(word);
            continue;
        }
        let mut before = false;
        let mut parts = word.split(['\'', '’', 'ʼ']).peekable();
        while let Some(part) = parts.next() {
            let after = parts.peek().copied();
            if !part.is_empty() {
                found(in_full(part, lang, before, after));
            }
            before = true;
        }
    }
}

/// The word that a clipped or contracted form stands for, the first if there are two. An
/// apostrophe may stand before the form, or after it, with what follows there.
fn in_full<'a>(word: &'a str, lang: Lang, before: bool, after: Option<&str>) -> &'a str {
    let clipped = after.is_some();
    match (lang.code(), word.to_lowercase().as_str()) {
        ("en", "cannot") => "can",
        ("en", "won") if after == Some("t") => "will",
        ("en", "can") => word,
        ("en", "shan") if after == Some("t") => "shall",
        ("en", _) if after == Some("t") => word.strip_suffix('n').unwrap_or(word),
        ("en", "t") if before => "not",
        ("en", "m") if before => "am",
        ("en", "re") if before => "are",
        ("en", "ll") if before => "will",
        ("en", "ve") if before => "have",
        ("en", "d") if before => "would",
        ("fr", "l") if clipped => "le",
        ("fr", "d") if clipped => "de",
        ("fr", "j") if clipped => "je",
        ("fr", "n") if clipped => "ne",
        ("fr", "s") if clipped => "se",
        ("fr", "c") if clipped => "ce",
        ("fr", "m") if clipped => "me",
        ("fr", "t") if clipped => "te",
        ("fr", "qu") if clipped => "que",
        ("fr", "jusqu") if clipped => "jusque",
        ("fr", "lorsqu") if clipped => "lorsque",
        ("fr", "puisqu") if clipped => "puisque",
        ("fr", "quoiqu") if clipped => "quoique",
        ("fr", "quelqu") if clipped => "quelque",
        ("fr", "du" | "des") => "de",
        ("fr", "au" | "aux") => "à",
        ("de", "im" | "ins") => "in",
        ("de", "am" | "ans") => "an",
        ("de", "zum" | "zur") => "zu",
        ("de", "vom") => "von",
        ("de", "beim") => "bei",
        ("de", "fürs") => "für",
        ("de", "aufs") => "auf",
        ("de", "s") if before => "es",
        _ => word,
    }
}

fn name(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

fn print(lang: Lang, index: usize, rows: &[(String, [Counts; 3])], with_bitext: bool) {
    let others = [0, 1, 2].map(|to| LANGS[to]).into_iter().enumerate();
    let others: Vec<(usize, Lang)> = others.filter(|&(to, _)| to != index).collect();
    print!("{:22}   words  number    name   known", lang.name());
    for (_, other) in &others {
        print!("   to {other}");
    }
    println!("   parts  + names    core");
    for (name, counts) in rows {
        let counts = &counts[index];
        let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        let all = counts.words - counts.numbers;
        let counted = all - counts.names;
        print!("{name:22} {:7}", counts.words);
        print!(" {:7.2}", share(counts.numbers, counts.words));
        print!(" {:7.2}", share(counts.names, counts.words));
        print!(" {:7.2}", share(counts.known, counted));
        for &(to, _) in &others {
            print!(" {:7.2}", share(counts.translated[to], counted));
        }
        print!(" {:7.2}", share(counts.in_parts, counted));
        print!("  {:7.2}", share(counts.known + counts.names_known, all));
        match with_bitext {
            true => println!(" {:7.2}", share(counts.core_alone, counts.words)),
            false => println!("       -"),
        }
    }
    println!();
}
