//! Articles of the data folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// A folder of the data, or nothing where there is none.
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TRIGLYPH_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    Some(root.join(folder)).filter(|path| path.is_dir())
}

/// The article of a folder with a text `<lang>.txt` for each version.
fn from_folder(folder: &Path) -> Article {
    let mut paths: Vec<PathBuf> = (fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
        .collect();
    paths.sort();
    let sources = paths.iter().map(|path| {
        let lang: Lang = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        Source::new(fs::read_to_string(path).unwrap()).lang(lang)
    });
    Segmenter::new().article(sources).unwrap()
}

/// The first article by name of each set in a folder.
fn firsts(sets: &Path) -> Vec<PathBuf> {
    let inner = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        folders.retain(|path| path.is_dir());
        folders.sort();
        folders
    };
    let sets = inner(sets).into_iter();
    sets.filter_map(|set| inner(&set).into_iter().next())
        .collect()
}

#[test]
fn sentences_stay_inside_the_beads_of_their_paragraphs() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut folders: Vec<PathBuf> = ["advice", "interview", "news", "travel"]
        .map(|name| own.join(name))
        .to_vec();
    folders.extend(data("gold").iter().flat_map(|gold| firsts(gold)));
    let articles = folders
        .iter()
        .map(|folder| (folder.display().to_string(), from_folder(folder)));
    let tables = [
        columns(&BOAT, THREE),
        columns(&BEES, THREE),
        columns(&SONG, THREE),
    ];
    let tables = tables.map(|texts| (texts[0][0].1.clone(), article(&texts, THREE)));
    for (name, article) in articles.chain(tables) {
        let bead_of: BTreeMap<(usize, usize), usize> = (Aligner::new().align(&article).iter())
            .enumerate()
            .flat_map(|(n, bead)| {
                let versions = bead.segments().iter().enumerate();
                let places = versions.flat_map(|(v, list)| list.iter().map(move |&i| (v, i)));
                places.map(|place| (place, n)).collect::<Vec<_>>()
            })
            .collect();
        for bead in &Aligner::new().unit(Unit::Sentence).align(&article) {
            let versions = article.versions().iter().zip(bead.segments()).enumerate();
            let mut beads: Vec<usize> = versions
                .flat_map(|(v, (version, list))| {
                    let sentences = version.segments(Unit::Sentence);
                    let bead_of = &bead_of;
                    list.iter()
                        .map(move |&i| bead_of[&(v, sentences[i].paragraph())])
                })
                .collect();
            beads.dedup();
            assert_eq!(beads.len(), 1, "{name}: {bead:?} lies in {beads:?}");
        }
    }
}
