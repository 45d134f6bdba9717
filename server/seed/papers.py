"""The document that a made-up clinic sends: how to get ready for a blood test."""

from fpdf import FPDF

NAME = "Blood test - how to get ready.pdf"
PAGES = (
    (
        "Get ready for your blood test",
        "Do not eat after 10 PM on the evening before.",
        "Water is fine. Drink a glass when you get up.",
        "Take your medicines as you do every day.",
        "Bring your insurance card and this form.",
    ),
    (
        "After the test",
        "Eat and drink something right away.",
        "Keep the bandage on for an hour.",
        "Your results are here in three days. We will write to you.",
    ),
)


def blood_test() -> bytes:
    """The PDF, of two pages."""
    paper = FPDF(unit="pt", format="letter")
    for title, *lines in PAGES:
        paper.add_page()
        paper.set_margins(54, 54)
        paper.set_y(72)
        paper.set_font("Helvetica", "B", size=24)
        paper.multi_cell(0, 36, title, new_x="LMARGIN", new_y="NEXT")
        paper.set_font("Helvetica", size=16)
        for line in lines:
            paper.multi_cell(0, 30, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())
