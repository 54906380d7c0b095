//! What a person typed → opinions.

use jiff::civil::Date;

use super::sheet::{Inputs, Original, Row, Typed, tidy};
use crate::proposals::{Choice, Opinion};
use crate::report::words;
use crate::review::Handling;
use crate::text::fold::fold;

/// The opinions of a row, or why they cannot be understood.
#[derive(Debug, Default)]
pub struct Understood {
    /// The reviewer's, then the second person's.
    pub first: Option<Opinion>,
    /// The second person's.
    pub second: Option<Opinion>,
    /// The decision that stood in the row was cleared.
    pub withdrawn: bool,
    /// The row stands as it was written, with a decision in it.
    pub stands: bool,
    /// What was noted; `None` when that is as it was written.
    pub note: Option<String>,
    /// Lines of columns the reviewer added: "Phòng: …".
    pub extras: String,
    /// What the reviewer should know.
    pub notes: Vec<String>,
}

/// Understands a row against what was written there; nothing typed = nothing understood.
pub fn understand(row: &Row, original: Option<&Original>) -> Result<Understood, String> {
    let mut understood = Understood::default();
    let inputs = &row.inputs;
    let given = original.map(given);
    let is_extra = |(head, text): &&(String, String)| !text.is_empty() && !head.is_empty();
    let extras = row.extras.iter().filter(is_extra).map(|(head, text)| format!("{head}: {}", text.replace('\n', " ")));
    understood.extras = extras.collect::<Vec<_>>().join("\n");
    let was_noted = given.as_ref().map_or("", |given| given.note.as_str());
    understood.note = Some(inputs.note.clone()).filter(|note| note != was_noted);
    let stood = given.as_ref().filter(|given| !given.first.choice.is_empty());
    let undecided = |inputs: &Inputs| Inputs { note: String::new(), ..inputs.clone() };
    if given.as_ref().is_some_and(|given| undecided(given) == undecided(inputs)) {
        understood.stands = stood.is_some();
        return Ok(understood);
    }
    if stood.is_some() && inputs.first.choice.is_empty() {
        understood.withdrawn = true;
        return Ok(understood);
    }
    let proposed = original.map(|original| (named(&original.handling), original));
    let handling = match (tidy(&inputs.handling).as_str(), &proposed) {
        ("", Some((handling, _))) => *handling,
        ("", None) => None,
        (text, _) => Some(handling(text).ok_or_else(|| format!("không hiểu hình thức xử lý “{text}”"))?),
    };
    let other = |typed: &str, proposed: Option<&String>| {
        let changed = !typed.is_empty() && proposed.is_none_or(|proposed| proposed != typed);
        changed.then(|| typed.to_owned())
    };
    let of = |pick: fn(&Original) -> &String| proposed.as_ref().map(|(_, original)| pick(original));
    // Without what was written, what stands there is the person's only when the person says it was changed.
    let sure = proposed.is_some() || choice(&inputs.first.choice) == Some(Choice::Change);
    let wording = other(&inputs.wording, of(|one| &one.wording)).filter(|_| sure);
    let content = other(&inputs.content, of(|one| &one.content)).filter(|_| sure);
    let drafter = other(&inputs.drafter, of(|one| &one.drafter)).filter(|_| sure);
    let deadline = other(&inputs.deadline, of(|one| &one.deadline)).filter(|_| sure);
    let rehandled = proposed.as_ref().is_some_and(|(proposed, _)| *proposed != handling);
    let substance = rehandled || wording.is_some() || content.is_some();
    let edited = substance || drafter.is_some() || deadline.is_some();

    let chosen = match choice(&inputs.first.choice) {
        Some(Choice::Agree) if substance => {
            understood.notes.push("ghi “Đồng ý” nhưng nội dung đã sửa; hiểu là “Sửa”".to_owned());
            Some(Choice::Change)
        }
        Some(choice) => Some(choice),
        None if !inputs.first.choice.is_empty() => {
            return Err(format!("không hiểu quyết định “{}”; chọn Đồng ý, Sửa hoặc Bác", inputs.first.choice));
        }
        None if edited => {
            understood.notes.push("chưa chọn quyết định nhưng nội dung đã sửa; hiểu là “Sửa”".to_owned());
            Some(Choice::Change)
        }
        None if !inputs.first.is_empty() => {
            return Err("có ghi lý do, người hoặc ngày nhưng chưa chọn quyết định".to_owned());
        }
        None => None,
    };
    understood.first = chosen.map(|choice| Opinion {
        choice,
        reason: inputs.first.reason.clone(),
        handling: handling.filter(|_| choice != Choice::Reject),
        wording: wording.filter(|_| choice != Choice::Reject),
        content: content.filter(|_| choice != Choice::Reject),
        drafter: drafter.filter(|_| choice != Choice::Reject),
        person: inputs.first.person.clone(),
        date: date(&inputs.first.date),
        deadline: deadline.filter(|_| choice != Choice::Reject),
    });
    understood.second = second(&inputs.second, proposed.and_then(|(handling, _)| handling))?;
    let names = understood.first.as_ref().zip(understood.second.as_ref());
    if names.is_some_and(|(first, second)| fold(&first.person) == fold(&second.person)) {
        return Err("người thứ hai trùng tên với người rà soát".to_owned());
    }
    Ok(understood)
}

