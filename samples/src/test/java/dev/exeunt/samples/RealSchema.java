package dev.exeunt.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real system: what its owner answers where the draft asks, and rows that no filler can know of, since what they are is
 * said by a number or a word beside the key, or by an address.
 *
 * @param answers what follows {@code erase:}, by {@code table.role}, with further lines of the link; what follows a semicolon is the link's own {@code where}
 * @param seams what is added after filling; {@code :key} and {@code :email} are the subject's
 */
record RealSchema(String name, String subject, Map<String, String> answers, List<ExtraRow> seams) {

    /**
     * Describes a row to add: a copy of a bystander's row with other values.
     *
     * @param values a JSON object
     */
    record ExtraRow(String table, String values) {}

    static List<RealSchema> all() {
        return List.of(cratesIo(), documenso(), openStreetMap());
    }

    @Override
    public String toString() {
        return name;
    }

    /** A crate's owner is a user (owner_kind 0) or a team (1), and both are numbers: a team may have the subject's number. */
    private static RealSchema cratesIo() {
        return new RealSchema(
                "cratesio",
                "public.users",
                Map.of("crate_owners.owner", "delete; owner_kind = 0"),
                List.of(
                        new ExtraRow("crate_owners", "{\"owner_id\": \":key\", \"owner_kind\": 0}"),
                        new ExtraRow("crate_owners", "{\"owner_id\": \":key\", \"owner_kind\": 1}")));
    }

    /**
     * What somebody did to a document is evidence for all who signed it: the entry stays, and nothing in it says who. A link
     * shared with an address is of no use without the address. A team may have made somebody's address its own: it gets
     * another one, and goes on. An organisation goes on without the one who founded it, and what somebody has signed binds.
     */
    private static RealSchema documenso() {
        Map<String, String> answers = new LinkedHashMap<>();
        String nameless =
                "anonymize: { data: { sql: \"'{}'\" }, name: null, email: null, userAgent: null, ipAddress: null }, retain: [type] }";
        answers.put("DocumentAuditLog.user", "{ detach: true, " + nameless);
        answers.put("ApiToken.link", "delete");
        answers.put("AvatarImage.link", "{ keep: others may show it too, retain: [bytes] }\n    export: none");
        answers.put(
                "Envelope.link",
                "{ keep: the team goes on with it, retain: [secondaryId, externalId, title, qrToken, authOptions, formValues,"
                        + " publicTitle, publicDescription, signatureLevel] }");
        answers.put("Folder.link", "{ keep: the team's, retain: [name] }");
        answers.put("Webhook.link", "{ keep: the team's systems wait for it, retain: [webhookUrl, secret] }");
        answers.put(
                "Recipient.email",
                "{ anonymize: { email: \"deleted-{random}@erased.invalid\", name: \"\", token: \"{random}\" }, retain:"
                        + " [authOptions, rejectionReason] }");
        answers.put(
                "Organisation.link", "{ keep: those who stay choose another owner, retain: [name, url, customerId] }");
        answers.put("OrganisationEmail.email", "{ keep: the organisation sends from it, retain: [email, emailName] }");
        answers.put(
                "TeamEmail.email",
                "{ anonymize: { email: \"deleted-{random}@erased.invalid\", name: Former member } }");
        String theirs = "\"email\": \":EMAIL\"";
        return new RealSchema(
                "documenso",
                "public.\"User\"",
                answers,
                List.of(
                        new ExtraRow(
                                "Recipient",
                                "{\"id\": 990001, \"token\": \"CANARY-seam\", \"name\": \"CANARY-seam\", " + theirs
                                        + "}"),
                        new ExtraRow(
                                "DocumentShareLink", "{\"id\": 990002, \"slug\": \"CANARY-seam\", " + theirs + "}"),
                        new ExtraRow(
                                "OrganisationMemberInvite",
                                "{\"id\": \"seam\", \"token\": \"CANARY-seam\", " + theirs + "}"),
                        new ExtraRow(
                                "OrganisationEmail",
                                "{\"id\": \"seam\", \"emailName\": \"CANARY-seam\", " + theirs + "}")));
    }

    /**
     * What somebody wrote to others goes, the other's copy too, but not that it was written; what was written to somebody
     * stays the writer's. Rails says in a column of its own what a number refers to.
     */
    private static RealSchema openStreetMap() {
        return new RealSchema(
                "openstreetmap",
                "public.users",
                Map.of(
                        "messages.from-user",
                        "{ anonymize: { title: \"[deleted]\", body: \"[deleted]\" } }",
                        "messages.to-user",
                        "{ keep: the sender's own, retain: [title, body] }",
                        "active_storage_attachments.link",
                        "delete",
                        "active_storage_blobs.link",
                        "{ keep: a job deletes it with its file, retain: [key, filename, content_type, metadata, service_name,"
                                + " checksum] }\n    export: none",
                        "issues.reportable",
                        "{ keep: a case is evidence, retain: [reportable_type] }",
                        "noticed_events.link",
                        "delete",
                        "oauth_applications.link",
                        "{ keep: others sign in by it, retain: [name, uid, secret, redirect_uri, scopes, owner_type] }"),
                List.of(
                        new ExtraRow(
                                "issues",
                                "{\"id\": 990001, \"reportable_type\": \"User\", \"reportable_id\": \":key\"}"),
                        new ExtraRow(
                                "issues",
                                "{\"id\": 990002, \"reportable_type\": \"Note\", \"reportable_id\": \":key\"}"),
                        new ExtraRow(
                                "active_storage_attachments",
                                "{\"id\": 990003, \"record_type\": \"User\", \"record_id\": \":key\", \"name\": \"CANARY-seam\"}"),
                        new ExtraRow(
                                "noticed_events",
                                "{\"id\": 990004, \"record_type\": \"User\", \"record_id\": \":key\"}"),
                        new ExtraRow(
                                "noticed_events",
                                "{\"id\": 990005, \"record_type\": \"Trace\", \"record_id\": \":key\"}"),
                        new ExtraRow(
                                "noticed_notifications",
                                "{\"id\": 990006, \"recipient_type\": \"User\", \"recipient_id\": \":key\"}")));
    }
}
