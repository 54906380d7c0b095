use jiff::civil::date;

use super::*;
use crate::document::{Citation, Document, Identity, Mention, Relation, Target, docnumber, issuer};
use crate::source::{Encoding, Reader};

const UBND: &str = "Ủy ban nhân dân tỉnh Nghệ An";

fn document(number: &str, issuer_name: &str, issued: Date) -> Document {
    let identity = Identity {
        kind: docnumber::kind_of(number).unwrap_or_default(),
        number: Some(number.to_owned()).filter(|number| !number.is_empty()),
        issuer: Some(issuer_name.to_owned()),
        level: issuer::normalise(issuer_name).map(|issuer| issuer.level),
        issued: Some(issued),
        effective: Some(issued),
        ..Identity::default()
    };
    Document {
        file: format!("{}.docx", number.replace('/', "-")),
        sha256: String::new(),
        reader: Reader::Text,
        encoding: Encoding::Unicode,
        head: String::new(),
        identity,
        layers: Vec::new(),
        units: Vec::new(),
        citations: Vec::new(),
        relations: Vec::new(),
        changes: crate::document::ChangeSummary::default(),
        operations: Vec::new(),
        warnings: Vec::new(),
    }
}

fn acts(mut actor: Document, kind: RelationKind, number: &str, provisions: &[&str]) -> Document {
    actor.relations.push(Relation {
        kind,
        target: Mention { number: Some(number.to_owned()), ..Mention::default() },
        provisions: provisions.iter().map(|&p| p.to_owned()).collect(),
        effective: None,
        path: "main/A2".to_owned(),
        text: String::new(),
        citation: None,
    });
    actor
}

fn law(number: &str, name: &str, issued: Date, ended: Option<Date>) -> Instrument {
    Instrument {
        number: number.to_owned(),
        kind: Kind::Luat,
        name: name.to_owned(),
        aliases: Vec::new(),
        issuer: "Quốc hội".to_owned(),
        issued: Some(issued),
        effective: Some(issued),
        events: ended
            .map(|day| Event {
                what: EventKind::Replaced,
                date: Some(day),
                by: None,
                provision: None,
                provisions: Vec::new(),
                certainty: Certainty::RecallHigh,
                note: None,
            })
            .into_iter()
            .collect(),
        details: Vec::new(),
        source: "test".to_owned(),
        certainty: Certainty::RecallHigh,
    }
}

fn laws() -> Vec<Instrument> {
    vec![
        law("11/2003/QH11", "Luật Bến bãi", date(2003, 11, 26), Some(date(2016, 1, 1))),
        law("77/2015/QH13", "Luật Bến bãi", date(2015, 6, 19), None),
        law("47/2019/QH14", "Luật sửa đổi, bổ sung một số điều của Luật Bến bãi", date(2019, 11, 22), None),
    ]
}

#[test]
fn names_mean_what_bore_them_on_the_day() {
    let registry = Registry::new(laws(), &[]);
    let mention = |title: &str, issued: Option<Date>, year: Option<i16>| Mention {
        title: Some(title.to_owned()),
        issued,
        year,
        ..Mention::default()
    };
    let number = |mention: &Mention, day: Option<Date>| match registry
        .resolve(mention, Citing { issued: day, ..Citing::default() })
    {
        Resolution::One(key) => registry.number(key).unwrap_or("?").to_owned(),
        Resolution::Many(keys) => format!("{} nghĩa", keys.len()),
        Resolution::Unknown(_) => "không rõ".to_owned(),
    };
    for (mention, day, expected) in [
        (mention("Luật Bến bãi", Some(date(2003, 11, 26)), None), None, "11/2003/QH11"),
        (mention("LUẬT BẾN BÃI", Some(date(2015, 6, 18)), None), None, "77/2015/QH13"),
        (mention("Luật Bến bãi năm 2015", None, Some(2015)), None, "77/2015/QH13"),
        (mention("Luật Bến bãi", Some(date(2010, 6, 18)), None), None, "không rõ"),
        (mention("Luật Bến bãi", None, None), Some(date(2014, 5, 5)), "11/2003/QH11"),
        (mention("Bến bãi", None, None), Some(date(2018, 5, 5)), "77/2015/QH13"),
        (mention("Luật Bến bãi", None, None), Some(date(2000, 5, 5)), "không rõ"),
        (mention("Luật Bến bãi", None, None), None, "2 nghĩa"),
        (mention("Luật Cầu đường", None, None), None, "không rõ"),
        (mention("Luật sửa đổi, bổ sung một số điều của Luật Bến bãi", None, None), None, "47/2019/QH14"),
    ] {
        assert_eq!(number(&mention, day), expected, "{mention:?} {day:?}");
    }
}

