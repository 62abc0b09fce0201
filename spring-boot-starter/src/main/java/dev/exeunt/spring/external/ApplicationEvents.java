package dev.exeunt.spring.external;

/**
 * Says whether events of the system {@code application} are published here as Spring's. {@code exeunt serve} has no listeners: an event
 * that it published would be lost.
 */
public record ApplicationEvents(boolean published) {}
