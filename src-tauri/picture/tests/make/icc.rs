//! ICC profiles and colours by the book, in double precision: what the crate's colours are compared with.
#![allow(dead_code)]

pub type Matrix = [[f64; 3]; 3];

/// Primaries (red, green, blue) and white as x and y.
#[derive(Clone, Copy)]
pub struct Space {
    pub name: &'static str,
    pub points: [[f64; 2]; 3],
    pub white: [f64; 2],
    pub curve: Curve,
}

#[derive(Clone, Copy)]
pub enum Curve {
    Srgb,
    Gamma(f64),
}

const D65: [f64; 2] = [0.3127, 0.3290];
pub const SRGB: Space = Space {
    name: "sRGB",
    points: [[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]],
    white: D65,
    curve: Curve::Srgb,
};
/// SMPTE EG 432-1 with the curve of sRGB.
pub const DISPLAY_P3: Space = Space {
    name: "Display P3",
    points: [[0.680, 0.320], [0.265, 0.690], [0.150, 0.060]],
    white: D65,
    curve: Curve::Srgb,
};
/// Adobe RGB (1998) Color Image Encoding, 2005.
pub const ADOBE: Space = Space {
    name: "Adobe RGB (1998)",
    points: [[0.64, 0.33], [0.21, 0.71], [0.15, 0.06]],
    white: D65,
    curve: Curve::Gamma(563.0 / 256.0),
};

impl Curve {
    pub fn to_light(self, v: f64) -> f64 {
        match self {
            Self::Srgb if v <= 0.04045 => v / 12.92,
            Self::Srgb => ((v + 0.055) / 1.055).powf(2.4),
            Self::Gamma(g) => v.powf(g),
        }
    }
}

pub fn srgb_of_light(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

pub fn times(a: Matrix, b: Matrix) -> Matrix {
    let mut out = [[0.0; 3]; 3];
    for (i, row) in out.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell = (0..3).map(|k| a[i][k] * b[k][j]).sum();
        }
    }
    out
}

pub fn apply(m: Matrix, v: [f64; 3]) -> [f64; 3] {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

pub fn inverse(m: Matrix) -> Matrix {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a][b] * m[c][d] - m[a][d] * m[c][b];
    let det = m[0][0] * minor(1, 1, 2, 2) - m[0][1] * minor(1, 0, 2, 2) + m[0][2] * minor(1, 0, 2, 1);
    [
        [minor(1, 1, 2, 2), -minor(0, 1, 2, 2), minor(0, 1, 1, 2)],
        [-minor(1, 0, 2, 2), minor(0, 0, 2, 2), -minor(0, 0, 1, 2)],
        [minor(1, 0, 2, 1), -minor(0, 0, 2, 1), minor(0, 0, 1, 1)],
    ]
    .map(|row| row.map(|v| v / det))
}

fn xyz([x, y]: [f64; 2]) -> [f64; 3] {
    [x / y, 1.0, (1.0 - x - y) / y]
}

/// Light of a space to XYZ (Lindbloom, "RGB/XYZ Matrices").
pub fn to_xyz(space: Space) -> Matrix {
    let [r, g, b] = space.points.map(xyz);
    let columns = [[r[0], g[0], b[0]], [r[1], g[1], b[1]], [r[2], g[2], b[2]]];
    let scale = apply(inverse(columns), xyz(space.white));
    columns.map(|row| [row[0] * scale[0], row[1] * scale[1], row[2] * scale[2]])
}

const BRADFORD: Matrix = [
    [0.8951, 0.2664, -0.1614],
    [-0.7502, 1.7135, 0.0367],
    [0.0389, -0.0685, 1.0296],
];
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];

/// From the white D65 to that of profiles.
pub fn to_d50() -> Matrix {
    let (from, to) = (apply(BRADFORD, xyz(D65)), apply(BRADFORD, D50));
    let scale = [
        [to[0] / from[0], 0.0, 0.0],
        [0.0, to[1] / from[1], 0.0],
        [0.0, 0.0, to[2] / from[2]],
    ];
    times(inverse(BRADFORD), times(scale, BRADFORD))
}

/// What the pixel of a space is in sRGB.
pub fn in_srgb(space: Space, pixel: [u8; 3]) -> [u8; 3] {
    let light = pixel.map(|v| space.curve.to_light(f64::from(v) / 255.0));
    let light = apply(times(inverse(to_xyz(SRGB)), to_xyz(space)), light);
    light.map(|l| (srgb_of_light(l) * 255.0).round() as u8)
}

/// A profile of version 4 with three primaries and a curve.
pub fn profile(space: Space) -> Vec<u8> {
    let m = times(to_d50(), to_xyz(space));
    let column = |i: usize| xyz_tag([m[0][i], m[1][i], m[2][i]]);
    let curve = curve_tag(space.curve);
    file(
        (b"mntr", b"RGB ", b"XYZ "),
        &[
            (b"desc", text_tag(space.name)),
            (b"wtpt", xyz_tag(D50)),
            (b"rXYZ", column(0)),
            (b"gXYZ", column(1)),
            (b"bXYZ", column(2)),
            (b"rTRC", curve.clone()),
            (b"gTRC", curve.clone()),
            (b"bTRC", curve),
        ],
    )
}

