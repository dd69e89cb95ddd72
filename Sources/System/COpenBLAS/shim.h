/* LAPACKE takes C99 complex types unless told otherwise; Swift imports neither form, and needs neither. */
#define LAPACK_COMPLEX_STRUCTURE
#include <cblas.h>
#include <lapacke.h>

/* OpenBLAS's own: a buffer that one thread computes in, and giving it back. No header of it declares them. */
void *blas_memory_alloc(int position);
void blas_memory_free(void *buffer);

/* Its name for the kind of processor whose routines it has chosen. */
char *openblas_get_corename(void);
