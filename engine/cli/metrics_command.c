#include "command.h"

#include "headroom/metrics.h"
#include "json.h"

#include <stdio.h>

static const char *direction(const struct hr_metric *metric)
{
    if (metric->better == HR_BETTER_NEITHER)
        return "none";
    return metric->better == HR_BETTER_HIGHER ? "higher" : "lower";
}

static const char *money(const struct hr_metric *metric)
{
    return metric->discounted ? "present value" : metric->money ? "yes" : "";
}

static enum hr_status write_metrics(void)
{
    struct json json;

    json_start(&json);
    json_open(&json, "metrics", '[');
    for (size_t i = 0; i < hr_metric_count(); i++) {
        const struct hr_metric metric = hr_metric_at(i);

        json_open(&json, NULL, '{');
        json_text(&json, "name", metric.name);
        json_text(&json, "unit", metric.unit);
        json_text(&json, "meaning", metric.meaning);
        json_text(&json, "better", direction(&metric));
        json_text(&json, "group", metric.group);
        json_text(&json, "label", metric.label);
        json_number(&json, "scale", metric.scale);
        json_text(&json, "suffix", metric.suffix);
        json_number(&json, "decimals", metric.decimals);
        json_flag(&json, "money", metric.money);
        json_flag(&json, "discounted", metric.discounted);
        json_flag(&json, "count", metric.count);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    return print_text_and_free(json_end(&json));
}

static int metrics_main(int argc, char **argv)
{
    bool json;

    if (json_only(argc, argv,
                  "List the metrics of a result: unit, which way is better, meaning. "
                  "The table of results/README.md is this one.",
                  &json) != 0)
        return HR_FAILED;
    if (json)
        return (int)write_metrics();
    puts("| name | unit | money | better | meaning |\n|---|---|---|---|---|");
    for (size_t i = 0; i < hr_metric_count(); i++) {
        const struct hr_metric metric = hr_metric_at(i);

        printf("| `%s` | %s | %s | %s | %s |\n", metric.name, metric.unit,
               money(&metric), direction(&metric), metric.meaning);
    }
    return HR_OK;
}

const struct command metrics_command = {"metrics", "list the metrics of a result",
                                        metrics_main, ANSWERS, 200};
