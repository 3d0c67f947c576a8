"""What a file says of the choice between forms: /decision, and each form's own statistics less
the reference form's, /comparison_of; from the trials of this program."""
import numpy as np
from scipy import stats

from estimates import CONFIDENCE, NORMAL_POINT, QUANTILES, at_rank, row_of, selected, share

OBJECTIVES = {"economic": ("economic_net_position_less_unmet", 1.0), "public": ("net_monetary_benefit", 1.0),
              "gp": ("todays_gps", 1.0), "patient": ("unmet_appointments", -1.0)}  # less of the last is better
LEAST_EXISTING = 0.5  # of the trials of another: else a form is not ranked


class Choice:
    """Forms in the trials in which all of them exist, larger being better."""

    def __init__(self, values):
        self.forms = list(values)
        exists = {form: (~np.isnan(x)).sum() for form, x in values.items()}
        self.ranked = [form for form in self.forms if exists[form] >= LEAST_EXISTING * max(exists.values())]
        table = np.array([values[form] for form in self.ranked])
        self.complete = ~np.isnan(table).any(axis=0)
        self.table = table[:, self.complete]
        self.n = self.table.shape[1]

    def ranks(self):
        """Share of trials in which each form has each rank; equals share the ranks they span."""
        above = (self.table[None] > self.table[:, None]).sum(axis=1)
        equal = (self.table[None] == self.table[:, None]).sum(axis=1)
        shares = [((above <= rank) & (rank < above + equal)) / equal for rank in range(len(self.ranked))]
        return np.array([share_of.mean(axis=1) for share_of in shares]).T

    def of_form(self, i, ranks):
        best = share(ranks[i, 0] * self.n, self.n)
        cost = self.table.max(axis=0) - self.table[i]
        regret = row_of(cost)
        return {"p_best": best.value, "p_best_low": best.low, "p_best_high": best.high,
                "mean_rank": ranks[i] @ np.arange(1, len(self.ranked) + 1), "regret": regret["mean"],
                "regret_low": regret["mean_low"], "regret_high": regret["mean_high"],
                "regret_q95": at_rank(np.sort(cost), 0.95 * (self.n - 1)), "regret_max": cost.max()}

    def of_rival(self, i, j):
        better = share((self.table[i] > self.table[j]).sum(), self.n)
        return {"better": better.value, "better_low": better.low, "better_high": better.high,
                "equal": (self.table[i] == self.table[j]).mean()}

    def leader(self):
        """Who has the best mean, how sure that is, and whether it is told from each rival at 95 %:
        a chance of being wrong for all of them together, or for either side of a single one."""
        at = int(np.argmax(self.table.mean(axis=1)))
        leads = [lead_of(self.table[at] - row) for j, row in enumerate(self.table) if j != at]
        ways = max(len(leads), 2)
        wrong = sum(stats.norm.sf(lead) * ways / len(leads) for lead in leads)
        return at, max(0.0, 1.0 - wrong), float(min(leads, default=np.inf) > stats.norm.isf((1.0 - CONFIDENCE) / ways))


def lead_of(less):
    """A mean in standard errors; without bound where it is the same in every trial."""
    if len(less) < 2:
        return 0.0
    error = less.std(ddof=1) / np.sqrt(len(less))
    return less.mean() / error if error > 0.0 else np.inf


def row_of_forms(own, other):
    """Each statistic of the one less that of the other, over trials where both exist: values, of the
    mean and the share its error and interval too. Those of quantiles are by influence functions,
    which another test looks at (tests/statistics)."""
    both = ~(np.isnan(own) | np.isnan(other))
    a, b = own[both], other[both]
    n = len(a)
    first, second = row_of(a), row_of(b)
    row = {name: first[name] - second[name] for name in (*QUANTILES, "tvar05", "tvar95", "p_positive")}
    less = row_of(a - b, selected(own, other))
    row.update({name: less[name] for name in ("mean", "se", "mean_low", "mean_high", "mean_flags")})
    only = [((a > 0.0) & ~(b > 0.0)).sum(), (~(a > 0.0) & (b > 0.0)).sum()]
    row.update(difference_of_shares(*only, n))
    row["count"] = float(n)
    return row


def difference_of_shares(first, second, n):
    """Bonett and Price."""
    if n == 0:
        return {"p_positive_low": np.nan, "p_positive_high": np.nan}
    p, q = (first + 1.0) / (n + 2.0), (second + 1.0) / (n + 2.0)
    reach = NORMAL_POINT * np.sqrt((p + q - (p - q) ** 2) / (n + 2.0))
    return {"p_positive_low": max(p - q - reach, -1.0), "p_positive_high": min(p - q + reach, 1.0)}
