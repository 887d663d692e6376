package io.mapae.example.browser;

import org.junit.jupiter.api.Test;

/** Another password. It stays the old one here, as all tests have the same accounts. */
@InBrowser
class PasswordIT {
    @Test
    void whatIsWrongIsSaid(Visitor visitor) {
        Tab tab = visitor.logIn("alice").click("#change summary");
        change(tab, "wrong", "another password");
        tab.shows("#change-error", "The password so far is wrong.");
        change(tab, Site.PASSWORD, Site.PASSWORD);
        tab.shows("#change-error", "That is the password so far: choose another.");
        tab.click("[data-language=ko]").shows("#change-error", "현재 비밀번호와 다른 비밀번호를 입력하세요.");
        tab.isLoggedIn();
    }

    private static void change(Tab tab, String old, String renewed) {
        tab.page().fill("#change-old", old);
        tab.page().fill("#change-new", renewed);
        tab.click("#change-form button");
    }
}
