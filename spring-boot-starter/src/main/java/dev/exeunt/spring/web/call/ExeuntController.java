package dev.exeunt.spring.web.call;

/**
 * Marks the controllers of Exeunt, which share path prefix, access checks and error handling. What implements it is put
 * under its path, let in through its doors, and refused as problems.
 */
public interface ExeuntController {}
