//! Who a document is: kind, number, issuer and date, trích yếu, signer; when it takes effect and ends; normative or not.

mod consolidation;
mod effect;
mod head;
mod normative;

use jiff::civil::{Date, date};

use super::issuer::{self, Issuer};
use super::{Document, Identity, Kind, LayerKind, Level, Unit, UnitKind, docnumber};
use crate::source::Warning;
use crate::text::fold::{Folded, fold};
pub(super) use consolidation::settle;
use effect::Start;
use head::Head;

/// Reads the identity of a document from its head, and its effect from its own clauses.
///
/// `title_lines` are the lines of the trích yếu as the structure saw them, used when the head itself shows none.
pub fn identify(head: &str, title_lines: &[String], document: &Document) -> (Identity, Vec<Warning>) {
    let mut warnings = Vec::new();
    let mut head = Head::read(head);
    if head.kind.is_none() && head.title.is_none() && !title_lines.is_empty() {
        let titled = Head::read(&title_lines.join("\n"));
        head.kind = titled.kind;
        head.title = titled.title.or_else(|| Some(title_lines.join(" ")));
    }
    consolidation::complete(&mut head, document);
    let mut identity = Identity {
        kind: kind(&head, document, &mut warnings),
        number: head.number.take(),
        number_text: head.number_text.take(),
        issued: head.issued,
        title: head.title.take(),
        signer: signer(document),
        ..Identity::default()
    };
    if head.number_blank {
        warnings.push(Warning::new("draft-number-blank", "Số văn bản còn để trống (dự thảo)."));
    }
    if head.date_blank && identity.issued.is_none() {
        warnings.push(Warning::new("issued-date-blank", "Ngày ban hành còn để trống."));
    }
    if let Some(issuer) = issuing_body(&head, &identity, document) {
        identity.level = Some(issuer.level);
        identity.issuer = Some(issuer.name);
    } else if identity.number.is_some() {
        warnings.push(Warning::new("issuer-unknown", "Không xác định được cơ quan ban hành."));
    }
    let adopted = matches!(identity.kind, Kind::Luat | Kind::BoLuat | Kind::PhapLenh | Kind::NghiQuyet);
    if identity.issued.is_none() && !head.date_blank && adopted {
        identity.issued = effect::adopted_on(document, identity.kind);
    }
    (identity.normative, identity.normative_why) = normative::judge(&identity);
    effects(&mut identity, document, &mut warnings);
    (identity, warnings)
}

/// The printed kind; else what the number says; an attachment alone is what its title says.
fn kind(head: &Head, document: &Document, warnings: &mut Vec<Warning>) -> Kind {
    let drafted = head.number_text.as_deref().and_then(drafted_number);
    let said = head.number.as_deref().or(drafted.as_deref()).and_then(docnumber::kind_of);
    if let Some(kind) = head.kind {
        let differs = said.is_some_and(|said| {
            said != kind && !matches!(said, Kind::CongVan | Kind::VanBanHopNhat) && !kin(said, kind)
        });
        if let Some(said) = said.filter(|_| differs) {
            let message = format!("Tên loại ghi {}, ký hiệu lại là của {}.", kind.name(), said.name());
            warnings.push(Warning::new("kind-number-differ", message));
        }
        return kind;
    }
    if let Some(kind) = said {
        return kind;
    }
    if head.is_letter {
        return Kind::CongVan;
    }
    let attached = document.layers.iter().find(|layer| layer.kind != LayerKind::Appendix);
    let kind = attached.filter(|layer| layer.kind == LayerKind::Attached).and_then(|layer| {
        let folded = fold(&layer.title);
        super::kind::kind_at(&folded, 0).map(|(kind, _)| kind)
    });
    kind.unwrap_or_else(|| {
        warnings.push(Warning::new("kind-unknown", "Không xác định được loại văn bản."));
        Kind::Other
    })
}

/// A number with its blank serial filled in, so that its symbol can be read: "      /QĐ-UBND" as "1/QĐ-UBND".
fn drafted_number(text: &str) -> Option<String> {
    let at = text.find('/')?;
    docnumber::normalise(&format!("1{}", &text[at..]))
}

/// Kinds that share a symbol, or one printed for the other by custom.
fn kin(a: Kind, b: Kind) -> bool {
    let family = |kind| match kind {
        Kind::Luat | Kind::BoLuat | Kind::Lenh => 1,
        Kind::ThongTu | Kind::ThongTuLienTich => 2,
        Kind::NghiQuyet | Kind::NghiQuyetLienTich => 3,
        Kind::QuyetDinh | Kind::QuyDinh | Kind::QuyChe | Kind::DieuLe => 4,
        Kind::NghiDinh | Kind::CongVan => 5,
        Kind::ChuongTrinh | Kind::KeHoach | Kind::DeAn => 6,
        other => 100 + other as u32,
    };
    family(a) == family(b)
}

