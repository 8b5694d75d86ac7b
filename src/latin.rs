//! Letters of Latin-1, byte by byte: with ASCII, they are all that most words of Western languages
//! are written in.

/// The first of the two bytes of À to ÿ.
pub(crate) const LEAD: u8 = 0xc3;

/// The lower case of the character that [`LEAD`] and another byte are, as its code point; none for × and
/// ÷, which are no letters.
pub(crate) const fn lower(second: u8) -> Option<u8> {
    match second {
        0x97 | 0xb7 => None,
        0x80..=0x9e => Some(second + 0x60),
        _ => Some(second + 0x40),
    }
}

/// The letters of ASCII that a text begins with.
pub(crate) fn ascii_letters(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    &text[..letters.count()]
}

/// By the first byte of a character, whether it is looked for.
pub(crate) type Leads = [bool; 256];

/// All but the letters of ASCII.
const OTHERS: Leads = {
    let mut leads = [false; 256];
    let mut byte = 0;
    while byte < leads.len() {
        let lead = byte as u8;
        leads[byte] = !lead.is_ascii_alphabetic() && !matches!(lead, 0x80..0xc0);
        byte += 1;
    }
    leads
};

/// The characters of a text that are no letters of ASCII, and where they stand.
pub(crate) fn others(text: &str) -> impl Iterator<Item = (usize, char)> {
    with_leads(text, &OTHERS)
}

/// The characters of a text that begin with some bytes, and where they stand.
pub(crate) fn with_leads<'t>(
    text: &'t str,
    leads: &'static Leads,
) -> impl Iterator<Item = (usize, char)> + use<'t> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut bytes = text.as_bytes()[at..].iter();
        let start = at + bytes.position(|&byte| leads[usize::from(byte)])?;
        let c = match text.as_bytes()[start] {
            ascii @ 0..0x80 => char::from(ascii),
            _ => text[start..].chars().next()?,
        };
        at = start + c.len_utf8();
        Some((start, c))
    })
}

/// Writes a text behind another one, letters of ASCII in lower case.
pub(crate) fn push_lower(lower: &mut String, text: &str) {
    let start = lower.len();
    lower.push_str(text);
    lower[start..].make_ascii_lowercase();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_of_all() {
        for c in 'À'..='ÿ' {
            let mut bytes = [0; 2];
            c.encode_utf8(&mut bytes);
            assert_eq!(bytes[0], LEAD);
            let expected = c.is_alphabetic().then(|| c.to_lowercase().collect());
            let found = lower(bytes[1]).map(|point| char::from(point).to_string());
            assert_eq!(found, expected, "{c}");
        }
    }
}
