"""Each code of the check has a fixture that breaks it, found at its line."""

import shutil

import pytest

from bot.load.check import check_all, find_problems
from bot.load.data_folder import DATA_FOLDERS, find_data
from tests.conftest import TODAY

ROLES = "content/roles.yaml"
POLICY = "content/policy.yaml"
START = "flows/start/flow.yaml"
WORDS = "content/help/global_words.yaml"
MENU = "flows/menu/flow.yaml"
HUMAN = "flows/human/flow.yaml"
ESF = "flows/esf_support/flow.yaml"
RULE = "content/support/esf_4_2_4_2.yaml"
SOURCES = "content/sources.yaml"
DISTRESS = "content/help/distress.yaml"
ANSWERS = "content/help/distress_answers.yaml"
START_PHRASES = "flows/start/phrases.yaml"
FACES = "flows/interests/phrases.yaml"
UKRAINIAN = "locales/uk/LC_MESSAGES/celvedis.po"
RUSSIAN = "locales/ru/LC_MESSAGES/celvedis.po"
HUMAN_WORDS = "content/help/human.yaml"
LEARNING = "content/wishes/learning.yaml"
TOLD = "content/wishes/told.yaml"
LEAVING = "content/help/leaving.yaml"
ABOUT_ME = "flows/about_me/flow.yaml"
SKILLS = "flows/skills/flow.yaml"
INTERESTS = "flows/interests/flow.yaml"
BANK = "content/instruments/interests.yaml"
PATHS = "flows/paths/flow.yaml"
AFTER_9 = "content/paths/after_9.yaml"
ADULT_PATHS = "content/paths/adult.yaml"
DATES = "content/dates.yaml"
NOTICES = "content/notices.yaml"
DATES_FLOW = "flows/dates/flow.yaml"
WAYS = "content/ways/exam.yaml"
PATHS_OF_EXAM = "flows/exam_help/flow.yaml"
DOORS_OF_ANSWERS = "content/knowledge/doors.yaml"
LOOP = '{id: loop, kind: say, text: "Pa apli.", next: [{to: loop}]}'
THESAURUS = "content/thesaurus.yaml"
FIRST = "- {lv: [vadītājs, direktors,"
SCHOOL = "content/knowledge/school.yaml"
CONCEPTS = "content/understanding/concepts.yaml"
COURSES = "content/courses/catalogue.yaml"
EXAMPLE_SCHOOL = "content/courses/schools/example_school.yaml"
COURSE_SETS = "flows/course_sets/flow.yaml"
PLACE = "content/places/paraugpils.yaml"
PLACE_FLOW = "flows/place/flow.yaml"
ENGLISH = "locales/en/LC_MESSAGES/celvedis.po"
COMPARE = "flows/compare_paths/flow.yaml"
PLAN = "content/plan.yaml"
PLAN_MENU = "flows/plan/flow.yaml"
PLAN_ADD = "flows/plan_add/flow.yaml"
PLAN_EDIT = "flows/plan_edit/flow.yaml"
PLAN_STEP = "flows/plan_step/flow.yaml"
PLAN_MOVED = "flows/plan_step_moved/flow.yaml"
MEETINGS = "content/meetings.yaml"
COUNSELLORS = "content/counsellors/paraugpils.yaml"
PLAN_LOOK_BACK = "flows/plan_look_back/flow.yaml"

