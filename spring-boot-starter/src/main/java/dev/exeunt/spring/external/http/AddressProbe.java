package dev.exeunt.spring.external.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to an address and, by HTTPS, agrees on keys with it. It sends no request. */
public final class AddressProbe {

    private AddressProbe() {}

    /**
     * @param privateAddress whether the host may have an address that is not public
     * @throws CallFailedException where the address is not allowed, does not answer, or has no certificate that is valid for its name
     */
    public static void connect(URI address, boolean privateAddress, Duration limit) throws CallFailedException {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() != -1 ? address.getPort() : tls ? 443 : 80;
        String host = address.getHost().replaceAll("[\\[\\]]", "");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(allowed(host, privateAddress), port), (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            if (tls) {
                handshake(socket, host, port);
            }
        } catch (IOException e) {
            throw GuardedHttpClient.failed(e);
        }
    }

    private static InetAddress allowed(String host, boolean privateAddress) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        PublicAddress.require(addresses, privateAddress);
        return addresses[0];
    }

    private static void handshake(Socket socket, String host, int port) throws IOException {
        try (SSLSocket secured = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, false)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // checks the certificate's name
            secured.setSSLParameters(parameters);
            secured.startHandshake();
        }
    }
}
