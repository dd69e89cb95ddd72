#include <yajl/yajl_parse.h>

// yajl_config takes its value as a variadic argument, which Swift cannot call.
static inline int yajl_set(yajl_handle handle, yajl_option option, int value) {
    return yajl_config(handle, option, value);
}
