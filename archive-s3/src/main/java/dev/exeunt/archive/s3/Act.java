package dev.exeunt.archive.s3;

/** What is asked of a store, and the permission that it takes. */
enum Act {
    STORE("store in", "s3:PutObject and s3:AbortMultipartUpload"),
    READ("read from", "s3:GetObject"),
    LIST("list what is in", "s3:ListBucket"),
    LIST_UNFINISHED("list what was left unfinished in", "s3:ListBucketMultipartUploads"),
    DELETE("delete from", "s3:DeleteObject and s3:AbortMultipartUpload");

    private final String words;
    private final String permission;

    Act(String words, String permission) {
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
