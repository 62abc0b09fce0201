package dev.exeunt.app.command;

import dev.exeunt.app.terminal.Interruption;
import dev.exeunt.app.terminal.Terminal;

/** What a command has of the world: streams and environment, and the word that it should stop. */
public record Session(Terminal terminal, Interruption interruption) {}
