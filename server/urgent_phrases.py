"""The phrases by which words are held to be urgent, by what they may be about and by language. Only data.

What they are about follows the warning signs that the American Heart Association and the American Stroke Association
teach (chest, breath, face, arm, speech), first aid for bleeding, seizures, poisoning and allergy, and what the 988
Suicide & Crisis Lifeline lists as signs. They are our own choice of wordings and nobody's instrument: no clinician has
validated them. Spanish and Arabic are working drafts until a qualified translator has read them.

What they cannot do, and nobody may rely on:

- Other words for the same thing are not found, nor are other languages, misspellings, or words in a picture.
- Nothing is understood: "no chest pain", "my stroke in 2010" and a quotation are found like the thing itself.
- That nothing was found says nothing. Every message has to be read.

To add one: write it as patients do, between commas; case, accents and apostrophes do not matter. It is found as whole
words only, so each form of a verb is a phrase of its own; in Arabic also behind the letters that are joined to a word
(`urgent_words`). One that ordinary mail to a clinic is full of ("can't speak" English, "took all my pills") costs more
looks than it is worth.
"""

from typing import Literal, NamedTuple

Urgent = Literal[
    "chest_pain", "breathing", "stroke", "bleeding", "unconscious", "seizure", "overdose", "suicide", "allergy"
]


class Said(NamedTuple):
    """The phrases of one matter in each language, between commas."""

    en: str
    es: str
    ar: str


