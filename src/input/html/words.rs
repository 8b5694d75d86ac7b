//! What the classes and ids of elements say that they are for, in the words that are common on the web.
//!
//! A name says something only with the shape that goes with it: a row of links, a short text. Every
//! page has names of its own, and `related-work` may as well be a chapter.

use super::measure::Measure;
use super::tree::Element;
use crate::article::Boilerplate;

/// Longest text of buttons to share, of an invitation or of an advertisement, in characters without
/// white space.
const SHORT: usize = 700;

/// Why the class or the id of an element lets it be taken for boilerplate.
pub(super) fn reason(element: &Element, measure: &Measure) -> Option<Boilerplate> {
    use Boilerplate::{
        Advertisement, Aside, Comments, Cookies, Footer, Navigation, Newsletter, Share, Teaser,
    };

    let names = Names::of(element);
    if names.words.is_empty() {
        return None;
    }
    let short = measure.chars <= SHORT;
    let linked = |share| measure.is_linked(share);
    let rules = [
        (Cookies, names.are_of_cookies()),
        (
            Comments,
            names.any(COMMENTS) || names.pair(&["comment"], COMMENT_PARTS),
        ),
        (
            Share,
            short && (names.any(SHARE) || names.pair(&["social"], SOCIAL_PARTS)),
        ),
        (
            Newsletter,
            short && (names.any(NEWSLETTER) || names.pair(&["sign"], &["up"])),
        ),
        (Advertisement, short && names.any(ADVERTISEMENT)),
        (
            Teaser,
            names.any(TEASER_SURE) || (linked(0.12) && names.any(TEASER)),
        ),
        (
            Teaser,
            linked(0.12) && TEASER_PAIRS.iter().any(|[a, b]| names.row(a, b)),
        ),
        (
            Navigation,
            names.any(NAVIGATION_SURE) || (linked(0.5) && names.any(NAVIGATION)),
        ),
        (Aside, linked(0.5) && names.any(&["sidebar"])),
        (
            Footer,
            names.any(&["colophon"]) || names.row("site", "footer") || names.row("page", "footer"),
        ),
        (Footer, names.is_all("footer")),
    ];
    rules
        .iter()
        .find(|(_, holds)| *holds)
        .map(|&(reason, _)| reason)
}

/// Whether an `<aside>` is said to belong to the article: a note, a quotation set apart.
pub(super) fn is_note(element: &Element) -> bool {
    let names = Names::of(element);
    let role = element.attribute("role").unwrap_or_default();
    names.any(NOTE) || (role.starts_with("doc-") && role != "doc-toc") || role == "note"
}

/// Whether the names or the label of a dialog are those of a notice about cookies or privacy.
pub(super) fn is_cookie_dialog(element: &Element) -> bool {
    let names = Names::of(element);
    let label = element.attribute("aria-label").unwrap_or_default();
    let label = Names {
        words: words(label).collect(),
    };
    [names, label]
        .iter()
        .any(|names| names.any(COOKIE) || names.any(COOKIE_SURE))
}

