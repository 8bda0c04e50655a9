"""Times in the forms and languages in which LMSs write them: read whole, or told."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from autograder.lms.times import name_of_zone, parse_time, read_times

AFTERNOON = datetime.datetime(2026, 3, 13, 17, 58)


@pytest.mark.parametrize(
    "text",
    [
        "Friday, 13 March 2026, 5:58 PM",
        "Friday, March 13, 2026, 5:58 PM",
        "Friday, 13 March 2026 at 5:58 PM",
        "Fri, 13 Mar 2026 17:58:00 GMT",
        "2026-03-13 17:58",
        "2026-03-13T17:58:00.123Z",
        "2026-03-13 19:58:00.5 +02:00",
        "13.03.2026 17:58",
        "13/03/2026, 17:58",
        "3/13/26, 5:58 pm",
        "Freitag, 13. März 2026, 17:58",
        "Freitag, 13. März 2026 um 17:58 Uhr",
        "vendredi 13 mars 2026, 17h58",
        "п'ятниця, 13 березня 2026, 17:58",
        "13 бер. 2026 р., 17:58",
        "viernes, 13 de marzo de 2026, 5:58 p. m.",
        "fredag den 13. marts 2026 kl. 17.58",
        "2026年03月13日(金) 17:58",
        "sexta-feira, 13 março 2026, 17:58",
        "יום שישי, 13 מרץ 2026, 17:58",
        "शुक्रवार, 13 मार्च 2026, 5:58 pm",
        "13 มี.ค. 2026, 17:58",
        "Thứ Sáu, 13 tháng 3 2026, 5:58 CH",
        "Παρασκευή, 13 Μαρτίου 2026, 5:58 μ.μ.",
        "13 March 2026, 7:58 PM Europe/Kyiv",
        "13 March 2026, 7:58 PM UTC+2",
        "13 March 2026, 17:58 UTC",
    ],
)
def test_times_that_are_read(text: str) -> None:
    """To the minute, wherever it was downloaded."""
    read = parse_time(text, datetime.UTC)
    assert read is not None
    assert read.replace(second=0) == AFTERNOON


@pytest.mark.parametrize(
    "text",
    [
        "Saturday, 13 March 2026, 5:58 PM",  # it was a Friday
        "13 March 2026, 5:58 PM EST",  # several zones are called so
        "13 March 2026, 25:58",
        "13 March 2026, 17:58 PM",
        "31 February 2026, 1:00 PM",
        "13 March 2026",
        "5:58 PM",
        "13 March 2026, 5:58 PM or later",
        "13 March 2026, 5:58 PM - 14 March 2026, 5:58 PM",
        "1 listopada 2026, 17:58",  # November in Polish, October in Croatian
        "Friday, 13 March 26",
        "yesterday",
        "13 March 1404, 17:58",
    ],
)
def test_what_is_read_in_part_is_not_read(text: str) -> None:
    times = read_times([text, "-", ""], datetime.UTC)
    assert times.read == [None, None, None]
    assert times.unread == {0}


def test_the_other_times_of_a_list_tell_days_from_months() -> None:
    """Alone, 3/4 is in March or in April."""
    april, doubtful = datetime.datetime(2026, 4, 3, 17, 58), "03/04/2026 17:58"
    assert read_times([doubtful, "13/04/2026 09:00"], datetime.UTC).read[0] == april
    assert read_times([doubtful, "04/13/2026 09:00"], datetime.UTC).read[0] == april.replace(month=3, day=4)
    alone = read_times([doubtful, "2026-03-01 12:00"], datetime.UTC)
    assert alone.read == [None, datetime.datetime(2026, 3, 1, 12)]
    mixed = read_times(["13/04/2026 09:00", "04/13/2026 09:00", "1 May 2026 09:00"], datetime.UTC)
    assert mixed.unread == {0, 1}


def test_the_zone_of_the_list_and_its_summer_time() -> None:
    kyiv = zoneinfo.ZoneInfo("Europe/Kyiv")
    assert parse_time("1 July 2026, 12:05 AM", kyiv) == datetime.datetime(2026, 6, 30, 21, 5)
    assert parse_time("13 March 2026, 7:58 PM EET", kyiv) == AFTERNOON
    assert name_of_zone(kyiv) == "Europe/Kyiv"
    assert "this machine" in name_of_zone(None)
