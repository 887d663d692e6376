package io.mapae.http;

import io.mapae.jws.Header;
import io.mapae.verify.Reason;
import java.util.Optional;

/**
 * Why a request is refused, for those who run the application.
 *
 * @param issuer whose token it brought, by the name in the settings, where that is clear
 * @param header of its token, where there is one: foreign text
 * @param detail in words of ours; may be empty
 */
record Grounds(Reason reason, Optional<String> issuer, Optional<Header> header, String detail) {
    static Grounds of(Reason reason, String detail) {
        return new Grounds(reason, Optional.empty(), Optional.empty(), detail);
    }
}
