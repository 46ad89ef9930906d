"""The civil-registry counter as a queue: utilisation, backlog, time to clear it, probability of waiting, staff for a target
(method note 1.3).

Rates are per working day: ``arrivals`` λ requests that come, ``capacity`` μ requests that the whole counter serves,
``service_rate`` those that one clerk serves. A missing input (NaN) leaves the result missing; a queue that never ends is
infinite, which is not the same.
"""

from __future__ import annotations

import numpy as np

# Quotients of measured counts: 5.000000000000001 clerks are 5.
_ROUNDING = 9


def utilisation(arrivals: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """ρ = λ ÷ μ: from 1 on, the backlog grows without limit. Infinite where requests come and nobody serves them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(arrivals, dtype=float) / capacity


def next_backlog(backlog: np.ndarray, arrivals: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Requests waiting after one period: B(t+1) = max(0, B(t) + λ(t) − μ(t))."""
    return np.maximum(0.0, backlog + arrivals - capacity)


def backlog_path(backlog: np.ndarray, arrivals: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Backlog at the end of each period, where arrivals and capacity change from one to the next.

    Args:
        backlog: what waits at the start, one a row.
        arrivals, capacity: rows × periods.
    """
    arrivals, capacity = np.broadcast_arrays(arrivals, capacity)
    path = np.empty(arrivals.shape)
    waiting = np.asarray(backlog, dtype=float)
    for period in range(arrivals.shape[1]):
        waiting = next_backlog(waiting, arrivals[:, period], capacity[:, period])
        path[:, period] = waiting
    return path


def backlog_after(backlog: np.ndarray, arrivals: np.ndarray, capacity: np.ndarray, days: np.ndarray | float) -> np.ndarray:
    """Backlog after ``days`` of the same arrivals and capacity: what ``backlog_path`` reaches at constant rates."""
    return np.maximum(0.0, backlog + days * (np.asarray(arrivals, dtype=float) - capacity))


def clearance_days(backlog: np.ndarray, arrivals: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Days until nothing waits, B ÷ (μ − λ); infinite where it does not clear: λ above μ, or λ = μ with requests waiting."""
    backlog, spare = np.broadcast_arrays(np.asarray(backlog, dtype=float), np.subtract(capacity, arrivals, dtype=float))
    days = np.divide(backlog, spare, out=np.full(backlog.shape, np.inf), where=spare > 0)
    days = np.where((spare == 0) & (backlog == 0), 0.0, days)
    return np.where(np.isnan(backlog) | np.isnan(spare), np.nan, days)


def time_in_system(present: np.ndarray, arrivals: np.ndarray) -> np.ndarray:
    """Little's law, W = L ÷ λ: mean days that a request spends, from the number waiting or in service. NaN without arrivals."""
    arrivals = np.asarray(arrivals, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(arrivals > 0, present / arrivals, np.nan)


def waiting_probability(arrivals: np.ndarray, service_rate: np.ndarray, servers: np.ndarray) -> np.ndarray:
    """Erlang-C: probability that a request waits in an M/M/c queue; 1 where arrivals reach what the servers can serve.

    Only for rates measured within the day (per hour): over whole days a counter is not an M/M/c queue. The recursion is
    Erlang-B's, which stays within 0–1 for any number of servers where factorials overflow.

    Args:
        arrivals, service_rate: per unit of time, of the counter and of one server.
        servers: whole numbers.

    Raises:
        ValueError: a number of servers is not whole, or is negative.
    """
    arrivals, service_rate, servers = _queues(arrivals, service_rate, servers)
    stable = arrivals < servers * service_rate
    load = np.divide(arrivals, service_rate, out=np.zeros(arrivals.shape), where=stable)
    blocked = np.ones(arrivals.shape)
    for server in range(1, _most(servers) + 1):
        blocked = np.where(server <= servers, load * blocked / (server + load * blocked), blocked)
    share = np.divide(load, servers, out=np.zeros(arrivals.shape), where=stable)
    waits = np.where(stable, blocked / (1 - share * (1 - blocked)), 1.0)
    return np.where(np.isnan(arrivals + service_rate + servers), np.nan, waits)


def mean_wait(arrivals: np.ndarray, service_rate: np.ndarray, servers: np.ndarray) -> np.ndarray:
    """Mean time waited before service in an M/M/c queue, C ÷ (cμ − λ); infinite where the servers cannot keep up.

    Same arguments, limits and errors as ``waiting_probability``; in the unit of time of the rates.
    """
    waits = waiting_probability(arrivals, service_rate, servers)
    spare = np.asarray(servers, dtype=float) * service_rate - arrivals
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spare <= 0, np.where(np.isnan(waits), np.nan, np.inf), waits / spare)


def staff_to_clear(
    requests_per_day: np.ndarray, backlog: np.ndarray, days: np.ndarray, productivity: np.ndarray, utilisation: np.ndarray
) -> np.ndarray:
    """Clerks needed to serve each day's requests and clear a backlog in ``days`` at a target utilisation, rounded up."""
    return np.ceil(np.round((requests_per_day + backlog / days) / (productivity * utilisation), _ROUNDING))


def staff_for_wait(arrivals: np.ndarray, service_rate: np.ndarray, longest_mean_wait: float) -> np.ndarray:
    """Fewest servers with which the mean wait of an M/M/c queue is at most ``longest_mean_wait``; NaN where a rate is missing
    or no server would do (service rate 0).

    Raises:
        ValueError: the wait is not above 0.
    """
    if longest_mean_wait <= 0:
        raise ValueError("no number of servers makes every wait vanish")
    arrivals, service_rate = np.broadcast_arrays(np.asarray(arrivals, dtype=float), np.asarray(service_rate, dtype=float))
    possible = (service_rate > 0) & ~np.isnan(arrivals)
    load = np.divide(arrivals, service_rate, out=np.zeros(arrivals.shape), where=possible)
    staff = np.where(possible, np.floor(load), np.nan)
    short = possible.copy()
    while short.any():
        staff[short] += 1
        short[short] = mean_wait(arrivals[short], service_rate[short], staff[short]) > longest_mean_wait
    return staff


def _queues(arrivals: np.ndarray, service_rate: np.ndarray, servers: np.ndarray) -> tuple[np.ndarray, ...]:
    count = np.asarray(servers, dtype=float)
    known = count[~np.isnan(count)]
    if (known < 0).any() or (known % 1 != 0).any():
        raise ValueError("an M/M/c queue has a whole number of servers")
    return tuple(np.broadcast_arrays(np.asarray(arrivals, dtype=float), np.asarray(service_rate, dtype=float), count))


def _most(servers: np.ndarray) -> int:
    return int(np.nan_to_num(servers).max(initial=0))
