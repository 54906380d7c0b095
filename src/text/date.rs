//! Vietnamese dates: "ngày 01 tháng 7 năm 2025", "01/7/2025", "03-3-2009".
