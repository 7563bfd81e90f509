//! Reads `style/tokens.css` and holds the colours that meters are filled with apart for those who see fewer colours.
//!
//! Each fill is turned into what a deuteranope and a protanope see, by the matrices of Machado, Oliveira and Fernandes (2009,
//! "A Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1.0, on linear RGB), and two fills
//! differ by ΔE*ab of CIE 1976 in CIELAB under D65. Colour never tells a state alone: this is what it adds to icon, word and
//! hatching.

#![allow(clippy::unwrap_used)]

const TOKENS: &str = include_str!("../style/tokens.css");
const FILLS: [&str; 5] = ["green", "yellow", "orange", "red", "grey"];
/// Two fills that differ by less are easily taken for each other side by side.
const APART: f64 = 11.0;

type Matrix = [[f64; 3]; 3];

const EYES: [(&str, Matrix); 3] = [
    ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no green (deuteranopia)",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "no red (protanopia)",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
];

/// Linear RGB to XYZ, each divided by the white of D65.
const TO_XYZ: Matrix = [
    [0.412_456_4 / 0.950_47, 0.357_576_1 / 0.950_47, 0.180_437_5 / 0.950_47],
    [0.212_672_9, 0.715_152_2, 0.072_175_0],
    [0.019_333_9 / 1.088_83, 0.119_192_0 / 1.088_83, 0.950_304_1 / 1.088_83],
];

/// The fill of a state in the block that follows `selector`, as linear RGB.
fn fill(selector: &str, state: &str) -> [f64; 3] {
    let (_, after) = TOKENS.split_once(selector).unwrap();
    let block = after.split_once('}').unwrap().0;
    let (_, value) = block.split_once(&format!("--{state}-fill: #")).unwrap();
    [0, 2, 4].map(|at| {
        let share = f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    })
}

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// CIELAB of linear RGB; what a simulation puts outside of the screen's colours is what the screen can show.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let [x, y, z] = times(&TO_XYZ, linear.map(|part| part.clamp(0.0, 1.0)));
    let [x, y, z] = [x, y, z]
        .map(|part| if part > 216.0 / 24_389.0 { part.cbrt() } else { (24_389.0 / 27.0 * part + 16.0) / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// The two fills of a theme that are nearest to each other, for any eyes.
fn nearest(selector: &str) -> (f64, String) {
    let mut found = (f64::MAX, String::new());
    for (eyes, matrix) in &EYES {
        let seen = FILLS.map(|state| (state, lab(times(matrix, fill(selector, state)))));
        for (at, (one, left)) in seen.iter().enumerate() {
            for (other, right) in &seen[at + 1..] {
                let distance = apart(*left, *right);
                if distance < found.0 {
                    found = (distance, format!("{one} and {other}, {eyes}"));
                }
            }
        }
    }
    found
}

// Harm prevented: a panel that runs out looks, to one man in twelve, like one that runs.
#[test]
fn fills_stay_apart_for_those_who_see_fewer_colours() {
    for (theme, selector) in [("light", ":root {"), ("dark", ":root[data-theme=\"dark\"] {")] {
        let (distance, which) = nearest(selector);
        assert!(distance >= APART, "{theme}: {which} differ by {distance:.1}, and should by {APART}");
    }
}

// Harm prevented: the measure itself is off, and every palette passes.
#[test]
fn the_measure_knows_white_from_black_and_red_from_green() {
    let near = |found: f64, wanted: f64| (found - wanted).abs() < 0.05;
    let (white, black) = (lab([1.0, 1.0, 1.0]), lab([0.0, 0.0, 0.0]));
    assert!(near(apart(white, black), 100.0), "{white:?} {black:?}");
    let (red, green) = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0]);
    assert!(near(lab(red)[0], 53.24) && near(lab(red)[1], 80.09), "{:?}", lab(red));
    let [all, deuteranope, _] = EYES.map(|(_, matrix)| apart(lab(times(&matrix, red)), lab(times(&matrix, green))));
    assert!(deuteranope < all / 2.0, "{deuteranope} of {all}");
}