BROKEN = [
    ("E001", DATES, "source: exam_exemption\n", "source: exam_exemptions\n"),
    ("E001", NOTICES, "source: results_press", "source: nobody"),
    ("E002", DATES, "who: [adult, seeking, other]", "who: [adults, seeking, other]"),
    ("E003", DATES, 'to: "2025-10-24"', 'to: "2025-10-19"'),
    ("E003", NOTICES, "from: null\n  to: null", 'from: "2027-07-02"\n  to: "2027-06-28"'),
    ("E004", DATES, 'on: "2027-03-01"', 'on: "2027-09-01"'),
    ("E005", DATES, '  usually: "Publicē VIAA; pusfināli ir februārī."\n', ""),
    ("E006", DATES_FLOW, "{id: trying_out,", "{id: trying,"),
    ("E007", DATES, "tags: [trying_out]", "tags: [trying]"),
    ("E008", DATES, '  because: "open days do not occur in the facts: GK"\n', ""),
    (
        "E008",
        DATES,
        '  usually: "Pēc spēkā esošā noteikuma (ogrenet.lv, 2023); drošāk pārbaudīt skolā."\n',
        "",
    ),
    ("C005", DATES, 'from: "2025-10-20"\n  to: "2025-10-24"', 'from: "2025-10-20"'),
    ("F005", DATES_FLOW, "fact: dates_topic", "fact: date_topic"),
    ("N002", ROLES, "audience: {fact: who}", "audience: {fact: whom}"),
    ("Y002", MENU, 'title: "Izvēlne"', 'title: "Izvēlne"\ntitle: "Vēl"'),
    ("C001", MENU, "    kind: offer", "    kind: offer\n    colour: red"),
    ("C002", MENU, '    text: "Ko darām tālāk?"\n', ""),
    ("C003", MENU, "kind: offer", "kind: offfer"),
    ("C005", ESF, "least: 0", "least: zero"),
    ("C004", MENU, "id: what_next", "id: What-Next"),
    ("F001", HUMAN, "to: school,", "to: schooool,"),
    ("F002", HUMAN, "      - {to: teacher, when: {fact: human_situation, is: teacher}}\n", ""),
    ("F003", COMPARE, "interests: interests\n", "interests: interest\n"),
    ("F005", COMPARE, "abilities: strengths", "abilities: strength"),
    ("F014", COMPARE, "interests: interests\n", "interests: compare_paths\n"),
    ("P002", COMPARE, "options_by: paths", "options_by: menu"),
    ("F003", MENU, "flow: paths", "flow: pathes"),
    ("F004", ESF, "rule: esf_4_2_4_2", "rule: esf_5"),
    ("F005", MENU, "fact: who,", "fact: whom,"),
    ("F005", ESF, "ask: household", "ask: houshold"),
    ("R006", RULE, "  next_step:", "  ended:"),
    ("F006", HUMAN, "  - id: work\n", "  - id: school\n"),
    ("F007", HUMAN, "human_situation", "who"),
    ("F008", MENU, "id: sources,", "id: my_data,"),
    ("F009", MENU, 'label: "Pie kā vērsties"', 'label: "Ceļi pēc skolas"'),
    ("F010", MENU, 'label: "Pie kā vērsties"', 'label: "Atpakaļ"'),
    ("F011", HUMAN, "source: nva", "source: nvaa"),
    ("F012", ESF, "      - id: household\n", "      - id: household_x\n"),
    ("F013", PATHS, "steps:\n", f"steps:\n  - {LOOP}\n"),
    ("F014", PATHS, "steps:\n", "steps:\n  - {id: inner, kind: enter, flow: paths}\n"),
    ("V001", AFTER_9, "leads_to: [bridge_year, work]", "leads_to: [bridge_years, work]"),
    ("V001", AFTER_9, 'families: ["71", "73", "75"]', 'families: ["70", "73", "75"]'),
    ("V002", MENU, "steps:\n", "steps:\n  - {id: extra, kind: show_paths}\n"),
    ("V003", PATHS, "grade_5_6: [grade_6]", "grade_5_6: [grade_9]"),
    (
        "V003",
        AFTER_9,
        "open_when: {fact: standing, is: grade_5_6}",
        "open_when: {fact: standing, is: learner}",
    ),
    (
        "V004",
        AFTER_9,
        "closed:\n    - {when: {all: [{fact: path_age, at_most: 14}",
        "closed:\n    - {when: {all: [{fact: path_age, at_most: 15}",
    ),
    ("V004", AFTER_9, '  not_judged: "Vai sākt var arī bez apliecības, zina skola."\n', ""),
    (
        "V005",
        AFTER_9,
        'checked: "2026-11-28", review: "2027-03-01"',
        'checked: "2026-11-28", review: "2026-03-01"',
    ),
    (
        "V006",
        AFTER_9,
        "Četri gadi. Mācības notiek",
        "Četri gadi. " + "Mācības notiek šeit. " * 30 + "Mācības notiek",
    ),
    ("F011", AFTER_9, "source: niid_vet", "source: niid_vett"),
    ("V001", WAYS, "card: catch_up_year", "card: catch_up_years"),
    ("V002", MENU, "steps:\n", "steps:\n  - {id: extra, kind: show_ways}\n"),
    ("V003", PATHS_OF_EXAM, "    grade_12: [grade_12]\n", "    grade_12: [grade_9]\n"),
    ("V005", WAYS, 'until: "2026-07-26"', 'until: "2026-05-26"'),
    ("V005", WAYS, 'review: "2027-05-01", within_days: 3', 'review: "2026-05-01", within_days: 3'),
    ("V006", WAYS, "Neviena gada: komisija", "Neviena gada. " * 30 + "Neviena gada: komisija"),
    ("V007", WAYS, "  card: catch_up_year\n", ""),
    ("C005", WAYS, "within_days: 3", "within_days: 8"),
    ("F005", WAYS, "{fact: exam_results,", "{fact: exam_result,"),
    ("F011", WAYS, "source: niid_repeat", "source: niid_repeats"),
    ("K008", DOORS_OF_ANSWERS, "  flow: exam_help\n", ""),
    ("V001", DOORS_OF_ANSWERS, "card: state_gymnasium", "card: state_gymnasiums"),
    ("F005", DOORS_OF_ANSWERS, "{fact: standing,", "{fact: standings,"),
    ("F015", INTERESTS, "    measure: likes\n", "    measure: dislikes\n"),
    ("F003", ABOUT_ME, "via: leaving", "via: gone"),
    ("F003", LEAVING, "flow: leaving", "flow: gone"),
    ("F017", MENU, "one_of: [pupil_5_9, pupil_10_12]", "one_of: [pupil_5_9, pupils]"),
    ("F017", HUMAN, "is: school}", "is: schools}"),
    ("F017", INTERESTS, "      skilled: {level", "      skill: {level"),
    ("C002", BANK, "r01: {type: R, kinds: [machines],", "r01: {type: R,"),
    ("C005", BANK, "r01: {type: R, kinds: [machines],", "r01: {type: R, kinds: [],"),
    ("I001", BANK, "r01: {type: R, kinds: [machines],", "r01: {type: R, kinds: [machine],"),
    ("I002", BANK, "kinds:\n", 'kinds:\n  idle: ["11"]\n'),
    ("I003", BANK, '  sport: ["1431", "342"]', '  sport: ["1431", "9942"]'),
    ("F011", ANSWERS, "{child: [emergency], adult", "{child: [emergencies], adult"),
    ("N001", ROLES, "erase: forget", "erase: forgets"),
    ("N002", ROLES, "{fact: keeping,", "{fact: keep,"),
    ("N003", ROLES, "given: keep}", "given: keeps}"),
    ("N004", ROLES, "erase: forget", "erase: my_data"),
    ("N004", ROLES, "home: menu", "home: sources"),
    ("N001", ROLES, "flow: correction", "flow: corrections"),
    ("N004", ROLES, "flow: correction", "flow: forget"),
    ("N002", ROLES, "fact: what_is_wrong", "fact: forget_sure"),
    ("N004", ROLES, "fact: what_is_wrong", "fact: keep_correction"),
    ("N004", ROLES, "{fact: keeping,", "{fact: human_situation,"),
    ("N004", ROLES, "fact: job}", "fact: job_card}"),
    ("P001", POLICY, "keep_hours_without_consent: 2", "keep_hours_without_consent: 3"),
    ("P001", START, "divām stundām", "vienu stundu"),
    ("P001", ENGLISH, "works once, for 15 minutes", "works once, for 20 minutes"),
    ("C005", POLICY, "keep_days: 180", "keep_days: 0"),
    ("C005", START, "policy: keep_hours_without_consent", "policy: keep_hours"),
    ("C005", WORDS, "  menu:\n", "  menus:\n"),
    ("C001", ROLES, "carried: carried", "carried: carried\nfarewell: menu"),
    ("C002", ROLES, "human: human", "# human: human"),
    ("F016", SKILLS, "asks: [s1, s2, s3, s4]", "asks: [s1, s2, s3, s5]"),
    ("R001", RULE, "then: {group: A_or_B}", "then: {group: A}"),
    ("R002", RULE, "one_of: [vocational_basic, foreign, other]", "one_of: [foreign, other]"),
    ("R003", RULE, "given: {age: 60,", "given: {age: 600,"),
    ("R004", RULE, "offers: [pti, mod, nov]", "offers: [pti, mod, novv]"),
    (
        "R005",
        RULE,
        "one_of: [vocational_arod, vocational_secondary]}\n        text",
        "one_of: [vocational_arod, general_secondary, vocational_secondary]}\n        text",
    ),
    ("T001", THESAURUS, FIRST, "- {lv: [kas, gids]}\n" + FIRST),
    ("T002", THESAURUS, FIRST, "- {lv: [ļoti liela zila auto šoferis, gids]}\n" + FIRST),
    ("T003", THESAURUS, FIRST, "- {lv: [гид, gids]}\n" + FIRST),
    ("T004", THESAURUS, FIRST, "- {lv: [gids, gids, pavadonis]}\n" + FIRST),
    ("T005", THESAURUS, FIRST, "- {lv: [gids]}\n" + FIRST),
    ("T006", THESAURUS, FIRST, "- {lv: [gids, gans]}\n- {lv: [gans, gids]}\n" + FIRST),
    ("H001", START_PHRASES, "questions: [keeping]", "questions: [kept]"),
    ("H002", START_PHRASES, "    under_13:\n", "    under_12:\n"),
    ("H003", START_PHRASES, 'lv: ["vēl nav trīspadsmit"', 'lv: ["pusaudz*", "vēl nav trīspadsmit"'),
    (
        "H005",
        START_PHRASES,
        'lv: ["vēl nav trīspadsmit"',
        'lv: ["5th|6th klasē", "vēl nav trīspadsmit"',
    ),
    ("H004", FACES, "must: [", 'must: ["fui", '),
    ("S001", SOURCES, 'review: "2027-03-31"', 'review: "2026-03-31"'),
    ("D001", DISTRESS, 'lv: ["gribu nomirt",', 'lv: ["man patīk skola",'),
    ("D001", DISTRESS, 'lv: ["gribu nomirt",', 'lv: ["mani skolā apceļ",'),
    ("D001", LEAVING, '"drop|dropping out"', '"drop|dropping up"'),
    ("D001", HUMAN_WORDS, "\nmust:\n", '\nmust:\n  - "man patīk skola"\n'),
    ("D002", HUMAN_WORDS, "\nmust_not:\n", '\nmust_not:\n  - "gribu parunāt ar cilvēku"\n'),
    ("D004", HUMAN_WORDS, "parts: [talk, person]", "parts: [talks, person]"),
    ("C005", HUMAN_WORDS, "\n  talk:", "\n  shout: {de: [rufen]}\n  talk:"),
    ("F003", LEARNING, "jus: esf_support}", "jus: esf_4}"),
    ("F017", ESF, '{adult: "yes"', '{adults: "yes"'),
    ("F017", ESF, '{adult: "yes"', '{adult: "yea"'),
    ("F005", ESF, "known_from: {fact: who,", "known_from: {fact: whom,"),
    ("F005", "flows/youth_support/flow.yaml", "known_from: age", "known_from: ages"),
    ("F017", TOLD, "answer: deaf", "answer: deaf_people"),
    ("F017", MENU, "answer: job", "answer: jobs"),
    ("C005", LEARNING, "    en: [", "    de: [ja]\n    en: ["),
    ("C003", LEARNING, "kind: wish", "kind: dream"),
    ("C002", LEARNING, "  kind: wish\n  door: {tu: paths, jus: esf_support}\n", "  kind: wish\n"),
    ("Y002", TOLD, "told_deaf:", "free_courses:"),
    ("T003", LEARNING, '["I want to learn something new"', '["хочу"'),
    ("W001", LEARNING, "must: [", 'must: ["laba diena", '),
    ("W002", LEARNING, "must_not: [", 'must_not: ["gribu iemācīties ko jaunu", '),
    ("W003", LEARNING, "    lv: [", '    lv: ["disleksij*", '),
    ("C005", LEARNING, "    lv: [", '    lv: ["kur _", '),
    ("C005", HUMAN_WORDS, '"ar kādu"', '"!"'),
    ("W004", LEARNING, "    lv: [", '    lv: ["a* kursi", '),
    ("W004", LEARNING, "    lv: [", '    lv: ["negribu mācīties", '),
    ("W005", LEARNING, "    uk: [", '    uk: ["курс"]  # ['),
    ("K001", SCHOOL, "sources: [reg_11, niid_general, jauns_riga_2026]", "sources: []"),
    ("K001", SCHOOL, 'known: "no"\n', 'known: "yes"\n'),
    ("K002", SCHOOL, 'checked: "2026-11-28"', 'checked: "2029-11-28"'),
    ("C005", SCHOOL, 'checked: "2026-11-28"', 'checked: "28.11.2026."'),
    ("K003", SCHOOL, 'lv: ["kā rēķina', 'lv: ["nekur netieku 10 klase ko darit", "kā rēķina'),
    ("K004", SCHOOL, "[[grade10, criteria],", "[[grade10, criterion],"),
    ("K004", CONCEPTS, "abroad:\n", 'nowhere_said: {lv: ["nekur"]}\nabroad:\n'),
    ("K005", SCHOOL, '    en: ["no school accepted', '    # ["no school accepted'),
    ("K006", SCHOOL, 'answer: "Ir konkurss', f'answer: "{"Ir ļoti " * 30}konkurss'),
    ("K007", SCHOOL, 'review: "2027-03-01"', 'review: "2026-03-01"'),
    ("T003", SCHOOL, 'ru: ["никуда не взяли', 'ru: ["нікуди не взяли'),
    ("F011", SCHOOL, "sources: [reg_11, niid_general,", "sources: [reg_11, niid_generall,"),
    ("F003", SCHOOL, "flow: paths", "flow: pathz"),
    ("F017", SCHOOL, "human: school", "human: schools"),
    ("D002", DISTRESS, 'lv: ["nāves garlaicīgi",', 'lv: ["gribu nomirt",'),
    ("D002", LEAVING, 'lv: ["gribu mācīties tālāk",', 'lv: ["gribu pamest skolu",'),
    ("D003", DISTRESS, 'lv: ["man ir depresija",', 'lv: ["gribu nomirt",'),
    ("D004", DISTRESS, "parts: [want, die],", "parts: [want, dies],"),
    ("D004", LEAVING, "unless: [denied, topic]}", "unless: [denies, topic]}"),
    ("D004", ANSWERS, "contacts: [danger, line]", "contacts: [dangers, line]"),
    ("D005", LEAVING, "parts: [skip],", "parts: [hate],"),
    ("D006", DISTRESS, 'lv: ["visas tabletes",', 'lv: [pavārs, "visas tabletes",'),
    ("D008", ANSWERS, 'lv: ["jā", "nu labi"]', 'lv: ["nē", "nu labi"]'),
    ("L001", ENGLISH, 'msgstr "What shall we do next?"', 'msgstr ""'),
    (
        "L002",
        ENGLISH,
        '#, no-python-format\nmsgid "Vai pašlaik ir darbs?"',
        '#, fuzzy, no-python-format\nmsgid "Vai pašlaik ir darbs?"',
    ),
    ("L003", ENGLISH, 'msgstr "By the answers: {items}"', 'msgstr "By the answers: {item}"'),
    ("L005", MENU, 'text: "Ko darām tālāk?"', f'text: "{"garš " * 900}"'),
    ("L006", "flows/human/flow.yaml", 'text: "Vispirms', 'text: {tu: "Jums", jus: "Tev"} #'),
    ("L007", MENU, 'text: "Ko darām tālāk?"', 'text: "Jums pienākas kursi"'),
    ("L008", MENU, 'label: "Pie kā vērsties"', f'label: "{"garš " * 20}"'),
    ("L009", MENU, 'text: "Ko darām tālāk?"', 'text: "Vai esi gatavs/a?"'),
    ("L010", UKRAINIAN, 'msgstr "Не розумію. Потрібне число, наприклад: 42"', 'msgstr "Сім’я"'),
    ("L011", MENU, 'text: "Ko darām tālāk?"', 'text: "Ko darām, {name}?"'),
    ("L014", ENGLISH, 'msgstr "All is well"', 'msgstr "good | continue | clear"'),
    ("L015", ENGLISH, 'msgstr "good | continue | clear"', 'msgstr "Delete everything"'),
    (
        "L016",
        ENGLISH,
        '"parent | i am a parent | i am a mum | i am a dad"',
        '"parent | i am a dad"',
    ),
    ("L016", UKRAINIAN, '"студентка | студент | університет | коледж | виш"', '"студент | виш"'),
    ("F018", MENU, '["kontakti", "kam prasīt"]', '["kontakti", "ceļi pēc skolas"]'),
    ("F018", UKRAINIAN, '"контакти | ', '"розповісти про себе | '),
    ("F019", MENU, '["kontakti", "kam prasīt"]', '["kontakti", "mani dati"]'),
    ("F019", RUSSIAN, '"латышский язык | ещё', '"язык | ещё'),
    ("P001", START, "180 dienas", "190 dienas"),
    ("L017", ENGLISH, '"Support network and changes. A', '"Support and change. A'),
    ("M001", PLACE, "[paraugkrasts, paraugkalns]", "[paraugkrasts, paraugkals]"),
    ("M001", PLACE, "[paraugkrasts, paraugkalns]", "[paraugpils]"),
    ("M002", PLACE, "serves: [manor]", "serves: [manors]"),
    ("M002", PLACE, "serves: [manor]", "serves: [secondary]"),
    ("M003", PLACE, '"Paraugmuiža"', '"Paraugosta"'),
    ("M004", PLACE, '"izglitiba@paraugpils', '"anna.paraudzina@paraugpils'),
    ("M005", PLACE, '"Paraugmuiža"', '"Cēsis"'),
    ("M005", PLACE, "example: true", "example: false"),
    (
        "U001",
        MEETINGS,
        "  newcomer: [nva, municipality, career_centre, youth_centre, other_service, remote, neighbour_place]\n",
        "",
    ),
    ("U001", MEETINGS, '  none:\n    group: 5\n    reason: "Rindā pēc kārtas."\n', ""),
    (
        "U001",
        MEETINGS,
        '  video:\n    title: "Videosarunā"\n    told: "Saite būs apstiprinājumā. Kameru var arī neieslēgt."\n',
        "",
    ),
    ("F005", MEETINGS, "fact: protection_status", "fact: protected"),
    ("U002", MEETINGS, "source: leaflet_4_2_4_2", "source: leaflet"),
    (
        "U002",
        MEETINGS,
        "moved_days: []",
        'moved_days: [{off: "2027-06-25", on: "2027-06-19", source: order}]',
    ),
    (
        "U003",
        MEETINGS,
        "closed: []",
        'closed: [{since: "2027-07-01", until: "2027-07-31", name: "Ciet", institutions: [paraugpils/boards]}]',
    ),
    ("U003", COUNSELLORS, "institution: paraugpils/nva", "institution: paraugpils/nvas"),
    ("U003", COUNSELLORS, "serves: [paraugpils/manor]", "serves: [paraugmuiza/manor]"),
    ("U003", COUNSELLORS, "place: paraugpils/manor", "place: paraugpils/manors"),
    ("U004", COUNSELLORS, "kinds: [talk, short_talk, group]", "kinds: [talk, short_talk, groups]"),
    ("U004", COUNSELLORS, "kinds: [talk, short_talk]}", "kinds: [talk, group]}"),
    ("U004", COUNSELLORS, "modes: [phone, video], kinds", "modes: [phone, chat], kinds"),
    ("U005", MEETINGS, "    notice: 4\n    horizon: 21\n", "    notice: 24\n    horizon: 1\n"),
    ("U005", MEETINGS, "    every: 20\n", "    every: 7\n"),
    ("U006", MEETINGS, 'outside: "Nodarbība"', 'outside: "Nodarbība grupā"'),
    ("U007", COUNSELLORS, "  example: true\n", ""),
    ("U008", MEETINGS, "  seeking: [nva, municipality,", "  seeking: [nva, municipality, nva,"),
    (
        "U009",
        MEETINGS,
        "moved_days: []",
        'moved_days: [{off: "2027-06-26", on: "2027-06-25", source: nva}]',
    ),
    ("C005", COUNSELLORS, "provider: nva", "provider: state"),
    ("C005", COUNSELLORS, 'start: "08:30", end: "12:00"', 'start: "12:30", end: "12:00"'),
    (
        "C005",
        MEETINGS,
        "closed: []",
        'closed: [{since: "2027-07-31", until: "2027-07-01", name: "Ciet", institutions: [paraugpils/board]}]',
    ),
    ("S001", PLACE, 'review: "2027-11-29"', 'review: "2026-11-01"'),
    ("C005", PLACE, 'phone: "0000 0000"', 'phone: "12"'),
    ("C005", PLACE, 'page: "https://paraugpils', 'page: "paraugpils'),
    ("C005", PLACE, "role: youth_worker", "role: Anna"),
    ("C005", PLACE, 'name: "Paraugpils novads"', 'name: "Paraugpils\\nnovads"'),
    ("F005", PLACE_FLOW, "fact: place\n", "fact: places\n"),
    ("F005", PLACE_FLOW, "fact: place_card_found", "fact: place_found"),
    ("N002", ROLES, "{flow: place, fact: place}", "{flow: place, fact: places}"),
    ("N004", ROLES, "{flow: place, fact: place}", "{flow: place, fact: place_next}"),
    ("N004", ROLES, "{flow: place, fact: place}", "{flow: sources, fact: place}"),
    ("F020", MENU, "group: self, label", "group: selves, label"),
    ("F020", MENU, "group: talk, label", "label"),
    ("L004", ENGLISH, 'msgstr "What shall we do next?"', 'msgstr "What shall we\u00a0do next?"'),
    ("G001", EXAMPLE_SCHOOL, "[biology, chemistry, physics]", "[biology, chemistry, geology]"),
    ("G001", EXAMPLE_SCHOOL, "specialised: [medicine_basics]", "specialised: [history]"),
    ("G002", COURSES, "area: mathematics\n", "area: maths\n"),
    ("G002", COURSES, "exam: physics\n", "exam: physic\n"),
    ("G002", COURSES, '["25", "31", "74"]', '["25", "31", "99"]'),
    ("G002", COURSE_SETS, 'computing: ["25", "35"]', 'computing: ["25", "99"]'),
    ("G003", COURSES, 'lv: ["fizik*"]', 'lv: ["ķīmij*"]'),
    ("G004", EXAMPLE_SCHOOL, "id: natural_sciences", "id: languages_history"),
    ("G004", EXAMPLE_SCHOOL, "[biology, chemistry, physics]", "[biology, chemistry, biology]"),
    ("G005", COURSE_SETS, "{id: example_school, label", "{id: other_school, label"),
    ("G005", COURSE_SETS, "places: [set_a, set_b, set_c]", "places: [set_a, set_b]"),
    ("G006", COURSES, "subjects: [physics]", "subjects: [astronomy]"),
    ("F005", COURSE_SETS, "liked: course_liked", "liked: course_like"),
    ("F015", COURSE_SETS, "sets: sets_shown", "sets: sets_show"),
    ("F017", COURSE_SETS, "      computing: [", "      computers: ["),
    ("F017", COURSE_SETS, "places: [set_a, set_b, set_c]", "places: [set_a, set_b, set_d]"),
    ("F011", EXAMPLE_SCHOOL, "source: lielvarde_2020", "source: lielvarde"),
    ("C005", COURSES, "optimal: 0.75", "optimal: 0.25"),
    ("L012", COURSES, "{optimal} un vispārīgais – {general}", "{optimal}"),
    ("S001", EXAMPLE_SCHOOL, 'review: "2027-08-31"', 'review: "2025-08-31"'),
    ("F005", PLAN, "pupils: {fact: who,", "pupils: {fact: whom,"),
    ("F021", PLAN_MENU, "        - {id: mend}\n", "        - {id: mends}\n"),
    ("F021", PLAN_MENU, "more: true, ", ""),
    ("F005", PLAN_MENU, "when: {fact: plan_now_overdue,", "when: {fact: plan_overdue,"),
    ("B001", PLAN, "agenda: agenda\n", "agenda: agendas\n"),
    ("B001", PLAN, "private: private_life\n", "private: private\n"),
    ("B001", PLAN, "course: {pupil: study_plan}", "course: {pupil: study}"),
    (
        "B001",
        PLAN,
        "portrait: {pupil: strengths, adult: learning_goals}",
        "portrait: {pupil: strengths}",
    ),
    ("B001", PLAN, "portrait: {pupil: strengths,", "portrait: {pupil: strong,"),
    ("B002", PLAN, "portrait: {pupil: strengths,", "portrait: {pupil: skills,"),
    ("B001", PLAN_LOOK_BACK, "into: agenda", "into: agendas"),
    ("B002", PLAN, "support: {pupil: opportunities,", "support: {pupil: measures,"),
    (
        "B002",
        PLAN,
        'audiences: [adult, pupil]\n    title: "Ko pārrunāt',
        'audiences: [adult]\n    title: "Ko pārrunāt',
    ),
    ("B003", PLAN, "fact: asked_for,", "fact: asked_of,"),
    ("B004", PLAN, "without: [nothing_special]", "without: [nothing]"),
    ("B005", PLAN, "  mathematics: [", "  maths: ["),
    ("B006", PLAN_ADD, "{id: opportunities, label", "{id: chances, label"),
    ("B006", PLAN_ADD, "section: entry_section\n", "section: entry_words\n"),
    ("B007", PLAN_EDIT, "found: edit_found, words", "found: edit_number, words"),
    ("B007", PLAN_MOVED, "part: steps, number: move_number", "part: goals, number: move_number"),
    ("B007", PLAN_STEP, "goal: step_goal_found", "goal: step_goal"),
    ("B008", PLAN_STEP, "{id: olympiad,", "{id: contest,"),
    ("B008", PLAN_STEP, "{id: during,", "{id: within,"),
    ("B008", PLAN_ADD, "most: 300", "most: 400"),
    ("F005", PLAN_STEP, "day: step_day, remind", "day: step_days, remind"),
    ("C003", PLAN_EDIT, "kind: change_plan, do: reword", "kind: change_plans, do: reword"),
    ("C005", PLAN_EDIT, "do: reword", "do: rewrite"),
    ("N001", ROLES, "  due: plan_step_day", "  due: plan_steps_day"),
    ("N004", ROLES, "  done: plan_step_done", "  done: plan_edit"),
]


