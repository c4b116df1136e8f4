//! What agencies and older programs write: IPTC's records (IIM 4.2), and the resources of Photoshop they lie in.

use super::{Block, Told};
use crate::taken::Taken;

/// From records, each led by 0x1C, its number and its length.
pub(super) fn read(mut records: &[u8]) -> Told {
    let (mut made, mut scanned) = ([None, None], [None, None]);
    while let [0x1C, record, kind, h, l, rest @ ..] = records {
        let length = usize::from(u16::from_be_bytes([*h, *l]));
        // The highest bit announces a longer length, which no date has.
        let Some((value, rest)) = rest.split_at_checked(length).filter(|_| h & 0x80 == 0) else {
            break;
        };
        match (record, kind) {
            (2, 55) => made[0] = Some(value),
            (2, 60) => made[1] = Some(value),
            (2, 62) => scanned[0] = Some(value),
            (2, 63) => scanned[1] = Some(value),
            _ => {}
        }
        records = rest;
    }
    let moment = |[day, clock]: [Option<&[u8]>; 2]| {
        let day = day?;
        let whole = clock.and_then(|clock| Taken::read(&[day, b"T", clock].concat()));
        whole.or_else(|| Taken::read(day))
    };
    Told {
        times: [moment(made), moment(scanned), None],
        ..Told::default()
    }
}

/// What resources begin with: Photoshop's own, and those of its kin.
const KINDS: [&[u8; 4]; 5] = [b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR"];

/// The blocks in Photoshop's resources ("8BIM", a number, a name, a length): EXIF, XMP and IPTC.
pub(super) fn resources(mut rest: &[u8]) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    while let Some(resource) = KINDS.iter().find_map(|kind| rest.strip_prefix(kind.as_slice())) {
        let parts = || {
            let (number, tail) = resource.split_first_chunk::<2>()?;
            // A name and its length together are even.
            let name = usize::from(*tail.first()?) + 1;
            let (length, tail) = tail.get(name.next_multiple_of(2)..)?.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            Some((u16::from_be_bytes(*number), length, tail))
        };
        let Some((number, length, tail)) = parts() else {
            break;
        };
        let Some(body) = tail.get(..length) else { break };
        match number {
            1028 => blocks.push(Block::Iptc(body.into())),
            1058 | 1059 => blocks.push(Block::Exif(body.into())),
            1060 => blocks.push(Block::Xmp(body.into())),
            _ => {}
        }
        rest = tail.get(length.next_multiple_of(2)..).unwrap_or_default();
    }
    blocks
}
