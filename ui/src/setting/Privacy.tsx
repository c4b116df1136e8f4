import { t } from "@lingui/core/macro";
import { Card, Lines } from "../kit";
import css from "./setting.module.css";

/** 隐私: what is kept, where, and what never leaves; each line is held by the core, none is a promise of the screen. */
export function Privacy() {
  const lines = (words: string[]) => <Lines of={words.map((body) => ({ key: body, body }))} />;
  return (
    <div className={css.pile}>
      <div className={css.two}>
        <Card title={t`存在这台电脑上的`}>
          {lines([
            t`好物、试用日志、照片原件、内容和它的每一次改动`,
            t`订单的单号、金额、状态、退款和来路标签`,
            t`买家只留一个加盐的指纹，认得出是不是同一个人，认不出是谁`,
            t`店铺密钥交给系统的钥匙串（没有钥匙串的电脑上只记到关窗），不进数据库，也不进备份`,
          ])}
        </Card>
        <Card title={t`从不存的`}>
          {lines([
            t`买家的姓名、电话、地址：读到表格里有，当场丢掉`,
            t`平台账号和密码：草本不登录任何平台`,
            t`使用统计：没有账号，没有埋点`,
          ])}
        </Card>
      </div>
      <div className={css.two}>
        <Card title={t`什么时候会出网`}>
          {lines([
            t`你点「同步」时，只连你自己填的店铺地址`,
            t`你点开一个网址时，由你自己的浏览器打开`,
            t`除此之外，一个字节也不出去`,
          ])}
        </Card>
        <Card title={t`发布包里带出去的`}>
          {lines([
            t`你选的图：去掉了拍摄地点、相机信息和原文件名`,
            t`你写的字、话题和链接，发不发、发到哪，都由你亲手来`,
            t`凭证、日志和草稿不会进发布包`,
          ])}
        </Card>
      </div>
    </div>
  );
}
