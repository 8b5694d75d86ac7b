//! Pages that are hostile, and pages of any tags at all.

use super::*;

/// What must be read without a panic; a square of these lengths would not end.
#[test]
fn hostile_pages() {
    let n = 100_000;
    let wrap = |open: &str, close: &str| format!("{}x{}", open.repeat(n), close.repeat(n));
    let pages = [
        ("divs", wrap("<div>", "</div>")),
        ("divs unclosed", wrap("<div>", "")),
        ("formatting", wrap("<b><i>", "</i></b>")),
        (
            "formatting that differs",
            (0..n).map(|i| format!("<b id={i}>")).collect::<String>() + "x" + &"<p>".repeat(n),
        ),
        (
            "formatting misnested",
            "<b><p></b><i></p></i>".repeat(n) + "x",
        ),
        ("links", wrap("<a href=a>", "")),
        ("tables", wrap("<table><tr><td>", "")),
        ("foster parents", wrap("<table><div>", "")),
        ("text in tables", "<table>x<tr>".repeat(n)),
        ("templates", wrap("<template>", "") + "</template>x"),
        ("lists", wrap("<ul><li>", "</li></ul>")),
        ("quotations", wrap("<blockquote>", "</blockquote>")),
        ("code in code", wrap("<pre><code>", "")),
        ("objects", wrap("<object>", "")),
        ("svg", wrap("<svg><g>", "")),
        ("math", wrap("<math><mi>", "")),
        (
            "end tags that close nothing",
            "<div></b></x>".repeat(n) + "x",
        ),
        ("selects", wrap("<select><option>", "")),
        ("one attribute", format!("<p class='{}'>x", "a ".repeat(n))),
        (
            "many attributes",
            format!(
                "<p {}>x",
                (0..n).map(|i| format!("a{i} ")).collect::<String>()
            ),
        ),
        (
            "quoted attributes",
            format!(
                "<p {}>x",
                (0..n)
                    .map(|i| format!("a{i}='x' b{i}=\"x\""))
                    .collect::<String>()
            ),
        ),
        (
            "quotes without end",
            "<p a=\"x\" b=' c=\"".repeat(n / 4) + "x",
        ),
        (
            "many classes",
            format!("<p class=a {}>x", "class=a ".repeat(n)),
        ),
        ("nulls", "<p>a\0b\0</p\0>\0".repeat(n / 4)),
        ("entities", "&amp;&am&#0;&#xffffffffff;&".repeat(n / 4)),
        ("an entity without end", format!("&#{}", "1".repeat(n))),
        ("comments", "<!-- x --><!x><?x><!-".repeat(n / 4)),
        ("a comment without end", "<!-- ".repeat(n)),
        ("less-than signs", "<".repeat(n)),
        ("cdata", "<svg><![CDATA[x]]]>".repeat(n / 4)),
        ("breaks", "x<br>".repeat(n)),
        ("frames", "<frameset>x<frame>".repeat(n / 4)),
        ("forms", "<form><table><form></table>x".repeat(n / 4)),
        ("headings", "<h1>x<h2>".repeat(n / 4)),
        (
            "words in classes",
            format!("<div class='{}'>x", "aB".repeat(n)),
        ),
        ("plaintext", "<plaintext>".repeat(n / 4) + "x"),
        (
            "documents",
            "<!doctype html><html><head><body>x</body></html>".repeat(n / 4),
        ),
    ];
    for (name, page) in &pages {
        for main_content in [false, true] {
            let document = read(page, main_content);
            for block in &document.blocks {
                assert!(document.text.get(block.range.clone()).is_some(), "{name}");
            }
        }
    }
}

/// Tags of all sorts, text that is seen and numbered, text that is not.
fn soup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "a",
        "i",
        "span",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "h2",
        "pre",
        "code",
        "form",
        "article",
        "nav",
        "select",
        "option",
        "button",
        "blockquote",
        "section",
        "dl",
        "dd",
        "caption",
        "tbody",
        "main",
    ]);
    let piece = prop_oneof![
        (
            tag.clone(),
            prop::sample::select(vec![
                "",
                " class=x",
                " id='nav' class='share related'",
                " lang=de"
            ])
        )
            .prop_map(|(tag, attributes)| format!("<{tag}{attributes}>")),
        tag.prop_map(|tag| format!("</{tag}>")),
        prop::sample::select(vec![
            "<br>",
            "<hr>",
            " ",
            "\n",
            "&nbsp;",
            "<img alt=z>",
            "<!-- z -->",
            "<!>",
            "< ",
            "&"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec![
            "<script>z</script>",
            "<style>z</style>",
            "<p hidden>z</p>",
            "<template>z</template>"
        ])
        .prop_map(str::to_owned),
        Just("#".to_owned()),
        Just("#".to_owned()),
        Just("#".to_owned()),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| {
        let number = |(number, piece): (usize, String)| match piece.as_str() {
            "#" => format!("w{number}w"),
            _ => piece,
        };
        pieces.into_iter().enumerate().map(number).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn all_that_is_seen_stands_once(page in soup()) {
        let document = read(&page, false);
        let mut end = 0;
        let mut found = String::new();
        for block in &document.blocks {
            prop_assert!(end <= block.range.start && block.range.start < block.range.end);
            prop_assert!(document.text[end..block.range.start].trim().is_empty());
            end = block.range.end;
            found += &document.text[block.range.clone()];
            found.push(' ');
        }
        prop_assert_eq!(end, document.text.len());
        for word in page.split(|c: char| !c.is_ascii_alphanumeric()) {
            let numbered = word.len() > 2 && word.starts_with('w') && word.ends_with('w');
            if numbered && word[1..word.len() - 1].bytes().all(|b| b.is_ascii_digit()) {
                prop_assert_eq!(found.matches(word).count(), 1, "{} in {:?}", word, found);
            }
        }
        prop_assert!(!found.contains('z'), "{:?}", found);
        for (at, word) in document.text.match_indices('w') {
            prop_assert_eq!(&page[document.places.of(at..at + 1).unwrap()], word);
        }
    }
}