def found_until(root, code):
    """Return what the check finds, up to a code: most is found long before the whole of it."""
    found = []
    for problem in find_problems(root, TODAY):
        found.append(problem)
        if problem.code == code:
            break
    return found


@pytest.mark.parametrize(("code", "file", "old", "new"), BROKEN)
def test_a_broken_file_is_found_by_its_code(tmp_path, code, file, old, new):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    path = tmp_path / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = found_until(tmp_path, code)
    assert code in {problem.code for problem in found}
    for problem in found:
        root = find_data() if problem.path.startswith("bot/") else tmp_path  # the program's own
        assert (root / problem.path).exists()
        assert problem.line >= 1


def test_a_quiet_step_that_cannot_be_left_is_found(tmp_path):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    path = tmp_path / ANSWERS
    before, block, rest = path.read_text(encoding="utf-8").partition("  go_on:\n")
    assert block
    path.write_text(before + rest[rest.index("\n  who_reads:") + 1 :], encoding="utf-8")
    assert "D007" in {one.code for one in check_all(tmp_path, TODAY)}


def test_a_wish_said_in_few_ways_is_a_warning_at_its_line(tmp_path):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    path = tmp_path / TOLD
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index("told_deaf:")
    begun = next(
        number for number in range(at, len(lines)) if lines[number].startswith("    uk: [")
    )
    lines[begun] = '    uk: ["глухий"]'
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [one for one in check_all(tmp_path, TODAY, "lv") if one.code == "W005"]
    assert [(one.path, one.line, one.severity) for one in found] == [(TOLD, at + 1, "warning")]
    assert "in uk" in found[0].text


def test_a_missing_catalogue_is_found(tmp_path):
    for folder in DATA_FOLDERS:
        shutil.copytree(find_data() / folder, tmp_path / folder)
    (tmp_path / ENGLISH).unlink()
    assert "L000" in {problem.code for problem in check_all(tmp_path, TODAY, "en")}


def test_a_missing_file_is_found(tmp_path):
    assert {problem.code for problem in check_all(tmp_path, TODAY)} == {"C009"}
