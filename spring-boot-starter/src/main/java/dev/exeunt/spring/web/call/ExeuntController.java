package dev.exeunt.spring.web.call;

/**
 * Marks the controllers of Exeunt, which share path prefix, access checks and error handling. Their methods declare who
 * may call them by {@link dev.exeunt.spring.signin.CallAccess}.
 */
public interface ExeuntController {}
