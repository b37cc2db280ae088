"""The parts of a career guide that people write, in the order in which the page shows them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from django.db.models import TextChoices


class Section(TextChoices):
    """One written part of a guide. The official figures that stand beside it are no part of a guide's text."""

    HEADLINE = "headline", "Headline facts"
    OTHER_NAMES = "other-names", "Other names"
    WHAT_IT_IS = "what-it-is", "What it is"
    DUTIES = "duties", "What they do"
    CORE_FUNCTIONS = "core-functions", "Core functions"
    DAY = "day", "A day at work"
    SCHEDULE = "schedule", "Schedule and hours"
    PHYSICAL_DEMANDS = "physical-demands", "Physical demands"
    SETTING = "setting", "Where they work"
    PAY = "pay", "Pay"
    EDUCATION = "education", "Education of people in the job"
    PROJECTIONS = "projections", "Jobs now and projected"
    DEMAND = "demand", "Demand"
    INDUSTRIES = "industries", "Industries that employ the most"
    EMPLOYERS = "employers", "Typical employers"
    STEPS = "steps", "How to become one, step by step"
    CERTIFICATE_OR_ASSOCIATE = "certificate-or-associate", "Certificate or associate degree"
    COURSEWORK = "coursework", "Courses you will take"
    CERTIFICATION = "certification", "Certification"
    STATE_RULES = "state-rules", "State rules"
    EXPERIENCE = "experience", "Gaining experience"
    ENTRY_TITLES = "entry-titles", "Job titles to start with"
    TIERS = "tiers", "From newcomer to senior"
    ADVANCING = "advancing", "Moving up"
    SKILLS_FOUNDATIONAL = "skills-foundational", "Skills to start with"
    SKILLS_ADVANCED = "skills-advanced", "Advanced skills"
    SKILLS_PROFESSIONAL = "skills-professional", "Professional skills"
    SKILLS_SOFT = "skills-soft", "Ways of working"
    TECHNOLOGY = "technology", "Software and tools"
    SPECIALIZATIONS = "specializations", "Specializations"
    GLOBAL_OUTLOOK = "global-outlook", "Working in other countries"
    CHALLENGES = "challenges", "What is hard about it now"
    GROWTH_PATHS = "growth-paths", "Where the work is growing"
    TRENDS = "trends", "What is changing"
    STRESS_BALANCE = "stress-balance", "Stress and balance"
    PROS = "pros", "What speaks for it"
    CONS = "cons", "What speaks against it"
    MISTAKES = "mistakes", "Mistakes beginners make"
    ADVICE = "advice", "Advice"
    PORTFOLIO = "portfolio", "What to keep and show"
    CASES = "cases", "Cases"
    TIPS = "tips", "Tips for doing well"
    RELATED = "related", "Related careers"
    FAQ = "faq", "Questions and answers"
    ORGANIZATIONS = "organizations", "Professional organizations"
    HISTORY = "history", "What older guides say"
    SOURCES = "sources", "Sources and references"


class Kind(StrEnum):
    """How the text of a section is built. Each may begin with an introduction in Markdown."""

    MARKDOWN = "markdown"  # free text
    POINTS = "points"  # "- " list, every point an item
    TOPICS = "topics"  # "## Title" and a text
    FACTS = "facts"  # "## Label | value" and a text
    DAY = "day"  # "## 08:30-10:00 | title" and a text
    STEPS = "steps"  # "## Title | how long" and a text
    TIERS = "tiers"  # "## Title | how much experience" and a text
    QUESTIONS = "questions"  # "## Question?" and the answer
    CASES = "cases"  # "## Title" and an illustration
    LINKS = "links"  # "## Name | https://…" and a text
    HISTORY = "history"  # "## When | what was said" and why it differs
    REFERENCES = "references"  # "## id | Title" and "- field: value" lines


class Part(NamedTuple):
    """What a section is for. `required` sections must be filled before a guide is published."""

    section: Section
    kind: Kind
    required: bool
    hint: str


