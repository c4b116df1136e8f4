//! When, with what and whether a place is inside, wherever files say so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    missing_docs
)]
mod make;

use std::io::Cursor;

use caoben_picture::{Notes, Taken, clip, kept, probe, sidecar};
use image::ImageFormat;
use make::Field::{Degrees, Short, Text};
use make::{encoded, fixture, jpeg, page, quarters, tiff, with_chunk, with_exif, with_segment};

/// "2026-03-02 08:15:59.120 +480", the end as far as it is known.
fn said(taken: Option<Taken>) -> String {
    taken.map_or_else(String::new, |t| {
        let fraction = if t.millisecond > 0 {
            format!(".{:03}", t.millisecond)
        } else {
            String::new()
        };
        let zone = t
            .offset_minutes
            .map_or_else(String::new, |zone| format!(" {zone:+}"));
        format!(
            "{}-{:02}-{:02} {:02}:{:02}:{:02}{fraction}{zone}",
            t.year, t.month, t.day, t.hour, t.minute, t.second
        )
    })
}

fn plain() -> Vec<u8> {
    jpeg(&quarters(48, 32))
}

/// What Lightroom and Bridge write, with the properties as attributes.
const PACKET: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 photoshop:DateCreated="2025-05-01T10:00:00.45+08:00" tiff:Make="FUJIFILM" tiff:Model="X-T5" tiff:Orientation="6"
 aux:Lens="XF35mmF1.4 R" exif:GPSLatitude="30,15.5N" exif:GPSLongitude="120,9.3E">
<xmpMM:Pantry xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><rdf:Bag><rdf:li><rdf:Description>
<exif:DateTimeOriginal>2001-01-01T00:00:00</exif:DateTimeOriginal></rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>   "#;

fn is_packets(notes: &Notes, where_from: &str) {
    assert_eq!(
        said(notes.taken_at),
        "2025-05-01 10:00:00.450 +480",
        "{where_from}: the picture's own day, not that of an ingredient"
    );
    assert_eq!(notes.camera.as_deref(), Some("FUJIFILM X-T5"), "{where_from}");
    assert_eq!(notes.lens.as_deref(), Some("XF35mmF1.4 R"), "{where_from}");
    assert!(notes.has_gps, "{where_from}");
}

#[test]
fn a_clip_that_says_zone_zero_is_of_zone_zero_and_the_containers_clock_is_no_zone() {
    let facts = clip::probe(Cursor::new(fixture("zone0.mov"))).unwrap();
    assert_eq!(said(facts.taken_at), "2025-01-09 20:00:00 +0");
    assert!(!facts.container_time, "somebody wrote it down");
    let facts = clip::probe(Cursor::new(fixture("epoch1970.mp4"))).unwrap();
    assert_eq!(
        said(facts.taken_at),
        "2025-03-08 16:30:00 +0",
        "some cameras count from 1970"
    );
    assert!(facts.container_time);
}

#[test]
fn xmp_tells_in_every_format_that_carries_it_and_in_a_file_beside() {
    is_packets(&sidecar(PACKET.as_bytes()), "a file beside");
    is_packets(
        &sidecar(format!("\u{feff}{PACKET}\0\0\0").as_bytes()),
        "with marks and padding",
    );
    is_packets(
        &sidecar(format!("{PACKET}</rdf:li><rdf:Description").as_bytes()),
        "written over a longer one",
    );
    let in_jpeg = with_segment(
        &plain(),
        0xE1,
        &[b"http://ns.adobe.com/xap/1.0/\0", PACKET.as_bytes()].concat(),
    );
    let facts = probe(&in_jpeg).unwrap();
    is_packets(&facts.notes(), "JPEG");
    assert_eq!(
        (facts.orientation, facts.width, facts.height),
        (6, 32, 48),
        "XMP alone turns it as well"
    );
    let png = encoded(&quarters(48, 32), ImageFormat::Png);
    let text = [b"XML:com.adobe.xmp\0\0\0\0\0", PACKET.as_bytes()].concat();
    is_packets(&probe(&with_chunk(&png, b"iTXt", &text)).unwrap().notes(), "PNG");
    let mut webp = [
        &b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x04\0\0\0\x2f\0\0\x1f\0\0"[..],
        b"XMP ",
    ]
    .concat();
    webp.extend(u32::try_from(PACKET.len()).unwrap().to_le_bytes());
    webp.extend(PACKET.as_bytes());
    is_packets(&probe(&webp).unwrap().notes(), "WebP");
    let mut gif = encoded(&quarters(48, 32), ImageFormat::Gif);
    let end = gif.pop().unwrap();
    gif.extend(b"\x21\xFF\x0BXMP DataXMP");
    gif.extend(PACKET.as_bytes());
    gif.push(1);
    gif.extend((0..=255).rev());
    gif.extend([0, end]);
    is_packets(&probe(&gif).unwrap().notes(), "GIF");
    let mut boxed = fixture("epoch1970.mp4");
    boxed.extend(u32::try_from(PACKET.len() + 24).unwrap().to_be_bytes());
    boxed.extend(b"uuid\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC");
    boxed.extend(PACKET.as_bytes());
    let facts = clip::probe(Cursor::new(&boxed)).unwrap();
    assert_eq!(
        (said(facts.taken_at).as_str(), facts.container_time, facts.has_gps),
        ("2025-05-01 10:00:00.450 +480", false, true),
        "a clip: better somebody's word than the container's clock"
    );
}

