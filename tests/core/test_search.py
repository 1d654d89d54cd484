"""The occupation search: genders, cases, slips, alphabets, filler, and nothing fitting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.occupations.search.index import Index
from bot.core.occupations.search.names import NamedOccupation
from bot.core.occupations.search.thesaurus import SynonymGroup
from bot.load.data_folder import find_data
from bot.load.library import load

NAMES = """
hairdresser 5141 | frizieris, friziere, matu griezējs, stilists | hairdresser, hair stylist, barber | перукар, перукарка | парикмахер, стилист
teacher 2330 | skolotājs, skolotāja, pedagogs | teacher, schoolteacher | вчитель, вчителька, педагог | учитель, учительница, преподаватель
maths_teacher 2330 | matemātikas skolotājs, matemātikas skolotāja | mathematics teacher, maths teacher | вчитель математики | учитель математики
preschool_teacher 2342 | pirmsskolas skolotājs, pirmsskolas skolotāja, bērnudārza audzinātāja | preschool teacher, kindergarten teacher | вихователь дитячого садка, вихователька | воспитатель детского сада
nurse 2221 | māsa, medmāsa, medicīnas māsa | nurse, registered nurse | медсестра, медбрат | медсестра, медицинская сестра
doctor 2211 | ārsts, ārste, ģimenes ārsts, dakteris | doctor, physician, GP | лікар, лікарка, терапевт | врач, доктор, терапевт
dentist 2261 | zobārsts, zobārste, stomatologs | dentist | стоматолог, зубний лікар | стоматолог, зубной врач
vet 2250 | veterinārārsts, veterinārārste, vetārsts | veterinarian, vet | ветеринар | ветеринар
programmer 2512 | programmētājs, programmētāja, programmatūras izstrādātājs | programmer, software developer, coder | програміст, програмістка, розробник | программист, разработчик
it_support 3512 | IT atbalsta speciālists, datoru speciālists | IT support technician, help desk | спеціаліст техпідтримки | специалист техподдержки
driver 8332 | kravas automobiļa vadītājs, šoferis, kravas auto šoferis, tālbraucējs | truck driver, lorry driver | водій вантажівки, далекобійник | водитель грузовика, дальнобойщик
bus_driver 8331 | autobusa vadītājs, autobusa šoferis | bus driver | водій автобуса | водитель автобуса
cook 5120 | pavārs, pavāre, šefpavārs | cook, chef | кухар, кухарка, шеф-кухар | повар, шеф-повар
waiter 5131 | viesmīlis, viesmīle, oficiants | waiter, waitress | офіціант, офіціантка | официант, официантка
baker 7512 | maiznieks, maizniece, cepējs | baker | пекар | пекарь, булочник
shop_assistant 5223 | pārdevējs, pārdevēja, veikala pārdevējs | shop assistant, sales assistant | продавець, продавчиня | продавец, продавщица
accountant 2411 | grāmatvedis, grāmatvede | accountant, bookkeeper | бухгалтер, бухгалтерка | бухгалтер
lawyer 2611 | jurists, juriste, advokāts | lawyer, solicitor | юрист, адвокат | юрист, адвокат
police_officer 5412 | policists, policiste, policijas darbinieks | police officer | поліцейський, поліцейська | полицейский
firefighter 5411 | ugunsdzēsējs, ugunsdzēsēja, glābējs | firefighter, fireman | пожежник, рятувальник | пожарный, спасатель
electrician 7411 | elektriķis, elektriķe, elektromontieris | electrician | електрик, електромонтер | электрик, электромонтёр
plumber 7126 | santehniķis, santehniķe | plumber | сантехнік | сантехник
mechanic 7231 | automehāniķis, automehāniķe, auto remontētājs | car mechanic, auto mechanic | автомеханік, автослюсар | автомеханик, автослесарь
welder 7212 | metinātājs, metinātāja | welder | зварник, зварювальник | сварщик, сварщица
builder 7111 | celtnieks, celtniece, būvnieks, būvstrādnieks | builder, construction worker | будівельник | строитель
carpenter 7115 | galdnieks, galdniece, namdaris | carpenter, joiner | столяр, тесляр | столяр, плотник
architect 2161 | arhitekts, arhitekte | architect | архітектор, архітекторка | архитектор
designer 2166 | grafikas dizainers, grafikas dizainere, grafiķis | graphic designer | графічний дизайнер | графический дизайнер
musician 2652 | mūziķis, mūziķe, muzikants | musician | музикант, музикантка | музыкант
journalist 2642 | žurnālists, žurnāliste, reportieris | journalist, reporter | журналіст, журналістка | журналист, корреспондент
psychologist 2634 | psihologs, psiholoģe | psychologist | психолог, психологиня | психолог
social_worker 2635 | sociālais darbinieks, sociālā darbiniece | social worker | соціальний працівник, соціальна працівниця | социальный работник
farmer 6130 | lauksaimnieks, lauksaimniece, zemnieks, fermeris | farmer | фермер, фермерка | фермер
forester 6210 | mežsargs, mežsardze, mežzinis | forester, forest ranger | лісник, лісничий | лесник, лесничий
beekeeper 6123 | biškopis, biškope, dravnieks | beekeeper | бджоляр | пчеловод
cleaner 9112 | apkopējs, apkopēja, uzkopējs | cleaner | прибиральник, прибиральниця | уборщик, уборщица
"""


def read(text):
    for line in text.strip().splitlines():
        first, *rest = line.split(" | ")
        name, isco = first.split()
        names = [tuple(part.split(", ")) for part in rest]
        yield NamedOccupation(name, dict(zip(("lv", "en", "uk", "ru"), names, strict=True)), isco)


ENTRIES = tuple(read(NAMES))
GROUPS = {
    "2512": {"lv": "Programmatūras izstrādātāji", "en": "Software developers"},
    "2330": {"lv": "Vidējās izglītības pedagogi", "en": "Secondary education teachers"},
    "6123": {"lv": "Biškopji un zīdkopji", "en": "Apiarists and sericulturists"},
}
ASKING = load(find_data()).library.query_words


def build(*given, **more):
    """Build an index that knows what people say around their question."""
    return Index.build(*given, asking=ASKING, **more)


INDEX = build(ENTRIES, GROUPS)
WORDS = st.text(max_size=60) | st.lists(
    st.sampled_from(["skolotajs", "skolotāja", "medmasa", "ārsts", "pavārs", "teacher", "what", "does", "do", "учитель", "водій", "vaditajs", "🐝", "ко"])
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [
        # genders and cases
        ("frizieris", "hairdresser"), ("friziere", "hairdresser"), ("frizieri", "hairdresser"),
        ("frizierei", "hairdresser"), ("frizierim", "hairdresser"), ("skolotāja", "teacher"),
        ("skolotājiem", "teacher"), ("skolotāju", "teacher"), ("maizniece", "baker"),
        ("maizniecei", "baker"), ("maizniekam", "baker"), ("juriste", "lawyer"),
        ("juristiem", "lawyer"), ("mežsardze", "forester"), ("mežsargam", "forester"),
        ("biškopja", "beekeeper"), ("biškopim", "beekeeper"), ("apkopējas", "cleaner"),
        ("sociālo darbinieku", "social_worker"), ("sociālajai darbiniecei", "social_worker"),
        ("бухгалтером", "accountant"), ("учительницей", "teacher"), ("вчителем", "teacher"),
        ("водителем автобуса", "bus_driver"), ("кухаркою", "cook"), ("полицейским", "police_officer"),
        ("сварщиком", "welder"), ("teachers", "teacher"), ("nurses", "nurse"),
        ("nursing", "nurse"), ("programming", "programmer"),
        # no marks, old chat spelling
        ("medmasa", "nurse"), ("arsts", "doctor"), ("soferis", "driver"), ("muzikis", "musician"),
        ("skolotaajs", "teacher"), ("viesmiilis", "waiter"), ("shoferis", "driver"),
        # slips
        ("frizeris", "hairdresser"), ("friizieris", "hairdresser"), ("firzieris", "hairdresser"),
        ("progrmmētājs", "programmer"), ("programetajs", "programmer"), ("elektirķis", "electrician"),
        ("policsts", "police_officer"), ("pavvārs", "cook"), ("ugunsdzesejs", "firefighter"),
        ("ugundzesejs", "firefighter"), ("santehnikss", "plumber"), ("techer", "teacher"),
        ("electritian", "electrician"), ("acountant", "accountant"), ("hairdreser", "hairdresser"),
        ("програмист", "programmer"), ("парихмахер", "hairdresser"), ("стаматолог", "dentist"),
        ("вчітель", "teacher"), ("медсистра", "nurse"),
        # languages
        ("dentist", "dentist"), ("welder", "welder"), ("бджоляр", "beekeeper"),
        ("пчеловод", "beekeeper"), ("лікар", "doctor"), ("врач", "doctor"), ("пожежник", "firefighter"),
        ("продавчиня", "shop_assistant"), ("продавщица", "shop_assistant"),
        # one alphabet typed in another, a wrong layout
        ("vrach", "doctor"), ("buhgalter", "accountant"), ("stroitel", "builder"),
        ("gjdfh", "cook"),
        # several words, any order
        ("skolotājs matemātikas", "maths_teacher"), ("matematikas skolotaja", "maths_teacher"),
        ("šoferis kravas auto", "driver"), ("autobusa šoferi", "bus_driver"),
        ("автобуса водій", "bus_driver"), ("designer graphic", "designer"),
        ("teacher of mathematics", "maths_teacher"), ("kindergarten teacher", "preschool_teacher"),
        # filler
        ("ko dara frizieris?", "hairdresser"), ("par friziera darbu", "hairdresser"),
        ("kas ir jurists", "lawyer"), ("kā kļūt par ārstu", "doctor"),
        ("gribu strādāt par pavāru", "cook"), ("es gribētu būt skolotāja", "teacher"),
        ("what does a nurse do?", "nurse"), ("how to become a police officer", "police_officer"),
        ("I want to work as a vet", "vet"), ("хто такий електрик", "electrician"),
        ("чим займається журналіст", "journalist"), ("чем занимается архитектор", "architect"),
        ("как стать психологом", "psychologist"), ("что делает столяр", "carpenter"),
        ("хочу быть водителем грузовика", "driver"), ("labdien! metinātāja darbs", "welder"),
        # compounds, abbreviations, groups
        ("datoru speciālists", "it_support"), ("IKT atbalsts", "it_support"),
        ("auto mehāniķis", "mechanic"), ("biškopju", "beekeeper"), ("vet", "vet"), ("GP", "doctor"),
    ],
)  # fmt: skip
def test_the_first_hit_is_the_occupation_meant(said, found):
    hits = INDEX.search(said)
    assert [hit.id for hit in hits[:1]] == [found], hits


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "?", "asdfgh", "qwerty", "zzz", "123", "laba diena", "Labdien!", "čau", "paldies", "nē", "jā",
        "nezinu", "es nezinu, ko gribu", "ko dara", "kas ir", "hello", "hello world", "what does a do",
        "привіт", "добрый день", "не знаю", "кто такой", "blabla", "xyzzy", "🐝", "lkjhgf", "šodien līst",
    ],
)  # fmt: skip
def test_nothing_fitting_finds_nothing(said):
    assert INDEX.search(said) == []


def test_marks_hardly_matter():
    for entry in ENTRIES:
        for name in entry.names["lv"]:
            bare = name.translate(str.maketrans("āčēģīķļņšūž", "acegiklnsuz"))
            with_marks, without = INDEX.search(name), INDEX.search(bare)
            assert [(hit.id, hit.score) for hit in with_marks] == [
                (hit.id, hit.score) for hit in without
            ]


def test_every_name_finds_its_own():
    for entry in ENTRIES:
        for lang, names in entry.names.items():
            label = names[0]
            assert INDEX.search(label, lang=lang)[0].score == 1
            for name in names:
                best = INDEX.search(name, lang=lang)[0].score
                assert entry.id in {hit.id for hit in INDEX.search(name) if hit.score == best}


def test_the_name_that_matched_is_told():
    assert INDEX.search("friziere")[0].name == "friziere"
    assert INDEX.search("hair stylist")[0].name == "hair stylist"
    assert INDEX.search("medsestra")[0].name == "медсестра"
    assert INDEX.search("šoferis", lang="lv")[0].name == "šoferis"


def test_the_name_of_the_group_tells_apart():
    entries = [
        NamedOccupation("farm", {"lv": ("iekārtu operators laukos", "iekārtu operatore")}, "1"),
        NamedOccupation("mill", {"lv": ("iekārtu operators rūpnīcā", "iekārtu operatore")}, "2"),
    ]
    groups = {"1": {"lv": "Lopkopības darbinieki"}, "2": {"lv": "Vērpšanas darbinieki"}}
    index = build(entries, groups)
    assert index.search("vērpšanas iekārtu operatore")[0].id == "mill"
    assert index.search("lopkopības iekārtu operatore")[0].id == "farm"


THESAURUS = (
    SynonymGroup(lv=("mūrnieks", "akmeņkalis"), en=("bricklayer",), uk=("муляр",)),
    SynonymGroup(lv=("pārzinis", "vadītājs"), en=("manager",)),
    SynonymGroup(lv=("tortu meistars", "konditors")),
    SynonymGroup(kinds=True, lv=("ārsts", "urologs", "pediatrs"), ru=("врач", "уролог")),
)
TITLES = {
    "mason": "mūrnieks", "boss": "noliktavas vadītājs", "sweets": "tortu meistars", "doctor": "ārsts",
    "dentist": "zobārsts", "horses": "zirgu audzētājs", "grinder": "slīpēšanas operators", "teeth": "zobu tehniķis",
    "dogs": "suņu audzētājs",
}  # fmt: skip


@pytest.fixture(scope="module")
def related():
    return build(
        [NamedOccupation(id_, {"lv": (name,)}, "1") for id_, name in TITLES.items()],
        thesaurus=THESAURUS,
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        # a word for another, in any case, gender, language, with a slip
        ("akmeņkalis", "mason"), ("akmeņkales", "mason"), ("akmenkalsi", "mason"), ("bricklayer", "mason"),
        ("муляра", "mason"), ("noliktavas pārzine", "boss"), ("manager", "boss"),
        # a word for a phrase
        ("konditore", "sweets"), ("konditora darbs", "sweets"),
        # a kind for the whole
        ("urologs", "doctor"), ("уролог", "doctor"),
        # compounds, put together and taken apart
        ("zobu ārsts", "dentist"), ("zirgaudzētāja", "horses"),
        # who does it by what is done
        ("slīpētājs", "grinder"),
    ],
)  # fmt: skip
def test_one_word_stands_for_another(related, said, found):
    assert [hit.id for hit in related.search(said, 1)] == [found]


def test_kinds_do_not_stand_for_one_another():
    names = {"urologist": "urologs", "paediatrician": "pediatrs"}
    entries = [NamedOccupation(id_, {"lv": (name,)}, "1") for id_, name in names.items()]
    index = build(entries, thesaurus=THESAURUS)
    assert [hit.id for hit in index.search("urologs")] == ["urologist"]
    assert {hit.id for hit in index.search("ārsts")} == {"urologist", "paediatrician"}


def test_no_more_than_asked_for():
    assert len(INDEX.search("skolotājs", k=2)) == 2
    assert INDEX.search("skolotājs", k=0) == []
    assert INDEX.search("skolotājs", k=-1) == []


def test_an_empty_index_finds_nothing():
    assert build([]).search("skolotājs") == []
    assert build([NamedOccupation("none", {"lv": ()}, "")]).search("skolotājs") == []
    assert build([NamedOccupation("odd", {"lv": ("", "?", "un")}, "9")]).search("odd") == []


@settings(max_examples=150, deadline=None)
@given(WORDS, st.integers(0, 8), st.sampled_from((None, "lv", "en", "uk", "ru")))
def test_whatever_is_typed_the_hits_are_in_order_and_the_same_again(said, k, lang):
    hits = INDEX.search(said, k, lang)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({hit.id for hit in hits}) == len(hits) <= k
    assert hits == INDEX.search(said, k, lang)


@settings(max_examples=20, deadline=None)
@given(st.permutations(ENTRIES), st.lists(WORDS, max_size=4))
def test_the_order_of_entries_does_not_matter(entries, queries):
    index = build(entries, GROUPS)
    for said in (*queries, "skolotāja", "pavar", "учителя"):
        assert index.search(said) == INDEX.search(said)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            NamedOccupation,
            st.sampled_from("abc"),
            st.dictionaries(
                st.sampled_from(("lv", "en", "uk", "ru")),
                st.lists(st.text(max_size=12), max_size=3).map(tuple),
            ),
            st.sampled_from(("1", "")),
        ),
        max_size=5,
    ),
    st.text(max_size=30),
)
def test_any_names_can_be_indexed(entries, said):
    for name in (
        said,
        *(name for entry in entries for names in entry.names.values() for name in names),
    ):
        build(entries).search(name)
