package io.mapae.service.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address, the same however it is written. Immutable.
 *
 * @param text as the JDK writes it
 * @param network what one customer gets: with IPv6 all of 64 bits, else the address itself
 */
public record Address(String text, String network) {
    /** Perhaps with a port, which some proxies add. */
    private static final Pattern IPV4 = Pattern.compile(
            "(OCTET(?:\\.OCTET){3})(?::[0-9]{1,5})?".replace("OCTET", "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));

    /** Bare, or in brackets and perhaps with a port; a zone means nothing elsewhere. */
    private static final Pattern IPV6 =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})(?:%[^\\]]*)?](?::[0-9]{1,5})?|([0-9A-Fa-f:.]{2,45})(?:%.*)?)");

    private static final int NETWORK_BYTES = 8;

    /** Empty if {@code text} is no address; no name is looked up. */
    public static Optional<Address> of(String text) {
        Matcher four = IPV4.matcher(text);
        if (four.matches()) {
            return parsed(four.group(1));
        }
        Matcher six = IPV6.matcher(text);
        String bare = six.matches() ? (six.group(1) == null ? six.group(2) : six.group(1)) : "";
        return bare.contains(":") ? parsed(bare) : Optional.empty(); // with a colon it is a literal: nobody is asked
    }

    private static Optional<Address> parsed(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal); // IPv4 in IPv6 comes out as IPv4
            String text = address.getHostAddress();
            return Optional.of(new Address(
                    text,
                    address instanceof Inet6Address
                            ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
                            : text));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