#[test]
fn a_broken_packet_tells_nothing_and_refuses_nothing() {
    for cut in 0..PACKET.len() {
        let _ = sidecar(&PACKET.as_bytes()[..cut]);
    }
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"#;
    assert_eq!(sidecar(bomb.as_bytes()), Notes::default());
}

/// IPTC's records of a day and a time of day.
fn records() -> Vec<u8> {
    let record =
        |kind: u8, text: &[u8]| [&[0x1C, 2, kind, 0, u8::try_from(text.len()).unwrap()][..], text].concat();
    [
        record(5, b"a title"),
        record(55, b"20250309"),
        record(60, b"080515+0800"),
    ]
    .concat()
}

/// Photoshop's resource of a number.
fn resource(number: u16, body: &[u8]) -> Vec<u8> {
    let mut out = [b"8BIM", &number.to_be_bytes()[..], &[0, 0]].concat();
    out.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
    out.extend(body);
    if body.len() % 2 == 1 {
        out.push(0);
    }
    out
}

#[test]
fn agencies_records_tell_the_day_and_the_camera_is_believed_before_them() {
    let resources = [resource(1005, &[0; 16]), resource(1028, &records())].concat();
    // Spread over two segments, as long ones are.
    let (front, back) = resources.split_at(30);
    let file = with_segment(&plain(), 0xED, &[b"Photoshop 3.0\0", back].concat());
    let file = with_segment(&file, 0xED, &[b"Photoshop 3.0\0", front].concat());
    assert_eq!(said(probe(&file).unwrap().taken_at), "2025-03-09 08:05:15 +480");
    let block = tiff(&[], &[(0x9003, Text("2024:12:31 23:59:59"))], &[]);
    assert_eq!(
        said(probe(&with_exif(&file, &block)).unwrap().taken_at),
        "2024-12-31 23:59:59"
    );
}

#[test]
fn a_clock_without_a_zone_gets_that_of_the_program_that_copied_it() {
    let block = tiff(
        &[],
        &[(0x9003, Text("2025:05:01 10:00:00")), (0x9291, Text("45"))],
        &[],
    );
    let packet = [b"http://ns.adobe.com/xap/1.0/\0", PACKET.as_bytes()].concat();
    let both = with_exif(&with_segment(&plain(), 0xE1, &packet), &block);
    assert_eq!(
        said(probe(&both).unwrap().taken_at),
        "2025-05-01 10:00:00.450 +480"
    );
    let other = tiff(&[], &[(0x9003, Text("2025:05:01 11:00:00"))], &[]);
    let both = with_exif(&with_segment(&plain(), 0xE1, &packet), &other);
    assert_eq!(
        said(probe(&both).unwrap().taken_at),
        "2025-05-01 11:00:00",
        "of another moment nothing is taken over"
    );
}

