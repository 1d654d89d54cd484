"""Long messages made up for the bench: 58 to 81 words, about five facts, often of two persons."""

from typing import NamedTuple


class Story(NamedTuple):
    """A message, and what it tells of who writes, by question; of `circumstances` each counts."""

    language: str
    text: str
    facts: dict[str, str | int | frozenset[str]]


def _circumstances(*options: str) -> frozenset[str]:
    return frozenset(options)


# the words were widened for these
KNOWN_STORIES = (
    Story(
        "lv",
        "Labdien! Esmu 41 gadu veca, dzīvoju Cēsīs un jau sešpadsmit gadus strādāju par "
        "pārdevēju lielveikalā. Savulaik pabeidzu tirdzniecības tehnikumu, bet papīrus sen "
        "neesmu cilājusi. Meita šogad beidz devīto klasi un visu laiku sēž telefonā. Mašīnas "
        "man nav, līdz Valmierai braucu ar autobusu. Gribētu saprast, vai manā vecumā vēl ir "
        "jēga sākt mācīties kaut ko jaunu, piemēram, grāmatvedību, un vai kāds palīdz to "
        "apmaksāt.",
        {
            "who": "adult",
            "age": 41,
            "age_band": "from_18",
            "employed": "yes",
            "education": "vocational_secondary",
            "circumstances": _circumstances("transport"),
        },
    ),
    Story(
        "lv",
        "Sveiki, rakstu par dēlu. Viņam ir piecpadsmit gadi, mācās devītajā klasē mazā lauku "
        "skolā, sekmes viduvējas, bet ar motoriem viņš var ņemties visu dienu. Skolotāja "
        "mudina uz ģimnāziju, bet mums ar vīru šķiet, ka labāk būtu tehnikums. Pati esmu 43 "
        "gadus veca, strādāju bērnudārzā par auklīti. Esmu pabeigusi tikai vidusskolu, tāpēc "
        "īsti nemāku ieteikt. Naudas ģimenē ir maz, jārēķinās ar katru eiro.",
        {
            "who": "parent",
            "age": 43,
            "employed": "yes",
            "education": "general_secondary",
            "circumstances": _circumstances("money"),
        },
    ),
    Story(
        "lv",
        "Čau! Man ir 17, mācos 11. klasē Jēkabpilī un vispār nezinu, ko darīt pēc skolas. "
        "Vecāki spiež uz medicīnu, jo māsa studē Rīgā par ārsti, bet man asinis riebjas. Skolā "
        "iet tā nekas, ķīmija grūta, toties patīk zīmēt un montēt video. Vasarā piestrādāju "
        "kafejnīcā. Rīgā dzīvot būtu dārgi, tāpēc jārēķinās ar naudu. Kā lai saprot, kas man "
        "der?",
        {
            "who": "pupil_10_12",
            "age_band": "from_13",
            "age": 17,
            "circumstances": _circumstances("money"),
            "school_now": "mixed",
            "standing": "grade_10_12",
        },
    ),
    Story(
        "lv",
        "Labvakar. Pirms diviem mēnešiem zaudēju darbu kokzāģētavā, kur nostrādāju divdesmit "
        "gadus. Man ir 54 gadi, izglītība tikai deviņas klases, jo jaunībā vidusskolu pametu "
        "un gāju strādāt. Sieva slimo, viņa par mani jaunāka, 49 gadi, un jākopj arī māte. "
        "Dzīvojam laukos pie Alūksnes, autobuss iet divreiz dienā. Datoru gandrīz nelietoju. "
        "Kur man tagad griezties un vai tādam vēl kāds kaut ko māca?",
        {
            "who": "seeking",
            "age": 54,
            "age_band": "from_18",
            "employed": "no",
            "education": "basic_completed",
            "circumstances": _circumstances("care", "transport"),
        },
    ),
    Story(
        "lv",
        "Sveiki! Esmu dekrētā ar otro bērnu, man 29 gadi, pirms tam strādāju bankā par klientu "
        "konsultanti. Ir bakalaura grāds ekonomikā, pabeidzu augstskolu pirms sešiem gadiem. "
        "Vīrs strādā Norvēģijā un mājās ir reti, tāpēc brīva laika man nav. Gribētu pamazām "
        "pāriet uz IT, varbūt testēšanu, bet nezinu, vai no mājām var mācīties. Dzīvojam "
        "Tukumā, uz Rīgu katru dienu braukt nevaru.",
        {
            "who": "other",
            "age": 29,
            "age_band": "from_18",
            "employed": "leave",
            "education": "higher",
            "circumstances": _circumstances("little_time", "near_home"),
        },
    ),
    Story(
        "lv",
        "Labdien, esmu pašnodarbinātais galdnieks no Kuldīgas puses, 36 gadi. Pabeidzu "
        "arodskolu, pēc tam mācījos tikai no meistariem. Mugura sāk niķoties, ārsts saka, ka "
        "smagumus celt vairs nedrīkst, veselības dēļ jāmeklē kaut kas vieglāks. Divi mazi "
        "bērni mājās, sieva studē neklātienē. Pārcelties negribam, te ir māja un saimniecība. "
        "Vai ir kādi kursi par projektēšanu datorā, un kas tādam kā man pienākas?",
        {
            "who": "adult",
            "age": 36,
            "age_band": "from_18",
            "employed": "self_employed",
            "education": "vocational_arod",
            "circumstances": _circumstances("care", "health", "near_home"),
        },
    ),
    Story(
        "en",
        "Hello, I am thirty four years old and moved to Latvia two years ago because my "
        "husband works in Riga. I have a bachelor degree from India, but nobody here seems to "
        "care about it. At the moment I work as a cleaner in a hotel, mostly night shifts. My "
        "Latvian is still weak, I need to learn the language first. We have a small daughter, "
        "she is four. Which courses could I take and who can look at my diploma?",
        {
            "who": "adult",
            "age": 34,
            "age_band": "from_18",
            "employed": "yes",
            "education": "foreign",
            "circumstances": _circumstances("care", "latvian", "little_time"),
        },
    ),
    Story(
        "en",
        "Hi! I'm 16 and in grade 10 at a gymnasium in Liepaja. My brother is 22, he dropped "
        "out of university and now works in a garage, and my parents are afraid I will do the "
        "same. School is going well, I like biology and dogs. I don't want to move to Riga, I "
        "would rather stay near home. My father wants me to become a lawyer like him. How do I "
        "find out what really suits me?",
        {
            "who": "pupil_10_12",
            "age": 16,
            "age_band": "from_13",
            "school_now": "fine",
            "circumstances": _circumstances("near_home"),
            "standing": "grade_10_12",
        },
    ),
    Story(
        "ru",
        "Здравствуйте! Мне 47 лет, живу в Даугавпилсе, работаю на заводе уже двадцать лет. "
        "Образование среднее специальное, закончила техникум ещё в девяностых. Латышский знаю "
        "плохо, на работе все говорят по-русски. Завод летом могут закрыть, и я боюсь остаться "
        "без работы. Сын учится в Риге, ему двадцать, а мама болеет, за ней нужен уход. Хотела "
        "бы выучиться на швею или повара, но денег на курсы нет. С чего начать?",
        {
            "who": "adult",
            "age": 47,
            "age_band": "from_18",
            "employed": "yes",
            "education": "vocational_secondary",
            "circumstances": _circumstances("care", "latvian", "money"),
        },
    ),
    Story(
        "ru",
        "Добрый день, я мама девятиклассницы. Дочери пятнадцать лет, учится в 9 классе, оценки "
        "средние, очень любит животных и рисовать. Учительница советует гимназию, а дочка "
        "хочет в техникум на ветеринара, но он в другом городе. Мне самой 39, работаю "
        "продавцом, после школы закончила только курсы, образование среднее. Муж считает, что "
        "надо оставаться рядом с домом. Денег у нас немного, поэтому важно, сколько стоит "
        "общежитие.",
        {
            "who": "parent",
            "age": 39,
            "employed": "yes",
            "education": "general_secondary",
            "circumstances": _circumstances("money"),
        },
    ),
    Story(
        "uk",
        "Добрий день! Мені 38 років, ми з дітьми приїхали з Харкова і живемо в Єлгаві. В "
        "Україні я закінчила університет і десять років працювала вчителькою математики. Зараз "
        "роботи немає, шукаю роботу, але латиську мову ще тільки вчу. Чоловік залишився вдома, "
        "мама живе з нами, вона хворіє. Молодшому сину шість років, тому часу мало. Чи можу я "
        "тут працювати в школі і хто визнає мій диплом?",
        {
            "who": "seeking",
            "age": 38,
            "age_band": "from_18",
            "employed": "no",
            "education": "foreign",
            "circumstances": _circumstances("latvian", "little_time"),
        },
    ),
    Story(
        "uk",
        "Привіт! Мені шістнадцять років, вчуся в десятому класі в Ризі, перейшов сюди два роки "
        "тому. Старший брат працює на будівництві і кличе мене до себе, а мама хоче, щоб я "
        "вступав до університету. У школі важко, бо латиська мова ще не дуже, але математика і "
        "комп'ютери мені подобаються. Грошей у сім'ї небагато, тому мушу рахуватися з грошима. "
        "Не знаю, що обрати після школи.",
        {
            "who": "pupil_10_12",
            "age": 16,
            "age_band": "from_13",
            "school_now": "hard",
            "circumstances": _circumstances("latvian", "money"),
            "standing": "grade_10_12",
        },
    ),
)
# written later, and tried before anything was widened: 24 of 40 facts, 2 of 26 wrong
LATER_STORIES = (
    Story(
        "lv",
        "Labdien! Man ir 33 gadi un jau gadu esmu bez darba, kopš mani atlaida no viesnīcas "
        "Jūrmalā, kur biju administratore. Esmu beigusi koledžu, tūrisma specialitāti, bet pēc "
        "kovida nozarē atgriezties negribu. Dzīvoju Talsos kopā ar mammu, viņai ir 67 gadi un "
        "vajag palīdzību. Auto nav, vilciens te neiet. Patīk kārtot skaitļus un dokumentus, "
        "tāpēc domāju par grāmatvedību, bet baidos, ka eksāmenus nenokārtošu. Ko darīt "
        "vispirms?",
        {
            "who": "seeking",
            "age": 33,
            "age_band": "from_18",
            "employed": "no",
            "education": "higher",
            "circumstances": _circumstances("care", "transport"),
        },
    ),
    Story(
        "lv",
        "Sveiki, mana meita mācās 8. klasē Bauskā, viņai četrpadsmit. Atzīmes labas, "
        "matemātika deviņi, bet draudzenes visas grib uz mākslas skolu, un viņa arī. Es pati "
        "esmu skolotāja, man 45 gadi, beidzu Latvijas Universitāti, tāpēc negribētu spiest "
        "savu. Vīrs strādā ārzemēs, mēs esam divas vien mājās. Vai nav par agru izvēlēties "
        "virzienu, un kā saprast, vai tas nav tikai draudzeņu dēļ? Varbūt ir kāds tests.",
        {"who": "parent", "age": 45, "employed": "yes", "education": "higher"},
    ),
    Story(
        "lv",
        "Hei! Es esmu 9. klases skolnieks no Ludzas, man pēc mēneša būs 16. Mamma saka iet uz "
        "ģimnāziju, vecaistēvs saka uz celtniekiem. Mācībās man iet kā kuro reizi, fizika "
        "patīk, valodas ne. Brālis mācās tehnikumā par elektriķi un jau pelna. Naudas mums nav "
        "daudz, tāpēc gribu ātrāk pelnīt pats. Prom no mājām dzīvot negribu, jo te ir treniņi "
        "un suns. Ko jūs man ieteiktu?",
        {
            "who": "pupil_5_9",
            "age_band": "from_13",
            "circumstances": _circumstances("money", "near_home"),
            "school_now": "mixed",
            "standing": "grade_9",
        },
    ),
    Story(
        "lv",
        "Labdien, esmu sešdesmit divus gadus vecs autobusa šoferis, strādāju Rēzeknē kopš "
        "astoņdesmitajiem. Pēc skolas pabeidzu proftehnisko, vēlāk vakarskolu. Pensija vēl "
        "nav, bet redze paliek sliktāka un komisija drīz vairs neļaus braukt. Sieva ir "
        "grāmatvede, dēls Anglijā. Gribētu kaut ko mierīgu, sargu vai dispečeru, mācīties vēl "
        "varu. Latviešu valodu protu, datoru maz. Vai manā vecumā vēl kāds maksā par kursiem?",
        {"who": "adult", "age": 62, "age_band": "from_18", "employed": "yes"},
    ),
    Story(
        "en",
        "Good evening. I work part time in a cafe in Riga and I am 24 years old. I left "
        "university after one year because I could not pay for it, so I only have high school. "
        "My boyfriend studies programming and says I should do the same, but I prefer working "
        "with people, maybe as a nurse. I live with my parents in Ogre and take the train "
        "every day. Money is tight. Is there any free training for someone like me?",
        {
            "who": "adult",
            "age": 24,
            "age_band": "from_18",
            "employed": "yes",
            "education": "general_secondary",
            "circumstances": _circumstances("money", "transport"),
        },
    ),
    Story(
        "ru",
        "Добрый вечер! Мне пятьдесят три года, двадцать пять лет работала бухгалтером, а в "
        "августе фирму закрыли и теперь я безработная. Высшее образование, экономический "
        "институт ещё в девяностых. Живу в Резекне, машины нет, дети взрослые, сын работает в "
        "Ирландии. Муж на пенсии, болеет. Латышский у меня хороший, но с новыми программами "
        "трудно. Хочу найти что-то спокойное, не обязательно по профессии. Куда мне обратиться "
        "в первую очередь?",
        {
            "who": "seeking",
            "age": 53,
            "age_band": "from_18",
            "employed": "no",
            "education": "higher",
            "circumstances": _circumstances("transport"),
        },
    ),
    Story(
        "uk",
        "Вітаю! Я з Одеси, маю 26 років, у Латвії вже рік, маю тимчасовий захист. Працюю на "
        "складі в Саласпілсі, зміни нічні. Вдома закінчила медичний коледж, хотіла б колись "
        "працювати медсестрою, але мови ще не знаю, ходжу на курси двічі на тиждень. Моя "
        "сестра вчиться в Ризькій школі, їй п'ятнадцять, і теж не знає, що робити далі. "
        "Підкажіть, з чого почати і чи визнають мій диплом.",
        {
            "who": "adult",
            "age": 26,
            "age_band": "from_18",
            "employed": "yes",
            "education": "foreign",
            "circumstances": _circumstances("latvian", "little_time"),
        },
    ),
)
