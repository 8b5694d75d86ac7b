//! What the names and attributes of elements mean: blocks, kinds, what is hidden, languages.

use super::super::language;
use super::tokens::FORMATTING;
use super::tree::Element;
use crate::article::Kind;
use crate::lang::Lang;

/// Whether the text of an element stands apart from the text around it.
pub(super) fn is_block(element: &Element) -> bool {
    let by_name = matches!(
        element.name(),
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "text"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    );
    by_name
        || display(element).is_some_and(|value| {
            matches!(
                value,
                "block" | "flex" | "grid" | "list-item" | "table" | "table-cell"
            )
        })
}

/// What the paragraphs in an element are, where its name tells.
pub(super) fn kind(element: &Element) -> Option<Kind> {
    Some(match element.name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "li" | "dt" | "dd" => Kind::ListItem,
        "blockquote" => Kind::Quote,
        "td" | "th" => Kind::TableCell,
        "caption" | "figcaption" => Kind::Caption,
        "pre" | "listing" | "xmp" | "plaintext" => Kind::Preformatted,
        _ => return None,
    })
}

/// Whether nothing of an element is seen.
pub(super) fn is_hidden(element: &Element) -> bool {
    let by_name = match element.name() {
        "annotation" | "annotation-xml" | "audio" | "canvas" | "datalist" | "defs" | "desc"
        | "head" | "iframe" | "metadata" | "noembed" | "noframes" | "noscript" | "rp"
        | "script" | "style" | "symbol" | "template" | "title" | "video" => true,
        "dialog" => element.attribute("open").is_none(),
        _ => false,
    };
    by_name
        || element
            .attribute("hidden")
            .is_some_and(|value| value != "until-found")
        || is(element.attribute("aria-hidden"), &["true"])
        || is(display(element), &["none"])
        || is(declared(element, "visibility"), &["hidden", "collapse"])
}

/// Whether a value is one of these keywords, in any case.
fn is(value: Option<&str>, keywords: &[&str]) -> bool {
    value.is_some_and(|value| keywords.iter().any(|k| value.eq_ignore_ascii_case(k)))
}

/// Whether an element is a link to somewhere.
pub(super) fn is_link(element: &Element) -> bool {
    is_formatting(element, "a") && element.attribute("href").is_some()
}

/// Whether an element is the one of this name that the standard calls formatting.
pub(super) fn is_formatting(element: &Element, name: &str) -> bool {
    element.name().strip_prefix(FORMATTING) == Some(name)
}

/// The language that an element is said to be in; none where it is none that has a code.
pub(super) fn lang(element: &Element) -> Option<Lang> {
    let told = element
        .attribute("lang")
        .or_else(|| element.attribute("xml:lang"))?;
    language::of_tag(told)
}

fn display(element: &Element) -> Option<&str> {
    declared(element, "display")
}

/// The value that the `style` of an element gives a property.
fn declared<'e>(element: &'e Element, property: &str) -> Option<&'e str> {
    let declarations = element.attribute("style")?.split(';');
    let mut values = declarations.filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.split('!').next()?;
        name.trim()
            .eq_ignore_ascii_case(property)
            .then(|| value.trim())
    });
    values.next_back()
}
