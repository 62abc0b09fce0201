package dev.exeunt.plan;

import dev.exeunt.map.Rule;
import dev.exeunt.schema.Column;

/** A column and what an erasure writes into it: an anonymising rule, NULL for a detached link, a ghost's key. */
public record Assignment(Column column, Rule rule) {}