/// The issuer by head, enacting line, number or signature; a place missing in one is taken from another.
fn issuing_body(head: &Head, identity: &Identity, document: &Document) -> Option<Issuer> {
    let joint = matches!(identity.kind, Kind::ThongTuLienTich | Kind::NghiQuyetLienTich);
    let by_number = identity.number.as_deref().and_then(issuer::from_number);
    let mut found = head::issuer_of(head, joint)
        .or_else(|| head.enacting.clone())
        .or_else(|| by_number.clone())
        .or_else(|| signing_body(document))?;
    if let Some(body) = &head.officers_body
        && found.level == Level::CoQuan
        && fold(&body.name).strip_prefix(fold(&found.name).as_str()).is_some_and(|rest| rest.starts_with(' '))
    {
        found.name.clone_from(&body.name);
    }
    if found.level == Level::CoQuan
        && let Some(name) = name_in_text(&found.name, document)
    {
        found.name = name;
    }
    // A ministry misspelt in its own head is known by its symbol.
    if let Some(body) = by_number.as_ref().filter(|_| found.name.starts_with("Bộ ") && found.level == Level::CoQuan) {
        found = body.clone();
    }
    // The Prime Minister signs under the Government's head in old documents.
    if let Some(body) = by_number.filter(|body| found.name == "Chính phủ" && body.name == "Thủ tướng Chính phủ")
    {
        found = body;
    }
    if let Some(enacting) = &head.enacting {
        let chairman = enacting.name.starts_with("Chủ tịch Ủy ban nhân dân");
        let distinct = identity.issued.is_some_and(|issued| issued >= date(2025, 7, 1));
        let dated = identity.number.as_deref().is_some_and(docnumber::is_normative_shape);
        let place_less = issuer::unit_of(&found.name).is_none() && found.level != Level::TrungUong;
        if chairman && distinct && dated {
            found = Issuer { name: enacting.name.clone(), level: found.level };
        } else if place_less && enacting.name.starts_with(&found.name) {
            found = enacting.clone();
        }
    }
    // "UBND TỈNH" alone: the province stands in the date line more often than not.
    if issuer::unit_of(&found.name).is_none()
        && found.level == Level::Tinh
        && let Some(place) = &head.place
        && let Some(with_place) =
            issuer::normalise(&format!("{} {place}", found.name)).filter(|body| body.level == Level::Tinh)
    {
        found = with_place;
    }
    // Huế became a city under the central government on 01/01/2025.
    if found.name.ends_with("thành phố Huế") && identity.issued.is_some_and(|issued| issued < date(2025, 1, 1)) {
        found.level = if found.level == Level::Tinh { Level::Huyen } else { found.level };
    }
    Some(found)
}

/// The name with the small letters the document's own sentences give it; a head in capitals tells none.
fn name_in_text(name: &str, document: &Document) -> Option<String> {
    /// Units from the beginning that are read.
    const READ: usize = 40;
    let key = fold(name);
    let mut folded = Folded::default();
    document.units.iter().take(READ).filter(|unit| unit.text.len() >= name.len()).find_map(|unit| {
        folded.set(&unit.text);
        let places = folded.as_str().match_indices(&key).map(|(at, _)| at);
        places
            .filter_map(|at| unit.text.get(folded.original(at)..folded.original(at + key.len())))
            .find_map(|said| issuer::cased_as(name, said))
    })
}

/// "TM. ỦY BAN NHÂN DÂN" in the signature block.
fn signing_body(document: &Document) -> Option<Issuer> {
    let signature = signature(document)?;
    signature.text.split(['\n', '\t']).find_map(|line| {
        let line = line.trim();
        let rest = line.strip_prefix("TM.").or_else(|| line.strip_prefix("T/M"))?;
        issuer::normalise(rest)
    })
}

/// The signature block; where both columns are parted by tabs it stands beside the recipients.
fn signature(document: &Document) -> Option<&Unit> {
    let find = |kind| document.units.iter().find(move |unit| unit.kind == kind && unit.layer == 0);
    find(UnitKind::Signature).or_else(|| find(UnitKind::Recipients).filter(|unit| unit.text.contains('\t')))
}

