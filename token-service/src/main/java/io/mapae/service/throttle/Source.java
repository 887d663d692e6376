package io.mapae.service.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Whoever has an address, as far as attempts go: with IPv6 that is a network of 64 bits, which is what one customer gets. */
final class Source {
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_LENGTH = 45;
    private static final int NETWORK_BYTES = 8;

    private Source() {}

    /** The same for all addresses of one source; what is no address is taken as it stands. */
    static String of(String address) {
        String bare = withoutZone(address);
        if (bare.length() > MAX_LENGTH || !IPV6.matcher(bare).matches()) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.getByName(bare); // with a colon it is a literal: nobody is asked
            // IPv4 in IPv6 comes out as IPv4
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException malformed) {
            return address;
        }
    }

    private static String withoutZone(String address) {
        String inner =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = inner.indexOf('%');
        return zone < 0 ? inner : inner.substring(0, zone);
    }
}