/// The cells as they were written for a proposal.
pub fn given(original: &Original) -> Inputs {
    original.given.clone().unwrap_or_else(|| Inputs {
        handling: named(&original.handling).map_or("", words::handling).to_owned(),
        content: original.content.clone(),
        wording: original.wording.clone(),
        drafter: original.drafter.clone(),
        deadline: original.deadline.clone(),
        ..Inputs::default()
    })
}

fn second(typed: &Typed, proposed: Option<Handling>) -> Result<Option<Opinion>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let choice = match choice(&typed.choice) {
        Some(choice) => choice,
        None if typed.choice.is_empty() => return Err("người thứ hai có ghi nhưng chưa chọn ý kiến".to_owned()),
        None => return Err(format!("không hiểu ý kiến thứ hai “{}”; chọn Đồng ý, Sửa hoặc Bác", typed.choice)),
    };
    Ok(Some(Opinion {
        choice,
        reason: typed.reason.clone(),
        handling: proposed.filter(|_| choice == Choice::Agree),
        wording: None,
        content: None,
        drafter: None,
        person: if typed.person.is_empty() { "Người thứ hai".to_owned() } else { typed.person.clone() },
        date: date(&typed.date),
        deadline: None,
    }))
}

/// "Đồng ý", "đồng ý.", "Nhất trí", "Bác bỏ", "không đồng ý" …
pub fn choice(text: &str) -> Option<Choice> {
    let folded = fold(text);
    let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
    Some(match plain {
        "đồng ý" | "nhất trí" | "đồng ý với đề xuất" | "chấp nhận" | "agree" => Choice::Agree,
        "sửa" | "sửa lại" | "sửa đổi" | "điều chỉnh" | "thay đổi" | "sửa đề xuất" | "change" => {
            Choice::Change
        }
        "bác" | "bác bỏ" | "không đồng ý" | "không nhất trí" | "từ chối" | "không chấp nhận" | "reject" => {
            Choice::Reject
        }
        _ => return None,
    })
}

/// A handling by its name in the drop-down, or by a name offices use for it.
fn handling(text: &str) -> Option<Handling> {
    let folded = fold(text);
    let plain = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let by_name = words::HANDLINGS.into_iter().find(|&one| fold(words::handling(one)) == plain);
    by_name.or(match plain {
        "bãi bỏ" => Some(Handling::Repeal),
        "sửa đổi" | "bổ sung" => Some(Handling::Amend),
        "giữ nguyên, không xử lý" | "không xử lý" => Some(Handling::Keep),
        "ngưng hiệu lực" | "đình chỉ" | "đình chỉ thi hành" => Some(Handling::Suspend),
        "hết hiệu lực" | "hết hiệu lực theo thời gian" => Some(Handling::AnnounceExpired),
        _ => None,
    })
}

/// A handling by its name in JSON.
pub fn named(name: &str) -> Option<Handling> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// A day as year-month-day when it is one; else as typed.
fn date(text: &str) -> String {
    if text.parse::<Date>().is_ok() {
        return text.to_owned();
    }
    let parts: Vec<i16> = text.split(['/', '-', '.']).filter_map(|part| part.trim().parse().ok()).collect();
    if let [day, month, year] = parts[..] {
        let year = if year < 100 { year + 2000 } else { year };
        let day = i8::try_from(month).ok().zip(i8::try_from(day).ok()).map(|(month, day)| Date::new(year, month, day));
        if let Some(Ok(day)) = day {
            return day.to_string();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_reviewers_are_understood() {
        for (text, wanted) in [
            ("Đồng ý", Some(Choice::Agree)),
            (" đồng ý. ", Some(Choice::Agree)),
            ("NHẤT TRÍ", Some(Choice::Agree)),
            ("Không đồng ý", Some(Choice::Reject)),
            ("bác bỏ", Some(Choice::Reject)),
            ("sửa", Some(Choice::Change)),
            ("xem lại", None),
        ] {
            assert_eq!(choice(text), wanted, "{text}");
        }
        assert_eq!(handling("BÃI BỎ TOÀN BỘ"), Some(Handling::Repeal));
        assert_eq!(handling("Giữ nguyên, không xử lý"), Some(Handling::Keep));
        assert_eq!(handling("đốt"), None);
        assert_eq!((date("22/11/2026"), date("2026-11-22")), ("2026-11-22".to_owned(), "2026-11-22".to_owned()));
        assert_eq!((date("1.2.26"), date("hôm qua")), ("2026-02-01".to_owned(), "hôm qua".to_owned()));
    }
}
