use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

mod hostile;

/// The blocks of a page, a line each: kind, language, reason, and the source that it stands in, with
/// its text where that is another.
fn show(page: &str, document: &Document) -> Vec<String> {
    let blocks = document.blocks.iter().map(|block| {
        let text = &document.text[block.range.clone()];
        let mut line = format!("{:?}", block.kind);
        if let Some(lang) = block.lang {
            write!(line, " {lang}").unwrap();
        }
        if let Some(reason) = block.boilerplate {
            write!(line, " {reason:?}").unwrap();
        }
        let place = document.places.of(block.range.clone());
        match place.map(|place| &page[place]) {
            Some(source) if source == text => write!(line, ": {text}").unwrap(),
            Some(source) => write!(line, ": {text} <- {source}").unwrap(),
            None => write!(line, ": {text} <- nowhere").unwrap(),
        }
        line
    });
    blocks.collect()
}

fn check(cases: &[(&str, &str, &[&str])]) {
    for (name, page, expected) in cases {
        let found = show(page, &read(page, false));
        assert_eq!(found, *expected, "{name}: {page}");
    }
}

#[test]
fn blocks_and_kinds() {
    check(&[
        ("nothing", "", &[]),
        ("text alone", "abc", &["Body: abc"]),
        ("paragraph", "<p>abc</p>", &["Body: abc"]),
        (
            "headings",
            "<h1>a</h1><h2>b</h2><h6>c</h6>",
            &["Heading: a", "Heading: b", "Heading: c"],
        ),
        (
            "unclosed paragraphs",
            "<p>a<p>b<div>c",
            &["Body: a", "Body: b", "Body: c"],
        ),
        (
            "list",
            "<ul><li>a<li><p>b</p>c</ul><dl><dt>d<dd>e</dl>",
            &[
                "ListItem: a",
                "ListItem: b",
                "ListItem: c",
                "ListItem: d",
                "ListItem: e",
            ],
        ),
        (
            "quotation",
            "<blockquote><p>a</p><ul><li>b</ul></blockquote>",
            &["Quote: a", "ListItem: b"],
        ),
        (
            "table",
            "<table><caption>a</caption><tr><th>b<td>c<td><h3>d</h3></table>",
            &["Caption: a", "TableCell: b", "TableCell: c", "Heading: d"],
        ),
        (
            "nested tables",
            "<table><tr><td>a<table><tr><td>b</table>c</table>d",
            &["TableCell: a", "TableCell: b", "TableCell: c", "Body: d"],
        ),
        (
            "figure",
            "<figure><img alt=x><figcaption>a</figcaption></figure>",
            &["Caption: a"],
        ),
        (
            "code and verse",
            "<pre><code>a\n  b</code>\n</pre><pre>\nc\n\n d </pre><p>e <code>f</code>",
            &[
                "Code: a\n  b",
                "Preformatted: c\n\n d",
                "Body: e f <- e <code>f",
            ],
        ),
        (
            "bare text around blocks",
            "<div>a<p>b</p>c<div>d</div></div>",
            &["Body: a", "Body: b", "Body: c", "Body: d"],
        ),
        (
            "inline elements",
            "<p>a<b>b</b> <i>c</i><span>d</span>",
            &["Body: ab cd <- a<b>b</b> <i>c</i><span>d"],
        ),
        ("break", "<p>a<br>b", &["Body: a b <- a<br>b"]),
        ("two breaks", "<p>a<br> <br/>b", &["Body: a", "Body: b"]),
        (
            "break in verse",
            "<pre>a<br>b</pre>",
            &["Preformatted: a\nb <- a<br>b"],
        ),
        ("rule", "a<hr>b", &["Body: a", "Body: b"]),
        (
            "white space",
            " <p>\n a \t\n b\u{a0}c </p> ",
            &["Body: a b\u{a0}c <- a \t\n b\u{a0}c"],
        ),
        ("no-break space alone", "<p>&nbsp;</p><p>a", &["Body: a"]),
        (
            "block by style",
            "a<span style='color:red; display: block'>b</span>c",
            &["Body: a", "Body: b", "Body: c"],
        ),
    ]);
}

