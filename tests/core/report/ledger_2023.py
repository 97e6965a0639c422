"""A small ledger of 2023 built with the program's own commands: what the report tests print."""

from datetime import date

from core import commands as c
from core.book import Book
from core.change import Change
from core.model import EventKind
from core.outline import PURPOSE, STORY, default_template_text
from core.policy import default_policy_text
from core.writing import write_section

YEAR = 2023
WAN = 1_000_000

DUTIES = """1、团结、引导全区妇女参与经济社会发展，提高妇女素质，促进妇女全面发展。
2、代表和维护妇女儿童合法权益，协助有关部门做好妇女儿童维权工作。
3、承办区委、区政府交办的其他工作。"""

OVERALL = """1.思想引领走深走实。一是依托68个妇女儿童之家开展宣讲30余场，覆盖妇女群众3000余人次。\
二是评选表彰区级先进集体4个、先进个人8名，示范带动作用进一步增强。
2.服务大局有力有为。联合人力资源和社会保障部门开展“春风行动”，为100多名妇女提供岗位信息；注册“巾帼志愿者”3674人，\
开展活动91场；全年预算执行率{unit.执行率}。
3.关爱服务用心用情。走访困难妇女儿童252人，完成“两癌”免费检查2790人，占年度任务2700人的103.33%；募集善款8.77万元，\
较上年增加2.6万元，全部用于困难妇女儿童帮扶。"""

PROBLEMS = """一是预算编制的精细化程度有待提高，个别项目的支出进度前低后高。二是绩效指标的量化程度不够。
下一步，将细化项目预算，按月跟踪支出进度，在设定指标时优先采用可以量化、可以核实的指标。"""


class Builder:
    """Applies changes one after the other and knows the newest project."""

    def __init__(self) -> None:
        self.book = Book()

    def do(self, change: Change) -> None:
        self.book = self.book.apply(change)

    def project(self, name: str, kind: str = "", parent: int = 0) -> int:
        self.do(c.add_project(self.book, YEAR, name, kind, parent))
        return max(row.project for row in self.book.project_years(YEAR))

    def event(self, project: int, kind: str, day: str, amount: int, doc_no: str = "") -> None:
        self.do(c.add_event(self.book, YEAR, project, kind, day, amount, doc_no=doc_no))

    def pay(self, project: int, day: str, amount: int) -> None:
        self.do(c.add_payment(self.book, YEAR, project, day, amount))

    def write(self, key: str, text: str, about: int = 0) -> None:
        self.do(write_section(self.book, YEAR, key, about, text))


def build(stated: bool = True) -> Book:
    """Two basic projects and three special ones, with sub-projects, recalled and carried money."""
    b = Builder()
    b.do(c.found_unit(b.book, code="101001", kind="行政"))
    b.do(
        c.open_year(
            b.book,
            YEAR,
            default_policy_text(),
            default_template_text(),
            name="示范区妇女联合会",
            short_name="区妇联",
            duties=DUTIES,
            institutions="属于区一级全额拨款行政单位，下无二级机构，",
            phone="0000-1234567",
        )
    )
    b.do(c.set_staff(b.book, YEAR, "行政编制", established=2, actual=2))
    b.do(c.set_staff(b.book, YEAR, "事业编制", established=1, actual=1))
    _basic(b)
    _special(b)
    b.write("overall", OVERALL)
    b.write("problems", PROBLEMS)
    if stated:
        for item, amount in (("预算收入", 10109), ("年初预算", 6998), ("调整追加", 3114), ("其他资金", 1516)):
            b.do(c.state(b.book, YEAR, item, amount * 10_000, source_table="决算报表", source_column=item))
    return b.book


def _basic(b: Builder) -> None:
    people = b.project("人员经费", "人员经费")
    b.event(people, EventKind.INITIAL, "2023-01-01", 5_512_345 * 10)
    b.event(people, EventKind.SUPPLEMENT, "2023-11-08", 26 * WAN, "示财预〔2023〕18号")
    for month in range(1, 13):
        b.pay(people, f"2023-{month:02d}-15", 81_123_450 // 12)
    office = b.project("公用经费", "公用经费")
    b.event(office, EventKind.INITIAL, "2023-01-01", 8 * WAN + 876_550)
    b.event(office, EventKind.SUPPLEMENT, "2023-11-08", 4 * WAN, "示财预〔2023〕18号")
    b.pay(office, "2023-06-30", 12 * WAN + 856_544)


def _special(b: Builder) -> None:
    business = b.project("业务性专项经费", "业务工作专项")
    b.event(business, EventKind.INITIAL, "2023-01-01", 3 * WAN)
    b.event(business, EventKind.RECOVERED, "2023-12-31", 930_000)
    first = b.project("业务性专项经费", parent=business)
    b.pay(first, "2023-05-12", 1_860_000)
    b.write(PURPOSE, "家庭教育志愿服务、妇女健康免费检查宣传和普法宣传活动。", first)
    second = b.project("财务代理管理服务项目", parent=business)
    b.pay(second, "2023-09-20", 210_000)
    b.write(PURPOSE, "支付财务代理管理服务费", second)
    congress = b.project("第五次换届大会费用", "业务工作专项")
    b.event(congress, EventKind.INITIAL, "2023-01-01", 3 * WAN)
    b.event(congress, EventKind.CARRIED, "2023-12-31", 3 * WAN)
    b.write(STORY, f"该项目因会期调整未实施，资金{{p{congress}.结余结转}}万元结转下年按原用途使用。", congress)
    march = b.project("“三八”国际妇女节、家庭教育周系列活动", "业务工作专项")
    b.event(march, EventKind.SUPPLEMENT, "2023-02-24", 5_660_000, "示财行〔2023〕7号")
    b.event(march, EventKind.RECOVERED, "2023-12-31", 620_000)
    for name, amount, purpose in (
        ("“三八”国际妇女节系列活动", 3_840_000, "开展纪念活动五场，表彰先进典型；付主讲人翀老师、喆老师的讲课费。"),
        ("2022年“三八”活动", 580_000, "支付2022年活动的剩余支出。"),
        ("家庭教育周活动", 620_000, "家庭教育讲座40余场的场地和资料费用。"),
    ):
        child = b.project(name, parent=march)
        b.pay(child, "2023-03-20", amount)
        b.write(PURPOSE, purpose, child)


TODAY = date(2024, 4, 30)
