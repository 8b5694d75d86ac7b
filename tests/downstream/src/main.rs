//! The first example of the README, and what it prints.

use triglyph::{Aligner, Article};

fn main() -> Result<(), triglyph::Error> {
    let english = "The museum\n\nIt is open from 9 to 17 o’clock. On Mondays it is closed.";
    let french = "Le musée\n\nIl est ouvert de 9 à 17 heures.\n\nLe lundi, il est fermé.";
    let german = "Das Museum\n\nEs ist von 9 bis 17 Uhr geöffnet. Montags ist es geschlossen.";

    let article = Article::detect([english, french, german])?;
    let alignment = Aligner::new().align(&article);
    for bead in alignment.beads(&article) {
        println!("{:.2}\t{}", bead.score(), bead.texts().join("\t"));
    }

    let texts: Vec<_> = alignment.beads(&article).map(|bead| bead.texts()).collect();
    let expected = [
        ["The museum", "Le musée", "Das Museum"],
        [
            "It is open from 9 to 17 o’clock. On Mondays it is closed.",
            "Il est ouvert de 9 à 17 heures. Le lundi, il est fermé.",
            "Es ist von 9 bis 17 Uhr geöffnet. Montags ist es geschlossen.",
        ],
    ];
    assert_eq!(texts, expected);
    assert!(alignment.iter().all(|bead| bead.score() > 0.5));
    Ok(())
}
