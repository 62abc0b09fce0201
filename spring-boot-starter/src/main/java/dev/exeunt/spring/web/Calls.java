package dev.exeunt.spring.web;

/** A group of calls. What implements it is put under its path, let in through its doors, and refused as problems. */
interface Calls {}
