package io.mapae.revocation;

import java.util.Set;

/**
 * A kind of source, for the setting {@code revocation}: a service of {@link java.util.ServiceLoader}, looked up with the
 * application's class loader.
 */
public interface RevocationProvider {
    /**
     * What the setting's value begins with, up to the first colon if it has one: {@code redis} is asked for by
     * {@code redis} and by {@code redis://host}. Not {@code jdbc} or {@code java}.
     */
    Set<String> names();

    /**
     * The source that the setting asks for; connects to nothing yet.
     *
     * @param location the setting's whole value
     * @throws IllegalArgumentException with what is wrong with it, in words that hold no secret
     */
    RevocationSource open(String location);
}
