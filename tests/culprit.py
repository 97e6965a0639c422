"""Consistent books of printed figures, and the slips that spoil one of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from core.explain import Identity, Known
from core.money import WAN_CENT, half_up, tolerance

FIRST = 2022
Key = tuple[int, int, str]  # year, project (0: the unit), item
Slip = Callable[[Random, "Figures", Key], int | None]  # what is printed instead; None where the slip cannot be


@dataclass
class Figures:
    """A unit's printed figures over some years, and every identity they stand in."""

    true: dict[Key, int]  # exact 分
    identities: list[Identity]

    def printed(self) -> dict[Key, Known]:
        """As a report prints them, in 万元 with two decimals."""
        return {key: Known(f"{key}", as_printed(amount)) for key, amount in self.true.items()}

    def depth(self, key: Key) -> int:
        """How many identities a figure stands in."""
        return sum(one.names(key) for one in self.identities)


def as_printed(amount: int) -> int:
    """An amount as it prints in 万元, in 分."""
    return half_up(amount, WAN_CENT) * WAN_CENT


def consistent(random: Random, projects: int, years: int) -> Figures:
    """A unit whose figures fulfil every identity to the 分: its projects first, the unit as their sum."""
    figures = Figures({}, [])
    carried = dict.fromkeys(range(1, projects + 1), 0)
    for project in carried:
        carried[project] = _amount(random) if random.random() < 0.4 else 0
    for year in range(FIRST, FIRST + years):
        _spend(random, figures, year, carried)
        _add_up(random, figures, year, projects)
        _identities(figures, year, projects)
        carried = {project: figures.true[year, project, "结余结转"] for project in carried}
    return figures


def only_unit(figures: Figures) -> Figures:
    """The unit's own figures alone, as most reports state them: many stand in one identity only."""
    kept = [one for one in figures.identities if all(key[1] == 0 for _sign, key in one.terms)]
    named = {key for one in kept for _sign, key in one.terms}
    return Figures({key: amount for key, amount in figures.true.items() if key in named}, kept)


def without_a_payment(random: Random, figures: Figures) -> Figures:
    """The figures of a ledger that lacks part of one project's spending."""
    year, project, item = random.choice([key for key in figures.true if key[2] == "实际支出" and figures.true[key]])
    missing = round(figures.true[year, project, item] * random.random()) or 1
    wrong = {(year, project, "实际支出"): -missing, (year, project, "结余结转"): missing}
    wrong |= {(year, 0, "项目支出"): -missing, (year, 0, "支出"): -missing, (year, 0, "结余结转"): missing}
    return Figures({key: amount + wrong.get(key, 0) for key, amount in figures.true.items()}, figures.identities)


def _amount(random: Random) -> int:
    """A sum of money as a small unit has it: 0.1 to 200 万元; budgets are often round, payments seldom."""
    amount = round(10 ** random.uniform(7, 10.3)) // 100
    return random.choice([amount, amount, half_up(amount, 100_000) * 100_000, max(half_up(amount, 10**6), 1) * 10**6])


def _spend(random: Random, figures: Figures, year: int, carried: dict[int, int]) -> None:
    moved = dict.fromkeys(carried, 0)
    if len(moved) > 1 and random.random() < 0.5:
        giver, taker = random.sample(sorted(moved), 2)
        moved[taker] = _amount(random) // 5 + 10_000
        moved[giver] = -moved[taker]
    for project, brought in carried.items():
        line = {"上年结转": brought, "调剂": moved[project]}
        line["年初预算"] = _amount(random) if random.random() < 0.8 else 0
        for item in ("上级转移支付", "年中调增减", "追加减"):
            line[item] = _amount(random) if random.random() < 0.35 else 0
        line["年初预算"] += max(0, -sum(line.values()))
        if line["年中调增减"] and random.random() < 0.3 and line["年中调增减"] < line["年初预算"] // 3:
            line["年中调增减"] *= -1
        line["全年预算"] = sum(line.values())
        line["年初预算"] -= min(line["全年预算"], 0)
        line["全年预算"] = max(line["全年预算"], 0)
        line["实际支出"] = round(line["全年预算"] * random.choice([1, 1, random.random(), 0.9, random.uniform(0.5, 1)]))
        left = line["全年预算"] - line["实际支出"]
        line["财政收回"] = random.choice([0, left, round(left * random.random())])
        line["结余结转"] = left - line["财政收回"]
        figures.true |= {(year, project, item): amount for item, amount in line.items()}


def _add_up(random: Random, figures: Figures, year: int, projects: int) -> None:
    def total(item: str) -> int:
        return sum(figures.true[year, project, item] for project in range(1, projects + 1))

    personnel, public = 3 * _amount(random), _amount(random)
    basic, initial = personnel + public, round((personnel + public) * random.choice([1, random.uniform(0.6, 1)]))
    unit = {"人员经费": personnel, "公用经费": public, "基本支出": basic, "项目支出": total("实际支出")}
    unit["支出"] = basic + unit["项目支出"]
    unit["基本支出年初预算"] = initial
    unit["年初预算"] = initial + total("年初预算")
    unit["结余结转"] = total("结余结转")
    unit["上年结转"] = total("上年结转")
    unit["预算收入"] = unit["支出"] + unit["结余结转"] - unit["上年结转"]
    unit["调整追加"] = unit["预算收入"] - unit["年初预算"]
    figures.true |= {(year, 0, item): amount for item, amount in unit.items()}


