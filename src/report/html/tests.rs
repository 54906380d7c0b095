use super::*;
use crate::report::sample;

fn page(results: &Results) -> String {
    let mut bytes = Vec::new();
    write(results, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_was_not_read_comes_first_and_findings_are_anchors() {
    let results = sample::results(2);
    let page = page(&results);
    let unread = page.find("quet/QD-35-2007.pdf").unwrap();
    assert!(unread < page.find("id=\"tong-hop\"").unwrap() && unread < page.find("class=\"doc\"").unwrap());
    for finding in results.documents.iter().flat_map(|reviewed| &reviewed.findings).chain(&results.missing) {
        assert_eq!(page.matches(&format!(" id=\"{}\"", finding.id)).count(), 1, "{}", finding.id);
    }
    assert!(page.contains("<mark>trên 50% số hộ</mark>") && page.contains("hiện hành"));
    // Our own words are never shown as a quotation.
    assert!(page.contains("tóm tắt, không phải nguyên văn") && !page.contains("“Việc góp quỹ"));
}

#[test]
fn the_page_needs_nothing_from_elsewhere() {
    let page = page(&sample::results(1));
    for outside in ["http://", "https://", "//cdn", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn hostile_words_stay_words() {
    const HOSTILE: &str = "<script>alert(1)</script>\"'><img onerror=x>";
    let mut results = sample::results(1);
    let clean = page(&results);
    let reviewed = &mut results.documents[0];
    reviewed.id = HOSTILE.to_owned();
    reviewed.field = Some(HOSTILE.to_owned());
    reviewed.status.why = HOSTILE.to_owned();
    reviewed.document.file = HOSTILE.to_owned();
    reviewed.document.identity.issuer = Some(HOSTILE.to_owned());
    reviewed.document.identity.number = Some(HOSTILE.to_owned());
    reviewed.document.identity.title = Some(HOSTILE.to_owned());
    for unit in &mut reviewed.document.units {
        unit.label = HOSTILE.to_owned();
        unit.heading = HOSTILE.to_owned();
        unit.text.push_str(HOSTILE);
    }
    for warning in &mut reviewed.document.warnings {
        warning.message = HOSTILE.to_owned();
    }
    for finding in &mut reviewed.findings {
        (finding.message, finding.rule, finding.cite) = (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
        finding.doubts = vec![HOSTILE.to_owned()];
        for basis in &mut finding.basis {
            (basis.cite, basis.demands) = (HOSTILE.to_owned(), HOSTILE.to_owned());
        }
    }
    for proposal in &mut results.proposals {
        for words in [
            &mut proposal.cite,
            &mut proposal.reason,
            &mut proposal.wording,
            &mut proposal.authority,
            &mut proposal.drafter,
        ] {
            *words = HOSTILE.to_owned();
        }
    }
    for input in &mut results.unreadable {
        input.file = HOSTILE.to_owned();
        input.unread.message = HOSTILE.to_owned();
    }
    results.run.packs[0].title = HOSTILE.to_owned();
    let hostile = page(&results);
    assert!(hostile.contains("&lt;script&gt;alert(1)"));
    for markup in ["<script", "<img", "onerror=x>"] {
        assert_eq!(hostile.matches(markup).count(), clean.matches(markup).count(), "{markup}");
    }
    assert!(!hostile.contains("\"'>"));
}

#[test]
fn the_law_is_quoted_word_for_word_when_given() {
    let mut results = sample::results(1);
    let mut law = sample::document();
    law.units[1] = sample::unit("main/A21.1", "1.", "Nguyên văn của khoản này.");
    law.sha256 = "b".repeat(64);
    results.law.add("10/2022/QH15".to_owned(), law);
    let page = page(&results);
    assert!(page.contains("“1. Nguyên văn của khoản này.”") && page.contains(&"b".repeat(64)));
    assert!(!page.contains("Việc góp quỹ phải được"));
}