#[test]
fn parts_of_a_second_are_read_and_a_place_that_was_never_found_is_none() {
    for (digits, right) in [
        ("120", ".120"),
        ("45", ".450"),
        ("7", ".700"),
        ("", ""),
        ("abc", ""),
    ] {
        let digits: &'static str = Box::leak(digits.to_owned().into_boxed_str());
        let block = tiff(
            &[],
            &[(0x9003, Text("2025:05:01 10:00:00")), (0x9291, Text(digits))],
            &[],
        );
        assert_eq!(
            said(probe(&with_exif(&plain(), &block)).unwrap().taken_at),
            format!("2025-05-01 10:00:00{right}")
        );
    }
    let place = [
        (0x0001, Text("N")),
        (0x0002, Degrees),
        (0x0003, Text("E")),
        (0x0004, Degrees),
    ];
    let block = tiff(&[], &[], &place);
    assert!(probe(&with_exif(&plain(), &block)).unwrap().has_gps);
    // Every fraction 0/0, as phones write it before the first fix.
    let mut never = block.clone();
    let found: Vec<u8> = [30_u32, 1, 15, 1, 0, 1].map(u32::to_le_bytes).concat();
    for at in 0..=never.len() - found.len() {
        if never[at..].starts_with(&found) {
            never[at..at + found.len()].fill(0);
        }
    }
    assert!(!probe(&with_exif(&plain(), &never)).unwrap().has_gps);
}

#[test]
fn days_that_never_were_are_no_days() {
    for never in [
        "1970:01:01 00:00:00",
        "1970:01:01 08:00:00",
        "1904:01:01 00:00:00",
        "2025:02:30 10:00:00",
    ] {
        let never: &'static str = Box::leak(never.to_owned().into_boxed_str());
        let block = tiff(
            &[(0x0132, Text("2025:05:03 10:00:00"))],
            &[(0x9003, Text(never))],
            &[],
        );
        assert_eq!(
            said(probe(&with_exif(&plain(), &block)).unwrap().taken_at),
            "2025-05-03 10:00:00",
            "{never}: the next field counts"
        );
    }
}

#[test]
fn exif_in_the_texts_of_a_png_is_read() {
    let png = encoded(&quarters(48, 32), ImageFormat::Png);
    let block = tiff(
        &[(0x0110, Text("A phone"))],
        &[(0x9003, Text("2025:05:01 10:00:00"))],
        &[],
    );
    // As ImageMagick writes it: a name, its length, then digits in lines.
    let digits = |bytes: &[u8]| {
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let lines: Vec<String> = digits.chunks(36).map(|line| line.concat()).collect();
        format!("\nexif\n{:8}\n{}\n", bytes.len(), lines.join("\n"))
    };
    let whole = [b"Exif\0\0", block.as_slice()].concat();
    for (kind, name) in [
        (b"tEXt", "Raw profile type exif"),
        (b"zTXt", "Raw profile type APP1"),
    ] {
        let text = digits(&whole).into_bytes();
        let body = if kind == b"zTXt" {
            [name.as_bytes(), b"\0\0", &deflated(&text)].concat()
        } else {
            [name.as_bytes(), b"\0", &text].concat()
        };
        let facts = probe(&with_chunk(&png, kind, &body)).unwrap();
        assert_eq!(said(facts.taken_at), "2025-05-01 10:00:00", "{name}");
        assert_eq!(facts.camera.as_deref(), Some("A phone"), "{name}");
    }
    let words = with_chunk(&png, b"tEXt", b"Creation Time\0Wed, 02 Jan 2002 02:03:55 GMT");
    assert_eq!(said(probe(&words).unwrap().taken_at), "2002-01-02 02:03:55 +0");
}

/// Packed without packing (RFC 1950, stored blocks).
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let sum = (b << 16 | a).to_be_bytes();
    [
        &[0x78, 1, 1][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        bytes,
        &sum,
    ]
    .concat()
}

