/* Memory is what the machine has, or what a job, a container or a user is allowed. */
#include "test.h"

#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char root[] = "memory_limit_XXXXXX";

static int make_root(void **state)
{
    (void)state;
    strcpy(root, "memory_limit_XXXXXX");
    return mkdtemp(root) == NULL;
}

static int remove_root(void **state)
{
    char command[64];

    (void)state;
    snprintf(command, sizeof(command), "rm -r '%s'", root);
    return system(command);
}

/* A system file beneath the root, with the folders above it. */
static void write_file(const char *name, const char *text)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof(path), "%s%s", root, name);
    for (char *slash = path + strlen(root); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void is_a_jobs(double bytes)
{
    const struct memory_limit limit = memory_limit(root);

    assert_true(limit.bytes == bytes);
    assert_string_equal(limit.whose, "this job or container");
}

static void a_job_of_version_2_has_what_its_group_allows(void **state)
{
    (void)state;
    write_file("/proc/self/cgroup", "0::/slurm/job_7\n");
    write_file("/sys/fs/cgroup/slurm/job_7/memory.max", "64000000\n");
    is_a_jobs(64e6);
}

static void a_group_above_binds_too(void **state)
{
    (void)state;
    write_file("/proc/self/cgroup", "0::/slurm/job_7/step_0\n");
    write_file("/sys/fs/cgroup/slurm/job_7/step_0/memory.max", "max\n");
    write_file("/sys/fs/cgroup/slurm/job_7/memory.max", "64000000\n");
    write_file("/sys/fs/cgroup/slurm/memory.max", "32000000\n");
    is_a_jobs(32e6);
}

static void a_container_has_its_limit_at_the_top(void **state)
{
    (void)state;
    write_file("/proc/self/cgroup", "0::/as/seen/from/outside\n");
    write_file("/sys/fs/cgroup/memory.max", "16000000\n");
    is_a_jobs(16e6);
}

static void a_job_of_version_1_has_what_its_group_allows(void **state)
{
    (void)state;
    write_file("/proc/self/cgroup",
               "5:cpu,cpuacct:/job\n4:cpuset,memory:/job\n0::/init.scope\n");
    write_file("/sys/fs/cgroup/memory/job/memory.limit_in_bytes", "8000000\n");
    write_file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    is_a_jobs(8e6);
}

static void without_groups_it_is_the_machines(void **state)
{
    (void)state;
    assert_string_equal(memory_limit(root).whose, "this machine");
    assert_true(memory_limit(root).bytes > 0.0);
}

/* Sanitizers map more than any limit that would count here. */
#ifndef __SANITIZE_ADDRESS__
static void lowered(__rlimit_resource_t resource)
{
    struct rlimit before, less;

    assert_int_equal(getrlimit(resource, &before), 0);
    less = (struct rlimit){(rlim_t)1 << 30, before.rlim_max};
    assert_int_equal(setrlimit(resource, &less), 0);
    assert_true(memory_limit(root).bytes == 1073741824.0);
    assert_string_equal(memory_limit(root).whose, "this process (ulimit)");
    assert_int_equal(setrlimit(resource, &before), 0);
}

static void a_users_limit_counts(void **state)
{
    (void)state;
    lowered(RLIMIT_DATA);
    lowered(RLIMIT_AS);
}
#endif

#define IN_A_ROOT(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOT(a_job_of_version_2_has_what_its_group_allows),
        IN_A_ROOT(a_group_above_binds_too),
        IN_A_ROOT(a_container_has_its_limit_at_the_top),
        IN_A_ROOT(a_job_of_version_1_has_what_its_group_allows),
        IN_A_ROOT(without_groups_it_is_the_machines),
#ifndef __SANITIZE_ADDRESS__
        IN_A_ROOT(a_users_limit_counts),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
