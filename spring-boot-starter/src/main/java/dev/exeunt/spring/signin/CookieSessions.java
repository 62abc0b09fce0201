package dev.exeunt.spring.signin;

/** Holds the sessions of browsers, and the cookie by which they are known. */
public record CookieSessions(BrowserSessions sessions, SessionCookie cookie) {}
