// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Files;

namespace Spindle.Restoring.Shelf;

/// <summary>Where discs show contents, as far as the catalogue knows.</summary>
internal static class ContentPaths
{
    // A content with thousands of names is rarely at the twentieth, if it was at none before.
    private const int EnoughPaths = 20;

    /// <summary>Paths from a disc's root under which a content, or a part of one (from 1; 0 is the whole), may lie.</summary>
    public static IReadOnlyList<byte[]> Of(CatalogueDatabase database, (long Content, long Part, long Offset, long Length) what, int disc)
    {
        using Statement place = database.Prepare("SELECT plan.detail ->> 'under' FROM disc JOIN plan ON plan.id = disc.plan WHERE number = ?1");
        byte[] under = place.Bind(1, disc).Step() && place.Text(0) is { } imported ? Encoding.UTF8.GetBytes(imported + "/") : [];
        place.Reset();
        string suffix = "";
        if (what.Part > 0)
        {
            using Statement count = database.Prepare("SELECT max(part) FROM placement WHERE content = ?1");
            suffix = "." + new FilePart((int)what.Part, (int)(count.Bind(1, what.Content).Scalar() ?? what.Part), what.Offset, what.Length, null).Suffix;
        }

        List<byte[]> paths = [];
        using Statement names = database.Prepare("SELECT path, name FROM entry JOIN directory ON directory.id = entry.directory WHERE content = ?1 ORDER BY entry.id");
        names.Bind(1, what.Content);
        while (paths.Count < EnoughPaths && names.Step())
        {
            byte[] name = ArchivePath.Join(names.Blob(0), names.Blob(1));
            bool isShown = name.AsSpan().StartsWith(under);
            byte[] path = [.. "DATA/"u8, .. name.AsSpan(isShown ? under.Length : 0), .. Encoding.ASCII.GetBytes(suffix)];
            if (isShown && !paths.Exists(known => known.AsSpan().SequenceEqual(path)))
            {
                paths.Add(path);
            }
        }

        names.Reset();
        return paths;
    }
}
