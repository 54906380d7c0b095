//! Runs, signs, fields, looks, letters.

use super::*;
use crate::source::Encoding;

#[test]
fn runs_are_joined_and_signs_are_kept() {
    for (runs, text) in [
        (r("Điều ") + &r("1") + &r(". Phạm vi"), "Điều 1. Phạm vi"),
        (r("Số:") + "<w:r><w:tab/></w:r>" + &r("/QĐ"), "Số:\t/QĐ"),
        (r("UBND") + "<w:r><w:br/></w:r>" + &r("-----"), "UBND\n-----"),
        ("<w:r><w:br w:type=\"page\"/></w:r>".to_owned() + &r("Chương II"), "Chương II"),
        (r("QĐ") + "<w:r><w:noBreakHyphen/></w:r>" + &r("UBND"), "QĐ\u{2011}UBND"),
        (r("ng") + "<w:r><w:softHyphen/></w:r>" + &r("ười"), "người"),
        (r("ph\u{ad}ương \u{200b}án\u{feff}"), "phương án"),
        (r("quye\u{302}\u{301}t"), "quyết"),
        (r("A &amp; B &lt;5&#x20;%&gt; &#272;"), "A & B <5 %> Đ"),
        (r("<![CDATA[1 < 2]]>"), "1 < 2"),
        ("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>".to_owned() + &r(" 50%"), "≥ 50%"),
        (
            "<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>\u{f0a8}</w:t></w:r>"
                .into(),
            "□",
        ),
        ("<m:oMath><m:r><m:t>x + y</m:t></m:r></m:oMath>".into(), "x + y"),
        (r("Điều\u{a0}5"), "Điều\u{a0}5"),
    ] {
        assert_eq!(texts(&body(&p(&runs))), [text]);
    }
}

#[test]
fn wrappers_are_transparent() {
    let inside = r("Nhân dân");
    for wrapped in [
        p(&format!("<w:hyperlink>{inside}</w:hyperlink>")),
        p(&format!("<w:smartTag><w:smartTagPr/>{inside}</w:smartTag>")),
        p(&format!("<w:customXml>{inside}</w:customXml>")),
        p(&format!(
            "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p(&inside)),
        p(&format!("<w:fldSimple w:instr=\"REF a\">{inside}</w:fldSimple>")),
        p(&format!("<w:bdo w:val=\"ltr\">{inside}</w:bdo>")),
        format!("<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>", p(&inside)),
        format!("<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>", p(&inside)),
    ] {
        assert_eq!(texts(&body(&wrapped)), ["Nhân dân"], "{wrapped}");
    }
}

#[test]
fn field_results_are_read_and_codes_are_not() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText> REF dieu5 </w:instrText></w:r>";
    let field = mark("begin") + code + &r("mã") + &mark("separate") + &r("Điều 5") + &mark("end");
    assert_eq!(texts(&body(&p(&(r("theo ") + &field + &r(".")))),), ["theo Điều 5."]);
    let unended = p(&(mark("begin") + code)) + &p(&r("Sau đó"));
    assert_eq!(texts(&body(&unended)), ["", "Sau đó"], "a broken field hides nothing after its paragraph");
}

#[test]
fn hidden_text_and_comments_are_counted_not_read() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>";
    let raw = body(&p(&(r("Hiện") + hidden + "<w:r><w:commentReference w:id=\"0\"/></w:r>")));
    assert_eq!(texts(&raw), ["Hiện"]);
    assert_eq!(codes(&raw), ["comments-present", "hidden-text-present"]);
}

#[test]
fn look_tells_whole_and_partial_bold() {
    let bold = |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    for (runs, all, start) in [
        (bold("Điều 1. ") + &r("Phạm vi"), false, true),
        (bold("Điều 1.") + &r("  ") + &bold("Phạm vi"), true, true),
        (r("  ") + &bold("Điều 1"), true, true),
        (r("Điều 1 ") + &bold("Phạm vi"), false, false),
    ] {
        let raw = body(&p(&runs));
        let look = first(&raw).look;
        assert_eq!((look.bold, look.bold_start), (all, start), "{runs}");
    }
}

