/* LAPACKE takes C99 complex types unless told otherwise; Swift imports neither form, and needs neither. */
#define LAPACK_COMPLEX_STRUCTURE
#include <cblas.h>
#include <lapacke.h>
