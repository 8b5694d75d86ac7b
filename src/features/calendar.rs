//! Months and weekdays by number, so that `March`, `mars` and `März` are one token.

use crate::lang::Lang;

/// Folded names of the months and of the weekdays, with the usual short forms, and the key of each.
const ENGLISH: &[(&str, &str)] = &[
    ("january", "@m1"),
    ("jan", "@m1"),
    ("february", "@m2"),
    ("feb", "@m2"),
    ("march", "@m3"),
    ("april", "@m4"),
    ("apr", "@m4"),
    ("may", "@m5"),
    ("june", "@m6"),
    ("july", "@m7"),
    ("august", "@m8"),
    ("aug", "@m8"),
    ("september", "@m9"),
    ("sept", "@m9"),
    ("sep", "@m9"),
    ("october", "@m10"),
    ("oct", "@m10"),
    ("november", "@m11"),
    ("nov", "@m11"),
    ("december", "@m12"),
    ("dec", "@m12"),
    ("monday", "@d0"),
    ("tuesday", "@d1"),
    ("wednesday", "@d2"),
    ("thursday", "@d3"),
    ("friday", "@d4"),
    ("saturday", "@d5"),
    ("sunday", "@d6"),
];

const FRENCH: &[(&str, &str)] = &[
    ("janvier", "@m1"),
    ("janv", "@m1"),
    ("fevrier", "@m2"),
    ("fevr", "@m2"),
    ("mars", "@m3"),
    ("avril", "@m4"),
    ("avr", "@m4"),
    ("mai", "@m5"),
    ("juin", "@m6"),
    ("juillet", "@m7"),
    ("juil", "@m7"),
    ("aout", "@m8"),
    ("septembre", "@m9"),
    ("sept", "@m9"),
    ("octobre", "@m10"),
    ("oct", "@m10"),
    ("novembre", "@m11"),
    ("nov", "@m11"),
    ("decembre", "@m12"),
    ("dec", "@m12"),
    ("lundi", "@d0"),
    ("mardi", "@d1"),
    ("mercredi", "@d2"),
    ("jeudi", "@d3"),
    ("vendredi", "@d4"),
    ("samedi", "@d5"),
    ("dimanche", "@d6"),
];

const GERMAN: &[(&str, &str)] = &[
    ("januar", "@m1"),
    ("janner", "@m1"),
    ("jan", "@m1"),
    ("februar", "@m2"),
    ("feber", "@m2"),
    ("feb", "@m2"),
    ("marz", "@m3"),
    ("maerz", "@m3"),
    ("april", "@m4"),
    ("apr", "@m4"),
    ("mai", "@m5"),
    ("juni", "@m6"),
    ("juli", "@m7"),
    ("august", "@m8"),
    ("aug", "@m8"),
    ("september", "@m9"),
    ("sept", "@m9"),
    ("sep", "@m9"),
    ("oktober", "@m10"),
    ("okt", "@m10"),
    ("november", "@m11"),
    ("nov", "@m11"),
    ("dezember", "@m12"),
    ("dez", "@m12"),
    ("montag", "@d0"),
    ("dienstag", "@d1"),
    ("mittwoch", "@d2"),
    ("donnerstag", "@d3"),
    ("freitag", "@d4"),
    ("samstag", "@d5"),
    ("sonntag", "@d6"),
];

/// The key of a folded word that names a month or a weekday in `lang`.
pub(super) fn key(folded: &str, lang: Lang) -> Option<&'static str> {
    let names = match lang {
        Lang::EN => ENGLISH,
        Lang::FR => FRENCH,
        Lang::DE => GERMAN,
        _ => return None,
    };
    // Most words are no name, and most names begin otherwise.
    let first = folded.bytes().next();
    let mut names = names
        .iter()
        .filter(|(name, _)| name.bytes().next() == first);
    let (_, key) = names.find(|(name, _)| *name == folded)?;
    Some(key)
}

/// The key of a month by its number, 1..=12.
pub(super) fn month_key(month: usize) -> String {
    format!("@m{month}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_day_agree() {
        for (en, fr, de) in [
            ("march", "mars", "marz"),
            ("december", "dec", "dezember"),
            ("sunday", "dimanche", "sonntag"),
        ] {
            let keys = [(en, Lang::EN), (fr, Lang::FR), (de, Lang::DE)].map(|(w, l)| key(w, l));
            assert!(
                keys[0].is_some() && keys[0] == keys[1] && keys[1] == keys[2],
                "{en}"
            );
        }
        assert_eq!(key("march", Lang::DE), None);
        assert_eq!(key("walk", Lang::EN), None);
    }

    #[test]
    fn months_have_the_keys_of_their_numbers() {
        for names in [ENGLISH, FRENCH, GERMAN] {
            for month in 1..=12 {
                let expected = month_key(month);
                assert!(names.iter().any(|(_, key)| *key == expected), "{expected}");
            }
        }
    }
}
