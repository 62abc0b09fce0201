package dev.exeunt.spring.web;

/** A group of calls. What implements it is put under the base path, let in through its doors, and refused as problems. */
interface Calls {

    /** Which part of the calls it is. */
    default Place place() {
        return Place.ACCOUNT;
    }

    /** Where a group of calls lies. */
    enum Place {
        ACCOUNT,
        GATE
    }
}
