//! The dress of a draft by who issues it (`rules/forms/du-thao.yaml`): kind, symbol, grounds, signature.

use jiff::civil::Date;
use serde::Deserialize;

use super::Draft;
use crate::document::{Kind, docnumber, issuer};
use crate::proposals::gazetteer::NameRow;
use crate::text::fold::fold;

const WORDING: &str = include_str!("../../../rules/forms/du-thao.yaml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wording {
    issuers: Vec<Row>,
    unit: Unit,
    local_government: Vec<Power>,
    not_grounds: Vec<String>,
    more_grounds: String,
}

/// An issuer by the first words of its name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Row {
    starts: String,
    kind: Option<Kind>,
    enacts: Option<String>,
    symbol: Option<String>,
    superior: Option<String>,
    on: Option<String>,
    by: Vec<String>,
    power: Vec<PowerName>,
    proposer: Option<String>,
    carries_out: Vec<String>,
    passed: Option<String>,
    signs: Vec<String>,
    receives: Vec<String>,
}

/// Grounds of power that depend on the day.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PowerName {
    LocalGovernment,
}

/// What a decision of the head of an agency or unit has when its row does not say otherwise.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Unit {
    superior: String,
    power: Vec<String>,
    proposer: String,
    carries_out: Vec<String>,
    receives: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Power {
    from: Date,
    lines: Vec<String>,
    #[serde(default)]
    normative: Vec<String>,
}

/// The words around the changes of one draft.
#[derive(Debug, Clone)]
pub struct Dress {
    /// Kind of the instrument.
    pub kind: Kind,
    /// The body above the issuer; `None` for councils and committees.
    pub superior: Option<String>,
    /// The issuer as its head prints it.
    pub head: String,
    /// "Số:       /…/QĐ-UBND".
    pub number: String,
    /// Who decides, above the enacting word.
    pub by: Vec<String>,
    /// "QUYẾT ĐỊNH", "QUYẾT NGHỊ".
    pub enacts: String,
    /// Grounds, and on whose proposal.
    pub grounds: Vec<String>,
    /// Who carries it out.
    pub carries_out: Vec<String>,
    /// Last line of a resolution.
    pub passed: Option<String>,
    /// Lines over the signature.
    pub signs: Vec<String>,
    /// Nơi nhận.
    pub receives: Vec<String>,
}

/// The dress of a draft on a day; `last` = its last article. `names` may know the symbol of the issuer.
pub fn dress(
    draft: &Draft,
    title: &str,
    last: usize,
    names: &[NameRow],
    on: Date,
) -> Result<Dress, serde_saphyr::Error> {
    let wording: Wording = serde_saphyr::from_str(WORDING)?;
    let starts = |row: &&Row| draft.issuer.starts_with(row.starts.as_str());
    let row = wording.issuers.iter().find(starts).cloned().unwrap_or_default();
    let place = issuer::unit_of(&draft.issuer).unwrap_or("[…]");
    let kind = row.kind.unwrap_or(Kind::QuyetDinh);
    let fill = |text: &str| {
        text.replace("{issuer}", &draft.issuer)
            .replace("{committee}", draft.issuer.trim_start_matches("Chủ tịch "))
            .replace("{place}", place)
            .replace("{title}", title)
            .replace("{last}", &last.to_string())
    };
    let lines = |own: &[String], usual: &[String]| -> Vec<String> {
        let lines = if own.is_empty() { usual } else { own };
        lines.iter().map(|line| fill(line)).collect()
    };
    let body_of_state = !row.power.is_empty();
    let mut grounds = Vec::new();
    if body_of_state {
        if let Some(one) = wording.local_government.iter().find(|one| one.from <= on) {
            grounds.extend(one.lines.iter().cloned());
            grounds.extend(one.normative.iter().filter(|_| draft.normative).cloned());
        }
    } else {
        grounds.extend(wording.unit.power.iter().map(|line| fill(line)));
    }
    let is_ground = |number: &str| !wording.not_grounds.iter().any(|own| docnumber::same(own, number));
    let content = draft.bases.iter().filter(|(number, _)| is_ground(number));
    grounds.extend(content.map(|(_, name)| format!("Căn cứ {name};")));
    grounds.push(wording.more_grounds.clone());
    grounds.push(fill(row.proposer.as_deref().unwrap_or(&wording.unit.proposer)));
    let superior = row.superior.as_deref().unwrap_or(&wording.unit.superior);
    Ok(Dress {
        kind,
        superior: (!body_of_state).then(|| fill(superior)),
        head: row.on.as_deref().map_or_else(|| draft.issuer.clone(), fill),
        number: number(draft, kind, row.symbol.as_deref(), names),
        by: row.by.iter().map(|line| fill(line)).collect(),
        enacts: row.enacts.unwrap_or_else(|| "QUYẾT ĐỊNH".to_owned()),
        grounds,
        carries_out: lines(&row.carries_out, &wording.unit.carries_out),
        passed: row.passed.as_deref().map(fill),
        signs: row.signs.clone(),
        receives: lines(&row.receives, &wording.unit.receives),
    })
}