def _identities(figures: Figures, year: int, projects: int) -> None:
    def holds(total: Key, *terms: tuple[int, Key], allowed: int | None = None) -> None:
        room = tolerance(len(terms), WAN_CENT) if allowed is None else allowed
        name = f"{total}＝" + "".join(f"{'＋' if sign > 0 else '－'}{key}" for sign, key in terms)
        figures.identities.append(Identity(name, ((1, total), *((-sign, key) for sign, key in terms)), 0, room))

    def unit(item: str) -> Key:
        return year, 0, item

    def each(item: str) -> list[tuple[int, Key]]:
        return [(1, (year, project, item)) for project in range(1, projects + 1)]

    holds(unit("预算收入"), (1, unit("年初预算")), (1, unit("调整追加")))
    holds(unit("支出"), (1, unit("基本支出")), (1, unit("项目支出")))
    holds(unit("基本支出"), (1, unit("人员经费")), (1, unit("公用经费")))
    holds(unit("项目支出"), *each("实际支出"))
    holds(unit("年初预算"), (1, unit("基本支出年初预算")), *each("年初预算"))
    holds(unit("结余结转"), *each("结余结转"))
    holds(unit("上年结转"), *each("上年结转"))
    holds(unit("预算收入"), (1, unit("支出")), (1, unit("结余结转")), (-1, unit("上年结转")))
    if (year - 1, 0, "结余结转") in figures.true:
        holds(unit("上年结转"), (1, (year - 1, 0, "结余结转")), allowed=0)
    moved = [key for _sign, key in each("调剂") if figures.true[key]]
    if moved:
        holds(moved[0], *((-1, key) for key in moved[1:]), allowed=tolerance(len(moved), WAN_CENT))
    given = ("上年结转", "年初预算", "上级转移支付", "年中调增减", "追加减", "调剂")
    for project in range(1, projects + 1):
        line = {item: (year, project, item) for item in (*given, "全年预算", "实际支出", "财政收回", "结余结转")}
        holds(line["全年预算"], *((1, line[item]) for item in given))
        holds(line["结余结转"], (1, line["全年预算"]), (-1, line["实际支出"]), (-1, line["财政收回"]))
        if (year - 1, project, "结余结转") in figures.true:
            holds(line["上年结转"], (1, (year - 1, project, "结余结转")), allowed=0)


# The slips: each takes the true printed figure in 0.01万元 and gives another one.


def _units(figures: Figures, key: Key) -> int:
    return half_up(figures.true[key], WAN_CENT)


def sign(_random: Random, figures: Figures, key: Key) -> int | None:
    """正负号写反."""
    return -_units(figures, key)


def digits(random: Random, figures: Figures, key: Key) -> int | None:
    """Two neighbouring digits the other way round."""
    amount = _units(figures, key)
    text = str(abs(amount)).zfill(3)
    place = random.randrange(len(text) - 1)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return int(swapped) * (1 if amount > 0 else -1)


def ten(random: Random, figures: Figures, key: Key) -> int | None:
    """The decimal point one place off."""
    amount = _units(figures, key)
    return random.choice([10 * amount, half_up(amount, 10)])


def ten_thousand(random: Random, figures: Figures, key: Key) -> int | None:
    """元 written for 万元, or 万元 for 元 where anything is left of it."""
    amount = _units(figures, key)
    return random.choice([10_000 * amount, half_up(amount, 10_000)]) if abs(amount) >= 5_000 else 10_000 * amount


def _addend(random: Random, figures: Figures, key: Key) -> int | None:
    """What a figure that others add up to takes from one of them, exact."""
    of = [one for one in figures.identities if one.terms[0][1] == key and len(one.terms) > 2]
    addends = [-sign * figures.true[other] for sign, other in of[0].terms[1:] if figures.true[other]] if of else []
    return random.choice(addends) if addends else None


def left_out(random: Random, figures: Figures, key: Key) -> int | None:
    """A total without one of its addends."""
    addend = _addend(random, figures, key)
    return None if addend is None else half_up(figures.true[key] - addend, WAN_CENT)


def twice(random: Random, figures: Figures, key: Key) -> int | None:
    """A total with one of its addends twice."""
    addend = _addend(random, figures, key)
    return None if addend is None else half_up(figures.true[key] + addend, WAN_CENT)


def copied(random: Random, figures: Figures, key: Key) -> int | None:
    """Another figure of the same table in its place."""
    others = [other for other in figures.true if other[0] == key[0] and _units(figures, other)]
    return _units(figures, random.choice(others))


def digit(random: Random, figures: Figures, key: Key) -> int | None:
    """One digit typed wrong."""
    amount = _units(figures, key)
    text = str(abs(amount)).zfill(3)
    place = random.randrange(len(text))
    other = random.choice([d for d in "0123456789" if d != text[place]])
    return int(text[:place] + other + text[place + 1 :]) * (1 if amount >= 0 else -1)


SLIPS: dict[str, Slip] = {
    "正负号写反": sign,
    "两位数字颠倒": digits,
    "小数点错一位": ten,
    "元万元混用": ten_thousand,
    "漏加一项": left_out,
    "重加一项": twice,
    "抄成另一项": copied,
    "一位数字写错": digit,
}


def spoiled(random: Random, figures: Figures, slip: Slip) -> tuple[Key, dict[Key, Known]]:
    """The book with one figure spoiled, and which; figures of one identity, two and more are equally often taken."""
    depths = Counter(key for one in figures.identities for _sign, key in one.terms)
    by_depth: dict[int, list[Key]] = {}
    for key in figures.true:
        if _units(figures, key):
            by_depth.setdefault(min(depths[key], 3), []).append(key)
    while True:
        key = random.choice(by_depth[random.choice(sorted(by_depth))])
        wrong = slip(random, figures, key)
        if wrong is not None and wrong != _units(figures, key):
            printed = figures.printed()
            return key, printed | {key: replace(printed[key], amount=wrong * WAN_CENT)}
