// SPDX-License-Identifier: MIT
using System.Buffers;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>How the local server listens, and whom it answers.</summary>
public sealed record HostSettings
{
    private static readonly SearchValues<char> OfHosts = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-[]:_");

    private readonly IReadOnlyList<string> _allowedHosts = [];

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<ListenAddress> Addresses { get; init; } = ListenAddress.Usual;

    /// <summary>What who asks must know; null where nobody must.</summary>
    public string? Token { get; init; }

    /// <summary>Names of hosts that it answers to beside those of the loopback.</summary>
    public IReadOnlyList<string> AllowedHosts
    {
        get => _allowedHosts;
        init => _allowedHosts = value.FirstOrDefault(name => name.Length == 0 || name.AsSpan().ContainsAnyExcept(OfHosts) || (name.Contains(':', StringComparison.Ordinal) && name[0] != '[')) is { } odd
            ? throw Failures.NoHostName(odd)
            : value;
    }

    /// <summary>Under which path a proxy has it, such as <c>/spindle</c>; empty where it stands at the root.</summary>
    public string BasePath { get; init => field = Normal(value); } = "";

    /// <summary>The folders below which who asks may name files; null where all that this user may do is allowed.</summary>
    public IReadOnlyList<string>? Roots { get; init; }

    /// <summary>Whether jobs are run here, by processes of the program that this one is.</summary>
    public bool RunsJobs { get; init; }

    /// <summary>Whether jobs are stopped with the service: in order first, so that they can be gone on with.</summary>
    public bool StopsJobs { get; init; }

    /// <summary>The list of what discs are called, by their call numbers; null for none.</summary>
    public string? Titles { get; init; }

    /// <summary>The catalogue of the vault that is served beside the pages; null for none.</summary>
    public string? Vault { get; init; }

    /// <summary>Whether drives and discs are made up, which each page says then.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>Who is told what jobs come to: a command, or an address; null for nobody.</summary>
    public string? Hook { get; init; }

    /// <summary>Is told of errors in the program itself: who asked is not.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>What error pages and the page for signing in look like.</summary>
    public IPageFrame Frame { get; init; } = new PlainFrame();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Refuses what would let others in who are not meant.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>.</exception>
    internal void Check()
    {
        foreach (ListenAddress address in Addresses.Where(address => !address.IsLoopback))
        {
            if (Token is null)
            {
                throw Failures.NoTokenOutside(address.ToString());
            }

            if (address.IsEvery && AllowedHosts.Count == 0)
            {
                throw Failures.NameWanted(address.ToString());
            }
        }
    }

    /// <summary>The same for people: each with the option that sets it.</summary>
    /// <param name="folder">The folder of the station.</param>
    internal IReadOnlyList<(string Name, string Option, IReadOnlyList<string> Values)> Lines(string folder) =>
    [
        ("Listens at", "--urls", [.. Addresses.Select(address => address.ToString())]),
        ("Answers to", "--allow-host", ["localhost, 127.0.0.1, [::1]", .. AllowedHosts]),
        ("Path", "--base-path", [BasePath.Length == 0 ? "/" : BasePath]),
        ("Token", "--token-file, --no-token", [Token is null ? "nobody is asked for one" : "asked for"]),
        ("Folder of the station", "--state", [folder]),
        ("Titles of discs", "--titles", [Titles ?? "no list"]),
        ("Vault", "--s3-urls, --webdav-urls, --catalogue", [Vault ?? "none is served"]),
        ("When it is stopped", "--stop-jobs", [StopsJobs ? "jobs are stopped, too" : "jobs go on"]),
        ("Told of jobs", "--hook", [Hook is null ? "nobody" : Hook.Split('?')[0]]), // what stands behind may be a secret
    ];

    private static string Normal(string path)
    {
        string normal = path.TrimEnd('/');
        bool isOdd = normal.Length > 0 && (normal[0] != '/' || normal.Contains("//", StringComparison.Ordinal) || normal.Split('/').Any(part => part is "." or "..") || !Uri.IsWellFormedUriString(normal, UriKind.Relative) || normal.AsSpan().ContainsAny('?', '#', '%'));
        return isOdd ? throw Failures.NoBasePath(path) : normal;
    }
}