/// The name under the signature: the last line of two to six capitalised words that is no title.
fn signer(document: &Document) -> Option<String> {
    let text = &signature(document)?.text;
    let lines: Vec<&str> = text.split(['\n', '\t']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut names = lines.iter().rev().map(|line| without_rank(line)).filter(|line| is_person(line));
    names.next().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A name without the military rank or academic degree before it: "Đại tướng …", "PGS.TS. …".
fn without_rank(line: &str) -> &str {
    const GRADES: [&str; 4] = ["đại", "thượng", "trung", "thiếu"];
    let mut words = line.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default().to_lowercase(), words.next().unwrap_or_default());
    if GRADES.contains(&first.as_str()) && matches!(second, "tướng" | "tá" | "úy") {
        return line.find(second).map_or(line, |at| line[at + second.len()..].trim_start());
    }
    let degrees = line.rfind('.').map_or("", |at| &line[..=at]);
    let parts = degrees.split(['.', ' ']).filter(|part| !part.is_empty());
    let known = parts.clone().count() > 0
        && parts.clone().all(|part| matches!(part, "GS" | "PGS" | "TS" | "ThS" | "TSKH" | "BS" | "KS" | "CN"));
    if known { line[degrees.len()..].trim_start() } else { line }
}

fn is_person(line: &str) -> bool {
    const TITLES: [&str; 22] = [
        "chủ tịch",
        "phó",
        "bộ trưởng",
        "thứ trưởng",
        "giám đốc",
        "chánh",
        "trưởng",
        "tm",
        "t/m",
        "kt",
        "tl",
        "tuq",
        "q.",
        "đã ký",
        "ủy ban",
        "hội đồng",
        "thủ tướng",
        "quốc hội",
        "thống đốc",
        "viện trưởng",
        "hiệu trưởng",
        "bí thư",
    ];
    let folded = fold(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=6).contains(&words.len())
        && words.iter().all(|word| word.starts_with(char::is_uppercase))
        && !line.contains([':', ';', '(', '/', ',', '.'])
        && !line.chars().any(|c| c.is_ascii_digit())
        && !TITLES.iter().any(|title| folded.starts_with(fold(title).as_str()))
}

/// Start and end of effect, with a warning wherever they are not simply stated.
fn effects(identity: &mut Identity, document: &Document, warnings: &mut Vec<Warning>) {
    let stated = effect::start(document, identity.kind, identity.issued);
    match &stated {
        Some((Start::On(day), path)) => {
            identity.effective = Some(*day);
            if identity.issued.is_some_and(|issued| *day < issued) {
                let message = "Ngày có hiệu lực ghi trong văn bản trước ngày ban hành.";
                warnings.push(Warning::at("effective-before-issued", message, path));
            }
        }
        Some((Start::InParts(day), path)) => {
            identity.effective = Some(*day);
            let message = "Các phần của văn bản có hiệu lực vào những ngày khác nhau; lấy ngày sớm nhất.";
            warnings.push(Warning::at("effective-in-parts", message, path));
        }
        Some((Start::Unsigned, path)) => {
            let message = "Ngày có hiệu lực tính từ ngày ký, nhưng chưa rõ ngày ký.";
            warnings.push(Warning::at("effective-unknown", message, path));
        }
        Some((Start::Elsewhere, path)) => {
            let message =
                "Ngày có hiệu lực tính từ ngày đăng Công báo hoặc từ ngày văn bản khác có hiệu lực; cần tra cứu.";
            warnings.push(Warning::at("effective-unknown", message, path));
        }
        Some((Start::Blank, path)) => {
            warnings.push(Warning::at("effective-blank", "Ngày có hiệu lực còn để trống.", path));
        }
        None => by_default(identity, warnings),
    }
    ends(identity, document, warnings);
}

fn by_default(identity: &mut Identity, warnings: &mut Vec<Warning>) {
    let normative = identity.normative == Some(true);
    let default = identity.issued.filter(|_| normative).and_then(|day| normative::default_effect(identity.level, day));
    if let Some((day, why)) = default {
        identity.effective = Some(day);
        let message = format!("Văn bản không ghi rõ ngày có hiệu lực; tạm tính sau {why}.");
        warnings.push(Warning::new("effective-by-default", message));
    }
}

fn ends(identity: &mut Identity, document: &Document, warnings: &mut Vec<Warning>) {
    let after_start = |day: Date| identity.effective.or(identity.issued).is_none_or(|start| day > start);
    if let Some((day, _)) = effect::end(document, identity.kind).filter(|(day, _)| after_start(*day)) {
        identity.ends = Some(day);
    } else if let Some(day) = plan_year_end(identity) {
        identity.ends = Some(day);
    } else if let Some(year) = identity.title.as_deref().and_then(effect::period_end) {
        let message =
            format!("Trích yếu nêu giai đoạn đến năm {year}; cần xem văn bản có hết hiệu lực theo thời gian không.");
        warnings.push(Warning::new("ends-doubt", message));
    }
}

/// A plan for one year ("Kế hoạch … năm 2022") is over with that year.
fn plan_year_end(identity: &Identity) -> Option<Date> {
    let title = identity.title.as_deref().filter(|_| identity.kind == Kind::KeHoach)?;
    let year = effect::last_year(title).filter(|&year| identity.issued.is_none_or(|issued| issued.year() <= year))?;
    Date::new(year, 12, 31).ok()
}

#[cfg(test)]
mod tests;
