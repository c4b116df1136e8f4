//! The recovery code: a key in letters and digits that can be copied by hand, with a sum that notices a slip.

use crate::error::{Error, Result};

/// Crockford's letters: without I, L, O and U, which are read as others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const KEY: usize = 32;
const SUM: usize = 3;
/// Letters of a code: 280 bits, five each.
const LENGTH: usize = (KEY + SUM) * 8 / 5;
const GROUP: usize = 4;

fn sum(key: &[u8; KEY]) -> [u8; SUM] {
    let hash = blake3::derive_key("caoben 2026-11-30 recovery code sum", key);
    [hash[0], hash[1], hash[2]]
}

/// `7K2Q-…`, fourteen groups of four.
pub(super) fn write(key: &[u8; KEY]) -> String {
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP);
    let (mut bits, mut held, mut count) = (0_u32, 0, 0);
    for byte in key.iter().chain(&sum(key)) {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            if count > 0 && count % GROUP == 0 {
                code.push('-');
            }
            let letter = LETTERS.get(usize::try_from(bits >> held & 31).unwrap_or(0));
            code.extend(letter.map(|letter| char::from(*letter)));
            count += 1;
        }
    }
    code
}

/// The key of a code, however it was typed: small letters, blanks, O for 0, I and L for 1.
///
/// # Errors
/// `Invalid` when letters are missing or wrong. The message does not repeat the code.
pub(super) fn read(code: &str) -> Result<[u8; KEY]> {
    let slip = || {
        Error::invalid(
            "code",
            "恢复码不对：应是 14 组、每组 4 个字母或数字。请对着记下的再看一遍，没有改动。",
        )
    };
    let mut bytes = Vec::with_capacity(KEY + SUM);
    let (mut bits, mut held, mut count) = (0_u32, 0, 0);
    for c in code
        .chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '-' | '–' | '—')))
    {
        let c = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let value = LETTERS.iter().position(|letter| char::from(*letter) == c);
        bits = bits << 5 | u32::try_from(value.ok_or_else(slip)?).map_err(|_| slip())?;
        held += 5;
        count += 1;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).map_err(|_| slip())?);
        }
    }
    let (key, told) = bytes.split_at_checked(KEY).ok_or_else(slip)?;
    let key: [u8; KEY] = key.try_into().map_err(|_| slip())?;
    if count != LENGTH || told != sum(&key) {
        return Err(slip());
    }
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_however_it_was_typed_and_every_slip_is_noticed() {
        let key: [u8; KEY] = std::array::from_fn(|at| u8::try_from(at * 7 % 256).unwrap());
        let code = write(&key);
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 14]);
        assert_eq!(read(&code).unwrap(), key);
        let sloppy = code
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "o")
            .replace('1', "l");
        assert_eq!(read(&sloppy).unwrap(), key);
        for at in (0..code.len()).filter(|at| !(at + 1).is_multiple_of(5)) {
            let mut wrong: Vec<char> = code.chars().collect();
            wrong[at] = if wrong[at] == 'Z' { 'Y' } else { 'Z' };
            let wrong: String = wrong.into_iter().collect();
            let error = read(&wrong).unwrap_err();
            assert!(
                !error.message.contains(&wrong),
                "a slip at {at} is noticed and not repeated"
            );
        }
        assert!(
            read(code.get(..code.len() - 5).unwrap()).is_err() && read("").is_err() && read("微信").is_err()
        );
    }
}
