//! How long each stage takes; see README.md beside this file.

use std::env;
use std::fmt::Display;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use triglyph::{Aligner, Alignment, Lang, Unit};

mod shared;

use shared::long;
use shared::made_up::Made;
use shared::texts::{Aligned, Texts};

/// What a group is measured on, by the parameter that tells them apart.
type Inputs<P> = Vec<(P, Aligned)>;

/// Times something on each input.
fn group<P: Display, R>(
    c: &mut Criterion,
    name: &str,
    on: &Inputs<P>,
    run: impl Fn(&Aligned) -> R,
) {
    let mut group = c.benchmark_group(name);
    group.sample_size(20);
    for (parameter, input) in on {
        group.throughput(Throughput::Bytes(input.texts.bytes() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(parameter), input, |b, input| {
            b.iter(|| run(input));
        });
    }
    group.finish();
}

/// Where everything runs only once, what is measured is small.
fn is_test() -> bool {
    env::args().any(|arg| arg == "--test")
}

/// Which stage costs what, and how does it grow with the article?
fn stages(c: &mut Criterion) {
    let sizes: &[usize] = if is_test() {
        &[10]
    } else {
        &[10, 30, 100, 300]
    };
    let made_up = sizes.iter().map(|&size| {
        (
            size,
            Aligned::new(Made::default().texts(Unit::Paragraph, size)),
        )
    });
    let articles: Inputs<usize> = made_up.collect();
    let in_use = Aligner::new();
    for (_, input) in &articles {
        black_box(in_use.align(&input.article));
    }
    group(c, "words", &articles, |a| a.texts.words());
    group(c, "segment told", &articles, |a| a.texts.told());
    group(c, "segment detected", &articles, |a| a.texts.detected());
    group(c, "align", &articles, |a| in_use.align(&a.article));
    group(c, "align first", &articles, |a| {
        a.texts.aligner().align(&a.article)
    });
    group(c, "write", &articles, Aligned::write);
}

/// What does each further version cost, and what do versions that differ much?
fn versions(c: &mut Criterion) {
    let [en, fr, de] = [Lang::EN, Lang::FR, Lang::DE];
    let made_up = |langs: &[Lang], missing| {
        let made = Made {
            langs,
            missing,
            ..Made::default()
        };
        Aligned::new(made.texts(Unit::Paragraph, 30))
    };
    let articles = vec![
        ("2", made_up(&[en, fr], 20)),
        ("3", made_up(&[en, fr, de], 20)),
        ("3, half missing", made_up(&[en, fr, de], 2)),
        ("5", made_up(&[en, fr, de, en, fr], 20)),
    ];
    group(c, "versions", &articles, whole);
}

/// How does a long text grow, sentence by sentence?
fn sentences(c: &mut Criterion) {
    let sizes = match env::var("TRIGLYPH_BENCH_SENTENCES") {
        _ if is_test() => vec![200],
        Ok(sizes) => sizes
            .split_whitespace()
            .map(|size| size.parse().expect("a number"))
            .collect(),
        Err(_) => vec![2000, 20_000],
    };
    let made_up = sizes
        .into_iter()
        .map(|size| (size, Aligned::new(long::sentences(size))));
    group(c, "sentences", &made_up.collect(), whole);
}

/// What does an article take that was scraped as it is?
fn column(c: &mut Criterion) {
    let texts = [
        (Lang::EN, include_str!("../tests/data/advice/en.txt")),
        (Lang::FR, include_str!("../tests/data/advice/fr.txt")),
        (Lang::DE, include_str!("../tests/data/advice/de.txt")),
    ];
    let texts = Texts {
        versions: texts.map(|(lang, text)| (lang, text.into())).into(),
        unit: Unit::Paragraph,
    };
    group(c, "column", &vec![("advice", Aligned::new(texts))], whole);
}

/// From texts of told languages to their alignment, by a new aligner.
fn whole(of: &Aligned) -> Alignment {
    let article = of.texts.told();
    of.texts.aligner().align(&article)
}

criterion_group!(benches, stages, versions, sentences, column);

fn main() {
    shared::one_thread();
    benches();
    Criterion::default().configure_from_args().final_summary();
}
