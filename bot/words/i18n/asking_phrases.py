"""What is said beside a question: why something was no answer, what it means, and where somebody leaves off."""

from bot.core.base.policy import PolicyName
from bot.core.base.texts import Pair, Text

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
    "meaning_example": "Var atbildēt, piemēram, tā: „{example}”.",
    "meaning_scale": "Atbildes ir no „{least}” līdz „{most}”.",
    "meaning_skip": "Ja nav zināms, var arī neatbildēt: „{skip}”.",
    "paused": "Labi, šoreiz pietiek.",
    "paused_kept": "Viss līdz šim teiktais un ierakstītais paliek.",
    "paused_briefly": "Viss paliek, bet pēc divām stundām pazūd.",
    "paused_back": Pair(
        tu="Lai turpinātu no šīs vietas, uzraksti „turpināt”.",
        jus="Lai turpinātu no šīs vietas, uzrakstiet „turpināt”.",
    ),
    "paused_plan": Pair(
        tu="Lai turpinātu no šīs vietas, uzraksti „turpināt”; plānu atver „mans plāns”.",
        jus="Lai turpinātu no šīs vietas, uzrakstiet „turpināt”; plānu atver „mans plāns”.",
    ),
}

# which of them tell a number of `content/policy.yaml`
ASKING_POLICIES: dict[str, PolicyName] = {"paused_briefly": "keep_hours_without_consent"}
