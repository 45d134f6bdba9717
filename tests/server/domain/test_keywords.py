"""Which texts act by themselves, which ask a person, and which are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import lexicon
from server.domain import keywords
from server.domain.keywords import Said

FCC = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"]
SPANISH_STOPS = [
    "parar",
    "pare",
    "alto",
    "cancelar",
    "baja",
    "darse de baja",
    "no mas",
    "no más",
    "terminar",
    "detener",
]
NOISE = " \t\n\u00a0\u200b\u200d\u2060\ufeff\u00ad\u3164\u2800.,!?¡¿-–—*_\"'“”()🛑🙏"
dressed = st.text(NOISE, max_size=6)


class TestRead:
    @pytest.mark.parametrize("word", [*FCC, "stopall", "stop all", "optout", "remove", *SPANISH_STOPS])
    def test_takes_each_word_to_stop(self, word: str) -> None:
        assert keywords.read(word) is Said.STOP

    @pytest.mark.parametrize("word", ["start", "unstop", "join", "iniciar", "comenzar", "alta", "empezar"])
    def test_takes_each_word_to_start(self, word: str) -> None:
        assert keywords.read(word) is Said.START

    @pytest.mark.parametrize(("word", "said"), [("help", "help"), ("info", "help"), ("ayuda", "help"), ("Sí", "yes")])
    def test_takes_the_other_words(self, word: str, said: str) -> None:
        assert keywords.read(word) == said

    @given(st.sampled_from(sorted(keywords.KEYWORDS)), dressed, dressed, st.randoms())
    def test_minds_no_case_no_marks_and_nothing_unseen(self, word: str, before: str, after: str, luck: object) -> None:
        letters = [char.upper() if hash((luck, nth)) % 2 else char for nth, char in enumerate(word)]
        inside = "\u200b".join(letters)

        assert keywords.read(f"{before}{inside}{after}") is keywords.KEYWORDS[word]

    @pytest.mark.parametrize("text", ["S.T.O.P.", "s t o p", "ＳＴＯＰ", "S-T-O-P!", "Opt-Out", "“Stop”", "STOP 🛑"])
    def test_sees_through_how_it_is_written(self, text: str) -> None:
        assert keywords.read(text) is Said.STOP

    @given(st.sampled_from(sorted(keywords.KEYWORDS)), st.from_regex(r"[a-z]{3,8} [a-z]{3,8}", fullmatch=True))
    def test_never_acts_by_itself_on_a_sentence(self, word: str, more: str) -> None:
        asking = (None, Said.MAYBE_STOP, Said.WRONG_NUMBER)

        assert keywords.read(f"{word} {more}") in asking or lexicon.plain(f"{word} {more}") in keywords.KEYWORDS

    @pytest.mark.parametrize(
        "text",
        [
            "please stop calling the pharmacy",
            "I stopped taking the pills",
            "should I stop the medication?",
            "cancel my appointment",
            "Can you help me?",
            "I didn't get your message, can you send it again",
            "don't send the form to my work",
            "i will not send the form until monday",
            "no soy alérgica",
            "who is this?",
            "was it not me who should call?",
            "I dialed the wrong number for the pharmacy and they said to call you back",
            "Para mensajes urgentes, ¿a quién llamo?",
            "Thank you",
            "",
            "👍",
        ],
    )
    def test_leaves_other_matters_alone(self, text: str) -> None:
        assert keywords.read(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "please stop texting me",
            "Don’t text me anymore",
            "no more texts",
            "take me off your list",
            "Please stop",
            "STOP 12345",
            "stop it now",
            "Do not contact me again",
            "No me manden más mensajes",
            "ya no quiero mensajes",
            "Deje de mandarme mensajes",
            "Leave me alone!",
            "I want to opt out of this",
        ],
    )
    def test_asks_a_person_about_a_wish_in_other_words(self, text: str) -> None:
        assert keywords.read(text) is Said.MAYBE_STOP

    @pytest.mark.parametrize(
        "text",
        [
            "wrong number",
            "Not me",
            "who is this? wrong person",
            "Número equivocado",
            "no soy yo",
            "You have the wrong number, please take me off",
            "this is not his phone",
        ],
    )
    def test_tells_a_stranger(self, text: str) -> None:
        assert keywords.read(text) is Said.WRONG_NUMBER

    @given(st.text(max_size=200))
    def test_reads_anything(self, text: str) -> None:
        keywords.read(text)


def test_a_stranger_may_want_no_more_texts_as_well() -> None:
    assert keywords.asks_to_stop("wrong number, stop texting me")
    assert not keywords.asks_to_stop("wrong number")


@pytest.mark.parametrize(("text", "spanish"), [("PARAR", True), ("No más.", True), ("STOP", False), ("hola", False)])
def test_a_spanish_word_is_answered_in_spanish(text: str, spanish: bool) -> None:
    assert keywords.is_spanish(text) is spanish
