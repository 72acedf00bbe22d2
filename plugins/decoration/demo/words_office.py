"""What the people of the example firm's office write."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from dataclasses import dataclass

from plugins.decoration.rules import names_office as o

PURPOSES = (
    "接待客户茶水点心",
    "工地回访交通费",
    "档案盒与标签",
    "客户生日贺卡印刷",
    "陪同客户选材用车",
    "会议室投影线材",
    "VIP接待鲜花",
    "满意度问卷印刷",
)
MEETING = "客服周例会"
ATTENDED = "经理、助理、全体专员、VIP专人"
ISSUED_TO = "客服部全体、设计部、工程部"
SAID = (
    "一、上周回访完成情况通报；二、尾款到期工地逐户跟进；三、本周验收通知安排。",
    "一、投诉处理进度；二、设计师谈单与订金情况；三、节日问候名单核对。",
    "一、新客户资料建档抽查；二、工地停工客户的解释口径；三、维修单跟踪。",
)
PAPERS = ("客户接待规范", "客户档案管理办法", "投诉受理流程")
FORMS = ("客户记录卡", "回访记录表", "投诉受理单", "客户维修卡")


@dataclass(frozen=True)
class Proposed:
    """A proposal of the manager, so many days ago, and how it stands."""

    days_ago: int
    kind: str
    employee: str
    present: str | None
    post: str
    education: str | None
    reason: str
    state: str


PROPOSALS = (
    Proposed(
        620,
        o.APPOINT,
        "沈知微",
        None,
        o.SPECIALIST_POST,
        o.COLLEGE,
        "工地增多，回访人手不足",
        o.DECIDED,
    ),
    Proposed(
        410,
        o.PROMOTE,
        "陆之远",
        o.SPECIALIST_POST,
        o.MANAGER_POST,
        o.BACHELOR,
        "储备客服部经理",
        o.DECLINED,
    ),
    Proposed(200, o.PAY, "客服部全体", None, o.SPECIALIST_POST, None, "回访完成率与绩效挂钩", o.DECIDED),
    Proposed(95, o.DISMISS, "贺小满", None, o.SPECIALIST_POST, None, "本人申请离职", o.DECIDED),
    Proposed(
        4, o.TRAIN, "沈知微", o.SPECIALIST_POST, o.SPECIALIST_POST, None, "参加投诉沟通培训", o.PROPOSED
    ),
)
SUGGESTIONS = (
    (300, "回访时间", "上班族客户改在晚上七点后回访", "采纳，本月起执行"),
    (210, "验收通知", "验收前一天再发一次短信", "采纳"),
    (150, "样板间参观", "每月组织一次在施工地参观", "先试两个月"),
    (60, "问卷题目", "问卷减到五题，客户更愿意答完", "下季度修订问卷时一并考虑"),
    (9, "维修备件", "常用五金留一箱在客服部", None),
    (2, "微信群", "每个工地建一个客户群", None),
)
FEEDBACK = {
    o.GOOD: "客户评价好，继续保持，并在例会上分享做法。",
    o.FAIR: "整体合格，进度通报要更及时。",
    o.POOR: "客户多次反映沟通不足，下季度每周当面汇报一次。",
}
