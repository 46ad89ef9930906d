"""How many communes have a result, of those that it concerns."""

from analytics.summary import Coverage


def test_half_of_the_communes_are_half_and_nobody_concerned_is_nothing():
    assert Coverage(1, 2).share == 0.5
    assert Coverage(0, 0).share == 0
