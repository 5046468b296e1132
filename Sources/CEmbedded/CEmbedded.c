// Files embedded as they are. In Swift they would be literals of a hundred thousand numbers, which take the compiler half a minute.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CEmbedded.h"

#define FILE_OF(function, array) \
    struct EmbeddedFile function(void) { return (struct EmbeddedFile){array, sizeof array}; }

static const unsigned char hospitals[] = {
#embed "../../config/hospitals.json"
};
static const unsigned char clinics[] = {
#embed "../../config/clinics.json"
};
static const unsigned char districts[] = {
#embed "../../config/districts.json"
};
static const unsigned char settings[] = {
#embed "../../config/waitkeeper.json"
};
FILE_OF(embedded_config_hospitals, hospitals)
FILE_OF(embedded_config_clinics, clinics)
FILE_OF(embedded_config_districts, districts)
FILE_OF(embedded_config_settings, settings)

static const unsigned char hospital_directory[] = {
#embed "../../Fixtures/hospital-directory/facility-hosp.json"
};
static const unsigned char clinic_directory[] = {
#embed "../../Fixtures/clinic-directory/facility-fmc.json"
};
static const unsigned char specialist_directory[] = {
#embed "../../Fixtures/specialist-directory/facility-sop.json"
};
static const unsigned char quotas_en[] = {
#embed "../../Fixtures/clinic-quota/g0_9uo7a_p-en.json"
};
static const unsigned char quotas_tc[] = {
#embed "../../Fixtures/clinic-quota/g0_9uo7a_p-tc.json"
};
static const unsigned char discharge[] = {
#embed "../../Fixtures/discharge/ipdpdd-en.json"
};
static const unsigned char discharge_by_age[] = {
#embed "../../Fixtures/discharge-by-age/ipdpdd-age-gender-en.json"
};
FILE_OF(embedded_fixture_hospital_directory, hospital_directory)
FILE_OF(embedded_fixture_clinic_directory, clinic_directory)
FILE_OF(embedded_fixture_specialist_directory, specialist_directory)
FILE_OF(embedded_fixture_quotas_en, quotas_en)
FILE_OF(embedded_fixture_quotas_tc, quotas_tc)
FILE_OF(embedded_fixture_discharge, discharge)
FILE_OF(embedded_fixture_discharge_by_age, discharge_by_age)

static const unsigned char style[] = {
#embed "../WaitWeb/Dashboard/Assets/page.css"
};
static const unsigned char page_script[] = {
#embed "../WaitWeb/Dashboard/Assets/page.js"
};
static const unsigned char map_script[] = {
#embed "../WaitWeb/Dashboard/Assets/map.js"
};
static const unsigned char chart_script[] = {
#embed "../WaitWeb/Dashboard/Assets/chart.js"
};
static const unsigned char icon[] = {
#embed "../WaitWeb/Dashboard/Assets/icon.svg"
};
FILE_OF(embedded_page_style, style)
FILE_OF(embedded_page_script, page_script)
FILE_OF(embedded_map_script, map_script)
FILE_OF(embedded_chart_script, chart_script)
FILE_OF(embedded_icon, icon)
