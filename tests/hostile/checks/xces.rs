//! Files taken for links and documents of XCES.

use triglyph::format::xces;

use super::Input;
use super::files::{Documents, Files, lines, sound, written};

/// Reads the first part of the input as links, and the second and third as the documents of the two
/// sides; what is read has as many beads when it is written and read again.
pub fn check(bytes: &[u8]) {
    let mut parts = Input::new(bytes).parts();
    let [links, from, to] = [(); 3].map(|()| parts.next().unwrap_or_default());
    for read in xces::Reader::new("links.xml", links, Documents([from, to])) {
        let Some(aligned) = sound(read, lines(bytes)) else {
            continue;
        };
        let files = Files::default();
        written(xces::Writer::new(files.clone()), &aligned);
        let labels = triglyph::format::labels(aligned.article());
        let name = format!("{}.xml", labels.join("-"));
        let links = files.bytes(&name).expect("a pair of versions");
        let again = xces::Reader::new(name, &links[..], files).next().unwrap();
        if let Ok(again) = again {
            assert_eq!(again.id(), aligned.id());
            let beads = [&aligned, &again].map(|a| a.alignment().iter().count());
            assert!(beads[1] <= beads[0], "{beads:?}");
        }
    }
}
