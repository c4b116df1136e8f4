//! Orders on the command line: found by their own number, listed by day, shop and text, entered by hand.

use crate::program::Program;

const FILE: &str =
    "创建时间,付款时间,商品标题,商品ID,商品数量,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额
2026-03-09 10:00:00,2026-03-09 10:00:01,竹炭皂,601,1,10.00,2025030900000000011,S-1,已付款,1.00
2026-03-10 10:00:00,,洗发水,602,1,20.00,2025030900000000022,S-2,拍下未付款,2.00
2026-03-11 10:00:00,2026-03-11 10:00:01,护发素,603,1,30.00,2025030900000000033,S-3,已失效,3.00
";

fn filled() -> Program {
    let caoben = Program::new();
    let file = caoben.file("淘宝.csv", FILE);
    caoben.ok(&["order", "import", file.to_str().unwrap()]);
    caoben
}

fn numbers(list: &serde_json::Value) -> Vec<&str> {
    let orders = list.as_array().unwrap().iter();
    orders.map(|order| order["number"].as_str().unwrap()).collect()
}

#[test]
fn an_order_is_shown_by_its_own_number_and_by_its_id() {
    let caoben = filled();
    let by_number = caoben.ok(&["order", "show", "2025030900000000022"]);
    assert_eq!(by_number["gross"], 2_000);
    let id = by_number["id"].to_string();
    assert_eq!(
        caoben.ok(&["order", "show", &id])["number"],
        "2025030900000000022"
    );
    let missing = caoben.run(&["order", "show", "2025030900000000099"]);
    assert_eq!(
        (missing.code, &missing.json["error"]["code"]),
        (1, &"not_found".into())
    );
}

#[test]
fn orders_are_listed_by_day_shop_and_text() {
    let caoben = filled();
    let list = |flags: &[&str]| caoben.ok(&[&["order", "list"][..], flags].concat());
    assert_eq!(
        numbers(&list(&["--from", "2026-03-10", "--to", "2026-03-10"])),
        ["2025030900000000022"],
        "both days included"
    );
    assert_eq!(numbers(&list(&["--from", "2026-03-10"])).len(), 2);
    assert_eq!(numbers(&list(&["--text", "0033"])), ["2025030900000000033"]);
    let shop = list(&[])[0]["shop"].to_string();
    assert_eq!(numbers(&list(&["--shop", &shop])).len(), 3);
}

#[test]
fn tables_speak_chinese_and_keep_the_sources_own_word() {
    let caoben = filled();
    let table = caoben.told(&["order", "list"]);
    for word in ["已付款", "待付款（拍下未付款）", "已失效"] {
        assert!(table.contains(word), "{word}: {table}");
    }
    let made = caoben.ok(&["order", "add", "--title", "竹炭皂", "--amount", "59.90"]);
    assert_eq!((&made["gross"], &made["status"]), (&5_990.into(), &"paid".into()));
    let id = made["id"].to_string();
    let back = caoben.ok(&["order", "refund", &id, "--amount", "59.90", "--reason", "不要了"]);
    assert_eq!((&back["net"], &back["status"]), (&0.into(), &"refunded".into()));
    assert!(caoben.told(&["order", "show", &id]).contains("已退款"));
    let taken = caoben.ok(&["order", "take-back-refund", &id]);
    assert_eq!((&taken["net"], &taken["status"]), (&5_990.into(), &"paid".into()));
    assert_eq!(caoben.ok(&["order", "remove", &id])["removed"], made["id"]);
    let owed = caoben.ok(&[
        "order",
        "add",
        "--title",
        "竹炭皂",
        "--amount",
        "59.90",
        "--unpaid",
        "--commission",
        "6",
    ]);
    let id = owed["id"].to_string();
    assert_eq!(
        (
            &owed["net"],
            &owed["commission_estimated"],
            &owed["commission_settled"]
        ),
        (&0.into(), &600.into(), &serde_json::Value::Null)
    );
    assert!(
        caoben.told(&["order", "show", &id]).contains("要付 ¥59.90"),
        "not as if it were paid"
    );
    let came = caoben.ok(&[
        "order",
        "edit",
        &id,
        "--paid",
        "--amount",
        "69.90",
        "--settled",
        "5",
    ]);
    assert_eq!(
        (&came["net"], &came["commission_settled"], &came["status"]),
        (&6_990.into(), &500.into(), &"paid".into())
    );
    let none = caoben.ok(&["order", "edit", &id, "--settled", "none", "--commission", "none"]);
    assert_eq!(
        (&none["commission_estimated"], &none["commission_settled"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    let refused = caoben.run(&["order", "add", "--title", "皂", "--amount", "1e3"]);
    assert_eq!(refused.code, 1, "{}", refused.stderr);
}

#[test]
fn a_word_that_is_not_known_is_said_beside_the_counts() {
    let caoben = Program::new();
    let file = caoben.file("淘宝.csv", FILE.replace("拍下未付款", "风控审核中"));
    let said = caoben.told(&["order", "import", file.to_str().unwrap()]);
    assert!(said.contains("没见过「风控审核中」这种状态"), "{said}");
}

#[test]
fn a_number_that_is_also_the_id_of_another_order_is_asked_about_and_nothing_is_done() {
    let caoben = Program::new();
    let add = |number: &str| {
        caoben.ok(&[
            "order", "add", "--title", "皂", "--amount", "10", "--number", number,
        ])["id"]
            .to_string()
    };
    let (first, second) = (add("第一笔"), add("1"));
    assert_eq!(
        (first.as_str(), second.as_str()),
        ("1", "2"),
        "number 1 has the id 2"
    );

    let shown = caoben.told(&["order", "show", "1"]);
    assert!(
        shown.contains("2 笔订单")
            && shown.contains("编号 1 的单号是「第一笔」")
            && shown.contains("编号 2 的单号是「1」"),
        "both are shown: {shown}"
    );
    let by_id = caoben.ok(&["order", "show", "1"]);
    assert_eq!((&by_id["id"], &by_id["also"][0]["id"]), (&1.into(), &2.into()));
    for verb in [
        &["order", "refund", "1", "--amount", "5"][..],
        &["order", "remove", "1"],
    ] {
        let said = caoben.run(verb);
        assert_eq!(said.code, 1, "{verb:?}");
        assert!(
            said.stderr.contains("没有改动") && said.stderr.contains("id:1"),
            "{}",
            said.stderr
        );
    }
    assert_eq!(caoben.ok(&["order", "list"]).as_array().unwrap().len(), 2);

    let back = caoben.ok(&["order", "refund", "number:1", "--amount", "5"]);
    assert_eq!((&back["id"], &back["refunded"]), (&2.into(), &500.into()));
    assert_eq!(caoben.ok(&["order", "remove", "id:1"])["removed"], 1);
    assert_eq!(caoben.ok(&["order", "show", "id:2"])["number"], "1");
    let amount = caoben.run(&["order", "refund", "2", "--amount", "-5"]);
    assert!(amount.stderr.contains("退款要大于 0"), "{}", amount.stderr);
}

#[test]
fn the_same_file_on_a_computer_in_another_zone_changes_nothing() {
    let caoben = Program::new();
    let file = caoben.file("淘宝.csv", FILE);
    let import = |zone: &str| {
        let said = caoben.run_in(zone, &["order", "import", file.to_str().unwrap()]);
        (said.json["new"].clone(), said.json["unchanged"].clone())
    };
    assert_eq!(import("America/St_Johns"), (3.into(), 0.into()));
    assert_eq!(import("Asia/Tokyo"), (0.into(), 3.into()));
}
