/** Calls the admin API of Keycloak: disables, enables and removes accounts, and revokes their sessions. */
@NullMarked
package dev.exeunt.spring.external.keycloak;

import org.jspecify.annotations.NullMarked;