#[test]
fn old_letters_are_decoded_through_the_style_font() {
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr></w:style>";
    let capitals =
        "<w:r><w:rPr><w:rFonts w:ascii=\".VnTimeH\" w:hAnsi=\".VnTimeH\"/></w:rPr><w:t>quyÕt ®Þnh cña ubnd</w:t></w:r>";
    let raw = Package::new(
        &(p(capitals)
            + &p(&(r("§iÒu 1. Ng")
                + "<w:r><w:softHyphen/></w:r>"
                + &r("êi d©n ph")
                + "<w:r><w:softHyphen/></w:r>"
                + &r("¬ng ¸n")))
            + &p("<w:r><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/></w:rPr><w:t>Ủy ban xã</w:t></w:r>")),
    )
    .with("styles", "styles", styles)
    .read();
    assert_eq!(texts(&raw), ["QUYẾT ĐỊNH CỦA UBND", "Điều 1. Người dân phương án", "Ủy ban xã"]);
    assert_eq!(raw.encoding, Encoding::Tcvn3);
    assert_eq!(codes(&raw), ["legacy-encoding-converted"]);
}

#[test]
fn vni_letters_are_decoded() {
    let font = "<w:rPr><w:rFonts w:ascii=\"VNI-Times\" w:hAnsi=\"VNI-Times\"/></w:rPr>";
    let raw = body(&p(&format!("<w:r>{font}<w:t>Ñieàu 1. Nhaân daân baøn, quyeát ñònh; thò xaõ</w:t></w:r>")));
    assert_eq!(texts(&raw), ["Điều 1. Nhân dân bàn, quyết định; thị xã"]);
    assert_eq!(raw.encoding, Encoding::Vni);
}

#[test]
fn old_letters_under_an_ordinary_font_are_decoded() {
    let vni = body(&p(&r("Ñieàu 1. Nhaân daân baøn, quyeát ñònh; thò xaõ")));
    assert_eq!(texts(&vni), ["Điều 1. Nhân dân bàn, quyết định; thị xã"]);
    assert_eq!(vni.encoding, Encoding::Vni);
    // One pasted paragraph in a document of many others.
    let unicode = p(&r("Ủy ban nhân dân xã tổ chức để Nhân dân bàn và quyết định")).repeat(20);
    let pasted = body(&format!("{unicode}{}", p(&r("QuyÕt ®Þnh nµy cã hiÖu lùc kÓ tõ ngµy ký"))));
    assert_eq!(texts(&pasted)[20], "Quyết định này có hiệu lực kể từ ngày ký");
    assert_eq!(texts(&pasted)[19], "Ủy ban nhân dân xã tổ chức để Nhân dân bàn và quyết định");
    let french =
        body(&p(&r("Le décret du mois d’août où le coût naïf de Noël a été fixé à Haïti, «la façade»")).repeat(30));
    assert_eq!(french.encoding, Encoding::Unicode);
    assert!(texts(&french)[0].contains("août"));
}

#[test]
fn unicode_under_an_old_font_is_left_alone() {
    let font = "<w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>";
    let raw = body(&p(&format!(
        "<w:r>{font}<w:t>Thôn, tổ dân phố; § 5 ®</w:t></w:r><w:r>{font}<w:t> và công an</w:t></w:r>"
    )));
    assert_eq!(texts(&raw), ["Thôn, tổ dân phố; § 5 ® và công an"]);
    assert_eq!(raw.encoding, Encoding::Unicode);
}

#[test]
fn form_fields_show_what_they_hold() {
    let field = |code: &str, form: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{form}</w:ffData></w:fldChar></w:r>\
             <w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let choices =
        "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"xã\"/><w:listEntry w:val=\"phường\"/></w:ddList>";
    for (runs, text) in [
        (field("FORMTEXT", "<w:textInput/>", &r("Vinh")), "Vinh"),
        (field("FORMDROPDOWN", choices, ""), "phường"),
        (field("FORMCHECKBOX", "<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>", ""), "☒"),
        (field("FORMCHECKBOX", "<w:checkBox><w:default w:val=\"0\"/></w:checkBox>", ""), "☐"),
        (field("MERGEFIELD ten", "", &r("«Họ tên»")), "«Họ tên»"),
        (field("SYMBOL 183", "", &r("·")), "·"),
    ] {
        let raw = body(&p(&(runs + &r("!"))));
        assert_eq!(texts(&raw), [format!("{text}!")]);
        assert!(codes(&raw).is_empty());
    }
    for (code, warning) in
        [("EQ \\f(1;2)", "formula-not-read"), ("LISTNUM", "field-not-read"), ("AUTONUM", "field-not-read")]
    {
        assert_eq!(codes(&body(&p(&(field(code, "", "") + &r("chữ"))))), [warning], "{code}");
    }
}

