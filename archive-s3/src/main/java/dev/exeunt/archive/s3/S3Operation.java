package dev.exeunt.archive.s3;

/** Lists the operations on an object store and the permission that each needs. */
enum S3Operation {
    STORE("store in", "s3:PutObject and s3:AbortMultipartUpload"),
    READ("read from", "s3:GetObject"),
    LIST("list what is in", "s3:ListBucket"),
    LIST_UNFINISHED("list what was left unfinished in", "s3:ListBucketMultipartUploads"),
    DELETE("delete from", "s3:DeleteObject and s3:AbortMultipartUpload");

    private final String words;
    private final String permission;

    S3Operation(String words, String permission) {
        this.words = words;
        this.permission = permission;
    }

    /** As it follows "may not". */
    String words() {
        return words;
    }

    String permission() {
        return permission;
    }
}
