"""The names that VIP service and care messages need."""

from __future__ import annotations

VIP_ARCHIVE, VIP_REVIEW = "decoration.vip-archive", "decoration.vip-review"
RECEPTION, PURCHASE = "decoration.vip-reception", "decoration.vip-purchase"
CHANNEL, AREA_VISIT = "decoration.vip-channel", "decoration.vip-area-visit"
EVENT, BATCH, MESSAGE = "decoration.house-event", "decoration.care-batch", "decoration.care-message"

PROPOSED, GRANTED, KEPT, ENDED = "proposed", "granted", "kept", "ended"
"""How a VIP archive stands (DEC-W6)."""
FOLLOWED, SUMMED_UP, CONTACTED = "followed", "summed_up", "contacted"
"""How far the service after a VIP's visit is."""
ELECTRONIC, ORIGINAL = "electronic", "original"
"""The forms in which a VIP archive is kept (DEC-R19)."""
WINDOW, HOTLINE, FAX, GREEN_LANE, DESK = "window", "hotline", "fax", "green_lane", "desk"
"""The channels for VIPs (DEC-R22)."""

CELEBRATION, COMMEMORATION, OPENING = "celebration", "commemoration", "opening"
STORE_DAY, PRODUCT, NEWS, TASK = "store_day", "product", "news", "task"
"""What a piece of news or an event of the house is."""
PLANNED, VIPS_TOLD, ALL_TOLD, CANCELLED = "planned", "vips_told", "all_told", "cancelled"
"""Who has heard of it."""

BIRTHDAY, HOLIDAY, VIP_NEWS, HOUSE_NEWS = "birthday", "holiday", "vip_news", "house_news"
HEATING, WEATHER, CAMPAIGN = "heating", "weather", "campaign"
"""The occasions on which customers hear from the firm."""
DRAFT, APPROVED, SENT, DISCARDED = "draft", "approved", "sent", "discarded"
LEFT_OUT, RELEASED, MISSED = "left_out", "released", "missed"
"""How a batch and each of its messages stand: a message is released to the outbox, or its day passed before that."""
