//! Reads `style/tokens.css` and holds every pair of colours that carries meaning to WCAG 2.2: 4.5:1 for text, 3:1 for
//! shapes.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../style/tokens.css");
const STATES: [&str; 6] = ["green", "yellow", "orange", "red", "blue", "grey"];

type Palette = HashMap<String, [u8; 3]>;

/// The colours that are declared in the block that follows `selector`.
fn palette(selector: &str) -> Palette {
    let (_, after) = TOKENS.split_once(selector).unwrap();
    let block = after.split_once('}').unwrap().0;
    let colours = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let byte = |at: usize| u8::from_str_radix(&value[at..at + 2], 16).unwrap();
        Some((name.to_owned(), [byte(0), byte(2), byte(4)]))
    });
    colours.collect()
}

/// Relative luminance as WCAG defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |byte: u8| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn ratio(palette: &Palette, one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(palette[one]), luminance(palette[other]));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn palettes() -> [(&'static str, Palette); 2] {
    [("light", palette(":root {")), ("dark", palette(":root[data-theme=\"dark\"] {"))]
}

#[test]
fn text_can_be_read_in_both_themes() {
    let pairs = [
        ("ink", "bg"),
        ("ink", "surface"),
        ("ink-2", "bg"),
        ("ink-2", "surface"),
        ("ink-2", "grey-tint"),
        ("accent", "bg"),
        ("accent", "surface"),
        ("on-accent", "accent"),
        ("yellow-text", "surface"),
        ("red-text", "surface"),
    ];
    for (theme, colours) in palettes() {
        for (text, ground) in pairs {
            assert!(ratio(&colours, text, ground) >= 4.5, "{theme}: {text} on {ground}");
        }
        for state in STATES {
            let (text, tint) = (format!("{state}-text"), format!("{state}-tint"));
            assert!(ratio(&colours, &text, &tint) >= 4.5, "{theme}: {text} on {tint}");
        }
    }
}

#[test]
fn bars_and_controls_stand_out_in_both_themes() {
    for (theme, colours) in palettes() {
        for state in STATES {
            let fill = format!("{state}-fill");
            assert!(ratio(&colours, &fill, "surface") >= 3.0, "{theme}: {fill} on surface");
            assert!(ratio(&colours, &fill, "track") >= 3.0, "{theme}: {fill} on track");
        }
        for ground in ["bg", "surface"] {
            assert!(ratio(&colours, "control", ground) >= 3.0, "{theme}: control on {ground}");
            assert!(ratio(&colours, "accent", ground) >= 3.0, "{theme}: focus ring on {ground}");
        }
    }
}

#[test]
fn dark_by_choice_is_dark_by_device() {
    let (chosen, asked) = (palette(":root[data-theme=\"dark\"] {"), palette(":root:not([data-theme=\"light\"]) {"));
    assert_eq!(chosen, asked);
    assert_eq!(chosen.len(), 9 + 3 * STATES.len());
}
