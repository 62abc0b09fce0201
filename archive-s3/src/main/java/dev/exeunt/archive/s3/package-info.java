/** Archives in an object store that speaks S3: Amazon's, MinIO, Ceph, R2, and others. */
@NullMarked
package dev.exeunt.archive.s3;

import org.jspecify.annotations.NullMarked;
