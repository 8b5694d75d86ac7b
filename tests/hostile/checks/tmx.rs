//! Files taken for translation memories.

use triglyph::format::{tmx, xliff};

use super::files::{Files, lines, sound, written};

/// Reads the bytes as TMX; what is read is the same when it is written and read again.
pub fn check(bytes: &[u8]) {
    for read in tmx::Reader::new("a.tmx", bytes) {
        let Some(aligned) = sound(read, lines(bytes)) else {
            continue;
        };
        let mut out = Vec::new();
        let whole = written(tmx::Writer::new(&mut out), &aligned);
        let mut again = tmx::Reader::new("b.tmx", &out[..]);
        let again = again.next().expect("an article is written");
        if whole {
            let again = again.unwrap();
            assert_eq!(again.id(), aligned.id());
            assert_eq!(
                again.alignment().iter().count(),
                aligned.alignment().iter().count()
            );
        }
        written(xliff::Writer::new(Files::default()), &aligned);
    }
}