#[test]
fn formulas_keep_their_signs() {
    let t = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    for (formula, text) in [
        (format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", t("a"), t("b")), "a/b"),
        (format!("{}<m:sSup><m:e>{}</m:e><m:sup>{}</m:sup></m:sSup>", t("5×"), t("10"), t("3")), "5×10^3"),
        (
            format!("<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr><m:e>{}</m:e></m:d>", t("x")),
            "[x]",
        ),
        (format!("<m:d><m:e>{}</m:e><m:e>{}</m:e></m:d>", t("x"), t("y")), "(x|y)"),
        (format!("<m:rad><m:radPr/><m:deg/><m:e>{}</m:e></m:rad>", t("2")), "√2"),
        (
            format!("<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr><m:sub/><m:sup/><m:e>{}</m:e></m:nary>", t("k")),
            "∑k",
        ),
        (format!("<m:f><m:num>{}</m:num><m:den><m:d><m:e>{}</m:e></m:d></m:den></m:f>", t("1"), t("n")), "1/(n)"),
    ] {
        assert_eq!(texts(&body(&p(&format!("<m:oMath>{formula}</m:oMath>{}", r(";"))))), [format!("{text};")]);
    }
}

#[test]
fn ruby_placeholders_capitals_and_right_to_left_runs_are_read_as_typed() {
    for (inside, text) in [
        (
            format!(
                "<w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
                r("nhỏ"),
                r("chữ")
            ),
            "chữ",
        ),
        (
            format!(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                r("Bấm để nhập")
            ),
            "Bấm để nhập",
        ),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Quyết định</w:t></w:r>".to_owned(), "Quyết định"),
        ("<w:r><w:rPr><w:rtl/></w:rPr><w:t>abc</w:t></w:r>".to_owned(), "abc"),
        (format!("<w:permStart w:id=\"1\"/>{}<w:permEnd w:id=\"1\"/>", r("mở")), "mở"),
        (r("Số:") + "<w:r><w:ptab w:alignment=\"right\"/></w:r>" + &r("Vinh"), "Số:\tVinh"),
    ] {
        assert_eq!(texts(&body(&p(&inside))), [text]);
    }
    let drop_cap = p(&format!("<w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr>{}", r("Đ"))) + &p(&r("iều 1."));
    assert_eq!(texts(&body(&drop_cap)), ["Điều 1."]);
}

#[test]
fn text_hidden_by_a_style_is_told() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"An\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let hidden = "<w:r><w:rPr><w:rStyle w:val=\"An\"/></w:rPr><w:t>ẩn</w:t></w:r>";
    let raw = Package::new(&p(&(r("Hiện") + hidden))).with("styles", "styles", styles).read();
    assert_eq!(texts(&raw), ["Hiện"]);
    assert_eq!(codes(&raw), ["hidden-text-present"]);
}

#[test]
fn branches_that_show_nothing_give_way_to_the_fallback() {
    let choice = |inside: &str, fallback: &str| {
        format!(
            "<mc:AlternateContent><mc:Choice Requires=\"w99\">{inside}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )
    };
    for (runs, text) in [
        (format!("<w:r>{}</w:r>", choice("<w99:symEx/>", "<w:t>☺</w:t>")), "☺"),
        (choice(&r("mới"), &r("cũ")), "mới"),
        (choice(&choice("", ""), &choice("", &r("trong"))), "trong"),
    ] {
        assert_eq!(texts(&body(&p(&runs))), [text]);
    }
}

#[test]
fn embedded_chunks_are_read_in_their_place_once() {
    let chunk = |name: &str| format!("<w:altChunk r:id=\"{name}\"/>");
    let raw = Package::new(&(p(&r("Trước")) + &chunk("k.txt") + &p(&r("Sau")) + &chunk("k.txt") + &chunk("mất.bin")))
        .raw("aFChunk", "k.txt", "Điều 7. Nội dung nhúng")
        .read();
    assert_eq!(texts(&raw), ["Trước", "Điều 7. Nội dung nhúng", "Sau"]);
    assert_eq!(codes(&raw), ["embedded-document-not-read"]);
    assert_eq!(raw.paragraphs()[1].origin.paragraph, 0);
}
