package dev.exeunt.app.command;

import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;

/** Holds the terminal and the interrupt state of a command. */
public record CommandContext(Terminal terminal, UserInterrupt interruption) {}
