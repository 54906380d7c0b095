//! Automatic numbers.

use super::*;

#[test]
fn numbers_come_from_lists_and_from_styles() {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"4\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Dieu\"/><w:lvlText w:val=\"Điều %1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Khoan\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%3)\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Khoan\"><w:basedOn w:val=\"Dieu\"/></w:style>";
    let styled = |style: &str, more: &str, text: &str| {
        p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{}", r(text)))
    };
    let point = "<w:pPr><w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>";
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let raw = Package::new(
        &(styled("Dieu", "", "Phạm vi")
            + &styled("Khoan", "", "Một")
            + &p(&format!("{point}{}", r("Điểm")))
            + &p(&format!("{point}{}", r("Điểm")))
            + &styled("Khoan", "", "Hai")
            + &styled("Dieu", off, "Không số")
            + &styled("Dieu", "<w:jc w:val=\"center\"/>", "Đối tượng")),
    )
    .with("styles", "styles", styles)
    .with("numbering", "numbering", numbering)
    .read();
    assert_eq!(
        texts(&raw),
        ["Điều 4. Phạm vi", "1. Một", "a) Điểm", "b) Điểm", "2. Hai", "Không số", "Điều 5. Đối tượng"]
    );
    let paragraphs = raw.paragraphs();
    assert!(paragraphs[0].look.bold && !paragraphs[2].look.bold && paragraphs[6].look.centered);
}

/// A list of one level for each of `levels` (format, text), under `w:numId` 1.
fn list(levels: &[(&str, &str)]) -> String {
    let levels: String = levels
        .iter()
        .enumerate()
        .map(|(at, (format, text))| {
            format!(
                "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
            )
        })
        .collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    )
}

fn item(level: usize, mark: &str, text: &str) -> String {
    let runs = if text.is_empty() { String::new() } else { r(text) };
    p(&format!(
        "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>{runs}"
    ))
}

#[test]
fn letters_are_kept_as_word_counts_them_and_the_missing_d_is_told() {
    let points = ["Một", "Hai", "Ba", "Bốn", "Năm"].map(|text| item(1, "", text)).join("");
    let bytes = Package::new(&(item(0, "", "Trách nhiệm") + &points))
        .with("numbering", "numbering", &list(&[("decimal", "%1."), ("lowerLetter", "%2)")]))
        .bytes();
    let raw = crate::source::read("a.docx", &bytes).unwrap();
    assert_eq!(texts(&raw)[4..], ["d) Bốn", "e) Năm"]);
    assert_eq!(codes(&raw), ["letter-list-without-d"]);
    assert!(raw.warnings[0].message.contains("“e) Năm…”"), "{}", raw.warnings[0].message);
}

#[test]
fn empty_items_count_and_hidden_ones_do_not() {
    let raw = Package::new(&(item(0, "", "Một") + &item(0, "", "") + &item(0, "<w:vanish/>", "") + &item(0, "", "Ba")))
        .with("numbering", "numbering", &list(&[("decimal", "%1.")]))
        .read();
    assert_eq!(texts(&raw), ["1. Một", "2.", "3. Ba"]);
}

#[test]
fn notes_count_apart_from_the_body() {
    let note = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
    let raw = Package::new(&(item(0, "", "Một") + &p(&(r("Hai") + note)) + &item(0, "", "Ba")))
        .with("numbering", "numbering", &list(&[("decimal", "%1.")]))
        .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", item(0, "", "ghi chú")))
        .read();
    assert_eq!(texts(&raw), ["1. Một", "Hai", "2. Ba"]);
    assert_eq!(raw.paragraphs()[1].notes[0].text, "1. ghi chú");
}

#[test]
fn a_style_without_a_level_takes_that_of_the_style_it_is_based_on() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Khoan\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"KhoanNho\"><w:basedOn w:val=\"Khoan\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Thuong\"><w:basedOn w:val=\"Khoan\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>";
    let numbering = list(&[("decimal", "Điều %1."), ("decimal", "%2.")])
        .replace("<w:lvlText w:val=\"%2.\"/>", "<w:pStyle w:val=\"Khoan\"/><w:lvlText w:val=\"%2.\"/>");
    let styled = |style: &str| p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}", r("Nội dung")));
    let raw = Package::new(&(styled("Khoan") + &styled("KhoanNho") + &styled("Thuong")))
        .with("styles", "styles", styles)
        .with("numbering", "numbering", &numbering)
        .read();
    assert_eq!(texts(&raw), ["1. Nội dung", "2. Nội dung", "Nội dung"]);
}

#[test]
fn a_heading_with_a_hidden_mark_runs_on_with_its_own_number() {
    let raw = Package::new(
        &(item(0, "<w:vanish/><w:specVanish/>", "Phạm vi.")
            + &p(&r(" Quy chế này quy định."))
            + &item(0, "", "Đối tượng")),
    )
    .with("numbering", "numbering", &list(&[("decimal", "Điều %1.")]))
    .read();
    assert_eq!(texts(&raw), ["Điều 1. Phạm vi. Quy chế này quy định.", "Điều 2. Đối tượng"]);
}
