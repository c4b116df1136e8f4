//! Amounts, times and dates: exact where they can be read, refused where not, and never a panic.

use caoben::{
    Code,
    value::{Date, Time, decimals, format_amount, parse_amount, show_money},
};
use proptest::prelude::*;

const CURRENCIES: [&str; 4] = ["CNY", "USD", "JPY", "KWD"];

#[test]
fn an_amount_is_read_as_people_write_it() {
    for (text, currency, minor) in [
        ("129", "CNY", 12_900),
        ("¥1,299.9", "CNY", 129_990),
        ("￥1，299.90 元", "CNY", 129_990),
        ("-3.50", "CNY", -350),
        ("-¥3.50", "CNY", -350),
        (".5", "CNY", 50),
        ("5.", "CNY", 500),
        ("0.100", "CNY", 10),
        ("300", "JPY", 300),
        ("300.00", "JPY", 300),
        ("1.234", "KWD", 1_234),
        ("12,50", "CNY", 1_250),
        ("12,5", "EUR", 1_250),
        ("1.299,00", "CNY", 129_900),
        ("1,299", "CNY", 129_900),
        ("1,299,000.50", "CNY", 129_900_050),
        ("1.299.000,50", "EUR", 129_900_050),
        ("1.299.000", "EUR", 129_900_000),
        ("１２９", "CNY", 12_900),
        ("(3.50)", "CNY", -350),
        ("\u{2212}3.50", "CNY", -350),
        ("$12.50", "USD", 1_250),
    ] {
        assert_eq!(parse_amount(text, currency).unwrap(), minor, "{text} {currency}");
    }
    for (text, currency) in [
        ("", "CNY"),
        (".", "CNY"),
        ("-", "CNY"),
        ("¥", "CNY"),
        ("--1", "CNY"),
        ("1-", "CNY"),
        ("1.2.3", "CNY"),
        ("0.001", "CNY"),
        ("0.5", "JPY"),
        ("1e3", "CNY"),
        ("+5", "CNY"),
        ("一百", "CNY"),
        ("1,29", "JPY"),
        ("12,3456", "CNY"),
        ("1,29,900.00", "CNY"),
        ("0,299", "CNY"),
        ("1.299,000,5", "CNY"),
        ("$12.50", "CNY"),
        ("€12,50", "CNY"),
        ("(-3.50)", "CNY"),
        ("12%", "CNY"),
        ("NaN", "CNY"),
        ("inf", "CNY"),
        ("'; DROP TABLE product;--", "CNY"),
        ("99999999999999999999", "CNY"),
    ] {
        let error = parse_amount(text, currency).unwrap_err();
        assert_eq!(
            (error.code, error.field),
            (Code::Invalid, Some("amount")),
            "{text}"
        );
        assert!(error.message.contains("看不懂金额"), "{}", error.message);
    }
}

#[test]
fn money_is_shown_with_its_sign_first() {
    assert_eq!(show_money(12_900, "CNY"), "¥129.00");
    assert_eq!(show_money(-5, "CNY"), "-¥0.05");
    assert_eq!(show_money(-1_200, "USD"), "USD -12.00");
    assert_eq!(show_money(300, "JPY"), "JPY 300");
    assert_eq!(show_money(1_234, "KWD"), "KWD 1.234");
}

#[test]
fn the_ends_of_the_range_are_written_without_a_panic() {
    for amount in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX] {
        for currency in CURRENCIES {
            let text = format_amount(amount, currency);
            if amount != i64::MIN {
                assert_eq!(parse_amount(&text, currency).unwrap(), amount, "{text}");
            }
        }
    }
    let end = Date("9999-12-31".parse().unwrap());
    assert!(end.ends() > end.begins());
    for at in [i64::MIN, i64::MAX, 0] {
        let _ = (Time(at).to_string(), Time(at).date(), Time(at).rfc3339(at));
    }
}

proptest! {
    #[test]
    fn an_amount_comes_back_as_it_was(amount in -1_000_000_000_000_000_i64..1_000_000_000_000_000, which in 0_usize..4) {
        let currency = CURRENCIES[which];
        let text = format_amount(amount, currency);
        prop_assert_eq!(parse_amount(&text, currency).unwrap(), amount);
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        prop_assert_eq!(places, decimals(currency) as usize);
        prop_assert_eq!(parse_amount(&show_money(amount, "CNY"), "CNY").unwrap(), amount);
    }

    #[test]
    fn what_is_read_is_written_the_same_way_again(text in "[-¥$,. 0-9元]{0,12}", which in 0_usize..4) {
        let currency = CURRENCIES[which];
        if let Ok(amount) = parse_amount(&text, currency) {
            prop_assert_eq!(parse_amount(&format_amount(amount, currency), currency).unwrap(), amount);
        }
    }

    #[test]
    fn no_text_is_worth_a_panic(text in any::<String>(), currency in "\\PC{0,4}") {
        let _ = parse_amount(&text, &currency);
        let _ = text.parse::<Time>();
        let _ = text.parse::<Date>();
        prop_assert!(!text.chars().any(char::is_alphabetic) || parse_amount(&text, "CNY").is_err() || text.contains('元'));
    }

    #[test]
    fn no_date_like_text_is_worth_a_panic(text in "[-+]?[0-9]{1,6}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2}(\\.[0-9]{1,9})?)?)?(Z|[-+][0-9]{2}:[0-9]{2})?") {
        if let Ok(at) = text.parse::<Time>() {
            prop_assert_eq!(at.to_string().parse::<Time>().unwrap(), at, "{}", text);
        }
        if let Ok(on) = text.parse::<Date>() {
            prop_assert_eq!(on.to_string().parse::<Date>().unwrap(), on, "{}", text);
            let _ = (on.begins(), on.ends(), on.days_since(Date("2026-11-22".parse().unwrap())));
        }
    }
}
