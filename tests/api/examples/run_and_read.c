/* Run a scenario into a file, open the file, and read a number with its error. */
#include <headroom/result.h>
#include <headroom/run.h>
#include <headroom/scenario.h>

#include <stdio.h>

static int complain(const struct hr_messages *problems, const struct hr_error *error)
{
    for (size_t i = 0; i < problems->count; i++)
        fprintf(stderr, "%s\n", problems->item[i].text);
    if (*error->message != '\0')
        fprintf(stderr, "%s\n", error->message);
    return 1;
}

static enum hr_status print_federation(const char *path, struct hr_error *error)
{
    struct hr_result_values values;
    struct hr_result *result;
    size_t form, mean, se;

    if (hr_result_open(path, &result, error) != HR_OK)
        return error->status;
    if (hr_result_values(result, "/comparison/public_cost", &values, error) == HR_OK &&
        hr_result_find(result, "form", "federation", &form) &&
        hr_result_find(result, "statistic", "mean", &mean) &&
        hr_result_find(result, "statistic", "se", &se)) {
        const double *row =
            values.value + form * values.size[2]; /* [point, form, statistic] */

        printf("federation's public cost against the reference: %+.0f +- %.0f %s\n",
               row[mean], row[se], values.unit);
    }
    hr_result_close(result);
    return error->status;
}

int main(int argc, char **argv)
{
    const char *change[] = {"trials=64"};
    const struct hr_run_options options = {0};
    struct hr_messages problems = {0};
    struct hr_scenario *scenario = NULL;
    struct hr_run_facts facts;
    struct hr_error error = {0};

    if (argc != 3 ||
        hr_scenario_read(argv[1], change, 1, &scenario, &problems) != HR_OK ||
        hr_run(scenario, &options, argv[2], &facts, &error) != HR_OK ||
        print_federation(argv[2], &error) != HR_OK)
        return complain(&problems, &error);
    hr_scenario_free(scenario);
    return 0;
}
