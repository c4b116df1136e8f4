//! Words for states that a format does not know, as far as they say that no money is to be counted.

use super::Status;

/// What a word for a state is to a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// The format knows it.
    Known(Status),
    /// It says in plain words that the order is over, called off or given back.
    Over(Status),
    /// It says that the money is asked back, and not that it went.
    Refunding,
    /// Nobody told us.
    Strange,
}

/// What a request for the money back is called.
const REQUESTS: [&str; 6] = ["退款", "退货", "售后", "维权", "仲裁", "refund"];
/// How a word ends, or begins, that calls one off: the order lives on.
const WITHDRAWN: [&str; 9] = [
    "关闭",
    "取消",
    "撤销",
    "失败",
    "拒绝",
    "驳回",
    "不同意",
    "无",
    "部分",
];
/// It went back.
const DONE: [&str; 6] = ["成功", "完成", "已退", "全额", "全部", "refunded"];
/// The order is called off. What only may come is not.
const OFF: [&str; 11] = [
    "关闭",
    "取消",
    "失效",
    "作废",
    "撤销",
    "无效",
    "交易失败",
    "未成团",
    "cancelled",
    "canceled",
    "closed",
];
const NOT_YET: [&str; 5] = ["申请", "待", "未取消", "可取消", "不"];

/// What a word says by itself, without case and spaces.
pub(super) fn common(word: &str) -> Word {
    let has = |words: &[&str]| words.iter().any(|part| word.contains(part));
    if has(&REQUESTS) {
        return match (has(&WITHDRAWN), has(&DONE)) {
            (true, _) => Word::Strange,
            (false, true) => Word::Over(Status::Refunded),
            (false, false) => Word::Refunding,
        };
    }
    if has(&OFF) && !has(&NOT_YET) {
        return Word::Over(Status::Invalid);
    }
    Word::Strange
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_says_no_money_is_understood_and_no_other() {
        for (words, is) in [
            (
                vec![
                    "交易关闭",
                    "已取消",
                    "订单取消",
                    "拼团失败未成团",
                    "已作废",
                    "cancelled",
                ],
                Word::Over(Status::Invalid),
            ),
            (
                vec![
                    "退款成功",
                    "退款完成",
                    "已退款",
                    "全额退款",
                    "维权成功",
                    "refunded",
                ],
                Word::Over(Status::Refunded),
            ),
            (
                vec![
                    "退款中",
                    "申请退款",
                    "待退款",
                    "售后处理中",
                    "退货退款中",
                    "维权中",
                ],
                Word::Refunding,
            ),
            (
                vec![
                    "退款关闭",
                    "退款失败",
                    "取消退款",
                    "部分退款",
                    "部分退款成功",
                    "无售后",
                    "申请取消",
                    "不可取消",
                    "交易成功",
                    "已发货",
                    "风控审核中",
                    "",
                ],
                Word::Strange,
            ),
        ] {
            for word in words {
                assert_eq!(common(word), is, "{word}");
            }
        }
    }
}
