//! A tree printed as text and read again is the same tree.

use proptest::prelude::*;

use super::tests::plain;
use super::*;
use crate::text::number::{letter_at, to_roman};

/// A list: how many units, and after which of them one is inserted ("2a").
type List = (u32, Option<u32>);

/// An article: its clauses, and for each clause its points and whether a paragraph without a number follows them.
type Article = (List, Vec<(List, bool)>);

const WORDS: [&str; 5] = [
    "Cơ quan nhà nước thực hiện việc được giao",
    "Hồ sơ gồm 02 bản chính và 01 bản sao",
    "Trường hợp quy định tại khoản 1 Điều này thì báo cáo trước ngày 15/3/2020",
    "Mức chi bằng 1,5 lần mức lương cơ sở",
    "Tổ chức, cá nhân có liên quan",
];

/// Numbers of a list, in order: value and suffix.
fn numbers((count, inserted): List) -> Vec<(u32, bool)> {
    let mut out = Vec::new();
    for value in 1..=count {
        out.push((value, false));
        if inserted == Some(value) {
            out.push((value, true));
        }
    }
    out
}

/// Prints the chapters; gives the text and the paths it must be read as.
fn print(chapters: &[Vec<Article>], closed: &str) -> (String, Vec<String>) {
    let (mut text, mut paths) = (String::from("QUYẾT ĐỊNH:\n"), Vec::new());
    let (mut article, mut word) = (0, 0);
    let mut words = || {
        word += 1;
        WORDS[word % WORDS.len()]
    };
    for (chapter, articles) in (1..).zip(chapters) {
        if chapters.len() > 1 {
            text.push_str(&format!("Chương {}\nQUY ĐỊNH VỀ VIỆC\n", to_roman(chapter).unwrap_or_default()));
            paths.push(format!("main/C{chapter}"));
        }
        for (clauses, points) in articles {
            article += 1;
            let base = format!("main/A{article}");
            text.push_str(&format!("Điều {article}{closed} Tên gọi của việc\n"));
            paths.push(base.clone());
            if clauses.0 == 0 {
                text.push_str(&format!("{}.\n", words()));
            }
            for (at, (value, inserted)) in numbers(*clauses).into_iter().enumerate() {
                let number = format!("{value}{}", if inserted { "a" } else { "" });
                let (list, tail) = points.get(at).copied().unwrap_or(((0, None), false));
                let end = if list.0 > 0 { ':' } else { '.' };
                text.push_str(&format!("{number}. {}{end}\n", words()));
                paths.push(format!("{base}.{number}"));
                for (value, inserted) in numbers(list) {
                    let letter = letter_at(value).unwrap_or('a');
                    let point = format!("{letter}{}", if inserted { "1" } else { "" });
                    text.push_str(&format!("{point}) {};\n", words()));
                    paths.push(format!("{base}.{number}.{point}"));
                }
                if tail {
                    text.push_str(&format!("{}.\n", words()));
                }
            }
        }
    }
    (text, paths)
}

fn list(most: u32) -> impl Strategy<Value = List> {
    (0..=most).prop_flat_map(|count| (Just(count), proptest::option::weighted(0.3, 1..=count.max(1))))
}

fn article() -> impl Strategy<Value = Article> {
    (list(6), proptest::collection::vec((list(23), any::<bool>()), 0..7))
}

proptest! {
    #[test]
    fn a_printed_tree_is_read_as_the_same_tree(
        chapters in proptest::collection::vec(proptest::collection::vec(article(), 1..5), 1..4),
        closed in proptest::sample::select(vec![".", ":"]),
    ) {
        let (text, expected) = print(&chapters, closed);
        let found = parse(&plain(&text));
        let numbered = |kind| matches!(kind, UnitKind::Chapter | UnitKind::Article | UnitKind::Clause | UnitKind::Point);
        let units = found.units.iter().filter(|unit| numbered(unit.kind));
        let read: Vec<&str> = units.map(|unit| unit.path.as_str()).collect();
        prop_assert_eq!(read, expected, "{}", text);
        prop_assert!(found.warnings.is_empty(), "{:?}", found.warnings);
    }
}