#[test]
fn places() {
    check(&[
        (
            "entities",
            "<p>&lt;a&gt; &amp; b</p>",
            &["Body: <a> & b <- &lt;a&gt; &amp; b"],
        ),
        (
            "entity inside",
            "<p>caf&eacute;s",
            &["Body: cafés <- caf&eacute;s"],
        ),
        (
            "malformed",
            "<p>a &ampb &#x; &#xD800; &unknown; &",
            &["Body: a &b &#x; \u{fffd} &unknown; & <- a &ampb &#x; &#xD800; &unknown; &"],
        ),
        (
            "wide letters behind entities",
            "<p>&laquo;é&nbsp;»&#x6f22;字",
            &["Body: «é\u{a0}»漢字 <- &laquo;é&nbsp;»&#x6f22;字"],
        ),
        (
            "number",
            "<p>&#8220;a&#x201d;",
            &["Body: “a” <- &#8220;a&#x201d;"],
        ),
        ("line ends", "<p>a\r\nb\rc", &["Body: a b c <- a\r\nb\rc"]),
        (
            "line ends kept",
            "<pre>a\r\nb</pre>",
            &["Preformatted: a\nb <- a\r\nb"],
        ),
        (
            "byte order mark",
            "\u{feff}<!doctype html><p>a",
            &["Body: a"],
        ),
        (
            "comment inside",
            "<p>a<!-- b -->c",
            &["Body: ac <- a<!-- b -->c"],
        ),
        (
            "wide letters",
            "<p>Ärger «über» 漢字",
            &["Body: Ärger «über» 漢字"],
        ),
        (
            "foster parents",
            "<table>a<tr>b<td>c</table>d",
            &["Body: ab <- a<tr>b", "TableCell: c", "Body: d"],
        ),
        (
            "foster parents behind a comment",
            "<table>a<!-- x -->b<tr><td>c",
            &["Body: ab <- a<!-- x -->b", "TableCell: c"],
        ),
        (
            "moved before what it follows",
            "<table><tr><td>c</td>a<p>b</table>",
            &["Body: a", "Body: b", "TableCell: c"],
        ),
        (
            "textarea",
            "<textarea>\na &amp; <b></textarea>",
            &["Body: a & <b> <- a &amp; <b>"],
        ),
        (
            "twice the same",
            "<p>a</p><p>a</p>",
            &["Body: a", "Body: a"],
        ),
    ]);
    let page = "<p>abc</p>";
    let document = read(page, false);
    assert_eq!(document.places.of(0..3), Some(3..6));
}

#[test]
fn what_is_hidden() {
    check(&[
        (
            "head",
            "<head><title>a</title><style>b</style><script>c</script></head><p>d",
            &["Body: d"],
        ),
        (
            "script in text",
            "<p>a<script>document.write('<p>b')</script>c",
            &["Body: ac <- a<script>document.write('<p>b')</script>c"],
        ),
        ("template", "<template><p>a</template><p>b", &["Body: b"]),
        (
            "comment",
            "<!-- <p>a --><p>b<!-->c",
            &["Body: bc <- b<!-->c"],
        ),
        (
            "hidden",
            "<p hidden>a<p aria-hidden=true>b<p style='Display:none!important'>c<p style=visibility:hidden>d<p>e",
            &["Body: e"],
        ),
        (
            "found when searched",
            "<p hidden=until-found>a",
            &["Body: a"],
        ),
        ("noscript", "<noscript><p>a</noscript><p>b", &["Body: b"]),
        (
            "picture",
            "<p>a<svg><title>b</title><text>c</text></svg>",
            &["Body: a", "Body: c"],
        ),
        (
            "frame",
            "<iframe>a</iframe><video>b</video><p>c",
            &["Body: c"],
        ),
        (
            "plaintext",
            "<p>a<plaintext>b</p><p>c",
            &["Body: a", "Preformatted: b</p><p>c"],
        ),
        (
            "cdata",
            "<p><![CDATA[a]]>b<svg><text><![CDATA[c<d]]></text></svg>",
            &["Body: b", "Body: c<d"],
        ),
    ]);
}

