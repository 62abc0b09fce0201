package dev.exeunt.internal.map.notice;

import dev.exeunt.map.DataMap.LanguageText;

/**
 * Says who is responsible for the data, and whom a person may write to. Details that the map leaves out are empty.
 *
 * @param contact how to reach the controller: an e-mail address, a telephone number, a form
 * @param officer the data protection officer, and how to reach that person
 * @param representative the representative in the European Union (GDPR Art. 27)
 * @param authority the supervisory authority that takes complaints
 */
public record ControllerDetails(
        LanguageText name,
        LanguageText address,
        LanguageText contact,
        LanguageText officer,
        LanguageText representative,
        LanguageText authority) {}
