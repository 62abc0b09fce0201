package dev.exeunt.spring.external;

/** Runs work in a transaction of the application. An exception rolls it back and is passed on. */
@FunctionalInterface
interface EventTransaction {

    void run(Runnable work);
}
