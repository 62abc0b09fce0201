package dev.exeunt.spring.external;

/**
 * Takes the events of one system of the map in the application, such as to disable accounts at an identity provider. Declare a bean; the
 * system then needs no settings. Events are delivered in the background, after the transaction of the change that they tell of.
 *
 * <pre>{@code
 * @Component
 * final class AccountsAtProvider implements AccountEventReceiver {
 *     private final ProviderClient provider;
 *
 *     AccountsAtProvider(ProviderClient provider) {
 *         this.provider = provider;
 *     }
 *
 *     @Override
 *     public String system() {
 *         return "identity-provider";
 *     }
 *
 *     @Override
 *     public EventAnswer receive(AccountEvent event) {
 *         switch (event.type()) {
 *             case "user.deactivated", "user.erasure_starting" -> provider.disable(event.subject());
 *             case "user.reactivated", "user.cancelled", "user.erasure_blocked", "user.erasure_held", "user.erasure_failed" ->
 *                 provider.enable(event.subject());
 *             case "user.erased" -> {
 *                 return provider.remove(event.subject()) ? EventAnswer.erased() : EventAnswer.nothingFound();
 *             }
 *             default -> {}
 *         }
 *         return EventAnswer.taken();
 *     }
 * }
 * }</pre>
 */
public interface AccountEventReceiver {

    /** Returns the name of the system under {@code external} of the map. It is asked once, at the start. */
    String system();

    /**
     * Acts on an event, in a thread of the system. The events of one person come one after the other, in their order; those of several
     * people come at the same time. An event may come again, also after it was taken: each act must be repeatable.
     *
     * @return what was done; {@link EventAnswer#taken()} where the map wants no answer to the event
     * @throws Exception where the event was not taken. It is tried again, with growing pauses, for three days. The log shows the name of
     *     the exception's class and not its message, which may name a person
     */
    EventAnswer receive(AccountEvent event) throws Exception;
}