#[test]
fn a_bare_name_means_the_law_named_in_full_before_it() {
    let cite = |title: &str, issued: Option<Date>, number: Option<&str>| Citation {
        unit: 0,
        range: 0..0,
        text: title.to_owned(),
        target: Target::Instrument(Mention {
            kind: Some(Kind::Luat),
            title: Some(title.to_owned()),
            issued,
            number: number.map(str::to_owned),
            ..Mention::default()
        }),
        provisions: Vec::new(),
        relation: RelationKind::Refers,
        why: "?".to_owned(),
    };
    let mut citing = document("1/2015/QĐ-UBND", UBND, date(2015, 7, 1));
    citing.citations = vec![
        cite("Luật Bến bãi", None, None),
        cite("Luật Bến bãi", Some(date(2015, 6, 19)), None),
        cite("Luật Đê kè", None, Some("9/2014/QH13")),
        cite("Luật Đê kè", None, None),
        cite("Luật Cầu đường", None, None),
    ];
    Registry::new(laws(), &[]).resolve_citations(&mut citing, date(2026, 11, 22));
    let numbers: Vec<_> = citing
        .citations
        .iter()
        .map(|citation| match &citation.target {
            Target::Instrument(mention) => (mention.number.as_deref().unwrap_or("-"), citation.why.is_empty()),
            _ => ("?", false),
        })
        .collect();
    let expected =
        [("77/2015/QH13", true), ("77/2015/QH13", true), ("9/2014/QH13", true), ("9/2014/QH13", true), ("-", false)];
    assert_eq!(numbers, expected);
}

#[test]
fn one_number_of_two_provinces_is_kept_apart() {
    let other = "Ủy ban nhân dân tỉnh Hà Tĩnh";
    let documents =
        [document("5/2019/QĐ-UBND", UBND, date(2019, 3, 1)), document("05/2019/QĐ-UBND", other, date(2019, 4, 1))];
    let registry = Registry::new(Vec::new(), &documents);
    let mention = |issuer: Option<&str>, issued| Mention {
        number: Some("5/2019/QĐ-UBND".to_owned()),
        issuer: issuer.map(str::to_owned),
        issued,
        ..Mention::default()
    };
    let found = |mention: &Mention, issuer| match registry.resolve(mention, Citing { issuer, ..Citing::default() }) {
        Resolution::One(key) => registry.documents(key).to_vec(),
        Resolution::Many(keys) => keys.iter().flat_map(|&key| registry.documents(key).to_vec()).collect(),
        Resolution::Unknown(_) => Vec::new(),
    };
    assert_eq!(found(&mention(Some(other), None), None), [1]);
    assert_eq!(found(&mention(None, Some(date(2019, 3, 1))), None), [0]);
    assert_eq!(found(&mention(None, None), Some("Hội đồng nhân dân tỉnh Hà Tĩnh")), [1]);
    assert_eq!(found(&mention(None, None), None), [0, 1]);
    assert_eq!(found(&mention(None, Some(date(2019, 9, 9))), None), [0; 0]);
}