/// Names of products that ask for consent, and names in one word.
const COOKIE_SURE: &[&str] = &[
    "axeptio",
    "borlabs",
    "cky",
    "cmplz",
    "cookiebanner",
    "cookiebar",
    "cookiebot",
    "cookieconsent",
    "cookiehint",
    "cookieinfo",
    "cookielaw",
    "cookiemessage",
    "cookiemodal",
    "cookienotice",
    "cookieoverlay",
    "cookiepopup",
    "cookieyes",
    "didomi",
    "gdpr",
    "iubenda",
    "klaro",
    "onetrust",
    "osano",
    "tarteaucitron",
    "trustarc",
    "usercentrics",
];
const COOKIE: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "privacy",
    "datenschutz",
    "rgpd",
    "dsgvo",
];
const COOKIE_PARTS: &[&str] = &[
    "alert",
    "banner",
    "bar",
    "box",
    "consent",
    "container",
    "control",
    "dialog",
    "disclaimer",
    "hint",
    "law",
    "layer",
    "manager",
    "message",
    "modal",
    "notice",
    "notification",
    "overlay",
    "popup",
    "preferences",
    "prompt",
    "settings",
    "toast",
    "warning",
    "window",
    "wrapper",
];
const COMMENTS: &[&str] = &[
    "commentlist",
    "comments",
    "disqus",
    "respond",
    "kommentare",
    "commentaires",
];
const COMMENT_PARTS: &[&str] = &[
    "form", "list", "respond", "reply", "section", "thread", "area",
];
const SHARE: &[&str] = &[
    "addthis",
    "addtoany",
    "share",
    "sharebar",
    "sharebuttons",
    "sharedaddy",
    "shareaholic",
    "shares",
    "sharing",
    "shariff",
    "socialmedia",
    "partage",
    "partager",
    "teilen",
];
const SOCIAL_PARTS: &[&str] = &[
    "bar", "buttons", "icons", "links", "list", "media", "menu", "nav", "networks", "share",
    "sharing",
];
const NEWSLETTER: &[&str] = &[
    "mailchimp",
    "newsletter",
    "newsletters",
    "optin",
    "signup",
    "subscribe",
    "subscription",
    "abonnement",
];
const ADVERTISEMENT: &[&str] = &[
    "ad",
    "ads",
    "adsbygoogle",
    "adslot",
    "advert",
    "advertisement",
    "advertising",
    "adverts",
    "anzeige",
    "publicite",
    "sponsored",
    "werbung",
];
const TEASER_SURE: &[&str] = &["outbrain", "relatedposts", "taboola", "yarpp", "zergnet"];
const TEASER: &[&str] = &[
    "mostread",
    "onward",
    "popular",
    "promo",
    "readmore",
    "recirculation",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "teaser",
    "teasers",
    "trending",
];
const TEASER_PAIRS: &[[&str; 2]] = &[
    ["also", "like"],
    ["also", "read"],
    ["keep", "reading"],
    ["latest", "news"],
    ["latest", "posts"],
    ["lire", "aussi"],
    ["more", "articles"],
    ["more", "from"],
    ["more", "news"],
    ["more", "on"],
    ["more", "stories"],
    ["most", "read"],
    ["most", "viewed"],
    ["read", "also"],
    ["read", "more"],
    ["read", "next"],
    ["recent", "posts"],
    ["see", "also"],
    ["similar", "articles"],
    ["similar", "posts"],
    ["up", "next"],
];
const NAVIGATION_SURE: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "docnav",
    "mainnav",
    "navbar",
    "navfooter",
    "navheader",
    "pager",
    "pagination",
    "sitenav",
    "skiplink",
    "skiplinks",
    "subnav",
    "topnav",
];
const NAVIGATION: &[&str] = &[
    "jumpnav",
    "menu",
    "menubar",
    "nav",
    "navbox",
    "navi",
    "navigation",
    "navlinks",
    "skip",
    "submenu",
    "tagcloud",
    "tags",
    "toolbar",
    "topbar",
];
const NOTE: &[&str] = &[
    "admonition",
    "attention",
    "box",
    "callout",
    "caution",
    "danger",
    "example",
    "fact",
    "factbox",
    "footnote",
    "footnotes",
    "hint",
    "important",
    "info",
    "infobox",
    "note",
    "pullquote",
    "quote",
    "tip",
    "warning",
];

/// The words of the classes and of the id of an element, in lower case.
struct Names {
    words: Vec<String>,
}

impl Names {
    fn of(element: &Element) -> Self {
        let mut names: Vec<String> = element
            .attribute("class")
            .map(|class| words(class).collect())
            .unwrap_or_default();
        if !is_anchor(element, &names) {
            names.extend(element.attribute("id").into_iter().flat_map(words));
        }
        Self { words: names }
    }

    fn any(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.contains(&word.as_str()))
    }

    fn pair(&self, first: &[&str], second: &[&str]) -> bool {
        self.any(first) && self.any(second)
    }

    /// Whether one word stands right before another.
    fn row(&self, first: &str, second: &str) -> bool {
        self.words
            .windows(2)
            .any(|pair| pair[0] == first && pair[1] == second)
    }

    /// Whether there is no other word.
    fn is_all(&self, only: &str) -> bool {
        self.words.iter().all(|word| word == only)
    }

    fn are_of_cookies(&self) -> bool {
        self.any(COOKIE_SURE) || self.pair(COOKIE, COOKIE_PARTS)
    }
}

/// Whether the id of an element is made from the heading of a section, for links to it.
fn is_anchor(element: &Element, classes: &[String]) -> bool {
    const SECTIONS: &[&str] = &[
        "section", "sect", "sect1", "sect2", "sect3", "level1", "level2", "level3", "chapter",
        "appendix",
    ];
    matches!(
        element.name(),
        "section" | "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "li" | "p"
    ) || classes
        .iter()
        .any(|class| SECTIONS.contains(&class.as_str()))
}

/// The words of names such as `site-footer`, `siteFooter` and `site_footer`.
fn words(names: &str) -> impl Iterator<Item = String> {
    let parts = names.split(|c: char| !c.is_ascii_alphanumeric());
    parts
        .flat_map(humps)
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

/// The parts of a name before each capital that a small letter stands before.
fn humps(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(name);
    std::iter::from_fn(move || {
        let name = rest?;
        let bytes = name.as_bytes();
        let hump = (1..bytes.len())
            .find(|&i| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase());
        let (first, behind) = match hump {
            Some(at) => (&name[..at], Some(&name[at..])),
            None => (name, None),
        };
        rest = behind;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_words() {
        for (name, expected) in [
            ("site-footer", vec!["site", "footer"]),
            ("siteFooter main_nav", vec!["site", "footer", "main", "nav"]),
            ("jp-relatedposts", vec!["jp", "relatedposts"]),
            ("NAV", vec!["nav"]),
            ("", vec![]),
        ] {
            assert_eq!(words(name).collect::<Vec<_>>(), expected, "{name}");
        }
    }
}