#[test]
fn languages() {
    check(&[
        ("page", "<html lang=fr><p>a", &["Body: a"]),
        (
            "part",
            "<p lang=de>a<p>b<div lang=en-GB><p>c<p lang=''>d",
            &["Body de: a", "Body: b", "Body en: c", "Body: d"],
        ),
        ("xml", "<p xml:lang=de>a", &["Body de: a"]),
        (
            "inline",
            "<p>a <i lang=la>b</i><p><i lang=la>c</i>",
            &["Body: a b <- a <i lang=la>b", "Body la: c"],
        ),
        ("unknown", "<p lang=x-klingon>a", &["Body: a"]),
    ]);
    for (page, expected) in [
        ("<html lang=fr-CA><p>a", Some(Lang::FR)),
        ("<body lang=de>a", Some(Lang::DE)),
        ("<html xml:lang=en><body lang=de>a", Some(Lang::EN)),
        ("<p lang=de>a", None),
    ] {
        assert_eq!(read(page, false).lang, expected, "{page}");
    }
}

/// A sentence that is long enough to be of an article.
const LONG: &str = "It was late in the year when the last of the boats came in, and nobody asked what they had brought.";

#[test]
fn boilerplate() {
    let page = |before: &str, behind: &str| {
        format!("<body>{before}<main><h1>T</h1><p>{LONG}</main>{behind}")
    };
    for (name, html, expected) in [
        ("nav", "<nav><a href=/>x</a></nav>", Some("Navigation")),
        ("role", "<div role=navigation>x</div>", Some("Navigation")),
        ("head", "<header><p>x</p></header>", Some("Navigation")),
        ("foot", "<footer>x</footer>", Some("Footer")),
        (
            "foot by role",
            "<div role=contentinfo>x</div>",
            Some("Footer"),
        ),
        (
            "foot by class",
            "<div class='site-footer dark'>x</div>",
            Some("Footer"),
        ),
        ("aside", "<aside>x</aside>", Some("Aside")),
        ("note", "<aside class=note>x</aside>", None),
        ("cookies", "<div id=cookie-banner>x</div>", Some("Cookies")),
        (
            "cookies of a product",
            "<div id=onetrust-consent-sdk><div>x</div></div>",
            Some("Cookies"),
        ),
        (
            "cookies in a dialog",
            "<div role=dialog aria-label='Cookie settings'><footer>x</footer></div>",
            Some("Cookies"),
        ),
        (
            "cookies under a title",
            "<div class=cookie-notice><h1>x</h1></div>",
            Some("Cookies"),
        ),
        ("cookies to eat", "<div class=cookies>x</div>", None),
        ("share", "<div class=share-buttons>x</div>", Some("Share")),
        (
            "share in camels",
            "<div class=articleShare>x</div>",
            Some("Share"),
        ),
        (
            "newsletter",
            "<div class=newsletter-box>x</div>",
            Some("Newsletter"),
        ),
        (
            "advertisement",
            "<div class='ad ad-top'>x</div>",
            Some("Advertisement"),
        ),
        ("no advertisement", "<div class=adaptive>x</div>", None),
        (
            "comments",
            "<section id=c class=comments><p>x</section>",
            Some("Comments"),
        ),
        (
            "related",
            "<div class=related-posts><a href=a>x</a></div>",
            Some("Teaser"),
        ),
        ("related chapter", "<div class=related-work>x</div>", None),
        (
            "read also",
            "<aside class=read-also><a href=a>x</a></aside>",
            Some("Teaser"),
        ),
        (
            "breadcrumbs",
            "<ol class=breadcrumb><li>x</ol>",
            Some("Navigation"),
        ),
        (
            "menu",
            "<div class=menu><a href=a>x</a></div>",
            Some("Navigation"),
        ),
        ("menu of a restaurant", "<div class=menu>x</div>", None),
        ("an anchor", "<section id=share><h2>x</h2></section>", None),
        (
            "coloured code",
            "<pre><span class=comment>x</span></pre>",
            None,
        ),
        ("paragraph", "<p>x</p>", None),
        ("button", "<button>x</button>", Some("Navigation")),
    ] {
        for page in [page(html, ""), page("", html)] {
            let document = read(&page, false);
            let mut blocks = document.blocks.iter();
            let block = blocks.find(|block| &document.text[block.range.clone()] == "x");
            let found = block
                .unwrap()
                .boilerplate
                .map(|reason| format!("{reason:?}"));
            assert_eq!(found.as_deref(), expected, "{name}: {page}");
        }
    }
}