#[test]
fn acts_end_documents_only_when_they_can() {
    let target = || document("5/2019/QĐ-UBND", UBND, date(2019, 3, 1));
    let by = |number: &str, issuer: &str, year: i16, kind, provisions: &[&str]| {
        acts(document(number, issuer, date(year, 5, 1)), kind, "05/2019/QĐ-UBND", provisions)
    };
    let council = "Hội đồng nhân dân tỉnh Nghệ An";
    use RelationKind::{Amends, Repeals, Replaces, Suspends};
    for (actor, expected) in [
        (by("9/2022/QĐ-UBND", UBND, 2022, Replaces, &[]), State::Ended),
        (by("9/2022/QĐ-UBND", UBND, 2022, Repeals, &["A3"]), State::PartlyEnded),
        (by("9/2022/QĐ-UBND", UBND, 2022, Amends, &["A3.1"]), State::PartlyEnded),
        (by("9/2022/QĐ-UBND", UBND, 2022, Suspends, &[]), State::Suspended),
        (by("9/2022/NQ-HĐND", council, 2022, Repeals, &[]), State::Ended),
        (by("9/2028/QĐ-UBND", UBND, 2028, Replaces, &[]), State::InForce),
        (by("9/2015/QĐ-UBND", UBND, 2015, Replaces, &[]), State::InForce),
        (by("9/2022/QĐ-UBND", "Ủy ban nhân dân xã Nghi Kim", 2022, Replaces, &[]), State::InForce),
        (by("9/2022/QĐ-UBND", "Ủy ban nhân dân tỉnh Hà Tĩnh", 2022, Replaces, &[]), State::InForce),
        (by("", UBND, 2022, Replaces, &[]), State::InForce),
    ] {
        let shown = format!("{:?} {:?}", actor.identity.number, actor.identity.issuer);
        for documents in [[target(), actor.clone()], [actor, target()]] {
            let registry = Registry::new(Vec::new(), &documents);
            let at = documents.iter().position(|d| d.identity.number.as_deref() == Some("5/2019/QĐ-UBND")).unwrap_or(0);
            let status = registry.document_status(at, date(2026, 11, 22));
            assert_eq!(status.state, expected, "{shown}: {}", status.why);
        }
    }
}

