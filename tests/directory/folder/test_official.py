"""Every file of the official folder is recognised for what it is, or left with the reason."""

from __future__ import annotations

import pytest
from django.conf import settings

from directory.importers.registry import importers
from directory.pipeline.folder import plan

pytestmark = pytest.mark.official
#: (source, file, release); without the careers app its sources are not known.
EXPECTED = {
    ("ipeds-hd", "hd2022.csv", "2022-23"),
    ("ipeds-hd", "hd2024.csv", "2024-25"),
    ("cip", "CIPCode2020.csv", "2020"),
    ("cip-changes", "Crosswalk2010to2020.csv", "2010 to 2020"),
    ("ipeds-completions", "c2020_a_cip5107_5127.csv", "2019-20"),
    ("ipeds-completions", "c2021_a_cip5107_5127.csv", "2020-21"),
    ("ipeds-completions", "c2022_a_cip5107_5127.csv", "2021-22"),
    ("ipeds-completions", "c2023_a_cip5107_5127.csv", "2022-23"),
    ("ipeds-completions", "c2024_a_firstmajor_csv.zip", "2023-24"),
    ("ipeds-ic", "ic2021.csv", "2021-22"),
    ("ipeds-ic-ay", "ic2021_ay.csv", "2021-22"),
    ("ipeds-ic-py", "ic2021_py.csv", "2021-22"),
    ("ipeds-tuition", "edua_cost.csv", "2023-24"),
    ("ipeds-distance", "edua_distance_enrollment_2020_2024.csv", "2020-21 to 2024-25"),
    ("scorecard-field", "Most-Recent-Cohorts-Field-of-Study_51.csv", "release not stated"),
    ("scorecard-institution", "Most-Recent-Cohorts-Institution_26cols_2022.csv", "2022"),
    ("scorecard-institution", "scorecard_earnings_2025-05.csv", "May 2025"),
    ("dapip", "dapip_2020-11_no_personal_columns.zip", "November 2020"),
    ("va-eight-keys", "eight_key.csv", "release not stated"),
    ("zip-points", "npm_zipcodes_8.0.0_us.csv", "8.0.0"),
    ("accreditation-evidence", "evidence.csv", "release not stated"),
    ("online-evidence", "online_evidence.csv", "release not stated"),
    ("program-facts", "program_facts.csv", "release not stated"),
    ("soc", "soc_2018_definitions.xlsx", "2018"),
    ("cip-soc", "CIP2020_SOC2018_Crosswalk.xlsx", "2020"),
    ("oews", "national_M2025_dl.xlsx", "May 2025"),
    ("employment-projections", "occupation_2024-2034.xlsx", "2024-34"),
    ("attainment", "education_2023.xlsx", "2023"),
    ("onet-occupations", "Occupation Data.xlsx", "29.3"),
    ("onet-tasks", "Task Statements.xlsx", "29.3"),
    ("onet-technology", "Technology Skills.xlsx", "29.3"),
    ("onet-titles", "Alternate Titles.xlsx", "29.3"),
    ("onet-reported-titles", "Sample of Reported Titles.xlsx", "29.3"),
    ("onet-related", "Related Occupations.xlsx", "29.3"),
    ("onet-interests", "Interests.xlsx", "29.3"),
    ("onet-job-zones", "Job Zones.xlsx", "29.3"),
    ("onet-job-zone-reference", "Job Zone Reference.xlsx", "29.3"),
}
#: Tables that look like official ones and must not be loaded: a smaller or damaged copy, a dictionary, a sample.
LEFT = {
    "c2024_a_cip51.csv": "same release (2023-24)",
    "FieldOfStudyData_excel_damaged_subset.csv": "same release",
    "fos_5107_from_parquet.csv": "no table",
    "c2024_a_dictionary.xlsx": "no table",
    "hd2020_dictionary.xlsx": "no table",
    "CollegeScorecardDataDictionary.xlsx": "no table",
}


def test_every_official_file_is_recognised_as_what_it_is():
    work = plan(settings.OFFICIAL_DATA_DIR, {})
    found = {(str(each.importer.source), each.path.name, work.vintage(each, {}).label) for each in work.chosen}
    known = {str(importer.source) for importer in importers()}
    assert found == {each for each in EXPECTED if each[0] in known}
    left = {path.name: reason for path, reason in work.left}
    for name, reason in LEFT.items():
        assert reason in left[name], name
    order = [str(each.importer.source) for each in work.chosen]
    for each in work.chosen:
        for needed in each.importer.needs:
            assert order.index(str(needed)) < order.index(str(each.importer.source))
