package dev.exeunt.spring.external;

import dev.exeunt.ExeuntException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds the beans of the application that take events, by the system of each. */
record SystemBeans(Map<String, AccountEventReceiver> receivers) {

    /**
     * @param systems the names of the map
     * @throws ExeuntException where two beans name one system, or one names a system that the map does not have
     */
    static SystemBeans of(List<AccountEventReceiver> beans, List<String> systems) {
        Map<String, AccountEventReceiver> receivers = new LinkedHashMap<>();
        for (AccountEventReceiver bean : beans) {
            String system = bean.system();
            String named = "The bean of " + bean.getClass().getName() + " takes the events of " + system;
            if (!systems.contains(system)) {
                throw new ExeuntException(named + ", which the map does not name under external. "
                        + (systems.isEmpty() ? "It names none." : "There are: " + String.join(", ", systems) + "."));
            }
            if (receivers.put(system, bean) != null) {
                throw new ExeuntException(named + ", and so does another bean. Let one of them take the events.");
            }
        }
        return new SystemBeans(receivers);
    }
}