#[test]
fn terms_beginnings_and_contradictions() {
    let mut own = document("5/2019/QĐ-UBND", UBND, date(2019, 3, 1));
    own.identity.ends = Some(date(2020, 12, 31));
    let state = |documents: &[Document], day| Registry::new(Vec::new(), documents).document_status(0, day).state;
    assert_eq!(state(std::slice::from_ref(&own), date(2019, 2, 1)), State::NotYet);
    assert_eq!(state(std::slice::from_ref(&own), date(2020, 12, 31)), State::InForce);
    assert_eq!(state(std::slice::from_ref(&own), date(2021, 1, 1)), State::Ended);
    let amender =
        acts(document("8/2022/QĐ-UBND", UBND, date(2022, 5, 1)), RelationKind::Amends, "5/2019/QĐ-UBND", &["A1"]);
    assert_eq!(state(&[own.clone(), amender], date(2023, 1, 1)), State::Unknown);
    let longer = acts(document("8/2020/QĐ-UBND", UBND, date(2020, 5, 1)), RelationKind::Extends, "5/2019/QĐ-UBND", &[]);
    assert_eq!(state(&[own, longer], date(2023, 1, 1)), State::InForce);
    let registry = Registry::new(laws(), &[]);
    let key = match registry
        .resolve(&Mention { number: Some("11/2003/QH11".to_owned()), ..Mention::default() }, Citing::default())
    {
        Resolution::One(key) => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(registry.status(key, date(2015, 12, 31)).state, State::InForce);
    let ended = registry.status(key, date(2016, 1, 1));
    assert_eq!(
        (ended.state, ended.since, ended.cause),
        (State::Ended, Some(date(2016, 1, 1)), Some(EventKind::Replaced))
    );
    assert!(ended.why.contains("01/01/2016"), "{}", ended.why);
}

#[test]
fn amending_laws_keep_the_law_they_amend_in_their_names() {
    let day = date(2005, 6, 14);
    let laws = vec![
        law("42/2005/QH11", "Luật sửa đổi, bổ sung một số điều của Luật Hải quan", day, None),
        law("47/2005/QH11", "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng", day, None),
    ];
    let registry = Registry::new(laws, &[]);
    let title = Some("Luật sửa đổi, bổ sung một số điều của Luật Hải quan".to_owned());
    let mention = Mention { title, issued: Some(day), ..Mention::default() };
    let Resolution::One(key) = registry.resolve(&mention, Citing::default()) else { panic!("one law is meant") };
    assert_eq!(registry.number(key), Some("42/2005/QH11"));
}

#[test]
fn instruments_are_named_to_people() {
    let mut known = laws();
    known.push(Instrument {
        number: "~hien-phap-x".to_owned(),
        kind: Kind::HienPhap,
        ..law("", "Hiến pháp", date(2013, 11, 28), None)
    });
    known[0].events[0].by = Some("77/2015/QH13".to_owned());
    let registry = Registry::new(known, &[]);
    for (number, expected) in [
        ("77/2015/QH13", "Luật số 77/2015/QH13"),
        ("~hien-phap-x", "Hiến pháp năm 2013"),
        ("8/2020/NĐ-CP", "Nghị định số 8/2020/NĐ-CP"),
        ("~khong-co", "văn bản không có số, ký hiệu"),
    ] {
        assert_eq!(registry.name_for_people(number), expected);
    }
    let mention = Mention { number: Some("11/2003/QH11".to_owned()), ..Mention::default() };
    let Resolution::One(key) = registry.resolve(&mention, Citing::default()) else { panic!("known") };
    let status = registry.status(key, date(2020, 1, 1));
    assert_eq!(status.by.as_deref(), Some("77/2015/QH13"));
    assert_eq!(status.by_name.as_deref(), Some("Luật số 77/2015/QH13"));
    assert!(status.why.contains("bởi Luật số 77/2015/QH13"), "{}", status.why);
}

#[test]
fn a_default_date_does_not_overrule_what_is_known() {
    let issuer = "Quốc hội";
    let known = || {
        let mut laws = laws();
        laws[0].events[0].by = Some("77/2015/QH13".to_owned());
        laws
    };
    let mut actor = document("77/2015/QH13", issuer, date(2015, 6, 19));
    actor.identity.kind = Kind::Luat;
    actor.identity.effective = Some(date(2015, 8, 3));
    let mut actor = acts(actor, RelationKind::Replaces, "11/2003/QH11", &[]);
    actor.relations[0].effective = Some(date(2015, 8, 3));
    actor.warnings.push(crate::source::Warning::new("effective-by-default", "tạm tính"));
    let registry = Registry::new(known(), &[actor]);
    let mention = Mention { number: Some("11/2003/QH11".to_owned()), ..Mention::default() };
    let Resolution::One(key) = registry.resolve(&mention, Citing::default()) else { panic!("known") };
    assert_eq!(registry.status(key, date(2015, 12, 1)).state, State::InForce);
    assert_eq!(registry.status(key, date(2016, 1, 1)).since, Some(date(2016, 1, 1)));
}

#[test]
fn words_beyond_a_known_name_are_cut_off() {
    let text = "theo Luật Bến bãi Sở Giao thông trình";
    let words = "Luật Bến bãi Sở Giao thông";
    let start = "theo ".len();
    let mut citing = document("", UBND, date(2020, 1, 1));
    citing.identity.issued = None;
    citing.identity.effective = None;
    citing.citations.push(Citation {
        unit: 0,
        range: start..start + words.len(),
        text: words.to_owned(),
        target: Target::Instrument(Mention {
            kind: Some(Kind::Luat),
            title: Some(words.to_owned()),
            ..Mention::default()
        }),
        provisions: Vec::new(),
        relation: RelationKind::Refers,
        why: String::new(),
    });
    Registry::new(laws(), &[]).resolve_citations(&mut citing, date(2026, 11, 22));
    let citation = &citing.citations[0];
    assert_eq!(citation.text, "Luật Bến bãi");
    assert_eq!(&text[citation.range.clone()], citation.text);
    let Target::Instrument(mention) = &citation.target else { panic!("an instrument") };
    assert_eq!(mention.number.as_deref(), Some("77/2015/QH13"));
}

#[test]
fn a_bare_province_is_that_of_the_writer() {
    let other = "Ủy ban nhân dân tỉnh Hà Tĩnh";
    let documents = [document("91/2007/QĐ-UBND", UBND, date(2007, 8, 1))];
    let registry = Registry::new(Vec::new(), &documents);
    let mention = |body: &str| Mention {
        number: Some("91/2007/QĐ-UBND".to_owned()),
        issuer: issuer::normalise(body).map(|body| body.name),
        ..Mention::default()
    };
    let finds = |body: &str, writer| {
        let citing = Citing { issuer: Some(writer), ..Citing::default() };
        matches!(registry.resolve(&mention(body), citing), Resolution::One(_))
    };
    assert!(finds("UBND tỉnh", UBND));
    assert!(finds("UBND tỉnh Nghệ An", other));
    assert!(!finds("UBND tỉnh", other));
    assert!(finds("UBND tỉnh", "Ủy ban nhân dân huyện Đô Lương"));
}

#[test]
fn who_cites_a_provision_is_told_what_became_of_it() {
    let cited = document("12/2015/QĐ-UBND", UBND, date(2015, 3, 5));
    let repeals = document("03/2021/QĐ-UBND", UBND, date(2021, 2, 1));
    let amends = document("09/2022/QĐ-UBND", UBND, date(2022, 5, 1));
    let later = document("15/2026/QĐ-UBND", UBND, date(2026, 12, 1));
    let batch = [
        cited,
        acts(repeals, RelationKind::Repeals, "12/2015/QĐ-UBND", &["A5.2"]),
        acts(amends, RelationKind::Amends, "12/2015/QĐ-UBND", &["A7"]),
        acts(later, RelationKind::Repeals, "12/2015/QĐ-UBND", &["A9"]),
    ];
    let registry = Registry::new(Vec::new(), &batch);
    let key = registry.key_of(0).expect("the document is in the graph");
    let told: Vec<_> = registry
        .alterations(key, date(2026, 11, 22))
        .into_iter()
        .map(|act| (act.provisions.join(" "), act.ended, act.date, act.covers("A5.2.a")))
        .collect();
    assert_eq!(
        told,
        [("A5.2".to_owned(), true, date(2021, 2, 1), true), ("A7".to_owned(), false, date(2022, 5, 1), false)]
    );
}

#[test]
fn a_law_is_known_through_slips_in_its_name() {
    let full = "Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân";
    let day = date(2004, 12, 3);
    let known = vec![
        law("31/2004/QH11", full, day, None),
        law("30/2004/QH11", "Luật Xuất bản", day, None),
        law("24/2012/QH13", "Luật sửa đổi, bổ sung một số điều của Luật Điện lực", date(2012, 11, 20), None),
    ];
    let registry = Registry::new(known, &[]);
    for (name, issued, number) in [
        ("Luật Ban hành văn bản pháp luật", day, Some("31/2004/QH11")),
        ("Luật Ban hành văn bản QPPL của HĐND, UBND", day, Some("31/2004/QH11")),
        ("Luật Ban hành văn bản quyphạm pháp luật của Hộiđồng nhân dân và UBND", day, Some("31/2004/QH11")),
        (
            "Luật Ban hành văn bản quy phạm phát luật của Hội đồng nhân dân và Ủy ban nhân dân",
            day,
            Some("31/2004/QH11"),
        ),
        ("Luật sửa đổi, bổ sung một số điều Luật Điện lực", date(2012, 11, 20), Some("24/2012/QH13")),
        ("Luật Ban hành văn bản pháp luật", date(2004, 12, 4), None),
        ("Luật Văn bản", day, None),
    ] {
        let mut mention = Mention { title: Some(name.to_owned()), issued: Some(issued), ..Mention::default() };
        mention.kind = Some(Kind::Luat);
        let found = match registry.resolve(&mention, Citing::default()) {
            Resolution::One(key) => registry.number(key),
            _ => None,
        };
        assert_eq!(found, number, "{name}");
    }
}
