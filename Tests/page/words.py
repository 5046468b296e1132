"""How a page must write what the API answers, in each language: written anew from docs/api.md and docs/design.md, not from the pages."""

MINUTES = {"en": "{} min", "tc": "{} 分鐘", "sc": "{} 分钟"}
HOURS = {"en": "{} h", "tc": "{} 小時", "sc": "{} 小时"}
UP_TO = {"en": "up to {}", "tc": "{}內", "sc": "{}内"}
TO = {"en": " to ", "tc": " 至 ", "sc": " 至 "}
YES = {"en": "yes", "tc": "有", "sc": "有"}
NO = {"en": "no", "tc": "沒有", "sc": "没有"}
VERDICTS = {
    "much shorter": {"en": "much shorter", "tc": "遠比平常短", "sc": "远比平常短"},
    "shorter": {"en": "shorter", "tc": "較平常短", "sc": "较平常短"},
    "usual": {"en": "usual", "tc": "與平常相若", "sc": "与平常相若"},
    "longer": {"en": "longer", "tc": "較平常長", "sc": "较平常长"},
    "much longer": {"en": "much longer", "tc": "遠比平常長", "sc": "远比平常长"},
    "too early to say": {"en": "too early to say", "tc": "數據未夠，未能比較", "sc": "数据未够，未能比较"},
}
RANGE = {"en": "In 24 hours between {} and {}", "tc": "過去 24 小時：{}至{}", "sc": "过去 24 小时：{}至{}"}
BAND = {"en": "usually {}", "tc": "平常：{}", "sc": "平常：{}"}
KILOMETRES = {"en": "{} km", "tc": "{} 公里", "sc": "{} 公里"}
NOT_ARCHIVED = {"en": "not in the archive", "tc": "歷史檔案沒有", "sc": "历史档案没有"}
PARTIAL = {"en": "incomplete or still running", "tc": "數據不齊或時段未完", "sc": "数据不齐或时段未完"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def plain(number):
    """1.5, and 2 for 2.0."""
    return f"{number:g}"


def wait(metric, minutes, language):
    """Triage IV and V are rounded up to the half hour, so all but 0 are a bound; triage III is minutes as they are."""
    if minutes is None:
        return "–"
    if not metric.startswith("t45") or minutes == 0:
        return MINUTES[language].format(minutes)
    is_hours = minutes >= 60 and minutes % 30 == 0
    text = HOURS[language].format(plain(minutes / 60)) if is_hours else MINUTES[language].format(minutes)
    return UP_TO[language].format(text)


def spread(metric, low, high, language):
    """From one wait to another, the unit and the bound's sign once."""
    if low == high:
        return wait(metric, low, language)
    if not metric.startswith("t45"):
        return f"{low}{TO[language]}{MINUTES[language].format(high)}"
    hours = HOURS[language].format(plain(high / 60))
    return f"{plain(low / 60)}{TO[language]}{hours if language == 'en' else UP_TO[language].format(hours)}"


def published(reading, metric, language):
    """A wait, or the phrase itself where it is no number."""
    minutes = reading[f"{metric}_minutes"]
    if minutes is None:
        return reading["phrases"].get(metric) or "–"
    return wait(metric, minutes, language)


def lamp(reading, name, language):
    """The class of a lamp's cell, and its word; a phrase where it is neither yes nor no."""
    state = reading[name]
    if state is None:
        return "none", reading["phrases"].get(name) or "–"
    kind = {"t1_managing": "critical", "t2_managing": "emergency", "resuscitation": "resuscitation"}[name]
    return (f"lamp {kind}", YES[language]) if state else ("lamp off", NO[language])


def instant(text):
    """An instant of the API in English, as a table has it: "22 Nov 2026, 11:45"."""
    return f"{int(text[8:10])} {MONTHS[int(text[5:7]) - 1]} {text[:4]}, {text[11:16]}"
