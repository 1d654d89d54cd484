"""Cuts what people type to the words that are asked of an occupation."""

import re

from bot.core.hearing import fold
from bot.core.search.stems import LITTLE, SAME


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


GREETING = _set(
    "labdien sveiki sveika sveiks čau čav labrīt labvakar paldies lūdzu hello hi hey thanks thank please "
    "привіт вітаю дякую привет здравствуйте спасибо пожалуйста"
)
PHRASES = re.compile(
    r"\b(lab[aiou]?[sm]? ?(dien[au]?|rits?|ritu|vakar[su]?)|good (day|morning|evening|night)|"
    r"добр(ий|ый|ого) (день|дня|вечір|вечер)|(work|works|working|job|career) as)\b"
)
WISHES = _set(  # an occupation is asked about, or wished for
    "kļūt gribu gribētu vēlos būt strādāt strādā meklēju nozīmē interesē sākt profesija profesiju "
    "become be want would work works стати хочу бути працювати працює ким професія професію "
    "стать быть работать работает кем профессия профессию"
)
CHATTER = _set(  # stands in no name of an occupation, and shows that somebody is talking
    "es mēs tu jūs man mani manis mans mana mums mūs tev tevi tavs tava tavu jums jūsu sev savs sava "
    "ir esmu esi esam bija nav biju būtu kas ko kā kam kur kad kāpēc kāds kāda kādi kādu cik kurš tas tā tie tās "
    "tāds tāda šis šī šo šodien rīt vakar tagad vēl jau tikai arī ļoti jā nē ne nekas neko viss visi kaut varbūt "
    "nezinu domāju patīk nepatīk negribu gribas lūk nu tad te tur vai ka jo bet lai labi slikti dara darīt "
    "nodarbojas pastāsti ēst gulēt brālis mamma mammas tētis tēvs draugs draugi draugiem "
    "i me my you your he she we they its is am are was were have has had does do what who how which when where "
    "why this that these those there here not no yes nothing something anything everyone today tomorrow "
    "yesterday now very so just only also but if like love can could may much many know think guess mom dad "
    "brother eat sleep happy tell "
    "я ти ми ви він вона вони мене мені мій моя моє мої тебе тобі твій твоя вас вам нас нам є був була буде "
    "немає хто що як чим де коли чому який яка яке які скільки такий така таке це цей ця той там тут сьогодні "
    "завтра вчора зараз ще вже тільки також дуже так ні не нічого все всі знаю думаю подобається люблю мама "
    "тато брат їсти спати розкажи але якщо робить роблять займається "
    "ты мы вы он она они меня мне мой мое мои тебя тебе твой твоя есть был была будет нет кто что чем где когда "
    "почему какой какая какое какие сколько такой такая такое это этот эта тот сегодня вчера сейчас еще уже "
    "только также очень да ничего нравится папа спать расскажи но если делает делают занимается"
)
OUTER = _set(  # said of any occupation, so no matter at the end; inside, they may be
    "darbs darbu darba darbā profesijā amats amatu amatā vakance vakances "
    "job jobs work works working career profession as "
    "робота роботу роботи работа работу работы вакансія вакансия"
)
BESIDE = WISHES | CHATTER | GREETING | LITTLE


def asked(text: str) -> list[str]:
    """Give the words a question is about, without greetings and what is said of any occupation."""
    matter = [word for word in PHRASES.sub(" ", fold(text)).split() if word not in BESIDE]
    while len(matter) > 1 and matter[-1] in OUTER:
        matter.pop()
    return [SAME.get(word, word) for word in matter]


def chats(text: str) -> bool:
    """Tell whether somebody is talking, and wishes for no work."""
    words = frozenset(fold(text).split())
    return not words.isdisjoint(CHATTER | GREETING) and words.isdisjoint(WISHES | OUTER)