/// Normative documents bear the year in their number, others do not.
fn number(draft: &Draft, kind: Kind, symbol: Option<&str>, names: &[NameRow]) -> String {
    let short = if kind == Kind::NghiQuyet { "NQ" } else { "QĐ" };
    let known = || {
        let row = names.iter().find(|row| fold(&row.name) == fold(&draft.issuer))?;
        row.symbol.clone()
    };
    // "QĐ-SNV" of a number, not the "QĐ" itself.
    let of_numbers = || {
        let numbers = draft.documents.iter().rev().filter_map(|one| one.number.as_deref());
        let mut symbols = numbers.filter_map(|number| {
            let symbol = docnumber::parts(number)?.symbol;
            symbol.split_once('-').map(|(_, own)| own.to_owned())
        });
        symbols.next().filter(|_| !draft.succeeded)
    };
    let own = symbol.map(str::to_owned).or_else(known).or_else(of_numbers);
    let own = own.unwrap_or_else(|| "[ký hiệu cơ quan]".to_owned());
    let year = if draft.normative { "/…" } else { "" };
    format!("Số:       {year}/{short}-{own}")
}

#[cfg(test)]
mod tests {
    use super::super::Changed;
    use super::*;

    fn draft(issuer: &str, number: &str, normative: bool) -> Draft {
        let changed = Changed { name: String::new(), number: Some(number.to_owned()), changes: Vec::new() };
        Draft { issuer: issuer.to_owned(), normative, succeeded: false, documents: vec![changed], bases: Vec::new() }
    }

    fn of(issuer: &str, number: &str, normative: bool) -> Dress {
        let names: Vec<NameRow> =
            serde_saphyr::from_str("[{ name: Trường THPT A, symbol: THPTA }]").expect("well-formed");
        let day = jiff::civil::date(2026, 11, 22);
        dress(&draft(issuer, number, normative), "t", 3, &names, day).expect("the embedded data")
    }

    #[test]
    fn kind_symbol_and_signature_follow_the_issuer() {
        let council = of("Hội đồng nhân dân tỉnh Nghệ An", "06/2020/NQ-HĐND", true);
        assert_eq!((council.kind, council.number.as_str()), (Kind::NghiQuyet, "Số:       /…/NQ-HĐND"));
        assert_eq!((council.enacts.as_str(), council.signs), ("QUYẾT NGHỊ", vec!["CHỦ TỊCH".to_owned()]));
        assert!(council.grounds.iter().any(|line| line.contains("64/2025/QH15")), "{:?}", council.grounds);
        assert!(council.grounds.iter().any(|line| line.contains("Ủy ban nhân dân tỉnh Nghệ An")));
        let commune = of("Ủy ban nhân dân xã Vạn An", "04/2010/QĐ-UB", true);
        assert_eq!(commune.number, "Số:       /…/QĐ-UBND");
        assert_eq!((commune.superior, commune.signs[0].as_str()), (None, "TM. ỦY BAN NHÂN DÂN"));
        let chairman = of("Chủ tịch Ủy ban nhân dân tỉnh Nghệ An", "9/QĐ-UBND", false);
        assert_eq!((chairman.head.as_str(), chairman.signs.len()), ("Ủy ban nhân dân tỉnh Nghệ An", 1));
        let department = of("Sở Công Thương tỉnh Nghệ An", "236/QĐ-SCT", false);
        assert_eq!(department.number, "Số:       /QĐ-SCT");
        assert_eq!(department.superior.as_deref(), Some("Ủy ban nhân dân tỉnh Nghệ An"));
        assert!(!department.grounds.iter().any(|line| line.contains("64/2025/QH15")));
        let school = of("Trường THPT A", "87/QĐ-LHS", false);
        assert_eq!(
            (school.number.as_str(), school.by[0].as_str()),
            ("Số:       /QĐ-THPTA", "Hiệu trưởng Trường THPT A")
        );
        assert_eq!(of("Trạm Y tế B", "5", false).number, "Số:       /QĐ-[ký hiệu cơ quan]");
    }

    #[test]
    fn grounds_of_power_are_those_of_the_day() {
        let on = |day| dress(&draft("Ủy ban nhân dân tỉnh Nghệ An", "1/2015/QĐ-UBND", true), "", 3, &[], day);
        let then = on(jiff::civil::date(2020, 1, 1)).expect("the embedded data").grounds;
        assert!(then[0].contains("19 tháng 6 năm 2015") && !then.iter().any(|line| line.contains("2025")), "{then:?}");
    }
}
