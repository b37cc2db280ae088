"""What people ask for and no official source publishes: said so, never silently dropped."""

from __future__ import annotations

from typing import Final

TIMES: Final = "When a program meets (evenings, weekends, part time) is not published anywhere: ask the school."
PACE: Final = "Whether a program is self-paced or accelerated is not published anywhere: ask the school."
AID: Final = (
    "What a program costs you after aid is not published per program: each program’s page links the school’s"
    " financial aid office and its net price calculator."
)
NEAR: Final = "We do not know where you are: type a ZIP code or a city."
BEST: Final = (
    "There is no “best” here: results follow an open formula that nobody can pay into; the Data page shows its weights."
)
EXAM_OR_AWARD: Final = (
    "A certificate is a school’s award, a certification is a professional body’s exam. This searched programs of"
    " every kind; add “certificate”, or an exam such as RHIT or CCS, to narrow it."
)
TRADE: Final = "“Trade school” is no kind of school in the official data: choose certificates, or who runs the school."
ENTRY: Final = "Entry requirements are not published for most programs: ask the school."
STARTS: Final = "Start dates and deadlines are not published for most programs: ask the school."
PLACEMENT: Final = "Job placement and internships are not published for most programs: ask the school."
VETERANS: Final = (
    "“Military friendly” is no fact in the official data. What schools say they offer is: choose under “For veterans”."
)
INSTITUTION: Final = (
    "Accreditation here is the program’s (CAHIIM). The accreditor of the whole school stands on the school’s page."
)
LANGUAGE: Final = "In which language a program is taught is not published: ask the school."
APPROVED: Final = (
    "AHIMA approves some coding certificates: a mark of quality and, as far as we can tell, no condition of any exam."
    " Which programs have it is not in our sources: ask the school. Accreditation is CAHIIM’s: type “accredited” for"
    " it."
)
UNLISTED: Final = "An exam that we do not list: ask the body that issues it what it requires."
FOUNDED: Final = "Programs cannot be filtered by whom a school was founded for or serves: ask the school."
SIZE: Final = "Programs cannot be filtered by the size of a school or a class."

_SAID: Final[tuple[tuple[str, str], ...]] = (
    (TIMES, ("evening, evenings, evening classes, night, nights, night classes, night school, night time, after work,"
     " weekend, weekends, weekend classes, saturday, saturdays, sunday, part time, full time, flexible,"
     " flexible schedule, flexible hours, while working, daytime, day classes")),
    (PACE, "self paced, self pace, own pace, at your own pace, at my own pace, accelerated, self study"),
    (AID, ("free, tuition free, no cost, for free, financial aid, fin aid, fafsa, scholarship, scholarships, grant,"
     " grants, pell, pell grant, student loan, student loans, payment plan, payment plans, pell eligible, title iv")),
    (NEAR, ("near me, nearby, nearby me, close by, close to me, close to home, near home, near my home, around me,"
     " around here, near here, in my area, my area, local, locally, near by, by me, in my city, in my state,"
     " in my town, near my house, closest to me, nearest to me, nearest me, closest me, near us")),
    (BEST, ("best, top, top rated, good, great, ranked, ranking, rankings, highest rated, highest ranked, top ranked,"
     " best rated, reputable, legit, legitimate, top 10, top ten, top 5, number 1, number one, recommended, better,"
     " reviews, quality")),
    (EXAM_OR_AWARD, "certification, certifications, certified, credential, credentials, licensure, license"),
    (TRADE, ("trade school, trade schools, vocational school, vocational schools, career school, career schools,"
     " technical school, technical schools, vocational, vo tech, votech, trade, tech school, tech schools")),
    (ENTRY, ("ged, no ged, high school diploma, without high school diploma, no high school diploma, no experience,"
     " entry level, no prerequisites, open enrollment, open admission, no sat, beginner, beginners, no degree,"
     " without a degree, without degree, requirements, admission requirements, easy, easiest, for beginners")),
    (STARTS, ("start date, start dates, starting soon, rolling admission, deadline, deadlines, enroll now,"
     " starting now, enrolling now, start now")),
    (PLACEMENT, ("job placement, internship, internships, externship, externships, placement, guaranteed job,"
     " job guarantee, with placement")),
    (VETERANS, "veteran, veterans, gi bill, military, military friendly, va approved, mycaa, military spouse"),
    (INSTITUTION, ("regionally accredited, nationally accredited, regional accreditation, national accreditation,"
     " abhes, accsc, hlc, sacscoc, wscuc, msche, neche")),
    (LANGUAGE, ("in spanish, en espanol, taught in spanish, spanish speaking, bilingual, in espanol, spanish language,"
     " espanol")),
    (APPROVED, ("ahima approved, ahima approval, approved by ahima, approved by the ahima, ahima approved program,"
     " ahima approved programs, pcap, ahima pcap, pcap approved, ahima endorsed, ahima certified program,"
     " ahima certified programs")),
    (UNLISTED, "cpb, cpma, cpco, cdeo, cpms, cppm, ccma, cmaa, ncics, cmrs"),
    (FOUNDED, ("hbcu, hbcus, historically black, historically black college, historically black colleges, tribal,"
     " historically black university, historically black universities, tribal college, tribal colleges,"
     " tribal university, hispanic serving, women’s college, womens college, womens colleges")),
    (SIZE, "small, small school, small college, small classes, big school, large school"),
)  # fmt: skip
PHRASES: Final[dict[str, str]] = {phrase: note for note, said in _SAID for phrase in map(str.strip, said.split(","))}