PHRASES: dict[Urgent, Said] = {
    "chest_pain": Said(
        en="chest pain, chest pains, pain in my chest, pains in my chest, pain in the chest, pain in his chest,"
        "pain in her chest, chest hurts, chest is hurting, chest aches, chest pressure, pressure in my chest,"
        "pressure on my chest, chest tightness, tightness in my chest, tightness in the chest, chest is tight,"
        "chest feels tight, chest feels heavy, heart attack",
        es="dolor de pecho, dolor del pecho, dolor en el pecho, dolores en el pecho, me duele el pecho,"
        "le duele el pecho, me duele mucho el pecho, le duele mucho el pecho, el pecho me duele, el pecho le duele,"
        "presión en el pecho, opresión en el pecho, pecho apretado, ataque al corazón, ataque cardíaco, infarto",
        ar="ألم في الصدر, ألم في صدري, ألم بالصدر, ألم بصدري, ألم الصدر, آلام في الصدر, آلام الصدر, وجع في الصدر,"
        "وجع في صدري, وجع بصدري, صدري يؤلمني, صدري يوجعني, ضغط في صدري, ضيق في صدري, نوبة قلبية,"
        "أزمة قلبية, جلطة قلبية",
    ),
    "breathing": Said(
        en="can't breathe, cannot breathe, can not breathe, can't breath, cannot breath, can not breath,"
        "couldn't breathe, hard to breathe, trouble breathing, difficulty breathing, struggling to breathe,"
        "short of breath, shortness of breath, gasping for air, not breathing, isn't breathing, stopped breathing,"
        "choking, turning blue, lips are blue",
        es="no puedo respirar, no puede respirar, no respira, no está respirando, dejó de respirar, me cuesta respirar,"
        "le cuesta respirar, dificultad para respirar, dificultad al respirar, falta de aire, me falta el aire,"
        "le falta el aire, me falta aire, me ahogo, se ahoga, me estoy ahogando, se está ahogando, labios morados",
        ar="لا أستطيع التنفس, لا يستطيع التنفس, لا تستطيع التنفس, لا أستطيع أن أتنفس, لا أقدر أتنفس, ما أقدر أتنفس,"
        "ما بقدر أتنفس, مش قادر أتنفس, مش قادرة أتنفس, صعوبة في التنفس, صعوبة بالتنفس, صعوبة التنفس, ضيق في التنفس,"
        "ضيق التنفس, ضيق تنفس, لا يتنفس, لا تتنفس, أختنق, يختنق, تختنق",
    ),
    "stroke": Said(
        en="stroke, face is drooping, face drooping, face droops, face is numb, slurred speech, speech is slurred,"
        "slurring, arm went numb, arm is numb, numb on one side, one side is numb, can't move my arm,"
        "can't move my leg, weak on one side",
        es="derrame cerebral, infarto cerebral, accidente cerebrovascular, embolia, cara caída, cara torcida,"
        "boca torcida, se me torció la boca, se le torció la boca, arrastra las palabras, arrastro las palabras,"
        "brazo dormido, medio cuerpo dormido, no puedo mover el brazo, no puede mover el brazo,"
        "no puedo mover la pierna, no puede mover la pierna",
        ar="سكتة دماغية, السكتة الدماغية, جلطة دماغية, جلطة في الدماغ, جلطة في المخ, شلل مفاجئ, شلل في الوجه,"
        "وجهي مائل, وجهه مائل, ثقل في الكلام, ثقل في اللسان, خدر في نصف جسمي, تنميل في نصف جسمي, لا أستطيع تحريك يدي,"
        "لا أستطيع تحريك ذراعي, لا أستطيع تحريك رجلي",
    ),
    "bleeding": Said(
        en="bleeding a lot, bleeding heavily, bleeding badly, bleeding so much, bleeding too much, heavy bleeding,"
        "severe bleeding, won't stop bleeding, doesn't stop bleeding, can't stop bleeding, bleeding won't stop,"
        "can't stop the bleeding, losing a lot of blood, lost a lot of blood, coughing up blood, throwing up blood,"
        "vomiting blood, hemorrhage, hemorrhaging",
        es="sangro mucho, sangra mucho, sangrando mucho, mucho sangrado, sangrado fuerte, sangrado abundante,"
        "no para de sangrar, no paro de sangrar, no deja de sangrar, no dejo de sangrar, pierdo mucha sangre,"
        "pierde mucha sangre, perdiendo mucha sangre, perdí mucha sangre, perdió mucha sangre, vomito sangre,"
        "vomita sangre, vomitando sangre, toso sangre, tose sangre, tosiendo sangre, hemorragia",
        ar="نزيف شديد, نزيف حاد, نزيف قوي, نزيف كثير, أنزف كثيرا, ينزف كثيرا, تنزف كثيرا, أنزف بشدة, ينزف بشدة,"
        "تنزف بشدة, النزيف لا يتوقف, نزيف لا يتوقف, لا يتوقف النزيف, فقدت الكثير من الدم, فقد الكثير من الدم,"
        "أتقيأ دما, يتقيأ دما, تتقيأ دما, أسعل دما, يسعل دما",
    ),
    "unconscious": Said(
        en="unconscious, unresponsive, passed out, blacked out, fainted, collapsed, won't wake up, can't wake him,"
        "can't wake her, can't wake up my, lost consciousness",
        es="inconsciente, perdió el conocimiento, perdí el conocimiento, perdió la conciencia, perdí la conciencia,"
        "se desmayó, me desmayé, no despierta, no reacciona",
        ar="فاقد الوعي, فاقدة الوعي, فاقد للوعي, فاقدة للوعي, فقد الوعي, فقدت الوعي, فقد وعيه, فقدت وعيها, فقدت وعيي,"
        "فقدان الوعي, غائب عن الوعي, أغمي عليه, أغمي عليها, أغمي علي, إغماء, لا يستيقظ, لا تستيقظ",
    ),
    "seizure": Said(
        en="seizure, seizures, convulsing, convulsion, convulsions",
        es="convulsión, convulsiones, convulsionando, convulsionó, ataque epiléptico, ataque de epilepsia",
        ar="نوبة صرع, نوبات صرع, نوبة تشنج, نوبات تشنج, تشنجات شديدة, يتشنج, تتشنج",
    ),
    "overdose": Said(
        en="overdose, overdosed, overdosing, took too many, taken too many, took too much medicine,"
        "took too much medication, took too much of my, swallowed poison,"
        "drank bleach, swallowed bleach",
        es="sobredosis, demasiadas pastillas, demasiada medicina, demasiado medicamento, me envenené, se envenenó,"
        "tomé veneno, tomó veneno, tomé cloro, tomó cloro",
        ar="جرعة زائدة, جرعات زائدة, جرعة مفرطة, تناولت حبوبا كثيرة, أخذت حبوبا كثيرة, أخذت حبوب كثيرة,"
        "بلعت حبوبا كثيرة, بلعت حبوب كثيرة, شرب الكلور, شربت الكلور, شرب سما, شربت سما",
    ),
    "suicide": Said(
        en="suicide, suicidal, kill myself, killing myself, end my life, ending my life, take my own life,"
        "taking my own life, take my life, end it all, want to die, wanna die, want to be dead, wish I was dead,"
        "wish I were dead, better off dead, better off without me, don't want to live, do not want to live,"
        "don't wanna live, don't want to be alive, no reason to live, harm myself, harming myself, self harm,"
        "want to hurt myself, going to hurt myself, hurting myself",
        es="suicidio, suicidarme, suicidarse, suicida, suicidas, matarme, me quiero matar, me voy a matar,"
        "quitarme la vida, quitarse la vida, acabar con mi vida, terminar con mi vida, quiero morir, quiero morirme,"
        "me quiero morir, no quiero vivir, no quiero seguir viviendo, no vale la pena vivir, hacerme daño, lastimarme",
        ar="انتحار, سأنتحر, أنتحر, ينتحر, أقتل نفسي, سأقتل نفسي, قتل نفسي, يقتل نفسه, تقتل نفسها, أنهي حياتي,"
        "إنهاء حياتي, أريد أن أموت, أريد الموت, بدي أموت, عايز أموت, عايزة أموت, أتمنى الموت, لا أريد أن أعيش,"
        "لا أريد العيش, أؤذي نفسي, إيذاء نفسي",
    ),
    "allergy": Said(
        en="anaphylaxis, anaphylactic, throat is closing, throat closing, throat is swelling, tongue is swelling,"
        "tongue is swollen, face is swelling, lips are swelling, severe allergic reaction, bad allergic reaction,"
        "used my epipen, used the epipen, used an epipen",
        es="anafilaxia, anafiláctico, reacción alérgica grave, reacción alérgica fuerte, reacción alérgica severa,"
        "se me cierra la garganta, se le cierra la garganta, se me hincha la lengua, se le hincha la lengua,"
        "lengua hinchada, se me hincha la cara, se le hincha la cara, se me hinchó la cara, se le hinchó la cara",
        ar="صدمة تحسسية, حساسية شديدة, رد فعل تحسسي شديد, تورم في الحلق, تورم الحلق, تورم في اللسان, تورم اللسان,"
        "تورم في الوجه, تورم الوجه, لساني متورم, وجهي متورم",
    ),
}
"""In the order in which they are told."""