#[test]
fn a_tiff_whose_pointers_are_of_the_type_made_for_them_is_read() {
    let rows = vec![vec![128_u8; 16]];
    let mut file = page(
        &[
            (256, &[4]),
            (257, &[4]),
            (258, &[8]),
            (262, &[1]),
            (277, &[1]),
            (278, &[4]),
        ],
        &rows,
        false,
    );
    // The EXIF block lies behind the page; its pointer has type 13.
    let inner = u32::try_from(file.len()).unwrap();
    let text = b"2025:05:01 10:00:00\0";
    file.extend([1_u16.to_le_bytes(), 0x9003_u16.to_le_bytes(), 2_u16.to_le_bytes()].concat());
    file.extend(
        [
            u32::try_from(text.len()).unwrap().to_le_bytes(),
            (inner + 18).to_le_bytes(),
        ]
        .concat(),
    );
    file.extend([0; 4]);
    file.extend(text);
    // In place of a field nothing here needs: the number of samples, which is 1 anyway.
    let at = (10..200)
        .step_by(12)
        .find(|at| file[*at..*at + 2] == 277_u16.to_le_bytes())
        .unwrap();
    file[at..at + 2].copy_from_slice(&34665_u16.to_le_bytes());
    file[at + 2..at + 4].copy_from_slice(&13_u16.to_le_bytes());
    file[at + 8..at + 12].copy_from_slice(&inner.to_le_bytes());
    assert_eq!(said(probe(&file).unwrap().taken_at), "2025-05-01 10:00:00");
}

#[test]
fn files_that_are_kept_unshown_say_when_with_what_and_whether_a_place_is_inside() {
    let block = tiff(
        &[
            (0x010F, Text("Canon")),
            (0x0110, Text("Canon EOS R5")),
            (0x0112, Short(6)),
        ],
        &[(0x9003, Text("2025:05:01 10:00:00")), (0x9011, Text("+08:00"))],
        &[
            (0x0001, Text("N")),
            (0x0002, Degrees),
            (0x0003, Text("E")),
            (0x0004, Degrees),
        ],
    );
    let long = |n: usize| u32::try_from(n).unwrap().to_be_bytes();
    let boxed = |kind: &[u8; 4], body: &[u8]| [&long(body.len() + 8)[..], kind, body].concat();
    let preview = with_exif(&plain(), &block);
    let mut raf = b"FUJIFILMCCD-RAW 0201".to_vec();
    raf.resize(84, 0);
    raf.extend([long(92), long(preview.len())].concat());
    raf.extend(&preview);
    let psd = [
        &b"8BPS\0\x01"[..],
        &[0; 20],
        &long(0),
        &long(resource(1058, &block).len()),
        &resource(1058, &block),
    ]
    .concat();
    let mut orf = block.clone();
    orf[2..4].copy_from_slice(b"RO");
    let mrw = [
        &b"\0MRM"[..],
        &long(block.len() + 8),
        b"\0TTW",
        &long(block.len()),
        &block,
    ]
    .concat();
    let canon = b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    let parts = [
        boxed(
            b"CMT1",
            &tiff(
                &[(0x010F, Text("Canon")), (0x0110, Text("Canon EOS R5"))],
                &[],
                &[],
            ),
        ),
        boxed(
            b"CMT2",
            &tiff(
                &[(0x9003, Text("2025:05:01 10:00:00")), (0x9011, Text("+08:00"))],
                &[],
                &[],
            ),
        ),
        boxed(b"CMT4", &tiff(&[(0x0002, Degrees), (0x0004, Degrees)], &[], &[])),
    ];
    let uuid = boxed(b"uuid", &[canon.as_slice(), &parts.concat()].concat());
    let cr3 = [boxed(b"ftyp", b"crx \0\0\0\x01crx isom"), boxed(b"moov", &uuid)].concat();
    let jp2 = [
        boxed(b"jP  ", b"\r\n\x87\n"),
        boxed(b"uuid", &[b"JpgTiffExif->JP2", block.as_slice()].concat()),
    ]
    .concat();
    for (name, file) in [
        ("DNG, NEF and their kin", block.clone()),
        ("ORF", orf),
        ("RAF", raf),
        ("PSD", psd),
        ("MRW", mrw),
        ("CR3", cr3),
        ("JP2", jp2),
    ] {
        let notes = kept(&file);
        assert_eq!(said(notes.taken_at), "2025-05-01 10:00:00 +480", "{name}");
        assert_eq!(notes.camera.as_deref(), Some("Canon EOS R5"), "{name}");
        assert!(notes.has_gps, "{name}");
        for cut in (0..file.len()).step_by(7) {
            let _ = kept(&file[..cut]);
        }
    }
    assert_eq!(kept(b"nothing anybody knows"), Notes::default());
}
