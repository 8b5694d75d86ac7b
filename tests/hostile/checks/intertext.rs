//! Files taken for links and documents of InterText.

use triglyph::format::intertext;

use super::Input;
use super::files::{Documents, Files, lines, sound, written};

/// Reads the first part of the input as links, and the second and third as the documents of the two
/// sides, and writes what was read.
pub fn check(bytes: &[u8]) {
    let mut parts = Input::new(bytes).parts();
    let [links, from, to] = [(); 3].map(|()| parts.next().unwrap_or_default());
    for read in intertext::Reader::new("links.xml", links, Documents([from, to])) {
        if let Some(aligned) = sound(read, lines(bytes)) {
            written(intertext::Writer::new(Files::default()), &aligned);
        }
    }
}
