package dev.exeunt.spring.mail;

/**
 * Holds the content of a message in one language.
 *
 * @param text as plain text
 * @param html the same as a whole HTML document
 */
record ComposedMail(String language, String subject, String text, String html) {}
