"""What customers of the example firm complain of, what breaks, and what was done about it."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from typing import NamedTuple

from plugins.decoration.rules import names_complaints as c


class Words(NamedTuple):
    """A complaint in the customer's words, the manager's opinion, and the result."""

    content: str
    opinion: str
    result: str


SAID = {
    c.WORKMANSHIP: Words(
        "卫生间墙砖有多处空鼓，踢脚线接缝不齐",
        "工队三日内返工，巡检复查",
        "空鼓墙砖已全部更换，踢脚线重新安装",
    ),
    c.SCHEDULE: Words(
        "工期比合同晚了十多天，现场连续几天没有人施工",
        "工程部调整班组，重排进度并告知客户",
        "已增派工人，木工阶段按新计划完成",
    ),
    c.MAIN_MATERIALS: Words(
        "到场的地板与样板颜色不一致", "材料部核对批次，联系厂家更换", "厂家已更换同批次地板"
    ),
    c.DESIGN: Words(
        "插座位置与图纸不符，厨房台面尺寸偏小",
        "设计师到场核对图纸，出具变更方案",
        "设计变更已确认，插座移位完成",
    ),
    c.WATERPROOFING: Words(
        "卫生间墙角渗水，楼下邻居反映顶面有水印",
        "停用并重做防水，闭水试验四十八小时",
        "防水重做，闭水试验合格",
    ),
    c.ATTITUDE: Words(
        "现场工人说话不客气，垃圾没有及时清理", "工队长向客户道歉，每日收工清场", "已道歉并清理现场，客户接受"
    ),
    c.PRICE: Words("增项报价没有事先说明", "核对增项单，逐项向客户说明", "重新核价，减免未确认的增项"),
}
KINDS = tuple(SAID)
CHANNELS = (c.PHONE, c.PHONE, c.CHAT, c.VISIT, c.PHONE, c.CALL_BACK)
RESPONSE = "已向客户致歉，说明处理步骤，约定上门时间"
PROOF = "巡检现场复查，照片存档，客户签字确认"
CALLED = ("客户表示满意", "客户认可处理结果，希望以后加强现场管理", "客户比较满意", "客户表示感谢")
MEASURE = "通报批评，自费返工"
FAULTS = (
    (c.WORKMANSHIP, c.GENERAL, "卧室门关不严", "调整合页和门锁"),
    (c.WORKMANSHIP, c.GENERAL, "客厅乳胶漆开裂", "铲除裂缝处，补腻子后重新涂刷"),
    (c.MAIN_MATERIALS, c.GENERAL, "厨房龙头滴水", "更换阀芯"),
    (c.MAIN_MATERIALS, c.GENERAL, "地板局部起拱", "更换三块地板，预留伸缩缝"),
    (c.WATERPROOFING, c.WATERPROOF, "卫生间地漏周围渗水", "重做地漏周边防水，闭水试验合格"),
    (c.WATERPROOFING, c.WATERPROOF, "阳台墙根返潮", "清理后补做防水涂层"),
)
"""Kind, part of the works, fault, and what was done."""
