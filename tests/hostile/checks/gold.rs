//! Folders taken for a gold article.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, process};

use triglyph::eval::{GoldArticle, GoldSet, Tally};
use triglyph::{Aligner, Alignment, Article, Unit};

use super::Input;

/// An alignment of more versions than any gold here has.
static OTHER: LazyLock<Alignment> = LazyLock::new(|| {
    let article = Article::detect(["A cat.", "Un chat.", "Eine Katze."]).unwrap();
    Aligner::new().align(&article)
});

/// Writes the parts of the input to the files of a folder, and reads it in the unit that the first
/// byte tells: two texts, the links, and the noise where there is a fourth part.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let unit = input.choice(&[Unit::Paragraph, Unit::Sentence]);
    let folder = Folder::new();
    let names = ["en.txt", "de.txt", "gold.json", "noise.json"];
    for (name, part) in names.iter().zip(input.parts()) {
        fs::write(folder.0.join(name), part).unwrap();
    }
    let Ok(gold) = GoldArticle::read(&folder.0, unit) else {
        return;
    };
    assert!(GoldArticle::is_in(&folder.0));
    assert_eq!(GoldSet::find(&folder.0).unwrap().len(), 1);
    let article = gold.article();
    for link in gold.links() {
        assert_eq!(link.len(), article.versions().len());
        for (version, segments) in article.versions().iter().zip(link) {
            let count = version.segments(unit).len();
            assert!(
                segments.iter().all(|&segment| segment < count),
                "{segments:?}"
            );
        }
    }
    let alignment = Aligner::new().unit(unit).align(article);
    let counts = gold.compare(&alignment);
    for tally in [counts.strict, counts.pair, counts.null]
        .into_iter()
        .chain(counts.lax)
    {
        check_tally(tally);
    }
    check_tally(gold.compare(&OTHER).pair);
    let judged = gold.judge(&alignment);
    assert_eq!(judged.beads.len(), counts.reliability.all().count());
    assert_eq!(judged.nulls.len(), counts.null_reliability.all().count());
    let other = gold.select(&[1, 0]).unwrap();
    let reversed = Aligner::new().unit(unit).align(other.article());
    check_tally(other.compare(&reversed).pair);
}

fn check_tally(tally: Tally) {
    for share in [tally.precision(), tally.recall(), tally.f1()] {
        assert!((0.0..=1.0).contains(&share), "{tally:?}");
    }
}

/// A folder of this process and check alone, gone after it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("triglyph-gold-{}-{number}", process::id());
        let memory = Path::new("/dev/shm");
        let place = match memory.is_dir() {
            true => memory.to_owned(),
            false => env::temp_dir(),
        };
        let folder = place.join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
