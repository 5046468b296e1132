// The digest's state as a plain value, which can be copied: OpenSSL calls these functions old, and keeps them.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
