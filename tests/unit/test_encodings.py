"""The encoding of a file of lines is told from its letters: one word with an accent is enough where one encoding makes it a word."""

import pytest

from data.importing.findings import RefusedError
from data.importing.reading.encodings import decode

# What people of these offices write, the word alone in its file. Left out is what another encoding makes a word of, too: "âge" in
# DOS begins with the byte of a low comma of Windows.
IN_ALL = "élève déplacés hôpital août où reçu crèche lycée décès sûr maître Aït"
WORDS = {
    "cp1252": f"{IN_ALL} à âge île Noël œuvre cœur Île École État ÉTAT ÉLÈVES HÔPITAL Équipe",
    "mac_roman": f"{IN_ALL} à âge île Noël œuvre cœur École État ÉTAT ÉLÈVES Équipe",
    "cp850": f"{IN_ALL} à maîtres tâche Ouled-Aïssa collège ÉLÈVES",
    "cp1256": f"{IN_ALL} à âge île Noël œuvre cœur الجماعة الشهر شتنبر أضار",
}
ARABIC = "الجماعة;الشهر;تلاميذ الابتدائي\nأضار;شتنبر 2025;340\nأولوز;شتنبر 2025;900\n"


@pytest.mark.parametrize(
    ("encoding", "word"), [(encoding, word) for encoding, words in WORDS.items() for word in words.split()]
)
def test_a_word_is_read_as_it_was_written(encoding, word):
    for text in (f"Commune;Mois;{word}\nAdar;2025-09;340\n", f"{word};Commune;Mois\n340;Adar;2025-09\n"):
        assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "encoding", ["cp1256", "iso8859_6", "mac_arabic", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"]
)
def test_an_arabic_file_is_read_as_it_was_written(encoding):
    # The Macintosh has a second space, for text from right to left.
    assert decode(ARABIC.encode(encoding)).replace("\xa0", " ") == ARABIC


# Zeros at every second place are those of a text of two bytes a letter; up to a quarter as many may stand at the others, as those of
# letters whose number ends in a zero byte ("Ā", the 256th) do.
@pytest.mark.parametrize(("beside", "is_text"), [(0, True), (1, True), (10, True), (11, False), (40, False)])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_zeros_at_both_places_are_those_of_no_text(beside, is_text, encoding):
    # 40 letters of one zero each, and as many of the other kind as are said: 11 are more than a quarter of 40.
    text = "Adar;2025;" * 4 + "\u0100" * beside
    if is_text:
        assert decode(text.encode(encoding)) == text
        return
    with pytest.raises(RefusedError) as refused:
        decode(text.encode(encoding))
    assert refused.value.finding.key == "file_not_text"
