//! Order imports: what a file does not say is not guessed, and its words for states are not taken for sales.

use caoben::order::Status;

use crate::{
    order_cases::{all, import_text, money, numbered, refused},
    support,
};

const HEAD: &str = "创建时间,付款时间,商品标题,商品ID,商品数量,商品单价,付款金额,淘宝订单编号,淘宝子订单号,订单状态,佣金金额\n";

fn row(number: &str, paid_at: &str, paid: &str, status: &str) -> String {
    format!("2025-03-09 10:00:00,{paid_at},皂,601,2,299.00,{paid},{number},S-{number},{status},10.00\n")
}

const AT: &str = "2025-03-09 10:00:01";

#[tokio::test]
async fn a_list_price_is_no_payment() {
    let (_folder, db) = support::workspace().await;
    let rows: String = [("A", ""), ("B", "-"), ("C", "--"), ("D", "0"), ("E", "598.00")]
        .map(|(number, paid)| row(number, AT, paid, "已付款"))
        .concat();
    let done = import_text(&db, format!("{HEAD}{rows}")).await;
    assert_eq!(refused(&done), [2, 3, 4], "{:?}", done.refused);
    assert!(done.refused[0].reason.contains("没有付款金额"));
    assert_eq!(numbered(&db, "D").await.gross, 0);
    assert_eq!(numbered(&db, "E").await.gross, 59_800);

    let (_folder, db) = support::workspace().await;
    let without = "创建时间,付款时间,商品标题,商品ID,商品数量,商品单价,淘宝订单编号,淘宝子订单号,订单状态\n\
                   2025-03-09 10:00:00,2025-03-09 10:00:01,皂,601,2,299.00,A,S-A,已付款\n";
    let done = import_text(&db, without).await;
    assert_eq!(
        refused(&done),
        [2],
        "without the column either: {:?}",
        done.refused
    );

    let (_folder, db) = support::workspace().await;
    let unpaid = row("F", "", "", "拍下未付款") + &row("G", "", "", "已失效");
    let done = import_text(&db, format!("{HEAD}{unpaid}")).await;
    assert_eq!(
        (done.new, refused(&done)),
        (2, vec![]),
        "nothing was paid of these"
    );
    assert!(all(&db).await.iter().all(|order| order.gross == 0));
}

#[tokio::test]
async fn closed_cancelled_and_asked_back_are_no_sales() {
    let (_folder, db) = support::workspace().await;
    let words = ["交易关闭", "已取消", "退款中", "退款成功", "退款关闭"];
    let rows: String = words.iter().map(|word| row(word, AT, "100.00", word)).collect();
    let done = import_text(&db, format!("{HEAD}{rows}")).await;
    assert_eq!((done.new, refused(&done)), (5, vec![]), "{:?}", done.refused);
    for word in words {
        assert!(
            done.warned.iter().any(|said| said.contains(word)),
            "{word} is said: {:?}",
            done.warned
        );
    }
    let stands = |number| {
        let db = db.clone();
        async move {
            let order = numbered(&db, number).await;
            (order.status, order.net)
        }
    };
    assert_eq!(stands("交易关闭").await, (Status::Invalid, 0));
    assert_eq!(stands("已取消").await, (Status::Invalid, 0));
    assert_eq!(stands("退款中").await, (Status::Unknown, 0));
    assert_eq!(stands("退款成功").await, (Status::Refunded, 0));
    assert_eq!(
        stands("退款关闭").await,
        (Status::Unknown, 10_000),
        "a refund that was called off takes nothing back"
    );
}

#[tokio::test]
async fn money_that_is_asked_back_comes_back_when_a_later_file_says_so() {
    let (_folder, db) = support::workspace().await;
    let text = |status: &str| format!("{HEAD}{}", row("A", AT, "100.00", status));
    import_text(&db, text("已付款")).await;
    import_text(&db, text("退款中")).await;
    assert_eq!(money(&numbered(&db, "A").await), (10_000, 10_000, 0, 1));
    let done = import_text(&db, text("已付款")).await;
    assert_eq!(numbered(&db, "A").await.net, 0, "which was first nobody can tell");
    assert!(
        done.warned.iter().any(|said| said.contains("时间分不出先后")),
        "{:?}",
        done.warned
    );
    let received = "创建时间,付款时间,结算时间,商品标题,商品ID,商品数量,商品单价,付款金额,淘宝订单编号,淘宝子订单号,订单状态\n\
                    2025-03-09 10:00:00,2025-03-09 10:00:01,2025-03-20 10:00:00,皂,601,2,299.00,100.00,A,S-A,已收货\n";
    import_text(&db, received).await;
    let order = numbered(&db, "A").await;
    assert_eq!((order.status, order.net), (Status::Settled, 10_000));
}

#[tokio::test]
async fn an_order_that_says_nothing_of_its_state_is_said() {
    let (_folder, db) = support::workspace().await;
    let rows = row("A", AT, "100.00", "") + &row("B", "", "100.00", "");
    let done = import_text(&db, format!("{HEAD}{rows}")).await;
    assert!(
        done.warned.iter().any(|said| said.contains("2 笔订单没有写状态")),
        "{:?}",
        done.warned
    );
    assert_eq!(numbered(&db, "A").await.status, Status::Paid);
    let open = numbered(&db, "B").await;
    assert_eq!(
        (open.status, open.net),
        (Status::Created, 0),
        "nothing says it was paid"
    );
}

#[tokio::test]
async fn an_order_of_the_future_and_a_count_that_is_none_are_refused() {
    let (_folder, db) = support::workspace().await;
    let line = |number: &str, at: &str, count: &str| {
        format!("{at},{at},皂,601,{count},1.00,1.00,{number},S-{number},已付款,\n")
    };
    let rows = [
        line("A", "2099-03-09 10:00:00", "1"),
        line("B", "2025-03-09 10:00:00", "-1"),
        line("C", "2025-03-09 10:00:00", "99999999999"),
        line("D", "2025-03-09 10:00:00", "\"1,000\""),
    ];
    let done = import_text(&db, format!("{HEAD}{}", rows.concat())).await;
    assert_eq!(refused(&done), [2, 3, 4], "{:?}", done.refused);
    assert_eq!(numbered(&db, "D").await.lines[0].quantity, 1_000);
}
