//! The sample workspace through the command line: from posts to the orders they brought, refunds taken off.

use crate::program::Program;

#[test]
fn the_sample_is_whole_and_its_figures_add_up() {
    let caoben = Program::new();
    let sample = caoben.folder().join("示例");
    let folder = sample.to_str().unwrap();
    let made = caoben.bare(&["workspace", "sample", folder]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let ask = |args: &[&str]| -> serde_json::Value {
        let output = caoben.bare(&[&["--workspace", folder, "--json"], args].concat());
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    assert_eq!(ask(&["workspace", "check"])["ok"], true);
    assert_eq!(ask(&["product", "list"]).as_array().unwrap().len(), 5);
    let photos = ask(&["photo", "list"]);
    let photos = photos.as_array().unwrap();
    assert!(photos.len() >= 14);
    assert!(
        photos
            .iter()
            .all(|photo| photo["camera"] == "Caoben Sample Camera"),
        "the camera is read from EXIF"
    );
    assert!(photos.iter().any(|photo| photo["has_gps"] == true));

    let orders = ask(&["order", "list"]);
    let orders = orders.as_array().unwrap();
    assert!(
        orders.iter().any(|order| order["refunded"].as_i64() > Some(0)),
        "there are refunds"
    );
    assert!(
        orders
            .iter()
            .any(|order| order["attribution"].as_array().unwrap().is_empty()),
        "and orders of unknown origin"
    );
    for order in orders {
        let credit: f64 = order["attribution"]
            .as_array()
            .unwrap()
            .iter()
            .map(|credit| credit["credit"].as_f64().unwrap())
            .sum();
        let lines = order["lines"].as_array().unwrap().len() as f64;
        assert!(
            credit <= lines + 1e-9,
            "no line is credited more than once: {order}"
        );
    }

    let posts = ask(&["report", "posts"]);
    let of = |field: &str| {
        posts["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row[field].as_i64().unwrap())
            .sum::<i64>()
    };
    assert_eq!(of("net"), of("gross") - of("refunded"), "refunds are taken off");
    let credited = orders
        .iter()
        .filter(|order| !order["attribution"].as_array().unwrap().is_empty());
    let valid = credited.filter(|order| order["status"] != "invalid");
    let net: i64 = valid.map(|order| order["net"].as_i64().unwrap()).sum();
    assert_eq!(of("net"), net, "the report is the sum of the orders behind it");
    for by in ["channels", "products", "orders"] {
        let report = ask(&["report", by]);
        assert!(!report["rows"].as_array().unwrap().is_empty(), "{by}");
        let (unknown, totals) = (&report["unknown"], report["totals"].as_array().unwrap());
        let why = |of: &str| unknown["why"][of].as_i64().unwrap();
        let lost = unknown["orders"].as_i64().unwrap();
        assert_eq!(
            lost,
            why("untagged") + why("foreign"),
            "every order of unknown origin has its reason: {report}"
        );
        let all: f64 = totals
            .iter()
            .map(|total| total["unknown"].as_f64().unwrap())
            .sum();
        assert!((lost as f64 - all).abs() < 1e-9, "{report}");
    }
    let shown = ask(&["order", "show", &orders[0]["id"].to_string()]);
    assert!(shown["attribution"].is_array());
}
