package dev.exeunt.spring;

import dev.exeunt.map.DataMap.FileStore;

/** Opens stores of files at locations of one kind, such as those of an object store. Directories need no factory. */
public interface FileStoreFactory {

    /** Returns whether the location is of that kind. */
    boolean opens(String location);

    /**
     * Opens the store at the location.
     *
     * @param location as {@code exeunt.stores.NAME} has it
     * @throws dev.exeunt.ExeuntException where the location is none, with what is valid
     */
    FileStore open(String location);
}
