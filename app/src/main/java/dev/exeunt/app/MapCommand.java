package dev.exeunt.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that holds a map against a database. */
abstract class MapCommand implements Callable<Integer> {

    final Session session;

    @Mixin
    final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    final MapOptions map = new MapOptions();

    @Mixin
    final OutputOptions say = new OutputOptions();

    MapCommand(Session session) {
        this.session = session;
    }
}
