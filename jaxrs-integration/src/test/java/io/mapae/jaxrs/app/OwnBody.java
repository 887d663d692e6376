package io.mapae.jaxrs.app;

import io.mapae.http.Answer;
import io.mapae.http.Refusal;
import io.mapae.http.RefusalBody;
import java.util.Optional;

/** The application's own words for refusals. */
public class OwnBody implements RefusalBody {
    @Override
    public Optional<Answer.Body> of(Refusal refusal) {
        return Optional.of(new Answer.Body("text/x-own;charset=UTF-8", "¡" + refusal.reason()));
    }
}
