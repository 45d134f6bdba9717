"""Which words are held to be urgent: whole phrases in three languages, however they are typed, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import urgent_words
from server.urgent_phrases import PHRASES, Said, Urgent

LISTED = [
    (urgent, language, phrase.strip())
    for urgent, said in PHRASES.items()
    for language, phrases in zip(Said._fields, said, strict=True)
    for phrase in phrases.split(",")
]
AROUND = {"en": "Hello. {}! What now?", "es": "Hola… ¿{}? Gracias", "ar": "مرحبا، {}؟ شكرا"}


class TestEachPhrase:
    @pytest.mark.parametrize(("urgent", "language", "phrase"), LISTED)
    def test_is_found_in_what_somebody_writes_and_not_inside_a_word(
        self, urgent: Urgent, language: str, phrase: str
    ) -> None:
        letter = "ن" if language == "ar" else "x"

        assert urgent in urgent_words.found(AROUND[language].format(phrase.upper()))
        assert urgent not in urgent_words.found(AROUND[language].format(f"{letter}{phrase}{letter}"))

    def test_stands_once_and_in_every_language(self) -> None:
        assert len({(language, phrase) for _, language, phrase in LISTED}) == len(LISTED)
        assert all(phrase for _, _, phrase in LISTED)
        assert {(urgent, language) for urgent, language, _ in LISTED} == {
            (urgent, language) for urgent in PHRASES for language in Said._fields
        }


class TestFound:
    @pytest.mark.parametrize(
        ("text", "about"),
        [
            ("I have CHEST\n pain", ["chest_pain"]),
            ("i can’t breathe", ["breathing"]),
            ("cant breath", ["breathing"]),
            ("He overdosed and won't wake up", ["unconscious", "overdose"]),
            ("I want to kill\u200b myself", ["suicide"]),
            ("Me duele el pecho, no puedo respirar", ["chest_pain", "breathing"]),
            ("DESMAYO? Si, se desmayo", ["unconscious"]),
            ("una reaccion alergica grave", ["allergy"]),
            ("أشعر بألمٍ في صدري", ["chest_pain"]),
            ("أفكر في الانتحار", ["suicide"]),
            ("سكته دماغيه", ["stroke"]),
            ("لا أستطـــيع التنفس", ["breathing"]),
        ],
    )
    def test_minds_no_case_no_accents_and_no_marks(self, text: str, about: list[Urgent]) -> None:
        assert urgent_words.found(text) == about

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Thank you, see you at 3",
            "My keystroke recorder, and a backstroke lesson",
            "My bill is overdue",
            "I took all my pills and need a refill",
            "I can't speak English",
            "Can I move my chest X-ray? It is a pain to get there",
            "Tomo muchas pastillas por la mañana",
            "Un derramamiento de agua en la cocina",
            "الصدرية الجديدة",
            "أريد موعدا لفحص القلب",
        ],
    )
    def test_leaves_ordinary_mail_alone(self, text: str) -> None:
        assert urgent_words.found(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "I CAN'T BREATHE",
            "I can’t breathe",
            "I can´t breathe",
            "I can`t breathe",
            "I\r\ncan't\r\n\tbreathe",
            "I can't…breathe",
            "I\u00a0can't\u202fbreathe",
            "I ｃａｎ't breathe",
            "“can't breathe”",
        ],
    )
    def test_minds_no_quotes_lines_or_widths(self, text: str) -> None:
        assert urgent_words.found(text) == ["breathing"]

    @pytest.mark.parametrize("text", ["presión en el pecho", "presio\u0301n en el pecho", "PRESION EN EL PECHO"])
    def test_minds_no_way_of_writing_an_accent(self, text: str) -> None:
        assert urgent_words.found(text) == ["chest_pain"]

    @given(st.text())
    def test_takes_whatever_anybody_writes(self, text: str) -> None:
        assert set(urgent_words.found(text)) <= set(PHRASES)
        assert "suicide" in urgent_words.found(f"{text}\nI want to die\n{text}")


class TestItsLimits:
    """What it gets wrong, written down: whoever makes it better changes these on purpose."""

    @pytest.mark.parametrize(
        ("text", "about"),
        [
            ("I have no chest pain", "chest_pain"),
            ("No tengo dolor de pecho", "chest_pain"),
            ("لا يوجد ألم في الصدر", "chest_pain"),
            ("My father had a stroke in 2010", "stroke"),
            ("Did the heart attack show on the EKG?", "chest_pain"),
            ("I need a refill of my seizure medicine", "seizure"),
            ("Please send the form to take my life insurance", "suicide"),
            ("A toy that is a choking hazard", "breathing"),
            ("The tent collapsed, so I missed my visit", "unconscious"),
            ("You asked if I am suicidal: never", "suicide"),
            ("Mi abuelo murió de un infarto", "chest_pain"),
        ],
    )
    def test_it_flags_what_is_harmless(self, text: str, about: Urgent) -> None:
        assert about in urgent_words.found(text)

    @pytest.mark.parametrize(
        "text",
        [
            "I have chset pain",
            "An elephant sits on my chest",
            "My heart feels wrong and my arm tingles",
            "I don't see a way out any more",
            "my chest really hurts",
            "Je ne peux pas respirer",
            "no puedo resbirar",
            "🆘",
            "[picture]",
        ],
    )
    def test_it_misses_what_is_urgent(self, text: str) -> None:
        assert urgent_words.found(text) == []
