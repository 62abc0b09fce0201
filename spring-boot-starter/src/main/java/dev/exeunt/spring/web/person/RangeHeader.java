package dev.exeunt.spring.web.person;

import dev.exeunt.archive.Archives.ByteRange;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the range of bytes that a {@code Range} header asks for (RFC 9110, section 14). */
final class RangeHeader {

    /** A header longer than that means no single range. */
    private static final int LONGEST_HEADER = 200;

    private static final Pattern UNIT = Pattern.compile("(?i:bytes)=(.*)");
    private static final Pattern SPEC = Pattern.compile("([0-9]*)-([0-9]*)");

    private RangeHeader() {}

    /**
     * What a request wants. Everything, as the RFC allows, where the header is absent, malformed, in another unit than bytes, or
     * asks for several ranges.
     *
     * @param header the value of {@code Range}
     * @return empty where the range lies beyond the end: 416, with {@link #unsatisfied}
     */
    static Optional<ByteRange> wanted(@Nullable String header, long size) {
        Matcher spec = header == null || header.length() > LONGEST_HEADER ? null : single(header);
        return spec == null ? Optional.of(ByteRange.whole(size)) : of(spec.group(1), spec.group(2), size);
    }

    /** The one range in the list, which may have empty elements, or null. */
    private static @Nullable Matcher single(String header) {
        Matcher unit = UNIT.matcher(header);
        if (!unit.matches()) {
            return null;
        }
        List<String> specs = Arrays.stream(unit.group(1).split(",", -1))
                .map(s -> s.replaceAll("^[ \t]+|[ \t]+$", ""))
                .filter(s -> !s.isEmpty())
                .toList();
        Matcher spec = SPEC.matcher(specs.size() == 1 ? specs.get(0) : "");
        return spec.matches() ? spec : null;
    }

    private static Optional<ByteRange> of(String from, String to, long size) {
        if (from.isEmpty()) {
            return to.isEmpty() ? Optional.of(ByteRange.whole(size)) : suffix(new BigInteger(to), size);
        }
        BigInteger first = new BigInteger(from);
        BigInteger end = BigInteger.valueOf(size);
        BigInteger last = to.isEmpty() ? end : new BigInteger(to);
        if (!to.isEmpty() && last.compareTo(first) < 0) {
            return Optional.of(ByteRange.whole(size));
        }
        if (first.compareTo(end) >= 0) {
            return Optional.empty();
        }
        long length = last.add(BigInteger.ONE).min(end).subtract(first).longValueExact();
        return Optional.of(new ByteRange(first.longValueExact(), length, size, true));
    }

    private static Optional<ByteRange> suffix(BigInteger wanted, long size) {
        long length = wanted.min(BigInteger.valueOf(size)).longValueExact();
        return wanted.signum() == 0
                ? Optional.empty()
                : Optional.of(new ByteRange(size - length, length, size, size > 0));
    }

    /** {@code Content-Range} of a 416. */
    static String unsatisfied(long size) {
        return "bytes */" + size;
    }
}
