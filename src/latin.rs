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
    let mut rest = text.as_bytes();
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let others = are_other(*eight);
        if others > 0 {
            let letters = text.len() - rest.len() + others.trailing_zeros() as usize / 8;
            return &text[..letters];
        }
        rest = behind;
    }
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic());
    &text[..text.len() - rest.len() + letters.count()]
}

/// Per byte of eight, the first one the lowest, its highest bit if that is no letter of ASCII.
const fn are_other(bytes: [u8; 8]) -> u64 {
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    let bytes = u64::from_le_bytes(bytes);
    let lower = (bytes | u64::from_ne_bytes([0x20; 8])) & !HIGHEST;
    // Sums of seven bits do not reach the next byte.
    let from_a = lower + u64::from_ne_bytes([0x80 - b'a'; 8]);
    let behind_z = lower + u64::from_ne_bytes([0x7f - b'z'; 8]);
    (bytes | !from_a | behind_z) & HIGHEST
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
    fn letters_of_ascii() {
        let all = (0..128).map(char::from).chain(['é', 'ſ', 'K', '字']);
        for (c, length) in all.flat_map(|c| (0..18).map(move |length| (c, length))) {
            let text = "aZ".repeat(length) + &c.to_string() + "bYbYbYbYbYbY.";
            let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap();
            assert_eq!(ascii_letters(&text), &text[..letters], "{text}");
            let end = 2 * length + c.len_utf8();
            let expected = &text[..letters.min(end)];
            assert_eq!(ascii_letters(&text[..end]), expected, "{text}");
        }
    }

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
