//! Numbers by value, whatever the notation: `1,234.5`, `1 234,5` and `1.234,5` are one token.

use super::calendar::month_key;
use crate::lang::Lang;

/// A number as it stands in a text.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Number<'a> {
    /// Digits with the separators between them.
    pub(super) source: &'a str,
    lang: Lang,
}

/// Finds the first number of `text`: itself and what stands behind it.
///
/// Digits inside a word (`mp3`) are part of that word and no number; separators are single
/// characters between digits; a space or apostrophe only before a group of three.
pub(super) fn find(text: &str, lang: Lang) -> Option<(Number<'_>, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let start = from + bytes[from..].iter().position(u8::is_ascii_digit)?;
        let end = end_of_number(text, start);
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_some_and(char::is_alphabetic) && !after.is_some_and(joins_a_word) {
            let source = &text[start..end];
            return Some((Number { source, lang }, &text[end..]));
        }
        from = end;
    }
}

/// Whether a letter right behind a number makes the two one word (`3D`), as an ordinal's ending
/// or a unit in lower case does not (`3rd`, `2e`, `10km`).
fn joins_a_word(c: char) -> bool {
    c.is_uppercase()
}

fn end_of_number(text: &str, start: usize) -> usize {
    let digits = |from: usize| {
        let rest = &text.as_bytes()[from..];
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut end = start + digits(start);
    let mut groups = end - start <= 3;
    loop {
        let Some(separator) = text[end..].chars().next() else {
            return end;
        };
        let next = end + separator.len_utf8();
        let count = digits(next);
        let joined = match separator {
            '.' | ',' | ':' | '/' | '-' => count > 0,
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => groups && count == 3,
            _ => false,
        };
        if !joined {
            return end;
        }
        groups &= count == 3;
        end = next + count;
    }
}

impl Number<'_> {
    /// The tokens that stand for the number: its value; day, month and year of a date; the parts
    /// of anything else that is joined by separators.
    pub(super) fn keys(&self) -> Vec<String> {
        if let Some(value) = self.value() {
            return vec![value];
        }
        let parts: Vec<&str> = self.source.split(['-', '/', '.', ':', ',']).collect();
        if let Some((day, month, year)) = self.date(&parts) {
            return vec![without_zeros(day), month_key(month), without_zeros(year)];
        }
        parts.into_iter().map(without_zeros).collect()
    }

    /// The value in one notation: digits, with a point before a fraction.
    fn value(&self) -> Option<String> {
        let separators: Vec<char> = (self.source.chars())
            .filter(|c| !c.is_ascii_digit())
            .collect();
        let grouped = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        let Some(&last) = separators.last() else {
            return Some(without_zeros(self.source));
        };
        if separators.iter().any(|c| matches!(c, ':' | '/' | '-')) {
            return None;
        }
        let (whole, fraction) = self.source.rsplit_once(last)?;
        let alone = separators.iter().filter(|&&c| c == last).count() == 1;
        let is_group = match last {
            '.' | ',' if fraction.len() == 3 => {
                !alone || separators.len() == 1 && self.groups(last)
            }
            '.' | ',' if alone => false,
            '.' | ',' => return None,
            _ => true,
        };
        if is_group {
            return Some(without_zeros(&grouped(self.source)));
        }
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        Some(format!(
            "{}{point}{fraction}",
            without_zeros(&grouped(whole))
        ))
    }

    /// Whether `separator` parts thousands in the language.
    fn groups(&self, separator: char) -> bool {
        (separator == ',') == (self.lang == Lang::EN)
    }

    /// Day, month and year of a date in figures.
    fn date<'p>(&self, parts: &[&'p str]) -> Option<(&'p str, usize, &'p str)> {
        let &[first, second, third] = parts else {
            return None;
        };
        let american = self.lang == Lang::EN && self.source.contains('/');
        let (day, month, year) = match (first.len(), third.len()) {
            (4, 1..=2) => (third, second, first),
            (1..=2, 4) if american && month_number(first).is_some() => (second, first, third),
            (1..=2, 4) => (first, second, third),
            _ => return None,
        };
        let valid = matches!(day.parse(), Ok(1..=31)) && matches!(day.len(), 1..=2);
        month_number(month)
            .filter(|_| valid)
            .map(|m| (day, m, year))
    }
}

fn month_number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|m| (1..=12).contains(m))
}

fn without_zeros(digits: &str) -> String {
    let trimmed = digits.trim_start_matches('0');
    (if trimmed.is_empty() { "0" } else { trimmed }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, lang: Lang) -> Vec<String> {
        let mut keys = Vec::new();
        let mut rest = text;
        while let Some((number, after)) = find(rest, lang) {
            keys.extend(number.keys());
            rest = after;
        }
        keys
    }

    #[test]
    fn notations() {
        let (en, fr, de) = (Lang::EN, Lang::FR, Lang::DE);
        for (text, lang, expected) in [
            ("1,234.5 euros", en, "1234.5"),
            ("1 234,5 euros", fr, "1234.5"),
            ("1\u{202f}234,50 euros", fr, "1234.5"),
            ("1.234,5 Euro", de, "1234.5"),
            ("1’234.50 Franken", de, "1234.5"),
            ("1,234 people", en, "1234"),
            ("1.234 Menschen", de, "1234"),
            ("1.234 seconds", en, "1.234"),
            ("1,234,567", en, "1234567"),
            ("12,5 km", fr, "12.5"),
            ("29.8 percent", en, "29.8"),
            ("4.00", en, "4"),
            ("007", en, "7"),
            ("3rd of May", en, "3"),
            ("10km", en, "10"),
            ("in 2024.", en, "2024"),
            ("in 1999 2000 people", en, "1999 2000"),
            ("2024-03-05", de, "5 @m3 2024"),
            ("5.3.2024", de, "5 @m3 2024"),
            ("03/05/2024", en, "5 @m3 2024"),
            ("05/03/2024", fr, "5 @m3 2024"),
            ("7:30", en, "7 30"),
            ("1990-1995", en, "1990 1995"),
            ("2.2.20", en, "2 2 20"),
            ("mp3 and 3D", en, ""),
            ("no number", en, ""),
        ] {
            assert_eq!(keys(text, lang).join(" "), expected, "{text:?} {lang}");
        }
    }
}
