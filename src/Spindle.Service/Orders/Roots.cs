// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Station.Contract;

namespace Spindle.Service.Orders;

/// <summary>Which files and folders who asks the service may name: those below some folders, and drives.</summary>
/// <remarks>
/// A name counts for what it leads to: links on the way are followed. Who can make links below a root can make one between the look and the work; such a person
/// has an account on this machine, and the service's user decides whom to let write there.
/// </remarks>
public sealed class Roots
{
    private const string Programs = "programPath"; // where ffmpeg is looked for
    private const string NoMap = "none"; // in the place of a map

    private readonly IReadOnlyList<string>? _folders;
    private readonly Func<IReadOnlyList<string>> _drives;

    /// <param name="folders">The folders; null for no limit.</param>
    /// <param name="equipment">Knows the drives.</param>
    public Roots(IReadOnlyList<string>? folders, Equipment equipment)
    {
        _folders = folders is null ? null : [.. folders.Select(RealPath.Of)];
        _drives = equipment.DrivePaths;
    }

    /// <summary>Refuses an order that names anything else.</summary>
    /// <exception cref="OperationFailedException"><c>outside-root</c>; or <c>not-a-request</c>: it says where programs are, and the service runs those alone that its user set up.</exception>
    public void Check(JobOrder order)
    {
        JsonNode? request = JsonNode.Parse(order.Request);
        if (RequestTexts.Get(request, Programs).Count > 0)
        {
            throw Failures.NamesPrograms(Programs);
        }

        if (_folders is null || OrderRules.Of(order.Verb) is not { } rule)
        {
            return;
        }

        foreach ((string key, PathUse use) in rule.Paths)
        {
            foreach (string path in RequestTexts.Get(request, key))
            {
                bool isDrive = use == PathUse.Disc && IsDrive(path);
                bool isNone = use == PathUse.Reads && path == NoMap;
                if (!isDrive && !isNone)
                {
                    Require(path);
                }
            }
        }
    }

    /// <summary>Refuses a path that is not below one of the folders.</summary>
    /// <exception cref="OperationFailedException"><c>outside-root</c>; or <c>not-a-request</c>: no file has such a name.</exception>
    public void Require(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw Failures.NoName(path);
        }

        // Behind a link, ".." leads to what is above its target, and not to where the path seems to lead: nobody needs it here.
        bool climbs = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Contains("..");
        if (_folders is not null && (climbs || !IsInside(RealPath.Of(path))))
        {
            throw Failures.OutsideRoot(path, _folders);
        }
    }

    // Component by component: /archive-2 is not below /archive.
    private bool IsInside(string real) => _folders!.Any(root => real == root || real.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    private bool IsDrive(string path)
    {
        string real = RealPath.Of(path);
        return _drives().Any(drive => drive == path || RealPath.Of(drive) == real);
    }
}
