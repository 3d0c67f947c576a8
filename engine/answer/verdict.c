#include "verdict.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

const struct verdict_words verdict_words[VERDICTS] = {
    [VERDICT_DOES_NOT_EXIST] = {"does not exist", "", ""},
    [VERDICT_SAME] = {"the same", "=", "="},
    [VERDICT_NOT_RESOLVED] = {"not resolved", "?", "?"},
    [VERDICT_TOO_SMALL] = {"too small to matter", "~", "\u2248"},
    [VERDICT_BETTER] = {"better", "", "\u25b2"},
    [VERDICT_WORSE] = {"worse", "", "\u25bc"},
    [VERDICT_MORE] = {"more", "", "+"},
    [VERDICT_FEWER] = {"fewer", "", "\u2212"},
};

enum verdict verdict_of(double difference, double se, double material,
                        enum hr_better better)
{
    if (isnan(difference))
        return VERDICT_DOES_NOT_EXIST;
    if (difference == 0.0 && se == 0.0)
        return VERDICT_SAME;
    if (!(fabs(difference) > VERDICT_ERRORS * se))
        return VERDICT_NOT_RESOLVED;
    if (fabs(difference) < material)
        return VERDICT_TOO_SMALL;
    if (better == HR_BETTER_NEITHER)
        return difference > 0.0 ? VERDICT_MORE : VERDICT_FEWER;
    return difference * (double)better > 0.0 ? VERDICT_BETTER : VERDICT_WORSE;
}

double verdict_trials(double difference, double se, double trials)
{
    const double errors = VERDICT_ERRORS * se / difference;

    return difference == 0.0 ? INFINITY : trials * errors * errors;
}

void verdict_interval(double count, double trials, double confidence, double *low,
                      double *high)
{
    const double z = gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - confidence));
    const double share = count / trials, scale = 1.0 + z * z / trials;
    const double middle = (share + z * z / (2.0 * trials)) / scale;
    const double half =
        z / scale *
        sqrt(share * (1.0 - share) / trials + z * z / (4.0 * trials * trials));

    *low = trials > 0.0 && count > 0.0 ? middle - half : 0.0;
    *high = trials > 0.0 && count < trials ? middle + half : 1.0;
}

/* Words with the least share each needs, strongest first. */
static const struct {
    double least;
    const char *words;
} likely[] = {
    {0.995, "virtually certain"}, {0.95, "almost certain"},
    {0.80, "very likely"},        {0.60, "likely"},
    {0.40, "as likely as not"},   {0.20, "unlikely"},
    {0.05, "very unlikely"},      {-1.0, "almost certainly not"},
};

enum { LIKELY = sizeof(likely) / sizeof(*likely), MIDDLE = 4 };

static int word_of(double share)
{
    int i = 0;

    while (i < LIKELY - 1 && !(share > likely[i].least))
        i++;
    return i;
}

/* Weaker is nearer to the middle. */
const char *verdict_likelihood(double count, double trials)
{
    double low, high;
    int least, most;

    verdict_interval(count, trials, 0.95, &low, &high);
    least = word_of(low);
    most = word_of(high);
    if (most > MIDDLE)
        return likely[most].words;
    return likely[least < MIDDLE ? least : MIDDLE].words;
}
