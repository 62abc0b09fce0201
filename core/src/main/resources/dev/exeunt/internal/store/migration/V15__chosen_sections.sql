-- The only sections that an export was asked to hold, by their names. NULL is all of them, as exports from before this column have it.
ALTER TABLE exeunt.export ADD COLUMN chosen_sections text[];