/// The same with a `cicp` tag: what the curve means by the code points of ITU-T H.273.
pub fn with_code_points(mut profile: Vec<u8>, primaries: u8, transfer: u8) -> Vec<u8> {
    // One tag more: its entry moves everything behind the table.
    let count = u32::from_be_bytes(profile[128..132].try_into().unwrap());
    let end = 132 + 12 * count as usize;
    for n in 0..count as usize {
        let at = 132 + 12 * n + 4;
        let start = u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) + 12;
        profile[at..at + 4].copy_from_slice(&start.to_be_bytes());
    }
    profile[128..132].copy_from_slice(&(count + 1).to_be_bytes());
    let length = u32::try_from(profile.len()).unwrap();
    let entry = [&b"cicp"[..], &(length + 12).to_be_bytes(), &12_u32.to_be_bytes()].concat();
    profile.splice(end..end, entry);
    profile.extend([b'c', b'i', b'c', b'p', 0, 0, 0, 0, primaries, transfer, 0, 1]);
    profile[..4].copy_from_slice(&(length + 24).to_be_bytes());
    profile
}

pub fn grey_profile(gamma: f64) -> Vec<u8> {
    let curve = curve_tag(Curve::Gamma(gamma));
    let tags = [
        (b"desc", text_tag("Dot Gain")),
        (b"wtpt", xyz_tag(D50)),
        (b"kTRC", curve),
    ];
    file((b"mntr", b"GRAY", b"XYZ "), &tags)
}

/// A printing profile whose sixteen corners (each ink all or nothing) are given as Lab.
pub fn ink_profile(corner: impl Fn([bool; 4]) -> [f64; 3]) -> Vec<u8> {
    let mut table = [&b"mft1\0\0\0\0"[..], &[4, 3, 2, 0]].concat();
    for n in [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0] {
        table.extend(fixed(n));
    }
    table.extend((0..4).flat_map(|_| 0..=255_u8));
    for n in 0..16_u8 {
        let [l, a, b] = corner([n & 8 > 0, n & 4 > 0, n & 2 > 0, n & 1 > 0]);
        table.extend([l * 2.55, a + 128.0, b + 128.0].map(|v| v.round() as u8));
    }
    table.extend((0..3).flat_map(|_| 0..=255_u8));
    let tags = [
        (b"desc", text_tag("Test Press")),
        (b"wtpt", xyz_tag(D50)),
        (b"A2B0", table),
    ];
    file((b"prtr", b"CMYK", b"Lab "), &tags)
}

/// Lab against D50 to sRGB.
pub fn srgb_of_lab([l, a, b]: [f64; 3]) -> [u8; 3] {
    let fy = (l + 16.0) / 116.0;
    let f = [fy + a / 500.0, fy, fy - b / 200.0];
    let light = |f: f64| {
        if f > 6.0 / 29.0 {
            f.powi(3)
        } else {
            (f - 4.0 / 29.0) * 108.0 / 841.0
        }
    };
    let xyz = [D50[0] * light(f[0]), D50[1] * light(f[1]), D50[2] * light(f[2])];
    let rgb = apply(times(inverse(to_xyz(SRGB)), inverse(to_d50())), xyz);
    rgb.map(|l| (srgb_of_light(l) * 255.0).round() as u8)
}

/// And back.
pub fn lab_of_srgb(pixel: [u8; 3]) -> [f64; 3] {
    let light = pixel.map(|v| Curve::Srgb.to_light(f64::from(v) / 255.0));
    let xyz = apply(times(to_d50(), to_xyz(SRGB)), light);
    let f = |v: f64| {
        if v > 216.0 / 24389.0 {
            v.cbrt()
        } else {
            v * 841.0 / 108.0 + 4.0 / 29.0
        }
    };
    let [x, y, z] = [f(xyz[0] / D50[0]), f(xyz[1]), f(xyz[2] / D50[2])];
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn fixed(v: f64) -> [u8; 4] {
    ((v * 65536.0).round() as i32).to_be_bytes()
}

fn xyz_tag(v: [f64; 3]) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), v.map(fixed).concat()].concat()
}

fn curve_tag(curve: Curve) -> Vec<u8> {
    match curve {
        Curve::Gamma(g) => [b"para\0\0\0\0\0\0\0\0".to_vec(), fixed(g).to_vec()].concat(),
        Curve::Srgb => {
            let numbers = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045].map(fixed);
            [b"para\0\0\0\0\0\x03\0\0".to_vec(), numbers.concat()].concat()
        }
    }
}

fn text_tag(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = u32::try_from(units.len()).unwrap().to_be_bytes();
    [
        &b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS"[..],
        &length,
        &[0, 0, 0, 28],
        &units,
    ]
    .concat()
}

fn file((class, space, pcs): (&[u8; 4], &[u8; 4], &[u8; 4]), tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut table = u32::try_from(tags.len()).unwrap().to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + 12 * tags.len();
    for (name, content) in tags {
        table.extend_from_slice(*name);
        table.extend(u32::try_from(start + data.len()).unwrap().to_be_bytes());
        table.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut head = vec![0; 128];
    head[..4].copy_from_slice(&u32::try_from(start + data.len()).unwrap().to_be_bytes());
    head[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    head[12..16].copy_from_slice(class);
    head[16..20].copy_from_slice(space);
    head[20..24].copy_from_slice(pcs);
    head[24..36].copy_from_slice(&[7, 234, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    head[36..40].copy_from_slice(b"acsp");
    head[68..80].copy_from_slice(&D50.map(fixed).concat());
    [head, table, data].concat()
}
