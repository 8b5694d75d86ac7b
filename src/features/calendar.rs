//! Months and weekdays by number, so that `March`, `mars` and `März` are one token.

use crate::lang::Lang;

/// Folded names of the months and of the weekdays, with the usual short forms.
struct Names {
    lang: Lang,
    months: [&'static [&'static str]; 12],
    weekdays: [&'static str; 7],
}

const NAMES: [Names; 3] = [
    Names {
        lang: Lang::EN,
        months: [
            &["january", "jan"],
            &["february", "feb"],
            &["march"],
            &["april", "apr"],
            &["may"],
            &["june"],
            &["july"],
            &["august", "aug"],
            &["september", "sept", "sep"],
            &["october", "oct"],
            &["november", "nov"],
            &["december", "dec"],
        ],
        weekdays: [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
    },
    Names {
        lang: Lang::FR,
        months: [
            &["janvier", "janv"],
            &["fevrier", "fevr"],
            &["mars"],
            &["avril", "avr"],
            &["mai"],
            &["juin"],
            &["juillet", "juil"],
            &["aout"],
            &["septembre", "sept"],
            &["octobre", "oct"],
            &["novembre", "nov"],
            &["decembre", "dec"],
        ],
        weekdays: [
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        ],
    },
    Names {
        lang: Lang::DE,
        months: [
            &["januar", "janner", "jan"],
            &["februar", "feber", "feb"],
            &["marz", "maerz"],
            &["april", "apr"],
            &["mai"],
            &["juni"],
            &["juli"],
            &["august", "aug"],
            &["september", "sept", "sep"],
            &["oktober", "okt"],
            &["november", "nov"],
            &["dezember", "dez"],
        ],
        weekdays: [
            "montag",
            "dienstag",
            "mittwoch",
            "donnerstag",
            "freitag",
            "samstag",
            "sonntag",
        ],
    },
];

/// The key of a folded word that names a month or a weekday in `lang`.
pub(super) fn key(folded: &str, lang: Lang) -> Option<String> {
    let names = NAMES.iter().find(|n| n.lang == lang)?;
    if let Some(month) = names.months.iter().position(|m| m.contains(&folded)) {
        return Some(month_key(month + 1));
    }
    let weekday = names.weekdays.iter().position(|&d| d == folded)?;
    Some(format!("@d{weekday}"))
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
}
