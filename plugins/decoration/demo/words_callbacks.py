"""What customers of the example firm say when they are called."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from plugins.decoration.rules import names_callbacks as c

SAID = {
    c.PROSPECT: (
        "想了解报价，约周末到店",
        "正在比较三家",
        "对样板间有兴趣，发了案例",
        "下月交房，届时再联系",
    ),
    c.CONSTRUCTION: (
        "进度正常，工人按时到场",
        "水电验收满意，现场整洁",
        "希望提前知道瓦工进场时间",
        "墙面找平已整改，客户认可",
        "等主材到货，客户知情",
    ),
    c.SATISFACTION: (
        "设计师讲解清楚，愿意配合修改",
        "家居顾问回复及时",
        "方案又改了一稿，客户满意",
        "希望沟通再主动一些",
    ),
    c.WARRANTY: ("使用正常", "卫生间地漏稍慢，已约上门查看", "木门轻微变形，已登记", "一切都好，感谢回访"),
}
PROBLEMS = ("开关面板松动", "瓷砖空鼓一处", "材料晚到三天", "现场垃圾未及时清运", "图纸与现场尺寸不符")
ADVICE = ("工程部两日内上门", "转材料部核对到货时间", "请设计师复尺")
AD_HOC = ("问瓷砖是否已选定", "确认水电改动位置", "问停工期间的安排", "问邻居反映的噪音是否解决")
PRAISE = ("很满意", "做事细致", "服务态度好", "还可以更快一些")
QUESTIONS = (
    (c.OF_DESIGNER, "设计沟通与方案是否满意？", True),
    (c.OF_CONSULTANT, "家居顾问的服务是否满意？", True),
    (c.OF_INSPECTOR, "工程巡检是否到位？", True),
    (c.OF_CREW, "施工质量与现场是否满意？", True),
    (c.OF_FIRM, "对公司还有什么意见和建议？", False),
)
NAME = "客户满意度回访问卷"
