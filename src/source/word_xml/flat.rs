//! Flat OPC: the parts of a package one after another in one file.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::pack::Parts;

/// Most parts of a package.
const MAX_PARTS: usize = 20_000;

/// `true` for a flat package.
pub(super) fn is_package(xml: &str) -> bool {
    xml.find("<pkg:package").is_some_and(|at| at < 4096)
}

/// The XML parts; pictures are left out. A part that is cut off keeps what came of it.
pub(super) fn parts(xml: &str) -> Parts {
    let mut parts = Parts::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut name = None;
    // Where the XML of the open part begins.
    let mut begun: Option<usize> = None;
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.name().into_inner() {
                "pkg:part" => {
                    let of = start.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == "pkg:name");
                    name = of.map(|attribute| attribute.value.trim_start_matches('/').to_owned());
                }
                "pkg:xmlData" => begun = Some(reader.buffer_position() as usize),
                _ => {}
            },
            Ok(Event::End(end)) if end.name().into_inner() == "pkg:xmlData" => {
                if let (Some(from), Some(name)) = (begun.take(), name.take()) {
                    let inside = xml.get(from..before).unwrap_or_default();
                    parts.files.push((name, inside.as_bytes().to_vec()));
                }
            }
            Ok(Event::End(end)) if end.name().into_inner() == "pkg:package" => {
                parts.whole = true;
                return parts;
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if parts.files.len() > MAX_PARTS {
            break;
        }
    }
    if let (Some(from), Some(name)) = (begun, name) {
        parts.files.push((name, xml.get(from..).unwrap_or_default().as_bytes().to_vec()));
    }
    parts
}
