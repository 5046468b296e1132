#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>

/* Typed doors to libcurl's variadic functions, which Swift cannot call. One door for each type that libcurl takes. */

/* Starts libcurl for the whole process; call it once, before anything else. */
CURLcode ccurl_start(void);

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value);
CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value);
CURLcode ccurl_set_data_function(CURL *easy, CURLoption option, curl_write_callback function);
CURLcode ccurl_set_socket_function(CURL *easy, curl_opensocket_callback function);
CURLcode ccurl_set_request_function(CURL *easy, curl_prereq_callback function);

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

#endif