PARTS: Final[dict[str, Part]] = {
    part.section.value: part
    for part in (
        Part(Section.HEADLINE, Kind.FACTS, False, "Two facts: “Remote work” and “Known for”, each with a short value"),
        Part(Section.OTHER_NAMES, Kind.MARKDOWN, False, "What the names mean; O*NET’s titles stand below"),
        Part(Section.WHAT_IT_IS, Kind.MARKDOWN, True, "The job in two or three paragraphs"),
        Part(Section.DUTIES, Kind.POINTS, True, "What people in the job do, a verb first; O*NET’s tasks stand below"),
        Part(Section.CORE_FUNCTIONS, Kind.TOPICS, False, "The three to six functions that the duties belong to"),
        Part(Section.DAY, Kind.DAY, True, "A day in timed blocks, in order; the introduction says whose"),
        Part(Section.SCHEDULE, Kind.MARKDOWN, False, "Hours, shifts, overtime, part time"),
        Part(Section.PHYSICAL_DEMANDS, Kind.MARKDOWN, False, "Sitting, lifting, screens"),
        Part(Section.SETTING, Kind.MARKDOWN, True, "Offices, hospitals, home"),
        Part(Section.PAY, Kind.MARKDOWN, False, "What moves pay; the figures stand there by themselves"),
        Part(Section.EDUCATION, Kind.MARKDOWN, False, "What the bars mean; the figures stand there by themselves"),
        Part(Section.PROJECTIONS, Kind.MARKDOWN, False, "Why jobs come and go; the figures stand there by themselves"),
        Part(Section.DEMAND, Kind.MARKDOWN, False, "What the gauge cannot tell; it is drawn from official figures"),
        Part(Section.INDUSTRIES, Kind.MARKDOWN, False, "Only with a source"),
        Part(Section.EMPLOYERS, Kind.POINTS, False, "Kinds of employers, no named companies"),
        Part(Section.STEPS, Kind.STEPS, True, "The way from school to the job, each step with how long it takes"),
        Part(Section.CERTIFICATE_OR_ASSOCIATE, Kind.MARKDOWN, False, "What each opens and closes in this career"),
        Part(Section.COURSEWORK, Kind.TOPICS, False, "Courses, each with what it is for"),
        Part(Section.CERTIFICATION, Kind.MARKDOWN, True, "Which exams count here; their rules have their own pages"),
        Part(Section.STATE_RULES, Kind.MARKDOWN, False, "Licences and state rules, or that none is known"),
        Part(Section.EXPERIENCE, Kind.MARKDOWN, False, "Placement, volunteering, first jobs"),
        Part(Section.ENTRY_TITLES, Kind.POINTS, False, "Titles of first jobs"),
        Part(Section.TIERS, Kind.TIERS, False, "Levels of the career, lowest first, with years of experience"),
        Part(Section.ADVANCING, Kind.MARKDOWN, False, "Degrees, exams and posts that lead further"),
        Part(Section.SKILLS_FOUNDATIONAL, Kind.POINTS, False, "What every beginner needs"),
        Part(Section.SKILLS_ADVANCED, Kind.POINTS, False, "What opens better posts"),
        Part(Section.SKILLS_PROFESSIONAL, Kind.POINTS, False, "Software and methods"),
        Part(Section.SKILLS_SOFT, Kind.POINTS, False, "Dealing with people, time and detail"),
        Part(Section.TECHNOLOGY, Kind.MARKDOWN, False, "Kinds of software; O*NET’s list stands below"),
        Part(Section.SPECIALIZATIONS, Kind.TOPICS, False, "Directions the work can take"),
        Part(Section.GLOBAL_OUTLOOK, Kind.MARKDOWN, False, "What carries over to other countries"),
        Part(Section.CHALLENGES, Kind.MARKDOWN, False, "What makes the work hard at present"),
        Part(Section.GROWTH_PATHS, Kind.MARKDOWN, False, "Fields where the work is growing"),
        Part(Section.TRENDS, Kind.MARKDOWN, False, "What is changing in the trade"),
        Part(Section.STRESS_BALANCE, Kind.MARKDOWN, False, "Pressure, and time of one’s own"),
        Part(Section.PROS, Kind.POINTS, False, "What speaks for it"),
        Part(Section.CONS, Kind.POINTS, False, "What speaks against it, as plainly"),
        Part(Section.MISTAKES, Kind.POINTS, False, "What beginners get wrong"),
        Part(Section.ADVICE, Kind.POINTS, False, "What to do about it"),
        Part(Section.PORTFOLIO, Kind.POINTS, False, "What to collect and show, without patients’ data"),
        Part(Section.CASES, Kind.CASES, False, "Illustrations; the page labels them so. No names, no invented figures"),
        Part(Section.TIPS, Kind.POINTS, False, "Small habits that help"),
        Part(Section.RELATED, Kind.MARKDOWN, False, "How this differs from its neighbours; O*NET’s list stands below"),
        Part(Section.FAQ, Kind.QUESTIONS, True, "Questions that readers ask, with short answers"),
        Part(Section.ORGANIZATIONS, Kind.LINKS, False, "Name and address, and what it is good for"),
        Part(Section.HISTORY, Kind.HISTORY, False, "Older figures with date, code and why they differ from today’s"),
        Part(Section.SOURCES, Kind.REFERENCES, True, "What the text rests on, each with publisher and date"),
    )
}  # fmt: skip

#: Ids that a text can cite without listing them: the official files that the page shows, with their own vintages.
CITED_LIVE: Final[dict[str, str]] = {
    "oews": "BLS Occupational Employment and Wage Statistics",
    "projections": "BLS Employment Projections",
    "attainment": "BLS educational attainment",
    "onet": "O*NET",
    "soc": "Standard Occupational Classification",
    "crosswalk": "CIP–SOC crosswalk",
}
