#ifndef CEmbedded_h
#define CEmbedded_h

#include <stddef.h>

/// The exact bytes of a file, embedded in the binary; they live as long as the process.
struct EmbeddedFile {
    const unsigned char *bytes;
    size_t count;
};

struct EmbeddedFile embedded_config_hospitals(void);
struct EmbeddedFile embedded_config_clinics(void);
struct EmbeddedFile embedded_config_districts(void);
struct EmbeddedFile embedded_config_settings(void);

struct EmbeddedFile embedded_fixture_hospital_directory(void);
struct EmbeddedFile embedded_fixture_clinic_directory(void);
struct EmbeddedFile embedded_fixture_specialist_directory(void);
struct EmbeddedFile embedded_fixture_quotas_en(void);
struct EmbeddedFile embedded_fixture_quotas_tc(void);
struct EmbeddedFile embedded_fixture_discharge(void);
struct EmbeddedFile embedded_fixture_discharge_by_age(void);

struct EmbeddedFile embedded_page_style(void);
struct EmbeddedFile embedded_page_script(void);
struct EmbeddedFile embedded_map_script(void);
struct EmbeddedFile embedded_chart_script(void);
struct EmbeddedFile embedded_icon(void);

#endif
