package io.mapae.service.token;

import io.mapae.service.account.Account;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Claims that an application adds to its access tokens; all services of this type are asked. Whoever holds a token can read
 * them. Safe for use by several threads.
 */
@FunctionalInterface
public interface AdditionalClaims {
    /**
     * Claims by name: {@code String}, {@code Number}, {@code Boolean}, {@code List}, {@code Map} or null. The service's own
     * cannot be replaced, and secrets are refused by their names.
     *
     * @param scopes what was granted
     * @param audiences whom the token is for
     */
    Map<String, ? extends @Nullable Object> of(Account account, Set<String> scopes, List<String> audiences);

    /** All services of this type that the application has. */
    static List<AdditionalClaims> found(ClassLoader application) {
        return ServiceLoader.load(AdditionalClaims.class, application).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
