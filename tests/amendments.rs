//! Amending commands on invented texts: `tests/cases/amendments/*.tsv`.
//!
//! Columns: the command (`⏎` for a line break), which stands as clause 1 of an article that amends Quyết định
//! 17/2019/QĐ-UBND; and its operations, joined by ` | `: kind, `:part` unless whole, provisions, `after` or `before` the
//! place, `-“words taken out”`, `+“words put in”`, `to` new numbers, `q` and the number of quoted units, `@` another target;
//! `-` is nothing.

#![allow(clippy::expect_used)]

use rasoat::document::amendment::{Operation, Part};
use rasoat::document::{Document, Target, understand};

fn understood(command: &str) -> Document {
    let text = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 05/2024/QĐ-UBND\nNghệ An, ngày 10 tháng 01 năm 2024\nQUYẾT ĐỊNH\n\
         Sửa đổi, bổ sung một số điều của Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh\n\
         Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nQUYẾT ĐỊNH:\n\
         Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019\n\
         1. {}\n2. Các nội dung khác giữ nguyên.\n\
         Điều 2. Hiệu lực thi hành\nQuyết định này có hiệu lực kể từ ngày 20 tháng 01 năm 2024.\n",
        command.replace('⏎', "\n")
    );
    let raw = rasoat::source::read("lenh.txt", text.as_bytes()).expect("text is read");
    understand(&raw, "lenh.txt", "")
}

fn operations(command: &str) -> Vec<Operation> {
    let document = understood(command);
    let place = document.unit_at("main/A1.1");
    document.operations.into_iter().filter(|operation| Some(operation.unit) == place).collect()
}

fn kebab(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn shown(operation: &Operation) -> String {
    let mut words = kebab(operation.kind);
    if operation.part != Part::Whole {
        words.push_str(&format!(":{}", kebab(operation.part)));
    }
    words.push_str(&format!(" {}", operation.provisions.join(",")));
    if let Some(place) = &operation.place {
        words.push_str(&format!(" {} {}", if place.before { "before" } else { "after" }, place.provision));
    }
    for (sign, said) in [('-', &operation.old_words), ('+', &operation.new_words)] {
        if let Some(said) = said {
            words.push_str(&format!(" {sign}“{said}”"));
        }
    }
    if !operation.renumbered.is_empty() {
        words.push_str(&format!(" to {}", operation.renumbered.join(",")));
    }
    if !operation.quoted.is_empty() {
        words.push_str(&format!(" q{}", operation.quoted.len()));
    }
    if let Some(number) = operation.target.number.as_deref().filter(|&number| number != "17/2019/QĐ-UBND") {
        words.push_str(&format!(" @{number}"));
    }
    words
}

#[test]
fn commands_become_operations() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/amendments");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("cases").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files {
        for line in std::fs::read_to_string(&file).expect("cases are text").lines() {
            let (command, expected) = line.split_once('\t').expect("two columns");
            let found = operations(command);
            let found = match found.as_slice() {
                [] => "-".to_owned(),
                found => found.iter().map(shown).collect::<Vec<_>>().join(" | "),
            };
            count += 1;
            if found != expected {
                wrong.push(format!("{command}\n  want {expected}\n  have {found}"));
            }
        }
    }
    assert!(count >= 150, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Citations in quoted text, by its command: the words cited and what they lead to.
fn quoted_citations(command: &str) -> Vec<(String, Option<String>, String)> {
    let document = understood(command);
    let quoted = document.citations.iter().filter(|citation| document.units[citation.unit].quoted);
    quoted
        .map(|citation| {
            let number = match &citation.target {
                Target::Instrument(mention) => mention.number.clone(),
                Target::Own => Some("own".to_owned()),
                Target::Unresolved => None,
            };
            (citation.text.clone(), number, citation.provisions.join(","))
        })
        .collect()
}

#[test]
fn words_in_quotes_cite_from_the_document_amended() {
    for (command, cited, provisions) in [
        ("Sửa đổi Điều 5 như sau:⏎“Điều 5. Công khai⏎1. Một.⏎2. Theo khoản 1 Điều này.”", "khoản 1 Điều này", "A5.1"),
        ("Sửa đổi Điều 5 như sau:⏎“Điều 5. Công khai⏎1. Một.⏎2. Theo khoản 3 Điều 8.”", "khoản 3 Điều 8", "A8.3"),
        ("Sửa đổi khoản 2 Điều 5 như sau:⏎“2. Theo khoản 1 Điều này.”", "khoản 1 Điều này", "A5.1"),
        ("Sửa đổi điểm b khoản 2 Điều 5 như sau:⏎“b) Theo điểm a khoản này;”", "điểm a khoản này", "A5.2.a"),
        ("Sửa đổi điểm b khoản 2 Điều 5 như sau:⏎“b) Theo khoản 1 Điều này;”", "khoản 1 Điều này", "A5.1"),
        ("Bổ sung khoản 4 vào sau khoản 3 Điều 7 như sau:⏎“4. Theo khoản 3 Điều này.”", "khoản 3 Điều này", "A7.3"),
        ("Sửa đổi khoản 1 và khoản 2 Điều 9 như sau:⏎“1. Một.⏎2. Theo khoản 1 Điều này.”", "khoản 1 Điều này", "A9.1"),
        ("Sửa đổi khoản 2 Điều 5 như sau:⏎“2. Theo Điều 4 Quyết định này.”", "Điều 4 Quyết định này", "A4"),
        ("Sửa đổi Điều 5:⏎a) Sửa đổi khoản 2 như sau:⏎“2. Theo khoản 1 Điều này.”", "khoản 1 Điều này", "A5.1"),
    ] {
        let found = quoted_citations(command);
        let expected = (cited.to_owned(), Some("17/2019/QĐ-UBND".to_owned()), provisions.to_owned());
        assert!(found.contains(&expected), "{command}: {found:?}");
    }
}

#[test]
fn words_in_quotes_may_cite_others() {
    let found = quoted_citations("Sửa đổi khoản 2 Điều 5 như sau:⏎“2. Theo Điều 9 Nghị định số 59/2023/NĐ-CP.”");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].1.as_deref(), found[0].2.as_str()), (Some("59/2023/NĐ-CP"), "A9"));
}