#[test]
fn the_article_is_never_boilerplate() {
    for page in [
        format!(
            "<body class='sidebar share related'><div class=newsletter><h1>T</h1><p>{LONG}</div>"
        ),
        format!("<article><header><h1>T</h1><p>By A. B.</header><p>{LONG}</article>"),
        format!("<header><h1>T</h1><p>{LONG}</header><p>{LONG}"),
        format!("<div id=content-related><main><p>{LONG}</main></div>"),
        format!("<p>{LONG}<blockquote><p>x<footer>y</footer></blockquote>"),
        format!(
            "<p>{LONG}<ul><li><a href=a>a</a><li><a href=b>b</a><li><a href=c>c</a></ul><p>{LONG}"
        ),
    ] {
        let document = read(&page, false);
        for block in &document.blocks {
            assert_eq!(
                block.boilerplate,
                None,
                "{:?} of {page}",
                &document.text[block.range.clone()]
            );
        }
    }
}

#[test]
fn what_is_around_a_short_article_is_marked() {
    let page = format!("<article><p>x</article><footer><p>{LONG}</footer><aside>{LONG}</aside>");
    let document = read(&page, false);
    let reasons: Vec<_> = document.blocks.iter().map(|b| b.boilerplate).collect();
    let [footer, aside] = [Boilerplate::Footer, Boilerplate::Aside].map(Some);
    assert_eq!(reasons, [None, footer, aside]);
}

#[test]
fn links_in_a_row() {
    let menu = "<ul><li><a href=a>Home</a><li><a href=b>News</a><li><a href=c>About us</a></ul>";
    let page = format!("<h2>x</h2>{menu}<h1>T</h1><p>{LONG}<p>{LONG}{menu}");
    let reasons: Vec<_> = read(&page, false)
        .blocks
        .iter()
        .map(|b| b.boilerplate.is_some())
        .collect();
    assert_eq!(
        reasons,
        [
            false, true, true, true, false, false, false, true, true, true
        ]
    );
}

#[test]
fn main_content() {
    let menu = "<nav>menu</nav>";
    for (name, page) in [
        (
            "main",
            format!("<body>x<main>{menu}<h1>T</h1><p>{LONG}<p>short</main><div>x</div>"),
        ),
        (
            "article",
            format!(
                "<div>x</div><article><h1>T</h1><p>{LONG}<p>short</article><article>x</article>"
            ),
        ),
        (
            "title outside",
            format!("<h1>T</h1><div>x</div><article><p>{LONG}<p>short</article>"),
        ),
        (
            "no long paragraph",
            "<h1>T</h1><section><p>Short text one.</section><section><p>Two.</section>".into(),
        ),
        ("paragraphs alone", "<p>T<p>Short text one.<p>Two.".into()),
        (
            "an article of short paragraphs",
            format!(
                "<div><p>{LONG}</div><article><h1>T</h1>{}</article>",
                "<p>Short text one.<p>Two.".repeat(9)
            ),
        ),
        (
            "neither",
            format!(
                "<div>x</div><div><div><h1>T</h1><p>{LONG}<p>{LONG}<p>short</div></div><div>x</div>"
            ),
        ),
    ] {
        let document = read(&page, true);
        let mut texts: Vec<_> = document
            .blocks
            .iter()
            .map(|b| &document.text[b.range.clone()])
            .collect();
        texts.dedup();
        let expected = match page.contains("Two.") {
            true => {
                texts.truncate(3);
                ["T", "Short text one.", "Two."]
            }
            false => ["T", LONG, "short"],
        };
        assert_eq!(texts, expected, "{name}: {page}");
        for block in &document.blocks {
            let place = document.places.of(block.range.clone()).unwrap();
            assert_eq!(page[place], document.text[block.range.clone()], "{name}");
        }
    }
}

#[test]
fn a_short_paragraph_is_the_main_content() {
    assert_eq!(read("<p>text</p>", true).text, "text");
}
