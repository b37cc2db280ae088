"""A small guide that can be published, as its file; tests change one thing in it."""

from __future__ import annotations

from careers.guides.files import read_text

GUIDE = """+++
career = "medical-coder"
note = "First version"
+++

# headline

## Remote work | Often possible
Coding is done on screen.

# what-it-is

A coder turns what clinicians wrote into codes.[^soc]

# duties

- Read the record of a visit
  from beginning to end.
- Choose the codes.

# day

A day in a records office.

## 08:00-10:30 | Inpatient charts
Code the stays that ended yesterday.

## 10:30-12:00 | Questions
Write to clinicians.

# setting

Offices, or a desk at home.

# steps

## Finish high school | by 18, or later
A diploma is what the exam asks for.[^issuer]

# certification

None is required by law as far as we know.

# tiers

## Coder | 0 to 2 years
Codes simple visits under review.

## Senior coder | 5 years and more
Codes hard cases and reviews others.

# pros

- Quiet work.

# cons

- Much sitting.

# cases

## A denied claim
A claim comes back because the record does not say which knee.

# faq

## Do I need a degree?
Not to sit the exam.[^issuer]

# organizations

## A body of coders | https://coders.example.org/
It gives exams.

# history

## 2014 | A guide gave 15.4% growth
It described a code that is retired.[^old-guide]

# sources

## issuer | Who may sit
- publisher: The issuer
- link: https://issuer.example.org/rules
- dated: 2024
- read: 2026-01-31

## old-guide | An older guide
- publisher: not named
- dated: figures of 2014
"""


def sections(**changes: str) -> dict[str, str]:
    """The sections of the sample; `what_it_is="…"` puts a text in place of one's own."""
    given = {key.replace("_", "-"): text for key, text in changes.items()}
    return {**read_text(GUIDE, "medical-coder").sections, **given}
