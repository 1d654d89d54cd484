"""What is said beside a question: why something was no answer, and what may have been meant."""

from bot.core.base.texts import Text

ASKING_PHRASES: dict[str, Text] = {
    "not_choice": "Nesapratu. Var izvēlēties pogu vai uzrakstīt citiem vārdiem.",
    "not_number": "Nesapratu. Vajadzīgs skaitlis, piemēram: 42",
    "not_either": "Tad var būt {first} vai {second}. Kurš no tiem?",
    "not_least": "Skaitlis ir par mazu. Mazākais, ko saprotu: {limit}",
    "not_most": "Skaitlis ir par lielu. Lielākais, ko saprotu: {limit}",
    "not_date": "Nesapratu, kura diena. Piemēram: {example}",
    "not_no_day": "Tādas dienas kalendārā nav. Piemēram: {example}",
    "not_far": "Tik tālu ieplānot nevar. Der diena no {first} līdz {last}",
    "not_long": "Teksts ir par garu. Robeža (rakstzīmēs): {limit}",
    "not_empty": "Teksta nav. Var izvēlēties pogu vai uzrakstīt.",
    "not_few": "Jāizvēlas vismaz {limit}.",
    "not_many": "Var izvēlēties ne vairāk kā {limit}.",
    "not_back": "Šis ir sākums.",
    "not_again": "Vēl nesapratu. Piemēram, tā: „{example}”.",
    "guess": "Vai domāts: {option}?",
    "guesses": "Vai domāts kāds no šiem?",
    "guess_day": "Vai domāta šī diena: {option}?",
    "guess_days": "Kura diena domāta? Var uzrakstīt arī citu.",
    "none_of_these": "Neviens no šiem",
}
