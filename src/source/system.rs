//! What the operating system says, in Vietnamese.

use std::io::{Error, ErrorKind};

/// Why an operation on a file or folder failed, as a part of a sentence. Causes without a name keep the system's number.
pub fn cause(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "không có tệp hoặc thư mục này",
        ErrorKind::PermissionDenied => "không có quyền",
        ErrorKind::AlreadyExists => "đã có một tệp trùng tên",
        ErrorKind::NotADirectory => "một phần của đường dẫn là tệp, không phải thư mục",
        ErrorKind::IsADirectory => "đây là thư mục, không phải tệp",
        ErrorKind::DirectoryNotEmpty => "thư mục không trống",
        ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho phép đọc",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ổ đĩa hết chỗ",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "chương trình khác đang dùng",
        ErrorKind::InvalidFilename => "tên quá dài hoặc có ký tự không dùng được",
        ErrorKind::InvalidData => "nội dung không phải chữ Unicode (UTF-8)",
        ErrorKind::OutOfMemory => "máy hết bộ nhớ",
        _ => {
            return error
                .raw_os_error()
                .map_or_else(|| "lỗi hệ thống".to_owned(), |code| format!("lỗi hệ thống số {code}"));
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_vietnamese() {
        let cases = [
            (Error::from(ErrorKind::NotFound), "không có tệp hoặc thư mục này"),
            (Error::from(ErrorKind::PermissionDenied), "không có quyền"),
            (Error::from_raw_os_error(4095), "lỗi hệ thống số 4095"),
            (Error::other("broken"), "lỗi hệ thống"),
        ];
        for (error, words) in cases {
            assert_eq!(cause(&error), words);
        }
    }
}
