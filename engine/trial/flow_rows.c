#include "flows.h"

static const char commissioner[] = "commissioner", providers[] = "providers",
                  outside[] = "outside";

/* clang-format off */
const struct flow_row flow_rows[FLOWS] = {
    [FLOW_CORE_INCOME]        = {"core_income", commissioner, providers},
    [FLOW_PRICE_RELIEF]       = {"price_relief", commissioner, providers},
    [FLOW_SERVICES_BOUGHT]    = {"services_bought", commissioner, providers},
    [FLOW_DELEGATED_BUDGET]   = {"delegated_budget", commissioner, providers},
    [FLOW_RELATIONSHIPS]      = {"relationships", commissioner, outside},
    [FLOW_CARETAKER_PREMIUM]  = {"caretaker_premium", commissioner, outside},
    [FLOW_OTHER_COSTS]        = {"other_costs", providers, outside},
    [FLOW_SALARIED_GPS]       = {"salaried_gps", providers, outside},
    [FLOW_LOCUMS]             = {"locums", providers, outside},
    [FLOW_RECHARGES]          = {"recharges", providers, outside},
    [FLOW_LEVIES]             = {"levies", providers, outside},
    [FLOW_SETUP]              = {"setup", providers, outside},
    [FLOW_ORGANISATION_COSTS] = {"organisation_costs", providers, outside},
    [FLOW_CONTRACT_WORK]      = {"contract_work", providers, outside},
    [FLOW_WIND_UPS]           = {"wind_ups", providers, outside},
    [FLOW_DELEGATED_CLAIMS]   = {"delegated_claims", providers, outside},
    [FLOW_HOSPITAL_EFFECTS]   = {"hospital_effects", outside, providers},
    [FLOW_LEFT + BEARER_PARTNERS]     = {"left_to_partners", providers, "partners"},
    [FLOW_LEFT + BEARER_RESERVES]     = {"left_to_reserves", providers, "reserves"},
    [FLOW_LEFT + BEARER_ORGANISATION] = {"left_to_organisation", providers, "organisation"},
    [FLOW_LEFT + BEARER_OWNERS]       = {"left_to_owners", providers, "owners"},
    [FLOW_LEFT + BEARER_CREDITORS]    = {"left_to_creditors", providers, "creditors"},
    [FLOW_LEFT + BEARER_TRUST]        = {"left_to_trust", providers, "trust"},
    [FLOW_LEFT + BEARER_COMMISSIONER] = {"back_to_commissioner", providers, commissioner},
    [FLOW_LEFT + BEARER_INSURER]      = {"left_to_insurer", providers, "insurer"},
};
/* clang-format on */
