//! Pages, and the way back from a paragraph to its element.

use proptest::prelude::*;

use super::*;

const RENDERED: &str = "<w:r><w:lastRenderedPageBreak/></w:r>";
const TYPED: &str = "<w:r><w:br w:type=\"page\"/></w:r>";

fn pages(raw: &RawDocument) -> Vec<Option<u32>> {
    raw.paragraphs().iter().map(|paragraph| paragraph.origin.page).collect()
}

#[test]
fn pages_are_those_of_the_last_layout() {
    let a = || p(&r("a"));
    let cell = |inside: String| format!("<w:tc>{inside}</w:tc>");
    let row = |cells: String| format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
    let lead = p(&(RENDERED.to_owned() + &r("b")));
    for (text, expected) in [
        (a() + &p(&(r("a") + TYPED)) + &a(), vec![None; 3]),
        (a() + &lead + &a(), vec![Some(1), Some(2), Some(2)]),
        (p(&(r("a") + RENDERED + &r("b"))) + &a(), vec![Some(1), Some(2)]),
        (a() + &p(TYPED) + &lead, vec![Some(1), Some(2), Some(2)]),
        (a() + &p(&(TYPED.to_owned() + &r("b"))) + &lead, vec![Some(1), Some(2), Some(3)]),
        // A row that begins on a new page, told in both cells; then one whose first cell is the longer.
        (a() + &row(cell(lead.clone()) + &cell(lead.clone())) + &a(), vec![Some(1), Some(2), Some(2), Some(2)]),
        (row(cell(a() + &lead) + &cell(a())) + &a(), vec![Some(1), Some(2), Some(1), Some(2)]),
    ] {
        assert_eq!(pages(&body(&text)), expected, "{text}");
    }
    let long = p(&r(&"dài ".repeat(10_000)));
    assert_eq!(pages(&body(&(long + &lead))), [None, None], "two pages do not hold forty thousand letters");
}

/// Texts of the `w:p` elements in document order, each without those inside it, by plain search.
fn elements(xml: &str) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        match tag.split(' ').next().unwrap() {
            "w:p" => {
                open.push(texts.len());
                texts.push(String::new());
            }
            "/w:p" => drop(open.pop()),
            "w:t" => texts[*open.last().unwrap()].push_str(text),
            _ => {}
        }
    }
    texts
}

fn content() -> impl Strategy<Value = String> {
    let words = "[a-zđêô ]{1,12}".prop_map(|words| r(&words));
    let boxed =
        words.clone().prop_map(|run| format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p(&run)));
    let twice = boxed.clone().prop_map(|boxed| {
        let inner = boxed.strip_prefix("<w:r>").and_then(|rest| rest.strip_suffix("</w:r>")).unwrap_or_default().to_owned();
        format!(
            "<w:r><mc:AlternateContent><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    });
    let gone = Just("<w:del><w:r><w:delText>x</w:delText></w:r></w:del>".to_owned());
    let run = prop_oneof![4 => words, 1 => boxed, 1 => twice, 1 => gone];
    let paragraph = prop::collection::vec(run, 0..4).prop_map(|runs| p(&runs.concat()));
    let table = prop::collection::vec(paragraph.clone(), 1..4)
        .prop_map(|cells| format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", cells.concat()));
    prop::collection::vec(prop_oneof![3 => paragraph, 1 => table], 1..8).prop_map(|blocks| blocks.concat())
}

proptest! {
    #[test]
    fn every_paragraph_leads_back_to_its_element(content in content()) {
        let xml = part("document", &format!("<w:body>{content}</w:body>"));
        let elements = elements(&xml);
        if let Ok(raw) = read(&zipped(&[("word/document.xml".into(), xml)])) {
            for paragraph in raw.paragraphs() {
                prop_assert_eq!(&elements[paragraph.origin.paragraph as usize], &paragraph.text);
                for note in &paragraph.notes {
                    let source = note.source.as_ref().unwrap();
                    prop_assert_eq!(&source.part, "word/document.xml");
                    prop_assert_eq!(elements[source.id.parse::<usize>().unwrap()].trim(), &note.text);
                }
            }
        }
    }
}
