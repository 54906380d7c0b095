use super::*;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn part(body: &str) -> String {
    format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
}

fn comments(xml: &str, comments: &[(u32, Hook)]) -> Option<Marked> {
    mark(xml, &Wanted { comments, changes: &[], signed: "", first_change: 0, declared: "" })
}

/// Marks the words and gives the new body.
fn marked(body: &str, words: &str) -> String {
    let xml = part(body);
    let start = xml.find(words).unwrap();
    let hooks = [(7, Hook::Words(start..start + words.len()))];
    inside(&comments(&xml, &hooks).filter(|marked| marked.found == [true]).unwrap().xml)
}

fn inside(xml: &str) -> String {
    let (start, end) = (xml.find("<w:body>").unwrap() + 8, xml.find("</w:body>").unwrap());
    let marks = [
        ("<w:commentRangeStart w:id=\"7\"/>", "["),
        ("<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>", "]"),
    ];
    marks.iter().fold(xml[start..end].to_owned(), |body, (mark, sign)| body.replace(mark, sign))
}

#[test]
fn a_run_is_cut_only_inside_its_words() {
    let p = |inside: &str| format!("<w:p>{inside}</w:p>");
    assert_eq!(marked(&p("<w:r><w:t>một</w:t></w:r>"), "một"), p("[<w:r><w:t>một</w:t></w:r>]"));
    let run = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>một hai ba</w:t></w:r>";
    let open = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">";
    assert_eq!(
        marked(&p(run), "hai"),
        p(&format!("{open}một </w:t></w:r>[{open}hai</w:t></w:r>]{open} ba</w:t></w:r>"))
    );
    assert_eq!(marked(&p(run), "một"), p(&format!("[{open}một</w:t></w:r>]{open} hai ba</w:t></w:r>")));
}

#[test]
fn other_children_of_a_run_keep_their_place() {
    let run = "<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t><w:br/></w:r>";
    let expected = "<w:r><w:t>một</w:t><w:tab/></w:r>[<w:r><w:t>hai</w:t></w:r>]<w:r><w:br/></w:r>";
    assert_eq!(marked(run, "hai"), expected);
}

#[test]
fn a_range_may_go_over_runs_entities_and_hyperlinks() {
    let body = "<w:r><w:t>A &amp; B</w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>C</w:t></w:r></w:hyperlink>";
    let xml = part(body);
    let start = xml.find("&amp;").unwrap();
    let end = xml.find(">C<").unwrap() + 2;
    let marked = comments(&xml, &[(7, Hook::Words(start..end))]).unwrap();
    assert_eq!(marked.found, [true]);
    let keep = "<w:r><w:t xml:space=\"preserve\">";
    assert_eq!(
        inside(&marked.xml),
        format!(
            "{keep}A </w:t></w:r>[{keep}&amp; B</w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>C</w:t></w:r>]</w:hyperlink>"
        )
    );
}

#[test]
fn comments_may_touch_and_overlap() {
    let xml = part("<w:r><w:t>một hai ba</w:t></w:r>");
    let at = xml.find("một").unwrap();
    let len = "một hai".len();
    let hooks =
        [(1, Hook::Words(at..at + len)), (2, Hook::Words(at..at + len)), (3, Hook::Words(at + len..at + len + 3))];
    let marked = comments(&xml, &hooks).unwrap();
    assert_eq!(marked.found, [true; 3]);
    let mut depth = 0;
    for (sign, step) in [("<w:r>", 1), ("</w:r>", -1)] {
        depth += step * marked.xml.matches(sign).count() as i32;
    }
    assert_eq!(depth, 0);
    assert!(comments(&marked.xml, &[]).is_some());
}

#[test]
fn a_paragraph_is_marked_behind_its_properties() {
    let xml = part("<w:p/><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:t>một</w:t></w:r></w:p>");
    let hooks = [(7, Hook::Paragraph(1)), (8, Hook::Paragraph(0)), (9, Hook::Paragraph(5))];
    let marked = comments(&xml, &hooks).unwrap();
    assert_eq!(marked.found, [true, false, false]);
    assert_eq!(
        inside(&marked.xml),
        "<w:p/><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>[<w:r><w:t>một</w:t></w:r>]</w:p>"
    );
}

