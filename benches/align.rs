//! How long it takes to detect, to segment and to align; see README.md beside this file.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use triglyph::{Aligner, Article, Detector, Lang, Segmenter, Source, Unit};

mod texts;

const LANGS: [Lang; 3] = [Lang::EN, Lang::FR, Lang::DE];

/// Reads texts whose languages are known, so that only the step in question is measured.
fn article(texts: &[String; 3]) -> Article {
    let source =
        |(text, lang): (&String, Lang)| Source::new(text).lines(Unit::Paragraph).lang(lang);
    let sources = texts.iter().zip(LANGS).map(source);
    Segmenter::new().article(sources).expect("three versions")
}

fn detect(c: &mut Criterion) {
    let mut group = c.benchmark_group("detect");
    for (text, lang) in texts::COLUMN.into_iter().zip(LANGS) {
        let paragraphs: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        let detector = Detector::new();
        assert_eq!(detector.detect(paragraphs.iter().copied()).lang(), lang);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(lang.code(), |b| {
            b.iter(|| detector.detect(black_box(&paragraphs).iter().copied()));
        });
    }
    group.finish();
}

fn segment(c: &mut Criterion) {
    let mut group = c.benchmark_group("segment");
    for (text, lang) in texts::COLUMN.into_iter().zip(LANGS) {
        let segmenter = Segmenter::new();
        let source = Source::new(text).lang(lang);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(lang.code(), |b| {
            b.iter(|| segmenter.version(black_box(source.clone())));
        });
    }
    group.finish();
}

fn align(c: &mut Criterion) {
    let mut group = c.benchmark_group("align");
    group.sample_size(10);
    let never = u64::MAX;
    for (name, article) in [
        (
            "column",
            Article::detect(texts::COLUMN).expect("three versions"),
        ),
        (
            "250 paragraphs",
            self::article(&texts::made_up(250, [never, 20, 20])),
        ),
        (
            "500 paragraphs",
            self::article(&texts::made_up(500, [never, 20, 20])),
        ),
        (
            "1000 paragraphs",
            self::article(&texts::made_up(1000, [never, 20, 20])),
        ),
        (
            "2000 paragraphs",
            self::article(&texts::made_up(2000, [never, 20, 20])),
        ),
        (
            "2000 paragraphs, uneven",
            self::article(&texts::made_up(2000, [never, 2, 4])),
        ),
    ] {
        let segments = article
            .versions()
            .iter()
            .map(|v| v.segments(Unit::Paragraph).len());
        group.throughput(Throughput::Elements(segments.sum::<usize>() as u64));
        let aligned = Aligner::new().align(&article);
        assert!(
            aligned.iter().filter(|bead| !bead.is_null()).count() > 10,
            "{name}"
        );
        group.bench_function(name, |b| {
            b.iter(|| Aligner::new().align(black_box(&article)));
        });
    }
    group.finish();
}

fn pipeline(c: &mut Criterion) {
    let mut group = c.benchmark_group("pipeline");
    let bytes: usize = texts::COLUMN.iter().map(|t| t.len()).sum();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("column", |b| {
        b.iter(|| {
            let article = Article::detect(black_box(texts::COLUMN))?;
            Ok::<_, triglyph::Error>(Aligner::new().align(&article))
        });
    });
    group.finish();
}

criterion_group!(benches, detect, segment, align, pipeline);
criterion_main!(benches);
