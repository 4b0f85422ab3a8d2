// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>An address of this machine, and a port, on which the service listens.</summary>
/// <param name="Address">The address; <see cref="IPAddress.Any"/> and <see cref="IPAddress.IPv6Any"/> are all of them.</param>
/// <param name="Port">0 for any that is free.</param>
public readonly record struct ListenAddress(IPAddress Address, int Port)
{
    private const int UsualPort = 8080;

    /// <summary>Where a service listens if nothing is said: this machine alone reaches it there.</summary>
    public static IReadOnlyList<ListenAddress> Usual { get; } =
        HasLoopback6() ? [new(IPAddress.Loopback, UsualPort), new(IPAddress.IPv6Loopback, UsualPort)] : [new(IPAddress.Loopback, UsualPort)];

    /// <summary>Whether programs of this machine alone can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Whether it is all addresses that the machine has.</summary>
    public bool IsEvery => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>The host as a URL has it: <c>127.0.0.1</c>, <c>[::1]</c>.</summary>
    public string Host => Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{Address}]" : Address.ToString();

    /// <summary><c>http://127.0.0.1:8080</c>.</summary>
    public override string ToString() => $"http://{Host}:{Port}";

    /// <summary>Reads what <c>--urls</c> names: one address, or both of <c>localhost</c>.</summary>
    /// <param name="url">Such as <c>http://127.0.0.1:8080</c>, <c>http://[::1]:0</c>, <c>http://localhost</c>, <c>http://*:8080</c>.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: it is none.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string url)
    {
        if (url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            throw Failures.NoAddress(url, "the service itself speaks HTTP; a proxy before it speaks HTTPS");
        }

        // "*" is no host for Uri.
        if (!Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp)
        {
            throw Failures.NoAddress(url, "it does not begin with http://");
        }

        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw Failures.NoAddress(url, "it has more than a host and a port (a path is --base-path)");
        }

        int port = url.LastIndexOf(':') > url.LastIndexOf(']') && url.LastIndexOf(':') > "http:".Length ? uri.Port : UsualPort;
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? address) ? [new(address, port)]
            : uri.Host == "localhost" ? [.. Usual.Select(usual => usual with { Port = port })]
            : throw Failures.NoAddress(url, "its host is no number of an address, nor localhost");
    }

    private static bool HasLoopback6()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false; // the system knows IPv6, and has it switched off
        }
    }
}
