package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page itself. */
@InBrowser
class PageIT {
    /** Of all files that it loads, as they are, without compression. */
    private static final int MOST_BYTES = 60_000;

    @Test
    void itIsSmall(Visitor visitor) {
        visitor.logIn("alice");
        List<Response> files = visitor.responses().stream()
                .filter(response -> visitor.path(response.url()).matches("|assets/.*"))
                .toList();
        assertThat(files).allMatch(Response::ok).extracting(Response::url).doesNotHaveDuplicates();
        assertThat(files)
                .extracting(file -> visitor.path(file.url()))
                .contains("", "assets/app.js", "assets/style.css");
        int bytes = files.stream().mapToInt(file -> file.body().length).sum();
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
        System.out.printf(Locale.ROOT, "Page weight: %d bytes in %d files%n", bytes, files.size());
    }

    @Test
    void itSpeaksEnglishUnlessAskedForKorean(Visitor visitor) {
        Tab tab = visitor.open();
        english(tab);
        tab.click("[data-language=ko]");
        korean(tab);
        assertThat(tab.page().url()).endsWith("/?lang=ko");
        tab.page().reload();
        korean(tab.settled());
        tab.tryLogIn("alice", Site.PASSWORD);
        tab.shows("#outcome", "alice 계정으로 로그인했습니다.").shows("#account-title", "alice 님, 안녕하세요");
        tab.click("[data-language=en]");
        english(tab);
        tab.shows("#account-title", "Hello, alice");
    }

    @Test
    void itSpeaksKoreanToBrowsersThatDo(@Speaking("ko-KR") Visitor visitor) {
        Tab tab = visitor.open();
        korean(tab);
        tab.tryLogIn("alice", "wrong");
        tab.shows("#login-error", "이름 또는 비밀번호가 틀렸습니다.");
    }

    private static void english(Tab tab) {
        speaks(tab, "en", "Mapae example", "Log in");
    }

    private static void korean(Tab tab) {
        speaks(tab, "ko", "Mapae 예제", "로그인");
    }

    private static void speaks(Tab tab, String language, String title, String logIn) {
        tab.shows("h1", title).shows("#login-title", logIn).sees("html[lang=" + language + "]");
        assertThat(tab.page().title()).isEqualTo(title);
        assertThat(tab.at("[data-language][aria-pressed=true]").getAttribute("lang"))
                .isEqualTo(language);
    }
}