/// Proposes new words for old ones: the new body, and what it reads when all is accepted and when all is rejected.
fn proposed(body: &str, words: &str, new: &str) -> Option<(String, String, String)> {
    let xml = part(body);
    let start = xml.find(words.split('|').next().unwrap()).unwrap();
    let last = words.split('|').next_back().unwrap();
    let end = start + xml[start..].find(last).unwrap() + last.len();
    let changes = [(start..end, new.to_owned())];
    let signed = "w:author=\"RS\" w:date=\"2026-11-22T00:00:00Z\"";
    let marked =
        mark(&xml, &Wanted { comments: &[], changes: &changes, signed, first_change: 40, declared: "" }).unwrap();
    assert!(comments(&marked.xml, &[]).is_some(), "{}", marked.xml);
    let words = |name: &str, xml: &str| -> String {
        let open = format!("<w:{name}");
        let texts = xml.split(&open).skip(1).filter(|rest| rest.starts_with([' ', '>']));
        texts.map(|rest| rest.split_once('>').unwrap().1.split('<').next().unwrap()).collect()
    };
    let inserted = marked.xml.split("<w:ins ").nth(1).map(|rest| rest.split("</w:ins>").next().unwrap().to_owned());
    let rejected = inserted.map_or(marked.xml.clone(), |inserted| marked.xml.replace(&inserted, ""));
    let rejected = words("t", &rejected.replace("delText", "t"));
    assert_eq!(rejected, words("t", &xml), "rejecting must give the old words");
    marked.changed[0].then(|| (inside(&marked.xml), words("t", &marked.xml), words("delText", &marked.xml)))
}

#[test]
fn words_in_one_run_are_replaced_as_a_tracked_change() {
    let run = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>xã, phường, thị trấn nay</w:t></w:r></w:p>";
    let (body, accepted, deleted) = proposed(run, "phường, thị trấn", "phường").unwrap();
    assert_eq!((accepted.as_str(), deleted.as_str()), ("xã, phường nay", "phường, thị trấn"));
    assert!(body.contains("<w:del w:id=\"40\" w:author=\"RS\"") && body.contains("<w:ins w:id=\"41\""));
    assert_eq!(body.matches("<w:rPr><w:b/></w:rPr>").count(), 4);
    let (_, accepted, _) = proposed("<w:p><w:r><w:t>thị trấn</w:t></w:r></w:p>", "thị trấn", "xã").unwrap();
    assert_eq!(accepted, "xã");
    // Other children of the run stay.
    let (body, accepted, _) =
        proposed("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>thị trấn</w:t><w:br/></w:r></w:p>", "thị trấn", "xã").unwrap();
    assert_eq!(accepted, "axã");
    assert!(body.contains("<w:tab/></w:r><w:del ") && body.contains("<w:r><w:br/></w:r>"), "{body}");
}

#[test]
fn words_split_over_runs_are_replaced_where_nothing_stands_between() {
    let runs = "<w:p><w:r><w:t>các thị</w:t></w:r><w:proofErr w:type=\"x\"/><w:r><w:t xml:space=\"preserve\"> </w:t></w:r><w:r><w:t>trấn này</w:t></w:r></w:p>";
    let (body, accepted, deleted) = proposed(runs, "thị|trấn", "xã").unwrap();
    assert_eq!((accepted.as_str(), deleted.as_str()), ("các xã này", "thị trấn"));
    assert_eq!(body.matches("<w:del ").count(), 3);
    let tab = "<w:p><w:r><w:t>thị</w:t><w:tab/></w:r><w:r><w:t>trấn</w:t></w:r></w:p>";
    assert_eq!(proposed(tab, "thị|trấn", "xã"), None);
    let link = "<w:p><w:r><w:t>thị</w:t></w:r><w:hyperlink><w:r><w:t>trấn</w:t></w:r></w:hyperlink></w:p>";
    assert_eq!(proposed(link, "thị|trấn", "xã"), None);
    let tracked = "<w:p><w:moveTo w:id=\"1\"><w:r><w:t>thị trấn</w:t></w:r></w:moveTo></w:p>";
    assert_eq!(proposed(tracked, "thị trấn", "xã"), None);
}

#[test]
fn a_change_stands_inside_its_comment() {
    let xml = part("<w:p><w:r><w:t>các thị trấn này</w:t></w:r></w:p>");
    let at = xml.find("thị trấn").unwrap();
    let words = at..at + "thị trấn".len();
    let changes = [(words.clone(), "xã".to_owned()), (words.clone(), "phường".to_owned())];
    let wanted = |comments| Wanted { comments, changes: &changes, signed: "", first_change: 1, declared: "" };
    let hooks = [(7, Hook::Words(words.clone()))];
    let marked = mark(&xml, &wanted(&hooks)).unwrap();
    // The same words are changed once.
    assert_eq!((marked.found, marked.changed), (vec![true], vec![true, false]));
    let body = inside(&marked.xml);
    let places = ["[", "<w:del ", "</w:del>", "<w:ins ", "</w:ins>", "]", " này"].map(|sign| body.find(sign).unwrap());
    assert!(places.is_sorted(), "{body}");
    // A comment on a part of the words would be torn.
    let hooks = [(7, Hook::Words(at..at + "thị".len()))];
    assert_eq!(mark(&xml, &wanted(&hooks)).unwrap().changed, [false, false]);
}
